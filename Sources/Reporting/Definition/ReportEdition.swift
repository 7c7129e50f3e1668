package import Periods

/// A frozen report: its name, when it was frozen, and who signed it.
package struct ReportEdition: Sendable, Hashable, Codable {
  /// How its makers call it: `2024`.
  package var name: String
  /// The day on which it was frozen.
  package var frozenOn: Day
  /// Who signed it, and when; nil for a draft.
  package var signedBy: String?, signedOn: Day?

  /// Makes it.
  package init(name: String, frozenOn: Day, signedBy: String? = nil, signedOn: Day? = nil) {
    self.name = name
    self.frozenOn = frozenOn
    self.signedBy = signedBy
    self.signedOn = signedOn
  }
}

/// An indicator that is no longer counted as it was in an earlier edition.
package struct ReportBreak: Sendable, Hashable, Codable {
  /// Its id.
  package var indicator: String
  /// The edition, the period that it told of, and the value that it gave of all residences, if any.
  package var edition: String, period: Period, value: Double?
  /// The version of the definition there and here.
  package var before: String, now: String

  /// Makes it.
  package init(
    indicator: String, edition: String, period: Period, value: Double?, before: String, now: String
  ) {
    self.indicator = indicator
    self.edition = edition
    self.period = period
    self.value = value
    self.before = before
    self.now = now
  }
}
