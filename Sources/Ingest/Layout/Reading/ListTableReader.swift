/// Reads a table with one row a fact: a person at a session, or a session with a count.
struct ListTableReader {
  let cells: SheetCells
  let table: Table
  let words: MarkWords
  /// What the sheet's title says of all rows.
  let context: SheetSession
  /// The days of the rows' own dates.
  let days: [Int: ResolvedDate]

  private var nameColumns: [Int] {
    let whole = table.columns(.name)
    return whole.isEmpty ? table.columns(.surname) + table.columns(.givenName) : [whole[0]]
  }

  private var isSplit: Bool { table.columns(.name).isEmpty && nameColumns.count > 1 }

  func read(into out: inout ReadingBuilder) {
    let date = table.column(.date)
    var last: SheetSession?
    for row in table.body where !cells.isBlank(row: row, table.columns) {
      if isAside(row) { continue }
      tellUneven(row, &out)
      var session = context
      if let date {
        if let found = days[row] {
          session = dated(found, cells.text(row, date))
          session.place = cells.grid.place(row, date)
        } else if cells.isBlank(row, date), let last, hasPeople(row) {
          session = last
        } else {
          undated(row, date, &out)
          continue
        }
      }
      last = session
      describe(&session, row)
      if hasWrittenQuantity(row, session) { out.reading.hasWrittenQuantities = true }
      facts(row, session, date, &out)
    }
    if isSplit { out.reading.splitsNames = true }
  }

  /// A line of a text file with fewer or more cells than the headings; spreadsheets have no such.
  private func tellUneven(_ row: Int, _ out: inout ReadingBuilder) {
    let rows = cells.grid.rows
    guard cells.grid.sheetName == nil, rows.indices.contains(table.header.upperBound) else {
      return
    }
    let (expected, found) = (rows[table.header.upperBound].count, rows[row].count)
    if found < expected {
      out.tell(cells, row, found, "row.too-short", .doubtful)
    } else if let extra = (expected..<found).first(where: { !cells.isBlank(row, $0) }) {
      out.tell(cells, row, extra, "row.too-long", .doubtful)
    }
  }

  private func text(_ row: Int, _ role: ColumnRole) -> String {
    table.column(role).map { cells.text(row, $0) } ?? ""
  }

  /// Totals, legends and what stands below the list.
  private func isAside(_ row: Int) -> Bool {
    guard let first = table.columns.first(where: { !cells.isBlank(row, $0) }) else { return true }
    let fold = cells.fold(row, first)
    return HeadingWords.isTotal(fold) || HeadingWords.isMean(fold) || cells.isLegend(row)
      || (Footer.isFooter(fold) && !hasMark(row))
  }

  private func hasMark(_ row: Int) -> Bool {
    !text(row, .mark).isEmpty || !text(row, .signature).isEmpty
  }

  private func hasPeople(_ row: Int) -> Bool {
    nameColumns.contains { !cells.isBlank(row, $0) } || isCounted(row)
  }

  private func dated(_ found: ResolvedDate, _ text: String) -> SheetSession {
    var out = context
    out.text = text
    switch found {
    case .day(let day): out.days = [day]
    case .days(let all): out.days = all
    case .refused(let fault): (out.days, out.fault) = ([], fault)
    }
    return out
  }

  /// The activity, the hour and the length that the row's own cells say.
  private func describe(_ session: inout SheetSession, _ row: Int) {
    let title = text(row, .title)
    if !title.isEmpty { session.title = title }
    if let span = TimeText.span(text(row, .start)) {
      session.start = span.start
      session.minutes = span.minutes ?? session.minutes
    }
    if let minutes = DurationText.minutes(text(row, .minutes), unit: durationUnit) {
      session.minutes = minutes
    }
  }

  /// Whether a cell says an hour, a length or a sum in a way that no cell alone is read.
  private func hasWrittenQuantity(_ row: Int, _ session: SheetSession) -> Bool {
    func number(_ text: String) -> Double? {
      let bytes = Array(text.utf8)
      return NumberCell(bytes.span, 0..<bytes.count).flatMap { $0.value(bytes.span, .comma) }
    }
    if let span = TimeText.span(text(row, .start)), span.minutes != nil { return true }
    let length = text(row, .minutes)
    if let minutes = session.minutes, let n = number(length), n != Double(minutes) { return true }
    let sum = text(row, .amount)
    if case .sum = AmountText.read(sum), number(sum) == nil { return true }
    return false
  }

  private var durationUnit: DurationText.Unit {
    let heading = table.column(.minutes).map { cells.fold(table.header.upperBound, $0) } ?? ""
    return heading.contains("min") ? .minutes : .hours
  }

