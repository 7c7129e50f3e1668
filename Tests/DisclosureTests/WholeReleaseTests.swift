import Diagnostics
import Disclosure
import Indicators
import Periods
import TestSupport
import XCTest

/// A release is more than its cells one by one.
final class WholeReleaseTests: XCTestCase {
  private func definition(_ id: String, unit: String = "person") -> IndicatorDefinition {
    IndicatorDefinition(
      id: id, catalogue: "X-01", version: 1, validFrom: "2022-01-01", title: Phrase(same: id),
      dimension: "d", axis: "a", level: "output", unit: unit, counts: Phrase(same: "c"),
      additivity: .nonAdditive, formula: "count(attendance)",
      formulaLocation: SourceLocation(file: "f"), cuts: ["age_band"], direction: "up",
      minimumKnownShare: 0.8, note: Phrase(same: "n"), source: "s", frameworks: [:],
      isSurvey: false)
  }

  /// Persons by residence and age, with all totals.
  private let persons: [[Int]] = [[40, 3, 35], [22, 51, 60], [33, 48, 27], [64, 29, 41]]

  private func table(
    _ id: String = "x", sides: TableSides? = nil, year: Int = 2024, times factor: Double = 1
  ) throws -> IndicatorTable {
    let period = try XCTUnwrap(Period(year: year))
    var rows: [IndicatorRow] = []
    for residence in -1..<persons.count {
      for age in -1..<3 {
        let count = persons.indices.reduce(0) { sum, r in
          residence >= 0 && r != residence
            ? sum
            : sum + (0..<3).reduce(0) { age >= 0 && $1 != age ? $0 : $0 + persons[r][$1] }
        }
        var e = Estimate(
          value: Double(count) * factor, numerator: Double(count), known: Double(count),
          persons: count)
        if factor != 1 { e.denominator = 1 / factor }
        rows.append(
          IndicatorRow(
            period: period, residence: residence < 0 ? "_total" : "R\(residence)",
            cuts: [age < 0 ? "_total" : "a\(age)"], estimate: e))
      }
    }
    return IndicatorTable(definition: definition(id), cuts: ["age_band"], rows: rows, sides: sides)
  }

  private func release(
    _ tables: [IndicatorTable], earlier: [EarlierRow] = []
  ) throws -> ReleasedTables {
    try Release.release(
      tables, policy: ReleasePolicy(audience: .public), language: .fr, earlier: earlier)
  }

  private func withheld(_ table: ReleasedTable) -> Set<String> {
    Set(table.rows.filter { $0.status == .withheld }.map { "\($0.residence) \($0.cuts[0])" })
  }

  func testOnlyTotalsOfWhatNeverLeavesInternalUseAreGiven() throws {
    var restricted = try table()
    restricted.definition.restrictedCuts = ["age_band"]
    let released = try release([restricted])
    for row in released.tables[0].rows {
      XCTAssertEqual(row.status == .given, row.cuts == ["_total"], "\(row.residence) \(row.cuts)")
    }
    let own = try Release.release(
      [restricted], policy: ReleasePolicy(audience: .internal), language: .fr)
    XCTAssertTrue(own.tables[0].rows.allSatisfy { $0.status == .given })
  }

  func testACellThatFollowsFromItsTotalIsProtectedByOthers() throws {
    let released = try release([table()])
    let hidden = withheld(released.tables[0])
    XCTAssertTrue(hidden.contains("R0 a1"))
    // At least a rectangle, and no more than that: the rest stays published.
    XCTAssertEqual(hidden.count, 4, "\(hidden)")
    XCTAssertFalse(hidden.contains("_total _total"))
    XCTAssertEqual(released.audit.lines.map(\.primary), [1])
    XCTAssertEqual(released.audit.lines.map(\.secondary), [3])
    XCTAssertEqual(released.audit.keptShare, 16.0 / 19.0, accuracy: 1e-9)
    for row in released.tables[0].rows where row.status == .withheld {
      XCTAssertNil(row.value)
      XCTAssertNil(row.persons)
      XCTAssertEqual(row.note, "secret statistique")
    }
  }

