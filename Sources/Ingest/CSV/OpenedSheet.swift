import Columns
import Diagnostics

/// A file of text cut into cells, before any meaning: its table, and what stands around it.
struct OpenedSheet {
  let name: String
  private(set) var size: Int
  let encoding: TextEncoding
  let dialect: Dialect
  /// All lines, as they stand in the file: what the layout of a sheet is found from.
  private(set) var whole: Grid
  /// The record of headings, if there is one, then the rows.
  private(set) var grid: Grid
  /// The headings, trimmed, on one line each; of the record `headerRecord`. Headings over several
  /// rows are joined by a blank.
  private(set) var header: [String]
  /// Where the headings are in the grid: 0, or -1 when the file has none.
  private(set) var headerRecord: Int
  /// The number of cells that most rows have.
  let usualWidth: Int
  /// Lines that are no rows of the table.
  private(set) var asides: [Aside]
  /// Lines of rows that were cut into the wrong number of cells, and mended.
  let mended: [Int]
  private(set) var assumptions: [Assumption] = []
  /// What is to be said of the text itself.
  private let ofText: [Assumption]
  /// The import whose rejects this file corrects.
  private(set) var correctsRejectsOf: Int?
  /// Lines whose bytes make no text, each with the first such byte.
  private(set) var damage: [Int: Int] = [:]
  /// Whether the headings stand over several rows.
  let isStacked: Bool
  /// Whether the reading of the first rows needed more than the rules of RFC 4180.
  private let isPlain: Bool

  /// The sheets of a workbook that its rows come from; none for a file of text.
  private(set) var origins: [SheetOrigin] = []
  /// What kind of workbook it is; nil for a file of text.
  let format: String?
  /// Whether its numbers have a decimal point for sure.
  let hasPoints: Bool

  /// Opens sheets of a workbook that stand for one table.
  ///
  /// - Throws: `Failure` with status `input` when they are too many or too large together.
  init(
    name: String, size: Int, format: String, pages: [SheetPage], remarks: [Assumption]
  ) throws(Failure) {
    guard pages.count <= SheetLine.mostPages,
      pages.reduce(0, { $0 + $1.grid.bytes.count }) < SourceFile.largest
    else {
      throw Failure(
        .input, code: "workbook.too-large", fr: "trop de feuilles à importer ensemble",
        en: "too many sheets to import together",
        remedy: Phrase(
          fr: "répartissez-les sur plusieurs classeurs", en: "split them into several workbooks"),
        at: SourceLocation(file: name))
    }
    self.name = name
    self.size = size
    self.format = format
    encoding = .utf8
    dialect = Dialect(delimiter: Dialect.semicolon)
    let stack = StackedPages(pages)
    (grid, header, origins) = (stack.grid, stack.header, stack.origins)
    headerRecord = 0
    usualWidth = stack.header.count
    hasPoints = !pages.contains(where: \.hasCommas)
    mended = []
    isStacked = pages.contains { $0.shape.header.count > 1 }
    isPlain = false
    ofText = []
    whole = stack.grid
    asides = pages.flatMap { page in
      page.shape.asides.map { aside in
        let lines = aside.records.map { Int(page.grid.lines[$0]) }
        return Aside(
          kind: aside.kind, lines: (lines.first ?? 1)...(lines.last ?? 1),
          rows: aside.records.map(page.grid.strings))
      }
    }
    assumptions =
      remarks + WorkbookTables.hidden(pages) + Remark.remarks(asides)
  }

  /// Where a line is, and a cell of it.
  func location(line: Int, field: Int? = nil) -> SourceLocation {
    let page = SheetLine.page(of: line)
    guard origins.indices.contains(page) else { return SourceLocation(file: name, line: line) }
    let column = field.flatMap { origins[page].columns.indices.contains($0) ? $0 : nil }
      .flatMap { origins[page].columns[$0] }
    return SourceLocation(
      file: name, sheet: origins[page].name, line: SheetLine.row(of: line),
      column: column.map { $0 + 1 })
  }

  /// Where each record is, as messages tell it.
  var places: RowPlaces { RowPlaces(lines: grid.lines, ranks: origins.map(\.rank)) }

