import Columns
import Diagnostics
import Model
import Periods

/// The tables of a computation in memory, with the indexes that paths need. Loads what is asked
/// for, once.
final class Frame {
  let model: Model
  private let source: any TableSource
  /// A column without any value is absent, as good as one that the model does not have.
  private var columns: [String: [String: Column]] = [:]
  private var asked: [String: Set<String>] = [:]
  private var counts: [String: Int] = [:]
  private var keyRows: [String: [Int32]] = [:]
  private var stays: [String: StayIndex] = [:]
  private var vectors: [VectorKey: Vector] = [:]
  private var dates: [DatesKey: DatesByKey] = [:]
  /// The conditions asked last.
  var truths = Recent<TruthKey, Reader<Int8>>(limit: 24)
  /// The questionnaires of each scale, and how they changed; worked out once.
  var questionnaires: [Score: ScoredRows] = [:]
  var changes: [Change: ChangedRows] = [:]

  struct TruthKey: Hashable {
    var condition: RowExpression
    var table: String
    var moment: Moment?
  }

  private struct VectorKey: Hashable {
    var path: ResolvedPath
    var domain: Domain
    /// The year of a value that depends on the period, else 0.
    var year: Int
  }

  init(model: Model, source: any TableSource) {
    self.model = model
    self.source = source
  }

  /// What has been read so far.
  var loaded: LoadedTables { LoadedTables(columns: columns, counts: counts) }

  /// Loads the columns that some paths read, one call a table.
  func load(_ paths: [ResolvedPath]) throws {
    var needed: [String: Set<String>] = [:]
    func need(_ table: String, _ column: String) {
      needed[table, default: []].insert(column)
    }
    for path in paths {
      var table = path.base
      for link in path.links {
        need(table, link.column)
        if let key = model[link.target]?.keyColumn { need(link.target, key.name) }
        if link.mode == .asOf, let validity = model[link.target]?.validity {
          need(link.target, validity.from)
          need(link.target, validity.to)
        }
        table = link.target
      }
      need(table, path.column)
    }
    for (table, names) in needed.sorted(by: { $0.key < $1.key }) {
      var missing = names.filter { asked[table]?.contains($0) != true }.sorted()
      if missing.isEmpty { continue }
      asked[table, default: []].formUnion(missing)
      let empty = try source.columnsWithoutValues(table, among: missing)
      missing.removeAll(where: empty.contains)
      let loaded = try source.table(table, columns: missing)
      counts[table] = loaded.rowCount
      for name in missing { columns[table, default: [:]][name] = loaded[name] }
    }
  }

  /// The number of rows of a loaded table.
  func rowCount(_ table: String) -> Int { counts[table] ?? 0 }

  func column(_ table: String, _ name: String) -> Column? { columns[table]?[name] }

  /// The codes of a text column; nil when it is not loaded or not of text.
  func codes(_ table: String, _ name: String) -> [Int32]? {
    guard case .text(let codes, _)? = column(table, name) else { return nil }
    return codes
  }

  // MARK: domains

  /// The number of units at which a domain's values are worked out.
  func count(_ table: String, _ domain: Domain) -> Int {
    switch domain {
    case .constant: return 1
    case .rows: return rowCount(table)
    case .column(let name):
      guard case .text(_, let lexicon)? = column(table, name) else { return 1 }
      return lexicon.count + 1
    }
  }

  /// What a path is a function of.
  func domain(_ path: ResolvedPath) -> Domain {
    let first = path.links.first?.column ?? path.column
    guard let base = column(path.base, first) else { return .constant }
    guard case .text(_, let lexicon) = base, !path.links.contains(where: { $0.mode == .asOf })
    else { return .rows }
    // A lexicon much longer than the table is dearer to go through than the rows.
    return lexicon.count <= 2 * rowCount(path.base) + 64 ? .column(first) : .rows
  }

  // MARK: paths

