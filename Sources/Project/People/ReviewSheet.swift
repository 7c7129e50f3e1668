package import Diagnostics
import Ingest

/// The names to decide on as a CSV, or a workbook (`ReviewBook`), that a person fills in and gives
/// back.
extension PeopleReview {
  private static let columns = [
    NamesFile.nameColumn, NamesFile.residenceColumn, "lien_motif", NamesFile.peopleColumn,
    "candidats", "décision",
  ]

  /// The sheet to fill in, as its name asks for: a workbook (`.xlsx`), else CSV.
  ///
  /// - Throws: `Failure` when a workbook cannot hold it.
  package func sheet(_ questions: [Question], for path: String) throws(Failure) -> [UInt8] {
    switch RejectFiles.Form(path: path) {
    case .xlsx: try ReviewBook(questions).bytes()
    case .csv: Array(csv(questions).utf8)
    }
  }

  /// The candidates with their numbers.
  static func labels(_ question: Question) -> [String] {
    question.candidates.enumerated().map { "\($0 + 1) = \($1.label)" }
  }

  /// The sheet to fill in: a row a name; the last column takes a candidate's number, « nouveau »
  /// or « personne ».
  package func csv(_ questions: [Question]) -> String {
    var out = "\u{FEFF}" + Self.columns.joined(separator: ";") + "\r\n"
    for question in questions {
      out +=
        [
          question.written, question.residence, question.reason.fr,
          question.candidates.map(\.person).joined(separator: " "),
          Self.labels(question).joined(separator: " | "), "",
        ].map(Self.cell).joined(separator: ";") + "\r\n"
    }
    return out
  }

  /// The names as a JSON array, without any name: candidates by pseudonym.
  package static func json(_ questions: [Question]) -> String {
    JSONText.array(
      questions.map { one in
        JSONText.object([
          ("residence", JSONText.string(one.residence)), ("import", "\(one.importID)"),
          ("reason", JSONText.string(one.reason.en)),
          (
            "candidates",
            "[" + one.candidates.map { JSONText.string($0.person) }.joined(separator: ", ") + "]"
          ),
        ])
      })
  }

  /// A name as a terminal may show it.
  package static func shown(_ text: String) -> String { Shown.text(text) }

  private static func cell(_ text: String) -> String {
    guard text.contains(where: { $0 == ";" || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// Decisions as a filled-in sheet has them, and the lines that could not be read.
  package struct Filled: Sendable {
    /// The decisions.
    package var decisions: [(Question, Choice)] = []
    /// Names without a decision, or with one that cannot be read.
    package var open: [Question] = []
    /// Lines whose decision is none of those offered.
    package var unreadable: [Int] = []
    /// Lines about names that wait no more.
    package var settled = 0
  }

  /// Reads a filled-in sheet.
  ///
  /// - Throws: `Failure` with status `input` when the file is no sheet, `usage` when it is not a
  ///   review sheet.
  package func filled(_ path: String) throws(Failure) -> Filled {
    let sheet = try FilledSheet(path: path, isHeader: NamesFile.isHeader)
    guard let written = sheet.place(NamesFile.nameColumn),
      let residence = sheet.place(NamesFile.residenceColumn),
      let people = sheet.place(NamesFile.peopleColumn), let decision = sheet.place("décision")
    else {
      throw Failure(
        .usage, code: "people.review-sheet",
        fr: "ce fichier n’est pas une feuille de vérification des noms",
        en: "this file is not a review sheet of names",
        remedy: Phrase(
          fr: "« lien people review --out noms.csv » en écrit une",
          en: "“lien people review --out names.csv” writes one"), at: SourceLocation(file: path))
    }
    var waiting: [String: Question] = [:]
    for question in try questions() { waiting[question.key] = question }
    var out = Filled()
    for (line, cell) in sheet.filledRows {
      let key = cell(residence) + "\u{0}" + Fold.key(cell(written))
      guard let question = waiting[key] else {
        out.settled += 1
        continue
      }
      let said = cell(decision)
      if said.isEmpty {
        out.open.append(question)
        continue
      }
      let offered = cell(people).split(separator: " ").map(String.init)
      if let choice = Self.choice(said, offered) {
        out.decisions.append((question, choice))
      } else {
        out.unreadable.append(line)
        out.open.append(question)
      }
    }
    return out
  }

  /// What to say of a line whose decision is none of those offered.
  package static func unreadable(file: String, line: Int) -> Diagnostic {
    Diagnostic(
      .warning, code: "people.decision-unreadable",
      Phrase(
        fr: "décision illisible, ligne \(line)", en: "this decision cannot be read, line \(line)"),
      remedy: Phrase(
        fr: "écrivez le numéro d’un candidat, « nouveau » ou « personne »",
        en: "write a candidate’s number, “nouveau” or “personne”"),
      at: SourceLocation(file: file, line: line))
  }

  /// A decision as it is typed: a candidate's number, « nouveau », « personne ».
  package static func choice(_ text: String, _ people: [String]) -> Choice? {
    // A spreadsheet program may turn « 1 » into « 1,0 ».
    let number = text.prefix { $0.isASCII && $0.isWholeNumber }
    let rest = text.dropFirst(number.count)
    if let n = Int(number), n > 0, n <= people.count,
      rest.isEmpty || rest.first == " " || [",0", ".0"].contains(rest)
    {
      return .person(people[n - 1])
    }
    // A list offers « nouveau = quelqu’un d’autre ».
    switch Fold.key(text.prefix { $0 != "=" }) {
    case "n", "nouveau", "nouvelle", "new": return .new
    case "0", "personne", "aucun", "aucune", "ecarter", "nobody", "nobody who counts":
      return .nobody
    default: return people.contains(text) ? .person(text) : nil
    }
  }
}
