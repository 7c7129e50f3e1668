import Diagnostics
import Disclosure
import Foundation
import Indicators
import Periods
import Reporting
import TestSupport

/// Made-up tables of eight residences over three years, with cells of every status.
///
/// They are shaped as the engine's are, for the requests of the layout in use.
struct Sample {
  /// The residence with few people: below the public threshold in many cells.
  static let small = "R8"
  /// A residence with no data before the reported year.
  static let young = "R7"

  var audience = Audience.internal
  /// When set, every number of a cell that the public must not see becomes one of a kind.
  var names = [
    "Les Tilleuls", "Le Verger", "Résidence des Tanneries", "L’Ostal de la Cité", "Les Amandiers",
    "Cour des Lavandières", "Le Clos Saint-Jean", "La Passerelle",
  ]
  let cities = [
    "Lille", "Bordeaux", "Strasbourg", "Toulouse", "Valenton", "Rennes", "Saint-Denis", "Brest",
  ]

  let period = Sample.year(2024)
  private(set) var layout: ReportLayout

  /// The same with another layout.
  func with(_ layout: ReportLayout) -> Sample {
    var out = self
    out.layout = layout
    return out
  }

  init(audience: Audience = .internal, report: String = "dashboard") throws {
    self.audience = audience
    // A report as it is shipped; the dashboard with the first indicator of each list only.
    let path = Places.root + "/reports/\(report).json5"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    layout = try ReportLayout(
      name: path,
      text: report != "dashboard"
        ? text
        : text.replacingOccurrences(
          of: "indicators: \\[\"([^\"]*)\"[^\\]]*\\]", with: "indicators: [\"$1\"]",
          options: .regularExpression))
  }

  static func year(_ y: Int) -> Period {
    guard let period = Period(year: y) else { preconditionFailure("no such year") }
    return period
  }

  /// The level and the codes of frameworks of some indicators, where the test sets them.
  var levels: [String: String] = [:]
  var frameworks: [String: [String: String]] = [:]
  /// A residence whose shares rest on two cases.
  var handful: String?

  /// The targets and the events of the report.
  var goals: [ReportGoal] = []
  var events: [ReportEvent] = []

  var facts: ReportFacts {
    var facts = plainFacts
    facts.goals = goals
    facts.events = events
    return facts
  }

  private var plainFacts: ReportFacts {
    ReportFacts(
      title: "Huit résidences intergénérationnelles", isFictional: true,
      residences: names.enumerated().map { i, name in
        ReportFacts.Residence(key: "R\(i + 1)", name: name, city: cities[i], isFictional: true)
      }, period: period, previous: period.previousYear,
      fingerprint: "3f8a0c51e2b94d7786a1c0de55aa90b1f24e6677c8d9eeff00112233445566aa",
      observed: (
        Day(year: 2022, month: 1, day: 8) ?? period.first,
        Day(year: 2024, month: 12, day: 19)
          ?? period.last
      ), lastImport: Day(year: 2025, month: 1, day: 1), programVersion: "0.1.0",
      audience: audience, threshold: ReleasePolicy(audience: audience).threshold,
      cutTitles: [
        "age_band": Phrase(fr: "Tranche d’âge", en: "Age band"),
        "theme": Phrase(fr: "Thème", en: "Theme"),
      ],
      cutValues: [
        "age_band": [
          ("0-17", "0-17 ans", "0-17"), ("18-34", "18-34 ans", "18-34"),
          ("35-59", "35-59 ans", "35-59"), ("60+", "60 ans et plus", "60 and over"),
        ].map { ReportFacts.CutValue(value: $0.0, label: Phrase(fr: $0.1, en: $0.2)) },
        "theme": [
          ("cuisine", "Cuisine et repas partagés", "Cooking and shared meals"),
          ("jardin", "Jardin et nature", "Garden and nature"),
          ("emploi", "Emploi et insertion", "Jobs and inclusion"),
          ("fete", "Fêtes et rencontres", "Celebrations and gatherings"),
        ].map { ReportFacts.CutValue(value: $0.0, label: Phrase(fr: $0.1, en: $0.2)) },
      ])
  }

  /// The layout with the indicators that it names, and two more of the codes that they carry.
  var plan: ReportPlan {
    var known = Kind.all + [Kind.named("participants-bas"), Kind.named("menages-touches-bis")]
    known[known.count - 2].definition = Kind.neighbour("participants-bas", of: "PAR-03")
    known[known.count - 1].definition = Kind.neighbour("menages-touches-bis", of: "PAR-01")
    for name in layout.names where !known.contains(where: { $0.definition.id == name }) {
      known.append(Kind.named(name))
    }
    return ReportPlan(
      layout,
      among: known.map {
        ReportPlan.Known(
          id: $0.definition.id, catalogue: $0.definition.catalogue, cuts: $0.definition.cuts)
      })
  }

