import Diagnostics
import Model
import Periods

/// Checks a formula against the model and makes the plan that both executors run.
struct Checker {
  let model: Model
  private var aggregates: [Aggregate] = []

  private init(model: Model) { self.model = model }

  /// Checks a formula.
  static func plan(
    _ formula: String, parameters: [String: Double] = [:], model: Model,
    instruments: Instruments = .none
  ) throws(FormulaError) -> Plan {
    var checker = Checker(model: model)
    let scales = ScaleFinder(instruments: instruments)
    let root = try checker.value(
      scales.found(in: try Parser.parse(formula, parameters: parameters)))
    guard !checker.aggregates.isEmpty else {
      throw FormulaError(
        at: 0, code: "formula.constant", fr: "la formule ne lit aucune donnée",
        en: "the formula reads no data")
    }
    try checker.refuseBare(root)
    return Plan(aggregates: checker.aggregates, root: root)
  }

  // MARK: values

  private mutating func value(_ syntax: Syntax) throws(FormulaError) -> ValueExpression {
    switch syntax {
    case .number(let number, _): return .number(number)
    case .negative(let inner, _):
      return .arithmetic(.subtract, .number(0), try value(inner))
    case .binary(let symbol, let a, let b, let offset):
      guard let arithmetic = Arithmetic(rawValue: symbol) else {
        throw FormulaError(
          at: offset, code: "formula.type",
          fr: "une comparaison ne s’écrit que dans une fonction, comme share(…)",
          en: "a comparison may only stand inside a function, such as share(…)")
      }
      return .arithmetic(arithmetic, try value(a), try value(b))
    case .call("all", let arguments, let offset):
      guard arguments.count == 1, case .call = arguments[0].value else {
        throw FormulaError(
          at: offset, code: "formula.arguments", fr: "all(…) prend un agrégat",
          en: "all(…) takes one aggregate")
      }
      guard case .aggregate(let index) = try value(arguments[0].value) else {
        throw FormulaError(
          at: offset, code: "formula.arguments", fr: "all(…) prend un agrégat",
          en: "all(…) takes one aggregate")
      }
      return .overall(index)
    case .call(let name, let arguments, let offset):
      let aggregate = try aggregate(name, arguments, offset: offset)
      if let index = aggregates.firstIndex(of: aggregate) { return .aggregate(index) }
      aggregates.append(aggregate)
      return .aggregate(aggregates.count - 1)
    case .path(_, let offset), .string(_, let offset), .not(_, let offset),
      .isIn(_, _, let offset), .scale(_, _, let offset):
      throw FormulaError(
        at: offset, code: "formula.type",
        fr: "une fonction est attendue, comme count(…) ou share(…)",
        en: "a function is expected, such as count(…) or share(…)")
    }
  }

  /// Refuses arithmetic on a value that may not stand without its range, as it would lose it.
  private func refuseBare(_ root: ValueExpression) throws(FormulaError) {
    if case .aggregate = root { return }
    for case .valuation(let valuation) in aggregates where valuation.needsRange {
      throw FormulaError(
        at: 0, code: "formula.bare-value",
        fr: "une valeur sociale ne se donne qu’avec sa fourchette : elle ne se combine à rien",
        en: "a social value is given with its range only: it combines with nothing")
    }
  }

  // MARK: aggregates

  func aggregate(_ name: String, _ arguments: [SyntaxArgument], offset: Int)
    throws(FormulaError) -> Aggregate
  {
    guard let first = arguments.first else {
      throw FormulaError(
        at: offset, code: "formula.arguments", fr: "« \(name) » attend au moins un argument",
        en: "“\(name)” needs at least one argument", remedy: usage(name))
    }
    let call = Call(name: name, first: first, arguments: arguments, offset: offset)
    switch name {
    case "population":
      try call.allow(labels: [], positional: 2)
      return .population(try population(call))
    case "ties": return .ties(try ties(call, .pairs))
    case "tied": return .ties(try ties(call, .people))
    case "tie_weight": return .ties(try ties(call, .weight))
    case "met": return .met(try met(call))
    case "network": return .network(try network(call))
    case "retention": return .retention(try retention(call))
    case "weighted_mean", "weighted_share": return .weighted(try weighted(call))
    case "paired": return .effect(try effect(call))
    case "survival", "survival_median", "survival_quantile": return .survival(try survival(call))
    case "union_hours": return .hours(try unionHours(call))
    case "share_of_weeks": return .weeks(try weeks(call))
    case "survey_mean", "survey_share", "survey_size", "survey_greatest_weight":
      return .survey(try survey(call))
    case "r_indicator": return .response(try response(call))
    case "social_return", "social_value", "break_even_deadweight", "evidenced_share":
      return .valuation(try valuation(call))
    case "dissimilarity": return .dissimilarity(try dissimilarity(call))
    case let word where Scan.Window(rawValue: word) != nil:
      return try windowed(Scan.Window(rawValue: word) ?? .period, call)
    default: break
    }
    if first.key != nil { return .perKey(try perKey(call)) }
    let (row, table) = try rowAggregate(call)
    let rows = try scan(table, filter: first.filter)
    return .rows(row, try questionnaires(rows, row.expressions, offset: offset))
  }

