import Diagnostics
import Model

extension Checker {
  private static let surveyLabels = [
    "weight", "stratum", "cluster", "population", "margin", "cap", "over", "empty", "totals",
  ]

  /// Estimates from a sample.
  func survey(_ call: Call) throws(FormulaError) -> Aggregate.Survey {
    try call.allow(labels: Checker.surveyLabels, positional: 1)
    let value = call.first.value
    let table = try baseTable(of: value)
    let rows = RowChecker(model: model, base: table)
    let gives: Aggregate.Survey.Gives
    switch call.name {
    case "survey_mean": gives = .mean(try rows.number(value))
    case "survey_share": gives = .share(try rows.condition(value))
    default:
      guard case .path(let parts, _) = value, parts.count == 1 else {
        throw FormulaError(
          at: value.offset, code: "formula.arguments",
          fr: "\(call.name)(…) prend le nom d’une table",
          en: "\(call.name)(…) takes the name of a table", remedy: usage(call.name))
      }
      gives = call.name == "survey_size" ? .effectiveSize : .greatestWeight
    }
    var read: [RowExpression] = []
    switch gives {
    case .mean(let value), .share(let value): read = [value]
    default: break
    }
    var out = Aggregate.Survey(
      gives: gives,
      scan: try questionnaires(
        scan(table, filter: call.first.filter), read, offset: call.offset))
    if let syntax = call.labelled("weight") { out.weight = try rows.number(syntax) }
    if let syntax = call.labelled("stratum") { out.stratum = try rows.category(syntax).0 }
    if let syntax = call.labelled("cluster") { out.cluster = try rows.category(syntax).0 }
    out.population = try finitePopulation(call)
    for argument in call.arguments where argument.label == "margin" {
      out.margins.append(try margin(argument, rows, out.population))
    }
    if let syntax = call.labelled("cap") {
      out.cap = try call.number("cap", example: 5)
      guard out.cap ?? 0 > 1 else {
        throw FormulaError(
          at: syntax.offset, code: "formula.arguments",
          fr: "« cap: » demande un nombre au-dessus de 1, le poids moyen",
          en: "“cap:” needs a number over 1, the mean weight")
      }
    }
    func choice(_ label: String, _ words: [String]) throws(FormulaError) -> Bool {
      if call.labelled(label) == nil { return false }
      return try call.word(label, among: words) == words[1]
    }
    out.isTrimmed = try choice("over", ["refuse", "trim"])
    out.leavesEmpty = try choice("empty", ["refuse", "aside"])
    out.totalsAsLast = try choice("totals", ["agree", "last"])
    if let needless = out.margins.isEmpty
      ? ["cap", "over", "empty", "totals"].compactMap({ call.labelled($0) }).first : nil
    {
      throw FormulaError(
        at: needless.offset, code: "formula.arguments",
        fr: "sans « margin: », aucun calage : cet argument est sans effet",
        en: "without “margin:” nothing is raked: this argument has no effect")
    }
    return out
  }

  /// `population:`, from a dated register.
  func finitePopulation(_ call: Call) throws(FormulaError) -> Population? {
    guard let syntax = call.labelled("population") else { return nil }
    guard case .call("population", let arguments, let offset) = syntax,
      let first = arguments.first
    else {
      throw FormulaError(
        at: syntax.offset, code: "formula.arguments", fr: "population(…) est attendu",
        en: "population(…) is expected")
    }
    return try population(
      Call(name: "population", first: first, arguments: arguments, offset: offset))
  }

  /// `margin: response.respondent.sex = resident.sex`, or `= sum(table.amount … per table.class)`.
  private func margin(
    _ argument: SyntaxArgument, _ rows: RowChecker, _ population: Population?
  ) throws(FormulaError) -> Aggregate.Survey.Margin {
    guard case .binary("=", let own, let known, _) = argument.value else {
      throw FormulaError(
        at: argument.value.offset, code: "formula.arguments",
        fr:
          "« margin: » demande deux côtés, comme response.respondent.sex = resident.sex",
        en: "“margin:” needs two sides, such as response.respondent.sex = resident.sex")
    }
    func classes(_ syntax: Syntax, _ rows: RowChecker) throws(FormulaError) -> (
      RowExpression, RowType
    ) {
      let found = try rows.category(syntax)
      if case .code = found.1 { return found }
      throw FormulaError(
        at: syntax.offset, code: "formula.type", fr: "un chemin vers une catégorie est attendu",
        en: "a path to a category is expected")
    }
    let (mine, type) = try classes(own, rows)
    if case .call("sum", let arguments, let offset) = known, let amount = arguments.first,
      let key = amount.key
    {
      let table = try baseTable(of: amount.value)
      let there = RowChecker(model: model, base: table)
      guard arguments.count == 1, model[table]?.multiplicity == nil else {
        throw FormulaError(
          at: offset, code: "formula.arguments", fr: "une somme « per » une catégorie est attendue",
          en: "a sum “per” a category is expected")
      }
      return Aggregate.Survey.Margin(
        own: mine,
        known: .amounts(
          try there.number(amount.value), by: try classes(key, there).0,
          try scan(table, filter: amount.filter)))
    }
    guard let population else {
      throw FormulaError(
        at: known.offset, code: "formula.arguments",
        fr: "« population: » est attendu : quels habitants du registre compter ?",
        en: "“population:” is expected: which people of the register are to be counted?")
    }
    let (theirs, other) = try classes(
      known, RowChecker(model: model, base: population.scan.table))
    guard type == other, population.mode != .throughout else {
      throw FormulaError(
        at: known.offset, code: "formula.type",
        fr: "les deux côtés doivent être la même catégorie",
        en: "both sides must be the same category")
    }
    return Aggregate.Survey.Margin(own: mine, known: .register(theirs))
  }

  /// How well those who answered stand for those who were asked.
  func response(_ call: Call) throws(FormulaError) -> Aggregate.Response {
    try call.allow(labels: ["by", "partial", "adjusted"], positional: 1)
    let table = try baseTable(of: call.first.value)
    let rows = RowChecker(model: model, base: table)
    var variables: [RowExpression] = []
    for argument in call.arguments where argument.label == "by" {
      variables.append(try rows.category(argument.value).0)
    }
    guard !variables.isEmpty else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments", fr: "« by: » est attendu",
        en: "“by:” is expected", remedy: usage(call.name))
    }
    var gives = Aggregate.Response.Gives.indicator
    if call.labelled("adjusted") != nil,
      try call.word("adjusted", among: ["no", "yes"]) == "yes"
    {
      gives = .adjusted
    }
    if let syntax = call.labelled("partial") {
      guard call.labelled("adjusted") == nil,
        let place = variables.firstIndex(of: try rows.category(syntax).0)
      else {
        throw FormulaError(
          at: syntax.offset, code: "formula.arguments",
          fr: "« partial: » demande l’une des variables de « by: », sans « adjusted: »",
          en: "“partial:” needs one of the variables of “by:”, without “adjusted:”")
      }
      gives = .partial(place)
    }
    return Aggregate.Response(
      gives: gives, scan: try scan(table, filter: call.first.filter),
      answered: try rows.condition(call.first.value), variables: variables)
  }
}
