# Les événements : ce que lit un organisateur quand quelque chose ne va pas, et les genres d’événements.
problem-events-slug_taken = Un autre événement porte déjà cette adresse. Choisissez-en une autre.
problem-events-quota_below_sold = Plus de billets sont vendus ou réservés que le quota n’aurait de places. Choisissez une taille plus grande.
problem-events-has_orders = Des commandes existent : ceci ne peut plus être supprimé. Annulez l’événement ou mettez fin à la vente.
problem-events-currency_fixed = La devise ne peut plus changer dès que l’événement a des tarifs.
problem-events-cancelled = Cet événement est annulé. Il ne peut plus être publié ni vendu.

field-year_out_of_range = Choisissez une date entre les années 2000 et 2100.
field-no_file = Un fichier ne peut pas être envoyé ici. Envoyez les autres champs sans lui.
field-percentage = Indiquez un pourcentage de 0 à 100 avec deux décimales au plus, comme 20 ou 5.5.

# Le quota qui est la capacité de l’événement.
events-whole-event = Événement entier

events-category-conference = Conférence
events-category-concert = Concert
events-category-workshop = Atelier
events-category-exhibition = Exposition
events-category-sport = Sport
events-category-festival = Festival
events-category-meeting = Rencontre
events-category-training = Formation
events-category-theatre = Théâtre
events-category-other = Autre
