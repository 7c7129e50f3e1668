import Diagnostics
import Model
import Periods

/// Checks a formula against the model and makes the plan that both executors run.
struct Checker {
  let model: Model
  private var aggregates: [Aggregate] = []

  private init(model: Model) { self.model = model }

  /// Checks a formula.
  static func plan(_ formula: String, model: Model) throws(FormulaError) -> Plan {
    var checker = Checker(model: model)
    let root = try checker.value(try Parser.parse(formula))
    guard !checker.aggregates.isEmpty else {
      throw FormulaError(
        at: 0, code: "formula.constant", fr: "la formule ne lit aucune donnée",
        en: "the formula reads no data")
    }
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
      .isIn(_, _, let offset):
      throw FormulaError(
        at: offset, code: "formula.type",
        fr: "une fonction est attendue, comme count(…) ou share(…)",
        en: "a function is expected, such as count(…) or share(…)")
    }
  }

  // MARK: aggregates

  private func aggregate(_ name: String, _ arguments: [SyntaxArgument], offset: Int)
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
    case "ties": return .ties(try ties(call))
    case "retention": return .retention(try retention(call))
    case "weighted_mean", "weighted_share": return .weighted(try weighted(call))
    default: break
    }
    if first.key != nil {
      return try perKey(call)
    }
    let (row, table) = try rowAggregate(call)
    return .rows(row, try scan(table, filter: first.filter))
  }

  private func usage(_ name: String) -> Phrase? {
    LanguageFunction.all.first { $0.name == name }.map {
      Phrase(fr: "écrivez \($0.usage)", en: "write \($0.usage)")
    }
  }

  private func unknownFunction(_ call: Call) -> FormulaError {
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
  private func baseTable(of syntax: Syntax) throws(FormulaError) -> String {
    func first(_ syntax: Syntax) -> (String, Int)? {
      switch syntax {
      case .path(let parts, let offset): (parts[0], offset)
      case .binary(_, let a, let b, _): first(a) ?? first(b)
      case .not(let a, _), .negative(let a, _): first(a)
      case .isIn(let a, _, _): first(a)
      case .call(_, let arguments, _): arguments.lazy.compactMap { first($0.value) }.first
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
  private func rowAggregate(_ call: Call) throws(FormulaError) -> (RowAggregate, String) {
    let table = try baseTable(of: call.first.value)
    let rows = RowChecker(model: model, base: table)
    let value = call.first.value
    switch call.name {
    case "count":
      try call.allow(labels: [], positional: 1)
      guard case .path(let parts, let offset) = value, parts.count == 1 else {
        throw FormulaError(
          at: value.offset, code: "formula.arguments",
          fr: "count(…) prend le nom d’une table", en: "count(…) takes the name of a table",
          remedy: Phrase(
            fr: "pour compter des valeurs différentes : distinct(…)",
            en: "to count different values: distinct(…)"))
      }
      _ = offset
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
    case "share":
      try call.allow(labels: [], positional: 1)
      return (.share(try rows.condition(value)), table)
    case "blau":
      try call.allow(labels: [], positional: 1)
      return (.blau(try rows.category(value).0, classes: nil), table)
    case "blau_normalised":
      try call.allow(labels: ["classes"], positional: 1)
      return (.blau(try rows.category(value).0, classes: try call.whole("classes")), table)
    case "gini", "adjusted_gini", "top_share":
      throw FormulaError(
        at: call.offset, code: "formula.arguments",
        fr: "« \(call.name) » demande « per » : sur quelles unités ?",
        en: "“\(call.name)” needs “per”: over which units?", remedy: usage(call.name))
    default: throw unknownFunction(call)
    }
  }

  /// A scan of a table: the rows that count, unless the filter itself names the column.
  private func scan(_ table: String, filter: Syntax?) throws(FormulaError) -> Scan {
    let condition: RowExpression? =
      if let filter { try RowChecker(model: model, base: table).condition(filter) } else { nil }
    return try scan(table, condition: condition)
  }

  private func scan(_ table: String, condition: RowExpression?) throws(FormulaError) -> Scan {
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
    return Scan(table: table, counted: counted, filter: condition)
  }

  // MARK: per key

  private func perKey(_ call: Call) throws(FormulaError) -> Aggregate {
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
    let isCondition = if case .compare = value { true } else { false }
    let isCategory = if case .category = value { true } else { false }
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

  /// Builds the per-key value and collects its inner aggregates.
  private struct KeyValueBuilder {
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
          return .arithmetic(arithmetic, try build(a), try build(b))
        }
        if let comparison = Comparison(rawValue: symbol) {
          return .compare(comparison, try build(a), try build(b))
        }
        throw FormulaError(
          at: offset, code: "formula.type", fr: "opérateur non permis ici",
          en: "operator not allowed here")
      case .call(let name, let arguments, let offset):
        return .inner(try inner(name, arguments, offset: offset))
      case .string, .not, .negative, .isIn:
        throw FormulaError(
          at: syntax.offset, code: "formula.type", fr: "un agrégat par unité est attendu",
          en: "an aggregate per unit is expected")
      }
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

  // MARK: special aggregates

  private func population(_ call: Call) throws(FormulaError) -> Population {
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
      guard case .path(let word, let at) = call.arguments[1].value, word.count == 1,
        let found = PopulationMode(rawValue: word[0])
      else {
        throw FormulaError(
          at: call.arguments[1].value.offset, code: "formula.mode",
          fr: "average, any, start ou end est attendu", en: "average, any, start or end is expected"
        )
      }
      _ = at
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

  private func ties(_ call: Call) throws(FormulaError) -> Aggregate.Ties {
    try call.allow(labels: ["min_meetings", "max_size", "not_same"], positional: 1)
    let table = try baseTable(of: call.first.value)
    let rows = RowChecker(model: model, base: table)
    guard let session = call.first.key else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments", fr: "ties(…) demande « per » une séance",
        en: "ties(…) needs “per” a session", remedy: usage("ties"))
    }
    let notSame: RowExpression? =
      if let same = call.labelled("not_same") { try rows.category(same).0 } else { nil }
    return Aggregate.Ties(
      scan: try scan(table, filter: call.first.filter),
      person: try rows.category(call.first.value).0, session: try rows.category(session).0,
      minimumMeetings: call.labelled("min_meetings") == nil ? 1 : try call.whole("min_meetings"),
      maximumSize: call.labelled("max_size") == nil ? nil : try call.whole("max_size"),
      notSame: notSame)
  }

  private func retention(_ call: Call) throws(FormulaError) -> Aggregate.Retention {
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

  private func weighted(_ call: Call) throws(FormulaError) -> Aggregate.Weighted {
    try call.allow(labels: ["weight", "population"], positional: 1)
    let table = try baseTable(of: call.first.value)
    let rows = RowChecker(model: model, base: table)
    guard let weight = call.labelled("weight") else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments", fr: "« weight: » est attendu",
        en: "“weight:” is expected", remedy: usage(call.name))
    }
    let isShare = call.name == "weighted_share"
    var population: Population?
    if let syntax = call.labelled("population") {
      guard case .call("population", let arguments, let offset) = syntax,
        let first = arguments.first
      else {
        throw FormulaError(
          at: syntax.offset, code: "formula.arguments", fr: "population(…) est attendu",
          en: "population(…) is expected")
      }
      population = try self.population(
        Call(name: "population", first: first, arguments: arguments, offset: offset))
    }
    return Aggregate.Weighted(
      scan: try scan(table, filter: call.first.filter),
      value: isShare ? try rows.condition(call.first.value) : try rows.number(call.first.value),
      weight: try rows.number(weight), isShare: isShare, population: population)
  }
}

/// A call with its arguments, and the checks common to all.
private struct Call {
  var name: String
  var first: SyntaxArgument
  var arguments: [SyntaxArgument]
  var offset: Int

  /// The value of a labelled argument.
  func labelled(_ label: String) -> Syntax? { arguments.first { $0.label == label }?.value }

  /// Refuses labels that the function does not know and arguments it does not take.
  func allow(labels: [String], positional: Int) throws(FormulaError) {
    for argument in arguments {
      if let label = argument.label, !labels.contains(label) {
        throw FormulaError(
          at: argument.value.offset, code: "formula.label",
          fr: "« \(name) » n’a pas d’argument « \(label) »",
          en: "“\(name)” has no argument “\(label)”",
          remedy: Suggestion.nearest(to: label, among: labels).map {
            Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
          })
      }
    }
    let unlabelled = arguments.filter { $0.label == nil }
    if unlabelled.count > positional {
      throw FormulaError(
        at: unlabelled[positional].value.offset, code: "formula.arguments",
        fr: "« \(name) » : un argument de trop", en: "“\(name)”: one argument too many")
    }
  }

  /// A whole number given by label.
  func whole(_ label: String) throws(FormulaError) -> Int {
    if case .number(let value, _)? = labelled(label), value >= 1, value == value.rounded(),
      value < 1e6
    {
      return Int(value)
    }
    throw FormulaError(
      at: labelled(label)?.offset ?? offset, code: "formula.arguments",
      fr: "« \(label): » demande un nombre entier positif",
      en: "“\(label):” needs a positive whole number")
  }

  /// A fraction between 0 and 1 given by position.
  func fraction(_ index: Int) throws(FormulaError) -> Double {
    if index < arguments.count, case .number(let value, _) = arguments[index].value, value > 0,
      value < 1
    {
      return value
    }
    throw FormulaError(
      at: offset, code: "formula.arguments",
      fr: "« \(name) » demande une fraction entre 0 et 1, comme 0.25",
      en: "“\(name)” needs a fraction between 0 and 1, such as 0.25")
  }
}
