# The mails. `-preheader` is what the inbox shows after the subject.

## Words that several mails share

mail-fact-event = Event
mail-fact-when = When
mail-fact-where = Where
mail-fact-order = Order
mail-fact-tickets = Tickets
mail-fact-buyer = Buyer
mail-fact-organization = Organizer
mail-fact-refunded = Refunded
mail-fact-reason = Reason
mail-total = Total
mail-free = Free
mail-row-tickets = { $type } × { $count }
mail-footer-account = You receive this e‑mail because this address is used for an account on { $site }.
mail-footer-order = You receive this e‑mail because of order { $code }. Tickets sold by { $organization } with { $site }.
mail-footer-organizer = You receive this e‑mail because you manage events of { $organization } on { $site }.
mail-footer-invitation = You receive this e‑mail because someone entered your address to invite you to { $site }.
mail-footer-find = You receive this e‑mail because someone asked { $site } for the orders of this address.

## The account

mail-confirm-subject = Confirm your e‑mail address
mail-confirm-preheader = One click and your account is ready.
mail-confirm-heading = Welcome!
mail-confirm-body = Hello { $name }, your account is almost ready. Confirm that this address is yours, so that your tickets always find you.
mail-confirm-button = Confirm my address
mail-confirm-note = You did not create an account? Then simply ignore this e‑mail: nothing will happen.

mail-known-subject = You already have an account
mail-known-preheader = Log in, or choose a new password.
mail-known-heading = You already have an account
mail-known-body = { $minutes ->
    [one] Hello { $name }, someone, probably you, has just signed up with this address. It already has an account: log in with your password. Forgotten? The link below lets you choose a new one, for one minute.
   *[other] Hello { $name }, someone, probably you, has just signed up with this address. It already has an account: log in with your password. Forgotten? The link below lets you choose a new one, for { $minutes } minutes.
}
mail-known-button = Choose a new password
mail-known-note = It was not you? Ignore this e‑mail: nothing has changed.

mail-reset-subject = Choose a new password
mail-reset-preheader = { $minutes ->
    [one] The link works once, for one minute.
   *[other] The link works once, for { $minutes } minutes.
}
mail-reset-heading = Choose a new password
mail-reset-body = { $minutes ->
    [one] Hello { $name }, you asked for a new password. The link below works once, for one minute.
   *[other] Hello { $name }, you asked for a new password. The link below works once, for { $minutes } minutes.
}
mail-reset-button = Choose a new password
mail-reset-note = You did not ask for this? Ignore this e‑mail: your password stays as it is.

## Organizations

mail-invitation-subject = { $organization } invites you to its team
mail-invitation-preheader = { $inviter } is expecting you.
mail-invitation-heading = Join { $organization }
mail-invitation-body = { $role ->
    [owner] { $inviter } invites you to prepare the events of { $organization } together, as an owner.
    [admin] { $inviter } invites you to prepare the events of { $organization } together, as an administrator.
    [member] { $inviter } invites you to prepare the events of { $organization } together, as a member of the team.
   *[other] { $inviter } invites you to prepare the events of { $organization } together. Your role: { $role }.
}
mail-role-organisateur = organizer
mail-role-gestionnaire_des_salles = room manager
mail-role-controlleur_des_badges = badge controller
mail-role-exposant = exhibitor
mail-role-participant = participant
mail-invitation-button = Accept the invitation
mail-invitation-note = You do not know this organization? Ignore this e‑mail: nobody joins without accepting.

## Orders

mail-order-confirmed-subject = { $count ->
    [one] Your ticket for { $event }
   *[other] Your { $count } tickets for { $event }
}
mail-order-confirmed-preheader = { $when }. Keep this e‑mail: it is all you need to get in.
mail-order-confirmed-heading = { $count ->
    [one] Here is your ticket
   *[other] Here are your { $count } tickets
}
mail-order-confirmed-body = { $count ->
    [one] Hello { $name }, your order is confirmed. Your ticket is attached to this e‑mail.
   *[other] Hello { $name }, your order is confirmed. Your { $count } tickets are attached to this e‑mail.
}
mail-order-confirmed-button = See my order
mail-order-confirmed-download = Download the tickets (PDF)
mail-order-confirmed-note = At the entrance, show the QR code of each ticket, on your phone or on paper. Each code admits one person, once: share it only with the person who comes.

