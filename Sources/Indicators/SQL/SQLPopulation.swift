import Model
import Periods

extension SQLWriter {
  /// The names under which a register says from when, and until when, a row holds.
  func validity(_ table: String) -> (from: String, to: String) {
    let validity = question.model[table]?.validity
    func column(_ name: String?) -> String { dialect.dates("t." + dialect.name(name ?? "")) }
    return (column(validity?.from), column(validity?.to))
  }

  /// Adds the rows of a population's register as `name`: the entity `k`, whether it is there on
  /// the first and the last day, and the days of the period from `a` to before `b`.
  mutating func scanRegister(
    _ population: Population, _ name: String, more: (inout SQLRows) -> [(name: String, sql: String)]
  ) {
    let (from, to) = validity(population.scan.table)
    let isDated = question.model[population.scan.table]?.validity != nil
    let dialect = dialect
    scan(population.scan, name) { rows in
      var columns = [(name: "k", sql: rows.sql(population.entity))]
      if isDated {
        columns += [
          (
            "at_start", "CASE WHEN \(from) IS NULL OR \(from) <= period.first_day THEN 1 ELSE 0 END"
          ),
          ("at_end", "CASE WHEN \(to) IS NULL OR \(to) >= period.next_day THEN 1 ELSE 0 END"),
          ("a", dialect.greatest("COALESCE(\(from), period.first_day)", "period.first_day")),
          ("b", dialect.least("COALESCE(\(to), period.next_day)", "period.next_day")),
          ("spent", SQLRows.daysPresent(from, to, dialect)), ("days", "period.days"),
        ]
      }
      return columns + more(&rows)
    }
  }

  /// The rows of a register that a population holds, as a condition; nil when rows have to be
  /// taken together.
  func held(_ mode: PopulationMode) -> String? {
    switch mode {
    case .average, .any: "m = 1 AND k IS NOT NULL"
    case .start: "m = 1 AND k IS NOT NULL AND at_start = 1"
    case .end: "m = 1 AND k IS NOT NULL AND at_end = 1"
    case .throughout: nil
    }
  }

  /// A query of the entities `k` of a population in each group, from the rows of `scanRegister`.
  mutating func entities(_ mode: PopulationMode, _ rows: String, _ name: String) -> String {
    if let held = held(mode) {
      return "SELECT \(by), k FROM \(rows) WHERE \(held) GROUP BY \(by), k"
    }
    // Each row adds the days that those before it have not reached.
    step(
      name + "_d",
      "SELECT \(by), k, a, b, days, MAX(b) OVER (PARTITION BY \(by), k ORDER BY a, b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM \(rows) WHERE m = 1 AND k IS NOT NULL AND a < b"
    )
    let added =
      "CASE WHEN reached IS NULL OR reached <= a THEN \(dialect.days("b", "a")) WHEN reached < b THEN \(dialect.days("b", "reached")) ELSE 0 END"
    return
      "SELECT \(by), k FROM \(name)_d GROUP BY \(by), k HAVING SUM(\(added)) = MAX(days)"
  }

  /// Populations from a dated register.
  mutating func addPopulation(_ population: Population, _ name: String) {
    scanRegister(population, name + "_s") { _ in [] }
    let rows = name + "_s_l"
    if population.mode == .average {
      let spent = dialect.double(
        "SUM(CASE WHEN m = 1 AND k IS NOT NULL THEN spent ELSE 0 END)")
      step(
        name + "_v", "SELECT \(by), \(spent) / MAX(days) AS value FROM \(rows) GROUP BY \(by)")
    } else {
      let found = entities(population.mode, rows, name)
      step(name + "_e", found)
      step(name + "_v", "SELECT \(by), COUNT(*) AS value FROM \(name)_e GROUP BY \(by)")
    }
    // The persons are those of the rows that pass the filter, their home known or not.
    tally(name + "_u", from: rows, known: "k IS NOT NULL")
    step(
      name + "_w",
      "SELECT \(by), COUNT(DISTINCT CASE WHEN m = 1 THEN person END) AS persons FROM \(rows) GROUP BY \(by)"
    )
    step(
      name,
      "SELECT \(keys.map { "u.\($0) AS \($0)" }.joined(separator: ", ")), COALESCE(v.value, 0) AS value, COALESCE(v.value, 0) AS numerator, \(dialect.noNumber) AS denominator, u.unknown AS unknown, u.known AS known, w.persons AS persons\n  FROM \(name)_u AS u LEFT JOIN \(name)_v AS v ON \(same("u", "v")) JOIN \(name)_w AS w ON \(same("u", "w"))"
    )
  }

  /// How far those counted differ from the register in what they are.
  mutating func addDissimilarity(_ dissimilarity: Aggregate.Dissimilarity, _ name: String) {
    let counted = dissimilarity.counted
    addKeys(counted, name)
    let register = dissimilarity.register
    let category = dissimilarity.category
    scanRegister(register, name + "_q") { [("c", $0.sql(category))] }
    let weight =
      register.mode == .average ? dialect.double("SUM(spent)") : "COUNT(DISTINCT k)"
    step(
      name + "_b",
      "SELECT \(by), z AS c, \(dialect.double("COUNT(*)")) AS here, 0.0 AS there FROM \(name)_k WHERE z IS NOT NULL GROUP BY \(by), z UNION ALL SELECT \(by), c, 0.0 AS here, \(dialect.double(weight)) AS there FROM \(name)_q_l WHERE \(held(register.mode) ?? "m = 1") AND c IS NOT NULL GROUP BY \(by), c"
    )
    step(
      name + "_m",
      "SELECT \(by), c, SUM(here) AS here, SUM(there) AS there FROM \(name)_b GROUP BY \(by), c")
    step(
      name + "_t",
      "SELECT \(by), SUM(here) AS here, SUM(there) AS there FROM \(name)_m GROUP BY \(by)")
    step(
      name + "_v",
      "SELECT \(keys.map { "c.\($0) AS \($0)" }.joined(separator: ", ")), SUM(ABS(c.here / t.here - c.there / t.there)) / 2 AS value FROM \(name)_m AS c JOIN \(name)_t AS t ON \(same("c", "t")) WHERE t.here > 0 AND t.there > 0 GROUP BY \(keys.map { "c.\($0)" }.joined(separator: ", "))"
    )
    step(
      name + "_g", "SELECT \(by) FROM \(name)_s_l UNION SELECT \(by) FROM \(name)_q_l")
    step(
      name + "_n0", "SELECT \(by), COUNT(z) AS persons FROM \(name)_k GROUP BY \(by)")
    let persons = keyIsPerson(counted.inners[0]) ? "COALESCE(n.persons, 0)" : dialect.noNumber
    step(
      name,
      "SELECT \(keys.map { "g.\($0) AS \($0)" }.joined(separator: ", ")), v.value AS value, \(dialect.noNumber) AS numerator, COALESCE(n.persons, 0) AS denominator, COALESCE(u.unknown, 0) AS unknown, COALESCE(u.known, 0) AS known, \(persons) AS persons\n  FROM \(name)_g AS g LEFT JOIN \(name)_v AS v ON \(same("g", "v")) LEFT JOIN \(name)_n0 AS n ON \(same("g", "n")) LEFT JOIN \(name)_u AS u ON \(same("g", "u"))"
    )
  }
}
