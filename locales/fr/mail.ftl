# The mails. `-preheader` is what the inbox shows after the subject.

## Words that several mails share

mail-fact-event = Événement
mail-fact-when = Quand
mail-fact-where = Où
mail-fact-order = Commande
mail-fact-tickets = Billets
mail-fact-buyer = Acheteur
mail-fact-organization = Organisateur
mail-fact-refunded = Remboursé
mail-fact-reason = Motif
mail-total = Total
mail-free = Gratuit
mail-row-tickets = { $type } × { $count }
mail-footer-account = Vous recevez cet e‑mail parce que cette adresse sert à un compte sur { $site }.
mail-footer-order = Vous recevez cet e‑mail au sujet de la commande { $code }. Billets vendus par { $organization } avec { $site }.
mail-footer-organizer = Vous recevez cet e‑mail parce que vous gérez des événements de { $organization } sur { $site }.
mail-footer-invitation = Vous recevez cet e‑mail parce que quelqu’un a saisi votre adresse pour vous inviter sur { $site }.
mail-footer-find = Vous recevez cet e‑mail parce que quelqu’un a demandé les commandes de cette adresse sur { $site }.

## The account

mail-confirm-subject = Confirmez votre adresse e‑mail
mail-confirm-preheader = Un clic, et votre compte est prêt.
mail-confirm-heading = Bienvenue !
mail-confirm-body = Bonjour { $name }, votre compte est presque prêt. Confirmez que cette adresse est bien la vôtre, pour que vos billets vous parviennent toujours.
mail-confirm-button = Confirmer mon adresse
mail-confirm-note = Vous n’avez pas créé de compte ? Ignorez simplement cet e‑mail : il ne se passera rien.

mail-known-subject = Vous avez déjà un compte
mail-known-preheader = Connectez-vous, ou choisissez un nouveau mot de passe.
mail-known-heading = Vous avez déjà un compte
mail-known-body = { $minutes ->
    [one] Bonjour { $name }, quelqu’un, sans doute vous, vient de s’inscrire avec cette adresse. Elle a déjà un compte : connectez-vous avec votre mot de passe. Oublié ? Le lien ci-dessous permet d’en choisir un autre pendant { $minutes } minute.
   *[other] Bonjour { $name }, quelqu’un, sans doute vous, vient de s’inscrire avec cette adresse. Elle a déjà un compte : connectez-vous avec votre mot de passe. Oublié ? Le lien ci-dessous permet d’en choisir un autre pendant { $minutes } minutes.
}
mail-known-button = Choisir un mot de passe
mail-known-note = Ce n’était pas vous ? Ignorez cet e‑mail : rien n’a changé.

mail-reset-subject = Choisissez un nouveau mot de passe
mail-reset-preheader = { $minutes ->
    [one] Le lien sert une seule fois, pendant { $minutes } minute.
   *[other] Le lien sert une seule fois, pendant { $minutes } minutes.
}
mail-reset-heading = Choisissez un nouveau mot de passe
mail-reset-body = { $minutes ->
    [one] Bonjour { $name }, vous avez demandé un nouveau mot de passe. Le lien ci-dessous sert une seule fois, pendant { $minutes } minute.
   *[other] Bonjour { $name }, vous avez demandé un nouveau mot de passe. Le lien ci-dessous sert une seule fois, pendant { $minutes } minutes.
}
mail-reset-button = Choisir un mot de passe
mail-reset-note = Vous n’avez rien demandé ? Ignorez cet e‑mail : votre mot de passe ne change pas.

## Organizations

mail-invitation-subject = Invitation à rejoindre { $organization }
mail-invitation-preheader = { $inviter } vous attend.
mail-invitation-heading = Rejoignez { $organization }
mail-invitation-body = { $role ->
    [owner] { $inviter } vous invite à préparer ensemble les événements de { $organization }, en tant que propriétaire.
    [admin] { $inviter } vous invite à préparer ensemble les événements de { $organization }, en tant qu’administrateur.
    [member] { $inviter } vous invite à préparer ensemble les événements de { $organization }, en tant que membre de l’équipe.
   *[other] { $inviter } vous invite à préparer ensemble les événements de { $organization }. Votre rôle : { $role }.
}
mail-role-organisateur = organisateur
mail-role-gestionnaire_des_salles = gestionnaire des salles
mail-role-controlleur_des_badges = contrôleur des badges
mail-role-exposant = exposant
mail-role-participant = participant
mail-invitation-button = Accepter l’invitation
mail-invitation-note = Vous ne connaissez pas cette organisation ? Ignorez cet e‑mail : personne ne rejoint une équipe sans l’avoir accepté.

## Orders

