# Le mode test d’un événement.
problem-events-not_in_test_mode = Cet événement n’est pas en mode test.
problem-events-already_ordered = De vraies commandes existent : l’événement ne peut plus passer en mode test.
test-badge = Mode test
test-event = Cet événement est en mode test. Ce que vous commandez maintenant n’est qu’un essai : aucun paiement n’est réel, et les billets n’ouvriront pas les portes.
test-order = Ceci est une commande de test : aucun paiement n’est réel, et elle sera supprimée à la mise en ligne de l’événement.
test-ticket = Billet de test
mail-test-order = Ceci est une commande de test : ses billets n’ouvriront pas les portes, et elle sera supprimée.
document-ticket-test = BILLET DE TEST
manage-test = Mode test
manage-test-lead = Essayez la vente de bout en bout, avec des cartes de test. Les commandes passées ainsi sont supprimées en un clic, et l’événement n’apparaît dans aucune liste.
manage-test-begin = Passer en mode test
manage-test-not = Des commandes existent déjà : le mode test n’est plus possible.
manage-test-on = L’événement est en mode test : seules des cartes de test paient, et il n’apparaît dans aucune liste.
manage-test-count =
    { $count ->
        [0] Aucune commande de test pour le moment.
        [one] Une commande de test sera supprimée, avec ses billets et ses paiements.
       *[other] { $count } commandes de test seront supprimées, avec leurs billets et leurs paiements.
    }
manage-test-live = Mettre en ligne
manage-test-live-do = Supprimer les tests et mettre en ligne
flash-event-in-test = L’événement est en mode test.
flash-event-not-in-test = Une vraie commande vient d’arriver : le mode test n’est plus possible.
flash-event-live = L’événement est en ligne. Les commandes sont désormais réelles.

# Un événement reporté.
problem-events-not_published = Cet événement n’est pas publié : changez simplement ses dates.
field-in_past = Cette date est passée.
manage-postpone = Reporter
manage-postpone-hint = Reporter : les billets restent valables, et les acheteurs reçoivent les nouvelles dates.
manage-postpone-title = Reporter l’événement
manage-postpone-tickets = Les billets vendus restent valables.
manage-postpone-mails =
    { $count ->
        [one] La personne qui a acheté un billet reçoit un e-mail, avec les nouvelles dates pour son agenda.
       *[other] Les acheteurs des { $count } billets reçoivent un e-mail, avec les nouvelles dates pour leur agenda.
    }
manage-postpone-public = La page de l’événement montre l’ancienne date : { $when }.
manage-postpone-times = Les heures du contrôle et la fin des ventes en cours se décalent d’autant.
manage-postpone-start = Nouveau début
manage-postpone-end = Nouvelle fin
manage-postpone-zone = À l’heure de { $zone }.
manage-postpone-unknown = Les nouvelles dates ne sont pas encore connues : les ventes s’arrêtent en attendant
manage-postpone-message = Un mot aux acheteurs
manage-postpone-message-hint = Il figure tel quel dans l’e-mail et sur la page de leur commande.
manage-postpone-do = Reporter et prévenir
manage-awaits-dates = L’événement est reporté, sans nouvelles dates pour le moment. Les ventes sont arrêtées.
manage-give-dates = Donner les nouvelles dates
flash-event-postponed = L’événement est reporté. Les e-mails partent.
event-dates-awaited = Reporté, dates à venir
event-postponed = Reporté
event-postponed-note = Cet événement est reporté et ses nouvelles dates ne sont pas encore connues. Les billets déjà achetés restent valables.
event-previously = Initialement prévu : { $when }
mail-fact-new-date = Nouvelle date
mail-fact-previous-date = Ancienne date
mail-event-moved-subject = Nouvelle date : { $event }
mail-event-moved-preheader = { $when }. Vos billets restent valables.
mail-event-moved-heading = { $event } change de date
mail-event-moved-body = Bonjour { $name }, { $organization } reporte { $event }. Vos billets restent valables pour la nouvelle date ; le fichier joint met votre agenda à jour.
mail-event-moved-button = Voir ma commande
mail-event-moved-note = Vous ne pouvez pas venir à cette date ? Répondez à cet e-mail : { $organization } vous dira comment être remboursé.
mail-event-postponed-subject = Reporté : { $event }
mail-event-postponed-preheader = L’événement n’aura pas lieu à la date prévue. Vos billets restent valables.
mail-event-postponed-heading = { $event } est reporté
mail-event-postponed-body = Bonjour { $name }, { $organization } reporte { $event }, qui n’aura pas lieu à la date prévue. Les nouvelles dates ne sont pas encore connues : nous vous écrirons dès qu’elles le seront. Vos billets restent valables.
mail-event-postponed-note = Vous préférez être remboursé ? Répondez à cet e-mail : { $organization } vous dira comment.
order-event-moved = Cet événement a une nouvelle date : { $when }. Avant : { $previous }.
order-word = Un mot de { $organizer }

