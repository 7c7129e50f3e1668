import Columns
import Diagnostics
import Model
import Periods

/// An indicator with the cuts, filter and periods asked for, checked: what an executor runs.
struct Question {
  let indicator: Indicator
  /// The aggregates of the formula, then those of its wholes.
  let plan: Plan
  let wholes: Wholes
  let cuts: [String]
  let periods: [Period]
  let model: Model
  /// For each table scanned, the path of each dimension: residence, then the cuts. A cut may be
  /// nil on a table whose aggregates are used with the cuts rolled up only.
  let dimensions: [String: [ResolvedPath?]]
  /// Every path that takes part, for loading.
  let paths: [ResolvedPath]

  /// - Throws: `Failure` with status `usage` when a cut or the filter does not apply.
  init(
    _ indicator: Indicator, cuts: [String], filter: String?, periods: [Period], model: Model
  ) throws(Failure) {
    self.indicator = indicator
    self.cuts = cuts
    self.periods = periods
    self.model = model
    var plan = indicator.plan
    if let filter { plan = try Question.apply(filter, to: plan, model: model) }
    let mustKnow = Set(plan.cutScans.map(\.table))
    let resolver = PathResolver(model: model)
    var dimensions: [String: [ResolvedPath?]] = [:]
    for scan in plan.aggregates.flatMap(\.scans) where dimensions[scan.table] == nil {
      guard let table = model[scan.table] else { continue }
      do {
        var paths: [ResolvedPath?] = [
          try table.residence.map { path throws(FormulaError) in
            try resolver.resolve(path, from: table)
          }
        ]
        for cut in cuts {
          if let path = table.dimensions[cut] {
            let resolved = try resolver.resolve(path, from: table)
            if Question.isOfAnItem(resolved, of: plan) {
              throw Question.unknownCut(cut, table: table, indicator: indicator)
            }
            paths.append(resolved)
          } else if mustKnow.contains(scan.table) && !plan.tellsEnds(cut) {
            throw Question.unknownCut(cut, table: table, indicator: indicator)
          } else {
            paths.append(nil)
          }
        }
        dimensions[scan.table] = paths
      } catch let failure as Failure {
        throw failure
      } catch {
        throw Failure(
          .failed, code: "model.path", fr: "chemin du modèle introuvable",
          en: "path of the model not found")
      }
    }
    self.dimensions = dimensions
    do {
      wholes = try Wholes(plan, cuts: cuts.count) { dimensions[$1]?[$0 + 1] }
    } catch {
      throw Failure(.failed, code: error.code, fr: error.message.fr, en: error.message.en)
    }
    plan.aggregates += wholes.added
    self.plan = plan
    paths = Question.paths(plan, dimensions: dimensions, model: model)
  }

  /// Whether a path tells items apart where the formula takes questionnaires whole.
  private static func isOfAnItem(_ path: ResolvedPath, of plan: Plan) -> Bool {
    path.links.isEmpty && path.column == "item"
      && plan.aggregates.flatMap(\.scans).contains {
        $0.table == path.base && $0.isOfQuestionnaires
      }
  }

  private static func unknownCut(_ cut: String, table: TableDeclaration, indicator: Indicator)
    -> Failure
  {
    let known = indicator.definition.cuts
    let near = Suggestion.nearest(to: cut, among: known)
    let list = known.joined(separator: ", ")
    return Failure(
      .usage, code: "cut.unknown",
      fr:
        "la ventilation « \(cut) » ne s’applique pas à l’indicateur « \(indicator.definition.id) » (table « \(table.name) »)",
      en:
        "the cut “\(cut)” does not apply to the indicator “\(indicator.definition.id)” (table “\(table.name)”)",
      remedy: near.map {
        Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
      } ?? Phrase(fr: "ventilations possibles : \(list)", en: "possible cuts: \(list)"))
  }

