import Foundation
import Ingest
import Periods
import TestSupport
import XCTest

@testable import Indicators

/// The Lorenz curve and pairs by both their ends on Davis, Gardner & Gardner 1941, against the curve
/// of the reference data and NetworkX `attribute_mixing_matrix`.
final class CurveAndEndTests: XCTestCase {
  private func filled() throws -> Filled { try DavisNetworkTests.filled(group: "group") }

  private func rows(_ formula: String, _ filled: Filled, cuts: [String] = []) throws
    -> [IndicatorRow]
  {
    let table = try Evaluator(model: filled.model, source: filled.store).compute(
      indicator(formula, model: filled.model, cuts: cuts), cuts: cuts, periods: [Period("1936")])
    return table.rows.filter { $0.residence == "davis" }
  }

  func testPointsOfTheLorenzCurveAreThoseOfTheReference() throws {
    let filled = try filled()
    let path = try Places.shared("data/reference/davis_lorenz.csv")
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let points = lines.dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }
    XCTAssertEqual(points.count, 19)
    for point in points.dropFirst().dropLast() {
      let row = try XCTUnwrap(
        rows(
          "1 - top_share(count(attendance) per attendance.resident, 1 - \(point[0]))", filled
        ).first)
      XCTAssertEqual(row.estimate.value ?? .nan, point[1], accuracy: 1e-9, "\(point[0])")
      // Eighteen women: those above the line and those below.
      let above = 18 - Int((point[0] * 18).rounded())
      XCTAssertEqual(row.estimate.apart, above, "\(point[0])")
      XCTAssertEqual(row.estimate.smallestGroup, min(above, 18 - above), "\(point[0])")
    }
  }

  /// NetworkX 3 on the same graph; it counts ties within a group from both ends.
  func testPairsByBothEndsAreTheMixingMatrix() throws {
    let filled = try filled()
    let expected = [
      1: [35.0, 68, 36], 2: [35, 38, 22], 3: [26, 5, 15], 4: [16, 0, 8], 5: [6, 0, 3],
    ]
    for (threshold, counts) in expected {
      let rows = try rows(
        "ties(attendance.resident per attendance.session, min_meetings: \(threshold), ends: attendance.resident.dwelling.staircase)",
        filled, cuts: ["ends"])
      func row(_ label: String) throws -> Estimate {
        try XCTUnwrap(rows.first { $0.cuts == [label] }, label).estimate
      }
      XCTAssertEqual(
        try ["A|A", "A|B", "B|B"].map { try row($0).value }, counts, "t=\(threshold)")
      XCTAssertEqual(try row("_total").value, counts.reduce(0, +), "t=\(threshold)")
      XCTAssertEqual(rows.count, 4, "\(rows.map(\.cuts))")
    }
  }

  func testEitherEndOfAPairIsAGroup() throws {
    let rows = try rows(
      "ties(attendance.resident per attendance.session, min_meetings: 3, ends: attendance.resident.dwelling.staircase)",
      filled(), cuts: ["ends"])
    let across = try XCTUnwrap(rows.first { $0.cuts == ["A|B"] }).estimate
    let persons = try XCTUnwrap(across.persons)
    let smallest = try XCTUnwrap(across.smallestGroup)
    XCTAssertLessThanOrEqual(smallest * 2, persons)
    XCTAssertGreaterThan(smallest, 0)
    let within = try XCTUnwrap(rows.first { $0.cuts == ["A|A"] }).estimate
    XCTAssertEqual(within.smallestGroup, within.persons)
  }

  func testWhatEndsCannotGoWithIsTold() throws {
    let model = try MemorySource.repositoryModel()
    for more in ["between: attendance.resident.age_band", "new: yes"] {
      XCTAssertThrowsError(
        try indicator(
          "ties(attendance.resident per attendance.session, ends: attendance.resident.age_band, \(more))",
          model: model), more)
    }
    // The cut is one of pairs: no table has it, and no other formula knows it.
    XCTAssertThrowsError(try indicator("count(attendance)", model: model, cuts: ["ends"]))
    XCTAssertThrowsError(
      try indicator(
        "tied(attendance.resident per attendance.session, ends: attendance.resident.age_band)",
        model: model))
  }

  /// A count of those for whom a condition holds tells of them and of the others, and so does what
  /// is left of 1.
  func testACountOfPeopleTellsThoseForWhomItsConditionHolds() throws {
    let filled = try filled()
    let row = try XCTUnwrap(
      rows("count(count(attendance) >= 7 per attendance.resident)", filled).first)
    let holding = try XCTUnwrap(row.estimate.value)
    XCTAssertEqual(row.estimate.persons, Int(holding))
    XCTAssertEqual(row.estimate.apart, Int(holding))
    XCTAssertEqual(row.estimate.smallestGroup, min(Int(holding), 18 - Int(holding)))
  }
}
