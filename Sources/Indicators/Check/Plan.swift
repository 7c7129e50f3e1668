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
  /// The same aggregate with all cuts rolled up (residence and period kept): see `Wholes`.
  case overall(Int)
  case arithmetic(Arithmetic, ValueExpression, ValueExpression)
}

extension ValueExpression {
  /// The aggregate that the value is of, or what is left of a number without it: either tells the
  /// same of people.
  var alone: Int? {
    switch self {
    case .aggregate(let i), .arithmetic(.subtract, .number, .aggregate(let i)): i
    default: nil
    }
  }

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
  /// The rows of which time.
  var window = Window.period

  /// Which dates the rows of a scan have.
  enum Window: String, Sendable, CaseIterable {
    /// Those of the period.
    case period
    /// Those of the span just before, as long.
    case lastPeriod = "last_period"
    /// All before the period.
    case before
    /// All to the end of the period.
    case soFar = "so_far"
  }
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
  /// The least value that, with all below it, holds a share of the weight.
  case weightedQuantile(RowExpression, weight: RowExpression, Double)
  case share(RowExpression)
  /// Blau's index of categories; over `classes`, its normalised form.
  case blau(RowExpression, classes: Int?)
  /// The index of qualitative variation over `classes`, rows or amounts counted.
  case variation(RowExpression, weight: RowExpression?, classes: Int)
}

/// An aggregate of per-key values.
enum OuterAggregate: Sendable, Hashable {
  case count, sum, mean, minimum, maximum
  case quantile(Double)
  case share
  case gini, adjustedGini
  case topShare(Double)
  /// The least share of keys that hold a fraction of the total.
  case leastShare(Double)
  case blau(classes: Int?)
  /// Kaplan-Meier's S at a time, or the median time, of durations that end with an event or not.
  case survival(SurvivalValue)
}

/// What is told of a curve of survival.
enum SurvivalValue: Sendable, Hashable {
  /// The share left after so many days, attempts…
  case at(Double)
  /// The time by which a share is no longer left: 0.5 for the median.
  case quantile(Double)
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

/// A value for each key of a group, then an aggregate of those.
struct PerKey: Sendable, Hashable {
  /// Which keys take part.
  enum Keys: Sendable, Hashable {
    /// Those of the rows of the first inner aggregate for which its filter holds, and those that
    /// the population adds.
    case first
    /// Those of the rows of any inner aggregate, and those that the population adds.
    case any
    /// Those of the population, and no other.
    case population
  }

  var outer: OuterAggregate
  var value: KeyValue
  /// For durations: whether each ended with an event.
  var event: KeyValue?
  var inners: [InnerAggregate]
  var among: Population?
  var keys = Keys.first

  /// The inner aggregates whose rows say what is known: the first one of each table.
  var telling: [Int] {
    var tables = Set<String>()
    return inners.indices.filter { tables.insert(inners[$0].scan.table).inserted }
  }

  /// The inner aggregate whose rows decide whether there is any data.
  var main: Int { inners.firstIndex { $0.scan.window == .period } ?? 0 }

  /// The inner aggregates whose groups there are, whether or not they have a key.
  var grouping: [Int] {
    inners.indices.filter { i in
      guard case .rows = inners[i].kind else { return false }
      return keys == .any || i == 0 || i == main
    }
  }
}

/// How a population is counted from rows that hold for a span of time.
enum PopulationMode: String, Sendable, CaseIterable {
  /// Entity-days over the days of the period.
  case average
  /// Entities present at least one day.
  case any
  /// Entities present on the first, the last day.
  case start, end
  /// Entities present on every day, be it by several rows one after the other.
  case throughout
}

/// A population of entities from a dated register.
struct Population: Sendable, Hashable {
  var entity: RowExpression
  var mode: PopulationMode
  var scan: Scan
}

extension PerKey {
  /// Whether a condition holds of every key by itself: that who has a row has one.
  var holdsAnyway: Bool {
    guard keys == .first, among == nil, inners.count == 1, case .rows(.count) = inners[0].kind
    else { return false }
    return switch value {
    case .compare(.greaterOrEqual, .inner(0), .number(let least)): least <= 1
    case .compare(.greater, .inner(0), .number(let least)): least < 1
    default: false
    }
  }

  /// Every scan that must know the cuts asked for.
  var scans: [Scan] { inners.map(\.scan) + (among.map { [$0.scan] } ?? []) }
}

/// What is computed apart for each group.
enum Aggregate: Sendable, Hashable {
  case rows(RowAggregate, Scan)
  case perKey(PerKey)
  case population(Population)
  case ties(Ties)
  case met(Meeting)
  case network(Network)
  case retention(Retention)
  case weighted(Weighted)
  case effect(Effect)
  case survival(Survival)
  case hours(UnionHours)
  case weeks(Weeks)
  case dissimilarity(Dissimilarity)
  case survey(Survey)
  case response(Response)
  case valuation(Valuation)

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
    /// Whether it is of changes between waves: then only complete pairs are in the sample.
    var isPaired = false
    /// The least number of answers for there to be a value.
    var leastAnswers: Int?
    /// The finite population that the sample stands for.
    var population: Population?
  }

  /// Whether the sample is of people who answered two waves.
  var isPaired: Bool { if case .weighted(let w) = self { w.isPaired } else { false } }

  /// Whether it counts the keys for which a condition holds.
  var countsKeys: Bool {
    if case .perKey(let perKey) = self {
      perKey.outer == .count && perKey.value.isCondition
    } else {
      false
    }
  }

  /// Whether the value is a part of what it counts.
  var isShare: Bool {
    switch self {
    case .rows(.share, _), .retention: true
    case .perKey(let perKey): perKey.outer == .share
    case .weighted(let w): w.isShare
    case .survey(let s): s.isShare
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
    case .perKey(let perKey): perKey.inners[perKey.main].scan
    case .population(let p): p.scan
    case .ties(let t): t.scan
    case .met(let m): m.scan
    case .network(let n): n.ties.scan
    case .retention(let r): r.scan
    case .weighted(let w): w.scan
    case .effect(let e): e.scan
    case .survival(let s): s.scan
    case .hours(let h): h.scan
    case .weeks(let w): w.scan
    case .dissimilarity(let d): d.counted.inners[0].scan
    case .survey(let s): s.scan
    case .response(let r): r.scan
    case .valuation(let v): v.scan
    }
  }

  /// Every scan; each must know the cuts asked for, save those of `knownScans`.
  var scans: [Scan] {
    switch self {
    case .perKey(let perKey): perKey.scans
    case .dissimilarity(let d): d.counted.scans + [d.register.scan]
    case .weighted, .survey: [scan] + knownScans
    case .valuation(let v): v.scans
    case .network(let n): [n.ties.scan] + (n.among.map { [$0.scan] } ?? [])
    default: [scan]
    }
  }
}
