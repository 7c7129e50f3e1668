import Diagnostics
import Model
import Periods

/// Aggregates over time: other windows, survival, unions of intervals, weeks.
extension Checker {
  /// The same aggregate over the rows of another time: `last_period(count(attendance))`.
  func windowed(_ window: Scan.Window, _ call: Call) throws(FormulaError) -> Aggregate {
    guard window != .period else { throw unknownFunction(call) }
    guard call.arguments.count == 1,
      case .call(let name, let arguments, let offset) = call.first.value, call.first.filter == nil,
      call.first.key == nil
    else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments",
        fr: "\(call.name)(…) prend un agrégat, comme \(call.name)(count(attendance))",
        en: "\(call.name)(…) takes an aggregate, such as \(call.name)(count(attendance))")
    }
    let inner = try aggregate(name, arguments, offset: offset)
    switch inner {
    case .rows, .hours: break
    case .ties(let ties) where !ties.isNew: break
    case .perKey(let perKey) where perKey.among == nil: break
    default: throw fixedTime(offset)
    }
    let changed = try inner.mapScans { scan throws(FormulaError) in
      guard scan.window == .period else { throw fixedTime(offset) }
      var out = scan
      out.window = window
      try checkWindow(out, offset: offset)
      return out
    }
    return changed
  }

  private func fixedTime(_ offset: Int) -> FormulaError {
    FormulaError(
      at: offset, code: "formula.window",
      fr: "cet agrégat ne se calcule que sur la période demandée",
      en: "this aggregate is computed over the period asked for only")
  }

  /// Refuses another time for rows that hold for a span.
  func checkWindow(_ scan: Scan, offset: Int) throws(FormulaError) {
    if scan.window == .period || model[scan.table]?.date != nil { return }
    throw FormulaError(
      at: offset, code: "formula.date", fr: "la table « \(scan.table) » n’a pas de date",
      en: "the table “\(scan.table)” has no date")
  }

  /// How long people take part.
  func survival(_ call: Call) throws(FormulaError) -> Aggregate.Survival {
    let labels = ["lapse", "clock", "register", "closed_from", "closed_to"]
    try call.allow(
      labels: call.name == "survival" ? labels + ["at"] : labels,
      positional: call.name == "survival_quantile" ? 2 : 1)
    let table = try baseTable(of: call.first.value)
    guard model[table]?.date != nil else {
      throw FormulaError(
        at: call.offset, code: "formula.date", fr: "la table « \(table) » n’a pas de date",
        en: "the table “\(table)” has no date")
    }
    let rows = RowChecker(model: model, base: table)
    let (person, type) = try rows.category(call.first.value)
    var clock: RowExpression?
    if let syntax = call.labelled("clock") { clock = try rows.number(syntax) }
    var register: Scan?
    if let syntax = call.labelled("register") {
      guard case .path(let parts, _) = syntax, parts.count == 1, let table = model[parts[0]],
        table.validity != nil, let key = table.keyColumn, type == .code(domain: key.domain)
      else {
        throw FormulaError(
          at: syntax.offset, code: "formula.register",
          fr: "« register: » prend le registre daté des mêmes personnes, comme resident",
          en: "“register:” takes the dated register of the same people, such as resident")
      }
      register = Scan(table: table.name)
    }
    return Aggregate.Survival(
      scan: try scan(table, filter: call.first.filter), person: person,
      lapse: try call.whole("lapse"),
      value: try survivalValue(call), clock: clock, register: register,
      closed: try closedDays(call))
  }

  /// What of a curve of survival a function gives.
  func survivalValue(_ call: Call) throws(FormulaError) -> SurvivalValue {
    switch call.name {
    case "survival", "km": return .at(try call.number("at", example: 365))
    case "survival_quantile", "km_quantile": return .quantile(try call.fraction(1))
    default: return .quantile(0.5)
    }
  }

  /// Hours in at least one interval of a key.
  func unionHours(_ call: Call) throws(FormulaError) -> Aggregate.UnionHours {
    try call.allow(labels: [], positional: 2)
    guard call.arguments.count == 2, let key = call.arguments[1].key else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments",
        fr: "union_hours(…) prend un début, une fin et « per » une clé",
        en: "union_hours(…) takes a start, an end and “per” a key", remedy: usage(call.name))
    }
    let table = try baseTable(of: call.first.value)
    guard model[table]?.date != nil else {
      throw FormulaError(
        at: call.offset, code: "formula.date", fr: "la table « \(table) » n’a pas de date",
        en: "the table “\(table)” has no date")
    }
    let rows = RowChecker(model: model, base: table)
    return Aggregate.UnionHours(
      scan: try scan(table, filter: call.arguments[1].filter ?? call.first.filter),
      key: try rows.category(key).0, start: try rows.number(call.first.value),
      end: try rows.number(call.arguments[1].value))
  }

  /// The share of open weeks with a row.
  func weeks(_ call: Call) throws(FormulaError) -> Aggregate.Weeks {
    try call.allow(labels: ["closed_from", "closed_to"], positional: 1)
    guard case .path(let parts, _) = call.first.value, parts.count == 1,
      let table = model[parts[0]], table.date != nil, table.residence != nil
    else {
      throw FormulaError(
        at: call.first.value.offset, code: "formula.arguments",
        fr: "share_of_weeks(…) prend une table datée de séances, comme activity",
        en: "share_of_weeks(…) takes a dated table of sessions, such as activity")
    }
    return Aggregate.Weeks(
      scan: try scan(table.name, filter: call.first.filter), closed: try closedDays(call))
  }

  /// `closed_from:` and `closed_to:`, two dates of one table, both of closed days.
  private func closedDays(_ call: Call) throws(FormulaError) -> ClosedDays? {
    guard let from = call.labelled("closed_from") ?? call.labelled("closed_to") else { return nil }
    guard case .path(let first, let offset)? = call.labelled("closed_from"),
      case .path(let last, let at)? = call.labelled("closed_to"), let table = model[first[0]],
      first[0] == last[0], table.residence != nil
    else {
      throw FormulaError(
        at: from.offset, code: "formula.arguments",
        fr:
          "« closed_from: » et « closed_to: » vont ensemble : deux dates d’une même table, comme closure.first et closure.last",
        en:
          "“closed_from:” and “closed_to:” go together: two dates of one table, such as closure.first and closure.last"
      )
    }
    let resolver = PathResolver(model: model)
    let (a, b) = (
      try resolver.resolve(first, offset: offset), try resolver.resolve(last, offset: at)
    )
    guard a.type == .day, b.type == .day, a.links.isEmpty, b.links.isEmpty else {
      throw FormulaError(
        at: offset, code: "formula.type", fr: "deux dates sont attendues",
        en: "two dates are expected")
    }
    return ClosedDays(scan: try scan(table.name, condition: nil), first: a, last: b)
  }

  /// How far those counted differ from a register.
  func dissimilarity(_ call: Call) throws(FormulaError) -> Aggregate.Dissimilarity {
    try call.allow(labels: [], positional: 3)
    guard call.arguments.count >= 2, case .path(let parts, _) = call.arguments[1].value,
      let table = model[parts[0]], table.validity != nil, let entity = table.keyColumn
    else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments",
        fr: "dissimilarity(…) prend une catégorie « per » une clé, puis celle d’un registre daté",
        en: "dissimilarity(…) takes a category “per” a key, then that of a dated register",
        remedy: usage(call.name))
    }
    let rows = RowChecker(model: model, base: table.name)
    let (category, type) = try rows.category(call.arguments[1].value)
    let counted = try perKey(call, .blau(classes: nil))
    guard case .category(.path(let path)) = counted.value, path.type == type, counted.among == nil
    else {
      throw FormulaError(
        at: call.arguments[1].value.offset, code: "formula.type",
        fr: "les deux côtés doivent être la même catégorie",
        en: "both sides must be the same category")
    }
    var mode = PopulationMode.average
    if call.arguments.count > 2 {
      guard case .path(let word, _) = call.arguments[2].value, word.count == 1,
        let found = PopulationMode(rawValue: word[0]), found != .throughout
      else {
        throw FormulaError(
          at: call.arguments[2].value.offset, code: "formula.mode",
          fr: "average, any, start ou end est attendu", en: "average, any, start or end is expected"
        )
      }
      mode = found
    }
    let key = try PathResolver(model: model).resolve(
      [table.name, entity.name], offset: call.arguments[1].value.offset)
    return Aggregate.Dissimilarity(
      counted: counted,
      register: Population(
        entity: .path(key), mode: mode,
        scan: try scan(table.name, filter: call.arguments[1].filter)),
      category: category)
  }
}
