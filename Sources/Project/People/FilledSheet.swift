import Diagnostics
import Ingest
import Workbooks

/// A sheet that the program wrote and a person filled in: text or a workbook, found by its headings.
struct FilledSheet {
  let header: [String]
  private let rows: [(line: Int, cells: [String])]

  /// Reads a file; of a workbook, the first sheet whose headings are those looked for.
  ///
  /// - Throws: `Failure` with status `input` when the file is no sheet.
  init(path: String, isHeader: ([String]) -> Bool) throws(Failure) {
    let bytes = try SourceFile.bytes(path: path)
    guard Workbook.isWorkbook(bytes) || Workbook.promisesWorkbook(path) else {
      let preview = try Preview(name: path, bytes: bytes)
      header = preview.header
      rows = (0..<preview.rowCount).map { (preview.line($0), preview.row($0)) }
      return
    }
    for sheet in try Workbook(bytes: bytes, name: path).sheets {
      let width = min(sheet.columnCount, FilledSheet.mostColumns)
      func cells(_ row: Int) -> [String] {
        (0..<width).map { sheet.text(row: row, column: $0) }
      }
      guard let head = (0..<min(sheet.rowCount, 10)).first(where: { isHeader(cells($0)) }) else {
        continue
      }
      header = cells(head)
      rows = (head + 1..<max(head + 1, sheet.rowCount)).map { ($0 + 1, cells($0)) }
      return
    }
    (header, rows) = ([], [])
  }

  /// More columns are none of ours.
  private static let mostColumns = 64

  /// The place of the first heading that is a word, or begins with it.
  func place(_ word: String) -> Int? {
    let key = Fold.key(word)
    let folded = header.map { Fold.key($0) }
    return folded.firstIndex(of: key) ?? folded.firstIndex { $0.hasPrefix(key + " ") }
  }

  /// The rows that hold something: the line, and a cell of a column, trimmed.
  var filledRows: [(line: Int, cell: (Int) -> String)] {
    rows.filter { row in row.cells.contains { !$0.trimmed.isEmpty } }.map { row in
      (row.line, { row.cells.indices.contains($0) ? row.cells[$0].trimmed : "" })
    }
  }
}
