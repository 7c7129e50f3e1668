import Model
import Periods

/// What both executors run: a formula checked against the model.
struct Plan: Sendable {
  /// The aggregates, each computed apart for every group.
  var aggregates: [Aggregate]
  /// How their values combine.
  var root: ValueExpression
}

/// Arithmetic on the values of aggregates.
indirect enum ValueExpression: Sendable, Hashable {
  case number(Double)
  case aggregate(Int)
  /// The same aggregate with all cuts rolled up (residence and period kept).
  case overall(Int)
  case arithmetic(Arithmetic, ValueExpression, ValueExpression)
}

extension ValueExpression {
  /// The aggregates that are taken one from the other.
  var differences: [(Int, Int)] {
    guard case .arithmetic(let operation, let a, let b) = self else { return [] }
    let inner = a.differences + b.differences
    if operation == .subtract, case .aggregate(let i) = a, case .aggregate(let j) = b {
      return inner + [(i, j)]
    }
    return inner
  }

  /// The aggregates that take part, each once; with the cuts rolled up only where it is used in
  /// no other way.
  var used: [(index: Int, isOverall: Bool)] {
    var kept = Set<Int>()
    var rolled = Set<Int>()
    func visit(_ e: ValueExpression) {
      switch e {
      case .number: break
      case .aggregate(let i): kept.insert(i)
      case .overall(let i): rolled.insert(i)
      case .arithmetic(_, let a, let b):
        visit(a)
        visit(b)
      }
    }
    visit(self)
    return kept.union(rolled).sorted().map { ($0, !kept.contains($0)) }
  }
}

enum Arithmetic: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

enum Comparison: String, Sendable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// Rows of a table that take part: those of the period that count and pass the filter.
struct Scan: Sendable, Hashable {
  var table: String
  /// From the model's `counts_when`; a row for which it is not true is not there at all.
  var counted: RowExpression?
  /// From `where`; a row for which it is unknown counts as unknown.
  var filter: RowExpression?
}

/// An aggregate over the rows of one group.
enum RowAggregate: Sendable, Hashable {
  case count
  case distinct(RowExpression)
  case sum(RowExpression)
  case mean(RowExpression)
  case minimum(RowExpression)
  case maximum(RowExpression)
  case quantile(RowExpression, Double)
  case share(RowExpression)
  /// Blau's index of categories; over `classes`, its normalised form.
  case blau(RowExpression, classes: Int?)
}

/// An aggregate of per-key values.
enum OuterAggregate: Sendable, Hashable {
  case count, sum, mean, minimum, maximum
  case quantile(Double)
  case share
  case gini, adjustedGini
  case topShare(Double)
  case blau(classes: Int?)
}

/// A value for each key of a group, made of inner aggregates.
indirect enum KeyValue: Sendable, Hashable {
  case number(Double)
  case inner(Int)
  case arithmetic(Arithmetic, KeyValue, KeyValue)
  case compare(Comparison, KeyValue, KeyValue)
  case and(KeyValue, KeyValue)
  case or(KeyValue, KeyValue)
  case not(KeyValue)
  /// The category that a path gives for the key, which determines it.
  case category(RowExpression)
}

/// An inner aggregate and the key its rows are grouped by.
struct InnerAggregate: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case rows(RowAggregate)
    /// Calendar months of the period in which the key's stay met a month with a held session.
    case monthsOpen(sessions: Scan)
  }
  var kind: Kind
  var scan: Scan
  var key: RowExpression
}

/// How a population is counted from rows that hold for a span of time.
enum PopulationMode: String, Sendable, CaseIterable {
  /// Entity-days over the days of the period.
  case average
  /// Entities present at least one day.
  case any
  /// Entities present on the first, the last day.
  case start, end
}

/// A population of entities from a dated register.
struct Population: Sendable, Hashable {
  var entity: RowExpression
  var mode: PopulationMode
  var scan: Scan
}

/// What is computed apart for each group.
enum Aggregate: Sendable, Hashable {
  case rows(RowAggregate, Scan)
  case perKey(OuterAggregate, KeyValue, [InnerAggregate], among: Population?)
  case population(Population)
  case ties(Ties)
  case met(Meeting)
  case network(Network)
  case retention(Retention)
  case weighted(Weighted)

  /// Of those first seen in a step of the period, how many are seen `lag` steps later.
  struct Retention: Sendable, Hashable {
    var scan: Scan
    var person: RowExpression
    var step: Step
    var lag: Int
  }

  /// A weighted mean, or the weighted share for which a condition holds.
  struct Weighted: Sendable, Hashable {
    var scan: Scan
    var value: RowExpression
    var weight: RowExpression
    var isShare: Bool
    /// The finite population that the sample stands for.
    var population: Population?
  }

  /// Whether the value is a part of what it counts.
  var isShare: Bool {
    switch self {
    case .rows(.share, _), .perKey(.share, _, _, _), .retention: true
    case .weighted(let w): w.isShare
    default: false
    }
  }

  /// Whether the number of people behind the value can be told from it: not from a number of
  /// pairs.
  var tellsPeople: Bool {
    switch self {
    case .ties(let ties): ties.gives == .people
    case .network(let network):
      [.people, .isolates, .largestComponent].contains(network.measure)
    default: true
    }
  }

  /// The first table scanned: the one whose rows decide whether there is any data.
  var scan: Scan {
    switch self {
    case .rows(_, let s): s
    case .perKey(_, _, let inners, _): inners[0].scan
    case .population(let p): p.scan
    case .ties(let t): t.scan
    case .met(let m): m.scan
    case .network(let n): n.ties.scan
    case .retention(let r): r.scan
    case .weighted(let w): w.scan
    }
  }

  /// Every scan, each of which must know the cuts asked for.
  var scans: [Scan] {
    switch self {
    case .perKey(_, _, let inners, let among): inners.map(\.scan) + (among.map { [$0.scan] } ?? [])
    case .weighted(let w): [w.scan] + (w.population.map { [$0.scan] } ?? [])
    case .network(let n): [n.ties.scan] + (n.among.map { [$0.scan] } ?? [])
    default: [scan]
    }
  }

  /// Scans that are read to know something of others' rows: cuts and filters leave them whole.
  var sideScans: [Scan] {
    switch self {
    case .perKey(_, _, let inners, _):
      inners.compactMap { if case .monthsOpen(let sessions) = $0.kind { sessions } else { nil } }
    case .met(let m): [m.others]
    default: []
    }
  }
}
