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
}
