import Diagnostics
import Foundation
import Periods
import TestSupport
import XCTest

final class PeriodTests: XCTestCase {
  func testPeriodsAreReadAsUsersWriteThem() throws {
    let facts: [(String, String, String, Int)] = [
      ("2024", "2024-01-01", "2024-12-31", 366),
      ("2023", "2023-01-01", "2023-12-31", 365),
      ("2024-Q2", "2024-04-01", "2024-06-30", 91),
      ("2024-q4", "2024-10-01", "2024-12-31", 92),
      ("2024-T1", "2024-01-01", "2024-03-31", 91),
      ("2024-02", "2024-02-01", "2024-02-29", 29),
      ("2023-02", "2023-02-01", "2023-02-28", 28),
      ("1900-02", "1900-02-01", "1900-02-28", 28),
      ("2000-02", "2000-02-01", "2000-02-29", 29),
      ("2024-09..2025-08", "2024-09-01", "2025-08-31", 365),
      ("2022-03-01..2023-02-28", "2022-03-01", "2023-02-28", 365),
      ("2022..2024", "2022-01-01", "2024-12-31", 1096),
      ("2024-05-06", "2024-05-06", "2024-05-06", 1),
    ]
    for (text, first, last, days) in facts {
      let period = try Period(text)
      XCTAssertEqual(period.first.iso, first, text)
      XCTAssertEqual(period.last.iso, last, text)
      XCTAssertEqual(period.days, days, text)
      // One name a period, so that rows join: a French T1 is Q1.
      XCTAssertEqual(
        period.name, text.uppercased().replacingOccurrences(of: "T", with: "Q"))
    }
  }

  func testWhatNamesNoPeriodIsWrongUsage() {
    for text in [
      "", "24", "+024", "2024-+1", "2024-13", "2024-0", "2024-Q5", "2024-Q0", "2024-02-30",
      "2023-02-29", "2024..",
      "..2024", "2024..2023", "2024...2025..2026", "2024-01-01-01", "an 2024", "2024 ", "0000",
      "2024.01", "-2024",
    ] {
      XCTAssertThrowsError(try Period(text), text) { error in
        XCTAssertEqual((error as? Failure)?.status, .usage, text)
        XCTAssertEqual((error as? Failure)?.diagnostics.first?.code, "period.unreadable", text)
      }
    }
  }

  func testAPeriodHoldsItsTwoEnds() throws {
    let period = try Period("2022-03-01..2023-02-28")
    for (day, inside) in [
      ("2022-02-28", false), ("2022-03-01", true), ("2023-02-28", true), ("2023-03-01", false),
    ] {
      XCTAssertEqual(period.contains(try XCTUnwrap(Day(iso: day))), inside, day)
    }
  }

  func testTheYearBefore() throws {
    let facts = [
      ("2024", "2023", "2023-01-01", "2023-12-31"),
      ("2024-Q1", "2023-Q1", "2023-01-01", "2023-03-31"),
      ("2024-02", "2023-02", "2023-02-01", "2023-02-28"),
      ("2025-02", "2024-02", "2024-02-01", "2024-02-29"),
      ("2024-09..2025-08", "2023-09-01..2024-08-31", "2023-09-01", "2024-08-31"),
      ("2023-03-01..2024-02-29", "2022-03-01..2023-02-28", "2022-03-01", "2023-02-28"),
      ("2024-03-01..2025-02-28", "2023-03-01..2024-02-29", "2023-03-01", "2024-02-29"),
      ("2024-02-29..2024-03-10", "2023-02-28..2023-03-10", "2023-02-28", "2023-03-10"),
    ]
    for (text, name, first, last) in facts {
      let before = try XCTUnwrap(try Period(text).previousYear)
      XCTAssertEqual(before.name, name, text)
      XCTAssertEqual(before.first.iso, first, text)
      XCTAssertEqual(before.last.iso, last, text)
    }
  }

