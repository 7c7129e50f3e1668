/// A sheet, read: the cells that hold something, row by row, over one array of UTF-8.
///
/// Rows and columns are counted from 0; the sheet's extent begins at A1. Cell `i` of the dense
/// arrays has its column, its kind and the place of its text; `cells(inRow:)` gives the `i` of a
/// row, columns ascending. Equal texts of an XLSX often share one place.
package struct WorkbookSheet: Sendable {
  /// The name on its tab.
  package var name: String
  /// Its place among the tabs of its workbook, from 1, hidden ones counted.
  package internal(set) var rank = 1
  /// Whether its tab is hidden.
  package var isHidden: Bool = false
  /// The rows from the first to the last that holds something.
  package internal(set) var rowCount = 0
  /// The columns from A to the last that holds something.
  package internal(set) var columnCount = 0

  /// The number of the first cell of each row, then the number of cells.
  package internal(set) var rowStarts: [Int32] = [0]
  /// The column of each cell.
  package internal(set) var columns: [Int32] = []
  /// The kind of each cell.
  package internal(set) var kinds: [CellKind] = []
  /// Where the text of each cell begins in `bytes`.
  package internal(set) var starts: [UInt32] = []
  /// How many bytes the text of each cell has.
  package internal(set) var lengths: [UInt32] = []
  /// The texts, UTF-8.
  package internal(set) var bytes: [UInt8] = []

  /// The merged cells.
  package var merges: [CellRange] = []
  /// The rows that are hidden or filtered out, ascending. Their cells are read.
  package var hiddenRows: [Range<Int>] = []
  /// The columns that are hidden, ascending. Their cells are read.
  package var hiddenColumns: [Range<Int>] = []
  /// Notes on cells.
  package var comments: [CellComment] = []
  /// The cells whose formula was never computed, so that they are empty: row and column.
  package var uncomputed: [(row: Int, column: Int)] = []

  /// Makes an empty sheet.
  package init(name: String) { self.name = name }

  /// How many cells hold something.
  package var cellCount: Int { columns.count }

  /// The numbers of a row's cells; empty beyond the last row.
  package func cells(inRow row: Int) -> Range<Int> {
    guard row >= 0, row < rowCount else { return 0..<0 }
    return Int(rowStarts[row])..<Int(rowStarts[row + 1])
  }

  /// The number of the cell at a place; nil when it is empty.
  ///
  /// - Complexity: O(log(cells of the row)).
  package func cell(row: Int, column: Int) -> Int? {
    let cells = cells(inRow: row)
    var low = cells.lowerBound
    var high = cells.upperBound
    while low < high {
      let middle = (low + high) / 2
      if Int(columns[middle]) < column { low = middle + 1 } else { high = middle }
    }
    return low < cells.upperBound && Int(columns[low]) == column ? low : nil
  }

  /// The text of cell number `i`.
  package func text(ofCell i: Int) -> String {
    String(decoding: utf8(ofCell: i), as: UTF8.self)
  }

  /// The text of cell number `i`, as a part of `bytes`.
  package func utf8(ofCell i: Int) -> ArraySlice<UInt8> {
    let start = Int(starts[i])
    return bytes[start..<start + Int(lengths[i])]
  }

  /// The text at a place; "" when it is empty.
  package func text(row: Int, column: Int) -> String {
    cell(row: row, column: column).map(text(ofCell:)) ?? ""
  }

  /// The kind of the cell at a place; nil when it is empty.
  package func kind(row: Int, column: Int) -> CellKind? {
    cell(row: row, column: column).map { kinds[$0] }
  }

  /// Whether a row is hidden.
  package func isHidden(row: Int) -> Bool { hiddenRows.contains { $0.contains(row) } }

  /// Whether a column is hidden.
  package func isHidden(column: Int) -> Bool { hiddenColumns.contains { $0.contains(column) } }
}
