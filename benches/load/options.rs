//! What the command line asks for.

use std::time::Duration;

use anyhow::{Context, bail};

/// A part of the run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Scene {
    List,
    Pages,
    Order,
    CheckIn,
    Export,
    Pdf,
    Search,
    Drain,
}

/// The options of a run.
#[derive(Debug)]
pub(super) struct Options {
    only: Vec<Scene>,
    seconds: f64,
    quick: bool,
    /// How many organizations, where they are what is measured.
    organizations: Option<usize>,
    /// Whether the data directory stays, to look into.
    pub(super) keep: bool,
}

impl Options {
    /// Reads the arguments. `cargo bench` adds `--bench`, which says nothing.
    pub(super) fn parse(arguments: Vec<String>) -> anyhow::Result<Self> {
        let mut options = Self { only: vec![], seconds: 4.0, quick: false, organizations: None, keep: false };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--bench" => {}
                "--keep" => options.keep = true,
                "--quick" => (options.quick, options.seconds) = (true, 1.0),
                "--seconds" => {
                    options.seconds = arguments.next().context("--seconds needs a number")?.parse()?;
                }
                "--organizations" => {
                    let count: usize = arguments.next().context("--organizations needs a number")?.parse()?;
                    options.organizations = Some(count.clamp(10, 5_000));
                }
                "--only" => {
                    let names = arguments.next().context("--only needs a list")?;
                    options.only = names.split(',').map(scene).collect::<anyhow::Result<_>>()?;
                }
                other => bail!("unknown option {other}"),
            }
        }
        Ok(options)
    }

    pub(super) fn wants(&self, scene: Scene) -> bool {
        self.only.is_empty() || self.only.contains(&scene)
    }

    /// Whether many organizations are measured instead of one.
    pub(super) fn is_scale(&self) -> bool {
        self.organizations.is_some()
    }

    pub(super) fn organizations(&self) -> usize {
        self.organizations.unwrap_or_default()
    }

    pub(super) fn is_quick(&self) -> bool {
        self.quick
    }

    /// How long a scenario without a fixed amount of work runs.
    pub(super) fn span(&self) -> Duration {
        Duration::from_secs_f64(self.seconds.clamp(0.2, 60.0))
    }

    /// Tickets for the gate.
    pub(super) fn tickets(&self) -> usize {
        if self.quick { 1_000 } else { 5_000 }
    }

    /// Participants of the exported event.
    pub(super) fn participants(&self) -> usize {
        if self.quick { 2_000 } else { 10_000 }
    }

    /// Ticket PDFs.
    pub(super) fn papers(&self) -> usize {
        if self.quick { 20 } else { 100 }
    }

    /// Letters that are written at the end: each has a PDF, and all of them would take too long.
    pub(super) fn letters(&self) -> u32 {
        if self.quick { 50 } else { 400 }
    }
}

fn scene(name: &str) -> anyhow::Result<Scene> {
    Ok(match name {
        "list" => Scene::List,
        "pages" => Scene::Pages,
        "order" => Scene::Order,
        "checkin" => Scene::CheckIn,
        "export" => Scene::Export,
        "pdf" => Scene::Pdf,
        "search" => Scene::Search,
        "drain" => Scene::Drain,
        other => bail!("unknown scenario {other}"),
    })
}