mail-order-confirmed-subject = { $count ->
    [one] Votre billet pour { $event }
   *[other] Vos { $count } billets pour { $event }
}
mail-order-confirmed-preheader = { $when }. Gardez cet e‑mail, il suffit pour entrer.
mail-order-confirmed-heading = { $count ->
    [one] Voici votre billet
   *[other] Voici vos { $count } billets
}
mail-order-confirmed-body = { $count ->
    [one] Bonjour { $name }, votre commande est confirmée. Votre billet est joint à cet e‑mail.
   *[other] Bonjour { $name }, votre commande est confirmée. Vos { $count } billets sont joints à cet e‑mail.
}
mail-order-confirmed-button = Voir ma commande
mail-order-confirmed-download = Télécharger les billets (PDF)
mail-order-confirmed-note = À l’entrée, présentez le code QR de chaque billet, sur téléphone ou sur papier. Chaque code vaut pour une personne et une seule fois : ne le partagez qu’avec celle qui vient.

mail-order-refunded-subject = Remboursement de { $amount } pour { $event }
mail-order-refunded-preheader = L’argent est en route vers vous.
mail-order-refunded-heading = Remboursement de { $amount }
mail-order-refunded-body = Bonjour { $name }, nous avons remboursé { $amount } sur votre commande pour { $event }.
mail-order-refunded-button = Voir ma commande
mail-order-refunded-note = L’argent revient par le moyen de paiement utilisé, en général sous 5 à 10 jours.
mail-order-refunded-by_hand = L’argent vous a été rendu par l’organisateur, en main propre.
mail-order-refunded-tickets = Les billets remboursés ne donnent plus accès à l’événement.

mail-returned-payment-subject = Votre paiement pour { $event } a été remboursé
mail-returned-payment-preheader = La somme de { $amount } vous revient ; vous ne perdez rien.
mail-returned-payment-heading = Votre paiement a été remboursé
mail-returned-payment-body = { $why ->
    [expired] Bonjour { $name }, votre paiement de { $amount } pour { $event } nous est parvenu après le délai, alors que les billets avaient été remis en vente. Nous l’avons aussitôt remboursé, en totalité.
    [cancelled] Bonjour { $name }, votre paiement de { $amount } pour { $event } nous est parvenu après l’annulation de la commande. Nous l’avons aussitôt remboursé, en totalité.
    [paid] Bonjour { $name }, un paiement de { $amount } pour { $event } nous est parvenu alors que votre commande était déjà payée. Nous l’avons aussitôt remboursé, en totalité ; vos billets restent valables.
   *[other] Bonjour { $name }, votre paiement de { $amount } pour { $event } ne correspondait pas au montant de la commande. Nous l’avons aussitôt remboursé, en totalité.
}
mail-returned-payment-button = Voir l’événement
mail-returned-payment-note = L’argent revient par le moyen de paiement utilisé, en général sous 5 à 10 jours. Vous n’avez rien à faire.

mail-order-expired-subject = Votre commande pour { $event } a expiré
mail-order-expired-preheader = Rien n’a été débité.
mail-order-expired-heading = Votre commande a expiré
mail-order-expired-body = Bonjour { $name }, les billets pour { $event } vous étaient réservés, mais le paiement n’est pas arrivé à temps. Ils sont de nouveau en vente, et rien n’a été débité.
mail-order-expired-button = Reprendre des billets
mail-order-expired-note = Si votre banque affiche tout de même un paiement, il sera remboursé automatiquement.

mail-find-orders-subject = Vos commandes
mail-find-orders-preheader = Les liens vers vos billets, comme vous l’avez demandé.
mail-find-orders-heading = Vos commandes
mail-find-orders-body = { $count ->
    [one] Voici la commande passée avec cette adresse.
   *[other] Voici les { $count } commandes passées avec cette adresse.
}
mail-find-orders-link = { $event }, commande { $code }
mail-find-orders-note = Ces liens ouvrent vos billets sans mot de passe : ne transférez pas cet e‑mail. Vous n’avez rien demandé ? Ignorez-le.

mail-event-cancelled-subject = Annulé : { $event }
mail-event-cancelled-preheader = { $when } : l’événement n’aura pas lieu.
mail-event-cancelled-heading = { $event } est annulé
mail-event-cancelled-body = Bonjour { $name }, nous sommes désolés de vous annoncer que { $organization } a dû annuler { $event }.
mail-event-cancelled-tickets = Vos billets ne sont plus valables.
mail-event-cancelled-held = Les billets qui vous étaient réservés sont libérés, et rien n’a été débité.
mail-event-cancelled-refund = La somme de { $amount } vous sera remboursée automatiquement, par le moyen de paiement utilisé. Vous n’avez rien à faire.
mail-event-cancelled-button = Voir ma commande
mail-event-cancelled-note = Une question ? Répondez à cet e‑mail : { $organization } vous répondra.

## For organizers

mail-sale-subject = Nouvelle vente : { $event }
mail-sale-preheader = { $buyer }, { $amount }.
mail-sale-heading = { $count ->
    [one] { $count } billet vendu
   *[other] { $count } billets vendus
}
mail-sale-body = { $count ->
    [one] { $buyer } vient de prendre un billet pour { $event }.
   *[other] { $buyer } vient de prendre { $count } billets pour { $event }.
}
mail-sale-button = Voir la commande