  func usage(_ name: String) -> Phrase? {
    LanguageFunction.all.first { $0.name == name }.map {
      Phrase(fr: "écrivez \($0.usage)", en: "write \($0.usage)")
    }
  }

  func unknownFunction(_ call: Call) -> FormulaError {
    let names = LanguageFunction.all.map(\.name)
    return FormulaError(
      at: call.offset, code: "formula.unknown-function", fr: "fonction inconnue « \(call.name) »",
      en: "unknown function “\(call.name)”",
      remedy: Suggestion.nearest(to: call.name, among: names).map {
        Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
      }
        ?? Phrase(
          fr: "fonctions connues : \(names.joined(separator: ", "))",
          en: "known functions: \(names.joined(separator: ", "))"))
  }

  /// The table whose rows an expression reads: the first part of its first path.
  func baseTable(of syntax: Syntax) throws(FormulaError) -> String {
    func first(_ syntax: Syntax) -> (String, Int)? {
      switch syntax {
      case .path(let parts, let offset):
        RowChecker.isPeriod(parts, model) ? nil : (parts[0], offset)
      case .binary(_, let a, let b, _): first(a) ?? first(b)
      case .not(let a, _), .negative(let a, _): first(a)
      case .isIn(let a, _, _): first(a)
      case .call(let name, let arguments, _):
        // A date that is looked up is asked for by the row that has the key.
        arguments.lazy.compactMap { argument in
          first(
            Lookup.Which(rawValue: name) == nil ? argument.value : argument.key ?? argument.value)
        }.first
      case .scale(_, _, let offset): (AnswerColumns.table, offset)
      case .number, .string: nil
      }
    }
    guard let (name, offset) = first(syntax) else {
      throw FormulaError(
        at: syntax.offset, code: "formula.no-table",
        fr: "un chemin vers une table est attendu", en: "a path to a table is expected")
    }
    guard model[name] != nil else {
      throw FormulaError(
        at: offset, code: "formula.unknown-table", fr: "table inconnue « \(name) »",
        en: "unknown table “\(name)”",
        remedy: Suggestion.nearest(to: name, among: model.tables.map(\.name)).map {
          Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
        })
    }
    return name
  }

