//! The ground floor: everything that knows no event.

pub mod documents;
pub mod i18n;
pub mod kernel;
pub mod mail;