  /// The tables that the layout asks for, before disclosure control.
  func tables() -> [IndicatorTable] {
    plan.requests.map { request in
      let name = "\(request.indicator) \(request.cuts) \(request.step)"
      var random = SeededGenerator(seed: name.utf8.reduce(1) { $0 &* 31 &+ UInt64($1) })
      return table(request, using: &random)
    }
  }

  /// The tables as the audience may read them.
  func released(_ language: Language = .fr) throws -> [ReleasedTable] {
    try Release.release(
      tables(), policy: ReleasePolicy(audience: audience), language: language
    ).tables
  }

  /// The same release twice, the second with absurd numbers in every cell that is withheld. What is
  /// withheld is decided on true numbers: readers hold the first release already.
  func releasedTwice(_ language: Language = .fr) throws -> (
    plain: [ReleasedTable], odd: [IndicatorTable], marked: [ReleasedTable]
  ) {
    let plain = try released(language)
    let held = plain.flatMap { table in
      table.rows.map { row in
        let order = table.cuts.indices.sorted { table.cuts[$0] < table.cuts[$1] }
        return EarlierRow(
          indicator: table.heading.fullID, period: row.period.name, residence: row.residence,
          cuts: order.filter { row.cuts[$0] != "_total" }
            .map { "\(table.cuts[$0])=\(row.cuts[$0])" }, value: row.value)
      }
    }
    let odd = tables(marking: plain)
    let marked = try Release.release(
      odd, policy: ReleasePolicy(audience: audience), language: language, earlier: held
    ).tables
    return (plain, odd, marked)
  }

  /// The whole report.
  func files(_ language: Language = .fr, residences: [String] = []) throws -> [(
    path: String, contents: String
  )] {
    try Report(plan: plan, facts: facts, tables: released(language), residences: residences)
      .files(language: language)
  }

  private func table(
    _ request: ReportLayout.Request, using random: inout SeededGenerator
  ) -> IndicatorTable {
    var kind = Kind.named(request.indicator)
    if let setting = request.setting {
      var parameter = Parameter(-1, in: -1...10_000)
      parameter.value = setting.value
      kind.definition = kind.definition.with([setting.name: parameter])
    }
    if request.cuts == ["ends"] { kind.definition = kind.definition.with([:], cuts: ["ends"]) }
    let bands = facts.cutValues["age_band"]?.map(\.value) ?? []
    let values =
      request.cuts == ["ends"]
      ? bands.indices.flatMap { i in bands[i...].map { "\(bands[i])|\($0)" } }
      : request.cuts.first.flatMap { facts.cutValues[$0] }?.map(\.value) ?? []
    var rows: [IndicatorRow] = []
    for (p, period) in layout.periods(of: request, reporting: period).enumerated() {
      for r in 0...8 {
        let key = r == 0 ? "_total" : "R\(r)"
        for value in request.cuts.isEmpty ? [[]] : ([["_total"]] + values.map { [$0] }) {
          let part = value.isEmpty || value == ["_total"] ? 1 : 0.16 + 0.2 * unit(&random)
          var estimate = kind.estimate(
            size: (r == 0 ? 8 : key == Sample.small ? 0.14 : 0.75 + 0.6 * unit(&random)) * part
              * (request.step == .month ? 0.12 + 0.08 * unit(&random) : 1),
            growth: 1 + 0.09 * Double(p), using: &random)
          if let setting = request.setting { Sample.point(setting, of: kind, &estimate) }
          if key == Sample.young && period.last < self.period.first { estimate.scanned = 0 }
          if request.indicator == "diversite-ages" && r == 5 && request.step == .year {
            estimate.unknown = estimate.known
          }
          if key == handful, kind.definition.unit == "share" {
            (estimate.value, estimate.numerator, estimate.denominator) = (1, 2, 2)
          }
          rows.append(
            IndicatorRow(period: period, residence: key, cuts: value, estimate: estimate))
        }
      }
    }
    return IndicatorTable(definition: told(kind.definition), cuts: request.cuts, rows: rows)
  }

