import Columns
import Model
import Periods
import Persistence
import XCTest

@testable import Indicators

/// What it means that two executors agree: counts exactly, the rest within 1e-9·max(1, |a|).
enum Agreement {
  /// The table that a statement gives on a mirror of the tables.
  static func sqlite(
    _ indicator: Indicator, cuts: [String], filter: String? = nil, periods: [Period],
    model: Model, source: any TableSource, mirror: SQLMirror
  ) throws -> IndicatorTable {
    let statement = try SQLWriter.statement(
      indicator, cuts: cuts, filter: filter, periods: periods, model: model, dialect: .sqlite)
    let answer = try mirror.query(statement).map { row in
      row.map { value -> SQLField in
        switch value {
        case .null: .missing
        case .integer(let n): .number(Double(n))
        case .real(let n): .number(n)
        case .text(let t): .text(t)
        }
      }
    }
    return try SQLAnswer(
      indicator, cuts: cuts, filter: filter, periods: periods, model: model, source: source
    ).table(rows: answer)
  }

  static func assertEqualTables(
    _ columns: IndicatorTable, _ sql: IndicatorTable, _ context: String
  ) {
    XCTAssertEqual(columns.rows.count, sql.rows.count, context)
    for (a, b) in zip(columns.rows, sql.rows) {
      let place = "\(context) \(a.period.name) \(a.residence) \(a.cuts)"
      XCTAssertEqual([a.residence] + a.cuts, [b.residence] + b.cuts, context)
      assertClose(a.estimate.value, b.estimate.value, "value \(place)")
      assertClose(a.estimate.numerator, b.estimate.numerator, "numerator \(place)")
      assertClose(a.estimate.denominator, b.estimate.denominator, "denominator \(place)")
      assertClose(a.estimate.standardError, b.estimate.standardError, "se \(place)")
      assertClose(a.estimate.effectiveSize, b.estimate.effectiveSize, "n_eff \(place)")
      assertClose(a.estimate.low, b.estimate.low, "low \(place)")
      XCTAssertEqual(a.estimate.unknown, b.estimate.unknown, "unknown \(place)")
      XCTAssertEqual(a.estimate.known, b.estimate.known, "known \(place)")
      XCTAssertEqual(a.estimate.persons, b.estimate.persons, "persons \(place)")
      XCTAssertEqual(a.estimate.scanned, b.estimate.scanned, "scanned \(place)")
    }
  }

  static func assertClose(_ a: Double?, _ b: Double?, _ message: String) {
    switch (a, b) {
    case (nil, nil): break
    case (let x?, let y?): XCTAssertEqual(x, y, accuracy: 1e-9 * max(1, abs(x)), message)
    default: XCTFail("\(message): \(String(describing: a)) and \(String(describing: b))")
    }
  }
}
