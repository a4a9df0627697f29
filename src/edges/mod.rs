//! The ways in: the API and the command line.

pub mod api;
pub mod cli;
mod document;
mod health;
mod site;
