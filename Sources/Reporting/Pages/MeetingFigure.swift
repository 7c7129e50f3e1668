import Diagnostics
import Disclosure
import HTML
import Periods

/// Who meets whom: a table of pairs by what both their people are, shaded by number.
extension FigureMaker {
  /// The values of the cut of pairs that are two known groups, with their names, in the order of the
  /// groups.
  func pairs(in cells: Cells) -> [(value: String, ends: [String], name: String)] {
    let values = cells.values(ofCut: ReportLayout.pairs)
    let ends = groups(in: values)
    let named = Dictionary(
      ends.map { ($0.value, $0.name) }, uniquingKeysWith: { first, _ in first })
    let rank = Dictionary(
      ends.enumerated().map { ($0.element.value, $0.offset) }, uniquingKeysWith: { a, _ in a })
    return values.compactMap { value -> (value: String, ends: [String], name: String)? in
      let parts = value.split(separator: "|").map(String.init)
      guard parts.count == 2, let a = named[parts[0]], let b = named[parts[1]] else { return nil }
      return (value, parts, parts[0] == parts[1] ? words.within(a) : words.pair(a, b))
    }.sorted { a, b in
      a.ends.map { rank[$0] ?? 0 }.lexicographicallyPrecedes(b.ends.map { rank[$0] ?? 0 })
    }
  }

  /// The groups that the ends of some pairs are of: in the order of the cut that lists them.
  private func groups(in pairs: [String]) -> [(value: String, name: String)] {
    var met = Set<String>()
    for pair in pairs where pair.contains("|") {
      met.formUnion(pair.split(separator: "|").map(String.init))
    }
    let listed = facts.cutValues.sorted { $0.key < $1.key }.first { _, values in
      met.isSubset(of: values.map(\.value))
    }?.value
    guard let listed else {
      return met.sorted().map { ($0, Typography.name($0, key: $0)) }
    }
    return listed.filter { met.contains($0.value) }.map {
      ($0.value, Typography.text($0.label, language))
    }
  }

  /// The table of the pairs of one place.
  func meetings(_ draft: Draft) -> FigureView {
    let groups = groups(in: draft.cells.values(ofCut: ReportLayout.pairs))
    let pairs = pairs(in: draft.cells)
    func row(_ value: String) -> ReleasedRow? {
      draft.cells.row(
        draft.place, facts.period, cuts: [ReportLayout.pairs], values: [value])
    }
    var byEnds: [[String]: ReleasedRow] = [:]
    for pair in pairs {
      guard let row = row(pair.value) else { continue }
      byEnds[pair.ends] = row
      byEnds[pair.ends.reversed()] = row
    }
    let given = pairs.compactMap { pair in
      row(pair.value).flatMap { r in r.value.map { (pair: pair, value: $0) } }
    }
    let most = given.map(\.value).max() ?? 0
    let rows = groups.map { group in
      TableView.Row(
        group.name,
        groups.map { other in
          let found = byEnds[[group.value, other.value]]
          var cell = value(found, draft.unit)
          cell.shade = found?.value.map { most > 0 ? Int(($0 / most * 5).rounded(.up)) : 0 } ?? 0
          return cell
        })
    }
    let place = draft.residence?.name ?? words.all
    let all = pairs.map { row($0.value) }
    return FigureView(
      anchor: anchor(draft, ReportLayout.pairs), finding: finding(draft, given, all),
      subtitle: subtitle(draft, place: place, period: numbers.period(facts.period)),
      chart: Markup(), isWide: true,
      table: TableView(
        caption: caption(draft, place: place), heads: [words.whoMeetsWhom] + groups.map(\.name),
        rows: rows),
      notes: signs(all) + [
        (words.shade, words.shades(draft.unit.cell(most))), (words.reading, words.bothWays),
      ],
      absence: absence(draft, all), cells: draft.cells)
  }

  /// « Titre : 46 % entre groupes différents, le plus : 35-59 ans et 60 ans et plus (412) ».
  private func finding(
    _ draft: Draft, _ given: [(pair: (value: String, ends: [String], name: String), value: Double)],
    _ all: [ReleasedRow?]
  ) -> String {
    let ranked = given.filter { $0.pair.ends[0] != $0.pair.ends[1] }.sorted { $0.value > $1.value }
    var told: [String] = []
    let sum = given.reduce(0) { $0 + $1.value }
    // A share of all pairs needs them all.
    if given.count == all.count, sum > 0 {
      told.append(words.across(numbers.percent(ranked.reduce(0) { $0 + $1.value } / sum)))
    }
    if let first = given.max(by: { $0.value < $1.value }), first.value > 0 {
      told.append(words.most(draft.unit.cell(first.value), first.pair.name))
    }
    return draft.title + words.colon + (told.isEmpty ? words.noValue : told.joined(separator: ", "))
  }
}
