# Figures that come by themselves.
live-on = Live
live-on-note = These figures update by themselves.
live-off = Reconnecting…
live-told = { $sold } sold, { $entered } entered
