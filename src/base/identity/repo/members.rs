//! SQL of who works where: members, roles in events, invitations.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::base::db::{DbResult, PlatformTx};
use crate::base::identity::roles::{EventRole, MemberRole};
use crate::base::kernel::id::{AccountId, EventId, InvitationId, OrganizationNumber};
use crate::base::kernel::page::{COUNT_CAP, PageRequest};

/// A member of an organization.
#[derive(Debug)]
pub struct MemberRow {
    pub account: Uuid,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub role: String,
    pub created_at: DateTime<Utc>,
}

pub(in crate::base::identity) async fn members(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
    page: PageRequest,
) -> DbResult<(Vec<MemberRow>, i64)> {
    let rows = sqlx::query_as!(
        MemberRow,
        "SELECT m.account, a.email, a.first_name, a.last_name, m.role, m.created_at
         FROM platform.membership m JOIN platform.account a ON a.id = m.account
         WHERE m.organization = $1 ORDER BY m.created_at, m.account LIMIT $2 OFFSET $3",
        organization.0,
        page.limit(),
        page.offset()
    )
    .fetch_all(tx.conn())
    .await?;
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "n!" FROM (
             SELECT FROM platform.membership WHERE organization = $1 LIMIT $2) AS counted"#,
        organization.0,
        COUNT_CAP + 1
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((rows, count))
}

