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
