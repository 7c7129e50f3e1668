import Diagnostics
import Foundation
import Periods
import TestSupport
import XCTest

@testable import Indicators

/// The network definitions that SQL cannot say, on a small made-up residence, against values that
/// `Networks/make.py` works out with NetworkX and draws of its own.
final class NetworkDefinitionTests: XCTestCase {
  /// What the script gives, by definition.
  static func expected() throws -> [String: Double] {
    let path = Places.root + "/Tests/IndicatorsTests/Networks/expected.json"
    return try JSONDecoder().decode(
      [String: Double].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// The made-up residence; the other way round, the rows of each table from the last to the first.
  static func source(reversed: Bool = false) throws -> MemorySource {
    func rows(_ name: String) throws -> [[String: String]] {
      let text = try String(
        contentsOfFile: Places.root + "/Tests/IndicatorsTests/Networks/\(name).csv",
        encoding: .utf8)
      let lines = text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      let rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
      return reversed ? rows.reversed() : rows
    }
    var source = MemorySource(model: try MemorySource.repositoryModel())
    let people = try rows("people")
    func add(_ table: String, _ columns: [String], _ rows: [[String: String]]) throws {
      try source.add(table, columns, rows.map { row in columns.map { row[$0] ?? "" } })
    }
    try source.add("residence", ["residence"], [["a"]])
    try add(
      "resident",
      [
        "resident", "residence", "kind", "household", "dwelling", "arrival", "departure",
        "birth_year",
      ], people)
    func unique(_ key: String) -> [[String: String]] {
      var seen = Set<String>()
      return people.filter { $0[key] != "" && seen.insert($0[key] ?? "").inserted }
    }
    try add("household", ["household", "residence", "type"], unique("household"))
    try add("dwelling", ["dwelling", "residence", "staircase"], unique("dwelling"))
    try source.add(
      "activity", ["session", "residence", "date", "status"],
      try rows("sessions").map {
        [$0["session"] ?? "", $0["residence"] ?? "", $0["date"] ?? "", "held"]
      })
    try add("attendance", ["session", "resident", "role"], try rows("attendance"))
    return source
  }

  func testEveryDefinitionEqualsNetworkX() throws {
    let source = try Self.source()
    let catalogue = try Catalogue(
      folder: Places.root + "/indicators/definitions", model: source.model)
    let expected = try Self.expected()
    for (id, value) in expected.sorted(by: { $0.key < $1.key }) {
      let table = try Evaluator(model: source.model, source: source).compute(
        try XCTUnwrap(catalogue.find(id).first), periods: [Period("2024")])
      for residence in ["_total", "a"] {
        let row = try XCTUnwrap(table.rows.first { $0.residence == residence })
        XCTAssertEqual(row.estimate.value ?? .nan, value, accuracy: 1e-9, "\(id) \(residence)")
      }
    }
    let without = catalogue.indicators.filter { !$0.hasSQL }.map(\.definition.id)
    XCTAssertEqual(
      Set(expected.keys).union(try SurveyDefinitionTests.worked())
        .union(ScoreLanguageTests.worked.keys)
        .union(without.filter { HandWrittenChecks.queries[$0] != nil }), Set(without),
      "one worked value, or one query written by hand, a definition without SQL")
  }

  /// A definition says so when SQL cannot say it, and prints its parameters.
  func testParametersAndTheLackOfSQLAreDeclared() throws {
    let model = try MemorySource.repositoryModel()
    let good = try String(
      contentsOfFile: Places.root + "/indicators/definitions/liens/homophilie-60.json5",
      encoding: .utf8)
    func code(_ text: String) throws -> String? {
      let work = try Workdir()
      _ = try work.write("d/essai.json5", text)
      do throws(Failure) {
        _ = try Catalogue(folder: work.path + "/d", model: model)
        return nil
      } catch {
        return error.diagnostics.first?.code
      }
    }
    XCTAssertNil(try code(good))
    let silent = good.replacingOccurrences(of: "  sql: false,\n", with: "")
    XCTAssertEqual(try code(silent), "definition.value")
    let unused = good.replacingOccurrences(
      of: "  parameters: {", with: "  parameters: {other: {default: 3, least: 1, greatest: 9},")
    XCTAssertEqual(try code(unused), "definition.parameter")
    let outside = good.replacingOccurrences(of: "default: 2,", with: "default: 0,")
    XCTAssertEqual(try code(outside), "definition.value")
    let reversed = good.replacingOccurrences(of: "greatest: 1000,", with: "greatest: 0,")
    XCTAssertEqual(try code(reversed), "definition.value")
    let unknown = good.replacingOccurrences(of: "$size", with: "$sise")
    XCTAssertEqual(try code(unknown), "formula.parameter")
    let wrongNote = good.replacingOccurrences(of: "{size}", with: "{taille}")
    XCTAssertEqual(try code(wrongNote), "definition.value")

    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    let ages = try XCTUnwrap(catalogue.find("liens-intergenerationnels-hasard").first)
    XCTAssertEqual(ages.definition.parameters["gap"]?.value, 25)
    XCTAssertTrue(ages.definition.note.fr.contains("25 ans"))
    XCTAssertTrue(ages.definition.note.fr.contains("1000 redistributions"))
    XCTAssertTrue(ages.definition.filledFormula.contains("at_least: 25"))
    XCTAssertTrue(ages.explanation(in: .fr).contains("gap = 25"))
    let sessions = try XCTUnwrap(catalogue.find("MIX-01").first)
    XCTAssertTrue(sessions.definition.note.fr.contains("80\u{A0}%"))
  }

  /// With a number of its own, a project changes the value and what is printed beside it.
  func testAParameterMayBeSetByTheProject() throws {
    let source = try Self.source()
    let good = try String(
      contentsOfFile: Places.root + "/indicators/definitions/liens/densite.json5", encoding: .utf8)
    func value(_ meetings: Int) throws -> Double? {
      let work = try Workdir()
      _ = try work.write("d/essai.json5", good)
      let place = SourceLocation(file: "lien.json5")
      let catalogue = try Catalogue(
        folder: work.path + "/d", model: source.model,
        settings: ParameterSettings(groups: [
          ParameterSettings.Group(
            key: "net-02", location: place,
            settings: [
              ParameterSettings.Setting(
                name: "meetings", number: Double(meetings), location: place)
            ])
        ]))
      let indicator = try XCTUnwrap(catalogue.indicators.first)
      XCTAssertTrue(indicator.definition.note.en.contains("at \(meetings) sessions"))
      let table = try Evaluator(model: source.model, source: source).compute(
        indicator, periods: [Period("2024")])
      return table.rows.first { $0.residence == "a" }?.estimate.value
    }
    let (one, two, three) = (try value(1), try value(2), try value(3))
    XCTAssertGreaterThan(try XCTUnwrap(one), try XCTUnwrap(two))
    XCTAssertGreaterThan(try XCTUnwrap(two), try XCTUnwrap(three))
  }
}
