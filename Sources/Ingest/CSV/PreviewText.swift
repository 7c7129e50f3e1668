package import Diagnostics

extension Preview {
  /// What was read, and the first rows, for a terminal.
  package func text(in language: Language, rows limit: Int = 10) -> String {
    let isFrench = language == .fr
    let colon = isFrench ? "\u{A0}: " : ": "
    var out = name + "\n"
    func line(_ fr: String, _ en: String, _ value: String) {
      out += "  " + (isFrench ? fr : en) + colon + value + "\n"
    }
    line("Encodage", "Encoding", encoding.rawValue)
    let delimiter =
      width > 1
      ? dialect.delimiterPhrase : Phrase(fr: "aucun (une seule colonne)", en: "none (one column)")
    line("Séparateur", "Delimiter", delimiter[language])
    line(
      "En-têtes", "Headings",
      header.isEmpty ? (isFrench ? "aucun" : "none") : "\(header.count)")
    line("Lignes", "Rows", Count.text(rowCount, language))
    line("Pour forcer cette lecture", "To force this reading", flags)
    func lines(_ fr: String, _ en: String, _ numbers: [Int]) {
      if !numbers.isEmpty { line(fr, en, Remark.lines(numbers)[language]) }
    }
    lines("Guillemets jamais fermés", "Quotes never closed", brokenLines)
    lines("Cellules manquantes ou en trop", "Cells missing or too many", unevenLines)
    for remark in remarks { line("À savoir", "Note", remark.message[language]) }
    out += "\n"
    if !header.isEmpty { out += Preview.shown(header) }
    for i in 0..<min(limit, rowCount) { out += Preview.shown(row(i)) }
    if rowCount > limit {
      out += isFrench ? "… et \(rowCount - limit) autres\n" : "… and \(rowCount - limit) more\n"
    }
    for aside in asides {
      out += "\n" + (isFrench ? "Mis de côté, " : "Set aside, ")
      out += Remark.lines(aside.lines)[language] + colon + "\n"
      for row in aside.rows.prefix(limit) { out += Preview.shown(row) }
      if aside.rows.count > limit {
        let more = aside.rows.count - limit
        out += isFrench ? "… et \(more) autres\n" : "… and \(more) more\n"
      }
    }
    return out
  }

  private static func shown(_ cells: [String]) -> String {
    cells.prefix(mostShown).map { cell in
      let start = cell.utf8.count > longestShown ? cell.prefix(longestShown) + "…" : cell
      return start.replacing("\n", with: "⏎").replacing("\r", with: "")
    }
    .joined(separator: " | ") + (cells.count > mostShown ? " | …\n" : "\n")
  }

  /// Cells and characters of a cell that a terminal is shown; `--csv` gives all.
  private static let mostShown = 200, longestShown = 400
}
