/// Two whole sets of tables that a reader cannot tell from the true ones, nor from each other: it
/// proves that the numbers in which they differ stay at least so far unknown.
package struct Evidence: Sendable {
  /// By how much each set of tables differs from the true one, by unknown; all others are alike.
  package let low: [Int: Double], high: [Int: Double]

  init(low: [Int: Double], high: [Int: Double]) {
    self.low = low.filter { $0.value != 0 }
    self.high = high.filter { $0.value != 0 }
  }

  /// The two ends of a move, no farther than asked.
  init(_ move: Move, reach: Double) {
    let forwards = min(move.forwards, reach)
    let backwards = min(move.backwards, reach - forwards)
    func end(_ steps: Double) -> [Int: Double] {
      Dictionary(
        move.changes.map { (Int($0.unknown), Double($0.by) * steps) },
        uniquingKeysWith: { a, _ in a })
    }
    self.init(low: end(-backwards), high: end(forwards))
  }

  /// How far apart an unknown is in the two.
  package func width(of unknown: Int) -> Double {
    abs((high[unknown] ?? 0) - (low[unknown] ?? 0))
  }

  /// Whether an unknown is in both what it is in truth.
  package func leaves(_ unknown: Int) -> Bool { low[unknown] == nil && high[unknown] == nil }

  /// The unknowns that are not what they are in truth in one of the two.
  var changed: Set<Int> { Set(low.keys).union(high.keys) }

  /// Whether readers who know all unknowns but the open ones must take both for possible: bounds,
  /// whole numbers and all relations hold. It is plain arithmetic, exact for whole numbers, and
  /// rests on nothing that was used to find the evidence.
  package func holds(in system: CellSystem, open: [Bool]) -> Bool {
    for table in [low, high] {
      var gaps: [Int32: Double] = [:]
      var sizes: [Int32: Double] = [:]
      for (i, change) in table {
        guard open[i] else { return false }
        let u = system.unknowns[i]
        let value = u.value + change
        let slip = u.isWhole ? 0 : 1e-7 * max(1, abs(u.value))
        guard change.isFinite, value >= u.lower - slip, value <= u.upper + slip else {
          return false
        }
        if u.isWhole, change != change.rounded() { return false }
        for use in system.useSpans[i].lazy.map({ system.uses[$0] }) {
          gaps[use.relation, default: 0] += change * Double(use.factor)
          sizes[use.relation, default: 1] += abs(change) + (u.isWhole ? 0 : abs(u.value))
        }
      }
      for (r, gap) in gaps {
        let isWhole = system.spans[Int(r)].allSatisfy {
          system.unknowns[Int(system.terms[$0].unknown)].isWhole
        }
        guard abs(gap) <= (isWhole ? 0 : 1e-7 * (sizes[r] ?? 1)) else { return false }
      }
    }
    return true
  }
}
