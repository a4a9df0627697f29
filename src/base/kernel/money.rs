//! Money: integer minor units with their currency, never a float.

use std::fmt;

/// An ISO 4217 currency with its own number of decimals (DZD 2, TND 3, JPY 0).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Reads a three-letter code such as `EUR`; `None` for anything that is not money people pay with.
    pub fn parse(code: &str) -> Option<Self> {
        let currency = iso_currency::Currency::from_code(code)?;
        currency.exponent().map(|_| Self(currency))
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals the currency has.
    pub fn decimals(self) -> u32 {
        u32::from(self.0.exponent().unwrap_or(2))
    }
}

/// Why a text is not an amount of money.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AmountError {
    #[error("not a decimal number")]
    Unreadable,
    #[error("more decimals than the currency has")]
    TooPrecise,
    #[error("out of range")]
    OutOfRange,
}

/// The largest amount that is accepted anywhere, in minor units: ten digits keep every sum inside an `i64`.
pub const LARGEST_MINOR: i64 = 9_999_999_999;

/// An amount in minor units of one currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// An amount of `minor` units (cents, centimes).
    pub fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads `"30"`, `"30.5"` or `"30.00"`; negative amounts and exponents are refused.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, AmountError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let dangling_point = text.contains('.') && fraction.is_empty();
        if whole.is_empty() || dangling_point || !digits(whole) || !digits(fraction) {
            return Err(AmountError::Unreadable);
        }
        let decimals = currency.decimals() as usize;
        let significant = fraction.trim_end_matches('0');
        if significant.len() > decimals {
            return Err(AmountError::TooPrecise);
        }
        let minor: i64 =
            format!("{whole}{significant:0<decimals$}").parse().map_err(|_| AmountError::OutOfRange)?;
        if minor > LARGEST_MINOR {
            return Err(AmountError::OutOfRange);
        }
        Ok(Self { minor, currency })
    }

    /// The amount in minor units.
    pub fn minor(self) -> i64 {
        self.minor
    }

    pub fn currency(self) -> Currency {
        self.currency
    }

    pub fn is_zero(self) -> bool {
        self.minor == 0
    }
}

/// Writes the amount as the API does: a plain decimal with all of the currency's decimals (`"30.00"`).
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = self.currency.decimals();
        let sign = if self.minor < 0 { "-" } else { "" };
        let absolute = self.minor.unsigned_abs();
        let unit = 10u64.pow(decimals);
        if decimals == 0 {
            return write!(f, "{sign}{absolute}");
        }
        write!(f, "{sign}{}.{:0width$}", absolute / unit, absolute % unit, width = decimals as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    #[test]
    fn amounts_follow_the_decimals_of_their_currency() {
        assert_eq!(Money::parse("30", currency("EUR")).unwrap().minor(), 3000);
        assert_eq!(Money::parse("30.5", currency("TND")).unwrap().minor(), 30_500);
        assert_eq!(Money::parse("30.000", currency("JPY")).unwrap().minor(), 30);
        assert_eq!(Money::from_minor(3050, currency("DZD")).to_string(), "30.50");
        assert_eq!(Money::from_minor(-5, currency("EUR")).to_string(), "-0.05");
        assert_eq!(Money::from_minor(7, currency("JPY")).to_string(), "7");
    }

    #[test]
    fn what_is_not_an_amount_is_refused() {
        for text in ["", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", " 1", "1.2.3", "NaN"] {
            assert_eq!(Money::parse(text, currency("EUR")), Err(AmountError::Unreadable), "{text:?}");
        }
        assert_eq!(Money::parse("0.005", currency("EUR")), Err(AmountError::TooPrecise));
        assert_eq!(Money::parse("99999999999", currency("EUR")), Err(AmountError::OutOfRange));
        assert_eq!(Money::parse(&"9".repeat(40), currency("EUR")), Err(AmountError::OutOfRange));
    }

    #[test]
    fn metals_and_test_codes_are_not_currencies() {
        assert!(Currency::parse("XAU").is_none());
        assert!(Currency::parse("eur").is_none());
    }

    proptest! {
        #[test]
        fn writing_and_reading_agree(minor in 0..=LARGEST_MINOR, code in prop::sample::select(vec!["EUR", "DZD", "TND", "JPY"])) {
            let money = Money::from_minor(minor, currency(code));
            prop_assert_eq!(Money::parse(&money.to_string(), currency(code)), Ok(money));
        }
    }
}
