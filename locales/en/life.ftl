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
       *[other] { NUMBER($count) } test orders will be deleted, with their tickets and payments.
    }
manage-test-live = Go live
manage-test-live-do = Delete the tests and go live
flash-event-in-test = The event is in test mode.
flash-event-not-in-test = A real order has just arrived: test mode is no longer possible.
flash-event-live = The event is live. Orders are real from now on.
