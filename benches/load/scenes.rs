//! The scenarios.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::client::Client;
use super::drive::{Figures, Limit, drive, float};
use super::floor::{self, BareSql};
use super::gauge::Spent;
use super::options::Options;
use super::server::{Place, Server};
use super::table::{Peers, Row, Table};
use super::world::{World, buy};

/// Clients of the lists.
const READERS: usize = 16;
pub(super) const LIST: &str = "/api/catalog/events?page_size=20";

/// The server and what it holds.
pub(super) struct Scenes<'a> {
    pub(super) options: &'a Options,
    pub(super) server: &'a Server,
    pub(super) world: &'a World,
    pub(super) place: &'a Place,
}

impl Scenes<'_> {
    pub(super) async fn drive(
        &self,
        clients: usize,
        limit: Limit,
        step: impl AsyncFn(&mut Client, usize) -> anyhow::Result<()>,
    ) -> anyhow::Result<Figures> {
        drive(self.server.port, clients, limit, || self.server.spent(), step).await
    }

    /// Time-bound work after a short time for caches and connections to warm up.
    async fn warmed(
        &self,
        clients: usize,
        step: impl AsyncFn(&mut Client, usize) -> anyhow::Result<()>,
    ) -> anyhow::Result<Figures> {
        let span = self.options.span();
        self.drive(clients, Limit::time(span / 4), async |client, n| step(client, n).await).await?;
        self.drive(clients, Limit::time(span), async |client, n| step(client, n + 100_000_000).await).await
    }

    /// The catalogue: the same page again and again, and a page that nobody has asked for before.
    pub(super) async fn lists(&self, table: &mut Table) -> anyhow::Result<()> {
        let answer = self.server.client().await?.get(LIST, "").await?;
        let rows = answer.json(200)?.get("results").and_then(Value::as_array).map_or(0, Vec::len);
        ensure!(rows == 20, "the list has {rows} rows");
        let peers = Peers { pretix: 30.0, makeplus: Some(27.0), goal: 300.0 };
        self.hot(table, "catalogue, 20 rows, hot", LIST, &answer.body, peers).await?;
        // Every request names another highest price, so none is in the cache; the same rows match.
        let cold = self
            .warmed(READERS, async |client, n| {
                let path = format!("{LIST}&price_max={}.{:04}", 100 + n / 10_000, n % 10_000);
                client.get(&path, "").await?.expect(200)
            })
            .await?;
        table.add(Row::new("catalogue, 20 rows, cold (new query each time)", cold).peers(peers));
        Ok(())
    }

    /// The same answer again and again, beside a static one of its size.
    pub(super) async fn hot(
        &self,
        table: &mut Table,
        name: &str,
        path: &str,
        body: &[u8],
        peers: Peers,
    ) -> anyhow::Result<()> {
        let hot = self.warmed(READERS, async |client, _| client.get(path, "").await?.expect(200)).await?;
        let floor = floor::static_answer(self.place, body, READERS, self.options.span()).await?;
        let share = hot.rate() / floor.rate();
        table.add(Row::new(name, hot).peers(peers).floor(format!("{share:.2} of static poem"), None));
        table.add(Row::new(&format!("floor: static poem, {} bytes", body.len()), floor));
        Ok(())
    }

    /// The pages that strangers open: the catalogue and an event's.
    pub(super) async fn pages(&self, table: &mut Table) -> anyhow::Result<()> {
        let event = format!("/events/{}", self.world.hot.event);
        for (name, path) in [("catalogue's page, hot", "/"), ("event's page, hot", &event)] {
            let page = self.server.client().await?.get(path, "").await?;
            page.expect(200)?;
            ensure!(page.body.ends_with(b"</html>\n") || page.body.ends_with(b"</html>"), "not a page");
            self.hot(table, name, path, &page.body, Peers { pretix: 53.0, makeplus: None, goal: 300.0 })
                .await?;
        }
        Ok(())
    }

    /// Orders of one hot event from nothing to paid, beside the same writes as bare SQL.
    pub(super) async fn orders(&self, table: &mut Table) -> anyhow::Result<()> {
        let bare = BareSql::new(self.server, self.place).context("bare SQL")?;
        // Plans made for empty tables would read whole tables: both databases begin with some sales, analyzed.
        let hot = &self.world.hot;
        let some = Limit::steps(self.options.tickets() / 5);
        self.drive(READERS, some, async |client, n| buy(client, hot, 10_000_000_000 + n).await).await?;
        self.server.sql("parvis", "VACUUM ANALYZE")?;
        bare.prepare()?;
        for (round, clients) in [(0, 1), (1, 16), (2, 64)] {
            let first = round * 1_000_000_000;
            let figures = self.warmed(clients, async |client, n| buy(client, hot, first + n).await).await?;
            let floor = bare.orders(clients, self.options.span()).await?;
            let share = figures.rate() / floor.rate();
            let row = Row::new("order with payment", figures).requests(3);
            let row = row.peers(Peers { pretix: 220.0, makeplus: Some(51.0), goal: 60.0 });
            table.add(row.floor(format!("{share:.2} of bare SQL"), Some(share >= 0.5)));
            table.add(Row::new("floor: the same order as bare SQL", floor));
        }
        self.check_orders()
    }

    /// Everything that was bought is paid, has its ticket, and is counted.
    fn check_orders(&self) -> anyhow::Result<()> {
        let (schema, event) = (format!("t_{}", self.world.owner.number), &self.world.hot.event);
        let wrong = self.server.sql(
            "parvis",
            &format!(
                "SELECT (SELECT count(*) FROM {schema}.orders WHERE event = '{event}' AND status <> 'paid')
                   + abs((SELECT count(*) FROM {schema}.orders WHERE event = '{event}')
                       - (SELECT count(*) FROM {schema}.ticket WHERE event = '{event}'))
                   + abs((SELECT count(*) FROM {schema}.orders WHERE event = '{event}')
                       - (SELECT sum(sold) FROM {schema}.quota WHERE event = '{event}'))"
            ),
        )?;
        ensure!(wrong == "0", "{wrong} orders are not paid, have no ticket or are not counted");
        Ok(())
    }

    /// Every ticket once through the gate.
    pub(super) async fn check_ins(&self, table: &mut Table) -> anyhow::Result<()> {
        let (event, bearer) = (&self.world.gate.event, &self.world.owner.bearer);
        let scan = async |client: &mut Client, number: usize| {
            let ticket = self.world.tickets.get(number).context("no ticket is left")?;
            let scan = json!({ "event": event, "qr_data": ticket.qr, "gate": "Nord",
                "nonce": format!("scan-{number}") });
            client.post("/api/checkin", bearer, &scan).await?.expect(200)
        };
        // One gate alone, then sixteen; the first tickets warm up.
        let (warm, all) = (50, self.world.tickets.len());
        let alone = (all - warm) * 3 / 10;
        let mut first = warm;
        self.drive(1, Limit::steps(warm), async |client, n| scan(client, n).await).await?;
        for (clients, steps) in [(1, alone), (16, all - warm - alone)] {
            let limit = Limit::steps(steps);
            let figures = self.drive(clients, limit, async |client, n| scan(client, first + n).await).await?;
            first += steps;
            let row = Row::new(&format!("check-in, {steps} of {all} tickets"), figures);
            table.add(row.peers(Peers { pretix: 83.0, makeplus: Some(22.0), goal: 100.0 }));
        }
        Ok(())
    }

    /// All participants as a spreadsheet, one export after another.
    pub(super) async fn export(&self, table: &mut Table) -> anyhow::Result<()> {
        let rows = self.options.participants();
        let path = format!("/api/events/{}/export?what=participants&format=xlsx", self.world.crowd.event);
        let export = async |client: &mut Client, _| {
            let file = client.get(&path, &self.world.owner.bearer).await?;
            file.expect(200)?;
            ensure!(file.body.starts_with(b"PK"), "not a spreadsheet");
            Ok(())
        };
        self.drive(1, Limit::steps(1), export).await?;
        let figures = self.drive(1, Limit::steps(5), export).await?;
        let row = Row::new(&format!("export of {rows} participants, xlsx (CPU per 1,000 rows)"), figures);
        let row = row.units(float(rows)).peers(Peers { pretix: 13.0, makeplus: Some(0.4), goal: 100.0 });
        table.add(row);
        Ok(())
    }

    /// Tickets to print, each made when it is asked for.
    pub(super) async fn papers(&self, table: &mut Table) -> anyhow::Result<()> {
        let paper = async |client: &mut Client, n: usize| {
            let ticket = self.world.tickets.get(n).context("no ticket")?;
            let path = format!("/api/tickets/{}/pdf?secret={}", ticket.id, ticket.secret);
            let paper = client.get(&path, "").await?;
            paper.expect(200)?;
            ensure!(paper.body.starts_with(b"%PDF"), "not a PDF");
            Ok(())
        };
        self.drive(1, Limit::steps(2), paper).await?;
        let count = self.options.papers();
        let figures =
            self.drive(1, Limit::steps(count), async |client, n| paper(client, n + 2).await).await?;
        table.add(Row::new(&format!("{count} ticket PDFs"), figures));
        Ok(())
    }

    /// Throws letters away until `most` are left.
    pub(super) async fn keep_letters(&self, most: u32) -> anyhow::Result<()> {
        let kept =
            format!("SELECT id FROM platform.job WHERE kind = 'ticketing.letter' ORDER BY id LIMIT {most}");
        let sql = format!("DELETE FROM platform.job WHERE kind = 'ticketing.letter' AND id NOT IN ({kept})");
        self.server.sql("parvis", &sql).map(drop)
    }
}

