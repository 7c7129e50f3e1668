/// What a mark says of a person and a session.
struct Mark: Equatable {
  enum Meaning: Equatable {
    case nothing, present, absent, excused, late
    /// Present, with so many unnamed people beside.
    case with(Int)
    /// So many unnamed people; the person is not said to be there.
    case only(Int)
    /// The session did not take place.
    case cancelled
    /// `?`
    case doubtful
    case unknown
  }

  var meaning: Meaning
  /// The time present, when it is said.
  var minutes: Int?
  /// Whether it is read with a doubt that a receipt tells.
  var isDoubtful = false

  init(_ meaning: Meaning, minutes: Int? = nil, isDoubtful: Bool = false) {
    self.meaning = meaning
    self.minutes = minutes
    self.isDoubtful = isDoubtful
  }

  /// Whether it speaks of someone being there or not.
  var isSaid: Bool {
    switch meaning {
    case .nothing, .cancelled, .doubtful, .unknown: false
    case .present, .absent, .excused, .late, .with, .only: true
    }
  }
}

/// The words of marks: those of all sheets, and those that a sheet's own legend defines.
struct MarkWords {
  private var words: [String: Mark.Meaning]

  init(legend: [String: Mark.Meaning] = [:]) {
    words = MarkWords.common.merging(legend) { _, own in own }
  }

  private static let common: [String: Mark.Meaning] = {
    let lists: [(Mark.Meaning, String)] = [
      (
        .present,
        "x ✓ ✔ ☑ ✗ ✘ ● • ■ 1 oui o p pr pres present presente presents v vu ok la yes y true vrai"
      ),
      (.absent, "0 - – — / \\ ☐ □ a ab abs absent absente non n no false faux"),
      (.excused, "e ex exc excuse excusee exuse"),
      (.late, "r ret retard late ½ demi"),
      (
        .cancelled,
        "annule annulee annulation ferie vacances ferme fermee reporte reportee greve conges"
      ),
      (.doubtful, "? ??"),
    ]
    var out: [String: Mark.Meaning] = [:]
    for (meaning, list) in lists {
      for word in list.split(separator: " ") { out[String(word)] = meaning }
    }
    return out
  }()

  /// Reads a mark. `person` is whose line it stands on, `isSignature` whether people sign there.
  /// `byInitials`: the people of this sheet sign with their initials, some of which are words
  /// (`NO` of Odile Nguyen).
  func read(
    _ text: String, person: String, isSignature: Bool = false, byInitials: Bool = false
  ) -> Mark {
    if text.isEmpty { return Mark(.nothing) }
    if byInitials, MarkWords.isInitials(text, of: person) { return Mark(.present) }
    if let known = words[Fold.key(text)] ?? words[text] { return Mark(known) }
    let plain = text.replacing(",", with: ".")
    if let number = Double(plain), plain.utf8.count <= 8 {
      return MarkWords.number(number)
    }
    if let mark = composite(text) { return mark }
    if MarkWords.isInitials(text, of: person) { return Mark(.present) }
    // A signature is whatever the person draws.
    if isSignature, text.count <= 40 { return Mark(.present) }
    return Mark(.unknown)
  }

  private static func number(_ n: Double) -> Mark {
    if n == 0 { return Mark(.absent) }
    if n == 1 { return Mark(.present) }
    if n > 0, n < 1 { return Mark(.late) }
    if n == n.rounded(), n >= 2, n <= 30 {
      return Mark(.with(Int(n) - 1), isDoubtful: true)
    }
    return Mark(.unknown)
  }

  /// `x+1`, `xx`, `3 enf.`, `x (30 min)`, `2 (couple)`, `P (retard)`.
  private func composite(_ text: String) -> Mark? {
    if let plus = text.firstIndex(of: "+"),
      let extra = SheetCells.integer(SheetCells.tidy(String(text[text.index(after: plus)...]))),
      (1...30).contains(extra),
      words[Fold.key(text[..<plus])] == .present
    {
      return Mark(.with(extra))
    }
    if let bracket = text.firstIndex(of: "("), bracket > text.startIndex {
      let before = SheetCells.tidy(String(text[..<bracket]))
      let inside = String(text[text.index(after: bracket)...].prefix { $0 != ")" })
      let head = read(before, person: "")
      guard head.isSaid else { return nil }
      if let minutes = DurationText.minutes(inside, unit: nil) {
        return head.meaning == .present ? Mark(.late, minutes: minutes) : nil
      }
      if words[Fold.key(inside)] == .late, head.meaning == .present { return Mark(.late) }
      return Mark(head.meaning, isDoubtful: true)
    }
    let fold = Fold.key(text)
    let parts = fold.split(separator: " ")
    if parts.count == 2, let n = SheetCells.integer(String(parts[0])), (1...30).contains(n),
      parts[1].hasPrefix("enf") || parts[1].hasPrefix("pers") || parts[1].hasPrefix("adult")
    {
      return Mark(.only(n), isDoubtful: true)
    }
    if parts.count == 2, words[String(parts[0])] == .present, words[String(parts[1])] == .late {
      return Mark(.late)
    }
    if fold.count >= 2, fold.count <= 6, fold.allSatisfy({ $0 == "x" }) {
      return Mark(.with(fold.count - 1), isDoubtful: true)
    }
    return nil
  }

  /// Whether a mark is the person's own initials, in either order.
  static func isInitials(_ text: String, of person: String) -> Bool {
    let fold = Fold.key(text).filter { $0 != " " }
    guard (2...4).contains(fold.count) else { return false }
    let initials = Fold.key(person).split(separator: " ").compactMap(\.first)
    guard let first = initials.first, let last = initials.last, initials.count >= 2 else {
      return false
    }
    let ends = String([first, last])
    return [String(initials), String(initials.reversed()), ends, String(ends.reversed())]
      .contains(fold)
  }
}
