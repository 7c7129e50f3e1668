import Periods
import TestSupport

/// The tables of the programmes in a random world: every column that a formula reads is unknown
/// now and then, dates come in any order, spans overlap.
struct ProgrammeWorld {
  let residences: [String]
  let first: Int
  let last: Int
  var random: SeededGenerator
  private var meetings: [(residence: String, date: String, episode: String, physical: String)] = []

  init(residences: [String], first: Int, last: Int, random: SeededGenerator) {
    (self.residences, self.first, self.last, self.random) = (residences, first, last, random)
  }

  private mutating func pick(_ items: [String]) -> String {
    items[Int.random(in: 0..<items.count, using: &random)]
  }

  private mutating func chance(_ p: Double) -> Bool {
    Double.random(in: 0..<1, using: &random) < p
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func day(after: Int = 0, to length: Int? = nil) -> String {
    let begin = after == 0 ? first : after
    return Day(number: Int32(number(begin...(begin + (length ?? last - first))))).iso
  }

  /// A date after another one, at times not known.
  private mutating func later(_ date: String, _ length: Int, known: Double) -> String {
    guard let day = Day(iso: date), chance(known) else { return "" }
    return self.day(after: Int(day.number), to: length)
  }

  private mutating func maybe(_ text: String, _ p: Double = 0.85) -> String {
    chance(p) ? text : ""
  }

  /// Adds the tables.
  mutating func fill(_ source: inout MemorySource) throws {
    var documents = DocumentWorld(residences: residences, first: first, last: last, random: random)
    meetings = documents.meetings()
    try addPartners(&source)
    try addSpaces(&source)
    try addContacts(&source)
    try addProjects(&source)
    try addFollowUp(&source)
    try addFigures(&source)
    try addPanel(&source)
    try documents.fill(&source)
  }

  /// Who was asked in two waves, some out of the register, some without an outcome.
  private mutating func addPanel(_ source: inout MemorySource) throws {
    let outcomes = ["answered", "answered", "partial", "refused", "not_reached", "ineligible"]
    try source.add(
      "panel", ["instrument", "wave", "invited", "residence", "respondent", "outcome"],
      (0..<32).flatMap { person in
        rows(2) { w, wave in
          [
            "e", "\(wave)", w.maybe("202\(3 + wave)-04-1\(w.number(0...9))", 0.95),
            w.maybe(w.pick(w.residences), 0.95), "p\(person)", w.maybe(w.pick(outcomes), 0.95),
          ]
        }
      })
  }

  private mutating func rows(_ count: Int, _ make: (inout ProgrammeWorld, Int) -> [String])
    -> [[String]]
  {
    var out: [[String]] = []
    for i in 0..<count { out.append(make(&self, i)) }
    return out
  }

  private mutating func addPartners(_ source: inout MemorySource) throws {
    try source.add(
      "partner", ["partner", "residence", "seat", "distance"],
      rows(6) { w, i in
        [
          "a\(i)", w.pick(w.residences + [""]),
          w.pick(["commune", "nearby", "department", "elsewhere", ""]),
          w.maybe("\(w.number(0...20)).5", 0.5),
        ]
      })
    var seen = Set<String>()
    try source.add(
      "delivery", ["session", "partner"],
      rows(25) { w, _ in ["s\(w.number(0...51))", "a\(w.number(0...6))"] }
        .filter { seen.insert($0.joined(separator: " ")).inserted })
  }

  private mutating func addSpaces(_ source: inout MemorySource) throws {
    try source.add(
      "space", ["space", "residence", "kind", "area", "weekly_hours", "from", "to"],
      rows(8) { w, i in
        let from = w.chance(0.5) ? "" : w.day(to: 200)
        return [
          "l\(i)", w.residences[i % 3], w.pick(["room", "room", "garden", ""]),
          w.maybe("\(w.number(20...200))"), w.maybe("\(w.number(10...80))"), from,
          w.chance(0.7) ? "" : w.later(from.isEmpty ? "2023-03-01" : from, 400, known: 1),
        ]
      })
    try source.add(
      "booking", ["space", "date", "start", "end", "with_animator", "status"],
      rows(160) { w, _ in
        [
          "l\(w.number(0...8))", w.day(to: 300), "\(w.number(8...23) * 60)",
          w.maybe("\(w.number(8...23) * 60 + 30)", 0.95), w.maybe(w.pick(["0", "1"])),
          w.pick(["held", "held", "held", "cancelled", ""]),
        ]
      })
  }

  private mutating func addContacts(_ source: inout MemorySource) throws {
    try source.add(
      "contact",
      [
        "residence", "date", "dwelling", "resident", "slot", "place", "channel", "actor",
        "reached", "referred_to", "episode", "physical",
      ],
      rows(70) { w, _ in
        let r = w.pick(w.residences)
        return [
          r, w.day(), w.maybe("\(r)d\(w.number(0...6))", 0.95),
          w.maybe("p\(w.number(0...40))", 0.6), w.pick(["morning", "evening", ""]),
          w.pick(["door", "hall"]), w.pick(["door_to_door", "phone"]),
          w.pick(["pair", "animator"]),
          w.pick(["0", "0", "1"]), w.maybe("a\(w.number(0...6))", 0.2),
          "", "",
        ]
      }
        + meetings.map { meeting in
          [
            meeting.residence, meeting.date, "", "", "evening", "door", "phone", "pair", "1", "",
            meeting.episode, meeting.physical,
          ]
        })
  }

  private mutating func addProjects(_ source: inout MemorySource) throws {
    try source.add(
      "project",
      [
        "project", "residence", "theme", "proposed_by", "proposed", "supported", "started",
        "delivered", "ended", "active", "led_by", "rung_operator", "rung_residents",
      ],
      rows(45) { w, i in
        let proposed = w.day()
        let supported = w.later(proposed, 60, known: 0.7)
        let started = w.later(supported, 60, known: 0.9)
        return [
          "j\(i)", w.pick(w.residences), w.pick(["cuisine", "jardin", ""]),
          w.pick(["resident", "resident", "animator", ""]), proposed, supported, started,
          w.later(started, 200, known: 0.7), w.later(started, 500, known: 0.5),
          w.maybe(w.pick(["0", "1"])),
          w.maybe(w.pick(["resident", "co_led", "animator", "partner"])),
          w.maybe("\(w.number(1...8))"), w.maybe("\(w.number(1...8))", 0.6),
        ]
      })
    try source.add(
      "need", ["need", "residence", "logged", "theme", "resident", "acted"],
      rows(40) { w, i in
        let logged = w.day()
        return [
          "n\(i)", w.pick(w.residences), logged, w.pick(["bonds", "health", ""]),
          w.maybe("p\(w.number(0...30))", 0.6), w.later(logged, 200, known: 0.6),
        ]
      })
  }

  private mutating func addFollowUp(_ source: inout MemorySource) throws {
    try source.add(
      "case",
      [
        "case", "residence", "resident", "start", "interview", "at_3_months", "at_6_months",
        "exit", "exit_class", "eligible",
      ],
      rows(35) { w, i in
        let start = w.day()
        let exit = w.later(start, 300, known: 0.7)
        let exitClass =
          exit.isEmpty
          ? "" : w.pick(["durable", "transition", "positive", "other", "neutral", ""])
        return [
          "c\(i)", w.pick(w.residences), w.maybe("p\(w.number(0...30))"), start,
          w.later(start, 200, known: 0.6), w.maybe(w.pick(["0", "1"]), 0.8),
          w.maybe(w.pick(["0", "1"]), 0.7), exit, exitClass, i % 5 == 0 ? "" : "\(i % 2)",
        ]
      })
    try source.add(
      "interview",
      ["residence", "date", "resident", "theme", "right", "eligible", "receives", "non_take_up"],
      rows(60) { w, _ in
        [
          w.pick(w.residences), w.day(), w.maybe("p\(w.number(0...30))"), "rights",
          w.pick(["rsa", "apl", ""]), w.pick(["yes", "presumed", "no", ""]),
          w.maybe(w.pick(["0", "1"])), w.pick(["unknown_right", "not_claimed", ""]),
        ]
      })
    try source.add(
      "meeting", ["residence", "date", "kind", "body", "college", "present", "seats"],
      rows(50) { w, i in
        [
          w.pick(w.residences), w.day(), w.pick(["steering", "steering", "technical", ""]), "b\(i)",
          w.pick(["residents", "landlord", "commune", ""]), w.maybe(w.pick(["0", "1"])),
          w.maybe("\(w.number(1...4))"),
        ]
      })
  }

  private mutating func addFigures(_ source: inout MemorySource) throws {
    try source.add(
      "quantity", ["residence", "date", "measure", "value", "unit", "reference", "area"],
      rows(90) { w, _ in
        let measure = w.pick([
          "collected", "given", "electricity", "heating", "water", "cultivated",
        ])
        let unit = ["collected": "kg", "given": "kg", "water": "m3", "cultivated": "m2"][measure]
        return [
          w.pick(w.residences), w.day(), measure, "\(w.number(5...900)).5", unit ?? "kWh",
          w.maybe("\(w.number(5...900)).25", 0.8), w.maybe("\(w.number(10...40))00", 0.9),
        ]
      })
    try source.add(
      "landlord_month",
      [
        "residence", "month", "dwellings", "incidents", "charges", "reference_charges", "vacant",
        "transfers_requested",
      ],
      residences.flatMap { r in
        rows(20) { w, i in
          [
            r, "202\(3 + i / 12)-\(i % 12 + 1 < 10 ? "0" : "")\(i % 12 + 1)-01",
            w.maybe("\(w.number(20...84))", 0.95), w.maybe("\(w.number(0...9))", 0.9),
            w.maybe("\(w.number(500...900)).5"), w.maybe("\(w.number(600...990)).5"),
            i % 7 == 0 ? "" : "\(i % 4)", i % 6 == 0 ? "" : "\(i % 3)",
          ]
        }
      })
    try source.add(
      "ledger",
      [
        "entry", "residence", "date", "kind", "amount", "theme", "funder", "line", "decided_by",
        "due", "invoiced", "paid",
      ],
      rows(110) { w, e in
        let date = w.day()
        let kind = w.pick(["expense", "expense", "budget", "funding", "instalment"])
        return [
          "e\(e)", w.pick(w.residences), date, kind, "\(w.number(10...900)).25",
          w.pick(["cuisine", "jardin", "fete", ""]),
          w.maybe(w.pick(["landlord", "operator", "public", "foundation"])),
          w.pick(["residents", "programme", "running", ""]),
          w.maybe(w.pick(["resident", "co_led", "animator"])), kind == "instalment" ? date : "",
          w.later(date, 60, known: 0.7), w.later(date, 120, known: 0.6),
        ]
      })
  }
}
