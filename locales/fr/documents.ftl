# The labels of the ticket as a PDF.
document-ticket-title = Billet
document-ticket-holder = Nom
document-ticket-type = Tarif
document-ticket-price = Prix
document-ticket-code = Code du billet
document-ticket-order = Commande
document-ticket-when = Quand
document-ticket-place = Où
document-ticket-map = Ouvrir le plan
document-ticket-terms = Conditions
document-ticket-instructions = Présentez ce code QR à l’entrée, sur papier ou sur votre téléphone. Il vaut pour une personne et une seule fois : gardez-le pour vous.
document-ticket-fold = Plier ici
document-ticket-free = Gratuit
