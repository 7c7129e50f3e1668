import Diagnostics
import Disclosure
import Indicators
import Periods
import TestSupport
import XCTest

final class ReleaseTests: XCTestCase {
  private func definition(
    unit: String = "person", formula: String = "count(attendance)", cuts: [String] = ["age_band"]
  ) -> IndicatorDefinition {
    IndicatorDefinition(
      id: "x", catalogue: "X-01", version: 2, validFrom: "2022-01-01",
      title: Phrase(same: "x"), dimension: "d", axis: "a", level: "output", unit: unit,
      counts: Phrase(same: "c"), additivity: .nonAdditive, formula: formula,
      formulaLocation: SourceLocation(file: "f"), cuts: cuts, direction: "up",
      minimumKnownShare: 0.8, note: Phrase(same: "n"), source: "s", frameworks: [:],
      isSurvey: false)
  }

  private func release(
    _ estimate: Estimate, _ audience: Audience, threshold: Int? = nil, unit: String = "person",
    formula: String = "count(attendance)"
  ) throws -> ReleasedRow {
    let period = try XCTUnwrap(Period(year: 2024))
    let table = IndicatorTable(
      definition: definition(unit: unit, formula: formula), cuts: [],
      rows: [IndicatorRow(period: period, residence: "R1", cuts: [], estimate: estimate)])
    let released = try Release.release(
      [table], policy: ReleasePolicy(audience: audience, threshold: threshold), language: .fr
    ).tables
    return try XCTUnwrap(released.first?.rows.first)
  }

  func testEachAudienceHasItsThresholdUnlessTheProjectSetsOne() {
    XCTAssertEqual(ReleasePolicy(audience: .internal).threshold, 0)
    XCTAssertEqual(ReleasePolicy(audience: .partner).threshold, 5)
    XCTAssertEqual(ReleasePolicy(audience: .public).threshold, 11)
    XCTAssertEqual(ReleasePolicy(audience: .public, threshold: 20).threshold, 20)
  }

  func testStatusFollowsTheNumberOfPersonsAndWhatIsKnown() throws {
    // persons, known, unknown, scanned, value → internal, partner, public
    let facts: [(Int?, Double, Double, Double, Double?, String)] = [
      (40, 40, 0, 9, 40, "VVV"),
      (11, 11, 0, 9, 11, "VVV"),
      (10, 10, 0, 9, 10, "VVS"),
      (5, 5, 0, 9, 5, "VVS"),
      (4, 4, 0, 9, 4, "VSS"),
      (1, 1, 0, 9, 1, "VSS"),
      (0, 0, 0, 9, 0, "VVV"),  // a zero is given
      (nil, 3, 0, 9, 3, "VVV"),  // sessions, euros: no person to protect
      (40, 79, 21, 9, 40, "III"),
      (40, 80, 20, 9, 40, "VVV"),
      (3, 1, 9, 9, 3, "ISS"),  // what is unknown of three persons is not told either
      (40, 40, 0, 0, 40, "NNN"),  // no rows at all
      (40, 40, 0, 9, nil, "NNN"),  // undefined
      (3, 3, 0, 9, nil, "NSS"),
      (nil, 0, 0, 9, .nan, "NNN"),
    ]
    for (persons, known, unknown, scanned, value, expected) in facts {
      let estimate = Estimate(
        value: value, numerator: 40, denominator: value == nil ? 0 : 1, unknown: unknown,
        known: known, persons: persons, scanned: scanned)
      let found = try Audience.allCases.map {
        try release(estimate, $0).status.rawValue
      }.joined()
      XCTAssertEqual(found, expected, "\(estimate)")
    }
  }

  /// Whatever the unit says: it is a label in a file.
  func testASmallGroupThatTheNumbersTellIsWithheld() throws {
    for (smallest, expected) in [(1, "S"), (10, "S"), (11, "V"), (nil, "V")] as [(Int?, String)] {
      for unit in ["share", "ratio", "person"] {
        var e = Estimate(value: 0.5, numerator: 20, denominator: 40, known: 40, persons: 40)
        e.smallestGroup = smallest
        XCTAssertEqual(try release(e, .public, unit: unit).status.rawValue, expected)
        XCTAssertEqual(try release(e, .internal, unit: unit).status, .given)
      }
    }
  }

