# Les chiffres qui viennent d'eux-mêmes.
live-on = En direct
live-on-note = Ces chiffres se mettent à jour tout seuls.
live-off = Reconnexion…
live-told = { $sold } vendus, { $entered } entrés
