//! The ground of every page: who visits and in which language, what surrounds a page, what a form says.
//!
//! Invariants: a [`Form`] exists only when its token belongs to the visitor; pages load nothing from elsewhere and
//! run no inline script; a page's texts come from the locales, its values are escaped. Callers: the `pages.rs` of
//! every capability, and `edges::site`, which lists their routes.

mod assets;
mod form;
mod problems;
mod summary;
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

/// An address of our own to go on to; anything that might lead elsewhere is none.
pub fn own_path(next: &str) -> Option<&str> {
    let bare = !next.contains('\\') && !next.chars().any(|c| c.is_control() || c.is_whitespace());
    let ours = next.starts_with('/') && !next.starts_with("//");
    (bare && ours && next.len() <= 2000).then_some(next)
}

/// What pages may load and do (CSP level 3): their own files, nothing inline, nobody's frame.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; \
    media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_on_to_pages_of_ours_alone() {
        for fine in ["/", "/my", "/manage/events?page=2", "/invitation?token=a.b"] {
            assert_eq!(own_path(fine), Some(fine));
        }
        let far = [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "/\n/x",
            "evil",
            "/ /x",
        ];
        for far in far {
            assert_eq!(own_path(far), None, "{far:?}");
        }
    }
}
