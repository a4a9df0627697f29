//! The photo of a person's profile.
//!
//! What was sent is decoded within limits and drawn anew in two sizes. The names of the files begin with a code that no other
//! file has: the address of a photo is known to those who were shown it, and another photo has another one. Files lie in
//! the platform's folder; the account's row says which are shown, and a job sweeps those that none does.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::repo::{self, AccountRow};
use super::service::Identity;
use crate::base::files::{Files, FilesError, PlatformFiles};
use crate::base::jobs::{Job, JobError, Priority, Registry};
use crate::base::kernel::random;
use crate::base::pictures::{Cut, Fit, pictures};
use crate::base::web::{ApiResult, Problem, Uploaded};

static CUTS: [Cut; 2] = [
    Cut { file: "photo.jpg", width: 512, height: 512, fit: Fit::Cover },
    Cut { file: "small.jpg", width: 96, height: 96, fit: Fit::Cover },
];

/// The name of the form's field.
pub(super) const FIELD: &str = "photo";
/// The folder of all photos.
const FOLDER: &str = "accounts";

fn kept(account: Uuid, photo: &str, end: &str) -> String {
    format!("{FOLDER}/{account}/{photo}-{end}")
}

/// The files that show a photo; none where there is no photo.
fn files_of(account: Uuid, photo: &str) -> Vec<String> {
    if photo.is_empty() { vec![] } else { CUTS.iter().map(|cut| kept(account, photo, cut.file)).collect() }
}

/// The address of a photo on the site, of the small one where `small`.
pub(super) fn address(account: Uuid, photo: &str, small: bool) -> Option<String> {
    let end = CUTS.get(usize::from(small))?.file;
    (!photo.is_empty()).then(|| format!("/photos/{account}/{photo}-{end}"))
}

/// A photo that was sent, checked and made ready.
#[derive(Debug)]
pub struct Made {
    /// What the account's row is to say.
    pub name: String,
    files: Vec<(&'static str, Vec<u8>)>,
}

/// What a form brought, made ready; none where it brought nothing.
pub(super) async fn received(file: Uploaded) -> ApiResult<Option<Made>> {
    let bytes = match file {
        Uploaded::Nothing => return Ok(None),
        Uploaded::TooLarge => return Err(Problem::field(FIELD, "image_size")),
        Uploaded::File(bytes) => bytes,
    };
    let cut = pictures(bytes, FIELD, &CUTS).await?;
    let name = random::code::<20>().to_lowercase();
    Ok(Some(Made { name, files: CUTS.iter().map(|cut| cut.file).zip(cut).collect() }))
}

/// Keeps the files; the profile shows them once it is stored. If it never is, they are swept.
pub(super) async fn keep(files: &Files, account: Uuid, made: &Made) -> ApiResult<()> {
    for (end, bytes) in &made.files {
        files.put(&PlatformFiles, &kept(account, &made.name, end), bytes.clone()).await?;
    }
    Ok(())
}

/// Forgets the files of a photo that is shown no more. What stays behind by a failure is swept later.
pub(super) async fn forget(files: &Files, account: Uuid, photo: &str) {
    for file in files_of(account, photo) {
        if let Err(error) = files.remove(&PlatformFiles, &file).await {
            tracing::warn!(%error, %account, "an old photo stays");
        }
    }
}

/// The photo's file in its larger size.
pub(super) async fn content(files: &Files, account: &AccountRow) -> Result<Option<Vec<u8>>, FilesError> {
    let Some(file) = files_of(account.id, &account.photo).into_iter().next() else { return Ok(None) };
    Ok(files.get(&PlatformFiles, &file).await?.map(|bytes| bytes.to_vec()))
}

/// The file behind an address, if it has the form of one.
pub(super) fn file(account: Uuid, asked: &str) -> Option<String> {
    let (photo, end) = asked.split_once('-')?;
    let known = CUTS.iter().any(|cut| cut.file == end);
    let code = photo.len() == 20 && photo.bytes().all(|b| b.is_ascii_alphanumeric());
    (known && code).then(|| kept(account, photo, end))
}

/// Removes photos that no profile shows: those of a write that failed, of a photo that was replaced, of an account that
/// ended.
#[derive(Debug, Serialize, Deserialize)]
struct SweepPhotos {}

impl Job for SweepPhotos {
    const KIND: &'static str = "identity.sweep_photos";
    const PRIORITY: Priority = Priority::Background;
}

/// Registers the sweep, once a day.
pub(super) fn register(registry: &mut Registry, identity: &Identity, files: &Files) {
    let (identity, files) = (identity.clone(), files.clone());
    registry.platform(move |_: SweepPhotos| {
        let (identity, files) = (identity.clone(), files.clone());
        async move { sweep(&identity, &files).await }
    });
    registry.every(std::time::Duration::from_secs(24 * 3600), &SweepPhotos {});
}

async fn sweep(identity: &Identity, files: &Files) -> Result<(), JobError> {
    let failed = |error: FilesError| JobError::Retry(error.into());
    // By then no write that made it is still under way.
    let aged = identity.db.clock().now() - chrono::Duration::days(1);
    let found = files.older(&PlatformFiles, FOLDER, aged).await.map_err(failed)?;
    for chunk in found.chunks(500) {
        let mut accounts: Vec<Uuid> = chunk.iter().filter_map(|file| account_of(file)).collect();
        accounts.dedup();
        let mut tx = identity.db.platform().await?;
        let photos: HashMap<Uuid, String> = repo::photos(&mut tx, &accounts).await?.into_iter().collect();
        drop(tx);
        let is_shown = |file: &String| {
            let shown = account_of(file).and_then(|account| Some((account, photos.get(&account)?)));
            shown.is_some_and(|(account, photo)| files_of(account, photo).contains(file))
        };
        for file in chunk.iter().filter(|file| !is_shown(file)) {
            files.remove(&PlatformFiles, file).await.map_err(failed)?;
        }
    }
    Ok(())
}

/// The account in whose folder the file lies.
fn account_of(file: &str) -> Option<Uuid> {
    file.strip_prefix(FOLDER)?.strip_prefix('/')?.split('/').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_photo_of_its_own_account_alone() {
        let account = Uuid::from_u128(7);
        let photo = "abcdefghjkmnpqrstuvw";
        let shown = address(account, photo, true).unwrap();
        let asked = shown.rsplit('/').next().unwrap();
        assert_eq!(file(account, asked), Some(kept(account, photo, "small.jpg")));
        for wrong in [
            "",
            "-photo.jpg",
            "../x-photo.jpg",
            "abcdefghjkmnpqrstuvw-photo.png",
            "abc-photo.jpg",
            "../../t_1/orders-photo.jpg",
        ] {
            assert_eq!(file(account, wrong), None, "{wrong}");
        }
        assert_eq!(account_of(&kept(account, photo, "photo.jpg")), Some(account));
        assert!(files_of(account, "").is_empty() && address(account, "", false).is_none());
    }
}
