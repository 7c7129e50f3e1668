package import Diagnostics
package import Periods

/// Writes workbooks as XLSX: the same sheets give the same bytes.
package enum WorkbookWriter {
  /// What a written cell holds.
  package enum Value: Sendable, Hashable {
    case empty
    case text(String)
    case number(Double)
    case date(Day)
    case boolean(Bool)
  }

  /// How a written cell looks.
  package struct Look: Sendable, Hashable {
    /// Bold letters.
    package var isBold = false
    /// The colour behind, `RRGGBB`.
    package var fill: String?
    /// Thin lines around.
    package var hasBorder = false
    /// Long texts broken over lines.
    package var wraps = false
    /// Centred in its column.
    package var isCentred = false
    /// Written upwards, for narrow columns.
    package var isUpright = false
    /// In the middle of its row's height.
    package var isMiddle = false
    /// How a day is written, as a number format such as `dd/mm/yyyy`; nil for the reader's own way.
    package var dayFormat: String?
    /// What is typed there stays as it is typed: dates and numbers too.
    package var isLiteral = false

    /// Makes a look.
    package init(
      isBold: Bool = false, fill: String? = nil, hasBorder: Bool = false, wraps: Bool = false,
      isCentred: Bool = false, isUpright: Bool = false, isMiddle: Bool = false,
      dayFormat: String? = nil, isLiteral: Bool = false
    ) {
      self.isBold = isBold
      self.fill = fill
      self.hasBorder = hasBorder
      self.wraps = wraps
      self.isCentred = isCentred
      self.isUpright = isUpright
      self.isMiddle = isMiddle
      self.dayFormat = dayFormat
      self.isLiteral = isLiteral
    }
  }

  /// A cell to write.
  package struct Cell: Sendable, Hashable {
    /// What it holds.
    package var value: Value
    /// How it looks.
    package var look: Look
    /// A note on it.
    package var comment: String?

    /// Makes a cell.
    package init(_ value: Value, look: Look = Look(), comment: String? = nil) {
      self.value = value
      self.look = look
      self.comment = comment
    }

    /// Makes a cell of text; "" makes an empty one.
    package init(_ text: String, look: Look = Look(), comment: String? = nil) {
      self.init(text.isEmpty ? .empty : .text(text), look: look, comment: comment)
    }
  }

  /// A drop-down list: cells that take one of some texts.
  package struct Choices: Sendable, Hashable {
    /// Where the texts are.
    package enum Source: Sendable, Hashable {
      /// Here, in the order of the list. None holds a comma; 255 characters at most in all.
      case texts([String])
      /// In a row or a column of a sheet of the workbook, by its place.
      case cells(CellRange, sheet: Int)
    }

    /// The cells.
    package var range: CellRange
    /// What they take.
    package var source: Source

    /// Makes a drop-down list of some texts.
    package init(range: CellRange, texts: [String]) {
      self.range = range
      source = .texts(texts)
    }

    /// Makes a drop-down list of some texts; nil when the format cannot hold them.
    package init?(range: CellRange, fitting texts: [String]) {
      let length = texts.reduce(0) { $0 + $1.utf16.count + 1 }
      guard !texts.isEmpty, length <= 255, !texts.contains(where: { $0.contains(",") }) else {
        return nil
      }
      self.init(range: range, texts: texts)
    }

    /// Makes a drop-down list of what some cells hold.
    package init(range: CellRange, cells: CellRange, sheet: Int) {
      self.range = range
      source = .cells(cells, sheet: sheet)
    }
  }

  /// A sheet to write.
  package struct Sheet: Sendable {
    /// The name on its tab: made valid (31 characters, none of `[]:*?/\`) and distinct.
    package var name: String
    /// The rows, from the first.
    package var rows: [[Cell]] = []
    /// Widths of columns in characters, by column; others have the program's own.
    package var widths: [Int: Double] = [:]
    /// Columns that are not shown.
    package var hiddenColumns: Set<Int> = []
    /// Rows that are not shown.
    package var hiddenRows: Set<Int> = []
    /// Heights of rows in points, by row; others have the program's own.
    package var heights: [Int: Double] = [:]
    /// How many rows stay in view.
    package var frozenRows = 0
    /// How many columns stay in view.
    package var frozenColumns = 0
    /// Cells shown as one.
    package var merges: [CellRange] = []
    /// Drop-down lists.
    package var choices: [Choices] = []
    /// Whether the tab is hidden.
    package var isHidden = false
    /// Whether it prints across the page's length, all columns on one page.
    package var isLandscape = false
    /// How it prints, when more is to be said of it.
    package var printing: Printing?

    /// Makes an empty sheet.
    package init(name: String) { self.name = name }
  }

  /// The bytes of an XLSX file with these sheets.
  ///
  /// - Throws: `Failure` when there is no sheet, or a sheet is larger than the format allows.
  package static func bytes(of sheets: [Sheet]) throws(Failure) -> [UInt8] {
    let isTooLarge = sheets.contains { sheet in
      sheet.rows.count > Bound.rows || sheet.rows.contains { $0.count > Bound.columns }
    }
    guard !sheets.isEmpty, sheets.count <= Bound.sheets, !isTooLarge else {
      throw Failure(
        .failed, code: "workbook.unwritable",
        fr: "ces feuilles ne tiennent pas dans un classeur", en: "no workbook can hold these sheets"
      )
    }
    do throws(Refusal) {
      return try XLSXWriter(sheets).bytes()
    } catch {
      throw error.failure("xlsx")
    }
  }
}
