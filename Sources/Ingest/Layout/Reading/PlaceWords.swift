/// The residences that a project knows, to be found in the words of a title.
struct PlaceWords: Sendable {
  /// A residence that some words name, and the words that say it.
  struct Found {
    var key: String
    var range: Range<Int>
  }

  /// How a residence may be written, folded; with its article or contracted with what goes before.
  private struct Form {
    var words: [String]
    var key: String
    /// One word alone may be any word: it needs `Résidence` before it, or nothing beside it.
    var needsRoom: Bool
  }

  private var forms: [Form] = []
  /// Whether the project knows any.
  var isEmpty: Bool { forms.isEmpty }

  /// No residences.
  init() {}

  /// The residences by key and by name.
  init(_ names: KnownNames?) {
    for (fold, key) in names?.folds ?? [] {
      var words = fold.split(separator: " ").map(String.init)
      if words.count > 1, let first = words.first, first.hasPrefix("residence") {
        words.removeFirst()
      }
      add(words, key)
      guard let article = words.first, words.count > 1,
        let others = PlaceWords.articles[article]
      else { continue }
      for other in others { add([other] + words.dropFirst(), key) }
      add(Array(words.dropFirst()), key)
    }
    forms.sort { ($0.words.count, $1.key) > ($1.words.count, $0.key) }
  }

  private static let articles = [
    "le": ["du", "au"], "les": ["des", "aux"], "la": [], "l": [],
  ]

  private mutating func add(_ words: [String], _ key: String) {
    guard words.contains(where: { $0.contains(where: \.isLetter) }),
      !forms.contains(where: { $0.words == words && $0.key == key })
    else { return }
    forms.append(Form(words: words, key: key, needsRoom: words.count == 1))
  }

  /// The one residence that some words name; nil for none, and for two.
  func find(in words: [String]) -> Found? {
    // A word such as `D’Orves` is two once folded.
    var tokens: [(fold: String, word: Int)] = []
    for (i, word) in words.enumerated() {
      for fold in Fold.key(word).split(separator: " ") { tokens.append((String(fold), i)) }
    }
    var found: Found?
    for form in forms where form.words.count <= tokens.count {
      for at in 0...(tokens.count - form.words.count)
      where form.words.indices.allSatisfy({ tokens[at + $0].fold == form.words[$0] }) {
        let end = at + form.words.count
        if form.needsRoom, !isAlone(tokens.map(\.fold), at..<end) { continue }
        if let found, found.key != form.key {
          // `Les Tilleuls` within `Les Tilleuls du Parc` is the same words.
          if found.range.contains(tokens[at].word) { continue }
          return nil
        }
        guard found == nil else { continue }
        var first = at
        while first > 0, PlaceWords.links.contains(tokens[first - 1].fold) { first -= 1 }
        found = Found(key: form.key, range: tokens[first].word..<tokens[end - 1].word + 1)
      }
    }
    return found
  }

  /// What may lead to a residence's name: `de la résidence`.
  static let links: Set<String> = [
    "de", "du", "des", "d", "la", "le", "les", "l", "a", "au", "aux", "residence", "residences",
    "site",
  ]

  private func isAlone(_ tokens: [String], _ range: Range<Int>) -> Bool {
    if range.lowerBound > 0, tokens[range.lowerBound - 1].hasPrefix("residence") { return true }
    return tokens.indices.allSatisfy {
      range.contains($0) || PlaceWords.links.contains(tokens[$0])
    }
  }
}
