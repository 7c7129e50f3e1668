import Foundation
import Periods
import TestSupport
import XCTest

@testable import Indicators

/// Survival and retention on Meetup Montana, read and stored as a user's export would be, against
/// R survival 3.5 and a slow count.
final class MontanaTests: XCTestCase {
  private func rows(_ name: String) throws -> [[String]] {
    let text = try String(contentsOfFile: Places.shared("data/reference/" + name), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").map(String.init)
    }
  }

  private func filled() throws -> Filled {
    let filled = try Filled()
    for part in ["events", "members", "rsvps"] {
      try filled.land(
        shared: "data/attendance/meetup_montana_\(part).csv", mapping: "meetup_montana_\(part)")
    }
    return filled
  }

  private func total(_ formula: String, _ evaluator: Evaluator, _ filled: Filled, _ period: String)
    throws -> Estimate
  {
    let table = try evaluator.compute(
      indicator(formula, model: filled.model), periods: [Period(period)])
    return try XCTUnwrap(table.rows.first { $0.residence == totalMark }).estimate
  }

  func testTheCurveIsThatOfR() throws {
    let filled = try filled()
    let evaluator = Evaluator(model: filled.model, source: filled.store)
    let whole = "2008-12..2016-06"
    let people = "attendance.resident, lapse: 180, clock: attendance.session.start"
    let curve = try rows("km_montana_R.csv")
    XCTAssertGreaterThan(curve.count, 300)
    for row in curve {
      let found = try total("survival(\(people), at: \(row[0]))", evaluator, filled, whole)
      XCTAssertEqual(found.denominator, 988)
      XCTAssertEqual(found.value ?? .nan, Double(row[4]) ?? .nan, accuracy: 1e-9, "day \(row[0])")
    }
    XCTAssertEqual(
      try total("survival_median(\(people))", evaluator, filled, whole).value, 335)
    let quartile = people.replacingOccurrences(of: "lapse", with: "0.75, lapse")
    XCTAssertEqual(
      try total("survival_quantile(\(quartile))", evaluator, filled, whole).value, 1042)
  }

  func testMonthlyRetentionIsThatOfTheReference() throws {
    let filled = try filled()
    let evaluator = Evaluator(model: filled.model, source: filled.store)
    for row in try rows("retention_montana_month_pooled.csv").dropFirst() {
      let found = try total(
        "retention(attendance.resident, step: month, lag: \(row[0]))", evaluator, filled,
        "2008-12..2016-06")
      XCTAssertEqual(found.denominator, Double(row[1]), "lag \(row[0])")
      XCTAssertEqual(found.numerator ?? 0, Double(row[2]), "lag \(row[0])")
    }
    for row in try rows("retention_montana_month.csv") where ["1", "6"].contains(row[1]) {
      let found = try total(
        "retention(attendance.resident, step: month, lag: \(row[1]))", evaluator, filled, row[0])
      XCTAssertEqual(found.denominator, Double(row[2]), "cohort \(row[0]) lag \(row[1])")
      XCTAssertEqual(found.numerator ?? 0, Double(row[3]), "cohort \(row[0]) lag \(row[1])")
    }
  }
}
