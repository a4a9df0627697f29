//! Where one is logged in, and the way to end it.

use minijinja::context;
use poem::web::Path;
use poem::{Response, handler};
use serde::Serialize;

use crate::base::identity::OpenSession;
use crate::base::identity::device::Device;
use crate::base::kernel::id::SessionId;
use crate::base::kernel::page::PageRequest;
use crate::base::site::{Flash, Form, Visitor, see_other, shown};
use crate::base::web::{ApiResult, Problem};

/// How many sessions are shown: nobody reads more, and all can be ended at once.
const SHOWN: u32 = 50;

/// A session in the list.
#[derive(Serialize)]
struct Row {
    id: String,
    browser: bool,
    device: String,
    opened: String,
    used: String,
    current: bool,
}

/// `GET /account/sessions`.
#[handler]
pub async fn sessions_page(visitor: Visitor) -> ApiResult<Response> {
    let actor = &visitor.member()?.actor;
    let zone = visitor.zone().await?;
    let asked = PageRequest { number: 1, size: SHOWN };
    let page = visitor.entrance.identity.sessions(actor.account, asked).await?;
    let row = |session: &OpenSession| Row {
        id: session.id.to_string(),
        browser: session.kind == "browser",
        device: Device::of(&session.user_agent).words(),
        opened: visitor.instant(zone, session.created_at),
        used: visitor.instant(zone, session.used_at),
        current: session.id == actor.session.uuid(),
    };
    let rows: Vec<Row> = page.rows.iter().map(row).collect();
    visitor.page("account/sessions.html", context! { rows => shown(&rows), count => page.count })
}

/// `POST /account/sessions/:id/end`.
#[handler]
pub async fn end_session(visitor: Visitor, Path(id): Path<String>, form: Form) -> ApiResult<Response> {
    let actor = &visitor.member()?.actor;
    let _ = form;
    let id: uuid::Uuid = id.parse().map_err(|_| Problem::not_found())?;
    visitor.entrance.identity.end_session(actor, SessionId::from(id)).await?;
    visitor.flash(Flash("session-ended"));
    Ok(see_other("/account/sessions"))
}

/// `POST /account/sessions/end-others`.
#[handler]
pub async fn end_other_sessions(visitor: Visitor, form: Form) -> ApiResult<Response> {
    let _ = form;
    visitor.entrance.identity.end_other_sessions(&visitor.member()?.actor).await?;
    visitor.flash(Flash("sessions-ended"));
    Ok(see_other("/account/sessions"))
}
