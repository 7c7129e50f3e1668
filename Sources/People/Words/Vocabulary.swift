/// The words around names on a sheet.
enum NameWords {
  /// Titles, with the sex they tell. `m` is also an initial.
  static let titles: [String: Sex?] = [
    "m": .man, "mr": .man, "monsieur": .man, "mons": .man, "sir": .man, "sieur": .man,
    "mister": .man,
    "mme": .woman, "madame": .woman, "mlle": .woman, "melle": .woman, "mademoiselle": .woman,
    "mmme": .woman, "mm": .man, "mrs": .woman, "ms": .woman, "miss": .woman, "dame": .woman,
    "messieurs": .man, "mesdames": .woman, "mmes": .woman, "veuve": .woman,
    "vve": .woman, "dr": nil, "docteur": nil, "pr": nil, "prof": nil, "me": nil, "maitre": nil,
  ]

  /// What stands before another surname of the same person.
  static let otherSurname = set("nee ne ep epouse epse eps epouze usage ex")

  /// What stands before another given name.
  static let alias = set("dit dite alias surnomme surnommee")

  /// What joins people on one line.
  static let joiners = set("et and avec ainsi")

  /// People of a surname, taken together.
  static let groups = set(
    """
    famille familles fam couple les enfants jumeaux jumelles soeurs freres fratrie epoux
    menage foyer tous
    """)

  /// A relative of the person named next.
  static let kin = set(
    """
    fils fille filles fillette garcon enfant enfants bebe petitfils petitefille petit petite soeur
    frere mere pere maman papa mari femme conjoint conjointe compagnon compagne neveu niece cousin
    cousine grandmere grandpere mamie papi papy tante oncle bellemere beaupere bellefille beaufils
    belle beau grand grande parents ado
    """)

  /// A guest of the person named next.
  static let guests = set(
    """
    ami amie amis amies copain copine invite invitee invites voisin voisine voisins voisines
    visiteur visiteuse visiteurs accompagnant accompagnante
    """)

  /// Who is at a session without living there.
  static let outsiders = set(
    """
    intervenant intervenante intervenants stagiaire stagiaires animateur animatrice animateurs anim
    benevole benevoles educateur educatrice mediateur mediatrice gardien gardienne voisin voisine
    voisins voisines visiteur visiteuse exterieur exterieure exterieurs partenaire partenaires
    professeur professeure formateur formatrice coordinateur coordinatrice salarie salariee
    referent referente conferencier conferenciere artiste encadrant encadrante accompagnateur
    accompagnatrice agent equipe service civique invite invitee invites quartier hors residence
    """)

  /// What is written when nobody is named.
  static let nobody = set(
    """
    anonyme anonymes inconnu inconnue inconnus illisible illisibles idem neant rien personne
    personnes quelqu un une nom noms prenom prenoms participant participante participants total
    totaux x xx xxx non renseigne renseignee nr nc na nsp signature sans pas lu lisible lisiblement
    adulte adultes homme dame monsieur enfant enfants ado ados
    """)

  /// Remarks that stand beside a name.
  static let remarks = set(
    """
    retard absent absente abs excuse excusee exc present presente nouveau nouvelle new tel
    telephone port portable mobile apt appt appart appartement logement logt lgt log bat batiment
    esc escalier etage etg porte chambre ans an age mail parti partie arrive arrivee enfant bebe
    mineur mineure ado adulte senior benevole resident residente locataire habitant habitante
    annule
    """)

  /// What stands before a flat.
  static let flats = set(
    "apt appt appart appartement logement logt lgt log bat batiment esc escalier porte chambre ch")

  /// Particles and articles of surnames: written apart or not, or left out.
  static let particles = set(
    """
    de du des d la le les l da do dos das di del della van von den der ter el al ben bent bint ibn
    ait ould bin abu abou mac mc o saint st ste sainte n y e
    """)

  private static func set(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }
}
