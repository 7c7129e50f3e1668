import Foundation
import Model
import Periods
import TestSupport
import XCTest

@testable import Indicators

/// Operators of time, of several tables and of intervals, on cases small enough to count by hand.
final class TimeEdgeTests: XCTestCase {
  private func empty() throws -> MemorySource {
    var source = MemorySource(model: try MemorySource.repositoryModel())
    try source.add("residence", ["residence"], [["a"], ["b"]])
    return source
  }

  /// Sessions of residence « a » on some days, and who came to each.
  private func visits(_ days: [String: String], register: [[String]] = []) throws -> MemorySource {
    var source = try empty()
    try source.add(
      "resident", ["resident", "residence", "dwelling", "arrival", "departure"], register)
    let sorted = days.keys.sorted()
    try source.add(
      "activity", ["session", "residence", "date", "status"],
      sorted.map { ["s" + $0, "a", $0, "held"] })
    try source.add(
      "attendance", ["session", "resident", "status", "role"],
      sorted.flatMap { day in
        (days[day] ?? "").split(separator: " ").map {
          ["s" + day, String($0), "present", "participant"]
        }
      })
    return source
  }

  // MARK: dates

  func testAnUnknownDateMakesDaysUnknown() throws {
    var source = try empty()
    try source.add(
      "need", ["need", "residence", "logged", "acted"],
      [
        ["1", "a", "2024-01-10", "2024-04-09"], ["2", "a", "2024-10-02", ""],
        ["3", "a", "2024-10-03", "2024-10-03"],
      ])
    let within = try estimate("share(days(need.logged, need.acted) <= 90)", source)
    XCTAssertEqual(within.value, 1, "90 days and none; the one without an answer is unknown")
    XCTAssertEqual(within.unknown, 1)
    XCTAssertEqual(
      try estimate("count(need where days(need.logged, period.end) >= 90)", source).value, 2)
    XCTAssertEqual(
      try estimate("sum(days(period.start, need.logged))", source).value, 9 + 275 + 276)
    XCTAssertEqual(
      try estimate("count(need where coalesce(need.acted, period.end) = period.end)", source).value,
      1)
  }

  func testWeeksAreCountedOverTheTurnOfTheYear() throws {
    let source = try visits(["2024-12-30": "p", "2025-01-05": "p", "2025-01-06": "p"])
    XCTAssertEqual(
      try estimate("distinct(activity.date.week)", source, period: "2024-12..2025-01").value, 2)
  }

  func testDatesOfOtherRowsAreLookedUpWhateverThePeriod() throws {
    var source = try visits(["2023-05-01": "p q", "2024-03-01": "p", "2024-06-01": "p r"])
    try source.add(
      "contact", ["residence", "date", "resident", "reached"],
      [
        ["a", "2024-05-20", "r", "1"], ["a", "2024-06-01", "r", "1"],
        ["a", "2024-06-02", "r", "1"],
        ["a", "2024-05-20", "q", "1"], ["a", "2024-05-20", "x", "1"], ["a", "2024-05-20", "", "1"],
      ])
    let new = "first_date(attendance per attendance.resident) >= period.start"
    XCTAssertEqual(try estimate("distinct(attendance.resident where \(new))", source).value, 1)
    // From 1 May 2023 to 1 March 2024, and on to 1 June; the first of all and r’s have none before.
    let gap = try estimate(
      "sum(days(date_before(attendance per attendance.resident), attendance.session.date))", source)
    XCTAssertEqual(gap.value, 305 + 92)
    XCTAssertEqual(gap.unknown, 1, "r had not come before")
    let next = "date_after(attendance per contact.resident)"
    XCTAssertEqual(
      try estimate("count(contact where known(\(next)))", source).value, 2,
      "on the day itself too; q never came again, x never came, nobody is not somebody")
    XCTAssertEqual(
      try estimate(
        "count(contact where not known(date_before(attendance per contact.resident)))", source
      )
      .value, 4, "r twice before and on the first day, x, and nobody")
  }

