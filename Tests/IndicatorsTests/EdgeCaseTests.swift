import Foundation
import Model
import Periods
import TestSupport
import XCTest

@testable import Indicators

/// Worked cases small enough to count by hand.
final class EdgeCaseTests: XCTestCase {
  private func definition(_ id: String, _ source: MemorySource, residence: String, period: String)
    throws -> Estimate
  {
    let catalogue = try Catalogue(
      folder: Places.root + "/indicators/definitions", model: source.model)
    let table = try Evaluator(model: source.model, source: source).compute(
      try XCTUnwrap(catalogue.find(id).first), periods: [Period(period)])
    return try XCTUnwrap(table.rows.first { $0.residence == residence }).estimate
  }

  /// Three residents of « a » in two flats, one of « b » who visits, a neighbour.
  private func visits() throws -> MemorySource {
    var source = MemorySource(model: try MemorySource.repositoryModel())
    try source.add("residence", ["residence"], [["a"], ["b"]])
    try source.add(
      "resident", ["resident", "residence", "kind", "dwelling", "arrival", "departure"],
      [
        ["p1", "a", "resident", "d1", "2020-01-01", ""],
        ["p2", "a", "resident", "d1", "2020-01-01", ""],
        ["p3", "a", "resident", "d2", "2020-01-01", "2024-07-01"],
        ["p4", "b", "resident", "e1", "2020-01-01", ""],
        ["p5", "", "neighbour", "", "", ""],
      ])
    try source.add(
      "activity", ["session", "residence", "date", "status"],
      [["s1", "a", "2024-02-01", "held"], ["s2", "a", "2024-08-01", "held"]])
    try source.add(
      "attendance", ["session", "resident", "status", "role"],
      ["s1 p1", "s1 p4", "s2 p3", "s2 p5", "s2 p9"].map {
        $0.split(separator: " ").map(String.init) + ["present", "participant"]
      })
    return source
  }

  func testAResidentOfAnotherResidenceIsAVisitorHere() throws {
    let source = try visits()
    // p3 moved out before s2; p9 is in no register.
    let reach = try definition("menages-touches", source, residence: "a", period: "2024")
    XCTAssertEqual(reach.numerator, 1, "d1; e1 is a flat of another residence")
    XCTAssertEqual(reach.denominator, 2)
    let rate = try definition("taux-participation", source, residence: "a", period: "2024")
    XCTAssertEqual(rate.numerator, 1)
    XCTAssertEqual(rate.denominator ?? .nan, 2 + 182.0 / 366, accuracy: 1e-12)
    let open = try definition("ouverture-quartier", source, residence: "a", period: "2024")
    XCTAssertEqual(open.numerator, 2, "p4 and p5")
    XCTAssertEqual(open.denominator, 3)
    XCTAssertEqual(open.unknown, 2, "p3 after moving out, p9: their home is not known")
  }

  /// One of unknown sex comes and one lives there: neither is in the ratio, and both are told.
  func testThoseOfAnUnknownGroupAreOutOfBothSidesOfTheRepresentationRatio() throws {
    var source = MemorySource(model: try MemorySource.repositoryModel())
    try source.add("residence", ["residence"], [["a"]])
    let sexes = ["f", "f", "f", "m", "m", "", ""]
    try source.add(
      "resident", ["resident", "residence", "kind", "sex"],
      sexes.enumerated().map { ["p\($0)", "a", "resident", $1] })
    try source.add(
      "activity", ["session", "residence", "date", "status"], [["s", "a", "2024-02-01", "held"]])
    try source.add(
      "attendance", ["session", "resident"], [0, 1, 3, 5].map { ["s", "p\($0)"] })
    let catalogue = try Catalogue(
      folder: Places.root + "/indicators/definitions", model: source.model)
    let table = try Evaluator(model: source.model, source: source).compute(
      try XCTUnwrap(catalogue.find("representation").first), cuts: ["sex"],
      periods: [Period("2024")])
    let rows = Dictionary(
      uniqueKeysWithValues: table.rows.filter { $0.residence == "a" }.map {
        ($0.cuts[0], $0.estimate)
      })
    let women = try XCTUnwrap(rows["f"])
    XCTAssertEqual(women.numerator ?? .nan, 2.0 / 3, accuracy: 1e-12)
    XCTAssertEqual(women.denominator ?? .nan, 3.0 / 5, accuracy: 1e-12)
    XCTAssertEqual(women.unknown, 3, "p5 and p6 on the register, p5 at the session")
    XCTAssertEqual(rows["m"]?.value ?? .nan, (1.0 / 3) / (2.0 / 5), accuracy: 1e-12)
    XCTAssertEqual(rows["_total"]?.value, 1)
    XCTAssertEqual(rows["_total"]?.unknown, 0)
    let unknown = try XCTUnwrap(rows["_unknown"])
    XCTAssertNil(unknown.value)
    XCTAssertEqual([unknown.unknown, unknown.known], [3, 0])
    XCTAssertEqual(unknown.knownShare, 0)
  }

