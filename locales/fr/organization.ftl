# L’organisation : réglages, équipe, clés, journal, fin.

settings-tabs = Réglages de l’organisation
settings-tab-general = Général
settings-tab-keys = Clés d’API
settings-tab-audit = Journal
settings-tab-closing = Suppression
desk-suspended = Cette organisation est suspendue : rien ne se vend et rien n’est montré. Motif : { $reason }
desk-closing = Cette organisation va être supprimée : rien ne se vend et rien n’est montré.
desk-closing-see = Voir
manage-public-title = Page publique
manage-about = Présentation
manage-about-hint = Quelques phrases sur la page publique de l’organisation.
manage-website = Site web
manage-color = Couleur
manage-color-hint = Six chiffres hexadécimaux, comme #0f4c5c. Vos pages publiques la prennent ; le texte reste lisible, de jour comme de nuit.
manage-logo = Logo
manage-logo-hint = JPEG, PNG ou WebP, 10 Mo au plus. Il se montre sur la page publique de l’organisation.
manage-member-change = Modifier
manage-role-of = Rôle de { $name }
manage-role-save = Donner ce rôle
manage-role-lead = Seul un propriétaire en fait un autre. Le dernier propriétaire reste.
manage-me = vous
manage-member-leave = Quitter l’organisation
manage-member-leave-sure = Vous n’aurez plus accès à cette organisation.
manage-hand-over = Céder l’organisation
manage-hand-over-lead = { $name } devient propriétaire à votre place. Vous restez administrateur. Les propriétaires reçoivent un courriel.
manage-hand-over-do = Céder
manage-password-again = Votre mot de passe
manage-password-why = Pour être sûrs que c’est vous.
flash-role-changed = Le rôle est changé.
flash-handed-over = L’organisation est cédée. Vous êtes désormais administrateur.
flash-key-revoked = La clé est révoquée.
flash-closing-asked = L’organisation sera supprimée. D’ici là, vous pouvez la garder.
flash-organization-kept = L’organisation reste.

## Clés

keys-lead = Avec une clé, un programme travaille dans cette organisation : un site partenaire, un portillon, un tableau de bord.
keys-count = { $count ->
    [0] Aucune clé
    [one] Une clé
   *[other] { $count } clés
}
keys-none = Pas encore de clé. La documentation de l’API montre ce qu’un programme peut faire.
keys-new = Nouvelle clé
keys-name = À quoi sert-elle ?
keys-name-hint = Par exemple : portillons de la grande salle
keys-scopes = Ce qu’elle permet
keys-until = Dernier jour
keys-make = Créer la clé
keys-made = La clé « { $name } » est prête
keys-made-lead = Copiez-la maintenant : elle ne sera plus jamais montrée.
keys-made-before = Cette clé a déjà été montrée. Si vous l’avez perdue, révoquez-la et créez-en une autre.
keys-secret = La clé
keys-copy = Copier
keys-copied = Copié
keys-since = créée le { $date }
keys-used = utilisée le { $at }
keys-unused = jamais utilisée
keys-ends = jusqu’au { $date }
keys-over = expirée
keys-revoked = révoquée le { $date }
keys-revoke = Révoquer
keys-revoke-sure = Les programmes qui utilisent « { $name } » s’arrêtent aussitôt. C’est définitif.
key-scope-organization-read = Voir l’organisation et son équipe
key-scope-events-read = Voir les événements, aussi en brouillon
key-scope-events-write = Créer, modifier et publier les événements, tarifs et quotas
key-scope-sales-read = Voir les commandes, participants et chiffres
key-scope-sales-write = Saisir, corriger, annuler et rembourser des commandes
key-scope-checkin = Contrôler les billets à l’entrée

## Journal

