import Model
import Periods

extension SQLWriter {
  /// Pairs of people present together.
  mutating func addTies(_ ties: Aggregate.Ties, _ name: String) {
    let relation = ties.relation
    let model = question.model
    let dialect = dialect
    let table = model[ties.scan.table]
    let date = table.flatMap { table in
      table.date.flatMap { try? PathResolver(model: model).resolve($0, from: table) }
    }
    func columns(_ rows: inout SQLRows) -> [(name: String, sql: String)] {
      var out = [
        ("a", rows.sql(ties.person)), ("s", rows.sql(ties.session)),
        ("apart", ties.notSame.map { rows.sql($0) } ?? dialect.noText),
      ]
      if relation != nil || ties.isNew {
        out.append(("day", date.map { rows.sql($0) } ?? dialect.noDate))
      }
      if let relation { out.append(("x", SQLWriter.quality(relation.of, &rows))) }
      return out
    }
    self.scan(ties.scan, name + "_s", columns: columns)
    let rows = name + "_s_l"
    let present = "m = 1 AND a IS NOT NULL AND s IS NOT NULL"
    let isKnown = "a IS NOT NULL AND s IS NOT NULL" + (relation == nil ? "" : " AND x IS NOT NULL")
    tally(name + "_u", from: rows, known: isKnown)
    meetings(ties, name, from: rows, present)
    // The pairs, how often they met, and how closely.
    let weight = ties.gives == .weight ? ", SUM(\(dialect.number(1)) / (f.d - 1)) AS weight" : ""
    step(
      name + "_p",
      "SELECT \(keys.map { "f.\($0) AS \($0)" }.joined(separator: ", ")), f.a AS a, o.a AS b\(weight) FROM \(meeting(name)) GROUP BY \(keys.map { "f.\($0)" }.joined(separator: ", ")), f.a, o.a HAVING COUNT(*) >= \(ties.minimumMeetings)"
    )
    var pairs = name + "_p"
    if let relation { pairs = related(relation, of: ties, pairs, name, from: rows, present) }
    if ties.isNew { pairs = new(ties, pairs, name, columns) }
    let given = ties.gives == .weight ? "SUM(weight)" : "COUNT(*)"
    step(name + "_c", "SELECT \(by), \(given) AS n FROM \(pairs) GROUP BY \(by)")
    step(
      name + "_i",
      "SELECT \(by), COUNT(*) AS persons FROM (SELECT \(by), a FROM \(pairs) UNION SELECT \(by), b AS a FROM \(pairs)) AS both_ends GROUP BY \(by)"
    )
    var value = ties.gives == .people ? "COALESCE(i.persons, 0)" : "COALESCE(c.n, 0)"
    var joins = ""
    if ties.isNew {
      value = "CASE WHEN b.p IS NOT NULL THEN \(value) END"
      joins = " LEFT JOIN \(name)_b AS b ON \(same("u", "b"))"
    }
    step(
      name,
      "SELECT \(keys.map { "u.\($0) AS \($0)" }.joined(separator: ", ")), \(value) AS value, \(value) AS numerator, \(dialect.noNumber) AS denominator, u.unknown AS unknown, u.known AS known, COALESCE(i.persons, 0) AS persons\n  FROM \(name)_u AS u LEFT JOIN \(name)_c AS c ON \(same("u", "c")) LEFT JOIN \(name)_i AS i ON \(same("u", "i"))\(joins)"
    )
  }

  /// What a person is: a category, a number, or 1 and 0 for a condition.
  private static func quality(_ expression: RowExpression, _ rows: inout SQLRows) -> String {
    switch expression {
    case .path, .number, .arithmetic, .coalesce: rows.sql(expression)
    default: rows.flag(expression)
    }
  }

  /// Adds `name_k`: who was at which session that counts, with its number of people.
  private mutating func meetings(
    _ ties: Aggregate.Ties, _ name: String, from rows: String, _ present: String
  ) {
    step(
      name + "_m",
      "SELECT \(by), s, a, MIN(apart) AS apart FROM \(rows) WHERE \(present) GROUP BY \(by), s, a"
    )
    let most = ties.maximumSize.map { " HAVING COUNT(*) <= \($0)" } ?? ""
    step(name + "_z", "SELECT \(by), s, COUNT(*) AS d FROM \(name)_m GROUP BY \(by), s\(most)")
    step(
      name + "_k",
      "SELECT \(keys.map { "f.\($0) AS \($0)" }.joined(separator: ", ")), f.s AS s, f.a AS a, f.apart AS apart, z.d AS d FROM \(name)_m AS f JOIN \(name)_z AS z ON \(same("f", "z")) AND f.s = z.s"
    )
  }

  /// The columns of a pair `r`.
  private static func pair(_ keys: [String], _ ties: Aggregate.Ties) -> String {
    (keys + ["a", "b"] + (ties.gives == .weight ? ["weight"] : []))
      .map { "r.\($0) AS \($0)" }.joined(separator: ", ")
  }

