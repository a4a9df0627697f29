//! The catalogue at full width: 200,000 listings, filtered lists, words, mistakes, and the hot list among them.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, ensure};

use super::client::Client;
use super::drive::{Figures, Limit};
use super::floor::latencies;
use super::scenes::{LIST, Scenes};
use super::server::{Process, output};
use super::table::{Peers, Row, Table};

/// What the catalogue's own queries spend 20 rows of, found and read by one index.
const PLAIN_READ: &str = "\\set day random(0, 400)
SELECT event, organization_name, organization_slug, slug, name, summary, category, location, city, latitude, longitude,
    starts_at, ends_at, timezone, currency, price_min, price_max, price_rank, cancelled, image, name_key, published_at
FROM platform.listing WHERE live AND starts_at >= now() + :day * interval '1 day' ORDER BY starts_at, event LIMIT 20;
";
/// How much slower than that a filtered list may be, and how many milliseconds a search may take.
const MOST_TIMES: f64 = 3.0;
const MOST_MS: f64 = 15.0;

const KINDS: [&str; 12] = [
    "concert",
    "festival",
    "atelier",
    "exposition",
    "workshop",
    "exhibition",
    "reading",
    "مهرجان",
    "معرض",
    "ورشة",
    "spectacle",
    "conférence",
];
const THEMES: [&str; 16] = [
    "jazz",
    "musique",
    "peinture",
    "philosophie",
    "photographie",
    "chanson",
    "painting",
    "philosophy",
    "heritage",
    "robotics",
    "الموسيقى",
    "الشعر",
    "التراث",
    "السينما",
    "astronomie",
    "chocolat",
];
const TOWNS: [&str; 8] = ["Lyon", "Nantes", "Béjaïa", "Saint-Étienne", "Oran", "Tunis", "Annecy", "Bourges"];
/// Letters in the wrong order, left out, doubled.
const MISTAKES: [&str; 12] = [
    "cocnert",
    "festivla",
    "philosofie",
    "potographie",
    "astronmie",
    "chocollat",
    "paintnig",
    "heritge",
    "robtics",
    "مهرحان",
    "peintrue",
    "expositon",
];

/// One of a list; every list is longer than nothing.
fn of<'a>(list: &[&'a str], n: usize) -> &'a str {
    list.get(n % list.len().max(1)).copied().unwrap_or_default()
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The whole catalogue, from another page on each time.
fn plain_list(n: usize) -> String {
    format!("/api/catalog/events?page_size=20&page={}&radius_km={}", 1 + n % 5, 1 + n / 5 % 190)
}

/// A page that nobody has asked for: with other filters, then with other lengths.
fn filtered(n: usize) -> String {
    let town = encoded(of(&TOWNS, n));
    let size = 20 + n / 320 % 5;
    let filter = match n / 8 % 8 {
        0 => format!("city={town}"),
        1 => format!("city={town}&category=concert"),
        2 => format!("category=festival&free=true&price_max={}", n % 97),
        3 => format!("date_from=2027-0{}-01&category=workshop", 1 + n % 3),
        4 => format!("city={town}&free=false&ordering=-price"),
        5 => format!("ordering=newest&price_max={}", 10 + n % 80),
        6 => format!("organization=filled-{}", n % 3_000),
        _ => format!("city={town}&ordering=name&date_to=2027-06-0{}", 1 + n % 9),
    };
    format!("/api/catalog/events?page_size={size}&{filter}&radius_km={}", 1 + n % 150)
}

fn text(n: usize) -> String {
    let words = match n % 3 {
        0 => of(&THEMES, n / 3).to_owned(),
        1 => format!("{} {}", of(&KINDS, n / 3), of(&THEMES, n / 36)),
        _ => format!("{} {}", of(&THEMES, n / 3), of(&TOWNS, n / 48)),
    };
    format!("/api/catalog/events?page_size=20&search={}&radius_km={}", encoded(&words), n % 150 + 1)
}

fn mistyped(n: usize) -> String {
    let words = match n % 2 {
        0 => of(&MISTAKES, n / 2).to_owned(),
        _ => format!("{} {}", of(&MISTAKES, n / 2), of(&TOWNS, n / 24)),
    };
    format!("/api/catalog/events?page_size=20&search={}&radius_km={}", encoded(&words), n % 150 + 1)
}

