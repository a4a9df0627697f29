# What organizers read of the sales of an event: figures, orders, participants.

## Sales

sales-title = Ventes
sales-crumbs = Fil d’Ariane
sales-moment = { $date }, { $time }
sales-export = Exporter
sales-export-orders = Commandes
sales-export-participants = Participants
sales-export-payments = Paiements
sales-of = sur { $whole }
sales-unlimited = Sans limite
sales-sold = Billets vendus
sales-held = { $count ->
    [one] { $count } en attente de paiement
   *[other] { $count } en attente de paiement
}
sales-left = Restants
sales-left-note = Encore en vente
sales-revenue = Recette
sales-revenue-note = Payé, moins remboursé
sales-entered = Entrés
sales-at = À jour à
sales-by-day = Billets par jour
sales-chart = Billets vendus par jour, du { $first } au { $last }
sales-online = En ligne
sales-by-hand = À la main
sales-see-figures = Voir les chiffres
sales-day = Jour
sales-value = Recette
sales-by-type = Par tarif
sales-sold-short = Vendus
sales-sold-of = { $type }, vendus
sales-held-short = En attente
sales-other = Remboursements en cours ou sans billet
sales-no-types = Rien n’est encore en vente
sales-no-types-text = Ajoutez un premier tarif : ses ventes s’afficheront ici.
sales-no-types-action = Ajouter un tarif
sales-notify = Être prévenu des ventes
sales-notify-to = Les e‑mails vont à l’adresse de contact :
sales-notify-nobody = L’organisation n’a pas d’adresse de contact : aucun e‑mail ne peut partir.
sales-notify-settings = Ouvrir les réglages
sales-notify-wanted = Envoyer un e‑mail à chaque vente en ligne
sales-notify-save = Enregistrer
flash-sales-notified = Un e‑mail partira à chaque vente.
flash-sales-not-notified = Plus aucun e‑mail ne partira à chaque vente.

## Lists

sales-search = Rechercher
sales-filter = Filtrer
sales-all-statuses = Tous les états
sales-range = { $from } à { $to } sur { $count }
sales-range-capped = { $from } à { $to } sur plus de { $count }
sales-nothing-found = Aucun résultat
sales-nothing-found-text = Vérifiez l’orthographe, ou retirez un filtre.
sales-show-all = Tout afficher
orders-title = Commandes
orders-search = Nom, e‑mail, numéro de commande
orders-tickets = Billets
orders-count = { $count ->
    [one] { $count } billet
   *[other] { $count } billets
}
orders-none = Aucune commande pour l’instant
orders-none-text = Partagez la page de l’événement : les commandes arrivent ici.
orders-none-action = Voir la page de l’événement
channel-door = Sur place
channel-complimentary = Invitation
participants-title = Participants
participants-add = Ajouter
participants-search = Nom, e‑mail, code de billet
participants-all-types = Tous les tarifs
participants-name = Nom
participants-ticket = Billet
participants-none = Aucun participant pour l’instant
participants-none-text = Chaque billet vendu ajoute une ligne à cette liste.
holder-status-valid = Attendu
holder-status-used = Entré
holder-status-revoked = Repris

## One order

desk-order-print = Billets en PDF
desk-order-refund = Rembourser…
desk-order-rename = Corriger le nom
desk-order-rename-note = Le billet est réémis : l’ancien code QR ne marche plus, et le nouveau part par e‑mail à l’acheteur.
desk-order-rename-confirm = Réémettre le billet
desk-order-money = Paiements et remboursements
desk-order-refund-row = Remboursement
desk-order-refund-by-hand = Rendu en main propre
refund-status-pending = En cours
refund-status-succeeded = Remboursé
refund-status-failed = Refusé
refund-reason-event_cancelled = Événement annulé
refund-reason-unwanted = Paiement arrivé trop tard ou en double
pay-method-door = Sur place
tender-cash = Espèces
tender-card_terminal = Terminal de carte
tender-complimentary = Invitation
desk-order-history = Historique
desk-order-acts = Actions
desk-order-no-email = Sans adresse e‑mail
desk-order-until = Places gardées jusqu’au
desk-order-resend = Renvoyer les billets
desk-order-resend-note = L’e‑mail avec les billets repart à
desk-order-resend-confirm = Renvoyer l’e‑mail
desk-order-email = Corriger l’adresse e‑mail
desk-order-email-add = Ajouter une adresse e‑mail
desk-order-email-note = Les billets partent à la nouvelle adresse ; l’ancienne ne retrouve plus la commande.
desk-order-email-confirm = Corriger l’adresse
flash-order-corrected = L’adresse est corrigée.
flash-order-readdressed = L’adresse est corrigée, et les billets sont en route.
flash-ticket-renamed = Le billet est réémis, et le nouveau code est en route.