  /// Two people at one session.
  private func meeting(_ name: String) -> String {
    "\(name)_k AS f JOIN \(name)_k AS o ON \(same("f", "o")) AND f.s = o.s AND f.a < o.a WHERE (f.apart IS NULL OR o.apart IS NULL OR f.apart <> o.apart)"
  }

  /// Adds the pairs whose people stand to each other as asked. What a person is, is what their
  /// last row says.
  private mutating func related(
    _ relation: Aggregate.Relation, of ties: Aggregate.Ties, _ pairs: String, _ name: String,
    from rows: String, _ present: String
  ) -> String {
    step(
      name + "_x",
      "SELECT \(by), a, x FROM (SELECT \(by), a, x, ROW_NUMBER() OVER (PARTITION BY \(by), a ORDER BY day DESC, x DESC) AS i FROM \(rows) WHERE \(present) AND x IS NOT NULL) AS ordered WHERE i = 1"
    )
    let holds =
      switch relation.kind {
      case .between: "one.x <> two.x"
      // Not as an equation, by which engines would join all people of a kind before the pairs.
      case .within: "CASE WHEN one.x = two.x THEN 1 END = 1"
      case .apart(let least):
        "ABS(\(dialect.double("one.x")) - \(dialect.double("two.x"))) >= \(dialect.number(least))"
      }
    return step(
      name + "_r",
      "SELECT \(SQLWriter.pair(keys, ties)) FROM \(pairs) AS r JOIN \(name)_x AS one ON \(same("r", "one")) AND one.a = r.a JOIN \(name)_x AS two ON \(same("r", "two")) AND two.a = r.b WHERE \(holds)"
    )
  }

  /// Adds the pairs that had not met before the period, and the groups that have a before.
  private mutating func new(
    _ ties: Aggregate.Ties, _ pairs: String, _ name: String,
    _ columns: (inout SQLRows) -> [(name: String, sql: String)]
  ) -> String {
    let past = name + "_h"
    var earlier = ties.scan
    earlier.window = .before
    self.scan(earlier, past, columns: columns)
    let before = "m = 1 AND a IS NOT NULL AND s IS NOT NULL"
    meetings(ties, past, from: past + "_l", before)
    step(name + "_b", "SELECT DISTINCT \(by) FROM \(past)_l WHERE \(before)")
    step(
      past + "_p",
      "SELECT DISTINCT \(keys.map { "f.\($0) AS \($0)" }.joined(separator: ", ")), f.a AS a, o.a AS b FROM \(meeting(past))"
    )
    return step(
      name + "_w",
      "SELECT \(SQLWriter.pair(keys, ties)) FROM \(pairs) AS r LEFT JOIN \(past)_p AS h ON \(same("r", "h")) AND h.a = r.a AND h.b = r.b WHERE h.a IS NULL"
    )
  }

  /// People present at a session with somebody else of a kind.
  mutating func addMet(_ met: Aggregate.Meeting, _ name: String) {
    func columns(_ rows: inout SQLRows) -> [(name: String, sql: String)] {
      [("a", rows.sql(met.person)), ("s", rows.sql(met.session))]
    }
    self.scan(met.scan, name + "_s", columns: columns)
    self.scan(met.others, name + "_o", grouped: false, columns: columns)
    let rows = name + "_s_l"
    tally(name + "_u", from: rows, known: "a IS NOT NULL AND s IS NOT NULL")
    // Somebody else is somebody who is not known, or the first or the last of those known.
    step(
      name + "_h",
      "SELECT p, s, MIN(a) AS least, MAX(a) AS most, SUM(CASE WHEN a IS NULL THEN 1 ELSE 0 END) AS nameless FROM \(name)_o WHERE m = 1 AND s IS NOT NULL GROUP BY p, s"
    )
    step(
      name + "_c",
      "SELECT \(keys.map { "r.\($0) AS \($0)" }.joined(separator: ", ")), COUNT(DISTINCT r.a) AS n FROM \(rows) AS r JOIN \(name)_h AS h ON h.p = r.p AND h.s = r.s WHERE r.m = 1 AND r.a IS NOT NULL AND (h.nameless > 0 OR h.least <> r.a OR h.most <> r.a) GROUP BY \(keys.map { "r.\($0)" }.joined(separator: ", "))"
    )
    step(
      name,
      "SELECT \(keys.map { "u.\($0) AS \($0)" }.joined(separator: ", ")), COALESCE(c.n, 0) AS value, COALESCE(c.n, 0) AS numerator, \(dialect.noNumber) AS denominator, u.unknown AS unknown, u.known AS known, COALESCE(c.n, 0) AS persons\n  FROM \(name)_u AS u LEFT JOIN \(name)_c AS c ON \(same("u", "c"))"
    )
  }
}
