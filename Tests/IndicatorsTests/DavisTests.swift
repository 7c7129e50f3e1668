import Foundation
import TestSupport
import XCTest

@testable import Indicators

/// Davis, Gardner & Gardner 1941 (Southern Women): 18 people, 14 events, 89 attendances, against
/// values of R (vegan, igraph) and NetworkX.
final class DavisTests: XCTestCase {
  static func source() throws -> MemorySource {
    let text = try String(
      contentsOfFile: Places.shared("data/attendance/davis_attendance.csv"), encoding: .utf8)
    let rows = text.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").map(String.init)
    }
    var source = MemorySource(model: try MemorySource.repositoryModel())
    try source.add("attendance", ["session", "resident"], rows.map { [$0[1], $0[0]] })
    let events = Set(rows.map { $0[1] }).sorted()
    try source.add(
      "activity", ["session", "residence", "date", "status"],
      events.map { [$0, "davis", "2024-01-01", "held"] })
    return source
  }

  func testCountsAndConcentrationEqualThePublishedValues() throws {
    let source = try Self.source()
    XCTAssertEqual(try estimate("count(attendance)", source).value, 89)
    XCTAssertEqual(try estimate("distinct(attendance.resident)", source).value, 18)
    XCTAssertEqual(try estimate("distinct(attendance.session)", source).value, 14)
    XCTAssertEqual(
      try XCTUnwrap(estimate("gini(count(attendance) per attendance.resident)", source).value),
      0.234082397003745, accuracy: 1e-12)
    XCTAssertEqual(
      try XCTUnwrap(estimate("gini(count(attendance) per attendance.session)", source).value),
      0.29454253611557, accuracy: 1e-12)
    XCTAssertEqual(
      try XCTUnwrap(estimate("blau(attendance.resident)", source).value), 0.934730463325338,
      accuracy: 1e-12)
    XCTAssertEqual(
      try XCTUnwrap(estimate("mean(count(attendance) per attendance.resident)", source).value),
      4.94444444444444, accuracy: 1e-12)
  }

  func testTiesAtThreeThresholdsEqualNetworkX() throws {
    let source = try Self.source()
    for (meetings, pairs) in [(1, 139.0), (2, 95), (3, 46)] {
      let formula = "ties(attendance.resident per attendance.session, min_meetings: \(meetings))"
      XCTAssertEqual(try estimate(formula, source).value, pairs, "\(meetings) meetings")
    }
  }

  func testTwoModeDensityIsAttendancesOverPersonsTimesEvents() throws {
    let formula =
      "count(attendance) / (distinct(attendance.resident) * distinct(attendance.session))"
    XCTAssertEqual(
      try XCTUnwrap(estimate(formula, Self.source()).value), 0.353174603174603, accuracy: 1e-12)
  }
}