  /// The values of a path for every unit of a domain that determines it. `year` is the last year
  /// of the period.
  func vector(_ path: ResolvedPath, year: Int, domain: Domain = .rows) -> Vector {
    let key = VectorKey(path: path, domain: domain, year: path.dependsOnPeriod ? year : 0)
    if let cached = vectors[key] { return cached }
    let own = self.domain(path)
    let vector: Vector
    if case .bands(.age(let births), let bands) = path.leaf {
      // The years of birth are gathered once for all periods.
      var inner = path
      inner.leaf = .column(births)
      let ages = NumberBands(bands)
      let years = self.vector(inner, year: 0, domain: domain).numbers
      vector = .code(years.map { ages.code(Double(year) - $0) }, Lexicon(bands.map(\.value)))
    } else if own == domain, path.links.isEmpty, domain == .column(path.column),
      case .text(_, let lexicon)? = column(path.base, path.column),
      let codes = baseCodes(path.base, path.column, domain)
    {
      vector = .code(codes, lexicon)
    } else if own == domain {
      let table = path.links.last?.target ?? path.base
      let rows = targetRows(path, domain)
      vector = leaf(
        path.leaf, in: table, rows: rows, year: year, count: count(path.base, domain))
    } else {
      vector = self.vector(path, year: year, domain: own)
        .expanded(unit(path.base, own, at: domain))
    }
    vectors[key] = vector
    return vector
  }

  /// For each unit of a domain, the unit of one that determines it.
  private func unit(_ table: String, _ domain: Domain, at other: Domain) -> [Int32] {
    let n = count(table, other)
    guard case .column(let name) = domain, other == .rows, let codes = codes(table, name) else {
      return [Int32](repeating: 0, count: n)
    }
    let missing = Int32(count(table, domain) - 1)
    return codes.map { $0 < 0 ? missing : $0 }
  }

  /// The codes of a base column at every unit of a domain: at its own, each code once, then the
  /// missing one.
  private func baseCodes(_ table: String, _ name: String, _ domain: Domain) -> [Int32]? {
    guard let codes = codes(table, name) else { return nil }
    guard domain == .column(name) else { return codes }
    let n = count(table, domain)
    return (0..<n).map { $0 == n - 1 ? Column.missingCode : Int32($0) }
  }

  /// For each unit, the row of the path's last table (-1: none); nil when there is no link and
  /// units are rows.
  private func targetRows(_ path: ResolvedPath, _ domain: Domain) -> [Int32]? {
    var rows: [Int32]?
    var table = path.base
    for link in path.links {
      let codes =
        rows == nil
        ? baseCodes(table, link.column, domain) : self.codes(table, link.column)
      guard let codes else {
        return [Int32](repeating: -1, count: count(path.base, domain))
      }
      let here: [Int32] =
        if let rows { rows.map { $0 < 0 ? Column.missingCode : codes[Int($0)] } } else { codes }
      switch link.mode {
      case .unique, .entity:
        let index =
          link.mode == .entity
          ? rowsByEntity(link.target, reading: path.columnRead(after: link))
          : rowsByKey(link.target)
        rows = here.map { $0 >= 0 && Int($0) < index.count ? index[Int($0)] : -1 }
      case .asOf:
        rows = stayRows(here, link.target, base: path.base)
      }
      table = link.target
    }
    return rows
  }

  /// The first row of each key code of a table; -1 for a code without a row.
  private func rowsByKey(_ table: String) -> [Int32] {
    if let cached = keyRows[table] { return cached }
    var index: [Int32] = []
    if let key = model[table]?.keyColumn,
      case .text(let codes, let lexicon)? = column(table, key.name)
    {
      index = [Int32](repeating: -1, count: lexicon.count)
      for (row, code) in codes.enumerated() where code >= 0 && index[Int(code)] < 0 {
        index[Int(code)] = Int32(row)
      }
    }
    keyRows[table] = index
    return index
  }

