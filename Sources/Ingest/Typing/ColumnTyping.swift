import Columns
import Diagnostics
import Model
import Periods

/// Turns cells into typed values, a column at a time.
struct ColumnTyping {
  let grid: Grid
  /// In place of a grid: the fields of a sheet that is clean so far.
  private var clean: RawColumns?
  /// Whether a clean sheet shows to be none.
  private var isGivenUp = false
  /// What tells the residence of a row, where the names of people may need it.
  var place: PlannedColumn?
  /// The fields that tell people of one name apart, and that nothing else is read from.
  var clues: [(clue: PeopleNames.Clue, field: Int)] = []
  /// Whom the names of rows that wait may mean, by record.
  var candidatesOfWaiting: [Int32: [String]] = [:]
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
    /// What the rows of other tables are called, by table.
    var names: [String: KnownNames] = [:]
    /// Whom names mean.
    var people: PeopleNames?
    /// The answers that known questionnaires offer.
    var offered: OfferedAnswers?
    /// Whether nobody need decide on names that are unsure.
    var asksQuietly = false

    init(_ options: IntakeOptions, _ dialect: Dialect) {
      decimal = options.decimal ?? options.mapping?.decimal
      dateOrder = options.dateOrder ?? options.mapping?.dateOrder
      isFrench = dialect.delimiter != Dialect.comma
      names = options.names
      people = options.people
      offered = options.offered
    }
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

  /// The trimmed cell of a record; empty beyond the row's end. Not for loops over a column.
  func cell(_ s: Span<UInt8>, _ record: Int32, _ field: Int) -> Range<Int> {
    let fields = grid.fields(of: Int(record))
    guard field < fields.count else { return 0..<0 }
    return Cells.trimmed(s, grid.range(fields.lowerBound + field))
  }

  /// Interns one field of many records: a code each, -1 for an empty cell.
  ///
  /// Each distinct text is then read once, whatever the kind of its column.
  func codes(_ field: Int, _ records: [Int32], _ interner: inout ByteInterner) -> [Int32] {
    if let clean {
      // The codes themselves are asked for where they are turned into values.
      interner = clean.entries(field)
      return []
    }
    let s = grid.bytes.span
    let firstField = grid.firstField.span
    let starts = grid.starts.span
    let ends = grid.ends.span
    var out: [Int32] = []
    out.reserveCapacity(records.count)
    for record in records {
      let f = Int(firstField[Int(record)]) + field
      guard f < Int(firstField[Int(record) + 1]) else {
        out.append(-1)
        continue
      }
      let range = Cells.trimmed(s, Int(starts[f])..<Int(ends[f]))
      out.append(range.isEmpty ? -1 : interner.code(s, range))
    }
    return out
  }

  /// Fills `builder` from a sheet where nothing is set aside; false when something would be.
  mutating func fill(
    _ builder: inout ColumnBuilder, from source: CellSource, clean columns: RawColumns
  ) -> Bool {
    if case .constant(let text) = source {
      let value = ColumnTyping.value(of: text, builder.declaration, &builder.interner)
      if case .fault = value { return false }
      if case .code(let code) = value {
        let word = builder.interner.string(code)
        builder.interner = ByteInterner()
        builder.codes = columns.repeating(builder.interner.code(word))
        builder.isInOrder = true
      } else {
        builder.append(value, rows: columns.rowCount)
      }
      return true
    }
    clean = columns
    defer { clean = nil }
    fill(&builder, from: source, records: [])
    return !isGivenUp && problems.isEmpty
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

    var isMissing: Bool { if case .missing = self { true } else { false } }
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
    if builder.declaration.kind == .link, reading.prefix.isEmpty,
      let names = builder.declaration.target.flatMap({ options.names[$0] })
    {
      fillLinks(&builder, reading.field, empty, records, names: names)
      return
    }
    if builder.declaration.kind == .link, reading.prefix.isEmpty, let people = options.people,
      builder.declaration.target == people.table
    {
      fillPeople(&builder, reading.field, empty, records, people: people)
      return
    }
    guard reading.prefix.isEmpty else {
      fillDistinct(&builder, reading.field, records, empty: empty) { _, s, range, builder in
        .code(builder.interner.code(reading.prefix + Cells.string(s, range)))
      }
      return
    }
    if let clean {
      // A default would be the first entry of the column: not so in the order of the sheet.
      if builder.interner.count > 0 || (!empty.isMissing && clean.hasEmpty(reading.field)) {
        isGivenUp = true
      } else {
        builder.interner = clean.entries(reading.field)
        builder.codes = clean.codes(reading.field)
        builder.isInOrder = true
      }
      return
    }
    let codes = self.codes(reading.field, records, &builder.interner)
    guard !empty.isMissing, codes.contains(-1) else {
      builder.codes += codes
      return
    }
    for (record, code) in zip(records, codes) {
      if code < 0 {
        append(empty, to: &builder, record: record, field: reading.field)
      } else {
        builder.codes.append(code)
      }
    }
  }

