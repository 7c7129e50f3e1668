import Statistics
import TestSupport
import XCTest

/// Small graphs, against NetworkX and igraph; ties and baselines, against slow code and the
/// properties that they must have.
final class NetworkTests: XCTestCase {
  /// Small graphs of the reference: people in the first half are one group.
  func testSmallGraphs() throws {
    let reference = try Reference(file: "edges_networks.json")
    XCTAssertGreaterThan(reference.keys.count, 10)
    for name in reference.keys {
      let networkx = reference[name]["networkx"]
      let igraph = reference[name]["igraph"]
      let n = reference[name]["nodes"].given.count
      let pairs = reference[name]["edges"].given.list.map {
        [$0[0].number ?? -1, $0[1].number ?? -1].sorted().map { Int32($0) }
      }
      let graph = Graph(nodes: n, first: pairs.map { $0[0] }, second: pairs.map { $0[1] })
      let groups = (0..<Int32(n)).map { 2 * Int($0) < n ? Int32(0) : 1 }
      let mixing = Mixing(graph, groups: groups, count: 2)
      let centrality = Centrality(graph)
      assertSame(graph.componentSizes.count, networkx["components"])
      assertSame(graph.componentSizes.count, igraph["components"])
      assertSame(graph.isolates, networkx["isolates"])
      assertSame(graph.cores.map(Double.init), igraph["core"])
      for p in 0..<n {
        assertSame(graph.cores[p], networkx["core"]["\(p)"])
        assertSame(centrality.closeness[p], networkx["closeness"]["\(p)"])
        assertSame(centrality.betweenness[p], networkx["betweenness"]["\(p)"])
      }
      // What is undefined: a density of no pair, the mean over nobody, a ratio of nothing.
      let nobody: Undefined = n == 0 ? .nothingObserved : .tooFew(found: n, needed: 2)
      if n < 2 {
        assertOtherwise(
          .nothingThere, try graph.density(), undefined: nobody, peer: networkx["density"])
      } else {
        assertSame(try graph.density(), networkx["density"])
      }
      assertSame(try graph.density(), orUndefined: igraph["density"])
      assertSame(try graph.meanClustering(), orUndefined: networkx["avg_clustering"])
      if n == 0 {
        assertOtherwise(
          .nothingThere, try graph.meanClustering(), undefined: .nothingObserved,
          peer: igraph["avg_clustering_zero"])
      } else {
        assertSame(try graph.meanClustering(), igraph["avg_clustering_zero"])
      }
      assertSame(
        try graph.meanClusteringOfConnected(), orUndefined: igraph["avg_clustering_nan"])
      if graph.ties == 0 {
        assertOtherwise(
          .nothingThere, try graph.transitivity(), undefined: n == 0 ? nobody : .noTies,
          peer: networkx["transitivity"])
        assertUndefined(try graph.transitivity(), where: igraph["transitivity"])
        assertOtherwise(
          .nothingThere, try mixing.assortativity(), undefined: .noTies,
          peer: networkx["nominal_assortativity"])
        assertUndefined(.noTies, try mixing.modularity())
      } else {
        assertSame(try graph.transitivity(), networkx["transitivity"])
        if igraph["transitivity"].number == nil {
          assertOtherwise(
            .noTriples, try graph.transitivity(), here: 0, peer: igraph["transitivity"])
        } else {
          assertSame(try graph.transitivity(), igraph["transitivity"])
        }
        assertSame(
          try mixing.assortativity(), orUndefined: networkx["nominal_assortativity"])
      }
      assertSame(try graph.degreeAssortativity(), orUndefined: networkx["degree_assortativity"])
      assertSame(try graph.degreeAssortativity(), orUndefined: igraph["degree_assortativity"])
      assertSame(try graph.degreeCentralisation(), orUndefined: networkx["freeman"])
      assertSame(try mixing.externalInternal(), orUndefined: networkx["ei"]["ei"])
      assertSame(mixing.external, networkx["ei"]["external"])
      assertSame(mixing.internal, networkx["ei"]["internal"])
    }
  }

  // MARK: Ties

  /// NetworkX's documentation: path(5) with the edge (1, 5), projected to 0, 2, 4, 5.
  func testNewmansWeightsOfTheDocumentedExample() {
    let attendance = Attendance(
      persons: [0, 1, 1, 2, 0, 3], sessions: [0, 0, 1, 1, 0, 0], people: 4, sessions: 2)
    let ties = Ties(attendance)
    XCTAssertEqual(ties.first, [0, 0, 1, 1])
    XCTAssertEqual(ties.second, [1, 3, 2, 3])
    XCTAssertEqual(ties.weights, [0.5, 0.5, 1, 0.5])
  }

