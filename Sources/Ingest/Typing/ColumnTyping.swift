import Columns
package import Diagnostics
import Model

/// What was decided about a column without certainty; a receipt tells it.
package struct Assumption: Sendable, Hashable, Codable {
  /// A stable identifier, such as `date.day-first`.
  package var code: String
  /// The heading it is about; nil for the whole file.
  package var heading: String?
  /// What was assumed, and why.
  package var message: Phrase
  /// Whether it is worth a second look.
  package var isWarning: Bool

  private enum CodingKeys: String, CodingKey {
    case code, heading, message
    case isWarning = "is_warning"
  }
}

/// Turns cells into typed values, a column at a time.
struct ColumnTyping {
  let grid: Grid
  let header: [String]
  var options: TypingOptions
  /// What is wrong, in no order.
  var problems: [Problem] = []
  var assumptions: [Assumption] = []

  /// What the user or a mapping has settled.
  struct TypingOptions {
    var decimal: DecimalMark?
    var dateOrder: DateOrder?
    /// Whether the file is one where `1,250` more likely has a decimal comma.
    var isFrench: Bool
  }

  /// Texts that say “not known” in columns of numbers, dates and codes.
  private static let unknowns: Set<String> = [
    "nc", "n c", "nr", "n r", "nsp", "n a", "na", "inconnu", "inconnue", "unknown", "?", "-", "—",
    "–", "...", "…", "non renseigne", "non communique",
  ]

  init(grid: Grid, header: [String], options: TypingOptions) {
    self.grid = grid
    self.header = header
    self.options = options
  }

  /// The trimmed cell of a record; empty beyond the row's end.
  @inline(__always)
  func cell(_ s: Span<UInt8>, _ record: Int32, _ field: Int) -> Range<Int> {
    let first = Int(grid.firstField[Int(record)])
    guard first + field < Int(grid.firstField[Int(record) + 1]) else { return 0..<0 }
    return Cells.trimmed(s, grid.range(first + field))
  }

  /// Appends one value a record to `builder`.
  mutating func fill(
    _ builder: inout ColumnBuilder, from source: CellSource, records: [Int32]
  ) {
    builder.reserve(records.count)
    switch source {
    case .constant(let text): fill(&builder, constant: text, records: records)
    case .joined(let parts): fill(&builder, joined: parts, records: records)
    case .cell(let reading):
      if let epoch = reading.epoch {
        fill(&builder, epoch, field: reading.field, records: records)
      } else if let values = reading.values {
        fill(&builder, reading, values: values, records: records)
      } else {
        fill(&builder, reading, records: records)
      }
    }
  }

  // MARK: - Cells

  private mutating func fill(
    _ builder: inout ColumnBuilder, _ reading: CellReading, records: [Int32]
  ) {
    let column = builder.declaration
    let empty = emptyValue(of: column, fallback: reading.fallback, interner: &builder.interner)
    let field = reading.field
    switch column.kind {
    case .key, .link, .text: fillTexts(&builder, reading, empty, records)
    case .code:
      let meanings = CodeMeanings(column, &builder.interner)
      fillDistinct(&builder, field, records, empty: empty) { typing, s, range, builder in
        let key = Fold.key(s, range)
        if let code = meanings.codes[key] { return .code(code) }
        return typing.unknownOr(Fault.unknownCode(column), key, column)
      }
    case .boolean:
      fillDistinct(&builder, field, records, empty: empty) { typing, s, range, _ in
        let key = Fold.key(s, range)
        if let value = Booleans.meanings[key] { return .integer(value) }
        return typing.unknownOr(Fault.unreadableBoolean, key, column)
      }
    case .time:
      fillDistinct(&builder, field, records, empty: empty) { typing, s, range, _ in
        if let minutes = TimeCell.minutes(s, range) { return .integer(minutes) }
        return typing.unknownOr(Fault.unreadableTime, Fold.key(s, range), column)
      }
    case .date: fillDates(&builder, field, empty, records)
    case .integer, .decimal: fillNumbers(&builder, field, empty, records)
    }
  }

  /// What one cell became.
  enum Value {
    case missing
    case code(Int32)
    case integer(Int64)
    case decimal(Double)
    case day(Int32)
    case fault(Diagnostic)
  }