  /// The definition with what the test sets of it.
  private func told(_ d: IndicatorDefinition) -> IndicatorDefinition {
    IndicatorDefinition(
      id: d.id, catalogue: d.catalogue, version: d.version, validFrom: d.validFrom, title: d.title,
      dimension: d.dimension, axis: d.axis, level: levels[d.id] ?? d.level, unit: d.unit,
      counts: d.counts, additivity: d.additivity, formula: d.formula,
      formulaLocation: d.formulaLocation, cuts: d.cuts, direction: d.direction,
      minimumKnownShare: d.minimumKnownShare, note: d.note, source: d.source,
      frameworks: frameworks[d.id] ?? d.frameworks, isSurvey: d.isSurvey, unknowns: d.unknowns,
      parameters: d.parameters)
  }

  /// What a curve is at a number of its parameter.
  private static func point(
    _ setting: ReportLayout.Setting, of kind: Kind, _ e: inout Estimate
  ) {
    let n = e.persons ?? 0
    e.numerator = nil
    e.denominator = nil
    switch kind.definition.id {
    case "part-des-moins-presents":
      e.value = pow(setting.value, 2.4)
      e.apart = n - Int(setting.value * Double(n))
    case "participants-au-moins":
      e.value = (Double(n) * pow(setting.value, -0.5)).rounded()
      e.numerator = e.value
      e.apart = Int(e.value ?? 0)
    default:
      e.value = exp(-setting.value / 900)
      e.apart = n - Int(Double(n) * (e.value ?? 0))
    }
    let groups = [n, e.apart ?? 0, n - (e.apart ?? 0)].filter { $0 > 0 }
    e.smallestGroup = groups.min()
  }

  /// The same tables with absurd numbers in every cell that a release withholds, be it for itself
  /// or for others: its value, both its sides, what is known of it, its interval. Its persons are
  /// as few as before, where that is why it is withheld, else as many as one likes.
  func tables(marking released: [ReleasedTable]) -> [IndicatorTable] {
    zip(tables(), released).enumerated().map { t, pair in
      var rows = Array(pair.0.rows)
      for (r, row) in pair.1.rows.enumerated() where row.status == .withheld {
        poison(&rows[r].estimate, odd: Double(770_000 + 1_000 * t + r))
      }
      return IndicatorTable(definition: pair.0.definition, cuts: pair.0.cuts, rows: rows)
    }
  }

  private func poison(_ e: inout Estimate, odd: Double) {
    e.value = e.value.map { _ in odd + 0.125 }
    e.numerator = e.numerator.map { _ in odd + 1 }
    e.denominator = e.denominator.map { _ in odd + 2 }
    e.unknown = odd + 3
    e.known = 1e9
    e.low = e.low.map { _ in odd + 4 }
    e.high = e.high.map { _ in odd + 5 }
    e.standardError = e.standardError.map { _ in odd + 6 }
    e.effectiveSize = e.effectiveSize.map { _ in odd + 7 }
    e.persons = e.persons.map { $0 < 11 ? 1 : Int(odd) + 8 }
  }
}

extension IndicatorDefinition {
  /// The same with parameters, or with other cuts.
  fileprivate func with(_ parameters: [String: Parameter], cuts: [String]? = nil)
    -> IndicatorDefinition
  {
    IndicatorDefinition(
      id: id, catalogue: catalogue, version: version, validFrom: validFrom, title: title,
      dimension: dimension, axis: axis, level: level, unit: unit, counts: counts,
      additivity: additivity, formula: formula, formulaLocation: formulaLocation,
      cuts: cuts ?? self.cuts,
      direction: direction, minimumKnownShare: minimumKnownShare, note: note, source: source,
      frameworks: frameworks, isSurvey: isSurvey, unknowns: unknowns, parameters: parameters)
  }
}

/// A number in 0..<1.
func unit(_ random: inout SeededGenerator) -> Double {
  Double(random.next() >> 11) / 9_007_199_254_740_992
}

/// How the sample makes the values of one indicator.
struct Kind: Sendable {
  var definition: IndicatorDefinition
  var make:
    @Sendable (_ size: Double, _ growth: Double, _ random: inout SeededGenerator) -> Estimate

  func estimate(size: Double, growth: Double, using random: inout SeededGenerator) -> Estimate {
    make(size, growth, &random)
  }

  /// The kind of an indicator; one that the sample does not describe is a share of residents.
  static func named(_ id: String) -> Kind {
    all.first { $0.definition.id == id }
      ?? share(
        "X-" + id, id, "Mesure " + id, "Measure " + id, "habitants comptés", "residents counted",
        base: 150, part: 0.3)
  }

