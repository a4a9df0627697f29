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
    /// Begins a file; what is written from now on is its content.
    pub fn start(&mut self, name: &str) -> Result<(), DocumentError> {
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
        Ok(self.zip.start_file(name, options)?)
    }

    /// Goes on with the file.
    pub fn write(&mut self, content: &[u8]) -> Result<(), DocumentError> {
        Ok(self.zip.write_all(content).map_err(ZipError::from)?)
    }

    /// The bytes to send next.
    pub fn take(&mut self) -> Vec<u8> {
        self.written.take()
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
        let mut sent = Vec::new();
        zip.start("a.txt").unwrap();
        for line in text.split_inclusive('\n') {
            zip.write(line.as_bytes()).unwrap();
            sent.extend(zip.take());
        }
        zip.start("events/bal/b.json").unwrap();
        zip.write(b"{}").unwrap();
        sent.extend(zip.take());
        assert!(sent.len() < text.len() / 10);
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
