import Columns
import Diagnostics
import Model

/// The rows of one table while a sheet is being read, before repeated and conflicting ones are
/// told apart.
struct StagedTable {
  let table: TableDeclaration
  /// In the order of the model.
  private(set) var columns: [ColumnBuilder] = []
  /// The field of the sheet behind each column.
  private(set) var fields: [Int?] = []
  /// All fields that each column is made from.
  private(set) var allFields: [Set<Int>] = []
  /// The record of the grid that each row comes from; ascending once `finish` was called.
  private(set) var records: [Int32] = []
  private(set) var isDistinct = false
  /// Columns that make the key: of rows with one key they differ in case or accents only.
  private var keyParts = Set<String>()
  private var partCount = 0

  // What `accept` knows of the rows kept so far.
  private var group: [Int32] = []
  private var holder: [Int32] = []
  private var entity: [Int32] = []
  private var entityHolder: [Int32] = []
  private var stays: [Int32: [Stay]] = [:]
  private(set) var isKept: [Bool] = []
  /// The rows of the record that is being decided.
  private(set) var current = 0..<0
  private var isPlain: [Bool] = []
  private var person: Int?
  private var headcount: Int?
  private var arrival: Int?, departure: Int?
  private var constants: [Int] = []

  /// A stay that was kept: [from, to).
  private struct Stay {
    var from: Int32
    var to: Int32
    var row: Int32
  }

  init(_ table: TableDeclaration) { self.table = table }

  /// Adds the rows of an emit.
  mutating func add(_ emit: Emit, records more: [Int32], typing: inout ColumnTyping) {
    isDistinct = isDistinct || emit.isDistinct
    partCount += 1
    var sources: [String: CellSource] = [:]
    for planned in emit.columns {
      sources[planned.declaration.name] = planned.source
      if !columns.contains(where: { $0.declaration.name == planned.declaration.name }) {
        if case .joined = planned.source, planned.declaration.kind == .key {
          keyParts = Set(emit.table.keyFrom)
        }
        var new = ColumnBuilder(planned.declaration)
        new.appendMissing(records.count)
        columns.append(new)
        fields.append(planned.source.field)
        allFields.append([])
      }
      if let i = columns.firstIndex(where: { $0.declaration.name == planned.declaration.name }) {
        allFields[i].formUnion(planned.source.fields)
      }
    }
    typing.place = emit.place
    for i in columns.indices {
      if let source = sources[columns[i].declaration.name] {
        typing.fill(&columns[i], from: source, records: more)
      } else {
        columns[i].appendMissing(more.count)
      }
    }
    records += more
  }

  /// Gives people of one name identifiers of their own, in a register that has none; how many
  /// names were shared.
  mutating func tellNamesakesApart(isKnown: (String) -> Bool) -> Int {
    guard !keyParts.isEmpty, table.isPseudonymous, let name = table.keyColumn?.name,
      table.person == name, let key = columns.firstIndex(where: { $0.declaration.name == name })
    else { return 0 }
    let found = withoutActuallyEscaping(isKnown) {
      Namesakes(table: table, isKnown: $0).identifiers(columns, rowCount: records.count)
    }
    for (row, text) in found.byRow {
      columns[key].codes[row] = columns[key].interner.code(text)
    }
    if !found.byRow.isEmpty { columns[key].isInOrder = false }
    return found.shared
  }

  /// Puts the rows in the order of the sheet and numbers equal keys.
  mutating func finish() {
    if partCount > 1 {
      let order = records.indices.sorted { (records[$0], $0) < (records[$1], $1) }.map(Int32.init)
      records = order.map { records[Int($0)] }
      for i in columns.indices { columns[i].reorder(order) }
    }
    func index(_ name: String?) -> Int? {
      columns.firstIndex { $0.declaration.name == name }
    }
    let keyColumns = table.key.compactMap { index($0) }
    if keyColumns.isEmpty {
      // Rows that nothing tells apart are all different.
      group = records.indices.map(Int32.init)
      holder = [Int32](repeating: -1, count: records.count)
    } else {
      var keys = RowGroups(rowCount: records.count)
      for i in keyColumns { keys.split(by: columns[i]) }
      group = keys.ids
      holder = [Int32](repeating: -1, count: keys.count)
    }
    isKept = [Bool](repeating: false, count: records.count)
    if table.multiplicity != nil, let name = table.person, table[name] != nil {
      person = index(name)
      headcount = index(table.multiplicity)
    }
    arrival = index(table.validity?.from)
    departure = index(table.validity?.to)
    constants = columns.indices.filter { columns[$0].declaration.isConstant }
    if let key = index(table.keyColumn?.name), table.key.count > 1 {
      var entities = RowGroups(rowCount: records.count)
      entities.split(by: columns[key])
      entity = entities.ids
      entityHolder = [Int32](repeating: -1, count: entities.count)
    }
    findPlainRows()
  }

