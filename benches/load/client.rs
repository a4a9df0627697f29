//! A lean HTTP/1.1 client: one kept connection, one request at a time, bodies of a known length.
//!
//! It costs a few microseconds a request, so that on two cores it hardly disturbs what it measures.

use anyhow::{Context, bail, ensure};
use bytes::{Buf, Bytes, BytesMut};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Bytes,
}

impl Answer {
    /// The body as JSON, if the status is the wanted one.
    pub(super) fn json(&self, wanted: u16) -> anyhow::Result<Value> {
        self.expect(wanted)?;
        serde_json::from_slice(&self.body).context("the answer is not JSON")
    }

    pub(super) fn expect(&self, wanted: u16) -> anyhow::Result<()> {
        let told = || String::from_utf8_lossy(self.body.get(..self.body.len().min(600)).unwrap_or_default());
        ensure!(self.status == wanted, "{} instead of {wanted}: {}", self.status, told());
        Ok(())
    }
}

/// A kept connection.
pub(super) struct Client {
    stream: TcpStream,
    out: Vec<u8>,
    read: BytesMut,
}

impl Client {
    pub(super) async fn connect(port: u16) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, out: Vec::with_capacity(2048), read: BytesMut::with_capacity(64 << 10) })
    }

    pub(super) async fn get(&mut self, path: &str, headers: &str) -> anyhow::Result<Answer> {
        self.send("GET", path, headers, "").await
    }

    pub(super) async fn post(&mut self, path: &str, headers: &str, body: &Value) -> anyhow::Result<Answer> {
        self.send("POST", path, headers, &body.to_string()).await
    }

    /// `headers` are whole lines, each with its line end.
    async fn send(&mut self, method: &str, path: &str, headers: &str, body: &str) -> anyhow::Result<Answer> {
        use std::io::Write;
        self.out.clear();
        write!(self.out, "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}")?;
        if method != "GET" {
            write!(self.out, "content-type: application/json\r\ncontent-length: {}\r\n", body.len())?;
        }
        write!(self.out, "\r\n{body}")?;
        self.stream.write_all(&self.out).await?;
        self.answer().await.with_context(|| format!("{method} {path}"))
    }

    async fn answer(&mut self) -> anyhow::Result<Answer> {
        loop {
            let end = self.read.windows(4).position(|four| four == b"\r\n\r\n");
            if let Some(end) = end {
                let head = self.read.split_to(end + 4);
                let (status, length) = head_of(std::str::from_utf8(&head)?)?;
                while self.read.len() < length {
                    self.fill().await?;
                }
                return Ok(Answer { status, body: self.read.copy_to_bytes(length) });
            }
            self.fill().await?;
        }
    }

    async fn fill(&mut self) -> anyhow::Result<()> {
        self.read.reserve(16 << 10);
        ensure!(self.stream.read_buf(&mut self.read).await? > 0, "the server closed the connection");
        Ok(())
    }
}

/// The status and the length of the body.
fn head_of(head: &str) -> anyhow::Result<(u16, usize)> {
    let status = head.get(9..12).context("no status")?.parse()?;
    for line in head.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.eq_ignore_ascii_case("content-length") {
            return Ok((status, value.trim().parse()?));
        }
        if name.eq_ignore_ascii_case("transfer-encoding") {
            bail!("the answer's length is not known before its end");
        }
    }
    Ok((status, 0))
}
