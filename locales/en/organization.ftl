# The organization: settings, team, keys, log, end.

settings-tabs = Settings of the organization
settings-tab-general = General
settings-tab-keys = API keys
settings-tab-audit = Audit log
settings-tab-closing = Deletion
desk-suspended = This organization is suspended: nothing is sold and nothing is shown. Reason: { $reason }
desk-closing = This organization is to be deleted: nothing is sold and nothing is shown.
desk-closing-see = See
manage-public-title = Public page
manage-about = About
manage-about-hint = A few sentences on the public page of the organization.
manage-website = Website
manage-color = Colour
manage-color-hint = Six hexadecimal digits, such as #0f4c5c. Your public pages take it; text stays readable, by day and by night.
manage-logo = Logo
manage-logo-hint = JPEG, PNG or WebP, 10 MB at most. It is shown on the public page of the organization.
manage-member-change = Change
manage-role-of = Role of { $name }
manage-role-save = Give this role
manage-role-lead = Only an owner makes another one. The last owner stays.
manage-me = you
manage-member-leave = Leave the organization
manage-member-leave-sure = You will no longer have access to this organization.
manage-hand-over = Hand the organization over
manage-hand-over-lead = { $name } becomes the owner in your place. You stay an administrator. The owners get a mail.
manage-hand-over-do = Hand over
manage-password-again = Your password
manage-password-why = To be sure that it is you.
flash-role-changed = The role is changed.
flash-handed-over = The organization is handed over. You are an administrator now.
flash-key-revoked = The key is revoked.
flash-closing-asked = The organization will be deleted. Until then you can keep it.
flash-organization-kept = The organization stays.

## Keys

keys-lead = With a key a program works in this organization: a partner site, a turnstile, a dashboard.
keys-count = { $count ->
    [0] No key
    [one] One key
   *[other] { $count } keys
}
keys-none = No key yet. The documentation of the API shows what a program can do.
keys-new = New key
keys-name = What is it for?
keys-name-hint = For example: turnstiles of the main hall
keys-scopes = What it allows
keys-until = Last day
keys-make = Make the key
keys-made = The key “{ $name }” is ready
keys-made-lead = Copy it now: it will never be shown again.
keys-made-before = This key was shown already. If you have lost it, revoke it and make another one.
keys-secret = The key
keys-copy = Copy
keys-copied = Copied
keys-since = made on { $date }
keys-used = used on { $at }
keys-unused = never used
keys-ends = until { $date }
keys-over = expired
keys-revoked = revoked on { $date }
keys-revoke = Revoke
keys-revoke-sure = Programs that use “{ $name }” stop at once. It cannot be undone.
key-scope-organization-read = See the organization and its team
key-scope-events-read = See events, drafts too
key-scope-events-write = Create, change and publish events, ticket types and quotas
key-scope-sales-read = See orders, participants and figures
key-scope-sales-write = Enter, correct, cancel and refund orders
key-scope-checkin = Check tickets at the gate

## Audit log

