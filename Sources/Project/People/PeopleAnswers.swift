import Columns
import Diagnostics
import FoundationEssentials
import Ingest
import Model
import People
import Persistence

/// Answers whom the names of a sheet mean: by what was decided, else by the register.
struct PeopleAnswers {
  /// A name that waits for a decision.
  struct Doubt {
    var mention: PeopleNames.Mention
    var reason: Phrase
    var candidates: [(person: PeopleRegister.Person, score: Double)]
  }

  /// The code of rows that wait.
  static let code = "person.unsure"

  let register: PeopleRegister
  private let language: Language
  private let year: Int
  private var decided: [String: PersonDecision] = [:]
  private var matchers: [String: Matcher] = [:]
  /// The names that wait.
  private(set) var doubts: [Doubt] = []
  /// Names read as a person whose name is written otherwise.
  private var read: [(text: String, name: String)] = []
  /// The decisions that were used.
  private(set) var used: [PersonDecision] = []

  private let memo: RegisterMemo

  /// Reads register and decisions; nil when the model has no register.
  init?(
    _ store: Store, _ model: Model, year: Int?, language: Language, memo: RegisterMemo
  ) throws(Failure) {
    guard let known = try memo.take(store, model) else { return nil }
    (register, matchers) = known
    self.memo = memo
    self.language = language
    self.year = year ?? Int(Date.now.formatted(.iso8601).prefix(4)) ?? 2000
    for one in try store.decisions() { decided[Self.key(one.residence, one.mention)] = one }
  }

  private static func key(_ residence: String, _ mention: String) -> String {
    residence + "\u{0}" + mention
  }

  /// What each mention means.
  ///
  /// Those of `quiet` are answered without a word.
  mutating func answers(
    to mentions: [PeopleNames.Mention], quiet: Set<PeopleNames.Mention>
  ) -> [PeopleNames.Mention: PeopleNames.Meaning] {
    var out: [PeopleNames.Mention: PeopleNames.Meaning] = [:]
    for mention in mentions {
      let told = (doubts.count, read.count, used.count)
      out[mention] = meaning(of: mention)
      guard quiet.contains(mention) else { continue }
      doubts.removeLast(doubts.count - told.0)
      read.removeLast(read.count - told.1)
      used.removeLast(used.count - told.2)
    }
    memo.give(matchers)
    matchers = [:]
    return out
  }

  private mutating func meaning(of mention: PeopleNames.Mention) -> PeopleNames.Meaning {
    if let decision = decided[Self.key(mention.residence ?? "", Fold.key(mention.shown))] {
      switch decision.kind {
      case .new, .nobody:
        used.append(decision)
        return decision.kind == .new ? .asWritten : .nobody
      case .person:
        // The person may have gone with the import that named it: then the question is open.
        if let identifier = register.identifiers[decision.person] {
          used.append(decision)
          return .person(identifier)
        }
      }
    }
    let place = mention.residence ?? ""
    // Taken out while it is used, so that what it remembers is not copied.
    var matcher =
      matchers.removeValue(forKey: place) ?? register.matcher(in: mention.residence, year: year)
    matcher.year = year
    let answer = matcher.answer(to: mention.text, clues: Self.clues(mention))
    matchers[place] = matcher
    func person(_ candidate: Answer.Candidate) -> PeopleRegister.Person? {
      register[matcher.register.people[candidate.person].id]
    }
    switch answer.status {
    case .new: return .asWritten
    case .sure:
      guard let found = answer.candidates.first.flatMap(person) else { return .asWritten }
      if !Self.isSame(found.name, mention.bare) { read.append((mention.shown, found.name)) }
      return .person(found.identifier)
    case .unsure:
      let reason = answer.reason.phrase
      doubts.append(
        Doubt(
          mention: mention, reason: reason,
          candidates: answer.candidates.compactMap { one in person(one).map { ($0, one.score) } }))
      return .waits(
        Diagnostic(
          code: Self.code,
          Phrase(
            fr: "nom à vérifier\u{A0}: " + reason.fr, en: "name to be looked at: " + reason.en),
          remedy: Phrase(
            fr: "décidez avec « lien people review »", en: "decide with “lien people review”")),
        among: answer.candidates.compactMap { person($0)?.identifier })
    }
  }

