/// What a number counts: equal wherever the same is counted.
package struct Counted: Sendable, Hashable, ExpressibleByStringLiteral {
  private enum What: Sendable, Hashable {
    case named(String)
    case aggregate(Aggregate, Side)
    case keys(KeyedCounts, Side)
    case expression(ValueExpression, [Aggregate])
    case all([What])
  }
  enum Side: Sendable, Hashable { case numerator, denominator, value, persons, everybody }
  private let what: What

  /// What a name says.
  package init(named name: String) { what = .named(name) }

  /// What a name says.
  package init(stringLiteral name: String) { self.init(named: name) }

  init(_ aggregate: Aggregate, _ side: Side) { what = .aggregate(aggregate, side) }

  init(_ keys: KeyedCounts, _ side: Side) { what = .keys(keys, side) }

  init(_ expression: ValueExpression, of aggregates: [Aggregate]) {
    what = .expression(expression, aggregates)
  }

  init(all: [Counted]) { what = .all(all.map(\.what)) }
}

/// What the numbers beside the values of a table count: the attendances of one indicator are those
/// of the mean that is made of them.
package struct TableSides: Sendable, Hashable {
  /// Numerator, denominator and persons; nil for a number that is no amount.
  package var numerator: Counted?, denominator: Counted?, persons: Counted?
  /// Whether the numerator counts some of those whom the denominator counts.
  package var isPart: Bool

  /// Makes sides.
  package init(
    numerator: Counted? = nil, denominator: Counted? = nil, persons: Counted? = nil,
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
      out.numerator = Counted(aggregates[i], .numerator)
      out.denominator = Counted(aggregates[i], .denominator)
      out.isPart = aggregates[i].isShare
    case .arithmetic(.divide, let a, let b):
      out.numerator = counted(by: a)
      out.denominator = counted(by: b)
    default: break
    }
    out.persons = Counted(
      all: root.used.map { people(of: aggregates[$0.index], $0.isOverall ? .everybody : .persons) })
    return out
  }

  /// What the people behind an aggregate are. Those whose rows are counted are the same whatever is
  /// then asked of their counts: half of them, the most present ones, their median.
  private func people(of aggregate: Aggregate, _ side: Counted.Side) -> Counted {
    guard case .perKey(let perKey) = aggregate, !aggregate.countsKeys,
      KeyedCounts.canBeShared(perKey)
    else {
      return Counted(aggregate, side)
    }
    return Counted(KeyedCounts(perKey), side)
  }

  private func counted(by side: ValueExpression) -> Counted? {
    switch side {
    case .number: nil
    case .aggregate(let i):
      // A count or a sum is its own numerator; a mean is not.
      Counted(aggregates[i], aggregates[i].emptyCell.value == 0 ? .numerator : .value)
    default: Counted(side, of: side.used.map { aggregates[$0.index] })
    }
  }
}
