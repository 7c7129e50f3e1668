import Columns
import Diagnostics
import Foundation
import Periods
import Statistics
import TestSupport
import Threads
import XCTest

@testable import Indicators

/// The language of networks: degenerate cases, invariants, and what each option means.
final class NetworkTests: XCTestCase {
  /// A world in which the ties of two meetings are a given graph: each of its edges is two sessions
  /// of two people, and everybody comes once alone.
  private func world(_ nodes: Int, _ edges: [(Int, Int)], groups: (Int) -> String) throws
    -> MemorySource
  {
    var source = MemorySource(model: try MemorySource.repositoryModel())
    try source.add("residence", ["residence"], [["r"]])
    try source.add(
      "resident", ["resident", "residence", "dwelling"],
      (0..<nodes).map { ["p\($0)", "r", "d\(groups($0))"] })
    let labels = Set((0..<nodes).map(groups)).sorted()
    try source.add(
      "dwelling", ["dwelling", "residence", "staircase"], labels.map { ["d\($0)", "r", $0] })
    var present: [[String]] = []
    for (i, edge) in edges.enumerated() {
      for twice in ["a", "b"] {
        present += [["s\(i)\(twice)", "p\(edge.0)"], ["s\(i)\(twice)", "p\(edge.1)"]]
      }
    }
    for p in 0..<nodes { present.append(["alone\(p)", "p\(p)"]) }
    try source.add("attendance", ["session", "resident"], present)
    try source.add(
      "activity", ["session", "residence", "date", "status"],
      Set(present.map { $0[0] }).sorted().map { [$0, "r", "2024-03-01", "held"] })
    return source
  }

  /// Networks of `edges_networks.json`; where a peer gives a number that means nothing, no value
  /// and why.
  func testDegenerateNetworksAreUndefinedWithAReason() throws {
    struct Case: Decodable {
      struct Values: Decodable {
        var density: Double
        var transitivity: Double
        var components: Int
        var isolates: Int
        var core: [String: Int]
        var freeman: Double?
        var ei: EI
      }
      struct EI: Decodable {
        var external: Double
        var `internal`: Double
        var ei: Double?
      }
      var nodes: Int
      var edges: [[Int]]
      var networkx: Values
    }
    let path = try Places.shared("data/reference/edges_networks.json")
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let cases = try JSONDecoder().decode([String: Case].self, from: data)
    let raw = try XCTUnwrap(
      JSONSerialization.jsonObject(with: data) as? [String: [String: Any]])
    // The file does not name the groups; these give its E-I of every network.
    let groupings: [(Int) -> String] = [
      { $0 % 2 == 0 ? "A" : "B" }, { $0 < 3 ? "A" : "B" }, { $0 < 2 ? "A" : "B" },
    ]
    XCTAssertGreaterThanOrEqual(cases.count, 12)
    for (name, one) in cases.sorted(by: { $0.key < $1.key }) {
      let edges = one.edges.map { ($0[0], $0[1]) }
      let fitting = groupings.first { group in
        Double(edges.count { group($0.0) != group($0.1) }) == one.networkx.ei.external
      }
      let groups = try XCTUnwrap(fitting, name)
      let source = try world(one.nodes, edges, groups: groups)
      func value(_ measure: String, _ more: String = "") throws -> Estimate {
        try estimate(
          "network(attendance.resident per attendance.session, min_meetings: 2, measure: \(measure)\(more))",
          source)
      }
      func check(
        _ measure: String, _ expected: Double?, _ reason: Reason? = nil, _ more: String = ""
      ) throws {
        let why = one.nodes == 0 ? .nobody : reason
        let found = try value(measure, more)
        if let expected {
          XCTAssertEqual(found.value ?? .nan, expected, accuracy: 1e-12, "\(name) \(measure)")
          XCTAssertNil(found.reason, "\(name) \(measure)")
        } else {
          XCTAssertNil(found.value, "\(name) \(measure)")
          XCTAssertEqual(found.reason, why, "\(name) \(measure)")
        }
      }
      let n = one.nodes
      let degrees = (0..<n).map { p in edges.count { $0.0 == p || $0.1 == p } }
      try check("people", Double(n))
      try check("density", n < 2 ? nil : one.networkx.density, .tooFew)
      try check("components", Double(one.networkx.components))
      try check("isolates", Double(one.networkx.isolates))
      try check("degeneracy", Double(one.networkx.core.values.max() ?? 0))
      let clustering = (raw[name]?["networkx"] as? [String: Any])?["avg_clustering"] as? Double
      try check("clustering", clustering, .nobody)
      try check(
        "transitivity", edges.isEmpty ? nil : one.networkx.transitivity, .noTies)
      try check(
        "degree_centralisation", n < 3 ? nil : one.networkx.freeman, .tooFew)
      let correlation =
        (raw[name]?["networkx"] as? [String: Any])?["degree_assortativity"] as? Double
      try check(
        "degree_assortativity", correlation,
        edges.isEmpty ? .noTies : .noVariation)
      let by = ", by: attendance.resident.dwelling.staircase"
      try check("ei", one.networkx.ei.ei, .noTies, by)
      let tied = Set((0..<n).filter { degrees[$0] > 0 }.map(groups))
      if tied.count < 2 {
        try check("assortativity", nil, edges.isEmpty ? .noTies : .oneGroup, by)
      } else {
        let nominal =
          (raw[name]?["networkx"] as? [String: Any])?["nominal_assortativity"] as? Double
        try check("assortativity", nominal, nil, by)
      }
      // The same index from pairs, as SQL says it.
      let pairs = "attendance.resident per attendance.session, min_meetings: 2"
      let (between, within) = (
        "ties(\(pairs), between: attendance.resident.dwelling.staircase)",
        "ties(\(pairs), within: attendance.resident.dwelling.staircase)"
      )
      let index = try estimate(
        "(\(between) - \(within)) / (\(between) + \(within))", source)
      XCTAssertEqual(index.value, one.networkx.ei.ei, name)
      if index.value == nil { XCTAssertEqual(index.reason, .zeroDenominator, name) }
    }
  }

