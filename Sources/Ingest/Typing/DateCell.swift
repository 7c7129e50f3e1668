import Periods

/// Which of two numbers comes first in `03/04/2024`.
package enum DateOrder: String, Sendable, Codable {
  case dayFirst = "dmy"
  case monthFirst = "mdy"
}

/// A date cell read as far as it goes without knowing the column's order.
enum DateCell: Equatable {
  /// A day, whatever the order (ISO 8601, or the month in letters).
  case day(Int32)
  /// Two numbers whose order the column decides, and the year.
  case numeric(UInt8, UInt8, Int16)
  /// Well formed, but there is no such day.
  case impossible
  /// Two numbers, the day and the month, but no year; `isOrdered` when the day is known to be
  /// the first (the month in letters).
  case noYear(UInt8, UInt8, isOrdered: Bool)
  /// A year far from any a residence can have.
  case implausible
  /// Anything else.
  case unreadable

  /// Years outside are slips of the keyboard.
  static let years = 1850...2150

  /// Reads a trimmed cell.
  init(_ s: Span<UInt8>, _ range: Range<Int>) {
    self = DateCell.digits(s, range) ?? DateCell.words(s, range)
  }

  /// Whether the cell is a day, or a day and a month.
  var isDate: Bool {
    switch self {
    case .day, .numeric, .noYear: true
    case .impossible, .implausible, .unreadable: false
    }
  }

  /// The day in a column of the given order; nil when there is no such day.
  func day(_ order: DateOrder) -> Int32? {
    switch self {
    case .day(let number): return number
    case .numeric(let a, let b, let year):
      let (d, m) = order == .dayFirst ? (a, b) : (b, a)
      return Day(year: Int(year), month: Int(m), day: Int(d))?.number
    case .impossible, .noYear, .implausible, .unreadable: return nil
    }
  }

  /// Two-digit years are of 1970 to 2069 (POSIX `strptime`).
  static func fullYear(_ year: Int, digits: Int) -> Int {
    digits > 2 ? year : year < 70 ? 2000 + year : 1900 + year
  }

  private static func fixed(_ year: Int, _ month: Int, _ day: Int) -> DateCell {
    guard years.contains(year) else { return .implausible }
    return Day(year: year, month: month, day: day).map { .day($0.number) } ?? .impossible
  }

  /// `2024-03-05`, `05/03/2024`, `5.3.24`, `20240305`, with or without a time after; nil when
  /// the cell is not of that form.
  private static func digits(_ s: Span<UInt8>, _ range: Range<Int>) -> DateCell? {
    var p = range.lowerBound
    let end = range.upperBound
    func number() -> (value: Int, digits: Int)? {
      let start = p
      var v = 0
      while p < end, p - start < 9, Cells.isDigit(s[p]) {
        v = v * 10 + Int(s[p] - 0x30)
        p += 1
      }
      return p == start ? nil : (v, p - start)
    }
    func separator() -> UInt8? {
      guard p < end else { return nil }
      let b = s[p]
      guard b == 0x2F || b == 0x2D || b == 0x2E || b == 0x20 else { return nil }
      p += 1
      // 05 / 03 / 2024
      while p < end, s[p] == 0x20 { p += 1 }
      return b
    }
    guard let a = number() else { return nil }
    if a.digits == 8, p == end { return fixed(a.value / 10000, a.value / 100 % 100, a.value % 100) }
    while p < end, s[p] == 0x20, p + 1 < end, !Cells.isDigit(s[p + 1]) { p += 1 }
    guard let first = separator(), let b = number(), b.digits <= 2 else { return nil }
    while p < end, s[p] == 0x20, p + 1 < end, !Cells.isDigit(s[p + 1]) { p += 1 }
    if p == end, a.digits <= 2, first != 0x20 {
      return .noYear(UInt8(a.value), UInt8(b.value), isOrdered: false)
    }
    guard let second = separator(), second == first, let c = number() else { return nil }
    guard isTime(s, p..<end) else { return nil }
    if a.digits == 4, c.digits <= 2 { return fixed(a.value, b.value, c.value) }
    guard a.digits <= 2, c.digits == 2 || c.digits == 4, first != 0x20 || c.digits == 4 else {
      return nil
    }
    let year = fullYear(c.value, digits: c.digits)
    guard years.contains(year) else { return .implausible }
    guard (1...31).contains(a.value), (1...31).contains(b.value) else { return .impossible }
    return .numeric(UInt8(a.value), UInt8(b.value), Int16(year))
  }

  /// Whether the rest of a cell is nothing, or a time of day.
  private static func isTime(_ s: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first else { return true }
    guard s[first] == 0x54 || s[first] == 0x20 || s[first] == 0x2C else { return false }
    var digits = 0
    for p in range.dropFirst() {
      let b = s[p]
      if Cells.isDigit(b) { digits += 1 }
      guard Cells.isDigit(b) || timeSigns.contains(b) else { return false }
    }
    return digits > 0
  }

  private static let timeSigns: [UInt8] = Array(":.+-, hHzZaApPmMUTC".utf8)

  /// Whether a cell has a digit, and a run of letters as long as a month's.
  private static func mayNameMonth(_ s: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var (digits, run, longest) = (0, 0, 0)
    for p in range {
      let b = s[p]
      if (b | 0x20) &- 0x61 < 26 || b >= 0x80 {
        run += 1
        longest = max(longest, run)
      } else {
        run = 0
        if Cells.isDigit(b) { digits += 1 }
      }
    }
    return digits > 0 && longest >= 3
  }

