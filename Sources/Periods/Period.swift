public import Diagnostics

/// A span of whole days, and the words a user names it by.
public struct Period: Sendable, Hashable, Codable {
  /// The first day.
  public let first: Day
  /// The last day, included.
  public let last: Day
  /// How it is written: `2024`, `2024-Q2`, `2024-03`, `2024-09..2025-08`,
  /// `2022-03-01..2023-02-28`.
  public let name: String

  /// Makes a period of whole days; `first` must not come after `last`.
  public init(first: Day, last: Day, name: String? = nil) {
    precondition(first <= last, "a period must not end before it begins")
    self.first = first
    self.last = last
    self.name = name ?? "\(first.iso)..\(last.iso)"
  }

  /// The number of days.
  public var days: Int { Int(last.number - first.number) + 1 }

  /// Whether `day` lies in the period.
  public func contains(_ day: Day) -> Bool { first <= day && day <= last }

  /// Reads a period as a user writes it.
  ///
  /// - Throws: `Failure` with status `usage` when the text names no period.
  public init(_ text: String) throws(Failure) {
    let ends = text.split(separator: ".", omittingEmptySubsequences: true).map(String.init)
    if text.contains(".."), ends.count == 2, let a = Period.span(ends[0]),
      let b = Period.span(ends[1]), a.first <= b.last
    {
      self.init(first: a.first, last: b.last, name: Period.canonical(text))
    } else if !text.contains("."), let span = Period.span(text) {
      self.init(first: span.first, last: span.last, name: Period.canonical(text))
    } else {
      throw Failure(
        .usage, code: "period.unreadable",
        fr: "période illisible : « \(text) »", en: "unreadable period: “\(text)”",
        remedy: Phrase(
          fr:
            "écrivez 2024, 2024-Q2, 2024-03, 2024-09..2025-08 ou 2022-03-01..2023-02-28",
          en: "write 2024, 2024-Q2, 2024-03, 2024-09..2025-08 or 2022-03-01..2023-02-28"))
    }
  }

  /// The form under which a period is named everywhere: a French `T2` is `Q2`.
  private static func canonical(_ text: String) -> String {
    String(text.uppercased().map { $0 == "T" ? "Q" : $0 })
  }

  /// A whole year.
  public init?(year: Int) {
    guard let a = Day(year: year, month: 1, day: 1), let b = Day(year: year, month: 12, day: 31)
    else { return nil }
    self.init(first: a, last: b, name: Day.padded(year, 4))
  }

  private static func span(_ text: String) -> (first: Day, last: Day)? {
    if let day = Day(iso: text) { return (day, day) }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard let head = parts.first, head.count == 4, let year = Day.digits(head) else { return nil }
    if parts.count == 1 {
      return months(year: year, from: 1, to: 12)
    }
    guard parts.count == 2 else { return nil }
    let tail = parts[1].uppercased()
    if tail.count == 2, tail.first == "Q" || tail.first == "T",
      let q = Day.digits(tail.dropFirst()), (1...4).contains(q)
    {
      return months(year: year, from: 3 * q - 2, to: 3 * q)
    }
    guard tail.count == 2, let m = Day.digits(tail), (1...12).contains(m) else { return nil }
    return months(year: year, from: m, to: m)
  }

  private static func months(year: Int, from: Int, to: Int) -> (first: Day, last: Day)? {
    guard let a = Day(year: year, month: from, day: 1),
      let b = Day(year: year, month: to, day: Day.length(ofMonth: to, year: year))
    else { return nil }
    return (a, b)
  }

  /// The same span one year earlier (29 February becomes 28), with a name of the same form.
  public var previousYear: Period? {
    func back(_ d: Day) -> Day? {
      let c = d.civil
      return Day(
        year: c.year - 1, month: c.month,
        day: min(c.day, Day.length(ofMonth: c.month, year: c.year - 1)))
    }
    // The last day of a month stays the last day (a convention ending 28 or 29 February).
    func backLast(_ d: Day) -> Day? {
      let c = d.civil
      let whole = c.day == Day.length(ofMonth: c.month, year: c.year)
      let length = Day.length(ofMonth: c.month, year: c.year - 1)
      return Day(year: c.year - 1, month: c.month, day: whole ? length : min(c.day, length))
    }
    guard let a = back(first), let b = backLast(last) else { return nil }
    let forms = [
      Period.step(.year, containing: a), Period.step(.quarter, containing: a),
      Period.step(.month, containing: a),
    ]
    for case let form? in forms where form.first == a && form.last == b { return form }
    return Period(first: a, last: b)
  }
}

extension Period {
  /// The span just before, as long: as many months when the period is made of whole months, else
  /// as many days.
  public var preceding: Period {
    let (a, b) = (first.civil, last.civil)
    let before = first.advanced(by: -1)
    if a.day == 1, b.day == Day.length(ofMonth: b.month, year: b.year) {
      let begin = 2 * (a.year * 12 + a.month - 1) - (b.year * 12 + b.month)
      if let day = Day(year: begin / 12, month: begin % 12 + 1, day: 1) {
        return Period(first: day, last: before)
      }
    }
    return Period(first: first.advanced(by: -days), last: before)
  }
}

/// A regular calendar step.
public enum Step: String, Sendable, CaseIterable {
  case month, quarter, year
}

extension Period {
  /// The calendar month, quarter or year that holds `day`.
  public static func step(_ step: Step, containing day: Day) -> Period? {
    let c = day.civil
    switch step {
    case .year: return Period(year: c.year)
    case .quarter:
      let q = (c.month - 1) / 3
      guard let span = months(year: c.year, from: 3 * q + 1, to: 3 * q + 3) else { return nil }
      return Period(
        first: span.first, last: span.last, name: "\(Day.padded(c.year, 4))-Q\(q + 1)")
    case .month:
      guard let span = months(year: c.year, from: c.month, to: c.month) else { return nil }
      return Period(
        first: span.first, last: span.last,
        name: "\(Day.padded(c.year, 4))-\(Day.padded(c.month, 2))")
    }
  }

  /// The months, quarters or years that the period touches, each cut to the period, in order.
  public func steps(_ step: Step) -> [Period] {
    var out: [Period] = []
    var day = first
    while day <= last {
      guard let whole = Period.step(step, containing: day) else { break }
      if whole.first >= first && whole.last <= last {
        out.append(whole)
      } else {
        out.append(Period(first: max(whole.first, first), last: min(whole.last, last)))
      }
      day = whole.last.advanced(by: 1)
    }
    return out
  }
}
