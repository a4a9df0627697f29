# Names of sheets, headings of columns and words for states in exported lists.
export-sheet-participants = Participants
export-sheet-orders = Orders
export-sheet-payments = Payments

export-column-order_code = Order
export-column-status = Status
export-column-first_name = First name
export-column-last_name = Last name
export-column-email = E-mail
export-column-ticket_code = Ticket code
export-column-ticket_type = Ticket type
export-column-price = Price
export-column-total = Total
export-column-amount = Amount
export-column-refunded = Refunded
export-column-currency = Currency
export-column-created_at = Created
export-column-paid_at = Paid
export-column-checked_in_at = Checked in
export-column-gate = Gate
export-column-provider = Payment method
export-column-payment_reference = Payment reference

export-order-pending = Pending
export-order-paid = Paid
export-order-expired = Expired
export-order-cancelled = Cancelled
export-order-partially_refunded = Partly refunded
export-order-refunded = Refunded

export-payment-pending = Pending
export-payment-succeeded = Succeeded
export-payment-failed = Failed
export-payment-cancelled = Cancelled
export-payment-expired = Expired
export-payment-partially_refunded = Partly refunded
export-payment-refunded = Refunded

export-ticket-valid = Valid
export-ticket-used = Used
export-ticket-revoked = Revoked
