import Periods
import Statistics

/// Budget, expenses and funding of a residence, year by year.
struct AccountsGenerator {
  private let plan: DemoPlan
  private let residence: DemoResidence
  private let sessions: [DemoSession]
  private var random: SplitMix
  private var out: [DemoEntry] = []
  private var number = 0

  init(_ plan: DemoPlan, _ residence: DemoResidence, sessions: [DemoSession]) {
    self.plan = plan
    self.residence = residence
    self.sessions = sessions
    random = SplitMix(seed: plan.seed, "accounts/" + residence.key)
  }

  mutating func run() -> [DemoEntry] {
    let axes = Dictionary(
      Slots.all.map { ($0.theme, $0.axis) }, uniquingKeysWith: { first, _ in first })
    let themes = axes.keys.sorted()
    for year in plan.years {
      number = 0
      let start = Calendar.day(year, 1, 15)
      add(start, "budget", "Poste d’animation", cents: 3_400_000, bearer: "Bailleur (fictif)")
      for theme in themes {
        let cents = (60_000 + random.below(120_000)) / 5000 * 5000
        add(
          start, "budget", "Budget voté", cents: cents, theme, axes[theme],
          decided: theme == "gouvernance" || theme == "autre" ? "resident" : "co_led")
      }
      for quarter in 1...4 {
        let last = Calendar.day(
          year, quarter * 3, Day.length(ofMonth: quarter * 3, year: year))
        for theme in themes {
          let spent = sessions.filter {
            $0.theme == theme && $0.date.year == year && ($0.date.civil.month + 2) / 3 == quarter
          }.reduce(0) { $0 + $1.costCents }
          if spent > 0 {
            add(
              last, "expense", "Coûts directs du trimestre \(quarter)", cents: spent, theme,
              axes[theme], bearer: "Opérateur (fictif)")
          }
        }
        add(
          last, "expense", "Poste d’animation", cents: 820_000 + random.below(40) * 1000,
          bearer: "Bailleur (fictif)")
        add(
          last, "expense", "Fluides et ménage", cents: 31_000 + random.below(200) * 95,
          bearer: "Opérateur (fictif)")
      }
      for _ in 0..<(2 + random.below(3)) {
        let day = Calendar.day(year, random.within(2...11), random.within(1...28))
        let theme = random.pick(themes)
        add(
          day, "expense", "Petit matériel", cents: 1500 + random.below(9000), theme, axes[theme],
          bearer: "Opérateur (fictif)", decided: "resident")
      }
      add(
        Calendar.day(year, 3, 10), "funding", "Convention du bailleur", cents: 3_600_000,
        bearer: "Bailleur (fictif)")
      add(
        Calendar.day(year, 6, 20), "funding", "Subvention de la commune",
        cents: 300_000 + random.below(50) * 10_000, bearer: "Commune (fictif)")
    }
    return out
  }

  private mutating func add(
    _ date: Day, _ kind: String, _ label: String, cents: Int, _ theme: String? = nil,
    _ axis: String? = nil, bearer: String? = nil, decided: String? = nil
  ) {
    number += 1
    out.append(
      DemoEntry(
        key: "\(residence.key)-\(date.year)-\(Text.padded(number, 3))", residence: residence.key,
        date: date, kind: kind, label: label, cents: cents, theme: theme, axis: axis,
        bearer: bearer, decidedBy: decided))
  }
}

extension DemoEntry {
  /// What an entry's label and theme say of it: who pays, for which item, on which budget line.
  var facts: (funder: String?, item: String?, line: String?) {
    let funder =
      bearer.map {
        $0.hasPrefix("Bailleur") ? "landlord" : $0.hasPrefix("Commune") ? "public" : "operator"
      }
    if kind == "funding" { return (funder, nil, nil) }
    switch label {
    case "Poste d’animation": return (funder, "staff", "programme")
    case "Fluides et ménage": return (funder, "fluids", "running")
    case "Petit matériel": return (funder, "supplies", "residents")
    case "Budget voté": return (funder, nil, "programme")
    default:
      let isTheirs = theme == "fete" || theme == "autre"
      return (funder, "services", isTheirs ? "residents" : "programme")
    }
  }
}
