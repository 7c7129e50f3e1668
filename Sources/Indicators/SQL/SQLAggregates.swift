import Model
import Periods
import Statistics

extension SQLWriter {
  /// One-level aggregates.
  mutating func addRows(_ aggregate: RowAggregate, _ scan: Scan, _ name: String) {
    self.scan(scan, name + "_s") { SQLWriter.operands(aggregate, &$0) }
    let rows = name + "_s_l"
    let values = reduce(aggregate, rows, name + "_v", by: keys)
    tally(name + "_u", from: rows, known: "x IS NOT NULL")
    var value = "v.value"
    var numerator = "v.numerator"
    var denominator = "v.denominator"
    switch aggregate {
    case .count, .distinct:
      value = "COALESCE(v.value, 0)"
      numerator = value
      denominator = dialect.noNumber
    case .sum:
      // A sum of unknown amounts is unknown, not zero.
      value =
        "CASE WHEN u.unknown > 0 AND COALESCE(v.denominator, 0) = 0 THEN NULL ELSE COALESCE(v.value, 0) END"
      numerator = value
      denominator = dialect.noNumber
    case .mean, .share:
      numerator = "COALESCE(v.numerator, 0)"
      denominator = "COALESCE(v.denominator, 0)"
    case .quantile, .weightedQuantile, .blau, .variation:
      numerator = dialect.noNumber
      denominator = "COALESCE(v.denominator, 0)"
    case .minimum, .maximum:
      numerator = dialect.noNumber
      denominator = dialect.noNumber
    }
    let persons = question.model[scan.table]?.person == nil ? dialect.noNumber : "u.persons"
    step(
      name,
      "SELECT \(keys.map { "u.\($0) AS \($0)" }.joined(separator: ", ")), \(value) AS value, \(numerator) AS numerator, \(denominator) AS denominator, u.unknown AS unknown, u.known AS known, \(persons) AS persons\n  FROM \(name)_u AS u LEFT JOIN \(values) AS v ON \(same("u", "v"))"
    )
  }

  /// The operand of a row aggregate, null where it is not known.
  static func operand(_ aggregate: RowAggregate, _ rows: inout SQLRows) -> String {
    switch aggregate {
    case .count: "1"
    case .share(let condition): rows.flag(condition)
    case .distinct(let e), .blau(let e, _): rows.sql(e)
    case .variation(let e, nil, _): rows.sql(e)
    case .variation(let e, let weight?, _):
      "CASE WHEN \(rows.sql(weight)) IS NOT NULL THEN \(rows.sql(e)) END"
    case .weightedQuantile(let e, let weight, _):
      "CASE WHEN \(rows.sql(weight)) IS NOT NULL THEN \(rows.dialect.double(rows.sql(e))) END"
    case .sum(let e), .mean(let e), .minimum(let e), .maximum(let e), .quantile(let e, _):
      rows.dialect.double(rows.sql(e))
    }
  }

  /// The operand as `x`, and the amount of a category, or the weight of a number, as `y`.
  static func operands(_ aggregate: RowAggregate, _ rows: inout SQLRows) -> [(
    name: String, sql: String
  )] {
    var out = [(name: "x", sql: operand(aggregate, &rows))]
    switch aggregate {
    case .variation(_, let weight?, _), .weightedQuantile(_, let weight, _):
      out.append(("y", rows.dialect.double(rows.sql(weight))))
    default: break
    }
    return out
  }

