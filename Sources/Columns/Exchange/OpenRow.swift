/// A row that a sheet has and that was set aside, as far as it can be read: it may speak of rows
/// that an earlier version of the sheet stated.
package struct OpenRow: Sendable {
  /// What a cell says.
  package enum Value: Sendable, Hashable {
    /// Something, but it cannot be told what.
    case unknown
    /// One of some texts: several where a name may mean several people.
    case texts([String])
    case integer(Int64)
    case day(Int32)
  }

  /// The table's name in the model.
  package var table: String
  /// The 1-based line in the source file, as that of the row's reject.
  package var line: Int
  /// Values by column, of the columns that tell rows apart; absent ones are missing.
  package var values: [String: Value]
  /// Whether nothing of the row could be read.
  package var isBroken: Bool

  /// Makes a row.
  package init(
    table: String, line: Int, values: [String: Value] = [:], isBroken: Bool = false
  ) {
    self.table = table
    self.line = line
    self.values = values
    self.isBroken = isBroken
  }
}
