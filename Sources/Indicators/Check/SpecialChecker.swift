import Diagnostics
import Model
import Periods

extension Checker {
  /// Populations from a dated register.
  func population(_ call: Call) throws(FormulaError) -> Population {
    guard case .path(let parts, let offset) = call.first.value, let table = model[parts[0]],
      table.validity != nil, let entity = table.keyColumn
    else {
      throw FormulaError(
        at: call.first.value.offset, code: "formula.register",
        fr: "population(…) prend un registre daté, comme resident",
        en: "population(…) takes a dated register, such as resident")
    }
    var mode = PopulationMode.average
    if call.arguments.count > 1 {
      guard case .path(let word, _) = call.arguments[1].value, word.count == 1,
        let found = PopulationMode(rawValue: word[0])
      else {
        throw FormulaError(
          at: call.arguments[1].value.offset, code: "formula.mode",
          fr: "average, any, start, end ou throughout est attendu",
          en: "average, any, start, end or throughout is expected")
      }
      mode = found
    }
    let path = parts.count == 1 ? [parts[0], entity.name] : parts
    let (key, _) = try RowChecker(model: model, base: parts[0])
      .category(.path(path, offset: offset))
    if mode == .average, path != [parts[0], entity.name] {
      throw FormulaError(
        at: offset, code: "formula.average",
        fr: "la moyenne en jours se compte sur « \(parts[0]) » seulement",
        en: "the average over days is counted on “\(parts[0])” only")
    }
    // A filter may stand after the register or after the mode.
    let filter = call.first.filter ?? call.arguments.dropFirst().first?.filter
    return Population(entity: key, mode: mode, scan: try scan(parts[0], filter: filter))
  }

  /// Newcomers seen again.
  func retention(_ call: Call) throws(FormulaError) -> Aggregate.Retention {
    try call.allow(labels: ["step", "lag"], positional: 1)
    let table = try baseTable(of: call.first.value)
    guard model[table]?.date != nil else {
      throw FormulaError(
        at: call.offset, code: "formula.date", fr: "la table « \(table) » n’a pas de date",
        en: "the table “\(table)” has no date")
    }
    var step = Step.quarter
    if let syntax = call.labelled("step") {
      guard case .path(let word, _) = syntax, let found = Step(rawValue: word.joined()) else {
        throw FormulaError(
          at: syntax.offset, code: "formula.step", fr: "month, quarter ou year est attendu",
          en: "month, quarter or year is expected")
      }
      step = found
    }
    return Aggregate.Retention(
      scan: try scan(table, filter: call.first.filter),
      person: try RowChecker(model: model, base: table).category(call.first.value).0,
      step: step, lag: call.labelled("lag") == nil ? 1 : try call.whole("lag"))
  }

  /// Weighted estimates from a survey.
  func weighted(_ call: Call) throws(FormulaError) -> Aggregate.Weighted {
    try call.allow(labels: ["weight", "population", "at_least"], positional: 1)
    let table = try baseTable(of: call.first.value)
    let rows = RowChecker(model: model, base: table)
    guard let weight = call.labelled("weight") else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments", fr: "« weight: » est attendu",
        en: "“weight:” is expected", remedy: usage(call.name))
    }
    let isShare = call.name == "weighted_share"
    let value =
      isShare ? try rows.condition(call.first.value) : try rows.number(call.first.value)
    let scan = try questionnaires(
      scan(table, filter: call.first.filter), [value], offset: call.offset)
    return Aggregate.Weighted(
      scan: scan, value: value, weight: try rows.number(weight), isShare: isShare,
      isPaired: value.scoreValues.contains { $0.change != nil },
      leastAnswers: call.labelled("at_least") == nil ? nil : try call.whole("at_least"),
      population: try finitePopulation(call))
  }
}
