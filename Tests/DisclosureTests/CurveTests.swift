import Diagnostics
import Disclosure
import Indicators
import Periods
import TestSupport
import XCTest

/// One definition under several numbers of a parameter: tables of their own, which tell of each other.
final class CurveTests: XCTestCase {
  private func definition(_ number: Double, id: String = "x") -> IndicatorDefinition {
    var parameter = Parameter(10, in: 1...100, isWhole: true)
    parameter.value = number
    return IndicatorDefinition(
      id: id, catalogue: "X-01", version: 2, validFrom: "2022-01-01", title: Phrase(same: "x"),
      dimension: "d", axis: "a", level: "output", unit: "person", counts: Phrase(same: "c"),
      additivity: .nonAdditive, formula: "count(count(attendance) >= $n per attendance.resident)",
      formulaLocation: SourceLocation(file: "f"), cuts: [], direction: "up",
      minimumKnownShare: 0.8, note: Phrase(same: "n"), source: "s", frameworks: [:],
      isSurvey: false, parameters: ["n": parameter])
  }

  private func table(_ number: Double, _ reaching: [String: Int], of whole: Int, id: String = "x")
    throws -> IndicatorTable
  {
    let period = try XCTUnwrap(Period(year: 2024))
    return IndicatorTable(
      definition: definition(number, id: id), cuts: [],
      rows: reaching.sorted { $0.key < $1.key }.map { residence, count in
        var e = Estimate(
          value: Double(count), numerator: Double(count), known: Double(whole), persons: whole)
        e.apart = count
        e.smallestGroup = [count, whole - count].filter { $0 > 0 }.min()
        return IndicatorRow(period: period, residence: residence, cuts: [], estimate: e)
      })
  }

  private func release(
    _ tables: [IndicatorTable], _ audience: Audience = .public, earlier: [EarlierRow] = []
  ) throws -> [ReleasedTable] {
    try Release.release(
      tables, policy: ReleasePolicy(audience: audience), language: .fr, earlier: earlier
    ).tables
  }

  /// 60 and 40 and 20 of 100 are given; 60 and 55 would tell of five.
  func testACurveIsGivenWholeOrNotAtAll() throws {
    let given = try release([
      table(2, ["r1": 60], of: 100), table(5, ["r1": 40], of: 100),
      table(10, ["r1": 20], of: 100),
    ])
    XCTAssertEqual(given.flatMap(\.rows).map(\.status), [.given, .given, .given])
    let near = try release([
      table(2, ["r1": 60], of: 100), table(5, ["r1": 55], of: 100),
      table(10, ["r1": 20], of: 100),
    ])
    XCTAssertEqual(near.flatMap(\.rows).map(\.status), [.withheld, .withheld, .withheld])
    XCTAssertTrue(near.flatMap(\.rows).allSatisfy { $0.value == nil })
    // Alone, each of them tells of nobody.
    XCTAssertEqual(
      try release([table(5, ["r1": 55], of: 100)]).flatMap(\.rows).map(\.status), [.given])
    // Other places and other indicators are curves of their own.
    let apart = try release([
      table(2, ["r1": 60], of: 100), table(5, ["r1": 55], of: 100, id: "y"),
    ])
    XCTAssertEqual(apart.flatMap(\.rows).map(\.status), [.given, .given])
    XCTAssertEqual(
      try release(
        [table(2, ["r1": 60], of: 100), table(5, ["r1": 55], of: 100)], .internal
      ).flatMap(\.rows).map(\.status), [.given, .given])
  }

  /// A point that is withheld with its curve cannot be worked out from the others' total.
  func testATotalDoesNotGiveAWithheldCurveAway() throws {
    let counts = [2.0: ["r1": 60, "r2": 61, "r3": 62], 5: ["r1": 55, "r2": 31, "r3": 30]]
    let tables = try counts.sorted { $0.key < $1.key }.map { number, own in
      try table(
        number, own.merging(["_total": own.values.reduce(0, +)]) { a, _ in a }, of: 100)
    }
    for table in try release(tables) {
      let withheld = table.rows.filter { $0.status == .withheld }.map(\.residence)
      XCTAssertTrue(withheld.contains("r1"))
      XCTAssertGreaterThan(withheld.count, 1, "\(withheld)")
    }
  }

  func testVersionsAreToldApart() throws {
    let tables = try release([table(5, ["r1": 40], of: 100), table(10, ["r1": 20], of: 100)])
    XCTAssertEqual(tables.map(\.heading.version), ["2+n=5", "2"])
    XCTAssertEqual(tables.map(\.heading.fullID), ["x+n=5", "x"])
    XCTAssertEqual(tables.map(\.heading.settings), [["n": 5], ["n": 10]])
  }

  /// What readers hold under one number says nothing of another: the row withheld under 5 stays so,
  /// the one under 10 is new.
  func testEarlierRowsAreOfTheirOwnNumber() throws {
    let tables = try [table(5, ["r1": 40], of: 100), table(10, ["r1": 20], of: 100)]
    func earlier(_ name: String) -> EarlierRow {
      EarlierRow(indicator: name, period: "2024", residence: "r1", cuts: [], value: nil)
    }
    XCTAssertEqual(
      try release(tables, earlier: [earlier("x+n=5")]).flatMap(\.rows).map(\.status),
      [.withheld, .given])
    XCTAssertEqual(
      try release(tables, earlier: [earlier("x")]).flatMap(\.rows).map(\.status),
      [.given, .withheld])
  }
}
