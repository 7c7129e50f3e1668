import Model

/// What protects a release beyond the numbers that are published: `Estimator` says the same of the
/// columns.
extension SQLWriter {
  /// An aggregate that takes part in a formula, of the group or with its cuts rolled up.
  typealias Use = (index: Int, isOverall: Bool)

  /// Whether the step of an aggregate says how many people its value is about, `answers`, and how
  /// many of them it tells apart, `holding` (`Cell.answers`).
  func tellsApart(_ aggregate: Aggregate) -> Bool {
    guard result != nil else { return false }
    switch aggregate {
    case .perKey(let perKey):
      guard keyIsPerson(perKey.inners[0]) else { return false }
      switch perKey.outer {
      case .topShare, .leastShare: return true
      case .count: return perKey.value.isCondition && !perKey.holdsAnyway
      default: return false
      }
    case .weighted(let weighted): return weighted.isShare
    case .survival(let survival):
      if case .at = survival.value { return true }
      return false
    default: return false
    }
  }

  /// The least known share, the smallest group of people that is told, whether all of a group are
  /// told of, and how many are told apart. `of` is a column of an aggregate's step.
  func protection(of column: (Use, String) -> String) -> (
    share: String, smallest: String, all: String, apart: String
  ) {
    let plan = question.indicator.plan
    let many = dialect.number(SQLWriter.many)
    func number(_ use: Use, _ name: String) -> String { dialect.double(column(use, name)) }
    func own(_ i: Int, _ name: String) -> String { number((i, false), name) }

    let shares = plan.root.used.map { use -> String in
      let whole = (use.index, plan.root.wholes.contains(use.index))
      let known = "COALESCE(\(number(whole, "known")), 0)"
      let asked = "(\(known) + COALESCE(\(number(whole, "unknown")), 0))"
      return "CASE WHEN \(asked) > 0 THEN \(known) / \(asked) ELSE \(dialect.number(1)) END"
    }

    var told = plan.root.used.map { number($0, "persons") }
    var holding: [String] = []
    func tell(_ part: String, of whole: String, holds: Bool = true) {
      told.append("(\(whole) - \(part))")
      if holds { holding.append("(\(part) = \(whole) AND \(whole) > 0)") }
    }
    for (a, b) in plan.root.differences
    where plan.aggregates[a].tellsPeople && plan.aggregates[b].tellsPeople {
      tell(own(b, "persons"), of: own(a, "persons"), holds: false)
    }
    var apart = dialect.noNumber
    if let i = plan.root.alone {
      let counts = plan.aggregates[i].countsKeys
      if tellsApart(plan.aggregates[i]) {
        apart = own(i, "holding")
        told.append(apart)
        tell(apart, of: own(i, "answers"))
      } else if counts {
        apart = own(i, "numerator")
      }
      // Of a group without any row nobody is.
      if counts { apart = "COALESCE(\(apart), \(dialect.number(0)))" }
    }
    switch plan.root {
    case .aggregate(let i) where plan.aggregates[i].isShare && !tellsApart(plan.aggregates[i]):
      let isOfPeople = "\(own(i, "denominator")) = \(own(i, "persons"))"
      let part = "CASE WHEN \(isOfPeople) THEN \(own(i, "numerator")) END"
      told.append(part)
      tell(part, of: own(i, "persons"))
    case .arithmetic(.divide, .aggregate(let a), .aggregate(let b))
    where plan.aggregates[a].tellsPeople && plan.aggregates[b].tellsPeople:
      let (part, whole) = (own(a, "persons"), own(b, "persons"))
      tell(part, of: whole, holds: false)
      holding.append(
        "(\(part) = \(whole) AND \(whole) > 0 AND \(own(a, "value")) = \(part) AND \(own(b, "value")) = \(whole))"
      )
    default: break
    }
    let least = leastOf(told.map { "CASE WHEN \($0) > 0 THEN \($0) ELSE \(many) END" })
    return (
      leastOf(shares), "NULLIF(\(least), \(many))",
      holding.isEmpty
        ? "0" : "CASE WHEN \(holding.joined(separator: " OR ")) THEN 1 ELSE 0 END", apart
    )
  }

  /// A query of the whole and of all residences, which no cut tells apart: in results that are put
  /// together, a row that is absent is not known, and none of these may be.
  func everyResidence() -> [String] {
    guard result != nil else { return [] }
    let total = dialect.text(totalMark)
    func labels(_ first: String) -> String {
      groups.enumerated().map { "\($0.offset == 0 ? first : total) AS \($0.element)" }
        .joined(separator: ", ")
    }
    var queries = ["SELECT period.p AS p, \(labels(total)) FROM period"]
    if let table = question.model["residence"], let key = table.keyColumn {
      let name = "t." + dialect.name(key.name)
      queries.append(
        "SELECT period.p AS p, \(labels(name)) FROM \(dialect.name(table.name)) AS t CROSS JOIN period WHERE \(name) IS NOT NULL"
      )
    }
    return queries
  }
}
