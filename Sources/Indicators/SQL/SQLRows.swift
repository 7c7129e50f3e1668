import Model
import Periods

/// Writes row expressions as SQL over a base table, and collects the joins that they need.
struct SQLRows {
  let dialect: Dialect
  let model: Model
  /// The table whose rows are read, under the alias `t`.
  let base: String
  /// Joins in the order in which they must be written.
  private(set) var joins: [String] = []
  private var aliases: [String: String] = [:]
  private var lookups: [Lookup: String] = [:]
  private var used = 0

  init(dialect: Dialect, model: Model, base: String) {
    self.dialect = dialect
    self.model = model
    self.base = base
  }

  /// An expression. Truth is an SQL condition: null is unknown, as here.
  mutating func sql(_ expression: RowExpression) -> String {
    switch expression {
    case .path(let path): return sql(path)
    case .number(let value): return dialect.number(value)
    case .text(let text): return dialect.text(text)
    case .day(let day): return dialect.date(day)
    case .compare(let comparison, let a, let b):
      let symbol = comparison == .notEqual ? "<>" : comparison.rawValue
      return "(\(sql(a)) \(symbol) \(sql(b)))"
    case .isIn(let value, let items):
      var list: [String] = []
      for item in items { list.append(sql(item)) }
      return "(\(sql(value)) IN (\(list.joined(separator: ", "))))"
    case .known(let inner): return "(\(sql(inner)) IS NOT NULL)"
    case .and(let a, let b): return "(\(sql(a)) AND \(sql(b)))"
    case .or(let a, let b): return "(\(sql(a)) OR \(sql(b)))"
    case .not(let a): return "(NOT \(sql(a)))"
    case .arithmetic(let operation, let a, let b):
      let (x, y) = (dialect.double(sql(a)), dialect.double(sql(b)))
      return operation == .divide ? "(\(x) / NULLIF(\(y), 0))" : "(\(x) \(operation.rawValue) \(y))"
    case .coalesce(let items, let isDay):
      var list: [String] = []
      for item in items {
        list.append(isDay ? dialect.dates(sql(item)) : dialect.double(sql(item)))
      }
      return "COALESCE(\(list.joined(separator: ", ")))"
    case .days(let a, let b):
      let earlier = dialect.dates(sql(a))
      return dialect.days(dialect.dates(sql(b)), earlier)
    case .periodDay(let end): return end == .start ? "period.first_day" : "period.last_day"
    case .daysPresent(let register):
      let (from, to) = (dialect.dates(sql(register.from)), dialect.dates(sql(register.to)))
      return dialect.greatest(SQLRows.daysPresent(from, to, dialect), "0")
    case .lookup(let lookup): return sql(lookup)
    case .score(let value): return sql(value)
    case .calendar(let function, let items):
      var list: [String] = []
      for item in items { list.append(sql(item)) }
      return SQLCalendar(dialect: dialect).sql(function, list)
    }
  }

  /// A condition as 1, 0 or null.
  mutating func flag(_ condition: RowExpression) -> String {
    let sql = sql(condition)
    return "CASE WHEN \(sql) THEN 1 WHEN NOT \(sql) THEN 0 END"
  }

  /// The days of the period on which a row holds from one date to before another.
  static func daysPresent(_ from: String, _ to: String, _ dialect: Dialect) -> String {
    dialect.days(
      dialect.least("COALESCE(\(to), period.next_day)", "period.next_day"),
      dialect.greatest("COALESCE(\(from), period.first_day)", "period.first_day"))
  }

