//! Languages: which one a visitor reads, the texts in it, and how it writes numbers, money and times.
//!
//! - Texts live in `locales/<language>/<capability>.ftl` and are embedded; code only names their keys.
//! - A text that a language lacks is taken from English; a key that no language has answers itself.
//! - Clocks run over 24 hours and digits are Western in every language.

mod format;
mod inventory;
mod lang;
mod negotiate;
mod per_lang;
mod texts;

pub use format::{
    capitalized, date, date_time, day_and_month, money, number, period, short_date, stripped, time,
};
pub use inventory::keys;
pub use lang::Lang;
pub use negotiate::negotiate;
pub use per_lang::PerLang;
pub use texts::{Args, has, text, text_with};
