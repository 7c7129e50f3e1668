import Columns
import Diagnostics
import Foundation
import Model
import Periods
import Persistence
import TestSupport
import Threads
import XCTest

@testable import Indicators

/// The two executors share one meaning: counts exactly, the rest within 1e-9·max(1, |a|).
final class AgreementTests: XCTestCase {
  /// Pairs of people in all the ways that SQL can say, and conditions put together.
  private static let pairs: [String] = {
    let pairs = "attendance.resident per attendance.session"
    let apart = "max_size: 6, not_same: attendance.resident.household"
    return [
      "ties(\(pairs), \(apart), new: yes)", "tied(\(pairs), min_meetings: 2)",
      "tied(\(pairs), min_meetings: 2, new: yes)", "tie_weight(\(pairs), \(apart))",
      "tie_weight(\(pairs), min_meetings: 2, within: attendance.resident.kind)",
      "ties(\(pairs), between: attendance.resident.kind = \"resident\")",
      "ties(\(pairs), between: attendance.resident.dwelling.staircase)",
      "ties(\(pairs), within: attendance.role, new: yes)",
      "ties(\(pairs), gap: attendance.resident.age, at_least: 25)",
      "met(attendance.resident where attendance.resident.kind = \"resident\" per attendance.session, with: attendance.role = \"partner\" or attendance.resident.kind = \"neighbour\")",
      "count(count(attendance) >= 3 and not distinct(attendance.resident.sex) = 2 or blau(attendance.resident.age_band) > 0.5 per attendance.session)",
    ]
  }()

  /// Every definition, whole, by each of its cuts, and by a pair of cuts; on further worlds whole,
  /// and by one cut that changes with the definition.
  func testEveryIndicatorAndCutAgreesOnRandomWorlds() throws {
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    let periods = [try Period("2023"), try Period("2023-09..2024-08"), try Period("2024-Q2")]
    for seed in 1...3 {
      let source = try World.make(seed: UInt64(seed), model: model)
      let mirror = try SQLMirror(source: source, model: model)
      for (i, indicator) in catalogue.indicators.enumerated() where indicator.hasSQL {
        let cuts = indicator.definition.cuts
        var combinations: [[String]] = [[]]
        if seed == 1 {
          combinations += cuts.map { [$0] }
          if cuts.count >= 2 { combinations.append(Array(cuts.prefix(2))) }
        } else if !cuts.isEmpty {
          combinations.append([cuts[(i + seed) % cuts.count]])
        }
        for combination in combinations {
          try assertAgreement(
            indicator, combination, nil, periods, model, source, mirror, "seed \(seed)")
        }
      }
    }
  }

