import Model
import Periods

extension SQLWriter {
  /// Two-level aggregates.
  mutating func addPerKey(_ perKey: PerKey, _ name: String) {
    addKeys(perKey, name)
    let main = perKey.inners[0]
    let values = outerValues(perKey.outer, perKey.value, name)
    let groups = perKey.grouping.map { "SELECT \(by) FROM \(SQLWriter.rows(of: $0, name))_l" }
    step(
      name + "_g", (groups + ["SELECT \(by) FROM \(name)_p"]).joined(separator: " UNION "))
    let empty =
      switch perKey.outer {
      case .count, .sum:
        ("COALESCE(v.value, 0)", "COALESCE(v.value, 0)", dialect.noNumber)
      case .mean, .share, .topShare, .leastShare:
        ("v.value", "v.numerator", "COALESCE(v.denominator, 0)")
      default: ("v.value", dialect.noNumber, "COALESCE(v.denominator, 0)")
      }
    let asked = perKey.event == nil ? "z" : "CASE WHEN e IS NOT NULL THEN z END"
    // A number of people for whom something holds tells of those people, not of all asked.
    let known =
      perKey.outer == .count && perKey.value.isCondition ? "CASE WHEN z = 1 THEN z END" : asked
    step(
      name + "_n0",
      "SELECT \(by), COUNT(\(known)) AS persons, COUNT(\(asked)) AS people FROM \(name)_k GROUP BY \(by)"
    )
    let persons: String
    var personJoin = ""
    let about = perKey.keys == .population ? perKey.among?.scan.table : nil
    if keyIsPerson(main) {
      persons = "COALESCE(q.persons, 0)"
    } else if question.model[about ?? main.scan.table]?.person == nil {
      persons = dialect.noNumber
    } else {
      step(
        name + "_w",
        "SELECT \(by), COUNT(DISTINCT CASE WHEN m = 1 THEN person END) AS persons FROM \(about == nil ? name + "_s_l" : name + "_r_l") GROUP BY \(by)"
      )
      persons = "COALESCE(w.persons, 0)"
      personJoin = " LEFT JOIN \(name)_w AS w ON \(same("g", "w"))"
    }
    step(
      name,
      "SELECT \(keys.map { "g.\($0) AS \($0)" }.joined(separator: ", ")), \(empty.0) AS value, \(empty.1) AS numerator, \(empty.2) AS denominator, COALESCE(u.unknown, 0) AS unknown, COALESCE(u.known, 0) AS known, \(persons) AS persons\(apart(perKey, empty.1))\n  FROM \(name)_g AS g LEFT JOIN \(name)_u AS u ON \(same("g", "u")) LEFT JOIN \(values) AS v ON \(same("g", "v")) LEFT JOIN \(name)_n0 AS q ON \(same("g", "q"))\(personJoin)"
    )
  }

  /// How many people the value is about, and how many of them it tells apart from the others, as
  /// further columns of the results (`Cell.answers`, `holding`).
  private func apart(_ perKey: PerKey, _ numerator: String) -> String {
    guard tellsApart(.perKey(perKey)) else { return "" }
    var holding = numerator
    if case .topShare = perKey.outer { holding = "COALESCE(v.inside, 0)" }
    return ", COALESCE(q.people, 0) AS answers, \(holding) AS holding"
  }

  /// The step that holds the rows of an inner aggregate.
  static func rows(of inner: Int, _ name: String) -> String {
    inner == 0 ? name + "_s" : "\(name)_i\(inner)_s"
  }

