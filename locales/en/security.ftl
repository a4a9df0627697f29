# The safety of an account: where one is logged in, the address, the second factor, one's own data.

## The area of one's own account

account-area = My account
account-tab-profile = Profile
account-tab-security = Login
account-tab-sessions = Devices

## Sessions

account-sessions-lead = Everything that is logged in to your account. End what you do not recognize, then change your password.
account-sessions-count = { $count ->
    [one] Logged in on one device
   *[other] Logged in on { $count } devices
}
account-session-unknown = Unknown device
account-session-current = This one
account-session-browser = Browser
account-session-app = App
account-session-used = last used { $at }
account-session-opened = Logged in { $at }
account-session-end = Log out
account-sessions-others = All other devices
account-sessions-others-lead = You stay logged in here, and nowhere else.
account-sessions-end-others = Log out everywhere else
flash-session-ended = That device is logged out.
flash-sessions-ended = All your other devices are logged out.

## Mails that tell what has changed

mail-password-changed-subject = Your password has changed
mail-password-changed-preheader = Your other devices are logged out.
mail-password-changed-heading = Your password has changed
mail-password-changed-body = Hello { $name }, the password of your account has just been changed, and your other devices were logged out. If it was you, there is nothing to do.
mail-password-changed-button = It was not me
mail-password-changed-note = It was not you? Choose a new password at once with the button above.

## Another address

account-email-confirmed = Confirmed
account-email-unconfirmed = Not confirmed
account-email-change = Change the address
account-email-field = New e-mail address
account-email-how = We write to both addresses. Yours changes when both have said yes, within 24 hours.
account-email-ask = Ask for the change
account-email-asked = The change to { $new_email } waits for its answers until { $until }.
account-email-side-new = The new address has not confirmed yet.
account-email-side-new-yes = The new address has confirmed.
account-email-side-old = The present address has not agreed yet.
account-email-side-old-yes = The present address agrees.
account-email-cancel = Keep my present address
account-email-new-title = Is this address yours?
account-email-new-lead = { $new_email } is to replace { $old_email } as the address of an account.
account-email-new-yes = Yes, use this address
account-email-old-title = Do you want another address?
account-email-old-lead = Your account is to leave { $old_email } for { $new_email }. If you did not ask for it, refuse and choose a new password.
account-email-old-yes = Yes, change it
account-email-no = No, change nothing
account-email-waiting-title = Thank you
account-email-waiting = The address changes as soon as the other mailbox has answered too.
account-email-done-title = The address has changed
account-email-done = From now on you log in with the new address.
account-email-refused-title = Nothing has changed
account-email-refused = The account keeps its address. If you did not ask for this change, somebody knows your password: choose a new one.
account-email-gone = The change was made, refused or taken back, or its 24 hours are over.
flash-email-asked = We have written to both addresses.
flash-email-cancelled = Your address stays as it is.

mail-footer-address = You receive this e‑mail because someone entered your address on { $site }.
mail-email-new-subject = Confirm your new e‑mail address
mail-email-new-preheader = One click, and your account can use it.
mail-email-new-heading = Is this address yours?
mail-email-new-body = { $hours ->
    [one] Hello { $name }, you want to use { $new_email } for your account. Confirm within one hour that you read this mailbox. We have written to your present address too.
   *[other] Hello { $name }, you want to use { $new_email } for your account. Confirm within { $hours } hours that you read this mailbox. We have written to your present address too.
}
mail-email-new-button = Confirm this address
mail-email-new-note = You did not ask for this? Ignore this e‑mail: nothing will happen.
mail-email-old-subject = Do you want another e‑mail address?
mail-email-old-preheader = Somebody asks to change the address of your account.
mail-email-old-heading = Another address for your account
mail-email-old-body = { $hours ->
    [one] Hello { $name }, you asked for your account to use { $new_email } from now on. Agree or refuse within one hour; without an answer nothing changes.
   *[other] Hello { $name }, you asked for your account to use { $new_email } from now on. Agree or refuse within { $hours } hours; without an answer nothing changes.
}
mail-email-old-button = Agree or refuse
mail-email-old-note = You did not ask for this? Refuse, and choose a new password: somebody knows yours.
mail-email-taken-subject = You already have an account
mail-email-taken-preheader = Someone wanted to use this address for another account.
mail-email-taken-heading = You already have an account
mail-email-taken-body = Hello { $name }, someone, perhaps you, wanted to move another account to { $new_email }. This address has an account of its own, so that cannot be. Nothing has changed.
mail-email-taken-button = Log in
mail-email-taken-note = It was not you? Ignore this e‑mail.
mail-email-changed-subject = Your e‑mail address has changed
mail-email-changed-preheader = You log in with the new one from now on.
mail-email-changed-heading = Your e‑mail address has changed
mail-email-changed-body = Hello { $name }, your account now uses { $new_email }. Log in with that address from now on.
mail-email-changed-button = Log in
mail-email-changed-note = Both addresses have agreed to it. If this is not what you wanted, change it back in your account.

