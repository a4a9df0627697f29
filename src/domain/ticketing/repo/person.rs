//! SQL of what an organization keeps of one person: orders they placed, tickets in their name.

use uuid::Uuid;

use crate::base::db::{DbResult, TenantTx};
use crate::base::kernel::id::{AccountId, EventId};

/// The orders of an account, and those placed with an address; the events' index by address is walked.
pub(in crate::domain::ticketing) async fn orders_of(
    tx: &mut TenantTx,
    account: AccountId,
    email: Option<&str>,
) -> DbResult<Vec<Uuid>> {
    let ids = sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM orders WHERE account = $1
           UNION
           SELECT o.id FROM event e JOIN orders o ON o.event = e.id AND o.email = $2 ORDER BY 1"#,
        account.uuid(),
        email
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(ids)
}

/// The events that these orders have good tickets to; a test's are none.
pub(in crate::domain::ticketing) async fn attended(
    tx: &mut TenantTx,
    orders: &[Uuid],
) -> DbResult<Vec<EventId>> {
    let events = sqlx::query_scalar!(
        "SELECT DISTINCT t.event FROM ticket t JOIN orders o ON o.id = t.order_id
         WHERE t.order_id = ANY ($1) AND t.status <> 'revoked' AND NOT o.test",
        orders
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(events.into_iter().map(EventId::from).collect())
}

/// A ticket in somebody's name in an order of somebody else, with that order.
pub(in crate::domain::ticketing) struct Foreign {
    pub id: Uuid,
    pub order: Uuid,
}

/// Tickets with this address in orders but `own`.
pub(in crate::domain::ticketing) async fn foreign_tickets(
    tx: &mut TenantTx,
    email: &str,
    own: &[Uuid],
) -> DbResult<Vec<Foreign>> {
    Ok(sqlx::query_as!(
        Foreign,
        r#"SELECT t.id, t.order_id AS "order" FROM event e JOIN ticket t ON t.event = e.id AND t.email = $1
           WHERE t.order_id <> ALL ($2) ORDER BY t.id"#,
        email,
        own
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What a person is called, and what they are called from now on.
pub(in crate::domain::ticketing) struct Names<'a> {
    pub account: AccountId,
    /// `-` where none was proved.
    pub email: &'a str,
    pub first: &'a str,
    pub last: &'a str,
    pub pseudonym: &'a str,
}

/// Takes the person out of the tickets of their own orders: those in their name or the buyer's. Others whom they
/// bought for keep their names; an address that was the person's own goes everywhere.
pub(in crate::domain::ticketing) async fn unname_own(
    tx: &mut TenantTx,
    orders: &[Uuid],
    names: &Names<'_>,
) -> DbResult<()> {
    sqlx::query!(
        "UPDATE ticket AS t SET
           first_name = CASE WHEN (t.first_name, t.last_name) = ($3, $4)
               OR (t.first_name, t.last_name) = (o.first_name, o.last_name) AND $2 IN (o.email, '-')
             THEN '' ELSE t.first_name END,
           last_name = CASE WHEN (t.first_name, t.last_name) = ($3, $4)
               OR (t.first_name, t.last_name) = (o.first_name, o.last_name) AND $2 IN (o.email, '-')
             THEN $5 ELSE t.last_name END,
           email = CASE WHEN t.email = $2 OR $2 = '-' AND t.email = o.email THEN '' ELSE t.email END
         FROM orders o WHERE o.id = t.order_id AND t.order_id = ANY ($1)",
        orders,
        names.email,
        names.first,
        names.last,
        names.pseudonym
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "UPDATE order_line AS l SET attendees = (
           SELECT jsonb_agg(CASE
               WHEN (a.who ->> 'first_name', a.who ->> 'last_name') = ($3::text, $4::text)
                   OR (a.who ->> 'first_name', a.who ->> 'last_name') = (o.first_name, o.last_name) AND $2 IN (o.email, '-')
                 THEN jsonb_build_object('first_name', '', 'last_name', $5::text, 'email', '')
               WHEN a.who ->> 'email' = $2 OR $2 = '-' AND a.who ->> 'email' = o.email THEN a.who || '{\"email\": \"\"}'
               ELSE a.who END ORDER BY a.place)
           FROM jsonb_array_elements(l.attendees) WITH ORDINALITY AS a (who, place))
         FROM orders o WHERE o.id = l.order_id AND l.order_id = ANY ($1) AND l.attendees <> '[]'",
        orders,
        names.email,
        names.first,
        names.last,
        names.pseudonym
    )
    .execute(tx.conn())
    .await?;
    let now = tx.now();
    // An order may name two people: the account that placed it, and the address that it is for. Only this one leaves.
    sqlx::query!(
        "UPDATE orders SET updated_at = $3,
           first_name = CASE WHEN email = $4 OR $4 = '-' OR (first_name, last_name) = ($6, $7)
             THEN '' ELSE first_name END,
           last_name = CASE WHEN email = $4 OR $4 = '-' OR (first_name, last_name) = ($6, $7)
             THEN $2 ELSE last_name END,
           email = CASE WHEN email = $4 OR $4 = '-' THEN '' ELSE email END,
           account = CASE WHEN account = $5 THEN NULL ELSE account END
         WHERE id = ANY ($1)",
        orders,
        names.pseudonym,
        now,
        names.email,
        names.account.uuid(),
        names.first,
        names.last
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes the person out of tickets that somebody else bought for them.
pub(in crate::domain::ticketing) async fn unname_foreign(
    tx: &mut TenantTx,
    tickets: &[Foreign],
    names: &Names<'_>,
) -> DbResult<()> {
    let ids: Vec<Uuid> = tickets.iter().map(|ticket| ticket.id).collect();
    let orders: Vec<Uuid> = tickets.iter().map(|ticket| ticket.order).collect();
    sqlx::query!(
        "UPDATE ticket SET first_name = '', last_name = $2, email = '' WHERE id = ANY ($1)",
        &ids,
        names.pseudonym
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "UPDATE order_line AS l SET attendees = (
           SELECT jsonb_agg(CASE WHEN a.who ->> 'email' = $2
               THEN jsonb_build_object('first_name', '', 'last_name', $3::text, 'email', '')
               ELSE a.who END ORDER BY a.place)
           FROM jsonb_array_elements(l.attendees) WITH ORDINALITY AS a (who, place))
         WHERE l.order_id = ANY ($1) AND l.attendees <> '[]'",
        &orders,
        names.email,
        names.pseudonym
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Forgets what was corrected of these orders, of the names on these tickets of others, and of what had the address.
pub(in crate::domain::ticketing) async fn forget_corrections(
    tx: &mut TenantTx,
    orders: &[Uuid],
    tickets: &[Foreign],
    email: Option<&str>,
) -> DbResult<u64> {
    let theirs: Vec<Uuid> = tickets.iter().map(|ticket| ticket.order).collect();
    let tickets: Vec<Uuid> = tickets.iter().map(|ticket| ticket.id).collect();
    let done = sqlx::query!(
        "DELETE FROM correction
         WHERE order_id = ANY ($1) OR (order_id = ANY ($2) AND ticket = ANY ($3)) OR email = $4",
        orders,
        &theirs,
        &tickets,
        email
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected())
}

/// The orders are no longer found as this buyer's, in the same transaction that takes the buyer out of them.
pub(in crate::domain::ticketing) async fn unindex(
    tx: &mut TenantTx,
    orders: &[Uuid],
    buyers: &[Vec<u8>],
) -> DbResult<()> {
    sqlx::query!(
        "SELECT platform.unindex_buyer(b.hash, o.id) FROM unnest($1::uuid[]) AS o (id), unnest($2::bytea[]) AS b (hash)",
        orders,
        buyers
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(())
}
