import Periods
import Statistics

/// The partners of the programme, and those that a residence has beside them.
struct PartnersGenerator {
  /// Organisations that each residence knows: name, kind, themes, the part they take.
  private static let local: [(name: String, kind: String, themes: [String], part: String)] = [
    ("Médiathèque", "public", ["culture", "numerique"], "co_delivered"),
    ("Centre d’action sociale", "public", ["numerique", "sante"], "referred"),
    ("École des Deux-Ponts", "school", ["jeunesse"], "co_delivered"),
    ("Amicale des locataires", "residents", ["fete", "gouvernance"], "co_delivered"),
    ("Ressourcerie du Coin", "association", ["autre", "jardin"], "hosted"),
    ("Boulangerie de la Place", "company", ["fete", "cuisine"], "funded"),
  ]

  /// Those whom the programme's sessions name; they work with several residences.
  static func shared(_ plan: DemoPlan) -> [DemoPartner] {
    let facts: [String: (kind: String, seat: String, distance: Int)] = [
      "sante": ("association", "department", 140), "culture": ("association", "nearby", 38),
      "numerique": ("association", "department", 210), "emploi": ("employment", "elsewhere", 820),
      "jardin": ("association", "nearby", 45), "jeunesse": ("association", "commune", 9),
      "autre": ("association", "nearby", 31),
    ]
    return Slots.partners.sorted { $0.key < $1.key }.compactMap { theme, name in
      guard let fact = facts[theme] else { return nil }
      return DemoPartner(
        key: name, kind: fact.kind, commune: "Grandbourg (fictif)", seat: fact.seat,
        residence: nil, distance: fact.distance,
        first: Calendar.day(plan.years.lowerBound - 2, 9, 1), ended: nil)
    }
  }

  private let scene: Scene
  private var random: SplitMix
  private(set) var partners: [DemoPartner] = []
  private(set) var deliveries: [DemoDelivery] = []

  init(_ scene: Scene) {
    self.scene = scene
    random = scene.stream("partners")
  }

  mutating func run() {
    let years = scene.plan.years
    for (i, kind) in Self.local.enumerated() {
      // Some begin later, and some leave before the end.
      let begins = random.chance(0.35) ? random.within(years) : years.lowerBound - 1
      let ends = random.chance(0.2) && begins < years.upperBound ? years.upperBound - 1 : nil
      let near = random.weighted([70, 20, 10])
      partners.append(
        DemoPartner(
          key: "\(kind.name), \(scene.residence.city)", kind: kind.kind,
          commune: near == 0 ? scene.residence.city : "Grandbourg (fictif)",
          seat: ["commune", "nearby", "department"][near], residence: scene.key,
          distance: [random.within(2...24), random.within(26...49), random.within(80...300)][near],
          first: Calendar.day(begins, random.within(1...6), 1),
          ended: ends.map { Calendar.day($0, 12, 1) }))
      for session in scene.sessions where kind.themes.contains(session.theme) {
        let share = i == 3 ? 0.2 : 0.12
        guard random.chance(share), session.date >= partners[i].first,
          partners[i].ended.map({ session.date < $0 }) ?? true
        else { continue }
        deliveries.append(
          DemoDelivery(
            session: session.key, partner: partners[i].key, part: kind.part,
            minutes: kind.part == "co_delivered" ? session.minutes + 30 : nil))
      }
    }
    // A partner who leads has a row as well where its hours were noted.
    for session in scene.sessions {
      if let partner = session.partner, random.chance(0.4) {
        deliveries.append(
          DemoDelivery(
            session: session.key, partner: partner, part: "led", minutes: session.minutes + 45))
      }
    }
  }
}