  /// Adds the value, numerator and denominator of a row aggregate over the rows for which the
  /// filter holds, by some columns; returns the step's name. Groups without such a row are absent.
  mutating func reduce(
    _ aggregate: RowAggregate, _ rows: String, _ name: String, by columns: [String],
    operand x: String = "x"
  ) -> String {
    let list = columns.joined(separator: ", ")
    let from = "FROM \(rows) WHERE m = 1 AND \(x) IS NOT NULL"
    let w = dialect.double("w")
    switch aggregate {
    case .count:
      return step(
        name,
        "SELECT \(list), SUM(w) AS value, SUM(w) AS numerator, \(dialect.noNumber) AS denominator \(from) GROUP BY \(list)"
      )
    case .distinct:
      return step(
        name,
        "SELECT \(list), COUNT(DISTINCT \(x)) AS value, COUNT(DISTINCT \(x)) AS numerator, \(dialect.noNumber) AS denominator \(from) GROUP BY \(list)"
      )
    case .sum:
      return step(
        name,
        "SELECT \(list), SUM(\(x) * w) AS value, SUM(\(x) * w) AS numerator, SUM(\(w)) AS denominator \(from) GROUP BY \(list)"
      )
    case .mean, .share:
      return step(
        name,
        "SELECT \(list), SUM(\(x) * \(w)) / NULLIF(SUM(\(w)), 0) AS value, SUM(\(x) * \(w)) AS numerator, SUM(\(w)) AS denominator \(from) GROUP BY \(list)"
      )
    case .minimum, .maximum:
      let f = if case .minimum = aggregate { "MIN" } else { "MAX" }
      return step(
        name,
        "SELECT \(list), \(f)(\(x)) AS value, \(dialect.noNumber) AS numerator, \(dialect.noNumber) AS denominator \(from) GROUP BY \(list)"
      )
    case .quantile(_, let p):
      return quantile(p, of: x, weight: "w", from, name, by: columns)
    case .weightedQuantile(_, _, let p):
      step(
        name + "_o",
        "SELECT \(list), \(x) AS x, SUM(y * \(w)) OVER (PARTITION BY \(list) ORDER BY \(x) RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS upto, SUM(y * \(w)) OVER (PARTITION BY \(list)) AS n \(from) AND y > 0"
      )
      // A share that rounding alone keeps from its bound is taken as having reached it.
      let reached = "upto >= n * \(dialect.number(p * (1 - 1e-12)))"
      return step(
        name,
        "SELECT \(list), MIN(CASE WHEN \(reached) THEN x END) AS value, \(dialect.noNumber) AS numerator, MAX(n) AS denominator FROM \(name)_o GROUP BY \(list)"
      )
    case .blau(_, let classes):
      step(
        name + "_c",
        "SELECT \(list), \(x) AS category, SUM(\(w)) AS n \(from) GROUP BY \(list), \(x)")
      return blau(name, from: name + "_c", classes: classes, by: columns)
    case .variation(_, let weight, let classes):
      let amount = weight == nil ? w : "y * \(w)"
      step(
        name + "_c",
        "SELECT \(list), \(x) AS category, SUM(\(amount)) AS n \(from) GROUP BY \(list), \(x)")
      step(
        name + "_t",
        "SELECT \(list), SUM(n) AS n, SUM(n * n) AS q FROM \(name)_c GROUP BY \(list)")
      let k = Double(classes)
      return step(
        name,
        "SELECT \(list), CASE WHEN n > 0 THEN (1 - q / (n * n)) * \(dialect.number(k)) / \(dialect.number(k - 1)) END AS value, \(dialect.noNumber) AS numerator, n AS denominator FROM \(name)_t"
      )
    }
  }

  /// Blau's index from category counts `n`.
  mutating func blau(_ name: String, from counts: String, classes: Int?, by columns: [String])
    -> String
  {
    let list = columns.joined(separator: ", ")
    step(
      name + "_t", "SELECT \(list), SUM(n) AS n, SUM(n * n) AS q FROM \(counts) GROUP BY \(list)")
    var value = "1 - q / (n * n)"
    if let classes {
      let k = dialect.number(Double(classes))
      let each = dialect.floor("n / \(k)")
      let rest = "(n - \(each) * \(k))"
      let most =
        "(1 - (\(rest) * (\(each) + 1) * (\(each) + 1) + (\(k) - \(rest)) * \(each) * \(each)) / (n * n))"
      value = "CASE WHEN \(most) > 0 THEN (\(value)) / \(most) END"
    }
    return step(
      name,
      "SELECT \(list), \(value) AS value, \(dialect.noNumber) AS numerator, n AS denominator FROM \(name)_t"
    )
  }

