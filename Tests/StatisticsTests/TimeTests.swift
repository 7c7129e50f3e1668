import Foundation
import Statistics
import TestSupport
import XCTest

/// Stays, survival and cohorts, against R survival on real attendance (Meetup Montana) and slow code.
final class TimeTests: XCTestCase {
  private static let day = 86_400_000

  /// Yes to an event that had taken place when the data were taken: member, group, time.
  private func montana() throws -> (
    persons: [Int32], times: [Int], groups: [String], people: Int
  ) {
    let events = try Rows("attendance/meetup_montana_events.csv")
    var past: [String: (time: Int, group: String)] = [:]
    let (ids, times) = (events.texts("id"), events.texts("time"))
    let (status, groups) = (events.texts("status"), events.texts("group_id"))
    for i in ids.indices where status[i] == "past" {
      past[ids[i]] = (try XCTUnwrap(Int(times[i])), groups[i])
    }
    let rsvps = try Rows("attendance/meetup_montana_rsvps.csv")
    let (codes, names) = rsvps.codes("member_id")
    let event = rsvps.texts("event_id")
    var out: (persons: [Int32], times: [Int], groups: [String], people: Int) =
      ([], [], [], names.count)
    for (i, response) in rsvps.texts("response").enumerated() where response == "yes" {
      guard let visit = past[event[i]] else { continue }
      out.persons.append(codes[i])
      out.times.append(visit.time)
      out.groups.append(visit.group)
    }
    return out
  }

  /// The reference's durations: whole days between the first and the last time; ended when 180
  /// days had gone by since.
  private func careers() throws -> (durations: [Double], ended: [Bool], groups: [Int]) {
    let visits = try montana()
    var first = [Int](repeating: .max, count: visits.people)
    var last = [Int](repeating: .min, count: visits.people)
    var group = [String](repeating: "", count: visits.people)
    // A person is of the group of their first event; of several at once, of the lowest number.
    let order = visits.times.indices.sorted {
      (visits.times[$0], Int(visits.groups[$0]) ?? 0) < (
        visits.times[$1], Int(visits.groups[$1]) ?? 0
      )
    }
    for i in order {
      let p = Int(visits.persons[i])
      if first[p] == .max { group[p] = visits.groups[i] }
      first[p] = min(first[p], visits.times[i])
      last[p] = max(last[p], visits.times[i])
    }
    let end = try XCTUnwrap(visits.times.max())
    let seen = (0..<visits.people).filter { first[$0] <= last[$0] }
    return (
      seen.map { Double((last[$0] - first[$0]) / Self.day) },
      seen.map { end - last[$0] >= 180 * Self.day },
      seen.map { group[$0] == "1328524" ? 0 : group[$0] == "1503044" ? 1 : 2 }
    )
  }

  func testKaplanMeierOfMontanaEqualsR() throws {
    let (durations, ended, _) = try careers()
    let curve = try Survival(durations: durations, ended: ended)
    XCTAssertEqual(curve.people, 988)
    XCTAssertEqual(curve.left, 707)
    let rows = try Rows("reference/km_montana_R.csv")
    for (name, value) in [
      ("time", { $0.time }), ("n_risk", { Double($0.atRisk) }), ("n_event", { Double($0.left) }),
      ("n_censor", { Double($0.censored) }), ("S", { $0.survival }),
      ("se_greenwood", { $0.standardError ?? .nan }), ("lo_loglog", { $0.low ?? .nan }),
      ("hi_loglog", { $0.high ?? .nan }),
    ] as [(String, (Survival.Step) -> Double)] {
      assertSame(curve.steps.map(value), rows, name)
    }
    let reference = try Reference(file: "survival_R.json")["montana"]
    try Reference(file: "survival_R.json")["peer"].apart(.peer)
    for (name, limits) in [
      ("plain", .plain), ("log", .log), ("log-log", .logLog),
    ] as [(String, Survival.Limits)] {
      let curve = try Survival(durations: durations, ended: ended, limits: limits)
      let r = reference[name]
      assertSame(curve.people, r["n"])
      assertSame(curve.left, r["events"])
      assertSame(try curve.quantile(0.5), r["median"])
      assertSame(try curve.quantile(0.5), r["quantiles"]["p50"])
      let bounds = curve.quantileLimits(0.5)
      assertSame(bounds.low ?? .nan, r["median_ci"][0])
      assertSame(bounds.high ?? .nan, r["median_ci"][1])
      assertSame(try curve.quantile(0.25), r["quantiles"]["p25"])
      assertSame(try curve.quantile(0.75), r["quantiles"]["p75"])
      assertSame(
        curve.restrictedMean(to: try XCTUnwrap(r["rmst"]["tau"].given.number)), r["rmst"]["value"])
      assertSame(
        curve.restrictedMean(to: curve.steps.last?.time ?? 0), r["rmean"])
      XCTAssertEqual(r["at"].list.count, 6)
      for point in r["at"].list {
        let time = try XCTUnwrap(point["time"].given.number)
        let step = try XCTUnwrap(curve.step(at: time))
        assertSame(curve.survival(at: time), point["S"])
        assertSame(step.standardError ?? .nan, point["se"])
        assertSame(step.low ?? .nan, point["lo"], "\(name) \(time)")
        assertSame(step.high ?? .nan, point["hi"], "\(name) \(time)")
        assertSame(curve.atRisk(at: time), point["at_risk"])
      }
    }
  }

