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
