import Columns
package import Diagnostics
import FoundationEssentials
import Model
import People
import Persistence

/// `lien people`, `people show`, `people merge`: the persons that a project knows.
package struct PeopleLedger {
  private let project: ProjectFolder
  private let model: Model

  /// Reads the project's model.
  package init(project: ProjectFolder) throws(Failure) {
    self.project = project
    model = try project.model()
  }

  /// A person, of the register or not.
  private struct Entry {
    var pseudonym: String
    var residence: String?
    var isRegistered: Bool
    var mergedInto: String?
    /// Rows about the person, by table.
    var rows: [(table: TableDeclaration, count: Int)] = []
  }

  private func open() throws(Failure) -> (Store, PeopleRegister) {
    let store = try Store.open(in: project.path, model: model)
    guard let register = try PeopleRegister(store, model) else {
      throw Failure(
        .usage, code: "people.no-table", fr: "le modèle de ce projet n’a pas de table de personnes",
        en: "this project’s model has no table of people")
    }
    return (store, register)
  }

  private func entries(_ store: Store, _ register: PeopleRegister) throws(Failure) -> [Entry] {
    var out: [Entry] = []
    var places: [String: Int] = [:]
    let merges = try store.merges()
    for person in register.people where places[person.pseudonym] == nil {
      places[person.pseudonym] = out.count
      out.append(
        Entry(pseudonym: person.pseudonym, residence: person.residence, isRegistered: true))
    }
    for pseudonym in register.identifiers.keys.sorted() where places[pseudonym] == nil {
      places[pseudonym] = out.count
      out.append(
        Entry(pseudonym: pseudonym, isRegistered: false, mergedInto: merges[pseudonym]))
    }
    for table in model.tables {
      guard let name = table.person, let column = table[name],
        column.target == register.table.name,
        case .text(let codes, let lexicon)? = try store.table(table.name, columns: [name])[name]
      else { continue }
      var counts: [Int32: Int] = [:]
      for code in codes where code >= 0 { counts[code, default: 0] += 1 }
      for (code, count) in counts.sorted(by: { $0.key < $1.key }) {
        if let place = places[lexicon[Int(code)]] { out[place].rows.append((table, count)) }
      }
    }
    return out
  }

  /// All persons, a line each.
  package func text(language: Language, showsNames: Bool) throws(Failure) -> String {
    let (store, register) = try open()
    let everybody = try entries(store, register)
    let all = everybody.filter { !Self.isRespondent($0) }
    let fr = language == .fr
    if everybody.isEmpty { return fr ? "Aucune personne connue.\n" : "No person known.\n" }
    let known = all.count { $0.isRegistered }
    let others = all.count { !$0.isRegistered && $0.mergedInto == nil }
    var out =
      fr
      ? "\(known) personne\(known > 1 ? "s" : "") au registre, \(others) hors du registre\n"
      : "\(known) \(known == 1 ? "person" : "people") in the register, \(others) outside it\n"
    for one in all {
      var line = "  \(one.pseudonym)"
      if showsNames { line += "  " + register.name(of: one.pseudonym, language) }
      if let into = one.mergedInto {
        line += fr ? "  (compte comme \(into))" : "  (counts as \(into))"
      } else if !one.isRegistered {
        line += fr ? "  (hors du registre)" : "  (not in the register)"
      }
      for row in one.rows { line += "  \(row.table.label[language])\u{A0}\(row.count)" }
      out += line + "\n"
    }
    let n = everybody.count - all.count
    if n > 0 {
      out +=
        fr
        ? "et \(n) répondant\(n > 1 ? "s" : "") anonyme\(n > 1 ? "s" : "") de questionnaires\n"
        : "and \(n) anonymous respondent\(n == 1 ? "" : "s") of surveys\n"
    }
    return Shown.text(out)
  }

  /// Whether somebody is known by answers to surveys alone: a number, not a person to merge or match.
  private static func isRespondent(_ one: Entry) -> Bool {
    !one.isRegistered && !one.rows.isEmpty && one.rows.allSatisfy { $0.table.name == "response" }
  }

  /// All persons as a JSON array, without names.
  package func json() throws(Failure) -> String {
    let (store, register) = try open()
    return JSONText.array(try entries(store, register).map(Self.object))
  }

  private static func object(_ one: Entry) -> String {
    JSONText.object([
      ("person", JSONText.string(one.pseudonym)),
      ("residence", one.residence.map(JSONText.string) ?? "null"),
      ("in_register", one.isRegistered ? "true" : "false"),
      ("counts_as", one.mergedInto.map(JSONText.string) ?? "null"),
      (
        "rows",
        JSONText.object(one.rows.map { ($0.table.name, "\($0.count)") })
      ),
    ])
  }

  /// What is known of one person, by pseudonym or identifier.
  package func show(
    _ person: String, language: Language, asJSON: Bool, showsNames: Bool
  ) throws(Failure) -> String {
    let (store, register) = try open()
    let pseudonym = try register.pseudonym(of: person)
    guard let one = try entries(store, register).first(where: { $0.pseudonym == pseudonym }) else {
      throw PeopleRegister.unknown()
    }
    if asJSON { return Self.object(one) + "\n" }
    let fr = language == .fr
    var out = ""
    func line(_ french: String, _ english: String, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      out += (fr ? french + "\u{A0}: " : english + ": ") + value + "\n"
    }
    line("personne", "person", pseudonym)
    if showsNames {
      line("identifiant", "identifier", register.identifiers[pseudonym])
      for stay in register.people where stay.pseudonym == pseudonym {
        line("nom", "name", stay.label(language))
        line("téléphone", "telephone", stay.card.phone)
        line("résidence", "residence", stay.residence)
      }
    }
    line("compte comme", "counts as", one.mergedInto)
    let others = try store.merges().filter { $0.value == pseudonym }.keys.sorted()
    line("réunit aussi", "also counts", others.joined(separator: ", "))
    if !one.isRegistered { line("registre", "register", fr ? "non" : "no") }
    for row in one.rows { line(row.table.label.fr, row.table.label.en, "\(row.count)") }
    if showsNames {
      for decision in try store.decisions() where decision.person == pseudonym {
        line("nom décidé", "name decided", "\(decision.written) (n° \(decision.id))")
      }
      out += try PersonFile(pseudonym, store, model, register).text(language)
    }
    return Shown.text(out)
  }

  /// Makes the second person count as the first; what to say of it.
  package func merge(_ first: String, _ second: String) throws(Failure) -> Phrase {
    let (reader, register) = try open()
    let merges = try reader.merges()
    func root(_ person: String) throws(Failure) -> String {
      let own = try register.pseudonym(of: person)
      return merges[own] ?? own
    }
    let (a, b) = (try root(first), try root(second))
    guard a != b else {
      throw Failure(
        .usage, code: "people.one-already", fr: "c’est déjà une seule personne",
        en: "this is one person already")
    }
    if try overlap(a, b, reader, register) {
      throw Failure(
        .usage, code: "people.stays-overlap",
        fr: "ces deux personnes ont au registre des séjours qui se chevauchent",
        en: "these two people have stays in the register that overlap",
        remedy: Phrase(
          fr: "corrigez le registre (une seule ligne pour ce séjour) et importez-le de nouveau",
          en: "correct the register (one row for this stay) and import it again"))
    }
    let store = try Store.open(in: project.path, model: model, forWriting: true)
    try store.merge(b, into: a, now: Date.now.formatted(.iso8601))
    return Phrase(
      fr: "\(b) compte désormais comme \(a) (« lien people split \(b) » les sépare).",
      en: "\(b) now counts as \(a) (“lien people split \(b)” parts them).")
  }

  /// Lets a person count alone again; what to say of it.
  package func split(_ person: String) throws(Failure) -> Phrase {
    let (_, register) = try open()
    let own = try register.pseudonym(of: person)
    let store = try Store.open(in: project.path, model: model, forWriting: true)
    guard try store.unmerge(own) else {
      throw Failure(
        .usage, code: "people.not-merged", fr: "cette personne ne compte pas comme une autre",
        en: "this person does not count as another")
    }
    return Phrase(
      fr: "\(own) compte de nouveau à part.", en: "\(own) counts by itself again.")
  }

  // MARK: - Parts

  /// Whether both people have stays in the register on a same day.
  private func overlap(
    _ a: String, _ b: String, _ store: Store, _ register: PeopleRegister
  ) throws(Failure) -> Bool {
    let table = register.table
    guard let key = table.keyColumn, let validity = table.validity else { return false }
    let rows = try store.table(table.name, columns: [key.name, validity.from, validity.to])
    func stays(of person: String) -> [(from: Int32, to: Int32)] {
      (0..<rows.rowCount).filter { rows[key.name]?.text(at: $0) == person }.map { row in
        func day(_ name: String) -> Int32 {
          if case .day(let days)? = rows[name] { days[row] } else { Column.missingDay }
        }
        let to = day(validity.to)
        return (day(validity.from), to == Column.missingDay ? .max : to)
      }
    }
    let others = stays(of: b)
    return stays(of: a).contains { one in
      others.contains { one.from < $0.to && $0.from < one.to }
    }
  }
}