  /// Newman's invariant: a person's weights add up to their sessions with at least two people.
  func testWeightsAddUpToSessionsInCompany() throws {
    let model = try MemorySource.repositoryModel()
    for seed in 31...36 {
      let source = try World.make(seed: UInt64(seed), model: model)
      for residence in ["_total", "r1", "r2", "r3"] {
        let pairs = "attendance.resident per attendance.session"
        // Each tie has two people: the weights of all people are twice those of all ties.
        let total = try estimate("tie_weight(\(pairs))", source, residence: residence)
        let company = try estimate(
          "sum(distinct(attendance.resident) per attendance.session)", source,
          residence: residence)
        let alone = try estimate(
          "count(distinct(attendance.resident) = 1 per attendance.session)", source,
          residence: residence)
        let expected = try XCTUnwrap(company.value) - XCTUnwrap(alone.value)
        XCTAssertEqual(2 * (total.value ?? .nan), expected, accuracy: 1e-9 * max(1, expected))
        let network = try estimate(
          "network(\(pairs), measure: ties, weight: newman)", source, residence: residence)
        XCTAssertEqual(network.value ?? .nan, total.value ?? .nan, accuracy: 1e-9)
      }
    }
  }

  /// Person by person, on one group's circle.
  func testEachPersonsWeightsAddUpToTheirSessionsInCompany() throws {
    let model = try MemorySource.repositoryModel()
    let source = try World.make(seed: 41, model: model)
    let question = try Question(
      indicator("tie_weight(attendance.resident per attendance.session)", model: model), cuts: [],
      filter: nil, periods: [Period("2024")], model: model)
    let frame = Frame(model: model, source: source)
    try frame.load(question.paths)
    let engine = Indicators.Engine(
      frame: frame, model: model, periods: question.periods, residenceLabels: ResidenceLabels())
    let executor = AggregateExecutor(engine: engine, question: question)
    guard case .ties(let ties) = question.plan.aggregates[0] else { return XCTFail("no ties") }
    var checked = 0
    for (level, circles) in zip(executor.space.levels, executor.circles(ties)) {
      let set = executor.groups(ties.scan, level: level)
      let readers = MeetingReaders(ties, executor)
      for (g, circle) in circles.enumerated() {
        var scratch = Scratch()
        let gathering = readers.gather(set, g, period: 0, filter: nil, &scratch)
        var here: [Int32: Set<Int32>] = [:]
        for (p, s) in zip(gathering.persons, gathering.sessions) {
          here[s, default: []].insert(gathering.people[Int(p)])
        }
        for (p, strength) in zip(circle.people, circle.ties.strengths) {
          let company = here.values.count { $0.contains(p) && $0.count > 1 }
          XCTAssertEqual(strength, Double(company), accuracy: 1e-9)
          checked += 1
        }
      }
    }
    XCTAssertGreaterThan(checked, 30)
  }

