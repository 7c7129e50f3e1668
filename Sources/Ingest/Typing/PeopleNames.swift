package import Diagnostics
import Model
import Synchronization

/// Whom the names in a column of people mean.
///
/// A sheet is first read with the identifiers alone; names that are none are remembered as
/// questions. Whoever knows the register answers them, and the sheet is read again.
package final class PeopleNames: Sendable {
  /// A name as it was typed, and where.
  package struct Mention: Sendable, Hashable {
    /// The cell, or surname and given name with a comma between them.
    package var text: String
    /// The residence of the row, when the sheet says it.
    package var residence: String?
    /// What other cells of the row say of the person, as they are written.
    package var clues: [Clue: String] = [:]

    /// Makes a mention.
    package init(text: String, residence: String? = nil, clues: [Clue: String] = [:]) {
      self.text = text
      self.residence = residence
      self.clues = clues
    }

    /// The text without a flat in brackets that a cell beside it says.
    package var bare: String {
      guard let flat = clues[.flat], text.hasSuffix(" (\(flat))") else { return text }
      return String(text.dropLast(flat.count + 3))
    }

    /// The text with its clues, as a person reads it.
    package var shown: String {
      let all = Clue.allCases.compactMap { clues[$0] }.filter { !text.hasSuffix("(\($0))") }
      return all.isEmpty ? text : text + " (" + all.joined(separator: ", ") + ")"
    }
  }

  /// What tells people of one name apart, in a column of a sheet.
  package enum Clue: String, Sendable, Hashable, CaseIterable {
    case flat, age, birthYear, phone

    /// The columns of the register that are clues.
    static let columns: [(clue: Clue, column: String)] = [
      (.flat, "dwelling"), (.birthYear, "birth_year"), (.phone, "phone"),
    ]
  }

  /// What a mention means.
  package enum Meaning: Sendable {
    /// The person with this identifier.
    case person(String)
    /// Somebody who is not in the register: as written.
    case asWritten
    /// Nobody can be told yet: the row waits. The identifiers are those it may be.
    case waits(Diagnostic, among: [String])
    /// Decided to be no person to count: the row is left out.
    case nobody
  }

  /// The table whose keys the people are.
  package let table: String
  /// The residence of rows that do not say theirs.
  package let residence: String?
  private let keys: Set<String>
  /// Identifiers made of a name that several people bear.
  private let shared: Set<String>
  /// The residence of rows of another table, by their key: of sessions.
  private let places: @Sendable () -> [String: String]
  private let state = Mutex(State())

  private struct State {
    /// What `places` gives, once it was asked for.
    var places: [String: String]?
    var answers: [Mention: Meaning] = [:]
    var asked: [Mention] = []
    var seen: Set<Mention> = []
    /// Asked about for rows that are set aside for another reason.
    var quiet: Set<Mention> = []
    var taken: Set<String> = []
    var persons: Set<String> = []
  }

  /// Makes names of people known by their identifiers only; `places` gives the residence of each
  /// session.
  package init(
    table: String, keys: Set<String>, residence: String?,
    places: @escaping @Sendable () -> [String: String] = { [:] }
  ) {
    self.table = table
    self.keys = keys
    shared = Set(
      keys.compactMap { key in
        key.lastIndex(of: "|").map { String(key[..<$0]) }.flatMap { keys.contains($0) ? $0 : nil }
      })
    self.places = places
    self.residence = residence
  }

  /// The mentions that nobody answered, in the order met.
  package var questions: [Mention] {
    state.withLock { state in state.asked.filter { state.answers[$0] == nil } }
  }

  /// Those of them that no row waits for: the answer is of use, but nobody need decide.
  package var quietQuestions: Set<Mention> { state.withLock { $0.quiet } }

  /// Answers questions, before the sheet is read again.
  package func answer(_ answers: [Mention: Meaning]) {
    state.withLock { state in
      state.answers.merge(answers) { _, new in new }
      state.persons = []
    }
  }

  /// Takes some texts for the identifiers of people known already, in the register or not.
  func takeAsTheyAre(_ identifiers: Set<String>) {
    state.withLock { $0.taken = identifiers }
  }

  /// The people that the sheet names, once all is answered: persons of the register, mentions of
  /// others, mentions that wait.
  package var counts: (known: Int, new: Int, unsure: Int) {
    state.withLock { state in
      var (new, unsure) = (0, 0)
      for mention in state.asked where !state.quiet.contains(mention) {
        switch state.answers[mention] {
        case .asWritten, nil: new += 1
        case .waits: unsure += 1
        case .person, .nobody: break
        }
      }
      return (state.persons.count, new, unsure)
    }
  }

  /// The fields of a sheet that tell people of one name apart and that nothing else is read from.
  func clueFields(
    _ headings: Headings, _ emits: [Emit], _ vocabularies: Vocabularies
  ) -> [(clue: Clue, field: Int)] {
    // Of the register itself, all columns are read.
    guard let register = vocabularies.model[table],
      !emits.contains(where: { $0.table.name == table })
    else { return [] }
    var used: Set<Int> = []
    for emit in emits {
      used.formUnion(emit.when.map(\.field))
      if let field = emit.positive { used.insert(field) }
      for column in emit.columns { used.formUnion(column.source.fields) }
    }
    let fields = headings.match(vocabularies[register], among: { !used.contains($0) }).fields
    var out = Clue.columns.compactMap { clue, column in fields[column].map { (clue, $0) } }
    let age = headings.raw.indices.first {
      !used.contains($0) && ["age", "age ans"].contains(Fold.key(headings.raw[$0]))
    }
    if let age, !out.contains(where: { $0.1 == age }) { out.append((.age, age)) }
    return out
  }

  /// The residence that a cell tells: its own text, or that of the session it names.
  func residence(of text: String, isSession: Bool) -> String? {
    if !isSession { return text }
    return state.withLock { state in
      let known = state.places ?? places()
      state.places = known
      return known[text]
    }
  }

  /// Whether a text is an identifier of the register.
  func isKey(_ text: String) -> Bool { keys.contains(text) }

  /// What a text means; a question when it is none that is known.
  func meaning(
    of text: String, in place: String?, clues: [Clue: String] = [:], key: String? = nil,
    isQuiet: Bool
  ) -> Meaning {
    let identifier = key ?? text
    // Names make the identifier of the first who bore them: it is not sure to be that person.
    if keys.contains(identifier), key == nil || !shared.contains(identifier) {
      _ = state.withLock { $0.persons.insert(identifier) }
      return .person(identifier)
    }
    if !PeopleNames.looksLikeName(text) { return .asWritten }
    let isTaken = state.withLock { state in
      if state.taken.contains(text) { state.persons.insert(text) }
      return state.taken.contains(text)
    }
    if isTaken { return .asWritten }
    let mention = Mention(text: text, residence: place ?? residence, clues: clues)
    return state.withLock { state in
      if state.seen.insert(mention).inserted {
        state.asked.append(mention)
        if isQuiet { state.quiet.insert(mention) }
      } else if !isQuiet {
        state.quiet.remove(mention)
      }
      let meaning = state.answers[mention] ?? .asWritten
      if case .person(let person) = meaning { state.persons.insert(person) }
      return meaning
    }
  }

  /// Whether a text may be a name: identifiers of other programs are numbers, or one word with
  /// digits in it.
  private static func looksLikeName(_ text: String) -> Bool {
    if text.contains(where: \.isWhitespace) { return text.contains(where: \.isLetter) }
    let isCode = text.contains { $0.isWholeNumber || $0 == "_" || $0 == "@" }
    return !isCode && (text.contains(where: \.isLetter) || text == "?")
  }
}

