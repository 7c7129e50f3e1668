import Diagnostics
import Ingest
import Workbooks

/// The cells of a file as its receipt shows them: only the rows around those with a problem.
struct ShownSheet {
  /// A row, with its number in the file.
  struct Row {
    var number: Int
    var cells: [String]
  }

  /// A cell with a problem; no column when the whole row has it.
  struct Place: Hashable {
    var sheet: String?
    var line: Int
    var column: Int?
  }

  /// The name on the tab; nil for a file of text.
  var name: String?
  var rows: [Row]

  /// The most rows and columns shown of one sheet.
  static let mostRows = 200
  static let mostColumns = 60

  /// The sheets of a file. A file that cannot be read has none.
  static func all(of path: String) -> [ShownSheet] {
    do throws(Failure) {
      let bytes = try SourceFile.bytes(path: path)
      guard Workbook.isWorkbook(bytes) else {
        let preview = try Preview(name: path, bytes: bytes)
        return [ShownSheet(preview)]
      }
      return try Workbook(bytes: bytes, name: path).sheets.filter { !$0.isHidden }
        .map(ShownSheet.init)
    } catch {
      return []
    }
  }

  private init(_ preview: Preview) {
    rows = (0..<preview.rowCount).map { Row(number: preview.line($0), cells: preview.row($0)) }
    if !preview.header.isEmpty {
      let first = rows.first?.number ?? 2
      rows.insert(Row(number: max(1, first - 1), cells: preview.header), at: 0)
    }
  }

  private init(_ sheet: WorkbookSheet) {
    name = sheet.name
    let width = min(sheet.columnCount, ShownSheet.mostColumns)
    rows = (0..<sheet.rowCount).map { row in
      Row(number: row + 1, cells: (0..<width).map { sheet.text(row: row, column: $0) })
    }
  }

  /// The rows near some lines, and the first two that hold something.
  func near(_ lines: Set<Int>) -> [Row] {
    let head = rows.filter { row in row.cells.contains { !$0.isEmpty } }.prefix(2).map(\.number)
    let shown = rows.filter { row in
      head.contains(row.number) || (row.number - 1...row.number + 1).contains(where: lines.contains)
    }
    return Array(shown.prefix(ShownSheet.mostRows))
  }

  /// What stands in the cell that a problem is about; "" when it is about no cell shown.
  static func found(_ problem: Receipt.SetAside, in sheets: [ShownSheet]) -> String {
    let place = place(of: problem)
    let sheet = place.sheet == nil ? sheets.first : sheets.first { $0.name == place.sheet }
    guard let column = place.column,
      let row = sheet?.rows.first(where: { $0.number == place.line }),
      row.cells.indices.contains(column)
    else { return "" }
    return row.cells[column]
  }

  /// The cell that a problem is about: by its name (`Feuille!B7`), else by line and column.
  static func place(of problem: Receipt.SetAside) -> Place {
    guard problem.position == nil, let heading = problem.heading else {
      return Place(line: problem.line, column: problem.position.map { $0 - 1 })
    }
    let parts = heading.split(separator: "!")
    let cell = String(parts.last ?? "")
    let letters = cell.prefix { $0.isASCII && $0.isUppercase }
    guard (1...3).contains(letters.count), let row = Int(cell.dropFirst(letters.count)) else {
      return Place(line: problem.line, column: nil)
    }
    let column = letters.utf8.reduce(0) { $0 * 26 + Int($1) - 64 } - 1
    return Place(
      sheet: parts.count > 1 ? parts.dropLast().joined(separator: "!") : nil, line: row,
      column: column)
  }
}
