package import Diagnostics

/// What a workbook's file turned out to be, whatever its name.
package enum WorkbookFormat: String, Sendable, CaseIterable {
  /// Office Open XML: `.xlsx`, `.xlsm`, `.xltx`.
  case xlsx
  /// OpenDocument, zipped.
  case ods
  /// OpenDocument as one XML file.
  case fods
  /// XML Spreadsheet 2003, most often named `.xls` or `.xml`.
  case spreadsheetML = "xml-2003"
  /// Tables of a page, most often named `.xls` by the program that exported them.
  case html
}

/// A workbook, read: its sheets in the workbook's order, hidden ones included.
package struct Workbook: Sendable {
  /// What the file turned out to be.
  package var format: WorkbookFormat
  /// The sheets, in the order of their tabs, hidden ones and sheets of charts included.
  package var sheets: [WorkbookSheet]
  /// Whether dates are counted from 1904, as on old Macintoshes. Already accounted for.
  package var usesDate1904: Bool
  /// What was read with a reserve: formulas never computed, a sheet whose part is missing.
  package var warnings: [Diagnostic]

  /// Makes a workbook from its parts.
  package init(
    format: WorkbookFormat, sheets: [WorkbookSheet], usesDate1904: Bool = false,
    warnings: [Diagnostic] = []
  ) {
    self.format = format
    self.sheets = sheets
    self.usesDate1904 = usesDate1904
    self.warnings = warnings
  }
}
