# The pages of those who organize.

## Organization

desk-menu = Menu principal
desk-open-menu = Ouvrir le menu
desk-events = Événements
desk-settings = Réglages
desk-members = Équipe
desk-public = Page publique
desk-switch = Changer d’organisation
manage-create = Créer un événement
manage-save = Enregistrer
manage-more = Plus de réglages
manage-read-only = Votre rôle permet de lire cette page, pas de la modifier.
manage-start-title = Créez votre organisation
manage-start-lead = Une association, une salle, une mairie, une entreprise : celle qui vend les billets.
manage-start-do = Créer l’organisation
manage-organization-name = Nom de l’organisation
manage-organization-name-hint = Il apparaît sur vos événements et sur les billets.
manage-organization-slug = Adresse de votre page
manage-slug-hint = Après { $address } : minuscules, chiffres et tirets. Vide, elle est tirée du nom.
manage-country = Pays
manage-country-hint = La monnaie et le fuseau horaire en découlent ; vous pouvez en choisir d’autres.
manage-by-country = Selon le pays
manage-currency = Monnaie
manage-currency-hint = Pour les événements créés à partir de maintenant.
manage-locale = Langue
manage-timezone = Fuseau horaire
manage-timezone-hint = Chaque événement peut avoir le sien.
manage-contact = Adresse de contact
manage-contact-hint = Les réponses à vos e‑mails y arrivent.
manage-settings-address = Votre page :
manage-members-lead = Qui prépare les événements avec vous.
manage-invitations = Invitations en attente
manage-invitation-until = jusqu’au { $date }
manage-invitation-revoke = Retirer
manage-remove = Retirer
manage-remove-sure = { $name } n’aura plus accès à vos événements.
manage-invite-title = Inviter quelqu’un
manage-invite-role = Rôle
manage-invite-do = Envoyer l’invitation
manage-invite-hint = Le lien de l’invitation est valable 14 jours.
role-hint-admin = Tout, y compris les réglages et l’équipe.
role-hint-sales = Voit les événements, s’occupe des clients.
role-hint-operator = Voit les événements, aide sur place.
role-hint-viewer = Voit les événements, ne change rien.
flash-organization-founded = Votre organisation est prête. Créez votre premier événement.
flash-settings-saved = Les réglages sont enregistrés.
flash-invitation-sent = L’invitation est partie.
flash-invitation-revoked = L’invitation est retirée.
flash-member-removed = Cette personne ne fait plus partie de l’équipe.

## Countries

country-AE = Émirats arabes unis
country-AT = Autriche
country-AU = Australie
country-BE = Belgique
country-BF = Burkina Faso
country-BH = Bahreïn
country-BJ = Bénin
country-CA = Canada
country-CD = République démocratique du Congo
country-CH = Suisse
country-CI = Côte d’Ivoire
country-CM = Cameroun
country-DE = Allemagne
country-DK = Danemark
country-DZ = Algérie
country-EG = Égypte
country-ES = Espagne
country-FI = Finlande
country-FR = France
country-GA = Gabon
country-GB = Royaume-Uni
country-GN = Guinée
country-GR = Grèce
country-IE = Irlande
country-IQ = Irak
country-IT = Italie
country-JO = Jordanie
country-KW = Koweït
country-LB = Liban
country-LU = Luxembourg
country-LY = Libye
country-MA = Maroc
country-MC = Monaco
country-MG = Madagascar
country-ML = Mali
country-MR = Mauritanie
country-NE = Niger
country-NL = Pays-Bas
country-NO = Norvège
country-OM = Oman
country-PL = Pologne
country-PT = Portugal
country-QA = Qatar
country-SA = Arabie saoudite
country-SE = Suède
country-SN = Sénégal
country-TG = Togo
country-TN = Tunisie
country-TR = Turquie
country-US = États-Unis

manage-members-count = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}

## Events

