/// The marks that a sheet defines itself: `P = présent, A = absent, E = excusé`.
struct Legend {
  /// Meanings by folded mark.
  private(set) var meanings: [String: Mark.Meaning] = [:]
  /// The cells that say them, 0-based.
  private(set) var cells: [(row: Int, column: Int)] = []

  init(_ cells: SheetCells) {
    for row in 0..<cells.height {
      for column in 0..<cells.width {
        let text = cells.text(row, column)
        guard text.utf8.count >= 5, text.contains(where: { $0 == "=" || $0 == ":" || $0 == "→" })
        else { continue }
        let found = Legend.read(text)
        guard !found.isEmpty else { continue }
        self.cells.append((row, column))
        meanings.merge(found) { first, _ in first }
      }
    }
  }

  /// The definitions of a text; none when it defines nothing.
  static func read(_ text: String) -> [String: Mark.Meaning] {
    var out: [String: Mark.Meaning] = [:]
    var text = text
    // `Légende : P = présent`, `Légende : P : présent`.
    if let colon = text.firstIndex(of: ":"), Fold.key(text[..<colon]).hasPrefix("legende") {
      text = String(text[text.index(after: colon)...])
    }
    for part in text.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "|" || $0 == "/" }) {
      let sides = part.split(
        maxSplits: 1, whereSeparator: { $0 == "=" || $0 == ":" || $0 == "→" })
      guard sides.count == 2 else { continue }
      let mark = SheetCells.tidy(String(sides[0]))
      guard (1...4).contains(mark.count), let meaning = meaning(String(sides[1])) else { continue }
      let key = Fold.key(mark)
      out[key.isEmpty ? mark : key] = meaning
    }
    return out
  }

  private static func meaning(_ text: String) -> Mark.Meaning? {
    let words = Fold.key(text).split(separator: " ").map(String.init)
    guard let first = words.first, words.count <= 5 else { return nil }
    let isNot = first == "non" || first == "pas" || first == "n"
    func any(_ prefixes: [String]) -> Bool {
      words.contains { word in prefixes.contains { word.hasPrefix($0) } }
    }
    if any(["retard", "partiel", "demi", "late"]) { return .late }
    if any(["excus", "prevenu", "justifi"]) { return .excused }
    if any(["annul", "ferme", "vacance", "ferie"]) { return .cancelled }
    if any(["absen", "manqu"]) { return .absent }
    if any(["presen", "venu", "particip", "ici", "there"]) { return isNot ? .absent : .present }
    return nil
  }
}
