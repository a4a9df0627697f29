# The list of events: finding, narrowing, subscribing.

catalogue-more = More filters
catalogue-date-from = From
catalogue-date-to = Until
catalogue-price-max = Highest price
catalogue-price-max-in = Highest price ({ $currency })
catalogue-currency = Currency of the price
catalogue-ordering = Order
catalogue-order-best = What fits best
catalogue-order-start-date = The soonest first
catalogue-order-down-start-date = The latest first
catalogue-order-relevance = What fits the search
catalogue-order-distance = The nearest first
catalogue-order-name = By name
catalogue-order-price = The cheapest first
catalogue-order-down-price = The dearest first
catalogue-order-newest = The newest first
catalogue-radius = Around, in kilometres
catalogue-days = Dates
catalogue-cities = Towns
catalogue-near = Near me
catalogue-near-refused = Your device does not say where you are.
catalogue-near-chip = Within { $km } km of you
catalogue-distance = { $km ->
    [0] less than 1 km
   *[other] { $km } km
}
catalogue-day-from = From { $day }
catalogue-day-to = Until { $day }
catalogue-price-to = Up to { $price }
catalogue-active = Filters in use
catalogue-remove = Remove:
catalogue-clear = Remove all
catalogue-count-more = More than { $count } events
catalogue-corrected = Results for “{ $reads }”.
catalogue-as-typed = Search “{ $typed }” instead
catalogue-names-only = The search took too long. These are the events whose names begin so; try again in a moment, or with more precise words.
catalogue-subscribe = Subscribe:
catalogue-subscribe-calendar = Calendar
catalogue-subscribe-rss = RSS feed
catalogue-of-organizer = All events of { $name }

field-coordinates = Give latitude and longitude in degrees, such as 48.8566,2.3522.
field-radius = Give a number of kilometres from 0.1 to 200.
field-ordering_needs = Sorting by relevance needs search, by distance needs near.
