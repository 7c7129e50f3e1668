/// The cells of a sheet ready to be asked: texts on one line without blanks around, dates read once.
struct SheetCells {
  let grid: CellGrid
  let height: Int
  let width: Int
  private let texts: [[String]]
  private let folds: [[String]]
  private let dates: [[HeadingDate?]]

  /// What one text is; most stand in many cells.
  private struct Known {
    var text: String
    var fold: String
    /// As a date, by the kind of the cell.
    var dates: [GridKind: HeadingDate?] = [:]
  }

  init(_ grid: CellGrid) {
    self.grid = grid
    height = grid.rows.count
    width = grid.rows.map(\.count).max() ?? 0
    var known: [String: Known] = [:]
    var texts: [[String]] = []
    var folds: [[String]] = []
    var dates: [[HeadingDate?]] = []
    for row in grid.rows {
      var (ownTexts, ownFolds, ownDates) = ([String](), [String](), [HeadingDate?]())
      for cell in row {
        if cell.text.isEmpty {
          ownTexts.append("")
          ownFolds.append("")
          ownDates.append(nil)
          continue
        }
        var one: Known
        if let before = known[cell.text] {
          one = before
        } else {
          let text = SheetCells.tidy(cell.text)
          // What is longer is no heading, no mark and no name.
          let fold = Fold.key(text.utf8.count > 1_000 ? text.prefix(250) : text[...])
          one = Known(text: text, fold: fold)
        }
        let date: HeadingDate?
        if let before = one.dates[cell.kind] {
          date = before
        } else {
          date = HeadingDate(one.text, cell.kind)
          one.dates[cell.kind] = .some(date)
          known[cell.text] = one
        }
        ownTexts.append(one.text)
        ownFolds.append(one.fold)
        ownDates.append(date)
      }
      texts.append(ownTexts)
      folds.append(ownFolds)
      dates.append(ownDates)
    }
    (self.texts, self.folds, self.dates) = (texts, folds, dates)
  }

  /// The same cells with some rows blank.
  func blanking(rows: Set<Int>) -> SheetCells { SheetCells(self, blanking: rows) }

  private init(_ other: SheetCells, blanking rows: Set<Int>) {
    var (grid, texts, folds, dates) = (other.grid, other.texts, other.folds, other.dates)
    for row in rows where row < grid.rows.count {
      (grid.rows[row], texts[row], folds[row], dates[row]) = ([], [], [], [])
    }
    (self.grid, self.texts, self.folds, self.dates) = (grid, texts, folds, dates)
    height = other.height
    width = grid.rows.map(\.count).max() ?? 0
  }

  /// The folded texts of a row, without blanks at its end.
  func folds(row: Int) -> [String] {
    guard row < height else { return [] }
    return Array(folds[row].prefix((folds[row].lastIndex { !$0.isEmpty } ?? -1) + 1))
  }

  func text(_ row: Int, _ column: Int) -> String {
    row < height && row >= 0 && column >= 0 && column < texts[row].count ? texts[row][column] : ""
  }

  /// The text as it stands, with its line breaks.
  func raw(_ row: Int, _ column: Int) -> String {
    row < height && column >= 0 && column < grid.rows[row].count ? grid.rows[row][column].text : ""
  }

  /// The text without case, accents and punctuation.
  func fold(_ row: Int, _ column: Int) -> String {
    row < height && row >= 0 && column >= 0 && column < folds[row].count ? folds[row][column] : ""
  }

  func kind(_ row: Int, _ column: Int) -> GridKind {
    row < height && column < grid.rows[row].count ? grid.rows[row][column].kind : .blank
  }

  func date(_ row: Int, _ column: Int) -> HeadingDate? {
    row < height && row >= 0 && column >= 0 && column < dates[row].count
      ? dates[row][column] : nil
  }

  /// A date, or a bare number in a column that is said to hold days.
  func dayOrDate(_ row: Int, _ column: Int) -> HeadingDate? {
    if let date = date(row, column) { return date }
    guard let n = integer(row, column), (1...31).contains(n) else { return nil }
    return .dayNumber(UInt8(n))
  }

  func isBlank(_ row: Int, _ column: Int) -> Bool { text(row, column).isEmpty }

  func isBlank(row: Int, _ columns: Range<Int>) -> Bool {
    columns.allSatisfy { isBlank(row, $0) }
  }

  /// A small whole number.
  func integer(_ row: Int, _ column: Int) -> Int? { SheetCells.integer(text(row, column)) }

  static func integer(_ text: String) -> Int? {
    let digits = text.hasSuffix(".0") ? text.dropLast(2) : text[...]
    guard (1...6).contains(digits.utf8.count), digits.utf8.allSatisfy(Cells.isDigit) else {
      return nil
    }
    return Int(digits)
  }

  /// One line, single spaces, composed accents, no mark of text before (`'x`).
  static func tidy(_ text: String) -> String {
    var out = ""
    var pending = false
    let composed = String(decoding: Composition.composed(Array(text.utf8)), as: UTF8.self)
    for c in composed.unicodeScalars {
      if c.properties.isWhitespace || c == "\u{FEFF}" || c == "\u{200B}" {
        pending = !out.isEmpty
      } else {
        if pending { out.append(" ") }
        pending = false
        out.unicodeScalars.append(c)
      }
    }
    return out.count > 1 && out.hasPrefix("'") ? String(out.dropFirst()) : out
  }
}
