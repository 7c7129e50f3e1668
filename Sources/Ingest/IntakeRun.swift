import Columns
import Diagnostics
import Model

/// The reading of one sheet by a plan: what became of each of its rows.
///
/// Invariant, once read: every record after the header is blank, kept, a duplicate, set aside,
/// or outside what the plan is about; never two of these, never none.
struct IntakeRun {
  /// What became of a record.
  enum Fate: UInt8 {
    /// Outside what a mapping's conditions take.
    case ignored
    case kept
    /// Says again what an earlier row said.
    case duplicate
    case setAside
    case blank
  }

  let sheet: OpenedSheet
  private(set) var fates: [Fate]
  private(set) var tables: [StagedTable] = []
  private(set) var typing: ColumnTyping
  private(set) var problems: [Problem] = []
  /// Records of which nothing can be read: cut wrongly.
  private(set) var broken: Set<Int32> = []
  /// Records that a decision leaves out.
  private var leftOut: Set<Int32> = []

  /// Begins. With `asksQuietly`, nobody need decide on names that are unsure.
  init(sheet: OpenedSheet, options: IntakeOptions, asksQuietly: Bool = false) {
    self.sheet = sheet
    fates = [Fate](repeating: .ignored, count: sheet.grid.recordCount)
    typing = ColumnTyping(
      grid: sheet.grid, header: sheet.header,
      options: ColumnTyping.TypingOptions(options, sheet.dialect))
    typing.options.asksQuietly = asksQuietly
  }

  /// What the receipt tells of it.
  var summary: ReadingSummary {
    ReadingSummary(
      kept: count(.kept), setAside: count(.setAside), duplicate: count(.duplicate),
      ignored: count(.ignored),
      tables: tables.map {
        ReadingSummary.Rows(
          table: $0.table, count: $0.isKept.count { $0 }, days: $0.days())
      }, assumptions: typing.assumptions)
  }

  /// The number of records with a fate.
  func count(_ fate: Fate) -> Int {
    fates[(sheet.headerRecord + 1)...].count { $0 == fate }
  }

  /// The lines of the rows that are not blank.
  var linesRead: [Int32] {
    (sheet.headerRecord + 1..<max(fates.count, sheet.headerRecord + 1)).lazy
      .filter { fates[$0] != .blank }.map { sheet.grid.lines[$0] }
  }

  /// Reads all rows.
  mutating func read(_ emits: [Emit], clues: [(clue: PeopleNames.Clue, field: Int)] = []) {
    typing.clues = clues
    let whole = wholeRecords()
    for emit in emits {
      let records = records(for: emit, among: whole)
      if let i = tables.firstIndex(where: { $0.table.name == emit.table.name }) {
        tables[i].add(emit, records: records, typing: &typing)
      } else {
        var staged = StagedTable(emit.table)
        staged.add(emit, records: records, typing: &typing)
        tables.append(staged)
      }
    }
    let people = typing.options.people
    for i in tables.indices {
      let shared = tables[i].tellNamesakesApart { people?.isKey($0) ?? false }
      if shared > 0 { typing.assumptions.append(Namesakes.remark(shared)) }
      tables[i].finish()
      if let offered = typing.options.offered { problems += tables[i].notOffered(offered) }
    }
    problems += typing.problems
    for problem in problems { fates[Int(problem.record)] = .setAside }
    leaveOut()
    resolve(whole)
  }

  /// Rows that were decided to be of nobody are left out, unless something else is wrong with them.
  private mutating func leaveOut() {
    let out = problems.filter { $0.reason.code == Fault.nobody.code }
    guard !out.isEmpty else { return }
    problems.removeAll { $0.reason.code == Fault.nobody.code }
    let faulty = Set(problems.map(\.record))
    for problem in out where !faulty.contains(problem.record) {
      fates[Int(problem.record)] = .ignored
      leftOut.insert(problem.record)
    }
  }

  /// The records of the right number of cells that are not blank.
  private mutating func wholeRecords() -> [Int32] {
    let grid = sheet.grid
    let width = sheet.width
    var out: [Int32] = []
    out.reserveCapacity(grid.recordCount)
    var broken = grid.broken.makeIterator()
    var nextBroken = broken.next()
    for record in (sheet.headerRecord + 1)..<max(grid.recordCount, sheet.headerRecord + 1) {
      while let b = nextBroken, b < record { nextBroken = broken.next() }
      let fields = grid.fields(of: record)
      if nextBroken == Int32(record) {
        fail(record, Fault.unclosedQuote)
      } else if !sheet.damage.isEmpty, let byte = sheet.damage[Int(grid.lines[record])] {
        fail(record, Fault.noText(at: byte))
      } else if isBlank(fields) {
        fates[record] = .blank
      } else if fields.count < width {
        fail(record, Fault.tooFewCells(fields.count, of: width))
      } else if fields.count > sheet.header.count,
        !grid.isEmpty(fields: fields.dropFirst(sheet.header.count))
      {
        fail(record, Fault.tooManyCells(fields.count, of: sheet.header.count))
      } else {
        out.append(Int32(record))
      }
    }
    return out
  }

  private func isBlank(_ fields: Range<Int>) -> Bool {
    // Most rows show at once that they are not.
    if let first = fields.first, sheet.grid.range(first).count > 3 {
      return sheet.grid.isEmpty(fields: first..<first + 1) && sheet.grid.isEmpty(fields: fields)
    }
    return sheet.grid.isEmpty(fields: fields)
  }

  private mutating func fail(_ record: Int, _ reason: Diagnostic) {
    broken.insert(Int32(record))
    problems.append(Problem(record: Int32(record), column: nil, reason: reason))
  }

