package import Diagnostics
import Workbooks

/// The cells of a file as a spreadsheet program shows them, from A1: to show a sheet again to the
/// person who holds it.
package struct FileCells: Sendable {
  /// One sheet.
  package struct Sheet: Sendable {
    /// The name on its tab; nil for a file of text.
    package let name: String?
    /// The number of rows, from the first.
    package let rowCount: Int
    /// The number of columns, from A.
    package let columnCount: Int
    private let source: Source
    /// The row of each record of a text, ascending.
    private var rows: [Int] = []

    private enum Source: Sendable {
      case text(Grid)
      case workbook(WorkbookSheet)
    }

    init(_ sheet: WorkbookSheet) {
      name = sheet.name
      (rowCount, columnCount) = (sheet.rowCount, sheet.columnCount)
      source = .workbook(sheet)
    }

    init(_ grid: Grid) {
      name = nil
      source = .text(grid)
      // Blank lines are rows to a spreadsheet program; line breaks within cells are not.
      var folded = 0
      var width = 0
      for record in 0..<grid.recordCount {
        rows.append(Int(grid.lines[record]) - 1 - folded)
        let fields = grid.fields(of: record)
        width = max(width, fields.count)
        for field in fields
        where grid.bytes[grid.range(field)].contains(where: { $0 == 0x0A || $0 == 0x0D }) {
          folded += grid.string(field).count(where: \.isNewline)
        }
      }
      columnCount = width
      rowCount = (rows.last ?? -1) + 1
    }

    /// The row of a 1-based line of a file of text, or of a 1-based row of a sheet; nil beyond it.
    package func row(ofLine line: Int) -> Int? {
      guard case .text(let grid) = source else {
        return (1...max(rowCount, 1)).contains(line) ? line - 1 : nil
      }
      return grid.lines.firstIndex { Int($0) == line }.map { rows[$0] }
    }

    /// Whether a row is hidden.
    package func isHidden(row: Int) -> Bool {
      if case .workbook(let sheet) = source { return sheet.isHidden(row: row) }
      return false
    }

    /// Whether a column is hidden.
    package func isHidden(column: Int) -> Bool {
      if case .workbook(let sheet) = source { return sheet.isHidden(column: column) }
      return false
    }

    /// A cell: its text, and its kind.
    package func cell(_ row: Int, _ column: Int) -> GridCell {
      switch source {
      case .workbook(let sheet):
        guard let i = sheet.cell(row: row, column: column) else { return GridCell() }
        return GridCell(sheet.text(ofCell: i), GridKind(sheet.kinds[i]))
      case .text(let grid):
        guard let record = record(ofRow: row) else { return GridCell() }
        let fields = grid.fields(of: record)
        guard column < fields.count else { return GridCell() }
        return GridCell(grid.string(fields.lowerBound + column))
      }
    }

    private func record(ofRow row: Int) -> Int? {
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if rows[middle] < row { low = middle + 1 } else { high = middle }
      }
      return low < rows.count && rows[low] == row ? low : nil
    }
  }

  /// The sheets in the order of their tabs, those without a cell left out.
  package let sheets: [Sheet]

  /// Reads a file again.
  ///
  /// - Throws: `Failure` when it is no sheet of text and no workbook.
  package init(path: String, options: IntakeOptions = IntakeOptions()) throws(Failure) {
    let bytes = try SourceFile.bytes(path: path)
    guard Workbook.isWorkbook(bytes) else {
      let sheet = try OpenedSheet(name: path, bytes: bytes, options: options, needsHeader: false)
      sheets = [Sheet(sheet.whole)]
      return
    }
    sheets = try Workbook(bytes: bytes, name: path).sheets.filter { $0.cellCount > 0 }
      .map { Sheet($0) }
  }
}
