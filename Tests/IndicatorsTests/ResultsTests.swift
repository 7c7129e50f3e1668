import Columns
import Diagnostics
import Foundation
import Model
import Periods
import Persistence
import TestSupport
import XCTest

@testable import Indicators

/// Results that are put together (`SQLResult`): what queries give of each row is what the columns
/// give, the numbers that protect a release too.
final class ResultsTests: XCTestCase {
  private let periods = try! [Period("2023"), Period("2024-Q2")]

  /// Every definition, whole and by each of its cuts, and by two at once.
  func testRowsOfQueriesMakeTheTablesOfTheColumns() throws {
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    let source = try World.make(seed: 41, model: model)
    let mirror = try SQLMirror(source: source, model: model)
    let evaluator = Evaluator(model: model, source: source)
    var told = 0
    var parts = 0
    for indicator in catalogue.indicators where indicator.hasSQL {
      let cuts = Array(indicator.definition.cuts.prefix(3))
      var levels = [[]] + cuts.map { [$0] }
      if cuts.count > 1 { levels.append(Array(cuts.prefix(2))) }
      let result = SQLResult(cuts: (cuts + ["another"]).sorted())
      let statement = try SQLWriter.statement(
        indicator, cuts: cuts, periods: periods, levels: levels, model: model, dialect: .sqlite,
        result: result)
      let rows = try mirror.query(statement).map { row in
        Dictionary(uniqueKeysWithValues: zip(result.columns, row.map(Self.text)))
      }
      for level in levels {
        let fitting = rows.compactMap { row -> ResultsTests.Row? in
          let own = result.cuts.filter { !["_na", "_total"].contains(row[$0]) }
          guard Set(level).isSuperset(of: own) else { return nil }
          return (
            row["period"] ?? "", row["residence"] ?? "",
            level.map { row[$0] ?? totalMark },
            SQLResult.Numbers(reason: row["reason"] ?? "") { Double(row[$0] ?? "") }
          )
        }
        let found = try SQLAnswer(
          indicator, cuts: level, periods: periods, model: model, source: source
        ).table(results: fitting)
        let context = "\(indicator.definition.id) by \(level)"
        let columns = try evaluator.compute(indicator, cuts: level, periods: periods)
        Agreement.assertEqualTables(columns, found.table, context)
        for (a, b) in zip(columns.rows.map(\.estimate), found.table.rows.map(\.estimate)) {
          XCTAssertEqual(a.smallestGroup, b.smallestGroup, "smallest group \(context)")
          XCTAssertEqual(a.holdsForAll, b.holdsForAll, "holds for all \(context)")
          XCTAssertEqual(a.apart, b.apart, "apart \(context)")
          Agreement.assertClose(a.knownShare, b.knownShare, "known share \(context)")
          Agreement.assertClose(a.high, b.high, "high \(context)")
          XCTAssertNotEqual(b.reason, .notGiven, context)
          told += a.holdsForAll || (a.apart ?? 0) > 0 ? 1 : 0
        }
        let orders = [Evaluator.Order(indicator, cuts: level, periods: periods)]
        guard let largest = try evaluator.largestParts(of: orders)[0] else { continue }
        guard let given = found.largest else {
          XCTAssertTrue(largest.rows.allSatisfy { $0.estimate.value == nil }, context)
          continue
        }
        for (a, b) in zip(largest.rows, given.rows) {
          Agreement.assertClose(a.estimate.value, b.estimate.value, "largest \(context)")
          parts += a.estimate.value == nil ? 0 : 1
        }
      }
    }
    XCTAssertGreaterThan(told, 1000)
    XCTAssertGreaterThan(parts, 100)
  }

  private typealias Row = (
    period: String, residence: String, cuts: [String], numbers: SQLResult.Numbers
  )

  private static func text(_ value: SQLValue) -> String {
    switch value {
    case .null: ""
    case .integer(let n): String(n)
    case .real(let n): "\(n)"
    case .text(let t): t
    }
  }

