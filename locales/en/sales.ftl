# What organizers read of the sales of an event: figures, orders, participants.

## Sales

sales-title = Sales
sales-crumbs = Breadcrumbs
sales-moment = { $date }, { $time }
sales-export = Export
sales-export-orders = Orders
sales-export-participants = Participants
sales-export-payments = Payments
sales-of = of { $whole }
sales-unlimited = Unlimited
sales-sold = Tickets sold
sales-held = { $count ->
    [one] { $count } waiting for payment
   *[other] { $count } waiting for payment
}
sales-left = Left
sales-left-note = Still for sale
sales-revenue = Revenue
sales-revenue-note = Paid, less refunded
sales-entered = Checked in
sales-at = As of
sales-by-day = Tickets a day
sales-chart = Tickets sold a day, from { $first } to { $last }
sales-online = Online
sales-by-hand = By hand
sales-see-figures = See the figures
sales-day = Day
sales-value = Revenue
sales-by-type = By ticket type
sales-sold-short = Sold
sales-sold-of = { $type }, sold
sales-held-short = Waiting
sales-other = Refunds under way or without a ticket
sales-no-types = Nothing is for sale yet
sales-no-types-text = Add a first ticket type: its sales will show here.
sales-no-types-action = Add a ticket type
sales-notify = Be told of sales
sales-notify-to = Mails go to the contact address:
sales-notify-nobody = The organization has no contact address: no mail can be sent.
sales-notify-settings = Open the settings
sales-notify-wanted = Send a mail at each online sale
sales-notify-save = Save
flash-sales-notified = A mail will be sent at each sale.
flash-sales-not-notified = No mail will be sent at sales any more.

## Lists

sales-search = Search
sales-filter = Filter
sales-all-statuses = All states
sales-range = { $from } to { $to } of { $count }
sales-range-capped = { $from } to { $to } of more than { $count }
sales-nothing-found = Nothing found
sales-nothing-found-text = Check the spelling, or remove a filter.
sales-show-all = Show all
orders-title = Orders
orders-search = Name, e‑mail, order number
orders-tickets = Tickets
orders-count = { $count ->
    [one] { $count } ticket
   *[other] { $count } tickets
}
orders-none = No orders yet
orders-none-text = Share the event’s page: orders will arrive here.
orders-none-action = See the event’s page
channel-door = At the door
channel-complimentary = Complimentary
participants-title = Participants
participants-add = Add
participants-search = Name, e‑mail, ticket code
participants-all-types = All ticket types
participants-name = Name
participants-ticket = Ticket
participants-none = No participants yet
participants-none-text = Each ticket sold adds a line to this list.
holder-status-valid = Expected
holder-status-used = Checked in
holder-status-revoked = Taken back

## One order

desk-order-print = Tickets as PDF
desk-order-refund = Refund…
desk-order-rename = Correct the name
desk-order-rename-note = The ticket is issued anew: its old QR code stops working, and the new one is mailed to the buyer.
desk-order-rename-confirm = Issue the ticket anew
desk-order-money = Payments and refunds
desk-order-refund-row = Refund
desk-order-refund-by-hand = Given back by hand
refund-status-pending = Under way
refund-status-succeeded = Refunded
refund-status-failed = Refused
refund-reason-event_cancelled = Event cancelled
refund-reason-unwanted = Payment that came too late or twice
pay-method-door = At the door
tender-cash = Cash
tender-card_terminal = Card terminal
tender-complimentary = Complimentary
desk-order-history = History
desk-order-acts = Actions
desk-order-no-email = No e‑mail address
desk-order-until = Places held until
desk-order-resend = Send the tickets again
desk-order-resend-note = The mail with the tickets goes again to
desk-order-resend-confirm = Send the mail again
desk-order-email = Correct the e‑mail address
desk-order-email-add = Add an e‑mail address
desk-order-email-note = The tickets are mailed to the new address; the old one no longer finds the order.
desk-order-email-confirm = Correct the address
flash-order-corrected = The address is corrected.
flash-order-readdressed = The address is corrected, and the tickets are on their way.
flash-ticket-renamed = The ticket is issued anew, and the new code is on its way.

