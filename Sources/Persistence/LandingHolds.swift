import Columns
import Diagnostics
import Model

/// Rows that are held, and what becomes of rows by scope.
extension Lander {
  /// Counts a stored row, in a scope that a row of the batch may not be in.
  func tallied(
    _ i: Int, _ comparison: Comparison, _ tally: inout ScopeTally,
    _ count: (inout ScopeChange) -> Void
  ) throws(Failure) {
    let scope = comparison.scopes[i]
    if tally[scope] == nil {
      let place = comparison.stored[i]
      tally.name(scope, try scopeTexts([comparison.segments[place.segment]])(place.row))
    }
    guard var known = tally[scope] else { return }
    count(&known)
    tally[scope] = known
  }

  /// The scope of each row of some segments, as the sheet writes it.
  func scopeTexts(_ segments: [SegmentState]) throws(Failure) -> (Int) -> [String] {
    var columns: [(Column, isYear: Bool)] = []
    for part in table.scopeParts {
      guard let declaration = table[part.column] else { throw .misfit(table.name, part.column) }
      columns.append(
        (try reader.column(declaration, of: table.name, segments), part.isYear))
    }
    return { row in
      columns.map { column, isYear in
        let text = column.text(at: row) ?? ""
        return isYear ? String(text.prefix(4)) : text
      }
    }
  }

  /// The number of the scope of each row of the batch.
  func scopesOfBatch() throws(Failure) -> [Int32] {
    var columns: [[Int64]] = []
    for part in table.scopeParts {
      guard let declaration = table[part.column] else { throw .misfit(table.name, part.column) }
      let column = coded[part.column] ?? declaration.missing(rows: batch.rowCount)
      columns.append(part.isYear ? years(column) : cells(column))
    }
    return denseNumbers(columns, rows: batch.rowCount)
  }

  /// Lets a row stay in force while one of some lines is open.
  func hold(
    _ row: Int, of segment: SegmentState, for lines: Set<Int>, _ out: inout TableLanding
  ) {
    out.change.held += 1
    if !segment.isHeld(row) { out.changesHolds = true }
    for line in lines {
      out.holds[segment.id, default: [:]][line, default: Bitmap(rowCount: segment.rowCount)]
        .insert(row)
    }
  }
}
