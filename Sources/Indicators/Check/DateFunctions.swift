import Diagnostics
import Model
import Periods

/// Dates in conditions: ends of the period, spans of days, dates of other rows.
extension RowChecker {
  /// Whether a path is one of the words of the period, such as `period.end`.
  static func isPeriod(_ parts: [String], _ model: Model) -> Bool {
    parts.count == 2 && parts[0] == "period" && model["period"] == nil
  }

  func isPeriod(_ parts: [String]) -> Bool { RowChecker.isPeriod(parts, model) }

  func periodEnd(_ parts: [String], offset: Int) throws(FormulaError) -> RowExpression.PeriodEnd {
    if let end = RowExpression.PeriodEnd(rawValue: parts[1]) { return end }
    throw FormulaError(
      at: offset, code: "formula.period", fr: "period.start ou period.end est attendu",
      en: "period.start or period.end is expected")
  }

  /// Checks a date: a path, an end of the period, a date that is written or looked up.
  func day(_ syntax: Syntax) throws(FormulaError) -> RowExpression {
    if case .string(let text, let offset) = syntax { return .day(try day(text, offset)) }
    let (expression, type) = try check(syntax)
    guard type == .day else {
      throw FormulaError(
        at: syntax.offset, code: "formula.type", fr: "une date est attendue",
        en: "a date is expected")
    }
    return expression
  }

  /// The validity of the table's own rows.
  func register(_ syntax: Syntax) throws(FormulaError) -> RowExpression.Register {
    guard case .path(let parts, let offset) = syntax, parts == [base], let table = model[base],
      let validity = table.validity
    else {
      throw FormulaError(
        at: syntax.offset, code: "formula.register",
        fr: "la table lue est attendue, si elle est un registre daté, comme resident",
        en: "the table that is read is expected, if it is a dated register, such as resident"
      )
    }
    let resolver = PathResolver(model: model)
    return RowExpression.Register(
      from: try resolver.resolve([base, validity.from], offset: offset),
      to: try resolver.resolve([base, validity.to], offset: offset))
  }

  /// `first_date(table where … per key, by: path)`.
  func lookup(_ which: Lookup.Which, _ arguments: [SyntaxArgument], offset: Int)
    throws(FormulaError) -> Lookup
  {
    let call = Call(
      name: which.rawValue, first: arguments[0], arguments: arguments, offset: offset)
    try call.allow(labels: ["by"], positional: 1)
    guard case .path(let parts, let at) = call.first.value, parts.count == 1,
      let table = model[parts[0]], let date = table.date, let key = call.first.key
    else {
      throw FormulaError(
        at: call.first.value.offset, code: "formula.arguments",
        fr:
          "\(which.rawValue)(table per clé) prend une table datée et la clé de la ligne, comme \(which.rawValue)(attendance per contact.resident)",
        en:
          "\(which.rawValue)(table per key) takes a dated table and the row’s key, such as \(which.rawValue)(attendance per contact.resident)"
      )
    }
    let resolver = PathResolver(model: model)
    guard case (.path(let own), .code(let domain)) = try category(key) else {
      throw FormulaError(
        at: key.offset, code: "formula.type",
        fr: "la clé doit mener à une table, comme contact.resident",
        en: "the key must lead to a table, such as contact.resident")
    }
    let there = RowChecker(model: model, base: table.name)
    let path: ResolvedPath
    if let by = call.labelled("by") {
      guard case (.path(let found), .code(domain: domain)) = try there.category(by) else {
        throw FormulaError(
          at: by.offset, code: "formula.type",
          fr: "« by: » doit mener aux mêmes clés que « per »",
          en: "“by:” must lead to the same keys as “per”")
      }
      path = found
    } else if own.base == table.name {
      path = own
    } else {
      path = try resolver.path(from: table, to: domain, offset: at)
    }
    var condition: RowExpression?
    if let filter = call.first.filter { condition = try there.condition(filter) }
    let scan = try Scan.counted(table.name, condition, model: model)
    if [scan.counted, scan.filter].contains(where: { $0?.dependsOnPeriod ?? false }) {
      throw FormulaError(
        at: call.first.filter?.offset ?? at, code: "formula.period",
        fr: "ce que l’on cherche à toute date ne peut pas dépendre de la période",
        en: "what is looked for at any date cannot depend on the period")
    }
    var ownDate: ResolvedPath?
    if which != .first {
      guard let declared = model[base], let path = declared.date else {
        throw FormulaError(
          at: offset, code: "formula.date", fr: "la table « \(base) » n’a pas de date",
          en: "the table “\(base)” has no date")
      }
      ownDate = try resolver.resolve(path, from: declared)
    }
    return Lookup(
      which: which, scan: scan, key: path, date: try resolver.resolve(date, from: table),
      own: own, ownDate: ownDate)
  }
}

extension PathResolver {
  /// The path by which rows of a table lead to the key of another one: the shortest one.
  ///
  /// Two shortest paths (who gives, who receives) are an error: the formula has to say which.
  func path(from table: TableDeclaration, to target: String, offset: Int) throws(FormulaError)
    -> ResolvedPath
  {
    guard let key = model[target]?.keyColumn else {
      throw FormulaError(
        at: offset, code: "formula.key", fr: "la table « \(target) » n’a pas de clé d’une colonne",
        en: "the table “\(target)” has no key of one column")
    }
    if table.name == target { return try resolve([target, key.name], offset: offset) }
    var reached: Set<String> = [table.name]
    var heads: [(table: TableDeclaration, path: [String])] = [(table, [table.name])]
    while !heads.isEmpty {
      var found: [[String]] = []
      var next: [(TableDeclaration, [String])] = []
      for head in heads {
        for column in head.table.columns where column.kind == .link {
          guard let name = column.target, let there = model[name] else { continue }
          if name == target {
            found.append(head.path + [column.name])
          } else if !reached.contains(name) {
            next.append((there, head.path + [column.name]))
          }
        }
      }
      if found.count == 1 { return try resolve(found[0], offset: offset) }
      if let first = found.first {
        let all = found.map { $0.joined(separator: ".") }.joined(separator: ", ")
        throw FormulaError(
          at: offset, code: "formula.ambiguous",
          fr: "« \(table.name) » mène à « \(target) » par plusieurs chemins : \(all)",
          en: "“\(table.name)” leads to “\(target)” by several paths: \(all)",
          remedy: Phrase(
            fr: "dites lequel, comme « per \(first.joined(separator: ".")) »",
            en: "say which, such as “per \(first.joined(separator: "."))”"))
      }
      reached.formUnion(next.map(\.0.name))
      heads = next
    }
    throw FormulaError(
      at: offset, code: "formula.path",
      fr: "« \(table.name) » ne mène pas à « \(target) »",
      en: "“\(table.name)” does not lead to “\(target)”")
  }
}