# Whom visitors may turn to.
field-reachable = Indiquez une adresse e-mail ou un numéro de téléphone.
field-phone = Ce n’est pas un numéro de téléphone.

# The photo of one's profile.
photo-title = Photo
photo-hint = JPEG, PNG ou WebP, 10 Mo au plus. Elle est recadrée en carré.
photo-of = Photo de { $name }
photo-replace = Choisir une autre photo
photo-add = Choisir une photo
photo-send = Envoyer
photo-remove = Retirer
flash-photo-saved = La photo est enregistrée.
flash-photo-removed = La photo est retirée.
data-readme-photo = photo.jpg : votre photo, si vous en avez une

# What an event says of itself.
manage-themes = Thèmes
manage-themes-hint = Séparés par des virgules : jazz, cuisine du monde…
manage-president = Présidence
manage-president-none = Personne
manage-contacts = Contacts pour les visiteurs
manage-contacts-hint = Une adresse ou un téléphone suffit. Ils figurent sur la page de l’événement.
manage-contact-number = Contact { $number }
manage-contact-name = Nom
manage-contact-role = Rôle

# What an event has or lacks before it goes live.
manage-check-places = Nombre de places fixé
manage-check-places-missing = Fixer le nombre de places
manage-check-contact = Adresse de contact
manage-check-contact-missing = Donner une adresse de contact
manage-check-terms = Conditions de vente
manage-check-terms-missing = Écrire les conditions de vente
manage-check-payment = Moyen de paiement
manage-check-payment-missing = Aucun moyen de paiement : les billets payants ne peuvent pas être achetés
event-badge-postponed = Reporté
flash-event-tested = L’essai est fini et ses commandes sont supprimées. L’événement est encore un brouillon : publiez-le.
manage-test-draft = Publiez le brouillon pour l’essayer : qui a l’adresse le voit, aucune liste ne le montre.
manage-publish-test = Visible pour qui a l’adresse ; dans aucune liste tant que dure l’essai.
manage-publish-private = Visible pour qui a le lien ou une invitation.

# What stands over the sales of an event, and in the list of events.
sales-test = Cet événement est en mode test : ses commandes sont des essais, supprimés lors de l’ouverture.
sales-left-closed = Les ventes sont closes
sales-left-draft = En vente après publication
sales-none-draft = On ne peut rien commander d’un brouillon. Publiez l’événement, ou commencez un test, depuis sa vue d’ensemble.
sales-none-draft-action = Vers la vue d’ensemble
sales-none-cancelled = L’événement est annulé : plus rien n’y est commandé.
manage-status-draft = Brouillons
manage-series-count = { $count ->
    [one] Une date de la série
   *[other] { $count } dates de la série
}
manage-series-all = Toutes les dates
manage-ready = Prêt à être publié