  /// A text that says “not known” is a missing value, except where that is not allowed.
  private func unknownOr(_ fault: Diagnostic, _ key: String, _ column: ColumnDeclaration) -> Value {
    guard ColumnTyping.unknowns.contains(key) else { return .fault(fault) }
    if column.isRequired { return .fault(Fault.missing(column)) }
    // A default is what an empty cell means; “not known” is not empty.
    return column.defaultValue == nil ? .missing : .fault(fault)
  }

  mutating func append(
    _ value: Value, to builder: inout ColumnBuilder, record: Int32, field: Int
  ) {
    switch value {
    case .missing: builder.appendMissing()
    case .code(let code): builder.codes.append(code)
    case .integer(let n): builder.integers.append(n)
    case .decimal(let d): builder.decimals.append(d)
    case .day(let d): builder.days.append(d)
    case .fault(let reason):
      builder.appendMissing()
      problems.append(Problem(record: record, column: field, reason: reason))
    }
  }

  /// What an empty cell stands for: the option's value, the column's default, or nothing.
  func emptyValue(
    of column: ColumnDeclaration, fallback: String?, interner: inout ByteInterner
  ) -> Value {
    if let text = fallback ?? column.defaultValue {
      return ColumnTyping.value(of: text, column, &interner)
    }
    return column.isRequired ? .fault(Fault.missing(column)) : .missing
  }

  private mutating func fillTexts(
    _ builder: inout ColumnBuilder, _ reading: CellReading, _ empty: Value, _ records: [Int32]
  ) {
    // A reference of its own, so that the span does not hold `self`.
    let grid = self.grid
    let s = grid.bytes.span
    for record in records {
      let range = cell(s, record, reading.field)
      if range.isEmpty {
        append(empty, to: &builder, record: record, field: reading.field)
      } else if reading.prefix.isEmpty {
        builder.codes.append(builder.interner.code(s, range))
      } else {
        builder.codes.append(builder.interner.code(reading.prefix + Cells.string(s, range)))
      }
    }
  }

  /// Reads each distinct text of a column once.
  mutating func fillDistinct(
    _ builder: inout ColumnBuilder, _ field: Int, _ records: [Int32], empty: Value,
    read: (ColumnTyping, Span<UInt8>, Range<Int>, inout ColumnBuilder) -> Value
  ) {
    let grid = self.grid
    let s = grid.bytes.span
    var raw = ByteInterner()
    var values: [Value] = []
    var unknown = 0
    for record in records {
      let range = cell(s, record, field)
      if range.isEmpty {
        append(empty, to: &builder, record: record, field: field)
        continue
      }
      let code = Int(raw.code(s, range))
      if code == values.count { values.append(read(self, s, range, &builder)) }
      if case .missing = values[code] { unknown += 1 }
      append(values[code], to: &builder, record: record, field: field)
    }
    noteUnknowns(unknown, field)
  }

  private mutating func noteUnknowns(_ count: Int, _ field: Int) {
    guard count > 0 else { return }
    assumptions.append(
      Assumption(
        code: "cell.unknown", heading: heading(field),
        message: Phrase(
          fr: "\(count) cellule\(count > 1 ? "s" : "") (n.c., ?, -…) : valeur inconnue",
          en: "\(count) cell\(count > 1 ? "s" : "") (n/a, ?, -…): value not known"),
        isWarning: false))
  }

  private func heading(_ field: Int) -> String? { field < header.count ? header[field] : nil }

  // MARK: - Dates

  private mutating func fillDates(
    _ builder: inout ColumnBuilder, _ field: Int, _ empty: Value, _ records: [Int32]
  ) {
    let column = builder.declaration
    let grid = self.grid
    let s = grid.bytes.span
    var style = DateStyle()
    var raw = ByteInterner()
    var read: [DateCell] = []
    var which: [Int32] = []
    which.reserveCapacity(records.count)
    for record in records {
      let range = cell(s, record, field)
      if range.isEmpty {
        which.append(-1)
        continue
      }
      let code = raw.code(s, range)
      if Int(code) == read.count {
        read.append(DateCell(s, range))
        style.observe(read[Int(code)])
      }
      which.append(code)
    }
    let order = options.dateOrder ?? style.order
    let values = read.indices.map { i -> Value in
      if let day = read[i].day(order) { return .day(day) }
      switch read[i] {
      case .noYear: return .fault(Fault.dateWithoutYear)
      case .implausible: return .fault(Fault.implausibleDate)
      case .unreadable:
        return unknownOr(Fault.unreadableDate, Fold.key(raw.string(Int32(i))), column)
      case .day, .numeric, .impossible: return .fault(Fault.impossibleDate)
      }
    }
    var unknown = 0
    for (record, code) in zip(records, which) {
      let value = code < 0 ? empty : values[Int(code)]
      if code >= 0, case .missing = value { unknown += 1 }
      append(value, to: &builder, record: record, field: field)
    }
    noteUnknowns(unknown, field)
    noteOrder(style, order, field)
  }

