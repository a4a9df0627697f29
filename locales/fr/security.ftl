# La sécurité d’un compte : où l’on est connecté, l’adresse, le second facteur, ses propres données.

## L’espace de son compte

account-area = Mon compte
account-tab-profile = Profil
account-tab-security = Connexion
account-tab-sessions = Appareils

## Sessions

account-sessions-lead = Tout ce qui est connecté à votre compte. Déconnectez ce que vous ne reconnaissez pas, puis changez votre mot de passe.
account-sessions-count = { $count ->
    [one] Connecté sur un appareil
   *[other] Connecté sur { $count } appareils
}
account-session-unknown = Appareil inconnu
account-session-current = Celui-ci
account-session-browser = Navigateur
account-session-app = Application
account-session-used = utilisé le { $at }
account-session-opened = Connecté le { $at }
account-session-end = Déconnecter
account-sessions-others = Tous les autres appareils
account-sessions-others-lead = Vous restez connecté ici, et nulle part ailleurs.
account-sessions-end-others = Déconnecter partout ailleurs
flash-session-ended = Cet appareil est déconnecté.
flash-sessions-ended = Tous vos autres appareils sont déconnectés.

## Courriers qui disent ce qui a changé

mail-password-changed-subject = Votre mot de passe a changé
mail-password-changed-preheader = Vos autres appareils sont déconnectés.
mail-password-changed-heading = Votre mot de passe a changé
mail-password-changed-body = Bonjour { $name }, le mot de passe de votre compte vient d’être changé, et vos autres appareils ont été déconnectés. Si c’était vous, il n’y a rien à faire.
mail-password-changed-button = Ce n’était pas moi
mail-password-changed-note = Ce n’était pas vous ? Choisissez tout de suite un nouveau mot de passe avec le bouton ci-dessus.

## Une autre adresse

account-email-confirmed = Confirmée
account-email-unconfirmed = Non confirmée
account-email-change = Changer d’adresse
account-email-field = Nouvelle adresse e-mail
account-email-how = Nous écrivons aux deux adresses. La vôtre change quand les deux ont dit oui, sous 24 heures.
account-email-ask = Demander le changement
account-email-asked = Le passage à { $new_email } attend ses réponses jusqu’au { $until }.
account-email-side-new = La nouvelle adresse n’a pas encore confirmé.
account-email-side-new-yes = La nouvelle adresse a confirmé.
account-email-side-old = L’adresse actuelle n’a pas encore accepté.
account-email-side-old-yes = L’adresse actuelle accepte.
account-email-cancel = Garder mon adresse actuelle
account-email-new-title = Cette adresse est-elle la vôtre ?
account-email-new-lead = { $new_email } doit remplacer { $old_email } comme adresse d’un compte.
account-email-new-yes = Oui, utiliser cette adresse
account-email-old-title = Voulez-vous changer d’adresse ?
account-email-old-lead = Votre compte doit quitter { $old_email } pour { $new_email }. Si vous ne l’avez pas demandé, refusez et choisissez un nouveau mot de passe.
account-email-old-yes = Oui, changer
account-email-no = Non, ne rien changer
account-email-waiting-title = Merci
account-email-waiting = L’adresse change dès que l’autre boîte aura répondu elle aussi.
account-email-done-title = L’adresse a changé
account-email-done = Connectez-vous désormais avec la nouvelle adresse.
account-email-refused-title = Rien n’a changé
account-email-refused = Le compte garde son adresse. Si vous n’avez pas demandé ce changement, quelqu’un connaît votre mot de passe : choisissez-en un nouveau.
account-email-gone = Le changement est fait, refusé ou retiré, ou ses 24 heures sont passées.
flash-email-asked = Nous avons écrit aux deux adresses.
flash-email-cancelled = Votre adresse reste la même.

