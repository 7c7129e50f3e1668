/// Reads a table with names in rows and sessions in columns.
struct GridTableReader {
  let cells: SheetCells
  let table: Table
  let words: MarkWords
  let sessions: [SheetSession]
  /// The lines that a template printed.
  var lines: [Int: TemplateKeys.Line] = [:]

  private var nameColumns: [Int] {
    let whole = table.columns(.name)
    return whole.isEmpty ? table.columns(.surname) + table.columns(.givenName) : [whole[0]]
  }

  private var isSplit: Bool { table.columns(.name).isEmpty && nameColumns.count > 1 }

  func read(into out: inout ReadingBuilder) {
    if nameColumns.isEmpty, let titles = table.column(.title) {
      counts(titles, &out)
      return
    }
    var marks: [Int: [Mark]] = [:]
    var people: [Int: SheetPerson] = [:]
    var totals = TotalCheck(cells: cells, table: table)
    let byInitials = signsByInitials
    var counted = Set<Int>()
    for row in table.body where !cells.isBlank(row: row, table.columns) {
      if case .counts(let group)? = lines[row] {
        counted.formUnion(counts(of: group, row, &out))
        continue
      }
      if totals.isTotal(row, nameColumns) { continue }
      let person = person(row)
      let line = table.sessions.map { session in
        words.read(
          cells.text(row, session.column), person: person?.mention.name ?? "",
          byInitials: byInitials)
      }
      people[row] = person
      marks[row] = line
    }
    let rows = marks.keys.sorted()
    tellHeadings(rows, marks, &out)
    let cancelled = Set(
      table.sessions.indices.filter { sessions[$0].isCancelled || isCancelled($0, rows, marks) })
    for row in rows {
      guard let line = marks[row] else { continue }
      guard let person = people[row] else {
        nameless(row, line, &out)
        continue
      }
      if !line.contains(where: { $0.meaning != .nothing && $0.meaning != .cancelled }) {
        if lines[row] == nil { out.reading.silentRows += 1 }
        continue
      }
      if line.allSatisfy({ !$0.isSaid }), Footer.isFooter(cells.fold(row, nameColumns[0])) {
        continue
      }
      out.tellName(
        cells, person, table.sessions.indices.flatMap { sessions[$0].days }, row,
        nameColumns[0])
      for (i, mark) in line.enumerated() where !cancelled.contains(i) {
        out.add(mark, person, sessions[i], cells, at: row, table.sessions[i].column)
      }
      totals.count(row, person, line, except: cancelled)
    }
    for i in cancelled {
      out.cancel(sessions[i], cells, table.sessions[i].dateRow, table.sessions[i].dateColumn)
    }
    totals.check(sessions, cancelled, &out)
    tellEmptied(rows, marks, counted.union(cancelled), &out)
    if isSplit { out.reading.splitsNames = true }
  }

  /// Activities in rows, and how many people came in the cells.
  private func counts(_ titles: Int, _ out: inout ReadingBuilder) {
    for row in table.body where !cells.isBlank(row, titles) {
      let fold = cells.fold(row, titles)
      if HeadingWords.isTotal(fold) || HeadingWords.isMean(fold) || Footer.isFooter(fold) {
        continue
      }
      for (i, column) in table.sessions.enumerated() where !cells.isBlank(row, column.column) {
        var session = sessions[i]
        session.title = cells.text(row, titles)
        guard session.fault == nil,
          let parts = CountText.parts(cells.text(row, column.column))
        else {
          out.tell(cells, row, column.column, "count.unreadable", .rejected)
          var tidy = TidyRow(
            day: session.days.first ?? 0, source: cells.grid.place(row, column.column),
            line: cells.grid.line(row))
          tidy.title = session.fullTitle
          out.reading.refused.append(
            RefusedRow(
              row: tidy, dateText: session.fault == nil ? nil : session.text,
              countText: cells.text(row, column.column), code: "count.unreadable"))
          continue
        }
        out.add(parts, session, cells, at: row, column.column, amount: nil)
      }
    }
  }