desk-tab-overview = Vue d’ensemble
desk-tab-edit = Fiche
desk-tab-tickets = Tarifs et quotas
desk-tab-orders = Commandes
desk-tab-participants = Participants
desk-tab-sales = Ventes
event-badge-draft = Brouillon
event-badge-published = En vente
event-badge-active = En cours
event-badge-completed = Terminé
event-badge-cancelled = Annulé
manage-hello = Bonjour { $name }
manage-search = Nom, lieu ou ville
manage-status = Période
manage-status-any = Tous
manage-status-upcoming = À venir
manage-status-active = En cours
manage-status-completed = Terminés
manage-status-cancelled = Annulés
manage-filter = Filtrer
manage-column-event = Événement
manage-column-state = État
manage-column-sold = Billets vendus
manage-sold-of = { $sold } sur { $size }
manage-quota-unlimited = { $sold } vendus, sans limite
manage-none-text = Essayez moins de mots ou une autre période.
manage-none-all = Voir tous mes événements
manage-empty-title = Pas encore d’événement
manage-empty-text = Un nom, une date, un tarif : quelques minutes suffisent.
manage-empty-viewer = Les événements de l’équipe apparaîtront ici.
manage-create-lead = Rien n’est public avant que vous ne publiiez.
manage-create-note = Enregistré comme brouillon.
manage-create-do = Créer le brouillon
manage-save-note = Les changements sont visibles dès l’enregistrement.
manage-leave = Quitter sans enregistrer
manage-tabs = Pages de l’événement
manage-preview = Aperçu
manage-public-page = Page publique
manage-preview-note = Aperçu : vous seuls, qui l’organisez, voyez cette page.
manage-preview-back = Revenir à l’événement
manage-section-basics = L’essentiel
manage-section-when = Dates et lieu
manage-section-ticket = Premier tarif
manage-section-ticket-hint = Vous pourrez en ajouter d’autres, avec leurs quotas et leurs dates de vente.
manage-section-capacity = Places
manage-section-more = Plus de réglages
manage-section-image = Image
manage-event-name = Titre
manage-category = Catégorie
manage-description = Présentation
manage-description-hint = Mise en forme Markdown : # titre, **gras**, - liste, [lien](https://…).
manage-description-preview = Voir la présentation mise en forme
manage-start = Début
manage-end = Fin
manage-location = Lieu
manage-location-hint = Salle, adresse
manage-city = Ville
manage-more-place = Heure de { $zone }, coordonnées
manage-latitude = Latitude
manage-longitude = Longitude
manage-coordinates-hint = Elles ajoutent un lien vers la carte.
manage-first-ticket = Tarif plein
manage-type-name = Nom du tarif
manage-price = Prix ({ $currency })
manage-price-hint = 0 pour un billet gratuit. Taxes comprises.
manage-capacity = Nombre de places
manage-capacity-hint = Pour tous les tarifs ensemble. Vide : sans limite.
manage-to-tickets = Tarifs et quotas
manage-visibility = Qui le trouve
manage-visibility-public = Tout le monde
manage-visibility-private = Ceux qui ont le lien
manage-visibility-hint-public = Il paraît dans le catalogue et sur votre page.
manage-visibility-hint-private = Il ne paraît nulle part ; vous envoyez le lien.
manage-private-link = Lien privé
manage-show-remaining = Dire combien de places il reste quand il en reste peu
manage-event-contact-hint = Où le public peut écrire. Vide : l’adresse de l’organisation.
manage-terms = Conditions de vente
manage-terms-hint = Imprimées sur les billets.
manage-gate-opens = Ouverture des portes
manage-gate-closes = Fermeture des portes
manage-gate-hint = Hors de ces heures, un billet n’ouvre pas la porte. Vide : toujours.
manage-event-language = Langue de l’événement
manage-currency-fixed = Fixée par les tarifs existants.
manage-slug = Adresse de la page
manage-image = Ajouter une image
manage-image-replace = Remplacer l’image
manage-image-remove = Retirer l’image
manage-image-hint = JPEG, PNG ou WebP, 10 Mo au plus. Mieux en largeur, au moins 1600 × 900.
manage-image-again = L’image n’a pas été enregistrée avec le reste. Choisissez-la à nouveau.
manage-conflict = { $name } a modifié cet événement le { $when }, pendant que vous l’aviez ouvert.
manage-conflict-hint = Votre saisie est gardée ci-dessous. Si vous enregistrez, elle remplace ces changements.
manage-conflict-see = Voir sa version
manage-facts = L’événement
manage-change = Modifier
manage-change-name = Modifier { $name }
manage-no-dates = Pas encore de date
manage-no-place = Pas encore de lieu
manage-tickets = Tarifs
manage-no-types-title = Aucun tarif
manage-no-types-text = Ajoutez-en un, gratuit ou payant, pour pouvoir publier.
manage-before = Avant de publier
manage-check-done = , fait
manage-check-needed = Nécessaire pour publier
manage-check-advised = Conseillé
manage-check-dates = Dates choisies
manage-check-dates-missing = Choisir les dates
manage-check-tickets = Au moins un tarif
manage-check-tickets-missing = Ajouter un tarif
manage-check-place = Lieu indiqué
manage-check-place-missing = Indiquer le lieu
manage-check-description = Présentation écrite
manage-check-description-missing = Écrire la présentation
manage-check-image = Image ajoutée
manage-check-image-missing = Ajouter une image
manage-publish = Publier l’événement
manage-publish-hint = Visible dès la publication. Les ventes suivent les dates de chaque tarif.
manage-publish-not = Complétez d’abord ce qui est marqué « nécessaire ».
manage-share = Faites-le connaître
manage-end-of-it = Arrêter
manage-delete = Supprimer le brouillon
manage-delete-sure = L’événement et ses tarifs disparaissent pour de bon.
manage-delete-do = Supprimer
manage-cancel = Annuler l’événement
manage-cancel-hint = Les ventes s’arrêtent et chacun est remboursé. Une page vous le détaille avant.
manage-cancel-title = Annuler cet événement ?
manage-cancel-sales = Les ventes s’arrêtent tout de suite.
manage-cancel-money = Ce qui a été payé est remboursé, par le moyen de paiement d’origine.
manage-cancel-public = La page publique dit que l’événement est annulé.
manage-cancel-final = Cela ne peut pas être défait.
manage-cancel-do = Annuler l’événement
manage-cancel-keep = Garder l’événement
manage-cancelled-note = Cet événement est annulé. Les commandes sont remboursées et les acheteurs prévenus.
manage-type-more = Présentation, dates de vente, limites, taxe, quota
manage-type-description = Précision
manage-sales-start = En vente à partir du
manage-sales-end = En vente jusqu’au
manage-min = Minimum par commande
manage-max = Maximum par commande
manage-max-person = Maximum par personne
manage-tax = Taxe comprise (%)
manage-type-quota = Quota
manage-type-quota-none = Les places de l’événement seulement
manage-type-add = Ajouter un tarif
manage-type-add-do = Ajouter ce tarif
manage-type-change-hint = Les commandes déjà passées gardent leur prix.
manage-type-remove = Retirer ce tarif
manage-type-remove-hint = Possible tant que personne ne l’a commandé. Sinon, fixez une fin de vente.
manage-type-remove-sure = « { $name } » disparaît de la vente.
manage-move-up = Monter { $name }
manage-move-down = Descendre { $name }
manage-quotas = Quotas
manage-quotas-hint = Un quota limite un ou plusieurs tarifs ensemble, comme un balcon ou une prévente.
manage-quota-event = Le nombre de places de l’événement ; il se change dans la fiche.
manage-quota-name = Nom
manage-quota-size = Places
manage-quota-add = Ajouter un quota
manage-quota-add-do = Ajouter ce quota
flash-event-created = Le brouillon est prêt. Vérifiez-le, puis publiez.
flash-event-saved = L’événement est enregistré.
flash-event-published = L’événement est publié.
flash-event-incomplete = Il manque encore quelque chose avant de publier.
flash-event-deleted = Le brouillon est supprimé.
flash-event-has-orders = Il y a des commandes : annulez l’événement au lieu de le supprimer.
flash-event-cancelled = L’événement est annulé. Les remboursements sont en route.
flash-type-added = Le tarif est ajouté.
flash-type-saved = Le tarif est enregistré.
flash-type-removed = Le tarif est retiré.
flash-type-has-orders = Ce tarif a des commandes : il reste. Vous pouvez arrêter sa vente.
flash-quota-added = Le quota est ajouté.
flash-quota-saved = Le quota est enregistré.
flash-quota-removed = Le quota est retiré.
flash-quota-used = Ce quota sert à un tarif : il reste.

manage-events-count = { $count ->
    [one] { $count } événement
   *[other] { $count } événements
}
manage-sold = { $count ->
    [one] { $count } vendu
   *[other] { $count } vendus
}
manage-left = { $count ->
    [one] { $count } restant
   *[other] { $count } restants
}
manage-places = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
manage-cancel-tickets = { $count ->
    [one] { $count } billet n’est plus valable ; la personne est prévenue par e‑mail.
   *[other] { $count } billets ne sont plus valables ; chacun est prévenu par e‑mail.
}
