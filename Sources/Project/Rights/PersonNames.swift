import Ingest
import People
import Persistence

/// The ways in which texts name a person, and how to find and remove them.
///
/// A text names the person by the register's identifier, by given name and surname in either order,
/// by an initial and the surname, by the surname alone when nobody else of the register bears it,
/// by the telephone, or as a decision took it to. A given name alone names nobody.
struct PersonNames: Sendable {
  /// Folded words that follow each other.
  private var forms: Set<[String]> = []
  /// Folded given names and surnames, which a row may hold in two cells.
  private var pairs: [(given: [String], surname: [String])] = []

  /// The names of a person who may be known by several pseudonyms.
  init(of persons: Set<String>, in register: PeopleRegister, decisions: [PersonDecision]) {
    var bearers: [String: Set<String>] = [:]
    for person in register.people {
      for surname in person.card.surnames {
        bearers[Fold.key(surname), default: []].insert(person.pseudonym)
      }
    }
    for pseudonym in persons {
      if let identifier = register.identifiers[pseudonym] { add(identifier) }
    }
    for person in register.people where persons.contains(person.pseudonym) {
      let given = Self.words(person.card.given)
      for surname in person.card.surnames {
        let words = Self.words(surname)
        if words.isEmpty { continue }
        if bearers[Fold.key(surname)]?.subtracting(persons).isEmpty ?? true { add(surname) }
        guard let first = given.first?.first else { continue }
        pairs.append((given, words))
        forms.formUnion([given + words, words + given])
        forms.formUnion([[String(first)] + words, words + [String(first)]])
      }
      add(person.card.fullName)
      let digits = (person.card.phone ?? "").filter(\.isWholeNumber)
      if digits.count >= 8 {
        forms.formUnion([[digits], Self.words(person.card.phone ?? "")])
      }
    }
    for one in decisions where persons.contains(one.person) {
      let words = Self.words(one.written)
      if words.count > 1 { forms.insert(words) }
    }
  }

  /// Adds a text that is a name by itself: two words, or one that is no short number.
  private mutating func add(_ text: String) {
    let words = Self.words(text)
    let isWord = words.first?.contains(where: \.isLetter) ?? false
    guard words.count > 1 || (words.first?.count ?? 0) >= (isWord ? 3 : 6) else { return }
    forms.insert(words)
    if words.count == 2, isWord { forms.insert(words.reversed()) }
  }

  private static func words(_ text: String) -> [String] {
    Fold.key(text).split(separator: " ").map(String.init)
  }

  /// Whether the cells of one row, together, name the person.
  func isNamed(in cells: [String]) -> Bool {
    let folded = cells.map(Self.words)
    if folded.contains(where: { places(in: $0).contains { _ in true } }) { return true }
    return pairs.contains { pair in
      folded.contains(pair.given) && folded.contains(pair.surname)
    }
  }

  /// The words that name the person among some.
  private func places(in words: [String]) -> [Range<Int>] {
    var out: [Range<Int>] = []
    for start in words.indices {
      for form in forms where form.first == words[start] && start + form.count <= words.count {
        if Array(words[start..<start + form.count]) == form {
          out.append(start..<start + form.count)
        }
      }
    }
    return out
  }

  /// A text without the person's name; nil when it is not in it.
  func without(_ text: String) -> String? {
    var words: [String] = []
    var ranges: [Range<String.Index>] = []
    var start: String.Index?
    func close(_ end: String.Index) {
      guard let from = start else { return }
      start = nil
      // A letter such as œ folds to several; a word of signs to none.
      for word in Self.words(String(text[from..<end])) {
        words.append(word)
        ranges.append(from..<end)
      }
    }
    for index in text.indices {
      if text[index].isLetter || text[index].isNumber {
        start = start ?? index
      } else {
        close(index)
      }
    }
    close(text.endIndex)
    let found = places(in: words)
    if found.isEmpty { return nil }
    var gone = [Bool](repeating: false, count: words.count)
    for range in found { for i in range { gone[i] = true } }
    var out = ""
    var here = text.startIndex
    var i = 0
    while i < words.count {
      guard gone[i] else {
        i += 1
        continue
      }
      var last = i
      while last + 1 < words.count, gone[last + 1] { last += 1 }
      if ranges[i].lowerBound >= here {
        out += text[here..<ranges[i].lowerBound] + "…"
        here = ranges[last].upperBound
      }
      i = last + 1
    }
    return out + text[here...]
  }

  /// The two questions that erasing asks.
  var traces: NameTraces {
    NameTraces(isNamed: { self.isNamed(in: $0) }, without: { self.without($0) })
  }
}
