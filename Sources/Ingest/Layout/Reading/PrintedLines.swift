// What a template printed beside names and marks.
extension GridTableReader {
  /// Takes a line of counts of people without names; the sessions that it counts anybody of.
  func counts(of group: String, _ row: Int, _ out: inout ReadingBuilder) -> Set<Int> {
    var counted = Set<Int>()
    for (i, column) in table.sessions.enumerated() where !cells.isBlank(row, column.column) {
      let session = sessions[i]
      let text = cells.text(row, column.column)
      var tidy = TidyRow(
        day: session.days.first ?? 0, source: cells.grid.place(row, column.column),
        line: cells.grid.line(row))
      tidy.title = session.fullTitle
      tidy.start = session.start
      tidy.sessionKey = session.printed?.key
      tidy.group = group.isEmpty ? nil : group
      guard session.fault == nil, let count = SheetCells.integer(text) else {
        let code = session.fault?.rawValue ?? "count.unreadable"
        out.tell(cells, row, column.column, code, .rejected)
        out.reading.refused.append(
          RefusedRow(
            row: tidy, dateText: session.fault == nil ? nil : session.text, markText: text,
            code: code))
        continue
      }
      guard count > 0 else { continue }
      tidy.headcount = count
      counted.insert(i)
      out.reading.rows.append(tidy)
    }
    return counted
  }

  /// Tells of the sessions whose printed marks are all gone: an empty column says nothing.
  func tellEmptied(
    _ rows: [Int], _ marks: [Int: [Mark]], _ others: Set<Int>, _ out: inout ReadingBuilder
  ) {
    for (i, column) in table.sessions.enumerated() where !others.contains(i) {
      guard let printed = sessions[i].printed, printed.marks > 0,
        !rows.contains(where: { marks[$0]?[i].meaning != .nothing })
      else { continue }
      out.tell(cells, column.dateRow, column.dateColumn, "session.emptied", .doubtful)
    }
  }
}