impl Scenes<'_> {
    /// Fills the catalogue and looks for things in it.
    pub(super) async fn search(&self, table: &mut Table) -> anyhow::Result<()> {
        let begun = Instant::now();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/load");
        let run = |file: &str, part: &str| {
            let mut psql = self.server.program("psql");
            psql.args(["-qX", "-v", "ON_ERROR_STOP=1", "-v", part, "-d", "parvis", "-f"])
                .arg(folder.join(file));
            psql
        };
        let mut other = Process::spawn(&mut run("search_fill.sql", "part=1"))?;
        output(&mut run("search_fill.sql", "part=2")).context("filling the catalogue")?;
        other.done()?;
        output(&mut run("search_finish.sql", "part=0")).context("counting the words")?;
        // The server hears of it.
        self.server.sql("parvis", "SELECT platform.bump('catalog')")?;
        eprintln!("200,000 listings in {:.0} s", begun.elapsed().as_secs_f64());
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        let floor = self.plain_read()?;
        let bare = floor.p50;
        table.add(Row::new("floor: 20 listings by one index, bare SQL", floor));
        let mut plain = bare;
        for (name, kind, page) in [
            ("plain list by one index, a new one each time", "plain", plain_list as fn(usize) -> String),
            ("filtered lists, a new one each time", "filtered", filtered),
            ("text search, a new one each time", "text", text),
            ("mistyped search, a new one each time", "mistyped", mistyped),
        ] {
            let ask = async |client: &mut Client, n: usize| client.get(&page(n), "").await?.expect(200);
            let figures = self.drive(1, Limit::time(self.options.span()), ask).await?;
            ensure!(figures.steps > 5, "{name}: too slow to tell");
            let spent = self.database_time(kind).await?;
            let told = if kind == "plain" {
                // With its transaction and its count, as every list has them.
                plain = spent;
                format!("database p50 {spent:.2} ms: {:.1} × the bare SQL", spent / bare)
            } else if kind == "filtered" {
                let times = spent / plain;
                let mark = if times <= MOST_TIMES { "✓" } else { "✗" };
                format!(
                    "database p50 {spent:.2} ms: {times:.1} × the plain read {mark} (goal {MOST_TIMES:.0})"
                )
            } else {
                let mark = if spent <= MOST_MS { "✓" } else { "✗" };
                format!("database p50 {spent:.2} ms {mark} (goal {MOST_MS:.0})")
            };
            table.add(Row::new(name, figures).floor(told, None));
        }
        let answer = self.server.client().await?.get(LIST, "").await?;
        answer.expect(200)?;
        let peers = Peers { pretix: 30.0, makeplus: Some(27.0), goal: 300.0 };
        self.hot(table, "catalogue of 200,000, 20 rows, hot", LIST, &answer.body, peers).await
    }

    /// Reads 20 rows by an index with nothing around it.
    fn plain_read(&self) -> anyhow::Result<Figures> {
        let script = self.place.root.join("plain.sql");
        std::fs::write(&script, PLAIN_READ)?;
        let run = 777_000;
        let prefix = self.place.root.join(format!("pgbench-{run}"));
        let seconds = self.options.span().as_secs().max(1).to_string();
        let (before, begun) = (self.server.spent(), Instant::now());
        let mut command = self.server.program("pgbench");
        command.args(["-n", "-M", "prepared", "-T", &seconds, "-c", "1", "-l"]);
        command.arg(format!("--log-prefix={}", prefix.display())).arg("-f").arg(&script).arg("parvis");
        output(&mut command)?;
        let (wall, spent) = (begun.elapsed().as_secs_f64(), self.server.spent().since(before));
        Ok(Figures::new(1, wall, latencies(&self.place.root, run)?, spent))
    }

    /// The median of what a kind of question took of the database, in milliseconds, transaction and all, as the
    /// server itself tells.
    async fn database_time(&self, kind: &str) -> anyhow::Result<f64> {
        let told = self.server.client().await?.get("/metrics", "").await?;
        told.expect(200)?;
        let told = String::from_utf8_lossy(&told.body).into_owned();
        let name = format!("parvis_catalogue_seconds{{kind=\"{kind}\",quantile=\"0.5\"}} ");
        let line =
            told.lines().find_map(|line| line.strip_prefix(&name)).context("the server tells no time")?;
        Ok(line.trim().parse::<f64>()? * 1000.0)
    }
}
