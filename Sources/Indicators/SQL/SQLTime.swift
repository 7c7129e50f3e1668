import Model
import Periods
import Statistics

extension SQLWriter {
  /// Adds what is asked of Kaplan-Meier's curve in each group; returns the step's name.
  ///
  /// `durations` is a query of durations `z` and of whether each ended with an event, `e`.
  mutating func survival(_ asked: SurvivalValue, _ durations: String, _ name: String) -> String {
    step(
      name + "_t",
      "SELECT \(by), z, SUM(e) AS d, COUNT(*) AS c FROM (\(durations)) AS careers GROUP BY \(by), z"
    )
    let (d, n) = (dialect.double("d"), dialect.double("n"))
    step(
      name + "_r",
      "SELECT \(by), z, d, SUM(c) OVER (PARTITION BY \(by) ORDER BY z DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS n, SUM(c) OVER (PARTITION BY \(by)) AS people FROM \(name)_t"
    )
    let upTo =
      "OVER (PARTITION BY \(by) ORDER BY z ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    // A product of factors above zero as the sum of their logarithms; once all left, nothing is.
    step(
      name + "_c",
      "SELECT \(by), z, people, d, CASE WHEN MAX(CASE WHEN d = n THEN 1 ELSE 0 END) \(upTo) = 1 THEN 0.0 ELSE exp(SUM(CASE WHEN d < n THEN ln(1 - \(d) / \(n)) ELSE 0 END) \(upTo)) END AS s FROM \(name)_r"
    )
    var ended = ""
    if result != nil, case .at(let time) = asked {
      ended = ", SUM(CASE WHEN z <= \(dialect.number(time)) THEN d ELSE 0 END) AS ended"
    }
    let value =
      switch asked {
      case .at(let time): "COALESCE(MIN(CASE WHEN z <= \(dialect.number(time)) THEN s END), 1)"
      case .quantile(let share):
        "MIN(CASE WHEN s <= \(dialect.number(1 - share)) + 1e-9 THEN z END)"
      }
    return step(
      name,
      "SELECT \(by), CASE WHEN MIN(z) >= 0 THEN \(value) END AS value, \(dialect.noNumber) AS numerator, MAX(people) AS denominator\(ended) FROM \(name)_c GROUP BY \(by)"
    )
  }

  /// Adds the closed days of each residence named by `homes` as spans that do not overlap: `home`,
  /// `a`, `b` (the day after), as whole numbers. A home that is not known is an empty text.
  private mutating func addClosed(_ closed: ClosedDays, homes: String, _ name: String) {
    var rows = SQLRows(dialect: dialect, model: question.model, base: closed.scan.table)
    let table = question.model[closed.scan.table]
    var home = dialect.noText
    if let table, let path = table.residence,
      let resolved = try? PathResolver(model: question.model).resolve(path, from: table)
    {
      home = rows.sql(resolved)
    }
    let (first, last) = (rows.sql(closed.first), rows.sql(closed.last))
    var conditions = ["\(first) <= \(last)"]
    if let counted = closed.scan.counted { conditions.append(rows.sql(counted)) }
    step(
      name + "_1",
      "SELECT \(home) AS home, \(dialect.ordinal(first)) AS a, \(dialect.ordinal(last)) + 1 AS b FROM \(dialect.name(closed.scan.table)) AS t \(rows.joins.joined(separator: " ")) WHERE \(conditions.joined(separator: " AND "))"
    )
    step(
      name + "_2",
      "SELECT h.home AS home, c.a AS a, c.b AS b, MAX(c.b) OVER (PARTITION BY h.home ORDER BY c.a, c.b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM (\(homes)) AS h CROSS JOIN \(name)_1 AS c WHERE c.home IS NULL OR c.home = h.home"
    )
    step(
      name,
      "SELECT home, CASE WHEN reached > a THEN reached ELSE a END AS a, b FROM \(name)_2 WHERE reached IS NULL OR reached < b"
    )
  }

