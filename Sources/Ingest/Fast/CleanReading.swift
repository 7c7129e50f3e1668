import Columns
import Diagnostics
import Model
import Workbooks

/// Reads a sheet in which nothing is to be set aside, decided row by row or decoded: nearly every
/// large file. In windows, on all threads, without holding the file.
///
/// The result is that of the careful reader, or nil where this one cannot vouch for that: the
/// careful reader then starts anew. Every cell passes through the same typing as there.
struct CleanReading {
  let vocabularies: Vocabularies
  let options: IntakeOptions
  var windowSize = 1 << 18
  var threads = 2

  /// The largest file: its rows, of two bytes at least, are counted in 32 bits.
  private static let largest = 1 << 32

  /// The bytes that dialect and headings are found in: of usual rows a few hundred, of long ones
  /// more.
  private static let headSizes = [1 << 13, (1 << 16) + (1 << 12)]

  /// The lines that tell of the others.
  private static let fewestLines = 64

  /// The bytes at the end in which totals would stand.
  private static let tailSize = 1 << 12

  /// What was found out from the beginning of a file.
  private struct Head {
    var sheet: OpenedSheet
    /// Where the first row after the headings begins, and on which line.
    var start: Int
    var line: Int
    var firstWidth: Int
  }

  func read(name: String, _ source: ByteSource) -> Reading? {
    guard let head = head(name, source) else { return nil }
    let sheet = head.sheet
    let headings = Headings(sheet.header)
    let place =
      options.mapping == nil
      ? SheetResidence(ofList: headings, lines: [], options, file: sheet.name) : nil
    guard headings.repeated.isEmpty, let (emits, candidate) = plan(headings, place),
      let emit = emits.first, emits.count == 1,
      emit.when.isEmpty, emit.positive == nil, !emit.isDistinct
    else { return nil }
    // A row that names a person must not also count many: the careful reader sets such rows aside.
    let multiplicity = emit.table.multiplicity
    if multiplicity != nil, emit.columns.contains(where: { $0.declaration.name == multiplicity }) {
      return nil
    }
    var fields = Set<Int>()
    for column in emit.columns {
      switch column.source {
      case .constant: break
      case .joined: return nil
      case .cell(let reading):
        if reading.epoch != nil || reading.field >= sheet.header.count { return nil }
        fields.insert(reading.field)
      }
    }
    guard !fields.isEmpty, let raw = columns(source, head, fields.sorted()), raw.rowCount > 0,
      !mayHoldOddRows(raw, sheet, fields)
    else { return nil }
    var reading = finish(sheet, headings, emit, candidate, raw)
    reading?.receipt.assumptions += SheetResidence.remarks(of: place, emits, options)
    return reading
  }

  // MARK: - The beginning

  private func head(_ name: String, _ source: ByteSource) -> Head? {
    let encoding = options.encoding ?? options.mapping?.encoding
    guard source.size > 0, source.size < CleanReading.largest, encoding ?? .utf8 == .utf8 else {
      return nil
    }
    guard var bytes = beginning(of: source) else { return nil }
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    bytes.removeFirst(mark)
    if bytes.count + mark < source.size {
      // Cut at a line's end, which is no middle of a character.
      guard let end = bytes.lastIndex(of: 0x0A) else { return nil }
      bytes.removeSubrange((end + 1)...)
    }
    if Workbook.isWorkbook(bytes) { return nil }
    if bytes.first(where: { $0 > 0x20 }) == nil || !DecodedText.isUTF8(bytes) { return nil }
    guard
      let (sheet, next) = OpenedSheet.beginning(
        name: name, size: source.size, bytes: bytes, options: options, known: vocabularies.words),
      sheet.correctsNothing, sheet.dialect.delimiter != sheet.dialect.quote,
      sheet.dialect.delimiter < 0x80, sheet.dialect.quote < 0x80
    else { return nil }
    // Totals at the end are set aside by the careful reader.
    let tail = WindowBuffer(capacity: CleanReading.tailSize)
    guard
      source.read(
        CleanReading.tailSize, at: max(0, source.size - CleanReading.tailSize), into: tail),
      !TotalRows.mayEnd(tail.array, sheet.dialect)
    else { return nil }
    return Head(
      sheet: sheet, start: mark + next.position, line: next.line, firstWidth: next.firstWidth)
  }

  /// The first bytes: enough lines of them, or all there are; nil when there is a NUL.
  private func beginning(of source: ByteSource) -> [UInt8]? {
    for size in CleanReading.headSizes {
      let buffer = WindowBuffer(capacity: size)
      guard source.read(size, at: 0, into: buffer), !buffer.content.hasNUL else { return nil }
      let bytes = buffer.array
      if size == CleanReading.headSizes.last || bytes.count == source.size
        || bytes.count(where: { $0 == 0x0A }) >= CleanReading.fewestLines
      {
        return bytes
      }
    }
    return nil
  }

