/// A count of people as it is written: `8`, `15 personnes`, `12 adultes + 5 enfants`.
enum CountText {
  /// One kind of people.
  struct Part: Equatable {
    var count: Int
    /// What they are called; nil for people of any kind.
    var group: String?
  }

  /// The parts of a count; nil for what is no count. An empty list for nobody.
  static func parts(_ text: String) -> [Part]? {
    if let n = SheetCells.integer(text) { return n == 0 ? [] : [Part(count: n)] }
    let words = Fold.key(text).split(separator: " ").map(String.init)
    guard !words.isEmpty, words.count <= 12 else { return nil }
    var out: [Part] = []
    for word in words {
      if let n = SheetCells.integer(word) {
        out.append(Part(count: n))
      } else if let last = out.indices.last, let group = group(word) {
        if !group.isEmpty { out[last].group = group }
      } else if word != "et" && word != "dont" {
        return nil
      }
    }
    // `12 dont 5 enfants`: the children are among the twelve.
    if words.contains("dont"), out.count == 2, out[0].count >= out[1].count {
      out[0].count -= out[1].count
    }
    guard !out.isEmpty, out.allSatisfy({ (0...5000).contains($0.count) }) else { return nil }
    return out.filter { $0.count > 0 }
  }

  /// The group whose number a heading such as `Adultes`, `Nb d’enfants` says is below; nil for
  /// none.
  static func group(ofHeading fold: String) -> String? {
    var words = fold.split(separator: " ").map(String.init)
    while let first = words.first,
      ["nb", "nbre", "nombre", "total", "dont", "d", "de", "des", "les"].contains(first)
    {
      words.removeFirst()
    }
    guard words.count == 1, let group = group(words[0]), !group.isEmpty else { return nil }
    return group
  }

  /// The group that a word names; empty for people in general, nil for another word.
  private static func group(_ word: String) -> String? {
    if word.hasPrefix("pers") || word.hasPrefix("partic") || word.hasPrefix("present") { return "" }
    if word == "ad" || word.hasPrefix("adult") { return "adultes" }
    if word.hasPrefix("enf") { return "enfants" }
    if word.hasPrefix("habit") || word.hasPrefix("resid") || word.hasPrefix("locat") {
      return "habitants"
    }
    if word.hasPrefix("senior") { return "seniors" }
    if word.hasPrefix("jeune") || word.hasPrefix("ado") { return "jeunes" }
    if word.hasPrefix("famil") { return "familles" }
    if word.hasPrefix("femme") { return "femmes" }
    if word.hasPrefix("homme") { return "hommes" }
    if word.hasPrefix("benev") { return "bénévoles" }
    if word.hasPrefix("exter") || word.hasPrefix("voisin") { return "extérieurs" }
    return nil
  }
}
