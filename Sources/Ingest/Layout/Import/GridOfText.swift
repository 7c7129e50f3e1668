extension Grid {
  /// The largest sheet that is looked at for its layout; larger files are lists.
  private static let mostRows = 20_000, mostCells = 400_000

  /// The cells as a spreadsheet program would show them; nil for a sheet too large to be laid out
  /// by hand.
  func cellGrid(fileName: String) -> CellGrid? {
    guard recordCount <= Grid.mostRows, starts.count <= Grid.mostCells else { return nil }
    var out = CellGrid(fileName: fileName, rows: [])
    // Blank lines are rows to a spreadsheet program; line breaks within cells are not.
    var folded: Int32 = 0
    for record in 0..<recordCount {
      let row = Int(lines[record] - folded - 1)
      guard row < Grid.mostRows * 2 else { return nil }
      while out.rows.count < row {
        out.rows.append([])
        out.lines.append(lines[record])
      }
      let cells = strings(of: record)
      for text in cells where text.contains(where: \.isNewline) {
        folded += Int32(clamping: text.count(where: \.isNewline))
      }
      out.rows.append(cells.map { GridCell($0) })
      out.lines.append(lines[record])
    }
    return out
  }

  /// A grid of rows in memory, as if read from a file; each with the line that it comes from.
  init(rows: [[String]], lines: [Int32]) {
    self.init()
    for row in rows {
      for cell in row {
        starts.append(UInt32(truncatingIfNeeded: bytes.count))
        bytes.append(contentsOf: cell.utf8)
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
      }
      firstField.append(UInt32(truncatingIfNeeded: starts.count))
    }
    textCount = bytes.count
    self.lines = lines
  }
}
