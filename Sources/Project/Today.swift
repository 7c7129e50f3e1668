import Diagnostics
import FoundationEssentials
import Periods

/// The day on which a command runs, or another that the user names.
enum Today {
  /// The day that a text names, today when it is nil. A later day would erase or blame too early.
  ///
  /// - Throws: `Failure` with status `usage` when the text is no day, or a later one.
  static func day(_ text: String? = nil) throws(Failure) -> Day {
    let now = Day(iso: Date.now.formatted(.iso8601).prefix(10)) ?? Day(number: 0)
    guard let text else { return now }
    guard let day = Day(iso: text), day <= now else {
      throw Failure(
        .usage, code: "today.not-a-day", fr: "« \(text) » n’est pas un jour passé (AAAA-MM-JJ)",
        en: "“\(text)” is not a past day (YYYY-MM-DD)")
    }
    return day
  }
}
