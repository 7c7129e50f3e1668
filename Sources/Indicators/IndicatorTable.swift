package import Periods

/// The word in a residence or cut column that stands for "all together".
package let totalMark = "_total"
/// The word in a cut column that stands for "not known".
package let unknownMark = "_unknown"
/// The word in a cut column for a row that has no such cut.
package let notApplicableMark = "_na"

/// One value of an indicator, before disclosure control.
package struct IndicatorRow: Sendable {
  /// The period.
  package var period: Period
  /// The residence's key, or `_total`.
  package var residence: String
  /// The value of each cut, in the table's order; `_total`, `_unknown`.
  package var cuts: [String]
  /// The value.
  package var estimate: Estimate

  /// Makes a row.
  package init(period: Period, residence: String, cuts: [String], estimate: Estimate) {
    self.period = period
    self.residence = residence
    self.cuts = cuts
    self.estimate = estimate
  }
}

/// All values of one indicator for the cuts asked for, before disclosure control.
package struct IndicatorTable: Sendable {
  /// What was computed.
  package var definition: IndicatorDefinition
  /// The names of the cuts.
  package var cuts: [String]
  /// Values: by period, then residence (`_total` first), then cuts (`_total` first).
  package var rows: [IndicatorRow]

  /// Makes a table.
  package init(definition: IndicatorDefinition, cuts: [String], rows: [IndicatorRow]) {
    self.definition = definition
    self.cuts = cuts
    self.rows = rows
  }
}