  /// For each entity, the row in which to read a column that is the same on all its rows: one
  /// where it is known; should rows disagree, the greatest value, so that every executor takes
  /// the same.
  private func rowsByEntity(_ table: String, reading name: String) -> [Int32] {
    if let cached = keyRows[table + "." + name] { return cached }
    var index = rowsByKey(table)
    if let key = model[table]?.keyColumn, case .text(let codes, _)? = column(table, key.name),
      let values = column(table, name)
    {
      for (row, code) in codes.enumerated() where code >= 0 && index[Int(code)] != Int32(row) {
        if values.isGreater(row, than: Int(index[Int(code)])) { index[Int(code)] = Int32(row) }
      }
    }
    keyRows[table + "." + name] = index
    return index
  }

  /// For each base row, the entity's row that holds on the base row's date.
  private func stayRows(_ codes: [Int32], _ target: String, base: String) -> [Int32] {
    guard let index = stayIndex(target), let date = model[base]?.date,
      let table = model[base],
      let path = try? PathResolver(model: model).resolve(date, from: table),
      case .ordinal(let days) = vector(path, year: 0)
    else { return [Int32](repeating: -1, count: codes.count) }
    return zip(codes, days).map { code, day in
      day == Column.missingDay ? -1 : index.row(of: code, on: day)
    }
  }

  /// The dates of the rows of a scan, of all times, by key; worked out once.
  func dates(_ key: DatesKey) -> DatesByKey {
    if let cached = dates[key] { return cached }
    let table = key.scan.table
    let (codes, size) = vector(key.key, year: 0).dense
    var days = [Int32](repeating: Column.missingDay, count: codes.count)
    if case .ordinal(let known) = vector(key.date, year: 0) { days = known }
    let terms = key.scan.expressions.map { truth($0, table, period: nil) }
    let made = DatesByKey(codes: codes, size: size, days: days) { row in
      terms.allSatisfy { $0[row] == 1 }
    }
    dates[key] = made
    return made
  }

  private func stayIndex(_ table: String) -> StayIndex? {
    if let cached = stays[table] { return cached }
    guard let declaration = model[table], let validity = declaration.validity,
      let key = declaration.keyColumn,
      case .text(let codes, let lexicon)? = column(table, key.name),
      let from = days(table, validity.from), let to = days(table, validity.to)
    else { return nil }
    let index = StayIndex(codes: codes, size: lexicon.count, from: from, to: to)
    stays[table] = index
    return index
  }

  /// The days of a column; missing throughout when it has no value.
  private func days(_ table: String, _ name: String) -> [Int32]? {
    switch column(table, name) {
    case .day(let values): values
    case nil: [Int32](repeating: Column.missingDay, count: rowCount(table))
    default: nil
    }
  }

  /// First and last day of validity of every row of a table, open ends as the widest days.
  func validity(_ table: String) -> (from: [Int32], to: [Int32]) {
    guard let validity = model[table]?.validity,
      let from = days(table, validity.from), let to = days(table, validity.to)
    else { return ([], []) }
    return (from, to.map { $0 == Column.missingDay ? Int32.max : $0 })
  }

  private func leaf(
    _ leaf: ResolvedPath.Leaf, in table: String, rows: [Int32]?, year: Int, count: Int
  ) -> Vector {
    switch leaf {
    case .column(let name):
      guard let column = column(table, name) else {
        return .number([Double](repeating: .nan, count: count))
      }
      return Frame.gather(column, rows)
    case .age(let name):
      let births = self.leaf(.column(name), in: table, rows: rows, year: year, count: count).numbers
      return .number(births.map { Double(year) - $0 })
    case .year(let name):
      let days = self.leaf(.column(name), in: table, rows: rows, year: year, count: count)
      guard case .ordinal(let values) = days else { return days }
      return .number(
        values.map { $0 == Column.missingDay ? .nan : Double(Day(number: $0).year) })
    case .step(let name, let step):
      let days = self.leaf(.column(name), in: table, rows: rows, year: year, count: count)
      guard case .ordinal(let values) = days else { return days }
      return .ordinal(
        values.map { $0 == Column.missingDay ? $0 : Int32(step.index(of: Day(number: $0))) })
    case .week(let name):
      let days = self.leaf(.column(name), in: table, rows: rows, year: year, count: count)
      guard case .ordinal(let values) = days else { return days }
      return .ordinal(
        values.map { $0 == Column.missingDay ? $0 : Int32(Day(number: $0).week) })
    case .bands(let inner, let bands):
      let numbers = self.leaf(inner, in: table, rows: rows, year: year, count: count).numbers
      let classes = NumberBands(bands)
      return .code(numbers.map { classes.code($0) }, Lexicon(bands.map(\.value)))
    }
  }

