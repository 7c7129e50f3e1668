/// The words that offices use for coded values, by the value's name in the model.
enum Words {
  static let sex = [
    "f": ["F", "Femme", "Mme", "femme"], "m": ["H", "Homme", "Monsieur", "homme"],
  ]
  static let kind = [
    "resident": ["Habitant", "Locataire", "résident", "habitant"],
    "neighbour": ["Voisin", "Quartier", "extérieur", "voisin"],
    "staff": ["Salarié", "Animatrice", "salarié", "animateur"],
    "partner": ["Partenaire", "Intervenant", "partenaire", "intervenante"],
  ]
  static let household = [
    "single": ["Personne seule", "Seule", "isolé", "Personne seule"],
    "couple": ["Couple sans enfant", "Couple", "couple", "Couple sans enfant"],
    "family": ["Couple avec enfants", "Famille", "famille", "Couple avec enfants"],
    "single_parent": ["Famille monoparentale", "Monoparentale", "parent seul", "monoparental"],
    "other": ["Autre ménage", "Autre", "autre", "Autre ménage"],
  ]
  static let earmark = [
    "seniors": ["Seniors", "Personnes âgées", "senior", "Seniors"],
    "families": ["Familles", "Famille", "famille", "Familles"],
    "youth": ["Jeunes", "Étudiants", "jeune", "Jeunes"],
    "none": ["Sans", "Tout public", "aucune", "Sans"],
  ]
  static let theme = [
    "cuisine": ["Cuisine et repas partagés", "Repas", "cuisine", "Repas partagé"],
    "culture": ["Culture et arts", "Musique", "culture", "Arts"],
    "jardin": ["Jardin et nature", "Jardinage", "jardin", "Jardin partagé"],
    "numerique": ["Numérique et démarches", "Informatique", "numérique", "Accès aux droits"],
    "sante": ["Santé et bien-être", "Sport", "santé", "Bien-être"],
    "jeunesse": ["Enfance et jeunesse", "Aide aux devoirs", "jeunesse", "Enfants"],
    "emploi": ["Emploi et insertion", "Insertion", "emploi", "Emploi-formation"],
    "fete": ["Fêtes et rencontres", "Convivialité", "fête", "Rencontre"],
    "gouvernance": ["Vie de la résidence", "Conseil de maison", "gouvernance", "Réunion"],
    "autre": ["Autre", "Divers", "autre", "Divers"],
  ]
  static let axis = [
    "qualite_de_vie": ["Qualité de vie et cohésion"],
    "vitalite_economique": ["Vitalité économique"],
    "transition_ecologique": ["Transition écologique"],
    "innovation_sociale": ["Innovation sociale"],
  ]
  static let leadership = [
    "resident": ["Portée par des habitants", "Habitants", "habitant", "Résidents"],
    "co_led": ["Co-portée avec des habitants", "Co-animation", "co-portée", "Co-animé"],
    "animator": ["Portée par l’animateur", "Animatrice", "animateur", "Salarié"],
    "partner": ["Portée par un partenaire", "Association", "partenaire", "Intervenant"],
  ]
  static let sessionStatus = [
    "held": ["Tenue", "Réalisée", "oui", "tenue"],
    "cancelled": ["Annulée", "Annulé", "non", "annulée"],
  ]
  static let presence = [
    "present": ["X", "Présent", "oui", "P"], "absent": ["A", "Absent", "non", "Abs."],
    "excused": ["E", "Excusé", "exc.", "Excusée"],
  ]
  /// A blank cell is the model's default.
  static let role = [
    "participant": ["", "Participant", "participante", ""],
    "lead": ["Porteur de la séance", "Porteuse", "organisateur", "Porteur"],
    "co_lead": ["Co-porteur", "Co-porteuse", "co-animateur", "Co-porteur"],
    "volunteer": ["Bénévole", "Coup de main", "aide", "Bénévole"],
    "staff": ["Salarié", "Animatrice", "animateur", "Salariée"],
    "partner": ["Partenaire", "Intervenant", "partenaire", "Intervenante"],
  ]
  static let ledger = [
    "budget": ["Budget", "Budget voté", "prévu", "Budget"],
    "expense": ["Dépense", "Charge", "dépenses", "Facture"],
    "funding": ["Financement", "Subvention", "recette", "Cofinancement"],
    "instalment": ["Échéance", "acompte", "échéancier", "tranche"],
  ]
}
