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
    writer.row(rows.header.map { .text($0) })
    rows.forEach { writer.row($0) }
    return writer.text
  }

  private static func json(_ tables: [ReleasedTable]) -> String {
    let rows = TidyRows(tables)
    let keys = rows.header.map(Escaping.json)
    var out: [String] = []
    rows.forEach { cells in
      let members = zip(keys, cells).map { key, cell in
        let value =
          switch cell {
          case .text(let t): Escaping.json(t)
          case .number(let x), .value(let x, _):
            x.flatMap { $0.isFinite ? Shortest.text($0) : nil } ?? "null"
          }
        return key + ": " + value
      }
      out.append("  {" + members.joined(separator: ", ") + "}")
    }
    return out.isEmpty ? "[]\n" : "[\n" + out.joined(separator: ",\n") + "\n]\n"
  }
}
