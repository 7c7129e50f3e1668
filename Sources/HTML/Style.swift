/// A piece of a style sheet, made from literals; text from outside enters as a CSS string only.
package struct Style: Sendable, ExpressibleByStringInterpolation {
  /// The rules as they stand in the file.
  package let source: String

  /// A literal of the source code.
  package init(stringLiteral value: StaticString) { source = value.description }

  /// Literals with quoted texts between them.
  package init(stringInterpolation: Pieces) { source = stringInterpolation.source }

  /// What `Style` literals are put together from.
  package struct Pieces: StringInterpolationProtocol {
    fileprivate var source = ""

    /// Makes room.
    package init(literalCapacity: Int, interpolationCount: Int) {}

    /// A literal part.
    package mutating func appendLiteral(_ literal: StaticString) { source += literal.description }

    /// A text, as a quoted and escaped CSS string.
    package mutating func appendInterpolation(_ text: String) {
      source += Escaping.cssString(text)
    }
  }
}
