import Periods
import Statistics

/// What residents say they need, and what is done about it; what they do for one another.
struct NeedsGenerator {
  private static let needs: [(theme: String, words: [String])] = [
    (
      "bonds",
      [
        "Se retrouver le dimanche", "Des jeux de société le soir",
        "Connaître ses voisins de palier", "Un repas pour les personnes seules",
      ]
    ),
    (
      "housing",
      ["Un logement plus grand", "Des meubles d’occasion", "Une douche à la place de la baignoire"]
    ),
    (
      "surroundings",
      [
        "Moins de bruit sous les fenêtres", "Un banc devant l’entrée", "Le local à vélos plus sûr",
        "Des fleurs dans la cour",
      ]
    ),
    (
      "rights",
      ["Comprendre un courrier", "Un rendez-vous pour les aides", "Remplir un dossier en ligne"]
    ),
    ("budget", ["Des achats groupés", "Comprendre la facture de chauffage"]),
    ("jobs", ["Relire un CV", "Préparer un entretien", "Trouver un stage"]),
    ("health", ["Une activité physique douce", "Une aide pour sortir", "Parler de la mémoire"]),
    (
      "youth",
      ["Une aide aux devoirs le mardi", "Des sorties pour les adolescents", "Un échange de gardes"]
    ),
    ("mobility", ["Aller au marché sans voiture", "Du covoiturage le matin"]),
    ("digital", ["Se servir d’un téléphone", "Un accès à une imprimante"]),
  ]
  private static let kinds = [
    "lift", "errand", "repair", "childcare", "paperwork", "loan", "purchase", "company", "animal",
  ]

  private let scene: Scene
  private var random: SplitMix
  private(set) var needs: [DemoNeed] = []
  private(set) var favours: [DemoFavour] = []

  init(_ scene: Scene) {
    self.scene = scene
    random = scene.stream("needs")
  }

  mutating func run() {
    for year in scene.plan.years {
      let growth = year - scene.plan.years.lowerBound
      for number in 1...(20 + random.below(9)) { express(year, number, growth) }
    }
    random = scene.stream("favours")
    for year in scene.plan.years { favour(year) }
  }

  private mutating func express(_ year: Int, _ number: Int, _ growth: Int) {
    let day = scene.openDay(year, 1...12, &random)
    let (theme, words) = random.pick(Self.needs)
    let adults = scene.residents(16...90, on: day)
    let who = !adults.isEmpty && random.chance(0.7) ? random.pick(adults) : nil
    let source = ["session", "council", "outreach", "survey", "direct"][
      random.weighted([28, 20, 22, 6, 24])]
    // Most are answered within a quarter, some later, some never; better each year.
    let pace = random.weighted([60 + 5 * growth, 18, 22 - 3 * min(growth, 5)])
    let wait = pace == 0 ? random.within(2...88) : random.within(95...240)
    let acted = pace == 2 ? nil : scene.within(day.advanced(by: wait))
    let answers = ["activity", "project", "referral", "landlord", "help", "answer"]
    let told = acted.flatMap { scene.within($0.advanced(by: random.within(0...30))) }
    let situations = ["economic", "physical", "psychic", "family", "autonomy", "none"]
    needs.append(
      DemoNeed(
        key: "\(scene.site.code)-B\(year)-\(Text.padded(number, 2))", residence: scene.key,
        logged: day, theme: theme, source: source, person: who.map { scene.folk[$0].person },
        situation: random.chance(0.2) ? situations[random.weighted([25, 12, 5, 15, 18, 25])] : nil,
        words: random.pick(words), acted: acted,
        actionKind: acted == nil ? nil : answers[random.weighted([26, 12, 18, 20, 14, 10])],
        told: random.chance(0.75) ? told : nil))
  }

  /// Neighbours who help are few, and often the same; those who receive are many.
  private mutating func favour(_ year: Int) {
    let growth = Double(year - scene.plan.years.lowerBound)
    let count = Int(Double(28 + random.below(18)) * (1 + 0.18 * growth) * scene.site.liveliness)
    var daily: [Day: Int] = [:]
    for _ in 0..<count {
      let day = Calendar.day(year, random.within(1...12), random.within(1...28))
      let adults = scene.residents(16...90, on: day)
      guard adults.count > 1 else { continue }
      let helpers = adults.filter { scene.regularity[$0] > 3 }
      let giver =
        helpers.isEmpty || random.chance(0.25) ? random.pick(adults) : random.pick(helpers)
      var receiver = random.pick(adults)
      while receiver == giver { receiver = random.pick(adults) }
      let kind = Self.kinds[random.weighted([18, 18, 12, 12, 10, 10, 6, 10, 4])]
      let minutes = random.within(1...12) * 15
      let saves = ["lift", "repair", "childcare", "purchase", "loan"].contains(kind)
      daily[day, default: 0] += 1
      favours.append(
        DemoFavour(
          residence: scene.key, date: day, number: daily[day] ?? 1, kind: kind,
          giver: random.chance(0.07) ? nil : scene.folk[giver].person,
          receiver: random.chance(0.12) ? nil : scene.folk[receiver].person,
          minutes: kind == "loan" ? nil : minutes,
          cents: saves && random.chance(0.6) ? random.within(4...90) * 50 : nil))
    }
    favours.sort { ($0.date, $0.number) < ($1.date, $1.number) }
  }
}
