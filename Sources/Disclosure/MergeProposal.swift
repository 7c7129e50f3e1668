import Indicators

/// Which neighbouring classes of a cut to put together so that less of a table is withheld.
///
/// Proposed only where the persons of the classes add up to those of their group: of persons who
/// may be in several classes, nobody knows how many would be in the two together.
package struct MergeProposal: Sendable, Hashable {
  /// The cut.
  package let cut: String
  /// The classes to put together, each list in the order of the cut.
  package let classes: [[String]]
  /// Cells of too few persons, with the classes as they are and with those put together.
  package let smallBefore: Int, smallAfter: Int

  /// The best proposal for a table: the cut of which the least cells stay too small.
  init?(_ table: IndicatorTable, policy: ReleasePolicy) {
    let all = table.cuts.indices.compactMap { MergeProposal(table, cut: $0, policy: policy) }
    guard let best = all.min(by: { $0.smallAfter < $1.smallAfter }) else { return nil }
    self = best
  }

  private init?(_ table: IndicatorTable, cut d: Int, policy: ReleasePolicy) {
    guard var groups = MergeProposal.columns(of: table, cut: d) else { return nil }
    func small(_ persons: [Int]) -> Int { persons.filter { policy.isSmall($0) }.count }
    func small() -> Int { groups.reduce(0) { $0 + small($1.persons) } }
    let before = small()
    // Each step puts those two neighbours together that saves most, down to two classes.
    while groups.count > 2 {
      let cells = groups.reduce(0) { sum, g in sum + g.persons.filter { $0 > 0 }.count }
      if cells == 0 || Double(small()) <= 0.4 * Double(cells) { break }
      let pairs = (0..<groups.count - 1).map { i -> (at: Int, small: Int, people: Int) in
        let both = zip(groups[i].persons, groups[i + 1].persons).map { $0 + $1 }
        let own = small(groups[i].persons) + small(groups[i + 1].persons)
        return (i, small(both) - own, both.reduce(0, +))
      }
      // Of equals, the least people: what stays apart then says most.
      guard let best = pairs.min(by: { ($0.small, $0.people) < ($1.small, $1.people) }),
        best.small < 0
      else { break }
      let next = groups.remove(at: best.at + 1)
      groups[best.at].names += next.names
      groups[best.at].persons = zip(groups[best.at].persons, next.persons).map { $0 + $1 }
    }
    let after = small()
    guard after < before else { return nil }
    cut = table.cuts[d]
    classes = groups.map(\.names).filter { $0.count > 1 }
    smallBefore = before
    smallAfter = after
  }

  /// The persons of each class in every group of the table; nil when they do not add up.
  private static func columns(of table: IndicatorTable, cut d: Int) -> [(
    names: [String], persons: [Int]
  )]? {
    var order: [String] = []
    var seen: [String: Int] = [:]
    var groups: [Label: Int] = [:]
    var counts: [Label: [Int: Int]] = [:]
    var totals: [Label: Int] = [:]
    for row in table.rows {
      guard let persons = row.estimate.persons else { return nil }
      var label = Label(row)
      let name = label.cuts[d]
      label.cuts[d] = totalMark
      if groups[label] == nil { groups[label] = groups.count }
      guard name != totalMark else {
        totals[label] = persons
        continue
      }
      let column = seen[name] ?? order.count
      if column == order.count {
        seen[name] = column
        order.append(name)
      }
      counts[label, default: [:]][column] = persons
    }
    for (label, own) in counts {
      if let total = totals[label], total != own.values.reduce(0, +) { return nil }
    }
    let classes = order.indices.filter {
      order[$0] != unknownMark && order[$0] != notApplicableMark
    }
    guard classes.count > 2 else { return nil }
    let labels = groups.sorted { $0.value < $1.value }.map(\.key)
    return classes.map { c in ([order[c]], labels.map { counts[$0]?[c] ?? 0 }) }
  }
}