  /// Reads each distinct text of a column once.
  mutating func fillDistinct(
    _ builder: inout ColumnBuilder, _ field: Int, _ records: [Int32], empty: Value,
    read: (ColumnTyping, Span<UInt8>, Range<Int>, inout ColumnBuilder) -> Value
  ) {
    var raw = ByteInterner()
    let codes = self.codes(field, records, &raw)
    let s = raw.bytes.span
    let values = (0..<raw.count).map { read(self, s, raw.range(Int32($0)), &builder) }
    spread(values, codes, empty: empty, to: &builder, records: records, field: field)
  }

  /// Appends the value of each record's text.
  mutating func spread(
    _ values: [Value], _ codes: [Int32], empty: Value, to builder: inout ColumnBuilder,
    records: [Int32], field: Int
  ) {
    if let clean {
      spread(values, clean, empty: empty, to: &builder, field: field)
      return
    }
    let isClean =
      !values.contains { if case .fault = $0 { true } else { false } }
      && (empty.isMissing || !codes.contains(-1))
    var unknown = 0
    if isClean {
      // The last word stands for the empty cells, coded -1.
      let words = values.map(builder.word) + [builder.word(.missing)]
      let isUnknown = values.map(\.isMissing)
      if isUnknown.contains(true) { unknown = codes.count { $0 >= 0 && isUnknown[Int($0)] } }
      builder.append(words: words, codes)
    } else {
      for (record, code) in zip(records, codes) {
        let value = code < 0 ? empty : values[Int(code)]
        if code >= 0, value.isMissing { unknown += 1 }
        append(value, to: &builder, record: record, field: field)
      }
    }
    noteUnknowns(unknown, field)
  }

