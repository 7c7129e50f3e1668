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

  /// The definitions of a text; none when it defines nothing. Definitions may be separated by any
  /// sign, or by nothing: what follows a mark goes on until the next one.
  static func read(_ text: String) -> [String: Mark.Meaning] {
    var text = text
    // `Légende : P = présent`, `Légende : P : présent`.
    if let colon = text.firstIndex(of: ":"), Fold.key(text[..<colon]).hasPrefix("legende") {
      text = String(text[text.index(after: colon)...])
    }
    let pieces = Legend.pieces(text)
    // Where a mark stands before a sign.
    let marks = pieces.indices.filter { i in
      i + 1 < pieces.count && isSign(pieces[i + 1]) && isMark(pieces[i])
        && (i == 0 || !isSign(pieces[i - 1]))
    }
    var out: [String: Mark.Meaning] = [:]
    for (n, at) in marks.enumerated() {
      let end = n + 1 < marks.count ? marks[n + 1] : pieces.count
      let words = pieces[(at + 2)..<max(end, at + 2)].prefix { !isSign($0) && !isSeparator($0) }
      guard let meaning = meaning(words.joined(separator: " ")) else { continue }
      let fold = Fold.key(pieces[at])
      let key = fold.isEmpty ? pieces[at] : fold
      out[key] = out[key] ?? meaning
    }
    return out
  }

  /// Words and signs; a hyphen between blanks separates, one in a word does not.
  private static func pieces(_ text: String) -> [String] {
    var out: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      var piece = ""
      for c in word {
        if "=:→,;|/–—•·".contains(c) {
          if !piece.isEmpty { out.append(piece) }
          out.append(String(c))
          piece = ""
        } else {
          piece.append(c)
        }
      }
      if !piece.isEmpty { out.append(piece) }
    }
    return out
  }

  private static func isSign(_ piece: String) -> Bool { ["=", ":", "→"].contains(piece) }

  private static func isSeparator(_ piece: String) -> Bool {
    [",", ";", "|", "–", "—", "•", "·", "-"].contains(piece)
  }

  private static func isMark(_ piece: String) -> Bool {
    (1...4).contains(piece.count) && !isSign(piece)
      && !["nb", "ps", "cf", "tel", "obs", "date", "mois", "lieu"].contains(Fold.key(piece))
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
