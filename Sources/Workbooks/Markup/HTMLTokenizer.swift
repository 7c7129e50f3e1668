/// Cuts a page into tags and text, forgiving what browsers forgive. It cannot fail.
struct HTMLTokenizer {
  enum Token {
    case open(name: String, attributes: [(name: String, value: String)])
    case close(name: String)
    case text(ArraySlice<UInt8>)
  }

  private let bytes: [UInt8]
  private var at = 0
  /// The element whose text is no markup: a script, a style.
  private var raw: String?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Token? {
    while at < bytes.count {
      if let name = raw {
        raw = nil
        skipRaw(until: name)
        continue
      }
      if bytes[at] != 0x3C || !startsTag(at + 1) {
        let start = at
        at += 1
        while at < bytes.count, !(bytes[at] == 0x3C && startsTag(at + 1)) { at += 1 }
        return .text(bytes[start..<at])
      }
      if let token = tag() { return token }
    }
    return nil
  }

  private func startsTag(_ i: Int) -> Bool {
    guard i < bytes.count else { return false }
    let byte = bytes[i]
    return Self.isLetter(byte) || byte == 0x2F || byte == 0x21 || byte == 0x3F
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private mutating func tag() -> Token? {
    if bytes[at...].starts(with: [0x3C, 0x21, 0x2D, 0x2D]) {
      // A comment; one that never ends is none.
      var i = at + 4
      while i + 2 < bytes.count {
        if bytes[i] == 0x2D, bytes[i + 1] == 0x2D, bytes[i + 2] == 0x3E { break }
        i += 1
      }
      at = i + 2 < bytes.count ? i + 3 : bytes.count
      return nil
    }
    at += 1
    let closes = bytes[at] == 0x2F
    if closes { at += 1 }
    guard at < bytes.count, Self.isLetter(bytes[at]) else {
      skip(past: 0x3E)
      return nil
    }
    let name = word { Self.isBlank($0) || $0 == 0x3E || $0 == 0x2F }
    var attributes: [(name: String, value: String)] = []
    while at < bytes.count, bytes[at] != 0x3E {
      if Self.isBlank(bytes[at]) || bytes[at] == 0x2F {
        at += 1
        continue
      }
      let key = word { Self.isBlank($0) || $0 == 0x3E || $0 == 0x3D }
      skipBlanks()
      var value = ""
      if at < bytes.count, bytes[at] == 0x3D {
        at += 1
        skipBlanks()
        value = attributeValue()
      } else if key.isEmpty {
        at += 1
      }
      if attributes.count < 64 { attributes.append((key, value)) }
    }
    at = min(at + 1, bytes.count)
    if closes { return .close(name: name) }
    if name == "script" || name == "style" || name == "title" { raw = name }
    return .open(name: name, attributes: attributes)
  }

  private mutating func attributeValue() -> String {
    guard at < bytes.count else { return "" }
    let quote = bytes[at]
    let start: Int
    if quote == 0x22 || quote == 0x27 {
      at += 1
      start = at
      while at < bytes.count, bytes[at] != quote { at += 1 }
      defer { at = min(at + 1, bytes.count) }
      return String(decoding: bytes[start..<at], as: UTF8.self)
    }
    start = at
    while at < bytes.count, !Self.isBlank(bytes[at]), bytes[at] != 0x3E { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func skipBlanks() {
    while at < bytes.count, Self.isBlank(bytes[at]) { at += 1 }
  }

  private mutating func skip(past end: UInt8) {
    while at < bytes.count, bytes[at] != end { at += 1 }
    at = min(at + 1, bytes.count)
  }

  private mutating func word(_ ends: (UInt8) -> Bool) -> String {
    let start = at
    while at < bytes.count, !ends(bytes[at]) { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
  }

  private mutating func skipRaw(until name: String) {
    let end = Array(("</" + name).utf8)
    while at < bytes.count {
      if bytes[at] == 0x3C, at + end.count <= bytes.count,
        zip(bytes[at...], end).allSatisfy({ $0 | 0x20 == $1 | 0x20 })
      {
        return
      }
      at += 1
    }
  }
}
