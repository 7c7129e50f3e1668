package import Diagnostics
import Indicators

extension Definitions {
  /// The whole catalogue as a page of Markdown: what each indicator counts, how, and its source.
  package func markdown(language: Language) -> String {
    let fr = language == .fr
    var out = fr ? "# Les indicateurs\n\n" : "# The indicators\n\n"
    let all = catalogue.indicators.filter { $0.definition.dimension != "benchmark" }
    out +=
      fr
      ? "\(all.count) définitions. Cette page est écrite par `lien indicators markdown`.\n"
      : "\(all.count) definitions. This page is written by `lien indicators markdown`.\n"
    for (axis, dimensions) in grouped(language: language) {
      out += "\n## \(axis)\n"
      for (name, own) in dimensions {
        let shown = own.filter { $0.definition.dimension != "benchmark" }
        if !shown.isEmpty { out += "\n### \(name)\n" }
        for indicator in shown { out += entry(indicator, language) }
      }
    }
    return out
  }

  private func entry(_ indicator: Indicator, _ language: Language) -> String {
    let fr = language == .fr
    let d = indicator.definition
    var out = "\n#### \(d.catalogue) · \(d.title[language])\n\n"
    out += d.note[language] + "\n\n"
    func line(_ label: String, _ text: String) {
      if !text.isEmpty { out += "- \(label)\(fr ? "\u{A0}" : ""): \(text)\n" }
    }
    line(fr ? "Identifiant" : "Id", "`\(d.id)`, version \(d.fullVersion), \(d.validFrom)")
    line(fr ? "Compte" : "Counts", d.counts[language])
    line(fr ? "Unité" : "Unit", d.unit + (d.isSurvey ? (fr ? ", enquête" : ", survey") : ""))
    line(fr ? "Additivité" : "Additivity", Definitions.words(d.additivity, language))
    line(fr ? "Formule" : "Formula", "`\(d.formula)`")
    line(fr ? "Paramètres" : "Parameters", d.parameterList(language))
    line(fr ? "Ventilations" : "Cuts", d.cuts.map { "`\($0)`" }.joined(separator: ", "))
    line(
      fr ? "Part connue exigée" : "Known share needed",
      "\(Int((d.minimumKnownShare * 100).rounded()))\u{A0}%")
    line(fr ? "Source" : "Source", d.source)
    line(
      fr ? "Référentiels" : "Frameworks",
      d.frameworks.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        .joined(separator: ", "))
    if !indicator.hasSQL {
      line("SQL", fr ? "non (voir la note)" : "no (see the note)")
    }
    return out
  }

  private static func words(_ additivity: Additivity, _ language: Language) -> String {
    let fr = language == .fr
    switch additivity {
    case .additive:
      return fr
        ? "s’additionne entre séances, périodes et résidences"
        : "adds over sessions, periods and residences"
    case .stock:
      return fr
        ? "s’additionne entre résidences, pas entre périodes"
        : "adds over residences, not over periods"
    case .nonAdditive:
      return fr
        ? "ne s’additionne pas : recalculé à chaque niveau"
        : "does not add: computed anew at each level"
    }
  }
}