  /// An aggregate over rows, and the table it reads.
  func rowAggregate(_ call: Call) throws(FormulaError) -> (RowAggregate, String) {
    let table = try baseTable(of: call.first.value)
    let rows = RowChecker(model: model, base: table)
    let value = call.first.value
    switch call.name {
    case "count":
      try call.allow(labels: [], positional: 1)
      guard case .path(let parts, _) = value, parts.count == 1 else {
        throw FormulaError(
          at: value.offset, code: "formula.arguments",
          fr: "count(…) prend le nom d’une table", en: "count(…) takes the name of a table",
          remedy: Phrase(
            fr: "pour compter des valeurs différentes : distinct(…)",
            en: "to count different values: distinct(…)"))
      }
      return (.count, table)
    case "distinct":
      try call.allow(labels: [], positional: 1)
      return (.distinct(try rows.category(value).0), table)
    case "sum":
      try call.allow(labels: [], positional: 1)
      return (.sum(try rows.number(value)), table)
    case "mean":
      try call.allow(labels: [], positional: 1)
      return (.mean(try rows.number(value)), table)
    case "min":
      try call.allow(labels: [], positional: 1)
      return (.minimum(try rows.number(value)), table)
    case "max":
      try call.allow(labels: [], positional: 1)
      return (.maximum(try rows.number(value)), table)
    case "median":
      try call.allow(labels: [], positional: 1)
      return (.quantile(try rows.number(value), 0.5), table)
    case "quantile":
      try call.allow(labels: [], positional: 2)
      return (.quantile(try rows.number(value), try call.fraction(1)), table)
    case "weighted_median", "weighted_quantile":
      let isMedian = call.name == "weighted_median"
      try call.allow(labels: ["weight"], positional: isMedian ? 1 : 2)
      guard let weight = call.labelled("weight") else {
        throw FormulaError(
          at: call.offset, code: "formula.arguments",
          fr: "« weight: » est attendu : quel poids a chaque ligne ?",
          en: "“weight:” is expected: what does each row weigh?", remedy: usage(call.name))
      }
      return (
        .weightedQuantile(
          try rows.number(value), weight: try rows.number(weight),
          isMedian ? 0.5 : try call.fraction(1)), table
      )
    case "share":
      try call.allow(labels: [], positional: 1)
      return (.share(try rows.condition(value)), table)
    case "blau":
      try call.allow(labels: [], positional: 1)
      return (.blau(try rows.category(value).0, classes: nil), table)
    case "blau_normalised":
      try call.allow(labels: ["classes"], positional: 1)
      return (.blau(try rows.category(value).0, classes: try call.whole("classes")), table)
    case "iqv":
      try call.allow(labels: ["classes", "weight"], positional: 1)
      var weight: RowExpression?
      if let syntax = call.labelled("weight") { weight = try rows.number(syntax) }
      let classes = try call.whole("classes")
      guard classes > 1 else {
        throw FormulaError(
          at: call.labelled("classes")?.offset ?? call.offset, code: "formula.arguments",
          fr: "« classes: » demande au moins 2 modalités",
          en: "“classes:” needs at least 2 categories")
      }
      return (
        .variation(try rows.category(value).0, weight: weight, classes: classes), table
      )
    case "gini", "adjusted_gini", "top_share", "least_share", "km", "km_median", "km_quantile":
      throw FormulaError(
        at: call.offset, code: "formula.arguments",
        fr: "« \(call.name) » demande « per » : sur quelles unités ?",
        en: "“\(call.name)” needs “per”: over which units?", remedy: usage(call.name))
    default: throw unknownFunction(call)
    }
  }

  /// A scan of a table: the rows that count, unless the filter itself names the column.
  func scan(_ table: String, filter: Syntax?) throws(FormulaError) -> Scan {
    let condition: RowExpression? =
      if let filter { try RowChecker(model: model, base: table).condition(filter) } else { nil }
    return try scan(table, condition: condition)
  }

  func scan(_ table: String, condition: RowExpression?) throws(FormulaError) -> Scan {
    try Scan.counted(table, condition, model: model)
  }
}

extension Scan {
  /// The rows of a table that count and for which a condition holds.
  static func counted(_ table: String, _ condition: RowExpression?, model: Model)
    throws(FormulaError) -> Scan
  {
    let resolver = PathResolver(model: model)
    let named = Set(condition?.paths ?? [])
    var counted: RowExpression?
    if let declaration = model[table] {
      for (path, values) in declaration.countsWhen {
        let resolved = try resolver.resolve(path, from: declaration)
        if named.contains(resolved) { continue }
        var allowed = RowExpression.isIn(.path(resolved), values.map { .text($0) })
        let owner = model[resolved.links.last?.target ?? table]
        // A missing cell means the column's default, also in rows stored before it had one.
        if resolved.links.isEmpty, let standard = owner?[resolved.column]?.defaultValue,
          values.contains(standard)
        {
          allowed = .or(.not(.known(.path(resolved))), allowed)
        }
        counted = counted.map { .and($0, allowed) } ?? allowed
      }
    }
    let scan = Scan(table: table, counted: counted, filter: nil)
    return condition.map { scan.narrowed(by: $0, model: model) } ?? scan
  }

  /// The rows for which one more condition holds. What it says of the columns that tell what a row
  /// is about chooses rows: an answer to another question is no known answer to this one.
  func narrowed(by condition: RowExpression, model: Model) -> Scan {
    var out = self
    let about = Set(model[table]?.about ?? [])
    for part in condition.conjuncts {
      let paths = part.allPaths
      let isAbout =
        !paths.isEmpty && part.scoreValues.isEmpty
        && paths.allSatisfy { $0.base == table && $0.links.isEmpty && about.contains($0.column) }
      if isAbout {
        out.counted = out.counted.map { .and($0, part) } ?? part
      } else {
        out.filter = out.filter.map { .and($0, part) } ?? part
      }
    }
    return out
  }
}
