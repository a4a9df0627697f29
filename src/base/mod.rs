//! The ground floor: everything that knows no event.

pub mod config;
pub mod db;
pub mod documents;
pub mod files;
pub mod i18n;
pub mod identity;
pub mod jobs;
pub mod kernel;
pub mod live;
pub mod mail;
pub mod pictures;
pub mod site;
pub mod tenancy;
pub mod web;
