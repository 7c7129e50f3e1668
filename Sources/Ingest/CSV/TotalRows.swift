/// Rows at the end of a list that sum it up, and are none of it: `Total ; ; 42`.
enum TotalRows {
  private static let words = [
    "total", "totaux", "totals", "sous total", "s total", "grand total", "somme", "sum", "moyenne",
    "average", "mean", "nb de participants", "nombre de participants", "nb participants",
    "nombre de presents", "nb de presents", "nb presents", "solde", "balance",
  ]

  /// Whether a cell says so, with two words more at most: `TOTAL présents`.
  static func isLabel(_ text: String) -> Bool {
    guard text.utf8.count <= 60 else { return false }
    let key = Fold.key(text)
    if isCount(key) { return true }
    return words.contains { word in
      key == word
        || (key.hasPrefix(word + " ")
          && key.dropFirst(word.count).split(separator: " ").count <= 2)
    }
  }

  /// `Nombre d’habitants`: how many rows of people or homes there are.
  private static func isCount(_ key: String) -> Bool {
    let all = key.split(separator: " ").map(String.init)
    guard (2...5).contains(all.count), ["nb", "nbre", "nombre", "effectif"].contains(all[0])
    else { return false }
    let people: Set<String> = [
      "habitants", "habitantes", "residents", "personnes", "locataires", "menages", "logements",
      "inscrits", "adherents", "lignes", "familles", "adultes", "enfants", "participants",
    ]
    return all.contains(where: people.contains)
      && all.dropFirst().allSatisfy {
        people.contains($0) || ["d", "de", "des", "total", "et"].contains($0)
      }
  }

  /// Whether a record has such a label and else only numbers.
  static func isTotal(_ grid: Grid, _ record: Int) -> Bool {
    let s = grid.bytes.span
    let filled = grid.fields(of: record).filter { !Cells.trimmed(s, grid.range($0)).isEmpty }
    guard let first = filled.first, isLabel(grid.string(first)) else { return false }
    return filled.dropFirst().allSatisfy {
      let kind = CellKind(s, grid.range($0))
      return kind == .number || kind == .blankSign || kind == .time
    }
  }

  /// Whether the end of a text may be such a row: its last lines are looked at.
  static func mayEnd(_ tail: [UInt8], _ dialect: Dialect) -> Bool {
    let lines = tail.split { $0 == 0x0A || $0 == 0x0D }
    return lines.suffix(most).contains { line in
      let cell = line.drop { $0 == dialect.delimiter || $0 == dialect.quote || $0 <= 0x20 }
        .prefix { $0 != dialect.delimiter && $0 != dialect.quote }
      return isLabel(String(decoding: cell, as: UTF8.self))
    }
  }

  /// The last rows that sum up, at most so many.
  static let most = 8

  /// The records of totals at the end of the rows, blank ones between them too.
  static func ending(_ grid: Grid, _ rows: [Int]) -> Int {
    var start = rows.count
    var at = rows.count
    while at > 1, rows.count - at < most {
      at -= 1
      if isTotal(grid, rows[at]) {
        start = at
      } else if !grid.isEmpty(fields: grid.fields(of: rows[at])) {
        break
      }
    }
    return start
  }
}