mail-footer-address = Vous recevez cet e‑mail parce que quelqu’un a saisi votre adresse sur { $site }.
mail-email-new-subject = Confirmez votre nouvelle adresse e‑mail
mail-email-new-preheader = Un clic, et votre compte peut l’utiliser.
mail-email-new-heading = Cette adresse est-elle la vôtre ?
mail-email-new-body = { $hours ->
    [one] Bonjour { $name }, vous souhaitez utiliser { $new_email } pour votre compte. Confirmez d’ici { $hours } heure que vous lisez cette boîte. Nous avons aussi écrit à votre adresse actuelle.
   *[other] Bonjour { $name }, vous souhaitez utiliser { $new_email } pour votre compte. Confirmez d’ici { $hours } heures que vous lisez cette boîte. Nous avons aussi écrit à votre adresse actuelle.
}
mail-email-new-button = Confirmer cette adresse
mail-email-new-note = Vous n’avez rien demandé ? Ignorez cet e‑mail : il ne se passera rien.
mail-email-old-subject = Voulez-vous changer d’adresse e‑mail ?
mail-email-old-preheader = Quelqu’un demande à changer l’adresse de votre compte.
mail-email-old-heading = Une autre adresse pour votre compte
mail-email-old-body = { $hours ->
    [one] Bonjour { $name }, vous avez demandé que votre compte utilise désormais { $new_email }. Acceptez ou refusez d’ici { $hours } heure ; sans réponse, rien ne change.
   *[other] Bonjour { $name }, vous avez demandé que votre compte utilise désormais { $new_email }. Acceptez ou refusez d’ici { $hours } heures ; sans réponse, rien ne change.
}
mail-email-old-button = Accepter ou refuser
mail-email-old-note = Vous n’avez rien demandé ? Refusez, et choisissez un nouveau mot de passe : quelqu’un connaît le vôtre.
mail-email-taken-subject = Vous avez déjà un compte
mail-email-taken-preheader = Quelqu’un voulait cette adresse pour un autre compte.
mail-email-taken-heading = Vous avez déjà un compte
mail-email-taken-body = Bonjour { $name }, quelqu’un, peut-être vous, voulait donner { $new_email } à un autre compte. Cette adresse a déjà son compte, cela ne se peut donc pas. Rien n’a changé.
mail-email-taken-button = Se connecter
mail-email-taken-note = Ce n’était pas vous ? Ignorez cet e‑mail.
mail-email-changed-subject = Votre adresse e‑mail a changé
mail-email-changed-preheader = Connectez-vous désormais avec la nouvelle.
mail-email-changed-heading = Votre adresse e‑mail a changé
mail-email-changed-body = Bonjour { $name }, votre compte utilise maintenant { $new_email }. Connectez-vous désormais avec cette adresse.
mail-email-changed-button = Se connecter
mail-email-changed-note = Les deux adresses l’ont accepté. Si ce n’est pas ce que vous vouliez, changez-la de nouveau dans votre compte.

## Le second facteur

account-factor = Second facteur
account-factor-on = Activé
account-factor-off = Désactivé
account-factor-lead = En plus de votre mot de passe, un code d’une application de votre téléphone : qui vole l’un n’a pas l’autre.
account-factor-apps = Toute application qui fait de tels codes convient : Aegis, FreeOTP, Google Authenticator, 1Password et d’autres.
account-factor-since = À chaque connexion, un code est demandé en plus de votre mot de passe, depuis le { $at }.
account-factor-start = Mettre en place le second facteur
account-factor-manage = Modifier le second facteur
account-factor-scan = Scannez cette image avec votre application, puis saisissez le code qu’elle affiche.
account-factor-picture = Code QR pour votre application
account-factor-type = Vous ne pouvez pas la scanner ? Saisissez cette clé dans l’application :
account-factor-open = Ouvrir dans une application de cet appareil
account-factor-first = Les six chiffres que l’application affiche maintenant.
account-factor-enable = Activer
account-factor-ends = Vos autres appareils seront déconnectés.
account-factor-required = { $count ->
    [one] { $organizations } demande à ses membres un second facteur. Mettez le vôtre en place pour continuer ; cela prend deux minutes.
   *[other] { $organizations } demandent à leurs membres un second facteur. Mettez le vôtre en place pour continuer ; cela prend deux minutes.
}
account-factor-other = Travailler plutôt pour { $name }
account-factor-disable = Désactiver le second facteur
account-factor-disable-lead = Votre mot de passe seul ouvrira alors votre compte.
account-factor-disable-required = Sans lui, vous ne pourrez plus travailler pour { $organizations }.
account-code-title = Votre code
account-code-lead = Les six chiffres que votre application affiche maintenant.
account-code-field = Code de l’application
account-code-use = Utiliser le code de l’application
account-code-or-recovery = Code de l’application, ou code de secours
account-recovery-title = Un code de secours
account-recovery-lead = L’un des dix codes que vous avez gardés en mettant en place le second facteur. Chacun sert une fois.
account-recovery-field = Code de secours
account-recovery-use = Utiliser un code de secours
account-codes = Codes de secours
account-codes-first = Le second facteur est activé.
account-codes-new = Ces codes remplacent les précédents.
account-codes-keep = Gardez ces codes là où vous les trouverez sans votre téléphone : sur papier, ou dans un gestionnaire de mots de passe. Chacun ouvre votre compte une fois quand l’application n’est pas à portée de main. Ils ne s’affichent que cette fois.
account-codes-kept = Je les ai gardés
account-codes-left = { $count ->
    [0] Il ne reste aucun code de secours. Faites-en de nouveaux.
    [one] Il reste un code de secours.
   *[other] Il reste { $count } codes de secours.
}
account-codes-renew = Faire de nouveaux codes
account-codes-renew-lead = Les précédents ne serviront plus.
flash-login-again = C’était trop long. Veuillez vous reconnecter.
flash-second-factor-off = Le second facteur est désactivé.
manage-safety = Sécurité
manage-require-factor = Les membres ont besoin d’un second facteur
manage-require-factor-hint = Qui n’en a pas encore est conduit à le mettre en place avant de continuer. Commencez par le vôtre.
problem-identity-code_needed = Ce compte a un second facteur : envoyez aussi son code.
problem-identity-second_factor_stands = Le second facteur est déjà activé.
problem-identity-no_second_factor = Il n’y a pas de second facteur à utiliser. Mettez-en un en place d’abord.
problem-identity-second_factor_required = Cette organisation demande à ses membres un second facteur. Mettez le vôtre en place, puis réessayez.
problem-organizations-own_second_factor_first = Mettez d’abord en place votre propre second facteur : sinon vous vous fermeriez la porte.
field-wrong_code = Ce code n’est pas bon, ou a déjà servi. Attendez le suivant.

