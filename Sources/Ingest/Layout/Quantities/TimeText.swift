/// Times of day, spans and lengths of time as they are written.
enum TimeText {
  /// `14h`, `14h30-16h`, `de 14h à 15h30`, `14:30`: the start, and the minutes to the end.
  static func span(_ text: String) -> (start: Int, minutes: Int?)? {
    if let start = time(text) { return (start, nil) }
    let spaced = text.lowercased().replacing("–", with: "-").replacing("→", with: "-")
      .replacing(" à ", with: "-").replacing(" a ", with: "-")
    var parts = spaced.split(separator: "-").map { SheetCells.tidy(String($0)) }
    guard parts.count == 2 else { return nil }
    for lead in ["de ", "dès "] where parts[0].hasPrefix(lead) {
      parts[0] = String(parts[0].dropFirst(lead.count))
    }
    guard let start = time(parts[0]) ?? bare(parts[0], like: parts[1]), let end = time(parts[1])
    else { return nil }
    return (start, end > start ? end - start : nil)
  }

  private static func time(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return nil }
    return TimeCell.minutes(bytes.span, 0..<bytes.count).map(Int.init)
  }

  /// `14` of `14-16h`.
  private static func bare(_ text: String, like end: String) -> Int? {
    guard end.contains("h"), let n = SheetCells.integer(text), n < 24 else { return nil }
    return n * 60
  }
}

/// Lengths of time.
enum DurationText {
  /// The unit of a bare number.
  enum Unit { case minutes, hours }

  /// Minutes of `1h30`, `45 min`, `2h`, `1,5` (hours); nil for anything else.
  static func minutes(_ text: String, unit: Unit?) -> Int? {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.count <= 24 else { return nil }
    if let n = TimeCell.duration(bytes.span, 0..<bytes.count) { return Int(n) }
    // `1:30` of a column of lengths, as a spreadsheet program shows them.
    let clock = text.split(separator: ":").map(String.init)
    if unit != nil, clock.count >= 2, clock.count <= 3, let h = SheetCells.integer(clock[0]),
      let m = SheetCells.integer(clock[1]), h <= 24, m < 60
    {
      return h * 60 + m
    }
    let words = Fold.key(text).split(separator: " ")
    if words.count == 2, ["min", "mn", "minutes", "minute"].contains(words[1]),
      let n = SheetCells.integer(String(words[0]))
    {
      return n <= 1440 ? n : nil
    }
    guard let unit, let n = Double(text.replacing(",", with: ".")), n > 0, n <= 1440 else {
      return nil
    }
    // A column of hours has small numbers; nobody meets for six minutes.
    return unit == .hours && n <= 24 ? Int((n * 60).rounded()) : Int(n)
  }
}
