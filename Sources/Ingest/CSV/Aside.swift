/// Lines of a file that are no rows of its table, and are listed.
package struct Aside: Sendable, Equatable {
  /// What the lines are.
  package enum Kind: String, Sendable {
    /// Titles and remarks above the headings.
    case preamble
    /// Another table below the first.
    case furtherTable = "further-table"
    /// The headings again, as at the top of each printed page.
    case repeatedHeader = "repeated-header"
    /// Remarks below the last row.
    case footer
    /// Sums of the rows above, which are no rows of a list.
    case totals
    /// A line over the rows of one part of a list: `Bâtiment A`.
    case subheading
  }

  /// What they are.
  package var kind: Kind
  /// The first and the last of the lines, 1-based.
  package var lines: ClosedRange<Int>
  /// Their cells.
  package var rows: [[String]]
}
