package import Diagnostics

/// Numbers as people read them, by code point: no locale data is loaded.
///
/// French: U+202F between thousands, decimal comma, U+00A0 before %, minus U+2212 (CLDR 48).
package struct NumberText: Sendable, Hashable {
  /// The language.
  package let language: Language

  /// Makes a writer of numbers.
  package init(_ language: Language) { self.language = language }

  /// `1 234 567,89`; rounds halves away from zero; not a number becomes a dash.
  package func number(_ x: Double, decimals: Int = 0) -> String {
    scaled(x, decimals: decimals, places: 0)
  }

  /// A number times ten to the power of `places`, exactly: 0.575 is 57.5 per cent, not 57.49….
  private func scaled(_ x: Double, decimals: Int, places: Int) -> String {
    guard x.isFinite else { return "–" }
    let plain = NumberText.rounded(abs(x), decimals: decimals, places: places)
    let parts = plain.split(separator: ".")
    var out = NumberText.grouped(
      parts.first.map(String.init) ?? "0", by: language == .fr ? "\u{202F}" : ",")
    if parts.count > 1 { out += (language == .fr ? "," : ".") + parts[1] }
    let isZero = !plain.contains { $0 != "0" && $0 != "." }
    return (x < 0 && !isZero ? "\u{2212}" : "") + out
  }

  /// As `number`, with a sign whenever it is not zero.
  package func signed(_ x: Double, decimals: Int = 0) -> String {
    let text = number(x, decimals: decimals)
    let isZero = !text.contains { $0.isNumber && $0 != "0" }
    return x > 0 && !isZero ? "+" + text : text
  }

  /// `12,3 %` from 0.123.
  package func percent(_ share: Double, decimals: Int = 0) -> String {
    scaled(share, decimals: decimals, places: 2) + (language == .fr ? "\u{A0}%" : "%")
  }

  /// `1 234,50 €` or `€1,234.50`.
  package func euros(_ x: Double, decimals: Int = 0) -> String {
    let text = number(x, decimals: decimals)
    if language == .fr { return text + "\u{A0}€" }
    return text.hasPrefix("\u{2212}") ? "\u{2212}€" + text.dropFirst() : "€" + text
  }

  /// Whether a number takes the singular: French 0, 1 and 1,5; English 1 only.
  package func isSingular(_ x: Double) -> Bool {
    language == .fr ? abs(x) < 2 : x == 1
  }

  /// « a, b et c », “a, b and c”.
  package func list(_ words: [String]) -> String {
    guard let last = words.last else { return "" }
    if words.count == 1 { return last }
    return words.dropLast().joined(separator: ", ") + (language == .fr ? " et " : " and ") + last
  }

  /// Decimal digits of a number that is not negative, rounded half away from zero.
  ///
  /// The half is judged on the shortest decimal text of the number, as a reader would: 1.005 with
  /// two decimals is 1.01 although the nearest binary number lies below.
  static func rounded(_ x: Double, decimals: Int, places: Int = 0) -> String {
    let plain = Shortest.text(x)
    let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
    var whole = Array((parts.first.map(String.init) ?? "0").utf8)
    var part = parts.count > 1 ? Array(parts[1].utf8) : []
    for _ in 0..<places { whole.append(part.isEmpty ? UInt8(ascii: "0") : part.removeFirst()) }
    while whole.count > 1 && whole[0] == UInt8(ascii: "0") { whole.removeFirst() }
    let up = part.count > decimals && part[decimals] >= UInt8(ascii: "5")
    part = Array(part.prefix(decimals))
    while part.count < decimals { part.append(UInt8(ascii: "0")) }
    if up {
      var digits = whole + part
      var i = digits.count - 1
      while i >= 0 && digits[i] == UInt8(ascii: "9") {
        digits[i] = UInt8(ascii: "0")
        i -= 1
      }
      if i >= 0 { digits[i] += 1 } else { digits.insert(UInt8(ascii: "1"), at: 0) }
      whole = Array(digits.dropLast(decimals))
      part = Array(digits.suffix(decimals))
    }
    let text = String(decoding: whole, as: UTF8.self)
    return decimals == 0 ? text : text + "." + String(decoding: part, as: UTF8.self)
  }

  private static func grouped(_ digits: String, by mark: String) -> String {
    var out = ""
    for (i, c) in digits.enumerated() {
      if i > 0 && (digits.count - i) % 3 == 0 { out += mark }
      out.append(c)
    }
    return out
  }
}

/// Numbers as machines read them.
enum Shortest {
  /// The shortest decimal text that reads back as the same number: a dot, no exponent, no `.0`.
  static func text(_ x: Double) -> String {
    var bytes: [UInt8] = []
    append(x, point: UInt8(ascii: "."), to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds that text, with another sign for the dot; nothing for what is no number.
  static func append(_ x: Double, point: UInt8, to bytes: inout [UInt8]) {
    guard x.isFinite else { return }
    if x == x.rounded(), abs(x) < 1e15 {
      bytes.append(contentsOf: Int(x).description.utf8)
      return
    }
    var text = x.description
    if text.utf8.contains(UInt8(ascii: "e")) {
      text = withoutExponent(text)
    } else if text.hasSuffix(".0") {
      text.removeLast(2)
    }
    let begin = bytes.count
    bytes.append(contentsOf: text.utf8)
    if point != UInt8(ascii: "."),
      let dot = bytes[begin...].firstIndex(of: UInt8(ascii: "."))
    {
      bytes[dot] = point
    }
  }

  /// A number's text with an exponent, without it.
  private static func withoutExponent(_ text: String) -> String {
    guard let e = text.firstIndex(of: "e") else { return text }
    // 1.25e-07: move the point by hand.
    let exponent = Int(text[text.index(after: e)...]) ?? 0
    let mantissa = text[..<e]
    let negative = mantissa.hasPrefix("-")
    let parts = mantissa.drop { $0 == "-" }.split(separator: ".")
    let head = parts.first.map(String.init) ?? "0"
    let tail = parts.count > 1 && parts[1] != "0" ? String(parts[1]) : ""
    let digits = head + tail
    let point = head.count + exponent
    let plain: String
    if point <= 0 {
      plain = "0." + String(repeating: "0", count: -point) + digits
    } else if point >= digits.count {
      plain = digits + String(repeating: "0", count: point - digits.count)
    } else {
      plain = digits.prefix(point) + "." + digits.dropFirst(point)
    }
    return (negative ? "-" : "") + plain
  }
}
