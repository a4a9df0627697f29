//! A stream on the wire: Server-Sent Events, as the HTML standard has them.

use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::stream;
use poem::http::header;
use poem::{Body, Response};
use serde_json::Value;
use tokio::time::Instant;

use super::{Live, News, Seat};

pub const CONTENT_TYPE: &str = "text/event-stream";
/// How often something comes though nothing is new, so that both sides know of each other; and how long a stream may
/// outlive the right to it.
const BEAT: Duration = Duration::from_secs(5);
/// How long a client waits before it comes back, in milliseconds.
const RETRY: u32 = 3_000;

/// What somebody is told, and for how long.
pub struct Told<T> {
    pub seat: Seat,
    pub news: News<T>,
    /// The stream ends then, whatever happens.
    pub until: Option<Instant>,
    /// Whether the reader may still read; asked before anything is sent.
    pub still: Box<dyn Fn() -> BoxFuture<'static, bool> + Send + Sync>,
    /// The news as the reader understands them.
    pub write: Box<dyn Fn(&T) -> Value + Send + Sync>,
    /// What a beat says.
    pub beat: Box<dyn Fn() -> Value + Send + Sync>,
}

struct State<T> {
    told: Told<T>,
    live: Live,
    greeted: bool,
}

impl<T: Send + Sync + 'static> State<T> {
    /// The next event, or the end.
    async fn next(&mut self) -> Option<String> {
        if !std::mem::replace(&mut self.greeted, true) {
            return Some(format!("retry: {RETRY}\n\n"));
        }
        let until = self.told.until;
        let over = async move {
            match until {
                Some(until) => tokio::time::sleep_until(until).await,
                None => std::future::pending().await,
            }
        };
        let news = tokio::select! {
            biased;
            () = self.live.0.stop.cancelled() => return None,
            () = over => return None,
            news = self.told.news.next() => Some(news?),
            () = tokio::time::sleep(BEAT) => None,
        };
        if !(self.told.still)().await {
            return None;
        }
        Some(match news {
            Some(news) => event("figures", &(self.told.write)(&news)),
            None => event("beat", &(self.told.beat)()),
        })
    }
}

/// JSON has no line breaks outside of strings, and escapes those within.
fn event(name: &str, data: &Value) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

impl<T: Send + Sync + 'static> Told<T> {
    /// The answer. It is never compressed, and asks proxies not to hold it back.
    pub fn answer(self) -> Response {
        let live = self.seat.live.clone();
        let state = State { told: self, live, greeted: false };
        let events = stream::unfold(state, |mut state| async move {
            let event = state.next().await?;
            Some((Ok::<_, std::io::Error>(Bytes::from(event)), state))
        });
        Response::builder()
            .content_type(CONTENT_TYPE)
            .header(header::CACHE_CONTROL, "no-store")
            .header("x-accel-buffering", "no")
            .body(Body::from_bytes_stream(events))
    }
}
