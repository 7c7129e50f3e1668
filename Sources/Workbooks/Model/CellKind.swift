/// What a cell holds. Its text is canonical, by kind.
package enum CellKind: UInt8, Sendable, CaseIterable {
  /// Text, line breaks as `\n`.
  case text
  /// A number in plain form with a dot: `1234.5`, without the zeros and separators shown.
  case number
  /// A percentage: `85%`, `12.50%`; as many decimals as shown, more if there are more.
  case percent
  /// A day: `2024-03-01`.
  case date
  /// A day with a time: `2024-03-01T18:30`; seconds when they are shown or not zero.
  case dateTime
  /// A time of the day: `18:30`, `09:05:10`.
  case time
  /// A length of time, not bounded by a day: `27:10`, `255:10:10`.
  case duration
  /// `TRUE` or `FALSE`.
  case boolean
  /// An error as shown: `#DIV/0!`.
  case error
}

/// A rectangle of cells, 0-based, both ends included.
package struct CellRange: Sendable, Hashable {
  /// The first row.
  package var firstRow: Int
  /// The first column.
  package var firstColumn: Int
  /// The last row.
  package var lastRow: Int
  /// The last column.
  package var lastColumn: Int

  /// Makes a range from its corners.
  package init(firstRow: Int, firstColumn: Int, lastRow: Int, lastColumn: Int) {
    self.firstRow = firstRow
    self.firstColumn = firstColumn
    self.lastRow = lastRow
    self.lastColumn = lastColumn
  }

  /// `A1`, or `A1:B2`.
  package var name: String {
    let first = CellName.text(row: firstRow, column: firstColumn)
    let isOne = firstRow == lastRow && firstColumn == lastColumn
    return isOne ? first : first + ":" + CellName.text(row: lastRow, column: lastColumn)
  }
}

/// A note left on a cell.
package struct CellComment: Sendable, Hashable {
  /// The row, 0-based.
  package var row: Int
  /// The column, 0-based.
  package var column: Int
  /// What it says.
  package var text: String

  /// Makes a comment.
  package init(row: Int, column: Int, text: String) {
    self.row = row
    self.column = column
    self.text = text
  }
}

/// The names that spreadsheets give to cells.
package enum CellName {
  /// `A1` of row 0 and column 0.
  package static func text(row: Int, column: Int) -> String {
    self.column(column) + String(row + 1)
  }

  /// `A` of column 0, `AA` of column 26.
  package static func column(_ column: Int) -> String {
    var letters: [UInt8] = []
    var n = column
    while n >= 0 {
      letters.append(UInt8(65 + n % 26))
      n = n / 26 - 1
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }
}
