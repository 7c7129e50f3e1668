import Diagnostics

/// What the rows of a table are called: their keys, and the names by which a sheet may say them.
package struct KnownNames: Sendable {
  /// The keys.
  package private(set) var keys: Set<String> = []
  /// The key by folded key or name; nil where two rows share it.
  private var byName: [String: String?] = [:]

  /// No rows.
  package init() {}

  /// Adds a row.
  package mutating func add(key: String, name: String?) {
    keys.insert(key)
    for word in Set([key, name].compactMap { $0 }.map { Fold.key($0) }) where !word.isEmpty {
      if let known = byName[word], known != key {
        byName[word] = .some(nil)
      } else {
        byName[word] = key
      }
    }
  }

  /// The key that a text says: the key itself, or an unambiguous name; nil for none.
  package func key(of text: String) -> String? {
    keys.contains(text) ? text : byName[Fold.key(text)] ?? nil
  }

  /// The folded keys and names that mean one row, with its key, in order.
  var folds: [(fold: String, key: String)] {
    byName.keys.sorted().compactMap { fold in
      byName[fold].flatMap { $0 }.map { (fold, $0) }
    }
  }

  /// A key that is written much like a text, or whose name is.
  package func nearest(to text: String) -> String? {
    Suggestion.nearest(to: Fold.key(text), among: byName.keys.sorted())
      .flatMap { byName[$0] ?? nil }
  }
}

extension ColumnTyping {
  /// Links, where a row of the other table may be said by its name instead of its key.
  mutating func fillLinks(
    _ builder: inout ColumnBuilder, _ field: Int, _ empty: Value, _ records: [Int32],
    names: KnownNames
  ) {
    var raw = ByteInterner()
    let codes = self.codes(field, records, &raw)
    var read: [(text: String, key: String)] = []
    var values: [Value] = []
    for i in 0..<raw.count {
      let text = raw.string(Int32(i))
      let key = names.key(of: text) ?? text
      if key != text { read.append((text, key)) }
      values.append(.code(builder.interner.code(key)))
    }
    spread(values, codes, empty: empty, to: &builder, records: records, field: field)
    guard !read.isEmpty else { return }
    let n = read.count
    let fr = read.prefix(5).map { "« \($0.text) » lu « \($0.key) »" }.joined(separator: ", ")
    let en = read.prefix(5).map { "“\($0.text)” read as “\($0.key)”" }.joined(separator: ", ")
    let more = n > 5 ? "…" : ""
    assumptions.append(
      Assumption(
        code: "link.by-name", heading: heading(field),
        message: Phrase(
          fr: "\(n) valeur\(n > 1 ? "s reconnues" : " reconnue") par \(n > 1 ? "leur" : "son") nom",
          en: "\(n) value\(n == 1 ? "" : "s") known by name"),
        isWarning: false, shown: Phrase(fr: fr + more, en: en + more)))
  }
}
