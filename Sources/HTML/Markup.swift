/// A piece of HTML or SVG in which every text from outside is escaped.
///
/// It is made from literals of the source code and from interpolated values; an interpolated
/// `String` is escaped, an interpolated `Markup` is not escaped twice. There is no way to turn a
/// `String` into markup unescaped: the literals are `StaticString`, known when compiling.
///
///     let row: Markup = "<td title=\"\(city)\">\(name)</td>"
///
/// Attributes must be written between double quotes.
package struct Markup: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The markup as it stands in the file.
  package private(set) var source: String

  /// An empty piece.
  package init() { source = "" }

  /// A literal of the source code.
  package init(stringLiteral value: StaticString) { source = value.description }

  /// Literals of the source code with values between them.
  package init(stringInterpolation: Pieces) { source = stringInterpolation.source }

  /// Nothing in it.
  package var isEmpty: Bool { source.isEmpty }

  /// Two pieces, one after the other.
  package static func + (a: Markup, b: Markup) -> Markup {
    var out = a
    out.source += b.source
    return out
  }

  /// Adds a piece.
  package static func += (a: inout Markup, b: Markup) { a.source += b.source }

  /// What `Markup` literals are put together from.
  package struct Pieces: StringInterpolationProtocol {
    fileprivate var source = ""

    /// Makes room.
    package init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(literalCapacity + 24 * interpolationCount)
    }

    /// A literal part.
    package mutating func appendLiteral(_ literal: StaticString) { source += literal.description }

    /// A text, escaped.
    package mutating func appendInterpolation(_ text: String) { source += Escaping.text(text) }

    /// A piece of markup.
    package mutating func appendInterpolation(_ markup: Markup) { source += markup.source }

    /// Pieces of markup, one after the other.
    package mutating func appendInterpolation(_ markup: [Markup]) {
      for m in markup { source += m.source }
    }

    /// A whole number.
    package mutating func appendInterpolation(_ number: Int) { source += String(number) }

    /// A length or coordinate, with at most two decimals; not a number becomes 0.
    package mutating func appendInterpolation(_ number: Double) {
      source += Markup.coordinate(number)
    }

    /// A file within the page, to stand in `href`.
    package mutating func appendInterpolation(_ link: DataLink) {
      source += Escaping.text(link.text)
    }

    /// The name of a file of the same folder or below, to stand in `href`.
    package mutating func appendInterpolation(_ link: FileLink) {
      source += Escaping.text(link.text)
    }
  }

  private static func coordinate(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e9 else { return "0" }
    let hundredths = Int((number * 100).rounded())
    let (whole, part) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    var out = (hundredths < 0 ? "-" : "") + String(whole)
    if part > 0 {
      out += part % 10 == 0 ? ".\(part / 10)" : part < 10 ? ".0\(part)" : ".\(part)"
    }
    return out
  }
}

extension Sequence where Element == Markup {
  /// The pieces with another between them.
  package func joined(_ separator: Markup = "") -> Markup {
    var out = Markup()
    for (i, m) in enumerated() {
      if i > 0 { out += separator }
      out += m
    }
    return out
  }
}