  /// A quantile of type 7 of `x`, each row standing for `weight` values.
  mutating func quantile(
    _ p: Double, of x: String, weight: String, _ from: String, _ name: String,
    by columns: [String]
  ) -> String {
    let list = columns.joined(separator: ", ")
    step(
      name + "_o",
      "SELECT \(list), \(x) AS x, SUM(\(weight)) OVER (PARTITION BY \(list) ORDER BY \(x) ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS upto, SUM(\(weight)) OVER (PARTITION BY \(list)) AS n \(from)"
    )
    let h = "((n - 1) * \(dialect.number(p)))"
    step(
      name + "_h",
      "SELECT \(list), MIN(CASE WHEN upto > \(dialect.floor(h)) THEN x END) AS low, MIN(CASE WHEN upto > \(dialect.floor(h)) + 1 THEN x END) AS high, MAX(n) AS n FROM \(name)_o GROUP BY \(list)"
    )
    return step(
      name,
      "SELECT \(list), low + (\(h) - \(dialect.floor(h))) * (COALESCE(high, low) - low) AS value, \(dialect.noNumber) AS numerator, n AS denominator FROM \(name)_h"
    )
  }

  /// Newcomers seen again later.
  mutating func addRetention(_ retention: Aggregate.Retention, _ name: String) {
    let table = question.model[retention.scan.table]
    let date = table.flatMap { table in
      table.date.flatMap { try? PathResolver(model: question.model).resolve($0, from: table) }
    }
    let dialect = dialect
    func columns(_ rows: inout SQLRows) -> [(name: String, sql: String)] {
      let day = date.map { rows.sql($0) } ?? dialect.noDate
      return [
        ("k", rows.sql(retention.person)), ("day", day),
        ("step", SQLRows.step(day, retention.step, dialect)),
      ]
    }
    // Who came when does not depend on the period, unless what tells people apart does.
    let isByPeriod = self.scan(retention.scan, name + "_all", dated: false, columns: columns)
    self.scan(retention.scan, name + "_s", columns: columns)
    tally(name + "_u", from: name + "_s_l", known: "k IS NOT NULL")
    let rows = name + "_all_l"
    let own = isByPeriod ? keys : groups
    let list = own.joined(separator: ", ")
    step(
      name + "_t",
      "SELECT \(list), k, step, MIN(day) AS day FROM \(rows) WHERE m = 1 AND k IS NOT NULL AND day IS NOT NULL GROUP BY \(list), k, step"
    )
    step(
      name + "_f",
      "SELECT \(list), k, MIN(day) AS day, MIN(step) AS step FROM \(name)_t GROUP BY \(list), k")
    let byPeriod = isByPeriod ? ["p"] : []
    step(
      name + "_e",
      "SELECT \((byPeriod + ["MAX(step) AS step"]).joined(separator: ", ")) FROM \(name)_all WHERE m = 1\(isByPeriod ? " GROUP BY p" : "")"
    )
    let columns = (["period.p AS p"] + groups.map { "f.\($0) AS \($0)" }).joined(separator: ", ")
    let last = isByPeriod ? "JOIN \(name)_e AS e ON e.p = f.p" : "CROSS JOIN \(name)_e AS e"
    // Somebody came once at most in each step: a row joined is a person who came back.
    step(
      name + "_c",
      "SELECT \(columns), COUNT(*) AS n, COUNT(r.k) AS back FROM \(name)_f AS f LEFT JOIN \(name)_t AS r ON \(same("f", "r", own)) AND f.k = r.k AND r.step = f.step + \(retention.lag) \(last) CROSS JOIN period WHERE\(isByPeriod ? " period.p = f.p AND" : "") f.day >= period.first_day AND f.day <= period.last_day AND f.step + \(retention.lag) <= e.step GROUP BY \((["period.p"] + groups.map { "f.\($0)" }).joined(separator: ", "))"
    )
    let seen = groups.map { "r.\($0) AS \($0)" }.joined(separator: ", ")
    step(
      name + "_g",
      isByPeriod
        ? "SELECT DISTINCT \(by) FROM \(rows)"
        : "SELECT period.p AS p, \(seen) FROM (SELECT DISTINCT \(list) FROM \(rows)) AS r CROSS JOIN period"
    )
    step(
      name,
      "SELECT \(keys.map { "g.\($0) AS \($0)" }.joined(separator: ", ")), \(dialect.double("c.back")) / c.n AS value, c.back AS numerator, COALESCE(c.n, 0) AS denominator, COALESCE(u.unknown, 0) AS unknown, COALESCE(u.known, 0) AS known, COALESCE(c.n, 0) AS persons\n  FROM \(name)_g AS g LEFT JOIN \(name)_c AS c ON \(same("g", "c")) LEFT JOIN \(name)_u AS u ON \(same("g", "u"))"
    )
  }

