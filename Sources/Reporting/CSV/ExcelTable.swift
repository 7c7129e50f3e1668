/// Rows of texts as the CSV that a French Excel opens, no cell of which it takes for a formula.
package enum ExcelTable {
  /// The whole file: byte-order mark, semicolons, CRLF.
  package static func csv(_ rows: [[String]]) -> String {
    var writer = CSVWriter(.excelFrench)
    for row in rows { writer.row(row) }
    return writer.text
  }
}
