/// Cells of comma-separated text (RFC 4180), where no number has to be written.
enum CSVText {
  /// A cell, quoted when it must be for either delimiter.
  static func cell(_ text: String) -> String {
    text.contains { "\",;\n\r".contains($0) }
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