  /// `mardi 5 mars 2024`, `1er mars 2024`, `5-mars-24`, `March 5, 2024`.
  private static func words(_ s: Span<UInt8>, _ range: Range<Int>) -> DateCell {
    guard range.count <= 64, mayNameMonth(s, range) else { return .unreadable }
    var day: Int?
    var month: Int?
    var year: Int?
    var shortMar = false
    for word in Fold.key(s, range).split(separator: " ") {
      var digits = word.prefix { $0.isASCII && $0.isNumber }
      let letters = word.dropFirst(digits.count)
      if digits.isEmpty {
        if word == "mar" {
          shortMar = true
        } else if let m = months[String(word)], month == nil {
          month = m
        } else if !fillers.contains(String(word)) {
          return .unreadable
        }
        continue
      }
      guard letters.isEmpty || ["er", "e", "st", "nd", "rd", "th"].contains(letters) else {
        return .unreadable
      }
      while digits.count > 1, digits.first == "0" { digits = digits.dropFirst() }
      guard let n = Int(digits), digits.count <= 4 else { return .unreadable }
      if day == nil, n <= 31 || n == 0 {
        day = n
      } else if year == nil, word.count == 4 || word.count == 2 {
        year = fullYear(n, digits: word.count)
      } else {
        return .unreadable
      }
    }
    guard let month = month ?? (shortMar ? 3 : nil), let day else { return .unreadable }
    guard let year else { return .noYear(UInt8(day), UInt8(month), isOrdered: true) }
    return fixed(year, month, day)
  }

  /// The month of a folded word, French or English, whole or cut short.
  static let months: [String: Int] = {
    let names = [
      "janvier janv jan january", "fevrier fevr fev february feb", "mars march",
      "avril avr april apr", "mai may", "juin jun june", "juillet juil jul july",
      "aout aou august aug", "septembre sept sep september", "octobre oct october",
      "novembre nov november", "decembre dec december",
    ]
    var out: [String: Int] = [:]
    for (i, list) in names.enumerated() {
      for name in list.split(separator: " ") { out[String(name)] = i + 1 }
    }
    return out
  }()

  /// Names of days, which say nothing more. (`mar` is mardi when another word names the month.)
  private static let fillers = Set(
    ("lundi lun mardi mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim le "
      + "monday mon tuesday tue wednesday wed thursday thu friday fri saturday sat sunday sun the of")
      .split(separator: " ").map(String.init))
}

/// What a column's cells show about the order of day and month.
struct DateStyle {
  /// Cells that are a day only when read day first, or only when read month first.
  private(set) var dayFirst = 0, monthFirst = 0
  /// Cells such as `03/04/2024`, that read both ways to different days.
  private(set) var doubtful = 0
  /// All cells that are not empty.
  private(set) var cells = 0

  /// Takes in one distinct text of the column, which stands in `count` cells.
  mutating func observe(_ cell: DateCell, count: Int = 1) {
    cells += count
    guard case .numeric(let a, let b, _) = cell, a != b else { return }
    switch (cell.day(.dayFirst) != nil, cell.day(.monthFirst) != nil) {
    case (true, true): doubtful += count
    case (true, false): dayFirst += count
    case (false, true): monthFirst += count
    case (false, false): break
    }
  }

  /// Day first, as in France, unless the column proves otherwise and nothing contradicts it.
  /// One or two cells prove a slip of the keyboard, not a habit of the whole column.
  var order: DateOrder {
    dayFirst == 0 && monthFirst >= 3 && monthFirst * 4 >= cells ? .monthFirst : .dayFirst
  }
}

/// A time of day.
enum TimeCell {
  /// Minutes after midnight of `14h30`, `14:30`, `14h`, `14 h 30`, `14:30:00`, `2:30 PM`; nil
  /// for anything else.
  static func minutes(_ s: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    guard range.count <= 24 else { return nil }
    var numbers: [Int] = []
    var signs: [UInt8] = []
    var p = range.lowerBound
    while p < range.upperBound {
      let b = s[p]
      if Cells.isDigit(b) {
        let start = p
        var v = 0
        while p < range.upperBound, Cells.isDigit(s[p]), p - start < 3 {
          v = v * 10 + Int(s[p] - 0x30)
          p += 1
        }
        guard p - start <= 2 else { return nil }
        numbers.append(v)
        continue
      }
      let step = Cells.blank(s, at: p, upTo: range.upperBound)
      if step == 0 { signs.append(b | 0x20) }
      p += max(step, 1)
    }
    let text = String(decoding: signs, as: UTF8.self)
    guard let hour = numbers.first, hour < 24 || (hour == 24 && numbers.dropFirst() == [0]) else {
      return nil
    }
    let minute = numbers.count > 1 ? numbers[1] : 0
    guard minute < 60, numbers.count <= 3 else { return nil }
    switch (text, numbers.count) {
    case ("h", 1), ("h", 2), (":", 2), ("::", 3), ("hm", 2), ("hmn", 2), ("hmin", 2),
      ("heures", 1), ("heure", 1):
      return Int64(hour % 24 * 60 + minute)
    case (":am", 2), ("am", 1), (":pm", 2), ("pm", 1), ("::am", 3), ("::pm", 3):
      guard (1...12).contains(hour) else { return nil }
      return Int64((hour % 12 + (text.hasSuffix("pm") ? 12 : 0)) * 60 + minute)
    default: return nil
    }
  }

  /// Minutes of a duration: `1h30`, `45 min`, `2h`; nil for anything else.
  static func duration(_ s: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    range.contains { s[$0] | 0x20 == UInt8(ascii: "h") } ? minutes(s, range) : nil
  }
}