  /// Opens a file, finding out what the options leave open. With `needsHeader`, the first row is
  /// taken for headings when nothing shows that it is one.
  ///
  /// - Throws: `Failure` with status `input` when the bytes are no sheet of text.
  init(
    name: String, bytes: [UInt8], options: IntakeOptions, known: Set<String> = [],
    needsHeader: Bool = true
  ) throws(Failure) {
    try SourceFile.check(bytes, name: name)
    self.name = name
    format = nil
    hasPoints = false
    size = bytes.count
    let mapping = options.mapping
    let text = DecodedText(bytes, forced: options.encoding ?? mapping?.encoding)
    encoding = text.encoding
    let (start, line, said) = OpenedSheet.beginning(of: text.bytes, skipping: options.skipRows)
    var given = Sniffer.Given(
      separation: options.separation, quote: options.quote, escape: options.escape)
    if let byte = mapping?.delimiter ?? said, given.separation == nil {
      given.separation = Dialect(delimiter: byte)
    }
    let dialect = Sniffer(known: known).dialect(of: text.bytes, from: start, given: given)
    self.dialect = dialect
    let raw = try OpenedSheet.scanned(name, dialect, text.bytes, from: start, line: line)
    let (scanned, odd) = OddRows.mended(raw, dialect: dialect)
    let table = try Table(
      name, scanned, dialect, odd: odd, known: known, hasHeader: options.hasHeader,
      needsHeader: needsHeader)
    whole = scanned
    (grid, header, headerRecord) = (table.grid, table.header, table.headerRecord)
    (usualWidth, asides, mended, isStacked) = (
      table.usualWidth, table.asides, table.mended, table.isStacked
    )
    isPlain =
      dialect.isPlain && asides.isEmpty && mended.isEmpty && !isStacked && headerRecord == 0
      && options.skipRows == 0
    damage = Dictionary(text.damage.map { ($0.line, $0.byte) }) { first, _ in first }
    ofText = Remark.all(text: text, asides: [], mended: [])
    assumptions = Remark.all(text: text, asides: asides, mended: mended)
  }

  /// A sheet of a workbook laid out by hand: all its cells, as text.
  init(name: String, size: Int, format: String, cells: CellGrid) {
    self.name = name
    self.size = size
    self.format = format
    hasPoints = true
    encoding = .utf8
    dialect = Dialect(delimiter: Dialect.semicolon)
    let width = cells.rows.map(\.count).max() ?? 0
    let rows = cells.rows.map { row in
      (0..<width).map { $0 < row.count ? row[$0].text : "" }
    }
    whole = Grid(rows: rows, lines: rows.indices.map { cells.line($0) })
    grid = whole
    headerRecord = rows.firstIndex { $0.contains { !$0.isEmpty } } ?? 0
    header = (headerRecord < rows.count ? rows[headerRecord] : []).map(OpenedSheet.heading)
    usualWidth = width
    (asides, mended, isStacked, isPlain, ofText) = ([], [], false, false, [])
  }

  /// Cuts a text into records, twice when only their width can settle a doubt.
  private static func scanned(
    _ name: String, _ dialect: Dialect, _ bytes: [UInt8], from start: Int, line: Int
  ) throws(Failure) -> Grid {
    let scanner = Scanner(dialect: dialect)
    let bytes = dialect.prepared(bytes)
    var grid = scanner.scan(bytes, from: start, line: line)
    if grid.hasDoubts {
      grid = scanner.scan(bytes, from: start, line: line, firstWidth: grid.usualWidth)
    }
    guard (0..<grid.recordCount).contains(where: { !grid.isEmpty(fields: grid.fields(of: $0)) })
    else {
      throw Failure(
        .input, code: "file.empty", fr: "fichier sans aucune cellule remplie",
        en: "file without a single filled cell",
        remedy: Phrase(
          fr: "ouvrez-le et vérifiez qu’il contient la feuille attendue",
          en: "open it and check that it holds the expected sheet"),
        at: SourceLocation(file: name))
    }
    // The widest sheet that a spreadsheet program writes; more is no sheet.
    if let wide = (0..<grid.recordCount).first(where: { grid.fields(of: $0).count > widest }) {
      throw tooWide(name, line: Int(grid.lines[wide]))
    }
    if let long = grid.starts.indices.first(where: { grid.range($0).count > longestCell }) {
      let record = (0..<grid.recordCount).first { grid.fields(of: $0).contains(long) } ?? 0
      throw Failure(
        .input, code: "cell.too-long",
        fr: "cellule de plus d’un million d’octets\u{A0}: ce n’est pas une feuille",
        en: "a cell of more than a million bytes: this is no sheet",
        remedy: Phrase(
          fr: "vérifiez les guillemets de cette ligne (--quote), ou le fichier choisi",
          en: "check the quotes of this line (--quote), or the file chosen"),
        at: SourceLocation(file: name, line: Int(grid.lines[record])))
    }
    return grid
  }

