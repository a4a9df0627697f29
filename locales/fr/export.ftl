# Names of sheets, headings of columns and words for states in exported lists.
export-sheet-participants = Participants
export-sheet-orders = Commandes
export-sheet-payments = Paiements

export-column-order_code = Commande
export-column-status = État
export-column-first_name = Prénom
export-column-last_name = Nom
export-column-email = E-mail
export-column-ticket_code = Code du billet
export-column-ticket_type = Tarif
export-column-price = Prix
export-column-total = Total
export-column-amount = Montant
export-column-refunded = Remboursé
export-column-currency = Devise
export-column-created_at = Création
export-column-paid_at = Paiement
export-column-checked_in_at = Entrée
export-column-gate = Porte
export-column-provider = Moyen de paiement
export-column-payment_reference = Référence du paiement

export-order-pending = En attente
export-order-paid = Payée
export-order-expired = Expirée
export-order-cancelled = Annulée
export-order-partially_refunded = Remboursée en partie
export-order-refunded = Remboursée

export-payment-pending = En attente
export-payment-succeeded = Réussi
export-payment-failed = Échoué
export-payment-cancelled = Annulé
export-payment-expired = Expiré
export-payment-partially_refunded = Remboursé en partie
export-payment-refunded = Remboursé

export-ticket-valid = Valable
export-ticket-used = Utilisé
export-ticket-revoked = Révoqué
