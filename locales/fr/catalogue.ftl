# La liste des événements : trouver, préciser, s’abonner.

catalogue-more = Plus de filtres
catalogue-date-from = À partir du
catalogue-date-to = Jusqu’au
catalogue-price-max = Prix maximum
catalogue-price-max-in = Prix maximum ({ $currency })
catalogue-currency = Devise du prix
catalogue-ordering = Ordre
catalogue-order-best = Le plus adapté
catalogue-order-start-date = Les plus proches dans le temps
catalogue-order-down-start-date = Les plus lointains dans le temps
catalogue-order-relevance = Selon la recherche
catalogue-order-distance = Du plus près au plus loin
catalogue-order-name = Par nom
catalogue-order-price = Du moins cher au plus cher
catalogue-order-down-price = Du plus cher au moins cher
catalogue-order-newest = Les derniers publiés
catalogue-radius = Autour, en kilomètres
catalogue-days = Dates
catalogue-cities = Villes
catalogue-near = Près de moi
catalogue-near-refused = Votre appareil ne dit pas où vous êtes.
catalogue-near-chip = À moins de { $km } km de vous
catalogue-distance = { $km ->
    [0] à moins de 1 km
   *[other] à { $km } km
}
catalogue-day-from = À partir du { $day }
catalogue-day-to = Jusqu’au { $day }
catalogue-price-to = Jusqu’à { $price }
catalogue-active = Filtres appliqués
catalogue-remove = Retirer :
catalogue-clear = Tout retirer
catalogue-count-more = Plus de { $count } événements
catalogue-corrected = Résultats pour « { $reads } ».
catalogue-as-typed = Chercher plutôt « { $typed } »
catalogue-names-only = La recherche a pris trop de temps. Voici les événements dont le nom commence ainsi ; réessayez dans un instant, ou avec des mots plus précis.
catalogue-subscribe = S’abonner :
catalogue-subscribe-calendar = Agenda
catalogue-subscribe-rss = Flux RSS
catalogue-of-organizer = Tous les événements de { $name }

field-coordinates = Donnez la latitude et la longitude en degrés, comme 48.8566,2.3522.
field-radius = Donnez un nombre de kilomètres de 0.1 à 200.
field-ordering_needs = Trier par pertinence demande une recherche, par distance un lieu.
