import Foundation
import Ingest
import Periods
import TestSupport
import XCTest

@testable import Indicators

/// The network of Davis, Gardner & Gardner 1941, read and stored as a user's would be, at every
/// threshold, against NetworkX and R (igraph, sna).
final class DavisNetworkTests: XCTestCase {
  /// The women's groups as staircases: a mapping of the test's own, as the published one has no
  /// place for them.
  static func filled(group: String) throws -> Filled {
    let filled = try Filled()
    try filled.land(
      shared: "data/attendance/davis_attendance.csv", mapping: "davis_attendance")
    try filled.land(
      shared: "data/attendance/davis_persons.csv",
      mapping: Mapping(
        name: "davis_groups",
        text: """
          {
            id: "davis_groups", label: {fr: "Davis", en: "Davis"},
            emits: [
              {table: "dwelling", distinct: true, columns: {
                dwelling: {from: "\(group)"}, staircase: {from: "\(group)"},
                residence: {const: "davis"}}},
              {table: "resident", columns: {
                resident: {from: "person"}, dwelling: {from: "\(group)"},
                residence: {const: "davis"}}},
            ],
          }
          """))
    return filled
  }

  private func compute(_ formula: String, _ filled: Filled) throws -> Estimate {
    let table = try Evaluator(model: filled.model, source: filled.store).compute(
      indicator(formula, model: filled.model), periods: [Period("1936")])
    return try XCTUnwrap(table.rows.first { $0.residence == "davis" }).estimate
  }

  private let by = "by: attendance.resident.dwelling.staircase"

  /// All eighteen are in the register; measures of groups compare those who came, all the same.
  private func network(_ threshold: Int, _ more: String) -> String {
    let among = more.contains("by:") ? "" : " among resident"
    return
      "network(attendance.resident per attendance.session\(among), min_meetings: \(threshold), \(more))"
  }

