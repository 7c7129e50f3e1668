import Columns
import Model
import Periods
import TestSupport

/// A small random world with every irregularity that the conventions name: people who move out
/// mid-year and come back, unknown ages and homes, people absent from the register, headcounts,
/// absences, cancelled sessions, sessions without residence, residences without data.
struct World {
  static func make(seed: UInt64, model: Model) throws -> MemorySource {
    var g = SeededGenerator(seed: seed)
    func pick<T>(_ items: [T]) -> T { items[Int.random(in: 0..<items.count, using: &g)] }
    func chance(_ p: Double) -> Bool { Double.random(in: 0..<1, using: &g) < p }
    func day(_ from: Int, _ to: Int) -> String {
      Day(number: Int32.random(in: Int32(from)...Int32(to), using: &g)).iso
    }
    var source = MemorySource(model: model)
    let residences = ["r1", "r2", "r3"]
    let items = [
      "appartenance", "confiance", "parler_voisins", "services_echanges", "confiance_voisins",
      "confiance_gens", "entente_origines", "entente_ages", "insecurite_residence",
      "insecurite_quartier",
    ]
    try source.add(
      "residence", ["residence", "garden_area", "dwellings"],
      (residences + ["vide"]).enumerated().map {
        [$1, $0 == 1 ? "" : "\(100 + $0 * 50)", "\(10 + $0)"]
      })
    try source.add(
      "dwelling", ["dwelling", "residence", "type", "staircase"],
      residences.flatMap { r in
        zip(0..<6, ["A", "B", "B", "C", "", "A"]).map {
          ["\(r)d\($0)", r, pick(["T2", "T3", "T4", ""]), $1]
        }
      })
    try source.add(
      "household", ["household", "residence", "type"],
      residences.flatMap { r in
        (0..<6).map { ["\(r)h\($0)", r, pick(["single", "family", "couple", ""])] }
      })
    // 2023-01-01 is day 19358; two years of data.
    let (first, last) = (19358, 19358 + 730)
    var stays: [[String]] = []
    for p in 0..<24 {
      let r = pick(residences)
      let birth = chance(0.15) ? "" : String(Int.random(in: 1935...2018, using: &g))
      let sex = pick(["f", "m", ""])
      let kind = chance(0.75) ? "resident" : pick(["neighbour", "staff", ""])
      let home = chance(0.9) ? "\(r)d\(Int.random(in: 0..<6, using: &g))" : ""
      let house = chance(0.9) ? "\(r)h\(Int.random(in: 0..<6, using: &g))" : ""
      let arrival = chance(0.4) ? "" : day(first - 200, first + 400)
      let departure = chance(0.5) ? "" : day(first + 401, last - 100)
      let priority = pick(["isolated_senior", "low_income", "none", "", ""])
      let pcs = ["3", "4", "5", "6", ""][p % 5]
      stays.append(["p\(p)", r, kind, house, home, arrival, departure, birth, sex, priority, pcs])
      if !departure.isEmpty, chance(0.5) {
        stays.append(
          [
            "p\(p)", r, kind, house, home, day(last - 99, last), "", chance(0.5) ? birth : "", sex,
            priority, pcs,
          ])
      }
    }
    try source.add(
      "resident",
      [
        "resident", "residence", "kind", "household", "dwelling", "arrival", "departure",
        "birth_year", "sex", "priority", "pcs",
      ], stays)
    var sessions: [[String]] = []
    for s in 0..<50 {
      sessions.append([
        "s\(s)", chance(0.95) ? pick(residences) : "", day(first, last),
        pick(["held", "held", "held", "held", "cancelled"]),
        pick(["cuisine", "jardin", "fete", ""]),
        pick(["resident", "co_led", "animator", ""]), pick(["60", "90", "120", ""]),
        chance(0.7) ? "\(Int.random(in: 0...200, using: &g)).5" : "",
        chance(0.8) ? "\(Int.random(in: 500...1400, using: &g))" : "",
        chance(0.35) ? "a\(Int.random(in: 0..<7, using: &g))" : "",
        pick(["qualite_de_vie", "transition_ecologique", "transition_ecologique", ""]),
      ])
    }
    try source.add(
      "activity",
      [
        "session", "residence", "date", "status", "theme", "led_by", "minutes", "cost", "start",
        "partner", "axis",
      ], sessions)
    try source.add(
      "closure", ["residence", "first", "last"],
      (0..<14).map { _ in
        let begin = Int.random(in: first...last, using: &g)
        let end = begin + Int.random(in: -1...40, using: &g)
        return [
          chance(0.7) ? pick(residences) : "", Day(number: Int32(begin)).iso,
          chance(0.95) ? Day(number: Int32(end)).iso : "",
        ]
      })
    var presences: [[String]] = []
    var seen = Set<String>()
    for _ in 0..<320 {
      let s = "s\(Int.random(in: 0..<52, using: &g))"
      // Some people come often; some are not in the register at all.
      let p = "p\(min(Int.random(in: 0..<30, using: &g), Int.random(in: 0..<30, using: &g)))"
      if !seen.insert(s + p).inserted { continue }
      presences.append([
        s, p, "", pick(["present", "present", "present", "present", "absent", ""]),
        pick(["participant", "participant", "lead", "volunteer", "staff", "partner"]),
        chance(0.2) ? "30" : "", chance(0.2) ? "\(Int.random(in: 1...9, using: &g)).5" : "",
      ])
    }
    for s in 0..<6 {
      presences.append(["s\(s * 7)", "", "\(3 + s)", "present", "participant", "", ""])
    }
    try source.add(
      "attendance",
      ["session", "resident", "headcount", "status", "role", "minutes", "volunteer_hours"],
      presences)
    var answers: [[String]] = []
    for p in 0..<26 {
      for wave in ["1", "2"] {
        for item in items where chance(0.7) {
          answers.append([
            "e", wave, wave == "1" ? "2023-05-10" : "2024-05-10", pick(residences + [""]), "p\(p)",
            item, chance(0.85) ? String(Int.random(in: 1...4, using: &g)) : "",
            chance(0.95) ? "\(Double(Int.random(in: 5...20, using: &g)) / 10)" : "",
          ])
        }
      }
    }
    for p in 0..<24 {
      answers.append([
        "s", "1", p % 2 == 0 ? "2023-04-02" : "2024-04-02", residences[p % 3], "p\(p)",
        "minimum_vieillesse", p % 7 == 0 ? "" : "\(p % 3 == 0 ? 1 : 0)", "1.5",
      ])
    }
    answers += ScoreWorld.rows(seed: seed, instruments: try AnswerWorld.instruments())
    try source.add(
      "response",
      ["instrument", "wave", "date", "residence", "respondent", "item", "value", "weight"], answers)
    var programmes = ProgrammeWorld(residences: residences, first: first, last: last, random: g)
    try programmes.fill(&source)
    return source
  }
}
