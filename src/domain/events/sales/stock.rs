//! Places that move between quotas when a type joins or leaves one while it is on sale.
//!
//! The counters change through the same two functions as with orders, so that a quota's count is always
//! the places held and sold of its types.

use uuid::Uuid;

use super::super::error::EventsError;
use super::repo;
use crate::base::db::{DbResult, TenantTx};
use crate::base::kernel::id::QuotaId;

/// The places of ticket types, taken out of their quotas until they are put back.
#[must_use = "the places belong to somebody"]
pub(super) struct Lifted {
    types: Vec<Uuid>,
    places: Vec<i32>,
}

/// Takes the places of the types out of their quotas. `joining` is the quota that they are about to join.
pub(super) async fn lift(tx: &mut TenantTx, types: &[Uuid], joining: Option<QuotaId>) -> DbResult<Lifted> {
    let (types, places): (Vec<_>, Vec<_>) =
        repo::hold_still(tx, types).await?.into_iter().filter(|(_, places)| *places > 0).unzip();
    if !types.is_empty() {
        repo::lock_quotas(tx, &types, joining).await?;
        repo::free_places(tx, &types, &places).await?;
    }
    Ok(Lifted { types, places })
}

/// Puts the places into the quotas that the types have now, if those have room.
pub(super) async fn put_back(tx: &mut TenantTx, lifted: Lifted) -> Result<(), EventsError> {
    if !lifted.types.is_empty() {
        repo::take_places(tx, &lifted.types, &lifted.places).await?;
    }
    Ok(())
}
