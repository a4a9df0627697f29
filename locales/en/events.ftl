# Events: what an organizer reads when something does not work, and the kinds of events.
problem-events-slug_taken = Another event already has this address. Choose another one.
problem-events-quota_below_sold = More tickets are sold or held than the quota would have places. Choose a larger size.
problem-events-has_orders = There are orders for this, so it stays. Cancel the event instead, or end the sale.
problem-events-currency_fixed = The currency cannot change once the event has ticket types.
problem-events-cancelled = This event is cancelled. It can no longer be published or sold.

field-year_out_of_range = Choose a date between the years 2000 and 2100.
field-no_file = A file cannot be sent here. Send the other fields without it.
field-percentage = Give a percentage from 0 to 100 with two decimals at most, such as 20 or 5.5.

# The quota that is the event's capacity.
events-whole-event = Whole event

events-category-conference = Conference
events-category-concert = Concert
events-category-workshop = Workshop
events-category-exhibition = Exhibition
events-category-sport = Sport
events-category-festival = Festival
events-category-meeting = Meeting
events-category-training = Training
events-category-theatre = Theatre
events-category-other = Other
