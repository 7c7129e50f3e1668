import HTML
import Ingest

/// A sheet as it looks, with the cells to look at marked and numbered.
struct SheetPicture {
  let shown: ShownSheet
  /// The findings of this sheet, with their numbers from 1.
  let findings: [(number: Int, finding: Finding)]
  /// The file's name, for a sheet without one.
  let file: String
  let words: ReceiptWords

  /// The numbers of the findings that have a mark.
  var marked: Set<Int> {
    Set(
      findings.filter { one in
        guard let place = one.finding.place, shown.rows.contains(.shown(place.row)) else {
          return false
        }
        return place.column.map { shown.columns.contains(.shown($0)) } ?? true
      }.map(\.number))
  }

  func markup() -> Markup {
    let name = shown.sheet.name.map { words.say("Feuille « \($0) »", "Sheet “\($0)”") } ?? file
    let caption =
      shown.isExcerpt ? name + words.say(" (extrait)", " (excerpt)") : name
    let heads = shown.columns.map { line -> Markup in
      guard case .shown(let column) = line else { return "<th scope=\"col\" class=\"gap\">…</th>" }
      let hidden = shown.sheet.isHidden(column: column)
      return "<th scope=\"col\">\(letters(column))\(hidden ? hiddenNote : Markup())</th>"
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(name)">\
      <table class="sheet"><caption>\(caption)</caption>\
      <thead><tr><td></td>\(heads)</tr></thead><tbody>\(shown.rows.map(row))</tbody></table></div>

      """
  }

  private func letters(_ column: Int) -> String {
    String(GridRange.name(0, column).dropLast())
  }

  private var hiddenNote: Markup {
    " <small>\(words.say("masquée", "hidden"))</small>"
  }

  private func row(_ line: ShownSheet.Line) -> Markup {
    guard case .shown(let row) = line else {
      guard case .left(let count) = line else { return "" }
      let text = words.count(
        count, ("ligne sans problème", "lignes sans problème"),
        ("row without a problem", "rows without a problem"))
      return """
        <tr class="gap"><th scope="row">…</th><td colspan="\(shown.columns.count)">\(text)</td></tr>
        """
    }
    let here = findings.filter { $0.finding.place?.row == row }
    let whole = here.filter { $0.finding.place?.column == nil }
    let cells = shown.columns.map { line -> Markup in
      guard case .shown(let column) = line else { return "<td class=\"gap\">…</td>" }
      return cell(row, column, here.filter { $0.finding.place?.column == column })
    }
    let hidden = shown.sheet.isHidden(row: row) ? hiddenNote : Markup()
    let kind: Markup = whole.isEmpty ? "" : " class=\"\(Self.kind(whole))\""
    return "<tr\(kind)><th scope=\"row\">\(row + 1)\(hidden)\(flags(whole))</th>\(cells)</tr>"
  }

  private func cell(
    _ row: Int, _ column: Int, _ here: [(number: Int, finding: Finding)]
  ) -> Markup {
    let text = words.shown(words.cell(shown.sheet.cell(row, column)))
    if here.isEmpty { return "<td>\(text)</td>" }
    return "<td class=\"\(Self.kind(here))\"><mark>\(text)</mark>\(flags(here))</td>"
  }

  private static func kind(_ here: [(number: Int, finding: Finding)]) -> Markup {
    here.contains { $0.finding.waits } ? "wrong" : "doubt"
  }

  /// Links from a cell to what is said of it.
  private func flags(_ here: [(number: Int, finding: Finding)]) -> Markup {
    here.map { number, finding -> Markup in
      let sign: Markup = finding.waits ? "⚠" : "?"
      return """
         <a class="flag" id="c\(number)" href="#p\(number)">\
        <span class="hidden">point </span>\(sign) \(number)</a>
        """
    }.joined()
  }
}
