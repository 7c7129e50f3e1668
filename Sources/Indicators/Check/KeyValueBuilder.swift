import Diagnostics
import Model

/// Builds the per-key value and collects its inner aggregates.
struct KeyValueBuilder {
  /// What stands after `per`.
  enum Keyed {
    /// A path of the one table that all inner aggregates read.
    case path(RowExpression, RowType, base: String)
    /// A table: each inner aggregate finds the way from its own rows to that table's key.
    case table(String, offset: Int)
  }

  let checker: Checker
  let keyed: Keyed
  /// After `where`, beside a category.
  var categoryFilter: Syntax?
  var inners: [InnerAggregate] = []

  /// The type of the keys.
  var type: RowType {
    switch keyed {
    case .path(_, let type, _): type
    case .table(let name, _): .code(domain: name)
    }
  }

  mutating func build(_ syntax: Syntax) throws(FormulaError) -> KeyValue {
    switch syntax {
    case .number(let value, _): return .number(value)
    case .path(let parts, let offset):
      let base = try keyedBase(parts[0])
      let (path, _) = try RowChecker(model: checker.model, base: base).category(syntax)
      inners.append(
        InnerAggregate(
          kind: .rows(.count), scan: try checker.scan(base, filter: categoryFilter),
          key: try key(of: base, explicit: nil, offset: offset)))
      return .category(path)
    case .not(let inner, _): return .not(try condition(inner))
    case .binary("and", let a, let b, _): return .and(try condition(a), try condition(b))
    case .binary("or", let a, let b, _): return .or(try condition(a), try condition(b))
    case .binary(let symbol, let a, let b, let offset):
      if let arithmetic = Arithmetic(rawValue: symbol) {
        return .arithmetic(arithmetic, try number(a), try number(b))
      }
      if let comparison = Comparison(rawValue: symbol) {
        return .compare(comparison, try number(a), try number(b))
      }
      throw FormulaError(
        at: offset, code: "formula.type", fr: "opérateur non permis ici",
        en: "operator not allowed here")
    case .call(let name, let arguments, let offset):
      return .inner(try inner(name, arguments, offset: offset))
    case .string, .negative, .isIn, .scale:
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
      fr: "une condition par unité est attendue, comme count(…) > 0",
      en: "a condition per unit is expected, such as count(…) > 0")
  }

  private mutating func number(_ syntax: Syntax) throws(FormulaError) -> KeyValue {
    let value = try build(syntax)
    if !value.isCondition, !value.isCategory { return value }
    throw FormulaError(
      at: syntax.offset, code: "formula.type", fr: "un nombre par unité est attendu",
      en: "a number per unit is expected")
  }

  /// The table that a category is read of.
  private func keyedBase(_ name: String) throws(FormulaError) -> String {
    if case .path(_, _, let base) = keyed { return base }
    return name
  }

  /// The key of a table's rows.
  private func key(of table: String, explicit: Syntax?, offset: Int) throws(FormulaError)
    -> RowExpression
  {
    let rows = RowChecker(model: checker.model, base: table)
    if let explicit {
      let (key, found) = try rows.category(explicit)
      guard found == type else {
        throw FormulaError(
          at: explicit.offset, code: "formula.type",
          fr: "ce « per » ne mène pas aux mêmes unités que celui de l’agrégat extérieur",
          en: "this “per” does not lead to the same units as that of the outer aggregate")
      }
      return key
    }
    switch keyed {
    case .path(let key, _, let base):
      if table == base { return key }
      throw FormulaError(
        at: offset, code: "formula.other-table",
        fr: "l’agrégat lit « \(table) », mais « per » compte par lignes de « \(base) »",
        en: "the aggregate reads “\(table)”, but “per” counts by rows of “\(base)”",
        remedy: Phrase(
          fr: "pour plusieurs tables, écrivez « per » et le nom de la table des unités",
          en: "for several tables, write “per” and the name of the units’ table"))
    case .table(let name, _):
      guard let declaration = checker.model[table] else {
        throw FormulaError(
          at: offset, code: "formula.unknown-table", fr: "table inconnue « \(table) »",
          en: "unknown table “\(table)”")
      }
      return .path(
        try PathResolver(model: checker.model).path(from: declaration, to: name, offset: offset))
    }
  }

  private mutating func inner(_ name: String, _ arguments: [SyntaxArgument], offset: Int)
    throws(FormulaError) -> Int
  {
    guard let first = arguments.first, first.among == nil else {
      throw FormulaError(
        at: offset, code: "formula.arguments", fr: "agrégat intérieur mal formé",
        en: "malformed inner aggregate")
    }
    let call = Call(name: name, first: first, arguments: arguments, offset: offset)
    if let window = Scan.Window(rawValue: name), window != .period {
      let index = try inner(in: window, call)
      return index
    }
    return add(
      name == "months_open" ? try monthsOpen(call) : try rows(call, window: .period))
  }

  /// An inner aggregate of another time, such as `before(count(…))`.
  private mutating func inner(in window: Scan.Window, _ call: Call) throws(FormulaError) -> Int {
    guard call.arguments.count == 1,
      case .call(let name, let arguments, let offset) = call.first.value,
      let first = arguments.first, name != "months_open", call.first.key == nil,
      call.first.filter == nil
    else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments",
        fr: "\(call.name)(…) prend un agrégat, comme \(call.name)(count(attendance))",
        en: "\(call.name)(…) takes an aggregate, such as \(call.name)(count(attendance))")
    }
    return add(
      try rows(
        Call(name: name, first: first, arguments: arguments, offset: offset), window: window))
  }

  private mutating func add(_ aggregate: InnerAggregate) -> Int {
    if let index = inners.firstIndex(of: aggregate) { return index }
    inners.append(aggregate)
    return inners.count - 1
  }

  private func rows(_ call: Call, window: Scan.Window) throws(FormulaError) -> InnerAggregate {
    let (row, table) = try checker.rowAggregate(call)
    let key = try key(of: table, explicit: call.first.key, offset: call.offset)
    var scan = try checker.scan(table, filter: call.first.filter)
    scan.window = window
    scan = try checker.questionnaires(scan, row.expressions, offset: call.offset)
    try checker.checkWindow(scan, offset: call.offset)
    return InnerAggregate(kind: .rows(row), scan: scan, key: key)
  }

  private func monthsOpen(_ call: Call) throws(FormulaError) -> InnerAggregate {
    guard !inners.isEmpty, call.arguments.count == 2, call.first.key == nil,
      case .path(let register, let offset) = call.first.value,
      case .path(let sessions, _) = call.arguments[1].value,
      register.count == 1, sessions.count == 1, let table = checker.model[register[0]],
      table.validity != nil, let entity = table.keyColumn,
      type == .code(domain: entity.domain), let held = checker.model[sessions[0]],
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
