# What went wrong, and what to do about it. One key a problem code.
problem-internal = Something went wrong on our side. Please try again in a moment; if it persists, tell us the number shown with this message.
problem-not_found = There is nothing at this address, or you do not have access to it.
problem-method_not_allowed = This address does not accept this kind of request.
problem-malformed = The request could not be read. Check its format and send it again.
problem-invalid = Some of the information is not valid. Correct the fields named below and send again.
problem-unauthenticated = You need to log in first.
problem-forbidden = Your role does not allow this. Ask an organizer if you should have access.
problem-too_large = What you sent is too large. Reduce its size and send it again.
problem-unsupported_media_type = This type of content is not accepted here.
problem-too_many_requests = Too many attempts in a short time. Wait a moment, then try again.
problem-unavailable = The service is briefly unavailable. Please try again in a moment.
problem-nul_character = The request contains a NUL character, which no text may contain.
problem-stale = Somebody else has changed this meanwhile. Reload it, then apply your change again.
problem-identity-wrong_credentials = The e‑mail address or the password is not right.
problem-identity-unconfirmed = Confirm your e‑mail address first: we have sent you a link.
problem-identity-not_invited = This invitation was sent to another e‑mail address. Log in with that address.
problem-organizations-slug_taken = Another organization already has this address. Choose another one.
problem-payments-declined = The card was declined. Your places are still held: try another card.
problem-payments-closed = This payment can no longer be changed.
problem-payments-refused = The payment provider refused. Nothing was charged.
problem-payments-too_much = This is more than what is left of the payments.
problem-payments-unavailable = The payment provider does not answer at the moment. Nothing was charged: try again in a moment.
problem-ticketing-sold_out = There are not enough tickets left.
problem-ticketing-sales_closed = These tickets are not on sale at the moment.
problem-ticketing-limit_exceeded = This is more tickets than one order or one person may have.
problem-ticketing-expired = The time to pay is over and the tickets were released. Please order again.
problem-ticketing-not_payable = In its present state this order cannot be paid.
problem-ticketing-nothing_to_send = This order has no tickets to send: it is not paid, or they were taken back.
problem-ticketing-not_cancellable = This order can no longer be cancelled. Ask the organizer for a refund.
problem-ticketing-not_refundable = Nothing is left to refund: these tickets were refunded already, or less is left than was asked for.
problem-ticketing-not_correctable = This order can no longer be corrected.
problem-ticketing-not_nameable = This ticket has been used or taken back: it keeps its name.
problem-ticketing-ticket_revoked = This ticket was refunded or cancelled: there is nothing to print.
problem-checkin-already_used = Already used: this ticket has let somebody in before.
problem-checkin-payment_required = The order is not paid yet.
problem-checkin-refused = { $reason ->
    [revoked] Refused: this ticket was refunded, cancelled or issued anew.
    [other_event] Refused: this ticket is for another event.
    [not_inside] Refused: nobody has come in with this ticket.
    [event_not_open] Refused: the gate is not open for this event now.
   *[other] Refused: this ticket does not open this gate.
}
problem-checkin-unknown = Unknown: no ticket of this event matches this code.
problem-checkin-unreadable = The code could not be read. Scan it again.

# Fields: what is wrong with one of them. One key a field code.
field-required = This is required.
field-type = This is not the kind of value that is expected here.
field-too_short = This is too short: at least { $least } characters.
field-too_long = This is too long: at most { $most } characters.
field-too_small = This is too small: at least { $least }.
field-too_large = This is too large: at most { $most }.
field-too_many = These are too many.
field-too_few = These are too few.
field-unknown_choice = This is not one of the possible values.
field-unknown = We do not know this.
field-email = This is not an e‑mail address.
field-uuid = This is not an id.
field-url = This is not a web address.
field-date = This is not a date, such as 2026-12-31.
field-date_time = This is not a time with its offset, such as 2026-12-31T20:00:00+01:00.
field-dates_in_order = The end must not be before the start.
field-amount = This is not an amount of this currency, such as 30.00.
field-amount_too_large = The total is larger than one order may have.
field-below_minimum = Fewer tickets than one order of this type must have.
field-unreadable = This could not be read.
field-dates_told = Tickets are sold: postpone the event, and buyers are told the new date.
field-unchanged = This is how it is already.
field-already_member = This person is already a member of the organization. Change their role in the list.
field-already_role = This person already has this role.
field-key_reused = This key was used for another request.
field-slug = Use 3 to 60 lower-case letters, digits and single hyphens.
field-bad_link = This link is not valid or has run out. Ask for a new one.
field-wrong_password = This is not your present password.
field-unknown_card = No card has this number.
field-control_character = Line breaks and invisible control characters are not allowed here.
problem-foreign_form = This page was open for a long time or in another window. Go back, reload it and send it again: nothing has been done.
problem-session_ended = Your session has ended, here or on another device: nothing has been done. Your browser’s back button still has what you typed: copy it, then log in again to send it.
field-consent = Please accept the conditions of sale.
field-taken = This address is taken already. Choose another one.
field-local_time = This is not a date with a time. Choose both.
field-image_size = This image is larger than 10 MB. Make it smaller or choose another one.
field-image_kind = This is no JPEG, PNG or WebP image. Choose another file.
field-image_broken = This image is broken and cannot be read. Choose another file.
field-image_pixels = This image has too many pixels: 12,000 a side at most, and 60 million in all (7,700 × 7,700, for instance). Make it smaller.
field-pdf_kind = This is no PDF file. Choose another file.
field-pdf_broken = This PDF is incomplete. Choose another file.
field-pdf_size = This PDF is larger than 10 MB. Make it smaller or choose another one.
field-below_sold = This is less than what is sold or held already.