mail-factor-on-subject = Le second facteur est activé
mail-factor-on-preheader = Un code est désormais demandé à chaque connexion.
mail-factor-on-heading = Le second facteur est activé
mail-factor-on-body = Bonjour { $name }, votre compte demande maintenant un code de votre application à chaque connexion, et vos autres appareils ont été déconnectés. Gardez vos codes de secours en lieu sûr.
mail-factor-on-button = Voir mon compte
mail-factor-on-note = Ce n’était pas vous ? Choisissez tout de suite un nouveau mot de passe, et écrivez à qui s’occupe de ce site.
mail-factor-off-subject = Le second facteur est désactivé
mail-factor-off-preheader = Votre mot de passe seul ouvre maintenant votre compte.
mail-factor-off-heading = Le second facteur est désactivé
mail-factor-off-body = Bonjour { $name }, votre compte ne demande plus de code à la connexion : votre mot de passe seul l’ouvre.
mail-factor-off-button = Voir mon compte
mail-factor-off-note = Ce n’était pas vous ? Choisissez tout de suite un nouveau mot de passe, et réactivez le second facteur.
mail-recovery-used-subject = Un code de secours a servi
mail-recovery-used-preheader = Il ne sert plus ; les autres restent valables.
mail-recovery-used-heading = Un code de secours a servi
mail-recovery-used-body = Bonjour { $name }, un code de secours de votre compte vient de servir à la place du code de votre application. Il ne servira pas une seconde fois.
mail-recovery-used-button = Voir mon compte
mail-recovery-used-note = Ce n’était pas vous ? Choisissez tout de suite un nouveau mot de passe, et faites de nouveaux codes de secours.
mail-factor-guessing-subject = Quelqu’un tente d’entrer dans votre compte
mail-factor-guessing-preheader = Votre mot de passe est connu, et les codes sont devinés.
mail-factor-guessing-heading = Quelqu’un tente d’entrer dans votre compte
mail-factor-guessing-body = Bonjour { $name }, plusieurs codes faux ont été saisis de suite pour votre compte, après le bon mot de passe. Nous regardons maintenant les codes de plus en plus lentement. Si c’était vous, attendez un peu ; sinon, choisissez un nouveau mot de passe.
mail-factor-guessing-button = Choisir un nouveau mot de passe
mail-factor-guessing-note = Personne n’est entré. Un nouveau mot de passe rend l’autre inutile.

## Ses propres données

