//! What has changed between two states of something, for whoever records it.

/// The names of the fields that differ, in the order in which they are given.
pub fn differing(fields: impl IntoIterator<Item = (&'static str, bool)>) -> Vec<&'static str> {
    fields.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}
