//! The load tool: starts the release binary on a database of its own and measures what it costs.
//!
//! `cargo bench --bench load -- [--quick] [--seconds N] [--only list,pages,order,checkin,export,pdf,search,drain] [--keep]`,
//! or `-- --organizations N` for many organizations,
//! prints a Markdown table. Every figure is of this run on this machine, beside floors of the same run.

#[path = "load/client.rs"]
mod client;
#[path = "load/drive.rs"]
mod drive;
#[path = "load/floor.rs"]
mod floor;
#[path = "load/gauge.rs"]
mod gauge;
#[path = "load/options.rs"]
mod options;
#[path = "load/scale.rs"]
mod scale;
#[path = "load/scenes.rs"]
mod scenes;
#[path = "load/search.rs"]
mod search;
#[path = "load/server.rs"]
mod server;
#[path = "load/table.rs"]
mod table;
#[path = "load/world.rs"]
mod world;

use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use options::{Options, Scene};
use scenes::{Scenes, drain};
use server::{Place, Server};
use table::Table;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, port, file] = arguments.as_slice()
        && flag == floor::STATIC_SERVER
    {
        return floor::serve(port.parse()?, file);
    }
    let options = Options::parse(arguments)?;
    // One thread: the tool takes at most one core from what it measures.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        tokio::select! {
            done = measure(&options) => done,
            _ = tokio::signal::ctrl_c() => bail!("interrupted"),
        }
    })
}

async fn measure(options: &Options) -> anyhow::Result<()> {
    let begun = Instant::now();
    // Rates mean little while others compile; CPU seconds and ratios suffer less.
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let place = Place::new(options.keep)?;
    if options.is_scale() {
        scale::measure(options, &place).await?;
        told(&load)?;
        eprintln!("whole run: {:.0} s", begun.elapsed().as_secs_f64());
        return Ok(());
    }
    // Jobs run while the owner signs up, for the confirmation comes by mail.
    let server = Server::start(&place, 4).await.context("first start")?;
    let owner = world::sign_up(&server, &place).await.context("signing up")?;
    server.stop().await?;

    // Jobs wait from here on: their work is measured by itself at the end.
    let server = Server::start(&place, 0).await?;
    let world = world::build(&server, owner, options).await.context("setting up")?;
    server.stop().await?;
    let server = Server::start(&place, 0).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut table = Table::new();
    table.memory("idle, before the first request", &server)?;
    eprintln!("set up in {:.0} s", begun.elapsed().as_secs_f64());

    let scenes = Scenes { options, server: &server, world: &world, place: &place };
    if options.wants(Scene::List) {
        scenes.lists(&mut table).await.context("lists")?;
    }
    if options.wants(Scene::Pages) {
        scenes.pages(&mut table).await.context("pages")?;
    }
    if options.wants(Scene::Order) {
        scenes.orders(&mut table).await.context("orders")?;
    }
    if options.wants(Scene::CheckIn) {
        scenes.check_ins(&mut table).await.context("check-ins")?;
    }
    if options.wants(Scene::Export) {
        scenes.export(&mut table).await.context("export")?;
    }
    table.memory("after lists, orders, check-ins and exports", &server)?;
    if options.wants(Scene::Pdf) {
        scenes.papers(&mut table).await.context("PDFs")?;
        table.memory("after 100 ticket PDFs", &server)?;
    }
    if options.wants(Scene::Search) {
        scenes.search(&mut table).await.context("search")?;
        table.memory("after 200,000 listings and searches", &server)?;
    }
    if options.wants(Scene::Drain) {
        scenes.keep_letters(options.letters()).await?;
        server.stop().await?;
        let server = Server::start(&place, 4).await?;
        drain(&server, &place, &mut table).await.context("draining the jobs")?;
        table.memory("after the mails (server started anew)", &server)?;
        server.stop().await?;
    } else {
        server.stop().await?;
    }
    print!("{}", table.render());
    told(&load)?;
    eprintln!("whole run: {:.0} s", begun.elapsed().as_secs_f64());
    Ok(())
}

/// On what it ran.
fn told(load: &str) -> anyhow::Result<()> {
    let cores = std::thread::available_parallelism()?;
    println!(
        "\n{cores} CPUs; load of the last minute before the run: {}",
        load.split(' ').next().unwrap_or("?")
    );
    Ok(())
}
