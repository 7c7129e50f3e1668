import Statistics
import XCTest

/// Davis, Gardner & Gardner 1941 (Southern Women): every value that NetworkX and R (igraph, sna,
/// vegan) computed of it, at each threshold of shared events.
final class DavisTests: XCTestCase {
  /// People and events in the order of the file, and the two sets of groups.
  struct Davis {
    var names: [String] = []
    var attendance = Attendance(persons: [], sessions: [], people: 0, sessions: 0)
    var groups: [Int32] = [], groupsWithRuth: [Int32] = []
  }

  static func data() throws -> Davis {
    let persons = try Rows("attendance/davis_persons.csv")
    let rows = try Rows("attendance/davis_attendance.csv")
    let names = persons.texts("person")
    let person = rows.texts("person").map { Int32(names.firstIndex(of: $0) ?? -1) }
    let (event, events) = rows.codes("event")
    return Davis(
      names: names,
      attendance: Attendance(
        persons: person, sessions: event, people: names.count, sessions: events.count),
      groups: persons.codes("group").codes, groupsWithRuth: persons.codes("group_ruth_in_B").codes)
  }

  func testTheTwoModeNetwork() throws {
    let davis = try Self.data()
    let reference = try Reference(file: "davis_networkx.json")
    let attendance = davis.attendance
    XCTAssertEqual(attendance.people, reference["persons"].count)
    XCTAssertEqual(attendance.sessions, reference["events"].count)
    XCTAssertEqual(attendance.present.count, reference["attendances"].count)
    assertSame(try attendance.density(), reference["bipartite_density"].number)
    let ties = Ties(attendance)
    assertSame(
      try ties.reinforcement(of: attendance),
      reference["bipartite_clustering_robins_alexander"].number)
    // NetworkX's clustering of a person: the mean overlap with those they are tied to.
    let overlaps = ties.overlaps(of: attendance)
    var sums = [Double](repeating: 0, count: attendance.people)
    for i in 0..<ties.count {
      sums[Int(ties.first[i])] += overlaps[i]
      sums[Int(ties.second[i])] += overlaps[i]
    }
    let degrees = Graph(ties).degrees
    let means = sums.indices.map { sums[$0] / Double(degrees[$0]) }
    assertSame(
      means.reduce(0, +) / 18, reference["bipartite_average_clustering_dot_persons"].number)
  }

  func testConcentrationAndDiversityOfBothModes() throws {
    let davis = try Self.data()
    let networkx = try Reference(file: "davis_networkx.json")
    let r = try Reference(file: "davis_R.json")
    for (mode, counts) in [
      ("attendance_per_person", davis.attendance.visits),
      ("attendance_per_event", davis.attendance.sizes),
    ] {
      let x = counts.map(Double.init)
      let values: [String: Double] = [
        "gini": try Concentration.gini(x), "gini_unbiased": try Concentration.unbiasedGini(x),
        "mean": x.reduce(0, +) / Double(x.count), "median": try Quantile.type7(x, 0.5),
        "div_shannon_nats": try Diversity.shannon(x),
        "div_shannon_bits": try Diversity.shannon(x) / 0.693147180559945309417,
        "div_pielou": try Diversity.pielou(x), "div_simpson_blau": try Diversity.blau(x),
        "div_simpson_unbiased": try Diversity.unbiasedBlau(x),
        "div_inverse_simpson": 1 / (try Diversity.herfindahl(x)),
        "div_iqv": try Diversity.qualitativeVariation(x),
        "div_herfindahl": try Diversity.herfindahl(x),
        "div_berger_parker": try Diversity.bergerParker(x),
      ]
      var compared = 0
      for reference in [networkx[mode], r[mode]] {
        for key in reference.keys {
          guard let value = values[key] else { continue }
          assertSame(value, reference[key].number, "\(mode).\(key)")
          compared += 1
        }
      }
      XCTAssertGreaterThan(compared, 14)
    }
  }

