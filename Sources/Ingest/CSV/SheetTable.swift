import Diagnostics

extension OpenedSheet {
  /// The table of a sheet, found among its lines.
  struct Table {
    var grid: Grid
    var header: [String]
    var headerRecord: Int
    var usualWidth: Int
    var asides: [Aside]
    var mended: [Int]
    var isStacked: Bool

    init(
      _ name: String, _ scanned: Grid, _ dialect: Dialect, odd: [Int], known: Set<String>,
      hasHeader: Bool?, needsHeader: Bool
    ) throws(Failure) {
      var shape = SheetShape(scanned, known: known, hasHeader: hasHeader)
      if needsHeader, hasHeader == nil, shape.header.isEmpty {
        shape = SheetShape(scanned, known: known, hasHeader: true)
      }
      // A list to import ends before its totals; a table to show has them.
      if needsHeader {
        shape.takeTotals()
        shape.takeSubheadings()
      }
      guard
        max(shape.width, shape.header.first.map { scanned.fields(of: $0).count } ?? 0)
          <= OpenedSheet.widest
      else { throw OpenedSheet.tooWide(name) }
      usualWidth = shape.width
      let head =
        shape.header.count != 1
        ? nil
        : HeaderRepair.cells(
          scanned, shape.header[0], dialect: dialect, profile: shape.profile, rows: shape.rows)
      header =
        head?.map { OpenedSheet.heading(scanned.string($0)) }
        ?? OpenedSheet.headings(scanned, shape.header)
      headerRecord = shape.header.isEmpty ? -1 : 0
      var repair = RowRepair(grid: scanned, dialect: dialect, profile: shape.profile)
      var mended = odd.map { Int(scanned.lines[$0]) }
      let width = shape.width
      if head != nil { mended.append(Int(scanned.lines[shape.header[0]])) }
      grid = scanned.keeping(shape.header.suffix(1) + shape.rows) { record in
        if record == shape.header.last { return head }
        let fields = scanned.fields(of: record)
        guard fields.count != width, !scanned.isEmpty(fields: fields),
          let cells = repair.mended(record)
        else { return nil }
        mended.append(Int(scanned.lines[record]))
        return cells
      }
      self.mended = mended.sorted()
      asides = shape.asides.map { aside in
        let lines = aside.records.map { Int(scanned.lines[$0]) }
        return Aside(
          kind: aside.kind, lines: (lines.first ?? 1)...(lines.last ?? 1),
          rows: aside.records.map(scanned.strings))
      }
      isStacked = shape.header.count > 1
    }
  }
}
