//! The ground of every page: who visits and in which language, what surrounds a page, what a form says.
//!
//! Invariants: a [`Form`] exists only when its token belongs to the visitor; pages load nothing from elsewhere and
//! run no inline script; a page's texts come from the locales, its values are escaped. Callers: the `pages.rs` of
//! every capability, and `edges::site`, which lists their routes.

mod assets;
mod form;
mod problems;
mod templates;
mod upload;
mod visitor;

pub use assets::{serve as serve_asset, serve_worker};
pub use form::{Filled, Form};
pub use problems::Told;
pub use templates::shown;
pub use upload::Upload;
pub use visitor::{Flash, Visitor};

use poem::http::{StatusCode, header};
use poem::{IntoResponse, Response};

/// Goes on elsewhere after a form was taken: reloading the next page sends nothing again.
pub fn see_other(to: &str) -> Response {
    StatusCode::SEE_OTHER.with_header(header::LOCATION, to).into_response()
}

/// What pages may load and do (CSP level 3): their own files, nothing inline, nobody's frame.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; \
    media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";
