import Columns
import Model
import Periods
import TestSupport
import Threads
import XCTest

@testable import Indicators

/// Indicators asked for all at once are answered as one by one.
final class BatchTests: XCTestCase {
  func testAllAtOnceIsOneByOne() throws {
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    let source = try World.make(seed: 31, model: model)
    let years = [try Period("2023"), try Period("2024")]
    var orders: [Evaluator.Order] = []
    for (i, indicator) in catalogue.indicators.enumerated() {
      orders.append(Evaluator.Order(indicator, periods: years))
      // Some by a cut and for other periods, as a report asks.
      let cuts = indicator.definition.cuts
      if i % 5 == 0, !cuts.isEmpty {
        orders.append(
          Evaluator.Order(
            indicator, cuts: [cuts[i % cuts.count]], periods: [try Period("2023-09..2024-08")]))
      }
    }
    defer { Workers.force(nil) }
    var first: [IndicatorTable] = []
    for threads in [1, 2, 3] {
      Workers.force((threads, 50))
      let tables = try Evaluator(model: model, source: source).compute(orders)
      XCTAssertEqual(tables.count, orders.count)
      if threads == 1 {
        first = tables
        for (order, table) in zip(orders, tables) {
          let alone = try Evaluator(model: model, source: source).compute(
            order.indicator, cuts: order.cuts, periods: order.periods)
          XCTAssertEqual(table.definition.id, order.indicator.definition.id)
          XCTAssertEqual(
            table.rows.map(\.estimate), alone.rows.map(\.estimate), table.definition.id)
        }
      }
      for (a, b) in zip(first, tables) {
        XCTAssertEqual(a.definition.id, b.definition.id)
        XCTAssertEqual(a.rows.map(\.residence), b.rows.map(\.residence), a.definition.id)
        XCTAssertEqual(a.rows.map(\.estimate), b.rows.map(\.estimate), a.definition.id)
      }
    }
  }

  func testAnOrderThatCannotBeAnsweredIsSaid() throws {
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    let source = try World.make(seed: 31, model: model)
    var orders = catalogue.indicators.prefix(12).map {
      Evaluator.Order($0, periods: [Period(year: 2023)].compactMap { $0 })
    }
    orders[7] = Evaluator.Order(
      orders[7].indicator, cuts: ["inconnue"], periods: orders[7].periods)
    XCTAssertThrowsError(try Evaluator(model: model, source: source).compute(orders))
  }

  /// The circles of all residences are put together from those of each: as if there were one
  /// residence, whose circle is made of rows. Somebody goes about two.
  func testAllResidencesTogetherAreAsOne() throws {
    let model = try MemorySource.repositoryModel()
    func source(_ residence: (Int) -> String) throws -> MemorySource {
      var g = SeededGenerator(seed: 77)
      var source = MemorySource(model: model)
      try source.add("residence", ["residence"], [["r0"], ["r1"], ["r2"]])
      try source.add(
        "resident", ["resident", "residence", "household", "birth_year"],
        (0..<40).map { ["p\($0)", residence($0 % 3), "h\($0 / 3)", "\(1940 + $0 * 2)"] })
      try source.add(
        "activity", ["session", "residence", "date", "status"],
        (0..<60).map { i in
          [
            "s\(i)", residence(i % 3),
            "202\(3 + i / 30)-0\(1 + i % 9)-1\(i % 10)", "held",
          ]
        })
      var rows: [[String]] = []
      for session in 0..<60 {
        for _ in 0..<Int.random(in: 1...9, using: &g) {
          let person = Int.random(in: 0..<40, using: &g)
          if person % 3 == session % 3 || person < 8 { rows.append(["s\(session)", "p\(person)"]) }
        }
      }
      try source.add("attendance", ["session", "resident"], rows)
      return source
    }
    let (three, one) = (try source { "r\($0)" }, try source { _ in "r0" })
    let rule =
      "attendance.resident per attendance.session, max_size: 8, not_same: attendance.resident.household"
    let periods = [try Period("2023"), try Period("2024")]
    for formula in [
      "tie_weight(\(rule))", "ties(\(rule), gap: attendance.resident.age, at_least: 25)",
      "ties(\(rule), within: attendance.resident.age_band)", "ties(\(rule), new: yes)",
      "network(\(rule), measure: density, min_meetings: 2)",
      "network(\(rule), measure: largest_component)",
      "network(\(rule), measure: ties, weight: newman)",
      "network(\(rule), measure: ei, by: attendance.resident.age_band)",
      "network(\(rule), measure: cross_share, gap: attendance.resident.age, at_least: 25, chance: expected, draws: 200, seed: 4)",
    ] {
      let indicator = try indicator(formula, model: model)
      let apart = try Evaluator(model: model, source: three).compute(indicator, periods: periods)
      let whole = try Evaluator(model: model, source: one).compute(indicator, periods: periods)
      var values = 0
      for period in periods {
        func total(_ table: IndicatorTable) throws -> Estimate {
          try XCTUnwrap(
            table.rows.first { $0.residence == "_total" && $0.period == period }
          ).estimate
        }
        let (a, b) = (try total(apart), try total(whole))
        Agreement.assertClose(a.value, b.value, "\(formula) \(period.name)")
        XCTAssertEqual(a.known, b.known, formula)
        XCTAssertEqual(a.persons, b.persons, formula)
        if a.value ?? 0 != 0 { values += 1 }
      }
      XCTAssertGreaterThan(values, 0, "\(formula) tells nothing")
    }
  }
}