  /// The date of another row of the same key: a join with one date a key, or a key and date.
  private mutating func sql(_ lookup: Lookup) -> String {
    let own = sql(lookup.own)
    let date = lookup.ownDate.map { sql($0) }
    if let known = lookups[lookup] { return "\(known).found" }
    used += 1
    let alias = "l\(used)"
    lookups[lookup] = alias
    var there = SQLRows(dialect: dialect, model: model, base: lookup.scan.table)
    let (key, day) = (there.sql(lookup.key), there.sql(lookup.date))
    var conditions = ["\(key) IS NOT NULL", "\(day) IS NOT NULL"]
    for condition in lookup.scan.expressions { conditions.append(there.sql(condition)) }
    let theirs =
      "FROM \(dialect.name(lookup.scan.table)) AS t \(there.joins.joined(separator: " ")) WHERE \(conditions.joined(separator: " AND "))"
    guard let ownDate = lookup.ownDate, let date else {
      joins.append(
        "LEFT JOIN (SELECT \(key) AS k, MIN(\(day)) AS found \(theirs) GROUP BY \(key)) AS \(alias) ON \(alias).k = \(own)"
      )
      return "\(alias).found"
    }
    var here = SQLRows(dialect: dialect, model: model, base: base)
    let (hereKey, hereDay) = (here.sql(lookup.own), here.sql(ownDate))
    let mine =
      "SELECT DISTINCT \(hereKey) AS k, \(hereDay) AS day, 0 AS theirs FROM \(dialect.name(base)) AS t \(here.joins.joined(separator: " "))"
    // In the order of dates, each row that asks sees the answers that stand before it.
    let isBefore = lookup.which == .before
    let order = isBefore ? "day, theirs" : "day DESC, theirs\(lookup.takesSameDay ? " DESC" : "")"
    let window =
      "\(isBefore ? "MAX" : "MIN")(CASE WHEN theirs = 1 THEN day END) OVER (PARTITION BY k ORDER BY \(order) ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    joins.append(
      "LEFT JOIN (SELECT k, day, found FROM (SELECT k, day, theirs, \(window) AS found FROM (SELECT \(key) AS k, \(day) AS day, 1 AS theirs \(theirs) UNION ALL \(mine)) AS both_sides) AS seen WHERE theirs = 0) AS \(alias) ON \(alias).k = \(own) AND \(alias).day = \(date)"
    )
    return "\(alias).found"
  }

  /// The alias of a join that is written once; `text` writes it.
  mutating func join(_ key: String, _ text: (Dialect, _ alias: String) -> String) -> String {
    if let known = aliases[key] { return known }
    used += 1
    let alias = "j\(used)"
    joins.append(text(dialect, alias))
    aliases[key] = alias
    return alias
  }

  /// The value of a path.
  mutating func sql(_ path: ResolvedPath) -> String {
    var alias = "t"
    var key = "t"
    for (i, link) in path.links.enumerated() {
      let read = i + 1 < path.links.count ? path.links[i + 1].column : path.column
      key += "." + link.column + (link.mode == .entity ? "!" + read : "")
      if let known = aliases[key] {
        alias = known
      } else {
        used += 1
        let next = "j\(used)"
        joins.append(join(link, as: next, from: alias, reading: read))
        aliases[key] = next
        alias = next
      }
    }
    let value = leaf(path.leaf, alias)
    guard case .column = path.leaf else { return value }
    switch path.type {
    case .day: return dialect.dates(value)
    case .number: return dialect.numbers(value)
    default: return value
    }
  }

  private mutating func join(
    _ link: ResolvedPath.Link, as alias: String, from: String, reading column: String
  ) -> String {
    let target = model[link.target]
    let key = dialect.name(target?.keyColumn?.name ?? "")
    let own = "\(from).\(dialect.name(link.column))"
    switch link.mode {
    case .unique:
      return "LEFT JOIN \(dialect.name(link.target)) AS \(alias) ON \(alias).\(key) = \(own)"
    case .entity:
      let read = dialect.name(column)
      let value = read == key ? "" : ", MAX(\(read)) AS \(read)"
      return
        "LEFT JOIN (SELECT \(key)\(value) FROM \(dialect.name(link.target)) GROUP BY \(key)) AS \(alias) ON \(alias).\(key) = \(own)"
    case .asOf:
      var date = dialect.noDate
      if let table = model[base], let path = table.date,
        let resolved = try? PathResolver(model: model).resolve(path, from: table)
      {
        date = sql(resolved)
      }
      let from = dialect.dates("\(alias).\(dialect.name(target?.validity?.from ?? ""))")
      let to = dialect.dates("\(alias).\(dialect.name(target?.validity?.to ?? ""))")
      return
        "LEFT JOIN \(dialect.name(link.target)) AS \(alias) ON \(alias).\(key) = \(own) AND (\(from) IS NULL OR \(from) <= \(date)) AND (\(to) IS NULL OR \(date) < \(to))"
    }
  }

  private func leaf(_ leaf: ResolvedPath.Leaf, _ alias: String) -> String {
    switch leaf {
    case .column(let name): return "\(alias).\(dialect.name(name))"
    // `period` is joined to every scan: ages follow its last year.
    case .age(let name):
      return "(period.last_year - \(dialect.numbers("\(alias).\(dialect.name(name))")))"
    case .year(let name): return dialect.year(dialect.dates("\(alias).\(dialect.name(name))"))
    case .step(let name, let step):
      return SQLRows.step(dialect.dates("\(alias).\(dialect.name(name))"), step, dialect)
    case .week(let name):
      // Whole-number arithmetic that no dialect divides differently.
      let days = dialect.double(dialect.ordinal(dialect.dates("\(alias).\(dialect.name(name))")))
      return dialect.floor("(\(days) / 7)")
    case .bands(let inner, let bands):
      let value = self.leaf(inner, alias)
      let cases = bands.map { band in
        let above = "\(value) >= \(dialect.number(band.from))"
        let below = band.below.map { " AND \(value) < \(dialect.number($0))" } ?? ""
        return "WHEN \(above)\(below) THEN \(dialect.text(band.value))"
      }
      return "CASE \(cases.joined(separator: " ")) END"
    }
  }

  /// The number of the month, quarter or year that holds a date.
  static func step(_ date: String, _ step: Step, _ dialect: Dialect) -> String {
    let (year, month) = (dialect.year(date), dialect.month(date))
    switch step {
    case .month: return "(\(year) * 12 + \(month) - 1)"
    case .quarter:
      // Whole-number arithmetic that no dialect divides differently.
      return
        "(\(year) * 4 + CASE WHEN \(month) <= 3 THEN 0 WHEN \(month) <= 6 THEN 1 WHEN \(month) <= 9 THEN 2 ELSE 3 END)"
    case .year: return year
    }
  }
}