  func testTheLogRankTestEqualsR() throws {
    let (durations, ended, groups) = try careers()
    let kept = groups.indices.filter { groups[$0] < 2 }
    let test = try Survival.logRank(
      durations: kept.map { durations[$0] }, ended: kept.map { ended[$0] },
      groups: kept.map { groups[$0] })
    let reference = try Reference(file: "survival_R.json")["montana_logrank"]
    XCTAssertEqual(reference["groups"].given.list.map(\.text), ["1328524", "1503044"])
    assertSame(test.chi2, reference["chi2"])
    assertSame(test.p, reference["p"])
    assertUndefined(
      .oneGroup, try Survival.logRank(durations: [1, 2], ended: [true, true], groups: [1, 1]))
    assertUndefined(
      .noVariation,
      try Survival.logRank(durations: [1, 2], ended: [false, false], groups: [0, 1]))
  }

  func testSurvivalOnTheEdge() throws {
    let edges = try Reference(file: "survival_R.json")["edge"]
    XCTAssertEqual(edges.keys.count, 6)
    for name in edges.keys {
      let edge = edges[name]
      func numbers(_ key: String) -> [Double] { edge[key].given.leaves.map { $0.number ?? .nan } }
      let curve = try Survival(
        durations: numbers("T"), ended: numbers("E").map { $0 == 1 })
      assertSame(curve.steps.map(\.time), edge["time"])
      assertSame(curve.steps.map(\.survival), edge["S"])
      // Exactly one half: R takes the middle of that time and the next, here the first.
      if name == "exact_half" {
        assertOtherwise(.halfReached, try curve.quantile(0.5), here: 2, peer: edge["median"])
      } else {
        assertSame(try curve.quantile(0.5), orUndefined: edge["median"])
      }
    }
    assertUndefined(.nothingObserved, try Survival(durations: [], ended: []))
    assertUndefined(.outOfRange(1), try Survival(durations: [1, -1], ended: [true, true]))
    assertUndefined(.outOfRange(0), try Survival(durations: [.nan], ended: [true]))
    let all = try Survival(durations: [2, 2, 2], ended: [true, true, true])
    XCTAssertNil(all.steps[0].standardError)
    XCTAssertNil(all.steps[0].low)
    let none = try Survival(durations: [1, 2], ended: [false, false])
    XCTAssertEqual(none.steps[0].standardError, 0)
    XCTAssertNil(none.steps[0].low, "no limit on a logarithm when nobody has left")
    assertUndefined(.notReached, try none.quantile(0.5))
    XCTAssertEqual(none.survival(at: 0.5), 1)
    XCTAssertNil(none.step(at: 0.5))
  }

  func testCohortsOfMontanaEqualTheReference() throws {
    let visits = try montana()
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try XCTUnwrap(TimeZone(identifier: "UTC"))
    var known: [Int: Int32] = [:]
    let months = visits.times.map { time -> Int32 in
      let day = time / Self.day
      if let known = known[day] { return known }
      let parts = calendar.dateComponents(
        [.year, .month], from: Date(timeIntervalSince1970: Double(time / 1000)))
      let month = Int32((parts.year ?? 0) * 12 + (parts.month ?? 0) - 1)
      known[day] = month
      return month
    }
    let last = try XCTUnwrap(months.max())
    let cohorts = Cohorts(persons: visits.persons, steps: months, last: Int(last))
    let rows = try Rows("reference/retention_montana_month.csv")
    XCTAssertEqual(cohorts.cohorts.reduce(0) { $0 + $1.seen.count }, rows.cells.count)
    let byStep = Dictionary(uniqueKeysWithValues: cohorts.cohorts.map { ($0.step, $0) })
    let periods = rows.numbers("period")
    rows.given("cohort", "period")
    var (sizes, active): ([Double], [Double]) = ([], [])
    for (i, month) in rows.texts("cohort").enumerated() {
      let parts = month.split(separator: "-").compactMap { Int($0) }
      let cohort = try XCTUnwrap(byStep[parts[0] * 12 + parts[1] - 1], month)
      sizes.append(Double(cohort.size))
      active.append(Double(cohort.seen[Int(periods[i])]))
    }
    assertSame(sizes, rows, "cohort_size")
    assertSame(active, rows, "active")
    assertSame(zip(active, sizes).map { $0 / $1 }, rows, "retention")
    let pooled = try Rows("reference/retention_montana_month_pooled.csv")
    let lags = pooled.numbers("period").map { Int($0) }
    pooled.given("period")
    assertSame(lags.map { Double(cohorts.pooled(lag: $0).size) }, pooled, "cohort_size")
    assertSame(lags.map { Double(cohorts.pooled(lag: $0).seen) }, pooled, "active")
    assertSame(try lags.map { try cohorts.retention(lag: $0) }, pooled, "pooled_retention")
    XCTAssertEqual(cohorts.pooled(lag: 1).seen, 230)
    assertUndefined(.nothingObserved, try cohorts.retention(lag: 1000))
  }

