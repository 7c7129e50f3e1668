import Diagnostics
import Model
import Periods

/// Checks expressions over the rows of one table: paths, types, allowed values.
struct RowChecker {
  let model: Model
  /// The table whose rows are read.
  let base: String
  /// Names without a dot: the cuts of the base table, for filters that a user types.
  var dimensions: [String: String] = [:]

  private var resolver: PathResolver { PathResolver(model: model) }

  /// Checks a condition.
  func condition(_ syntax: Syntax) throws(FormulaError) -> RowExpression {
    let (expression, type) = try check(syntax)
    guard type == .truth else {
      throw FormulaError(
        at: syntax.offset, code: "formula.type",
        fr: "une condition est attendue, comme colonne = \"valeur\"",
        en: "a condition is expected, such as column = \"value\"")
    }
    return expression
  }

  /// Checks a number.
  func number(_ syntax: Syntax) throws(FormulaError) -> RowExpression {
    let (expression, type) = try check(syntax)
    guard type == .number else {
      throw FormulaError(
        at: syntax.offset, code: "formula.type", fr: "un nombre est attendu",
        en: "a number is expected")
    }
    return expression
  }

  /// Checks a path that names categories or entities.
  func category(_ syntax: Syntax) throws(FormulaError) -> (RowExpression, RowType) {
    let (expression, type) = try check(syntax)
    switch (expression, type) {
    case (.calendar(.pair, _), _): return (expression, type)
    case (.path, .code), (.path, .step), (.path, .week), (.path, .day): return (expression, type)
    default:
      throw FormulaError(
        at: syntax.offset, code: "formula.type",
        fr: "un chemin vers une catégorie ou une personne est attendu",
        en: "a path to a category or a person is expected")
    }
  }

  /// Checks any expression.
  func check(_ syntax: Syntax) throws(FormulaError) -> (RowExpression, RowType) {
    switch syntax {
    case .number(let value, _): return (.number(value), .number)
    case .string(let text, _): return (.text(text), .code(domain: ""))
    case .path(let parts, let offset) where isPeriod(parts):
      return (.periodDay(try periodEnd(parts, offset: offset)), .day)
    case .path(let parts, let offset):
      let path = try resolve(parts, offset: offset)
      if path.base != base {
        throw FormulaError(
          at: offset, code: "formula.other-table",
          fr:
            "« \(parts.joined(separator: ".")) » ne peut pas s’appliquer aux lignes de « \(base) »",
          en: "“\(parts.joined(separator: "."))” cannot apply to the rows of “\(base)”",
          remedy: Phrase(
            fr: "commencez le chemin par « \(base). »", en: "begin the path with “\(base).”"))
      }
      return (.path(path), path.type)
    case .negative(let inner, _):
      return (.arithmetic(.subtract, .number(0), try number(inner)), .number)
    case .not(let inner, _): return (.not(try condition(inner)), .truth)
    case .isIn(let value, let items, let offset):
      return try membership(value, items, offset: offset)
    case .binary(let symbol, let a, let b, let offset):
      return try binary(symbol, a, b, offset: offset)
    case .scale(let scale, let instrument, let offset):
      return (.score(.score(try score(scale, instrument, offset: offset))), .number)
    case .call(let name, let arguments, let offset):
      return try call(name, arguments, offset: offset)
    }
  }

  private func resolve(_ parts: [String], offset: Int) throws(FormulaError) -> ResolvedPath {
    if parts.count == 1, let path = dimensions[parts[0]], let table = model[base] {
      return try resolver.resolve(path, from: table)
    }
    if parts.count == 1, !dimensions.isEmpty {
      let near = Suggestion.nearest(to: parts[0], among: dimensions.keys.sorted())
      throw FormulaError(
        at: offset, code: "formula.unknown-cut",
        fr: "« \(parts[0]) » ne s’applique pas aux lignes de « \(base) »",
        en: "“\(parts[0])” does not apply to the rows of “\(base)”",
        remedy: near.map {
          Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
        }
          ?? Phrase(
            fr: "ventilations possibles : \(dimensions.keys.sorted().joined(separator: ", "))",
            en: "possible cuts: \(dimensions.keys.sorted().joined(separator: ", "))"))
    }
    return try resolver.resolve(parts, offset: offset)
  }

  private func binary(_ symbol: String, _ a: Syntax, _ b: Syntax, offset: Int)
    throws(FormulaError) -> (RowExpression, RowType)
  {
    switch symbol {
    case "and": return (.and(try condition(a), try condition(b)), .truth)
    case "or": return (.or(try condition(a), try condition(b)), .truth)
    default: break
    }
    if let arithmetic = Arithmetic(rawValue: symbol) {
      return (.arithmetic(arithmetic, try number(a), try number(b)), .number)
    }
    guard let comparison = Comparison(rawValue: symbol) else {
      throw FormulaError(
        at: offset, code: "formula.syntax", fr: "opérateur inconnu", en: "unknown operator")
    }
    if [.equal, .notEqual].contains(comparison),
      let band = try band(a, [b], isEqual: comparison == .equal, offset: offset)
    {
      return (band, .truth)
    }
    let (left, leftType) = try check(a)
    let (right, rightType) = try check(b)
    let (l, r, type) = try agree(left, leftType, right, rightType, at: b.offset)
    if case .code = type, comparison != .equal, comparison != .notEqual {
      throw FormulaError(
        at: offset, code: "formula.type", fr: "un texte ne se compare que par = ou !=",
        en: "a text compares by = or != only")
    }
    return (.compare(comparison, l, r), .truth)
  }

