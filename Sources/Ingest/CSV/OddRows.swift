/// Mends rows written in another way than their file, before anything is known of the table: a
/// row separated by another sign, quoted with another, or with a lone quote left at a cell's end.
///
/// What the other rows are like tells: a row is changed only when it then has their width, or
/// keeps it.
struct OddRows {
  private let grid: Grid
  private let dialect: Dialect
  private let width: Int
  private let profile: TableProfile
  private let repair: RowRepair

  private static let widest = 16_384
  private static let apostrophe = UInt8(ascii: "'")

  /// A grid with such rows mended, and which they are.
  static func mended(_ grid: Grid, dialect: Dialect) -> (grid: Grid, records: [Int]) {
    isEven(grid, dialect) ? (grid, []) : OddRows(grid, dialect: dialect).mended()
  }

  /// Whether all rows are of one width, in a text without any quote: nothing to look closer at.
  private static func isEven(_ grid: Grid, _ dialect: Dialect) -> Bool {
    let width = grid.recordCount > 0 ? grid.fields(of: 0).count : 0
    return width >= 2
      && (1..<max(grid.recordCount, 1)).allSatisfy { grid.fields(of: $0).count == width }
      && !grid.bytes.contains { $0 == apostrophe || $0 == dialect.quote }
  }

  private init(_ grid: Grid, dialect: Dialect) {
    self.grid = grid
    self.dialect = dialect
    // Wider than any sheet: refused later, and nothing to mend.
    let usual = grid.usualWidth
    width = usual <= OddRows.widest ? usual : 0
    profile = TableProfile(grid, 0..<grid.recordCount, width: width)
    repair = RowRepair(grid: grid, dialect: dialect, profile: profile)
  }

  private func mended() -> (grid: Grid, records: [Int]) {
    guard width >= 2, grid.recordCount >= 3 else { return (grid, []) }
    var cells: [Int: [Range<Int>]] = [:]
    let first = (0..<grid.recordCount).first {
      !grid.isEmpty(fields: grid.fields(of: $0))
    }
    var wrapped: [Int] = []
    for record in 0..<grid.recordCount {
      let fields = grid.fields(of: record)
      if fields.count * 2 <= width, width >= 3 {
        cells[record] = repair.otherwiseSeparated(
          fields.map(grid.range), width, isFirst: record == first)
      } else if fields.count == width {
        if isWrapped(fields) { wrapped.append(record) }
        if let mended = withoutLoneQuote(fields) { cells[record] = mended }
      }
    }
    // Apostrophes around the cells of a few rows only are quotes there.
    if wrapped.count * 10 <= max(10, grid.recordCount) {
      for record in wrapped {
        cells[record] = grid.fields(of: record).map {
          let range = grid.range($0)
          return range.lowerBound + 1..<range.upperBound - 1
        }
      }
    }
    guard !cells.isEmpty else { return (grid, []) }
    var out = grid.keeping(0..<grid.recordCount) { cells[$0] }
    out.afterBlank = grid.afterBlank
    out.blankLines = grid.blankLines
    return (out, cells.keys.sorted())
  }

  /// Whether every cell stands between apostrophes.
  private func isWrapped(_ fields: Range<Int>) -> Bool {
    guard dialect.quote != OddRows.apostrophe else { return false }
    let s = grid.bytes.span
    return fields.allSatisfy { field in
      let range = grid.range(field)
      return range.count >= 2 && s[range.lowerBound] == OddRows.apostrophe
        && s[range.upperBound - 1] == OddRows.apostrophe
    }
  }

  /// The cells without the one quote that closes a cell which none opened.
  private func withoutLoneQuote(_ fields: Range<Int>) -> [Range<Int>]? {
    guard dialect.quote != 0 else { return nil }
    let s = grid.bytes.span
    guard
      let at = fields.first(where: { field in
        let range = grid.range(field)
        return range.count >= 2 && s[range.upperBound - 1] == dialect.quote
          && !grid.isQuoted(field, dialect.quote)
      })
    else { return nil }
    let odd = fields.filter { field in
      !grid.isQuoted(field, dialect.quote) && grid.range(field).contains { s[$0] == dialect.quote }
    }
    let range = grid.range(at)
    let bare = range.lowerBound..<range.upperBound - 1
    guard odd.count == 1, range.count(where: { s[$0] == dialect.quote }) == 1 else { return nil }
    // `15"` may be inches, but not where all cells are quoted, nor where dates are expected.
    let others = fields.count { grid.isQuoted($0, dialect.quote) }
    let column = profile.columns[at - fields.lowerBound]
    let isExpected =
      column.typed.map { $0 == CellKind(s, bare) && $0 != CellKind(s, range) } ?? false
    guard isExpected || others == width - 1 || !Cells.isDigit(s[bare.upperBound - 1]) else {
      return nil
    }
    return fields.map { $0 == at ? bare : grid.range($0) }
  }
}