extension Fault {
  /// The row was decided to be of nobody that counts.
  static let nobody = Diagnostic(
    code: "person.nobody", Phrase(fr: "écartée par décision", en: "left out by decision"))
}

extension Emit {
  /// What tells the residence of a row: its own column, a part of a link that it makes, or the
  /// link itself, to a row that has one.
  var place: PlannedColumn? {
    guard let path = table.residence?.split(separator: ".").map(String.init) else { return nil }
    let first = columns.first { $0.declaration.name == path.first }
    guard path.count == 2, case .joined(let parts)? = first?.source else { return first }
    return parts.first { $0.declaration.name == path.last }
  }
}

extension ColumnTyping {
  /// What a mention becomes.
  private func value(
    of meaning: PeopleNames.Meaning, written: String, _ builder: inout ColumnBuilder
  ) -> Value {
    switch meaning {
    case .person(let key): .code(builder.interner.code(key))
    case .asWritten: .code(builder.interner.code(written))
    case .waits(let reason, _): .fault(reason)
    case .nobody: .fault(Fault.nobody)
    }
  }

  /// A column of people, each distinct mention resolved once.
  mutating func fillPeople(
    _ builder: inout ColumnBuilder, _ field: Int, _ empty: Value, _ records: [Int32],
    people: PeopleNames
  ) {
    var raw = ByteInterner()
    let codes = self.codes(field, records, &raw)
    let texts = (0..<raw.count).map { raw.string(Int32($0)) }
    var constant: String?
    if let place, case .constant(let text) = place.source {
      constant = people.residence(of: text, isSession: isSession(place))
    }
    let cited = place?.source.field == nil ? nil : place
    if cited == nil, clues.isEmpty {
      let meanings = texts.map {
        people.meaning(of: $0, in: constant, isQuiet: options.asksQuietly)
      }
      let values = zip(meanings, texts).map { value(of: $0, written: $1, &builder) }
      spread(values, codes, empty: empty, to: &builder, records: records, field: field)
      for (record, code) in zip(records, codes) where code >= 0 {
        noteWaiting(record, meanings[Int(code)], written: texts[Int(code)])
      }
      return
    }
    if isClean {
      // Names are settled row by row, with the residence beside them: by the careful reader.
      guard texts.allSatisfy(people.isKey) else { return giveUp() }
      let values = texts.map {
        value(of: people.meaning(of: $0, in: nil, isQuiet: false), written: $0, &builder)
      }
      spread(values, codes, empty: empty, to: &builder, records: records, field: field)
      return
    }
    let places = cited.map { column(of: $0, records) }
    let beside = clueColumns(records)
    var known: [[Int32]: (Value, PeopleNames.Meaning)] = [:]
    for (i, record) in records.enumerated() {
      let code = codes[i]
      if code < 0 {
        append(empty, to: &builder, record: record, field: field)
        continue
      }
      let row = [code, places?.codes[i] ?? -1] + beside.map { $0.codes[i] }
      let found: (value: Value, meaning: PeopleNames.Meaning)
      if let value = known[row] {
        found = value
      } else {
        let text = texts[Int(code)]
        var residence = constant
        if let places, let cited, !places.isMissing(i) {
          residence = people.residence(
            of: places.interner.string(places.codes[i]), isSession: isSession(cited))
        }
        let meaning = people.meaning(
          of: text, in: residence, clues: ColumnTyping.clues(beside, row: i),
          isQuiet: options.asksQuietly)
        found = (value(of: meaning, written: text, &builder), meaning)
        known[row] = found
      }
      noteWaiting(record, found.meaning, written: texts[Int(code)])
      append(found.value, to: &builder, record: record, field: field)
    }
  }