  /// Marks the rows that need no look at any other: the first of their key, in a table without
  /// stays, with a person or a headcount. They are nearly all, and are decided at once.
  private mutating func findPlainRows() {
    isPlain = [Bool](repeating: false, count: records.count)
    guard entity.isEmpty else { return }
    var isSeen = [Bool](repeating: false, count: holder.count)
    for row in records.indices where !isSeen[Int(group[row])] {
      isSeen[Int(group[row])] = true
      isPlain[row] = true
    }
    guard table.multiplicity != nil, table.person.flatMap({ table[$0] }) != nil else { return }
    let people = person.map { columns[$0].codes } ?? []
    for row in records.indices where people.isEmpty || people[row] < 0 || countsMany(row) {
      isPlain[row] = false
    }
  }

  /// Whether a row says that it stands for several people.
  private func countsMany(_ row: Int) -> Bool {
    guard let headcount, columns[headcount].storage == .integers,
      !columns[headcount].isMissing(row)
    else { return false }
    return columns[headcount].integers[row] > 1
  }

  /// Keeps the current record's row if it is the only one and needs no look at any other.
  mutating func keepsCurrentPlainly() -> Bool {
    guard current.count == 1, isPlain[current.lowerBound] else { return false }
    holder[Int(group[current.lowerBound])] = Int32(current.lowerBound)
    isKept[current.lowerBound] = true
    return true
  }

  // MARK: - A clean sheet

  /// Takes whole columns of a sheet when each row stands beside all others; nil when one does not.
  init?(_ emit: Emit, clean columns: [ColumnBuilder], rowCount: Int) {
    table = emit.table
    self.columns = columns
    fields = emit.columns.map(\.source.field)
    func index(_ name: String?) -> Int? { columns.firstIndex { $0.declaration.name == name } }
    if table.multiplicity != nil, let name = table.person, table[name] != nil {
      let person = index(name).map { columns[$0] }
      let headcount = index(table.multiplicity).map { columns[$0] }
      let isNamed = person.map { !$0.codes.contains(Column.missingCode) } ?? false
      guard isNamed, person?.storage == .codes, headcount == nil else { return nil }
    }
    let keys = table.key.compactMap { index($0) }.map { columns[$0] }
    if !keys.isEmpty, !UniqueKeys.areUnique(keys, rowCount: rowCount) { return nil }
    let isOfStays = table.validity != nil || constantsMatter
    if isOfStays || table.key.count > 1 && table.keyColumn != nil {
      // With one row a person there is nothing to compare but the two ends of a stay.
      if let key = index(table.keyColumn?.name).map({ columns[$0] }),
        UniqueKeys.areUnique([key], rowCount: rowCount), !hasBackwardStay(rowCount)
      {
        return
      }
      // Stays and constant facts are compared row by row.
      records = Array(0..<Int32(rowCount))
      finish()
      let places = RowPlaces(lines: records)
      for row in 0..<rowCount {
        advance(to: Int32(row))
        if objection(to: row, places: places) != nil || !keep(row) { return nil }
      }
    }
  }

  /// Whether a departure comes before its arrival.
  private func hasBackwardStay(_ rowCount: Int) -> Bool {
    func days(_ name: String?) -> [Int32]? {
      columns.first { $0.declaration.name == name && $0.storage == .days }?.days
    }
    guard let from = days(table.validity?.from), let to = days(table.validity?.to) else {
      return false
    }
    return (0..<rowCount).contains { row in
      to[row] < from[row] && to[row] != Column.missingDay && from[row] != Column.missingDay
    }
  }

  private var constantsMatter: Bool { columns.contains { $0.declaration.isConstant } }

  /// All rows.
  func batchOfAll(lines: [Int32]) -> TableBatch {
    var out: [String: Column] = [:]
    for column in columns {
      out[column.declaration.name] = column.columnOfAll()
    }
    return TableBatch(table: table.name, columns: out, sourceLines: lines)
  }

