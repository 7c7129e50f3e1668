import Periods

/// Spans of days without activity, of a residence or of all; both ends are such days.
struct ClosedDays: Sendable, Hashable {
  var scan: Scan
  var first: ResolvedPath
  var last: ResolvedPath
}

extension Aggregate {
  /// Kaplan-Meier's survival of participation.
  ///
  /// A person begins with their first row and is watched to the last day with data in or before the
  /// period, or to the day on which they moved out. They have dropped out when `lapse` open days
  /// went by without a row since the last one.
  struct Survival: Sendable, Hashable {
    /// Its rows of the period; those so far are read.
    var scan: Scan
    var person: RowExpression
    var lapse: Int
    var value: SurvivalValue
    /// Minutes after midnight at which a row is: then durations are whole days by the clock.
    var clock: RowExpression?
    /// The dated register that says when people move out.
    var register: Scan?
    var closed: ClosedDays?
  }

  /// Hours that lie in at least one of the intervals of a key: overlaps count once.
  struct UnionHours: Sendable, Hashable {
    var scan: Scan
    var key: RowExpression
    /// Minutes after midnight; an end that is not after its start is on the next day.
    var start: RowExpression
    var end: RowExpression
  }

  /// The share of a residence's open weeks in which there is a row.
  struct Weeks: Sendable, Hashable {
    var scan: Scan
    var closed: ClosedDays?
  }

  /// How far those counted differ from a register in what they are: ½ Σ|p − q|.
  struct Dissimilarity: Sendable, Hashable {
    /// The category of each key counted.
    var counted: PerKey
    var register: Population
    /// The category of a row of the register.
    var category: RowExpression
  }
}