  /// Operators over time, over several tables, and of dates.
  private let timely: [(String, [String], String?)] = [
    ("count(attendance where days(attendance.session.date, period.end) >= 90)", ["theme"], nil),
    ("mean(days(attendance.resident.arrival, attendance.session.date))", ["sex"], nil),
    ("sum(days(period.start, activity.date))", ["theme"], "days(period.start, activity.date) > 20"),
    ("distinct(attendance.session.date.week)", ["theme"], nil),
    ("distinct(activity.date.week where activity.date.week = activity.date.week)", [], nil),
    ("sum(days_present(resident))", ["sex"], nil),
    ("sum(months_present(resident))", ["sex"], nil),
    ("sum(months_present(episode, at_least: 15))", ["episode_kind"], nil),
    ("sum(months_present(episode, since: episode.integrated, whole: yes))", [], nil),
    ("mean(months_present(resident, at_least: 28))", ["age_band"], nil),
    (
      "share(count(attendance) >= 2 per pair(attendance.resident, attendance.session.date.month))",
      ["theme"], nil
    ),
    (
      "count(count(attendance) >= 2 per pair(attendance.resident.household, attendance.session.theme))",
      [], nil
    ),
    ("mean(days(month_start(activity.date), month_end(activity.date)))", ["theme"], nil),
    ("count(resident where coalesce(resident.departure, period.end) >= period.end)", [], nil),
    (
      "distinct(attendance.resident where first_date(attendance per attendance.resident) >= period.start)",
      ["sex"], nil
    ),
    (
      "mean(days(date_before(attendance per attendance.resident), attendance.session.date))",
      ["theme"], nil
    ),
    (
      "mean(days(attendance.session.date, date_after(attendance where attendance.session.theme = \"jardin\" per attendance.resident)))",
      [], nil
    ),
    (
      "count(response where not known(date_before(attendance per response.respondent)) and days(response.date, date_after(attendance per response.respondent)) <= 90)",
      [], nil
    ),
    ("count(attendance) - last_period(count(attendance))", ["theme"], nil),
    ("before(distinct(attendance.resident))", ["sex"], nil),
    ("so_far(median(count(attendance) per attendance.resident))", ["sex"], nil),
    (
      "count(count(attendance) > 0 and before(count(attendance)) = 0 per attendance.resident)",
      ["theme"], nil
    ),
    (
      "count(last_period(count(attendance)) > 0 and not count(attendance) > 0 per resident)",
      ["sex"], nil
    ),
    (
      "share(count(attendance) = 0 per dwelling among population(resident.dwelling, throughout))",
      ["dwelling_type"], nil
    ),
    (
      "share(count(attendance) + count(response) > 0 or max(response.value) >= 3 per resident among population(resident, any))",
      ["age_band"], nil
    ),
    ("mean(count(attendance) + count(response) per resident)", ["sex"], nil),
    ("median(count(attendance) / count(response) per resident among resident)", [], nil),
    ("mean(sum(response.value) - count(attendance) per resident)", ["age_band"], nil),
    (
      "mean(count(attendance per attendance.resident.household) per household among population(resident.household, end))",
      ["household_type"], nil
    ),
    ("population(resident, throughout)", ["age_band"], nil),
    ("population(resident.dwelling, throughout)", [], nil),
    ("population(resident.household where resident.sex = \"f\", throughout)", [], nil),
    ("survival(attendance.resident, lapse: 30, at: 60)", ["sex"], nil),
    (
      "survival(attendance.resident where attendance.session.theme != \"fete\", lapse: 60, at: 200, clock: attendance.session.start, register: resident, closed_from: closure.first, closed_to: closure.last)",
      ["theme"], nil
    ),
    (
      "survival_median(attendance.resident, lapse: 40, register: resident, closed_from: closure.first, closed_to: closure.last)",
      [], nil
    ),
    (
      "km(count(attendance) per attendance.resident, event: max(attendance.minutes) >= 30, at: 5)",
      ["sex"], nil
    ),
    (
      "km_median(count(attendance) per attendance.resident, event: count(attendance where attendance.role = \"lead\") > 0)",
      ["theme"], nil
    ),
    ("survival_quantile(attendance.resident, 0.2, lapse: 30)", ["sex"], nil),
    (
      "km_quantile(count(attendance) per attendance.resident, 0.75, event: max(attendance.minutes) >= 30)",
      [], nil
    ),
    (
      "blau(attendance.resident.sex where attendance.role = \"lead\" per attendance.resident)", [],
      nil
    ),
    (
      "union_hours(activity.start, activity.start + activity.minutes per activity.residence)",
      ["theme"], nil
    ),
    (
      "union_hours(activity.start, activity.minutes where activity.theme = \"jardin\" per activity.theme)",
      [], nil
    ),
    ("share_of_weeks(activity, closed_from: closure.first, closed_to: closure.last)", [], nil),
    ("share_of_weeks(attendance where attendance.session.theme = \"jardin\")", ["sex"], nil),
    ("least_share(count(attendance) per attendance.resident, 0.5)", ["theme"], nil),
    ("least_share(sum(activity.cost) per activity.theme, 0.8)", [], nil),
    ("iqv(activity.theme, classes: 4)", [], nil),
    (
      "iqv(attendance.session.theme, weight: coalesce(attendance.minutes, attendance.session.minutes), classes: 4)",
      ["sex"], nil
    ),
    ("mean(iqv(attendance.resident.sex, classes: 2) per attendance.session)", [], nil),
    (
      "dissimilarity(attendance.resident.age_band per attendance.resident, resident.age_band)",
      ["sex"], nil
    ),
    (
      "dissimilarity(attendance.resident.household.type per attendance.resident, resident.household.type where resident.sex = \"f\", any)",
      [], nil
    ),
  ]

