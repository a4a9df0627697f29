# What went wrong, and what to do about it. One key a problem code.
problem-internal = Une erreur s’est produite de notre côté. Réessayez dans un instant ; si elle persiste, indiquez-nous le numéro affiché avec ce message.
problem-not_found = Il n’y a rien à cette adresse, ou vous n’y avez pas accès.
problem-method_not_allowed = Cette adresse n’accepte pas ce type de requête.
problem-malformed = La requête n’a pas pu être lue. Vérifiez son format et renvoyez-la.
problem-invalid = Certaines informations ne sont pas valables. Corrigez les champs indiqués ci-dessous et recommencez.
problem-unauthenticated = Connectez-vous d’abord.
problem-forbidden = Votre rôle ne permet pas cette action. Si vous devriez y avoir accès, adressez-vous à un organisateur.
problem-conflict = La situation a changé entre-temps. Rechargez, puis réessayez.
problem-too_large = L’envoi est trop volumineux. Réduisez sa taille et recommencez.
problem-unsupported_media_type = Ce type de contenu n’est pas accepté ici.
problem-too_many_requests = Trop de tentatives en peu de temps. Patientez un instant, puis réessayez.
problem-unavailable = Le service est momentanément indisponible. Réessayez dans un instant.
