# The pages of the gate.

gate-title = Scan tickets
gate-lead = Choose the event you stand at the door of.
gate-name = Gate
gate-name-hint = North gate
gate-no-name = Gate
gate-way = People
gate-way-entry = Come in
gate-way-exit = Go out
gate-way-entry-switch = Switch to coming in
gate-way-exit-switch = Switch to going out
gate-start = Start
gate-none-title = No gate for you yet
gate-none-text = An organizer has to give you the role of a controller in a published event.
gate-leave = Leave
gate-offline = No network, trying again
gate-camera = Camera
gate-camera-start = Switch the camera on
gate-camera-denied = No camera. Type the code below, or search by name.
gate-aim = Aim at the QR code of the ticket or badge
gate-torch = Switch the lamp on
gate-ready = Ready for the next one
gate-granted = Come in
gate-granted-exit = Out
gate-already_used = Already inside
gate-already_used-note = This ticket has let somebody in before.
gate-payment_required = Not paid
gate-payment_required-note = There is an order, but it is not paid.
gate-unknown = Unknown ticket
gate-unknown-note = This is not a ticket of ours. Try again, or search by name.
gate-revoked = No longer valid
gate-revoked-note = The ticket was refunded, cancelled or issued anew.
gate-other_event = Another event
gate-other_event-note = The ticket is valid, but not here.
gate-event_not_open = Not open
gate-event_not_open-note = The gate lets nobody in at this time.
gate-not_inside = Not inside
gate-not_inside-note = Nobody came in with this ticket.
gate-first-time = First time
gate-found = { $count ->
    [one] One ticket found
   *[other] { $count } tickets found
}
gate-found-none = Nobody of this name has a ticket.
gate-let-in = Let in
gate-let-out = Let out
gate-type = Code of a ticket or badge
gate-type-hint = Scanner or keyboard
gate-check = Check
gate-search = Search a participant
gate-search-hint = Name, e‑mail, code
gate-entered = in of { $valid }
gate-last = Last scans
gate-last-none = Nothing scanned yet.
gate-somebody = Unknown