  func testOtherTimesAreJustBeforeAllBeforeAndSoFar() throws {
    let source = try visits([
      "2022-12-31": "p", "2023-01-01": "p q", "2023-12-31": "r", "2024-01-01": "p s",
      "2025-01-01": "t",
    ])
    XCTAssertEqual(try estimate("last_period(count(attendance))", source).value, 3)
    XCTAssertEqual(try estimate("before(count(attendance))", source).value, 4)
    XCTAssertEqual(try estimate("so_far(distinct(attendance.resident))", source).value, 4)
    let key = "per attendance.resident"
    let new = try estimate(
      "count(count(attendance) > 0 and before(count(attendance)) = 0 \(key))", source)
    XCTAssertEqual(new.value, 1, "s")
    XCTAssertEqual(new.persons, 1, "the newcomer, not all who came")
    XCTAssertEqual(new.smallestGroup, 1)
    XCTAssertEqual(
      try estimate(
        "count(last_period(count(attendance)) > 0 and count(attendance) = 0 \(key))", source
      )
      .value, 2, "q and r")
  }

  // MARK: populations and several tables

  func testThroughoutMeansEveryDayBeItByOneAfterTheOther() throws {
    var source = try empty()
    try source.add(
      "resident", ["resident", "residence", "dwelling", "arrival", "departure"],
      [
        ["p", "a", "d1", "", ""], ["q", "a", "d2", "2020-01-01", "2024-06-01"],
        ["r", "a", "d2", "2024-06-01", ""], ["s", "a", "d3", "2020-01-01", "2024-06-01"],
        ["t", "a", "d3", "2024-06-02", ""], ["u", "a", "d4", "2024-01-01", "2025-01-01"],
        ["v", "a", "d5", "2024-01-02", ""], ["w", "a", "d6", "2020-01-01", "2024-12-31"],
        ["x", "a", "d7", "2020-01-01", "2024-08-01"], ["y", "a", "d7", "2024-05-01", ""],
      ])
    XCTAssertEqual(
      try estimate("population(resident.dwelling, throughout)", source).value, 4,
      "d1, d2, d4 and d7; d3 was empty one day, d5 on the first, d6 on the last")
    XCTAssertEqual(try estimate("population(resident, throughout)", source).value, 2, "p and u")
  }

  func testAmongAPopulationThereAreNoOtherKeys() throws {
    var source = try visits(
      ["2024-02-01": "p q", "2024-03-01": "q"],
      register: [
        ["p", "a", "d1", "2020-01-01", ""], ["q", "a", "d2", "2024-01-15", ""],
        ["r", "a", "d3", "2020-01-01", ""], ["s", "a", "d4", "2020-01-01", ""],
      ])
    try source.add(
      "contact", ["residence", "date", "dwelling", "resident", "reached"],
      [["a", "2024-05-01", "d3", "", "1"], ["a", "2024-05-01", "", "s", "1"]])
    let never = try estimate(
      "share(count(attendance) + count(contact) = 0 per dwelling among population(resident.dwelling, throughout))",
      source)
    XCTAssertEqual(never.denominator, 3, "d1, d3, d4")
    XCTAssertEqual(never.numerator, 1, "d4: the contact with s names no dwelling")
    XCTAssertEqual(never.unknown, 1, "that contact")
    XCTAssertEqual(never.persons, 4, "those of the register")
    XCTAssertEqual(
      try estimate("count(count(attendance) + count(contact) > 0 per dwelling)", source).value, 3)
    XCTAssertEqual(
      try estimate("count(count(contact) > 0 or count(attendance) > 1 per dwelling)", source).value,
      2, "d3 by contact, d2 by coming twice")
  }

  func testASmallTableOfALargeRegisterCountsItsPersons() throws {
    var source = try empty()
    try source.add(
      "resident", ["resident", "residence"], (0..<500).map { ["p\($0)", "a"] })
    try source.add(
      "case", ["case", "residence", "resident", "start", "interview"],
      [
        ["1", "a", "p480", "2024-01-01", "2024-02-01"], ["2", "a", "p490", "2024-01-01", ""],
      ])
    let share = try estimate("share(known(case.interview))", source)
    XCTAssertEqual(share.value, 0.5)
    XCTAssertEqual(share.persons, 2)
  }

  // MARK: survival