  /// Two years: who meets whom again, and who for the first time.
  private func years() throws -> MemorySource {
    var source = MemorySource(model: try MemorySource.repositoryModel())
    try source.add("residence", ["residence"], [["r"], ["q"]])
    try source.add(
      "resident", ["resident", "residence", "kind", "birth_year"],
      [
        ["p1", "r", "resident", "1950"], ["p2", "r", "resident", "1990"],
        ["p3", "r", "resident", "2012"], ["p4", "", "neighbour", ""], ["p5", "r", "resident", ""],
        ["p6", "", "partner", "1980"],
      ])
    try source.add(
      "activity", ["session", "residence", "date", "status"],
      [
        ["s1", "r", "2023-05-01"], ["s2", "r", "2024-02-01"], ["s3", "r", "2024-03-01"],
        ["s4", "r", "2024-04-01"], ["t1", "q", "2024-04-01"],
      ].map { $0 + ["held"] })
    try source.add(
      "attendance", ["session", "resident", "headcount", "role"],
      [
        "s1 p1 participant", "s1 p2 participant", "s2 p1 participant", "s2 p2 participant",
        "s2 p3 participant", "s3 p3 participant", "s3 p4 participant", "s3 p6 partner",
        "s4 p5 participant", "t1 p1 participant", "t1 p2 participant", "t1 p4 participant",
      ].map {
        let words = $0.split(separator: " ").map(String.init)
        return [words[0], words[1], "", words[2]]
      } + [["s4", "", "1", "partner"]])
    return source
  }

  func testNewPairsAreThoseThatNeverMetBefore() throws {
    let source = try years()
    let pairs = "attendance.resident per attendance.session"
    // s2 brings p1-p2 again, p1-p3 and p2-p3 anew; s3 p3-p4.
    XCTAssertEqual(try estimate("ties(\(pairs), new: yes)", source, residence: "r").value, 3)
    XCTAssertEqual(try estimate("ties(\(pairs))", source, residence: "r").value, 4)
    XCTAssertEqual(try estimate("tied(\(pairs), new: yes)", source, residence: "r").value, 4)
    // In the other residence nothing was written down before; all together, p1-p2 met in 2023.
    let first = try estimate("ties(\(pairs), new: yes)", source, residence: "q")
    XCTAssertNil(first.value)
    XCTAssertEqual(first.reason, .noHistory)
    XCTAssertEqual(try estimate("ties(\(pairs), new: yes)", source).value, 5)
    let before = try estimate("ties(\(pairs), new: yes)", source, period: "2023", residence: "r")
    XCTAssertNil(before.value)
  }

  func testPairsOfAKindNeedBothPeopleKnown() throws {
    let source = try years()
    let pairs = "attendance.resident per attendance.session"
    let home = "attendance.resident.kind = \"resident\""
    XCTAssertEqual(try estimate("ties(\(pairs), between: \(home))", source).value, 3)
    XCTAssertEqual(try estimate("ties(\(pairs), within: \(home))", source).value, 3)
    // Ages in 2024: 74, 34, 12; p4 and p5 unknown.
    for (gap, expected) in [(0, 3.0), (22, 3), (23, 2), (40, 2), (41, 1), (62, 1), (63, 0)] {
      XCTAssertEqual(
        try estimate("ties(\(pairs), gap: attendance.resident.age, at_least: \(gap))", source)
          .value, expected, "gap \(gap)")
    }
    let unknown = try estimate(
      "ties(\(pairs), gap: attendance.resident.age, at_least: 0)", source, residence: "r")
    XCTAssertEqual(unknown.unknown, 2, "the attendances of p4 and p5")
  }

