# The pages of those who organize.

## Organization

desk-menu = Main menu
desk-open-menu = Open the menu
desk-events = Events
desk-settings = Settings
desk-members = Team
desk-public = Public page
desk-switch = Switch organization
manage-create = Create an event
manage-save = Save
manage-more = More settings
manage-read-only = Your role lets you read this page, not change it.
manage-start-title = Set up your organization
manage-start-lead = A society, a venue, a town, a company: whoever sells the tickets.
manage-start-do = Create the organization
manage-organization-name = Name of the organization
manage-organization-name-hint = It is shown on your events and on the tickets.
manage-organization-slug = Address of your page
manage-slug-hint = After { $address }: lower-case letters, digits and hyphens. Made of the name when left empty.
manage-country = Country
manage-country-hint = Currency and time zone follow from it; you may choose others.
manage-by-country = By the country
manage-currency = Currency
manage-currency-hint = For events that are created from now on.
manage-locale = Language
manage-timezone = Time zone
manage-timezone-hint = Each event may have its own.
manage-contact = Contact address
manage-contact-hint = Answers to your mails arrive there.
manage-settings-address = Your page:
manage-members-lead = Who prepares the events with you.
manage-invitations = Open invitations
manage-invitation-until = until { $date }
manage-invitation-revoke = Take back
manage-remove = Remove
manage-remove-sure = { $name } will no longer have access to your events.
manage-invite-title = Invite somebody
manage-invite-role = Role
manage-invite-do = Send the invitation
manage-invite-hint = The link of the invitation works for 14 days.
role-hint-admin = Everything, with settings and team.
role-hint-sales = Sees the events, looks after customers.
role-hint-operator = Sees the events, helps on site.
role-hint-viewer = Sees the events, changes nothing.
flash-organization-founded = Your organization is ready. Create your first event.
flash-settings-saved = The settings are saved.
flash-invitation-sent = The invitation is on its way.
flash-invitation-revoked = The invitation is taken back.
flash-member-removed = That person is no longer in the team.

## Countries

country-AE = United Arab Emirates
country-AT = Austria
country-AU = Australia
country-BE = Belgium
country-BF = Burkina Faso
country-BH = Bahrain
country-BJ = Benin
country-CA = Canada
country-CD = DR Congo
country-CH = Switzerland
country-CI = Côte d’Ivoire
country-CM = Cameroon
country-DE = Germany
country-DK = Denmark
country-DZ = Algeria
country-EG = Egypt
country-ES = Spain
country-FI = Finland
country-FR = France
country-GA = Gabon
country-GB = United Kingdom
country-GN = Guinea
country-GR = Greece
country-IE = Ireland
country-IQ = Iraq
country-IT = Italy
country-JO = Jordan
country-KW = Kuwait
country-LB = Lebanon
country-LU = Luxembourg
country-LY = Libya
country-MA = Morocco
country-MC = Monaco
country-MG = Madagascar
country-ML = Mali
country-MR = Mauritania
country-NE = Niger
country-NL = Netherlands
country-NO = Norway
country-OM = Oman
country-PL = Poland
country-PT = Portugal
country-QA = Qatar
country-SA = Saudi Arabia
country-SE = Sweden
country-SN = Senegal
country-TG = Togo
country-TN = Tunisia
country-TR = Türkiye
country-US = United States

manage-members-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}

## Events

