import Diagnostics
import Disclosure
import HTML
import Periods

/// What an edition adds to pages: its name and signature, the words of its makers, breaks in series.
extension Pages {
  /// Which edition this is, below the heading.
  var editionBanner: Markup {
    guard let edition = facts.edition else { return Markup() }
    let fr = language == .fr
    let frozen: Markup =
      fr
      ? "Édition «\u{A0}\(edition.name)\u{A0}», figée le \(time(edition.frozenOn))"
      : "Edition “\(edition.name)”, frozen on \(time(edition.frozenOn))"
    guard let name = edition.signedBy, let day = edition.signedOn else {
      let draft = fr ? " – projet, non signé." : " – draft, not signed."
      return "<div class=\"banner\"><p>\(frozen)\(draft)</p></div>"
    }
    let signed: Markup =
      fr
      ? ", signée par \(name) le \(time(day))." : ", signed by \(name) on \(time(day))."
    return "<div class=\"banner\"><p>\(frozen)\(signed)</p></div>"
  }

  /// What the makers of the report say of some indicators, each once, and where these no longer
  /// continue what an earlier edition gave.
  func remarks(on all: [Cells]) -> Markup {
    var once: Set<String> = []
    let own = all.filter { once.insert($0.heading.id).inserted }
    let texts = own.compactMap { cells -> Markup? in
      guard let text = facts.texts[cells.heading.id] else { return nil }
      let title = Typography.text(cells.heading.title, language)
      return "<p><b>\(title)</b>\(words.colon)\(Typography.text(text, language))</p>\n"
    }
    let breaks = own.flatMap { cells in
      facts.breaks.filter { $0.indicator == cells.heading.id }.map { told($0, cells) }
    }
    var out = Markup()
    if !texts.isEmpty {
      let head = language == .fr ? "Ce qu’en dit l’équipe" : "What the team says"
      out += "<div class=\"finding\"><p><b>\(head)</b></p>\n\(texts)</div>\n"
    }
    if !breaks.isEmpty {
      let head = language == .fr ? "Rupture de série" : "Break in series"
      let items = breaks.map { text -> Markup in "<p>\(text)</p>\n" }
      out += "<div class=\"absent\"><p><b>\(head)</b></p>\n\(items)</div>\n"
    }
    return out
  }

  /// The way to a figure's chart as a file.
  func image(_ file: (link: FileLink, bytes: Int)?, _ number: Int) -> Markup {
    guard let file else { return Markup() }
    let text =
      language == .fr
      ? "Image de la figure \(number) (SVG, \(words.size(file.bytes)))"
      : "Image of figure \(number) (SVG, \(words.size(file.bytes)))"
    return "<p class=\"download\"><a href=\"\(file.link)\" download>\(text)</a></p>"
  }

  private func told(_ one: ReportBreak, _ cells: Cells) -> String {
    let fr = language == .fr
    let title = Typography.text(cells.heading.title, language)
    let period = numbers.period(one.period)
    let given =
      one.value.map { (fr ? "donnait " : "gave ") + cells.unit.sentence($0) }
      ?? (fr ? "ne donnait pas de valeur" : "gave no value")
    return fr
      ? "\(title)\u{A0}: définition changée (version \(one.before) → \(one.now)). L’édition «\u{A0}\(one.edition)\u{A0}» \(given) pour \(period)\u{202F}; toutes les périodes de ce document sont recomptées avec la version \(one.now)."
      : "\(title): the definition changed (version \(one.before) → \(one.now)). Edition “\(one.edition)” \(given) for \(period); all periods of this document are counted anew with version \(one.now)."
  }
}

extension FigureMaker {
  /// Where a figure does not continue what an earlier edition gave.
  func breakNotes(_ cells: Cells) -> [(term: String, text: String)] {
    let fr = language == .fr
    return facts.breaks.filter { $0.indicator == cells.heading.id }.map { one in
      let period = numbers.period(one.period)
      let given = one.value.map(cells.unit.cell) ?? "–"
      return (
        fr ? "Rupture de série" : "Break in series",
        fr
          ? "définition changée (version \(one.before) → \(one.now))\u{202F}; l’édition «\u{A0}\(one.edition)\u{A0}» donnait \(given) pour \(period)."
          : "the definition changed (version \(one.before) → \(one.now)); edition “\(one.edition)” gave \(given) for \(period)."
      )
    }
  }
}