  /// The records that meet an emit's conditions.
  private mutating func records(for emit: Emit, among records: [Int32]) -> [Int32] {
    var out = records
    let grid = sheet.grid
    let s = grid.bytes.span
    for (field, values) in emit.when {
      var raw = ByteInterner()
      var isMet: [Bool] = []
      var kept: [Int32] = []
      for record in out {
        let range = typing.cell(s, record, field)
        let code = Int(raw.code(s, range))
        if code == isMet.count { isMet.append(values.contains(Fold.key(s, range))) }
        if isMet[code] { kept.append(record) }
      }
      out = kept
    }
    if let field = emit.filled { out = out.filter { !typing.cell(s, $0, field).isEmpty } }
    if !emit.unfilled.isEmpty {
      out = out.filter { record in
        emit.unfilled.allSatisfy { typing.cell(s, record, $0).isEmpty }
      }
    }
    if let field = emit.positive {
      var kept: [Int32] = []
      for record in out {
        let range = typing.cell(s, record, field)
        if range.isEmpty { continue }
        guard let n = NumberCell(s, range)?.value(s, .dot) else {
          problems.append(
            Problem(record: record, column: field, reason: Fault.unreadableNumber))
          continue
        }
        if n > 0 { kept.append(record) }
      }
      out = kept
    }
    return out
  }

  /// Decides row after row, in the order of the sheet: a row is set aside as a whole, or all
  /// that it says is taken.
  private mutating func resolve(_ records: [Int32]) {
    let places = sheet.places
    let isSingle = tables.count == 1 && !tables[0].isDistinct
    for record in records {
      var hasOwn = false
      for i in tables.indices { tables[i].advance(to: record) }
      if fates[Int(record)] == .setAside || leftOut.contains(record) { continue }
      if isSingle, tables[0].keepsCurrentPlainly() {
        fates[Int(record)] = .kept
        continue
      }
      var isRefused = false
      for i in tables.indices {
        for row in tables[i].current {
          if let problem = tables[i].objection(to: row, places: places) {
            problems.append(problem)
            isRefused = true
          }
        }
      }
      if isRefused {
        fates[Int(record)] = .setAside
        continue
      }
      // A row is a duplicate when it adds no row of its own; that its session was named before
      // is the rule, not a repetition.
      var fate = Fate.ignored
      for i in tables.indices {
        for row in tables[i].current {
          let isNew = tables[i].keep(row)
          if tables[i].isDistinct {
            if fate == .ignored { fate = .kept }
          } else if isNew {
            fate = .kept
            hasOwn = true
          } else if !hasOwn {
            fate = .duplicate
          }
        }
      }
      fates[Int(record)] = fate
    }
  }

  /// Sets aside the kept rows that what is known elsewhere speaks against.
  mutating func setAside(
    _ objecting: (TableBatch, Bool) throws(Failure) -> [Int: Diagnostic]
  ) throws(Failure) {
    for i in tables.indices where tables[i].table.validity != nil {
      let isCorrection = sheet.correctsRejectsOf != nil
      let found = try objecting(tables[i].batch(lines: sheet.grid.lines), isCorrection)
      guard !found.isEmpty else { continue }
      let kept = tables[i].isKept.indices.filter { tables[i].isKept[$0] }
      let field = tables[i].field(of: tables[i].table.validity?.from)
      for (row, reason) in found {
        let record = tables[i].records[kept[row]]
        tables[i].drop(kept[row])
        fates[Int(record)] = .setAside
        problems.append(Problem(record: record, column: field, reason: reason))
      }
    }
  }

  /// The records of `rejects()`, in the same order.
  var rejectedRecords: [Int] { Set(problems.map { Int($0.record) }).sorted() }

  /// The rows set aside, in the order of the sheet, each with all its reasons.
  func rejects() -> [Reject] {
    var byRecord: [Int32: [Problem]] = [:]
    for problem in problems { byRecord[problem.record, default: []].append(problem) }
    return byRecord.keys.sorted().map { record in
      let all = (byRecord[record] ?? []).sorted { ($0.column ?? -1) < ($1.column ?? -1) }
      var reason = all[0].reason
      var seen: Set<String> = [key(all[0])]
      for problem in all.dropFirst() where seen.insert(key(problem)).inserted {
        // Without a remark in brackets: messages are for programs too, and hold no free text.
        let place = problem.column.map { String(heading($0).prefix { $0 != "(" }) }
        reason.message = Phrase(
          fr: reason.message.fr + " ; "
            + (place.map { "«\u{A0}\($0)\u{A0}»\u{A0}: " } ?? "") + problem.reason.message.fr,
          en: reason.message.en + "; " + (place.map { "“\($0)”: " } ?? "")
            + problem.reason.message.en)
      }
      let line = Int(sheet.grid.lines[Int(record)])
      reason.location = sheet.location(line: line, field: all[0].column)
      return Reject(
        line: line, heading: all[0].column.map(heading), reason: reason,
        cells: sheet.grid.strings(of: Int(record)))
    }
  }

  private func key(_ problem: Problem) -> String {
    "\(problem.column ?? -1) \(problem.reason.code)"
  }

  private func heading(_ field: Int) -> String {
    field < sheet.header.count && !sheet.header[field].isEmpty
      ? sheet.header[field] : "\(field + 1)"
  }
}

/// What became of the rows of a sheet, in numbers.
struct ReadingSummary {
  /// The rows kept of one table.
  struct Rows {
    var table: TableDeclaration
    var count: Int
    /// The first and the last day.
    var days: (first: Int32, last: Int32)?
  }

  var kept: Int, setAside: Int, duplicate: Int, ignored: Int
  var tables: [Rows]
  var assumptions: [Assumption]
}
