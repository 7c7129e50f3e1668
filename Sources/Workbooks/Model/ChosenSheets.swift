package import Diagnostics

extension Workbook {
  /// The place of the sheet of a rank (1: the first, hidden ones count) or of a name.
  ///
  /// - Throws: `Failure` with status `usage` when there is none.
  package func place(of sheet: String, file: String) throws(Failure) -> Int {
    if let place = place(of: sheet) { return place }
    let names = sheets.prefix(20).enumerated().map { "\($0 + 1) « \($1.name) »" }
    throw Failure(
      .usage, code: "workbook.no-such-sheet", fr: "pas de feuille « \(sheet) » dans ce classeur",
      en: "no sheet “\(sheet)” in this workbook",
      remedy: Phrase(
        fr: "ses feuilles : " + names.joined(separator: ", "),
        en: "its sheets: " + names.joined(separator: ", ")),
      at: SourceLocation(file: file))
  }

  private func place(of sheet: String) -> Int? {
    if let number = Int(sheet), sheets.indices.contains(number - 1) { return number - 1 }
    return sheets.firstIndex { $0.name == sheet }
  }

  /// The same workbook with some of its sheets only, in its own order; with all when none is named.
  ///
  /// - Throws: as `place(of:file:)`.
  package func keeping(_ chosen: [String], file: String) throws(Failure) -> Workbook {
    if chosen.isEmpty { return self }
    var places: Set<Int> = []
    var rest = chosen[...]
    while let first = rest.first {
      // A name may hold the comma that parts a list.
      let names = (1...rest.count).lazy.map { count in
        (count, [", ", ","].map { rest.prefix(count).joined(separator: $0) })
      }
      let found = names.compactMap { count, names in
        names.lazy.compactMap(self.place).first.map { ($0, count) }
      }.first
      guard let (place, count) = found else {
        places.insert(try place(of: first, file: file))
        rest.removeFirst()
        continue
      }
      places.insert(place)
      rest.removeFirst(count)
    }
    var out = self
    out.sheets = places.sorted().map { sheets[$0] }
    out.warnings.removeAll { warning in
      guard let name = warning.location?.file, sheets.contains(where: { $0.name == name }) else {
        return false
      }
      return !out.sheets.contains { $0.name == name }
    }
    return out
  }
}