## History

deed-placed = Commande passée en ligne
deed-paid = Billets émis
deed-expired = Délai de paiement passé
deed-cancelled = Commande annulée
deed-refunded = { $count ->
    [0] { $amount } à rembourser
    [one] { $amount } à rembourser, { $count } billet repris
   *[other] { $amount } à rembourser, { $count } billets repris
}
deed-refund_failed = Remboursement de { $amount } refusé ; les billets restent valables
deed-unwanted = Paiement de { $amount } en trop, rendu automatiquement
deed-entered-cash = Saisie à la main, payée en espèces
deed-entered-card_terminal = Saisie à la main, payée au terminal de carte
deed-entered-complimentary = Invitation saisie à la main
deed-email-corrected = Adresse corrigée : { $from } devient { $to }
deed-email-added = Adresse ajoutée : { $to }
deed-renamed = Billet { $ticket } réémis : { $from } devient { $to }
deed-email-forgotten = Adresse corrigée
deed-renamed-forgotten = Billet { $ticket } réémis à un autre nom

## Refunds

refund-title = Rembourser
desk-order-take-back = Reprendre des billets…
refund-title-free = Reprendre des billets
refund-what-free = Que reprendre ?
refund-review-free = Vérifier
refund-keep-free = Garder les billets
refund-all-free = { $count ->
    [one] Le billet est repris.
   *[other] Les { $count } billets sont repris.
}
refund-left = Reste remboursable : { $amount }
refund-what = Que rembourser ?
refund-all = Toute la commande
refund-all-note = { $count ->
    [one] Le billet est repris, et tout ce qui reste est remboursé.
   *[other] Les { $count } billets sont repris, et tout ce qui reste est remboursé.
}
refund-tickets = Certains billets
refund-tickets-note = Ils n’ouvrent plus l’entrée, et leurs places repartent en vente.
refund-amount = Un montant seulement
refund-amount-note = Les billets restent valables.
refund-amount-label = Montant en { $currency }
refund-amount-hint = Pour des billets, laissez vide : c’est leur prix.
refund-reason = Motif
refund-reason-hint = L’équipe le retrouve dans l’historique.
refund-suggested = Montant à rembourser :
refund-review = Vérifier le remboursement
refund-keep = Ne rien rembourser
refund-confirm-title = Confirmer le remboursement
refund-amount-total = À rembourser
refund-confirm-tickets = { $count ->
    [one] { $count } billet n’ouvrira plus l’entrée. C’est définitif.
   *[other] { $count } billets n’ouvriront plus l’entrée. C’est définitif.
}
refund-confirm-online = L’argent revient par le moyen de paiement utilisé, et l’acheteur reçoit un e‑mail.
refund-confirm-by-hand = Payé sur place : rendez vous-même l’argent à l’acheteur. Parvis ne fait que le noter.
refund-confirm-button = Rembourser { $amount }
refund-confirm-tickets-button = { $count ->
    [one] Reprendre le billet
   *[other] Reprendre { $count } billets
}
flash-refund-done = Le remboursement est fait.
flash-refund-pending = Le remboursement est en route ; la banque n’a pas encore répondu.
flash-refund-failed = La banque a refusé le remboursement : les billets restent valables.

## Orders entered by hand

by-hand-enter = Saisir une commande
by-hand-title = Saisir une commande
by-hand-note = Vente sur place ou invitation : les billets sont émis tout de suite.
by-hand-left = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
by-hand-none-left = Complet
by-hand-email-hint = Les billets y sont envoyés. Sur place, vous pouvez la laisser vide et imprimer le PDF.
by-hand-names = Nommer chaque billet
by-hand-tender = Paiement
by-hand-hint-cash = Encaissé par vous, au prix du tarif.
by-hand-hint-card_terminal = Encaissé sur votre terminal.
by-hand-hint-complimentary = Rien à payer. Indiquez l’e‑mail et le motif.
by-hand-reason = Motif de l’invitation
by-hand-reason-hint = Presse, partenaire, équipe…
by-hand-due = À encaisser
by-hand-confirm = Émettre les billets
by-hand-back = Retour aux commandes
flash-order-entered = Les billets sont émis : imprimez-les ici.
flash-order-entered-sent = Les billets sont émis et envoyés.
