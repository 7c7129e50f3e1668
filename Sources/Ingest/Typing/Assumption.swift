package import Diagnostics

/// What was decided about a column without certainty; a receipt tells it.
package struct Assumption: Sendable, Hashable, Codable {
  /// A stable identifier, such as `date.day-first`.
  package var code: String
  /// The heading it is about; nil for the whole file.
  package var heading: String?
  /// What was assumed, and why.
  package var message: Phrase
  /// Whether it is worth a second look.
  package var isWarning: Bool
  /// The message with values of the sheet, for the screen only; never encoded.
  package var shown: Phrase?
  /// The 1-based column of the sheet, in place of a heading where that may hold a name.
  package var position: Int?

  /// Makes an assumption.
  package init(
    code: String, heading: String? = nil, message: Phrase, isWarning: Bool, shown: Phrase? = nil
  ) {
    self.code = code
    self.heading = heading
    self.message = message
    self.isWarning = isWarning
    self.shown = shown
  }

  private enum CodingKeys: String, CodingKey {
    case code, heading, message, position
    case isWarning = "is_warning"
  }
}
