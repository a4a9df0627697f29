# What went wrong, and what to do about it. One key a problem code.
problem-internal = Une erreur s’est produite de notre côté. Réessayez dans un instant ; si elle persiste, indiquez-nous le numéro affiché avec ce message.
problem-not_found = Il n’y a rien à cette adresse, ou vous n’y avez pas accès.
problem-method_not_allowed = Cette adresse n’accepte pas ce type de requête.
problem-malformed = La requête n’a pas pu être lue. Vérifiez son format et renvoyez-la.
problem-invalid = Certaines informations ne sont pas valables. Corrigez les champs indiqués ci-dessous et recommencez.
problem-unauthenticated = Connectez-vous d’abord.
problem-forbidden = Votre rôle ne permet pas cette action. Si vous devriez y avoir accès, adressez-vous à un organisateur.
problem-too_large = L’envoi est trop volumineux. Réduisez sa taille et recommencez.
problem-unsupported_media_type = Ce type de contenu n’est pas accepté ici.
problem-too_many_requests = Trop de tentatives en peu de temps. Patientez un instant, puis réessayez.
problem-unavailable = Le service est momentanément indisponible. Réessayez dans un instant.
problem-nul_character = La requête contient un caractère NUL, qu’aucun texte ne peut contenir.
problem-stale = Quelqu’un d’autre a modifié cet élément entre-temps. Rechargez-le, puis refaites votre modification.
problem-identity-wrong_credentials = L’adresse e‑mail ou le mot de passe n’est pas correct.
problem-identity-unconfirmed = Confirmez d’abord votre adresse e‑mail : nous vous avons envoyé un lien.
problem-identity-not_invited = Cette invitation a été envoyée à une autre adresse e‑mail. Connectez-vous avec cette adresse.
problem-organizations-slug_taken = Une autre organisation a déjà cette adresse. Choisissez-en une autre.
problem-payments-declined = La carte a été refusée. Vos places restent réservées : essayez une autre carte.
problem-payments-closed = Ce paiement ne peut plus être modifié.
problem-payments-refused = Le prestataire de paiement a refusé. Rien n’a été débité.
problem-payments-too_much = C’est plus que ce qui reste des paiements.
problem-payments-unavailable = Le prestataire de paiement ne répond pas pour le moment. Rien n’a été débité : réessayez dans un instant.
problem-ticketing-sold_out = Il ne reste plus assez de billets.
problem-ticketing-sales_closed = Ces billets ne sont pas en vente actuellement.
problem-ticketing-limit_exceeded = C’est plus de billets qu’une commande ou une personne ne peut en avoir.
problem-ticketing-expired = Le délai de paiement est passé et les billets ont été libérés. Veuillez commander à nouveau.
problem-ticketing-not_payable = Dans son état actuel, cette commande ne peut pas être payée.
problem-ticketing-nothing_to_send = Cette commande n’a pas de billets à envoyer : elle n’est pas payée, ou ils ont été repris.
problem-ticketing-not_cancellable = Cette commande ne peut plus être annulée. Demandez un remboursement à l’organisateur.
problem-ticketing-not_refundable = Il ne reste rien à rembourser : ces billets l’ont déjà été, ou il reste moins que le montant demandé.
problem-ticketing-not_correctable = Cette commande ne peut plus être corrigée.
problem-ticketing-not_nameable = Ce billet a déjà servi, ou il a été repris : il garde son nom.
problem-ticketing-ticket_revoked = Ce billet a été remboursé ou annulé : il n’y a rien à imprimer.
problem-checkin-already_used = Déjà utilisé : ce billet a déjà fait entrer quelqu’un.
problem-checkin-payment_required = La commande n’est pas encore payée.
problem-checkin-refused = { $reason ->
    [revoked] Refusé : ce billet a été remboursé, annulé ou réémis.
    [other_event] Refusé : ce billet est pour un autre événement.
    [not_inside] Refusé : personne n’est entré avec ce billet.
    [event_not_open] Refusé : la porte n’est pas ouverte pour cet événement en ce moment.
   *[other] Refusé : ce billet n’ouvre pas cette porte.
}
problem-checkin-unknown = Inconnu : aucun billet de cet événement ne correspond à ce code.
problem-checkin-unreadable = Le code n’a pas pu être lu. Scannez-le à nouveau.

