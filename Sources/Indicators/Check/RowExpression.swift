import Periods

/// What a row expression gives.
enum RowType: Sendable, Hashable {
  case number, day, truth
  /// A code of a domain (a key, a link, a coded or a free text).
  case code(domain: String)
  /// A calendar month or quarter.
  case step(Step)
  /// A week, Monday to Sunday.
  case week
}

/// An expression over the rows of one table. Truth has three values: a comparison with a missing
/// value is unknown, not false.
indirect enum RowExpression: Sendable, Hashable {
  case path(ResolvedPath)
  case number(Double)
  case text(String)
  case day(Day)
  case compare(Comparison, RowExpression, RowExpression)
  case isIn(RowExpression, [RowExpression])
  case known(RowExpression)
  case and(RowExpression, RowExpression)
  case or(RowExpression, RowExpression)
  case not(RowExpression)
  case arithmetic(Arithmetic, RowExpression, RowExpression)
  /// The first known of several numbers, or of several days.
  case coalesce([RowExpression], isDay: Bool)
  /// Whole days from the first date to the second.
  case days(RowExpression, RowExpression)
  /// The first or the last day of the period computed.
  case periodDay(PeriodEnd)
  /// For a row of a dated register: the days of its span that lie in the period.
  case daysPresent(Register)
  /// The date of another row of the same key, whatever the period.
  case lookup(Lookup)
  /// What is made of dates and months by the calendar.
  case calendar(CalendarFunction, [RowExpression])
  /// A score of the questionnaire that the row is of, or how an answer has changed.
  case score(ScoreValue)

  /// An end of a period, as a formula names it.
  enum PeriodEnd: String, Sendable, CaseIterable { case start, end }

  /// The columns that say for how long a register's row holds.
  struct Register: Sendable, Hashable {
    var from: ResolvedPath
    var to: ResolvedPath
  }
}

/// Which row of a table tells its date to a row with the same key.
struct Lookup: Sendable, Hashable {
  /// Which one of the rows of the key.
  enum Which: String, Sendable, CaseIterable {
    /// The first of all.
    case first = "first_date"
    /// The last before the date of the row that asks.
    case before = "date_before"
    /// The first after the date of the row that asks; in another table, on that date or after it.
    case after = "date_after"
  }

  var which: Which
  /// The rows that are looked through.
  var scan: Scan
  var key: ResolvedPath
  var date: ResolvedPath
  /// The key and the date of the row that asks.
  var own: ResolvedPath
  var ownDate: ResolvedPath?

  /// Whether a date that is the row's own is an answer.
  var takesSameDay: Bool { which == .after && own.base != scan.table }
}

/// A path from a base table through links to a column, with its types known.
struct ResolvedPath: Sendable, Hashable {
  /// One link followed.
  struct Link: Sendable, Hashable {
    /// How the row of the target is found.
    enum Mode: Sendable, Hashable {
      /// By its key, which is unique.
      case unique
      /// Any row of the entity: the column read is the same on all of them.
      case entity
      /// The entity's row that holds on the base row's date.
      case asOf
    }
    var column: String
    var target: String
    var mode: Mode
  }

  /// What is read at the end.
  indirect enum Leaf: Sendable, Hashable {
    case column(String)
    /// The period's last year minus a year column.
    case age(String)
    /// The class of a number.
    case bands(Leaf, [Band])
    case year(String)
    case step(String, Step)
    case week(String)
  }

  /// A class [from, below).
  struct Band: Sendable, Hashable {
    var value: String
    var from: Double
    var below: Double?
  }

  var base: String
  var links: [Link]
  var leaf: Leaf
  var type: RowType

  /// The stored column that the leaf reads.
  var column: String {
    func of(_ leaf: Leaf) -> String {
      switch leaf {
      case .column(let c), .age(let c), .year(let c), .step(let c, _), .week(let c): c
      case .bands(let inner, _): of(inner)
      }
    }
    return of(leaf)
  }

  /// Whether the value depends on the period computed.
  var dependsOnPeriod: Bool {
    func of(_ leaf: Leaf) -> Bool {
      switch leaf {
      case .age: true
      case .bands(let inner, _): of(inner)
      default: false
      }
    }
    return of(leaf)
  }
}

extension RowExpression {
  /// The paths of the table's own rows, in order of appearance.
  var paths: [ResolvedPath] {
    switch self {
    case .path(let p): [p]
    case .number, .text, .day, .periodDay: []
    case .compare(_, let a, let b), .and(let a, let b), .or(let a, let b),
      .arithmetic(_, let a, let b), .days(let a, let b):
      a.paths + b.paths
    case .isIn(let a, let items): a.paths + items.flatMap(\.paths)
    case .known(let a), .not(let a): a.paths
    case .coalesce(let items, _): items.flatMap(\.paths)
    case .daysPresent(let register): [register.from, register.to]
    case .lookup(let lookup): [lookup.own] + (lookup.ownDate.map { [$0] } ?? [])
    case .score(let value): value.columns.all
    case .calendar(_, let items): items.flatMap(\.paths)
    }
  }

  /// Every path read, those of tables looked through included.
  var allPaths: [ResolvedPath] { paths + lookups.flatMap(\.pathsThere) }

  private var lookups: [Lookup] {
    switch self {
    case .path, .number, .text, .day, .periodDay, .daysPresent, .score: []
    case .compare(_, let a, let b), .and(let a, let b), .or(let a, let b),
      .arithmetic(_, let a, let b), .days(let a, let b):
      a.lookups + b.lookups
    case .isIn(let a, let items): a.lookups + items.flatMap(\.lookups)
    case .known(let a), .not(let a): a.lookups
    case .coalesce(let items, _): items.flatMap(\.lookups)
    case .lookup(let lookup): [lookup]
    case .calendar(_, let items): items.flatMap(\.lookups)
    }
  }

  /// How the value depends on the period computed.
  var dependence: PeriodDependence {
    switch self {
    case .periodDay, .daysPresent: .days
    case .number, .text, .day, .score: .none
    case .path(let path): path.dependsOnPeriod ? .year : .none
    case .compare(_, let a, let b), .and(let a, let b), .or(let a, let b),
      .arithmetic(_, let a, let b), .days(let a, let b):
      max(a.dependence, b.dependence)
    case .isIn(let a, let items): items.reduce(a.dependence) { max($0, $1.dependence) }
    case .known(let a), .not(let a): a.dependence
    case .coalesce(let items, _): items.reduce(.none) { max($0, $1.dependence) }
    case .lookup(let lookup): lookup.own.dependsOnPeriod ? .year : .none
    case .calendar(.months, _): .days
    case .calendar(_, let items): items.reduce(.none) { max($0, $1.dependence) }
    }
  }

  /// Whether the value depends on the period computed.
  var dependsOnPeriod: Bool { dependence != .none }
}

/// What of a period a value depends on.
enum PeriodDependence: Int, Sendable, Comparable {
  case none, year, days

  static func < (a: PeriodDependence, b: PeriodDependence) -> Bool { a.rawValue < b.rawValue }
}

extension Lookup {
  /// The paths read in the table that is looked through.
  var pathsThere: [ResolvedPath] {
    [key, date] + [scan.counted, scan.filter].compactMap { $0 }.flatMap(\.allPaths)
  }
}
