//! A folder as a mailbox: one `.eml` file a mail, which any mail program opens.

use std::{
    io,
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
    fs::create_dir_all(folder).await?;
    let mut file = fs::File::create(&unfinished).await?;
    file.write_all(bytes).await?;
    file.sync_all().await?;
    drop(file);
    fs::rename(&unfinished, &target).await?;
    Ok(target)
}

/// Whether mails can be written there.
pub(super) async fn check(folder: &Path) -> io::Result<()> {
    let probe = folder.join(".parvis-check");
    fs::create_dir_all(folder).await?;
    fs::write(&probe, b"").await?;
    fs::remove_file(&probe).await
}
