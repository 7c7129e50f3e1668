/// What the columns of a survey's export are, by the habits of its program.
struct SurveyColumns {
  /// A column of answers.
  struct Answer {
    var column: Int
    var code: String
    var question: String
    /// The option that the column is of; then its question's columns share a `group`.
    var option: String?
    var group: Int?
  }

  var exporter: SurveyExporter
  /// The first row of answers.
  var firstRow = 1
  var respondent: Int?
  var wave: Int?
  var date: Int?
  var residence: Int?
  /// The column that is empty for questionnaires that were not finished.
  var finished: Int?
  var answers: [Answer] = []

  /// Recognises an export by its headings; nil for any other sheet.
  init?(_ cells: SheetCells) {
    guard cells.height > 1 else { return nil }
    let first = cells.folds(row: 0)
    let all = Set(first)
    func has(_ words: String...) -> Bool { words.allSatisfy { all.contains($0) } }
    if ["details de la soumission", "submission details"].contains(first.first ?? "") {
      exporter = .webform
      webform(cells)
    } else if cells.text(0, 0).lowercased() == "horodateur" || first.first == "timestamp" {
      exporter = .googleForms
      date = 0
      plain(cells, except: [0])
    } else if has("id", "submitdate") || has("id de la reponse", "date de soumission")
      || has("response id", "date submitted")
    {
      exporter = .limeSurvey
      lime(cells, first)
    } else if (0..<cells.width).contains(where: { cells.text(0, $0) == "_uuid" })
      || (0..<cells.width).contains(where: { cells.text(0, $0) == "_submission_time" })
    {
      exporter = .kobo
      kobo(cells)
    } else if let wave = first.firstIndex(where: { SurveyColumns.waves.contains($0) }),
      let number = first.firstIndex(where: { SurveyColumns.numbers.contains($0) })
    {
      exporter = .typed
      self.wave = wave
      respondent = number
      plain(cells, except: [wave, number])
    } else {
      return nil
    }
    guard !answers.isEmpty else { return nil }
  }

  private static let waves: Set<String> = ["vague", "passage", "annee d enquete", "wave"]
  private static let numbers: Set<String> = [
    "n", "no", "numero", "id", "identifiant", "repondant", "n questionnaire", "questionnaire",
    "id personne", "personne",
  ]

  // MARK: - Programs

  /// Questions as headings; `Question : option` columns that hold only marks are one question's.
  private mutating func plain(_ cells: SheetCells, except: Set<Int>) {
    for column in 0..<cells.width where !except.contains(column) {
      let heading = cells.text(0, column)
      guard !heading.isEmpty else { continue }
      if ["residence", "votre residence", "site"].contains(cells.fold(0, column)) {
        residence = column
        continue
      }
      answers.append(Answer(column: column, code: heading, question: heading))
    }
    if exporter == .typed { groupOptions(cells) }
  }

  private mutating func groupOptions(_ cells: SheetCells) {
    var group = 0
    var last = ""
    for i in answers.indices {
      let heading = answers[i].question
      guard let (stem, option) = heading.parted(by: " : "), isMarks(cells, answers[i].column)
      else {
        last = ""
        continue
      }
      if stem != last { group += 1 }
      last = stem
      answers[i].option = option
      answers[i].group = group
    }
  }

  private func isMarks(_ cells: SheetCells, _ column: Int) -> Bool {
    (firstRow..<cells.height).allSatisfy {
      ["", "0", "1", "x"].contains(cells.text($0, column).lowercased())
    }
  }

  private mutating func lime(_ cells: SheetCells, _ first: [String]) {
    let own: Set<String> = [
      "id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "ipaddr",
      "refurl", "token", "id de la reponse", "date de soumission", "derniere page",
      "langue de depart", "tete de serie", "date de lancement", "date de la derniere action",
      "response id", "date submitted", "last page", "start language", "date started",
      "date last action", "interviewtime", "temps total",
    ]
    respondent = 0
    finished = first.firstIndex {
      ["submitdate", "date de soumission", "date submitted"].contains($0)
    }
    date = finished
    var groups: [String: Int] = [:]
    for column in 0..<cells.width {
      let heading = cells.text(0, column)
      guard !heading.isEmpty, !own.contains(cells.fold(0, column)) else { continue }
      // `Q1[SQ001]. The text` has the code before the text.
      let code = heading.parted(by: ". ")?.before ?? heading
      var answer = Answer(column: column, code: code, question: heading)
      if let bracket = code.firstIndex(of: "["), isYesNo(cells, column) {
        answer.option = String(code[code.index(after: bracket)...].prefix { $0 != "]" })
        let stem = String(code[..<bracket])
        groups[stem] = groups[stem] ?? groups.count
        answer.group = groups[stem]
      }
      answers.append(answer)
    }
  }

  private func isYesNo(_ cells: SheetCells, _ column: Int) -> Bool {
    (firstRow..<cells.height).allSatisfy {
      ["", "y", "n", "oui", "non", "yes", "no", "1", "0"].contains(cells.fold($0, column))
    }
  }

  private mutating func kobo(_ cells: SheetCells) {
    let own: Set<String> = [
      "start", "end", "today", "deviceid", "username", "simserial", "subscriberid", "phonenumber",
      "__version__", "formhub/uuid", "meta/instanceID", "meta/instanceName",
    ]
    let headings = (0..<cells.width).map { cells.text(0, $0) }
    respondent = headings.firstIndex(of: "_id") ?? headings.firstIndex(of: "_uuid")
    date = headings.firstIndex(of: "_submission_time") ?? headings.firstIndex(of: "end")
    // A row of HXL tags.
    let second = (0..<cells.width).map { cells.text(1, $0) }.filter { !$0.isEmpty }
    if !second.isEmpty, second.allSatisfy({ $0.hasPrefix("#") }) { firstRow = 2 }
    var group = 0
    for (column, heading) in headings.enumerated()
    where !heading.isEmpty && !heading.hasPrefix("_") && !own.contains(heading) {
      // The list of what was chosen, when each option has a column of its own.
      if column + 1 < headings.count, headings[column + 1].hasPrefix(heading + "/") {
        group += 1
        continue
      }
      var answer = Answer(column: column, code: heading, question: heading)
      if let slash = heading.lastIndex(of: "/"), headings.contains(String(heading[..<slash])) {
        answer.option = String(heading[heading.index(after: slash)...])
        answer.group = group
      }
      answers.append(answer)
    }
  }

  /// Three rows of headings: questions, parts of grids, options or the program's own columns.
  private mutating func webform(_ cells: SheetCells) {
    guard cells.height > 3 else { return }
    firstRow = 3
    var question = ""
    var group = -1
    var isOwn = true
    for column in 0..<cells.width {
      let top = cells.text(0, column)
      if !top.isEmpty {
        isOwn = column == 0
        question = top
        group += 1
      }
      let label = cells.text(2, column)
      if isOwn {
        switch Fold.key(label) {
        case "sid": respondent = column
        case "date de soumission", "heure de soumission", "soumis le", "submitted time":
          date = column
        default: break
        }
        continue
      }
      let part = label.isEmpty ? cells.text(1, column) : label
      answers.append(
        Answer(
          column: column, code: part.isEmpty ? question : "\(question) [\(part)]",
          question: question, option: label.isEmpty ? nil : label,
          group: label.isEmpty ? nil : group))
    }
  }
}

extension String {
  /// What stands before and after a sign; nil when it does not occur.
  fileprivate func parted(by sign: String) -> (before: String, after: String)? {
    let parts = split(separator: sign, maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
  }
}