  func testStepsCoverThePeriodOnceEach() throws {
    XCTAssertEqual(
      try Period("2024").steps(.quarter).map(\.name),
      [
        "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4",
      ])
    XCTAssertEqual(try Period("2022-03-01..2023-02-28").steps(.month).count, 12)
    XCTAssertEqual(
      try Period("2024-01-15..2024-03-10").steps(.month).map(\.name),
      ["2024-01-15..2024-01-31", "2024-02", "2024-03-01..2024-03-10"])
    var random = SeededGenerator(seed: 9)
    for _ in 0..<300 {
      let first = Day(number: Int32.random(in: -20_000...30_000, using: &random))
      let period = Period(
        first: first, last: first.advanced(by: Int.random(in: 0...1500, using: &random)))
      for step in Step.allCases {
        let parts = period.steps(step)
        XCTAssertEqual(parts.first?.first, period.first)
        XCTAssertEqual(parts.last?.last, period.last)
        XCTAssertEqual(parts.reduce(0) { $0 + $1.days }, period.days)
        for (a, b) in zip(parts, parts.dropFirst()) {
          XCTAssertEqual(a.last.advanced(by: 1), b.first)
        }
      }
    }
  }

  func testLeapYears() {
    for (year, days) in [(2024, 29), (2023, 28), (1900, 28), (2000, 29), (2100, 28)] {
      XCTAssertEqual(Day.length(ofMonth: 2, year: year), days, "\(year)")
      XCTAssertEqual(Day(year: year, month: 2, day: 29) != nil, days == 29, "\(year)")
    }
  }

  func testDaysThatAreNoneAreRefused() {
    for text in [
      "2024-02-30", "2024-00-10", "2024-13-01", "2024-1-1", "24-01-01", "2024/01/01", "",
      "2024-01-32", "2024-04-31", "2024-01-01T00:00",
    ] {
      XCTAssertNil(Day(iso: text), text)
    }
  }

  /// Against Foundation's calendar, over four centuries.
  func testDaysAgreeWithTheCalendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try XCTUnwrap(TimeZone(identifier: "UTC"))
    for number in stride(from: Int32(-80_000), through: 80_000, by: 37) {
      let day = Day(number: number)
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(number) * 86_400))
      let civil = day.civil
      XCTAssertEqual(civil.year, parts.year)
      XCTAssertEqual(civil.month, parts.month)
      XCTAssertEqual(civil.day, parts.day)
      XCTAssertEqual(Day(iso: day.iso), day)
    }
  }

  func testThePeriodBeforeIsAsLong() throws {
    for (text, first, last) in [
      ("2024", "2023-01-01", "2023-12-31"), ("2024-Q1", "2023-10-01", "2023-12-31"),
      ("2024-03", "2024-02-01", "2024-02-29"), ("2023-09..2024-08", "2022-09-01", "2023-08-31"),
      ("2023-03-01..2024-02-29", "2022-03-01", "2023-02-28"),
      ("2024-01-08..2024-01-14", "2024-01-01", "2024-01-07"),
      ("2024-02-15..2024-03-15", "2024-01-16", "2024-02-14"),
    ] {
      let before = try Period(text).preceding
      XCTAssertEqual(before.first.iso, first, text)
      XCTAssertEqual(before.last.iso, last, text)
    }
  }

  func testWeeksRunFromMondayToSundayOverTheTurnOfTheYear() throws {
    func week(_ text: String) throws -> Int { try XCTUnwrap(Day(iso: text)).week }
    XCTAssertEqual(try week("0001-01-01"), 0, "a Monday")
    XCTAssertEqual(try week("0001-01-07"), 0)
    XCTAssertEqual(try week("2024-12-30"), try week("2025-01-05"))
    XCTAssertEqual(try week("2022-12-26"), try week("2023-01-01"))
    XCTAssertEqual(try week("2023-01-02"), try week("2023-01-01") + 1)
    XCTAssertEqual(try week("1969-12-29"), try week("1970-01-04"))
  }
}
