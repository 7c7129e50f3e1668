import Columns
import Model
import Periods
import Statistics

extension AggregateExecutor {
  /// Pairs by what both their people are: each pair is in one cell of the cut `ends`, whichever of the
  /// two comes first, so that the cells add up to all pairs.
  func endCells(_ ties: Aggregate.Ties) -> CellTable {
    var table = emptyTable()
    guard let of = ties.ends else { return table }
    let circles = self.circles(ties)
    let qualities = self.qualities(of, ties, circles)
    let texts = QualityReaders(of, ties.scan.table, periods: periods, frame: frame).labels
    for (l, level) in space.levels.enumerated() {
      for (g, circle) in circles[l].enumerated() {
        guard let d = space.ends, level[d] else {
          let pairs = circle.ties.meetings.indices.filter {
            Int(circle.ties.meetings[$0]) >= ties.minimumMeetings
          }
          let people = circle.ties.people(of: pairs)
          table.set(
            circle.key,
            Cell(
              value: Double(pairs.count), numerator: Double(pairs.count),
              unknown: circle.unknown, known: circle.known, persons: people))
          continue
        }
        let ends = Ends(
          circle, minimum: ties.minimumMeetings, qualities[l][g].values,
          texts: texts[circle.key.period])
        for (slot, label) in space.labels[d].enumerated() where slot > 0 {
          // Rows have no such dimension: their groups are of the slot of what is not known.
          var key = circle.key
          key.id += (slot - 1) * space.strides[d]
          var cell = slot == 1 ? ends.unknown : ends.cells[label] ?? Ends.none
          if slot == 1 && cell.value == 0 { continue }
          cell.unknown = circle.unknown
          cell.known = circle.known
          table.set(key, cell)
        }
      }
    }
    return table
  }
}

/// The pairs of one circle by what both their people are.
private struct Ends {
  /// No pair of a kind.
  static let none = Cell(value: 0, numerator: 0, persons: 0)
  /// By value of the cut, and of those of whom one is not known.
  var cells: [String: Cell] = [:], unknown = Ends.none

  private struct Tally {
    var pairs = 0
    var people: [Set<Int32>] = [[], []]
  }

  init(_ circle: Circle, minimum: Int, _ values: [Double], texts: [String]) {
    var tallies: [[String]: Tally] = [:]
    let (meetings, first, second) = (circle.ties.meetings, circle.ties.first, circle.ties.second)
    func text(_ person: Int32) -> String? {
      let value = values[Int(person)]
      return value.isNaN ? nil : texts[Int(value)]
    }
    for i in meetings.indices where Int(meetings[i]) >= minimum {
      var people = [first[i], second[i]]
      var key: [String] = []
      if let a = text(first[i]), let b = text(second[i]) {
        if b < a { people.swapAt(0, 1) }
        key = b < a ? [b, a] : [a, b]
      }
      tallies[key, default: Tally()].pairs += 1
      for side in 0...1 { tallies[key]?.people[side].insert(people[side]) }
    }
    for (key, tally) in tallies {
      let all = tally.people[0].union(tally.people[1])
      var cell = Cell(
        value: Double(tally.pairs), numerator: Double(tally.pairs), persons: all.count)
      guard key.count == 2 else {
        unknown = cell
        continue
      }
      // Either end is a group of its own.
      if key[0] != key[1] { (cell.answers, cell.holding) = (all.count, tally.people[0].count) }
      cells[Aggregate.Ties.pair(key[0], key[1])] = cell
      cells[Aggregate.Ties.pair(key[1], key[0])] = cell
    }
  }
}
