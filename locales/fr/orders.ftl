# What buyers read: checkout, payment, order, tickets.

field-label-first_name = Prénom
field-label-last_name = Nom
field-label-email = Adresse e‑mail

## Checkout

checkout-title = Vos coordonnées
checkout-secure = Commande sécurisée
checkout-steps = Étapes
checkout-step-tickets = Billets
checkout-step-details = Coordonnées
checkout-step-payment = Paiement
checkout-step-confirm = Confirmation
checkout-buyer = Acheteur
checkout-buyer-note = Les billets sont envoyés à cette adresse.
checkout-have-account = J’ai déjà un compte
checkout-name-tickets = { $count ->
    [one] Mettre un autre nom sur le billet
   *[other] Mettre un nom sur chaque billet
}
checkout-name-tickets-note = Un billet sans nom porte le vôtre.
checkout-ticket = Billet { $number }
checkout-consent = J’accepte les conditions de vente de { $organizer }.
checkout-pay = Payer { $amount }
checkout-book = { $count ->
    [one] Réserver le billet
   *[other] Réserver { $count } billets
}
checkout-hold = { $minutes ->
    [one] Vos billets sont alors gardés { $minutes } minute.
   *[other] Vos billets sont alors gardés { $minutes } minutes.
}
checkout-order = Votre commande
checkout-change = Modifier les billets
pay-method-sandbox = Carte bancaire (test)
pay-method-sandbox-note = Aucun débit réel.
flash-choose-tickets = Choisissez au moins un billet.
flash-pay-later = La page de paiement ne répond pas. Vos billets sont gardés : réessayez dans un instant.
flash-order-cancelled = La commande est annulée.
flash-order-resent = L’e‑mail est en route.

## The order

order-title = Commande { $code }
order-ready = { $count ->
    [one] Merci { $name }, votre billet est prêt.
   *[other] Merci { $name }, vos billets sont prêts.
}
order-sent-to = Envoyés à
order-pending = Vos billets attendent le paiement.
order-waiting-bank = En attente de la banque
order-waiting-bank-note = La banque n’a pas encore confirmé le paiement. Cette page s’actualise d’elle-même ; les billets arrivent aussi par e‑mail.
order-held-until = Vos billets sont gardés jusqu’à { $time }.
order-time-left = Temps restant
order-heading-paid = Les billets ne sont plus valables
order-note-paid = Voyez ci-dessous ce qu’il en est de chacun.
order-heading-expired = Cette commande a expiré
order-note-expired = Le paiement n’est pas arrivé à temps ; rien n’a été débité.
order-heading-cancelled = Cette commande est annulée
order-note-cancelled = Ses billets sont de nouveau en vente.
order-heading-refunded = Cette commande a été remboursée
order-note-refunded = L’argent revient par le moyen de paiement utilisé, en général sous 5 à 10 jours.
order-heading-partially_refunded = Cette commande a été remboursée en partie
order-note-partially_refunded = Voyez ci-dessous les billets encore valables.
order-status-pending = À payer
order-status-paid = Payée
order-status-expired = Expirée
order-status-cancelled = Annulée
order-status-partially_refunded = Remboursée en partie
order-status-refunded = Remboursée
order-tickets = { $count ->
    [one] { $count } billet
   *[other] { $count } billets
}
order-download = Télécharger (PDF)
order-show-code = Afficher le code
order-number = Numéro
order-date = Date
order-refund-pending = Remboursement en cours, { $date }
order-refund-succeeded = Remboursé, { $date }
order-refund-failed = Remboursement refusé, { $date }
order-see-event = Voir l’événement
order-write = Écrire à { $organizer }
order-resend = Renvoyer l’e‑mail
order-cancel = Annuler la commande
order-cancel-note = Les billets repartent en vente. C’est définitif.
order-cancel-confirm = Oui, annuler la commande
order-choose-again = Reprendre des billets
ticket-status-valid = Valable
ticket-status-used = Utilisé
ticket-status-revoked = N’est plus valable
ticket-code-of = Code QR de { $name }
ticket-others = Les billets de cette commande
ticket-previous = Billet précédent
ticket-next = Billet suivant
ticket-back = Revenir à la commande

## Finding orders again

my-upcoming = À venir
my-past = Passés
my-unconfirmed = Confirmez votre adresse e‑mail, et les commandes passées avec elle apparaîtront ici.
my-empty-title = Pas encore de billet
my-empty-text = Les commandes passées avec votre adresse apparaissent ici d’elles-mêmes.
find-lead = Saisissez l’adresse utilisée pour commander. Nous vous envoyons un lien vers chacune de vos commandes.
find-send = M’envoyer les liens
find-sent-title = Regardez votre boîte e‑mail
find-sent-text = S’il existe des commandes avec cette adresse, les liens sont en route.

## The card page of the tests

sandbox-title = Paiement par carte
sandbox-badge = Mode test
sandbox-note = Aucun débit réel. Cette page remplace la banque pendant vos essais. N’y saisissez jamais une vraie carte.
sandbox-card = Numéro de carte
sandbox-back = Revenir à la commande
sandbox-cards = Cartes de test
sandbox-card-ok = Acceptée
sandbox-card-ok-note = Paiement accepté tout de suite
sandbox-card-bad = Refusée
sandbox-card-bad-note = La banque refuse
sandbox-card-warn = Différée
sandbox-card-warn-note = Acceptée, la nouvelle arrive un peu plus tard
sandbox-paid = Ce paiement est fait
sandbox-closed = Ce paiement est clos
order-papers = Sur A4, un badge se plie sous le billet.
order-download-small = Petit format (A6)
paper-a4 = A4, avec un badge à plier
paper-a6 = A6, petit format
order-event-cancelled = L’événement est annulé.
order-note-called-off = Elle n’a pas été payée ; il n’y a rien à rembourser.
