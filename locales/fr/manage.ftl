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
