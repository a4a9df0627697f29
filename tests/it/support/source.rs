//! The source of the program as text, for tests of what the compiler does not check.

use std::path::{Path, PathBuf};

/// One file of `src`.
#[derive(Debug)]
pub struct Source {
    /// As in `src/base/web/problem.rs`.
    pub path: String,
    pub text: String,
    /// Without the unit tests at its end.
    pub code: String,
}

/// The root of the package.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `src` but those that hold only unit tests.
pub fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    walk(&root().join("src"), &mut files);
    files.sort();
    let mut sources: Vec<Source> = files.into_iter().map(read).collect();
    sources.retain(|source| !source.path.ends_with("tests.rs"));
    assert!(sources.len() > 50, "the source was not found");
    sources
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn read(file: PathBuf) -> Source {
    let text = std::fs::read_to_string(&file).unwrap();
    let path = file.strip_prefix(root()).unwrap().display().to_string();
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
    Source { path, text, code }
}

impl Source {
    /// The lines of code, without comments, with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.code.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The arguments of every call of `function`, as text.
    pub fn calls(&self, function: &str) -> Vec<Vec<String>> {
        let code: String = self.lines().flat_map(|(_, line)| [line, "\n"]).collect();
        let name = format!("{function}(");
        let at = code.match_indices(&name).map(|(at, _)| at + name.len());
        at.map(|start| arguments(&code[start..])).collect()
    }

    /// Every string literal.
    pub fn literals(&self) -> Vec<String> {
        self.lines().flat_map(|(_, line)| line.split('"').skip(1).step_by(2)).map(str::to_owned).collect()
    }
}

/// The arguments up to the closing parenthesis.
fn arguments(text: &str) -> Vec<String> {
    let (mut found, mut current, mut depth, mut quoted) = (vec![], String::new(), 0, false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted && depth == 0 => break,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                found.push(std::mem::take(&mut current).trim().to_owned());
                continue;
            }
            _ => {}
        }
        current.push(c);
    }
    found.push(current.trim().to_owned());
    found
}

/// What stands between the quotes, if the text is one string literal.
pub fn literal(argument: &str) -> Option<&str> {
    let inner = argument.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains('"')).then_some(inner)
}