  /// Whether two texts have the same words, in any order.
  private static func isSame(_ a: String, _ b: String) -> Bool {
    Fold.key(a).split(separator: " ").sorted() == Fold.key(b).split(separator: " ").sorted()
  }

  /// What the cells beside a name say of the person.
  private static func clues(_ mention: PeopleNames.Mention) -> Matcher.Clues {
    var out = Matcher.Clues()
    out.flat = mention.clues[.flat]
    out.phone = mention.clues[.phone]
    out.age = mention.clues[.age].flatMap(PeopleSheet.number)
    out.birthYear = mention.clues[.birthYear].flatMap(PeopleSheet.year)
    return out
  }

  /// The rows that wait, with the candidates in place of the remedy, for the rejects file.
  static func explained(_ rejects: [Reject], _ doubts: [Doubt], _ language: Language) -> [Reject] {
    rejects.map { reject in
      guard reject.reason.code == code else { return reject }
      let cells = Set(reject.cells.map(\.trimmed))
      let doubt = doubts.first { doubt in
        cells.contains(doubt.mention.text)
          || doubt.mention.text.split(separator: ", ").allSatisfy { cells.contains(String($0)) }
      }
      guard let doubt, !doubt.candidates.isEmpty else { return reject }
      var out = reject
      let names = doubt.candidates.prefix(4).map { $0.person.label(language) }
      let list = names.joined(separator: "\u{A0}; ") + "\u{202F}?"
      out.reason.remedy = Phrase(same: list)
      return out
    }
  }

  // MARK: - For the receipt

  private static let mostShown = 20

  /// What was decided about names, for the receipt; names are for the screen only.
  var remarks: [Assumption] {
    var out: [Assumption] = []
    func list(_ items: [String]) -> String {
      items.prefix(Self.mostShown).joined(separator: ", ")
        + (items.count > Self.mostShown ? ", …" : "")
    }
    if !read.isEmpty {
      let n = read.count
      out.append(
        Assumption(
          code: "people.read",
          message: Phrase(
            fr: "\(n) nom\(n > 1 ? "s" : "") écrit\(n > 1 ? "s" : "") autrement qu’au registre",
            en: "\(n) name\(n > 1 ? "s" : "") written otherwise than in the register"),
          isWarning: false,
          shown: Phrase(
            fr: list(read.map { "«\u{A0}\($0.text)\u{A0}» lu «\u{A0}\($0.name)\u{A0}»" }),
            en: list(read.map { "“\($0.text)” read as “\($0.name)”" }))))
    }
    if !used.isEmpty {
      let numbers = used.map { "\($0.id)" }.joined(separator: ", ")
      let s = used.count > 1 ? "s" : ""
      out.append(
        Assumption(
          code: "people.decided",
          message: Phrase(
            fr: "décision\(s) sur des noms appliquée\(s)\u{A0}: n° \(numbers)",
            en: "decision\(s) on names applied: no. \(numbers)"), isWarning: false))
    }
    for doubt in doubts.prefix(Self.mostShown) where !doubt.candidates.isEmpty {
      let names = doubt.candidates.prefix(4).map { $0.person.label(language) }
      let all = names.joined(separator: "\u{A0}; ")
      out.append(
        Assumption(
          code: "people.candidates",
          message: Phrase(
            fr:
              "un nom a \(doubt.candidates.count) candidat\(doubt.candidates.count > 1 ? "s" : "")",
            en: "a name has \(doubt.candidates.count) candidate\(names.count > 1 ? "s" : "")"),
          isWarning: false,
          shown: Phrase(
            fr: "«\u{A0}\(doubt.mention.shown)\u{A0}»\u{A0}: \(all)\u{202F}?",
            en: "“\(doubt.mention.shown)”: \(all)?")))
    }
    return out
  }
}
