import Columns
import Diagnostics
import Workbooks

/// A sheet that stands, with others or alone, for one table.
struct SheetOrigin: Sendable {
  /// Its name.
  var name: String
  /// Its place among the tabs, from 1.
  var rank: Int
  /// Its column, 0-based, under each heading; nil under those of other sheets only.
  var columns: [Int?]
}

/// A sheet of a workbook cut into headings and rows.
struct SheetPage {
  let name: String
  let rank: Int
  let grid: Grid
  let shape: SheetShape
  let header: [String]
  /// Whether a text on it is a number with a decimal comma.
  let hasCommas: Bool
  let hidden: Hidden

  /// What of a sheet is hidden, and read.
  struct Hidden {
    var itself: Bool, rows: Bool, columns: Bool
  }

  /// Reads a sheet; nil for one whose few cells stand too far apart to be a table.
  init?(_ sheet: WorkbookSheet, known: Set<String>, hasHeader: Bool?) {
    let (area, isHuge) = sheet.rowCount.multipliedReportingOverflow(by: sheet.columnCount)
    guard !isHuge, area <= max(8_000_000, 16 * sheet.cellCount) else { return nil }
    name = sheet.name
    rank = sheet.rank
    hidden = Hidden(
      itself: sheet.isHidden, rows: sheet.hiddenRows.contains { $0.lowerBound < sheet.rowCount },
      columns: sheet.hiddenColumns.contains { $0.lowerBound < sheet.columnCount })
    let grid = SheetPage.grid(sheet)
    var shape = SheetShape(grid, known: known, hasHeader: hasHeader)
    if hasHeader == nil, shape.header.isEmpty {
      shape = SheetShape(grid, known: known, hasHeader: true)
    }
    shape.takeTotals()
    let wide = sheet.merges.filter {
      $0.firstRow == $0.lastRow && ($0.lastColumn - $0.firstColumn + 1) * 2 >= shape.width
    }
    let merged = Set(wide.map(\.firstRow))
    shape.takeSubheadings { merged.contains(Int(grid.lines[$0]) - 1) }
    self.grid = grid
    self.shape = shape
    header = OpenedSheet.headings(grid, shape.header)
    let s = sheet.bytes.span
    hasCommas = (0..<sheet.cellCount).contains { i in
      guard sheet.kinds[i] == .text else { return false }
      let start = Int(sheet.starts[i])
      return SheetPage.isDecimalComma(s.extracting(start..<start + Int(sheet.lengths[i])))
    }
  }

  /// The texts above the table, and the sheet's name.
  var linesAbove: [String] {
    let above = shape.asides.filter { $0.kind == .preamble }.flatMap(\.records)
    return [name] + above.flatMap { grid.strings(of: $0) }
  }

  /// The cells as records of one width.
  private static func grid(_ sheet: WorkbookSheet) -> Grid {
    var grid = Grid()
    grid.bytes = sheet.bytes
    grid.textCount = sheet.bytes.count
    for row in 0..<sheet.rowCount {
      var cells = [Range<Int>](repeating: 0..<0, count: sheet.columnCount)
      for i in sheet.cells(inRow: row) {
        let start = Int(sheet.starts[i])
        cells[Int(sheet.columns[i])] = start..<start + Int(sheet.lengths[i])
      }
      grid.append(cells, line: Int32(clamping: row + 1))
    }
    return grid
  }

  /// `12,5`, with what may stand around it in an amount.
  private static func isDecimalComma(_ text: Span<UInt8>) -> Bool {
    guard text.count >= 3, text.count <= 24 else { return false }
    var commas = 0
    var wasDigit = false
    for i in 0..<text.count {
      let byte = text[i]
      let isDigit = byte >= 0x30 && byte <= 0x39
      if byte == 0x2C {
        guard wasDigit, i + 1 < text.count, text[i + 1] &- 0x30 <= 9 else { return false }
        commas += 1
      } else if byte < 0x80, !isDigit, byte != 0x20, byte != 0x2D, byte != 0x25 {
        return false
      }
      wasDigit = isDigit
    }
    return commas == 1
  }
}
