package import Diagnostics
package import Disclosure
import HTML

/// The forms in which released tables are written as text.
package enum Tabular: String, Sendable, CaseIterable {
  /// Comma, dot, LF: for machines.
  case csv
  /// Byte order mark, semicolon, decimal comma, CRLF: for a French Excel.
  case excelFr = "excel-fr"
  /// An array of objects with the columns of the CSV form as keys.
  case json
  /// Aligned columns for a terminal.
  case table

  /// The tables in this form; `labels` (key to name) names residences in the terminal form.
  package func text(
    _ tables: [ReleasedTable], language: Language, labels: [String: String] = [:]
  ) -> String {
    switch self {
    case .csv: Tabular.separated(tables, .machine)
    case .excelFr: Tabular.separated(tables, .excelFrench)
    case .json: Tabular.json(tables)
    case .table: TerminalTable(language: language, labels: labels).text(tables)
    }
  }

  private static func separated(_ tables: [ReleasedTable], _ dialect: CSVWriter.Dialect)
    -> String
  {
    let rows = TidyRows(tables)
    var writer = CSVWriter(dialect)
    writer.row(rows.header)
    rows.write(to: &writer)
    return writer.text
  }

  private static func json(_ tables: [ReleasedTable]) -> String {
    let rows = TidyRows(tables)
    var objects = TidyObjects(keys: rows.header)
    rows.write(to: &objects)
    let all = objects.all
    return all.isEmpty ? "[]\n" : "[\n" + all.joined(separator: ",\n") + "\n]\n"
  }
}

/// The rows of the tidy file as objects of JSON.
private struct TidyObjects: TidySink {
  /// The objects so far.
  private(set) var all: [String] = []
  private let keys: [String]
  private var members: [String] = []

  init(keys: [String]) { self.keys = keys.map(Escaping.json) }

  mutating func text(_ text: String) { add(Escaping.json(text)) }

  mutating func number(_ x: Double?) {
    add(x.flatMap { $0.isFinite ? Shortest.text($0) : nil } ?? "null")
  }

  mutating func value(_ x: Double?, _ status: CellStatus) { number(x) }

  mutating func endRow() {
    all.append("  {" + members.joined(separator: ", ") + "}")
    members.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ value: String) {
    members.append(keys[members.count] + ": " + value)
  }
}
