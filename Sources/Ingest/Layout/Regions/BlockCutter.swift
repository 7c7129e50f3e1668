/// Cuts a band of headings into the tables that stand side by side below it.
struct BlockCutter {
  let cells: SheetCells
  let signs: [RowSigns]

  func tables(_ header: ClosedRange<Int>, _ body: Range<Int>, _ form: Table.Form) -> [Table] {
    var whole = Table(
      form: form, header: header, body: body, columns: 0..<cells.width, roles: roles(header))
    if form == .transposed {
      return [transposed(whole)]
    }
    if form == .grid { whole.sessions = sessions(header) }
    return blocks(whole).map { columns in
      var block = whole
      block.columns = columns
      block.roles = whole.roles.filter { columns.contains($0.key) }
      block.sessions = whole.sessions.filter { columns.contains($0.column) }
      if form == .grid, block.columns(.name).isEmpty, block.columns(.surname).isEmpty,
        let found = nameColumn(block)
      {
        block.roles[found] = .name
      }
      return block
    }
  }

  private func roles(_ header: ClosedRange<Int>) -> [Int: ColumnRole] {
    var out: [Int: ColumnRole] = [:]
    for row in header { out.merge(signs[row].roles) { first, _ in first } }
    return out
  }

  /// The columns of each block: a name's heading begins one, with the numbers and flats before it.
  private func blocks(_ table: Table) -> [Range<Int>] {
    var starts: [Int] = []
    let names = table.columns(.name) + (table.columns(.name).isEmpty ? table.columns(.surname) : [])
    for name in names.sorted() {
      var start = name
      while start > 0, let role = table.roles[start - 1], role == .number || role == .flat {
        start -= 1
      }
      starts.append(start)
    }
    // Two headings of names without marks between them are one table's.
    var kept: [Int] = []
    for (i, start) in starts.enumerated() {
      let end = i + 1 < starts.count ? starts[i + 1] : cells.width
      let hasOwn =
        table.form == .grid
        ? table.sessions.contains { ($0.column >= start) && $0.column < end }
        : (start..<end).contains { table.roles[$0] == .mark || table.roles[$0] == .signature }
      if hasOwn { kept.append(start) }
    }
    guard kept.count > 1 else { return [0..<cells.width] }
    kept[0] = 0
    return kept.indices.map { kept[$0]..<($0 + 1 < kept.count ? kept[$0 + 1] : cells.width) }
  }

  /// The sessions of all columns of a band.
  private func sessions(_ header: ClosedRange<Int>) -> [SessionColumn] {
    let rows = Array(header)
    // Bare numbers are days where a heading of names or months says that this is a header.
    let numbersRow = rows.first {
      signs[$0].dates.isEmpty && !signs[$0].numbers.isEmpty
    }
    var out: [SessionColumn] = []
    var last: SessionColumn?
    for column in 0..<cells.width {
      if rows.contains(where: { signs[$0].roles[column] != nil }) { continue }
      let part = rows.lazy.compactMap { signs[$0].parts[column] }.first
      var found: SessionColumn?
      if let row = rows.first(where: { cells.date($0, column) != nil }),
        let date = cells.date(row, column)
      {
        found = SessionColumn(column: column, dateRow: row, dateColumn: column, date: date)
      } else if let row = numbersRow, signs[row].numbers.contains(column),
        let n = cells.integer(row, column)
      {
        found = SessionColumn(
          column: column, dateRow: row, dateColumn: column, date: .dayNumber(UInt8(n)))
      } else if numbersRow == nil, !rows.contains(where: { !signs[$0].dates.isEmpty }),
        let row = rows.first(where: { signs[$0].weekdays.contains(column) }),
        let day = HeadingDate.weekday(cells.fold(row, column))
      {
        found = SessionColumn(
          column: column, dateRow: row, dateColumn: column, date: .weekday(UInt8(day)))
      } else if part != nil, var carried = last {
        carried.column = column
        found = carried
      }
      guard var session = found else { continue }
      session.part = part
      session.month = month(rows, column)
      session.title =
        rows.lazy.compactMap { row in
          signs[row].others.contains(column) && row != session.dateRow
            ? cells.text(row, column) : nil
        }.first
      out.append(session)
      last = session
    }
    return out
  }

  /// The month that stands above a column, or above one to its left.
  private func month(_ rows: [Int], _ column: Int) -> PeriodHint {
    for row in rows {
      let left = signs[row].months.keys.filter { $0 <= column }.max()
      if let left, let hint = signs[row].months[left] { return hint }
    }
    return PeriodHint()
  }

  /// The column of names where no heading tells: the first whose cells are mostly words.
  private func nameColumn(_ table: Table) -> Int? {
    let first = table.sessions.map(\.column).min() ?? table.columns.upperBound
    func isWordy(_ column: Int) -> Bool {
      guard table.roles[column] == nil else { return false }
      var (words, all) = (0, 0)
      for row in table.body where !cells.isBlank(row, column) {
        all += 1
        let text = cells.text(row, column)
        if text.count >= 3, text.contains(where: \.isLetter) { words += 1 }
      }
      return words * 2 > all && words > 0
    }
    return (table.columns.lowerBound..<first).first(where: isWordy)
      ?? (first..<max(table.columns.upperBound, first)).first { column in
        !table.sessions.contains { $0.column == column } && isWordy(column)
      }
  }

  private func transposed(_ table: Table) -> Table {
    var out = table
    let row = table.header.lowerBound
    let below = table.body.prefix(12)
    let named = signs[row].roles.filter { $0.value == .date && $0.key < 4 }.keys.min()
    out.dateColumn =
      named
      ?? (0..<min(cells.width, 4)).max { a, b in
        below.count { cells.date($0, a) != nil } < below.count { cells.date($0, b) != nil }
      } ?? 0
    out.names = signs[row].others.filter { $0 != out.dateColumn }
    return out
  }
}
