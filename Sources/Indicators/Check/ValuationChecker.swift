import Diagnostics
import Model
import Statistics

extension Checker {
  /// What changes are worth. The columns of the table are found by name.
  func valuation(_ call: Call) throws(FormulaError) -> Aggregate.Valuation {
    var labels = ["rate", "rate_low", "rate_high", "first_year", "spread", "vary"]
    switch call.name {
    case "social_value": labels = ["spread", "vary", "deduct", "people"]
    case "evidenced_share": labels = ["rate", "first_year", "when"]
    default: labels.append("inputs")
    }
    labels += ["counted", "by", "quantity"]
    try call.allow(labels: labels, positional: 1)
    guard case .path(let parts, let offset) = call.first.value, parts.count == 1,
      let table = model[parts[0]]
    else {
      throw FormulaError(
        at: call.first.value.offset, code: "formula.arguments",
        fr: "\(call.name)(…) prend le nom d’une table de changements, comme outcome",
        en: "\(call.name)(…) takes the name of a table of changes, such as outcome",
        remedy: usage(call.name))
    }
    let columns = ValuationColumns(model: model, table: table, offset: offset)
    var out = Aggregate.Valuation(
      gives: try valuationGives(call, table.name),
      scan: try scan(table.name, filter: call.first.filter), period: try columns.period(),
      numbers: try columns.numbers(), years: try columns.number("years"),
      start: try columns.number("starts"))
    out.inputs = try inputs(call)
    out.counted = try counted(call, table.name)
    if call.name != "social_value" { out.rate = try rate("rate", call) }
    if call.labelled("rate_low") != nil { out.lowRate = try rate("rate_low", call) }
    if call.labelled("rate_high") != nil { out.highRate = try rate("rate_high", call) }
    guard (out.lowRate ?? out.rate) <= out.rate, out.rate <= (out.highRate ?? out.rate) else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments",
        fr: "« rate: » doit se trouver entre « rate_low: » et « rate_high: »",
        en: "“rate:” must lie between “rate_low:” and “rate_high:”")
    }
    if call.labelled("spread") != nil { out.spread = try call.number("spread", example: 0.1) }
    if call.labelled("first_year") != nil,
      try call.word("first_year", among: ["end", "start"]) == "start"
    {
      out.timing = .start
    }
    if call.labelled("people") != nil {
      out.countsPeople = try call.word("people", among: ["yes", "no"]) == "yes"
    }
    let all = Aggregate.Valuation.Factor.allCases
    if let varied = try factors("vary", call, among: all) { out.varied = varied }
    if let deducted = try factors("deduct", call, among: all.filter(\.isDeducted)) {
      out.deducted = deducted
    }
    return out
  }

  private func valuationGives(_ call: Call, _ table: String) throws(FormulaError)
    -> Aggregate.Valuation.Gives
  {
    switch call.name {
    case "social_return": return .ratio
    case "social_value": return .firstYear
    case "break_even_deadweight": return .breakEven
    default:
      guard let condition = call.labelled("when") else { throw missing("when", call) }
      return .part(try RowChecker(model: model, base: table).condition(condition))
    }
  }

  private func inputs(_ call: Call) throws(FormulaError) -> Aggregate.Valuation.Inputs? {
    guard ["social_return", "break_even_deadweight"].contains(call.name) else { return nil }
    guard let syntax = call.labelled("inputs") else { throw missing("inputs", call) }
    guard case .call("sum", let arguments, let offset) = syntax,
      case .rows(.sum(let amount), let scan) = try aggregate("sum", arguments, offset: offset)
    else {
      throw FormulaError(
        at: syntax.offset, code: "formula.arguments",
        fr: "« inputs: » demande une somme, comme sum(ledger.amount)",
        en: "“inputs:” needs a sum, such as sum(ledger.amount)")
    }
    return Aggregate.Valuation.Inputs(amount: amount, scan: scan)
  }

  /// `counted: condition, by: path, quantity: "name" = distinct(person where …)`.
  private func counted(_ call: Call, _ table: String) throws(FormulaError)
    -> Aggregate.Valuation.Counted?
  {
    let wanted = call.arguments.filter { $0.label == "quantity" }
    guard let when = call.labelled("counted") else {
      if !wanted.isEmpty || call.labelled("by") != nil { throw missing("counted", call) }
      return nil
    }
    guard let by = call.labelled("by") else { throw missing("by", call) }
    guard !wanted.isEmpty else { throw missing("quantity", call) }
    let rows = RowChecker(model: model, base: table)
    guard case .path(let path) = try rows.category(by).0, path.links.isEmpty else {
      throw FormulaError(
        at: by.offset, code: "formula.arguments",
        fr: "« by: » demande une colonne de « \(table) »",
        en: "“by:” needs a column of “\(table)”")
    }
    var counts: [Aggregate.Valuation.Counted.Count] = []
    for argument in wanted {
      guard
        case .binary("=", .string(let name, _), .call("distinct", let people, let offset), _) =
          argument.value,
        case .rows(let distinct, let scan) = try aggregate("distinct", people, offset: offset)
      else {
        throw FormulaError(
          at: argument.value.offset, code: "formula.arguments",
          fr: "« quantity: » demande un nom et un nombre de personnes, comme "
            + "\"who5\" = distinct(response.respondent where …)",
          en: "“quantity:” needs a name and a number of people, such as "
            + "\"who5\" = distinct(response.respondent where …)")
      }
      counts.append(Aggregate.Valuation.Counted.Count(name: name, people: distinct, scan: scan))
    }
    return Aggregate.Valuation.Counted(
      when: try rows.condition(when), by: path, counts: counts)
  }

  private func rate(_ label: String, _ call: Call) throws(FormulaError) -> Double {
    guard call.labelled(label) != nil else { throw missing(label, call) }
    let rate = try call.number(label, example: 0.035)
    guard rate < 1 else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments",
        fr: "« \(label): » demande un taux, comme 0.035 pour 3,5 %",
        en: "“\(label):” needs a rate, such as 0.035 for 3.5%")
    }
    return rate
  }

  private func missing(_ label: String, _ call: Call) -> FormulaError {
    FormulaError(
      at: call.offset, code: "formula.arguments", fr: "« \(label): » est attendu",
      en: "“\(label):” is expected", remedy: usage(call.name))
  }

  private func factors(
    _ label: String, _ call: Call, among known: [Aggregate.Valuation.Factor]
  ) throws(FormulaError) -> Set<Aggregate.Valuation.Factor>? {
    var found: Set<Aggregate.Valuation.Factor> = []
    for argument in call.arguments where argument.label == label {
      var one = call
      one.arguments = [argument]
      let word = try one.word(label, among: known.map(\.rawValue))
      if let factor = Aggregate.Valuation.Factor(rawValue: word) { found.insert(factor) }
    }
    return found.isEmpty ? nil : found
  }
}