  /// Attendances of some people at some sessions, some signed twice, some of an unknown person.
  private func sample(_ random: inout SeededGenerator, people: Int, sessions: Int, rows: Int) -> (
    persons: [Int32], sessions: [Int32], households: [Int32]
  ) {
    var out: (persons: [Int32], sessions: [Int32], households: [Int32]) = ([], [], [])
    for _ in 0..<rows {
      let p = Int32.random(in: -1..<Int32(people), using: &random)
      out.persons.append(p)
      out.sessions.append(Int32.random(in: 0..<Int32(sessions), using: &random))
      out.households.append(p < 0 || p % 5 == 0 ? -1 : p / 2)
    }
    return out
  }

  func testTiesEqualSlowCode() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<60 {
      let people = Int.random(in: 1...25, using: &random)
      let sessions = Int.random(in: 1...12, using: &random)
      let rows = sample(
        &random, people: people, sessions: sessions, rows: Int.random(in: 0...120, using: &random))
      let limit = Bool.random(using: &random) ? Int.random(in: 2...9, using: &random) : nil
      let isApart = Bool.random(using: &random)
      let ties = Ties(
        Attendance(
          persons: rows.persons, sessions: rows.sessions, people: people, sessions: sessions,
          apart: isApart ? rows.households : []), maximumSize: limit)
      var expected: [[Int32]: (meetings: Int32, weight: Double)] = [:]
      for s in 0..<sessions {
        let here = Set(
          rows.persons.indices.filter { Int(rows.sessions[$0]) == s && rows.persons[$0] >= 0 }
            .map { rows.persons[$0] }
        ).sorted()
        if here.count < 2 || here.count > limit ?? .max { continue }
        for a in here {
          for b in here where a < b {
            if isApart, a % 5 != 0, b % 5 != 0, a / 2 == b / 2 { continue }
            let old = expected[[a, b]] ?? (0, 0)
            expected[[a, b]] = (old.meetings + 1, old.weight + 1 / Double(here.count - 1))
          }
        }
      }
      XCTAssertEqual(ties.count, expected.count)
      for i in 0..<ties.count {
        let tie = expected[[ties.first[i], ties.second[i]]]
        XCTAssertEqual(ties.meetings[i], tie?.meetings)
        XCTAssertEqual(ties.weights[i], tie?.weight ?? .nan, accuracy: 1e-12)
        if i > 0 {
          XCTAssertTrue((ties.first[i - 1], ties.second[i - 1]) < (ties.first[i], ties.second[i]))
        }
      }
    }
  }

  /// The invariant of Newman's weights: a person's add up to their sessions with two or more.
  func testAPersonsWeightsAddUpToTheirSessionsWithCompany() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let people = Int.random(in: 1...40, using: &random)
      let sessions = Int.random(in: 1...30, using: &random)
      let rows = sample(
        &random, people: people, sessions: sessions, rows: Int.random(in: 0...300, using: &random))
      let attendance = Attendance(
        persons: rows.persons, sessions: rows.sessions, people: people, sessions: sessions)
      var company = [Double](repeating: 0, count: people)
      for s in 0..<sessions where attendance.sizes[s] > 1 {
        for p in attendance.present[attendance.starts[s]..<attendance.starts[s + 1]] {
          company[Int(p)] += 1
        }
      }
      let strengths = Ties(attendance).strengths
      for p in 0..<people { XCTAssertEqual(strengths[p], company[p], accuracy: 1e-9) }
      // Leaving out pairs of a household can only take away.
      let apart = Attendance(
        persons: rows.persons, sessions: rows.sessions, people: people, sessions: sessions,
        apart: rows.households)
      for (less, all) in zip(Ties(apart).strengths, strengths) {
        XCTAssertLessThanOrEqual(less, all + 1e-9)
      }
    }
  }

  func testNobodyHasNoTies() {
    XCTAssertEqual(Ties(Attendance(persons: [], sessions: [], people: 0, sessions: 0)).count, 0)
  }

  // MARK: Mixing

  /// Worked by hand: groups of 3, 2 and 1; ties AA, AA, AB, BB, BC.
  func testMixingOfThreeGroups() {
    let graph = Graph(nodes: 6, first: [0, 1, 2, 3, 4], second: [1, 2, 3, 4, 5])
    let mixing = Mixing(graph, groups: [0, 0, 0, 1, 1, 2], count: 3)
    XCTAssertEqual(mixing.matrix, [4, 1, 0, 1, 2, 1, 0, 1, 0])
    XCTAssertEqual(mixing.ties(0, 0), 2)
    XCTAssertEqual(mixing.ties(1, 2), 1)
    assertSame(try mixing.externalInternal(), (2.0 - 3) / 5)
    // 4 pairs within groups, 11 between.
    assertSame(
      try mixing.rescaledExternalInternal(), (2.0 / 11 - 3.0 / 4) / (2.0 / 11 + 3.0 / 4))
    // e_ii 4/10, 2/10, 0; ends 5/10, 4/10, 1/10.
    assertSame(try mixing.assortativity(), (0.6 - 0.42) / (1 - 0.42))
    assertSame(try mixing.modularity(), 0.18)
    // A: 5 choices, 2/5 of them expected within: 2; 4 were.
    assertSame(try mixing.colemanHomophily(of: 0), (4.0 - 2) / (5 - 2))
    // B: 4 choices, 1/5 expected: 0.8; 2 were. C: none could be, none was.
    assertSame(try mixing.colemanHomophily(of: 1), (2.0 - 0.8) / (4 - 0.8))
    assertSame(try mixing.colemanHomophily(of: 2), 0)
    assertSame(
      try graph.shareTied(from: 0, to: 1, groups: [0, 0, 0, 1, 1, 2]), 1.0 / 3)
    assertUndefined(
      .nothingObserved, try graph.shareTied(from: 7, to: 1, groups: [0, 0, 0, 1, 1, 2]))
  }

  func testMixingOnTheEdge() {
    let pair = Graph(nodes: 2, first: [0], second: [1])
    let alike = Mixing(pair, groups: [0, 0], count: 1)
    assertUndefined(.oneGroup, try alike.assortativity())
    assertUndefined(.oneGroup, try alike.rescaledExternalInternal())
    assertUndefined(.oneGroup, try alike.colemanHomophily(of: 0))
    let unknown = Mixing(pair, groups: [0, -1], count: 1)
    XCTAssertEqual(unknown.unknownTies, 1)
    assertUndefined(.noTies, try unknown.externalInternal())
    let single = Mixing(pair, groups: [0, 1], count: 2)
    assertSame(try single.externalInternal(), 1)
    assertUndefined(.tooFew(found: 1, needed: 2), try single.rescaledExternalInternal())
    let empty = Graph(nodes: 0, first: [], second: [])
    XCTAssertEqual(empty.componentSizes, [])
    assertUndefined(.nothingObserved, try empty.connectedness())
    assertUndefined(.tooFew(found: 0, needed: 3), try Centrality(empty).betweennessCentralisation())
  }

  // MARK: Baselines

  func testCrossingsEqualSlowCode() throws {
    var random = SeededGenerator(seed: 21)
    for _ in 0..<60 {
      let n = Int.random(in: 2...40, using: &random)
      var (a, b, w): ([Int32], [Int32], [Double]) = ([], [], [])
      for p in 0..<Int32(n) {
        for q in p + 1..<max(Int32(n), p + 1) where Int.random(in: 0..<3, using: &random) == 0 {
          a.append(p)
          b.append(q)
          w.append(Double(Int.random(in: 1...4, using: &random)) / 2)
        }
      }
      if Bool.random(using: &random) { w = [] }
      let graph = Graph(nodes: n, first: a, second: b, weights: w)
      let classes = (0..<n).map { _ in Int32.random(in: -1..<7, using: &random) }
      let crosses = { (x: Int, y: Int) in abs(x - y) >= 2 }
      var (sum, total) = (0.0, 0.0)
      for i in a.indices {
        let (x, y) = (Int(classes[Int(a[i])]), Int(classes[Int(b[i])]))
        if x < 0 || y < 0 { continue }
        total += graph.weights[i]
        if crosses(x, y) { sum += graph.weights[i] }
      }
      guard total > 0 else { continue }
      let found = try Baseline(
        crossingsOf: graph, classes: classes, count: 7, draws: 3, crosses: crosses)
      assertSame(found.observed, sum / total)
    }
  }

  /// 128 dealings at a time or one after the other: the same draws, for each way of crossing.
  func testDrawsTakenTogetherEqualDrawsTakenOneByOne() throws {
    var random = SeededGenerator(seed: 22)
    let ways: [(name: String, crosses: (Int, Int) -> Bool)] = [
      ("differ", { $0 != $1 }), ("apart", { abs($0 - $1) >= 2 }),
      ("far apart", { abs($0 - $1) >= 11 }), ("never", { _, _ in false }),
      // Neither: counted one dealing after the other.
      ("parity", { ($0 + $1) % 2 == 1 }),
    ]
    for round in 0..<24 {
      let n = Int.random(in: 2...70, using: &random)
      let count = [1, 2, 3, 8, 40, 130][round % 6]
      var (a, b): ([Int32], [Int32]) = ([], [])
      for p in 0..<Int32(n) {
        for q in p + 1..<max(Int32(n), p + 1) where Int.random(in: 0..<4, using: &random) == 0 {
          a.append(p)
          b.append(q)
        }
      }
      let graph = Graph(nodes: n, first: a, second: b)
      let classes = (0..<n).map { _ in
        Int.random(in: 0..<12, using: &random) == 0
          ? -1 : Int32.random(in: 0..<Int32(count), using: &random)
      }
      for (name, crosses) in ways {
        let (observed, total) = graph.crossings(classes, crosses: crosses)
        guard total > 0 else { continue }
        var stream = SplitMix(seed: 7)
        let inside = classes.indices.filter { classes[$0] >= 0 }
        let names = graph.restricted(to: inside.map { Int32($0) }).placeNames
        let places = inside.indices.sorted { (names[$0], $0) < (names[$1], $1) }.map { inside[$0] }
        let sizes = Dictionary(places.map { (classes[$0], 1) }, uniquingKeysWith: +)
        var known = places.map { classes[$0] }
          .sorted { (sizes[$1] ?? 0, $0) < (sizes[$0] ?? 0, $1) }
        var dealt = classes
        var shares: [Double] = []
        for _ in 0..<300 {
          stream.shuffle(&known)
          for (i, place) in places.enumerated() { dealt[place] = known[i] }
          shares.append(graph.crossings(dealt, crosses: crosses).crossing / total)
        }
        let drawn = try Baseline(
          crossingsOf: graph, classes: classes, count: count, draws: 300, seed: 7, crosses: crosses)
        let context = "\(name), \(count) classes, \(n) people"
        XCTAssertEqual(drawn.observed, observed / total, accuracy: 1e-12, context)
        XCTAssertEqual(
          drawn.expected, shares.reduce(0, +) / 300, accuracy: 1e-12, context)
        XCTAssertEqual(drawn.low, try Quantile.type7(shares, 0.025), accuracy: 1e-12, context)
        XCTAssertEqual(drawn.high, try Quantile.type7(shares, 0.975), accuracy: 1e-12, context)
        XCTAssertEqual(
          drawn.atLeast, shares.count { $0 >= observed / total - 1e-9 }, context)
      }
    }
  }

  /// The names of places, and with them the draws, go with the people in whatever order they stand.
  func testNeitherNamesOfPlacesNorDrawsDependOnTheOrderOfPeople() throws {
    var random = SeededGenerator(seed: 31)
    for round in 0..<40 {
      let n = Int.random(in: 2...40, using: &random)
      var (a, b): ([Int32], [Int32]) = ([], [])
      for p in 0..<Int32(n) {
        for q in p + 1..<max(Int32(n), p + 1) where Int.random(in: 0..<6, using: &random) == 0 {
          a.append(p)
          b.append(q)
        }
      }
      let classes = (0..<n).map { _ in Int32.random(in: -1..<4, using: &random) }
      let graph = Graph(nodes: n, first: a, second: b)
      let places = Array(0..<Int32(n)).shuffled(using: &random)
      var moved = [Int32](repeating: 0, count: n)
      for (p, place) in places.enumerated() { moved[Int(place)] = classes[p] }
      let pairs = zip(a, b).map { x, y in
        (min(places[Int(x)], places[Int(y)]), max(places[Int(x)], places[Int(y)]))
      }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
      let other = Graph(nodes: n, first: pairs.map(\.0), second: pairs.map(\.1))
      let names = other.placeNames
      XCTAssertEqual(places.map { names[Int($0)] }, graph.placeNames)
      // Where all places differ, so do no draws.
      let inside = (0..<Int32(n)).filter { classes[Int($0)] >= 0 }
      guard graph.crossings(classes, crosses: !=).total > 0,
        Set(graph.restricted(to: inside).placeNames).count == inside.count
      else { continue }
      let one = try Baseline(crossingsOf: graph, classes: classes, count: 4, draws: 50, crosses: !=)
      let two = try Baseline(crossingsOf: other, classes: moved, count: 4, draws: 50, crosses: !=)
      XCTAssertEqual(one.expected, two.expected, accuracy: 1e-12, "round \(round)")
      XCTAssertEqual(one.deviation, two.deviation, accuracy: 1e-12, "round \(round)")
    }
    // A path of four: its ends are alike, and so are its middles.
    let path = Graph(nodes: 4, first: [0, 1, 2], second: [1, 2, 3]).placeNames
    XCTAssertEqual([path[0], path[1]], [path[3], path[2]])
    XCTAssertNotEqual(path[0], path[1])
  }

  /// The expected share of ties between classes is known: the share of pairs that are.
  func testTheMeanOfDrawsNearsTheKnownExpectation() throws {
    let davis = try DavisTests.data()
    let graph = Graph(Ties(davis.attendance).atLeast(3))
    let drawn = try Baseline(
      crossingsOf: graph, classes: davis.groups, count: 2, draws: 20_000, crosses: !=)
    assertSame(drawn.observed, 5.0 / 46)
    // 9 and 9: 81 of 153 pairs.
    XCTAssertEqual(
      drawn.expected, 81.0 / 153, accuracy: 4 * drawn.deviation / 20_000.0.squareRoot())
    XCTAssertLessThan(drawn.observed, drawn.low)
    XCTAssertLessThan(drawn.p, 0.001)
    // The general way deals other hands of the same chances.
    let slow = try Baseline(labels: davis.groups, draws: 2_000) { labels throws(Undefined) in
      let mixing = Mixing(graph, groups: labels, count: 2)
      return mixing.external / (mixing.external + mixing.internal)
    }
    XCTAssertEqual(
      slow.expected, drawn.expected, accuracy: 4 * drawn.deviation / 2_000.0.squareRoot())
    XCTAssertEqual(slow.deviation, drawn.deviation, accuracy: 0.1 * drawn.deviation)
    XCTAssertLessThan(slow.p, 0.005)
  }

  /// The stream as its documentation tells it, drawn by another hand (Python's whole numbers).
  func testTheStreamIsTheOneDocumented() {
    var stream = SplitMix(seed: 1_901)
    XCTAssertEqual(
      [stream.bits(), stream.bits(), stream.bits()],
      [10_490_515_682_138_498_363, 267_679_283_515_879_172, 11_846_648_489_902_502_489])
    stream = SplitMix(seed: 1_901)
    var list = Array(0..<10)
    stream.shuffle(&list)
    XCTAssertEqual(list, [2, 8, 1, 3, 4, 6, 7, 9, 0, 5])
    XCTAssertEqual(stream.unit(), 0.012875033136741765)
  }

  func testBaselinesOnTheEdge() throws {
    let graph = Graph(nodes: 3, first: [0], second: [1])
    assertUndefined(
      .noTies, try Baseline(crossingsOf: graph, classes: [0, -1, 1], count: 2, crosses: !=))
    let certain = try Baseline(
      crossingsOf: Graph(nodes: 2, first: [0], second: [1]), classes: [0, 1], count: 2, draws: 50,
      crosses: !=)
    XCTAssertEqual(certain.expected, 1)
    XCTAssertEqual(certain.deviation, 0)
    XCTAssertEqual(certain.p, 1)
    assertUndefined(.nothingObserved, try Baseline(labels: [-1, -1]) { _ in 0 })
    let nobody = try Baseline(
      crossingsOf: Graph(nodes: 2, first: [0], second: [1]), classes: [0, 0], count: 1, draws: 10,
      crosses: !=)
    assertUndefined(.zeroTotal, try nobody.ratio())
  }

  /// All of the population took part: no dissimilarity, in any draw. One of two equal halves: the
  /// dissimilarity is 0.5 whoever it is.
  func testDissimilarityExpectedOfADrawFromThePopulation() throws {
    let all = try Baseline(dissimilarityOf: [3, 4, 5], in: [3, 4, 5], draws: 100)
    XCTAssertEqual(all.expected, 0)
    let one = try Baseline(dissimilarityOf: [1, 0], in: [10, 10], draws: 100)
    XCTAssertEqual(one.observed, 0.5)
    XCTAssertEqual(one.expected, 0.5)
    XCTAssertEqual(one.deviation, 0)
    // Two of four, two of each: {2,0}, {1,1}, {0,2} with chances 1/6, 4/6, 1/6; mean 1/6.
    let two = try Baseline(dissimilarityOf: [2, 0], in: [2, 2], draws: 50_000)
    XCTAssertEqual(two.expected, 1.0 / 6, accuracy: 0.004)
    assertUndefined(.outOfRange(0), try Baseline(dissimilarityOf: [3, 0], in: [2, 2]))
    assertUndefined(.nothingObserved, try Baseline(dissimilarityOf: [0, 0], in: [2, 2]))
  }
}
