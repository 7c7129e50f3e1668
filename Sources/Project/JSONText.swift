import HTML

/// JSON written by hand, so that keys keep their order.
package enum JSONText {
  /// A quoted string.
  package static func string(_ text: String) -> String { Escaping.json(text) }

  /// An object on one line; values are JSON already.
  package static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { string($0.0) + ": " + $0.1 }.joined(separator: ", ") + "}"
  }

  /// An array, an element a line; elements are JSON already.
  package static func array(_ elements: [String]) -> String {
    elements.isEmpty
      ? "[]\n" : "[\n" + elements.map { "  " + $0 }.joined(separator: ",\n") + "\n]\n"
  }
}
