# The labels of the ticket as a PDF.
document-ticket-title = Ticket
document-ticket-holder = Name
document-ticket-type = Ticket type
document-ticket-price = Price
document-ticket-code = Ticket code
document-ticket-order = Order
document-ticket-when = When
document-ticket-place = Where
document-ticket-map = Open the map
document-ticket-terms = Terms
document-ticket-instructions = Show this QR code at the entrance, on paper or on your phone. It admits one person, once: keep it to yourself.
document-ticket-fold = Fold here
document-ticket-free = Free
