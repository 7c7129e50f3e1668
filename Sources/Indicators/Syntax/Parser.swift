import Diagnostics

/// Reads a formula.
///
///     formula    = or
///     or         = and { "or" and }
///     and        = not { "and" not }
///     not        = [ "not" ] comparison
///     comparison = sum [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) sum | "in" "(" sum, … ")" ]
///     sum        = product { ( "+" | "-" ) product }
///     product    = factor { ( "*" | "/" ) factor }
///     factor     = number | "$" name | string | path | path "(" argument, … ")" | "(" formula ")" | "-" factor
///     argument   = [ name ":" ] formula [ "where" formula ] [ "per" path ] [ "among" path ]
struct Parser {
  private let tokens: [Token]
  private let parameters: [String: Double]
  private var position = 0
  private var depth = 0

  /// Reads a whole formula; `$name` stands for the parameter of that name.
  static func parse(_ formula: String, parameters: [String: Double] = [:]) throws(FormulaError)
    -> Syntax
  {
    var parser = Parser(tokens: try Lexer.tokens(formula), parameters: parameters)
    let syntax = try parser.or()
    let token = parser.token
    guard token.kind == .end else {
      throw FormulaError(
        at: token.offset, code: "formula.syntax",
        fr: "« \(token.text) » n’est pas attendu ici", en: "“\(token.text)” is not expected here")
    }
    return syntax
  }

  private init(tokens: [Token], parameters: [String: Double]) {
    self.tokens = tokens
    self.parameters = parameters
  }

  private var token: Token { tokens[position] }

  private func isWord(_ word: String) -> Bool { token.kind == .name([word]) }
  private func isSymbol(_ symbol: String) -> Bool { token.kind == .symbol(symbol) }

  private mutating func take(_ symbol: String) -> Bool {
    guard isSymbol(symbol) else { return false }
    position += 1
    return true
  }

  private mutating func takeWord(_ word: String) -> Bool {
    guard isWord(word) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ symbol: String) throws(FormulaError) {
    guard take(symbol) else {
      let found =
        token.kind == .end
        ? Phrase(fr: "fin de formule", en: "the end") : Phrase(same: "« \(token.text) »")
      throw FormulaError(
        at: token.offset, code: "formula.syntax",
        fr: "« \(symbol) » attendu, et non \(found.fr)",
        en: "“\(symbol)” expected, found \(found.en)")
    }
  }

  private mutating func or() throws(FormulaError) -> Syntax {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else {
      throw FormulaError(
        at: token.offset, code: "formula.depth", fr: "formule trop imbriquée",
        en: "formula nested too deep")
    }
    var left = try and()
    while isWord("or") {
      let offset = token.offset
      position += 1
      left = .binary("or", left, try and(), offset: offset)
    }
    return left
  }

  private mutating func and() throws(FormulaError) -> Syntax {
    var left = try negation()
    while isWord("and") {
      let offset = token.offset
      position += 1
      left = .binary("and", left, try negation(), offset: offset)
    }
    return left
  }

  private mutating func negation() throws(FormulaError) -> Syntax {
    let offset = token.offset
    if takeWord("not") { return .not(try comparison(), offset: offset) }
    return try comparison()
  }

  private mutating func comparison() throws(FormulaError) -> Syntax {
    let left = try sum()
    let offset = token.offset
    for symbol in ["=", "!=", "<=", ">=", "<", ">"] where isSymbol(symbol) {
      position += 1
      return .binary(symbol, left, try sum(), offset: offset)
    }
    if takeWord("in") {
      try expect("(")
      var items = [try sum()]
      while take(",") { items.append(try sum()) }
      try expect(")")
      return .isIn(left, items, offset: offset)
    }
    return left
  }

  private mutating func sum() throws(FormulaError) -> Syntax {
    var left = try product()
    while isSymbol("+") || isSymbol("-") {
      let (symbol, offset) = (token.text, token.offset)
      position += 1
      left = .binary(symbol, left, try product(), offset: offset)
    }
    return left
  }

  private mutating func product() throws(FormulaError) -> Syntax {
    var left = try factor()
    while isSymbol("*") || isSymbol("/") {
      let (symbol, offset) = (token.text, token.offset)
      position += 1
      left = .binary(symbol, left, try factor(), offset: offset)
    }
    return left
  }

  private mutating func factor() throws(FormulaError) -> Syntax {
    let here = token
    switch here.kind {
    case .number(let value):
      position += 1
      return .number(value, offset: here.offset)
    case .parameter(let name):
      position += 1
      guard let value = parameters[name] else { throw unknown(name, at: here.offset) }
      return .number(value, offset: here.offset)
    case .string(let value):
      position += 1
      return .string(value, offset: here.offset)
    case .symbol("("):
      position += 1
      let inner = try or()
      try expect(")")
      return inner
    case .symbol("-"):
      position += 1
      depth += 1
      defer { depth -= 1 }
      guard depth < 100 else {
        throw FormulaError(
          at: here.offset, code: "formula.depth", fr: "formule trop imbriquée",
          en: "formula nested too deep")
      }
      return .negative(try factor(), offset: here.offset)
    case .name(let parts):
      position += 1
      guard isSymbol("("), let name = parts.first, parts.count == 1 else {
        return .path(parts, offset: here.offset)
      }
      position += 1
      var arguments: [SyntaxArgument] = []
      if !isSymbol(")") {
        repeat { arguments.append(try argument()) } while take(",")
      }
      try expect(")")
      return .call(name, arguments, offset: here.offset)
    default:
      let found =
        here.kind == .end
        ? Phrase(fr: "fin de formule", en: "the end") : Phrase(same: "« \(here.text) »")
      throw FormulaError(
        at: here.offset, code: "formula.syntax",
        fr: "une valeur, un chemin ou une fonction est attendu, et non \(found.fr)",
        en: "a value, a path or a function is expected, found \(found.en)")
    }
  }

  private func unknown(_ name: String, at offset: Int) -> FormulaError {
    let known = parameters.keys.sorted()
    return FormulaError(
      at: offset, code: "formula.parameter",
      fr: "le paramètre « $\(name) » n’est pas déclaré par la définition",
      en: "the parameter “$\(name)” is not declared by the definition",
      remedy: Suggestion.nearest(to: name, among: known).map {
        Phrase(fr: "vouliez-vous dire « $\($0) » ?", en: "did you mean “$\($0)”?")
      }
        ?? Phrase(
          fr: "déclarez-le : parameters: {\(name): 2}",
          en: "declare it: parameters: {\(name): 2}"))
  }

  private mutating func argument() throws(FormulaError) -> SyntaxArgument {
    var label: String?
    if case .name(let parts) = token.kind, parts.count == 1,
      tokens[position + 1].kind == .symbol(":")
    {
      label = parts[0]
      position += 2
    }
    var argument = SyntaxArgument(label: label, value: try or())
    if takeWord("where") { argument.filter = try or() }
    if takeWord("per") { argument.key = try factor() }
    if takeWord("among") { argument.among = try factor() }
    return argument
  }
}
