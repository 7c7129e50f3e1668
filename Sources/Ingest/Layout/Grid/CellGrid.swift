/// What a cell of a sheet holds, as far as its file says.
package enum GridKind: Sendable {
  case blank, text, number, percent, date, dateTime, time, duration, boolean, error
}

/// A cell of a sheet: its text as displayed, dates as ISO 8601, numbers with a dot.
package struct GridCell: Sendable, Equatable {
  /// Its text; empty for a blank one.
  package var text: String
  /// Its kind; all cells of a file of text are text.
  package var kind: GridKind

  /// Makes a cell.
  package init(_ text: String = "", _ kind: GridKind = .text) {
    self.text = text
    self.kind = text.isEmpty ? .blank : kind
  }
}

/// A rectangle of cells, 0-based, both ends included.
package struct GridRange: Sendable, Hashable {
  /// Its bounds.
  package var top: Int, left: Int, bottom: Int, right: Int

  /// Makes a rectangle.
  package init(top: Int, left: Int, bottom: Int, right: Int) {
    (self.top, self.left, self.bottom, self.right) = (top, left, bottom, right)
  }

  /// `A5:H5`, as a spreadsheet writes it; `A5` for one cell.
  package var name: String {
    let first = GridRange.name(top, left)
    return top == bottom && left == right ? first : first + ":" + GridRange.name(bottom, right)
  }

  /// `B7` of row 6, column 1.
  package static func name(_ row: Int, _ column: Int) -> String {
    var letters = ""
    var n = column + 1
    while n > 0 {
      letters = String(UnicodeScalar(UInt8(65 + (n - 1) % 26))) + letters
      n = (n - 1) / 26
    }
    return letters + String(row + 1)
  }
}

/// One sheet of cells, from a workbook or a file of text: what the understanding of sheets reads.
package struct CellGrid: Sendable {
  /// A comment on a cell, 0-based.
  package struct Comment: Sendable {
    /// The cell's place.
    package var row: Int, column: Int

    /// Makes a comment's place.
    package init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// The file's name, without folders.
  package var fileName: String
  /// The sheet's name; nil for a file of text.
  package var sheetName: String?
  /// The sheet's place among the tabs, from 1; nil for a file of text.
  package var rank: Int?
  /// The cells, row by row; rows may differ in length.
  package var rows: [[GridCell]]
  /// Merged cells; the value is in the first one.
  package var merges: [GridRange] = []
  /// Rows and columns that the program hides, 0-based.
  package var hiddenRows: Set<Int> = [], hiddenColumns: Set<Int> = []
  /// Cells with a comment.
  package var comments: [Comment] = []
  /// The 1-based line of the file of each row; empty when rows are numbered one by one.
  package var lines: [Int32] = []

  /// Makes a grid.
  package init(fileName: String, sheetName: String? = nil, rows: [[GridCell]]) {
    self.fileName = fileName
    self.sheetName = sheetName
    self.rows = rows
  }

  /// A cell's place as a receipt tells it: `Feuille!B7`, or `B7` in a file of text.
  package func place(_ row: Int, _ column: Int) -> String {
    (sheetName.map { $0 + "!" } ?? "") + GridRange.name(row, column)
  }
}