  /// Weighted estimates, with the linearised standard error for weights only.
  mutating func addWeighted(_ weighted: Aggregate.Weighted, _ name: String) {
    let dialect = dialect
    self.scan(weighted.scan, name + "_s") { rows in
      [
        (
          "y",
          dialect.double(weighted.isShare ? rows.flag(weighted.value) : rows.sql(weighted.value))
        ),
        ("v", dialect.double(rows.sql(weighted.weight))),
      ]
    }
    let rows = name + "_s_l"
    tally(name + "_u", from: rows, known: "y IS NOT NULL AND v IS NOT NULL")
    step(
      name + "_m",
      "SELECT \(by), SUM(CASE WHEN y IS NOT NULL THEN v * y END) AS wy, SUM(CASE WHEN y IS NOT NULL THEN v END) AS total, SUM(CASE WHEN y IS NOT NULL THEN v * v END) AS squares, \(dialect.double(weighted.isPaired ? "COUNT(y)" : "COUNT(*)")) AS n, COUNT(y) AS answers, SUM(CASE WHEN y = 1 THEN 1 ELSE 0 END) AS holding FROM \(rows) WHERE m = 1 AND v IS NOT NULL GROUP BY \(by)"
    )
    step(
      name + "_d",
      "SELECT \(keys.map { "r.\($0) AS \($0)" }.joined(separator: ", ")), SUM((r.v * (r.y - m.wy / m.total) / m.total) * (r.v * (r.y - m.wy / m.total) / m.total)) AS spread FROM \(rows) AS r JOIN \(name)_m AS m ON \(same("r", "m")) WHERE r.m = 1 AND r.v IS NOT NULL AND r.y IS NOT NULL AND m.total > 0 GROUP BY \(keys.map { "r.\($0)" }.joined(separator: ", "))"
    )
    var error = "sqrt(m.n / (m.n - 1) * d.spread)"
    var joins = ""
    if let population = weighted.population {
      addPopulation(population, name + "_q")
      // A cut that the register does not have (a wave) does not divide it.
      let paths = question.dimensions[population.scan.table] ?? []
      let cuts = groups.enumerated().map { d, group in
        let isKnown = d < paths.count && paths[d] != nil
        return isKnown ? "u.\(group) = q.\(group)" : "q.\(group) = \(dialect.text(totalMark))"
      }
      joins = " LEFT JOIN \(name)_q AS q ON u.p = q.p AND \(cuts.joined(separator: " AND "))"
      let answered = "\(dialect.double("m.answers")) / NULLIF(q.value, 0)"
      error =
        "\(error) * CASE WHEN q.value >= m.answers AND \(answered) > \(dialect.number(SurveyDesign.finiteFrom)) THEN sqrt(1 - \(answered)) ELSE 1 END"
    }
    let enough = weighted.leastAnswers.map { "m.total > 0 AND m.answers >= \($0)" } ?? "m.total > 0"
    var apart = ""
    if tellsApart(.weighted(weighted)) {
      apart = ["answers", "holding"].map { ", CASE WHEN \(enough) THEN m.\($0) END AS \($0)" }
        .joined()
    }
    step(
      name,
      "SELECT \(keys.map { "u.\($0) AS \($0)" }.joined(separator: ", ")), CASE WHEN \(enough) THEN m.wy / m.total END AS value, CASE WHEN \(enough) THEN m.wy END AS numerator, CASE WHEN \(enough) THEN m.total END AS denominator, u.unknown AS unknown, u.known AS known, u.persons AS persons, CASE WHEN \(enough) THEN \(weighted.isShare ? "m.answers" : "m.n") - 1 END AS df, CASE WHEN \(enough) THEN m.total * m.total / m.squares END AS n_eff, CASE WHEN \(enough) AND m.n > 1 THEN \(error) END AS se\(apart)\n  FROM \(name)_u AS u LEFT JOIN \(name)_m AS m ON \(same("u", "m")) LEFT JOIN \(name)_d AS d ON \(same("u", "d"))\(joins)"
    )
  }
}