  /// Adds a user's condition to every side; a side that cannot know it is an error.
  private static func apply(_ filter: String, to plan: Plan, model: Model) throws(Failure) -> Plan {
    do {
      let syntax = try Parser.parse(filter)
      func narrow(_ scan: Scan) throws(FormulaError) -> Scan { try narrow(scan, by: syntax) }
      /// By the conditions on what the population is too: a wave does not make it smaller.
      func narrowKnown(_ scan: Scan) throws(FormulaError) -> Scan {
        let known = model[scan.table]?.dimensions ?? [:]
        var out = scan
        for part in syntax.conjuncts
        where part.names.allSatisfy({ $0 == "residence" || known[$0] != nil }) {
          out = try narrow(out, by: part)
        }
        return out
      }
      func narrow(_ scan: Scan, by syntax: Syntax) throws(FormulaError) -> Scan {
        var dimensions = model[scan.table]?.dimensions ?? [:]
        if let residence = model[scan.table]?.residence { dimensions["residence"] = residence }
        let condition = try RowChecker(model: model, base: scan.table, dimensions: dimensions)
          .condition(syntax)
        if scan.isOfQuestionnaires { try Checker.refuseItems([condition], offset: 0) }
        return scan.narrowed(by: condition, model: model)
      }
      var out = plan
      for i in plan.aggregates.indices {
        out.aggregates[i] = try plan.aggregates[i].mapScans(narrow, known: narrowKnown)
      }
      return out
    } catch {
      var place = SourceLocation(file: "--where", line: 1)
      place.column = error.offset + 1
      throw Failure(
        [Diagnostic(code: error.code, error.message, remedy: error.remedy, at: place)],
        status: .usage)
    }
  }

  private static func paths(
    _ plan: Plan, dimensions: [String: [ResolvedPath?]], model: Model
  ) -> [ResolvedPath] {
    var out: [ResolvedPath] = dimensions.values.flatMap { $0.compactMap { $0 } }
    let resolver = PathResolver(model: model)
    var tables = Set<String>()
    for aggregate in plan.aggregates {
      out += aggregate.expressions.flatMap(\.allPaths)
      tables.formUnion(aggregate.scans.map(\.table))
      tables.formUnion(aggregate.sideTables)
    }
    for name in tables.sorted() {
      guard let table = model[name] else { continue }
      let own = [table.date, table.residence, table.person, table.multiplicity]
      let validity = table.validity.map { [$0.from, $0.to] } ?? []
      for path in own.compactMap({ $0 }) + validity {
        if let resolved = try? resolver.resolve(path, from: table) { out.append(resolved) }
      }
      if let key = table.keyColumn, let resolved = try? resolver.resolve(key.name, from: table) {
        out.append(resolved)
      }
    }
    // A look-up by date reads the base row's date too.
    for path in out where path.links.contains(where: { $0.mode == .asOf }) {
      if let table = model[path.base], let date = table.date,
        let resolved = try? resolver.resolve(date, from: table)
      {
        out.append(resolved)
      }
    }
    return out
  }

  /// Every table scanned.
  var tables: Set<String> {
    var out = Set<String>()
    for aggregate in plan.aggregates {
      out.formUnion(aggregate.scans.map(\.table))
      out.formUnion(aggregate.sideTables)
    }
    return out
  }

  /// The keys of all residences.
  func residenceKeys(source: any TableSource) throws(Failure) -> [String] {
    guard let table = model["residence"], let key = table.keyColumn else { return [] }
    let loaded: Table
    do {
      loaded = try source.table(table.name, columns: [key.name])
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        .failed, code: "indicators.load", fr: "les données ne peuvent pas être lues",
        en: "the data cannot be read")
    }
    guard let column = loaded[key.name] else { return [] }
    return (0..<loaded.rowCount).compactMap { column.text(at: $0) }
  }

  /// What turns cells into rows: all residences, and the declared order of values.
  func assembly(residences: [String]) -> Assembly {
    var order: [String: [String]] = [:]
    for (table, paths) in dimensions.sorted(by: { $0.key < $1.key }) {
      for (d, path) in paths.dropFirst().enumerated() {
        guard let path, order[cuts[d]] == nil else { continue }
        order[cuts[d]] = declaredValues(path, table: table)
      }
    }
    if case .path(let path)? = plan.ends {
      let values = declaredValues(path, table: path.base)
      order[Aggregate.Ties.endsCut] = Question.pairs(of: values)
    }
    return Assembly(
      indicator: indicator, wholes: wholes, cuts: cuts, residences: residences, order: order)
  }

  /// The pairs of some values, the earlier one first.
  static func pairs(of values: [String]) -> [String] {
    values.indices.flatMap { i in
      values[i...].map { Aggregate.Ties.pair(values[i], $0) }
    }
  }

  /// The values that the two people of a pair may have, in their order: those declared, else those
  /// that occur.
  func ends(_ path: ResolvedPath, frame: Frame) -> [String] {
    let declared = declaredValues(path, table: path.base)
    if !declared.isEmpty { return declared }
    var met = Set<String>()
    for year in Set(periods.map(\.last.year)) {
      met.formUnion(frame.texts(path, year: year)?.1.strings ?? [])
    }
    return met.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func declaredValues(_ path: ResolvedPath, table: String) -> [String] {
    if case .bands(_, let bands) = path.leaf { return bands.map(\.value) }
    return model[path.links.last?.target ?? table]?[path.column]?.values.map(\.value) ?? []
  }
}
