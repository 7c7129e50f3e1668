package import Diagnostics
import HTML

/// Rows that are no indicator's values, for the internal audience: headings, and texts or numbers.
package struct PlainTable: Sendable {
  /// What stands above it at a terminal.
  package var title: String
  /// The headings.
  package var header: [String]
  /// Cells in the order of the headings; nil for what is not known.
  package var rows: [[String?]]

  /// Makes a table.
  package init(title: String, header: [String], rows: [[String?]]) {
    (self.title, self.header, self.rows) = (title, header, rows)
  }
}

extension Tabular {
  /// The tables in this form: one after the other, with a blank line between.
  package func text(_ tables: [PlainTable], language: Language) -> String {
    switch self {
    case .csv: tables.map { PlainTable.separated($0, .machine) }.joined(separator: "\n")
    case .excelFr: tables.map { PlainTable.separated($0, .excelFrench) }.joined(separator: "\r\n")
    case .json: "[" + tables.map(PlainTable.json).joined(separator: ",\n") + "]\n"
    case .table: tables.map(PlainTable.aligned).joined(separator: "\n")
    }
  }
}

extension PlainTable {
  fileprivate static func separated(_ table: PlainTable, _ dialect: CSVWriter.Dialect) -> String {
    var writer = CSVWriter(dialect)
    writer.row(table.header)
    for row in table.rows { writer.row(row.map { $0 ?? "" }) }
    return writer.text
  }

  fileprivate static func json(_ table: PlainTable) -> String {
    let keys = table.header.map(Escaping.json)
    let rows = table.rows.map { row in
      "    {"
        + zip(keys, row).map { $0 + ": " + ($1.map(Escaping.json) ?? "null") }
        .joined(separator: ", ") + "}"
    }
    return "{\"title\": \(Escaping.json(table.title)), \"rows\": [\n"
      + rows.joined(separator: ",\n") + "\n  ]}"
  }

  fileprivate static func aligned(_ table: PlainTable) -> String {
    let rows = [table.header] + table.rows.map { $0.map { $0 ?? "" } }
    let cells = rows.map { $0.map(Escaping.terminal) }
    let widths = table.header.indices.map { i in cells.map { $0[i].count }.max() ?? 0 }
    func line(_ row: [String]) -> String {
      var text = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ")
      while text.hasSuffix(" ") { text.removeLast() }
      return text + "\n"
    }
    var out = Escaping.terminal(table.title) + "\n\n" + line(cells[0])
    out += line(widths.map { String(repeating: "─", count: $0) })
    for row in cells.dropFirst() { out += line(row) }
    return out
  }
}