  /// Makes two sides comparable: a text beside a day is a date, a text beside a code is checked
  /// against the allowed values.
  private func agree(
    _ l: RowExpression, _ lt: RowType, _ r: RowExpression, _ rt: RowType, at offset: Int
  ) throws(FormulaError) -> (RowExpression, RowExpression, RowType) {
    switch (lt, rt, l, r) {
    case (.number, .number, _, _): return (l, r, .number)
    case (.day, .day, _, _): return (l, r, .day)
    case (.week, .week, _, _): return (l, r, .week)
    case (.step(let a), .step(let b), _, _) where a == b: return (l, r, lt)
    case (.day, _, _, .text(let text)): return (l, .day(try day(text, offset)), .day)
    case (_, .day, .text(let text), _): return (.day(try day(text, offset)), r, .day)
    case (.code, _, .path(let path), .text(let text)):
      try allow(text, for: path, offset: offset)
      return (l, r, lt)
    case (_, .code, .text(let text), .path(let path)):
      try allow(text, for: path, offset: offset)
      return (l, r, rt)
    case (.code(let a), .code(let b), .path, .path) where a == b: return (l, r, lt)
    default:
      throw FormulaError(
        at: offset, code: "formula.type", fr: "les deux côtés ne se comparent pas",
        en: "the two sides do not compare")
    }
  }

  func day(_ text: String, _ offset: Int) throws(FormulaError) -> Day {
    if let day = Day(iso: text) { return day }
    throw FormulaError(
      at: offset, code: "formula.date", fr: "une date AAAA-MM-JJ est attendue",
      en: "a date YYYY-MM-DD is expected")
  }

  private func membership(_ value: Syntax, _ items: [Syntax], offset: Int)
    throws(FormulaError) -> (RowExpression, RowType)
  {
    if let band = try band(value, items, isEqual: true, offset: offset) { return (band, .truth) }
    let (left, type) = try check(value)
    var out: [RowExpression] = []
    for item in items {
      let (right, rightType) = try check(item)
      switch right {
      case .text, .number: break
      default:
        throw FormulaError(
          at: item.offset, code: "formula.type", fr: "une valeur écrite est attendue",
          en: "a written value is expected")
      }
      out.append(try agree(left, type, right, rightType, at: item.offset).1)
    }
    return (.isIn(left, out), .truth)
  }

  private func call(_ name: String, _ arguments: [SyntaxArgument], offset: Int)
    throws(FormulaError) -> (RowExpression, RowType)
  {
    switch name {
    case "known":
      guard arguments.count == 1 else { break }
      return (.known(try check(arguments[0].value).0), .truth)
    case "coalesce":
      guard arguments.count >= 2 else { break }
      let isDay = try check(arguments[0].value).1 == .day
      var items: [RowExpression] = []
      for argument in arguments {
        items.append(isDay ? try day(argument.value) : try number(argument.value))
      }
      return (.coalesce(items, isDay: isDay), isDay ? .day : .number)
    case "days":
      guard arguments.count == 2 else { break }
      return (.days(try day(arguments[0].value), try day(arguments[1].value)), .number)
    case "score":
      throw FormulaError(
        at: offset, code: "formula.scale",
        fr: "score(…) ne s’écrit que dans la formule d’une définition",
        en: "score(…) is written in the formula of a definition only")
    case "change": return (.score(.change(try change(arguments, offset: offset))), .number)
    case "days_present":
      guard arguments.count == 1 else { break }
      return (.daysPresent(try register(arguments[0].value)), .number)
    case "month_start", "month_end", "months_present", "pair":
      return try calendar(name, arguments, offset: offset)
    case let word where Lookup.Which(rawValue: word) != nil:
      guard let which = Lookup.Which(rawValue: word), !arguments.isEmpty else { break }
      return (.lookup(try lookup(which, arguments, offset: offset)), .day)
    default:
      let near = Suggestion.nearest(
        to: name,
        among: [
          "known", "coalesce", "days", "days_present", "months_present", "month_start",
          "month_end", "pair", "score", "change",
        ]
          + Lookup.Which.allCases.map(\.rawValue)
      )
      throw FormulaError(
        at: offset, code: "formula.unknown-function",
        fr: "« \(name) » n’est pas une fonction de ligne", en: "“\(name)” is not a row function",
        remedy: near.map {
          Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
        })
    }
    throw FormulaError(
      at: offset, code: "formula.arguments", fr: "« \(name) » : nombre d’arguments incorrect",
      en: "“\(name)”: wrong number of arguments")
  }

  /// Checks a written value against the column's allowed values.
  func allow(_ text: String, for path: ResolvedPath, offset: Int) throws(FormulaError) {
    let allowed = allowedValues(of: path)
    guard !allowed.isEmpty, !allowed.contains(text) else { return }
    throw FormulaError(
      at: offset, code: "formula.value",
      fr: "« \(text) » n’est pas une valeur de « \(path.column) »",
      en: "“\(text)” is not a value of “\(path.column)”",
      remedy: Phrase(
        fr: "valeurs possibles : \(allowed.joined(separator: ", "))",
        en: "possible values: \(allowed.joined(separator: ", "))"))
  }

  private func allowedValues(of path: ResolvedPath) -> [String] {
    switch path.leaf {
    case .bands(_, let bands): return bands.map(\.value)
    case .column(let name):
      return model[path.links.last?.target ?? path.base]?[name]?.values.map(\.value) ?? []
    default: return []
    }
  }
}
