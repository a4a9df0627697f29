manage-duplicate = Refaire cet événement
manage-duplicate-lead = Un brouillon avec les mêmes contenus, fichiers, tarifs et quotas. Les commandes, l’équipe et le lien privé restent ici.
manage-duplicate-start = Début
manage-duplicate-start-hint = À l’heure de { $zone }. La fin, les ventes et le contrôle se décalent d’autant.
manage-duplicate-do = Créer les brouillons
manage-rhythm = Répétition
manage-rhythm-once = Une seule date
manage-rhythm-daily = Chaque jour
manage-rhythm-weekly = Chaque semaine
manage-rhythm-fortnightly = Toutes les deux semaines
manage-rhythm-monthly = Chaque mois
manage-rhythm-count = Nombre de dates
manage-series = Montrer aux visiteurs les autres dates
flash-event-copied = Le brouillon est créé. Vérifiez-le, puis publiez.
flash-events-copied = Les brouillons sont créés. Vérifiez-les, puis publiez-les.
event-other-dates =
    { $count ->
        [one] Une autre date
       *[other] { NUMBER($count) } autres dates
    }
