/// Gathers the cells of a sheet as its file gives them, in any order, within bounds.
struct SheetBuilder {
  private(set) var sheet: WorkbookSheet
  private var rows: [Int32] = []
  private var isSorted = true
  private var lastRow: Int32 = -1
  private var lastColumn: Int32 = -1
  private var repeated = 0
  /// Where the words for yes and no stand, once needed.
  private var booleans: UInt32?

  init(name: String) { sheet = WorkbookSheet(name: name) }

  var cellCount: Int { rows.count }

  /// Changes what is not cells.
  mutating func edit(_ body: (inout WorkbookSheet) -> Void) { body(&sheet) }

  /// Places a text for later cells to share; where it begins.
  @inline(__always)
  mutating func place(_ text: Span<UInt8>) throws(Refusal) -> UInt32 {
    let start = sheet.bytes.count
    guard start + text.count <= Bound.arenaBytes else { throw Self.full }
    sheet.bytes.append(text)
    return UInt32(start)
  }

  /// Adds a cell with a text of its own.
  @inline(__always)
  mutating func add(row: Int, column: Int, kind: CellKind, text: Span<UInt8>) throws(Refusal) {
    let start = try place(text)
    try add(row: row, column: column, kind: kind, start: start, length: UInt32(text.count))
  }

  /// Adds a cell with a text of its own.
  @inline(__always)
  mutating func add(row: Int, column: Int, kind: CellKind, text: [UInt8]) throws(Refusal) {
    try add(row: row, column: column, kind: kind, text: text.span)
  }

  /// Adds a number as a plain cell shows it; false, and nothing is added, when it is written in
  /// another way than most.
  @inline(__always)
  mutating func addNumber(row: Int, column: Int, _ raw: Span<UInt8>) throws(Refusal) -> Bool {
    let start = sheet.bytes.count
    guard start + raw.count <= Bound.arenaBytes else { throw Self.full }
    guard PlainNumber.append(raw, to: &sheet.bytes) else { return false }
    try add(
      row: row, column: column, kind: .number, start: UInt32(start),
      length: UInt32(sheet.bytes.count - start))
    return true
  }

  /// Adds `TRUE` or `FALSE`.
  mutating func addBoolean(row: Int, column: Int, _ value: Bool) throws(Refusal) {
    if booleans == nil { booleans = try place(Array("TRUEFALSE".utf8).span) }
    let start = booleans ?? 0
    try add(
      row: row, column: column, kind: .boolean, start: value ? start : start + 4,
      length: value ? 4 : 5)
  }

  /// Adds a cell whose text has a place.
  @inline(__always)
  mutating func add(
    row: Int, column: Int, kind: CellKind, start: UInt32, length: UInt32
  ) throws(Refusal) {
    guard row >= 0, row < Bound.rows, column >= 0, column < Bound.columns else {
      throw Self.outside
    }
    guard rows.count < Bound.cells else { throw Self.full }
    let r = Int32(truncatingIfNeeded: row)
    let c = Int32(truncatingIfNeeded: column)
    if r < lastRow || r == lastRow && c <= lastColumn { isSorted = false }
    lastRow = r
    lastColumn = c
    rows.append(r)
    sheet.columns.append(c)
    sheet.kinds.append(kind)
    sheet.starts.append(start)
    sheet.lengths.append(length)
  }

  /// What was gathered so far, but for texts.
  struct Mark {
    fileprivate var cells: Int, hidden: Int, uncomputed: Int
    fileprivate var isSorted: Bool
    fileprivate var lastRow: Int32, lastColumn: Int32
  }

  @inline(__always)
  func mark() -> Mark {
    Mark(
      cells: rows.count, hidden: sheet.hiddenRows.count, uncomputed: sheet.uncomputed.count,
      isSorted: isSorted, lastRow: lastRow, lastColumn: lastColumn)
  }

  /// Forgets what was gathered since.
  mutating func returnTo(_ mark: Mark) {
    let surplus = rows.count - mark.cells
    rows.removeLast(surplus)
    sheet.columns.removeLast(surplus)
    sheet.kinds.removeLast(surplus)
    sheet.starts.removeLast(surplus)
    sheet.lengths.removeLast(surplus)
    sheet.hiddenRows.removeLast(sheet.hiddenRows.count - mark.hidden)
    sheet.uncomputed.removeLast(sheet.uncomputed.count - mark.uncomputed)
    (isSorted, lastRow, lastColumn) = (mark.isSorted, mark.lastRow, mark.lastColumn)
  }

  /// Adds some cells once more, `down` rows lower.
  mutating func repeatCells(_ cells: Range<Int>, down: Int) throws(Refusal) {
    try countRepeated(cells.count)
    for i in cells {
      try add(
        row: Int(rows[i]) + down, column: Int(sheet.columns[i]), kind: sheet.kinds[i],
        start: sheet.starts[i], length: sheet.lengths[i])
    }
  }

  /// Counts cells made by saying "the same again".
  mutating func countRepeated(_ count: Int) throws(Refusal) {
    repeated += count
    guard repeated <= Bound.repeatedCells else { throw Self.full }
  }

  static let full = Refusal.tooLarge(
    fr: "trop de cellules remplies", en: "too many cells that hold something")
  static let outside = Refusal.damaged(
    fr: "cellule au-delà de la dernière ligne ou colonne (XFD1048576)",
    en: "a cell beyond the last row or column (XFD1048576)")

  /// The sheet, its cells in order; of two cells at one place the later stands.
  mutating func finish() -> WorkbookSheet {
    if !isSorted { sort() }
    sheet.rowCount = Int(rows.last ?? -1) + 1
    sheet.columnCount = Int(sheet.columns.max() ?? -1) + 1
    var starts = [Int32](repeating: 0, count: sheet.rowCount + 1)
    for row in rows { starts[Int(row) + 1] += 1 }
    for i in 0..<sheet.rowCount { starts[i + 1] += starts[i] }
    sheet.rowStarts = starts
    sheet.hiddenRows = Self.united(sheet.hiddenRows)
    sheet.hiddenColumns = Self.united(sheet.hiddenColumns)
    sheet.comments.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    return sheet
  }

  private mutating func sort() {
    var order = (0..<rows.count).map { (Int64(rows[$0]) << 32 | Int64(sheet.columns[$0]), $0) }
    order.sort { $0 < $1 }
    let old = (rows, sheet)
    rows = []
    sheet.columns = []
    sheet.kinds = []
    sheet.starts = []
    sheet.lengths = []
    for (k, (place, i)) in order.enumerated() {
      if k + 1 < order.count, order[k + 1].0 == place { continue }
      rows.append(old.0[i])
      sheet.columns.append(old.1.columns[i])
      sheet.kinds.append(old.1.kinds[i])
      sheet.starts.append(old.1.starts[i])
      sheet.lengths.append(old.1.lengths[i])
    }
  }

  /// Ranges in ascending order, neighbours joined.
  private static func united(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var out: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
      if let last = out.last, last.upperBound >= range.lowerBound {
        out[out.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        out.append(range)
      }
    }
    return out
  }
}
