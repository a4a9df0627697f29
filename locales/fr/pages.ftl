# The pages that everybody sees, and what all pages share.

## Every page

page-skip = Aller au contenu
page-events = Événements
page-my = Mes billets
page-manage = Mon organisation
page-scan = Contrôler les billets
page-profile = Mon profil
page-account = Mon compte
page-login = Se connecter
page-logout = Se déconnecter
page-language = Langue
page-organize = Organiser un événement
page-find = Retrouver mes commandes
page-api = API
page-crumbs = Fil d’Ariane
pager-label = Pages
pager-previous = Page précédente
pager-next = Page suivante

## Forms

form-optional = (facultatif)
form-summary = { $count ->
    [one] Un point est à revoir.
   *[other] { $count } points sont à revoir.
}

## Failures

problem-page-not_found-title = Cette page n’existe pas
problem-page-forbidden-title = Cette page ne vous est pas ouverte
problem-page-session-title = Votre session a pris fin
problem-page-too_many-title = Trop vite
problem-page-ours-title = Une panne de notre côté
problem-page-refused-title = Cela n’a pas fonctionné
problem-page-home = Voir les événements
problem-page-status = Code { $status }
problem-page-request = Numéro

## The catalogue

catalogue-title = Événements près de chez vous
catalogue-heading = Tout commence sur la place.
catalogue-lead = Concerts, fêtes de village, conférences, ateliers : choisissez une date, le billet arrive par e‑mail.
catalogue-organizer = Organisateur
catalogue-what = Quoi
catalogue-what-hint = Titre, artiste, thème
catalogue-where = Où
catalogue-when = Quand
catalogue-when-any = Toutes les dates
catalogue-when-today = Aujourd’hui
catalogue-when-weekend = Ce week-end
catalogue-when-week = Les 7 prochains jours
catalogue-when-month = Les 30 prochains jours
catalogue-search = Rechercher
catalogue-categories = Catégories
catalogue-all = Tout
catalogue-free = Gratuit
catalogue-free-or-not = Gratuit ou payant
catalogue-from = Dès { $price }
catalogue-count = { $count ->
    [one] { $count } événement
   *[other] { $count } événements
}
catalogue-none-title = Aucun résultat
catalogue-none-text = Essayez moins de mots, une autre ville ou une autre date.
catalogue-none-all = Voir tous les événements
catalogue-empty-title = Pas encore d’événement
catalogue-empty-text = Le premier sera peut-être le vôtre.

## One event

event-status-cancelled = Annulé
event-status-completed = Terminé
event-sold-out = Complet
event-by = Par
event-your-time = Chez vous : { $when }
event-add-to-calendar = Ajouter au calendrier
event-map = Voir le plan
event-ticket-form = Billet sur téléphone ou papier
event-contact = Une question ? Écrivez à l’organisateur.
event-about = Présentation
event-terms = Conditions de vente
event-share = Partager
event-shared = Lien copié
event-from = À partir de
event-choose = Choisir mes billets
event-tickets = Billets
event-quantity = Quantité, { $name }
event-less = Retirer un billet, { $name }
event-more = Ajouter un billet, { $name }
event-count = Billets : { $count }
event-book = Réserver
event-no-fee = Aucun frais ajouté. Vous payez à l’étape suivante.
event-cancelled-note = Cet événement n’aura pas lieu. Les personnes qui avaient un billet ont été prévenues par e‑mail.
event-closed = Aucun billet en vente pour le moment.
event-sale-from = En vente à partir du { $when }
event-sale-ended = Ventes terminées
event-few-left = { $count ->
    [one] Plus que { $count } place
   *[other] Plus que { $count } places
}
