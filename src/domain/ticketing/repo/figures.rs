//! SQL of an event's figures: two statements, whatever is sold.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::base::db::{DbResult, TenantTx};
use crate::base::kernel::id::EventId;

/// A ticket type with what was sold of it on one day in one way; a type of which nothing was sold has one row.
#[derive(Debug)]
pub struct SoldRow {
    pub ticket_type: Uuid,
    pub name: String,
    pub price: i64,
    /// Places of orders that wait for their payment.
    pub held: i64,
    /// The quota beside the event's own that has the least left.
    pub quota: Option<Uuid>,
    pub left_of_quota: Option<i32>,
    /// Of the event's own quota.
    pub left_of_event: Option<i32>,
    pub day: Option<NaiveDate>,
    pub by_hand: Option<bool>,
    pub sold: i64,
    pub entered: i64,
    pub value: i64,
}

/// What was sold of each ticket type, a row a day: tickets that are valid now, on the day on which they were issued.
pub(in crate::domain::ticketing) async fn sold(
    tx: &mut TenantTx,
    event: EventId,
    zone: &str,
) -> DbResult<Vec<SoldRow>> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        SoldRow,
        r#"WITH sold AS (
             SELECT k.ticket_type, (k.issued_at AT TIME ZONE $2)::date AS day, o.channel <> 'online' AS by_hand,
                    count(*) AS sold, count(*) FILTER (WHERE k.presence <> 'never') AS entered,
                    sum(l.unit_price)::bigint AS value
             FROM ticket k JOIN order_line l ON l.id = k.order_line JOIN orders o ON o.id = k.order_id
             WHERE k.event = $1 AND k.status = 'valid' GROUP BY 1, 2, 3
           ), held AS (
             SELECT l.ticket_type, sum(l.quantity)::bigint AS held
             FROM orders o JOIN order_line l ON l.order_id = o.id
             WHERE o.event = $1 AND o.status = 'pending' AND o.expires_at > $3 GROUP BY 1
           )
           SELECT t.id AS ticket_type, t.name, t.price, coalesce(h.held, 0) AS "held!", q.id AS "quota?",
                  q.size - q.sold AS left_of_quota, e.size - e.sold AS left_of_event,
                  s.day AS "day?", s.by_hand AS "by_hand?", coalesce(s.sold, 0) AS "sold!",
                  coalesce(s.entered, 0) AS "entered!", coalesce(s.value, 0) AS "value!"
           FROM ticket_type t
           LEFT JOIN held h ON h.ticket_type = t.id
           LEFT JOIN quota e ON e.event = $1 AND e.of_event
           LEFT JOIN LATERAL (
             SELECT q.id, q.size, q.sold FROM ticket_type_quota tq JOIN quota q ON q.id = tq.quota
             WHERE tq.ticket_type = t.id AND NOT q.of_event ORDER BY q.size - q.sold, q.id LIMIT 1
           ) AS q ON true
           LEFT JOIN sold s ON s.ticket_type = t.id
           WHERE t.event = $1 ORDER BY t.position, t.id, s.day, s.by_hand"#,
        event.uuid(),
        zone,
        now
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Orders of one state and currency, counted and summed.
#[derive(Debug)]
pub struct StatusRow {
    pub status: String,
    pub currency: String,
    pub count: i64,
    pub total: i64,
    pub refunded: i64,
}

/// The orders of an event by their state; a hold whose time is over counts as expired, recorded or not.
pub(in crate::domain::ticketing) async fn by_status(
    tx: &mut TenantTx,
    event: EventId,
) -> DbResult<Vec<StatusRow>> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        StatusRow,
        r#"SELECT CASE WHEN status = 'pending' AND expires_at <= $2 THEN 'expired' ELSE status END AS "status!",
                  currency, count(*) AS "count!", sum(total)::bigint AS "total!", sum(refunded)::bigint AS "refunded!"
           FROM orders WHERE event = $1 GROUP BY 1, 2 ORDER BY 2, 1"#,
        event.uuid(),
        now
    )
    .fetch_all(tx.conn())
    .await?)
}
