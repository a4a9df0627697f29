//! Versions of what several people may edit at once.

/// Which versions of a thing a writer means to change; any unless said otherwise.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Expected(Option<Vec<i32>>);

impl Expected {
    /// These alone.
    pub fn one_of(versions: Vec<i32>) -> Self {
        Self(Some(versions))
    }

    /// Whether a thing of this version may be changed.
    pub fn allows(&self, version: i32) -> bool {
        self.0.as_ref().is_none_or(|versions| versions.contains(&version))
    }
}
