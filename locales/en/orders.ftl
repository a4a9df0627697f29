# What buyers read: checkout, payment, order, tickets.

field-label-first_name = First name
field-label-last_name = Last name
field-label-email = E‑mail address

## Checkout

checkout-title = Your details
checkout-secure = Secure order
checkout-steps = Steps
checkout-step-tickets = Tickets
checkout-step-details = Details
checkout-step-payment = Payment
checkout-step-confirm = Confirmation
checkout-buyer = Buyer
checkout-buyer-note = The tickets are sent to this address.
checkout-have-account = I have an account
checkout-name-tickets = { $count ->
    [one] Put another name on the ticket
   *[other] Put a name on each ticket
}
checkout-name-tickets-note = A ticket without a name carries yours.
checkout-ticket = Ticket { $number }
checkout-consent = I accept the conditions of sale of { $organizer }.
checkout-pay = Pay { $amount }
checkout-book = { $count ->
    [one] Book the ticket
   *[other] Book { $count } tickets
}
checkout-hold = { $minutes ->
    [one] Your tickets are then held for one minute.
   *[other] Your tickets are then held for { $minutes } minutes.
}
checkout-order = Your order
checkout-change = Change the tickets
pay-method-sandbox = Card (test)
pay-method-sandbox-note = No real money moves.
flash-choose-tickets = Choose at least one ticket.
flash-pay-later = The payment page does not answer. Your tickets are held: try again in a moment.
flash-order-cancelled = The order is cancelled.
flash-order-resent = The e‑mail is on its way.

## The order

order-title = Order { $code }
order-ready = { $count ->
    [one] Thank you { $name }, your ticket is ready.
   *[other] Thank you { $name }, your tickets are ready.
}
order-sent-to = Sent to
order-pending = Your tickets are waiting for the payment.
order-waiting-bank = Waiting for the bank
order-waiting-bank-note = The bank has not confirmed the payment yet. This page looks again by itself; the tickets also come by e‑mail.
order-held-until = Your tickets are held until { $time }.
order-time-left = Time left
order-heading-paid = The tickets are no longer valid
order-note-paid = See below what happened to each of them.
order-heading-expired = This order has expired
order-note-expired = The payment did not come in time; nothing was charged.
order-heading-cancelled = This order is cancelled
order-note-cancelled = Its tickets are on sale again.
order-heading-refunded = This order has been refunded
order-note-refunded = The money returns by the way you paid, as a rule within 5 to 10 days.
order-heading-partially_refunded = This order has been refunded in part
order-note-partially_refunded = See below which tickets are still valid.
order-status-pending = To be paid
order-status-paid = Paid
order-status-expired = Expired
order-status-cancelled = Cancelled
order-status-partially_refunded = Partly refunded
order-status-refunded = Refunded
order-tickets = { $count ->
    [one] One ticket
   *[other] { $count } tickets
}
order-download = Download (PDF)
order-show-code = Show the code
order-number = Number
order-date = Date
order-refund-pending = Refund on its way, { $date }
order-refund-succeeded = Refunded, { $date }
order-refund-failed = Refund refused, { $date }
order-see-event = See the event
order-write = Write to { $organizer }
order-resend = Send the e‑mail again
order-cancel = Cancel the order
order-cancel-note = The tickets go back on sale. This cannot be undone.
order-cancel-confirm = Yes, cancel the order
order-choose-again = Choose tickets again
ticket-status-valid = Valid
ticket-status-used = Used
ticket-status-revoked = No longer valid
ticket-code-of = QR code of { $name }
ticket-others = The tickets of this order
ticket-previous = Previous ticket
ticket-next = Next ticket
ticket-back = Back to the order

## Finding orders again

my-upcoming = Coming up
my-past = Past
my-unconfirmed = Confirm your e‑mail address, and the orders placed with it show up here.
my-empty-title = No ticket yet
my-empty-text = Orders placed with your address show up here by themselves.
find-lead = Type the address you ordered with. We send you a link to each of your orders.
find-send = Send me the links
find-sent-title = Look into your mailbox
find-sent-text = If there are orders with this address, the links to them are on their way.

## The card page of the tests

sandbox-title = Card payment
sandbox-badge = Test mode
sandbox-note = No real money moves. This page stands for the bank while you try things out. Never type a real card.
sandbox-card = Card number
sandbox-back = Back to the order
sandbox-cards = Test cards
sandbox-card-ok = Accepted
sandbox-card-ok-note = Pays at once
sandbox-card-bad = Declined
sandbox-card-bad-note = The bank says no
sandbox-card-warn = Late
sandbox-card-warn-note = Pays, and the news comes a little later
sandbox-paid = This payment is done
sandbox-closed = This payment is closed
order-papers = On A4, a badge folds out of the lower half.
order-download-small = Small size (A6)
paper-a4 = A4, with a badge to fold
paper-a6 = A6, small size
order-event-cancelled = The event is cancelled.
order-note-called-off = It was not paid; there is nothing to refund.
