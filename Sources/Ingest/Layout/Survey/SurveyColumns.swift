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
    /// What its question shares with others that are answered alike: the rows of a grid.
    var stem: String?
  }

  var exporter: SurveyExporter
  /// The first row of headings: lines may stand above.
  let top: Int
  /// The first row of answers.
  var firstRow: Int
  var respondent: Int?
  var wave: Int?
  var date: Int?
  var residence: Int?
  /// The column that is empty for questionnaires that were not finished.
  var finished: Int?
  /// The column of the numbers by which other sheets name a respondent.
  var index: Int?
  var answers: [Answer] = []
  /// Columns that say who answered: names, addresses, telephones.
  var identities: [Int] = []

  /// Recognises an export by its headings; nil for any other sheet.
  init?(_ cells: SheetCells) {
    for row in 0..<min(cells.height, SurveyColumns.mostAbove) {
      guard let found = SurveyColumns(cells, top: row) else { continue }
      self = found
      return
    }
    return nil
  }

  /// The lines that may stand above the headings.
  private static let mostAbove = 12

  private init?(_ cells: SheetCells, top: Int) {
    guard cells.height > top + 1 else { return nil }
    self.top = top
    firstRow = top + 1
    let first = cells.folds(row: top)
    let all = Set(first)
    func has(_ words: String...) -> Bool { words.allSatisfy { all.contains($0) } }
    func has(text: String) -> Bool { (0..<cells.width).contains { cells.text(top, $0) == text } }
    if ["details de la soumission", "submission details"].contains(first.first ?? "")
      || has("sid", "numero de serie") || has("sid", "serial number") || has("sid", "serial")
    {
      exporter = .webform
      webform(cells)
    } else if SurveyColumns.stamps.contains(first.first ?? "") {
      exporter = .googleForms
      date = 0
      plain(cells, except: [0])
    } else if has("id", "submitdate") || has("id de la reponse", "date de soumission")
      || has("response id", "date submitted")
    {
      exporter = .limeSurvey
      lime(cells, first)
    } else if has(text: "_uuid") || has(text: "_submission_time") {
      exporter = .kobo
      kobo(cells)
    } else if top == 0, let wave = first.firstIndex(where: { SurveyColumns.waves.contains($0) }),
      let number = first.firstIndex(where: { SurveyColumns.numbers.contains($0) })
    {
      exporter = .typed
      self.wave = wave
      respondent = number
      plain(cells, except: [wave, number])
    } else {
      return nil
    }
    takeContext(cells)
    guard !answers.isEmpty else { return nil }
  }

  private static let stamps: Set<String> = ["horodateur", "timestamp", "horodatage"]
  private static let waves: Set<String> = ["vague", "passage", "annee d enquete", "wave"]
  private static let numbers: Set<String> = [
    "n", "no", "numero", "id", "identifiant", "repondant", "n questionnaire", "questionnaire",
    "id personne", "personne",
  ]

  /// Columns that say the wave, the residence or who answered are no answers.
  private mutating func takeContext(_ cells: SheetCells) {
    answers.removeAll { answer in
      let fold = cells.fold(top, answer.column)
      if wave == nil, SurveyColumns.waves.contains(fold) {
        wave = answer.column
      } else if residence == nil,
        ["residence", "votre residence", "site", "residence code"].contains(fold)
      {
        residence = answer.column
      } else if answer.option == nil, Identifying.isHeading(Fold.key(answer.question)) {
        identities.append(answer.column)
      } else {
        return false
      }
      return true
    }
  }

  // MARK: - Programs

  /// Questions as headings; `Question : option` columns that hold only marks are one question's,
  /// and `Question [row]` ones are those of a grid.
  private mutating func plain(_ cells: SheetCells, except: Set<Int>) {
    for column in 0..<cells.width where !except.contains(column) {
      let heading = cells.text(top, column)
      guard !heading.isEmpty else { continue }
      var answer = Answer(column: column, code: heading, question: heading)
      if heading.hasSuffix("]"), let bracket = heading.lastIndex(of: "["),
        bracket > heading.startIndex
      {
        answer.stem = String(heading[..<bracket])
      }
      answers.append(answer)
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
      "date last action", "interviewtime", "temps total", "adresse ip", "url referente",
      "ip address", "referrer url", "total time", "code d invitation", "access code",
    ]
    respondent = 0
    finished = first.firstIndex {
      ["submitdate", "date de soumission", "date submitted"].contains($0)
    }
    date = finished
    var groups: [String: Int] = [:]
    for column in 0..<cells.width {
      let heading = cells.text(top, column)
      guard !heading.isEmpty, !own.contains(cells.fold(top, column)) else { continue }
      // `Q1[SQ001]. The text` has the code before the text.
      let parts = heading.parted(by: ". ")
      let code = parts?.before ?? heading
      var answer = Answer(column: column, code: code, question: parts?.after ?? heading)
      if let bracket = code.firstIndex(of: "[") {
        let stem = String(code[..<bracket])
        if isYesNo(cells, column) {
          answer.option = String(code[code.index(after: bracket)...].prefix { $0 != "]" })
          groups[stem] = groups[stem] ?? groups.count
          answer.group = groups[stem]
        } else if !code.hasSuffix("[other]") {
          answer.stem = stem
        }
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
    let headings = (0..<cells.width).map { cells.text(top, $0) }
    respondent = headings.firstIndex(of: "_id") ?? headings.firstIndex(of: "_uuid")
    date = headings.firstIndex(of: "_submission_time") ?? headings.firstIndex(of: "end")
    index = headings.firstIndex(of: "_index")
    // A row of HXL tags.
    let second = (0..<cells.width).map { cells.text(top + 1, $0) }.filter { !$0.isEmpty }
    if !second.isEmpty, second.allSatisfy({ $0.hasPrefix("#") }) { firstRow = top + 2 }
    answers = SurveyColumns.koboAnswers(headings)
  }

  /// The questions of a sheet of Kobo's: groups stand before a slash, options behind one.
  static func koboAnswers(_ headings: [String]) -> [Answer] {
    let own: Set<String> = [
      "start", "end", "today", "deviceid", "username", "simserial", "subscriberid", "phonenumber",
      "__version__", "formhub/uuid", "meta/instanceID", "meta/instanceName",
    ]
    var out: [Answer] = []
    var group = 0
    for (column, heading) in headings.enumerated()
    where !heading.isEmpty && !heading.hasPrefix("_") && !own.contains(heading) {
      // The list of what was chosen, when each option has a column of its own.
      if column + 1 < headings.count, headings[column + 1].hasPrefix(heading + "/") {
        group += 1
        continue
      }
      var answer = Answer(column: column, code: heading, question: heading)
      if let slash = heading.lastIndex(of: "/") {
        let question = String(heading[heading.index(after: slash)...])
        answer.question = question
        if headings.contains(String(heading[..<slash])) {
          answer.option = question
          answer.group = group
        }
      }
      out.append(answer)
    }
    return out
  }

  /// Two or three rows of headings, the last with the program's own columns, options or parts of
  /// grids; or one row only.
  private mutating func webform(_ cells: SheetCells) {
    let last = (top..<min(top + 3, cells.height)).first { row in
      cells.folds(row: row).contains { $0 == "sid" }
    }
    guard let last else { return }
    firstRow = last + 1
    if last == top {
      webformOfOneRow(cells)
      return
    }
    var question = ""
    var group = -1
    var isOwn = true
    for column in 0..<cells.width {
      let above = cells.text(top, column)
      if !above.isEmpty {
        isOwn = column == 0
        question = above
        group += 1
      }
      let label = cells.text(last, column)
      if isOwn {
        takeOwn(Fold.key(label), column)
        continue
      }
      let middle = last - top == 2 ? cells.text(top + 1, column) : ""
      let part = label.isEmpty ? middle : label
      guard !question.isEmpty else { continue }
      // Options hold crosses; rows of a grid hold answers.
      let isOption = !label.isEmpty && isCrosses(cells, column)
      var answer = Answer(
        column: column, code: part.isEmpty ? question : "\(question) [\(part)]",
        question: question, option: isOption ? label : nil, group: isOption ? group : nil)
      if !part.isEmpty, !isOption { answer.stem = question }
      answers.append(answer)
    }
  }

  private func isCrosses(_ cells: SheetCells, _ column: Int) -> Bool {
    (firstRow..<cells.height).allSatisfy {
      ["", "x", "0", "1"].contains(cells.fold($0, column))
    }
  }

  private mutating func takeOwn(_ fold: String, _ column: Int) {
    switch fold {
    case "sid": respondent = column
    case "date de soumission", "heure de soumission", "soumis le", "submitted time", "termine",
      "completed":
      if date == nil || fold.hasPrefix("date") { date = column }
    case "cree", "created": date = date ?? column
    default: break
    }
  }

  private mutating func webformOfOneRow(_ cells: SheetCells) {
    let own: Set<String> = [
      "numero de serie", "serial number", "serial", "sid", "uuid", "jeton", "token",
      "uri de soumission", "submission uri", "cree", "created", "termine", "completed", "modifie",
      "changed", "en brouillon", "in draft", "brouillon", "draft", "page courante", "current page",
      "adresse ip distante", "remote ip address", "adresse ip", "ip address", "uid",
      "nom d utilisateur", "username", "langue", "language", "soumis par", "submitted by",
      "verrouille", "locked", "epingle", "sticky", "notes", "date de soumission", "submitted time",
      "soumis le", "derniere modification",
    ]
    for column in 0..<cells.width where !cells.isBlank(top, column) {
      let fold = cells.fold(top, column)
      if own.contains(fold) {
        takeOwn(fold, column)
      } else {
        let heading = cells.text(top, column)
        answers.append(Answer(column: column, code: heading, question: heading))
      }
    }
  }
}

/// Headings under which people say who they are.
enum Identifying {
  private static let words: Set<String> = [
    "mail", "email", "courriel", "telephone", "tel", "portable", "mobile", "adresse", "prenom",
    "prenoms", "surname", "name", "phone", "address",
  ]
  private static let whole: Set<String> = [
    "nom", "votre nom", "nom de famille", "nom et prenom", "nom prenom", "nom d utilisateur",
    "n appartement", "appartement", "votre appartement", "n logement", "logement",
    "votre logement", "n de logement", "n d appartement", "numero d appartement",
    "numero de logement", "coordonnees", "vos coordonnees", "username",
    "date de naissance", "votre date de naissance", "date of birth",
  ]

  /// Whether a question's answers would say who answered.
  static func isHeading(_ fold: String) -> Bool {
    if whole.contains(fold) { return true }
    let all = fold.split(separator: " ").map(String.init)
    return all.count <= 4 && all.contains(where: words.contains)
  }
}

extension String {
  /// What stands before and after a sign; nil when it does not occur.
  fileprivate func parted(by sign: String) -> (before: String, after: String)? {
    let parts = split(separator: sign, maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
  }
}
