/// Headings of another number than the columns, put right where it is plain how.
enum HeaderRepair {
  /// The cells that the record of headings should have had; nil when it stays as it is.
  static func cells(
    _ grid: Grid, _ record: Int, dialect: Dialect, profile: TableProfile, rows: [Int]
  ) -> [Range<Int>]? {
    let s = grid.bytes.span
    let width = profile.columns.count
    var cells = grid.fields(of: record).map(grid.range)
    guard width >= 2, profile.rowCount >= 2 else { return nil }
    // A delimiter too many: an empty heading for no column.
    if cells.count > width {
      let spare = cells.count - width
      let empty = cells.indices.filter { Cells.trimmed(s, cells[$0]).isEmpty }
      guard let last = cells.last, !Cells.trimmed(s, last).isEmpty, empty.count == spare else {
        return nil
      }
      for i in empty.reversed() { cells.remove(at: i) }
      return cells
    }
    guard cells.count == width - 1, !cells.contains(where: { Cells.trimmed(s, $0).isEmpty })
    else { return nil }
    // A delimiter missing between quotes.
    let torn = cells.indices.filter { i in
      dialect.quote != 0 && cells[i].dropFirst().dropLast().contains { s[$0] == dialect.quote }
    }
    if torn.count == 1, let i = torn.first,
      let at = cells[i].dropFirst().first(where: { s[$0] == dialect.quote })
    {
      let right = cells[i].drop { $0 <= at || s[$0] == dialect.quote }
      guard !right.isEmpty else { return nil }
      cells.insert(right.startIndex..<cells[i].upperBound, at: i + 1)
      cells[i] = cells[i].lowerBound..<at
      return cells
    }
    // Numbered rows, whose numbers have no heading, as statistics programs write them.
    let numbers = rows.prefix(50).compactMap { record -> Int? in
      guard let first = grid.fields(of: record).first else { return nil }
      return Int(grid.string(first))
    }
    let isNumbered =
      numbers.count == min(rows.count, 50) && numbers.count >= 2
      && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < Int.max && $1 == $0 + 1 }
    return isNumbered ? [0..<0] + cells : nil
  }
}
