import Periods

/// A recurring activity of a residence's programme.
struct Slot {
  let title: String, theme: String, axis: String
  /// 0 for Monday to 6 for Sunday.
  let weekday: Int
  let start: Int, minutes: Int
  /// Every how many weeks.
  let every: Int
  let months: ClosedRange<Int>
  /// How many people are expected in a residence of middling size.
  let size: Double
  /// Cost of a session, and of each person, in cents.
  let cost: Int, each: Int
  /// Whether the families of those who come often come along.
  let together: Bool

  /// Whether the slot falls on a day: its weekday, its weeks, its months, and no closure.
  func falls(on day: Day) -> Bool {
    let civil = day.civil
    guard Calendar.weekday(day) == weekday, months.contains(civil.month) else { return false }
    if Calendar.isClosed(day) { return false }
    return every == 1 || Int(day.number / 7) % every == (weekday + minutes / 30) % every
  }
}

enum Slots {
  static let quality = "qualite_de_vie"
  static let economy = "vitalite_economique"
  static let ecology = "transition_ecologique"
  static let innovation = "innovation_sociale"

  static let all: [Slot] = [
    Slot(
      title: "Repas partagé", theme: "cuisine", axis: quality, weekday: 3, start: 720,
      minutes: 150, every: 1, months: 1...12, size: 11, cost: 2800, each: 260, together: true),
    Slot(
      title: "Jardin partagé", theme: "jardin", axis: ecology, weekday: 5, start: 600,
      minutes: 120, every: 1, months: 2...11, size: 8, cost: 1200, each: 0, together: true),
    Slot(
      title: "Aide aux devoirs", theme: "jeunesse", axis: quality, weekday: 1, start: 1020,
      minutes: 90, every: 1, months: 1...12, size: 8, cost: 600, each: 0, together: false),
    Slot(
      title: "Gym douce", theme: "sante", axis: quality, weekday: 0, start: 600, minutes: 60,
      every: 1, months: 1...12, size: 10, cost: 5500, each: 0, together: false),
    Slot(
      title: "Atelier numérique et démarches", theme: "numerique", axis: economy, weekday: 2,
      start: 840, minutes: 90, every: 2, months: 1...12, size: 7, cost: 4000, each: 0,
      together: false),
    Slot(
      title: "Chorale", theme: "culture", axis: quality, weekday: 2, start: 1110, minutes: 90,
      every: 2, months: 1...12, size: 10, cost: 6000, each: 0, together: false),
    Slot(
      title: "Sortie culturelle", theme: "culture", axis: quality, weekday: 5, start: 840,
      minutes: 240, every: 5, months: 1...12, size: 12, cost: 9000, each: 450, together: true),
    Slot(
      title: "Coup de pouce emploi", theme: "emploi", axis: economy, weekday: 4, start: 570,
      minutes: 120, every: 2, months: 1...12, size: 6, cost: 3500, each: 0, together: false),
    Slot(
      title: "Conseil de maison", theme: "gouvernance", axis: innovation, weekday: 1, start: 1110,
      minutes: 90, every: 4, months: 1...12, size: 12, cost: 1500, each: 0, together: false),
    Slot(
      title: "Goûter des voisins", theme: "fete", axis: quality, weekday: 4, start: 990,
      minutes: 120, every: 4, months: 1...12, size: 19, cost: 3000, each: 180, together: true),
    Slot(
      title: "Atelier réparation", theme: "autre", axis: ecology, weekday: 5, start: 870,
      minutes: 150, every: 4, months: 1...12, size: 7, cost: 2000, each: 0, together: false),
  ]

  /// The outdoor celebrations: month, the Saturday of the month, title.
  static let outdoors: [(month: Int, saturday: Int, title: String)] = [
    (6, 3, "Fête de la résidence"), (9, 4, "Fête d’automne"), (12, 2, "Marché de Noël"),
  ]

  /// An outdoor celebration as a slot of one day.
  static func outdoor(_ title: String) -> Slot {
    Slot(
      title: title, theme: "fete", axis: quality, weekday: 5, start: 870, minutes: 240, every: 1,
      months: 1...12, size: 42, cost: 58_000, each: 0, together: true)
  }

  /// How much a theme draws each age band (0-17, 18-34, 35-59, 60+).
  static let appeal: [String: [Double]] = [
    "cuisine": [0.7, 0.7, 1.0, 1.5], "jardin": [0.6, 0.6, 1.1, 1.5],
    "jeunesse": [4.0, 0.4, 0.7, 0.4], "sante": [0.1, 0.5, 0.9, 2.4],
    "numerique": [0.3, 0.7, 1.0, 2.0], "culture": [0.6, 0.8, 1.0, 1.5],
    "emploi": [0.1, 2.6, 1.9, 0.2], "gouvernance": [0.1, 0.7, 1.4, 1.4],
    "fete": [1.4, 1.0, 1.0, 1.0], "autre": [0.5, 0.9, 1.3, 1.3],
  ]

  /// Fictional partners of each theme.
  static let partners: [String: String] = [
    "sante": "Souffle et Pas (fictif)", "culture": "Atelier du Chardon (fictif)",
    "numerique": "La Souris verte (fictif)", "emploi": "Cap Vers (fictif)",
    "jardin": "Graines d’en bas (fictif)", "jeunesse": "Cartable et Compagnie (fictif)",
    "autre": "Le Tournevis (fictif)",
  ]
}