  /// A definition that shares the code of another.
  static func neighbour(_ id: String, of catalogue: String) -> IndicatorDefinition {
    definition(
      catalogue, id, "Mesure " + id, "Measure " + id, "habitants comptés", "residents counted",
      unit: "share", additivity: .nonAdditive)
  }

  static let all: [Kind] = [
    share(
      "PAR-01", "menages-touches", "Taux de ménages touchés", "Household reach",
      "logements dont un habitant au moins est venu", "dwellings with at least one resident seen",
      base: 84, part: 0.42),
    share(
      "PAR-02", "taux-participation", "Taux de participation", "Resident reach",
      "habitants venus au moins une fois", "residents seen at least once", base: 168, part: 0.36),
    count(
      "PAR-03", "participants", "Participants uniques", "Unique participants",
      "personnes venues au moins une fois", "people seen at least once", unit: "person", base: 74,
      additivity: .nonAdditive),
    count(
      "PAR-04", "presences", "Présences", "Attendances", "présences aux séances, une par venue",
      "attendances at sessions, one a visit", unit: "attendance", base: 860,
      additivity: .additive),
    mean(
      "PAR-06", "frequentation-moyenne", "Fréquentation moyenne", "Mean attendance",
      "présences par séance tenue", "attendances a session held", unit: "attendance", base: 92,
      value: 11),
    share(
      "REG-02", "reguliers", "Participants réguliers", "Regulars",
      "participants venus au moins une fois par mois de présence",
      "participants seen at least once a month of residence", base: 70, part: 0.31),
    share(
      "CON-02", "part-du-noyau", "Part du noyau", "Core share",
      "présences des 10\u{A0}% les plus assidus", "attendances of the most active 10%", base: 860,
      part: 0.38),
    mean(
      "MIX-03", "diversite-ages", "Diversité des âges", "Age diversity",
      "indice de Blau des tranches d’âge, moyenne par séance",
      "Blau index of age bands, mean over sessions", unit: "index", base: 92, value: 0.61),
    mean(
      "MIX-04", "representation", "Rapport de représentation", "Representation ratio",
      "part du groupe chez les participants ÷ sa part chez les habitants",
      "share of the group among participants ÷ among residents", unit: "ratio", base: 74,
      value: 1.02),
    share(
      "EMP-01", "seances-portees", "Séances portées par des habitants", "Resident-led sessions",
      "séances qu’un habitant porte ou co-porte", "sessions led or co-led by a resident", base: 92,
      part: 0.27, isAboutPersons: false),
    mean(
      "COS-01", "cout-par-participant", "Coût par participant", "Cost per participant",
      "dépenses de l’année par participant unique", "spending of the year per unique participant",
      unit: "EUR/person", base: 74, value: 236),
    count(
      "PAR-05", "heures-participant", "Heures-participant", "Participant-hours",
      "heures de présence cumulées", "hours of presence added up", unit: "hour", base: 1900,
      additivity: .additive),
    share(
      "PAR-07", "ouverture-quartier", "Ouverture au quartier", "Non-resident share",
      "participants qui n’habitent pas la résidence", "participants who live elsewhere", base: 74,
      part: 0.2),
    mean(
      "REG-01", "seances-par-participant", "Séances par participant (médiane)",
      "Sessions per participant (median)", "séances suivies par le participant médian",
      "sessions attended by the median participant", unit: "session", base: 74, value: 4.5),
    mean(
      "CON-01", "gini-ajuste", "Concentration des présences (Gini ajusté)",
      "Concentration of attendances (adjusted Gini)",
      "0 : venues également réparties ; 1 : une seule personne", "0: spread evenly; 1: one person",
      unit: "index", base: 74, value: 0.44),
    survey(
      "COH-01", "appartenance", "Sentiment d'appartenance", "Sense of belonging",
      "répondants plutôt ou très attachés à leur résidence",
      "respondents fairly or very attached to their residence", base: 55, part: 0.55),
    count(
      "ENV-01", "participants-jardin", "Participants au jardin", "Garden participants",
      "personnes différentes venues à une séance de jardin", "distinct persons at garden sessions",
      unit: "person", base: 28, additivity: .nonAdditive),
    count(
      "REG-01", "participants-au-moins", "Participants venus souvent", "Frequent participants",
      "participants venus plusieurs fois", "participants who came several times", unit: "person",
      base: 74, additivity: .nonAdditive),
    count(
      "MIX-02", "paires-ages", "Paires selon leurs deux âges", "Pairs by both ages",
      "paires de personnes présentes ensemble", "pairs of people present together", unit: "pair",
      base: 900, additivity: .nonAdditive),
    count(
      "PAR-06", "seances", "Séances tenues", "Sessions held", "séances tenues", "sessions held",
      unit: "session", base: 92, additivity: .additive, isAboutPersons: false),
  ]

