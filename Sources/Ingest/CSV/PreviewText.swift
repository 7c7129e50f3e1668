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
    line("Séparateur", "Delimiter", dialect.delimiterPhrase[language])
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
    cells.map { $0.replacing("\n", with: "⏎").replacing("\r", with: "") }
      .joined(separator: " | ") + "\n"
  }
}
