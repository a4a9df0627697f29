//! The result as Markdown.

use std::fmt::Write;

use super::drive::{Figures, float};
use super::scenes::per_thousand;
use super::server::Server;

/// What others spend on the same, in CPU seconds per thousand, measured elsewhere on such a machine; and how
/// many times less than pretix is the goal.
#[derive(Clone, Copy)]
pub(super) struct Peers {
    pub(super) pretix: f64,
    /// Where it has the same.
    pub(super) makeplus: Option<f64>,
    pub(super) goal: f64,
}

/// A line of the table.
pub(super) struct Row {
    name: String,
    figures: Figures,
    requests: usize,
    /// What a step consists of, where CPU is not told per step.
    units: f64,
    peers: Option<Peers>,
    floor: Option<(String, Option<bool>)>,
}

impl Row {
    pub(super) fn new(name: &str, figures: Figures) -> Self {
        Self { name: name.to_owned(), figures, requests: 1, units: 1.0, peers: None, floor: None }
    }

    pub(super) fn requests(self, requests: usize) -> Self {
        Self { requests, ..self }
    }

    pub(super) fn units(self, units: f64) -> Self {
        Self { units, ..self }
    }

    pub(super) fn peers(self, peers: Peers) -> Self {
        Self { peers: Some(peers), ..self }
    }

    /// The share of a floor, and whether it is enough where there is a goal.
    pub(super) fn floor(self, share: String, enough: Option<bool>) -> Self {
        Self { floor: Some((share, enough)), ..self }
    }

    fn render(&self) -> String {
        let figures = &self.figures;
        let spent = per_thousand(figures.spent, float(figures.steps) * self.units);
        let latency = |ms: f64| if ms > 0.0 { format!("{ms:.2}") } else { "–".into() };
        let (mut pretix, mut makeplus) = (String::new(), String::new());
        if let Some(peers) = self.peers {
            let less = peers.pretix / spent.total();
            pretix = format!("{less:.0}× {} (goal {:.0}×)", mark(less >= peers.goal), peers.goal);
            makeplus =
                peers.makeplus.map(|theirs| format!("{:.1}×", theirs / spent.total())).unwrap_or_default();
        }
        let floor = match &self.floor {
            Some((share, None)) => share.clone(),
            Some((share, Some(enough))) => format!("{share} {} (goal 0.50)", mark(*enough)),
            None => String::new(),
        };
        format!(
            "| {} | {} | {} | {:.1} | {:.1} | {} | {} | {:.3} | {:.3} | {pretix} | {makeplus} | {floor} |",
            self.name,
            figures.clients,
            figures.steps,
            figures.rate(),
            figures.rate() * float(self.requests),
            latency(figures.p50),
            latency(figures.p99),
            spent.server,
            spent.database,
        )
    }
}

fn mark(reached: bool) -> &'static str {
    if reached { "✓" } else { "✗" }
}

/// The tables of a run.
pub(super) struct Table {
    rows: Vec<Row>,
    memory: String,
}

impl Table {
    pub(super) fn new() -> Self {
        Self { rows: vec![], memory: String::new() }
    }

    pub(super) fn add(&mut self, row: Row) {
        eprintln!("{}", row.render());
        self.rows.push(row);
    }

    /// Notes how much memory is used now.
    pub(super) fn memory(&mut self, when: &str, server: &Server) -> anyhow::Result<()> {
        let (own, database, processes) = server.memory();
        Ok(writeln!(self.memory, "| {when} | {own:.0} | {database:.0} | {processes} |")?)
    }

    pub(super) fn render(&self) -> String {
        let mut text = String::from(
            "| scenario | clients | done | per s | requests/s | p50 ms | p99 ms | server CPU s per 1,000 \
             | database CPU s per 1,000 | less CPU than pretix | than MakePlus | of the floor |\n\
             |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
        );
        for row in &self.rows {
            text += &row.render();
            text.push('\n');
        }
        text += "\n| memory, MiB | server | database | its processes |\n|---|--:|--:|--:|\n";
        text + &self.memory
    }
}
