//! A folder as a mailbox: one `.eml` file a mail, which any mail program opens.

use std::{
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use tokio::{fs, io::AsyncWriteExt};

/// Writes a message under a name that begins with its time, so that a listing is a chronology.
///
/// The file appears complete or not at all: who watches the folder never reads half a mail.
pub(super) async fn write(
    folder: &Path,
    message_id: &str,
    at: DateTime<Utc>,
    bytes: &[u8],
) -> io::Result<PathBuf> {
    let name = format!("{}-{message_id}.eml", at.format("%Y%m%dT%H%M%S%3fZ"));
    let target = folder.join(&name);
    let unfinished = folder.join(format!(".{name}.part"));
    make_private(folder).await?;
    let mut file = fs::File::create(&unfinished).await?;
    file.write_all(bytes).await?;
    file.sync_all().await?;
    drop(file);
    fs::rename(&unfinished, &target).await?;
    Ok(target)
}

/// Mails hold links that open accounts and orders: the folder is its owner's alone.
async fn make_private(folder: &Path) -> io::Result<()> {
    if !fs::try_exists(folder).await? {
        fs::create_dir_all(folder).await?;
        fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).await?;
    }
    Ok(())
}

/// Whether mails can be written there.
pub(super) async fn check(folder: &Path) -> io::Result<()> {
    let probe = folder.join(".parvis-check");
    make_private(folder).await?;
    fs::write(&probe, b"").await?;
    fs::remove_file(&probe).await
}
