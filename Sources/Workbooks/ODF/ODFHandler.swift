/// Reads an OpenDocument spreadsheet: its styles, and its tables (ODF 1.3 Part 3, 9).
final class ODFHandler: XMLHandler {
  private(set) var sheets: [WorkbookSheet] = []
  private(set) var isSpreadsheet = false
  private(set) var usesDate1904 = false

  private var styles = ODFStyles()
  private var depth = 0
  private var tablesDepth = -1
  private var tableDepth = -1
  private var builder: SheetBuilder?
  private var cellsBefore = 0

  private var row = 0
  private var rowRepeat = 1
  private var rowStyle: String?
  private var firstCellOfRow = 0
  private var column = 0
  private var columnStyles: [(columns: Range<Int>, style: String)] = []
  private var columnCursor = 0

  private var cell = ODFCell()
  private var cellDepth = -1
  private var ignoredDepth = -1
  private var annotationDepth = -1
  private var paragraphDepth = -1
  private var note = ODFText()
  private var scratch: [UInt8] = []

  override func start(
    _ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes
  ) throws(Refusal) {
    depth += 1
    if builder == nil {
      startOutside(name, space, attributes)
    } else if cellDepth >= 0 {
      startInCell(name, space, attributes)
    } else {
      startInTable(name, space, attributes)
    }
    if builder != nil, sheets.count >= Bound.sheets {
      throw .hostile(fr: "plus de \(Bound.sheets) feuilles", en: "over \(Bound.sheets) sheets")
    }
  }

  private func startOutside(
    _ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes
  ) {
    switch (space, name) {
    // OpenOffice 1 had tables right in the body.
    case (.office, .spreadsheet), (.office, .body):
      tablesDepth = depth
      if name == .spreadsheet { isSpreadsheet = true }
    case (.table, .nullDate):
      usesDate1904 = attributes.string(.dateValue)?.hasPrefix("1904") ?? false
    case (.table, .table):
      guard depth == tablesDepth + 1 else { return }
      isSpreadsheet = true
      tableDepth = depth
      var made = SheetBuilder(name: attributes.string(.name, in: .table) ?? "")
      made.edit { $0.isHidden = styles.hides(attributes.string(.styleName)) }
      builder = made
      row = 0
      column = 0
      columnStyles = []
    default: styles.start(name, space, attributes)
    }
  }

  private func startInTable(
    _ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes
  ) {
    guard space == .table, ignoredDepth < 0 else { return }
    switch name {
    case .tableColumn: startColumn(attributes)
    case .tableRow: startRow(attributes)
    case .tableCell, .coveredTableCell:
      cellDepth = depth
      cell = ODFCell(attributes)
    case .shapes, .table: ignoredDepth = depth
    default: break
    }
  }

  private func startColumn(_ attributes: XMLAttributes) {
    let count = max(1, attributes.string(.numberColumnsRepeated).flatMap(Int.init) ?? 1)
    let first = min(column, Bound.columns)
    let end = min(first + min(count, Bound.columns), Bound.columns)
    if let style = attributes.string(.defaultCellStyleName), first < end {
      columnStyles.append((first..<end, style))
    }
    if let visibility = attributes.string(.visibility), visibility != "visible", first < end {
      builder?.edit { $0.hiddenColumns.append(first..<end) }
    }
    column = end
  }

  private func startRow(_ attributes: XMLAttributes) {
    rowRepeat = max(1, attributes.string(.numberRowsRepeated).flatMap(Int.init) ?? 1)
    rowRepeat = min(rowRepeat, 1 << 30)
    rowStyle = attributes.string(.defaultCellStyleName)
    if let visibility = attributes.string(.visibility), visibility != "visible", row < Bound.rows {
      let rows = row..<min(row + rowRepeat, Bound.rows)
      builder?.edit { $0.hiddenRows.append(rows) }
    }
    firstCellOfRow = builder?.cellCount ?? 0
    column = 0
    columnCursor = 0
  }