## The second factor

account-factor = Second factor
account-factor-on = On
account-factor-off = Off
account-factor-lead = Besides your password, a code from an app on your phone: whoever steals the one does not have the other.
account-factor-apps = Any app that makes such codes will do: Aegis, FreeOTP, Google Authenticator, 1Password and others.
account-factor-since = At each login a code is asked for besides your password, since { $at }.
account-factor-start = Set up the second factor
account-factor-manage = Change the second factor
account-factor-scan = Scan this picture with your app, then type the code that it shows.
account-factor-picture = QR code for your app
account-factor-type = You cannot scan it? Type this key into the app:
account-factor-open = Open in an app on this device
account-factor-first = The six digits that the app shows now.
account-factor-enable = Turn on
account-factor-ends = Your other devices will be logged out.
account-factor-required = { $count ->
    [one] { $organizations } asks its members for a second factor. Set yours up to go on; it takes two minutes.
   *[other] { $organizations } ask their members for a second factor. Set yours up to go on; it takes two minutes.
}
account-factor-other = Work in { $name } instead
account-factor-disable = Turn the second factor off
account-factor-disable-lead = From then on your password alone opens your account.
account-factor-disable-required = Without it you can no longer work in { $organizations }.
account-code-title = Your code
account-code-lead = The six digits that your app shows now.
account-code-field = Code of the app
account-code-use = Use the code of the app
account-code-or-recovery = Code of the app, or a recovery code
account-recovery-title = A recovery code
account-recovery-lead = One of the ten codes that you kept when you set up the second factor. Each works once.
account-recovery-field = Recovery code
account-recovery-use = Use a recovery code
account-codes = Recovery codes
account-codes-first = The second factor is on.
account-codes-new = These codes take the place of those before.
account-codes-keep = Keep these codes where you will find them without your phone: on paper, or in a password manager. Each opens your account once when the app is not at hand. They are shown this once.
account-codes-kept = I have kept them
account-codes-left = { $count ->
    [0] No recovery code is left. Make new ones.
    [one] One recovery code is left.
   *[other] { $count } recovery codes are left.
}
account-codes-renew = Make new codes
account-codes-renew-lead = Those from before stop working.
flash-login-again = That took too long. Please log in again.
flash-second-factor-off = The second factor is off.
manage-safety = Safety
manage-require-factor = Members need a second factor
manage-require-factor-hint = Whoever has none yet is led to set it up before going on. Set up your own first.
problem-identity-code_needed = This account has a second factor: send its code too.
problem-identity-second_factor_stands = The second factor is on already.
problem-identity-no_second_factor = There is no second factor to use. Set one up first.
problem-identity-second_factor_required = This organization asks its members for a second factor. Set yours up, then try again.
problem-organizations-own_second_factor_first = Set up your own second factor first: otherwise you would lock yourself out.
field-wrong_code = This code is not right, or was used already. Wait for the next one.

mail-factor-on-subject = The second factor is on
mail-factor-on-preheader = A code is asked for at each login from now on.
mail-factor-on-heading = The second factor is on
mail-factor-on-body = Hello { $name }, your account now asks for a code of your app at each login, and your other devices were logged out. Keep your recovery codes in a safe place.
mail-factor-on-button = See my account
mail-factor-on-note = It was not you? Choose a new password at once, and write to whoever runs this site.
mail-factor-off-subject = The second factor is off
mail-factor-off-preheader = Your password alone opens your account now.
mail-factor-off-heading = The second factor is off
mail-factor-off-body = Hello { $name }, your account no longer asks for a code at login: your password alone opens it.
mail-factor-off-button = See my account
mail-factor-off-note = It was not you? Choose a new password at once, and turn the second factor on again.
mail-recovery-used-subject = A recovery code was used
mail-recovery-used-preheader = It works no more; the others still do.
mail-recovery-used-heading = A recovery code was used
mail-recovery-used-body = Hello { $name }, a recovery code of your account has just been used in place of the code of your app. It does not work a second time.
mail-recovery-used-button = See my account
mail-recovery-used-note = It was not you? Choose a new password at once, and make new recovery codes.
mail-factor-guessing-subject = Somebody tries to get into your account
mail-factor-guessing-preheader = They know your password, and guess the codes.
mail-factor-guessing-heading = Somebody tries to get into your account
mail-factor-guessing-body = Hello { $name }, several wrong codes in a row were typed for your account, after the right password. We now look at codes ever more slowly. If it was you, wait a little; if not, choose a new password.
mail-factor-guessing-button = Choose a new password
mail-factor-guessing-note = Nobody has got in. A new password makes theirs worthless.

