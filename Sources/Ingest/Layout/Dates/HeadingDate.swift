import Periods

/// A cell that says a day, as far as it goes alone.
///
/// Reuses `DateCell` for the day itself; adds what only a whole sheet can settle: a year that
/// stands elsewhere, lists and ranges, and what looks like a date and is none.
enum HeadingDate: Equatable {
  /// Two numbers, in an order to be found, with or without a year; `isOrdered` when day first for
  /// sure.
  case day(Int32)
  case numbers(UInt8, UInt8, year: Int16?, isOrdered: Bool)
  /// `J5`.
  case dayNumber(UInt8)
  /// `mardi`, of the week that the title says; 0 for Monday.
  case weekday(UInt8)
  /// `5 et 12 mars`.
  indirect case list([HeadingDate])
  /// `du 5 au 7/03`.
  indirect case range(HeadingDate, HeadingDate)
  /// `tous les mardis`.
  case recurring
  /// Well formed, but there is no such day.
  case impossible

  init?(_ text: String, _ kind: GridKind = .text) {
    guard !text.isEmpty, text.utf8.count <= 48 else { return nil }
    switch kind {
    case .number, .percent, .boolean, .error, .time, .duration, .blank: return nil
    case .date, .dateTime, .text: break
    }
    guard let found = HeadingDate.read(text) else { return nil }
    self = found
  }

  private static func read(_ text: String) -> HeadingDate? {
    if let one = single(text) { return one }
    let fold = Fold.key(text)
    if fold.first == "j", let n = UInt8(fold.dropFirst()), (1...31).contains(n),
      !text.contains(" ")
    {
      return .dayNumber(n)
    }
    if isRecurring(fold) { return .recurring }
    // What stands behind a day in a heading: a remark in brackets, the hour, a word.
    if let bracket = text.firstIndex(of: "("), bracket > text.startIndex {
      return single(SheetCells.tidy(String(text[..<bracket])))
    }
    return several(text)
  }

  private static func single(_ text: String) -> HeadingDate? {
    let bytes = Array(text.utf8)
    switch DateCell(bytes.span, 0..<bytes.count) {
    case .day(let number): return .day(number)
    case .numeric(let a, let b, let year): return .numbers(a, b, year: year, isOrdered: false)
    case .noYear(let a, let b, let isOrdered):
      // 14.5 and 1-2 are numbers and scores before they are days.
      if !isOrdered, text.contains(".") && text.count < 5 { return nil }
      return .numbers(a, b, year: nil, isOrdered: isOrdered)
    case .impossible: return .impossible
    case .implausible, .unreadable: break
    }
    // `mardi 05/03/2024`: the name of the day says nothing more.
    let words = text.split(separator: " ")
    guard words.count >= 2, let first = words.first, weekday(Fold.key(first)) != nil else {
      return nil
    }
    return single(words.dropFirst().joined(separator: " "))
  }

  /// Monday is 0.
  static func weekday(_ fold: String) -> Int? {
    let days = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
    return days.firstIndex { $0 == fold || (fold.count == 3 && $0.hasPrefix(fold)) }
  }

  private static func isRecurring(_ fold: String) -> Bool {
    if fold.hasPrefix("tous les ") || fold.hasPrefix("toutes les ") || fold.hasPrefix("chaque ") {
      return true
    }
    guard fold.hasPrefix("les "), fold.hasSuffix("s") else { return false }
    return weekday(String(fold.dropFirst(4).dropLast())) != nil
  }

  /// `5 et 12 mars`, `5, 6 et 8 mars 2024`, `du 5 au 7/03`: the last part says the month.
  private static func several(_ text: String) -> HeadingDate? {
    var words = text.lowercased().replacing(",", with: " , ").replacing("&", with: " et ")
      .split(separator: " ").map(String.init)
    while let first = words.first, ["du", "de", "les", "le", "des"].contains(first) {
      words.removeFirst()
    }
    let isRange = words.contains("au") || words.contains("à")
    let separators: Set<String> = isRange ? ["au", "à"] : ["et", ","]
    let parts = words.split(omittingEmptySubsequences: true) { separators.contains($0) }
      .map { $0.filter { weekday(Fold.key($0)) == nil && $0 != "le" }.joined(separator: " ") }
    guard parts.count >= 2, parts.count <= 31, !isRange || parts.count == 2,
      let tail = parts.last.flatMap({ single($0) })
    else { return nil }
    var days: [HeadingDate] = []
    for part in parts.dropLast() {
      if let whole = single(part) {
        days.append(whole)
      } else if let n = UInt8(part.prefix { $0.isNumber }), (1...31).contains(n) {
        days.append(tail.moved(toDay: n))
      } else {
        return nil
      }
    }
    days.append(tail)
    return isRange ? .range(days[0], days[1]) : .list(days)
  }

  /// The same month and year on another day.
  private func moved(toDay n: UInt8) -> HeadingDate {
    switch self {
    case .day(let number):
      let civil = Day(number: number).civil
      return Day(year: civil.year, month: civil.month, day: Int(n)).map { .day($0.number) }
        ?? .impossible
    // Of `5 et 12/03`, the last part shows its order as any other.
    case .numbers(_, let b, let year, _): return .numbers(n, b, year: year, isOrdered: true)
    default: return .impossible
    }
  }

  /// Whether its year, or its month, stands elsewhere.
  var lacksYear: Bool {
    switch self {
    case .numbers(_, _, let year, _): year == nil
    case .dayNumber, .weekday: true
    case .list(let all): all.contains(where: \.lacksYear)
    case .range(let a, let b): a.lacksYear || b.lacksYear
    case .day, .recurring, .impossible: false
    }
  }

  /// Whether it is a day by itself, not a number that only a heading makes one.
  var isPlain: Bool {
    switch self {
    case .day, .numbers, .impossible: true
    case .dayNumber, .weekday, .list, .range, .recurring: false
    }
  }
}
