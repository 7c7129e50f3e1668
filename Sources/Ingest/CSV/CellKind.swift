/// What a cell looks like, before any column gives it a meaning: enough to tell a heading from
/// what stands below it, and a cell from two cells run together.
enum CellKind: UInt8 {
  case empty
  /// `-`, `n/a`, `?`: a sign that stands for nothing.
  case blankSign
  case number
  case date
  case time
  /// An address of the web or of mail.
  case address
  /// Letters and digits without blanks: a reference.
  case code
  case text

  /// Whether a column of it tells its cells from headings.
  var isTyped: Bool {
    switch self {
    case .number, .date, .time, .address: true
    case .empty, .blankSign, .code, .text: false
    }
  }

  /// Looks at a cell; blanks around it do not count.
  init(_ s: Span<UInt8>, _ range: Range<Int>) {
    let cell = Cells.trimmed(s, range)
    guard !cell.isEmpty else {
      self = .empty
      return
    }
    let marks = Marks(s, cell)
    if marks.letters == 0 {
      self = marks.digits == 0 ? (cell.count <= 3 ? .blankSign : .text) : marks.numeric(s, cell)
    } else if marks.digits == 0 {
      self = CellKind.isBlankWord(s, cell) ? .blankSign : marks.isAddress ? .address : .text
    } else if marks.isAddress {
      self = .address
    } else if cell.count <= 40, DateCell(s, cell).isDate || CellKind.isInstant(s, cell) {
      self = .date
    } else if let number = NumberCell(s, cell),
      number.value(s, .dot) ?? number.value(s, .comma) != nil
    {
      self = .number
    } else {
      self = marks.blanks == 0 ? .code : .text
    }
  }

  private static func isBlankWord(_ s: Span<UInt8>, _ cell: Range<Int>) -> Bool {
    guard cell.count <= 4 else { return false }
    return ["na", "n a", "nan", "null", "nd", "nr", "nc", "n c"].contains(Fold.key(s, cell))
  }

  /// `2024-03-05T14:30Z`, `5 Mar 2024 14:30`: a day and a time.
  private static func isInstant(_ s: Span<UInt8>, _ cell: Range<Int>) -> Bool {
    guard let colon = cell.first(where: { s[$0] == UInt8(ascii: ":") }) else { return false }
    var split = colon
    while split > cell.lowerBound, Cells.isDigit(s[split - 1]) { split -= 1 }
    guard split > cell.lowerBound, colon > split, colon - split <= 2,
      isTimeEnd(s, colon..<cell.upperBound)
    else { return false }
    var end = split
    if s[end - 1] == UInt8(ascii: "T") || s[end - 1] == UInt8(ascii: ",") { end -= 1 }
    return DateCell(s, Cells.trimmed(s, cell.lowerBound..<end)).isDate
  }

