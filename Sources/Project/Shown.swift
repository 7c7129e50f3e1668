import HTML

/// Text for a terminal that may quote cells: what would move the cursor, change colours or turn
/// the reading direction is shown, not done.
enum Shown {
  /// The text, line by line.
  static func text(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Escaping.terminal(String($0)) }.joined(separator: "\n")
  }
}
