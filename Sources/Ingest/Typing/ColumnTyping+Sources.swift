import Columns
import Diagnostics
import Model

// Values that are not read from a cell as it stands: constants, mapped values, instants, and
// identifiers joined from several cells.
extension ColumnTyping {
  /// The value of a text that a person wrote once: a constant, a default, a mapped value.
  static func value(
    of text: String, _ column: ColumnDeclaration, _ interner: inout ByteInterner
  ) -> Value {
    let bytes = Array(text.utf8)
    let s = bytes.span
    let range = Cells.trimmed(s, 0..<bytes.count)
    if range.isEmpty { return column.isRequired ? .fault(Fault.missing(column)) : .missing }
    switch column.kind {
    case .key, .link, .text: return .code(interner.code(s, range))
    case .code:
      return CodeMeanings(column, &interner).codes[Fold.key(text)].map { .code($0) }
        ?? .fault(Fault.unknownCode(column))
    case .boolean:
      return Booleans.meanings[Fold.key(text)].map { .integer($0) }
        ?? .fault(Fault.unreadableBoolean)
    case .time:
      return TimeCell.minutes(s, range).map { .integer($0) } ?? .fault(Fault.unreadableTime)
    case .date where column.isMonth:
      return MonthCell.firstDay(s, range, .dayFirst).map { .day($0) }
        ?? .fault(Fault.unreadableMonth)
    case .date:
      return DateCell(s, range).day(.dayFirst).map { .day($0) } ?? .fault(Fault.unreadableDate)
    case .integer, .decimal:
      guard let d = NumberCell(s, range)?.value(s, .dot) else {
        return .fault(Fault.unreadableNumber)
      }
      return checked(d, column, Fault.outside(column))
    }
  }

  mutating func fill(
    _ builder: inout ColumnBuilder, constant text: String, records: [Int32]
  ) {
    let value = ColumnTyping.value(of: text, builder.declaration, &builder.interner)
    guard case .fault = value else {
      builder.append(value, rows: records.count)
      return
    }
    for record in records { append(value, to: &builder, record: record, field: 0) }
  }

  mutating func fill(
    _ builder: inout ColumnBuilder, _ reading: CellReading, values: [String: String],
    records: [Int32]
  ) {
    let column = builder.declaration
    let empty: Value =
      if let text = values[""] {
        ColumnTyping.value(of: text, column, &builder.interner)
      } else {
        emptyValue(of: column, fallback: reading.fallback, interner: &builder.interner)
      }
    fillDistinct(&builder, reading.field, records, empty: empty) { _, s, range, builder in
      guard let text = values[Fold.key(s, range)] else {
        return .fault(Fault.unmapped(column, known: Array(values.keys)))
      }
      return ColumnTyping.value(of: text, column, &builder.interner)
    }
  }

  mutating func fill(
    _ builder: inout ColumnBuilder, _ epoch: CellReading.Epoch, field: Int, records: [Int32]
  ) {
    let column = builder.declaration
    let grid = self.grid
    let s = grid.bytes.span
    let empty = emptyValue(of: column, fallback: nil, interner: &builder.interner)
    func whole(_ range: Range<Int>) -> Int64? {
      guard let d = NumberCell(s, range)?.value(s, .dot), abs(d) < 0x1p53 else { return nil }
      return Int64(d)
    }
    for record in records {
      let range = cell(s, record, field)
      if range.isEmpty {
        append(empty, to: &builder, record: record, field: field)
        continue
      }
      var value = Value.fault(Fault.unreadableInstant)
      if var instant = whole(range) {
        var zone = epoch.zone
        if let offsetField = epoch.offsetField, let offset = whole(cell(s, record, offsetField)) {
          instant += offset
          zone = .fixed(minutes: 0)
        }
        let unit = epoch.unitsPerSecond
        let seconds = instant >= 0 ? instant / unit : (instant - unit + 1) / unit
        if let local = zone.local(epochSeconds: seconds) {
          value = column.kind == .time ? .integer(local.minute) : .day(local.day)
        }
      }
      append(value, to: &builder, record: record, field: field)
    }
  }

  mutating func fill(
    _ builder: inout ColumnBuilder, joined parts: [PlannedColumn], records: [Int32]
  ) {
    let column = builder.declaration
    var groups = RowGroups(rowCount: records.count)
    var columns: [ColumnBuilder] = []
    // The parts are also columns of their own table, which reports their faults.
    let known = (problems, assumptions)
    for part in parts {
      var one = ColumnBuilder(part.declaration)
      fill(&one, from: part.source, records: records)
      groups.split(by: one)
      columns.append(one)
    }
    let faulty = Set(problems[known.0.count...].map(\.record))
    (problems, assumptions) = known
    let decisive = Set(decisiveParts(parts.map(\.declaration)).map(\.name))
    let people =
      column.kind == .link && column.target == options.people?.table ? options.people : nil
    let beside = people == nil ? [] : clueColumns(records)
    for one in beside {
      var told = ColumnBuilder(column)
      told.codes = one.codes
      told.interner = one.texts
      groups.split(by: told)
    }
    var waiting: [Int32: (meaning: PeopleNames.Meaning, key: String)] = [:]
    let values = groups.firstRows().enumerated().map { group, row -> Value in
      let row = Int(row)
      guard row >= 0 else { return .missing }
      let hasAny = columns.contains {
        decisive.contains($0.declaration.name) && !$0.isMissing(row)
      }
      guard hasAny else { return .missing }
      let key = columns.map { $0.keyText(row) }.joined(separator: "|")
      guard let people else { return .code(builder.interner.code(key)) }
      let found = value(
        ofNames: columns, row: row, key: key, people: people,
        clues: ColumnTyping.clues(beside, row: row), &builder)
      waiting[Int32(group)] = (found.meaning, key)
      return found.value
    }
    let field = parts.lazy.compactMap { $0.source.field }.first ?? 0
    let missing: Value = column.isRequired ? .fault(Fault.missing(column)) : .missing
    for (i, record) in records.enumerated() {
      let value = values[Int(groups.ids[i])]
      if let known = waiting[groups.ids[i]] {
        noteWaiting(record, known.meaning, written: known.key)
      }
      if faulty.contains(record) {
        // A part that cannot be read makes an identifier of nothing.
        append(.missing, to: &builder, record: record, field: field)
      } else if value.isMissing {
        append(missing, to: &builder, record: record, field: field)
      } else {
        append(value, to: &builder, record: record, field: field)
      }
    }
  }
}

extension ColumnBuilder {
  /// A value's part in an identifier made of several: texts folded, the rest in plain form.
  fileprivate func keyText(_ row: Int) -> String {
    guard !isMissing(row) else { return "" }
    switch storage {
    case .codes:
      let text = interner.string(codes[row])
      return declaration.kind == .code ? text : Fold.key(text)
    case .integers:
      guard declaration.kind == .time else { return String(integers[row]) }
      let (h, m) = (integers[row] / 60, integers[row] % 60)
      return (h < 10 ? "0" : "") + "\(h):" + (m < 10 ? "0" : "") + "\(m)"
    case .decimals: return Column.plain(decimals[row])
    case .days: return Column.day([days[row]]).text(at: 0) ?? ""
    }
  }
}
