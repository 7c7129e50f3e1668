import Diagnostics

/// Fills the numbers of a definition's parameters into its texts: `{taille}`, or `{seuil%}` for a
/// share in per cent; `{mois=1: chaque mois | au moins {mois%} des mois}` where a number is said in
/// words.
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
    while let open = rest.firstIndex(of: "{"), let close = ParameterText.close(of: rest[open...]) {
      out += rest[..<open]
      let inner = rest[rest.index(after: open)..<close]
      out += choice(inner, language) ?? number(String(inner), language)
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }

  /// The brace that closes the one that a text begins with.
  private static func close(of text: Substring) -> String.Index? {
    var depth = 0
    for i in text.indices {
      if text[i] == "{" { depth += 1 }
      if text[i] == "}" {
        depth -= 1
        if depth == 0 { return i }
      }
    }
    return nil
  }

  /// Of `name=number: words | other words`, the words for the number that the parameter is.
  private mutating func choice(_ text: Substring, _ language: Language) -> String? {
    guard let equals = text.firstIndex(of: "="), let colon = text[equals...].firstIndex(of: ":"),
      let bar = text[colon...].firstIndex(of: "|"),
      let number = Double(text[text.index(after: equals)..<colon])
    else { return nil }
    let name = String(text[..<equals])
    guard let value = parameters[name] else {
      unknown = name
      return ""
    }
    let words = value == number ? text[text.index(after: colon)..<bar] : text[bar...].dropFirst()
    let trimmed = words.drop { $0 == " " }
    let end = trimmed.lastIndex { $0 != " " }.map { trimmed.index(after: $0) }
    return filled(String(trimmed[..<(end ?? trimmed.startIndex)]), language)
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
