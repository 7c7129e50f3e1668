import Columns
import Model
import Periods
import Statistics
import Threads

extension AggregateExecutor {
  /// Pairs that are listed one by one: those of a kind, new ones, their weights.
  func pairCells(_ ties: Aggregate.Ties) -> CellTable {
    if ties.ends != nil { return endCells(ties) }
    var table = emptyTable()
    let circles = self.circles(ties)
    let qualities = ties.relation.map { self.qualities($0.of, ties, circles) }
    let novelties = ties.isNew ? self.novelties(ties.rule, circles) : nil
    for (l, level) in circles.enumerated() {
      let starts = level.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.size) }
      let parts = Workers.parts(starts)
      let cells = Workers.map(parts.count) { part in
        parts[part].map { g -> Cell in
          let circle = level[g]
          var kept = circle.ties.kept(
            atLeast: ties.minimumMeetings, ties.relation, qualities?[l][g].values)
          let novelty = novelties?[l][g]
          if let novelty { kept.removeAll { !novelty.isNew[$0] } }
          let people = circle.ties.people(of: kept)
          var value: Double? =
            switch ties.gives {
            case .pairs: Double(kept.count)
            case .people: Double(people)
            case .weight: kept.reduce(0) { $0 + circle.ties.weights[$1] }
            }
          // Who is new cannot be known where nothing was written down before.
          let isKnown = novelty?.hasPast ?? true
          if !isKnown { value = nil }
          let lost = qualities?[l][g].lost ?? 0
          var cell = Cell(
            value: value, numerator: value, unknown: circle.unknown + lost,
            known: circle.known - lost, persons: people)
          if !isKnown { cell.reason = .noHistory }
          return cell
        }
      }
      for (circle, cell) in zip(level, cells.joined()) { table.set(circle.key, cell) }
    }
    return table
  }
}

extension Ties {
  /// The ties of enough meetings whose two people stand to each other as asked.
  fileprivate func kept(
    atLeast minimum: Int, _ relation: Aggregate.Relation?, _ values: [Double]?
  ) -> [Int] {
    let (meetings, first, second) = (self.meetings, self.first, self.second)
    // Each is written down, and stays where the next is not kept: no branch to guess.
    var out = [Int](repeating: 0, count: count + 1)
    var kept = 0
    var places = out.mutableSpan
    if let relation, let values {
      for i in meetings.indices {
        places[kept] = i
        let holds = relation.holds(values[Int(first[i])], values[Int(second[i])])
        kept += Int(meetings[i]) >= minimum && holds ? 1 : 0
      }
    } else {
      for i in meetings.indices {
        places[kept] = i
        kept += Int(meetings[i]) >= minimum ? 1 : 0
      }
    }
    out.removeLast(out.count - kept)
    return out
  }

  /// How many people are in some of the ties.
  func people(of kept: [Int]) -> Int {
    let (first, second) = (self.first, self.second)
    var isTied = [Bool](repeating: false, count: people)
    var marks = isTied.mutableSpan
    for i in kept {
      marks[Int(first[i])] = true
      marks[Int(second[i])] = true
    }
    return isTied.count { $0 }
  }
}

extension Aggregate.Relation {
  /// Whether two people stand so to each other; not when one of them is not known.
  func holds(_ a: Double, _ b: Double) -> Bool {
    if a.isNaN || b.isNaN { return false }
    return switch kind {
    case .between: a != b
    case .within: a == b
    case .apart(let least): abs(a - b) >= least
    }
  }
}