  private func reference(_ name: String) throws -> [String: Any] {
    let path = try Places.shared("data/reference/\(name).json")
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try XCTUnwrap(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  func testEveryThresholdEqualsNetworkXAndR() throws {
    let filled = try Self.filled(group: "group")
    let ruth = try Self.filled(group: "group_ruth_in_B")
    var agreed = 0
    func check(
      _ found: Estimate, _ expected: Any?, _ context: String, undefined: Reason? = nil
    ) {
      if let undefined {
        XCTAssertNil(found.value, context)
        XCTAssertEqual(found.reason, undefined, context)
      } else {
        let value = (expected as? NSNumber)?.doubleValue
        XCTAssertNotNil(value, "\(context): no reference")
        XCTAssertEqual(found.value ?? .nan, value ?? .nan, accuracy: 1e-9, context)
      }
      agreed += 1
    }
    let plain = [
      ("nodes", "people"), ("edges", "ties"), ("density", "density"),
      ("components", "components"), ("largest_component", "largest_component"),
      ("isolates", "isolates"), ("mean_degree", "mean_degree"),
      ("avg_clustering_zero", "clustering"),
      ("avg_clustering_excl_lowdeg", "clustering_connected"), ("transitivity", "transitivity"),
      ("degree_centralization_freeman", "degree_centralisation"), ("degeneracy", "degeneracy"),
      ("degree_assortativity", "degree_assortativity"),
    ]
    let python = try XCTUnwrap(
      reference("davis_networkx")["thresholds"] as? [String: [String: Any]])
    let r = try XCTUnwrap(reference("davis_R")["thresholds"] as? [String: [String: Any]])
    XCTAssertEqual(python.count, 7)
    for (threshold, values) in python.sorted(by: { $0.key < $1.key }) {
      let t = try XCTUnwrap(Int(threshold))
      func measure(_ more: String) throws -> Estimate {
        try compute(network(t, more), filled)
      }
      for (key, name) in plain {
        // One tie: no degree varies, and nobody has two neighbours.
        let isNull = values[key] is NSNull
        check(
          try measure("measure: \(name)"), values[key], "t=\(t) \(key)",
          undefined: isNull ? (key == "degree_assortativity" ? .noVariation : .tooFew) : nil)
      }
      let sizes = try XCTUnwrap(values["component_sizes"] as? [Int])
      XCTAssertEqual(sizes.max(), try measure("measure: largest_component").value.map { Int($0) })
      for (key, weight) in [("ei", "one"), ("ei_weighted", "meetings")] {
        let ei = try XCTUnwrap(values[key] as? [String: Any])
        let share = try measure("measure: cross_share, weight: \(weight), \(by)")
        XCTAssertEqual(share.numerator, ei["external"] as? Double, "t=\(t) \(key) external")
        let total = (ei["external"] as? Double ?? .nan) + (ei["internal"] as? Double ?? .nan)
        XCTAssertEqual(share.denominator, total, "t=\(t) \(key) total")
        agreed += 2
        check(
          try measure("measure: ei, weight: \(weight), \(by)"), ei["ei"], "t=\(t) \(key)")
      }
      // The same index from pairs, as SQL says it.
      let pairs = "attendance.resident per attendance.session, min_meetings: \(t)"
      let group = "attendance.resident.dwelling.staircase"
      let (between, within) = (
        "ties(\(pairs), between: \(group))", "ties(\(pairs), within: \(group))"
      )
      check(
        try compute("(\(between) - \(within)) / (\(between) + \(within))", filled),
        (values["ei"] as? [String: Any])?["ei"], "t=\(t) E-I of pairs")
      check(
        try measure("measure: assortativity, \(by)"), values["nominal_assortativity"],
        "t=\(t) assortativity",
        undefined: values["nominal_assortativity"] is NSNull ? .oneGroup : nil)
      check(
        try measure("measure: modularity, \(by)"), values["modularity_groups"],
        "t=\(t) modularity")
      check(
        try compute(network(t, "measure: ei, \(by)"), ruth),
        (values["ei_ruth_in_B"] as? [String: Any])?["ei"], "t=\(t) Ruth in B")
      let peer = try XCTUnwrap(r[threshold])
      check(
        try measure("measure: betweenness_centralisation"), peer["betweenness_centralization"],
        "t=\(t) betweenness")
      check(
        try measure("measure: connectedness"), peer["krackhardt_connectedness"],
        "t=\(t) connectedness")
      check(
        try measure("measure: degree_centralisation"), peer["degree_centralization_sna"],
        "t=\(t) sna")
    }
    XCTAssertGreaterThanOrEqual(agreed, 125)
  }

  /// Pairs and their weights: 139 ties, and Newman's weights of `davis_ties.csv`.
  func testWeightsOfTiesEqualNetworkX() throws {
    let filled = try Self.filled(group: "group")
    let text = try String(
      contentsOfFile: Places.shared("data/reference/davis_ties.csv"), encoding: .utf8)
    let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    let pairs = "attendance.resident per attendance.session"
    XCTAssertEqual(try compute("ties(\(pairs))", filled).value, 139)
    for (meetings, scope) in [(1, ""), (3, ", min_meetings: 3")] {
      let kept = rows.filter { (Int($0[2]) ?? 0) >= meetings }
      let newman = kept.reduce(0) { $0 + (Double($1[4]) ?? .nan) }
      XCTAssertEqual(
        try compute("tie_weight(\(pairs)\(scope))", filled).value ?? .nan, newman, accuracy: 1e-9)
      let inside = kept.filter { $0[5] == "1" }
      XCTAssertEqual(
        try compute(
          "tie_weight(\(pairs)\(scope), within: attendance.resident.dwelling.staircase)", filled
        ).value ?? .nan, inside.reduce(0) { $0 + (Double($1[4]) ?? .nan) }, accuracy: 1e-9)
    }
  }
}