  private func plan(
    _ headings: Headings, _ place: SheetResidence?
  ) -> ([Emit], Planner.Candidate?)? {
    if let mapping = options.mapping {
      let emits = try? mapping.emits(
        headings, model: vocabularies.model, residence: options.residence)
      return emits.map { ($0, nil) }
    }
    guard (try? headings.refuseGrid()) != nil else { return nil }
    let planner = Planner(
      vocabularies: vocabularies, headings: headings, residence: place?.key ?? options.residence,
      isAssumed: options.residence == nil)
    return (try? planner.plan(table: options.table)).map { ($0.emits, $0) }
  }

  // MARK: - The rows

  private func columns(_ source: ByteSource, _ head: Head, _ fields: [Int]) -> RawColumns? {
    let sheet = head.sheet
    let queue = WindowQueue(
      WindowSource(source, sheet.dialect, from: head.start, windowSize: windowSize),
      columns: fields.count)
    let size = windowSize
    _ = Parallel.map(threads, threads: threads) { _ -> Bool in
      let parser = WindowParser(
        sheet.dialect, fieldCount: sheet.header.count, width: sheet.width,
        firstWidth: head.firstWidth, fields: fields)
      let buffer = WindowBuffer(capacity: size + (size >> 2))
      while let index = queue.next(buffer) {
        guard let (parsed, entries) = parser.parse(buffer) else {
          queue.giveUp()
          break
        }
        queue.add(index, parsed, entries)
        options.progress?.add(bytes: buffer.count, rows: parsed.rows)
      }
      return true
    }
    if queue.isGivenUp { return nil }
    return queue.columns(fields: fields, firstLine: head.line, threads: threads)
  }

  /// Whether a row may be the headings again, or have all its cells between apostrophes: such
  /// rows are the careful reader's. The shortest dictionaries are looked at first, and mostly
  /// suffice.
  private func mayHoldOddRows(_ raw: RawColumns, _ sheet: OpenedSheet, _ fields: Set<Int>) -> Bool {
    let columns = fields.map { (text: Array(sheet.header[$0].utf8), entries: raw.entries($0)) }
      .sorted { $0.entries.count < $1.entries.count }
    let apostrophe = UInt8(ascii: "'")
    let isAgain = columns.allSatisfy { column in
      column.entries.contains { $0.elementsEqual(column.text) }
    }
    return isAgain
      || sheet.dialect.quote != apostrophe
        && columns.allSatisfy { column in
          column.entries.contains {
            $0.count >= 2 && $0.first == apostrophe && $0.last == apostrophe
          }
        }
  }

  private func finish(
    _ sheet: OpenedSheet, _ headings: Headings, _ emit: Emit, _ candidate: Planner.Candidate?,
    _ raw: RawColumns
  ) -> Reading? {
    var typing = ColumnTyping(
      grid: Grid(), header: sheet.header,
      options: ColumnTyping.TypingOptions(options, sheet.dialect))
    typing.place = emit.place
    typing.clues = options.people?.clueFields(headings, [emit], vocabularies) ?? []
    var columns: [ColumnBuilder] = []
    for planned in emit.columns {
      var builder = ColumnBuilder(planned.declaration)
      guard typing.fill(&builder, from: planned.source, clean: raw) else { return nil }
      columns.append(builder)
    }
    // A link said by a name, or to nothing known: the careful reader settles it.
    for (planned, builder) in zip(emit.columns, columns)
    where planned.declaration.kind == .link {
      guard let names = planned.declaration.target.flatMap({ options.names[$0] }) else { continue }
      let words = builder.interner
      guard (0..<words.count).allSatisfy({ names.keys.contains(words.string(Int32($0))) }) else {
        return nil
      }
    }
    guard let staged = StagedTable(emit, clean: columns, rowCount: raw.rowCount) else { return nil }
    // An answer that no question offers: the careful reader tells which.
    if let offered = options.offered, !staged.notOffered(offered).isEmpty { return nil }
    let summary = ReadingSummary(
      kept: raw.rowCount, setAside: 0, duplicate: 0, ignored: 0,
      tables: [
        ReadingSummary.Rows(table: emit.table, count: raw.rowCount, days: staged.daysOfAll())
      ], assumptions: typing.assumptions)
    let receipt = Receipt(
      sheet: sheet, headings: headings, run: summary, emits: [emit], candidate: candidate,
      mapping: options.mapping, model: vocabularies.model, rejects: [])
    columns = []
    return Reading(
      batches: [staged.batchOfAll(lines: raw.lines())], rejects: [], header: sheet.header,
      receipt: receipt, sourceName: options.mapping?.id ?? "", correctsRejectsOf: nil,
      dialect: sheet.dialect)
  }
}
