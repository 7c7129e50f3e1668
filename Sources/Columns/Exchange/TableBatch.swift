package import Diagnostics

/// Rows of one table as intake read them: typed values, with the user's own identifiers.
///
/// Lexicons are the batch's own. The store gives project-wide codes, and pseudonyms in place of
/// identifiers of people.
package struct TableBatch: Sendable {
  /// The table's name in the model.
  package var table: String
  /// Columns by name in the model; absent columns are missing throughout.
  package var columns: [String: Column]
  /// For each row, its 1-based line in the source file.
  package var sourceLines: [Int32]
  /// Cells that the sheet does not speak of, though their column has others: their value is what a
  /// new row gets, and a row that is there keeps its own. By column, a flag a row.
  package var unsaid: [String: [Bool]] = [:]

  /// Makes a batch; every column has one value a source line.
  package init(table: String, columns: [String: Column], sourceLines: [Int32]) {
    self.table = table
    self.columns = columns
    self.sourceLines = sourceLines
  }

  /// The number of rows.
  package var rowCount: Int { sourceLines.count }
}

/// A row that was set aside, with its cells, so that it can be corrected and imported again.
package struct Reject: Sendable {
  /// The 1-based line in the source file where the row begins.
  package var line: Int
  /// The heading of the cell at fault, when one is.
  package var heading: String?
  /// What was wrong and what to do; without the cell's value.
  package var reason: Diagnostic
  /// The original cells, in the file's order.
  package var cells: [String]

  /// Makes a reject.
  package init(line: Int, heading: String?, reason: Diagnostic, cells: [String]) {
    self.line = line
    self.heading = heading
    self.reason = reason
    self.cells = cells
  }
}