  /// The same for a clean sheet; a value that would set rows aside gives it up.
  private mutating func spread(
    _ values: [Value], _ clean: RawColumns, empty: Value, to builder: inout ColumnBuilder,
    field: Int
  ) {
    let hasEmpty = clean.hasEmpty(field)
    var isFaulty = values.contains { if case .fault = $0 { true } else { false } }
    if hasEmpty, case .fault = empty { isFaulty = true }
    guard !isFaulty else {
      isGivenUp = true
      return
    }
    let words = values.map(builder.word)
    let none = builder.word(empty)
    switch builder.storage {
    case .integers: builder.integers = clean.values(field, words, empty: none)
    case .decimals:
      builder.decimals = clean.values(
        field, words.map { Double(bitPattern: UInt64(bitPattern: $0)) },
        empty: Double(bitPattern: UInt64(bitPattern: none)))
    case .days:
      builder.days = clean.values(
        field, words.map { Int32(truncatingIfNeeded: $0) }, empty: Int32(truncatingIfNeeded: none))
    case .codes:
      var codes = words.map { Int32(truncatingIfNeeded: $0) }
      if !hasEmpty || empty.isMissing {
        builder.interner.reorder(&codes)
        builder.isInOrder = true
      }
      builder.codes = clean.values(field, codes, empty: Int32(truncatingIfNeeded: none))
    }
    let isUnknown = values.map { $0.isMissing ? 1 : 0 }
    if isUnknown.contains(1) {
      noteUnknowns(clean.values(field, isUnknown, empty: 0).reduce(0, +), field)
    }
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

  /// Whether a clean sheet is being read.
  var isClean: Bool { clean != nil }

  /// Leaves a clean sheet to the careful reader.
  mutating func giveUp() { isGivenUp = true }

  func heading(_ field: Int) -> String? { field < header.count ? header[field] : nil }

  // MARK: - Dates

  private mutating func fillDates(
    _ builder: inout ColumnBuilder, _ field: Int, _ empty: Value, _ records: [Int32]
  ) {
    let column = builder.declaration
    var style = DateStyle()
    var raw = ByteInterner()
    let codes = self.codes(field, records, &raw)
    let s = raw.bytes.span
    let read = (0..<raw.count).map { DateCell(s, raw.range(Int32($0))) }
    var counts = clean?.counts(field) ?? [Int](repeating: 0, count: read.count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    for (cell, count) in zip(read, counts) { style.observe(cell, count: count) }
    let order = options.dateOrder ?? style.order
    let values = read.indices.map { i -> Value in
      if column.isMonth {
        if let day = MonthCell.firstDay(s, raw.range(Int32(i)), order) { return .day(day) }
      } else if let day = read[i].day(order) {
        return .day(day)
      }
      switch read[i] {
      case .noYear: return .fault(Fault.dateWithoutYear)
      case _ where column.isMonth:
        return unknownOr(
          Fault.unreadableMonth, Fold.key(raw.string(Int32(i))), column)
      case .implausible: return .fault(Fault.implausibleDate)
      case .unreadable:
        return unknownOr(Fault.unreadableDate, Fold.key(raw.string(Int32(i))), column)
      case .numeric where order == .dayFirst && read[i].day(.monthFirst) != nil:
        return .fault(Fault.monthFirstDate)
      case .day, .numeric, .impossible: return .fault(Fault.impossibleDate)
      }
    }
    spread(values, codes, empty: empty, to: &builder, records: records, field: field)
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
    var style = NumberStyle()
    var raw = ByteInterner()
    let codes = self.codes(field, records, &raw)
    let s = raw.bytes.span
    let numbers = (0..<raw.count).map { NumberCell(s, raw.range(Int32($0))) }
    for case let number? in numbers { style.observe(number, s) }
    // Both marks in use: only cells that read one way are taken.
    let isMixed = style.commas > 0 && style.dots > 0
    let assumed: DecimalMark? =
      options.decimal ?? (isMixed ? nil : style.commas > 0 ? .comma : style.dots > 0 ? .dot : nil)
    let outside = Fault.outside(column)
    var usedDefault = 0
    let values = numbers.enumerated().map { code, number -> Value in
      var value: Value
      if let number {
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
        let range = raw.range(Int32(code))
        if column.unit == "minute" || column.unit == "hour",
          let minutes = TimeCell.duration(s, range)
        {
          value = .decimal(column.unit == "hour" ? Double(minutes) / 60 : Double(minutes))
        } else if column.unit == "person", let parts = CountText.parts(raw.string(Int32(code))) {
          value = .decimal(Double(parts.reduce(0) { $0 + $1.count }))
        } else if column.unit == "year", let year = ColumnTyping.year(s, range) {
          value = year.map { .decimal(Double($0)) } ?? .fault(Fault.shortYear)
        } else {
          value = unknownOr(fault, Fold.key(s, range), column)
        }
      }
      if case .decimal(let d) = value { return ColumnTyping.checked(d, column, outside) }
      return value
    }
    spread(values, codes, empty: empty, to: &builder, records: records, field: field)
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

  /// The year of a whole date in a column of years, of which no more is kept; a missing one where
  /// two digits could be of either century. Nil for what is no date.
  private static func year(_ s: Span<UInt8>, _ range: Range<Int>) -> Int?? {
    let cell = DateCell(s, range)
    guard let day = cell.day(.dayFirst) ?? cell.day(.monthFirst) else { return nil }
    let year = Day(number: day).civil.year
    let digits = String(year)
    let isWritten = Cells.string(s, range).contains(digits)
    return .some(isWritten ? year : nil)
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
