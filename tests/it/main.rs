//! The integration tests: the real application on a real PostgreSQL, spoken to over HTTP.
//!
//! Nothing here depends on order: most tests share one application and bring an organization of their own,
//! for what isolates organizations isolates tests.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says that something is wrong by failing"
)]

mod api_keys;
mod architecture;
mod audit;
mod authz;
mod browser;
mod cancelling;
mod catalogue;
mod contract;
mod copies;
mod email_change;
mod event_fields;
mod feeds;
mod files;
mod forms;
mod gate;
mod guests;
mod hostile;
mod identity;
mod isolation;
mod jobs;
mod live;
mod locales;
mod manual_orders;
mod money;
mod moving;
mod openapi;
mod orders;
mod organization_copy;
mod organizations;
mod pages_account;
mod pages_manage;
mod pages_pictures;
mod pages_sales;
mod pages_team;
mod paper;
mod personal_data;
mod photo;
mod postponing;
mod problems;
mod properties;
mod quotas;
mod race;
mod running;
mod search;
mod second_factor;
mod selling;
mod servers;
mod sessions;
mod smoke;
mod support;
mod test_mode;
mod translations;
mod upkeep;
mod writes;
