//! Small types that every capability speaks: no I/O, no framework.

pub mod change;
pub mod clock;
pub mod color;
pub mod id;
pub mod money;
pub mod page;
pub mod random;
pub mod secret;
pub mod text;
pub mod version;
