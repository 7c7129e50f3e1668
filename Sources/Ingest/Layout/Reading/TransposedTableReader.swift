/// Reads a table with sessions in rows and names in columns.
struct TransposedTableReader {
  let cells: SheetCells
  var table: Table
  let words: MarkWords
  /// The session of each row of the body.
  let sessions: [Int: SheetSession]

  func read(into out: inout ReadingBuilder) {
    let words = table.names.filter(isOfWords)
    guard words.isEmpty else {
      for column in words {
        out.tell(cells, table.header.lowerBound, column, "column.no-marks", .doubtful)
      }
      var reader = self
      reader.table.names.removeAll { words.contains($0) }
      reader.readPeople(into: &out)
      return
    }
    readPeople(into: &out)
  }

  /// Whether a column beside the names holds words, none of which is a mark: what was cooked, not
  /// who came.
  private func isOfWords(_ column: Int) -> Bool {
    let texts = table.body.filter { sessions[$0] != nil }.map { cells.text($0, column) }
      .filter { !$0.isEmpty }
    return texts.count >= 2
      && texts.allSatisfy { $0.count >= 4 && words.read($0, person: "").meaning == .unknown }
  }

  private func readPeople(into out: inout ReadingBuilder) {
    let header = table.header.lowerBound
    let people = table.names.map { column in
      SheetPerson(
        mention: Mention(cells.text(header, column)), text: cells.text(header, column),
        place: cells.grid.place(header, column))
    }
    let days = sessions.values.flatMap(\.days)
    for (i, column) in table.names.enumerated() {
      let isMarked = table.body.contains {
        sessions[$0] != nil && words.read(cells.text($0, column), person: "").meaning != .nothing
      }
      if isMarked { out.tellName(cells, people[i], days, header, column) }
    }
    for row in table.body {
      guard let session = sessions[row] else {
        nameless(row, &out)
        continue
      }
      let line = zip(table.names, people).map { column, person in
        words.read(cells.text(row, column), person: person.mention.name ?? "")
      }
      if session.isCancelled
        || line.contains(where: { $0.meaning == .cancelled }) && !line.contains(where: \.isSaid)
      {
        out.cancel(session, cells, row, table.dateColumn)
        continue
      }
      if line.contains(where: \.isSaid) { tell(session, row, &out) }
      for (i, column) in table.names.enumerated() {
        out.add(line[i], people[i], session, cells, at: row, column)
      }
      check(row, zip(line, people).map { TotalCheck.weight($0, $1) }, session, &out)
    }
  }

  private func tell(_ session: SheetSession, _ row: Int, _ out: inout ReadingBuilder) {
    if let fault = session.fault {
      out.tell(cells, row, table.dateColumn, fault.rawValue, .rejected)
    } else if session.days.count > 1 {
      out.tell(cells, row, table.dateColumn, "date.several", .doubtful)
    }
  }

  /// Marks beside a cell that is no date: a total, a note, or a session that nobody dated.
  private func nameless(_ row: Int, _ out: inout ReadingBuilder) {
    let fold = cells.fold(row, table.dateColumn)
    if HeadingWords.isTotal(fold) || HeadingWords.isMean(fold) || HeadingWords.isCount(fold)
      || Footer.isFooter(fold) || cells.isLegend(row)
    {
      return
    }
    let line = table.names.map { words.read(cells.text(row, $0), person: "") }
    guard line.contains(where: \.isSaid) else { return }
    out.tell(cells, row, table.dateColumn, "date.unreadable", .rejected)
    for (i, column) in table.names.enumerated() where line[i].isSaid {
      var tidy = TidyRow(day: 0, source: cells.grid.place(row, column), line: cells.grid.line(row))
      tidy.person = Mention(cells.text(table.header.lowerBound, column)).name
      out.reading.refused.append(
        RefusedRow(
          row: tidy, dateText: cells.text(row, table.dateColumn),
          markText: cells.text(row, column), code: "date.unreadable"))
    }
  }

  private func check(
    _ row: Int, _ weights: [(people: Int, marks: Int)], _ session: SheetSession,
    _ out: inout ReadingBuilder
  ) {
    guard session.fault == nil else { return }
    for column in table.columns(.total) {
      guard let shown = cells.integer(row, column) else { continue }
      let sums = [weights.reduce(0) { $0 + $1.people }, weights.reduce(0) { $0 + $1.marks }]
      if sums.contains(shown) {
        out.reading.totalsChecked += 1
      } else {
        out.tell(cells, row, column, "total.differs", .doubtful)
      }
    }
  }
}