  /// Adds `name_k`: one row a group and key with its value `z` and its event `e`; `name_u`: what
  /// is known of the rows; `name_p`: the keys.
  mutating func addKeys(_ perKey: PerKey, _ name: String) {
    let inners = perKey.inners
    let category: RowExpression? = if case .category(let path) = perKey.value { path } else { nil }
    for (i, inner) in inners.enumerated() {
      guard case .rows(let aggregate) = inner.kind else { continue }
      scan(inner.scan, SQLWriter.rows(of: i, name)) { rows in
        var columns = [(name: "k", sql: rows.sql(inner.key))]
        columns += SQLWriter.operands(aggregate, &rows)
        if i == 0, let category { columns.append(("c", rows.sql(category))) }
        return columns
      }
    }
    let known = "k IS NOT NULL AND x IS NOT NULL" + (category == nil ? "" : " AND c IS NOT NULL")
    let telling = perKey.telling.filter { if case .rows = inners[$0].kind { true } else { false } }
    for i in telling {
      tally(
        telling.count == 1 ? name + "_u" : "\(name)_u\(i)",
        from: SQLWriter.rows(of: i, name) + "_l", known: known)
    }
    if telling.count > 1 {
      let all = telling.map { "SELECT \(by), unknown, known FROM \(name)_u\($0)" }
      step(
        name + "_u",
        "SELECT \(by), SUM(unknown) AS unknown, SUM(known) AS known FROM (\(all.joined(separator: " UNION ALL "))) AS told GROUP BY \(by)"
      )
    }
    addPairs(perKey, name)
    var joins = "\(name)_p AS p"
    for (i, inner) in inners.enumerated() {
      let part = "\(name)_i\(i)"
      switch inner.kind {
      case .rows(let aggregate):
        let from = SQLWriter.rows(of: i, name) + "_l"
        let values = reduce(aggregate, from, part, by: keys + ["k"])
        joins += " LEFT JOIN \(values) AS i\(i) ON \(same("p", "i\(i)", keys + ["k"]))"
      case .monthsOpen(let sessions):
        addMonthsOpen(inner, sessions, part)
        joins += " LEFT JOIN \(part) AS i\(i) ON \(same("p", "i\(i)", keys + ["k"]))"
      }
    }
    var z = key(perKey.value, inners)
    if category != nil {
      step(
        name + "_c",
        "SELECT \(by), k, MAX(c) AS c FROM \(name)_s_l WHERE m = 1 AND k IS NOT NULL GROUP BY \(by), k"
      )
      joins += " LEFT JOIN \(name)_c AS c ON \(same("p", "c", keys + ["k"]))"
      z = "c.c"
    }
    let event = perKey.event.map { ", \(key($0, inners)) AS e" } ?? ""
    step(
      name + "_k",
      "SELECT \(keys.map { "p.\($0) AS \($0)" }.joined(separator: ", ")), p.k AS k, \(z) AS z\(event) FROM \(joins)"
    )
  }

  /// Adds `name_p`: the keys of each group.
  private mutating func addPairs(_ perKey: PerKey, _ name: String) {
    var parts: [String] = []
    if perKey.keys != .population {
      for (i, inner) in perKey.inners.enumerated() where i == 0 || perKey.keys == .any {
        guard case .rows = inner.kind else { continue }
        let rows = SQLWriter.rows(of: i, name)
        parts.append("SELECT \(by), k FROM \(rows)_l WHERE m = 1 AND k IS NOT NULL")
      }
    }
    if let among = perKey.among {
      scanRegister(among, name + "_r") { _ in [] }
      parts.append(entities(among.mode, name + "_r_l", name + "_r"))
    }
    // A union has no row twice.
    let last = parts.count == 1 && perKey.among == nil ? " GROUP BY \(by), k" : ""
    step(name + "_p", parts.joined(separator: " UNION ") + last)
  }

  func keyIsPerson(_ main: InnerAggregate) -> Bool {
    guard case .path(let path) = main.key, case .code(let domain) = path.type else { return false }
    let table = question.model[domain]
    return table?.person != nil && table?.keyColumn?.name == table?.person
  }

