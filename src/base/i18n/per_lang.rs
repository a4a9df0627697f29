//! One value for each language, found without a lookup that could fail.

use super::Lang;

/// A value built once for each language.
pub struct PerLang<T> {
    fr: T,
    en: T,
    ar: T,
}

impl<T> PerLang<T> {
    pub fn build(make: impl Fn(Lang) -> T) -> Self {
        Self { fr: make(Lang::Fr), en: make(Lang::En), ar: make(Lang::Ar) }
    }

    pub fn get(&self, lang: Lang) -> &T {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
            Lang::Ar => &self.ar,
        }
    }
}
