import Periods
import TestSupport

/// The tables that the source documents ask for, in a random world: support of households,
/// training, conventions, sites, cohorts. Its draws are its own, so that the other tables stay as
/// they are.
struct DocumentWorld {
  let residences: [String]
  let first: Int
  let last: Int
  var random: SeededGenerator

  private mutating func pick(_ items: [String]) -> String {
    items[Int.random(in: 0..<items.count, using: &random)]
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func maybe(_ text: String, _ p: Double = 0.85) -> String {
    Double.random(in: 0..<1, using: &random) < p ? text : ""
  }

  private mutating func day() -> String { Day(number: Int32(number(first...last))).iso }

  private mutating func after(_ date: String, _ days: ClosedRange<Int>, _ p: Double = 0.8)
    -> String
  {
    guard let day = Day(iso: date) else { return "" }
    return maybe(Day(number: day.number + Int32(number(days))).iso, p)
  }

  private mutating func rows(_ count: Int, _ make: (inout DocumentWorld, Int) -> [String])
    -> [[String]]
  {
    var out: [[String]] = []
    for i in 0..<count { out.append(make(&self, i)) }
    return out
  }

  /// Measures of support; those of one household never lie over each other.
  private var episodes: [[String]] = []

  init(residences: [String], first: Int, last: Int, random: SeededGenerator) {
    (self.residences, self.first, self.last, self.random) = (residences, first, last, random)
    episodes = rows(30) { w, i in
      let start = w.day()
      let end = w.after(start, 5...300, 0.7)
      return [
        "m\(i)", w.residences[i % 3], "h\(i)", w.maybe(w.pick(["access", "sustainment"])), start,
        w.maybe(start, 0.7), w.maybe(w.pick(["0", "1"])), w.after(start, 10...70, 0.9), end,
        end.isEmpty ? "" : w.maybe(w.pick(["autonomous", "sustained", "evicted", "lost"])),
        end.isEmpty ? "" : w.maybe(w.pick(["0", "1", "1"])),
        end.isEmpty ? "" : w.maybe(w.pick(["0", "1", "1"])), w.maybe("\(w.number(0...900)).5"),
        w.maybe("\(w.number(0...900)).25"),
      ]
    }
  }

  /// Meetings of households, as rows of `contact`: residence, date, measure, in person.
  mutating func meetings() -> [(residence: String, date: String, episode: String, physical: String)]
  {
    var out: [(residence: String, date: String, episode: String, physical: String)] = []
    for episode in episodes {
      guard let start = Day(iso: episode[4]) else { continue }
      for _ in 0..<number(10...60) {
        let date = Day(number: start.number + Int32(number(-20...260))).iso
        out.append((episode[1], date, episode[0], maybe(pick(["1", "1", "1", "0"]), 0.95)))
      }
    }
    return out
  }

  /// Adds the tables.
  mutating func fill(_ source: inout MemorySource) throws {
    try source.add(
      "episode",
      [
        "episode", "residence", "household", "kind", "start", "moved_in", "present_at_entry",
        "integrated", "end", "exit_reason", "tenant_after_6", "tenant_after_12", "arrears_before",
        "arrears_after",
      ], episodes)
    try addFollowUp(&source)
    try addTraining(&source)
    try addConventions(&source)
    try addProgrammes(&source)
  }

  private mutating func addFollowUp(_ source: inout MemorySource) throws {
    try source.add(
      "review", ["residence", "episode", "kind", "due", "held"],
      rows(60) { w, i in
        let due = w.day()
        return [
          w.pick(w.residences), "m\(i % 30)", w.pick(["interim", "final", "follow_up"]), due,
          w.after(due, 0...120),
        ]
      })
    try source.add(
      "goal", ["episode", "residence", "goal", "set", "reviewed", "attainment"],
      rows(60) { w, i in
        let set = w.day()
        return [
          "m\(i % 30)", w.residences[i % 3], i < 30 ? "health" : "esteem", set,
          w.after(set, 20...300), w.maybe("\(w.number(-2...2))"),
        ]
      })
    try source.add(
      "referral", ["residence", "date", "number", "source", "household"],
      rows(40) { w, i in
        [w.pick(w.residences), w.day(), "\(i)", w.pick(["family", "arrears", "tenant"]), "h\(i)"]
      })
    try source.add(
      "caseload", ["residence", "month", "at_start", "entries", "exits", "at_end"],
      residences.flatMap { r in
        rows(22) { w, i in
          let (a, b, c) = (w.number(5...20), w.number(0...4), w.number(0...4))
          let end = a + b - c + (w.number(0...4) == 0 ? 1 : 0)
          let month = i % 12 + 1
          return [
            r, "202\(3 + i / 12)-\(month < 10 ? "0" : "")\(month)-01", "\(a)", "\(b)",
            w.maybe("\(c)", 0.9), "\(end)",
          ]
        }
      })
    try source.add(
      "favour", ["residence", "date", "number", "giver", "receiver", "value"],
      rows(70) { w, i in
        [
          w.pick(w.residences), w.day(), "\(i)", w.maybe("p\(w.number(0...20))"),
          w.maybe("p\(w.number(0...20))"), w.maybe("\(w.number(1...30)).5"),
        ]
      })
    try source.add(
      "situation_change", ["residence", "date", "resident", "kind", "answered"],
      rows(40) { w, i in
        let date = w.day()
        return [w.pick(w.residences), date, "p\(i % 30)", "family", w.after(date, 1...200, 0.6)]
      })
  }

  private mutating func addTraining(_ source: inout MemorySource) throws {
    try source.add(
      "staff", ["post", "residence", "function", "from", "to"],
      rows(16) { w, i in
        let from = w.maybe(w.day(), 0.6)
        return [
          "t\(i)", w.residences[i % 3], w.pick(["caretaker", "caretaker", "animator", ""]), from,
          from.isEmpty ? "" : w.after(from, 50...600, 0.4),
        ]
      })
    try source.add(
      "training",
      [
        "training", "residence", "kind", "date", "post", "audience", "days", "status",
        "satisfaction",
      ],
      rows(150) { w, i in
        let isStaff = w.number(0...2) > 0
        return [
          "f\(w.number(0...40))", w.pick(w.residences), w.pick(["initial", "initial", "action"]),
          w.day(), isStaff ? w.maybe("t\(w.number(0...15))", 0.95) : "",
          w.maybe(isStaff ? "staff" : "resident", 0.95), w.maybe("\(w.number(1...3)).5", 0.95),
          w.pick(["held", "held", "held", "cancelled", "planned", ""]),
          w.maybe("\(w.number(1...5))"),
        ]
      })
    try source.add(
      "account", ["residence", "month", "post", "uses"],
      residences.flatMap { r in
        rows(20) { w, i in
          let month = i % 12 + 1
          return [
            r, "202\(3 + i / 12)-\(month < 10 ? "0" : "")\(month)-01", "t\(i % 5)",
            w.maybe("\(w.number(0...3))"),
          ]
        }
      })
    try source.add(
      "alert", ["residence", "date", "number", "kind", "relayed"],
      rows(40) { w, i in
        let date = w.day()
        return [
          w.pick(w.residences), date, "\(i)", w.pick(["school", "fragility"]),
          w.after(date, 0...90),
        ]
      })
  }

  private mutating func addConventions(_ source: inout MemorySource) throws {
    try source.add(
      "convention",
      [
        "convention", "residence", "start", "renewal", "renewals_allowed", "residents_budget",
        "price", "households", "months_bought", "committees_due",
      ],
      rows(24) { w, i in
        let households = w.number(5...40)
        return [
          "c\(i)", w.residences[i % 3], w.day(), w.maybe("\(w.number(0...2))"), w.maybe("2"),
          w.maybe("\(w.number(1...9))000"), w.maybe("\(households)500"), w.maybe("\(households)"),
          w.maybe("\(households * 12)"), w.maybe("\(w.number(1...4))"),
        ]
      })
    try source.add(
      "criterion", ["criterion", "residence", "rule", "published"],
      rows(20) { w, i in
        ["k\(i)", w.residences[i % 3], w.pick(["scored", "scored", "favoured", "tie"]), w.day()]
      })
    var seen = Set<String>()
    try source.add(
      "evidence", ["criterion", "indicator", "as_of"],
      rows(30) { w, _ in ["k\(w.number(0...20))", w.pick(["a", "b", "c"]), w.day()] }
        .filter { seen.insert($0[0] + $0[1]).inserted })
  }

  private mutating func addProgrammes(_ source: inout MemorySource) throws {
    var total = [Int](repeating: 0, count: 9)
    let sites = rows(36) { w, i in
      let p = i % 9
      let dwellings = w.number(5...90)
      total[p] += dwellings
      return [
        "d\(p)", "s\(w.number(0...14))-\(p)", "b\(i)", w.residences[p % 3], "\(dwellings)",
        w.maybe("\(w.number(5...90))", 0.7), "2023-0\(1 + p % 6)-15",
      ]
    }
    try source.add(
      "programme", ["programme", "residence", "decided", "households_stated"],
      rows(9) { w, p in
        let stated = p % 3 == 0 ? total[p] : w.number(100...300)
        return ["d\(p)", w.residences[p % 3], "2023-0\(1 + p % 6)-10", w.maybe("\(stated)")]
      })
    try source.add(
      "site", ["programme", "site", "landlord", "residence", "dwellings", "households", "as_of"],
      sites.enumerated().map { i, row in
        var row = row
        row[2] = "b\(i % 7)-\(i / 9)"
        return row
      })
    try source.add(
      "cohort", ["cohort", "residence", "trade", "start"],
      rows(14) { w, i in
        ["o\(i)", w.pick(w.residences + [""]), w.pick(["caretaker", "manager"]), w.day()]
      })
    try source.add(
      "trainee",
      ["trainee", "cohort", "residence", "priority_area", "entered", "completed", "hired"],
      rows(70) { w, i in
        let entered = w.day()
        return [
          "x\(i)", "o\(w.number(0...13))", w.pick(w.residences + [""]),
          w.maybe(w.pick(["0", "1"])),
          entered, w.maybe(w.pick(["0", "1", "1"])), w.after(entered, 60...300, 0.6),
        ]
      })
    try source.add(
      "transfer", ["residence", "number", "requested", "blocked_by", "unblocked"],
      rows(40) { w, i in
        let asked = w.day()
        return [
          w.pick(w.residences), "\(i)", asked, w.pick(["upkeep", "arrears", "none", ""]),
          w.after(asked, 10...300, 0.6),
        ]
      })
    try source.add(
      "worksite", ["residence", "date", "dwelling", "kind", "hours"],
      rows(30) { w, i in
        [w.pick(w.residences), w.day(), "", "worksite", w.maybe("\(w.number(1...20)).5", 0.9)]
      })
  }
}