  func testEveryMeasureAtEveryThreshold() throws {
    let davis = try Self.data()
    let ties = Ties(davis.attendance)
    let networkx = try Reference(file: "davis_networkx.json")["thresholds"]
    let r = try Reference(file: "davis_R.json")["thresholds"]
    XCTAssertEqual(networkx.keys.count, 7)
    var compared = 0
    for key in networkx.keys {
      let kept = ties.atLeast(try XCTUnwrap(Int(key)))
      let graph = Graph(kept)
      let mixing = Mixing(graph, groups: davis.groups, count: 2)
      let weighted = Mixing(Graph(kept, weight: .meetings), groups: davis.groups, count: 2)
      let ruth = Mixing(graph, groups: davis.groupsWithRuth, count: 2)
      let centrality = Centrality(graph)
      let sizes = graph.componentSizes
      let measures: [String: () throws -> Double] = [
        "nodes": { Double(graph.nodes) }, "edges": { Double(graph.ties) },
        "density": { try graph.density() },
        "components": { Double(sizes.count) }, "largest_component": { Double(sizes[0]) },
        "isolates": { Double(graph.isolates) },
        "mean_degree": { try graph.meanDegree() },
        "avg_clustering_zero": { try graph.meanClustering() },
        "avg_clustering_excl_lowdeg": { try graph.meanClusteringOfConnected() },
        "avg_clustering_igraph_default": { try graph.meanClusteringOfConnected() },
        "transitivity": { try graph.transitivity() },
        "degree_centralization_freeman": { try graph.degreeCentralisation() },
        "degree_centralization_sna": { try graph.degreeCentralisation() },
        "degeneracy": { Double(graph.cores.max() ?? 0) },
        "degree_assortativity": { try graph.degreeAssortativity() },
        "nominal_assortativity": { try mixing.assortativity() },
        "modularity_groups": { try mixing.modularity() },
        "betweenness_centralization": { try centrality.betweennessCentralisation() },
        "betweenness_centralization_sna": { try centrality.betweennessCentralisation() },
        "krackhardt_connectedness": { try graph.connectedness() },
      ]
      for (peer, reference) in [("networkx", networkx[key]), ("R", r[key])] {
        for (name, measure) in measures where reference.keys.contains(name) {
          // igraph says NaN for the transitivity of a graph without triples; NetworkX, which is
          // followed here, 0.
          if peer == "R", name == "transitivity", reference[name].number == nil { continue }
          assertSame(try measure(), orUndefined: reference[name].number, "\(peer) t=\(key) \(name)")
          compared += 1
        }
        for (name, groups) in [("ei", mixing), ("ei_weighted", weighted), ("ei_ruth_in_B", ruth)]
        where reference.keys.contains(name) {
          assertSame(groups.external, reference[name]["external"].number, "t=\(key) \(name)")
          assertSame(groups.internal, reference[name]["internal"].number, "t=\(key) \(name)")
          assertSame(try groups.externalInternal(), reference[name]["ei"].number, "t=\(key)")
          compared += 3
        }
      }
      XCTAssertEqual(sizes, networkx[key]["component_sizes"].numbers.map { Int($0) })
      var histogram: [String: Int] = [:]
      for c in graph.cores { histogram[String(c), default: 0] += 1 }
      let expected = networkx[key]["core_histogram"]
      XCTAssertEqual(histogram, expected.keys.reduce(into: [:]) { $0[$1] = expected[$1].count })
      compared += 2
    }
    // 7 thresholds: 15 measures, 9 of E-I and 2 lists of NetworkX; 18 measures and 3 of R, without
    // one NaN.
    XCTAssertEqual(compared, 7 * (15 + 9 + 2 + 18 + 3) - 1)
  }

  func testEachPersonAndEachTie() throws {
    let davis = try Self.data()
    let people = try Rows("reference/davis_person.csv")
    let ties = Ties(davis.attendance)
    XCTAssertEqual(people.texts("person"), davis.names)
    XCTAssertEqual(davis.attendance.visits.map(Double.init), people.numbers("attended"))
    for t in 1...3 {
      let graph = Graph(ties.atLeast(t))
      let centrality = Centrality(graph)
      XCTAssertEqual(graph.degrees.map(Double.init), people.numbers("degree_t\(t)"))
      XCTAssertEqual(graph.cores.map(Double.init), people.numbers("core_t\(t)"))
      for (name, values) in [
        ("clustering", graph.clustering), ("betweenness", centrality.betweenness),
        ("closeness", centrality.closeness),
      ] {
        for (got, expected) in zip(values, people.numbers("\(name)_t\(t)")) {
          assertSame(got, expected, "\(name) t=\(t)")
        }
      }
    }
    for (got, expected) in zip(ties.strengths, people.numbers("newman_strength")) {
      assertSame(got, expected)
    }
    let rows = try Rows("reference/davis_ties.csv")
    XCTAssertEqual(rows.cells.count, ties.count)
    let overlaps = ties.overlaps(of: davis.attendance)
    var place: [String: Int] = [:]
    for i in 0..<ties.count {
      place[davis.names[Int(ties.first[i])] + "|" + davis.names[Int(ties.second[i])]] = i
    }
    for (row, (a, b)) in zip(rows.texts("a"), rows.texts("b")).enumerated() {
      let i = try XCTUnwrap(place[a + "|" + b] ?? place[b + "|" + a])
      XCTAssertEqual(Double(ties.meetings[i]), rows.numbers("shared_events")[row])
      assertSame(overlaps[i], rows.numbers("jaccard")[row])
      assertSame(ties.weights[i], rows.numbers("newman")[row])
    }
  }

  func testTheLorenzCurveAndEachEvent() throws {
    let davis = try Self.data()
    let curve = try Concentration.lorenz(davis.attendance.visits.map(Double.init))
    let reference = try Rows("reference/davis_lorenz.csv")
    XCTAssertEqual(curve.count, reference.cells.count)
    for (i, point) in curve.enumerated() {
      assertSame(point.units, reference.numbers("p")[i])
      assertSame(point.total, reference.numbers("L")[i])
    }
    let events = try Rows("reference/davis_event.csv")
    let order = try Rows("attendance/davis_attendance.csv").codes("event").names
    for (row, event) in events.texts("event").enumerated() {
      let s = try XCTUnwrap(order.firstIndex(of: event))
      let here = davis.attendance.present[
        davis.attendance.starts[s]..<davis.attendance.starts[s + 1]]
      var counts = [0.0, 0.0]
      for p in here { counts[Int(davis.groups[Int(p)])] += 1 }
      XCTAssertEqual(counts, [events.numbers("n_A")[row], events.numbers("n_B")[row]])
      assertSame(try Diversity.shannon(counts), events.numbers("shannon_nats")[row])
      assertSame(try Diversity.blau(counts), events.numbers("simpson_blau")[row])
      assertSame(
        try Diversity.qualitativeVariation(counts),
        orUndefined: Double(events.texts("iqv")[row]))
    }
  }
}