  /// The first and the last day of all rows, by the table's own date or start of validity.
  func daysOfAll() -> (first: Int32, last: Int32)? {
    let name = table.date ?? table.validity?.from
    guard let column = columns.first(where: { $0.declaration.name == name }),
      column.storage == .days
    else { return nil }
    let days = column.days.lazy.filter { $0 != Column.missingDay }
    guard let first = days.min(), let last = days.max() else { return nil }
    return (first, last)
  }

  // MARK: - One record after the other

  /// Makes the rows of a record current; records come in ascending order.
  mutating func advance(to record: Int32) {
    var next = current.upperBound
    while next < records.count, records[next] < record { next += 1 }
    let first = next
    while next < records.count, records[next] == record { next += 1 }
    current = first..<next
  }

  /// Why a row cannot stand beside those kept before it; nil when it can.
  func objection(to row: Int, places: RowPlaces) -> Problem? {
    func told(_ other: Int32) -> Phrase {
      places.text(of: Int(records[Int(other)]), besides: Int(records[row]))
    }
    func problem(_ column: Int?, _ reason: Diagnostic) -> Problem {
      Problem(record: records[row], column: column.flatMap { fields[$0] }, reason: reason)
    }
    let isUnnamed = person.map { columns[$0].isMissing(row) } ?? (table.multiplicity != nil)
    if table.multiplicity != nil, isUnnamed, table.person.flatMap({ table[$0] }) != nil,
      headcount.map({ columns[$0].isMissing(row) }) ?? true
    {
      return problem(person ?? headcount, Conflict.nobody)
    }
    if person != nil, !isUnnamed, countsMany(row) {
      return problem(headcount, Conflict.namedAndCounted)
    }
    let held = holder[Int(group[row])]
    if held >= 0 {
      let line = told(held)
      if isUnnamed, table.multiplicity != nil, !isDistinct {
        return problem(headcount, Conflict.counted(line))
      }
      for i in columns.indices where !columns[i].isEqual(row, Int(held)) {
        if keyParts.contains(columns[i].declaration.name) { continue }
        if columns[i].isMissing(row) || (isDistinct && columns[i].isMissing(Int(held))) { continue }
        return problem(i, Conflict.repeated(line, columns[i].declaration))
      }
      return nil
    }
    if let arrival, let departure, !columns[departure].isMissing(row),
      !columns[arrival].isMissing(row),
      columns[departure].days[row] < columns[arrival].days[row]
    {
      return problem(departure, Conflict.backwards)
    }
    guard !entity.isEmpty else { return nil }
    let first = entityHolder[Int(entity[row])]
    if first >= 0 {
      for i in constants where !columns[i].isMissing(row) && !columns[i].isMissing(Int(first)) {
        if !columns[i].isEqual(row, Int(first)) {
          let line = told(first)
          return problem(i, Conflict.inconstant(line, columns[i].declaration))
        }
      }
    }
    if let stay = stay(row), let known = stays[entity[row]] {
      let i = place(stay, known)
      if let other = [i - 1, i].first(where: {
        known.indices.contains($0) && known[$0].from < stay.to && stay.from < known[$0].to
      }) {
        let line = told(known[other].row)
        return problem(arrival ?? departure, Conflict.overlap(line))
      }
    }
    return nil
  }

  /// Keeps a row, or lets one kept before stand for it; tells which.
  mutating func keep(_ row: Int) -> Bool {
    let held = holder[Int(group[row])]
    if held >= 0 {
      if isDistinct {
        for i in columns.indices where columns[i].isMissing(Int(held)) {
          columns[i].copy(from: row, to: Int(held))
        }
      }
      return false
    }
    holder[Int(group[row])] = Int32(row)
    isKept[row] = true
    if !entity.isEmpty {
      let e = entity[row]
      if entityHolder[Int(e)] < 0 { entityHolder[Int(e)] = Int32(row) }
      if let stay = stay(row) {
        let i = place(stay, stays[e] ?? [])
        stays[e, default: []].insert(stay, at: i)
      }
    }
    return true
  }

  /// Takes a row back that was kept.
  mutating func drop(_ row: Int) { isKept[row] = false }

  /// The field behind a column.
  func field(of name: String?) -> Int? {
    columns.firstIndex { $0.declaration.name == name }.flatMap { fields[$0] }
  }

  /// The stay of a row; nil for tables without stays and for stays of no day.
  private func stay(_ row: Int) -> Stay? {
    guard let arrival else { return nil }
    let from = columns[arrival].days[row]  // a missing day sorts before all days
    let to = departure.map { columns[$0].days[row] } ?? Column.missingDay
    let stay = Stay(from: from, to: to == Column.missingDay ? .max : to, row: Int32(row))
    return stay.from < stay.to ? stay : nil
  }