  func testOperatorsOverTimeAndTablesAgree() throws {
    let model = try MemorySource.repositoryModel()
    let periods = [try Period("2023"), try Period("2023-09..2024-08"), try Period("2024-Q2")]
    for seed in 31...34 {
      let source = try World.make(seed: UInt64(seed), model: model)
      let mirror = try SQLMirror(source: source, model: model)
      for (formula, cuts, filter) in timely {
        try assertAgreement(
          indicator(formula, model: model), cuts, filter, periods, model, source, mirror,
          "seed \(seed)")
      }
    }
  }

  /// Operators that no definition of the catalogue uses yet, and filters that a user types.
  func testOperatorsAndFiltersAgree() throws {
    let model = try MemorySource.repositoryModel()
    let formulas: [(String, [String], String?)] = [
      ("mean(attendance.session.minutes)", ["theme"], nil),
      ("quantile(attendance.session.minutes, 0.25)", ["sex"], nil),
      ("median(activity.cost)", ["theme"], nil),
      ("min(activity.cost) + max(activity.cost)", ["theme"], nil),
      ("sum(activity.cost) / count(attendance)", ["theme"], nil),
      ("blau(attendance.session.theme)", ["sex"], nil),
      ("blau_normalised(attendance.resident.sex, classes: 2)", [], nil),
      ("count(count(attendance) >= 3 per attendance.resident)", ["sex"], nil),
      ("sum(count(attendance) per attendance.resident)", [], nil),
      ("gini(count(attendance) per attendance.resident among resident)", ["age_band"], nil),
      ("median(count(attendance) per attendance.session among activity)", ["theme"], nil),
      ("mean(distinct(attendance.session.theme) per attendance.resident)", ["sex"], nil),
      (
        "share(count(attendance where attendance.role = \"lead\") / count(attendance) > 0.2 per attendance.resident)",
        [], nil
      ),
      ("population(resident, start)", ["age_band"], nil),
      ("population(resident, end)", ["sex"], nil),
      ("population(resident.household, any)", [], nil),
      ("population(resident where resident.sex = \"f\", average)", ["age_band"], nil),
      (
        "ties(attendance.resident per attendance.session, min_meetings: 2, max_size: 6, not_same: attendance.resident.household)",
        ["theme"], nil
      ),
      ("retention(attendance.resident, step: month, lag: 2)", ["sex"], nil),
      (
        "weighted_mean(response.value where response.item = \"confiance\", weight: response.weight, population: population(resident, end))",
        [], nil
      ),
      ("count(attendance)", ["age_band"], "theme = \"cuisine\" and not sex = \"f\""),
      ("distinct(attendance.resident)", [], "residence in (\"r1\", \"r2\") or known(age_band)"),
      ("count(attendance where attendance.status in (\"absent\", \"present\"))", [], nil),
      ("count(attendance where attendance.session.date >= \"2023-06-01\")", [], nil),
      ("mean(attendance.resident.age)", ["sex"], nil),
      (
        "distinct(attendance.resident) / all(distinct(attendance.resident))", ["sex", "theme"], nil
      ),
      (
        "population(resident, average) / all(population(resident, average)) - count(attendance) / all(count(attendance))",
        ["age_band", "household_type"], "not sex = \"f\""
      ),
      (
        "all(mean(count(attendance) per attendance.resident)) - mean(count(attendance) per attendance.resident)",
        ["theme"], nil
      ),
    ]
    let all =
      formulas + Self.pairs.map { ($0, ["theme"], nil) }
      + Self.pairs.filter { $0.contains("household") || $0.hasPrefix("met") }.map {
        ($0, [], "sex = \"f\" or theme = \"jardin\"")
      }
    let periods = [try Period("2023"), try Period("2024")]
    for seed in 11...13 {
      let source = try World.make(seed: UInt64(seed), model: model)
      let mirror = try SQLMirror(source: source, model: model)
      for (formula, cuts, filter) in all {
        try assertAgreement(
          indicator(formula, model: model), cuts, filter, periods, model, source, mirror,
          "seed \(seed)")
      }
    }
  }