  func testWhatHoldsForEverybodyOfAGroupIsWithheld() throws {
    let period = try XCTUnwrap(Period(year: 2024))
    func row(_ age: String, _ count: Int) -> IndicatorRow {
      IndicatorRow(
        period: period, residence: "_total", cuts: [age],
        estimate: Estimate(
          value: Double(count), numerator: Double(count), known: Double(count), persons: count))
    }
    // All forty are of one age: whoever is among them is.
    let rows = [row("_total", 40), row("a0", 40), row("a1", 0), row("a2", 0)]
    let table = IndicatorTable(definition: definition("x"), cuts: ["age_band"], rows: rows)
    let released = try release([table])
    XCTAssertEqual(released.audit.lines.map(\.primary), [1])
    XCTAssertTrue(withheld(released.tables[0]).contains("_total a0"))
    // And the total with the zeros does not give it back.
    XCTAssertGreaterThan(withheld(released.tables[0]).count, 1)

    var all = Estimate(value: 1, numerator: 40, denominator: 40, known: 40, persons: 40)
    all.holdsForAll = true
    let share = IndicatorTable(
      definition: definition("y", unit: "share"), cuts: [],
      rows: [IndicatorRow(period: period, residence: "_total", cuts: [], estimate: all)])
    XCTAssertEqual(try release([share]).tables[0].rows.map(\.status), [.withheld])
    XCTAssertEqual(
      try Release.release([share], policy: ReleasePolicy(audience: .internal), language: .fr)
        .tables[0].rows.map(\.status), [.given])
  }

  func testTheAuditSaysWhichClassesToPutTogether() throws {
    let period = try XCTUnwrap(Period(year: 2024))
    // Six ages in two residences: 4 to 9 persons each, 11 at least are needed.
    let ages = [[4, 6, 5, 9, 8, 30], [5, 7, 6, 8, 9, 40]]
    var rows: [IndicatorRow] = []
    for residence in -1..<2 {
      for age in -1..<6 {
        let count = ages.indices.filter { residence < 0 || $0 == residence }
          .reduce(0) { $0 + (age < 0 ? ages[$1].reduce(0, +) : ages[$1][age]) }
        rows.append(
          IndicatorRow(
            period: period, residence: residence < 0 ? "_total" : "R\(residence)",
            cuts: [age < 0 ? "_total" : "a\(age)"],
            estimate: Estimate(
              value: Double(count), numerator: Double(count), known: Double(count),
              persons: count)))
      }
    }
    let table = IndicatorTable(definition: definition("x"), cuts: ["age_band"], rows: rows)
    let line = try XCTUnwrap(release([table]).audit.lines.first)
    let proposal = try XCTUnwrap(line.proposal)
    XCTAssertEqual(proposal.cut, "age_band")
    XCTAssertEqual(proposal.smallBefore, 11)
    XCTAssertLessThanOrEqual(proposal.smallAfter, 4)
    for merged in proposal.classes { XCTAssertEqual(merged, merged.sorted()) }
    // Persons who may be in several classes: nobody knows how many are in two of them.
    rows[0].estimate.persons = 70
    let distinct = IndicatorTable(definition: definition("z"), cuts: ["age_band"], rows: rows)
    XCTAssertNil(try release([distinct]).audit.lines.first?.proposal)
  }

  func testARateIsACount() throws {
    // The rate has the same persons: withholding one withholds the other, cell by cell.
    let sides = TableSides(numerator: "persons#n", denominator: "days#n", persons: "persons#p")
    let count = TableSides(numerator: "persons#n", persons: "persons#p")
    let released = try release([
      table("count", sides: count), table("rate", sides: sides, times: 0.01),
    ])
    XCTAssertEqual(withheld(released.tables[0]), withheld(released.tables[1]))
    XCTAssertGreaterThan(withheld(released.tables[0]).count, 3)
  }

  func testWhatReadersHoldCannotProtectAndWhatWasWithheldStaysSo() throws {
    let first = try release([table()])
    let rows = first.tables[0].rows.map { row in
      EarlierRow(
        indicator: "x", period: "2024", residence: row.residence,
        cuts: row.cuts[0] == "_total" ? [] : ["age_band=\(row.cuts[0])"], value: row.value)
    }
    // The same release again: the same cells.
    XCTAssertEqual(
      withheld(try release([table()], earlier: rows).tables[0]), withheld(first.tables[0]))
    // All but the small cell was published once: nothing can protect it any more.
    var all = rows.filter { $0.value != nil }
    for row in try table().rows where row.estimate.persons != 3 {
      all.append(
        EarlierRow(
          indicator: "x", period: "2024", residence: row.residence,
          cuts: row.cuts[0] == "_total" ? [] : ["age_band=\(row.cuts[0])"],
          value: row.estimate.value))
    }
    XCTAssertThrowsError(try release([table()], earlier: all)) { error in
      XCTAssertEqual((error as? Failure)?.status, .releaseRefused)
      XCTAssertEqual((error as? Failure)?.diagnostics.first?.code, "release.not-protected")
    }
  }

  func testInternalReadersSeeEverything() throws {
    let released = try Release.release(
      [table()], policy: ReleasePolicy(audience: .internal), language: .fr)
    XCTAssertTrue(released.tables[0].rows.allSatisfy { $0.status == .given })
    XCTAssertTrue(released.audit.lines.isEmpty)
  }
}
