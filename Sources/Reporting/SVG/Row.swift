import HTML

/// One line of a horizontal chart: a name at the left, the value at the right, and the mark
/// below them over the whole width. Names and values never meet a mark, whatever their length.
enum Row {
  static let height = 34.0

  /// The name and the value.
  static func words(_ mark: Mark, top: Double, width: Double) -> Markup {
    let room = width - TextWidth.of(mark.text, size: 12) - 10
    let label = TextWidth.fit(mark.label, size: mark.isStrong ? 12.8 : 12, into: room)
    let name: Markup =
      mark.isStrong
      ? "<text class=\"name\" x=\"0\" y=\"\(top + 11)\">\(label)</text>"
      : "<text x=\"0\" y=\"\(top + 11)\">\(label)</text>"
    return name + """
      <text class="name" x="\(width)" y="\(top + 11)" text-anchor="end">\(mark.text)</text>
      """
  }
}
