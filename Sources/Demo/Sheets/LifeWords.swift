/// The words that offices use for coded values of the tables beside the programme.
enum LifeWords {
  static let slot = [
    "morning": ["Matin", "matinée", "Matin", "matin"], "midday": ["Midi"],
    "afternoon": ["Après-midi", "aprem", "PM", "Après-midi"],
    "evening": ["Soir", "soirée", "Soir", "soirée"], "weekend": ["Week-end", "samedi"],
  ]
  static let place = [
    "door": ["À la porte", "palier", "porte", "domicile"], "hall": ["Hall", "parties communes"],
    "outdoors": ["Dehors", "pied d’immeuble", "extérieur", "rue"],
    "remote": ["À distance", "distance"],
  ]
  static let channel = [
    "door_to_door": ["Porte-à-porte", "PAP", "visite", "porte à porte"],
    "meeting": ["Rencontre", "de vive voix", "croisé", "rencontre informelle"],
    "phone": ["Téléphone", "appel", "tél.", "appel téléphonique"],
    "message": ["Message", "SMS", "courriel", "WhatsApp"], "letter": ["Courrier ou dépliant"],
  ]
  static let actor = [
    "landlord": ["Bailleur", "chargé de clientèle", "agence", "Bailleur"],
    "caretaker": ["Gardien", "gardienne"], "animator": ["Animateur", "animatrice"],
    "association": ["Association", "médiatrice", "travailleur social", "Association"],
    "pair": ["Binôme", "en binôme", "équipe mixte", "binôme"], "resident": ["Habitant"],
  ]
  static let outcome = [
    "informed": ["Informé", "information", "informée", "Informé"],
    "invited": ["Invité à une activité", "invitation", "invitée", "invité"],
    "need": ["Besoin noté", "besoin", "demande", "besoin exprimé"],
    "referred": ["Orienté vers un partenaire", "orientation", "orientée", "orienté"],
    "callback": ["À recontacter", "à revoir", "rappeler", "rdv"],
    "refused": ["Ne souhaite pas de contact", "refus", "pas intéressé", "refus"],
    "none": ["Aucune suite", "rien", "aucune", "rien"],
  ]
  static let proposedBy = [
    "resident": ["Habitants", "habitant", "locataires", "conseil de maison"],
    "animator": ["Animateur", "animatrice", "équipe", "opérateur"],
    "landlord": ["Bailleur", "bailleur social"],
    "partner": ["Partenaire", "association", "école", "commune"],
  ]
  static let partnerKind = [
    "association": ["Association", "asso"],
    "public": ["Collectivité ou service public", "commune"],
    "school": ["École ou formation", "école"], "residents": ["Collectif d’habitants", "amicale"],
    "company": ["Entreprise ou commerce", "commerce"],
    "employment": ["Emploi et insertion", "emploi"],
  ]
  static let seat = [
    "commune": ["Dans la commune", "local"], "nearby": ["À 5 km ou moins", "commune voisine"],
    "department": ["Plus loin dans le département", "départementale"],
    "elsewhere": ["Ailleurs", "nationale"],
  ]
  static let part = [
    "led": ["Porte la séance", "anime", "animation", "porte"],
    "co_delivered": ["Co-anime la séance", "co-animation", "intervient", "intervention"],
    "hosted": ["Accueille la séance", "accueil", "prête un lieu", "accueille"],
    "funded": ["Finance ou prête du matériel", "don", "financement", "prêt de matériel"],
    "referred": ["Oriente des participants", "orientation", "oriente", "orientation"],
  ]
  static let spaceKind = [
    "room": ["Salle commune", "salle polyvalente", "salle", "local commun"],
    "office": ["Bureau confidentiel", "bureau", "espace confidentiel", "permanence"],
    "garden": ["Jardin", "jardin partagé", "jardin", "potager"],
    "terrace": ["Terrasse", "patio", "terrasse", "toit-terrasse"],
  ]
  static let use = [
    "session": ["Séance du programme", "animation", "séance", "atelier"],
    "residents": ["Initiative d’habitants", "entre habitants", "habitants", "club"],
    "family": ["Fête de famille", "anniversaire", "usage privé", "fête"],
    "meeting": ["Réunion", "réunion d’habitants", "assemblée", "Réunion"],
    "service": ["Permanence", "permanence sociale", "rendez-vous", "accès aux droits"],
    "loan": ["Prêt à une structure", "mise à disposition", "prêt", "location"],
  ]
  static let bookedBy = [
    "resident": ["Habitants", "habitante", "locataire", "habitant"],
    "animator": ["Animateur", "animatrice", "équipe", "opérateur"],
    "partner": ["Partenaire", "association", "structure", "Partenaire"],
    "landlord": ["Bailleur", "bailleur social"],
  ]
  static let bookingStatus = [
    "held": ["Occupé", "confirmé", "validé", "oui"],
    "cancelled": ["Annulé", "annulée", "annulé", "non"],
  ]
  static let needTheme = [
    "bonds": ["Lien social et isolement", "lien social", "convivialité", "activités"],
    "housing": ["Logement et équipement", "logement", "mobilier", "logement"],
    "surroundings": ["Cadre de vie", "tranquillité", "parties communes", "propreté"],
    "rights": ["Accès aux droits", "démarches", "droits", "administratif"],
    "budget": ["Budget et charges", "charges", "budget", "énergie"],
    "jobs": ["Emploi et formation", "emploi", "stage", "formation"],
    "health": ["Santé et autonomie", "santé", "autonomie", "aide à domicile"],
    "youth": ["Enfance et jeunesse", "jeunesse", "enfants", "scolarité"],
    "mobility": ["Mobilité", "déplacements", "transports", "mobilité"],
    "digital": ["Numérique", "informatique", "internet", "numérique"],
  ]
  static let needSource = [
    "session": ["Une séance", "atelier", "séance", "activité"],
    "council": ["Un conseil de maison", "réunion", "conseil de maison", "assemblée"],
    "outreach": ["Un aller vers", "porte-à-porte", "visite", "aller vers"],
    "survey": ["Une enquête", "questionnaire", "enquête", "questionnaire"],
    "direct": ["Une demande directe", "accueil", "courriel", "boîte à idées"],
  ]
  static let situation = [
    "economic": ["Économique", "ressources"], "physical": ["Physique"], "psychic": ["Psychique"],
    "family": ["Familial", "familiale"], "autonomy": ["Autonomie", "perte d’autonomie"],
    "none": ["Aucun", "sans objet"],
  ]
  static let action = [
    "activity": ["Nouvelle activité", "atelier", "activité", "Nouvelle activité"],
    "project": ["Projet d’habitants", "projet"], "referral": ["Orientation", "mise en relation"],
    "landlord": ["Relais au bailleur", "transmis au bailleur", "bailleur", "travaux"],
    "help": ["Coup de main", "entraide", "aide", "accompagnement"],
    "answer": ["Réponse expliquée", "explication", "information", "refus expliqué"],
  ]
  static let level = [
    "none": ["Sans diplôme", "aucun"], "3": ["CAP ou BEP", "CAP"], "4": ["Baccalauréat", "bac"],
    "5": ["Bac + 2", "BTS"], "6": ["Bac + 3 ou 4", "licence"], "7": ["Bac + 5 et plus", "master"],
  ]
  static let exitClass = [
    "durable": ["Sortie durable", "CDI", "emploi durable", "CDD de plus de 6 mois"],
    "transition": ["Sortie de transition", "intérim", "CDD de moins de 6 mois", "contrat aidé"],
    "positive": ["Sortie positive", "formation qualifiante", "formation", "autre SIAE"],
    "other": ["Autre sortie", "sans emploi", "chômage", "abandon"],
    "neutral": ["Sortie neutralisée", "déménagement", "retrait", "congé parental"],
  ]
  static let favour = [
    "lift": ["Covoiturage ou accompagnement", "covoiturage", "trajet", "co-voiturage"],
    "errand": ["Courses", "commissions", "pharmacie", "course"],
    "repair": ["Bricolage", "dépannage", "réparation", "bricolage"],
    "childcare": ["Garde d’enfants", "garde", "sortie d’école", "baby-sitting"],
    "paperwork": ["Démarches et numérique", "démarches", "administratif", "traduction"],
    "loan": ["Prêt ou don d’objet", "prêt", "don", "prêt d’outil"],
    "purchase": ["Achat groupé", "commande groupée", "achat", "groupement d’achat"],
    "company": ["Visite de convivialité", "visite", "compagnie", "repas"],
    "animal": ["Animaux et plantes", "arrosage", "animaux", "plantes"],
  ]
  static let measure = [
    "collected": ["Objets collectés", "collecte", "apports", "collecté"],
    "given": ["Objets redonnés", "réemploi", "redonné", "sorties réemploi"],
    "recycled": ["Recyclé", "recyclage"], "compost": ["Biodéchets compostés", "compost"],
    "cultivated": ["Surface cultivée", "parcelles"], "electricity": ["Électricité", "elec"],
    "heating": ["Chauffage", "réseau de chaleur", "gaz", "chaleur"],
    "water": ["Eau", "eau froide", "eau", "eau potable"],
  ]
  static let unit = [
    "kg": ["Kilogramme", "kg", "kilos", "kg"], "kWh": ["Kilowattheure", "kWh"],
    "m3": ["Mètre cube", "m³"], "m2": ["Mètre carré", "m²"],
  ]
  static let meetingKind = [
    "steering": ["Comité de pilotage", "COPIL", "copil", "pilotage"],
    "technical": ["Comité technique ou de suivi", "COTECH", "comité de suivi", "suivi"],
    "review": ["Bilan", "bilan annuel", "bilan intermédiaire", "revue"],
  ]
  static let college = [
    "residents": ["Habitants", "locataires", "représentants des locataires", "habitant"],
    "landlord": ["Bailleur", "bailleur social"], "operator": ["Opérateur", "prestataire"],
    "commune": ["Commune", "ville", "mairie", "commune"],
    "partner": ["Partenaire", "associations", "association", "partenaire"],
    "state": ["État, département, Caf", "Caf"],
  ]
  static let theme = [
    "neighbours": ["Voisinage et entraide", "entraide", "voisinage", "lien social"],
    "home": ["Logement et résidence", "logement", "cadre de vie", "résidence"],
    "isolation": ["Isolement", "solitude", "isolement", "solitude"],
    "say": ["Pouvoir d’agir", "participation", "place des habitants", "participation"],
    "safety": ["Tranquillité et sécurité", "tranquillité", "sécurité", "incivilités"],
    "rights": ["Accès aux droits", "droits", "non-recours", "aides"],
    "health": ["Santé et autonomie", "santé", "autonomie", "vieillissement"],
    "work": ["Emploi et ressources", "emploi", "ressources", "budget"],
  ]
  static let tone = [
    "positive": ["Plutôt favorable", "positif", "favorable", "satisfait"],
    "mixed": ["Partagé", "mitigé", "nuancé", "neutre"],
    "negative": ["Plutôt défavorable", "négatif", "défavorable", "insatisfait"],
  ]
  static let right = [
    "rsa": ["RSA"], "aspa": ["Minimum vieillesse (Aspa)", "Aspa", "minimum vieillesse", "aspa"],
    "apl": ["Aide au logement (APL)", "APL"], "prime_activite": ["Prime d’activité"],
    "css": ["Complémentaire santé solidaire", "CSS", "C2S", "css"],
    "energy": ["Chèque énergie"], "apa": ["APA"],
  ]
  static let eligible = [
    "yes": ["Oui", "avéré", "éligible", "oui"],
    "presumed": ["Présumé", "probable", "présumée", "présumé"],
    "no": ["Non", "non éligible", "non", "Non"],
  ]
  static let nonTakeUp = [
    "unknown_right": ["Non-connaissance", "ne connaît pas", "méconnaissance", "non-connaissance"],
    "not_offered": ["Non-proposition", "pas proposé"],
    "not_claimed": ["Non-demande", "ne demande pas", "renoncement", "non-demande"],
    "not_received": ["Non-réception", "dossier bloqué", "demandé non reçu", "en attente"],
  ]
  static let priority = [
    "isolated_senior": ["Senior isolé", "senior seul", "personne âgée isolée", "senior"],
    "single_parent": ["Parent seul", "monoparental", "famille monoparentale", "parent seul"],
    "low_income": ["Ressources très faibles", "précarité", "minima sociaux", "faibles ressources"],
    "job_seeker": ["En recherche d’emploi", "demandeur d’emploi", "chômage", "demandeur d’emploi"],
    "disability": ["Perte d’autonomie ou handicap", "handicap", "perte d’autonomie", "handicap"],
  ]
  static let funder = [
    "landlord": ["Bailleur", "bailleur social"], "operator": ["Opérateur", "prestataire"],
    "public": ["Collectivité ou État", "commune", "ville", "mairie"],
  ]
  static let item = [
    "staff": ["Salaires", "personnel", "masse salariale", "salaire"],
    "fluids": ["Fluides", "énergie"],
    "supplies": ["Fournitures et petit matériel", "matériel", "fournitures", "petit matériel"],
    "services": ["Prestations", "intervenants", "prestation", "intervenant"],
  ]
  static let line = [
    "residents": ["Projets d’habitants", "budget habitants", "FPH", "projets habitants"],
    "programme": ["Animation", "ateliers", "programme", "activités"],
    "running": ["Fonctionnement", "frais généraux", "frais de fonctionnement", "frais généraux"],
  ]
  static let tax = ["ht": ["Hors taxes", "HT", "H.T.", "hors taxe"], "ttc": ["TTC"]]
  static let mode = [
    "face_to_face": ["Face à face", "entretien", "porte à porte", "en personne"],
    "paper": ["Papier", "boîte aux lettres", "questionnaire papier", "courrier"],
    "phone": ["Téléphone", "tél."], "online": ["En ligne", "courriel", "lien", "internet"],
  ]
  static let panel = [
    "answered": ["A répondu", "complet", "oui", "répondu"],
    "partial": ["A répondu en partie", "partiel", "incomplet", "abandon"],
    "refused": ["Refus", "refusé"],
    "not_reached": ["Non joint", "absent", "pas de réponse", "absent"],
    "ineligible": ["Hors champ", "déménagé", "parti", "déménagé"],
  ]
  static let evidence = [
    "measured": ["Mesuré"], "declared": ["Déclaré"], "assumed": ["Supposé"],
    "official": ["Source officielle"], "study": ["Étude publiée"], "estimate": ["Estimation"],
  ]
  static let proxyKind = [
    "avoided_cost": ["Coût évité"], "income": ["Revenu"], "market_price": ["Prix de marché"],
    "wellbeing": ["Valeur de bien-être"],
  ]
}
