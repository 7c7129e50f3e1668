import Periods

/// A part of a sheet: some people by some sessions, below a header of its own.
struct Block {
  var people: [Int]
  var sessions: [Int]
  var top: Int
  var left = 0
  var isPlain = false
}

extension Writer {
  /// The number of rows of the header.
  private var headerHeight: Int {
    switch plan.dates {
    case .twoRows, .dayAndWeekdayRows: 2
    default: plan.sessions.contains { $0.part != nil } ? 2 : 1
    }
  }

  private var before: [PlannedColumn] { plan.columns.filter { !$0.isAfter } }
  private var after: [PlannedColumn] { plan.columns.filter(\.isAfter) }
  private var nameWidth: Int { plan.splitsName ? 2 : 1 }

  /// Writes people in rows by sessions in columns; the first row below.
  mutating func write(_ block: Block) -> Int {
    let number = plan.isNumbered ? 1 : 0
    let nameAt = block.left + number
    let columnsAt = nameAt + nameWidth
    let first = columnsAt + before.count + (plan.hasEmptyHeading ? 1 : 0)
    var row = header(block, nameAt: nameAt, columnsAt: columnsAt, first: first)
    let bodyTop = row
    var counts = [Int](repeating: 0, count: block.sessions.count)
    for (i, p) in block.people.enumerated() {
      if let text = plan.subheadings[p] {
        put(row, nameAt, text)
        row += 1
      }
      if let every = plan.repeatsHeaderAfter, i > 0, i % every == 0 {
        row = header(
          Block(people: block.people, sessions: block.sessions, top: row, left: block.left),
          nameAt: nameAt, columnsAt: columnsAt, first: first, isRepeated: true)
      }
      line(
        p, block, row: row, number: number == 1 ? i + 1 : nil, nameAt: nameAt,
        columnsAt: columnsAt, first: first, counts: &counts)
      row += 1
    }
    for i in 0..<plan.blankLines {
      if number == 1 { put(row, block.left, FieldCell("\(block.people.count + i + 1)", .number)) }
      row += 1
    }
    if !block.isPlain {
      totals(block, &row, nameAt: nameAt, first: first, bodyTop: bodyTop, counts: counts)
    }
    return row
  }

  private mutating func line(
    _ p: Int, _ block: Block, row: Int, number: Int?, nameAt: Int, columnsAt: Int, first: Int,
    counts: inout [Int]
  ) {
    if let number { put(row, nameAt - 1, FieldCell("\(number)", .number)) }
    let person = plan.people[p]
    if plan.splitsName {
      let parts = person.text.split(separator: " ", maxSplits: 1).map(String.init)
      put(row, nameAt, parts[0])
      put(row, nameAt + 1, parts.count > 1 ? parts[1] : "")
    } else {
      put(row, nameAt, person.text)
    }
    for (c, column) in before.enumerated() where p < column.values.count {
      put(row, columnsAt + c, column.values[p])
    }
    let isMarked = block.sessions.contains { s in
      if case .cancelled = plan.sessions[s].fate { return false }
      return plan.marks[p][s].meaning != .nothing
    }
    if isMarked { tellName(person, row, nameAt) }
    var sum = 0
    for (i, s) in block.sessions.enumerated() {
      let session = plan.sessions[s]
      var mark = plan.marks[p][s]
      if case .cancelled(let word) = session.fate {
        let isFirst = p == block.people.first
        mark = PlannedMark(text: isFirst || plan.seed % 2 == 1 ? word : "", meaning: .nothing)
      }
      put(row, first + i, FieldCell(mark.text, mark.kind))
      expect(person, mark, session, at: row, first + i)
      let n = weight(person, mark, session)
      counts[i] += n
      sum += n
    }
    var end = first + block.sessions.count
    for total in plan.totals where total.inColumn && !block.isPlain {
      put(row, end, total.instead ?? FieldCell("\(sum)", .number))
      end += 1
    }
    for (c, column) in after.enumerated() where p < column.values.count {
      put(row, end + c, column.values[p])
    }
  }

