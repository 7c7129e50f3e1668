/// Text that was written in one encoding and read in another.
enum Misread {
  /// Puts back the characters of UTF-8 that was read as Windows-1252 (`HÃ©lÃ¨ne`), as often as
  /// that happened; the rest stays.
  static func repaired(_ text: String) -> [Unicode.Scalar] {
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<3 {
      guard scalars.contains(where: { $0.value >= 0xC2 && $0.value <= 0xF4 }) else { break }
      let next = once(scalars)
      if next.count == scalars.count { break }
      scalars = next
    }
    return scalars
  }

  private static func once(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var out: [Unicode.Scalar] = []
    out.reserveCapacity(scalars.count)
    var i = 0
    while i < scalars.count {
      if let found = character(scalars, i) {
        out.append(found.scalar)
        i += found.length
      } else {
        out.append(scalars[i])
        i += 1
      }
    }
    return out
  }

  private static func character(
    _ scalars: [Unicode.Scalar], _ i: Int
  ) -> (scalar: Unicode.Scalar, length: Int)? {
    var lead = scalars[i].value
    // A whole sheet put in lower case after the accident: ã© for Ã©.
    if lead == 0xE3 || lead == 0xE2, i + 1 < scalars.count, isSign(scalars[i + 1]) { lead -= 0x20 }
    let length = lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : 0
    guard length > 0, i + length <= scalars.count else { return nil }
    var value = length == 2 ? lead & 0x1F : lead & 0x0F
    for scalar in scalars[(i + 1)..<(i + length)] {
      guard let byte = byte(scalar), byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    // « TRAORÉ » before a no-break space or a quotation mark is no accident.
    if lead > 0xC5, length == 2, usual.contains(scalars[i + 1]) { return nil }
    guard value >= (length == 2 ? 0x80 : 0x800), let scalar = Unicode.Scalar(value) else {
      return nil
    }
    return (scalar, length)
  }

  private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    (0xA0...0xBF).contains(scalar.value) && scalar.value != 0xAA && scalar.value != 0xBA
  }

  /// The byte that Windows-1252 shows as a character.
  private static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    if (0x80...0xFF).contains(scalar.value) { return UInt8(scalar.value) }
    return high[scalar]
  }

  /// Signs that follow letters in sound text.
  private static let usual = Set("\u{A0}«»·’‘“”–—…°".unicodeScalars)

  private static let high: [Unicode.Scalar: UInt8] = {
    let shown = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ"
    var out: [Unicode.Scalar: UInt8] = [:]
    for (i, scalar) in shown.unicodeScalars.enumerated() where i < 32 {
      out[scalar] = UInt8(0x80 + i)
    }
    return out
  }()
}
