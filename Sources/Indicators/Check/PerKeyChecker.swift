import Diagnostics
import Model

extension Checker {
  /// Two-level aggregates: a value for each key, then an aggregate of those.
  func perKey(_ call: Call) throws(FormulaError) -> Aggregate {
    guard let keySyntax = call.first.key, call.first.filter == nil else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments",
        fr: "avec « per », « where » s’écrit dans l’agrégat intérieur",
        en: "with “per”, “where” goes inside the inner aggregate")
    }
    let base = try baseTable(of: keySyntax)
    let (key, keyType) = try RowChecker(model: model, base: base).category(keySyntax)
    var builder = KeyValueBuilder(checker: self, base: base, key: key, keyType: keyType)
    let value = try builder.build(call.first.value)
    let outer: OuterAggregate
    switch call.name {
    case "count":
      try call.allow(labels: [], positional: 1)
      outer = .count
    case "sum":
      try call.allow(labels: [], positional: 1)
      outer = .sum
    case "mean":
      try call.allow(labels: [], positional: 1)
      outer = .mean
    case "min":
      try call.allow(labels: [], positional: 1)
      outer = .minimum
    case "max":
      try call.allow(labels: [], positional: 1)
      outer = .maximum
    case "median":
      try call.allow(labels: [], positional: 1)
      outer = .quantile(0.5)
    case "quantile":
      try call.allow(labels: [], positional: 2)
      outer = .quantile(try call.fraction(1))
    case "share":
      try call.allow(labels: [], positional: 1)
      outer = .share
    case "gini":
      try call.allow(labels: [], positional: 1)
      outer = .gini
    case "adjusted_gini":
      try call.allow(labels: [], positional: 1)
      outer = .adjustedGini
    case "top_share":
      try call.allow(labels: [], positional: 2)
      outer = .topShare(try call.fraction(1))
    case "blau":
      try call.allow(labels: [], positional: 1)
      outer = .blau(classes: nil)
    case "blau_normalised":
      try call.allow(labels: ["classes"], positional: 1)
      outer = .blau(classes: try call.whole("classes"))
    default: throw unknownFunction(call)
    }
    try match(outer, value, call)
    var among: Population?
    if let syntax = call.first.among {
      guard case .path(let parts, let offset) = syntax, parts.count == 1,
        let table = model[parts[0]], table.validity != nil || table.date != nil,
        let entity = table.keyColumn, keyType == .code(domain: entity.domain)
      else {
        throw FormulaError(
          at: syntax.offset, code: "formula.among",
          fr: "« among » prend une table datée des mêmes unités que « per »",
          en: "“among” takes a dated table of the same units as “per”")
      }
      among = Population(
        entity: .path(
          try PathResolver(model: model).resolve([parts[0], entity.name], offset: offset)),
        mode: .any, scan: try scan(parts[0], condition: nil))
    }
    return .perKey(outer, value, builder.inners, among: among)
  }

  private func match(_ outer: OuterAggregate, _ value: KeyValue, _ call: Call)
    throws(FormulaError)
  {
    let (isCondition, isCategory) = (value.isCondition, value.isCategory)
    let fits =
      switch outer {
      case .share: isCondition
      case .blau: isCategory
      case .count: !isCategory
      default: !isCondition && !isCategory
      }
    if fits { return }
    throw FormulaError(
      at: call.first.value.offset, code: "formula.type",
      fr: "« \(call.name) » ne s’applique pas à cette valeur par unité",
      en: "“\(call.name)” does not apply to this value per unit", remedy: usage(call.name))
  }
}

/// Builds the per-key value and collects its inner aggregates.
struct KeyValueBuilder {
  let checker: Checker
  let base: String
  let key: RowExpression
  let keyType: RowType
  var inners: [InnerAggregate] = []

