import Periods
import Statistics

/// What residents and others propose, and how far it goes.
struct ProjectsGenerator {
  private static let ideas: [(title: String, theme: String, axis: String)] = [
    ("Composteur partagé", "jardin", Slots.ecology),
    ("Bourse aux plantes", "jardin", Slots.ecology),
    ("Atelier vélo", "autre", Slots.ecology), ("Boîte à livres", "culture", Slots.quality),
    ("Fresque du hall", "culture", Slots.quality), ("Ciné-club", "culture", Slots.quality),
    ("Café des aidants", "sante", Slots.quality), ("Marche du dimanche", "sante", Slots.quality),
    ("Groupement d’achat", "cuisine", Slots.economy), ("Four à pain", "cuisine", Slots.quality),
    ("Repas d’ici et d’ailleurs", "cuisine", Slots.quality),
    ("Grainothèque", "jardin", Slots.ecology), ("Poulailler", "jardin", Slots.ecology),
    ("Tutorat des collégiens", "jeunesse", Slots.quality),
    ("Ludothèque du mercredi", "jeunesse", Slots.quality),
    ("Club de réparation", "autre", Slots.ecology), ("Trocs du samedi", "fete", Slots.ecology),
    ("Fête des voisins", "fete", Slots.quality),
    ("Journal de la résidence", "culture", Slots.innovation),
    ("Accueil des nouveaux", "gouvernance", Slots.innovation),
    ("Règles de la salle", "gouvernance", Slots.innovation),
    ("Coopérative de services", "emploi", Slots.economy),
    ("Garde partagée", "jeunesse", Slots.economy),
    ("Aide aux papiers", "numerique", Slots.economy),
  ]

  private let scene: Scene
  private var random: SplitMix
  private(set) var projects: [DemoProject] = []

  init(_ scene: Scene) {
    self.scene = scene
    random = scene.stream("projects")
  }

  mutating func run() {
    var ideas = Self.ideas[...]
    for year in scene.plan.years {
      let growth = Double(year - scene.plan.years.lowerBound)
      var purse = 5000
      for _ in 0..<(5 + random.below(3)) {
        if ideas.isEmpty { ideas = Self.ideas[...] }
        let idea = ideas.remove(at: ideas.startIndex + random.below(ideas.count))
        propose(idea, year, growth, &purse)
      }
    }
  }

  private mutating func propose(
    _ idea: (title: String, theme: String, axis: String), _ year: Int, _ growth: Double,
    _ purse: inout Int
  ) {
    let day = scene.openDay(year, 1...11, &random)
    let own = 55 + Int(6 * growth) + scene.site.autonomy
    let by = ["resident", "animator", "landlord", "partner"][random.weighted([own, 22, 9, 9])]
    let regulars = scene.residents(18...80, on: day).filter { scene.regularity[$0] > 5 }
    let lead = by == "resident" && !regulars.isEmpty ? random.pick(regulars) : nil
    func after(_ start: Day?, _ range: ClosedRange<Int>, _ chance: Double) -> Day? {
      let days = random.within(range)
      let goes = random.chance(chance)
      return start.flatMap { goes ? scene.within($0.advanced(by: days)) : nil }
    }
    let supported = after(day, 8...60, 0.76)
    let started = after(supported, 5...50, 0.92)
    let delivered = after(started, 20...200, 0.85)
    let isYoung = started.map { scene.last.number - $0.number < 365 } ?? true
    let ended = after(started, 120...700, isYoung ? 0.2 : 0.5)
    let active: Bool? = started == nil ? nil : ended == nil
    let led =
      started == nil
      ? nil
      : ["resident", "co_led", "animator", "partner"][random.weighted([own - 20, 24, 26, 6])]
    let rung =
      by == "resident"
      ? random.within(5...8) : by == "animator" ? random.within(3...6) : random.within(2...5)
    let asked = started == nil ? 0 : random.within(0...14)
    let wish = 100 + random.below(14) * 50
    let budget = supported == nil ? 0 : min(wish, purse)
    purse -= budget
    projects.append(
      DemoProject(
        key: "\(scene.site.code)-P\(Text.padded(projects.count + 1, 2))", residence: scene.key,
        title: idea.title, theme: idea.theme, axis: idea.axis, proposedBy: by,
        lead: lead.map { scene.folk[$0].person }, proposed: day, supported: supported,
        started: started, delivered: delivered, ended: ended, active: active,
        checked: started == nil ? nil : scene.last, ledBy: led,
        rungOperator: supported == nil ? nil : rung,
        rungResidents: asked >= 3 ? max(1, rung - random.weighted([45, 35, 20])) : nil,
        raters: started == nil ? nil : asked, budget: supported == nil ? nil : budget))
  }
}
