import Indicators

/// The cells of a table that count all persons of the group that a cut divides: that all of the
/// older ones are women says of each of them that she is one, however many they are.
struct WholeGroups {
  /// The numbers of their rows.
  private(set) var rows = Set<Int>()

  init(_ table: IndicatorTable) {
    guard !table.cuts.isEmpty else { return }
    var counts: [Label: (row: Int, persons: Int)] = [:]
    for (r, row) in table.rows.enumerated() {
      guard let persons = row.estimate.persons, persons > 0,
        row.estimate.value == Double(persons)
      else { continue }
      counts[Label(row)] = (r, persons)
    }
    for (label, cell) in counts {
      for d in table.cuts.indices where WholeGroups.isClass(label.cuts[d]) {
        var group = label
        group.cuts[d] = totalMark
        if counts[group]?.persons == cell.persons { rows.insert(cell.row) }
      }
    }
  }

  /// Whether a value of a cut says something: not that it is unknown or has no meaning.
  private static func isClass(_ value: String) -> Bool {
    value != totalMark && value != unknownMark && value != notApplicableMark
  }
}