  /// The same bytes for any number of threads, and for periods asked for apart or together: each
  /// definition whole for all of both, and by each of its cuts for one of both, in turn.
  func testThreadsAndPeriodsAskedTogetherChangeNothing() throws {
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    let periods = [try Period("2023"), try Period("2024"), try Period("2023-09..2024-08")]
    let several = [2, 5]
    let source = try World.make(seed: 21, model: model)
    defer { Workers.force(nil) }
    var turn = 0
    for indicator in catalogue.indicators {
      for cuts in [[]] + indicator.definition.cuts.map({ [$0] }) {
        let context = "\(indicator.definition.id) by \(cuts)"
        turn += 1
        func compute(_ threads: Int?, _ periods: [Period]) throws -> IndicatorTable {
          Workers.force(threads.map { ($0, 1) })
          return try Evaluator(model: model, source: source).compute(
            indicator, cuts: cuts, periods: periods)
        }
        let one = try compute(1, periods)
        for threads in cuts.isEmpty ? several : [several[turn % several.count]] {
          XCTAssertEqual(
            one.rows.map(\.estimate), try compute(threads, periods).rows.map(\.estimate), context)
        }
        for period in cuts.isEmpty ? periods : [periods[turn % periods.count]] {
          for row in try compute(nil, [period]).rows {
            let same = one.rows.first {
              $0.period == period && $0.residence == row.residence && $0.cuts == row.cuts
            }
            XCTAssertEqual(same?.estimate.known, row.estimate.known, context)
            Agreement.assertClose(
              same?.estimate.value, row.estimate.value, "\(context) \(period.name)")
          }
        }
      }
    }
  }

  /// Pairs among many people are counted a person at a time; the counts are those of a square.
  func testPairsOfManyPeopleAreCountedLikeThoseOfFew() {
    var random = SeededGenerator(seed: 5)
    var persons: [Int32] = []
    var sessions: [Int32] = []
    var homes: [Int32] = []
    for session in 0..<900 {
      for _ in 0..<Int.random(in: 1...9, using: &random) {
        let person = Int32.random(in: 0..<3000, using: &random)
        persons.append(person)
        sessions.append(Int32(session))
        homes.append(person / 2)
      }
    }
    for apart in [[], homes] {
      var met: [UInt64: Int] = [:]
      for session in 0..<900 {
        let here = Set(persons.indices.filter { sessions[$0] == session }.map { persons[$0] })
        for a in here {
          for b in here where a < b && (apart.isEmpty || a / 2 != b / 2) {
            met[UInt64(a) << 32 | UInt64(b), default: 0] += 1
          }
        }
      }
      var expected = [Int](repeating: 0, count: 901)
      for n in met.values { expected[n] += 1 }
      for limit in [0, 1 << 12] {
        var scratch = Scratch()
        let meetings = Meetings(
          persons: persons, sessions: sessions, apart: apart, people: 3000, sessions: 900,
          maximumSize: nil, squareLimit: limit, &scratch)
        let pairs = meetings.tally(UInt16.self).pairs
        XCTAssertEqual(
          pairs + [Int](repeating: 0, count: 901 - pairs.count), expected, "limit \(limit)")
      }
    }
  }