  private func undated(_ row: Int, _ date: Int, _ out: inout ReadingBuilder) {
    guard hasPeople(row) else {
      out.reading.silentRows += 1
      return
    }
    out.tell(cells, row, date, "date.unreadable", .rejected)
    var tidy = TidyRow(day: 0, source: cells.grid.place(row, date), line: cells.grid.line(row))
    tidy.title = text(row, .title)
    tidy.person = person(row)?.mention.name
    out.reading.refused.append(
      RefusedRow(
        row: tidy, dateText: cells.text(row, date),
        markText: text(row, .mark), code: "date.unreadable"))
  }

  private func person(_ row: Int) -> SheetPerson? {
    let parts = nameColumns.map { cells.text(row, $0) }.filter { !$0.isEmpty }
    let whole = parts.joined(separator: " ")
    guard whole.contains(where: { $0.isLetter || $0 == "?" || $0 == "\u{FFFD}" }) else {
      return nil
    }
    var out = named(whole, row)
    if isSplit, nameColumns.count == 2 {
      out.surname = cells.text(row, nameColumns[0])
      out.givenName = cells.text(row, nameColumns[1])
    }
    if let count = size(row) {
      if out.mention.name == nil {
        out.mention.size = count
        if out.mention.remark == .unsized { out.mention.remark = .several }
      } else {
        out.mention.companions = max(out.mention.companions, count - 1)
      }
    }
    return out
  }

  private func named(_ text: String, _ row: Int) -> SheetPerson {
    var out = SheetPerson(mention: Mention(text), text: text)
    out.place = cells.grid.place(row, nameColumns[0])
    let flat = self.text(row, .flat)
    out.flat = flat.isEmpty ? nil : flat
    let role = self.text(row, .role)
    if !role.isEmpty { out.role = MentionParts.role(role)?.role ?? role }
    return out
  }

  /// The people of a row: one, or all that its cell of names lists.
  private func people(_ row: Int, _ out: inout ReadingBuilder) -> [SheetPerson] {
    guard let one = person(row) else { return [] }
    guard nameColumns.count == 1, let parts = PeopleInCell.parts(cells.raw(row, nameColumns[0]))
    else { return [one] }
    out.reading.splitsCells = true
    out.tell(cells, row, nameColumns[0], "name.list", .accepted)
    var all = parts.map { part -> SheetPerson in
      var person = named(part, row)
      person.flat = nil
      return person
    }
    // Those who are counted beside and not named.
    let known = all.reduce(0) { $0 + ($1.mention.name == nil ? $1.mention.size ?? 1 : 1) }
    if let count = size(row), count > known,
      let first = all.firstIndex(where: { $0.mention.name != nil })
    {
      all[first].mention.companions += count - known
    }
    return all
  }

  private func facts(_ row: Int, _ session: SheetSession, _ date: Int?, _ out: inout ReadingBuilder)
  {
    let amount: Double? =
      if case .sum(let sum) = AmountText.read(text(row, .amount)) { sum } else { nil }
    let columns = (table.columns(.mark) + table.columns(.signature)).sorted()
    let people = people(row, &out)
    if !people.isEmpty {
      for (i, person) in people.enumerated() {
        // A sum is the row's, once.
        take(person, row, session, date, columns, i == 0 ? amount : nil, &out)
      }
    } else if let column = table.column(.count) ?? table.column(.group), isCounted(row) {
      count(row, column, session, date, amount, &out)
    } else {
      out.reading.silentRows += 1
    }
  }

  private func take(
    _ person: SheetPerson, _ row: Int, _ session: SheetSession, _ date: Int?, _ columns: [Int],
    _ amount: Double?, _ out: inout ReadingBuilder
  ) {
    if columns.count > 1 {
      several(row, person, session, columns, amount, &out)
    } else {
      let column = columns.first ?? nameColumns[0]
      let isSignature = table.roles[column] == .signature
      var mark = Mark(.present)
      if !columns.isEmpty {
        mark = words.read(
          cells.text(row, column), person: person.mention.name ?? "", isSignature: isSignature)
      }
      guard mark.meaning != .nothing else {
        out.reading.silentRows += 1
        return
      }
      tellDate(session, row, date, mark, &out)
      out.tellName(
        cells, person, table.column(.date) == nil ? session.days : [], row,
        nameColumns[0])
      out.add(mark, person, session, cells, at: row, column, amount: amount)
    }
  }

