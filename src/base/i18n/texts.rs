//! The texts: fluent messages, embedded, one bundle a language, English where a language has a gap.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::{LanguageIdentifier, langid};

use super::{Lang, format, per_lang::PerLang};

/// Embeds the files of `locales/<language>/`: a new file is one more name in the list below.
macro_rules! locales {
    ($($file:literal)*) => {
        /// The files that each language must have.
        #[cfg(test)]
        pub(super) const FILES: &[&str] = &[$($file),*];

        /// The name and the source of every file of a language.
        pub(super) const fn sources(lang: Lang) -> &'static [(&'static str, &'static str)] {
            match lang {
                Lang::Fr => &[$(($file, locales!(@source "fr" $file))),*],
                Lang::En => &[$(($file, locales!(@source "en" $file))),*],
                Lang::Ar => &[$(($file, locales!(@source "ar" $file))),*],
            }
        }
    };
    (@source $lang:literal $file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/locales/", $lang, "/", $file))
    };
}

locales! {
    "account.ftl"
    "catalogue.ftl"
    "copies.ftl"
    "documents.ftl"
    "events.ftl"
    "export.ftl"
    "formats.ftl"
    "gate.ftl"
    "guests.ftl"
    "life.ftl"
    "live.ftl"
    "mail.ftl"
    "manage.ftl"
    "media.ftl"
    "orders.ftl"
    "organization.ftl"
    "pages.ftl"
    "problems.ftl"
    "records.ftl"
    "sales.ftl"
    "security.ftl"
}

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<PerLang<Bundle>> = LazyLock::new(|| {
    PerLang::build(|lang| {
        let (bundle, defects) = load(lang);
        for defect in defects {
            tracing::error!(%lang, defect, "a text file is defective");
        }
        bundle
    })
});

/// The values that a text is filled with.
#[derive(Debug, Default)]
pub struct Args<'a>(FluentArgs<'a>);

impl<'a> Args<'a> {
    /// No values yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value: a text, or a number, which then chooses the plural form and is written as the language does.
    #[must_use]
    pub fn set(mut self, name: &'a str, value: impl Into<FluentValue<'a>>) -> Self {
        self.0.set(name, value);
        self
    }
}

/// The text of a key that takes no values.
pub fn text(lang: Lang, key: &str) -> String {
    render(lang, key, None)
}

/// The text of a key, filled with values.
pub fn text_with(lang: Lang, key: &str, args: &Args<'_>) -> String {
    render(lang, key, Some(&args.0))
}

/// Whether the key exists, in any language that texts fall back to.
pub fn has(key: &str) -> bool {
    Lang::ALL.into_iter().any(|lang| BUNDLES.get(lang).has_message(key))
}

fn render(lang: Lang, key: &str, args: Option<&FluentArgs<'_>>) -> String {
    for candidate in [lang, Lang::En] {
        let bundle = BUNDLES.get(candidate);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { continue };
        let mut errors = Vec::new();
        let filled = bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if errors.is_empty() {
            return filled;
        }
        tracing::error!(%lang, key, ?errors, "a text could not be filled");
        // In development the mistake must jump out; a visitor is better served by the text with a gap.
        return if cfg!(debug_assertions) { format!("⟦{key}: {errors:?}⟧ {filled}") } else { filled };
    }
    tracing::error!(%lang, key, "a text is missing");
    key.to_owned()
}

/// Builds the bundle of a language and says what is wrong with its files: syntax errors and duplicate keys.
fn load(lang: Lang) -> (Bundle, Vec<String>) {
    let mut bundle = Bundle::new_concurrent(vec![identifier(lang)]);
    // In a right-to-left text, names and codes need isolation marks to keep their own direction.
    bundle.set_use_isolating(lang.is_rtl());
    bundle.set_formatter(Some(match lang {
        Lang::Fr => |value, _| localized_number(Lang::Fr, value),
        Lang::En => |value, _| localized_number(Lang::En, value),
        Lang::Ar => |value, _| localized_number(Lang::Ar, value),
    }));
    let mut defects = Vec::new();
    for (file, source) in sources(lang) {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, errors)| {
            defects.extend(errors.iter().map(|error| format!("{lang}/{file}: {error}")));
            partial
        });
        if let Err(errors) = bundle.add_resource(resource) {
            defects.extend(errors.iter().map(|error| format!("{lang}/{file}: {error}")));
        }
    }
    (bundle, defects)
}

const fn identifier(lang: Lang) -> LanguageIdentifier {
    match lang {
        Lang::Fr => langid!("fr"),
        Lang::En => langid!("en"),
        Lang::Ar => langid!("ar"),
    }
}

/// Fluent leaves `{ $count }` as bare digits; grouping is the language's.
fn localized_number(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => {
            number.as_string().parse().ok().map(|whole| format::number(lang, whole))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, path::Path};

    #[test]
    fn the_files_have_no_syntax_error_and_no_duplicate_key() {
        for lang in Lang::ALL {
            assert_eq!(load(lang).1, Vec::<String>::new());
        }
    }

    #[test]
    fn every_file_of_every_language_is_embedded() {
        for lang in Lang::ALL {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(lang.code());
            let files: BTreeSet<_> = std::fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            assert_eq!(files, FILES.iter().map(|&file| file.to_owned()).collect(), "{lang}");
        }
    }

    #[test]
    fn a_count_chooses_the_plural_form_of_its_language() {
        let subject = |lang, count: i64| {
            let args = Args::new().set("event", "Ô").set("count", count);
            format::stripped(&text_with(lang, "mail-order-confirmed-subject", &args))
        };
        assert_eq!(subject(Lang::En, 1), "Your ticket for Ô");
        assert_eq!(subject(Lang::En, 1200), "Your 1,200 tickets for Ô");
        assert_eq!(subject(Lang::Fr, 1), "Votre billet pour Ô");
        assert_eq!(subject(Lang::Fr, 1200), "Vos 1\u{202f}200 billets pour Ô");
        let arabic: Vec<_> = [1, 2, 3, 11, 100].map(|count| subject(Lang::Ar, count)).into();
        assert_eq!(
            arabic,
            [
                "تذكرتكم لحضور Ô",
                "تذكرتاكم لحضور Ô",
                "تذاكركم الـ3 لحضور Ô",
                "تذاكركم الـ11 لحضور Ô",
                "تذاكركم الـ100 لحضور Ô"
            ]
        );
    }

    #[test]
    fn values_are_isolated_only_in_arabic() {
        let heading =
            |lang| text_with(lang, "mail-invitation-subject", &Args::new().set("organization", "AGO"));
        assert!(heading(Lang::Ar).contains("\u{2068}AGO\u{2069}"));
        assert!(heading(Lang::Fr).contains(" AGO"));
    }

    #[test]
    fn what_is_missing_is_visible_and_never_fatal() {
        assert_eq!(text(Lang::Fr, "no-such-key"), "no-such-key");
        assert!(!has("no-such-key"));
        assert!(has("problem-internal"));
        assert!(text(Lang::En, "mail-invitation-subject").starts_with("⟦mail-invitation-subject"));
    }
}