  /// Other engines run the same statements, each in its own dialect: every operator. Of definitions
  /// the proof (scripts/prove) asks all; here, those that LIEN_TEST_SLOW names are asked them too.
  func testEveryOperatorAgreesOnDuckDB() throws { try assertAgreement(on: .duckdb) }
  func testEveryOperatorAgreesOnPostgreSQL() throws { try assertAgreement(on: .postgresql) }
  func testEveryOperatorAgreesOnClickHouse() throws { try assertAgreement(on: .clickhouse) }
  func testEveryOperatorAgreesOnSpark() throws {
    // Seconds a statement: an hour in all.
    guard Self.slow.contains("spark") else {
      throw XCTSkip("LIEN_TEST_SLOW does not name spark: it takes an hour")
    }
    try assertAgreement(on: .spark)
  }

  /// The engines that are asked everything.
  private static let slow = Set(
    (ProcessInfo.processInfo.environment["LIEN_TEST_SLOW"] ?? "").split(separator: ",")
      .map(String.init))

  private func assertAgreement(on dialect: Dialect) throws {
    guard let python = ProcessInfo.processInfo.environment["LIEN_TEST_PYTHON"] else {
      throw XCTSkip("LIEN_TEST_PYTHON names no Python with duckdb; scripts/test sets it")
    }
    if let why = try Engine.missing(dialect.name, python: python) { throw XCTSkip(why) }
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    let source = try World.make(seed: 4, model: model)
    let periods = [try Period("2023"), try Period("2023-09..2024-08")]
    var questions: [(Indicator, [String])] = []
    let isWhole = Self.slow.contains(dialect.name)
    for indicator in catalogue.indicators where indicator.hasSQL && isWhole {
      for cuts in [[]] + indicator.definition.cuts.map({ [$0] }) {
        questions.append((indicator, cuts))
      }
    }
    let extra = [
      "median(activity.cost)", "population(resident, start)", "population(resident, end)",
      "ties(attendance.resident per attendance.session, min_meetings: 2, max_size: 6, not_same: attendance.resident.household)",
      "retention(attendance.resident, step: month, lag: 2)",
      "weighted_mean(response.value where response.item = \"confiance\", weight: response.weight, population: population(resident, end))",
      "min(activity.cost) + max(activity.cost)",
      "count(attendance where attendance.session.date >= \"2023-06-01\")",
    ]
    for formula in extra + Self.pairs {
      questions.append((try indicator(formula, model: model), []))
    }
    for (formula, cuts, filter) in timely where filter == nil {
      questions.append((try indicator(formula, model: model), cuts))
    }
    var statements: [String] = []
    for (indicator, cuts) in questions {
      statements.append(
        try SQLWriter.statement(
          indicator, cuts: cuts, periods: periods, model: model, dialect: dialect))
    }
    let answers = try Engine.run(
      dialect.name, python: python, source: source, model: model, statements: statements)
    XCTAssertEqual(answers.count, questions.count)
    for ((indicator, cuts), answer) in zip(questions, answers) {
      let d = indicator.definition
      let context = "\(dialect.name) \(d.id) \(d.formula) by \(cuts)"
      guard let rows = answer.rows else {
        XCTFail("\(context): \(answer.error ?? "")")
        continue
      }
      let expected = try Evaluator(model: model, source: source).compute(
        indicator, cuts: cuts, periods: periods)
      let sql = try SQLAnswer(
        indicator, cuts: cuts, periods: periods, model: model, source: source
      ).table(rows: rows)
      Agreement.assertEqualTables(expected, sql, context)
    }
  }

  private func assertAgreement(
    _ indicator: Indicator, _ cuts: [String], _ filter: String?, _ periods: [Period],
    _ model: Model, _ source: MemorySource, _ mirror: SQLMirror, _ label: String
  ) throws {
    let context = "\(indicator.definition.id) \(indicator.definition.formula) by \(cuts) \(label)"
    let columns = try Evaluator(model: model, source: source).compute(
      indicator, cuts: cuts, filter: filter, periods: periods)
    do {
      let sql = try Agreement.sqlite(
        indicator, cuts: cuts, filter: filter, periods: periods, model: model, source: source,
        mirror: mirror)
      Agreement.assertEqualTables(columns, sql, context)
    } catch {
      XCTFail("\(context): \(error)")
    }
  }
}
