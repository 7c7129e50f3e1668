import Indicators
import Periods

/// The sums of money that one party makes nearly alone: whoever knows the sum knows what that party
/// is paid.
///
/// The rule is that of the French statistical office for amounts: 85 % (Insee, *Manuel de
/// protection des tableaux*).
struct Dominance {
  /// From which share of a sum its largest part dominates it.
  static let share = 0.85

  /// The numbers of the rows of the table that are dominated.
  private(set) var rows = Set<Int>()

  /// `largest` holds, for the same groups, the largest part of each sum.
  init(_ table: IndicatorTable, largest: IndicatorTable?) {
    guard let largest else { return }
    var parts: [Label: Double] = [:]
    for row in largest.rows { parts[Label(row)] = row.estimate.value }
    for (r, row) in table.rows.enumerated() {
      guard let sum = row.estimate.numerator ?? row.estimate.value, sum != 0,
        let part = parts[Label(row)]
      else { continue }
      if part >= Dominance.share * abs(sum) { rows.insert(r) }
    }
  }
}

/// What a row is about, whatever its numbers.
struct Label: Hashable {
  let period: Period
  let residence: String
  /// The value of each cut.
  var cuts: [String]

  /// The label of a row.
  init(_ row: IndicatorRow) {
    period = row.period
    residence = row.residence
    cuts = row.cuts
  }
}
