package import Diagnostics

/// How often the data break a rule. It speaks of sessions, sheets and months; rules on persons are
/// for internal readers alone.
package struct ReportQuality: Sendable, Hashable, Codable {
  /// What is wrong when the rule is broken, and how serious that is.
  package var title: Phrase, severity: Diagnostic.Severity
  /// How many findings there are; zero when the rule is kept.
  package var count: Int
  /// Whether anybody may be told.
  package var isPublic: Bool

  /// Makes it.
  package init(title: Phrase, severity: Diagnostic.Severity, count: Int, isPublic: Bool) {
    self.title = title
    self.severity = severity
    self.count = count
    self.isPublic = isPublic
  }
}
