import Foundation
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
    reference["peer"].apart(.peer)
    reference["data"].apart(.peer)
    let attendance = davis.attendance
    assertSame(attendance.people, reference["persons"])
    assertSame(attendance.sessions, reference["events"])
    assertSame(attendance.present.count, reference["attendances"])
    assertSame(try attendance.density(), reference["bipartite_density"])
    let ties = Ties(attendance)
    assertSame(
      try ties.reinforcement(of: attendance),
      reference["bipartite_clustering_robins_alexander"])
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
      means.reduce(0, +) / 18, reference["bipartite_average_clustering_dot_persons"])
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
      let zeros = x.map { _ in 0.0 }
      let deviation = try PairedChange(before: zeros, after: x).deviation()
      let values: [String: Double] = [
        "gini": try Concentration.gini(x), "gini_unbiased": try Concentration.unbiasedGini(x),
        "mean": x.reduce(0, +) / Double(x.count), "median": try Quantile.type7(x, 0.5),
        "sd_sample": deviation,
        "sd_pop": deviation * (Double(x.count - 1) / Double(x.count)).squareRoot(),
        "min": x.min() ?? .nan, "max": x.max() ?? .nan,
        "div_k": Double(x.count { $0 > 0 }), "div_N": Double(davis.attendance.present.count),
        "div_hill1": exp(try Diversity.shannon(x)),
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
          assertSame(try XCTUnwrap(values[key], key), reference[key])
          compared += 1
        }
      }
      XCTAssertGreaterThan(compared, 14)
    }
    r["peer"].apart(.peer)
    assertSame(try davis.attendance.density(), r["bipartite_density"])
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
          if peer == "R", name == "transitivity", reference[name].number == nil {
            assertOtherwise(.noTriples, try measure(), here: 0, peer: reference[name])
            continue
          }
          assertSame(try measure(), orUndefined: reference[name], "\(peer) t=\(key) \(name)")
          compared += 1
        }
        for (name, groups) in [("ei", mixing), ("ei_weighted", weighted), ("ei_ruth_in_B", ruth)]
        where reference.keys.contains(name) {
          assertSame(groups.external, reference[name]["external"], "t=\(key) \(name)")
          assertSame(groups.internal, reference[name]["internal"], "t=\(key) \(name)")
          assertSame(try groups.externalInternal(), reference[name]["ei"], "t=\(key)")
          compared += 3
        }
      }
      let loops = r[key]["degree_centralization_igraph_default_loops"]
      assertOtherwise(
        .loops, try graph.degreeCentralisation(),
        here: try XCTUnwrap(r[key]["degree_centralization_freeman"].number), peer: loops)
      if key == "3" {
        assertSame(
          try centrality.betweennessCentralisation(),
          try Reference(file: "davis_networkx.json")["betweenness_centralization_t3"])
      }
      assertSame(sizes.map(Double.init), networkx[key]["component_sizes"])
      let expected = networkx[key]["core_histogram"]
      XCTAssertEqual(Set(graph.cores.map(String.init)), Set(expected.keys))
      for core in expected.keys {
        assertSame(graph.cores.count { String($0) == core }, expected[core])
      }
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
    people.given("person", "group")
    assertSame(davis.attendance.visits.map(Double.init), people, "attended")
    for t in 1...3 {
      let graph = Graph(ties.atLeast(t))
      let centrality = Centrality(graph)
      assertSame(graph.degrees.map(Double.init), people, "degree_t\(t)")
      assertSame(graph.cores.map(Double.init), people, "core_t\(t)")
      assertSame(graph.clustering, people, "clustering_t\(t)")
      assertSame(centrality.betweenness, people, "betweenness_t\(t)")
      assertSame(centrality.closeness, people, "closeness_t\(t)")
    }
    assertSame(ties.strengths, people, "newman_strength")
    var meetings = [Double](repeating: 0, count: davis.names.count)
    for i in 0..<ties.count {
      meetings[Int(ties.first[i])] += Double(ties.meetings[i])
      meetings[Int(ties.second[i])] += Double(ties.meetings[i])
    }
    assertSame(meetings, people, "strength")
    let rows = try Rows("reference/davis_ties.csv")
    XCTAssertEqual(rows.cells.count, ties.count)
    let overlaps = ties.overlaps(of: davis.attendance)
    var place: [String: Int] = [:]
    for i in 0..<ties.count {
      place[davis.names[Int(ties.first[i])] + "|" + davis.names[Int(ties.second[i])]] = i
    }
    let order = try zip(rows.texts("a"), rows.texts("b")).map { a, b in
      try XCTUnwrap(place[a + "|" + b] ?? place[b + "|" + a])
    }
    rows.given("a", "b")
    assertSame(order.map { Double(ties.meetings[$0]) }, rows, "shared_events")
    assertSame(order.map { overlaps[$0] }, rows, "jaccard")
    assertSame(order.map { ties.weights[$0] }, rows, "newman")
    assertSame(
      order.map { i in
        let pair = [ties.first[i], ties.second[i]]
        let tie = Graph(nodes: davis.names.count, first: [pair[0]], second: [pair[1]])
        return Mixing(tie, groups: davis.groups, count: 2).internal
      }, rows, "same_group")
  }

  func testTheLorenzCurveAndEachEvent() throws {
    let davis = try Self.data()
    let curve = try Concentration.lorenz(davis.attendance.visits.map(Double.init))
    let reference = try Rows("reference/davis_lorenz.csv")
    assertSame(curve.map(\.units), reference, "p")
    assertSame(curve.map(\.total), reference, "L")
    let events = try Rows("reference/davis_event.csv")
    let order = try Rows("attendance/davis_attendance.csv").codes("event").names
    events.given("event")
    let classes = try events.texts("event").map { event -> [Double] in
      let s = try XCTUnwrap(order.firstIndex(of: event))
      let here = davis.attendance.present[
        davis.attendance.starts[s]..<davis.attendance.starts[s + 1]]
      return (0..<2).map { group in Double(here.count { davis.groups[Int($0)] == group }) }
    }
    assertSame(classes.map { $0[0] + $0[1] }, events, "attendees")
    assertSame(classes.map { $0[0] }, events, "n_A")
    assertSame(classes.map { $0[1] }, events, "n_B")
    assertSame(try classes.map { try Diversity.shannon($0) }, events, "shannon_nats")
    let blau = try classes.map { try Diversity.blau($0) }
    assertSame(blau, events, "simpson_blau")
    assertSame(
      classes.map { (try? Diversity.qualitativeVariation($0)) ?? .nan }, events, "iqv")
    // Of an event, and of the event that somebody who comes is at.
    let networkx = try Reference(file: "davis_networkx.json")
    assertSame(
      try WeightedMean.estimate(values: blau, weights: blau.map { _ in 1 }).mean,
      networkx["mean_event_blau"])
    assertSame(
      try WeightedMean.estimate(values: blau, weights: classes.map { $0[0] + $0[1] }).mean,
      networkx["attendee_weighted_event_blau"])
  }
}
