//! Many clients at once, each on its own connection, and what they saw.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use anyhow::ensure;
use futures_util::future::try_join_all;

use super::client::Client;
use super::gauge::Spent;

/// When a scenario ends: after a time, or with the last of a fixed number of steps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) span: Duration,
    pub(super) steps: usize,
}

impl Limit {
    pub(super) fn time(span: Duration) -> Self {
        Self { span, steps: usize::MAX }
    }

    /// Fixed work, given up after a minute.
    pub(super) fn steps(steps: usize) -> Self {
        Self { span: Duration::from_secs(60), steps }
    }
}

/// A count as a number that divides; no run counts to four thousand million.
pub(super) fn float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// What was measured.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    pub(super) clients: usize,
    pub(super) steps: usize,
    pub(super) wall: f64,
    /// Milliseconds.
    pub p50: f64,
    pub p99: f64,
    pub(super) spent: Spent,
}

impl Figures {
    pub(super) fn rate(&self) -> f64 {
        float(self.steps) / self.wall
    }

    /// Figures from latencies in milliseconds.
    pub(super) fn new(clients: usize, wall: f64, mut latencies: Vec<f64>, spent: Spent) -> Self {
        latencies.sort_by(f64::total_cmp);
        let steps = latencies.len();
        let at = |percent: usize| {
            let index = (steps * percent / 100).min(steps.saturating_sub(1));
            latencies.get(index).copied().unwrap_or_default()
        };
        let (p50, p99) = (at(50), at(99));
        Self { clients, steps, wall, p50, p99, spent }
    }
}

/// Runs `step` from `clients` connections until `limit`. Each call gets the next number.
pub(super) async fn drive(
    port: u16,
    clients: usize,
    limit: Limit,
    spent: impl Fn() -> Spent,
    step: impl AsyncFn(&mut Client, usize) -> anyhow::Result<()>,
) -> anyhow::Result<Figures> {
    let mut connections = Vec::new();
    for _ in 0..clients {
        connections.push(Client::connect(port).await?);
    }
    let (next, latencies) = (Cell::new(0), RefCell::new(Vec::<f64>::new()));
    let (before, begun) = (spent(), Instant::now());
    let work = connections.into_iter().map(|mut client| {
        let (next, latencies, step) = (&next, &latencies, &step);
        async move {
            while next.get() < limit.steps && begun.elapsed() < limit.span {
                let number = next.replace(next.get() + 1);
                let since = Instant::now();
                step(&mut client, number).await?;
                latencies.borrow_mut().push(since.elapsed().as_secs_f64() * 1000.0);
            }
            anyhow::Ok(())
        }
    });
    try_join_all(work).await?;
    let wall = begun.elapsed().as_secs_f64();
    let spent = spent().since(before);
    ensure!(limit.steps == usize::MAX || next.get() == limit.steps, "not done within {:?}", limit.span);
    Ok(Figures::new(clients, wall, latencies.into_inner(), spent))
}