  func testMetCountsThoseWhoWereWithSomebodyElseOfAKind() throws {
    let source = try years()
    func met(_ with: String, where filter: String = "") throws -> Double? {
      try estimate(
        "met(attendance.resident \(filter) per attendance.session, with: \(with))", source,
        residence: "r"
      ).value
    }
    // p6 at s3 is a partner by role; one without a name is at s4.
    XCTAssertEqual(try met("attendance.role = \"partner\""), 3)
    let residents = "where attendance.resident.kind = \"resident\""
    XCTAssertEqual(try met("attendance.role = \"partner\"", where: residents), 2)
    // Nobody meets themselves: p4 was with p3, p3 with p4.
    XCTAssertEqual(try met("attendance.resident.kind = \"neighbour\""), 1)
  }

  /// The people of a register are in the network whether they came or not.
  func testAmongAddsThoseWhoDidNotCome() throws {
    let source = try world(4, [(0, 1)], groups: { _ in "A" })
    let network =
      "network(attendance.resident where attendance.session != \"alone3\" per attendance.session"
    XCTAssertEqual(try estimate("\(network), measure: people)", source).value, 3)
    XCTAssertEqual(try estimate("\(network) among resident, measure: people)", source).value, 4)
    XCTAssertEqual(
      try estimate("\(network) among resident, min_meetings: 2, measure: density)", source).value,
      1.0 / 6)
    XCTAssertEqual(
      try estimate("\(network) among resident, measure: isolates)", source, period: "2025").value, 4
    )
  }

  /// Cuts split attendances before people meet.
  func testCutsMakeNetworksOfTheirOwn() throws {
    let model = try MemorySource.repositoryModel()
    let source = try World.make(seed: 51, model: model)
    let pairs = "attendance.resident per attendance.session"
    for theme in ["cuisine", "jardin", "fete"] {
      let some =
        "attendance.resident where attendance.session.theme = \"\(theme)\" per attendance.session"
      for (name, option) in [("network", "measure: clustering"), ("ties", "new: yes")] {
        let cut = try estimate("\(name)(\(pairs), \(option))", source, cuts: [("theme", theme)])
        let filtered = try estimate("\(name)(\(some), \(option))", source)
        XCTAssertEqual(cut.value, filtered.value, "\(name) \(theme)")
        XCTAssertNotNil(cut.value)
      }
    }
  }

  /// The same draws whatever else is computed, with any number of threads, by any order of rows.
  func testDrawsDependOnTheDataAndTheSeedAlone() throws {
    let source = try NetworkDefinitionTests.source()
    let formula =
      "network(attendance.resident per attendance.session, measure: ei, by: attendance.resident.age_band, chance: expected, draws: 200"
    defer { Workers.force(nil) }
    var values: [Double?] = []
    for threads in [1, 2, 5] {
      Workers.force((threads, 1))
      values.append(try estimate(formula + ", seed: 5)", source).value)
    }
    Workers.force(nil)
    let question = try indicator(formula + ", seed: 5)", model: source.model)
    let together = try Evaluator(model: source.model, source: source).compute(
      question, periods: [Period("2023"), Period("2024"), Period("2024-Q1")])
    values.append(
      together.rows.first { $0.residence == "_total" && $0.period.name == "2024" }?.estimate.value)
    let turned = try NetworkDefinitionTests.source(reversed: true)
    values.append(try estimate(formula + ", seed: 5)", turned).value)
    XCTAssertNotNil(values[0])
    for value in values { XCTAssertEqual(value, values[0]) }
    XCTAssertNotEqual(try estimate(formula + ", seed: 6)", source).value, values[0])
    // Within a few standard errors of what dealing at random gives in the long run.
    let share = try estimate(
      "network(attendance.resident per attendance.session, measure: cross_share, by: attendance.resident.age_band, chance: expected)",
      source)
    var sizes: [String: Int] = [:]
    for band in ["0-17", "18-34", "35-59", "60+"] {
      sizes[band] = Int(
        try estimate(
          "distinct(attendance.resident where attendance.resident.age_band = \"\(band)\")", source
        ).value ?? 0)
    }
    let n = Double(sizes.values.reduce(0, +))
    let alike = sizes.values.reduce(0.0) { $0 + Double($1) * Double($1 - 1) }
    XCTAssertEqual(share.value ?? .nan, 1 - alike / (n * (n - 1)), accuracy: 0.005)
  }