  private func count(
    _ row: Int, _ column: Int, _ session: SheetSession, _ date: Int?, _ amount: Double?,
    _ out: inout ReadingBuilder
  ) {
    if isCancelled(row, column) {
      out.cancel(session, cells, row, column)
      return
    }
    tellDate(session, row, date, Mark(.present), &out)
    guard let parts = counted(row, column, &out) else {
      out.tell(cells, row, column, "count.unreadable", .rejected)
      var tidy = TidyRow(
        day: session.days.first ?? 0, source: cells.grid.place(row, column),
        line: cells.grid.line(row))
      tidy.title = session.fullTitle
      out.reading.refused.append(
        RefusedRow(row: tidy, countText: cells.text(row, column), code: "count.unreadable"))
      return
    }
    out.add(parts, session, cells, at: row, column, amount: amount)
  }

  /// How many people a line with a name stands for, where a column or one a group says it.
  private func size(_ row: Int) -> Int? {
    let groups = table.columns(.group).compactMap { SheetCells.integer(cells.text(row, $0)) }
    let count = SheetCells.integer(text(row, .count)) ?? groups.reduce(0, +)
    return (1...30).contains(count) ? count : nil
  }

  private func isCounted(_ row: Int) -> Bool {
    (table.columns(.count) + table.columns(.group)).contains { !cells.isBlank(row, $0) }
  }

  /// `annulé` in place of a number.
  private func isCancelled(_ row: Int, _ column: Int) -> Bool {
    let texts = (table.columns(.count) + table.columns(.group)).map { cells.text(row, $0) }
      .filter { !$0.isEmpty }
    return !texts.isEmpty
      && texts.allSatisfy { words.read($0, person: "").meaning == .cancelled }
  }

  /// The people counted on a row: in one cell, or in a column a group; what is not of a group is
  /// left of the whole. Nil for what is no count.
  private func counted(
    _ row: Int, _ column: Int, _ out: inout ReadingBuilder
  ) -> [CountText.Part]? {
    let groups = table.columns(.group)
    guard !groups.isEmpty else { return CountText.parts(cells.text(row, column)) }
    var parts: [CountText.Part] = []
    for one in groups where !cells.isBlank(row, one) && cells.text(row, one) != "-" {
      guard let n = SheetCells.integer(cells.text(row, one)) else { return nil }
      let group = CountText.group(ofHeading: cells.fold(table.header.upperBound, one))
      if n > 0 { parts.append(CountText.Part(count: n, group: group)) }
    }
    let sum = parts.reduce(0) { $0 + $1.count }
    for total in table.columns(.total) {
      guard let shown = SheetCells.integer(cells.text(row, total)) else { continue }
      if shown == sum {
        out.reading.totalsChecked += 1
      } else {
        out.tell(cells, row, total, "total.differs", .doubtful)
      }
    }
    guard let whole = table.column(.count), !cells.isBlank(row, whole) else { return parts }
    guard let n = SheetCells.integer(cells.text(row, whole)) else { return nil }
    if n < sum { out.tell(cells, row, whole, "total.differs", .doubtful) }
    if n > sum { parts.append(CountText.Part(count: n - sum)) }
    return parts
  }

  /// Several columns to mark: halves of the day to sign, or one column each for present, absent
  /// and excused.
  private func several(
    _ row: Int, _ person: SheetPerson, _ session: SheetSession, _ columns: [Int],
    _ amount: Double?, _ out: inout ReadingBuilder
  ) {
    var isSaid = false
    for column in columns {
      let isSignature = table.roles[column] == .signature
      var mark = words.read(
        cells.text(row, column), person: person.mention.name ?? "", isSignature: isSignature)
      let heading = cells.fold(table.header.upperBound, column)
      var own = session
      let parts = heading.split(separator: " ", maxSplits: 1).map(String.init)
      own.part = parts.last.flatMap { RowSigns.part($0) }
      // A cross under `Absent` says absent.
      let meaning = words.read(heading, person: "").meaning
      if own.part == nil, mark.meaning == .present, [.absent, .excused].contains(meaning) {
        mark.meaning = meaning
      }
      // No cross under `Absent` says nothing.
      if mark.meaning == .nothing
        || (own.part == nil && mark.meaning == .absent && meaning != .absent)
      {
        continue
      }
      isSaid = true
      out.add(mark, person, own, cells, at: row, column, amount: amount)
    }
    if isSaid {
      out.tellName(
        cells, person, table.column(.date) == nil ? session.days : [], row, nameColumns[0])
    } else {
      out.reading.silentRows += 1
    }
  }

  private func tellDate(
    _ session: SheetSession, _ row: Int, _ date: Int?, _ mark: Mark, _ out: inout ReadingBuilder
  ) {
    guard let date, mark.isSaid else { return }
    if let fault = session.fault {
      out.tell(cells, row, date, fault.rawValue, .rejected)
    } else if session.days.count > 1 {
      out.tell(cells, row, date, "date.several", .doubtful)
    }
  }
}