desk-tab-overview = Overview
desk-tab-edit = Details
desk-tab-tickets = Tickets and quotas
desk-tab-orders = Orders
desk-tab-participants = Participants
desk-tab-sales = Sales
event-badge-draft = Draft
event-badge-published = On sale
event-badge-active = Under way
event-badge-completed = Over
event-badge-cancelled = Cancelled
manage-hello = Hello { $name }
manage-search = Name, place or town
manage-status = Period
manage-status-any = All
manage-status-upcoming = Upcoming
manage-status-active = Under way
manage-status-completed = Over
manage-status-cancelled = Cancelled
manage-filter = Filter
manage-column-event = Event
manage-column-state = State
manage-column-sold = Tickets sold
manage-sold-of = { $sold } of { $size }
manage-quota-unlimited = { $sold } sold, no limit
manage-none-text = Try fewer words or another period.
manage-none-all = See all my events
manage-empty-title = No event yet
manage-empty-text = A name, a date, a price: a few minutes are enough.
manage-empty-viewer = The team’s events will be shown here.
manage-create-lead = Nothing is public before you publish it.
manage-create-note = Saved as a draft.
manage-create-do = Create the draft
manage-save-note = Changes are visible as soon as they are saved.
manage-leave = Leave without saving
manage-tabs = Pages of the event
manage-preview = Preview
manage-public-page = Public page
manage-preview-note = Preview: only you who organize it see this page.
manage-preview-back = Back to the event
manage-section-basics = The basics
manage-section-when = Dates and place
manage-section-ticket = First ticket
manage-section-ticket-hint = You can add others, with quotas and sales dates of their own.
manage-section-capacity = Places
manage-section-more = More settings
manage-section-image = Image
manage-event-name = Title
manage-category = Category
manage-description = Description
manage-description-hint = Markdown works: # heading, **bold**, - list, [link](https://…).
manage-description-preview = See the description as it is shown
manage-start = Start
manage-end = End
manage-location = Place
manage-location-hint = Venue, address
manage-city = Town
manage-more-place = Time of { $zone }, coordinates
manage-latitude = Latitude
manage-longitude = Longitude
manage-coordinates-hint = They add a link to the map.
manage-first-ticket = Full price
manage-type-name = Name of the ticket
manage-price = Price ({ $currency })
manage-price-hint = 0 for a free ticket. Taxes included.
manage-capacity = Number of places
manage-capacity-hint = For all kinds of tickets together. Empty: no limit.
manage-to-tickets = Tickets and quotas
manage-visibility = Who finds it
manage-visibility-public = Everybody
manage-visibility-private = Who has the link
manage-visibility-hint-public = It is shown in the catalogue and on your page.
manage-visibility-hint-private = It is shown nowhere; you send the link.
manage-private-link = Private link
manage-show-remaining = Tell how many places are left when few are
manage-event-contact-hint = Where visitors may write. Empty: the organization’s address.
manage-terms = Terms
manage-terms-hint = Printed on the tickets.
manage-gate-opens = Doors open
manage-gate-closes = Doors close
manage-gate-hint = Outside of these hours no ticket opens the gate. Empty: always.
manage-event-language = Language of the event
manage-currency-fixed = Fixed by the tickets that exist.
manage-slug = Address of the page
manage-image = Add an image
manage-image-replace = Replace the image
manage-image-remove = Remove the image
manage-image-hint = JPEG, PNG or WebP, at most 10 MB. Better wide, 1600 × 900 or more.
manage-image-again = The image was not saved with the rest. Choose it again.
manage-conflict = { $name } changed this event on { $when }, while you had it open.
manage-conflict-hint = What you typed is kept below. If you save, it replaces those changes.
manage-conflict-see = See that version
manage-facts = The event
manage-change = Change
manage-change-name = Change { $name }
manage-no-dates = No date yet
manage-no-place = No place yet
manage-tickets = Tickets
manage-no-types-title = No tickets
manage-no-types-text = Add one, free or priced, to be able to publish.
manage-before = Before publishing
manage-check-done = , done
manage-check-needed = Needed to publish
manage-check-advised = Advised
manage-check-dates = Dates chosen
manage-check-dates-missing = Choose the dates
manage-check-tickets = At least one ticket
manage-check-tickets-missing = Add a ticket
manage-check-place = Place told
manage-check-place-missing = Tell the place
manage-check-description = Description written
manage-check-description-missing = Write the description
manage-check-image = Image added
manage-check-image-missing = Add an image
manage-publish = Publish the event
manage-publish-hint = Visible as soon as published. Sales follow the dates of each ticket.
manage-publish-not = Complete what is needed first.
manage-share = Spread the word
manage-end-of-it = Stop
manage-delete = Delete the draft
manage-delete-sure = The event and its tickets are gone for good.
manage-delete-do = Delete
manage-cancel = Cancel the event
manage-cancel-hint = Sales stop and everybody is refunded. A page tells the details first.
manage-cancel-title = Cancel this event?
manage-cancel-sales = Sales stop at once.
manage-cancel-money = What was paid goes back, the way it came.
manage-cancel-public = The public page says that the event is cancelled.
manage-cancel-final = This cannot be undone.
manage-cancel-do = Cancel the event
manage-cancel-keep = Keep the event
manage-cancelled-note = This event is cancelled. Orders are refunded and buyers are told.
manage-type-more = Description, sales dates, limits, tax, quota
manage-type-description = Description
manage-sales-start = On sale from
manage-sales-end = On sale until
manage-min = Least per order
manage-max = Most per order
manage-max-person = Most per person
manage-tax = Tax included (%)
manage-type-quota = Quota
manage-type-quota-none = The event’s places alone
manage-type-add = Add a ticket
manage-type-add-do = Add this ticket
manage-type-change-hint = Orders that were placed keep their price.
manage-type-remove = Remove this ticket
manage-type-remove-hint = Possible while nobody has ordered it. Otherwise, end its sales.
manage-type-remove-sure = “{ $name }” is no longer sold.
manage-move-up = Move { $name } up
manage-move-down = Move { $name } down
manage-quotas = Quotas
manage-quotas-hint = A quota limits one or several kinds of tickets together, such as a balcony or early birds.
manage-quota-event = The event’s number of places; it is changed in the details.
manage-quota-name = Name
manage-quota-size = Places
manage-quota-add = Add a quota
manage-quota-add-do = Add this quota
flash-event-created = The draft is ready. Check it, then publish.
flash-event-saved = The event is saved.
flash-event-published = The event is published.
flash-event-incomplete = Something is still missing before publishing.
flash-event-deleted = The draft is deleted.
flash-event-has-orders = There are orders: cancel the event instead of deleting it.
flash-event-cancelled = The event is cancelled. Refunds are on their way.
flash-type-added = The ticket is added.
flash-type-saved = The ticket is saved.
flash-type-removed = The ticket is removed.
flash-type-has-orders = This ticket has orders: it stays. You can end its sales.
flash-quota-added = The quota is added.
flash-quota-saved = The quota is saved.
flash-quota-removed = The quota is removed.
flash-quota-used = This quota is used by a ticket: it stays.

manage-events-count = { $count ->
    [one] { $count } event
   *[other] { $count } events
}
manage-sold = { $count ->
    [one] { $count } sold
   *[other] { $count } sold
}
manage-left = { $count ->
    [one] { $count } left
   *[other] { $count } left
}
manage-places = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
manage-cancel-tickets = { $count ->
    [one] { $count } ticket is no longer valid; its holder is told by mail.
   *[other] { $count } tickets are no longer valid; everybody is told by mail.
}
