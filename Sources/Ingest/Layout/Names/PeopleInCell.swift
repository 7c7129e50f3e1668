/// Several people named in one cell: `Alain Moreau, Gérard Lefèvre et Jean Roux`.
enum PeopleInCell {
  /// The mentions of a cell's text as it stands, line breaks included; nil for one mention.
  ///
  /// Two are apart when each is a whole name, or people without one (`2 voisins`); three or more by
  /// whatever they are called. `Dupont, Marie` is one name, `M. et Mme Roux` one mention.
  static func parts(_ text: String) -> [String]? {
    guard text.utf8.count <= 2000 else { return nil }
    var pieces = [text]
    for sign in ["\n", "\r", ";", "•", "|", " / ", "/", " & ", " et ", " ET "] {
      pieces = pieces.flatMap { $0.split(separator: sign).map(String.init) }
    }
    let hasSigns = pieces.count > 1
    // `Dupont, Marie ; Roux, Jean`: the commas are of the names.
    let commas = pieces.map { $0.split(separator: ",").map { SheetCells.tidy(String($0)) } }
    let areOfNames = hasSigns && commas.allSatisfy { $0.count == 2 && $0.allSatisfy(isOneWord) }
    if !areOfNames { pieces = commas.flatMap { $0 } }
    let parts = pieces.map { SheetCells.tidy($0) }.filter { !$0.isEmpty }
    guard parts.count >= 2, parts.allSatisfy({ $0.contains(where: \.isLetter) }) else { return nil }
    if parts.count == 2, !parts.allSatisfy(isWhole) { return nil }
    // A remark with commas is no list of people.
    guard
      parts.allSatisfy({ $0.split(separator: " ").count <= 5 && !$0.hasSuffix(".") || isWhole($0) })
    else { return nil }
    return parts
  }

  private static func isOneWord(_ text: String) -> Bool { text.split(separator: " ").count == 1 }

  /// A name of two words that are no title, or people in number.
  private static func isWhole(_ text: String) -> Bool {
    let fold = Fold.key(text)
    if MentionParts.crowd(fold) != nil || MentionParts.isNobody(fold) { return true }
    let words = fold.split(separator: " ").map(String.init)
    return (2...5).contains(words.count)
      && words.contains { $0.count >= 3 && !titles.contains($0) }
      && words.count { !titles.contains($0) } >= 2
  }

  private static let titles: Set<String> = [
    "m", "mr", "mme", "mlle", "madame", "monsieur", "mademoiselle", "dr", "famille", "les", "la",
  ]
}