  private func startInCell(
    _ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes
  ) {
    guard ignoredDepth < 0 else { return }
    switch (space, name) {
    case (.office, .annotation):
      annotationDepth = depth
      note = ODFText()
    case (.text, .p), (.text, .h):
      guard annotationDepth >= 0 || depth == cellDepth + 1 else { return }
      paragraphDepth = depth
      wantsText = true
      if annotationDepth >= 0 { note.startParagraph() } else { cell.text.startParagraph() }
    case (.text, .s):
      let count = min(max(1, attributes.string(.c).flatMap(Int.init) ?? 1), 10_000)
      add(String(repeating: " ", count: count))
    case (.text, .tab): add("\t")
    case (.text, .lineBreak): add("\n")
    case (.drawing, _), (.text, .rubyText), (.table, .table):
      ignoredDepth = depth
      wantsText = false
    default: break
    }
  }

  private func add(_ fixed: String) {
    guard paragraphDepth >= 0 else { return }
    if annotationDepth >= 0 { note.add(fixed) } else { cell.text.add(fixed) }
  }

  override func text(_ bytes: Span<UInt8>) throws(Refusal) {
    if annotationDepth >= 0 { try note.add(bytes) } else { try cell.text.add(bytes) }
  }

  override func end(_ name: XMLName, _ space: XMLNamespace) throws(Refusal) {
    defer { depth -= 1 }
    if ignoredDepth == depth {
      ignoredDepth = -1
      wantsText = paragraphDepth >= 0
    } else if paragraphDepth == depth {
      paragraphDepth = -1
      wantsText = false
      if annotationDepth >= 0 { note.endParagraph() } else { cell.text.endParagraph() }
    } else if annotationDepth == depth {
      annotationDepth = -1
      endNote()
    } else if cellDepth == depth {
      cellDepth = -1
      try endCell()
    } else if builder != nil, ignoredDepth < 0, name == .tableRow, space == .table {
      try endRow()
    } else if tableDepth == depth, builder != nil {
      try endTable()
    } else if builder == nil {
      styles.end(name, space)
    }
  }

  private func endNote() {
    let comment = CellComment(
      row: row, column: column, text: String(decoding: note.bytes, as: UTF8.self))
    builder?.edit { if $0.comments.count < 1_000_000 { $0.comments.append(comment) } }
  }

  private func endCell() throws(Refusal) {
    let first = column
    column = min(column + cell.repeated, 1 << 30)
    if cell.rows > 1 || cell.columns > 1, row < Bound.rows, first < Bound.columns {
      let range = CellRange(
        firstRow: row, firstColumn: first, lastRow: min(row + cell.rows, Bound.rows) - 1,
        lastColumn: min(first + cell.columns, Bound.columns) - 1)
      builder?.edit { if $0.merges.count < 1_000_000 { $0.merges.append(range) } }
    }
    guard let kind = cell.render(format(at: first), into: &scratch) else {
      if cell.isUncomputed {
        let place = (row: row, column: first)
        builder?.edit { if $0.uncomputed.count < 1_000_000 { $0.uncomputed.append(place) } }
      }
      return
    }
    guard !scratch.isEmpty, let start = try builder?.place(scratch.span) else { return }
    let length = UInt32(scratch.count)
    if cell.repeated > 1 { try builder?.countRepeated(cell.repeated - 1) }
    for k in 0..<cell.repeated {
      try builder?.add(row: row, column: first + k, kind: kind, start: start, length: length)
    }
  }

  private func format(at column: Int) -> NumberFormat {
    if let style = cell.style ?? rowStyle { return styles.format(of: style) }
    guard cell.needsFormat else { return .general }
    while columnCursor < columnStyles.count,
      columnStyles[columnCursor].columns.upperBound <= column
    { columnCursor += 1 }
    guard columnCursor < columnStyles.count,
      columnStyles[columnCursor].columns.contains(column)
    else { return .general }
    return styles.format(of: columnStyles[columnCursor].style)
  }

  private func endRow() throws(Refusal) {
    let end = builder?.cellCount ?? 0
    if rowRepeat > 1, end > firstCellOfRow {
      for k in 1..<rowRepeat {
        try builder?.repeatCells(firstCellOfRow..<end, down: k)
      }
    }
    row = min(row + rowRepeat, 1 << 30)
  }

  private func endTable() throws(Refusal) {
    if let sheet = builder?.finish() {
      cellsBefore += sheet.cellCount
      guard cellsBefore <= Bound.cells else { throw SheetBuilder.full }
      sheets.append(sheet)
    }
    builder = nil
    tableDepth = -1
  }
}