  func testCohortsOnTheEdge() {
    XCTAssertEqual(Cohorts(persons: [], steps: [], last: 3).cohorts, [])
    // An unknown person, a visit after the end, a step below zero, the same visit twice.
    let cohorts = Cohorts(
      persons: [0, -1, 1, 0, 0, 1], steps: [-2, 0, 5, -2, 1, 0], last: 1)
    XCTAssertEqual(cohorts.cohorts.map(\.step), [-2, 0])
    XCTAssertEqual(cohorts.cohorts.map(\.size), [1, 1])
    XCTAssertEqual(cohorts.cohorts.map(\.seen), [[1, 0, 0, 1], [1, 0]])
    XCTAssertEqual(cohorts.pooled(lag: 1).size, 2)
    XCTAssertEqual(cohorts.pooled(lag: 3).size, 1, "the younger cohort is absent, not lost")
  }

  /// A summer break makes nobody stop; moving out is not stopping.
  func testWhoHasStopped() {
    // Person 0 came last on day 100, 1 on day 160, 2 once on day 50, 3 never.
    let visits: (persons: [Int32], days: [Int32]) = (
      [0, 0, 1, 1, 2, 0], [10, 100, 20, 160, 50, 300]
    )
    let end = 200
    func ended(_ lapse: Int, closed: [Span] = [], leaves: [Int] = []) -> [Bool] {
      Dropout.durations(
        persons: visits.persons, days: visits.days, people: 4, lapse: lapse, until: end,
        closed: closed, leaves: leaves
      ).ended
    }
    let all = Dropout.durations(
      persons: visits.persons, days: visits.days, people: 4, lapse: 90, until: end)
    XCTAssertEqual(all.people, [0, 1, 2])
    XCTAssertEqual(all.durations, [90, 140, 0], "what lies after the end is not seen")
    XCTAssertEqual(all.ended, [true, false, true])
    XCTAssertEqual(ended(101), [false, false, true])
    XCTAssertEqual(ended(90, closed: [Span(150, 170)]), [false, false, true])
    XCTAssertEqual(ended(90, closed: [Span(0, 90), Span(150, 170)]), [false, false, true])
    XCTAssertEqual(ended(90, leaves: [150, 165, 60, .max]), [false, false, false])
  }

  func testPersonDaysAndUnionsEqualSlowCode() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<300 {
      let spans = (0..<Int.random(in: 0...8, using: &random)).map { _ -> Span in
        let start = Int.random(in: -5...30, using: &random)
        return Span(
          start,
          Int.random(in: 0..<6, using: &random) == 0
            ? .max : start + Int.random(in: -2...12, using: &random))
      }
      let owners = spans.map { _ in Int32.random(in: 0..<3, using: &random) }
      let window = Span(3, Int.random(in: 3...25, using: &random))
      let days = window.start..<window.end
      let slow = spans.reduce(0) { sum, span in sum + days.count { span.contains($0) } }
      XCTAssertEqual(Spans.total(spans, within: window), slow)
      if days.isEmpty {
        assertUndefined(.nothingObserved, try Spans.mean(spans, within: window))
      } else {
        XCTAssertEqual(try Spans.mean(spans, within: window), Double(slow) / Double(days.count))
      }
      let union = Spans.union(spans)
      let covered = days.count { day in spans.contains { $0.contains(day) } }
      XCTAssertEqual(Spans.common(union, [window]), covered)
      for (a, b) in zip(union, union.dropFirst()) { XCTAssertLessThan(a.end, b.start) }
      let found = Spans.overlaps(spans, owners: owners)
      let clashes = spans.indices.contains { i in
        spans.indices.contains { j in
          i != j && owners[i] == owners[j] && spans[i].length(within: spans[j]) > 0
        }
      }
      XCTAssertEqual(!found.isEmpty, clashes)
    }
    XCTAssertEqual(
      Spans.overlaps([Span(0, 5), Span(5, 9), Span(4, 6)], owners: [1, 1, 1]), [1, 2],
      "the departure day is free for the next")
    XCTAssertEqual(Spans.overlaps([Span(0, 5), Span(5, 9)], owners: [1, 1]), [])
  }
}
