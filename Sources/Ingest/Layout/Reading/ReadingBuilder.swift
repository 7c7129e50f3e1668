/// A session as a heading, a row or a title says it.
struct SheetSession {
  var days: [Int32] = []
  var fault: DateFault?
  /// The heading, for what is set aside.
  var text = ""
  /// The cell of the heading, or of the date.
  var place: String?
  /// The session of a template that it is.
  var printed: TemplateKeys.Session?
  var title = ""
  var part: String?
  var start: Int?
  var minutes: Int?
  var isCancelled = false

  /// The activity with the half of the day.
  var fullTitle: String {
    guard let part else { return title }
    return title.isEmpty ? part : "\(title) (\(part))"
  }
}

/// Someone on a line of the sheet.
struct SheetPerson {
  var mention: Mention
  /// The cell as it stands.
  var text: String
  /// The cell's place.
  var place: String?
  /// The identifier that a template printed the name of.
  var key: String?
  var surname: String?
  var givenName: String?
  var flat: String?
  var role: String?
}

/// Collects what the tables of a file say: one presence however often it is said.
struct ReadingBuilder {
  var reading = SheetReading()
  private var said: [Said: (status: TidyRow.Status, cell: String, sheet: Int?)] = [:]
  private var lines: [NameOnSheet: Set<Int32>] = [:]
  /// The places and codes of problems.
  private var told: Set<[String]> = []

  /// What makes a presence one.
  private struct Said: Hashable {
    var session: String?
    var day: Int32
    var title: String
    var start: Int?
    var name: String
    var flat: String?
  }

  private struct NameOnSheet: Hashable {
    var sheet: String
    var name: String
    var flat: String?
  }

  // MARK: - Problems

  mutating func tell(
    _ cells: SheetCells, _ row: Int, _ column: Int, _ code: String,
    _ verdict: SheetProblem.Verdict
  ) {
    let place = cells.grid.place(row, column)
    guard told.insert([place, code]).inserted else { return }
    reading.problems.append(
      SheetProblem(
        place: place, code: code, verdict: verdict, shown: cells.text(row, column),
        line: cells.grid.line(row)))
  }

  /// Tells of a name's cell what the sheet alone cannot settle, and of a name that comes twice
  /// for the same days.
  mutating func tellName(
    _ cells: SheetCells, _ person: SheetPerson, _ days: [Int32], _ row: Int,
    _ column: Int
  ) {
    if let remark = person.mention.remark {
      tell(cells, row, column, remark.rawValue, remark == .unsized ? .rejected : .doubtful)
    }
    guard let name = person.mention.name else { return }
    let key = NameOnSheet(
      sheet: cells.grid.sheetName ?? "", name: person.key ?? Fold.key(name), flat: person.flat)
    if let before = lines[key], !before.isDisjoint(with: days) {
      tell(cells, row, column, "name.repeated", .doubtful)
    }
    lines[key, default: []].formUnion(days)
  }

  // MARK: - Marks

  /// Takes what a mark says of a person and a session.
  mutating func add(
    _ mark: Mark, _ person: SheetPerson, _ session: SheetSession, _ cells: SheetCells,
    at row: Int, _ column: Int, amount: Double? = nil
  ) {
    guard mark.meaning != .nothing else { return }
    let place = cells.grid.place(row, column)
    func base(_ day: Int32) -> TidyRow {
      var out = TidyRow(day: day, source: place, line: cells.grid.line(row))
      out.title = session.fullTitle
      out.start = session.start
      out.minutes = session.minutes
      out.presentMinutes = mark.minutes
      out.role = person.role ?? person.mention.role
      out.amount = amount
      out.flat = person.flat
      (out.namePlace, out.datePlace) = (person.place, session.place)
      out.sessionKey = session.printed?.key
      return out
    }
    func refuse(_ code: String) {
      var out = base(session.days.first ?? 0)
      out.person = person.mention.name
      (out.surname, out.givenName) = (person.surname, person.givenName)
      // Of a family of unknown size, its number is missed, beside its name.
      let isUnsized = code == Mention.Remark.unsized.rawValue
      if isUnsized { out.group = person.text }
      reading.refused.append(
        RefusedRow(
          row: out, dateText: session.fault == nil ? nil : session.text,
          markText: isUnsized ? nil : cells.text(row, column), countText: isUnsized ? "" : nil,
          code: code))
    }
    if let fault = session.fault {
      if mark.isSaid { refuse(fault.rawValue) }
      return
    }
    switch mark.meaning {
    case .nothing: return
    case .unknown, .cancelled:
      tell(cells, row, column, "mark.unknown", .rejected)
      refuse("mark.unknown")
      return
    case .doubtful:
      tell(cells, row, column, "mark.doubtful", .rejected)
      refuse("mark.doubtful")
      return
    case .present, .absent, .excused, .late, .with, .only: break
    }
    if person.mention.remark == .unsized, mark.meaning == .present || mark.meaning == .late {
      // Several people came, and nobody can say how many.
      refuse(Mention.Remark.unsized.rawValue)
      return
    }
    if mark.isDoubtful { tell(cells, row, column, "mark.count", .doubtful) }
    for day in session.days {
      take(mark.meaning, base(day), person, cells, row, column)
    }
  }

