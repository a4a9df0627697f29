//! What stands before several servers: each request goes to the next one, as behind a balancer that remembers nobody.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use futures_util::stream;
use poem::http::HeaderMap;
use poem::listener::TcpAcceptor;
use poem::{Body, Endpoint, Request, Response, endpoint};
use tokio_util::sync::{CancellationToken, DropGuard};

/// How many servers stand behind one address in this run: one, unless `PARVIS_TESTS_SERVERS` says otherwise.
pub fn servers() -> usize {
    std::env::var("PARVIS_TESTS_SERVERS").ok().and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

/// More than any request of a test.
const LARGEST: usize = 64 << 20;
/// What concerns one connection only.
const OF_CONNECTION: [&str; 4] = ["connection", "keep-alive", "transfer-encoding", "upgrade"];

/// An address that is known before anybody stands behind it.
pub struct Door {
    listener: TcpListener,
    pub address: SocketAddr,
}

/// The open door. Dropping it closes it.
pub struct Front {
    _stop: DropGuard,
}

impl Door {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        Self { listener, address }
    }

    /// Lets requests through to these servers, addresses such as `http://127.0.0.1:8080`, in turn.
    pub fn open(self, servers: Vec<String>) -> Front {
        let stop = CancellationToken::new();
        let server = poem::Server::new_with_acceptor(TcpAcceptor::from_std(self.listener).unwrap());
        tokio::spawn(server.run_with_graceful_shutdown(
            passing(servers),
            stop.clone().cancelled_owned(),
            None,
        ));
        Front { _stop: stop.drop_guard() }
    }
}

fn passing(servers: Vec<String>) -> impl Endpoint {
    parvis::base::files::use_tls();
    let http =
        reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let shared = Arc::new((http, servers, AtomicUsize::new(0)));
    endpoint::make(move |request: Request| {
        let shared = shared.clone();
        async move {
            let (http, servers, turn) = &*shared;
            let first = turn.fetch_add(1, Ordering::Relaxed);
            Ok::<_, poem::Error>(passed(http, servers, first, request).await)
        }
    })
}

async fn passed(http: &reqwest::Client, servers: &[String], first: usize, mut request: Request) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let headers = end_to_end(request.headers());
    let Ok(body) = request.take_body().into_bytes_limit(LARGEST).await else { return gone() };
    for server in 0..servers.len() {
        let url = format!("{}{path}", servers[(first + server) % servers.len()]);
        let sent = http.request(method.clone(), url).headers(headers.clone()).body(body.clone()).send().await;
        match sent {
            Ok(answer) => return told(answer, method == poem::http::Method::HEAD),
            // Nobody is there, so nobody has done anything: the next one.
            Err(error) if error.is_connect() => {}
            Err(_) => return gone(),
        }
    }
    gone()
}

fn end_to_end(headers: &HeaderMap) -> HeaderMap {
    let mut kept = headers.clone();
    for name in OF_CONNECTION {
        kept.remove(name);
    }
    kept
}

/// The answer as it comes, piece by piece.
fn told(answer: reqwest::Response, is_head: bool) -> Response {
    let (status, headers) = (answer.status(), end_to_end(answer.headers()));
    let has_body = !is_head && !matches!(status.as_u16(), 204 | 304);
    let mut response = Response::builder().status(status).finish();
    *response.headers_mut() = headers;
    if has_body {
        let pieces = stream::unfold(answer, |mut answer| async move {
            let piece = answer.chunk().await.map_err(io::Error::other).transpose()?;
            Some((piece, answer))
        });
        response.set_body(Body::from_bytes_stream(pieces));
    }
    response
}

/// The connection breaks off, as one to a server that has ended does.
fn gone() -> Response {
    let broken = stream::iter([Err::<Bytes, _>(io::Error::other("the server is gone"))]);
    Response::builder().body(Body::from_bytes_stream(broken))
}