  /// How many people a mark counts for in a total.
  func weight(_ person: PlannedPerson, _ mark: PlannedMark, _ session: PlannedSession) -> Int {
    switch session.fate {
    case .held, .several: break
    case .cancelled, .refused: return 0
    }
    return switch mark.meaning {
    case .present, .late: person.headcount ?? 1 + person.companions
    case .with(let n): 1 + max(n, person.companions)
    case .only(let n): n
    case .nothing, .absent, .excused, .refused: 0
    }
  }

  private mutating func header(
    _ block: Block, nameAt: Int, columnsAt: Int, first: Int, isRepeated: Bool = false
  ) -> Int {
    let height = headerHeight
    let last = block.top + height - 1
    let tidy = plan.tidiesHeadings
    if plan.isNumbered { put(last, block.left, "N°") }
    if plan.splitsName {
      put(last, nameAt, tidy("Nom"))
      put(last, nameAt + 1, tidy("Prénom"))
    } else {
      put(last, nameAt, tidy(plan.nameHeading))
    }
    for (c, column) in before.enumerated() { put(last, columnsAt + c, tidy(column.heading)) }
    for (i, s) in block.sessions.enumerated() {
      heading(s, i, block, row: block.top, last: last, column: first + i, isRepeated: isRepeated)
    }
    var end = first + block.sessions.count
    for total in plan.totals where total.inColumn && !block.isPlain {
      put(last, end, total.word)
      end += 1
    }
    for (c, column) in after.enumerated() { put(last, end + c, tidy(column.heading)) }
    return last + 1
  }

  private mutating func heading(
    _ s: Int, _ i: Int, _ block: Block, row: Int, last: Int, column: Int, isRepeated: Bool
  ) {
    let session = plan.sessions[s]
    let shown = session.shown ?? session.day.shown(plan.dates)
    if let part = session.part {
      let isNew = i == 0 || plan.sessions[block.sessions[i - 1]].day != session.day
      if isNew {
        put(row, column, shown)
        if !isRepeated, isMarked(s, block) { tellSession(session, row, column) }
        let pair =
          i + 1 < block.sessions.count
          && plan.sessions[block.sessions[i + 1]].day == session.day
        if pair, plan.seed % 2 == 0 { merge(row, column, row, column + 1) }
      }
      put(last, column, part)
      return
    }
    switch plan.dates {
    case .twoRows:
      let isNew =
        i == 0 || plan.sessions[block.sessions[i - 1]].day.month != session.day.month
      if isNew {
        let isFirst = i == 0 || plan.year == .dates
        let name = session.day.monthName
        let month = name.prefix(1).uppercased() + name.dropFirst()
        put(row, column, isFirst && plan.year == .dates ? "\(month) \(session.day.year)" : month)
      }
    case .dayAndWeekdayRows:
      put(row, column, Words.shortWeekdays[session.day.weekday])
    default: break
    }
    put(last, column, shown)
    if !isRepeated, isMarked(s, block) { tellSession(session, last, column) }
  }

  /// Whether anyone of a block has a mark that a session's heading matters for.
  private func isMarked(_ s: Int, _ block: Block) -> Bool {
    if case .cancelled = plan.sessions[s].fate { return true }
    return block.people.contains { p in
      if case .refused = plan.marks[p][s].meaning { return false }
      return plan.marks[p][s].meaning != .nothing
    }
  }

  private mutating func totals(
    _ block: Block, _ row: inout Int, nameAt: Int, first: Int, bodyTop: Int, counts: [Int]
  ) {
    for total in plan.totals where total.inRow {
      put(row, nameAt, total.word)
      for i in block.sessions.indices {
        var shown = counts[i]
        if i == 0, total.error != 0 {
          shown += total.error
          tell(row, first, "total.differs", .doubtful)
        }
        put(row, first + i, total.instead ?? FieldCell("\(shown)", .number))
      }
      row += 1
      if let mean = total.mean {
        put(row, nameAt, "Moyenne")
        put(row, first, mean)
        row += 1
      }
    }
  }
}
