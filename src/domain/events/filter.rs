//! What an organizer's list of events may be narrowed to.

use uuid::Uuid;

use crate::base::kernel::id::EventId;
use crate::base::kernel::page::PageRequest;

/// Which events of an organization to list.
#[derive(Clone, Debug)]
pub(super) struct EventFilter {
    /// These alone; none is all of the organization.
    pub only: Option<Vec<EventId>>,
    pub status: Option<StatusFilter>,
    /// The dates of this series alone.
    pub series: Option<Uuid>,
    pub search: Option<String>,
    pub order: EventOrder,
    pub page: PageRequest,
}

/// A status that the clock gives, or one that it does not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum StatusFilter {
    Upcoming,
    Active,
    Completed,
    Cancelled,
    /// Not published yet, whatever its dates.
    Draft,
    /// What events are made from; no other status lists it.
    Template,
}

impl StatusFilter {
    pub(super) fn parse(code: &str) -> Option<Self> {
        match code {
            "upcoming" => Some(Self::Upcoming),
            "active" => Some(Self::Active),
            "completed" => Some(Self::Completed),
            "cancelled" => Some(Self::Cancelled),
            "draft" => Some(Self::Draft),
            "template" => Some(Self::Template),
            _ => None,
        }
    }
}

/// The order of the list; the newest first unless asked otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum EventOrder {
    Start,
    #[default]
    StartDescending,
    Name,
    NameDescending,
    Creation,
    CreationDescending,
}

impl EventOrder {
    pub(super) fn parse(code: &str) -> Option<Self> {
        match code {
            "start_date" => Some(Self::Start),
            "-start_date" => Some(Self::StartDescending),
            "name" => Some(Self::Name),
            "-name" => Some(Self::NameDescending),
            "created_at" => Some(Self::Creation),
            "-created_at" => Some(Self::CreationDescending),
            _ => None,
        }
    }

    /// With the id last, so that two pages never show the same row.
    pub(super) const fn sql(self) -> &'static str {
        match self {
            Self::Start => " ORDER BY starts_at, id",
            Self::StartDescending => " ORDER BY starts_at DESC, id DESC",
            Self::Name => " ORDER BY name, id",
            Self::NameDescending => " ORDER BY name DESC, id DESC",
            Self::Creation => " ORDER BY created_at, id",
            Self::CreationDescending => " ORDER BY created_at DESC, id DESC",
        }
    }
}
