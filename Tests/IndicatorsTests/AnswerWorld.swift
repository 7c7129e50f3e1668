import Foundation
import Model
import Periods
import Persistence
import TestSupport
import XCTest

@testable import Indicators

/// Answers to questionnaires, wave n in May of 2022 + n.
struct AnswerWorld {
  private let model: Model
  private let known: Instruments
  private var rows: [[String]] = []
  private var residences: Set<String> = []

  init() throws {
    model = try MemorySource.repositoryModel()
    known = try Self.instruments()
  }

  static func instruments() throws -> Instruments {
    try Instruments(folder: Places.root + "/indicators/instruments")
  }

  func items(_ instrument: String, _ scale: String) throws -> [String] {
    try XCTUnwrap(known[instrument]?.scale(scale)).items.map(\.name)
  }

  mutating func add(
    _ instrument: String, wave: String, residence: String, _ person: String, _ item: String,
    _ value: String, weight: String = "1"
  ) {
    residences.insert(residence)
    let year = 2022 + (Int(wave) ?? 0)
    rows.append([instrument, wave, "\(year)-05-02", residence, person, item, value, weight])
  }

  func filled() throws -> (MemorySource, SQLMirror) {
    var source = MemorySource(model: model)
    try source.add("residence", ["residence"], residences.sorted().map { [$0] })
    try source.add(
      "response",
      ["instrument", "wave", "date", "residence", "respondent", "item", "value", "weight"], rows)
    return (source, try SQLMirror(source: source, model: model))
  }

  /// The answer on columns, which SQLite's equals where there is a query.
  func ask(_ formula: String, _ period: String, _ source: MemorySource, _ mirror: SQLMirror) throws
    -> IndicatorTable
  {
    let question = try indicator(formula, model: model, instruments: known)
    let periods = [try Period(period)]
    let columns = try Evaluator(model: model, source: source).compute(question, periods: periods)
    if question.hasSQL {
      let sql = try Agreement.sqlite(
        question, cuts: [], periods: periods, model: model, source: source, mirror: mirror)
      Agreement.assertEqualTables(columns, sql, formula)
    }
    return columns
  }
}

/// A CSV file of the shared references.
struct ReferenceTable {
  private let columns: [String: Int]
  private let cells: [[String]]

  init(_ name: String) throws {
    let text = try String(contentsOfFile: Places.shared("data/" + name), encoding: .utf8)
    let lines = text.replacingOccurrences(of: "\"", with: "").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    columns = Dictionary(
      uniqueKeysWithValues: lines[0].enumerated().map { ($0.element, $0.offset) })
    cells = Array(lines.dropFirst())
  }

  var rows: Range<Int> { cells.indices }

  func text(_ column: String, _ row: Int) -> String {
    guard let c = columns[column], c < cells[row].count else { return "" }
    return cells[row][c] == "NA" ? "" : cells[row][c]
  }

  subscript(column: String, row: Int) -> Double { Double(text(column, row)) ?? .nan }
}

/// A JSON file of the shared references.
struct JSONFile {
  private let value: Any?

  private init(_ value: Any?) { self.value = value }

  init(_ name: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Places.shared("data/" + name)))
    value = try JSONSerialization.jsonObject(with: data)
  }

  subscript(key: String) -> JSONFile { JSONFile((value as? [String: Any])?[key]) }
  subscript(index: Int) -> JSONFile {
    let list = value as? [Any] ?? []
    return JSONFile(index < list.count ? list[index] : nil)
  }
  var number: Double? { (value as? NSNumber)?.doubleValue }
}