  /// Adds the closed days `days` of each span: `home`, `a`, `b` of the query `spans`. Spans without
  /// a closed day are absent.
  private mutating func addClosedDays(_ closed: String, spans: String, _ name: String) {
    step(
      name,
      "SELECT s.home AS home, s.a AS a, s.b AS b, SUM(\(dialect.least("c.b", "s.b")) - \(dialect.greatest("c.a", "s.a"))) AS days FROM (\(spans)) AS s JOIN \(closed) AS c ON c.home = s.home WHERE c.a < s.b AND c.b > s.a GROUP BY s.home, s.a, s.b"
    )
  }

  /// The date of a table's rows.
  private func date(of table: String) -> ResolvedPath? {
    question.model[table].flatMap { declaration in
      declaration.date.flatMap {
        try? PathResolver(model: question.model).resolve($0, from: declaration)
      }
    }
  }

  /// Kaplan-Meier's survival of participation.
  mutating func addSurvival(_ survival: Aggregate.Survival, _ name: String) {
    let dialect = dialect
    let date = date(of: survival.scan.table)
    let model = question.model
    let home = model[survival.scan.table].flatMap { table in
      table.residence.flatMap { try? PathResolver(model: model).resolve($0, from: table) }
    }
    func columns(_ rows: inout SQLRows) -> [(name: String, sql: String)] {
      let day = dialect.ordinal(date.map { rows.sql($0) } ?? dialect.noDate)
      let minute = survival.clock.map { rows.sql($0) } ?? dialect.noNumber
      return [
        ("k", rows.sql(survival.person)), ("day", day),
        ("home", home.map { rows.sql($0) } ?? dialect.noText),
        // A time that is not known takes nothing from the whole days.
        ("early", "\(day) * 1440 + COALESCE(\(minute), 0)"),
        ("late", "\(day) * 1440 + COALESCE(\(minute), 1439)"),
      ]
    }
    scan(survival.scan, name + "_s", columns: columns)
    var soFar = survival.scan
    soFar.window = .soFar
    scan(soFar, name + "_a", columns: columns)
    let rows = name + "_a_l"
    tally(name + "_u", from: rows, known: "k IS NOT NULL")
    step(
      name + "_f",
      "SELECT \(by), k, MIN(early) AS first_minute, MAX(late) AS last_minute, MAX(day) AS last_day FROM \(rows) WHERE m = 1 AND k IS NOT NULL GROUP BY \(by), k"
    )
    step(
      name + "_h",
      "SELECT \(keys.map { "f.\($0) AS \($0)" }.joined(separator: ", ")), f.k AS k, f.first_minute AS first_minute, f.last_minute AS last_minute, f.last_day AS last_day, MAX(r.home) AS home FROM \(name)_f AS f JOIN \(rows) AS r ON \(same("f", "r")) AND r.k = f.k AND r.day = f.last_day AND r.m = 1 GROUP BY \(keys.map { "f.\($0)" }.joined(separator: ", ")), f.k, f.first_minute, f.last_minute, f.last_day"
    )
    step(name + "_e", "SELECT p, MAX(day) AS last_day FROM \(name)_a GROUP BY p")
    var leave = dialect.noNumber
    var leaveJoin = ""
    if let register = survival.register, let key = question.model[register.table]?.keyColumn {
      let (from, to) = validity(register.table)
      // A stay without an end comes after all others.
      step(
        name + "_o",
        "SELECT period.p AS p, t.\(dialect.name(key.name)) AS k, CASE WHEN COUNT(*) = COUNT(\(to)) THEN \(dialect.ordinal("MAX(\(to))")) END AS leave FROM \(dialect.name(register.table)) AS t CROSS JOIN period WHERE \(from) IS NULL OR \(from) <= period.last_day GROUP BY period.p, t.\(dialect.name(key.name))"
      )
      leave = "o.leave"
      leaveJoin = " LEFT JOIN \(name)_o AS o ON o.p = h.p AND o.k = h.k"
    }
    step(
      name + "_w",
      "SELECT \(keys.map { "h.\($0) AS \($0)" }.joined(separator: ", ")), h.home AS home, \(dialect.floor("\(dialect.double("h.last_minute - h.first_minute")) / 1440")) AS z, h.last_day + 1 AS a, CASE WHEN \(leave) < e.last_day + 1 THEN \(leave) ELSE e.last_day + 1 END AS b FROM \(name)_h AS h JOIN \(name)_e AS e ON e.p = h.p\(leaveJoin)"
    )
    var closed = "0"
    var closedJoin = ""
    if let days = survival.closed {
      let homes = "SELECT DISTINCT COALESCE(home, '') AS home"
      addClosed(days, homes: "\(homes) FROM \(name)_h", name + "_x")
      addClosedDays(name + "_x", spans: "\(homes), a, b FROM \(name)_w", name + "_y")
      closed = "COALESCE(y.days, 0)"
      closedJoin =
        " LEFT JOIN \(name)_y AS y ON y.home = COALESCE(w.home, '') AND y.a = w.a AND y.b = w.b"
    }
    let careers =
      "SELECT \(keys.map { "w.\($0) AS \($0)" }.joined(separator: ", ")), w.z AS z, CASE WHEN w.b - w.a - \(closed) >= \(survival.lapse) THEN 1 ELSE 0 END AS e FROM \(name)_w AS w\(closedJoin)"
    let values = self.survival(survival.value, careers, name + "_v")
    let apart =
      tellsApart(.survival(survival))
      ? ", COALESCE(v.denominator, 0) AS answers, COALESCE(v.ended, 0) AS holding" : ""
    step(
      name,
      "SELECT \(keys.map { "u.\($0) AS \($0)" }.joined(separator: ", ")), v.value AS value, \(dialect.noNumber) AS numerator, COALESCE(v.denominator, 0) AS denominator, u.unknown AS unknown, u.known AS known, COALESCE(v.denominator, 0) AS persons\(apart)\n  FROM \(name)_u AS u LEFT JOIN \(values) AS v ON \(same("u", "v"))"
    )
  }

