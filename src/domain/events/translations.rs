//! What an event and its ticket types are called in languages beside their own.

use std::collections::BTreeMap;

use poem_openapi::Object;
use serde::{Deserialize, Serialize};

use super::model::{Event, TicketType};
use crate::base::i18n::Lang;
use crate::base::kernel::text::is_blank;
use crate::base::site::Filled;

/// What something is called in one language; empty is as in its own.
#[derive(Object, Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[oai(rename = "Translation", skip_serializing_if_is_none)]
#[serde(default)]
pub struct Words {
    #[oai(validator(max_length = 200))]
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// For events: Markdown.
    #[oai(validator(max_length = 20_000))]
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

/// Words by language. Whatever a language lacks is told as in the event's own.
#[derive(Object, Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[oai(skip_serializing_if_is_none)]
#[serde(default)]
pub struct Translations {
    /// In French.
    #[oai(nullable)]
    #[serde(skip_serializing_if = "Option::is_none")]
    fr: Option<Words>,
    /// In English.
    #[oai(nullable)]
    #[serde(skip_serializing_if = "Option::is_none")]
    en: Option<Words>,
    /// In Arabic.
    #[oai(nullable)]
    #[serde(skip_serializing_if = "Option::is_none")]
    ar: Option<Words>,
}

impl Words {
    fn is_empty(&self) -> bool {
        [&self.name, &self.description].into_iter().all(|said| said.as_deref().is_none_or(is_blank))
    }
}

impl Translations {
    fn words(&self, lang: Lang) -> Option<&Words> {
        match lang {
            Lang::Fr => self.fr.as_ref(),
            Lang::En => self.en.as_ref(),
            Lang::Ar => self.ar.as_ref(),
        }
    }

    /// The same without what says nothing.
    pub(super) fn cleared(self) -> Self {
        let clear = |words: Option<Words>| words.filter(|words| !words.is_empty());
        Self { fr: clear(self.fr), en: clear(self.en), ar: clear(self.ar) }
    }

    /// The same without names: what has another name in its own language is not called so in others.
    pub(super) fn without_names(mut self) -> Self {
        for words in [&mut self.fr, &mut self.en, &mut self.ar].into_iter().flatten() {
            words.name = None;
        }
        self.cleared()
    }

    /// The names, by the code of their language.
    pub(super) fn names(&self) -> BTreeMap<&'static str, &str> {
        let named = |lang: Lang| Some((lang.code(), said(self.words(lang)?.name.as_ref())?));
        Lang::ALL.into_iter().filter_map(named).collect()
    }

    fn apply(&self, lang: Lang, name: &mut String, description: &mut String) {
        let Some(words) = self.words(lang) else { return };
        if let Some(said) = said(words.name.as_ref()) {
            said.clone_into(name);
        }
        if let Some(said) = said(words.description.as_ref()) {
            said.clone_into(description);
        }
    }

    /// Puts the words into the fields of a form.
    pub(super) fn fill(&self, filled: &mut Filled) {
        for lang in Lang::ALL {
            let Some(words) = self.words(lang) else { continue };
            for (field, text) in [("name", &words.name), ("description", &words.description)] {
                filled.set(&format!("translations/{lang}/{field}"), text.clone().unwrap_or_default());
            }
        }
    }
}

/// The languages by code, each in its own name.
pub(super) const LANGUAGES: [(&str, &str); 3] = [("fr", "Français"), ("en", "English"), ("ar", "العربية")];

/// Those in which something may be told beside its own.
pub(super) fn others(own: Lang) -> Vec<(&'static str, &'static str)> {
    LANGUAGES.into_iter().filter(|(code, _)| *code != own.code()).collect()
}

fn said(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !is_blank(text))
}

impl Event {
    /// The event in the words of a language; in its own where it has none.
    #[must_use]
    pub fn told(mut self, lang: Lang) -> Self {
        if lang != self.language {
            self.translations.apply(lang, &mut self.name, &mut self.description);
        }
        self
    }
}

impl TicketType {
    /// The ticket type of an event with this own language in the words of another.
    #[must_use]
    pub fn told(mut self, lang: Lang, own: Lang) -> Self {
        if lang != own {
            self.translations.apply(lang, &mut self.name, &mut self.description);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_language_lacks_is_told_as_in_its_own() {
        let json = serde_json::json!({ "ar": { "name": " حفلة ", "description": "" }, "en": { "name": "\u{200b}" } });
        let words: Translations = serde_json::from_value(json).unwrap();
        let told = |lang| {
            let (mut name, mut description) = ("Bal".to_owned(), "Avec orchestre".to_owned());
            words.apply(lang, &mut name, &mut description);
            (name, description)
        };
        assert_eq!(told(Lang::Ar), ("حفلة".to_owned(), "Avec orchestre".to_owned()));
        assert_eq!(told(Lang::En).0, "Bal");
        assert_eq!(told(Lang::Fr).0, "Bal");
        assert_eq!(words.names().into_iter().collect::<Vec<_>>(), [("ar", "حفلة")]);
        let cleared = serde_json::to_value(words.cleared()).unwrap();
        assert_eq!(cleared.as_object().unwrap().keys().collect::<Vec<_>>(), ["ar"]);
    }
}
