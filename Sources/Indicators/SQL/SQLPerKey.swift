import Model
import Periods

extension SQLWriter {
  /// Two-level aggregates: `name_k` holds one row a group and key with its value `z`.
  mutating func addPerKey(
    _ outer: OuterAggregate, _ value: KeyValue, _ inners: [InnerAggregate], among: Population?,
    _ name: String
  ) {
    let main = inners[0]
    let category: RowExpression? = if case .category(let path) = value { path } else { nil }
    scan(main.scan, name + "_s") { rows in
      var columns = [("k", rows.sql(main.key))]
      if case .rows(let aggregate) = main.kind {
        columns.append(("x", SQLWriter.operand(aggregate, &rows)))
      }
      if let category { columns.append(("c", rows.sql(category))) }
      return columns
    }
    let rows = name + "_s_l"
    let known = "k IS NOT NULL AND x IS NOT NULL" + (category == nil ? "" : " AND c IS NOT NULL")
    tally(name + "_u", from: rows, known: known)
    // The keys of each group: those of the rows that pass the filter, and of the population.
    var pairs = "SELECT \(by), k FROM \(rows) WHERE m = 1 AND k IS NOT NULL"
    if let among {
      scan(among.scan, name + "_r") { [("k", $0.sql(among.entity))] }
      pairs += " UNION SELECT \(by), k FROM \(name)_r_l WHERE m = 1 AND k IS NOT NULL"
    } else {
      pairs += " GROUP BY \(by), k"
    }
    step(name + "_p", pairs)
    var joins = "\(name)_p AS p"
    for (i, inner) in inners.enumerated() {
      let part = "\(name)_i\(i)"
      switch inner.kind {
      case .rows(let aggregate):
        var from = rows
        if i > 0 {
          scan(inner.scan, part + "_s") {
            [("k", $0.sql(inner.key)), ("x", SQLWriter.operand(aggregate, &$0))]
          }
          from = part + "_s_l"
        }
        let values = reduce(aggregate, from, part, by: keys + ["k"])
        joins += " LEFT JOIN \(values) AS i\(i) ON \(same("p", "i\(i)", keys + ["k"]))"
      case .monthsOpen(let sessions):
        addMonthsOpen(inner, sessions, part)
        joins += " LEFT JOIN \(part) AS i\(i) ON \(same("p", "i\(i)", keys + ["k"]))"
      }
    }
    let z: String
    if category != nil {
      step(
        name + "_c",
        "SELECT \(by), k, MAX(c) AS c FROM \(rows) WHERE m = 1 AND k IS NOT NULL GROUP BY \(by), k")
      joins += " LEFT JOIN \(name)_c AS c ON \(same("p", "c", keys + ["k"]))"
      z = "c.c"
    } else {
      z = self.key(value, inners)
    }
    step(
      name + "_k",
      "SELECT \(keys.map { "p.\($0) AS \($0)" }.joined(separator: ", ")), p.k AS k, \(z) AS z FROM \(joins)"
    )
    let values = outerValues(outer, value, name)
    step(
      name + "_g", "SELECT \(by) FROM \(rows) UNION SELECT \(by) FROM \(name)_p")
    let empty =
      switch outer {
      case .count, .sum:
        ("COALESCE(v.value, 0)", "COALESCE(v.value, 0)", "NULL")
      case .mean, .share:
        ("v.value", "v.numerator", "COALESCE(v.denominator, 0)")
      case .topShare: ("v.value", "v.numerator", "COALESCE(v.denominator, 0)")
      default: ("v.value", "NULL", "COALESCE(v.denominator, 0)")
      }
    step(name + "_n0", "SELECT \(by), COUNT(z) AS persons FROM \(name)_k GROUP BY \(by)")
    let persons: String
    if keyIsPerson(main) {
      persons = "COALESCE(q.persons, 0)"
    } else if question.model[main.scan.table]?.person == nil {
      persons = "NULL"
    } else {
      step(
        name + "_w",
        "SELECT \(by), COUNT(DISTINCT CASE WHEN m = 1 THEN person END) AS persons FROM \(rows) GROUP BY \(by)"
      )
      persons = "COALESCE(w.persons, 0)"
    }
    let personJoin = persons.contains("w.") ? " LEFT JOIN \(name)_w AS w ON \(same("g", "w"))" : ""
    step(
      name,
      "SELECT \(keys.map { "g.\($0) AS \($0)" }.joined(separator: ", ")), \(empty.0) AS value, \(empty.1) AS numerator, \(empty.2) AS denominator, COALESCE(u.unknown, 0) AS unknown, COALESCE(u.known, 0) AS known, \(persons) AS persons\n  FROM \(name)_g AS g LEFT JOIN \(name)_u AS u ON \(same("g", "u")) LEFT JOIN \(values) AS v ON \(same("g", "v")) LEFT JOIN \(name)_n0 AS q ON \(same("g", "q"))\(personJoin)"
    )
  }

