import Diagnostics
import Model

extension Checker {
  /// Two-level aggregates: a value for each key, then an aggregate of those.
  func perKey(_ call: Call) throws(FormulaError) -> PerKey {
    try perKey(call, try outerAggregate(call))
  }

  /// The keys and their values, for an outer aggregate that is known.
  func perKey(_ call: Call, _ outer: OuterAggregate) throws(FormulaError) -> PerKey {
    let isCategory = if case .path = call.first.value { true } else { false }
    guard let keySyntax = call.first.key, call.first.filter == nil || isCategory else {
      throw FormulaError(
        at: call.offset, code: "formula.arguments",
        fr: "avec « per », « where » s’écrit dans l’agrégat intérieur",
        en: "with “per”, “where” goes inside the inner aggregate")
    }
    var builder: KeyValueBuilder
    if case .path(let parts, let offset) = keySyntax, parts.count == 1, let table = model[parts[0]],
      table.keyColumn != nil
    {
      builder = KeyValueBuilder(checker: self, keyed: .table(table.name, offset: offset))
    } else {
      let base = try baseTable(of: keySyntax)
      let (key, type) = try RowChecker(model: model, base: base).category(keySyntax)
      builder = KeyValueBuilder(checker: self, keyed: .path(key, type, base: base))
    }
    builder.categoryFilter = call.first.filter
    let value = try builder.build(call.first.value)
    try match(outer, value, call)
    var event: KeyValue?
    if let syntax = call.labelled("event") {
      let built = try builder.build(syntax)
      guard built.isCondition else {
        throw FormulaError(
          at: syntax.offset, code: "formula.type",
          fr: "« event: » demande une condition par unité, comme count(…) > 0",
          en: "“event:” needs a condition per unit, such as count(…) > 0")
      }
      event = built
    }
    guard !builder.inners.isEmpty else {
      throw FormulaError(
        at: call.first.value.offset, code: "formula.type",
        fr: "un agrégat par unité est attendu", en: "an aggregate per unit is expected")
    }
    var perKey = PerKey(outer: outer, value: value, event: event, inners: builder.inners)
    if case .table = builder.keyed { perKey.keys = .any }
    if let syntax = call.first.among {
      perKey.among = try among(syntax, builder.type)
      if case .call = syntax { perKey.keys = .population }
    }
    return perKey
  }

  /// The outer aggregate that a name stands for.
  private func outerAggregate(_ call: Call) throws(FormulaError) -> OuterAggregate {
    switch call.name {
    case "quantile", "top_share", "least_share": try call.allow(labels: [], positional: 2)
    case "blau_normalised": try call.allow(labels: ["classes"], positional: 1)
    case "km": try call.allow(labels: ["event", "at"], positional: 1)
    case "km_median": try call.allow(labels: ["event"], positional: 1)
    case "km_quantile": try call.allow(labels: ["event"], positional: 2)
    default: try call.allow(labels: [], positional: 1)
    }
    if call.name.hasPrefix("km"), call.labelled("event") == nil {
      throw FormulaError(
        at: call.offset, code: "formula.arguments", fr: "« event: » est attendu",
        en: "“event:” is expected", remedy: usage(call.name))
    }
    switch call.name {
    case "count": return .count
    case "sum": return .sum
    case "mean": return .mean
    case "min": return .minimum
    case "max": return .maximum
    case "median": return .quantile(0.5)
    case "quantile": return .quantile(try call.fraction(1))
    case "share": return .share
    case "gini": return .gini
    case "adjusted_gini": return .adjustedGini
    case "top_share": return .topShare(try call.fraction(1))
    case "least_share": return .leastShare(try call.fraction(1))
    case "blau": return .blau(classes: nil)
    case "blau_normalised": return .blau(classes: try call.whole("classes"))
    case "km", "km_median", "km_quantile": return .survival(try survivalValue(call))
    default: throw unknownFunction(call)
    }
  }

  /// The population after `among`: a table adds its keys, `population(…)` says which keys there are.
  private func among(_ syntax: Syntax, _ type: RowType) throws(FormulaError) -> Population {
    switch syntax {
    case .call("population", let arguments, let offset):
      guard let first = arguments.first else { break }
      let call = Call(name: "population", first: first, arguments: arguments, offset: offset)
      try call.allow(labels: [], positional: 2)
      let found = try population(call)
      guard case .path(let entity) = found.entity, entity.type == type, found.mode != .average
      else { break }
      return found
    case .path(let parts, let offset) where parts.count == 1:
      guard let table = model[parts[0]], table.validity != nil || table.date != nil,
        let entity = table.keyColumn, type == .code(domain: entity.domain)
      else { break }
      return Population(
        entity: .path(
          try PathResolver(model: model).resolve([parts[0], entity.name], offset: offset)),
        mode: .any, scan: try scan(parts[0], condition: nil))
    default: break
    }
    throw FormulaError(
      at: syntax.offset, code: "formula.among",
      fr:
        "« among » prend une table datée des mêmes unités que « per », ou population(registre.unité, any|start|end|throughout)",
      en:
        "“among” takes a dated table of the same units as “per”, or population(register.unit, any|start|end|throughout)"
    )
  }

  private func match(_ outer: OuterAggregate, _ value: KeyValue, _ call: Call)
    throws(FormulaError)
  {
    let fits =
      switch outer {
      case .share: value.isCondition
      case .blau: value.isCategory
      case .count: !value.isCategory
      default: !value.isCondition && !value.isCategory
      }
    if fits { return }
    throw FormulaError(
      at: call.first.value.offset, code: "formula.type",
      fr: "« \(call.name) » ne s’applique pas à cette valeur par unité",
      en: "“\(call.name)” does not apply to this value per unit", remedy: usage(call.name))
  }
}