  /// Where a stay belongs among others in order.
  private func place(_ stay: Stay, _ known: [Stay]) -> Int {
    var (lo, hi) = (0, known.count)
    while lo < hi {
      let middle = (lo + hi) / 2
      if known[middle].from < stay.from { lo = middle + 1 } else { hi = middle }
    }
    return lo
  }

  // MARK: - Results

  /// The records that the kept rows come from.
  var keptRecords: [Int32] { isKept.indices.filter { isKept[$0] }.map { records[$0] } }

  /// The kept rows.
  func batch(lines: [Int32]) -> TableBatch {
    let rows = isKept.indices.filter { isKept[$0] }.map(Int32.init)
    var out: [String: Column] = [:]
    for column in columns { out[column.declaration.name] = column.column(rows) }
    return TableBatch(
      table: table.name, columns: out,
      sourceLines: rows.map { lines[Int(records[Int($0)])] })
  }

  /// The first and the last day of the kept rows, by the table's own date or start of validity.
  func days() -> (first: Int32, last: Int32)? {
    let name = table.date ?? table.validity?.from
    guard let column = columns.first(where: { $0.declaration.name == name }),
      column.storage == .days
    else { return nil }
    var out: (first: Int32, last: Int32)?
    for (row, isKept) in isKept.enumerated() where isKept && !column.isMissing(row) {
      let day = column.days[row]
      out = (min(out?.first ?? day, day), max(out?.last ?? day, day))
    }
    return out
  }
}

/// Why a row cannot stand beside another, in words.
private enum Conflict {
  static let nobody = Diagnostic(
    code: "row.nobody",
    Phrase(
      fr: "ni personne nommée ni nombre de personnes sur la ligne",
      en: "neither a named person nor a headcount on the row"),
    remedy: Phrase(fr: "complétez l’un des deux", en: "fill one of them in"))

  static let namedAndCounted = Diagnostic(
    code: "row.named-and-counted",
    Phrase(
      fr: "une personne, ou un nombre de personnes non nommées, pas les deux",
      en: "a person, or a headcount of unnamed people, not both"),
    remedy: Phrase(
      fr: "videz le nombre, ou mettez les personnes non nommées sur une autre ligne",
      en: "empty the headcount, or put the unnamed people on another row"))

  static func counted(_ place: Phrase) -> Diagnostic {
    Diagnostic(
      code: "row.counted-twice",
      Phrase(
        fr: "personnes non nommées déjà comptées pour cette séance et ce groupe, \(place.fr)",
        en: "unnamed people already counted for this session and group, \(place.en)"),
      remedy: Phrase(
        fr: "gardez un seul nombre, ou dites deux groupes différents",
        en: "keep one count, or tell the two groups apart"))
  }

  static func repeated(_ place: Phrase, _ column: ColumnDeclaration) -> Diagnostic {
    Diagnostic(
      code: "row.conflict",
      Phrase(
        fr: "déjà donné \(place.fr), avec une autre valeur pour « \(column.label.fr) »",
        en: "already given on \(place.en), with another value for “\(column.label.en)”"),
      remedy: Phrase(fr: "gardez la ligne juste", en: "keep the right row"))
  }

  static func inconstant(_ place: Phrase, _ column: ColumnDeclaration) -> Diagnostic {
    Diagnostic(
      code: "row.inconstant",
      Phrase(
        fr: "« \(column.label.fr) » diffère de la \(place.fr), pour la même personne",
        en: "“\(column.label.en)” differs from \(place.en), for the same person"),
      remedy: Phrase(
        fr: "corrigez, ou donnez un identifiant à chacune s’il y a deux personnes",
        en: "correct it, or give each an identifier if they are two people"))
  }

  static let backwards = Diagnostic(
    code: "row.departure-before-arrival",
    Phrase(fr: "le départ précède l’arrivée", en: "the departure comes before the arrival"),
    remedy: Phrase(fr: "corrigez l’une des deux dates", en: "correct one of the two dates"))

  static func overlap(_ place: Phrase) -> Diagnostic {
    Diagnostic(
      code: "row.stays-overlap",
      Phrase(
        fr: "ce séjour chevauche celui de la même personne, \(place.fr)",
        en: "this stay overlaps that of the same person, \(place.en)"),
      remedy: Phrase(
        fr: "corrigez les dates d’arrivée et de départ",
        en: "correct the dates of arrival and departure"))
  }
}
