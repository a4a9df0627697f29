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