  mutating func build(_ syntax: Syntax) throws(FormulaError) -> KeyValue {
    switch syntax {
    case .number(let value, _): return .number(value)
    case .path:
      let (path, _) = try RowChecker(model: checker.model, base: base).category(syntax)
      inners.append(
        InnerAggregate(
          kind: .rows(.count), scan: try checker.scan(base, condition: nil), key: key))
      return .category(path)
    case .binary(let symbol, let a, let b, let offset):
      if let arithmetic = Arithmetic(rawValue: symbol) {
        return .arithmetic(arithmetic, try number(a), try number(b))
      }
      if let comparison = Comparison(rawValue: symbol) {
        return .compare(comparison, try number(a), try number(b))
      }
      if symbol == "and" { return .and(try condition(a), try condition(b)) }
      if symbol == "or" { return .or(try condition(a), try condition(b)) }
      throw FormulaError(
        at: offset, code: "formula.type", fr: "opérateur non permis ici",
        en: "operator not allowed here")
    case .not(let inner, _): return .not(try condition(inner))
    case .call(let name, let arguments, let offset):
      return .inner(try inner(name, arguments, offset: offset))
    case .string, .negative, .isIn:
      throw FormulaError(
        at: syntax.offset, code: "formula.type", fr: "un agrégat par unité est attendu",
        en: "an aggregate per unit is expected")
    }
  }

  private mutating func condition(_ syntax: Syntax) throws(FormulaError) -> KeyValue {
    let value = try build(syntax)
    if value.isCondition { return value }
    throw FormulaError(
      at: syntax.offset, code: "formula.type",
      fr: "une condition est attendue, comme count(…) >= 2",
      en: "a condition is expected, such as count(…) >= 2")
  }

  private mutating func number(_ syntax: Syntax) throws(FormulaError) -> KeyValue {
    let value = try build(syntax)
    if !value.isCondition && !value.isCategory { return value }
    throw FormulaError(
      at: syntax.offset, code: "formula.type", fr: "un nombre par unité est attendu",
      en: "a number per unit is expected")
  }

  private mutating func inner(_ name: String, _ arguments: [SyntaxArgument], offset: Int)
    throws(FormulaError) -> Int
  {
    guard let first = arguments.first, first.key == nil else {
      throw FormulaError(
        at: offset, code: "formula.arguments", fr: "agrégat intérieur mal formé",
        en: "malformed inner aggregate")
    }
    let call = Call(name: name, first: first, arguments: arguments, offset: offset)
    let aggregate: InnerAggregate
    if name == "months_open" {
      aggregate = try monthsOpen(call)
    } else {
      let (row, table) = try checker.rowAggregate(call)
      guard table == base else {
        throw FormulaError(
          at: offset, code: "formula.other-table",
          fr: "l’agrégat lit « \(table) », mais « per » compte par lignes de « \(base) »",
          en: "the aggregate reads “\(table)”, but “per” counts by rows of “\(base)”")
      }
      aggregate = InnerAggregate(
        kind: .rows(row), scan: try checker.scan(table, filter: first.filter), key: key)
    }
    if let index = inners.firstIndex(of: aggregate) { return index }
    inners.append(aggregate)
    return inners.count - 1
  }

  private func monthsOpen(_ call: Call) throws(FormulaError) -> InnerAggregate {
    guard !inners.isEmpty, call.arguments.count == 2,
      case .path(let register, let offset) = call.first.value,
      case .path(let sessions, _) = call.arguments[1].value,
      register.count == 1, sessions.count == 1, let table = checker.model[register[0]],
      table.validity != nil, let entity = table.keyColumn,
      keyType == .code(domain: entity.domain), let held = checker.model[sessions[0]],
      held.date != nil, held.residence != nil, table.residence != nil
    else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments",
        fr: "months_open(registre, séances) se place après un autre agrégat par personne",
        en: "months_open(register, sessions) comes after another aggregate per person")
    }
    return InnerAggregate(
      kind: .monthsOpen(sessions: try checker.scan(sessions[0], condition: nil)),
      scan: try checker.scan(register[0], condition: nil),
      key: .path(
        try PathResolver(model: checker.model).resolve(
          [register[0], entity.name], offset: offset)))
  }
}
