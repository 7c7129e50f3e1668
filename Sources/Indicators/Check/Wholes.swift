import Model

/// What `all(…)` stands for: the whole that the groups of some cuts are parts of.
///
/// A row whose value of a cut is not known is of no group. Where groups by that cut are told apart
/// it is left out of the whole too, and counted as unknown: parts of those who are known add up to
/// one.
struct Wholes {
  /// For each set of cuts told apart (bit d for the cut d), the number of each aggregate's whole.
  private let byCuts: [[Int]]
  /// The aggregates beside those of the formula.
  let added: [Aggregate]

  /// `path` gives that of a cut in a table; nil when the table does not know the cut.
  init(_ plan: Plan, cuts: Int, path: (_ cut: Int, _ table: String) -> ResolvedPath?)
    throws(FormulaError)
  {
    let own = Array(plan.aggregates.indices)
    var added: [Aggregate] = []
    var byCuts = [own]
    for kept in 1..<max(1 << (plan.hasWholes ? cuts : 0), 1) {
      var numbers = own
      for i in plan.root.wholes {
        numbers[i] = own.count + added.count
        added.append(
          try plan.aggregates[i].mapScans { scan throws(FormulaError) in
            var out = scan
            for cut in 0..<cuts where kept >> cut & 1 == 1 {
              guard let path = path(cut, scan.table) else { continue }
              // True where the value is known, and unknown where it is not.
              let known = RowExpression.compare(.equal, .path(path), .path(path))
              out.filter = out.filter.map { .and($0, known) } ?? known
            }
            return out
          })
      }
      byCuts.append(numbers)
    }
    self.byCuts = byCuts
    self.added = added
  }

  /// The whole of an aggregate among the groups of some cuts.
  func number(of aggregate: Int, cuts kept: Int) -> Int {
    byCuts[byCuts.count > 1 ? kept : 0][aggregate]
  }
}

extension Plan {
  /// Whether a part is taken of a whole.
  var hasWholes: Bool { !root.wholes.isEmpty }
}

extension ValueExpression {
  /// The aggregates of which the whole is taken, each once.
  var wholes: [Int] {
    switch self {
    case .number, .aggregate: []
    case .overall(let i): [i]
    case .arithmetic(_, let a, let b): Array(Set(a.wholes + b.wholes)).sorted()
    }
  }
}
