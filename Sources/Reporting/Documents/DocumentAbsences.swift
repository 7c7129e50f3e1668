import Diagnostics
import Disclosure
import HTML
import Periods

/// What a reader of a document should know is not there.
extension Pages {
  func absences(_ scope: DocumentScope) -> DocumentSection {
    DocumentSection(
      anchor: "manque", title: words.missing,
      body: items(absenceLines(scope, isShort: false)))
  }

  /// In lines; the short ones count where the long ones name.
  func absenceLines(_ scope: DocumentScope, isShort: Bool) -> [String] {
    guard let residence = scope.residence else {
      return isShort ? shortLines() : missingLines(shown)
    }
    return lines(of: residence)
  }

  /// What is missing of one residence.
  private func lines(of residence: ReportFacts.Residence) -> [String] {
    let fr = language == .fr
    func titles(_ status: CellStatus) -> [String] {
      shown.filter(\.hasWhole).filter {
        ($0.row(residence.key, facts.period)?.status ?? .noData) == status
      }.map { words.inside(Typography.text($0.heading.title, language)) }
    }
    var lines: [String] = []
    func add(_ status: CellStatus, _ head: String) {
      let names = titles(status)
      guard !names.isEmpty else { return }
      lines.append("\(head)\(words.colon)\(numbers.list(names)).")
    }
    add(.noData, fr ? "Pas de donnée pour la période" : "No data for the period")
    add(.notKnownEnough, fr ? "Trop de valeurs inconnues (nd)" : "Too many unknown values (n/k)")
    add(.withheld, fr ? "Retiré, secret statistique (s)" : "Withheld (s)")
    let unknown = Array(unknowns(at: residence.key).prefix(5))
    if !unknown.isEmpty { lines.append(unknownLine(unknown)) }
    return lines.isEmpty ? [fr ? "Rien de connu pour cette période." : "Nothing known of."] : lines
  }

  /// How much is missing, for the summary.
  private func shortLines() -> [String] {
    let fr = language == .fr
    let whole = shown.filter(\.hasWhole)
    var counts: [CellStatus: Int] = [:]
    for own in whole {
      for residence in facts.residences {
        counts[own.row(residence.key, facts.period)?.status ?? .noData, default: 0] += 1
      }
    }
    let all = whole.count * facts.residences.count
    func text(_ n: Int) -> String { numbers.number(Double(n)) }
    var lines = [
      fr
        ? "\(text(counts[.given] ?? 0)) valeurs de résidence données sur \(text(all)) attendues (\(text(whole.count)) indicateurs, \(text(facts.residences.count)) \(facts.residences.count < 2 ? "résidence" : "résidences"))."
        : "\(text(counts[.given] ?? 0)) of \(text(all)) residence values given (\(text(whole.count)) indicators, \(text(facts.residences.count)) \(facts.residences.count == 1 ? "residence" : "residences"))."
    ]
    if let n = counts[.noData] {
      lines.append("\(text(n)) \(fr ? "sans donnée ou sans objet (–)." : "without data (–).")")
    }
    if let n = counts[.notKnownEnough] {
      lines.append(
        "\(text(n)) \(fr ? "où trop de valeurs sont inconnues (nd)." : "with too many unknowns (n/k).")"
      )
    }
    if let n = counts[.withheld] {
      lines.append(
        "\(text(n)) \(fr ? "retirées par secret statistique (s)." : "withheld, confidentiality (s).")"
      )
    }
    let unknown = unknowns(at: "_total").prefix(4)
    if !unknown.isEmpty { lines.append(unknownLine(Array(unknown))) }
    return lines
  }

  /// « participants uniques (12 présences non rattachées) », the largest first.
  private func unknowns(at place: String) -> [String] {
    once(layout.headlines + layout.comparison)
      .compactMap { own -> (String, Double)? in
        guard let n = own.row(place, facts.period)?.unknown, n > 0 else { return nil }
        let title = words.inside(Typography.text(own.heading.title, language))
        return ("\(title) (\(words.unknowns(numbers.number(n), own.heading.unknowns)))", n)
      }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
  }

  private func unknownLine(_ names: [String]) -> String {
    (language == .fr
      ? "Ce qui n’est pas connu est compté à part, et jamais comme zéro"
      : "What is not known is counted apart, and never as zero") + words.colon
      + numbers.list(names) + "."
  }
}