account-tab-data = Mes données
account-copy = Une copie de mes données
account-copy-lead = Un fichier avec votre compte, vos rôles, vos appareils, et vos commandes et billets de tous les organisateurs. Nous le préparons et vous écrivons quand il est prêt.
account-copy-ask = Préparer ma copie
account-copy-again = La préparer de nouveau
account-copy-preparing = Demandée le { $asked }. Elle est en préparation ; un e-mail vous dira quand elle sera prête.
account-copy-download = Télécharger ({ $size } ko)
account-copy-until = Demandée le { $asked }. Elle reste ici jusqu’au { $until }.
account-erase = Supprimer mon compte
account-erase-lead = Votre compte prend fin sept jours après votre demande. D’ici là, vous pouvez changer d’avis.
account-erase-gone = Votre profil, votre badge, vos rôles et vos appareils disparaissent.
account-erase-stays = Les commandes et billets restent chez leurs organisateurs, qui doivent les garder, sans votre nom ni votre adresse.
account-erase-tickets = Vous ne retrouverez plus vos billets ici : gardez ceux dont vous avez encore besoin.
account-erase-ask = Supprimer mon compte
account-erase-delay = Dans sept jours.
account-erase-at = Votre compte prend fin le { $at }.
account-keep = Garder mon compte
account-keep-title = Voulez-vous garder votre compte ?
account-keep-lead = Vous avez demandé la suppression de votre compte. Un clic et il reste.
account-keep-gone = Le compte est déjà gardé, ou il a pris fin.
account-kept-title = Votre compte reste
account-kept = Rien n’a été supprimé. Si vous n’avez rien demandé, choisissez un nouveau mot de passe : quelqu’un connaît le vôtre.
flash-data-asked = Votre copie est en préparation.
flash-erase-asked = Votre compte sera supprimé dans sept jours. Nous vous avons écrit.
flash-erase-cancelled = Votre compte reste.
erased-person = Compte supprimé
problem-identity-last_owner = Personne d’autre n’est propriétaire de { $organizations }. Donnez ce rôle à un autre membre ou supprimez l’organisation, puis supprimez votre compte.

data-readme-title = Les données de { $name }
data-readme-account = account.json : votre compte, tel que vous nous l’avez confié.
data-readme-roles = roles.json : ce que vous êtes dans les organisations et leurs événements.
data-readme-sessions = sessions.json : où vous étiez connecté, ces dernières semaines.
data-readme-orders = orders/ : un fichier par organisateur, avec vos commandes, vos billets, et les billets que d’autres ont achetés pour vous.
data-readme-note = Les fichiers en .json sont du texte ; tout éditeur les ouvre. Les heures sont en UTC sauf mention contraire. Votre mot de passe et la clé de votre second facteur n’y sont pas : personne ne peut les lire.

mail-data-ready-subject = La copie de vos données est prête
mail-data-ready-preheader = Elle vous attend dans votre compte.
mail-data-ready-heading = La copie de vos données est prête
mail-data-ready-body = { $days ->
    [one] Bonjour { $name }, la copie que vous avez demandée vous attend { $days } jour dans votre compte. Connectez-vous pour la télécharger.
   *[other] Bonjour { $name }, la copie que vous avez demandée vous attend { $days } jours dans votre compte. Connectez-vous pour la télécharger.
}
mail-data-ready-button = Télécharger ma copie
mail-data-ready-note = Vous n’avez rien demandé ? Choisissez tout de suite un nouveau mot de passe : quelqu’un connaît le vôtre.
mail-erase-asked-subject = Votre compte sera supprimé le { $day }
mail-erase-asked-preheader = D’ici là, un clic suffit pour le garder.
mail-erase-asked-heading = Votre compte sera supprimé
mail-erase-asked-body = Bonjour { $name }, vous avez demandé la suppression de votre compte. Il prend fin le { $day }. Les commandes et billets restent chez leurs organisateurs sans votre nom ; gardez les billets dont vous avez encore besoin.
mail-erase-asked-button = Garder mon compte
mail-erase-asked-note = Vous n’avez rien demandé ? Gardez votre compte avec le bouton ci-dessus, et choisissez un nouveau mot de passe.
mail-erase-refused-subject = Votre compte n’a pas pu être supprimé
mail-erase-refused-preheader = Vos organisations ont besoin d’un propriétaire.
mail-erase-refused-heading = Votre compte n’a pas pu être supprimé
mail-erase-refused-body = Bonjour { $name }, votre compte devait être supprimé aujourd’hui, mais personne d’autre n’est propriétaire de { $organizations }. Donnez ce rôle à un autre membre ou supprimez l’organisation, puis demandez de nouveau.
mail-erase-refused-button = Voir mon compte
mail-erase-refused-note = Rien n’a été supprimé.
mail-erased-subject = Votre compte est supprimé
mail-erased-preheader = Ceci est notre dernier e‑mail.
mail-erased-heading = Votre compte est supprimé
mail-erased-body = Votre profil, vos rôles et vos appareils ont disparu. Ce que les organisateurs doivent garder des commandes et billets ne porte plus votre nom.
mail-erased-note = Ceci est le dernier e‑mail au sujet de ce compte. Vous serez toujours bienvenu avec un nouveau.
mail-footer-erased = Vous recevez cet e‑mail parce que cette adresse servait à un compte sur { $site }.