/// The letters of the orders, each a mail with a PDF and a calendar file, by a server that has just started.
pub(super) async fn drain(server: &Server, place: &Place, table: &mut Table) -> anyhow::Result<()> {
    let (written, begun, before) = (place.mails()?.len(), Instant::now(), server.spent());
    let mut client = server.client().await?;
    loop {
        let ready = client.get("/api/health/ready", "").await?.json(200)?;
        let count = |name: &str| ready.get(name).and_then(Value::as_i64).unwrap_or(-1);
        ensure!(count("jobs_dead") == 0, "jobs were given up");
        if count("jobs_waiting") == 0 {
            break;
        }
        ensure!(begun.elapsed() < Duration::from_secs(120), "the jobs do not end");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let (wall, spent) = (begun.elapsed().as_secs_f64(), server.spent().since(before));
    let mails = place.mails()?.len() - written;
    if mails > 0 {
        let figures = Figures { clients: 4, steps: mails, wall, spent, ..Figures::default() };
        table.add(Row::new(&format!("{mails} mails with PDF, by 4 workers"), figures));
    }
    Ok(())
}

/// CPU seconds for a thousand.
pub(super) fn per_thousand(spent: Spent, units: f64) -> Spent {
    let of = |seconds: f64| seconds * 1000.0 / units;
    Spent { server: of(spent.server), database: of(spent.database) }
}
