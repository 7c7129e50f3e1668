/// What a number format makes of a number: the part of it that decides the kind of a cell.
struct NumberFormat: Sendable, Equatable {
  /// One shape of a number.
  enum Shape: Sendable, Equatable {
    /// A plain number, whatever decorates it.
    case number
    /// A percentage with at least and at most so many decimals.
    case percent(least: Int, most: Int)
    /// A day, a time of the day, or both; seconds with their decimals, nil without seconds.
    case calendar(hasDate: Bool, hasTime: Bool, seconds: Int?)
    /// A length of time.
    case duration(seconds: Int?)
    /// `TRUE` and `FALSE`, as OpenDocument formats numbers.
    case boolean
  }

  /// A shape, and the numbers that it is for.
  struct Section: Sendable, Equatable {
    var shape: Shape
    /// `[>=100]`; nil: by its place.
    var condition: Condition?
  }

  /// A comparison with a limit.
  struct Condition: Sendable, Equatable {
    var comparison: String
    var limit: Double

    func holds(_ value: Double) -> Bool {
      switch comparison {
      case "<": value < limit
      case "<=": value <= limit
      case ">": value > limit
      case ">=": value >= limit
      case "=": value == limit
      default: value != limit
      }
    }
  }

  var sections: [Section]

  static let general = NumberFormat(sections: [Section(shape: .number)])

  /// Whether every number is shown as a plain number: the common case.
  var isPlain: Bool { sections.allSatisfy { $0.shape == .number } }

  /// The shape of a value.
  func shape(of value: Double) -> Shape {
    let sections = sections.prefix(3)
    guard let first = sections.first else { return .number }
    if sections.count == 1 { return first.shape }
    if sections.contains(where: { $0.condition != nil }) {
      for section in sections {
        if let condition = section.condition {
          if condition.holds(value) { return section.shape }
        } else {
          return section.shape
        }
      }
      return sections.last?.shape ?? .number
    }
    if sections.count == 2 { return value < 0 ? sections[1].shape : first.shape }
    return value > 0 ? first.shape : value < 0 ? sections[1].shape : sections[2].shape
  }
}

extension NumberFormat {
  /// Reads a format code of Excel (ECMA-376 Part 1, 18.8.31).
  init(code: String) {
    var out: [Section] = []
    var scanner = SectionScanner()
    var bytes = Array(code.utf8.prefix(4096))[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case 0x22:  // A quoted literal.
        while let next = bytes.popFirst(), next != 0x22 {}
      case 0x5C, 0x5F, 0x2A:  // A literal, a space as wide as, a filling: of the next character.
        if let next = bytes.popFirst(), next >= 0xC0 {
          while let more = bytes.first, more & 0xC0 == 0x80 { bytes.removeFirst() }
        }
      case 0x5B:
        let inside = bytes.prefix { $0 != 0x5D }
        bytes = bytes.dropFirst(inside.count + 1)
        scanner.bracket(String(decoding: inside, as: UTF8.self))
      case 0x3B:
        out.append(scanner.section)
        scanner = SectionScanner()
      default: scanner.take(byte, rest: bytes)
      }
    }
    out.append(scanner.section)
    // Text has the last of four sections, or any that is marked so: no number goes there.
    sections = Array(out.prefix(3))
  }

  /// A format that every program knows by number, where the file does not define it.
  static func builtIn(_ id: Int) -> NumberFormat {
    func calendar(_ hasDate: Bool, _ hasTime: Bool, _ seconds: Int? = nil) -> NumberFormat {
      NumberFormat(
        sections: [
          Section(shape: .calendar(hasDate: hasDate, hasTime: hasTime, seconds: seconds))
        ])
    }
    switch id {
    case 9, 67: return NumberFormat(sections: [Section(shape: .percent(least: 0, most: 0))])
    case 10, 68: return NumberFormat(sections: [Section(shape: .percent(least: 2, most: 2))])
    case 14...17, 27...31, 36, 50...54, 57, 58, 71...74, 81: return calendar(true, false)
    case 18, 20, 32, 34, 55, 75: return calendar(false, true)
    case 19, 21, 33, 35, 45, 56, 76, 78: return calendar(false, true, 0)
    case 47, 80: return calendar(false, true, 1)
    case 22, 77: return calendar(true, true)
    case 46, 79: return NumberFormat(sections: [Section(shape: .duration(seconds: 0))])
    default: return .general
    }
  }
}

