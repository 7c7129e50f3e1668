import Periods
import Statistics

/// Proxies and outcomes for a valuation: an exercise, every figure of it invented.
enum ValuesGenerator {
  static func proxies(_ plan: DemoPlan) -> [DemoProxy] {
    let year = plan.years.upperBound
    return [
      DemoProxy(
        key: "solitude", title: "Sortir de la solitude, une année", kind: "wellbeing",
        unit: "personne",
        evidence: "study", value: 900, low: 450, high: 1500, year: year),
      DemoProxy(
        key: "emploi", title: "Emploi durable, une année", kind: "income", unit: "personne",
        evidence: "official", value: 7400, low: 5200, high: 9000, year: year),
      DemoProxy(
        key: "entraide", title: "Heure d’entraide", kind: "market_price", unit: "heure",
        evidence: "official",
        value: 12, low: 10, high: 15, year: year),
      DemoProxy(
        key: "impaye", title: "Impayé évité", kind: "avoided_cost", unit: "ménage",
        evidence: "estimate", value: 640,
        low: 300, high: 1100, year: year),
      DemoProxy(
        key: "reemploi", title: "Kilo d’objets réemployés", kind: "avoided_cost", unit: "kg",
        evidence: "estimate",
        value: 2, low: 1, high: 4, year: year),
      DemoProxy(
        key: "domicile", title: "Rester chez soi, une année", kind: "avoided_cost",
        unit: "personne", evidence: "study", value: 12000, low: 7000, high: 16000, year: year),
    ]
  }

  static func outcomes(
    _ scene: Scene, favours: [DemoFavour], cases: [DemoCase],
    quantities: [DemoQuantity]
  ) -> [DemoOutcome] {
    var random = scene.stream("outcomes")
    let year = scene.plan.years.upperBound
    let hours = favours.filter { $0.date.year == year }.reduce(0) { $0 + ($1.minutes ?? 0) } / 60
    let jobs = cases.count { $0.exit?.year == year && $0.exitClass == "durable" }
    let kilos =
      quantities.filter { $0.date.year == year && $0.measure == "given" }
      .reduce(0) { $0 + $1.tenths } / 10
    let lines: [(String, String, String, String, Int, String)] = [
      (
        "Habitants", "Se sentir moins seul", "personne", "solitude", 5 + random.below(9), "measured"
      ),
      (
        "Habitants en recherche d’emploi", "Retrouver un emploi durable", "personne", "emploi",
        jobs, "measured"
      ),
      ("Voisins", "S’entraider", "heure", "entraide", hours, "measured"),
      ("Bailleur", "Éviter des impayés", "ménage", "impaye", 1 + random.below(4), "assumed"),
      ("Commune", "Réemployer des objets", "kg", "reemploi", kilos, "measured"),
      (
        "Département", "Rester chez soi plus longtemps", "personne", "domicile",
        1 + random.below(6), "declared"
      ),
    ]
    return lines.enumerated().map { i, line in
      let lasts = i < 2 || i == lines.count - 1
      return DemoOutcome(
        key: "\(scene.site.code)-V\(i + 1)", residence: scene.key, year: year,
        stakeholder: line.0, title: line.1, unit: line.2, proxy: line.3, quantity: line.4,
        quantityLow: line.4 * 7 / 10, quantityHigh: line.4 * 12 / 10,
        deadweight: 10 + random.below(6) * 5, displacement: random.below(3) * 5,
        attribution: 20 + random.below(7) * 5, dropOff: lasts ? 30 : 0,
        years: lasts ? 2 : 1, evidence: line.5,
        indicator: line.3 == "solitude" ? "evolution-solitude-mieux" : "")
    }
  }
}