## History

deed-placed = Order placed online
deed-paid = Tickets issued
deed-expired = Time to pay over
deed-cancelled = Order cancelled
deed-refunded = { $count ->
    [0] { $amount } to refund
    [one] { $amount } to refund, { $count } ticket taken back
   *[other] { $amount } to refund, { $count } tickets taken back
}
deed-refund_failed = Refund of { $amount } refused; the tickets stay valid
deed-unwanted = Payment of { $amount } too much, given back automatically
deed-entered-cash = Entered by hand, paid in cash
deed-entered-card_terminal = Entered by hand, paid by card terminal
deed-entered-complimentary = Complimentary order entered by hand
deed-email-corrected = Address corrected: { $from } becomes { $to }
deed-email-added = Address added: { $to }
deed-renamed = Ticket { $ticket } issued anew: { $from } becomes { $to }
deed-email-forgotten = Address corrected
deed-renamed-forgotten = Ticket { $ticket } issued anew under another name

## Refunds

refund-title = Refund
desk-order-take-back = Take tickets back…
refund-title-free = Take tickets back
refund-what-free = What is to be taken back?
refund-review-free = Review
refund-keep-free = Keep the tickets
refund-all-free = { $count ->
    [one] The ticket is taken back.
   *[other] The { $count } tickets are taken back.
}
refund-left = Left to refund: { $amount }
refund-what = What is to be refunded?
refund-all = The whole order
refund-all-note = { $count ->
    [one] The ticket is taken back, and all that is left is refunded.
   *[other] The { $count } tickets are taken back, and all that is left is refunded.
}
refund-tickets = Some tickets
refund-tickets-note = They no longer open the gate, and their places are for sale again.
refund-amount = Only an amount
refund-amount-note = The tickets stay valid.
refund-amount-label = Amount in { $currency }
refund-amount-hint = For tickets, leave empty: it is their price.
refund-reason = Reason
refund-reason-hint = Your team finds it in the history.
refund-suggested = Amount to refund:
refund-review = Review the refund
refund-keep = Refund nothing
refund-confirm-title = Confirm the refund
refund-amount-total = To refund
refund-confirm-tickets = { $count ->
    [one] { $count } ticket will no longer open the gate. This is final.
   *[other] { $count } tickets will no longer open the gate. This is final.
}
refund-confirm-online = The money goes back the way it came, and the buyer gets a mail.
refund-confirm-by-hand = Paid at the door: give the money back yourself. Parvis only writes it down.
refund-confirm-button = Refund { $amount }
refund-confirm-tickets-button = { $count ->
    [one] Take the ticket back
   *[other] Take { $count } tickets back
}
flash-refund-done = The refund is done.
flash-refund-pending = The refund is on its way; the bank has not answered yet.
flash-refund-failed = The bank refused the refund: the tickets stay valid.

## Orders entered by hand

by-hand-enter = Enter an order
by-hand-title = Enter an order
by-hand-note = A sale at the door or an invitation: tickets are issued at once.
by-hand-left = { $count ->
    [one] { $count } place left
   *[other] { $count } places left
}
by-hand-none-left = Sold out
by-hand-email-hint = Tickets are mailed there. At the door you may leave it empty and print the PDF.
by-hand-names = Name each ticket
by-hand-tender = Payment
by-hand-hint-cash = Taken by you, at the price of the type.
by-hand-hint-card_terminal = Taken on your terminal.
by-hand-hint-complimentary = Nothing to pay. Give the e‑mail and the reason.
by-hand-reason = Reason of the invitation
by-hand-reason-hint = Press, partner, crew…
by-hand-due = To be taken
by-hand-confirm = Issue the tickets
by-hand-back = Back to the orders
flash-order-entered = The tickets are issued: print them here.
flash-order-entered-sent = The tickets are issued and mailed.
