package import Diagnostics
import Model
import Workbooks

extension Template {
  /// A workbook with the headings of a table, drop-down lists for its codes, and what each column
  /// expects as a note.
  ///
  /// - Throws: `Failure` when a workbook cannot hold it.
  package func workbook(language: Language) throws(Failure) -> [UInt8] {
    let look = WorkbookWriter.Look(isBold: true, fill: "E8EBF4", hasBorder: true)
    var sheet = WorkbookWriter.Sheet(name: table.label[language])
    let notes = guide(language: language)
    sheet.rows = [
      notes.map { WorkbookWriter.Cell($0.0, look: look, comment: $0.1) }
    ]
    sheet.frozenRows = 1
    sheet.isLandscape = true
    for (i, column) in table.columns.enumerated() {
      sheet.widths[i] = Double(min(40, max(12, column.label[language].count + 2)))
      // A list that the format cannot hold is told by the note alone.
      if let choices = WorkbookWriter.Choices(
        range: CellRange(firstRow: 1, firstColumn: i, lastRow: 500, lastColumn: i),
        fitting: column.values.map { $0.label[language] })
      {
        sheet.choices.append(choices)
      }
    }
    return try WorkbookWriter.bytes(of: [sheet])
  }

  /// Writes the workbook to a file.
  ///
  /// - Throws: `Failure` with status `usage` when it exists and `force` is false.
  package func writeWorkbook(to path: String, language: Language, force: Bool) throws(Failure) {
    try SafeWriting.write(workbook(language: language), to: path, force: force)
  }
}