mail-order-refunded-subject = Refund of { $amount } for { $event }
mail-order-refunded-preheader = The money is on its way back to you.
mail-order-refunded-heading = { $amount } refunded
mail-order-refunded-body = Hello { $name }, we have refunded { $amount } of your order for { $event }.
mail-order-refunded-button = See my order
mail-order-refunded-note = The money returns by the way you paid, as a rule within 5 to 10 days.
mail-order-refunded-by_hand = The organizer gave the money back to you in person.
mail-order-refunded-tickets = Refunded tickets no longer open the door.

mail-returned-payment-subject = Your payment for { $event } has been refunded
mail-returned-payment-preheader = { $amount } is on its way back; you lose nothing.
mail-returned-payment-heading = Your payment has been refunded
mail-returned-payment-body = { $why ->
    [expired] Hello { $name }, your payment of { $amount } for { $event } reached us after the time allowed, when the tickets had been released. We refunded it at once, in full.
    [cancelled] Hello { $name }, your payment of { $amount } for { $event } reached us after the order had been cancelled. We refunded it at once, in full.
    [paid] Hello { $name }, a payment of { $amount } for { $event } reached us although your order was already paid. We refunded it at once, in full; your tickets remain valid.
   *[other] Hello { $name }, your payment of { $amount } for { $event } did not match the amount of the order. We refunded it at once, in full.
}
mail-returned-payment-button = See the event
mail-returned-payment-note = The money returns by the way you paid, as a rule within 5 to 10 days. There is nothing for you to do.

mail-order-expired-subject = Your order for { $event } has expired
mail-order-expired-preheader = Nothing has been charged.
mail-order-expired-heading = Your order has expired
mail-order-expired-body = Hello { $name }, the tickets for { $event } were held for you, but the payment did not arrive in time. They are on sale again, and nothing has been charged.
mail-order-expired-button = Choose tickets again
mail-order-expired-note = If your bank shows a payment all the same, it is refunded automatically.

mail-find-orders-subject = Your orders
mail-find-orders-preheader = The links to your tickets, as you asked.
mail-find-orders-heading = Your orders
mail-find-orders-body = { $count ->
    [one] Here is the order placed with this address.
   *[other] Here are the { $count } orders placed with this address.
}
mail-find-orders-link = { $event }, order { $code }
mail-find-orders-note = These links open your tickets without a password: do not forward this e‑mail. You did not ask for it? Then ignore it.

mail-event-cancelled-subject = Cancelled: { $event }
mail-event-cancelled-preheader = { $when }: the event will not take place.
mail-event-cancelled-heading = { $event } is cancelled
mail-event-cancelled-body = Hello { $name }, we are sorry to tell you that { $organization } had to cancel { $event }.
mail-event-cancelled-tickets = Your tickets are no longer valid.
mail-event-cancelled-held = The tickets that were held for you are released, and nothing has been charged.
mail-event-cancelled-refund = Your { $amount } will be refunded automatically, by the way you paid. There is nothing for you to do.
mail-event-cancelled-button = See my order
mail-event-cancelled-note = A question? Reply to this e‑mail: { $organization } will answer you.

## For organizers

mail-sale-subject = New sale: { $event }
mail-sale-preheader = { $buyer }, { $amount }.
mail-sale-heading = { $count ->
    [one] One ticket sold
   *[other] { $count } tickets sold
}
mail-sale-body = { $count ->
    [one] { $buyer } has just taken a ticket for { $event }.
   *[other] { $buyer } has just taken { $count } tickets for { $event }.
}
mail-sale-button = See the order
