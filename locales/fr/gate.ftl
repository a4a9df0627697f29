# The pages of the gate.

gate-title = Contrôler les billets
gate-lead = Choisissez l’événement dont vous gardez l’entrée.
gate-name = Entrée
gate-name-hint = Portail nord
gate-no-name = Contrôle
gate-way = Sens
gate-way-entry = Entrée
gate-way-exit = Sortie
gate-way-entry-switch = Passer à l’entrée
gate-way-exit-switch = Passer à la sortie
gate-start = Commencer
gate-none-title = Aucune entrée à garder
gate-none-text = Un organisateur doit vous donner le rôle de contrôleur dans un événement publié.
gate-leave = Quitter le contrôle
gate-offline = Hors ligne, nouvel essai
gate-camera = Appareil photo
gate-camera-start = Activer l’appareil photo
gate-camera-denied = Pas d’appareil photo. Saisissez le code ci-dessous, ou cherchez par nom.
gate-aim = Visez le QR du billet ou du badge
gate-torch = Allumer la lampe
gate-ready = Prêt pour le suivant
gate-granted = Entrée acceptée
gate-granted-exit = Sortie notée
gate-already_used = Déjà entré
gate-already_used-note = Ce billet a déjà servi.
gate-payment_required = Non payé
gate-payment_required-note = Il y a une commande, mais elle n’est pas payée.
gate-unknown = Billet inconnu
gate-unknown-note = Ce n’est pas un de nos billets. Réessayez, ou cherchez par nom.
gate-revoked = Billet annulé
gate-revoked-note = Le billet a été remboursé, annulé ou réémis.
gate-other_event = Autre événement
gate-other_event-note = Le billet est valable, mais pas ici.
gate-event_not_open = Pas ouvert
gate-event_not_open-note = L’entrée n’est pas ouverte à cette heure.
gate-not_inside = Pas à l’intérieur
gate-not_inside-note = Personne n’est entré avec ce billet.
gate-first-time = Premier passage
gate-found = { $count ->
    [one] { $count } billet trouvé
   *[other] { $count } billets trouvés
}
gate-found-none = Personne de ce nom n’a de billet.
gate-let-in = Faire entrer
gate-let-out = Faire sortir
gate-type = Code d’un billet ou d’un badge
gate-type-hint = Douchette ou clavier
gate-check = Contrôler
gate-search = Chercher un participant
gate-search-hint = Nom, e‑mail, code
gate-entered = entrés sur { $valid }
gate-last = Derniers passages
gate-last-none = Aucun passage encore.
gate-somebody = Inconnu
