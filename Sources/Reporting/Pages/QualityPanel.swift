import Diagnostics
import Disclosure
import HTML

extension Pages {
  /// What the checks of the data found: a line a broken rule, the most serious first.
  func qualityPanel() -> Markup {
    let rules = facts.quality.filter { facts.audience == .internal || $0.isPublic }
    if rules.isEmpty { return Markup() }
    let fr = language == .fr
    let broken = rules.filter { $0.count > 0 }
    let kept = rules.count - broken.count
    var lead =
      fr
      ? "\(numbers.number(Double(rules.count))) règles vérifiées sur les données de tous les mois, \(numbers.number(Double(kept))) respectées partout."
      : "\(numbers.number(Double(rules.count))) rules checked on the data of all months, \(numbers.number(Double(kept))) kept everywhere."
    if facts.audience == .internal, !broken.isEmpty {
      lead +=
        fr
        ? " La commande «\u{A0}lien check\u{A0}» dit où, et que faire."
        : " The command “lien check” tells where, and what to do."
    }
    let ranks: [Diagnostic.Severity] = [.error, .warning, .note]
    let sorted = ranks.flatMap { severity in broken.filter { $0.severity == severity } }
    let table = TableView(
      caption: fr ? "Constats par règle" : "Findings by rule",
      heads: fr ? ["Règle", "Gravité", "Constats"] : ["Rule", "Severity", "Findings"],
      rows: sorted.map { one in
        TableView.Row(
          Typography.text(one.title, language),
          [
            TableView.Cell(word(one.severity)),
            TableView.Cell(numbers.number(Double(one.count))),
          ])
      })
    return """
      <section id="qualite"><h2>\(words.quality)</h2>
      <p>\(lead)</p>
      \(sorted.isEmpty ? Markup() : table.markup())</section>

      """
  }

  private func word(_ severity: Diagnostic.Severity) -> String {
    let fr = language == .fr
    return switch severity {
    case .error: fr ? "à corriger" : "to correct"
    case .warning: fr ? "à vérifier" : "to look at"
    case .note: fr ? "à savoir" : "to know"
    }
  }
}
