import Diagnostics

/// Fills the numbers of a definition's parameters into its texts: `{taille}`, or `{seuil%}` for a
/// share in per cent.
struct ParameterText {
  private let parameters: [String: Double]
  /// A name between braces that is no parameter.
  private(set) var unknown: String?

  init(_ parameters: [String: Double]) { self.parameters = parameters }

  /// The text with the numbers in their places.
  mutating func filled(_ text: String, _ language: Language) -> String {
    if !text.contains("{") { return text }
    var out = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      out += rest[..<open]
      let name = rest[rest.index(after: open)..<close]
      out += number(String(name), language)
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }

  private mutating func number(_ name: String, _ language: Language) -> String {
    let isShare = name.hasSuffix("%")
    guard let value = parameters[isShare ? String(name.dropLast()) : name] else {
      unknown = name
      return ""
    }
    if isShare {
      return ParameterText.text(value * 100, language) + (language == .fr ? "\u{A0}%" : "%")
    }
    return ParameterText.text(value, language)
  }

  /// A number as it is written in a sentence.
  static func text(_ value: Double, _ language: Language) -> String {
    let rounded = value.rounded()
    if abs(value - rounded) < 1e-9, abs(value) < 1e15 { return String(Int(rounded)) }
    let text = "\(value)"
    return language == .fr ? text.split(separator: ".").joined(separator: ",") : text
  }
}
