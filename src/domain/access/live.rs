//! The counters of a gate, which follow what all gates of the event let in.

use futures_util::FutureExt;
use poem::web::{Data, Path};
use poem::{Response, handler};
use serde_json::json;

use crate::base::db::Db;
use crate::base::i18n;
use crate::base::identity::{Can, ScanTickets};
use crate::base::kernel::id::EventId;
use crate::base::live::{Feeds, Live, News, Seat, Told};
use crate::base::site::Visitor;
use crate::base::tenancy::Tenancy;
use crate::base::web::{ApiResult, Problem};
use crate::domain::ticketing;

/// Who was let in, of how many.
#[derive(PartialEq, Eq)]
pub struct Counters {
    inside: i64,
    valid: i64,
}

/// Follows the counters of events.
#[derive(Clone)]
pub struct LiveGate {
    db: Db,
    tenancy: Tenancy,
    live: Live,
    feeds: Feeds<EventId, Counters>,
}

impl LiveGate {
    pub fn new(db: Db, tenancy: Tenancy, live: Live) -> Self {
        Self { db, tenancy, feeds: Feeds::new(live.clone()), live }
    }

    fn follow(&self, can: &Can<ScanTickets>) -> Result<(Seat, News<Counters>), Problem> {
        let (seat, event) = (self.live.seat(can.by())?, can.event());
        let (db, tenancy) = (self.db.clone(), self.tenancy.clone());
        let look = move || {
            let (db, tenancy) = (db.clone(), tenancy.clone());
            async move {
                let Some(scope) = tenancy.scope_of_id(event).await? else { return Ok(None) };
                let mut tx = db.tenant(&scope).await?;
                let (inside, valid) = ticketing::entered(&mut tx, event).await?;
                Ok(Some(Counters { inside, valid }))
            }
        };
        Ok((seat, self.feeds.follow(event, look)))
    }
}

/// `GET /scan/{event}/live`: the counters as texts, for the page that shows them.
#[handler]
pub async fn gate_live_page(
    visitor: Visitor,
    Path(id): Path<EventId>,
    Data(gates): Data<&LiveGate>,
) -> ApiResult<Response> {
    let auth = visitor.member()?.clone();
    let (_, can) = visitor.entrance.event::<ScanTickets>(&auth, id).await?;
    let (seat, news) = gates.follow(&can)?;
    let (entrance, lang) = (visitor.entrance.clone(), visitor.lang);
    let told = Told {
        seat,
        news,
        until: None,
        still: Box::new(move || {
            let (entrance, auth) = (entrance.clone(), auth.clone());
            async move { entrance.still::<ScanTickets>(&auth, id).await }.boxed()
        }),
        write: Box::new(move |counters: &Counters| {
            let valid =
                i18n::text_with(lang, "gate-entered", &i18n::Args::new().set("valid", counters.valid));
            json!({ "texts": { "inside": i18n::number(lang, counters.inside), "valid": valid } })
        }),
        beat: Box::new(|| json!({})),
    };
    Ok(told.answer())
}
