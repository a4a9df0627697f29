//! SQL of the jobs.

use chrono::{DateTime, Duration, Utc};

use sqlx::PgConnection;

use super::Job;
use crate::base::db::{DbResult, PlatformTx};
use crate::base::kernel::id::OrganizationNumber;

/// How many jobs of one organization a process takes at a time.
const SHARE: i64 = 8;
/// A job that fails this often is dead.
const MOST_ATTEMPTS: i32 = 12;

/// A job that this process may run until its lease ends.
#[derive(Debug)]
pub(super) struct Claimed {
    pub id: i64,
    pub organization: i32,
    pub kind: String,
    pub payload: serde_json::Value,
    pub attempts: i32,
}

/// Adds a job of an organization, or of the platform.
pub(in crate::base) async fn insert<J: Job>(
    connection: &mut PgConnection,
    organization: OrganizationNumber,
    job: &J,
    run_at: DateTime<Utc>,
) -> DbResult<()> {
    let payload = serde_json::to_value(job).map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
    let priority: i16 = J::PRIORITY.into();
    sqlx::query!(
        "INSERT INTO platform.job (organization, kind, payload, unique_key, priority, run_at)
         VALUES ($6, $1, $2, $3, $4, $5)
         ON CONFLICT (organization, kind, unique_key)
         WHERE dead_at IS NULL AND attempts = 0 AND unique_key IS NOT NULL DO NOTHING",
        J::KIND,
        payload,
        job.unique_key(),
        priority,
        run_at,
        organization.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes up to `limit` jobs that are due: the organizations take turns, counting what already runs for them, and
/// each gives its most urgent first. The last `kept` places go only to an urgent job of an organization for which
/// no urgent one runs: jobs that take long fill no process up, whoever's they are.
/// The walk over organizations jumps along the index instead of reading every waiting row.
pub(super) async fn claim(
    tx: &mut PlatformTx,
    limit: i64,
    kept: i64,
    lease: Duration,
) -> DbResult<Vec<Claimed>> {
    let now = tx.now();
    let rows = sqlx::query_as!(
        Claimed,
        r#"WITH RECURSIVE organizations AS (
             (SELECT organization FROM platform.job WHERE dead_at IS NULL ORDER BY organization LIMIT 1)
             UNION ALL
             SELECT (SELECT j.organization FROM platform.job j
                     WHERE j.dead_at IS NULL AND j.organization > o.organization ORDER BY j.organization LIMIT 1)
             FROM organizations o WHERE o.organization IS NOT NULL
           ), waiting AS (
             SELECT d.id, d.priority, d.run_at, o.organization FROM organizations o CROSS JOIN LATERAL (
               SELECT j.id, j.priority, j.run_at FROM platform.job j
               WHERE j.organization = o.organization AND j.dead_at IS NULL AND j.run_at <= $1
                 AND (j.lease_until IS NULL OR j.lease_until < $1)
               ORDER BY j.priority, j.run_at LIMIT $2 FOR UPDATE SKIP LOCKED
             ) d
           ), busy AS (
             SELECT organization, count(*) AS n, count(*) FILTER (WHERE priority = 0) AS urgent FROM platform.job
             WHERE lease_until IS NOT NULL AND lease_until >= $1 GROUP BY organization
           ), queue AS (
             SELECT w.id, w.priority, w.run_at, coalesce(b.n, 0) + row_number() OVER own AS turn,
               w.priority = 0 AND coalesce(b.urgent, 0) = 0 AND row_number() OVER own = 1 AS is_first_urgent
             FROM waiting w LEFT JOIN busy b ON b.organization = w.organization
             WINDOW own AS (PARTITION BY w.organization ORDER BY w.priority, w.run_at, w.id)
           ), due AS (
             SELECT id FROM (
               SELECT q.*, row_number() OVER (ORDER BY turn, priority, run_at, id) AS place FROM queue q
             ) q
             WHERE is_first_urgent OR place <= $3 - $5::bigint
             ORDER BY turn, priority, run_at, id LIMIT $3
           )
           UPDATE platform.job j SET lease_until = $4, attempts = attempts + 1 FROM due WHERE j.id = due.id
           RETURNING j.id, j.organization, j.kind, j.payload, j.attempts"#,
        now,
        SHARE,
        limit,
        now + lease,
        kept
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

/// Keeps jobs that still run from others.
pub(super) async fn renew(tx: &mut PlatformTx, ids: &[i64], lease: Duration) -> DbResult<()> {
    let until = tx.now() + lease;
    sqlx::query!(
        "UPDATE platform.job SET lease_until = $2 WHERE id = ANY ($1) AND lease_until IS NOT NULL",
        ids,
        until
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A done job leaves. `attempts` fences a worker whose lease ran out.
pub(super) async fn done(tx: &mut PlatformTx, job: &Claimed) -> DbResult<()> {
    sqlx::query!("DELETE FROM platform.job WHERE id = $1 AND attempts = $2", job.id, job.attempts)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// A failed job waits longer each time: 2, 4, 8 seconds … up to an hour; then it is dead.
pub(super) async fn failed(tx: &mut PlatformTx, job: &Claimed, reason: &str, give_up: bool) -> DbResult<()> {
    let dead = give_up || job.attempts >= MOST_ATTEMPTS;
    let wait = Duration::seconds(2i64.pow(job.attempts.clamp(1, 11).unsigned_abs()).min(3600));
    let now = tx.now();
    sqlx::query!(
        "UPDATE platform.job SET lease_until = NULL, last_error = $3, run_at = $4,
           dead_at = CASE WHEN $5 THEN $6::timestamptz END
         WHERE id = $1 AND attempts = $2",
        job.id,
        job.attempts,
        reason.replace('\0', ""),
        now + wait,
        dead,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Adds the job of a clockwork whose time has come; of several processes one wins the row.
pub(super) async fn tick(
    tx: &mut PlatformTx,
    name: &str,
    period: Duration,
    payload: &serde_json::Value,
) -> DbResult<bool> {
    let now = tx.now();
    let won = sqlx::query!(
        "INSERT INTO platform.cron AS c (name, next_at) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at WHERE c.next_at <= $3",
        name,
        now + period,
        now
    )
    .execute(tx.conn())
    .await?
    .rows_affected()
        == 1;
    if won {
        sqlx::query!(
            "INSERT INTO platform.job (organization, kind, payload, unique_key, priority, run_at)
             VALUES (0, $1, $2, 'cron', 9, $3)
             ON CONFLICT (organization, kind, unique_key)
             WHERE dead_at IS NULL AND attempts = 0 AND unique_key IS NOT NULL DO NOTHING",
            name,
            payload,
            now
        )
        .execute(tx.conn())
        .await?;
    }
    Ok(won)
}

/// Which clockworks are due, in one glance.
pub(super) async fn due_clockworks(tx: &mut PlatformTx, names: &[String]) -> DbResult<Vec<String>> {
    let now = tx.now();
    let rows = sqlx::query_scalar!(
        r#"SELECT n.name AS "name!" FROM unnest($1::text[]) AS n (name)
           LEFT JOIN platform.cron c ON c.name = n.name WHERE c.next_at IS NULL OR c.next_at <= $2"#,
        names,
        now
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}

/// The generation of every topic.
pub(super) async fn generations(tx: &mut PlatformTx) -> DbResult<Vec<(String, i64)>> {
    let rows = sqlx::query!("SELECT topic, number FROM platform.generation").fetch_all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.topic, row.number)).collect())
}

/// Removes jobs that died before `before`: whoever looks after the installation has seen them by then.
pub(super) async fn forget_dead(tx: &mut PlatformTx, before: DateTime<Utc>) -> DbResult<u64> {
    let done = sqlx::query!("DELETE FROM platform.job WHERE dead_at < $1", before).execute(tx.conn()).await?;
    Ok(done.rows_affected())
}

/// How many jobs wait, and how many are dead.
pub(super) async fn backlog(tx: &mut PlatformTx) -> DbResult<(i64, i64, Option<DateTime<Utc>>)> {
    let now = tx.now();
    let row = sqlx::query!(
        r#"SELECT count(*) FILTER (WHERE dead_at IS NULL AND run_at <= $1) AS "waiting!",
                  count(*) FILTER (WHERE dead_at IS NOT NULL) AS "dead!",
                  min(run_at) FILTER (WHERE dead_at IS NULL AND run_at <= $1) AS oldest
           FROM platform.job"#,
        now
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.waiting, row.dead, row.oldest))
}
