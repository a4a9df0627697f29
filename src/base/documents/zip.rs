//! A zip that is sent while it is made.

use std::io::Write;
use std::sync::Arc;

use parking_lot::Mutex;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use super::DocumentError;

/// What is written and not yet taken.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock())
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A zip of which what was added may be sent before the rest is known.
pub struct ZipStream {
    zip: ZipWriter<StreamWriter<Written>>,
    written: Written,
}

impl Default for ZipStream {
    fn default() -> Self {
        let written = Written::default();
        Self { zip: ZipWriter::new_stream(written.clone()), written }
    }
}

impl ZipStream {
    /// Adds a file; the bytes to send next.
    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<Vec<u8>, DocumentError> {
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
        self.zip.start_file(name, options)?;
        self.zip.write_all(content).map_err(ZipError::from)?;
        Ok(self.written.take())
    }

    /// The bytes that end it. Whatever lacks them is no zip: a reader knows what was cut off.
    pub fn finish(self) -> Result<Vec<u8>, DocumentError> {
        self.zip.finish()?;
        Ok(self.written.take())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    #[test]
    fn what_was_sent_bit_by_bit_is_read_whole() {
        let mut zip = ZipStream::default();
        let text = "Événements\n".repeat(5_000);
        let mut sent = zip.add("a.txt", text.as_bytes()).unwrap();
        assert!(!sent.is_empty() && sent.len() < text.len() / 10);
        sent.extend(zip.add("events/bal/b.json", b"{}").unwrap());
        let cut = sent.clone();
        sent.extend(zip.finish().unwrap());
        let mut read = zip::ZipArchive::new(Cursor::new(sent)).unwrap();
        let mut found = String::new();
        read.by_name("a.txt").unwrap().read_to_string(&mut found).unwrap();
        assert_eq!(found, text);
        assert_eq!(read.by_name("events/bal/b.json").unwrap().size(), 2);
        assert!(zip::ZipArchive::new(Cursor::new(cut)).is_err());
    }
}