  func testMistakesAreToldWithTheirColumn() throws {
    let model = try MemorySource.repositoryModel()
    let pairs = "attendance.resident per attendance.session"
    let by = "by: attendance.resident.age_band"
    let cases: [(String, String, String?)] = [
      ("network(\(pairs))", "formula.arguments", "measure"),
      ("network(\(pairs), measure: densite)", "formula.word", "density"),
      ("network(\(pairs), measure: assortativity)", "formula.arguments", "by:"),
      ("network(\(pairs), measure: density, \(by))", "formula.arguments", nil),
      ("network(\(pairs), measure: density, draws: 10)", "formula.arguments", nil),
      ("network(\(pairs), measure: ei, \(by), draws: 10)", "formula.arguments", nil),
      ("network(\(pairs), measure: ei, \(by), chance: ratio)", "formula.arguments", nil),
      ("network(\(pairs), measure: ei, \(by), chance: mean)", "formula.word", nil),
      ("network(\(pairs), measure: homophily, \(by))", "formula.arguments", "group:"),
      ("network(\(pairs), measure: homophily, \(by), group: \"61+\")", "formula.value", nil),
      ("network(\(pairs) among resident, measure: ei, \(by))", "formula.among", nil),
      ("network(\(pairs) among activity, measure: density)", "formula.among", nil),
      ("network(\(pairs), measure: density, weight: newman)", "formula.arguments", nil),
      ("network(\(pairs), measure: ties, weight: heavy)", "formula.word", nil),
      ("network(attendance.resident, measure: density)", "formula.arguments", nil),
      ("ties(\(pairs) among resident)", "formula.among", nil),
      (
        "ties(\(pairs), between: attendance.role, within: attendance.role)", "formula.arguments",
        nil
      ),
      ("ties(\(pairs), at_least: 25)", "formula.arguments", "gap"),
      ("ties(\(pairs), gap: attendance.resident.age)", "formula.arguments", nil),
      ("ties(\(pairs), gap: attendance.resident.age_band, at_least: 2)", "formula.type", nil),
      ("ties(\(pairs), new: maybe)", "formula.word", nil),
      (
        "ties(\(pairs), not_same: attendance.resident.household where attendance.role = \"lead\")",
        "formula.arguments", nil
      ),
      ("met(\(pairs))", "formula.arguments", "with:"),
      ("met(\(pairs), with: attendance.resident)", "formula.type", nil),
      (
        "count(count(attendance) and count(attendance) >= 2 per attendance.session)",
        "formula.type", nil
      ),
      ("count((count(attendance) >= 2) + 1 per attendance.session)", "formula.type", nil),
      ("ties(\(pairs), min_meetings: $seuil)", "formula.parameter", "seuil"),
    ]
    for (formula, code, word) in cases {
      XCTAssertThrowsError(try indicator(formula, model: model), formula) { error in
        let found = (error as? Failure)?.diagnostics.first
        XCTAssertEqual(found?.code, code, formula)
        XCTAssertNotNil(found?.location?.column, formula)
        let told = (found?.message.fr ?? "") + (found?.remedy?.fr ?? "")
        if let word { XCTAssertTrue(told.contains(word), "\(formula): \(told)") }
      }
    }
  }
}
