/// What the numbers beside the values of a table count, in names that are the same wherever the
/// same is counted: the attendances of one indicator are those of the mean that is made of them.
package struct TableSides: Sendable, Hashable {
  /// The names of numerator, denominator and persons; nil for a number that is no amount.
  package var numerator: String?, denominator: String?, persons: String?
  /// Whether the numerator counts some of those whom the denominator counts.
  package var isPart: Bool

  /// Makes sides.
  package init(
    numerator: String? = nil, denominator: String? = nil, persons: String? = nil,
    isPart: Bool = false
  ) {
    self.numerator = numerator
    self.denominator = denominator
    self.persons = persons
    self.isPart = isPart
  }
}

extension Plan {
  /// What the numbers beside the value count.
  var sides: TableSides {
    var out = TableSides()
    switch root {
    case .aggregate(let i):
      let name = String(describing: aggregates[i])
      out.numerator = name + "#n"
      out.denominator = name + "#d"
      out.isPart = aggregates[i].isShare
    case .arithmetic(.divide, let a, let b):
      out.numerator = name(of: a)
      out.denominator = name(of: b)
    default: break
    }
    out.persons =
      root.used.map { people(of: aggregates[$0.index]) + ($0.isOverall ? "#all" : "#p") }
      .joined(separator: " & ")
    return out
  }

  /// What the people behind an aggregate are. Those whose rows are counted are the same whatever is
  /// then asked of their counts: half of them, the most present ones, their median.
  private func people(of aggregate: Aggregate) -> String {
    guard case .perKey(let perKey) = aggregate, !aggregate.countsKeys,
      KeyedCounts.canBeShared(perKey)
    else {
      return String(describing: aggregate)
    }
    return String(describing: KeyedCounts(perKey))
  }

  private func name(of side: ValueExpression) -> String? {
    switch side {
    case .number: return nil
    case .aggregate(let i):
      // A count or a sum is its own numerator; a mean is not.
      return String(describing: aggregates[i]) + (aggregates[i].emptyCell.value == 0 ? "#n" : "#v")
    default:
      return String(describing: side)
        + side.used.map { String(describing: aggregates[$0.index]) }.joined(separator: " & ")
    }
  }
}
