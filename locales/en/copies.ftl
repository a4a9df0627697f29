manage-duplicate = Make this event again
manage-duplicate-lead = A draft with the same contents, files, ticket types and quotas. Orders, team and private link stay here.
manage-duplicate-start = Start
manage-duplicate-start-hint = On the clocks of { $zone }. The end, the sales and the gate move along.
manage-duplicate-do = Create the drafts
manage-rhythm = Repetition
manage-rhythm-once = One date only
manage-rhythm-daily = Every day
manage-rhythm-weekly = Every week
manage-rhythm-fortnightly = Every two weeks
manage-rhythm-monthly = Every month
manage-rhythm-count = Number of dates
manage-series = Show visitors the other dates
flash-event-copied = The draft is made. Check it, then publish.
flash-events-copied = The drafts are made. Check them, then publish them.
event-other-dates =
    { $count ->
        [one] Another date
       *[other] { NUMBER($count) } other dates
    }
