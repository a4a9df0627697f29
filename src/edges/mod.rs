//! The ways in: the API and the command line.

pub mod api;
pub mod cli;
mod health;
mod site;
