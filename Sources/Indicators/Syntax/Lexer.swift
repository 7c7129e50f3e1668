import Diagnostics

/// Something in a formula that cannot be read or does not fit, at a 0-based offset.
struct FormulaError: Error {
  var offset: Int
  var code: String
  var message: Phrase
  var remedy: Phrase?

  init(at offset: Int, code: String, fr: String, en: String, remedy: Phrase? = nil) {
    self.offset = offset
    self.code = code
    self.message = Phrase(fr: fr, en: en)
    self.remedy = remedy
  }
}

/// Cuts a formula into words.
struct Lexer {
  private let text: [Character]
  private var position = 0

  init(_ formula: String) { text = Array(formula) }

  /// All words, the last one of kind `end`.
  static func tokens(_ formula: String) throws(FormulaError) -> [Token] {
    var lexer = Lexer(formula)
    var out: [Token] = []
    while true {
      let token = try lexer.next()
      out.append(token)
      if token.kind == .end { return out }
    }
  }

  /// Whether a name may begin so. What Unicode says of plain letters need not be looked up.
  private static func begins(_ c: Character) -> Bool {
    switch c {
    case "a"..."z", "A"..."Z", "_": true
    default: !c.isASCII && c.isLetter
    }
  }

  private static func goesOn(_ c: Character) -> Bool {
    begins(c) || ("0"..."9").contains(c) || !c.isASCII && c.isNumber
  }

  private mutating func next() throws(FormulaError) -> Token {
    while position < text.count, text[position] == " " || text[position].isWhitespace {
      position += 1
    }
    let start = position
    guard position < text.count else { return Token(kind: .end, offset: start, text: "") }
    let c = text[position]
    if Lexer.begins(c) { return name(from: start) }
    if c == "$" { return try parameter(from: start) }
    if c.isASCII, c.isNumber { return try number(from: start) }
    if c == "\"" || c == "'" { return try string(from: start, quote: c) }
    let isPair =
      "<>!".contains(c) && position + 1 < text.count && text[position + 1] == "="
    if isPair || "<>=+-*/(),:".contains(c) {
      let symbol = isPair ? String([c, "="]) : String(c)
      position += symbol.count
      return Token(kind: .symbol(symbol), offset: start, text: symbol)
    }
    throw FormulaError(
      at: start, code: "formula.character", fr: "caractère inattendu : « \(c) »",
      en: "unexpected character: “\(c)”")
  }

  private mutating func name(from start: Int) -> Token {
    var parts = [""]
    while position < text.count {
      let c = text[position]
      if Lexer.goesOn(c) {
        parts[parts.count - 1].append(c)
      } else if c == ".", position + 1 < text.count, Lexer.begins(text[position + 1]) {
        parts.append("")
      } else {
        break
      }
      position += 1
    }
    return Token(kind: .name(parts), offset: start, text: parts.joined(separator: "."))
  }

  private mutating func parameter(from start: Int) throws(FormulaError) -> Token {
    position += 1
    var name = ""
    while position < text.count, Lexer.goesOn(text[position]) {
      name.append(text[position])
      position += 1
    }
    guard !name.isEmpty else {
      throw FormulaError(
        at: start, code: "formula.parameter", fr: "un nom de paramètre est attendu après « $ »",
        en: "the name of a parameter is expected after “$”")
    }
    return Token(kind: .parameter(name), offset: start, text: "$" + name)
  }

  private mutating func number(from start: Int) throws(FormulaError) -> Token {
    while position < text.count, text[position].isNumber || text[position] == "." {
      position += 1
    }
    let written = String(text[start..<position])
    guard let value = Double(written) else {
      throw FormulaError(
        at: start, code: "formula.number", fr: "nombre illisible : « \(written) »",
        en: "unreadable number: “\(written)”")
    }
    return Token(kind: .number(value), offset: start, text: written)
  }

  private mutating func string(from start: Int, quote: Character) throws(FormulaError) -> Token {
    position += 1
    var value = ""
    while position < text.count, text[position] != quote {
      value.append(text[position])
      position += 1
    }
    guard position < text.count else {
      throw FormulaError(
        at: start, code: "formula.string", fr: "texte jamais fermé (guillemet manquant)",
        en: "string never closed (missing quote)")
    }
    position += 1
    return Token(kind: .string(value), offset: start, text: "\"\(value)\"")
  }
}
