import Periods

/// What a row expression gives.
enum RowType: Sendable, Hashable {
  case number, day, truth
  /// A code of a domain (a key, a link, a coded or a free text).
  case code(domain: String)
  /// A calendar month or quarter.
  case step(Step)
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
  case coalesce([RowExpression])
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
      case .column(let c), .age(let c), .year(let c), .step(let c, _): c
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
  /// The paths read, in order of appearance.
  var paths: [ResolvedPath] {
    switch self {
    case .path(let p): [p]
    case .number, .text, .day: []
    case .compare(_, let a, let b), .and(let a, let b), .or(let a, let b),
      .arithmetic(_, let a, let b):
      a.paths + b.paths
    case .isIn(let a, let items): a.paths + items.flatMap(\.paths)
    case .known(let a), .not(let a): a.paths
    case .coalesce(let items): items.flatMap(\.paths)
    }
  }
}
