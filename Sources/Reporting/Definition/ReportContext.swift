package import Diagnostics
package import Periods

/// A target: a value to reach in a period, or a range to stay in.
package struct ReportGoal: Sendable, Hashable, Codable {
  /// The indicator's id or its code in the catalogue, as the target names it.
  package var indicator: String
  /// The residence's key; nil for all together.
  package var residence: String?
  /// The period in which it is to be reached.
  package var period: Period
  /// The ends of the range; equal when one value is to be reached.
  package var low: Double?, high: Double?

  /// Makes a target; nil without any number.
  package init?(
    indicator: String, residence: String?, period: Period, value: Double?, low: Double?,
    high: Double?
  ) {
    guard value != nil || low != nil || high != nil else { return nil }
    self.indicator = indicator
    self.residence = residence
    self.period = period
    self.low = low ?? value
    self.high = high ?? value
  }

  /// Whether one value is to be reached.
  var isPoint: Bool { low == high }
}

/// A dated event to show on charts.
package struct ReportEvent: Sendable, Hashable, Codable {
  /// The residence's key; nil when it holds for all.
  package var residence: String?
  /// Its first day, and its last when it lasts.
  package var first: Day, last: Day?
  /// Its kind, and what happened when the reader may know.
  package var kind: Phrase, title: String?

  /// Makes an event.
  package init(residence: String?, first: Day, last: Day?, kind: Phrase, title: String?) {
    self.residence = residence
    self.first = first
    self.last = last
    self.kind = kind
    self.title = title
  }
}