  func testNobodyGivesNoDataAndZeroDenominatorsNoValue() throws {
    let source = try visits()
    let none = try definition("participants", source, residence: "b", period: "2024")
    XCTAssertEqual(none.scanned, 0, "no sheet of b: no data, not zero")
    XCTAssertNil(try estimate("sum(activity.cost) / sum(activity.cost)", source).value)
    XCTAssertNil(
      try estimate("mean(count(attendance) per attendance.resident)", source, period: "2019").value)
    XCTAssertEqual(try estimate("count(attendance)", source, period: "2019").value, 0)
    XCTAssertNil(try estimate("sum(activity.cost)", source).value, "all costs unknown")
  }

  /// What disclosure control must know: the fewest persons that the numbers tell of.
  func testTheSmallestGroupToldCountsBothSidesAndTheComplement() throws {
    let source = try visits()
    XCTAssertEqual(try estimate("distinct(attendance.resident)", source).smallestGroup, 5)
    let part = try estimate(
      "distinct(attendance.resident where attendance.resident.kind = \"neighbour\") / distinct(attendance.resident where known(attendance.resident.kind))",
      source)
    XCTAssertEqual(part.numerator, 1)
    XCTAssertEqual(part.smallestGroup, 1)
    let nobody = try estimate(
      "distinct(attendance.resident where attendance.resident.kind = \"partner\") / distinct(attendance.resident where known(attendance.resident.kind))",
      source)
    XCTAssertEqual(nobody.persons, 0)
    XCTAssertEqual(nobody.smallestGroup, 3, "the denominator, though nobody is in the numerator")
    let often = try estimate("share(count(attendance) >= 2 per attendance.resident)", source)
    XCTAssertEqual(often.smallestGroup, 5)
  }

  /// A weighted share tells how many answered either way, whatever the weights.
  func testTheSmallestGroupOfASurveyIsCountedInAnswers() throws {
    var source = MemorySource(model: try MemorySource.repositoryModel())
    try source.add("residence", ["residence"], [["a"]])
    try source.add(
      "response",
      ["instrument", "wave", "date", "residence", "respondent", "item", "value", "weight"],
      (0..<14).map { p in
        ["e", "1", "2024-05-01", "a", "p\(p)", "q", p == 0 ? "1" : "4", "0.\(5 + p % 3)"]
      })
    let share = try estimate(
      "weighted_share(response.value >= 3 where response.item = \"q\", weight: response.weight)",
      source)
    XCTAssertEqual(share.persons, 14)
    XCTAssertEqual(share.smallestGroup, 1)
  }

  /// A large known side does not hide that the other side is hardly known.
  func testTheKnownShareIsThatOfTheLeastKnownSide() throws {
    var source = try visits()
    try source.add(
      "attendance", ["session", "resident", "headcount", "status", "role"],
      [["s1", "p1", "", "present", "participant"], ["s1", "", "99", "present", "participant"]])
    let rate = try definition("taux-participation", source, residence: "a", period: "2024")
    XCTAssertEqual(rate.knownShare, 0.01, accuracy: 1e-12)
  }
}