  private func keyIsPerson(_ main: InnerAggregate) -> Bool {
    guard case .path(let path) = main.key, case .code(let domain) = path.type else { return false }
    let table = question.model[domain]
    return table?.person != nil && table?.keyColumn?.name == table?.person
  }

  /// The per-key value over the joined inner aggregates.
  private func key(_ value: KeyValue, _ inners: [InnerAggregate]) -> String {
    switch value {
    case .number(let n): return dialect.number(n)
    case .category: return "NULL"
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
    case .and(let a, let b):
      let (x, y) = (key(a, inners), key(b, inners))
      return "CASE WHEN \(x) = 0 OR \(y) = 0 THEN 0 WHEN \(x) = 1 AND \(y) = 1 THEN 1 END"
    case .or(let a, let b):
      let (x, y) = (key(a, inners), key(b, inners))
      return "CASE WHEN \(x) = 1 OR \(y) = 1 THEN 1 WHEN \(x) = 0 AND \(y) = 0 THEN 0 END"
    case .not(let a): return "(1 - \(key(a, inners)))"
    }
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
        "SELECT \(by), \(count) AS value, NULL AS numerator, NULL AS denominator \(from) GROUP BY \(by)"
      )
    case .sum:
      return step(
        out,
        "SELECT \(by), SUM(z) AS value, NULL AS numerator, NULL AS denominator \(from) GROUP BY \(by)"
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
        "SELECT \(by), \(f)(z) AS value, NULL AS numerator, COUNT(*) AS denominator \(from) GROUP BY \(by)"
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
        "SELECT \(by), CASE WHEN SUM(z) > 0 AND MIN(z) >= 0 THEN \(value) END AS value, NULL AS numerator, MAX(n) AS denominator FROM \(out)_o GROUP BY \(by)"
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
        "SELECT \(by), CASE WHEN SUM(z) > 0 THEN SUM(CASE WHEN \(inside) THEN z ELSE 0 END) / SUM(z) END AS value, CASE WHEN SUM(z) > 0 THEN SUM(CASE WHEN \(inside) THEN z ELSE 0 END) END AS numerator, SUM(z) AS denominator FROM \(out)_o GROUP BY \(by)"
      )
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
    scan(sessions, name + "_o") { rows in
      let date = resolve(model[sessions.table]?.date, sessions.table).map { rows.sql($0) } ?? "NULL"
      let home = resolve(model[sessions.table]?.residence, sessions.table).map { rows.sql($0) }
      return [("home", home ?? "NULL"), ("month", SQLRows.step(date, .month, dialect))]
    }
    step(
      name + "_m",
      "SELECT DISTINCT p, home, month FROM \(name)_o WHERE m = 1 AND home IS NOT NULL")
    let table = inner.scan.table
    let from = "t.\(dialect.name(model[table]?.validity?.from ?? ""))"
    let to = "t.\(dialect.name(model[table]?.validity?.to ?? ""))"
    let first =
      "CASE WHEN \(from) IS NULL OR \(from) < period.first_day THEN period.first_day ELSE \(from) END"
    let last =
      "CASE WHEN \(to) IS NULL OR \(to) > period.last_day THEN period.last_day ELSE \(dialect.dayBefore(to)) END"
    scan(inner.scan, name + "_s") { rows in
      let home = resolve(model[table]?.residence, table).map { rows.sql($0) }
      return [
        ("k", rows.sql(inner.key)), ("home", home ?? "NULL"),
        ("a", SQLRows.step(first, .month, dialect)), ("b", SQLRows.step(last, .month, dialect)),
      ]
    }
    step(
      name,
      "SELECT \(keys.map { "s.\($0) AS \($0)" }.joined(separator: ", ")), s.k AS k, COUNT(DISTINCT o.month) AS value FROM \(name)_s_l AS s JOIN \(name)_m AS o ON o.p = s.p AND o.home = s.home AND o.month >= s.a AND o.month <= s.b WHERE s.m = 1 AND s.k IS NOT NULL GROUP BY \(keys.map { "s.\($0)" }.joined(separator: ", ")), s.k"
    )
  }
}