  func testQuantilesAndConcentrationArePublicOnTwiceAsManyPersonsOnly() throws {
    let e = Estimate(value: 3, numerator: 3, denominator: 1, known: 15, persons: 15)
    XCTAssertEqual(try release(e, .public, formula: "mean(x)").status, .given)
    XCTAssertEqual(try release(e, .public, formula: "median (count() per x)").status, .withheld)
    XCTAssertEqual(try release(e, .public, formula: "ties(a, min_meetings: 3)").status, .withheld)
    for network in ["tied(a)", "tie_weight(a)", "met(a, with: b)", "network(a, measure: density)"] {
      XCTAssertEqual(try release(e, .public, formula: network).status, .withheld, network)
      XCTAssertEqual(try release(e, .partner, formula: network).status, .given, network)
    }
    XCTAssertEqual(try release(e, .partner, formula: "median(x)").status, .given)
    XCTAssertEqual(
      try release(e, .public, formula: "share(min_meetings >= 2 (x))").status, .given)
  }

  /// Where there is data and yet no value, the note says why; a cell of few persons says nothing.
  func testAnUndefinedValueSaysWhy() throws {
    var e = Estimate(value: nil, known: 40, persons: 40, scanned: 9)
    e.reason = .oneGroup
    XCTAssertEqual(try release(e, .public).status, .noData)
    XCTAssertEqual(try release(e, .public).note, "sans objet : un seul groupe")
    e.scanned = 0
    XCTAssertEqual(try release(e, .public).note, "pas de donnée ou sans objet")
    var few = Estimate(value: nil, known: 3, persons: 3, scanned: 9)
    few.reason = .oneGroup
    XCTAssertEqual(try release(few, .public).note, "secret statistique")
  }

  func testACellThatIsNotGivenHoldsNoNumber() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let e = Estimate(
        value: Bool.random(using: &random) ? 1 : nil, numerator: 2, denominator: 3, unknown: 4,
        known: Double(Int.random(in: 0...20)), persons: Int.random(in: 0...20), effectiveSize: 5,
        standardError: 6, low: 7, high: 8, scanned: Double(Int.random(in: 0...1)))
      let row = try release(e, .public, unit: Bool.random(using: &random) ? "share" : "person")
      guard row.status != .given else { continue }
      XCTAssertNil(row.value)
      XCTAssertNil(row.numerator)
      XCTAssertNil(row.denominator)
      XCTAssertNil(row.unknown)
      XCTAssertNil(row.persons)
      XCTAssertNil(row.effectiveSize)
      XCTAssertNil(row.standardError)
      XCTAssertNil(row.low)
      XCTAssertNil(row.high)
      XCTAssertFalse(row.note.contains { $0.isNumber })
    }
  }

  func testBeyondInternalUseOnlyDeclaredCutsAreReleased() throws {
    let period = try XCTUnwrap(Period(year: 2024))
    let table = IndicatorTable(
      definition: definition(), cuts: ["age_band", "staircase"],
      rows: [
        IndicatorRow(
          period: period, residence: "R1", cuts: ["_total", "A"],
          estimate: Estimate(value: 50, known: 50, persons: 50))
      ])
    XCTAssertNoThrow(
      try Release.release([table], policy: ReleasePolicy(audience: .internal), language: .fr))
    for audience in [Audience.partner, .public] {
      XCTAssertThrowsError(
        try Release.release([table], policy: ReleasePolicy(audience: audience), language: .fr)
      ) { error in
        let failure = error as? Failure
        XCTAssertEqual(failure?.status, .releaseRefused)
        XCTAssertEqual(failure?.diagnostics.count, 1)
        XCTAssertEqual(failure?.diagnostics.first?.code, "release.cut-not-declared")
        XCTAssertTrue(failure?.diagnostics.first?.message.fr.contains("staircase") ?? false)
      }
    }
  }
}
