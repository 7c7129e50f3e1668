/// The sheets that KoboToolbox writes for groups of questions asked several times: one row a turn,
/// tied to a respondent by `_parent_index`.
struct RepeatedGroups {
  let cells: SheetCells
  let columns: SurveyColumns

  /// Adds the answers of such sheets; the names of others go with what was not read.
  func read(_ grids: [CellGrid], into out: inout SurveyReading) {
    // Whose number each row of the first sheet bears.
    var people: [String: SurveyAnswer] = [:]
    if let index = columns.index {
      var byLine: [Int32: SurveyAnswer] = [:]
      for answer in out.answers where byLine[answer.line] == nil { byLine[answer.line] = answer }
      for row in columns.firstRow..<max(cells.height, columns.firstRow) {
        people[cells.text(row, index)] = byLine[cells.grid.line(row)]
      }
    }
    for grid in grids {
      let sheet = SheetCells(grid)
      if !read(sheet, people, into: &out), sheet.height > 0, let name = grid.sheetName {
        out.unread.append(name)
      }
    }
  }

  private func read(
    _ sheet: SheetCells, _ people: [String: SurveyAnswer], into out: inout SurveyReading
  ) -> Bool {
    let headings = (0..<sheet.width).map { sheet.text(0, $0) }
    guard let parent = headings.firstIndex(of: "_parent_index"),
      let name = sheet.grid.sheetName, !people.isEmpty
    else { return false }
    // A group within a repeated one is tied to that one.
    if let table = headings.firstIndex(of: "_parent_table_name"), sheet.height > 1,
      sheet.text(1, table) != cells.grid.sheetName ?? sheet.text(1, table)
    {
      return false
    }
    let questions = SurveyColumns.koboAnswers(headings).filter {
      let isIdentifying = Identifying.isHeading(Fold.key($0.question))
      if isIdentifying { out.identities.append("\(name)/\($0.question)") }
      return !isIdentifying
    }
    var turns: [String: Int] = [:]
    for row in 1..<max(sheet.height, 1) where !sheet.isBlank(row, parent) {
      let index = sheet.text(row, parent)
      guard let person = people[index] else { continue }
      turns[index, default: 0] += 1
      for question in questions {
        var item = question
        // `enfants/age` of the second child: `enfants[2]/age`.
        let inner =
          question.code.hasPrefix(name + "/")
          ? String(question.code.dropFirst(name.count + 1)) : question.code
        item.code = "\(name)[\(turns[index] ?? 1)]/\(inner)"
        item.stem = nil
        let text = sheet.text(row, question.column)
        let isOption = question.group != nil
        out.add(
          item, isOption ? .option : .words, SurveyReader.isMissing(text) ? "" : text, of: person)
      }
    }
    // How many times each was asked, none included.
    var count = SurveyColumns.Answer(column: parent, code: name, question: name)
    count.stem = nil
    for index in people.keys.sorted(by: { ($0.count, $0) < ($1.count, $1) }) {
      guard let person = people[index] else { continue }
      out.add(count, .words, "\(turns[index] ?? 0)", of: person)
    }
    return true
  }
}

extension SurveyReading {
  /// Adds an answer of a respondent who is known from another one.
  fileprivate mutating func add(
    _ item: SurveyColumns.Answer, _ kind: SurveyItem.Kind, _ text: String,
    of person: SurveyAnswer
  ) {
    var answer = person
    answer.item = item.code
    answer.text = text
    answer.words = ""
    answer.number = AnswerNumber.read(text)
    answers.append(answer)
    note(item, kind, text)
  }
}
