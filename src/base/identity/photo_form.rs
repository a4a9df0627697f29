//! A profile that comes as a form, as the source documents' apps send it: with its photo.

use poem_openapi::ApiRequest;
use serde_json::{Map, Value};

use super::dto::{ProfileChange, ProfileReplacement};
use crate::base::web::{Change, Draft, FilesForm, FormFields, Uploaded};

/// The fields of a profile as forms send them.
pub(super) struct ProfileFields;

impl FormFields for ProfileFields {
    const FILES: &'static [&'static str] = &[super::photo::FIELD];

    fn add(members: &mut Map<String, Value>, name: String, text: String) {
        members.insert(name, Value::String(text));
    }
}

/// A profile, as JSON or as a form with its photo.
#[derive(ApiRequest)]
pub(super) enum ProfileBody {
    Json(Draft<ProfileReplacement, ProfileChange>),
    Form(FilesForm<ProfileReplacement, ProfileChange, ProfileFields, true>),
}

impl ProfileBody {
    /// The body however it came, and its photo.
    pub(super) fn open(self) -> (Draft<ProfileReplacement, ProfileChange>, Uploaded) {
        match self {
            Self::Json(draft) => (draft, Uploaded::Nothing),
            Self::Form(form) => (form.draft, only(form.files)),
        }
    }
}

/// What changes about a profile, as JSON or as a form with its photo.
#[derive(ApiRequest)]
pub(super) enum ProfileChangeBody {
    Json(Change<ProfileChange>),
    Form(FilesForm<ProfileChange, ProfileChange, ProfileFields, false>),
}

impl ProfileChangeBody {
    /// The body however it came, and its photo.
    pub(super) fn open(self) -> (Change<ProfileChange>, Uploaded) {
        match self {
            Self::Json(draft) => (draft, Uploaded::Nothing),
            Self::Form(form) => (form.draft, only(form.files)),
        }
    }
}

/// The file of a form that has a field for one, whatever an app calls it.
fn only(mut files: Vec<(String, Uploaded)>) -> Uploaded {
    files.pop().map_or(Uploaded::Nothing, |(_, file)| file)
}
