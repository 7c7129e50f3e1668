import Columns
import Foundation
import Model
import Persistence
import TestSupport
import XCTest

@testable import Indicators

/// Both executors on whole data sets, read and stored as a user's would be: the demo, Davis,
/// Meetup Montana.
final class DataSetAgreementTests: XCTestCase {
  func testTheDemo() throws {
    let filled = try Filled.demo()
    try SurveyFigures.assertFigures(
      Evaluator(model: filled.model, source: filled.store), filled.catalogue())
    // Cuts are tried on the random worlds: here a query takes seconds.
    try filled.assertAgreement(["2023-09..2024-08"], cuts: 0)
  }

  func testDavis() throws {
    let filled = try Filled()
    try filled.land(shared: "data/attendance/davis_attendance.csv", mapping: "davis_attendance")
    try filled.land(shared: "data/attendance/davis_persons.csv", mapping: "davis_persons")
    try filled.assertAgreement(["1936", "1936-01"], cuts: .max)
  }

  func testMeetupMontana() throws {
    let filled = try Filled()
    for part in ["events", "members", "rsvps"] {
      try filled.land(
        shared: "data/attendance/meetup_montana_\(part).csv", mapping: "meetup_montana_\(part)")
    }
    try filled.assertAgreement(["2015-09..2016-08"], cuts: 1)
  }
}
