//! What is sold of an organization's events, which the list of events follows.

use std::collections::BTreeMap;

use futures_util::FutureExt;
use poem::web::Data;
use poem::{Response, handler};
use serde_json::json;

use super::model::Sold;
use super::pages::sold_told;
use super::repo;
use crate::base::db::Db;
use crate::base::identity::pages::Desk;
use crate::base::identity::{Can, ReadEvent};
use crate::base::kernel::id::{EventId, OrganizationNumber};
use crate::base::live::{Feeds, Live, News, Seat, Told};
use crate::base::site::Visitor;
use crate::base::tenancy::Tenancy;
use crate::base::web::{ApiResult, Problem};

/// Follows the events of organizations that are published and not over.
#[derive(Clone)]
pub struct LiveEvents {
    db: Db,
    tenancy: Tenancy,
    live: Live,
    feeds: Feeds<OrganizationNumber, Vec<Sold>>,
}

impl LiveEvents {
    pub fn new(db: Db, tenancy: Tenancy, live: Live) -> Self {
        Self { db, tenancy, feeds: Feeds::new(live.clone()), live }
    }

    fn follow(&self, can: &Can<ReadEvent, OrganizationNumber>) -> Result<(Seat, News<Vec<Sold>>), Problem> {
        let (seat, number) = (self.live.seat(can.by())?, can.target());
        let (db, tenancy) = (self.db.clone(), self.tenancy.clone());
        let look = move || {
            let (db, tenancy) = (db.clone(), tenancy.clone());
            async move {
                // Found anew each time: one that has ended meanwhile is followed no more.
                let any = EventId::new(db.clock().now(), number);
                let Some(scope) = tenancy.scope_of_id(any).await? else { return Ok(None) };
                Ok(Some(repo::sold_now(&mut db.tenant(&scope).await?).await?))
            }
        };
        Ok((seat, self.feeds.follow(number, look)))
    }
}

/// `GET /manage/live`: what is sold as the list of events tells it, at once and whenever it changes.
#[handler]
pub async fn home_live_page(visitor: Visitor, Data(events): Data<&LiveEvents>) -> ApiResult<Response> {
    let auth = visitor.member()?.clone();
    let scope = Desk::of(&visitor).await?.scope.ok_or_else(Problem::not_found)?;
    let can = visitor.entrance.identity.permit_organization::<ReadEvent>(&auth.actor, &scope).await?;
    let (seat, news) = events.follow(&can)?;
    let (entrance, lang, number) = (visitor.entrance.clone(), visitor.lang, scope.number());
    let told = Told {
        seat,
        news,
        until: None,
        still: Box::new(move || {
            let (entrance, auth) = (entrance.clone(), auth.clone());
            async move { entrance.still_in::<ReadEvent>(&auth, number).await }.boxed()
        }),
        write: Box::new(move |events: &Vec<Sold>| {
            let mut texts = BTreeMap::new();
            let mut meters = BTreeMap::new();
            for Sold { event, sold, capacity } in events {
                texts.insert(format!("sold-{event}"), sold_told(lang, *sold, *capacity));
                if let Some(capacity) = capacity {
                    meters.insert(event.to_string(), (*sold, i64::from(*capacity).max(1)));
                }
            }
            json!({ "texts": texts, "meters": meters })
        }),
        beat: Box::new(|| json!({})),
    };
    Ok(told.answer())
}