  static let widest = 16_384
  /// A spreadsheet program holds 32,767 characters in a cell.
  private static let longestCell = 1 << 20

  static func tooWide(_ name: String, line: Int? = nil) -> Failure {
    Failure(
      .input, code: "file.too-wide",
      fr: "plus de \(widest) colonnes\u{A0}: ce n’est pas une feuille",
      en: "more than \(widest) columns: this is no sheet",
      remedy: Phrase(
        fr: "vérifiez le séparateur (--delimiter), ou le fichier choisi",
        en: "check the delimiter (--delimiter), or the file chosen"),
      at: SourceLocation(file: name, line: line))
  }

  /// The headings, those over several rows joined.
  static func headings(_ grid: Grid, _ records: [Int]) -> [String] {
    var out: [String] = []
    for record in records {
      for (i, text) in grid.strings(of: record).enumerated() {
        let part = heading(text)
        if i >= out.count {
          out.append(part)
        } else if !part.isEmpty {
          out[i] += out[i].isEmpty ? part : " " + part
        }
      }
    }
    return out
  }

  /// What follows the headings of a sheet.
  struct Beginning {
    /// Where the first row after the headings begins.
    var position: Int
    /// The number of that line.
    var line: Int
    /// The number of cells of the first row of all.
    var firstWidth: Int
  }

  /// Opens a sheet from its first bytes alone, which end where a line does; nil when the headings
  /// are not well within them, or when it needs more than the plain rules.
  static func beginning(
    name: String, size: Int, bytes: [UInt8], options: IntakeOptions, known: Set<String>
  ) -> (sheet: OpenedSheet, next: Beginning)? {
    guard var sheet = try? OpenedSheet(name: name, bytes: bytes, options: options, known: known)
    else { return nil }
    let grid = sheet.grid
    let next = sheet.headerRecord + 1
    guard sheet.encoding == .utf8, sheet.isPlain, next < grid.recordCount,
      grid.broken.allSatisfy({ $0 > next })
    else { return nil }
    // From line to position, as the scanner counts lines.
    let line = Int(grid.lines[next])
    let position = OpenedSheet.position(of: line, in: bytes)
    sheet.size = size
    sheet.grid = Grid()
    sheet.whole = Grid()
    return (sheet, Beginning(position: position, line: line, firstWidth: grid.fields(of: 0).count))
  }

  /// Where a line begins.
  private static func position(of line: Int, in bytes: [UInt8]) -> Int {
    var position = 0
    var passed = 1
    while passed < line, position < bytes.count {
      if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A {
        position += 1
      }
      if bytes[position] == 0x0A || bytes[position] == 0x0D { passed += 1 }
      position += 1
    }
    return position
  }

  /// Where the text of the sheet begins, on which line, and the delimiter that the first line
  /// tells.
  private static func beginning(
    of bytes: [UInt8], skipping rows: Int
  ) -> (start: Int, line: Int, delimiter: UInt8?) {
    if rows > 0 { return (position(of: rows + 1, in: bytes), rows + 1, nil) }
    guard let said = separatorLine(bytes) else { return (0, 1, nil) }
    return (said.next, 2, said.delimiter)
  }

  /// Whether it is no rejects file that comes back.
  var correctsNothing: Bool { !RejectsFile.isHeader(header) }

  /// The same sheet with what stands around its table taken off.
  ///
  /// - Throws: `Failure` with status `input` for a sheet that is too wide.
  func tableAlone(known: Set<String>, hasHeader: Bool?) throws(Failure) -> OpenedSheet {
    let table = try Table(
      name, whole, dialect, odd: [], known: known, hasHeader: hasHeader, needsHeader: true)
    var out = self
    (out.grid, out.header, out.headerRecord) = (table.grid, table.header, table.headerRecord)
    out.asides = table.asides
    return out
  }

