package import Diagnostics
package import Model
package import Periods

/// Writes an indicator as SQL that gives the same table as the columnar executor: one row a period,
/// residence and combination of cuts, totals included.
///
/// It is one statement, or several of one session of which the last gives the rows, told apart by a
/// semicolon at the end of a line. Tables and columns are those of the model; missing values are
/// null. The result's columns are `period, residence, <cuts>, value, numerator, denominator,
/// unknown, known, persons, scanned, df, n_eff, se`, or those of `SQLResult`; a residence without
/// any row is left out, as nothing lists it there.
package struct SQLWriter {
  let question: Question
  let dialect: Dialect
  /// The sets of cuts to tell apart; nil for every one.
  let levels: [[String]]?
  /// The columns to give when the rows of several indicators are put together.
  let result: SQLResult?
  private var steps: [(name: String, sql: String)] = []

  /// Writes the statement.
  ///
  /// - Throws: `Failure` with status `usage` when a cut or filter does not apply, and when SQL
  ///   cannot say the formula.
  package static func statement(
    _ indicator: Indicator, cuts: [String] = [], filter: String? = nil, periods: [Period],
    levels: [[String]]? = nil, model: Model, dialect: Dialect, result: SQLResult? = nil
  ) throws(Failure) -> String {
    if let what = indicator.plan.beyondSQL { throw beyond(what, indicator.definition) }
    let question = try Question(
      indicator, cuts: cuts, filter: filter, periods: periods, model: model)
    return SQLWriter(question, dialect, levels: levels, result: result).text
  }

  /// Whether a query reads data that never leave internal use, which an export leaves out unless
  /// they are asked for.
  ///
  /// - Throws: `Failure` with status `usage` when a cut does not apply.
  package static func readsRestricted(_ indicator: Indicator, cuts: [String] = [], model: Model)
    throws(Failure) -> Bool
  {
    let question = try Question(indicator, cuts: cuts, filter: nil, periods: [], model: model)
    return question.paths.contains { path in
      let columns = path.links.map(\.column) + [path.column]
      return model.isRestricted(path: columns.joined(separator: "."), from: path.base)
    }
  }

  /// Why there is no statement.
  private static func beyond(_ what: BeyondSQL, _ definition: IndicatorDefinition) -> Failure {
    Failure(
      .usage, code: "sql.none",
      fr:
        "« \(definition.id) » n’a pas de requête SQL : \(what.reason.fr)",
      en:
        "“\(definition.id)” has no SQL query: \(what.reason.en)",
      remedy: Phrase(
        fr:
          "« lien compute \(definition.id) » le calcule ; « lien indicators --json » dit lesquels ont une requête (sql)",
        en:
          "“lien compute \(definition.id)” computes it; “lien indicators --json” tells which have a query (sql)"
      ))
  }

  private init(
    _ question: Question, _ dialect: Dialect, levels: [[String]]?, result: SQLResult?
  ) {
    self.question = question
    self.dialect = dialect
    self.levels = levels
    self.result = result
    addPeriods()
    addLevels()
    for (i, aggregate) in question.plan.aggregates.enumerated() { add(aggregate, "a\(i)") }
    if result != nil, let part = question.indicator.largestPart(in: question.model) {
      add(part.plan.aggregates[0], "largest")
    }
    finish()
  }

  private var text: String {
    let last = steps.last?.sql ?? ""
    let isRun = dialect.alwaysInSteps || result != nil
    let settings = isRun ? [dialect.settings].compactMap { $0 } : []
    if isRun, let table = dialect.table {
      let tables = steps.dropLast().map { table($0.name, $0.sql) }
      return (settings + tables + [last]).joined(separator: ";\n")
    }
    let ctes = steps.dropLast().map { "\($0.name) AS (\n  \($0.sql)\n)" }
    let query = "WITH " + ctes.joined(separator: ",\n") + "\n" + last
    return (settings + [query]).joined(separator: ";\n")
  }

  // MARK: parts shared by all

  /// The dimensions' column names in every step: `g0` is the residence.
  var groups: [String] { (0...question.cuts.count).map { "g\($0)" } }
  /// The columns by which cells are grouped.
  var keys: [String] { ["p"] + groups }
  /// `keys` as a list.
  var by: String { keys.joined(separator: ", ") }

  /// Adds a step and returns its name.
  @discardableResult
  mutating func step(_ name: String, _ sql: String) -> String {
    steps.append((name, sql))
    return name
  }

  private mutating func addPeriods() {
    let rows = question.periods.enumerated().map { i, period in
      let after = period.last.advanced(by: 1)
      let earlier = period.preceding
      return
        "SELECT \(i) AS p, \(dialect.text(period.name)) AS name, \(dialect.date(period.first)) AS first_day, \(dialect.date(period.last)) AS last_day, \(dialect.date(after)) AS next_day, \(period.last.year) AS last_year, \(period.days) AS days, \(dialect.date(earlier.first)) AS earlier_first, \(dialect.date(earlier.last)) AS earlier_last"
    }
    step("period", rows.joined(separator: " UNION ALL "))
  }

  /// The cuts that each level keeps, a bit each.
  private var kept: [Int] {
    levels?.map { names in
      question.cuts.indices.reduce(0) { names.contains(question.cuts[$1]) ? $0 | 1 << $1 : $0 }
    } ?? Array(0..<(1 << question.cuts.count))
  }

  /// Which dimensions a level keeps: each residence or all, with the cuts asked for.
  private mutating func addLevels() {
    let rows = kept.flatMap { [$0 << 1, $0 << 1 | 1] }.map { mask in
      "SELECT "
        + groups.indices.map { "\(mask >> $0 & 1) AS l\($0)" }.joined(separator: ", ")
    }
    step("level", rows.joined(separator: " UNION ALL "))
  }

  /// Adds the rows of a scan as `name`, and those rows at every level as `name_l`.
  ///
  /// Columns: `p`, the dimensions, `m` (whether the filter holds: 1, 0, null), `w` (how many the
  /// row stands for), `person`, and the expressions given. `dated: false` takes all dates, and
  /// leaves `p` out where nothing depends on the period; `grouped: false` leaves `name_l` out.
  ///
  /// - Returns: Whether the rows have `p`.
  @discardableResult
  mutating func scan(
    _ scan: Scan, _ name: String, dated: Bool = true, grouped: Bool = true,
    columns: (inout SQLRows) -> [(name: String, sql: String)]
  ) -> Bool {
    var rows = SQLRows(dialect: dialect, model: question.model, base: scan.table)
    let table = question.model[scan.table]
    func resolve(_ path: String) -> ResolvedPath? {
      table.flatMap { try? PathResolver(model: question.model).resolve(path, from: $0) }
    }
    var selected: [String] = []
    for (d, path) in (question.dimensions[scan.table] ?? []).enumerated() {
      selected.append("\(path.map { rows.sql($0) } ?? dialect.noText) AS g\(d)")
    }
    selected.append("\(scan.filter.map { rows.flag($0) } ?? "1") AS m")
    let one = dialect.whole("1")
    let weight = table?.multiplicity.flatMap(resolve).map { "COALESCE(\(rows.sql($0)), \(one))" }
    let person = table?.person.flatMap(resolve).map { rows.sql($0) }
    selected.append("\(weight ?? one) AS w")
    selected.append("\(person ?? dialect.noText) AS person")
    for column in columns(&rows) { selected.append("\(column.sql) AS \(column.name)") }
    var conditions: [String] = []
    if dated, let date = table?.date.flatMap(resolve) {
      let day = rows.sql(date)
      switch scan.window {
      case .period:
        conditions.append("\(day) >= period.first_day AND \(day) <= period.last_day")
      case .lastPeriod:
        conditions.append("\(day) >= period.earlier_first AND \(day) <= period.earlier_last")
      case .before: conditions.append("\(day) < period.first_day")
      case .soFar: conditions.append("\(day) <= period.last_day")
      }
    } else if dated, table?.validity != nil {
      let (from, to) = validity(scan.table)
      conditions.append("(\(from) IS NULL OR \(from) <= period.last_day)")
      conditions.append("(\(to) IS NULL OR \(to) > period.first_day)")
    }
    if let counted = scan.counted { conditions.append(rows.sql(counted)) }
    let isByPeriod =
      dated || (selected + rows.joins + conditions).contains { $0.contains("period.") }
    if isByPeriod { selected.insert("period.p AS p", at: 0) }
    // Each row finds what it is joined to once, not for each period.
    var joins = ["\(dialect.name(scan.table)) AS t"] + rows.joins
    if isByPeriod {
      joins.insert(
        "CROSS JOIN period",
        at: rows.joins.contains { $0.contains("period.") } ? 1 : joins.count)
    }
    step(
      name,
      "SELECT \(selected.joined(separator: ", "))\n  FROM \(joins.joined(separator: "\n    "))"
        + (conditions.isEmpty ? "" : "\n  WHERE " + conditions.joined(separator: " AND ")))
    guard grouped else { return isByPeriod }
    var rest = ["m", "w", "person"]
    var unused = SQLRows(dialect: dialect, model: question.model, base: scan.table)
    rest += columns(&unused).map(\.name)
    let dimensions = groups.indices.map { d in
      let own = d == 0 ? "s.g0" : "COALESCE(s.g\(d), \(dialect.text(unknownMark)))"
      return "CASE WHEN l.l\(d) = 1 THEN \(own) ELSE \(dialect.text(totalMark)) END AS g\(d)"
    }
    step(
      name + "_l",
      "SELECT \(isByPeriod ? "s.p AS p, " : "")\(dimensions.joined(separator: ", ")), \(rest.map { "s.\($0) AS \($0)" }.joined(separator: ", "))\n  FROM \(name) AS s CROSS JOIN level AS l\n  WHERE l.l0 = 0 OR s.g0 IS NOT NULL"
    )
    return isByPeriod
  }

  /// Adds what was known of each group: `unknown`, `known`, `persons`. A row's operand is known
  /// when `known` holds.
  mutating func tally(_ name: String, from rows: String, known: String = "1 = 1") {
    let lost = "m IS NULL OR (m = 1 AND NOT (\(known)))"
    step(
      name,
      "SELECT \(by), SUM(CASE WHEN \(lost) THEN w ELSE 0 END) AS unknown, SUM(CASE WHEN \(lost) THEN 0 ELSE w END) AS known, COUNT(DISTINCT CASE WHEN m = 1 AND \(known) THEN person END) AS persons\n  FROM \(rows) GROUP BY \(by)"
    )
  }

  /// `a.p = b.p AND a.g0 = b.g0 …`
  func same(_ a: String, _ b: String, _ columns: [String]? = nil) -> String {
    (columns ?? keys).map { "\(a).\($0) = \(b).\($0)" }.joined(separator: " AND ")
  }

  /// Adds the rows of each residence before any filter.
  private mutating func scanned(_ name: String, from rows: String) {
    let total = dialect.text(totalMark)
    step(
      name,
      "SELECT p, \(total) AS g0, COUNT(*) AS scanned FROM \(rows) GROUP BY p UNION ALL SELECT p, g0, COUNT(*) AS scanned FROM \(rows) WHERE g0 IS NOT NULL GROUP BY p, g0"
    )
  }

  private mutating func add(_ aggregate: Aggregate, _ name: String) {
    var counted = name + "_s"
    switch aggregate {
    case .rows(let row, let scan): addRows(row, scan, name)
    case .perKey(let perKey):
      addPerKey(perKey, name)
      counted = SQLWriter.rows(of: perKey.main, name)
    case .population(let population): addPopulation(population, name)
    case .ties(let ties): addTies(ties, name)
    case .met(let met): addMet(met, name)
    // `statement` has refused it.
    case .network, .survey, .response, .valuation: return
    case .retention(let retention): addRetention(retention, name)
    case .weighted(let weighted): addWeighted(weighted, name)
    // `statement` has refused it.
    case .effect: return
    case .survival(let survival): addSurvival(survival, name)
    case .hours(let hours): addHours(hours, name)
    case .weeks(let weeks): addWeeks(weeks, name)
    case .dissimilarity(let dissimilarity): addDissimilarity(dissimilarity, name)
    }
    scanned(name + "_n", from: counted)
  }

  // MARK: the result

  private mutating func finish() {
    let plan = question.indicator.plan
    let names = plan.aggregates.indices.map { "a\($0)" }
    // Every combination of the labels seen: a group that no row is in still has its zero, and
    // the values of its residence with the cuts rolled up.
    step(
      "seen",
      (names.map { "SELECT \(by) FROM \($0)" } + everyResidence()).joined(separator: " UNION "))
    addGroups()
    var joins = ["groups AS g", "JOIN period ON period.p = g.p"]
    let total = dialect.text(totalMark)
    for (i, name) in names.enumerated() {
      joins.append("LEFT JOIN \(name) ON \(same(name, "g"))")
      joins.append("LEFT JOIN \(name)_n AS n\(i) ON n\(i).p = g.p AND n\(i).g0 = g.g0")
    }
    let others = plan.aggregates.count..<question.plan.aggregates.count
    for i in plan.root.wholes + others {
      let rolled = groups.dropFirst().map { " AND o\(i).\($0) = \(total)" }.joined()
      joins.append("LEFT JOIN a\(i) AS o\(i) ON o\(i).p = g.p AND o\(i).g0 = g.g0\(rolled)")
    }
    let used = plan.root.used
    let many = dialect.number(SQLWriter.many)
    func column(_ use: Use, _ name: String) -> String {
      use.isOverall ? whole(use.index) { "o\($0).\(name)" } : "a\(use.index).\(name)"
    }
    func column(_ use: Use, _ name: String, or none: String) -> String {
      "COALESCE(\(column(use, name)), \(none))"
    }
    // Engines that keep whole numbers apart from others find one kind here.
    func people(_ use: Use) -> String {
      "COALESCE(\(dialect.double(column(use, "persons"))), \(many))"
    }
    let persons = leastOf(used.map(people))
    let scanned = leastOf(plan.aggregates.indices.map { "COALESCE(n\($0).scanned, 0)" })
    let sides = plan.root.sides
    var numerator = dialect.noNumber
    var denominator = dialect.noNumber
    var sample = [String](repeating: dialect.noNumber, count: 3)
    if case .aggregate(let i) = plan.root {
      numerator = cellValue(i, "a\(i)", column: "numerator")
      denominator = "a\(i).denominator"
      if case .weighted = plan.aggregates[i] {
        sample = ["a\(i).df", "a\(i).n_eff", "a\(i).se"]
      }
    } else if let sides {
      numerator = value(sides.0)
      denominator = value(sides.1)
    }
    var tallies = ["unknown", "known"].map { name in
      used.map { column(($0.index, plan.root.wholes.contains($0.index)), name, or: "0") }
        .joined(separator: " + ")
    }
    var (value, named) = (value(plan.root), persons)
    var protection = protection(of: column)
    // Those of an unknown value are no part of a whole: all that is counted there is unknown.
    let unknownGroup = groups.dropFirst().map { "g.\($0) = \(dialect.text(unknownMark))" }
      .joined(separator: " OR ")
    if plan.hasWholes, !question.cuts.isEmpty {
      let parts = used.filter { !$0.isOverall }
      let lost = parts.flatMap { [column($0, "unknown", or: "0"), column($0, "known", or: "0")] }
      func unless(_ value: String, _ instead: String) -> String {
        "CASE WHEN \(unknownGroup) THEN \(instead) ELSE \(value) END"
      }
      value = unless(value, dialect.noNumber)
      numerator = unless(numerator, dialect.noNumber)
      denominator = unless(denominator, dialect.noNumber)
      tallies = [
        unless(tallies[0], lost.isEmpty ? "0" : lost.joined(separator: " + ")),
        unless(tallies[1], "0"),
      ]
      named = unless(named, leastOf(parts.map(people)))
      let one = dialect.number(1)
      protection = (
        unless(
          protection.share,
          "CASE WHEN \(tallies[0]) > 0 THEN \(dialect.number(0)) ELSE \(one) END"),
        unless(protection.smallest, dialect.noNumber), unless(protection.all, "0"),
        unless(protection.apart, dialect.noNumber)
      )
    }
    if question.indicator.largestPart(in: question.model) != nil, result != nil {
      joins.append("LEFT JOIN largest ON \(same("largest", "g"))")
    }
    let numbers = [
      (value, "value"), (numerator, "numerator"), (denominator, "denominator"),
      (tallies[0], "unknown"), (tallies[1], "known"), ("NULLIF(\(named), \(many))", "persons"),
      (scanned, "scanned"), (sample[0], "df"), (sample[1], "n_eff"), (sample[2], "se"),
    ]
    let columns: [String]
    if let result {
      columns = self.columns(
        result,
        numbers + [
          (protection.share, "known_share"), (protection.smallest, "smallest"),
          (protection.all, "all"), (protection.apart, "apart"),
        ])
    } else {
      columns =
        ["period.name AS period", "g.g0 AS residence"]
        + question.cuts.enumerated().map {
          "g.g\($0.offset + 1) AS \(dialect.name($0.element))"
        } + numbers.map { "\($0.0) AS \($0.1)" }
    }
    let order = (["g.p"] + groups.map { "g.\($0)" }).joined(separator: ", ")
    step(
      "",
      "SELECT \(columns.joined(separator: ",\n  "))\nFROM \(joins.joined(separator: "\n"))\nORDER BY \(order)"
    )
  }

  /// Adds every combination of the labels seen at each level.
  private mutating func addGroups() {
    let total = dialect.text(totalMark)
    let queries = kept.map { mask in
      let labels = groups.indices.map { d in
        d == 0 || mask >> (d - 1) & 1 == 1 ? "of_g\(d).g\(d) AS g\(d)" : "\(total) AS g\(d)"
      }
      let axes = groups.indices.filter { $0 == 0 || mask >> ($0 - 1) & 1 == 1 }.map { d in
        // All together is a level of its own.
        let own = d == 0 ? "" : " WHERE g\(d) <> \(total)"
        return "(SELECT DISTINCT g\(d) FROM seen\(own)) AS of_g\(d)"
      }
      return
        "SELECT period.p AS p, \(labels.joined(separator: ", ")) FROM period CROSS JOIN \(axes.joined(separator: " CROSS JOIN "))"
    }
    step("groups", queries.joined(separator: " UNION ALL "))
  }

  /// More people than there are: stands where there is no number.
  static let many = 9_000_000_000_000.0

  /// The least of several values that are not null.
  func leastOf(_ values: [String]) -> String {
    guard let first = values.first else { return dialect.noNumber }
    return values.dropFirst().reduce(first) { dialect.least($0, $1) }
  }

  /// The value of an expression over the joined cells. A group that an aggregate does not have
  /// is its empty cell: zero for counts and sums.
  private func value(_ expression: ValueExpression) -> String {
    switch expression {
    case .number(let n): return dialect.number(n)
    case .aggregate(let i): return cellValue(i, "a\(i)")
    case .overall(let i): return whole(i) { cellValue($0, "o\($0)") }
    case .arithmetic(let operation, let a, let b):
      let (x, y) = (dialect.double(value(a)), dialect.double(value(b)))
      return operation == .divide ? "(\(x) / NULLIF(\(y), 0))" : "(\(x) \(operation.rawValue) \(y))"
    }
  }

  /// What is asked of an aggregate's whole, which depends on the cuts that a group tells apart.
  private func whole(_ i: Int, _ ask: (Int) -> String) -> String {
    let total = dialect.text(totalMark)
    let cases = (0..<1 << question.cuts.count).map { kept in
      let cuts = question.cuts.indices.map { cut in
        "g.g\(cut + 1) \(kept >> cut & 1 == 1 ? "<>" : "=") \(total)"
      }
      return
        "WHEN \(cuts.joined(separator: " AND ")) THEN \(ask(question.wholes.number(of: i, cuts: kept)))"
    }
    return question.cuts.isEmpty ? ask(i) : "CASE \(cases.joined(separator: " ")) END"
  }

  private func cellValue(_ i: Int, _ alias: String, column: String = "value") -> String {
    let value = "\(alias).\(column)"
    guard question.plan.aggregates[i].emptyCell.value != nil else { return value }
    return "CASE WHEN \(alias).p IS NULL THEN 0 ELSE \(value) END"
  }
}

extension ValueExpression {
  /// The two sides of a division.
  var sides: (ValueExpression, ValueExpression)? {
    if case .arithmetic(.divide, let a, let b) = self { (a, b) } else { nil }
  }
}
