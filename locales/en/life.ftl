# The test mode of an event.
problem-events-not_in_test_mode = This event is not in test mode.
problem-events-already_ordered = There are real orders: the event can no longer be put in test mode.
test-badge = Test mode
test-event = This event is in test mode. What you order now is only a trial: no payment is real, and the tickets will open no gate.
test-order = This is a test order: no payment is real, and it will be deleted when the event goes live.
test-ticket = Test ticket
mail-test-order = This is a test order: its tickets will open no gate, and it will be deleted.
document-ticket-test = TEST TICKET
manage-test = Test mode
manage-test-lead = Try the sale from end to end, with test cards. Orders placed like this are deleted with one click, and the event is in no list.
manage-test-begin = Switch to test mode
manage-test-not = There are orders already: test mode is no longer possible.
manage-test-on = The event is in test mode: only test cards pay, and it is in no list.
manage-test-count =
    { $count ->
        [0] No test orders yet.
        [one] One test order will be deleted, with its tickets and payments.
       *[other] { $count } test orders will be deleted, with their tickets and payments.
    }
manage-test-live = Go live
manage-test-live-do = Delete the tests and go live
flash-event-in-test = The event is in test mode.
flash-event-not-in-test = A real order has just arrived: test mode is no longer possible.
flash-event-live = The event is live. Orders are real from now on.

# An event that is postponed.
problem-events-not_published = This event is not published: simply change its dates.
field-in_past = This is in the past.
manage-postpone = Postpone
manage-postpone-hint = Postpone: tickets stay valid, and buyers are sent the new dates.
manage-postpone-title = Postpone the event
manage-postpone-tickets = Tickets that are sold stay valid.
manage-postpone-mails =
    { $count ->
        [one] Whoever bought the one ticket gets a mail, with the new dates for the calendar.
       *[other] The buyers of { $count } tickets get a mail, with the new dates for their calendars.
    }
manage-postpone-public = The event’s page shows the date before: { $when }.
manage-postpone-times = The hours of the gate and the end of sales that are open move along.
manage-postpone-start = New start
manage-postpone-end = New end
manage-postpone-zone = By the clocks of { $zone }.
manage-postpone-unknown = The new dates are not known yet: sales stop until they are
manage-postpone-message = A word to the buyers
manage-postpone-message-hint = It is in the mail and on the page of their order, as you write it.
manage-postpone-do = Postpone and tell them
manage-awaits-dates = The event is postponed, without new dates for now. Sales have stopped.
manage-give-dates = Give the new dates
flash-event-postponed = The event is postponed. The mails are on their way.
event-dates-awaited = Postponed, dates to be announced
event-postponed = Postponed
event-postponed-note = This event is postponed and its new dates are not known yet. Tickets that were bought stay valid.
event-previously = First planned: { $when }
mail-fact-new-date = New date
mail-fact-previous-date = Date before
mail-event-moved-subject = New date: { $event }
mail-event-moved-preheader = { $when }. Your tickets stay valid.
mail-event-moved-heading = { $event } has a new date
mail-event-moved-body = Hello { $name }, { $organization } has postponed { $event }. Your tickets stay valid for the new date; the attached file brings your calendar up to date.
mail-event-moved-button = See my order
mail-event-moved-note = Can’t come on that date? Answer this mail: { $organization } will tell you how to be refunded.
mail-event-postponed-subject = Postponed: { $event }
mail-event-postponed-preheader = The event will not take place when it was planned. Your tickets stay valid.
mail-event-postponed-heading = { $event } is postponed
mail-event-postponed-body = Hello { $name }, { $organization } has postponed { $event }, which will not take place when it was planned. The new dates are not known yet: we will write to you as soon as they are. Your tickets stay valid.
mail-event-postponed-note = Would you rather have your money back? Answer this mail: { $organization } will tell you how to be refunded.
order-event-moved = This event has a new date: { $when }. Before: { $previous }.
order-word = A word from { $organizer }

# Whom visitors may turn to.
field-reachable = Give an e‑mail address or a telephone number.
field-phone = This is not a telephone number.

# The photo of one's profile.
photo-title = Photo
photo-hint = JPEG, PNG or WebP, at most 10 MB. It is cut to a square.
photo-of = Photo of { $name }
photo-replace = Choose another photo
photo-add = Choose a photo
photo-send = Send
photo-remove = Remove
flash-photo-saved = The photo is saved.
flash-photo-removed = The photo is removed.
data-readme-photo = photo.jpg: your photo, if you have one

# What an event says of itself.
manage-themes = Themes
manage-themes-hint = Parted by commas: jazz, food of the world…
manage-president = President
manage-president-none = Nobody
manage-contacts = Contacts for visitors
manage-contacts-hint = An address or a telephone number is enough. They are on the event’s page.
manage-contact-number = Contact { $number }
manage-contact-name = Name
manage-contact-role = Role

# What an event has or lacks before it goes live.
manage-check-places = Number of places set
manage-check-places-missing = Set the number of places
manage-check-contact = Address to write to
manage-check-contact-missing = Give an address to write to
manage-check-terms = Conditions of sale
manage-check-terms-missing = Write the conditions of sale
manage-check-payment = Way to pay
manage-check-payment-missing = There is no way to pay: tickets with a price cannot be bought
event-badge-postponed = Postponed
flash-event-tested = The test is over and its orders are deleted. The event is still a draft: publish it.
manage-test-draft = Publish the draft to try it: whoever has its address sees it, no list shows it.
manage-publish-test = Visible to whoever has the address; in no list while the test lasts.
manage-publish-private = Visible to whoever has the link or an invitation.

# What stands over the sales of an event, and in the list of events.
sales-test = This event is in test mode: its orders are tests, and are deleted when it goes live.
sales-left-closed = Sales are closed
sales-left-draft = For sale once published
sales-none-draft = Nothing can be ordered of a draft. Publish the event, or begin a test, on its overview.
sales-none-draft-action = To the overview
sales-none-cancelled = The event is cancelled: nothing more is ordered.
manage-status-draft = Drafts
manage-series-count = { $count ->
    [one] One date of the series
   *[other] { $count } dates of the series
}
manage-series-all = All the dates
manage-ready = Ready to be published
