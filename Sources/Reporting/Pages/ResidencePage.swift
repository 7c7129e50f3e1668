import Diagnostics
import Disclosure
import HTML

extension Pages {
  /// The page of one residence.
  func page(of residence: ReportFacts.Residence) -> Page {
    let (figures, shown) = axes(.residence, residence: residence)
    var once: [Cells] = []
    for own in layout.headlines.compactMap(own) + shown
    where !once.contains(where: { $0.heading.id == own.heading.id }) {
      once.append(own)
    }
    let main: Markup = """
      <section id="essentiel"><h2>\(words.keyFigures)</h2>
      \(cards(layout.headlines.compactMap(own), residence.key))</section>
      \(figures)
      \(method(once))
      \(downloads())
      """
    var lead = residence.city
    if residence.isFictional {
      let mark = language == .fr ? "résidence fictive" : "made-up residence"
      lead = lead.isEmpty ? mark : "\(lead), \(mark)"
    }
    return frame(
      title: residence.name, place: residence.name, lead: lead, current: link(to: residence),
      sections: sections(isIndex: false), main: main, filters: [.search, .axis])
  }
}
