import Ingest

/// What of a sheet its receipt shows: all of a small one, else what stands around the cells to look
/// at, under the headings.
struct ShownSheet {
  /// A row or a column of the sheet, or how many are left out.
  enum Line: Equatable {
    case shown(Int)
    case left(Int)
  }

  let sheet: FileCells.Sheet
  let rows: [Line]
  let columns: [Line]

  /// Whether rows or columns are left out.
  var isExcerpt: Bool {
    (rows + columns).contains { if case .left = $0 { true } else { false } }
  }

  /// Sheets up to this size are shown whole.
  private static let fewRows = 40, fewColumns = 16
  /// The most that is shown of any sheet.
  private static let mostRows = 200, mostColumns = 40

  /// Takes what is near some places of a sheet; `heads` are its rows of headings.
  init(_ sheet: FileCells.Sheet, places: [Finding.Place], heads: [ClosedRange<Int>]) {
    self.sheet = sheet
    var top = Set(heads.flatMap { Array($0) }.filter { $0 < sheet.rowCount })
    if top.isEmpty {
      let filled = (0..<min(sheet.rowCount, 60)).lazy.filter { ShownSheet.isFilled(sheet, $0) }
      top = Set(filled.prefix(2))
    }
    let first = top.min() ?? 0
    rows = ShownSheet.lines(
      sheet.rowCount, few: ShownSheet.fewRows, most: ShownSheet.mostRows,
      always: top.union(0...min(first, 3)), near: places.map(\.row), reach: 1)
    // Who a row is about stands to the left.
    let left = (0..<sheet.columnCount).lazy.filter { column in
      top.contains { !sheet.cell($0, column).text.isEmpty }
    }.prefix(2)
    columns = ShownSheet.lines(
      sheet.columnCount, few: ShownSheet.fewColumns, most: ShownSheet.mostColumns,
      always: Set(left), near: places.compactMap(\.column), reach: 2,
      atLeast: ShownSheet.fewColumns / 2)
  }

  private static func isFilled(_ sheet: FileCells.Sheet, _ row: Int) -> Bool {
    (0..<min(sheet.columnCount, 200)).contains { !sheet.cell(row, $0).text.isEmpty }
  }

  /// The lines to show among `count`, with the gaps between them.
  private static func lines(
    _ count: Int, few: Int, most: Int, always: Set<Int>, near: [Int], reach: Int,
    atLeast: Int = 0
  ) -> [Line] {
    guard count > few else { return (0..<count).map { .shown($0) } }
    var kept = always.union(0..<min(atLeast, count))
    for place in near where kept.count < most {
      kept.formUnion((place - reach)...(place + reach))
    }
    var out: [Line] = []
    var next = 0
    for line in kept.filter({ (0..<count).contains($0) }).sorted() {
      if line > next { out.append(.left(line - next)) }
      out.append(.shown(line))
      next = line + 1
    }
    if next < count { out.append(.left(count - next)) }
    return out
  }
}