audit-lead = What was done in the organization, and by whom. Nothing in it is changed or removed.
audit-filter-area = About
audit-filter-actor = By
audit-filter-since = From
audit-filter-until = Until
audit-filter-any = Everything
audit-filter-anybody = Everybody
audit-filter-do = Filter
audit-filter-clear = Show everything
audit-count = { $count ->
    [0] Nothing
    [one] One entry
   *[other] { $count } entries
}
audit-count-more = More than { $count } entries
audit-empty = Nothing matches
audit-empty-lead = Widen the dates or take a filter away.
audit-earlier = Earlier
audit-latest = Back to the latest
audit-installation = The installation
audit-unknown = Somebody who is no longer known
audit-see-event = See the event
audit-when = When
audit-who = Who
audit-what = What
audit-area-organization = The organization
audit-area-membership = The team
audit-area-invitation = Invitations
audit-area-assignment = Roles in events
audit-area-api_key = API keys
audit-area-event = Events
audit-area-ticket_type = Ticket types
audit-area-quota = Quotas
audit-area-order = Orders
audit-area-access = The gate
audit-area-person = People
audit-area-session = Sessions
audit-organization-change = Settings changed
audit-organization-logo = Logo changed
audit-organization-suspend = Organization suspended
audit-organization-resume = Suspension lifted
audit-organization-close_asked = Deletion asked for
audit-organization-close_cancelled = Deletion cancelled
audit-organization-import = Organization brought from another installation
audit-membership-give = Role given
audit-membership-change = Role changed
audit-membership-take = Role taken away
audit-membership-hand_over = Organization handed over
audit-invitation-send = Invitation sent
audit-invitation-revoke = Invitation taken back
audit-invitation-accept = Invitation accepted
audit-assignment-give = Role given in an event
audit-assignment-take = Role taken away in an event
audit-api_key-create = API key made
audit-api_key-revoke = API key revoked
audit-event-create = Event created
audit-event-change = Event changed
audit-event-publish = Event published
audit-event-cancel = Event cancelled
audit-event-delete = Event deleted
audit-event-duplicate = Event copied
audit-event-export = Data exported
audit-event-notify_sales = Notices of sales set
audit-event-go_live = Event went live
audit-event-test_mode = Test mode begun
audit-event-postpone = Event postponed
audit-event-invite_guests = Guests invited
audit-event-revoke_guest = Guest’s invitation taken back
audit-ticket_type-create = Ticket type created
audit-ticket_type-change = Ticket type changed
audit-ticket_type-delete = Ticket type deleted
audit-ticket_type-move = Ticket type moved
audit-quota-create = Quota created
audit-quota-change = Quota changed
audit-quota-delete = Quota deleted
audit-order-enter = Order entered
audit-order-cancel = Order cancelled
audit-order-refund = Order refunded
audit-order-refund_failed = Refund failed
audit-order-unwanted_payment = Payment came that was not awaited
audit-order-correct_email = Buyer’s address corrected
audit-order-rename_holder = Name on a ticket corrected
audit-person-erase = Person forgotten
audit-session-end = Session ended
audit-session-end_others = Other sessions ended
audit-session-stolen = Session ended: token used again
audit-detail-name = name
audit-detail-from = from
audit-detail-to = to
audit-detail-role = role
audit-detail-reason = reason
audit-detail-price = price
audit-detail-size = size
audit-detail-amount = amount
audit-detail-total = total
audit-detail-colon = :
manage-back = Back

## End

closing-lead = The organization goes with its events, orders, figures and files. Its sales and pages stop at once; you have { $days } days to change your mind.
closing-keep-first = First keep what the law asks of you: export the participants, orders and payments of each event.
closing-title = Delete { $name }
closing-do = Delete the organization
closing-under-way = { $name } will be deleted on { $day }
closing-under-way-lead = Until then you read, export and refund; nothing is sold.
closing-keep = Keep the organization
problem-organizations-last_owner = This is the last owner. Give another member this role first, or delete the organization.
problem-organizations-suspended = This organization is suspended. Reason: { $reason }
problem-organizations-closing = This organization is to be deleted: this is no longer done. An owner can still keep it.
problem-organizations-sold_ahead = Tickets are valid for events ahead: { $events }. Cancel these events first, or wait for their end.
problem-organizations-too_many_keys = The organization has 100 keys. Revoke one that is no longer used.
problem-identity-person_needed = A key is not enough here: log in with an account.
field-no_member = This is not another member of the organization.
field-color = This is not a colour such as #0f4c5c.
field-too_pale = This colour would hardly be seen on white. Choose a darker one.
field-past = This is past already.

## Mails

mail-owner-new-subject = { $organization } has a new owner
mail-owner-new-preheader = Check that this is meant.
mail-owner-new-heading = A new owner
mail-owner-new-body = Hello { $name }, { $owner } now owns { $organization }.
mail-owner-new-button = See the team
mail-owner-new-note = This is not meant? Write to the team at once, and choose a new password.
mail-owner-you-subject = { $organization } is yours
mail-owner-you-preheader = You own it now.
mail-owner-you-heading = You are an owner
mail-owner-you-body = Hello { $name }, you now own { $organization }: you settle everything, and you can hand it over.
mail-owner-you-button = See the team
mail-owner-you-note = Protect your account with a second factor.
mail-closing-subject = { $organization } will be deleted on { $day }
mail-closing-preheader = Until then an owner can keep it.
mail-closing-heading = Deletion was asked for
mail-closing-body = Hello { $name }, an owner asked for { $organization } to be deleted. Its sales and pages have stopped. Everything is deleted on { $day }; export until then what you have to keep.
mail-closing-button = Keep the organization
mail-closing-note = You do not agree? Keep it with the button above.
mail-closed-subject = { $organization } is deleted
mail-closed-preheader = Its data is no longer here.
mail-closed-heading = The organization is deleted
mail-closed-body = Hello { $name }, { $organization } is deleted with its events, orders and files. Your account stays.
mail-closed-button = My organizations
mail-closed-note = Thank you for organizing with Parvis.