  /// What a row says is written and read again without loss.
  func testAnEstimateIsWrittenAndReadAgain() throws {
    var e = Estimate(
      value: 0.1 + 0.2, numerator: 3, denominator: 10, unknown: 2, known: 8, persons: 7,
      effectiveSize: 6.5, standardError: 0.03, low: 0.01, high: 1e-9, scanned: 12)
    e.smallestGroup = 3
    e.holdsForAll = true
    e.apart = 0
    e.reason = .tooFewPairs
    let cells = SQLResult.cells(e, largest: 1_000_000.25)
    let read = SQLResult.Numbers(reason: cells["reason"] ?? "") { cells[$0].flatMap(Double.init) }
    XCTAssertEqual(read.value, e.value)
    XCTAssertEqual(read.high, 1e-9)
    XCTAssertEqual(read.knownShare, 0.8)
    XCTAssertEqual([read.persons, read.smallest, read.apart], [7, 3, 0])
    XCTAssertTrue(read.holdsForAll)
    XCTAssertEqual(read.reason, .tooFewPairs)
    XCTAssertEqual(read.largest, 1_000_000.25)
    let none = SQLResult.cells(Estimate(value: nil), largest: nil)
    XCTAssertNil(none["value"])
    XCTAssertNil(none["persons"])
    XCTAssertEqual(none["status"], "N")
  }

  /// A row that was not given is not zero.
  func testARowThatIsNotGivenIsNotKnown() throws {
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    let source = try World.make(seed: 41, model: model)
    let indicator = try XCTUnwrap(catalogue.find("participants").first)
    let table = try SQLAnswer(
      indicator, periods: periods, model: model, source: source
    ).table(results: []).table
    XCTAssertGreaterThan(table.rows.count, 2)
    for row in table.rows {
      XCTAssertNil(row.estimate.value)
      XCTAssertEqual(row.estimate.reason, .notGiven)
    }
  }

  /// Each residence from its own rows, with those of the tables that all share: the same rows as
  /// the whole has, but for the definitions that say why not.
  func testAResidenceAloneHasTheRowsOfTheWhole() throws {
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    let shared = model.acrossResidences
    XCTAssertTrue(shared.contains("resident"))
    XCTAssertTrue(shared.contains("proxy"))
    XCTAssertFalse(shared.contains("attendance"))
    var differing: Set<String> = []
    for seed in 51...52 {
      let source = try World.make(seed: UInt64(seed), model: model)
      let whole = Evaluator(model: model, source: source)
      let residences = try source.texts("residence", "residence")
      for residence in residences.prefix(2) {
        let own = try source.only(residence, shared: shared)
        let alone = Evaluator(model: model, source: own)
        for indicator in catalogue.indicators {
          for cuts in [[]] + indicator.definition.cuts.prefix(1).map({ [$0] }) {
            let all = try whole.compute(indicator, cuts: cuts, periods: periods)
            let found = try alone.compute(indicator, cuts: cuts, periods: periods)
            func rows(_ table: IndicatorTable) -> [String: Estimate] {
              Dictionary(
                uniqueKeysWithValues: table.rows.filter { $0.residence == residence }.map {
                  (([$0.period.name] + $0.cuts).joined(separator: " "), $0.estimate)
                })
            }
            let (expected, got) = (rows(all), rows(found))
            // A group of another residence alone is empty here.
            for (group, estimate) in got {
              guard let whole = expected[group] else {
                XCTFail("\(indicator.definition.id) \(cuts) \(group)")
                continue
              }
              if !isSame(whole, estimate) { differing.insert(indicator.definition.id) }
            }
          }
        }
      }
    }
    for indicator in catalogue.indicators where differing.contains(indicator.definition.id) {
      XCTAssertNotNil(indicator.whyNotByResidence, indicator.definition.id)
    }
    // What SQL cannot say is what has to be computed so: most of it can be.
    let left = catalogue.indicators.filter { !$0.hasSQL }
    XCTAssertLessThan(4 * left.count { $0.whyNotByResidence != nil }, left.count)
    XCTAssertFalse(differing.isEmpty)
  }

  private func isSame(_ a: Estimate, _ b: Estimate) -> Bool {
    func near(_ x: Double?, _ y: Double?) -> Bool {
      guard let x, let y else { return x == nil && y == nil }
      return abs(x - y) <= 1e-9 * max(1, abs(x))
    }
    return near(a.value, b.value) && near(a.numerator, b.numerator)
      && near(a.denominator, b.denominator) && near(a.unknown, b.unknown)
      && near(a.known, b.known) && a.persons == b.persons && near(a.low, b.low)
      && near(a.high, b.high) && a.smallestGroup == b.smallestGroup && near(a.scanned, b.scanned)
  }
}