## One's own data

account-tab-data = My data
account-copy = A copy of my data
account-copy-lead = A file with your account, your roles, your devices, and your orders and tickets of all organizers. We prepare it and write to you when it is ready.
account-copy-ask = Prepare my copy
account-copy-again = Prepare it anew
account-copy-preparing = Asked for { $asked }. It is being prepared; a mail tells you when it is ready.
account-copy-download = Download ({ $size } kB)
account-copy-until = Asked for { $asked }. It stays here until { $until }.
account-erase = Delete my account
account-erase-lead = Seven days after you ask, your account ends. Until then you can change your mind.
account-erase-gone = Your profile, your badge, your roles and your devices are gone.
account-erase-stays = Orders and tickets stay with their organizers, who must keep them, without your name and address.
account-erase-tickets = You will no longer find your tickets here: keep those that you still need.
account-erase-ask = Delete my account
account-erase-delay = In seven days.
account-erase-at = Your account ends on { $at }.
account-keep = Keep my account
account-keep-title = Do you want to keep your account?
account-keep-lead = You asked for your account to be deleted. One click and it stays.
account-keep-gone = The account is kept already, or it has ended.
account-kept-title = Your account stays
account-kept = Nothing has been deleted. If you did not ask for it, choose a new password: somebody knows yours.
flash-data-asked = Your copy is being prepared.
flash-erase-asked = Your account will be deleted in seven days. We have written to you.
flash-erase-cancelled = Your account stays.
erased-person = Deleted account
problem-identity-last_owner = Nobody else owns { $organizations }. Make another member an owner or delete the organization, then delete your account.

data-readme-title = The data of { $name }
data-readme-account = account.json: your account, as you gave it to us.
data-readme-roles = roles.json: what you are in organizations and in their events.
data-readme-sessions = sessions.json: where you were logged in, in the last weeks.
data-readme-orders = orders/: a file for each organizer, with your orders, your tickets, and tickets that others bought for you.
data-readme-note = Files that end in .json are text; any editor opens them. Times are in UTC unless they say otherwise. Your password and the key of your second factor are not in it: nobody can read them.

mail-data-ready-subject = The copy of your data is ready
mail-data-ready-preheader = It waits in your account.
mail-data-ready-heading = The copy of your data is ready
mail-data-ready-body = { $days ->
    [one] Hello { $name }, the copy that you asked for waits in your account for one day. Log in to download it.
   *[other] Hello { $name }, the copy that you asked for waits in your account for { $days } days. Log in to download it.
}
mail-data-ready-button = Download my copy
mail-data-ready-note = You did not ask for it? Choose a new password at once: somebody knows yours.
mail-erase-asked-subject = Your account will be deleted on { $day }
mail-erase-asked-preheader = Until then you can keep it with one click.
mail-erase-asked-heading = Your account will be deleted
mail-erase-asked-body = Hello { $name }, you asked for your account to be deleted. It ends on { $day }. Orders and tickets stay with their organizers without your name; keep the tickets that you still need.
mail-erase-asked-button = Keep my account
mail-erase-asked-note = You did not ask for it? Keep your account with the button above, and choose a new password.
mail-erase-refused-subject = Your account could not be deleted
mail-erase-refused-preheader = Somebody has to own your organizations.
mail-erase-refused-heading = Your account could not be deleted
mail-erase-refused-body = Hello { $name }, your account was to be deleted today, but nobody else owns { $organizations }. Make another member an owner or delete the organization, then ask again.
mail-erase-refused-button = See my account
mail-erase-refused-note = Nothing has been deleted.
mail-erased-subject = Your account has been deleted
mail-erased-preheader = This is our last mail.
mail-erased-heading = Your account has been deleted
mail-erased-body = Your profile, your roles and your devices are gone. What organizers must keep of orders and tickets no longer names you.
mail-erased-note = This is the last mail about this account. You are welcome to come back with a new one.
mail-footer-erased = You receive this e‑mail because this address was used for an account on { $site }.
