//! A browser or an app in a few words, from what it says about itself.

/// What a session is used with, as far as its user agent tells.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Device {
    /// As `Firefox`; the name of the program where it is no browser; empty when nothing is told.
    pub program: String,
    /// As `Android`; empty when it is not told.
    pub system: String,
}

/// The longest name that is shown of a program that nobody knows.
const LONGEST: usize = 30;
/// Part of a user agent, and the name of whatever sends it: the first that is there counts, for browsers
/// name those that they descend from.
const PROGRAMS: [(&str, &str); 10] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Chromium", "Chrome"),
    ("Version/", "Safari"),
    ("Dart/", "Flutter"),
];
const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

impl Device {
    /// Reads a user agent.
    pub fn of(agent: &str) -> Self {
        let known = |list: &[(&str, &'static str)]| {
            list.iter().find(|(part, _)| agent.contains(part)).map(|(_, name)| (*name).to_owned())
        };
        let first = || {
            let name = agent.split(['/', ' ']).next().unwrap_or_default();
            let shown = name.chars().filter(|c| c.is_alphanumeric() || "-_.".contains(*c));
            // What all browsers begin with tells nothing.
            shown.take(LONGEST).collect::<String>().replace("Mozilla", "")
        };
        Self { program: known(&PROGRAMS).unwrap_or_else(first), system: known(&SYSTEMS).unwrap_or_default() }
    }

    /// In one line; empty when nothing is told.
    pub fn words(&self) -> String {
        let parts = [self.program.as_str(), self.system.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_and_apps_are_told_apart() {
        for (agent, words) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
                "Edge · Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome · Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari · iPhone",
            ),
            ("Dart/3.5 (dart:io)", "Flutter"),
            ("curl/8.5.0", "curl"),
            ("<script>alert(1)</script>", "scriptalert1"),
            ("Mozilla/5.0", ""),
            ("", ""),
        ] {
            assert_eq!(Device::of(agent).words(), words, "{agent}");
        }
        assert_eq!(Device::of(&"x".repeat(200)).words().len(), LONGEST);
    }
}