pub(in crate::base::identity) async fn upsert_membership(
    tx: &mut PlatformTx,
    account: AccountId,
    organization: OrganizationNumber,
    role: MemberRole,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "INSERT INTO platform.membership (account, organization, role, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account, organization) DO UPDATE SET role = excluded.role
           WHERE membership.role <> 'owner'",
        account.uuid(),
        organization.0,
        role.code(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::base::identity) async fn upsert_assignment(
    tx: &mut PlatformTx,
    account: AccountId,
    event: EventId,
    role: EventRole,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "INSERT INTO platform.assignment (account, event, organization, role, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (account, event) DO UPDATE SET role = excluded.role",
        account.uuid(),
        event.uuid(),
        event.organization().0,
        role.code(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Who has a role in the event, the oldest first.
pub(in crate::base::identity) async fn team(tx: &mut PlatformTx, event: EventId) -> DbResult<Vec<MemberRow>> {
    Ok(sqlx::query_as!(
        MemberRow,
        "SELECT s.account, a.email, a.first_name, a.last_name, s.role, s.created_at
         FROM platform.assignment s JOIN platform.account a ON a.id = s.account
         WHERE s.event = $1 ORDER BY s.created_at, s.account LIMIT 200",
        event.uuid()
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Everybody with a role in one of the organization's events, each with the event.
pub(in crate::base::identity) async fn assigned(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
) -> DbResult<Vec<(Uuid, MemberRow)>> {
    let rows = sqlx::query!(
        "SELECT s.event, s.account, a.email, a.first_name, a.last_name, s.role, s.created_at
         FROM platform.assignment s JOIN platform.account a ON a.id = s.account
         WHERE s.organization = $1 ORDER BY s.event, s.created_at, s.account",
        organization.0
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let person = MemberRow {
                account: row.account,
                email: row.email,
                first_name: row.first_name,
                last_name: row.last_name,
                role: row.role,
                created_at: row.created_at,
            };
            (row.event, person)
        })
        .collect())
}

/// Takes the role in the event away; an organizer's only where `organizers` says so. Whether there was one.
pub(in crate::base::identity) async fn delete_assignment(
    tx: &mut PlatformTx,
    account: AccountId,
    event: EventId,
    organizers: bool,
) -> DbResult<bool> {
    let done = sqlx::query!(
        "DELETE FROM platform.assignment WHERE account = $1 AND event = $2 AND ($3 OR role <> 'organisateur')",
        account.uuid(),
        event.uuid(),
        organizers
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An invitation as it is stored.
#[derive(Debug)]
pub struct InvitationRow {
    pub id: Uuid,
    pub organization: i32,
    pub email: String,
    pub role: String,
    pub event: Option<Uuid>,
    pub invited_by: Uuid,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
}

pub(in crate::base::identity) async fn insert_invitation(
    tx: &mut PlatformTx,
    row: &InvitationRow,
) -> DbResult<()> {
    sqlx::query!(
        "INSERT INTO platform.invitation (id, organization, email, role, event, invited_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        row.id,
        row.organization,
        row.email,
        row.role,
        row.event,
        row.invited_by,
        row.created_at,
        row.expires_at
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// An invitation that was not taken back.
pub(in crate::base::identity) async fn invitation(
    tx: &mut PlatformTx,
    id: InvitationId,
) -> DbResult<Option<InvitationRow>> {
    Ok(sqlx::query_as!(
        InvitationRow,
        "SELECT id, organization, email, role, event, invited_by, created_at, expires_at, accepted_at
         FROM platform.invitation WHERE id = $1 AND revoked_at IS NULL FOR UPDATE",
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?)
}

pub(in crate::base::identity) async fn accept_invitation(
    tx: &mut PlatformTx,
    id: InvitationId,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!("UPDATE platform.invitation SET accepted_at = $2 WHERE id = $1", id.uuid(), now)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The open invitations of an organization, the newest first; those to one event alone, where it is named.
pub(in crate::base::identity) async fn open_invitations(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
    event: Option<EventId>,
) -> DbResult<Vec<InvitationRow>> {
    let now = tx.now();
    Ok(sqlx::query_as!(
        InvitationRow,
        "SELECT id, organization, email, role, event, invited_by, created_at, expires_at, accepted_at
         FROM platform.invitation
         WHERE organization = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2
           AND ($3::uuid IS NULL OR event = $3)
         ORDER BY created_at DESC, id LIMIT 200",
        organization.0,
        now,
        event.map(EventId::uuid)
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Takes an invitation back. False when there is no such one, to the event where it is named, that is still open.
pub(in crate::base::identity) async fn revoke_invitation(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
    event: Option<EventId>,
    id: InvitationId,
) -> DbResult<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "UPDATE platform.invitation SET revoked_at = $4
         WHERE id = $1 AND organization = $2 AND accepted_at IS NULL AND revoked_at IS NULL
           AND ($3::uuid IS NULL OR event = $3)",
        id.uuid(),
        organization.0,
        event.map(EventId::uuid),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether an invitation of this address to the organization or, where it is named, to the event is open.
pub(in crate::base::identity) async fn is_invited(
    tx: &mut PlatformTx,
    email: &str,
    organization: OrganizationNumber,
    event: Option<EventId>,
) -> DbResult<bool> {
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM platform.invitation
             WHERE email = $1 AND organization = $2 AND event IS NOT DISTINCT FROM $3
               AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $4) AS "found!""#,
        email,
        organization.0,
        event.map(EventId::uuid),
        now
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Takes back every open invitation of an account's address to the organization or, where it is named,
/// to the event: what was taken from somebody does not come back by an old link.
pub(in crate::base::identity) async fn drop_invitations(
    tx: &mut PlatformTx,
    account: AccountId,
    organization: OrganizationNumber,
    event: Option<EventId>,
) -> DbResult<()> {
    let now = tx.now();
    sqlx::query!(
        "UPDATE platform.invitation i SET revoked_at = $4 FROM platform.account a
         WHERE a.id = $1 AND i.email = a.email AND i.organization = $2 AND i.accepted_at IS NULL
           AND i.revoked_at IS NULL AND i.event IS NOT DISTINCT FROM $3",
        account.uuid(),
        organization.0,
        event.map(EventId::uuid),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes back what this address is invited to and has not accepted: the organization or, where it is named, the event.
/// The ids of those invitations. Whoever invites at the same time waits for the present transaction.
pub(in crate::base::identity) async fn replace_invitations(
    tx: &mut PlatformTx,
    email: &str,
    organization: OrganizationNumber,
    event: Option<Uuid>,
) -> DbResult<Vec<Uuid>> {
    sqlx::query!(
        "SELECT pg_advisory_xact_lock(hashtextextended('invitation/' || $1, $2))",
        email,
        i64::from(organization.0)
    )
    .execute(tx.conn())
    .await?;
    let now = tx.now();
    Ok(sqlx::query_scalar!(
        "UPDATE platform.invitation SET revoked_at = $4
         WHERE email = $1 AND organization = $2 AND accepted_at IS NULL AND revoked_at IS NULL
           AND event IS NOT DISTINCT FROM $3
         RETURNING id",
        email,
        organization.0,
        event,
        now
    )
    .fetch_all(tx.conn())
    .await?)
}

/// To which address invitations of an organization went, as far as it is still known.
pub(in crate::base::identity) async fn invited(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
    ids: &[Uuid],
) -> DbResult<Vec<(Uuid, String)>> {
    let rows = sqlx::query!(
        "SELECT id, email FROM platform.invitation WHERE id = ANY ($1) AND organization = $2",
        ids,
        organization.0
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.email)).collect())
}

/// What an account has accepted follows it to its new address, so that its end finds it there.
pub(in crate::base::identity) async fn move_invitations(
    tx: &mut PlatformTx,
    from: &str,
    to: &str,
) -> DbResult<()> {
    sqlx::query!(
        "UPDATE platform.invitation SET email = $2 WHERE email = $1 AND accepted_at IS NOT NULL",
        from,
        to
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Forgets whom nobody has heard of: invitations that ended long ago and were never taken.
pub(in crate::base::identity) async fn forget_invitations(
    tx: &mut PlatformTx,
    before: DateTime<Utc>,
) -> DbResult<()> {
    sqlx::query!(
        "DELETE FROM platform.invitation WHERE accepted_at IS NULL AND coalesce(revoked_at, expires_at) < $1",
        before
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The role that somebody was given in an event.
pub(in crate::base::identity) async fn event_role(
    tx: &mut PlatformTx,
    account: AccountId,
    event: EventId,
) -> DbResult<Option<EventRole>> {
    let code = sqlx::query_scalar!(
        "SELECT role FROM platform.assignment WHERE account = $1 AND event = $2",
        account.uuid(),
        event.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(code.and_then(|code| EventRole::parse(&code)))
}

/// The owners of an organization; whoever asks at the same time waits for the present transaction.
pub(in crate::base::identity) async fn lock_owners(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
) -> DbResult<Vec<AccountId>> {
    let owners = sqlx::query_scalar!(
        "SELECT account FROM platform.membership WHERE organization = $1 AND role = 'owner' ORDER BY account FOR UPDATE",
        organization.0
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(owners.into_iter().map(AccountId::from).collect())
}

/// Everybody with a role in the organization, and which.
pub(in crate::base::identity) async fn roles_in(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
) -> DbResult<Vec<(AccountId, MemberRole)>> {
    let rows = sqlx::query!(
        "SELECT account, role FROM platform.membership WHERE organization = $1 ORDER BY created_at, account",
        organization.0
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.account.into(), MemberRole::parse(&row.role)?))).collect())
}

/// What somebody is in an organization; nobody changes it before the present transaction ends.
pub(in crate::base::identity) async fn member_role(
    tx: &mut PlatformTx,
    account: AccountId,
    organization: OrganizationNumber,
) -> DbResult<Option<MemberRole>> {
    let code = sqlx::query_scalar!(
        "SELECT role FROM platform.membership WHERE account = $1 AND organization = $2 FOR UPDATE",
        account.uuid(),
        organization.0
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(code.and_then(|code| MemberRole::parse(&code)))
}

pub(in crate::base::identity) async fn set_member_role(
    tx: &mut PlatformTx,
    account: AccountId,
    organization: OrganizationNumber,
    role: MemberRole,
) -> DbResult<()> {
    sqlx::query!(
        "UPDATE platform.membership SET role = $3 WHERE account = $1 AND organization = $2",
        account.uuid(),
        organization.0,
        role.code()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::base::identity) async fn delete_membership(
    tx: &mut PlatformTx,
    account: AccountId,
    organization: OrganizationNumber,
) -> DbResult<()> {
    sqlx::query!(
        "DELETE FROM platform.membership WHERE account = $1 AND organization = $2",
        account.uuid(),
        organization.0
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Who works in the organization or at its event: accounts with their names, by name; a bounded list.
pub(in crate::base::identity) async fn colleagues(
    tx: &mut PlatformTx,
    organization: OrganizationNumber,
    event: EventId,
) -> DbResult<Vec<(AccountId, String)>> {
    let rows = sqlx::query!(
        r#"SELECT id, first_name, last_name, email FROM platform.account
           WHERE erased_at IS NULL AND id IN (
             SELECT account FROM platform.membership WHERE organization = $1
             UNION SELECT account FROM platform.assignment WHERE event = $2 AND role <> 'participant')
           ORDER BY last_name, first_name, id LIMIT 500"#,
        organization.0,
        event.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let name = |first: &str, last: &str, email: String| {
        let name = format!("{first} {last}").trim().to_owned();
        if name.is_empty() { email } else { name }
    };
    Ok(rows
        .into_iter()
        .map(|row| (row.id.into(), name(&row.first_name, &row.last_name, row.email)))
        .collect())
}
