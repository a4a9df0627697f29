//! Who may do what: one line for every operation of the document.

/// What the id in a path belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    Nothing,
    Organization,
    Event,
    TicketType,
    Quota,
    Order,
    Ticket,
    Payment,
    Session,
    /// A member of the organization.
    Member,
    /// An invitation to the organization.
    Invitation,
    ApiKey,
    /// An invitation to a private event.
    Guest,
}

/// Who may do it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// Everybody, logged in or not.
    Public,
    /// Everybody who is logged in, with what is their own.
    Own,
    /// Who buys, by the secret or the account; organizers with this permission too.
    Buyer(Option<&'static str>),
    /// Who has this permission of the matrix.
    May(&'static str),
}
use Of::{
    ApiKey, Event, Guest, Invitation, Member, Nothing, Order as OrderOf, Organization, Payment, Quota,
    Session, Ticket, TicketType,
};

impl Of {
    /// How many ids the path has.
    pub fn ids(self) -> usize {
        match self {
            Nothing => 0,
            Member | Invitation => 2,
            _ => 1,
        }
    }

    /// Whether it is about the organization itself, which does not exist for those with roles in its events alone.
    pub fn of_organization(self) -> bool {
        matches!(self, Organization | Member | Invitation | ApiKey)
    }
}

use Who::{Buyer, May, Own, Public};

/// Every operation, what the id in its path belongs to, and who may do it.
pub const TABLE: &[(&str, Of, Who)] = &[
    ("get_health", Nothing, Public),
    ("get_readiness", Nothing, Public),
    ("register_account", Nothing, Public),
    ("confirm_email", Nothing, Public),
    ("log_in", Nothing, Public),
    ("refresh_token", Nothing, Public),
    ("obtain_token", Nothing, Public),
    ("renew_token", Nothing, Public),
    ("verify_token", Nothing, Public),
    ("answer_email_change", Nothing, Public),
    ("request_password_reset", Nothing, Public),
    ("reset_password", Nothing, Public),
    ("search_catalogue", Nothing, Public),
    ("get_catalogue_event", Event, Public),
    ("list_categories", Nothing, Public),
    ("place_order", Nothing, Public),
    ("find_orders", Nothing, Public),
    ("authorize_sandbox_payment", Payment, Public),
    ("resend_confirmation", Nothing, Own),
    ("log_out", Nothing, Own),
    ("change_password", Nothing, Own),
    ("get_profile", Nothing, Own),
    ("get_me", Nothing, Own),
    ("get_user", Nothing, Own),
    ("replace_profile", Nothing, Own),
    ("change_profile", Nothing, Own),
    ("replace_password", Nothing, Own),
    ("switch_event", Nothing, Own),
    ("ask_email_change", Nothing, Own),
    ("get_email_change", Nothing, Own),
    ("cancel_email_change", Nothing, Own),
    // Takes the token of a login that is not complete, and nobody else's.
    ("log_in_with_code", Nothing, Own),
    ("get_second_factor", Nothing, Own),
    ("set_up_second_factor", Nothing, Own),
    ("enable_second_factor", Nothing, Own),
    ("renew_recovery_codes", Nothing, Own),
    ("disable_second_factor", Nothing, Own),
    ("ask_data_export", Nothing, Own),
    ("get_data_export", Nothing, Own),
    ("get_data_export_file", Nothing, Own),
    ("ask_erasure", Nothing, Own),
    ("get_erasure", Nothing, Own),
    ("cancel_erasure", Nothing, Own),
    ("list_sessions", Nothing, Own),
    ("end_session", Session, Own),
    ("end_other_sessions", Nothing, Own),
    ("list_my_events", Nothing, Own),
    ("select_organization", Nothing, Own),
    ("select_event", Nothing, Own),
    ("list_organizations", Nothing, Own),
    ("create_organization", Nothing, Own),
    ("accept_invitation", Nothing, Own),
    ("delete_profile_photo", Nothing, Own),
    ("list_orders", Nothing, Own),
    ("list_tickets", Nothing, Own),
    // Shows a member all events of the organization, everybody else those they have a role in.
    ("list_events", Nothing, Own),
    ("get_organization", Organization, May("ReadOrganization")),
    ("change_organization", Organization, May("EditOrganization")),
    ("upload_logo", Organization, May("EditOrganization")),
    ("delete_logo", Organization, May("EditOrganization")),
    ("list_members", Organization, May("ReadMembers")),
    ("invite_member", Organization, May("ManageMembers")),
    ("list_invitations", Organization, May("ManageMembers")),
    ("revoke_invitation", Invitation, May("ManageMembers")),
    ("change_member", Member, May("ManageMembers")),
    ("remove_member", Member, May("ManageMembers")),
    ("transfer_organization", Organization, May("OwnOrganization")),
    ("close_organization", Organization, May("OwnOrganization")),
    ("export_organization", Organization, May("OwnOrganization")),
    ("get_organization_closing", Organization, May("OwnOrganization")),
    ("keep_organization", Organization, May("OwnOrganization")),
    ("list_api_keys", Organization, May("ManageKeys")),
    ("create_api_key", Organization, May("ManageKeys")),
    ("revoke_api_key", ApiKey, May("ManageKeys")),
    ("list_audit", Organization, May("ReadAudit")),
    ("create_event", Nothing, May("CreateEvents")),
    ("get_event", Event, May("ReadEvent")),
    ("replace_event", Event, May("EditEvent")),
    ("change_event", Event, May("EditEvent")),
    ("delete_event", Event, May("ManageSales")),
    ("publish_event", Event, May("ManageSales")),
    ("list_event_invitations", Event, May("ReadSales")),
    ("invite_guests", Event, May("ManageSales")),
    ("resend_event_invitation", Guest, May("ManageSales")),
    ("revoke_event_invitation", Guest, May("ManageSales")),
    ("postpone_event", Event, May("ManageSales")),
    ("get_test_mode", Event, May("ReadSales")),
    ("begin_test_mode", Event, May("ManageSales")),
    ("go_live", Event, May("ManageSales")),
    ("upload_programme", Event, May("EditEvent")),
    ("upload_guide", Event, May("EditEvent")),
    ("delete_event_file", Event, May("EditEvent")),
    ("duplicate_event", Event, May("CreateEvents")),
    ("keep_template", Event, May("CreateEvents")),
    ("cancel_event", Event, May("ManageSales")),
    ("get_event_statistics", Event, May("ReadSales")),
    ("follow_event", Event, May("ReadSales")),
    ("export_event", Event, May("ExportSales")),
    ("list_event_orders", Event, May("ReadSales")),
    ("create_manual_order", Event, May("SellByHand")),
    ("list_ticket_types", Event, May("ReadEvent")),
    ("create_ticket_type", Event, May("ManageSales")),
    ("get_ticket_type", TicketType, May("ReadEvent")),
    ("change_ticket_type", TicketType, May("ManageSales")),
    ("delete_ticket_type", TicketType, May("ManageSales")),
    ("list_quotas", Event, May("ReadSales")),
    ("get_quota", Quota, May("ReadSales")),
    ("create_quota", Event, May("ManageSales")),
    ("change_quota", Quota, May("ManageSales")),
    ("get_order", OrderOf, Buyer(Some("ReadSales"))),
    ("pay_order", OrderOf, Buyer(None)),
    ("cancel_order", OrderOf, Buyer(Some("RefundOrders"))),
    ("resend_order", OrderOf, Buyer(Some("CorrectOrders"))),
    ("list_order_tickets", OrderOf, Buyer(Some("ReadSales"))),
    ("get_order_calendar", OrderOf, Buyer(Some("ReadSales"))),
    ("refund_order", OrderOf, May("RefundOrders")),
    ("get_ticket", Ticket, Buyer(Some("ReadSales"))),
    ("get_ticket_pdf", Ticket, Buyer(Some("ReadSales"))),
    ("check_in", Nothing, May("ScanTickets")),
];
