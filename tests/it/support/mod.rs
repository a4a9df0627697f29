//! What the tests stand on.

pub mod app;
pub mod bank;
pub mod client;
pub mod cluster;
pub mod fixtures;
pub mod front;
pub mod mail;
pub mod money;
pub mod pages;
pub mod process;
pub mod s3;
pub mod source;

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

/// One runtime for all tests: connections are used by whoever finds them in a pool, so the runtime they
/// were made on must live as long as the process.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    if let Ok(filter) = std::env::var("PARVIS_TESTS_LOG") {
        let filter = tracing_subscriber::EnvFilter::new(filter);
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    }
    tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap()
});

/// Runs a test.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    RUNTIME.block_on(test)
}

/// Asks again and again until there is an answer; fails after thirty seconds and says what was awaited.
pub async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, mut ask: impl FnMut() -> F) -> T {
    let since = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(since.elapsed() < Duration::from_secs(30), "{what}: not within thirty seconds");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
