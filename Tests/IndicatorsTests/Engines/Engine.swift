import Columns
import Foundation
import Indicators
import Model
import TestSupport

/// An SQL engine run as another program, on the tables of a source.
enum Engine {
  /// What the engine said to one statement.
  struct Answer {
    var rows: [[SQLField]]?
    var error: String?
  }

  private static let script = Places.root + "/Tests/IndicatorsTests/Engines/run_sql.py"

  /// Why an engine cannot be asked here; nil when it can.
  static func missing(_ engine: String, python: String) throws -> String? {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [script, "--missing", engine]
    process.standardOutput = output
    try process.run()
    let why = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return why.isEmpty ? nil : String(decoding: why, as: UTF8.self)
  }

  /// Loads the tables and runs the statements on an engine: the name of its dialect.
  static func run(
    _ engine: String, python: String, source: MemorySource, model: Model, statements: [String]
  ) throws -> [Answer] {
    let request: [String: Any] = [
      "tables": try model.tables.map { try table($0, source) }, "statements": statements,
    ]
    let work = try Workdir()
    let input = try work.write(
      "request.json", data: try JSONSerialization.data(withJSONObject: request))
    let output = work.path + "/answers.json"
    try work.write("answers.json", "")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [script, engine]
    process.standardInput = FileHandle(forReadingAtPath: input)
    process.standardOutput = FileHandle(forWritingAtPath: output)
    try process.run()
    process.waitUntilExit()
    let data = try Data(contentsOf: URL(fileURLWithPath: output))
    let answers = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
    return answers.map { answer in
      Answer(
        rows: (answer["rows"] as? [[Any]])?.map { $0.map(field) },
        error: answer["error"] as? String)
    }
  }

  private static func field(_ value: Any) -> SQLField {
    switch value {
    case let text as String: .text(text)
    case let number as NSNumber: .number(number.doubleValue)
    default: .missing
    }
  }

  private static func table(_ declaration: TableDeclaration, _ source: MemorySource) throws
    -> [String: Any]
  {
    let names = declaration.columns.map(\.name)
    let table = try source.table(declaration.name, columns: names)
    let rows = (0..<table.rowCount).map { row in
      names.map { name -> Any in
        guard let column = table[name], let text = column.text(at: row) else { return NSNull() }
        switch column {
        case .integer, .decimal: return Double(text) ?? NSNull()
        default: return text
        }
      }
    }
    let columns = declaration.columns.map { column in
      let kind =
        switch column.kind {
        case .integer, .time, .boolean: "whole"
        case .decimal: "decimal"
        case .date: "date"
        default: "text"
        }
      return [column.name, kind]
    }
    return ["name": declaration.name, "columns": columns, "rows": rows]
  }
}