  /// Hours in at least one interval of a key.
  mutating func addHours(_ hours: Aggregate.UnionHours, _ name: String) {
    let dialect = dialect
    let date = date(of: hours.scan.table)
    scan(hours.scan, name + "_s") { rows in
      let day = dialect.double(dialect.ordinal(date.map { rows.sql($0) } ?? dialect.noDate))
      let (start, end) = (
        dialect.double(rows.sql(hours.start)), dialect.double(rows.sql(hours.end))
      )
      return [
        ("k", rows.sql(hours.key)), ("a", "\(day) * 1440 + \(start)"),
        (
          "b",
          "\(day) * 1440 + CASE WHEN \(end) > \(start) THEN \(end) WHEN \(end) <= \(start) THEN \(end) + 1440 END"
        ),
      ]
    }
    let rows = name + "_s_l"
    let known = "k IS NOT NULL AND a IS NOT NULL AND b IS NOT NULL"
    tally(name + "_u", from: rows, known: known)
    step(
      name + "_d",
      "SELECT \(by), a, b, MAX(b) OVER (PARTITION BY \(by), k ORDER BY a, b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM \(rows) WHERE m = 1 AND \(known)"
    )
    step(
      name + "_v",
      "SELECT \(by), SUM(CASE WHEN reached IS NULL OR reached <= a THEN b - a WHEN reached < b THEN b - reached ELSE 0 END) / 60 AS value FROM \(name)_d GROUP BY \(by)"
    )
    step(
      name + "_w",
      "SELECT \(by), COUNT(DISTINCT CASE WHEN m = 1 THEN person END) AS persons FROM \(rows) GROUP BY \(by)"
    )
    let persons = question.model[hours.scan.table]?.person == nil ? dialect.noNumber : "w.persons"
    // Hours of intervals that are all unknown are unknown, not zero.
    let value =
      "CASE WHEN v.value IS NULL AND u.unknown > 0 THEN NULL ELSE COALESCE(v.value, 0) END"
    step(
      name,
      "SELECT \(keys.map { "u.\($0) AS \($0)" }.joined(separator: ", ")), \(value) AS value, \(value) AS numerator, \(dialect.noNumber) AS denominator, u.unknown AS unknown, u.known AS known, \(persons) AS persons\n  FROM \(name)_u AS u JOIN \(name)_w AS w ON \(same("u", "w")) LEFT JOIN \(name)_v AS v ON \(same("u", "v"))"
    )
  }

