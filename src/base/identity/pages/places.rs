//! What a country suggests to an organization: its currency and its time zone.

use std::collections::BTreeSet;

use crate::base::i18n::Lang;

/// Country, currency, time zone: the places whose organizers we expect first. Others may be typed through the API.
const PLACES: [(&str, &str, &str); 50] = [
    ("AE", "AED", "Asia/Dubai"),
    ("AT", "EUR", "Europe/Vienna"),
    ("AU", "AUD", "Australia/Sydney"),
    ("BE", "EUR", "Europe/Brussels"),
    ("BF", "XOF", "Africa/Ouagadougou"),
    ("BH", "BHD", "Asia/Bahrain"),
    ("BJ", "XOF", "Africa/Porto-Novo"),
    ("CA", "CAD", "America/Toronto"),
    ("CD", "CDF", "Africa/Kinshasa"),
    ("CH", "CHF", "Europe/Zurich"),
    ("CI", "XOF", "Africa/Abidjan"),
    ("CM", "XAF", "Africa/Douala"),
    ("DE", "EUR", "Europe/Berlin"),
    ("DK", "DKK", "Europe/Copenhagen"),
    ("DZ", "DZD", "Africa/Algiers"),
    ("EG", "EGP", "Africa/Cairo"),
    ("ES", "EUR", "Europe/Madrid"),
    ("FI", "EUR", "Europe/Helsinki"),
    ("FR", "EUR", "Europe/Paris"),
    ("GA", "XAF", "Africa/Libreville"),
    ("GB", "GBP", "Europe/London"),
    ("GN", "GNF", "Africa/Conakry"),
    ("GR", "EUR", "Europe/Athens"),
    ("IE", "EUR", "Europe/Dublin"),
    ("IQ", "IQD", "Asia/Baghdad"),
    ("IT", "EUR", "Europe/Rome"),
    ("JO", "JOD", "Asia/Amman"),
    ("KW", "KWD", "Asia/Kuwait"),
    ("LB", "LBP", "Asia/Beirut"),
    ("LU", "EUR", "Europe/Luxembourg"),
    ("LY", "LYD", "Africa/Tripoli"),
    ("MA", "MAD", "Africa/Casablanca"),
    ("MC", "EUR", "Europe/Monaco"),
    ("MG", "MGA", "Indian/Antananarivo"),
    ("ML", "XOF", "Africa/Bamako"),
    ("MR", "MRU", "Africa/Nouakchott"),
    ("NE", "XOF", "Africa/Niamey"),
    ("NL", "EUR", "Europe/Amsterdam"),
    ("NO", "NOK", "Europe/Oslo"),
    ("OM", "OMR", "Asia/Muscat"),
    ("PL", "PLN", "Europe/Warsaw"),
    ("PT", "EUR", "Europe/Lisbon"),
    ("QA", "QAR", "Asia/Qatar"),
    ("SA", "SAR", "Asia/Riyadh"),
    ("SE", "SEK", "Europe/Stockholm"),
    ("SN", "XOF", "Africa/Dakar"),
    ("TG", "XOF", "Africa/Lome"),
    ("TN", "TND", "Africa/Tunis"),
    ("TR", "TRY", "Europe/Istanbul"),
    ("US", "USD", "America/New_York"),
];

/// The countries to choose from.
pub(super) fn countries() -> impl Iterator<Item = &'static str> {
    PLACES.iter().map(|(country, ..)| *country)
}

/// The currency and the time zone of a country.
pub(super) fn suggested(country: &str) -> Option<(&'static str, &'static str)> {
    PLACES.iter().find(|(code, ..)| *code == country).map(|(_, currency, zone)| (*currency, *zone))
}

/// The currencies to choose from, with the one in use.
pub fn currencies(used: &str) -> BTreeSet<String> {
    PLACES
        .iter()
        .map(|(_, currency, _)| (*currency).to_owned())
        .chain((!used.is_empty()).then(|| used.to_owned()))
        .collect()
}

/// The time zones to choose from, with the one in use.
pub fn timezones(used: &str) -> BTreeSet<String> {
    PLACES
        .iter()
        .map(|(.., zone)| (*zone).to_owned())
        .chain((!used.is_empty()).then(|| used.to_owned()))
        .collect()
}

/// The country that a browser's languages speak of, as `fr-DZ` does, else the first that comes to mind.
pub(super) fn country_of(accept_language: &str, lang: Lang) -> &'static str {
    let tags = accept_language.split(',').filter_map(|tag| tag.split(';').next());
    let regions =
        tags.filter_map(|tag| tag.trim().rsplit_once('-').map(|(_, region)| region.to_ascii_uppercase()));
    for region in regions {
        if let Some(country) = countries().find(|country| *country == region) {
            return country;
        }
    }
    match lang {
        Lang::Fr => "FR",
        Lang::En => "GB",
        Lang::Ar => "DZ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::kernel::money::Currency;

    #[test]
    fn every_suggestion_can_be_taken() {
        for (country, currency, zone) in PLACES {
            assert!(Currency::parse(currency).is_some(), "{country} {currency}");
            assert!(zone.parse::<chrono_tz::Tz>().is_ok(), "{country} {zone}");
        }
    }

    #[test]
    fn a_browser_tells_where_it_is() {
        assert_eq!(country_of("fr-DZ,fr;q=0.9", Lang::Fr), "DZ");
        assert_eq!(country_of("fr", Lang::Fr), "FR");
        assert_eq!(country_of("ar-TN", Lang::Ar), "TN");
        assert_eq!(country_of("", Lang::Ar), "DZ");
    }
}