  /// Whether « p », who came on 1 January 2024 only, has dropped out by the last session, on 31
  /// October, to which « z » came.
  private func hasStopped(
    lapse: Int, register: [[String]] = [], closed: [[String]] = [], more: [String: String] = [:],
    period: String = "2024"
  ) throws -> Bool {
    let days = ["2024-01-01": "p z", "2024-10-31": "z"].merging(more) { $1 }
    var source = try visits(days, register: register)
    try source.add("closure", ["residence", "first", "last"], closed)
    let found = try estimate(
      "survival(attendance.resident, lapse: \(lapse), at: 9999, register: resident, closed_from: closure.first, closed_to: closure.last)",
      source, period: period)
    XCTAssertEqual(found.denominator, 2)
    // Two at risk on day 0: one of them stopping leaves half.
    return try XCTUnwrap(found.value) < 1
  }

  func testWhoHasDroppedOut() throws {
    // 304 days from 2 January to 31 October; nothing is known after that, whatever the period.
    XCTAssertTrue(try hasStopped(lapse: 304))
    XCTAssertFalse(try hasStopped(lapse: 305))
    XCTAssertFalse(try hasStopped(lapse: 304, period: "2024-Q3"), "watched to 30 September")
    // Closed days do not count, those of all residences neither, and none twice.
    let august = ["a", "2024-08-01", "2024-08-31"]
    XCTAssertFalse(try hasStopped(lapse: 274, closed: [august]))
    XCTAssertTrue(try hasStopped(lapse: 273, closed: [august, ["", "2024-08-10", "2024-08-20"]]))
    XCTAssertTrue(try hasStopped(lapse: 304, closed: [["b", "2024-08-01", "2024-08-31"]]))
    XCTAssertTrue(try hasStopped(lapse: 304, closed: [["a", "2024-08-31", "2024-08-01"]]))
    // Who moves out is watched until then: 39 days from 2 January to 9 February.
    let left = [["p", "a", "", "2020-01-01", "2024-02-10"]]
    XCTAssertTrue(try hasStopped(lapse: 39, register: left))
    XCTAssertFalse(try hasStopped(lapse: 40, register: left))
    XCTAssertTrue(
      try hasStopped(lapse: 304, register: left + [["p", "a", "", "2024-05-01", ""]]),
      "back in May")
    // Who comes back, after however long, had not stopped.
    XCTAssertFalse(try hasStopped(lapse: 200, more: ["2024-10-01": "p"]))
  }

  func testDurationsAreWholeDaysByTheClockWhereItIsKnown() throws {
    for (start, last, days) in [
      ("600", "660", 10.0), ("660", "600", 9), ("", "600", 10), ("660", "", 10),
    ] {
      var source = try empty()
      try source.add(
        "activity", ["session", "residence", "date", "status", "start"],
        [
          ["1", "a", "2024-01-01", "held", start], ["2", "a", "2024-01-11", "held", last],
          ["3", "a", "2024-06-01", "held", ""],
        ])
      try source.add(
        "attendance", ["session", "resident"], [["1", "p"], ["2", "p"], ["3", ""]])
      let found = try estimate(
        "survival_median(attendance.resident, lapse: 30, clock: attendance.session.start)", source)
      XCTAssertEqual(found.value, days, "from \(start) to \(last)")
      XCTAssertEqual(found.unknown, 1)
    }
  }