  /// The share of open weeks with a row.
  mutating func addWeeks(_ weeks: Aggregate.Weeks, _ name: String) {
    let dialect = dialect
    let date = date(of: weeks.scan.table)
    let model = question.model
    let home = model[weeks.scan.table].flatMap { table in
      table.residence.flatMap { try? PathResolver(model: model).resolve($0, from: table) }
    }
    scan(weeks.scan, name + "_s") { rows in
      [
        ("day", dialect.ordinal(date.map { rows.sql($0) } ?? dialect.noDate)),
        ("home", home.map { rows.sql($0) } ?? dialect.noText),
      ]
    }
    let calendar = question.periods.enumerated().flatMap { p, period in
      WeeksOf(period).spans.map { span in
        [p, span.start - Int(Day.first.number), span.end - Int(Day.first.number)]
      }
    }
    let homes = "SELECT DISTINCT p, home FROM \(name)_s WHERE home IS NOT NULL"
    let spans = dialect.values(name + "_c", ["p", "a", "b"], calendar)
    step(spans.0, spans.1)
    let homeWeeks = "(\(homes)) AS h JOIN \(name)_c AS w ON w.p = h.p"
    var closed = "0"
    var closedJoin = ""
    if let days = weeks.closed {
      addClosed(
        days, homes: "SELECT DISTINCT home FROM \(name)_s WHERE home IS NOT NULL", name + "_x")
      addClosedDays(
        name + "_x",
        spans: "SELECT DISTINCT h.home AS home, w.a AS a, w.b AS b FROM \(homeWeeks)", name + "_y")
      closed = "COALESCE(y.days, 0)"
      closedJoin = " LEFT JOIN \(name)_y AS y ON y.home = h.home AND y.a = w.a AND y.b = w.b"
    }
    step(
      name + "_o",
      "SELECT h.p AS p, h.home AS home, w.a AS a, w.b AS b, CASE WHEN w.b - w.a - \(closed) > 0 THEN 1 ELSE 0 END AS open FROM \(homeWeeks)\(closedJoin)"
    )
    let rows = name + "_s_l"
    tally(name + "_u", from: rows)
    // The weeks of the residences of each group, and whether the group has a row in each.
    step(
      name + "_g",
      "SELECT DISTINCT \(by) FROM \(rows)")
    step(
      name + "_h",
      "SELECT DISTINCT \(keys.map { "r.\($0) AS \($0)" }.joined(separator: ", ")), r.home AS home, w.a AS a FROM \(rows) AS r JOIN \(name)_c AS w ON w.p = r.p AND r.day >= w.a AND r.day < w.b WHERE r.m = 1 AND r.home IS NOT NULL"
    )
    let total = dialect.text(totalMark)
    step(
      name + "_v",
      "SELECT \(keys.map { "g.\($0) AS \($0)" }.joined(separator: ", ")), COUNT(h.a) AS held, SUM(CASE WHEN o.open = 1 OR h.a IS NOT NULL THEN 1 ELSE 0 END) AS weeks FROM \(name)_g AS g JOIN \(name)_o AS o ON o.p = g.p AND (g.g0 = \(total) OR g.g0 = o.home) LEFT JOIN \(name)_h AS h ON \(same("h", "g")) AND h.home = o.home AND h.a = o.a GROUP BY \(keys.map { "g.\($0)" }.joined(separator: ", "))"
    )
    let persons = question.model[weeks.scan.table]?.person == nil ? dialect.noNumber : "u.persons"
    step(
      name,
      "SELECT \(keys.map { "u.\($0) AS \($0)" }.joined(separator: ", ")), CASE WHEN v.weeks > 0 THEN \(dialect.double("v.held")) / v.weeks END AS value, CASE WHEN v.weeks > 0 THEN v.held END AS numerator, COALESCE(v.weeks, 0) AS denominator, u.unknown AS unknown, u.known AS known, \(persons) AS persons\n  FROM \(name)_u AS u LEFT JOIN \(name)_v AS v ON \(same("u", "v"))"
    )
  }
}
