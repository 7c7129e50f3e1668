import Workbooks

extension CellGrid {
  /// The largest sheet that is looked at for its layout; larger ones are lists.
  private static let mostRows = 20_000, mostCells = 400_000

  /// A sheet of a workbook; nil for one too large to be laid out by hand, and for an empty one.
  init?(_ sheet: WorkbookSheet, fileName: String) {
    guard sheet.cellCount > 0, sheet.rowCount <= CellGrid.mostRows,
      sheet.cellCount <= CellGrid.mostCells
    else { return nil }
    var rows: [[GridCell]] = []
    for row in 0..<sheet.rowCount {
      var cells: [GridCell] = []
      for cell in sheet.cells(inRow: row) {
        let column = Int(sheet.columns[cell])
        // Cells far to the right are no part of a sheet laid out by hand.
        guard column < 4096 else { return nil }
        while cells.count < column { cells.append(GridCell()) }
        cells.append(GridCell(sheet.text(ofCell: cell), GridKind(sheet.kinds[cell])))
      }
      rows.append(cells)
    }
    self.init(fileName: fileName, sheetName: sheet.name, rows: rows)
    rank = sheet.rank
    merges = sheet.merges.map {
      GridRange(top: $0.firstRow, left: $0.firstColumn, bottom: $0.lastRow, right: $0.lastColumn)
    }
    hiddenRows = Set(sheet.hiddenRows.flatMap { $0.clamped(to: 0..<sheet.rowCount) })
    hiddenColumns = Set(sheet.hiddenColumns.flatMap { $0.clamped(to: 0..<sheet.columnCount) })
    comments = sheet.comments.map { CellGrid.Comment(row: $0.row, column: $0.column) }
  }
}

extension GridKind {
  init(_ kind: Workbooks.CellKind) {
    switch kind {
    case .text: self = .text
    case .number: self = .number
    case .percent: self = .percent
    case .date: self = .date
    case .dateTime: self = .dateTime
    case .time: self = .time
    case .duration: self = .duration
    case .boolean: self = .boolean
    case .error: self = .error
    }
  }
}
