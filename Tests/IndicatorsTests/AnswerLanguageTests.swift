import Foundation
import TestSupport
import XCTest

@testable import Indicators

/// What formulas ask of single answers.
final class AnswerLanguageTests: XCTestCase {
  /// R survey's quantiles of the GSS's evenings with neighbours, and of made-up answers on columns
  /// as in SQL: the first value whose weight reaches the share, answers of unknown weight aside.
  func testWeightedQuantilesAreThoseOfRSurvey() throws {
    let reference = try JSONFile("reference/survey_estimates.json")["gss"]["weights_only"]
    let table = try ReferenceTable("survey/gss_w1_analysis.csv")
    var world = try AnswerWorld()
    for n in table.rows.indices where !table["wtpannr12", table.rows[n]].isNaN {
      world.add(
        "gss", wave: "1", residence: "r", "p\(n)", "neigh", table.text("neigh", n),
        weight: table.text("wtpannr12", n))
    }
    let (source, mirror) = try world.filled()
    for (i, p) in [0.25, 0.5, 0.75].enumerated() {
      let asked = try world.ask(
        "weighted_quantile(response.value, \(p), weight: response.weight)", "2023", source, mirror)
      let row = try XCTUnwrap(asked.rows.first { $0.residence == "r" }).estimate
      XCTAssertEqual(row.value, reference["quantile_neigh"][i]["quantile"].number, "\(p)")
    }
    var small = try AnswerWorld()
    for (n, (value, weight)) in [
      ("1", "1"), ("2", "1"), ("3", "2"), ("9", "0"), ("", "5"), ("8", ""),
    ].enumerated() {
      small.add("e", wave: "1", residence: "r", "p\(n)", "x", value, weight: weight)
    }
    let (few, sql) = try small.filled()
    // Weights 1, 1, 2 of 1, 2, 3: half of 4 is reached at 2. What has no weight is not there.
    for (formula, expected) in [
      ("weighted_median(response.value, weight: response.weight)", 2.0),
      ("weighted_quantile(response.value, 0.4, weight: response.weight)", 2),
      ("weighted_quantile(response.value, 0.51, weight: response.weight)", 3),
      ("weighted_quantile(response.value, 0.99, weight: response.weight)", 3),
    ] {
      let row = try XCTUnwrap(
        small.ask(formula, "2023", few, sql).rows.first { $0.residence == "r" })
      XCTAssertEqual(row.estimate.value, expected, formula)
      XCTAssertEqual(row.estimate.unknown, 2, formula)
      XCTAssertEqual(row.estimate.denominator, 4, formula)
    }
  }

  /// Answers to other questions tell nothing of this one: the known share is that of its own rows,
  /// on columns as in SQL, in a definition's filter as in a user's.
  func testTheKnownShareIsThatOfTheQuestionAsked() throws {
    var world = try AnswerWorld()
    for n in 0..<10 {
      world.add("e", wave: "1", residence: "r", "p\(n)", "belonging", n < 3 ? "4" : "")
      for item in ["a", "b", "c", "d"] {
        world.add("e", wave: "1", residence: "r", "p\(n)", item, "2")
      }
    }
    let (source, mirror) = try world.filled()
    for formula in [
      "mean(response.value where response.item = \"belonging\")",
      "weighted_share(response.value >= 3 where response.item = \"belonging\", weight: response.weight)",
      "share(response.value >= 3 where response.item in (\"belonging\", \"none\") and response.wave = \"1\")",
      "distinct(response.respondent where response.item = \"belonging\" and response.value >= 3)",
    ] {
      let table = try world.ask(formula, "2023", source, mirror)
      let row = try XCTUnwrap(table.rows.first { $0.residence == "r" }).estimate
      XCTAssertEqual(row.knownShare, 0.3, accuracy: 1e-12, formula)
      XCTAssertEqual(row.known + row.unknown, 10, formula)
    }
    let asked = try estimate(
      "mean(response.value)", source, period: "2023", residence: "r",
      filter: "item = \"belonging\"")
    XCTAssertEqual(asked.knownShare, 0.3, accuracy: 1e-12)
    // A question that nobody was asked has no row: no data, which is not zero.
    let none = try estimate(
      "count(response where response.item = \"none\")", source, period: "2023", residence: "r")
    XCTAssertEqual(none.scanned, 0)
  }
}
