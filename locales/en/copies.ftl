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
manage-status-template = Templates
event-badge-template = Template
manage-template-keep = Keep as a template
manage-template-use-short = Make an event
manage-template-use = Make an event from it
manage-template-lead = Nobody outside your team sees a template, and nothing of it is sold. Events made from it begin as drafts and no longer change with it.
manage-template-all = All templates
manage-template-delete = Delete the template
manage-template-delete-sure = The template goes for good. Events made from it stay.
manage-templates-none-title = No template yet
manage-templates-none-text = Open an event and keep it as a template: its contents, files, ticket types and quotas then serve to make others.
manage-from-template = Start from a template
flash-event-template = The template is kept. Make events from it whenever you like.
problem-events-template = This is a template: make an event from it, then publish that.
event-other-dates =
    { $count ->
        [one] Another date
       *[other] { $count } other dates
    }
flash-template-deleted = The template is deleted.