  /// Remembers whom the name of a row that waits may mean.
  mutating func noteWaiting(_ record: Int32, _ meaning: PeopleNames.Meaning, written: String) {
    guard case .waits(_, let candidates) = meaning else { return }
    // Nobody known: then it may be anybody.
    if !candidates.isEmpty { candidatesOfWaiting[record] = candidates + [written] }
  }

  /// The cells beside the names that tell people of one name apart.
  typealias ClueColumn = (clue: PeopleNames.Clue, codes: [Int32], texts: ByteInterner)

  mutating func clueColumns(_ records: [Int32]) -> [ClueColumn] {
    clues.map { clue, field in
      var texts = ByteInterner()
      let codes = self.codes(field, records, &texts)
      return (clue, codes, texts)
    }
  }

  static func clues(_ beside: [ClueColumn], row: Int) -> [PeopleNames.Clue: String] {
    var out: [PeopleNames.Clue: String] = [:]
    for one in beside where one.codes[row] >= 0 { out[one.clue] = one.texts.string(one.codes[row]) }
    return out
  }

  private func isSession(_ place: PlannedColumn) -> Bool {
    place.declaration.target != "residence"
  }

  /// A column that is read for what it says of another one; its faults are told elsewhere.
  private mutating func column(of planned: PlannedColumn, _ records: [Int32]) -> ColumnBuilder {
    let known = (problems, assumptions)
    var out = ColumnBuilder(planned.declaration)
    fill(&out, from: planned.source, records: records)
    (problems, assumptions) = known
    return out
  }

  /// What an identifier made of a person's names becomes: the person of the register whom the
  /// names mean.
  mutating func value(
    ofNames parts: [ColumnBuilder], row: Int, key: String, people: PeopleNames,
    clues: [PeopleNames.Clue: String], _ builder: inout ColumnBuilder
  ) -> (value: Value, meaning: PeopleNames.Meaning) {
    var residence: String?
    var names: [String] = []
    for part in parts where !part.isMissing(row) && part.storage == .codes {
      let text = part.interner.string(part.codes[row])
      if part.declaration.kind == .link { residence = text } else { names.append(text) }
    }
    let text = names.joined(separator: ", ")
    let meaning = people.meaning(
      of: text, in: residence, clues: clues, key: key, isQuiet: options.asksQuietly)
    return (value(of: meaning, written: key, &builder), meaning)
  }
}