  /// The per-key value over the joined inner aggregates.
  private func key(_ value: KeyValue, _ inners: [InnerAggregate]) -> String {
    switch value {
    case .number(let n): return dialect.number(n)
    case .category: return dialect.noNumber
    case .inner(let i):
      if case .rows(let aggregate) = inners[i].kind {
        switch aggregate {
        case .count, .distinct, .sum: return dialect.double("COALESCE(i\(i).value, 0)")
        default: return dialect.double("i\(i).value")
        }
      }
      return dialect.double("i\(i).value")
    case .arithmetic(let operation, let a, let b):
      let (x, y) = (key(a, inners), key(b, inners))
      return operation == .divide ? "(\(x) / NULLIF(\(y), 0))" : "(\(x) \(operation.rawValue) \(y))"
    case .compare(let comparison, let a, let b):
      let symbol = comparison == .notEqual ? "<>" : comparison.rawValue
      let test = "\(key(a, inners)) \(symbol) \(key(b, inners))"
      return "CASE WHEN \(test) THEN 1 WHEN NOT (\(test)) THEN 0 END"
    case .and(let a, let b): return truth("\(holds(a, inners)) AND \(holds(b, inners))")
    case .or(let a, let b): return truth("\(holds(a, inners)) OR \(holds(b, inners))")
    case .not(let a): return "(1 - \(key(a, inners)))"
    }
  }

  /// A per-key condition as an SQL condition: null is unknown.
  private func holds(_ value: KeyValue, _ inners: [InnerAggregate]) -> String {
    "(\(key(value, inners)) = 1)"
  }

  private func truth(_ condition: String) -> String {
    "CASE WHEN \(condition) THEN 1 WHEN NOT (\(condition)) THEN 0 END"
  }

  /// The aggregate of the per-key values; returns the step's name.
  private mutating func outerValues(_ outer: OuterAggregate, _ value: KeyValue, _ name: String)
    -> String
  {
    let out = name + "_v"
    let from = "FROM \(name)_k WHERE z IS NOT NULL"
    let n = dialect.double("COUNT(*)")
    switch outer {
    case .count:
      let count = value.isCondition ? "SUM(z)" : "COUNT(*)"
      return step(
        out,
        "SELECT \(by), \(count) AS value, \(dialect.noNumber) AS numerator, \(dialect.noNumber) AS denominator \(from) GROUP BY \(by)"
      )
    case .sum:
      return step(
        out,
        "SELECT \(by), SUM(z) AS value, \(dialect.noNumber) AS numerator, \(dialect.noNumber) AS denominator \(from) GROUP BY \(by)"
      )
    case .mean, .share:
      return step(
        out,
        "SELECT \(by), SUM(z) / \(n) AS value, SUM(z) AS numerator, COUNT(*) AS denominator \(from) GROUP BY \(by)"
      )
    case .minimum, .maximum:
      let f = if case .minimum = outer { "MIN" } else { "MAX" }
      return step(
        out,
        "SELECT \(by), \(f)(z) AS value, \(dialect.noNumber) AS numerator, COUNT(*) AS denominator \(from) GROUP BY \(by)"
      )
    case .quantile(let p): return quantile(p, of: "z", weight: "1", from, out, by: keys)
    case .gini, .adjustedGini:
      step(
        out + "_o",
        "SELECT \(by), z, ROW_NUMBER() OVER (PARTITION BY \(by) ORDER BY z) AS i, COUNT(*) OVER (PARTITION BY \(by)) AS n \(from)"
      )
      let gini = "SUM((2.0 * i - n - 1) * z) / (MAX(n) * SUM(z))"
      var value = gini
      if case .adjustedGini = outer {
        let scale = dialect.greatest("\(dialect.double("MAX(n)")) / SUM(z)", dialect.number(1))
        value = "\(scale) * (\(gini) - 1) + 1"
      }
      return step(
        out,
        "SELECT \(by), CASE WHEN SUM(z) > 0 AND MIN(z) >= 0 THEN \(value) END AS value, \(dialect.noNumber) AS numerator, MAX(n) AS denominator FROM \(out)_o GROUP BY \(by)"
      )
    case .topShare(let fraction):
      step(
        out + "_o",
        "SELECT \(by), z, ROW_NUMBER() OVER (PARTITION BY \(by) ORDER BY z DESC) AS i, COUNT(*) OVER (PARTITION BY \(by)) AS n \(from)"
      )
      // i ≤ ⌈f·n⌉ exactly when i − 1 < f·n, up to the rounding of the product.
      let inside = "i - 1 < n * \(dialect.number(fraction)) - 1e-9"
      return step(
        out,
        "SELECT \(by), CASE WHEN SUM(z) > 0 THEN SUM(CASE WHEN \(inside) THEN z ELSE 0 END) / SUM(z) END AS value, CASE WHEN SUM(z) > 0 THEN SUM(CASE WHEN \(inside) THEN z ELSE 0 END) END AS numerator, SUM(z) AS denominator, SUM(CASE WHEN \(inside) THEN 1 ELSE 0 END) AS inside FROM \(out)_o GROUP BY \(by)"
      )
    case .leastShare(let fraction):
      step(
        out + "_o",
        "SELECT \(by), z, SUM(z) OVER (PARTITION BY \(by) ORDER BY z DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - z AS above, SUM(z) OVER (PARTITION BY \(by)) AS total, COUNT(*) OVER (PARTITION BY \(by)) AS n \(from)"
      )
      // Those without whom the ones above them do not hold the fraction yet, up to rounding.
      let needed =
        "SUM(CASE WHEN above < total * \(dialect.number(fraction * (1 - 1e-12))) THEN 1 ELSE 0 END)"
      let isAmount = "SUM(z) > 0 AND MIN(z) >= 0"
      return step(
        out,
        "SELECT \(by), CASE WHEN \(isAmount) THEN \(dialect.double(needed)) / MAX(n) END AS value, CASE WHEN \(isAmount) THEN \(needed) END AS numerator, MAX(n) AS denominator FROM \(out)_o GROUP BY \(by)"
      )
    case .survival(let asked):
      return survival(
        asked, "SELECT \(by), z, e FROM \(name)_k WHERE z IS NOT NULL AND e IS NOT NULL", out)
    case .blau(let classes):
      step(out + "_c", "SELECT \(by), z, \(n) AS n \(from) GROUP BY \(by), z")
      return blau(out, from: out + "_c", classes: classes, by: keys)
    }
  }

