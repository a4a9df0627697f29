# The pages that everybody sees, and what all pages share.

## Every page

page-skip = Skip to the content
page-events = Events
page-my = My tickets
page-manage = My organization
page-scan = Scan tickets
page-profile = My profile
page-account = My account
page-login = Log in
page-logout = Log out
page-language = Language
page-organize = Organize an event
page-find = Find my orders
page-api = API
page-crumbs = You are here
pager-label = Pages
pager-previous = Previous page
pager-next = Next page

## Forms

form-optional = (optional)
form-summary = { $count ->
    [one] One thing needs another look.
   *[other] { $count } things need another look.
}

## Failures

problem-page-not_found-title = This page does not exist
problem-page-forbidden-title = This is not open to you
problem-page-session-title = Your session has ended
problem-page-too_many-title = Too fast
problem-page-ours-title = Something went wrong on our side
problem-page-refused-title = This did not work
problem-page-home = See the events
problem-page-status = Code { $status }
problem-page-request = Number

## The catalogue

catalogue-title = Events near you
catalogue-heading = It all begins on the square.
catalogue-lead = Concerts, village fairs, conferences, workshops: choose a date, the ticket comes by e‑mail.
catalogue-organizer = Organizer
catalogue-what = What
catalogue-what-hint = Title, artist, theme
catalogue-where = Where
catalogue-when = When
catalogue-when-any = Any date
catalogue-when-today = Today
catalogue-when-weekend = This weekend
catalogue-when-week = The next 7 days
catalogue-when-month = The next 30 days
catalogue-search = Search
catalogue-categories = Categories
catalogue-all = All
catalogue-free = Free
catalogue-free-or-not = Free or paid
catalogue-from = From { $price }
catalogue-count = { $count ->
    [one] One event
   *[other] { $count } events
}
catalogue-none-title = Nothing found
catalogue-none-text = Try fewer words, another town or another date.
catalogue-none-all = See all events
catalogue-empty-title = No event yet
catalogue-empty-text = The first one could be yours.

## One event

event-status-cancelled = Cancelled
event-status-completed = Over
event-sold-out = Sold out
event-by = By
event-your-time = For you: { $when }
event-add-to-calendar = Add to calendar
event-map = See the map
event-ticket-form = Ticket on your phone or on paper
event-contact = A question? Write to the organizer.
event-about = About the event
event-terms = Conditions of sale
event-share = Share
event-shared = Link copied
event-from = From
event-choose = Choose my tickets
event-tickets = Tickets
event-quantity = Quantity, { $name }
event-less = One ticket less, { $name }
event-more = One more ticket, { $name }
event-count = Tickets: { $count }
event-book = Book
event-no-fee = No fee is added. You pay on the next pages.
event-cancelled-note = This event will not take place. Whoever had a ticket has been told by e‑mail.
event-closed = Nothing is on sale at the moment.
event-sale-from = On sale from { $when }
event-sale-ended = Sales have ended
event-few-left = { $count ->
    [one] Only one left
   *[other] Only { $count } left
}