  /// Whether at least two people sign with initials that are nothing else.
  private var signsByInitials: Bool {
    let signing = table.body.lazy.filter { row in
      guard let name = person(row)?.mention.name else { return false }
      return table.sessions.contains { session in
        let text = cells.text(row, session.column)
        return MarkWords.isInitials(text, of: name)
          && words.read(text, person: "").meaning == .unknown
      }
    }
    return signing.prefix(2).count == 2
  }

  /// What is told of the headings of sessions.
  private func tellHeadings(_ rows: [Int], _ marks: [Int: [Mark]], _ out: inout ReadingBuilder) {
    for (i, column) in table.sessions.enumerated() {
      // A day that does not exist and that nobody marked harms nobody.
      guard rows.contains(where: { marks[$0]?[i].isSaid == true }) else { continue }
      if let fault = sessions[i].fault {
        out.tell(cells, column.dateRow, column.dateColumn, fault.rawValue, .rejected)
      } else if sessions[i].days.count > 1 {
        out.tell(cells, column.dateRow, column.dateColumn, "date.several", .doubtful)
      }
    }
  }

  private func isCancelled(_ i: Int, _ rows: [Int], _ marks: [Int: [Mark]]) -> Bool {
    let all = rows.compactMap { marks[$0]?[i] }
    return all.contains { $0.meaning == .cancelled } && !all.contains(where: \.isSaid)
  }

  private func person(_ row: Int) -> SheetPerson? {
    guard !nameColumns.isEmpty else { return nil }
    let parts = nameColumns.map { cells.text(row, $0) }.filter { !$0.isEmpty }
    let text = parts.joined(separator: " ")
    guard text.contains(where: { $0.isLetter || $0 == "?" || $0 == "\u{FFFD}" }) else { return nil }
    var out = SheetPerson(
      mention: Mention(text), text: text, place: cells.grid.place(row, nameColumns[0]))
    if case .person(let key, let name)? = lines[row], Fold.key(name) == Fold.key(text) {
      out.key = key
      out.mention = Mention(name: text)
      return out
    }
    if isSplit, nameColumns.count == 2 {
      out.surname = cells.text(row, nameColumns[0])
      out.givenName = cells.text(row, nameColumns[1])
    }
    let flat = table.column(.flat).map { cells.text(row, $0) } ?? ""
    out.flat = flat.isEmpty ? nil : flat
    return out
  }

  /// Marks without a name: someone was there and nobody knows who. A line of words is a note.
  private func nameless(_ row: Int, _ line: [Mark], _ out: inout ReadingBuilder) {
    guard let first = line.firstIndex(where: { $0.isSaid }), !cells.isLegend(row) else { return }
    out.tell(cells, row, table.sessions[first].column, "row.nameless", .rejected)
    let nobody = SheetPerson(mention: Mention("?"), text: "")
    for (i, mark) in line.enumerated() where mark.isSaid {
      for day in sessions[i].days.prefix(1) {
        var row = TidyRow(
          day: day, source: cells.grid.place(row, table.sessions[i].column),
          line: cells.grid.line(row))
        row.title = sessions[i].fullTitle
        row.role = nobody.mention.role
        out.reading.refused.append(RefusedRow(row: row, code: "row.nameless"))
      }
    }
  }
}

/// Lines below a table that speak of the sheet, not of people.
enum Footer {
  static func isFooter(_ fold: String) -> Bool {
    let beginnings = [
      "fait a", "fait le", "signature", "signatures", "legende", "total", "nombre", "cachet",
      "visa", "nota", "nb", "observations", "remarques", "imprime le", "signe",
    ]
    return beginnings.contains { fold == $0 || fold.hasPrefix($0 + " ") }
  }
}

extension SheetCells {
  /// Whether a row holds definitions of marks.
  func isLegend(_ row: Int) -> Bool {
    (0..<width).contains { !Legend.read(text(row, $0)).isEmpty }
  }
}
