import Foundation
import TestSupport
import XCTest

@testable import Statistics

/// Figures of textbooks and manuals, each to the decimals that it was printed with.
final class PublishedTests: XCTestCase {
  /// Lovelace & Dumont's SimpleWorld: five people, margins of age and sex of three zones.
  private func simpleWorld(zone: Int) throws -> [Double] {
    let ages: [[Double]] = [[8, 4], [2, 8], [7, 4]]
    let sexes: [[Double]] = [[6, 6], [4, 6], [3, 8]]
    return try Weights.rake(
      [1, 1, 1, 1, 1],
      to: [
        Weights.Margin(codes: [1, 1, 0, 1, 0], targets: ages[zone - 1]),
        Weights.Margin(codes: [0, 0, 0, 1, 1], targets: sexes[zone - 1]),
      ])
  }

  private func schools() throws -> (design: SurveyDesign, api: [Double], population: Double) {
    let rows = try Rows("survey/survey_apistrat.csv")
    let (strata, names) = rows.codes("stype")
    let sizes = rows.numbers("fpc")
    let design = try SurveyDesign(
      weights: rows.numbers("pw"), strata: strata,
      populations: names.indices.map { h in sizes[strata.firstIndex(of: Int32(h)) ?? 0] })
    return (design, rows.numbers("api00"), rows.numbers("pw").reduce(0, +))
  }

  private func sleep() throws -> PairedChange {
    let rows = try Rows("reference/pairs_sleep.csv")
    return try PairedChange(before: rows.numbers("before"), after: rows.numbers("after"))
  }

  /// What each row of the file is here; nil where its data are not in the collection.
  private func value(_ row: Int) throws -> Double? {
    switch row {
    case 0: return try schools().design.mean(schools().api).mean
    case 1: return try schools().design.mean(schools().api).standardError
    case 2:
      let (design, api, population) = try schools()
      return try design.designEffect(api, population: population)
    case 8...11: return try simpleWorld(zone: 1)[[0, 2, 3, 4][row - 8]]
    case 12, 13: return try simpleWorld(zone: 2)[[0, 3][row - 12]]
    case 14: return try simpleWorld(zone: 3)[4]
    case 20: return try sleep().test().t
    case 21: return try sleep().test().p
    case 22: return try Wilcoxon(sleep().differences).normal().p
    case 23...38:
      let cases = try Reference(file: "tests_R.json")["newcombe"].list
      let shares = cases[(row - 23) / 2]
      let bounds = try Interval.difference(
        shares["x1"].count, of: shares["n1"].count, shares["x2"].count, of: shares["n2"].count)
      return (row - 23) % 2 == 0 ? bounds.0 : bounds.1
    // Agresti: of 1,600 asked twice 150 no longer approved and 86 did so since.
    case 39: return try McNemar(lost: 150, gained: 86, pairs: 1600).chiSquare().chi2
    case 48:
      let p = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
        0.5719, 0.6528, 0.7590, 1,
      ]
      return Double(
        MultipleTests.benjaminiHochberg(p).count { ($0 ?? 1) <= 0.05 })
    case 49: return Double(try DavisTests.data().attendance.people)
    case 50: return Double(try DavisTests.data().attendance.sessions)
    case 51: return Double(try DavisTests.data().attendance.present.count)
    case 52: return try DavisTests.data().attendance.density()
    default: return nil
    }
  }

  func testFiguresAsTheyWerePrinted() throws {
    let rows = try Reference(file: "published_anchors.json").list
    XCTAssertEqual(rows.count, 53)
    var compared = 0
    for (i, row) in rows.enumerated() {
      for key in ["what", "source", "agrees"] { row[key].apart(.peer) }
      guard let value = try value(i) else {
        // California's districts, psych's bfi, survival's lung, Wooldridge's files.
        for key in ["computed", "published", "dp"] { row[key].apart(.dataElsewhere) }
        continue
      }
      assertSame(value, row["computed"], within: i == 2 ? 1e-6 : 1e-9)
      let decimals = try XCTUnwrap(row["dp"].given.number)
      // The deviation that rounding allows, and no more.
      XCTAssertEqual(
        value, row["published"].number ?? .nan, accuracy: 0.5001 * pow(10, -decimals),
        row["what"].text ?? "")
      Claims.claim(row["published"], as: .compared)
      compared += 1
    }
    XCTAssertEqual(compared, 35)
  }
}
