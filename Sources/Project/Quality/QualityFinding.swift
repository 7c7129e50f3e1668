import Diagnostics
import Model
import Periods

/// One thing in the data that somebody can put right.
struct QualityFinding: Sendable {
  /// The rule that is broken, how serious it is, what is wrong and what to do.
  var rule: String
  var severity: Diagnostic.Severity
  var title: Phrase
  var remedy: Phrase
  /// Whether how many there are may be told to anybody.
  var isPublic = false
  /// The table, and the residence's key.
  var table: String
  var residence: String?
  /// The day or the month.
  var day: Day?
  var isMonth = false
  /// Which row, as the user's sheets call it; for the terminal alone.
  var row: String?
  /// What was found, and what was expected.
  var found: Phrase?
  var expected: Phrase?
  /// The import that the row comes from, and its file; the file's name is for the terminal alone.
  var importID: Int?
  var line: Int?
  /// How many rows it is about.
  var rows = 1
}

extension QualityFinding {
  /// Makes one of a rule.
  init(_ rule: QualityRule) {
    self.init(
      rule: rule.id, severity: rule.severity, title: rule.title, remedy: rule.remedy,
      isPublic: rule.isPublic, table: rule.table.name)
  }
}

extension QualityRule.Bound {
  /// Reads a bound; nil when it is none.
  init?(_ text: String) {
    switch text {
    case "today": self = .today
    case "this_year": self = .thisYear
    default:
      guard let day = Day(iso: text) else { return nil }
      self = .day(day.number)
    }
  }

  /// The number that a value is compared with.
  func number(on today: Day) -> Double {
    switch self {
    case .number(let value): value
    case .day(let number): Double(number)
    case .today: Double(today.number)
    case .thisYear: Double(today.year)
    }
  }
}