  /// Months in which a person's stay met a month with a session in the stay's residence.
  private mutating func addMonthsOpen(_ inner: InnerAggregate, _ sessions: Scan, _ name: String) {
    let model = question.model
    func resolve(_ path: String?, _ table: String) -> ResolvedPath? {
      guard let path, let declaration = model[table] else { return nil }
      return try? PathResolver(model: model).resolve(path, from: declaration)
    }
    let dialect = dialect
    scan(sessions, name + "_o", grouped: false) { rows in
      let path = resolve(model[sessions.table]?.date, sessions.table)
      let date = path.map { rows.sql($0) } ?? dialect.noDate
      let home = resolve(model[sessions.table]?.residence, sessions.table).map { rows.sql($0) }
      return [("home", home ?? dialect.noText), ("month", SQLRows.step(date, .month, dialect))]
    }
    step(
      name + "_m",
      "SELECT DISTINCT p, home, month FROM \(name)_o WHERE m = 1 AND home IS NOT NULL")
    let table = inner.scan.table
    let (from, to) = validity(table)
    let first =
      "CASE WHEN \(from) IS NULL OR \(from) < period.first_day THEN period.first_day ELSE \(from) END"
    let last =
      "CASE WHEN \(to) IS NULL OR \(to) > period.last_day THEN period.last_day ELSE \(dialect.dayBefore(to)) END"
    scan(inner.scan, name + "_s") { rows in
      let home = resolve(model[table]?.residence, table).map { rows.sql($0) }
      return [
        ("k", rows.sql(inner.key)), ("home", home ?? dialect.noText),
        ("a", SQLRows.step(first, .month, dialect)), ("b", SQLRows.step(last, .month, dialect)),
      ]
    }
    step(
      name,
      "SELECT \(keys.map { "s.\($0) AS \($0)" }.joined(separator: ", ")), s.k AS k, COUNT(DISTINCT o.month) AS value FROM \(name)_s_l AS s JOIN \(name)_m AS o ON o.p = s.p AND o.home = s.home AND o.month >= s.a AND o.month <= s.b WHERE s.m = 1 AND s.k IS NOT NULL GROUP BY \(keys.map { "s.\($0)" }.joined(separator: ", ")), s.k"
    )
  }
}
