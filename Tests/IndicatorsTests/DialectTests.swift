import Columns
import Foundation
import Model
import Periods
import Persistence
import TestSupport
import XCTest

@testable import Indicators

/// Where engines differ: each difference by its name, with an answer worked out by hand, asked of
/// SQLite and of every engine that is installed; of Spark where LIEN_TEST_SLOW names it.
final class DialectTests: XCTestCase {
  private struct Fact {
    var difference: String
    var formula: String
    var filter: String?
    var value: Double?
    var unknown = 0.0
  }

  /// Sessions of one residence in 2024: titles A, a, none and one of odd signs; minutes 1, 2, none
  /// and 10; costs of 3,000,000,000 twice.
  private let facts = [
    Fact(
      difference: "division of whole numbers", formula: "mean(activity.minutes)", value: 13 / 3.0,
      unknown: 1),
    Fact(
      difference: "a ratio of two counts",
      formula: "count(activity where activity.minutes >= 2) / count(activity)", value: 0.5,
      unknown: 1),
    Fact(
      difference: "distinct values: missing ones are none, case tells apart",
      formula: "distinct(activity.title)", value: 3, unknown: 1),
    Fact(
      difference: "a comparison with a missing number is unknown, not false",
      formula: "count(activity where activity.minutes > 1)", value: 2, unknown: 1),
    Fact(
      difference: "a comparison with a missing text is unknown, not true",
      formula: "count(activity where activity.title != \"A\")", value: 2, unknown: 1),
    Fact(
      difference: "a negation of what is unknown is unknown",
      formula: "count(activity where not activity.title = \"A\")", value: 2, unknown: 1),
    Fact(
      difference: "quotes, backslashes and percent signs in text",
      formula: "count(activity where activity.title = \"l'été \\ 5 % _\")", value: 1, unknown: 1),
    Fact(
      difference: "a filter that a user types", formula: "count(activity)",
      filter: "theme = \"jardin\"", value: 1, unknown: 1),
    Fact(
      difference: "days between dates, over a leap day",
      formula: "sum(days(period.start, activity.date))", value: 0 + 40 + 60 + 365),
    Fact(
      difference: "the first and the last day of a month, of February in a leap year too",
      formula: "sum(days(month_start(activity.date), month_end(activity.date)))",
      value: 30 + 28 + 30 + 30),
    Fact(
      difference: "months and weeks are counted, not named",
      formula: "distinct(activity.date.month) + 10 * distinct(activity.date.week)",
      value: 4 + 40),
    Fact(
      difference: "quantiles between values (type 7)", formula: "median(activity.minutes)",
      value: 2, unknown: 1),
    Fact(
      difference: "a quantile a quarter of the way between values",
      formula: "quantile(activity.minutes, 0.25)", value: 1.5, unknown: 1),
    Fact(
      difference: "sums beyond 32 bits", formula: "sum(activity.cost)", value: 6_000_000_000),
    Fact(
      difference: "a division by zero is undefined, no error",
      formula: "count(activity) / count(attendance)", value: nil),
    Fact(
      difference: "an extreme of nothing is undefined, no zero",
      formula: "max(attendance.minutes)", value: nil),
    Fact(
      difference: "a table whose name is a word of SQL", formula: "count(case)", value: 1),
    Fact(
      difference: "ranks within a group, for a curve",
      formula: "gini(sum(activity.cost) per activity.session)", value: 0.5),
  ]

  private func world(_ model: Model) throws -> MemorySource {
    var source = MemorySource(model: model)
    try source.add("residence", ["residence"], [["r1"]])
    try source.add(
      "activity", ["session", "residence", "date", "status", "title", "theme", "minutes", "cost"],
      [
        ["s1", "r1", "2024-01-01", "held", "A", "jardin", "1", "3000000000"],
        ["s2", "r1", "2024-02-10", "held", "a", "cuisine", "2", "0"],
        ["s3", "r1", "2024-03-01", "held", "", "", "", "3000000000"],
        ["s4", "r1", "2024-12-31", "held", "l'été \\ 5 % _", "fete", "10", "0"],
      ])
    try source.add("case", ["case", "residence", "start"], [["c1", "r1", "2024-05-01"]])
    return source
  }

  func testWhereEnginesDifferAllGiveTheSame() throws {
    let model = try MemorySource.repositoryModel()
    let source = try world(model)
    let periods = [try Period("2024")]
    let mirror = try SQLMirror(source: source, model: model)
    func check(_ table: IndicatorTable, _ fact: Fact, _ engine: String) {
      let row = table.rows.first { $0.residence == totalMark }
      let context = "\(engine): \(fact.difference)"
      Agreement.assertClose(fact.value, row?.estimate.value, context)
      XCTAssertEqual(row?.estimate.unknown, fact.unknown, context)
    }
    var indicators: [Indicator] = []
    for fact in facts {
      let own = try indicator(fact.formula, model: model)
      indicators.append(own)
      check(
        try Evaluator(model: model, source: source).compute(
          own, filter: fact.filter, periods: periods), fact, "columns")
      check(
        try Agreement.sqlite(
          own, cuts: [], filter: fact.filter, periods: periods, model: model, source: source,
          mirror: mirror), fact, "sqlite")
    }
    guard let python = ProcessInfo.processInfo.environment["LIEN_TEST_PYTHON"] else { return }
    let slow = ProcessInfo.processInfo.environment["LIEN_TEST_SLOW"] ?? ""
    for dialect in Dialect.all where dialect.name != "sqlite" {
      // Spark takes a minute to start and to plan them.
      if dialect.name == "spark", !slow.contains("spark") { continue }
      if let why = try Engine.missing(dialect.name, python: python) {
        print("\(dialect.name): \(why)")
        continue
      }
      let statements = try zip(indicators, facts).map { own, fact in
        try SQLWriter.statement(
          own, filter: fact.filter, periods: periods, model: model, dialect: dialect)
      }
      let answers = try Engine.run(
        dialect.name, python: python, source: source, model: model, statements: statements)
      XCTAssertEqual(answers.count, facts.count, dialect.name)
      for ((own, fact), answer) in zip(zip(indicators, facts), answers) {
        guard let rows = answer.rows else {
          XCTFail("\(dialect.name): \(fact.difference): \(answer.error ?? "")")
          continue
        }
        let table = try SQLAnswer(
          own, filter: fact.filter, periods: periods, model: model, source: source
        ).table(rows: rows)
        check(table, fact, dialect.name)
      }
    }
  }

  /// An identifier is quoted as the engine reads it, whatever is in it.
  func testIdentifiersAndTextsAreQuoted() {
    let quoted = Dialect.all.map { ($0.name, $0.name("a\"b`C"), $0.text("l'\\n")) }
    for (name, identifier, text) in quoted {
      XCTAssertEqual(
        identifier, name == "spark" ? "`a\"b``C`" : "\"a\"\"b`C\"", name)
      XCTAssertEqual(
        text, ["spark", "clickhouse"].contains(name) ? "'l''\\\\n'" : "'l''\\n'", name)
    }
    XCTAssertEqual(
      Dialect.all.map(\.name), ["sqlite", "duckdb", "postgresql", "clickhouse", "spark"])
  }
}