# Fields: what is wrong with one of them. One key a field code.
field-required = Cette information est obligatoire.
field-type = Ce n’est pas le type de valeur attendu ici.
field-too_short = C’est trop court : au moins { $least } caractères.
field-too_long = C’est trop long : au plus { $most } caractères.
field-too_small = C’est trop petit : au moins { $least }.
field-too_large = C’est trop grand : au plus { $most }.
field-too_many = Il y en a trop.
field-too_few = Il n’y en a pas assez.
field-unknown_choice = Cette valeur n’est pas l’une des valeurs possibles.
field-unknown = Nous ne connaissons pas cette valeur.
field-email = Ce n’est pas une adresse e‑mail.
field-uuid = Ce n’est pas un identifiant.
field-url = Ce n’est pas une adresse web.
field-date = Ce n’est pas une date, comme 2026-12-31.
field-date_time = Ce n’est pas une heure avec son décalage, comme 2026-12-31T20:00:00+01:00.
field-dates_in_order = La fin ne peut pas précéder le début.
field-amount = Ce n’est pas un montant de cette devise, comme 30.00.
field-amount_too_large = Le total dépasse ce qu’une commande peut atteindre.
field-below_minimum = Moins de billets qu’une commande de ce tarif ne doit en avoir.
field-unreadable = Cette valeur n’a pas pu être lue.
field-dates_told = Des billets sont vendus : reportez l’événement, et les acheteurs apprennent la nouvelle date.
field-unchanged = C’est déjà ainsi.
field-already_member = Cette personne est déjà membre de l’organisation. Changez son rôle dans la liste.
field-already_role = Cette personne a déjà ce rôle.
field-key_reused = Cette clé a servi à une autre requête.
field-slug = Utilisez de 3 à 60 lettres minuscules, chiffres et traits d’union simples.
field-bad_link = Ce lien n’est pas valable ou a expiré. Demandez-en un nouveau.
field-wrong_password = Ce n’est pas votre mot de passe actuel.
field-unknown_card = Aucune carte ne porte ce numéro.
field-control_character = Les retours à la ligne et les caractères de contrôle invisibles ne sont pas permis ici.
problem-foreign_form = Cette page est restée ouverte longtemps ou dans une autre fenêtre. Revenez en arrière, rechargez-la et recommencez : rien n’a été fait.
problem-session_ended = Votre session a pris fin, ici ou sur un autre appareil : rien n’a été fait. Le bouton « retour » du navigateur retrouve ce que vous aviez saisi : copiez-le, puis reconnectez-vous pour l’envoyer.
field-consent = Acceptez les conditions de vente.
field-taken = Cette adresse est déjà prise. Choisissez-en une autre.
field-local_time = Ce n’est pas une date avec une heure. Choisissez les deux.
field-image_size = Cette image dépasse 10 Mo. Réduisez-la ou choisissez-en une autre.
field-image_kind = Ce n’est pas une image JPEG, PNG ou WebP. Choisissez un autre fichier.
field-image_broken = Cette image est abîmée et ne peut pas être lue. Choisissez un autre fichier.
field-image_pixels = Cette image a trop de pixels : 12 000 de côté au plus, et 60 millions en tout (par exemple 7 700 × 7 700). Réduisez-la.
field-pdf_kind = Ce n’est pas un fichier PDF. Choisissez un autre fichier.
field-pdf_broken = Ce PDF est incomplet. Choisissez un autre fichier.
field-pdf_size = Ce PDF dépasse 10 Mo. Réduisez-le ou choisissez-en un autre.
field-below_sold = C’est moins que ce qui est déjà vendu ou réservé.
