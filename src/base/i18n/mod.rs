//! Languages and texts.

mod lang;

pub use lang::Lang;
