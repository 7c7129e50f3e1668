/// Lines of one cell between the rows of a list, over those of one building, floor or month.
enum Subheadings {
  private static let words: Set<String> = [
    "batiment", "bat", "etage", "etages", "escalier", "entree", "hall", "cage", "allee", "immeuble",
    "tour", "niveau", "rdc", "rez", "exterieurs", "exterieur", "secteur", "groupe", "aile",
    "residence", "pavillon", "bloc",
  ]

  /// Whether a text says a part of a house, of a group or of a year, and nothing else.
  static func isOne(_ text: String) -> Bool {
    guard text.utf8.count <= 60 else { return false }
    let fold = Fold.key(text).split(separator: " ").map(String.init)
    guard fold.count <= 5, let first = fold.first else { return false }
    // `Bât. A`, `2e étage`.
    if words.contains(first) || (fold.count == 2 && words.contains(fold[1])) { return true }
    let hint = PeriodHint(text)
    return hint.month != nil && hint.day == nil && hint.rest.isEmpty
  }
}

extension SheetShape {
  /// Sets lines of one cell aside that head the rows below them: over at least half of the table's
  /// columns merged into one (`isMerged`, by record), or of such words.
  mutating func takeSubheadings(isMerged: (Int) -> Bool = { _ in false }) {
    guard width >= 3 else { return }
    var found: [Int] = []
    for (i, record) in rows.enumerated() where filled(record) == 1 {
      guard i + 1 < rows.count else { continue }
      let fields = grid.fields(of: record)
      let cell = fields.first { !grid.isEmpty(fields: $0..<$0 + 1) }
      guard let cell else { continue }
      if isMerged(record) || Subheadings.isOne(grid.string(cell)) { found.append(record) }
    }
    guard !found.isEmpty else { return }
    let taken = Set(found)
    rows.removeAll { taken.contains($0) }
    asides += found.map { (.subheading, [$0]) }
    asides.sort { ($0.records.first ?? 0) < ($1.records.first ?? 0) }
  }
}
