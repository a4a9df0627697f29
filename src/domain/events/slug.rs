//! The address of an event, chosen from its name.

use crate::base::kernel::text;

/// Whether an organizer may choose this address: it must not look like an id, which is looked up first.
pub(super) fn is_allowed(slug: &str) -> bool {
    text::is_slug(slug) && uuid::Uuid::parse_str(slug).is_err()
}

/// The address that reads best, without a suffix; none when the name gives nothing to read.
pub(super) fn plain(name: &str) -> Option<String> {
    Some(text::slugify(name)).filter(|slug| is_allowed(slug))
}

/// An address that nobody has yet, in all likelihood: what the name gives, and a code.
pub(super) fn with_code(name: &str, code: &str) -> String {
    let readable: String = text::slugify(name).chars().take(48).collect();
    let readable = readable.trim_end_matches('-');
    let readable = if readable.is_empty() { "event" } else { readable };
    format!("{readable}-{}", code.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses() {
        assert_eq!(plain("Salon de l’Étudiant").as_deref(), Some("salon-de-letudiant"));
        assert_eq!(plain("حفل"), None);
        assert_eq!(plain("Go"), None);
    }

    #[test]
    fn a_code_makes_any_name_an_address() {
        assert_eq!(with_code("حفل", "K3WQ2"), "event-k3wq2");
        assert_eq!(with_code("Go", "K3WQ2"), "go-k3wq2");
        assert!(is_allowed(&with_code(&"très long ".repeat(30), "K3WQ2X")));
    }

    #[test]
    fn an_id_is_no_address() {
        assert!(!is_allowed("01936f4e-7b1a-7c3e-8f2a-0000000000aa"));
        assert!(!is_allowed("Tech") && is_allowed("tech-summit"));
    }
}
