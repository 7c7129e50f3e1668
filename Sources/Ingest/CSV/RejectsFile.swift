package import Columns
import Diagnostics

/// The rows that were set aside as a file in the sheet's own shape, to be corrected and imported
/// again: CSV, or a workbook (`RejectsBook`).
///
/// Four columns come first, so that rows keep their own number of cells, too few or too many:
/// the import, the line in the sheet, the column at fault, the reason.
package enum RejectsFile {
  static let importColumn = "lien_import"
  static let lineColumn = "lien_ligne"
  /// The columns that are not the sheet's.
  static let columns = [importColumn, lineColumn, "lien_colonne", "lien_motif"]

  /// The whole file: UTF-8 with a byte-order mark and CRLF, as Excel opens it best. Cells are
  /// written as they were, formulas included: the file goes back the way it came.
  package static func csv(
    rejects: [Reject], header: [String], importNumber: Int, dialect: Dialect
  ) -> String {
    let writer = CSVText(delimiter: dialect.delimiter, lineEnd: "\r\n")
    var out = "\u{FEFF}" + writer.row(columns + header)
    for reject in rejects { out += writer.row(cells(of: reject, importNumber)) }
    return out
  }

  /// The cells of a row: those of the file's own columns, then the sheet's.
  static func cells(of reject: Reject, _ importNumber: Int) -> [String] {
    var reason = reject.reason.message.fr
    if let remedy = reject.reason.remedy { reason += " → " + remedy.fr }
    if let cell = reject.reason.location?.cell { reason = cell + " : " + reason }
    return ["\(importNumber)", "\(reject.line)", reject.heading ?? "", reason] + reject.cells
  }

  /// Whether a row of cells is the headings of such a file.
  static func isHeader(_ cells: [String]) -> Bool {
    let words = cells.map { $0.lowercased() }
    return words.contains(importColumn) && words.contains(lineColumn)
  }
}

/// Writes CSV by RFC 4180.
struct CSVText {
  var delimiter: UInt8 = Dialect.comma
  var lineEnd = "\n"

  func row(_ cells: [String]) -> String {
    // An empty row would be a blank line, or one of delimiters for the eye.
    if let first = cells.first, first.isEmpty, cells.allSatisfy(\.isEmpty) {
      return "\"\"" + cells.dropFirst().map { String(UnicodeScalar(delimiter)) + $0 }.joined()
        + lineEnd
    }
    return cells.map(cell).joined(separator: String(UnicodeScalar(delimiter))) + lineEnd
  }

  private func cell(_ text: String) -> String {
    let needsQuotes = text.utf8.contains {
      $0 == delimiter || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
    }
    guard needsQuotes || text.utf8.first == 0x20 || text.utf8.last == 0x20 else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