/// Gathers what one section of a format code shows.
private struct SectionScanner {
  private var hasDate = false
  private var hasTime = false
  private var seconds: Int?
  private var elapsed = false
  private var hasPercent = false
  private var hasDigits = false
  private var decimals: (least: Int, most: Int)?
  private var condition: NumberFormat.Condition?
  /// The last letter of a date or time: an `m` after hours is minutes.
  private var last: UInt8 = 0
  /// An `m` whose meaning the next letter may decide.
  private var openMonths = false
  private var skip = 0
  private var afterSecondsPoint = false

  mutating func bracket(_ inside: String) {
    let lower = inside.lowercased()
    if !lower.isEmpty, lower.utf8.allSatisfy({ $0 == 0x68 || $0 == 0x6D || $0 == 0x73 }) {
      elapsed = true
      hasTime = true
      last = lower.utf8.first ?? 0
      if last == 0x73 { seconds = seconds ?? 0 }
      return
    }
    let sign = inside.prefix { "<>=".contains($0) }
    if !sign.isEmpty, let limit = Double(inside.dropFirst(sign.count)) {
      condition = NumberFormat.Condition(comparison: String(sign), limit: limit)
    }
  }

  mutating func take(_ byte: UInt8, rest: ArraySlice<UInt8>) {
    if skip > 0 {
      skip -= 1
      return
    }
    let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    switch lower {
    case 0x79, 0x64, 0x62:  // y, d, b
      hasDate = true
      settle(minutes: false)
      last = lower
    case 0x65:  // e: a year in Japan, unless an exponent
      if let next = rest.first, next == 0x2B || next == 0x2D, hasDigits { return }
      hasDate = true
      last = lower
    case 0x67:  // g: an era, or General
      if matches(rest, "eneral") { skip = 6 } else { hasDate = true }
    case 0x68:
      settle(minutes: false)
      hasTime = true
      last = lower
    case 0x6D:
      if last == 0x6D { return }
      if last == 0x68 { hasTime = true } else { openMonths = true }
      last = lower
    case 0x73:
      settle(minutes: true)
      hasTime = true
      if seconds == nil { seconds = 0 }
      last = lower
    case 0x61:  // AM/PM, A/P
      if matches(rest, "m/pm") {
        skip = 4
        hasTime = true
      } else if matches(rest, "/p") {
        skip = 2
        hasTime = true
      }
    case 0x2E:
      if last == 0x73, rest.first == 0x30 { afterSecondsPoint = true } else { decimals = (0, 0) }
    case 0x30, 0x23, 0x3F:
      if afterSecondsPoint, byte == 0x30 {
        seconds = min((seconds ?? 0) + 1, 6)
        return
      }
      hasDigits = true
      if let (least, most) = decimals {
        decimals = (byte == 0x30 ? most + 1 : least, most + 1)
      }
    case 0x25: hasPercent = true
    default: break
    }
  }

  private mutating func settle(minutes: Bool) {
    guard openMonths else { return }
    openMonths = false
    if minutes { hasTime = true } else { hasDate = true }
  }

  private func matches(_ rest: ArraySlice<UInt8>, _ word: String) -> Bool {
    rest.count >= word.utf8.count && zip(rest, word.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
  }

  var section: NumberFormat.Section {
    let months = openMonths
    let shape: NumberFormat.Shape
    if elapsed, !hasDate {
      shape = .duration(seconds: seconds)
    } else if hasDate || hasTime || months {
      shape = .calendar(hasDate: hasDate || months, hasTime: hasTime, seconds: seconds)
    } else if hasPercent {
      shape = .percent(least: min(decimals?.least ?? 0, 15), most: min(decimals?.most ?? 0, 15))
    } else {
      shape = .number
    }
    return NumberFormat.Section(shape: shape, condition: condition)
  }
}
