package import Diagnostics
package import Model

extension Indicator {
  /// Of a sum of money, the part of whoever it comes from or goes to most, as an indicator with the
  /// same cuts: of a quotient, that of its numerator.
  ///
  /// Nil where the table does not say who that is (`contributor` in the model). Rows of which it is
  /// not known are nobody's.
  package func largestPart(in model: Model) -> Indicator? {
    let sum: Int
    switch plan.root {
    case .aggregate(let i), .arithmetic(.divide, .aggregate(let i), _): sum = i
    default: return nil
    }
    guard case .rows(.sum(let amount), let scan) = plan.aggregates[sum],
      let table = model[scan.table], let contributor = table.contributor,
      let path = try? PathResolver(model: model).resolve(contributor, from: table)
    else { return nil }
    let inner = InnerAggregate(
      kind: .rows(.sum(amount)), scan: scan, key: .path(path))
    return Indicator(
      definition: definition,
      plan: Plan(
        aggregates: [
          .perKey(PerKey(outer: .maximum, value: .inner(0), inners: [inner]))
        ], root: .aggregate(0)))
  }
}

extension Evaluator {
  /// The largest part of each sum of money, by place of its order.
  ///
  /// - Throws: as `compute`.
  package func largestParts(of orders: [Order]) throws(Failure) -> [Int: IndicatorTable] {
    let parts = orders.enumerated().compactMap { i, order in
      order.indicator.largestPart(in: model).map { part in
        (i, Order(part, cuts: order.cuts, periods: order.periods))
      }
    }
    let tables = try compute(parts.map(\.1))
    return Dictionary(uniqueKeysWithValues: zip(parts.map(\.0), tables))
  }
}