  private mutating func take(
    _ meaning: Mark.Meaning, _ base: TidyRow, _ person: SheetPerson, _ cells: SheetCells,
    _ row: Int, _ column: Int
  ) {
    func unnamed(_ count: Int, _ group: String) -> TidyRow {
      var out = base
      out.headcount = count
      out.group = group
      out.flat = nil
      return out
    }
    func named(_ status: TidyRow.Status) {
      guard let name = person.mention.name else {
        guard status == .present || status == .late, let size = person.mention.size else { return }
        reading.rows.append(unnamed(size, "sans nom (\(base.source))"))
        return
      }
      var out = base
      out.person = name
      out.personKey = person.key
      (out.surname, out.givenName) = (person.surname, person.givenName)
      out.status = status
      keep(out, cells, row, column)
    }
    // What stands beside the name holds for all marks of presence.
    let said: TidyRow.Status =
      switch person.mention.status {
      case .late?: .late
      case .excused?: .excused
      default: .present
      }
    let companions = person.mention.name == nil ? 0 : person.mention.companions
    if companions > 0, said != .excused, meaning == .present || meaning == .late {
      reading.rows.append(unnamed(companions, "accompagnants (\(base.source))"))
    }
    switch meaning {
    case .present: named(said)
    case .late: named(.late)
    case .absent: named(.absent)
    case .excused: named(.excused)
    case .with(let count):
      // On a line of several people the mark counts them all.
      if person.mention.name == nil {
        let all = max(person.mention.size ?? 1, count + 1)
        reading.rows.append(unnamed(all, "sans nom (\(base.source))"))
        return
      }
      named(said)
      reading.rows.append(unnamed(max(count, companions), "accompagnants (\(base.source))"))
    case .only(let count):
      reading.rows.append(unnamed(count, "enfants (\(base.source))"))
    case .nothing, .cancelled, .doubtful, .unknown: break
    }
  }

  private mutating func keep(_ out: TidyRow, _ cells: SheetCells, _ row: Int, _ column: Int) {
    let key = Said(
      session: out.sessionKey, day: out.day, title: Fold.key(out.title), start: out.start,
      name: out.personKey ?? Fold.key(out.person ?? ""), flat: out.flat)
    let sheet = cells.grid.rank
    if let before = said[key] {
      if before.status != out.status {
        tell(cells, row, column, "mark.conflict", .rejected)
        reading.refused.append(
          RefusedRow(
            row: out, markText: cells.text(row, column), code: "mark.conflict",
            other: SheetPlace(
              cell: before.cell, sheet: before.sheet == sheet ? nil : before.sheet)))
      }
      return
    }
    said[key] = (out.status, GridRange.name(row, column), sheet)
    reading.rows.append(out)
  }

  /// Takes a count of people without names.
  mutating func add(
    _ parts: [CountText.Part], _ session: SheetSession, _ cells: SheetCells, at row: Int,
    _ column: Int, amount: Double?
  ) {
    for day in session.days {
      for part in parts {
        var out = TidyRow(
          day: day, source: cells.grid.place(row, column), line: cells.grid.line(row))
        out.title = session.fullTitle
        out.start = session.start
        out.minutes = session.minutes
        out.headcount = part.count
        out.group = part.group
        out.isOfSeveralGroups = parts.count > 1
        out.amount = amount
        reading.rows.append(out)
      }
    }
  }

  mutating func cancel(_ session: SheetSession, _ cells: SheetCells, _ row: Int, _ column: Int) {
    tell(cells, row, column, "session.cancelled", .accepted)
    for day in session.days {
      var out = TidyRow(day: day, source: cells.grid.place(row, column), line: cells.grid.line(row))
      out.title = session.fullTitle
      out.start = session.start
      out.sessionKey = session.printed?.key
      reading.cancelled.append(out)
    }
  }
}

extension CellGrid {
  /// The 1-based line of a row in its file, or the row's number.
  func line(_ row: Int) -> Int32 {
    row < lines.count ? lines[row] : Int32(clamping: row + 1)
  }
}