audit-lead = Ce qui a été fait dans l’organisation, et par qui. Rien ne s’y modifie ni ne s’y efface.
audit-filter-area = À propos de
audit-filter-actor = Par
audit-filter-since = Depuis le
audit-filter-until = Jusqu’au
audit-filter-any = Tout
audit-filter-anybody = Tout le monde
audit-filter-do = Filtrer
audit-filter-clear = Tout montrer
audit-count = { $count ->
    [0] Rien
    [one] Une ligne
   *[other] { $count } lignes
}
audit-count-more = Plus de { $count } lignes
audit-empty = Rien ne correspond
audit-empty-lead = Élargissez les dates ou retirez un filtre.
audit-earlier = Plus ancien
audit-latest = Revenir au plus récent
audit-installation = L’installation
audit-unknown = Quelqu’un qui n’est plus connu
audit-see-event = Voir l’événement
audit-when = Quand
audit-who = Qui
audit-what = Quoi
audit-area-organization = L’organisation
audit-area-membership = L’équipe
audit-area-invitation = Les invitations
audit-area-assignment = Les rôles dans les événements
audit-area-api_key = Les clés d’API
audit-area-event = Les événements
audit-area-ticket_type = Les tarifs
audit-area-quota = Les quotas
audit-area-order = Les commandes
audit-area-access = Les contrôles
audit-area-person = Les personnes
audit-area-session = Les connexions
audit-organization-change = Réglages modifiés
audit-organization-logo = Logo modifié
audit-organization-suspend = Organisation suspendue
audit-organization-resume = Suspension levée
audit-organization-close_asked = Suppression demandée
audit-organization-close_cancelled = Suppression annulée
audit-organization-import = Organisation reprise d’une autre installation
audit-membership-give = Rôle donné
audit-membership-change = Rôle changé
audit-membership-take = Rôle retiré
audit-membership-hand_over = Organisation cédée
audit-invitation-send = Invitation envoyée
audit-invitation-revoke = Invitation retirée
audit-invitation-accept = Invitation acceptée
audit-assignment-give = Rôle donné dans un événement
audit-assignment-take = Rôle retiré dans un événement
audit-api_key-create = Clé d’API créée
audit-api_key-revoke = Clé d’API révoquée
audit-event-create = Événement créé
audit-event-change = Événement modifié
audit-event-publish = Événement publié
audit-event-cancel = Événement annulé
audit-event-delete = Événement supprimé
audit-event-duplicate = Événement copié
audit-event-export = Données exportées
audit-event-notify_sales = Avis de vente réglés
audit-event-go_live = Événement mis en vente pour de bon
audit-event-test_mode = Mode test commencé
audit-event-postpone = Événement reporté
audit-event-invite_guests = Invités conviés
audit-event-revoke_guest = Invitation d’un invité retirée
audit-ticket_type-create = Tarif créé
audit-ticket_type-change = Tarif modifié
audit-ticket_type-delete = Tarif supprimé
audit-ticket_type-move = Tarif déplacé
audit-quota-create = Quota créé
audit-quota-change = Quota modifié
audit-quota-delete = Quota supprimé
audit-order-enter = Commande saisie
audit-order-cancel = Commande annulée
audit-order-refund = Commande remboursée
audit-order-refund_failed = Remboursement échoué
audit-order-unwanted_payment = Paiement reçu sans être attendu
audit-order-correct_email = Adresse de l’acheteur corrigée
audit-order-rename_holder = Nom sur un billet corrigé
audit-person-erase = Personne oubliée
audit-session-end = Session terminée
audit-session-end_others = Autres sessions terminées
audit-session-stolen = Session arrêtée : jeton réutilisé
audit-detail-name = nom
audit-detail-from = de
audit-detail-to = à
audit-detail-role = rôle
audit-detail-reason = motif
audit-detail-price = prix
audit-detail-size = taille
audit-detail-amount = montant
audit-detail-total = total
audit-detail-colon =  :
manage-back = Revenir

## Fin

closing-lead = L’organisation disparaît avec ses événements, commandes, chiffres et fichiers. Ses ventes et ses pages s’arrêtent aussitôt ; vous avez { $days } jours pour changer d’avis.
closing-keep-first = Gardez d’abord ce que la loi vous demande : exportez les participants, commandes et paiements de chaque événement.
closing-title = Supprimer { $name }
closing-do = Supprimer l’organisation
closing-under-way = { $name } sera supprimée le { $day }
closing-under-way-lead = Jusque-là vous lisez, exportez et remboursez ; rien ne se vend.
closing-keep = Garder l’organisation
problem-organizations-last_owner = C’est le dernier propriétaire. Donnez d’abord ce rôle à un autre membre, ou supprimez l’organisation.
problem-organizations-suspended = Cette organisation est suspendue. Motif : { $reason }
problem-organizations-closing = Cette organisation va être supprimée : cela ne se fait plus. Un propriétaire peut encore la garder.
problem-organizations-sold_ahead = Des billets sont valables pour des événements à venir : { $events }. Annulez ces événements d’abord, ou attendez leur fin.
problem-organizations-too_many_keys = L’organisation a 100 clés. Révoquez-en une qui ne sert plus.
problem-identity-person_needed = Une clé ne suffit pas ici : connectez-vous avec un compte.
field-no_member = Ce n’est pas un autre membre de l’organisation.
field-color = Ce n’est pas une couleur comme #0f4c5c.
field-too_pale = On ne verrait guère cette couleur sur du blanc. Choisissez-en une plus foncée.
field-past = C’est déjà passé.

## Courriels

mail-owner-new-subject = { $organization } a un nouveau propriétaire
mail-owner-new-preheader = Vérifiez que c’est bien voulu.
mail-owner-new-heading = Un nouveau propriétaire
mail-owner-new-body = Bonjour { $name }, { $owner } est maintenant propriétaire de { $organization }.
mail-owner-new-button = Voir l’équipe
mail-owner-new-note = Ce n’est pas voulu ? Écrivez aussitôt à l’équipe, et choisissez un nouveau mot de passe.
mail-owner-you-subject = { $organization } est à vous
mail-owner-you-preheader = Vous en êtes maintenant propriétaire.
mail-owner-you-heading = Vous êtes propriétaire
mail-owner-you-body = Bonjour { $name }, vous êtes maintenant propriétaire de { $organization } : vous réglez tout, et vous pouvez la céder.
mail-owner-you-button = Voir l’équipe
mail-owner-you-note = Protégez votre compte avec un second facteur.
mail-closing-subject = { $organization } sera supprimée le { $day }
mail-closing-preheader = Jusque-là, un propriétaire peut la garder.
mail-closing-heading = La suppression est demandée
mail-closing-body = Bonjour { $name }, un propriétaire a demandé la suppression de { $organization }. Ses ventes et ses pages sont arrêtées. Tout est supprimé le { $day } ; exportez d’ici là ce que vous devez conserver.
mail-closing-button = Garder l’organisation
mail-closing-note = Vous n’êtes pas d’accord ? Gardez-la avec le bouton ci-dessus.
mail-closed-subject = { $organization } est supprimée
mail-closed-preheader = Ses données n’existent plus ici.
mail-closed-heading = L’organisation est supprimée
mail-closed-body = Bonjour { $name }, { $organization } est supprimée avec ses événements, commandes et fichiers. Votre compte reste.
mail-closed-button = Mes organisations
mail-closed-note = Merci d’avoir organisé avec Parvis.