  private static func survey(
    _ catalogue: String, _ id: String, _ fr: String, _ en: String, _ countsFr: String,
    _ countsEn: String, base: Double, part: Double
  ) -> Kind {
    Kind(
      definition: definition(
        catalogue, id, fr, en, countsFr, countsEn, unit: "share", additivity: .nonAdditive,
        isSurvey: true)
    ) { size, growth, random in
      let n = max(1, (base * size).rounded())
      let p = min(0.95, part * growth * (0.85 + 0.3 * unit(&random)))
      let error = (p * (1 - p) / n).squareRoot()
      return Estimate(
        value: p, numerator: p * n * 1.07, denominator: n * 1.07, unknown: (n * 0.1).rounded(),
        known: n, persons: Int(n), effectiveSize: n * 0.9, standardError: error,
        low: max(0, p - 1.96 * error), high: min(1, p + 1.96 * error))
    }
  }

  private static func definition(
    _ catalogue: String, _ id: String, _ fr: String, _ en: String, _ countsFr: String,
    _ countsEn: String, unit: String, additivity: Additivity, isSurvey: Bool = false
  ) -> IndicatorDefinition {
    IndicatorDefinition(
      id: id, catalogue: catalogue, version: 1, validFrom: "2022-01-01",
      title: Phrase(fr: fr, en: en), dimension: "participation", axis: "qualite_de_vie",
      level: "output", unit: unit, counts: Phrase(fr: countsFr, en: countsEn),
      additivity: additivity, formula: "distinct(attendance.resident) >= 0.5",
      formulaLocation: SourceLocation(file: "sample"), cuts: ["age_band", "theme"],
      direction: "up", minimumKnownShare: 0.8,
      note: Phrase(
        fr: "Une personne venue dix fois compte une fois. Les séances annulées ne comptent pas.",
        en: "A person who came ten times counts once. Cancelled sessions do not count."),
      source: "IRIS+ PI4060", frameworks: [:], isSurvey: isSurvey)
  }

  private static func share(
    _ catalogue: String, _ id: String, _ fr: String, _ en: String, _ countsFr: String,
    _ countsEn: String, base: Double, part: Double, isAboutPersons: Bool = true
  ) -> Kind {
    Kind(
      definition: definition(
        catalogue, id, fr, en, countsFr, countsEn, unit: "share", additivity: .nonAdditive)
    ) { size, growth, random in
      let whole = (base * size).rounded()
      let a = (whole * min(0.95, part * growth * (0.75 + 0.5 * unit(&random)))).rounded()
      return Estimate(
        value: whole > 0 ? a / whole : nil, numerator: a, denominator: whole,
        unknown: (size * 2 * unit(&random)).rounded(), known: whole,
        persons: isAboutPersons ? Int(whole) : nil)
    }
  }

  private static func count(
    _ catalogue: String, _ id: String, _ fr: String, _ en: String, _ countsFr: String,
    _ countsEn: String, unit name: String, base: Double, additivity: Additivity,
    isAboutPersons: Bool = true
  ) -> Kind {
    Kind(
      definition: definition(
        catalogue, id, fr, en, countsFr, countsEn, unit: name, additivity: additivity)
    ) { size, growth, random in
      let n = (base * size * growth * (0.8 + 0.4 * unit(&random))).rounded()
      return Estimate(
        value: n, numerator: n, unknown: (size * 3 * unit(&random)).rounded(), known: n,
        persons: isAboutPersons ? Int(name == "person" ? n : (n / 6).rounded()) : nil)
    }
  }

  private static func mean(
    _ catalogue: String, _ id: String, _ fr: String, _ en: String, _ countsFr: String,
    _ countsEn: String, unit name: String, base: Double, value: Double
  ) -> Kind {
    Kind(
      definition: definition(
        catalogue, id, fr, en, countsFr, countsEn, unit: name, additivity: .nonAdditive)
    ) { size, growth, random in
      let n = max(1, (base * size).rounded())
      let sum = n * value * (0.85 + 0.3 * unit(&random)) * (value < 1 ? 1 : 1 / growth)
      return Estimate(
        value: sum / n, numerator: sum, denominator: n, known: n, persons: Int(74 * size))
    }
  }
}
