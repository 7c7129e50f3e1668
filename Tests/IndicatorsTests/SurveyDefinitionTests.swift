import Foundation
import Model
import Periods
import TestSupport
import XCTest

@testable import Indicators

/// The definitions of surveys and of social value that SQL cannot say, on a small made-up project,
/// against values that `Surveys/make.py` works out apart.
final class SurveyDefinitionTests: XCTestCase {
  /// Value, or value and both ends, by definition and residence.
  static func expected() throws -> [String: [Double]] {
    let path = Places.root + "/Tests/IndicatorsTests/Surveys/expected.json"
    return try JSONDecoder().decode(
      [String: [Double]].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// The definitions that have a worked value.
  static func worked() throws -> Set<String> {
    Set(try expected().keys.map { String($0.prefix { $0 != "/" }) })
  }

  static func source() throws -> MemorySource {
    var source = MemorySource(model: try MemorySource.repositoryModel())
    try source.add("residence", ["residence"], [["a"], ["b"]])
    let files = [
      "people": "resident", "panel": "panel", "response": "response", "proxy": "proxy",
      "outcome": "outcome", "ledger": "ledger",
    ]
    for (file, table) in files.sorted(by: { $0.key < $1.key }) {
      let text = try String(
        contentsOfFile: Places.root + "/Tests/IndicatorsTests/Surveys/\(file).csv",
        encoding: .utf8)
      let lines = text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      try source.add(table, lines[0], Array(lines.dropFirst()))
    }
    return source
  }

  func testEveryDefinitionEqualsItsWorkedValue() throws {
    let source = try Self.source()
    let catalogue = try Catalogue(
      folder: Places.root + "/indicators/definitions", model: source.model)
    for (key, numbers) in try Self.expected().sorted(by: { $0.key < $1.key }) {
      let words = key.split(separator: "/").map(String.init)
      let table = try Evaluator(model: source.model, source: source).compute(
        try XCTUnwrap(catalogue.find(words[0]).first), periods: [Period("2024")])
      let row = try XCTUnwrap(table.rows.first { $0.residence == words[1] })
      let got = [row.estimate.value, row.estimate.low, row.estimate.high]
      for (expected, number) in zip(numbers, got) {
        XCTAssertEqual(number ?? .nan, expected, accuracy: 1e-9 * max(1, abs(expected)), key)
      }
    }
  }

  /// Changes of another year are not of this one; without a year's changes there is nothing.
  func testAYearWithoutChangesHasNoValueAndSaysWhy() throws {
    let source = try Self.source()
    let catalogue = try Catalogue(
      folder: Places.root + "/indicators/definitions", model: source.model)
    for (id, year, reason) in [
      ("sroi", "2022", Reason.nothingToValue), ("valeur-bien-etre", "2023", .nothingToValue),
      ("sroi", "2023", .zeroDenominator), ("representativite", "2023", .nobody),
    ] {
      let table = try Evaluator(model: source.model, source: source).compute(
        try XCTUnwrap(catalogue.find(id).first), periods: [Period(year)])
      let row = try XCTUnwrap(table.rows.first { $0.residence == "a" })
      XCTAssertNil(row.estimate.value, "\(id) \(year)")
      XCTAssertEqual(row.estimate.reason, reason, "\(id) \(year)")
    }
  }

  /// The share of the panel kept rests on those who had answered, whoever else is invited since,
  /// and tells of those kept and of those lost.
  func testThePanelKeptRestsOnThoseWhoHadAnswered() throws {
    var source = MemorySource(model: try MemorySource.repositoryModel())
    try source.add("residence", ["residence"], [["a"]])
    let people = (1...30).map { "p\($0)" }
    try source.add(
      "resident", ["resident", "residence", "arrival"], people.map { [$0, "a", "2020-01-01"] })
    // Twelve answered in 2023; of them nine do so again, two refuse, one has moved out. Eighteen
    // more are asked for the first time, and answer.
    let later = people.enumerated().map { i, _ in
      i < 9 || i >= 12 ? "answered" : i < 11 ? "refused" : "ineligible"
    }
    let before = people.prefix(12).map { ["e", "1", "2023-04-11", "a", $0, "answered"] }
    let now = zip(people, later).map { ["e", "2", "2024-04-11", "a", $0, $1] }
    try source.add(
      "panel", ["instrument", "wave", "invited", "residence", "respondent", "outcome"],
      before + now)
    let catalogue = try Catalogue(
      folder: Places.root + "/indicators/definitions", model: source.model)
    let table = try Evaluator(model: source.model, source: source).compute(
      try XCTUnwrap(catalogue.find("panel-garde").first), periods: [Period("2024")])
    let kept = try XCTUnwrap(table.rows.first { $0.residence == "a" }).estimate
    XCTAssertEqual(kept.value ?? .nan, 9.0 / 11, accuracy: 1e-12)
    XCTAssertEqual(kept.numerator, 9)
    XCTAssertEqual(kept.denominator, 11)
    XCTAssertEqual(kept.persons, 9, "those kept, of eleven: not the thirty invited")
    XCTAssertEqual(kept.smallestGroup, 2, "those lost")
  }

  /// A measured change takes its people from matched pairs, and is unknown where they are not its
  /// own: it names no evidence, shares it, or speaks of another period than the one asked for.
  func testMeasuredPeopleAreCountedOnceOrUnknown() throws {
    let catalogue = try Catalogue(
      folder: Places.root + "/indicators/definitions",
      model: try MemorySource.repositoryModel())
    let value = try XCTUnwrap(catalogue.find("valeur-bien-etre").first)
    func answer(_ rows: [String], period: String = "2024", residence: String = "_total") throws
      -> Estimate
    {
      var source = MemorySource(model: try MemorySource.repositoryModel())
      try source.add("residence", ["residence"], [["a"], ["b"]])
      try source.add(
        "proxy", ["proxy", "kind", "value", "low", "high"],
        [["p", "wellbeing", "100", "50", "150"]])
      try source.add(
        "outcome",
        [
          "outcome", "residence", "period", "indicator", "quantity", "proxy", "deadweight",
          "evidence",
        ],
        rows.enumerated().map { i, row in
          ["o\(i)"]
            + row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        })
      // In a, three of four better; in b one of two; one who answered only once.
      var answers: [[String]] = []
      for (residence, person, before, after) in [
        ("a", "1", "1", "3"), ("a", "2", "2", "4"), ("a", "3", "3", "3"), ("a", "4", "1", "2"),
        ("b", "5", "2", "3"), ("b", "6", "4", "1"), ("b", "7", "", "4"),
      ] {
        for (wave, day, value) in [("1", "2023-05-01", before), ("2", "2024-05-01", after)]
        where !value.isEmpty {
          answers.append(["e", wave, day, residence, person, "appartenance", value, "1"])
        }
      }
      try source.add(
        "response",
        ["instrument", "wave", "date", "residence", "respondent", "item", "value", "weight"],
        answers)
      let table = try Evaluator(model: source.model, source: source).compute(
        value, periods: [Period(period)])
      return try XCTUnwrap(table.rows.first { $0.residence == residence }).estimate
    }
    let named = "evolution-appartenance-mieux"
    let both = ["a|2024|\(named)|99|p|0.2|measured", "b|2024|\(named)|99|p|0|measured"]
    XCTAssertEqual(try answer(both).value ?? .nan, 3 * 80 + 1 * 100, accuracy: 1e-9)
    XCTAssertEqual(try answer(both).persons, 4)
    XCTAssertEqual(try answer(both, residence: "b").value ?? .nan, 100, accuracy: 1e-9)
    // A row of the whole project takes the people of all residences.
    let whole = try answer(["|2024|\(named)|99|p|0|measured"])
    XCTAssertEqual(whole.value ?? .nan, 400, accuracy: 1e-9)
    XCTAssertEqual(whole.low ?? .nan, 200 * 0.9, accuracy: 1e-9)
    for (rows, unknown) in [
      (both + ["|2024|\(named)|99|p|0|measured"], 1.0),
      (both + ["a|2024|\(named)|99|p|0|measured"], 2.0),
      (both + ["a|2024||99|p|0|measured"], 1.0),
      (both + ["a|2024|autre|99|p|0|measured"], 1.0),
    ] {
      XCTAssertEqual(try answer(rows).unknown, unknown, "\(rows)")
    }
    // A declared change keeps the number typed in, beside the measured ones.
    let declared = try answer(both + ["a|2024|\(named)|10|p|0|declared"])
    XCTAssertEqual(declared.value ?? .nan, 340 + 1000, accuracy: 1e-9)
    XCTAssertEqual(declared.unknown, 0)
    // Two years hold the row, but what is counted is not of its year alone; nor is a quarter of it.
    XCTAssertEqual(try answer(both, period: "2023-01-01..2024-12-31").unknown, 2)
    // Nobody was asked in 2025: that is not "nobody better".
    XCTAssertEqual(try answer(["a|2025|\(named)|9|p|0|measured"], period: "2025").unknown, 1)
  }
}