  private mutating func noteOrder(_ style: DateStyle, _ order: DateOrder, _ field: Int) {
    guard options.dateOrder == nil else { return }
    if order == .monthFirst {
      assumptions.append(
        Assumption(
          code: "date.month-first", heading: heading(field),
          message: Phrase(
            fr: "dates lues mois/jour/année, comme la colonne le montre",
            en: "dates read month/day/year, as the column shows"),
          isWarning: true))
    } else if style.dayFirst == 0, style.doubtful > 0 {
      assumptions.append(
        Assumption(
          code: "date.day-first", heading: heading(field),
          message: Phrase(
            fr: "dates lues jour/mois/année (rien dans la colonne ne le prouve)",
            en: "dates read day/month/year (nothing in the column proves it)"),
          isWarning: false))
    }
  }

  // MARK: - Numbers

  private mutating func fillNumbers(
    _ builder: inout ColumnBuilder, _ field: Int, _ empty: Value, _ records: [Int32]
  ) {
    let column = builder.declaration
    let grid = self.grid
    let s = grid.bytes.span
    var style = NumberStyle()
    for record in records {
      let range = cell(s, record, field)
      if !range.isEmpty { style.observe(s, range) }
    }
    // Both marks in use: only cells that read one way are taken.
    let isMixed = style.commas > 0 && style.dots > 0
    let assumed: DecimalMark? =
      options.decimal ?? (isMixed ? nil : style.commas > 0 ? .comma : style.dots > 0 ? .dot : nil)
    let outside = Fault.outside(column)
    var usedDefault = 0
    var unknown = 0
    for record in records {
      let range = cell(s, record, field)
      if range.isEmpty {
        append(empty, to: &builder, record: record, field: field)
        continue
      }
      var value: Value
      if let number = NumberCell(s, range) {
        var mark = assumed
        var isDoubtful = false
        if mark == nil {
          switch number.evidence(s) {
          case .none: mark = .dot
          case .sure(let own): mark = own
          case .doubtful(let own):
            isDoubtful = isMixed
            usedDefault += 1
            mark = own == .comma && !options.isFrench ? .dot : own
          }
        }
        value = number.value(s, mark ?? .dot).map { .decimal($0) } ?? .fault(Fault.unreadableNumber)
        if isDoubtful { value = .fault(Fault.doubtfulNumber) }
      } else {
        value = .fault(Fault.unreadableNumber)
      }
      if case .fault(let fault) = value, fault.code == Fault.unreadableNumber.code {
        if column.unit == "minute", let minutes = TimeCell.duration(s, range) {
          value = .decimal(Double(minutes))
        } else {
          value = unknownOr(fault, Fold.key(s, range), column)
        }
      }
      if case .missing = value { unknown += 1 }
      if case .decimal(let d) = value {
        value = ColumnTyping.checked(d, column, outside)
      }
      append(value, to: &builder, record: record, field: field)
    }
    noteUnknowns(unknown, field)
    if usedDefault > 0, !isMixed {
      assumptions.append(
        Assumption(
          code: "number.decimal", heading: heading(field),
          message: options.isFrench
            ? Phrase(
              fr:
                "« 1,250 » et « 1.250 » lus avec des décimales (rien dans la colonne ne le prouve)",
              en: "“1,250” and “1.250” read as decimals (nothing in the column proves it)")
            : Phrase(
              fr: "« 1,250 » lu mille deux cent cinquante (rien dans la colonne ne le prouve)",
              en: "“1,250” read as one thousand two hundred and fifty (nothing proves it)"),
          isWarning: true))
    }
  }

  /// A number within its bounds, in the storage of its column.
  static func checked(_ d: Double, _ column: ColumnDeclaration, _ outside: Diagnostic)
    -> Value
  {
    if let least = column.minimum, d < least { return .fault(outside) }
    if let most = column.maximum, d > most { return .fault(outside) }
    guard column.kind == .integer else { return .decimal(d) }
    guard d == d.rounded(), abs(d) < 0x1p53 else { return .fault(Fault.notWhole) }
    return .integer(Int64(d))
  }
}
