/// Reads what nearly all sheets are made of without a call for each element: rows of cells, and
/// shared texts, in the plain spelling that spreadsheet programs write. Whatever else there is, it leaves to the parser
/// of XML: it says so, and the rows read so far stand.
///
/// It takes less than XML allows and nothing that XML does not: no prefix, no entity but the five
/// and numbers, no comment, no section of characters, no control character, UTF-8 only.
struct ItemScanner {
  /// How far a piece was read.
  enum Outcome {
    /// The piece ends within an item.
    case incomplete
    /// Something stands here that is not for this scanner.
    case odd
  }

  /// Why reading a row stopped.
  enum Stop: Error { case incomplete, odd }

  /// How a tag ends.
  enum TagEnd { case open, empty }

  /// The text of an element, as a part of the piece.
  struct Text {
    var range: Range<Int>
    var hasEntities = false
    var hasHighBytes = false
  }

  var at = 0

  // MARK: Tokens

  @inline(__always)
  func peek(_ s: Span<UInt8>) throws(Stop) -> UInt8 {
    guard at < s.count else { throw .incomplete }
    return s[at]
  }

  @inline(__always)
  mutating func expect(_ s: Span<UInt8>, _ byte: UInt8) throws(Stop) {
    guard at < s.count else { throw .incomplete }
    guard s[at] == byte else { throw .odd }
    at += 1
  }

  @inline(__always)
  mutating func expect(_ s: Span<UInt8>, _ word: StaticString) throws(Stop) {
    for i in 0..<word.utf8CodeUnitCount { try expect(s, unsafe word.utf8Start[i]) }
  }

  @inline(__always)
  mutating func skipBlanks(_ s: Span<UInt8>) throws(Stop) {
    while true {
      guard at < s.count else { throw .incomplete }
      let byte = s[at]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      at += 1
    }
  }

  /// Text up to the next tag.
  @inline(__always)
  mutating func text(_ s: Span<UInt8>) throws(Stop) -> Text {
    let start = at
    var ors: UInt8 = 0
    var hasEntities = false
    while at < s.count {
      let byte = s[at]
      if byte == 0x3C {
        return Text(range: start..<at, hasEntities: hasEntities, hasHighBytes: ors >= 0x80)
      }
      // Line ends other than LF are for the parser to make one.
      if byte < 0x20, byte != 0x0A, byte != 0x09 { throw .odd }
      if byte == 0x26 { hasEntities = true }
      ors |= byte
      at += 1
    }
    throw .incomplete
  }

  /// Attributes up to the end of a tag.
  @inline(__always)
  mutating func attributes(
    _ s: Span<UInt8>, _ each: (Range<Int>, Range<Int>) throws(Stop) -> Void
  ) throws(Stop) -> TagEnd {
    while true {
      guard at < s.count else { throw .incomplete }
      switch s[at] {
      case 0x3E:
        at += 1
        return .open
      case 0x2F:
        at += 1
        try expect(s, 0x3E)
        return .empty
      case 0x20, 0x0A, 0x0D, 0x09: break
      default: throw .odd
      }
      try skipBlanks(s)
      if s[at] == 0x3E || s[at] == 0x2F { continue }
      let name = at
      while try peek(s) != 0x3D {
        // Names of letters, figures and a prefix; a declaration of a namespace is not for here.
        guard Self.isNameByte(s[at]) else { throw .odd }
        at += 1
      }
      let nameEnd = at
      guard nameEnd > name else { throw .odd }
      if nameEnd - name >= 5, Self.matches(s, name..<name + 5, "xmlns") { throw .odd }
      at += 1
      let quote = try peek(s)
      guard quote == 0x22 || quote == 0x27 else { throw .odd }
      at += 1
      let value = at
      while true {
        let byte = try peek(s)
        if byte == quote { break }
        guard byte >= 0x20, byte < 0x80, byte != 0x26, byte != 0x3C else { throw .odd }
        at += 1
      }
      try each(name..<nameEnd, value..<at)
      at += 1
    }
  }

  @inline(__always)
  private static func isNameByte(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= 0x61 && lower <= 0x7A || byte >= 0x30 && byte <= 0x3A || byte == 0x2D
      || byte == 0x5F
  }

  @inline(__always)
  static func matches(
    _ s: Span<UInt8>, _ range: Range<Int>, _ word: StaticString
  ) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    for i in 0..<range.count where unsafe s[range.lowerBound + i] != word.utf8Start[i] {
      return false
    }
    return true
  }

  @inline(__always)
  static func integer(_ s: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard !range.isEmpty, range.count <= 12 else { return nil }
    var out = 0
    for i in range {
      let digit = s[i] &- 0x30
      guard digit <= 9 else { return nil }
      out = out * 10 + Int(digit)
    }
    return out
  }

  static func isTrue(_ s: Span<UInt8>, _ range: Range<Int>) -> Bool {
    matches(s, range, "1") || matches(s, range, "true") || matches(s, range, "on")
      || matches(s, range, "t")
  }
}