  private static func gather(_ column: Column, _ rows: [Int32]?) -> Vector {
    switch column {
    case .text(let codes, let lexicon):
      .code(rows.map { $0.map { $0 < 0 ? Column.missingCode : codes[Int($0)] } } ?? codes, lexicon)
    case .integer(let values):
      .number(
        rows.map { $0.map { $0 < 0 ? .nan : number(values[Int($0)]) } } ?? values.map(number))
    case .decimal(let values):
      .number(rows.map { $0.map { $0 < 0 ? .nan : values[Int($0)] } } ?? values)
    case .day(let values):
      .ordinal(rows.map { $0.map { $0 < 0 ? Column.missingDay : values[Int($0)] } } ?? values)
    }
  }

  private static func number(_ value: Int64) -> Double {
    value == Column.missingInteger ? .nan : Double(value)
  }
}

/// The rows of each entity of a dated register, for look-ups by date.
private struct StayIndex {
  private let first: [Int32]
  private let next: [Int32]
  private let from: [Int32]
  private let to: [Int32]

  init(codes: [Int32], size: Int, from: [Int32], to: [Int32]) {
    var first = [Int32](repeating: -1, count: size)
    var next = [Int32](repeating: -1, count: codes.count)
    for row in stride(from: codes.count - 1, through: 0, by: -1) where codes[row] >= 0 {
      next[row] = first[Int(codes[row])]
      first[Int(codes[row])] = Int32(row)
    }
    (self.first, self.next, self.from, self.to) = (first, next, from, to)
  }

  /// The row of `code` with from ≤ day < to; a missing bound is open. -1 when there is none.
  func row(of code: Int32, on day: Int32) -> Int32 {
    guard code >= 0, Int(code) < first.count else { return -1 }
    var row = first[Int(code)]
    while row >= 0 {
      let begins = from[Int(row)]
      let ends = to[Int(row)]
      // A missing day is the least number: an open beginning needs no case of its own.
      if begins <= day && (ends == Column.missingDay || day < ends) { return row }
      row = next[Int(row)]
    }
    return -1
  }
}

extension Column {
  /// Whether a row's value comes after another's; a missing value comes before all.
  fileprivate func isGreater(_ a: Int, than b: Int) -> Bool {
    switch self {
    case .text(let codes, let lexicon):
      if codes[a] == codes[b] || codes[a] < 0 { return false }
      return codes[b] < 0
        || lexicon[Int(codes[a])].utf8.lexicographicallyPrecedes(
          lexicon[Int(codes[b])].utf8) == false
    case .integer(let values): return values[a] > values[b]
    case .decimal(let values): return !values[a].isNaN && !(values[a] <= values[b])
    case .day(let values): return values[a] > values[b]
    }
  }
}

extension ResolvedPath {
  /// The stored column read in the table that a link leads to.
  func columnRead(after link: Link) -> String {
    guard let position = links.firstIndex(of: link), position + 1 < links.count else {
      return column
    }
    return links[position + 1].column
  }
}

extension Step {
  /// The number of the month, quarter or year that holds a day, counted from year 0.
  func index(of day: Day) -> Int {
    let c = day.civil
    switch self {
    case .month: return c.year * 12 + c.month - 1
    case .quarter: return c.year * 4 + (c.month - 1) / 3
    case .year: return c.year
    }
  }
}
