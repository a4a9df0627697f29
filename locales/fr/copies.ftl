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
manage-status-template = Modèles
event-badge-template = Modèle
manage-template-keep = Garder comme modèle
manage-template-use-short = Créer un événement
manage-template-use = Créer un événement d’après ce modèle
manage-template-lead = Personne d’autre que votre équipe ne voit un modèle, et rien n’en est vendu. Les événements créés d’après lui sont d’abord des brouillons ; ils ne changent plus avec lui.
manage-template-all = Tous les modèles
manage-template-delete = Supprimer le modèle
manage-template-delete-sure = Le modèle disparaît pour de bon. Les événements créés d’après lui restent.
manage-templates-none-title = Pas encore de modèle
manage-templates-none-text = Ouvrez un événement et gardez-le comme modèle : ses contenus, ses fichiers, ses tarifs et ses quotas servent alors à en créer d’autres.
manage-from-template = Partir d’un modèle
flash-event-template = Le modèle est prêt. Créez-en des événements quand vous voulez.
problem-events-template = C’est un modèle : créez-en un événement, puis publiez celui-ci.
event-other-dates =
    { $count ->
        [one] Une autre date
       *[other] { $count } autres dates
    }
flash-template-deleted = Le modèle est supprimé.