  func testCurvesOfKeys() throws {
    var source = try empty()
    // Attempts at six dwellings: reached at the 1st, 2nd and 2nd; never in 1, 2 and 3.
    var rows: [[String]] = []
    for (dwelling, tries, reached) in [
      ("d1", 1, true), ("d2", 2, true), ("d3", 2, true), ("d4", 1, false), ("d5", 2, false),
      ("d6", 3, false),
    ] {
      for n in 1...tries {
        rows.append(["a", "2024-03-0\(n)", dwelling, reached && n == tries ? "1" : "0"])
      }
    }
    rows.append(["a", "2024-05-01", "d1", "0"])
    try source.add("contact", ["residence", "date", "dwelling", "reached"], rows)
    let first = "not known(date_before(contact where contact.reached = 1 per contact.dwelling))"
    let curve =
      "count(contact where \(first)) per contact.dwelling, {}event: max(contact.reached where \(first)) >= 1"
    func ask(_ name: String, _ more: String = "", _ at: String = "") throws -> Double? {
      try estimate(
        name + "(" + curve.replacingOccurrences(of: "{}", with: more) + at + ")", source
      ).value
    }
    // 5/6 after the first attempt; then 2 of the 4 left are reached.
    XCTAssertEqual(try XCTUnwrap(ask("km", "", ", at: 1")), 5 / 6.0, accuracy: 1e-12)
    XCTAssertEqual(try XCTUnwrap(ask("km", "", ", at: 9")), 5 / 12.0, accuracy: 1e-12)
    XCTAssertEqual(try ask("km", "", ", at: 0"), 1)
    XCTAssertEqual(try ask("km_median"), 2)
    XCTAssertEqual(try ask("km_quantile", "0.1, "), 1)
    XCTAssertNil(try ask("km_quantile", "0.9, "), "too few have been reached")
  }

  // MARK: intervals and weeks

  func testHoursOfOverlappingIntervalsCountOnce() throws {
    var source = try empty()
    try source.add(
      "space", ["space", "residence", "weekly_hours", "from", "to"],
      [["l", "a", "14", "2024-12-01", ""], ["m", "a", "7", "2020-01-01", "2024-01-03"]])
    try source.add(
      "booking", ["space", "date", "start", "end", "status"],
      [
        ["l", "2024-03-01", "600", "720", "held"], ["l", "2024-03-01", "660", "690", "held"],
        ["l", "2024-03-01", "700", "780", "held"], ["m", "2024-03-01", "600", "660", "held"],
        ["l", "2024-03-02", "1380", "60", "held"], ["l", "2024-03-03", "30", "90", "held"],
        ["l", "2024-03-04", "600", "660", "cancelled"], ["l", "2024-03-05", "600", "", "held"],
      ])
    let used = try estimate("union_hours(booking.start, booking.end per booking.space)", source)
    XCTAssertEqual(used.value, 3 + 1 + 2.5, "10 to 13 h, 10 to 11 h, 23 h to half past one")
    XCTAssertEqual(used.unknown, 1)
    XCTAssertEqual(
      try estimate("sum(space.weekly_hours * days_present(space) / 7)", source).value, 62 + 2)
    XCTAssertNil(
      try estimate(
        "union_hours(booking.start, booking.end where booking.date = \"2024-03-05\" per booking.space)",
        source
      ).value, "unknown hours are not none")
  }

  func testOpenWeeksAreThoseNotAllClosed() throws {
    // January 2024: 1 to 7, 8 to 14, 15 to 21, 22 to 28, 29 to 31.
    var source = try visits(["2024-01-03": "p", "2024-01-24": "p", "2024-01-25": "p"])
    try source.add(
      "closure", ["residence", "first", "last"],
      [
        ["", "2024-01-08", "2024-01-13"], ["a", "2024-01-15", "2024-01-18"],
        ["a", "2024-01-18", "2024-01-21"], ["a", "2024-01-22", "2024-02-28"],
      ])
    let closed = "closed_from: closure.first, closed_to: closure.last"
    let share = try estimate("share_of_weeks(activity, \(closed))", source, period: "2024-01")
    XCTAssertEqual(share.denominator, 3, "the 1st; the 2nd, closed but for a Sunday; the 4th, held")
    XCTAssertEqual(share.numerator, 2)
    XCTAssertEqual(
      try estimate("share_of_weeks(activity)", source, period: "2024-01").denominator, 5)
    XCTAssertNil(try estimate("share_of_weeks(activity)", source, period: "2023-01").value)
  }

  // MARK: concentration and mix

  func testTheLeastShareDoesNotDependOnWhichOfTiedKeysIsTaken() throws {
    let source = try visits(["2024-01-01": "p q r s", "2024-01-02": "p q r s", "2024-01-03": "p"])
    let half = try estimate("least_share(count(attendance) per attendance.resident, 0.5)", source)
    XCTAssertEqual(half.value, 0.5, "3 + 2 of 9, whoever the second is")
    XCTAssertEqual(half.numerator, 2)
    XCTAssertNil(
      try estimate(
        "least_share(count(attendance) per attendance.resident, 0.5)", source, period: "2020"
      ).value)
  }

