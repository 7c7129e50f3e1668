/// Small readings of a cell's bytes, shared by the typing of all kinds.
enum Cells {
  /// The cell without blanks around it: spaces, tabs, line breaks, no-break spaces.
  @inline(__always)
  static func trimmed(_ s: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var lo = range.lowerBound
    var hi = range.upperBound
    // Most cells begin and end with a visible ASCII byte.
    if lo < hi, s[lo] > 0x20, s[lo] < 0x7F, s[hi - 1] > 0x20, s[hi - 1] < 0x7F { return range }
    while lo < hi {
      let step = blank(s, at: lo, upTo: hi)
      if step == 0 { break }
      lo += step
    }
    while lo < hi {
      if s[hi - 1] <= 0x20 {
        hi -= 1
      } else if hi - lo >= 2, blank(s, at: hi - 2, upTo: hi) == 2 {
        hi -= 2
      } else if hi - lo >= 3, blank(s, at: hi - 3, upTo: hi) == 3 {
        hi -= 3
      } else {
        break
      }
    }
    return lo..<hi
  }

  /// The length in bytes of the blank character at a position; 0 when there is none.
  static func blank(_ s: Span<UInt8>, at p: Int, upTo hi: Int) -> Int {
    switch s[p] {
    case 0...0x20: 1
    // U+00A0
    case 0xC2: p + 1 < hi && s[p + 1] == 0xA0 ? 2 : 0
    // U+2000 to U+200B, U+202F
    case 0xE2:
      p + 2 < hi && s[p + 1] == 0x80 && (s[p + 2] <= 0x8B || s[p + 2] == 0xAF) ? 3 : 0
    // U+FEFF
    case 0xEF: p + 2 < hi && s[p + 1] == 0xBB && s[p + 2] == 0xBF ? 3 : 0
    default: 0
    }
  }

  static func string(_ s: Span<UInt8>, _ range: Range<Int>) -> String {
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for i in range { copy.append(s[i]) }
    return String(decoding: copy, as: UTF8.self)
  }

  static func equal(_ a: Span<UInt8>, _ x: Range<Int>, _ b: Span<UInt8>, _ y: Range<Int>) -> Bool {
    guard x.count == y.count else { return false }
    var i = x.lowerBound
    var j = y.lowerBound
    while i < x.upperBound {
      if a[i] != b[j] { return false }
      i += 1
      j += 1
    }
    return true
  }

  @inline(__always)
  static func isDigit(_ b: UInt8) -> Bool { b &- 0x30 < 10 }
}
