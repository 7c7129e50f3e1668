import Periods

extension Writer {
  /// One line a date, one column a person.
  mutating func transposed() {
    newGrid(plan.sheetName)
    var row = title(width: plan.people.count + 1)
    put(row, 0, plan.dateHeading)
    for (p, person) in plan.people.enumerated() {
      let text = plan.rotatesNames ? person.text.replacing(" ", with: "\n") : person.text
      put(row, p + 1, text)
      let isMarked = plan.sessions.indices.contains { s in
        if case .cancelled = plan.sessions[s].fate { return false }
        return plan.marks[p][s].meaning != .nothing
      }
      if isMarked { tellName(person, row, p + 1) }
    }
    for total in plan.totals where total.inColumn {
      put(row, plan.people.count + 1, total.word)
    }
    row += 1
    for (s, session) in plan.sessions.enumerated() {
      put(row, 0, session.shown ?? session.day.shown(plan.dates))
      tellSession(session, row, 0)
      var sum = 0
      for (p, person) in plan.people.enumerated() {
        var mark = plan.marks[p][s]
        if case .cancelled(let word) = session.fate {
          mark = PlannedMark(text: p == 0 || plan.seed % 2 == 1 ? word : "", meaning: .nothing)
        }
        put(row, p + 1, FieldCell(mark.text, mark.kind))
        expect(person, mark, session, at: row, p + 1)
        sum += weight(person, mark, session)
      }
      for total in plan.totals where total.inColumn {
        put(row, plan.people.count + 1, total.instead ?? FieldCell("\(sum)", .number))
      }
      row += 1
    }
    footer(from: row)
  }

  /// One line a person and a session; only the marks that say something.
  mutating func longList() {
    newGrid(plan.sheetName)
    var row = title(width: 4)
    let hasTitles = plan.sessions.contains { $0.title != nil }
    let hasTimes = plan.sessions.contains { $0.timeText != nil }
    let hasDurations = plan.sessions.contains { $0.durationText != nil }
    var headings = [plan.dateHeading]
    if hasTitles { headings.append("Activité") }
    if hasTimes { headings.append("Horaire") }
    if hasDurations { headings.append("Durée") }
    let nameAt = headings.count
    headings += plan.splitsName ? ["Nom", "Prénom"] : [plan.nameHeading]
    let columnsAt = headings.count
    headings += plan.columns.map(\.heading)
    let markAt = headings.count
    headings.append(plan.markHeading)
    for (c, heading) in headings.enumerated() { put(row, c, plan.tidiesHeadings(heading)) }
    row += 1
    for (s, session) in plan.sessions.enumerated() {
      if case .cancelled = session.fate { continue }
      for (p, person) in plan.people.enumerated() {
        let mark = plan.marks[p][s]
        if mark.meaning == .nothing { continue }
        put(row, 0, session.shown ?? session.day.shown(plan.dates))
        tellSession(session, row, 0)
        if hasTitles { put(row, 1, session.title ?? "") }
        if hasTimes { put(row, hasTitles ? 2 : 1, session.timeText ?? "") }
        if hasDurations { put(row, nameAt - 1, session.durationText ?? "") }
        if plan.splitsName {
          let parts = person.text.split(separator: " ", maxSplits: 1).map(String.init)
          put(row, nameAt, parts[0])
          put(row, nameAt + 1, parts.count > 1 ? parts[1] : "")
        } else {
          put(row, nameAt, person.text)
        }
        for (c, column) in plan.columns.enumerated() where p < column.values.count {
          put(row, columnsAt + c, column.values[p])
        }
        put(row, markAt, FieldCell(mark.text, mark.kind))
        tellName(person, row, nameAt)
        expect(person, mark, session, at: row, markAt)
        row += 1
      }
    }
    footer(from: row)
  }

  /// The people of one session, its date in the title.
  mutating func signIn() {
    plan.sessions = Array(plan.sessions.prefix(1))
    plan.marks = plan.marks.map { Array($0.prefix(1)) }
    newGrid(plan.sheetName)
    var top = title(width: 3)
    if plan.year != .fileName {
      top = max(top - plan.blankBetween, 0)
      let day = plan.sessions[0].day
      let shown = [
        "Date : \(day.french)", "Séance du \(day.dayOfMonth) \(day.monthName) \(day.year)",
      ]
      put(top, 0, shown[plan.seed % 2])
      top += 1 + plan.blankBetween
    }
    signInBody(0, top: top)
  }

  mutating func signInBody(_ s: Int, top: Int) {
    var row = top
    let number = plan.isNumbered ? 1 : 0
    if number == 1 { put(row, 0, "N°") }
    put(row, number, plan.nameHeading)
    for (c, column) in plan.columns.enumerated() { put(row, number + 1 + c, column.heading) }
    let markAt = number + 1 + plan.columns.count
    put(row, markAt, plan.markHeading)
    row += 1
    for (p, person) in plan.people.enumerated() {
      let mark = plan.marks[p][s]
      if number == 1 { put(row, 0, FieldCell("\(p + 1)", .number)) }
      put(row, number, person.text)
      for (c, column) in plan.columns.enumerated() where p < column.values.count {
        put(row, number + 1 + c, column.values[p])
      }
      put(row, markAt, FieldCell(mark.text, mark.kind))
      if mark.meaning != .nothing { tellName(person, row, number) }
      expect(person, mark, plan.sessions[s], at: row, markAt)
      row += 1
    }
    for i in 0..<plan.blankLines {
      if number == 1 { put(row, 0, FieldCell("\(plan.people.count + i + 1)", .number)) }
      row += 1
    }
    footer(from: row)
  }

  /// One line a session with a count, without names.
  mutating func countList() {
    newGrid(plan.sheetName)
    var row = title(width: 4)
    let hasTimes = plan.sessions.contains { $0.timeText != nil }
    let hasDurations = plan.sessions.contains { $0.durationText != nil }
    var headings = [plan.dateHeading, "Activité"]
    if hasTimes { headings.append("Horaires") }
    if hasDurations { headings.append("Durée") }
    headings.append("Nb de participants")
    let countAt = headings.count - 1
    if !plan.amounts.isEmpty { headings.append("Coût") }
    for (c, heading) in headings.enumerated() { put(row, c, plan.tidiesHeadings(heading)) }
    row += 1
    for (s, session) in plan.sessions.enumerated() {
      put(row, 0, session.shown ?? session.day.shown(plan.dates))
      put(row, 1, session.title ?? plan.activity ?? "")
      if hasTimes { put(row, 2, session.timeText ?? "") }
      if hasDurations { put(row, 3, session.durationText ?? "") }
      tellSession(session, row, 0)
      let count = s < plan.counts.count ? plan.counts[s] : ("\(5 + s)", [5 + s])
      put(row, countAt, count.0)
      if s < plan.amounts.count { put(row, countAt + 1, plan.amounts[s].text) }
      let amount = s < plan.amounts.count ? plan.amounts[s].value : nil
      if session.fate == .held {
        if count.1.isEmpty { tell(row, countAt, "count.unreadable", .rejected) }
        for part in count.1 {
          var out = FieldRow(date: session.day.iso, source: place(row, countAt))
          out.title = plan.title(of: session)
          out.headcount = part
          out.start = session.start
          out.minutes = session.minutes
          out.amount = amount
          add(out)
        }
      }
      row += 1
    }
    footer(from: row)
  }
}