  /// The same sheet, of which what was set aside and mended is not told: for what is understood
  /// from all its lines.
  var withoutRemarks: OpenedSheet {
    var out = self
    out.assumptions = ofText
    return out
  }

  /// The same file with other cells: the plain list that its layout stands for.
  func replaced(grid: Grid, header: [String]) -> OpenedSheet {
    var out = self
    out.grid = grid
    out.header = header
    out.headerRecord = 0
    return out
  }

  /// The texts above the table, and the names of the sheets of a workbook.
  var linesAbove: [String] {
    origins.map(\.name) + asides.filter { $0.kind == .preamble }.flatMap { $0.rows.flatMap { $0 } }
  }

  /// The number of cells a row must have: up to the last heading that is not empty.
  var width: Int { (header.lastIndex { !$0.isEmpty } ?? -1) + 1 }

  /// A heading on one line, without blanks around it.
  static func heading(_ text: String) -> String {
    let words = text.split { $0.isWhitespace || $0 == "\u{FEFF}" }
    return words.joined(separator: " ")
  }

  /// The first line `sep=;` by which Excel tells the delimiter.
  private static func separatorLine(_ bytes: [UInt8]) -> (delimiter: UInt8, next: Int)? {
    var line = Array(bytes.prefix { $0 != 0x0A && $0 != 0x0D }.prefix(16))
    let length = line.count
    if line.first == UInt8(ascii: "\""), line.last == UInt8(ascii: "\"") {
      line = Array(line.dropFirst().dropLast())
    }
    guard line.count == 5, String(decoding: line.prefix(4), as: UTF8.self).lowercased() == "sep="
    else { return nil }
    var next = length
    if next < bytes.count, bytes[next] == 0x0D { next += 1 }
    if next < bytes.count, bytes[next] == 0x0A { next += 1 }
    return (line[4], next)
  }

  /// Recognises a rejects file that comes back corrected: takes its own columns off and gives
  /// each row its line in the first file.
  ///
  /// - Throws: `Failure` with status `input` when it mixes the rows of several imports, `usage` for
  ///   a file of names to decide on.
  mutating func takeCorrections() throws(Failure) {
    if NamesFile.isHeader(header) { throw NamesFile.failure(name) }
    let names = header.map { $0.lowercased() }
    guard let importField = names.firstIndex(of: RejectsFile.importColumn),
      let lineField = names.firstIndex(of: RejectsFile.lineColumn)
    else { return }
    let own = Set(names.indices.filter { RejectsFile.columns.contains(names[$0]) })
    var numbers = Set<Int>()
    var lines: [Int32] = grid.lines
    for record in (headerRecord + 1)..<max(grid.recordCount, headerRecord + 1) {
      let fields = grid.fields(of: record)
      func number(_ field: Int) -> Int? {
        guard field < fields.count else { return nil }
        return Int(grid.string(fields.lowerBound + field).filter { !$0.isWhitespace })
      }
      if let n = number(importField) { numbers.insert(n) }
      if let line = number(lineField), line > 0, line <= Int(Int32.max) {
        lines[record] = Int32(line)
      }
    }
    guard numbers.count <= 1 else {
      throw Failure(
        .input, code: "rejects.mixed",
        fr: "ce fichier mélange les rejets de plusieurs imports",
        en: "this file mixes the rejects of several imports",
        remedy: Phrase(fr: "importez-les un à un", en: "import them one by one"),
        at: SourceLocation(file: name))
    }
    guard let number = numbers.first else { return }
    correctsRejectsOf = number
    // One of its own columns is hidden in a workbook.
    assumptions.removeAll { $0.code == "sheet.hidden-columns" }
    origins = []
    grid = grid.dropping(fields: own)
    grid.lines = lines
    header = header.indices.filter { !own.contains($0) }.map { header[$0] }
  }
}

extension Grid {
  /// The same records without some fields.
  fileprivate func dropping(fields dropped: Set<Int>) -> Grid {
    var out = self
    out.starts = []
    out.ends = []
    out.firstField = [0]
    for record in 0..<recordCount {
      for (i, field) in fields(of: record).enumerated() where !dropped.contains(i) {
        out.starts.append(starts[field])
        out.ends.append(ends[field])
      }
      out.firstField.append(UInt32(truncatingIfNeeded: out.starts.count))
    }
    return out
  }
}
