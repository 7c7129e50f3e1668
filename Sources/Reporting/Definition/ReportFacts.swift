package import Diagnostics
package import Disclosure
package import Periods

/// What a report says besides its figures: where they come from, and the words of the data.
package struct ReportFacts: Sendable, Codable {
  /// A residence.
  package struct Residence: Sendable, Hashable, Codable {
    /// Its key in the data, its name and its city.
    package var key: String, name: String, city: String
    /// Whether it is made up.
    package var isFictional: Bool

    /// Makes a residence.
    package init(key: String, name: String, city: String, isFictional: Bool) {
      self.key = key
      self.name = name
      self.city = city
      self.isFictional = isFictional
    }
  }

  /// A value of a cut, with its name.
  package struct CutValue: Sendable, Hashable, Codable {
    /// The value as in the tables.
    package var value: String
    /// Its name.
    package var label: Phrase

    /// Makes a value.
    package init(value: String, label: Phrase) {
      self.value = value
      self.label = label
    }
  }

  /// The project's title.
  package var title: String
  /// Whether the data are made up: every page says so.
  package var isFictional: Bool
  /// The residences, in the order in which they are shown.
  package var residences: [Residence]
  /// The period reported.
  package var period: Period
  /// The period it is compared with.
  package var previous: Period?
  /// SHA-256 of the data, in hexadecimal.
  package var fingerprint: String
  /// The first and last day that the data speak of.
  package var observed: (first: Day, last: Day)? {
    get { firstObserved.flatMap { first in lastObserved.map { (first, $0) } } }
    set { (firstObserved, lastObserved) = (newValue?.first, newValue?.last) }
  }
  private var firstObserved: Day?, lastObserved: Day?
  /// The day of the last import.
  package var lastImport: Day?
  /// The program's version.
  package var programVersion: String
  /// Who reads the report, and the fewest persons behind a figure.
  package var audience: Audience, threshold: Int
  /// The names of the cuts.
  package var cutTitles: [String: Phrase]
  /// The values of each cut, in the order in which they are shown.
  package var cutValues: [String: [CutValue]]

  /// The files that the figures were read from; nil when they were computed on the project's data.
  package var results: [String]?

  /// How many imports the data came by; nil when it is not known.
  package var importCount: Int?

  /// The targets set, and the events to show on charts, oldest first.
  package var goals: [ReportGoal] = [], events: [ReportEvent] = []

  /// What the project says at the head of every page.
  package var notice: String?

  /// Whether the rows behind each indicator stand beside the pages, in `rows/`.
  package var hasRows = false

  /// What somebody wrote about indicators, by id.
  package var texts: [String: Phrase] = [:]
  /// Where figures no longer continue those of an earlier edition.
  package var breaks: [ReportBreak] = []
  /// The edition that this is, when it is one.
  package var edition: ReportEdition?

  /// What the checks of the data found, rule by rule.
  package var quality: [ReportQuality] = []

  /// Makes the facts of a report.
  package init(
    title: String, isFictional: Bool, residences: [Residence], period: Period, previous: Period?,
    fingerprint: String, observed: (first: Day, last: Day)?, lastImport: Day?,
    programVersion: String, audience: Audience, threshold: Int,
    cutTitles: [String: Phrase] = [:], cutValues: [String: [CutValue]] = [:]
  ) {
    self.title = title
    self.isFictional = isFictional
    self.residences = residences
    self.period = period
    self.previous = previous
    self.fingerprint = fingerprint
    (firstObserved, lastObserved) = (observed?.first, observed?.last)
    self.lastImport = lastImport
    self.programVersion = programVersion
    self.audience = audience
    self.threshold = threshold
    self.cutTitles = cutTitles
    self.cutValues = cutValues
  }
}
