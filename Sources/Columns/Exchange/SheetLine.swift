/// Rows of several sheets of a workbook numbered as lines of one file: each number once, and the
/// first sheet's rows by their own.
package enum SheetLine {
  /// A sheet has 2^20 rows, counted from 1.
  private static let bits = 21
  /// The most sheets that can be numbered together.
  package static let mostPages = 1000

  /// The number of a 1-based row of a sheet.
  package static func number(page: Int, row: Int) -> Int32 {
    Int32(clamping: page << bits | row)
  }

  /// The sheet of a number.
  package static func page(of line: Int) -> Int { line >> bits }

  /// The 1-based row of a number, in its sheet.
  package static func row(of line: Int) -> Int { line & (1 << bits - 1) }
}