/// The columns of a table of changes.
private struct ValuationColumns {
  let model: Model
  let table: TableDeclaration
  let offset: Int

  func number(_ name: String) throws(FormulaError) -> RowExpression {
    try RowChecker(model: model, base: table.name)
      .number(.path([table.name] + name.split(separator: ".").map(String.init), offset: offset))
  }

  /// Base, low and high of each factor: `deadweight`, `deadweight_low`…; the proxy's are the
  /// columns `value`, `low`, `high` of the table that it links to.
  func numbers() throws(FormulaError) -> [Aggregate.Valuation.Factor: Aggregate.Valuation.Number] {
    var out: [Aggregate.Valuation.Factor: Aggregate.Valuation.Number] = [:]
    for factor in Aggregate.Valuation.Factor.allCases where factor != .rate {
      if factor == .proxy {
        let proxies = model[table["proxy"]?.target ?? ""]
        out[factor] = Aggregate.Valuation.Number(
          base: try number("proxy.value"),
          low: proxies?["low"] == nil ? nil : try number("proxy.low"),
          high: proxies?["high"] == nil ? nil : try number("proxy.high"))
        continue
      }
      let name = factor.rawValue
      out[factor] = Aggregate.Valuation.Number(
        base: try number(name),
        low: table[name + "_low"] == nil ? nil : try number(name + "_low"),
        high: table[name + "_high"] == nil ? nil : try number(name + "_high"))
    }
    return out
  }

  /// The period that a row names, in a table without dates.
  func period() throws(FormulaError) -> ResolvedPath? {
    guard table.date == nil, table["period"]?.kind == .text else { return nil }
    return try PathResolver(model: model).resolve([table.name, "period"], offset: offset)
  }
}