  func testVariationOfOneCategoryIsNoneAndOfNothingUndefined() throws {
    var source = try empty()
    try source.add(
      "activity", ["session", "residence", "date", "status", "theme", "minutes"],
      [
        ["1", "a", "2024-01-01", "held", "jardin", "90"],
        ["2", "a", "2024-01-01", "held", "fete", "30"],
        ["3", "a", "2024-01-01", "held", "fete", ""],
      ])
    let hours = try estimate("iqv(activity.theme, weight: activity.minutes, classes: 2)", source)
    XCTAssertEqual(
      try XCTUnwrap(hours.value), 2 * (1 - (0.75 * 0.75 + 0.25 * 0.25)), accuracy: 1e-12)
    XCTAssertEqual(hours.unknown, 1)
    XCTAssertEqual(
      try estimate("iqv(activity.theme where activity.theme = \"fete\", classes: 2)", source).value,
      0)
    XCTAssertNil(try estimate("iqv(activity.theme, classes: 2)", source, period: "2020").value)
  }

  func testDissimilarityComparesThoseCountedWithTheRegister() throws {
    var source = try visits(
      ["2024-03-01": "p q", "2024-04-01": "p x"],
      register: [
        ["p", "a", "", "", ""], ["q", "a", "", "", ""], ["r", "a", "", "", ""],
        ["s", "a", "", "2024-07-02", ""],
      ])
    XCTAssertNil(
      try estimate(
        "dissimilarity(attendance.resident.sex per attendance.resident, resident.sex)", source
      )
      .value, "no sex is known")
    try source.add(
      "resident", ["resident", "residence", "sex", "arrival"],
      [
        ["p", "a", "f", ""], ["q", "a", "f", ""], ["r", "a", "m", ""],
        ["s", "a", "m", "2024-07-02"],
      ])
    // Half of the year for s: 2 f and 1.5 m in the mean; at the end 2 and 2.
    let mean = try estimate(
      "dissimilarity(attendance.resident.sex per attendance.resident, resident.sex)", source)
    XCTAssertEqual(try XCTUnwrap(mean.value), 1 - 2 / 3.5, accuracy: 1e-12)
    XCTAssertEqual(mean.denominator, 2)
    XCTAssertEqual(mean.unknown, 1, "x is in no register")
    XCTAssertEqual(
      try estimate(
        "dissimilarity(attendance.resident.sex per attendance.resident, resident.sex, end)", source
      ).value, 0.5)
  }

  /// Periods in a row share what they go through; with a gap, out of order or one upon the other, each
  /// goes through the past by itself. All say what a period asked for alone says.
  func testThePastIsTheSameWhateverPeriodsAreAskedTogether() throws {
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    let (spring, autumn) = ("2023-01..2023-06", "2023-07..2023-12")
    let lists = [
      [spring, autumn, "2024"], ["2024", spring], ["2024", autumn, spring],
      [autumn, "2023-09..2024-08"],
    ]
    for seed in [UInt64(4), 5] {
      let source = try World.make(seed: seed, model: model)
      for id in ["liens-nouveaux", "part-liens-nouveaux", "duree-participation", "survie-un-an"] {
        let indicator = try XCTUnwrap(catalogue.find(id).first)
        for cuts in [[]] + indicator.definition.cuts.map({ [$0] }) {
          func compute(_ periods: [Period]) throws -> [IndicatorRow] {
            Array(
              try Evaluator(model: model, source: source).compute(
                indicator, cuts: cuts, periods: periods
              ).rows)
          }
          for list in lists {
            let periods = try list.map { try Period($0) }
            let together = try compute(periods)
            for period in periods {
              let alone = try compute([period])
              XCTAssertTrue(alone.contains { $0.estimate.scanned > 0 })
              // Asked together, periods show the groups that any of them has.
              for row in alone {
                let same = together.first {
                  $0.period == period && $0.residence == row.residence && $0.cuts == row.cuts
                }
                XCTAssertEqual(same?.estimate, row.estimate, "\(id) \(cuts) \(list)")
              }
            }
          }
        }
      }
    }
  }
}
