# Le mode test d’un événement.
problem-events-not_in_test_mode = Cet événement n’est pas en mode test.
problem-events-already_ordered = De vraies commandes existent : l’événement ne peut plus passer en mode test.
test-badge = Mode test
test-event = Cet événement est en mode test. Ce que vous commandez maintenant n’est qu’un essai : aucun paiement n’est réel, et les billets n’ouvriront pas les portes.
test-order = Ceci est une commande de test : aucun paiement n’est réel, et elle sera supprimée à la mise en ligne de l’événement.
test-ticket = Billet de test
mail-test-order = Ceci est une commande de test : ses billets n’ouvriront pas les portes, et elle sera supprimée.
document-ticket-test = BILLET DE TEST
manage-test = Mode test
manage-test-lead = Essayez la vente de bout en bout, avec des cartes de test. Les commandes passées ainsi sont supprimées en un clic, et l’événement n’apparaît dans aucune liste.
manage-test-begin = Passer en mode test
manage-test-not = Des commandes existent déjà : le mode test n’est plus possible.
manage-test-on = L’événement est en mode test : seules des cartes de test paient, et il n’apparaît dans aucune liste.
manage-test-count =
    { $count ->
        [0] Aucune commande de test pour le moment.
        [one] Une commande de test sera supprimée, avec ses billets et ses paiements.
       *[other] { NUMBER($count) } commandes de test seront supprimées, avec leurs billets et leurs paiements.
    }
manage-test-live = Mettre en ligne
manage-test-live-do = Supprimer les tests et mettre en ligne
flash-event-in-test = L’événement est en mode test.
flash-event-not-in-test = Une vraie commande vient d’arriver : le mode test n’est plus possible.
flash-event-live = L’événement est en ligne. Les commandes sont désormais réelles.
