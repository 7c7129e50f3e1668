import Columns
package import Diagnostics
import FoundationEssentials
import Ingest
import Model
import People
import Persistence

/// `lien people review`: names that could not be told, decided by a person; the rows that waited
/// for it come in.
package struct PeopleReview {
  /// A name to decide on.
  package struct Question: Sendable {
    /// Somebody whom the name may mean.
    package struct Candidate: Sendable {
      /// The person's pseudonym.
      package let person: String
      /// The person as the terminal shows it.
      package let label: String
      /// How likely, from 0 to 1.
      package let score: Double
    }

    /// The name as it was typed.
    package let written: String
    /// The residence of the sheet; empty when it did not say.
    package let residence: String
    /// Why nobody could be told.
    package let reason: Phrase
    /// Who it may be, most likely first.
    package let candidates: [Candidate]
    /// The first import that waits for it.
    package let importID: Int
    /// The sheet.
    package let sheet: String

    /// The question that a doubt about a name asks.
    init(_ doubt: PeopleAnswers.Doubt, _ record: ImportRecord, _ language: Language) {
      written = doubt.mention.shown
      residence = doubt.mention.residence ?? ""
      reason = doubt.reason
      candidates = doubt.candidates.map {
        Candidate(
          person: $0.person.pseudonym, label: $0.person.label(language), score: $0.score)
      }
      importID = record.id
      sheet = record.fileName ?? "\(record.id)"
    }

    /// What makes two questions one: a text, folded, in one residence.
    var key: String { residence + "\u{0}" + Fold.key(written) }
  }

  /// What a person decides.
  package enum Choice: Sendable, Hashable {
    /// The name means this person, by pseudonym.
    case person(String)
    /// Somebody who is not in the register.
    case new
    /// Nobody who counts.
    case nobody
  }

  /// What became of decisions.
  package struct Outcome: Sendable {
    /// How many were recorded.
    package var decided: Int
    /// The imports that followed, as `lien import` tells them.
    package var reports: [ImportUseCase.FileReport]
    /// Sheets that hold rows by a decision taken back, to be imported again.
    package var toImportAgain: [String] = []
  }

  let project: ProjectFolder
  let model: Model
  private let language: Language
  private let leavesBooks: Bool

  /// Reads the project's model. With `leavesBooks`, rows that are to be corrected once their name
  /// is settled are left as a workbook.
  package init(
    project: ProjectFolder, language: Language, leavesBooks: Bool = false
  ) throws(Failure) {
    self.project = project
    self.language = language
    self.leavesBooks = leavesBooks
    model = try project.model()
  }

  private func useCase(_ rows: WaitingRows) throws(Failure) -> ImportUseCase {
    var options = rows.options
    options.leavesBooks = leavesBooks
    return try ImportUseCase(project: project, language: language, options: options, model: model)
  }

  // MARK: - Questions

  /// The names to decide on, each once, in the order of the imports; of all, or of one.
  package func questions(of id: Int? = nil) throws(Failure) -> [Question] {
    let store = try Store.open(in: project.path, model: model)
    var out: [Question] = []
    var seen: Set<String> = []
    for rows in try WaitingRows.all(store, of: id) {
      let found = try useCase(rows).understand(rows.name, text: rows.text(), store)
      for doubt in found.doubts {
        let question = Question(doubt, rows.record, language)
        if seen.insert(question.key).inserted { out.append(question) }
      }
    }
    return out
  }

  // MARK: - Decisions

  /// Records decisions, and brings in the rows that waited for them.
  package func decide(_ decisions: [(Question, Choice)]) throws(Failure) -> Outcome {
    let store = try Store.open(in: project.path, model: model, forWriting: true)
    let now = Date.now.formatted(.iso8601)
    try store.record(
      decisions.map { question, choice in
        var one = PersonDecision(
          residence: question.residence, mention: Fold.key(question.written),
          written: question.written, kind: .new, importID: question.importID, madeAt: now)
        switch choice {
        case .new: break
        case .nobody: one.kind = .nobody
        case .person(let person):
          one.kind = .person
          one.person = person
        }
        return one
      })
    return Outcome(decided: decisions.count, reports: try takeAgain(store))
  }

  /// Brings in the rows that no longer wait, as corrected rejects of their import.
  private func takeAgain(_ store: Store) throws(Failure) -> [ImportUseCase.FileReport] {
    var out: [ImportUseCase.FileReport] = []
    for rows in try WaitingRows.all(store) {
      let useCase = try useCase(rows)
      let found = try useCase.understand(rows.name, text: rows.text(), store)
      let waiting = Set(
        found.readings.flatMap(\.rejects).filter { $0.reason.code == PeopleAnswers.code }.map(
          \.line))
      // Rows that were decided to be of nobody bring nothing in, and wait no more.
      guard rows.rejects.contains(where: { !waiting.contains($0.line) }) else { continue }
      out.append(
        try useCase.bring(rows.name, text: rows.text(without: waiting), into: store))
    }
    return out
  }

  /// Takes a decision back: the rows that came in by it wait again.
  package func undo(_ id: Int) throws(Failure) -> Outcome {
    let store = try Store.open(in: project.path, model: model, forWriting: true)
    guard try store.decisions().contains(where: { $0.id == id }) else {
      // Says so in its own words.
      try store.dropDecision(id)
      return Outcome(decided: 0, reports: [])
    }
    var sheets: [String] = []
    for record in try store.imports().reversed() where record.state == .active {
      let used = WaitingRows.receipt(of: record)?.settled?["decisions"]?.split(separator: ",")
      guard used?.contains("\(id)") == true else { continue }
      if record.kind == .rejectsCorrection {
        _ = try store.undo(record.id)
        RejectFiles(project: project).remove(of: record.id)
      } else {
        sheets.append(record.fileName ?? "\(record.id)")
      }
    }
    try store.dropDecision(id)
    return Outcome(decided: 1, reports: try takeAgain(store), toImportAgain: sheets.reversed())
  }

  /// The decisions that hold, a line each.
  package func decisions(language: Language) throws(Failure) -> String {
    let store = try Store.open(in: project.path, model: model)
    let register = try PeopleRegister(store, model)
    let all = try store.decisions()
    let fr = language == .fr
    if all.isEmpty { return fr ? "Aucune décision.\n" : "No decision.\n" }
    var out = ""
    for one in all {
      let meaning =
        switch one.kind {
        case .person: register?.name(of: one.person, language) ?? one.person
        case .new: fr ? "nouvelle personne" : "new person"
        case .nobody: fr ? "personne à compter" : "nobody who counts"
        }
      let place = one.residence.isEmpty ? "" : " (\(one.residence))"
      out += "\(one.id)  \(one.written)\(place) → \(meaning)  [\(one.madeAt.prefix(10))]\n"
    }
    return Shown.text(out)
  }
}
