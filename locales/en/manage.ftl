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
