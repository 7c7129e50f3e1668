/// References to cells as files write them: `B7`, `$B$7`, `B7:C9`.
enum CellReference {
  /// Row and column, 0-based; nil when it is none or lies outside of any sheet.
  @inline(__always)
  static func place(_ bytes: Span<UInt8>) -> (row: Int, column: Int)? {
    var i = 0
    var column = 0
    while i < bytes.count {
      let letter = bytes[i] | 0x20
      if bytes[i] == 0x24 {
        i += 1
        continue
      }
      guard letter >= 0x61, letter <= 0x7A else { break }
      column = column * 26 + Int(letter - 0x60)
      guard column <= Bound.columns else { return nil }
      i += 1
    }
    var row = 0
    while i < bytes.count {
      let digit = bytes[i] &- 0x30
      guard digit <= 9 else { return nil }
      row = row * 10 + Int(digit)
      guard row <= Bound.rows else { return nil }
      i += 1
    }
    return row > 0 && column > 0 ? (row - 1, column - 1) : nil
  }

  /// A range, or one cell.
  static func range(_ text: String) -> CellRange? {
    let ends = text.split(separator: ":")
    guard let first = ends.first, let last = ends.last, ends.count <= 2,
      let a = place(Array(first.utf8).span), let b = place(Array(last.utf8).span)
    else { return nil }
    return CellRange(
      firstRow: min(a.row, b.row), firstColumn: min(a.column, b.column),
      lastRow: max(a.row, b.row), lastColumn: max(a.column, b.column))
  }
}