  /// What may follow the hour of a day: minutes, a half of the day, a zone, a year.
  private static func isTimeEnd(_ s: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var letters = 0
    for p in range {
      switch s[p] {
      case 0x30...0x3A, 0x20, UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "+"),
        UInt8(ascii: "-"):
        break
      case 0x41...0x5A, 0x61...0x7A: letters += 1
      default: return false
      }
    }
    return letters <= 4
  }

  /// The signs of a cell, counted.
  private struct Marks {
    var letters = 0
    var digits = 0
    var blanks = 0
    var colons = 0
    var slashes = 0
    var dashes = 0
    var dots = 0
    var commas = 0
    var others = 0
    var isAddress = false

    init(_ s: Span<UInt8>, _ cell: Range<Int>) {
      var p = cell.lowerBound
      while p < cell.upperBound {
        let b = s[p]
        switch b {
        case 0x30...0x39: digits += 1
        case 0x41...0x5A, 0x61...0x7A: letters += 1
        case 0x20, 0x09, 0x0A, 0x0D: blanks += 1
        case UInt8(ascii: ":"):
          colons += 1
          if p + 2 < cell.upperBound, s[p + 1] == UInt8(ascii: "/"), s[p + 2] == s[p + 1] {
            isAddress = true
          }
        case UInt8(ascii: "/"): slashes += 1
        case UInt8(ascii: "-"): dashes += 1
        case UInt8(ascii: "."): dots += 1
        case UInt8(ascii: ","): commas += 1
        case UInt8(ascii: "@"):
          isAddress = p > cell.lowerBound && p + 3 < cell.upperBound
        case UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "$"), UInt8(ascii: "'"):
          break
        case 0x80...0xFF:
          let blank = Cells.blank(s, at: p, upTo: cell.upperBound)
          if blank > 0 {
            p += blank - 1
            blanks += 1
          } else if b == 0xE2, p + 2 < cell.upperBound, s[p + 1] == 0x82 {
            p += 2  // A sign of money.
          } else if b == 0xC2, p + 1 < cell.upperBound {
            p += 1  // £ ° ² and the like.
          } else {
            letters += 1
          }
        default: others += 1
        }
        p += 1
      }
      if isAddress, blanks > 0 { isAddress = false }
    }

    /// The kind of a cell of digits and signs.
    func numeric(_ s: Span<UInt8>, _ cell: Range<Int>) -> CellKind {
      if others > 0 { return blanks == 0 ? .code : .text }
      if colons > 0 {
        if slashes > 0 || dashes >= 2 || dots >= 2 { return .date }
        return colons <= 2 && digits <= 12 ? .time : .code
      }
      if slashes > 0 { return digits >= 2 && digits <= 8 && slashes <= 2 ? .date : .code }
      if dashes >= 2 || (dashes == 1 && s[cell.lowerBound] != UInt8(ascii: "-")) {
        return DateCell(s, cell).isDate ? .date : .code
      }
      if dots >= 2, commas == 0, digits <= 8, DateCell(s, cell).isDate { return .date }
      if blanks > 0, !isGrouped(s, cell) { return digits >= 8 ? .code : .text }
      return .number
    }

    private func hasDigit(_ s: Span<UInt8>, _ range: Range<Int>) -> Bool {
      range.contains { Cells.isDigit(s[$0]) }
    }

    /// Whether blanks only group thousands, or stand before a sign of money.
    private func isGrouped(_ s: Span<UInt8>, _ cell: Range<Int>) -> Bool {
      var run = 0
      var isFirst = true
      for p in cell {
        if Cells.isDigit(s[p]) {
          run += 1
        } else if s[p] == 0x20 {
          if run == 0 || (!isFirst && run != 3) || run > 3 {
            return (run == 0 || isFirst) && !hasDigit(s, p + 1..<cell.upperBound)
          }
          isFirst = false
          run = 0
        } else if run > 0 {
          // Decimals go on to the end, but for a sign of money.
          let rest = cell.drop { $0 <= p || Cells.isDigit(s[$0]) }
          return (isFirst || run == 3) && !hasDigit(s, rest)
        }
      }
      return isFirst || run == 3 || run == 0
    }
  }
}

/// The outline of a cell: runs of letters and of digits as one sign each. Cells of one column
/// often have few outlines.
struct CellOutline: Hashable {
  private let hash: UInt64

  init(_ s: Span<UInt8>, _ range: Range<Int>) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var last: UInt8 = 0
    for p in Cells.trimmed(s, range).prefix(64) {
      let b = s[p]
      let sign: UInt8 =
        switch b {
        case 0x30...0x39: UInt8(ascii: "0")
        case 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: UInt8(ascii: "a")
        default: b
        }
      if sign == last, sign == UInt8(ascii: "0") || sign == UInt8(ascii: "a") { continue }
      hash = (hash ^ UInt64(sign)) &* 0x100_0000_01B3
      last = sign
    }
    self.hash = hash
  }
}
