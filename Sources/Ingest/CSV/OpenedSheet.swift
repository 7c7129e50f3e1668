import Diagnostics

/// A file of text cut into cells, before any meaning.
struct OpenedSheet {
  let name: String
  private(set) var size: Int
  let encoding: TextEncoding
  let dialect: Dialect
  private(set) var grid: Grid
  /// The headings, trimmed, on one line each; of the record `headerRecord`.
  private(set) var header: [String]
  private(set) var headerRecord: Int
  private(set) var assumptions: [Assumption] = []
  /// The import whose rejects this file corrects.
  private(set) var correctsRejectsOf: Int?

  /// Opens a file, finding out what the options leave open.
  ///
  /// - Throws: `Failure` with status `input` when the bytes are no sheet of text.
  init(name: String, bytes: [UInt8], options: IntakeOptions, known: Set<String> = [])
    throws(Failure)
  {
    try SourceFile.check(bytes, name: name)
    self.name = name
    size = bytes.count
    let mapping = options.mapping
    let text = DecodedText(bytes, forced: options.encoding ?? mapping?.encoding)
    encoding = text.encoding
    let said = OpenedSheet.separatorLine(text.bytes)
    let start = said?.next ?? 0
    dialect = Sniffer(known: known).dialect(
      of: text.bytes, from: start,
      delimiter: options.delimiter ?? mapping?.delimiter ?? said?.delimiter, quote: options.quote)
    grid = Scanner(dialect: dialect).scan(text.bytes, from: start, line: said == nil ? 1 : 2)
    let scanned = grid
    guard
      let first = (0..<scanned.recordCount).first(where: {
        !scanned.isEmpty(fields: scanned.fields(of: $0))
      })
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
    let widest = 16_384
    guard scanned.fields(of: first).count <= widest else {
      throw Failure(
        .input, code: "file.too-wide",
        fr: "plus de \(widest) colonnes\u{A0}: ce n’est pas une feuille",
        en: "more than \(widest) columns: this is no sheet",
        remedy: Phrase(
          fr: "vérifiez le séparateur (--delimiter), ou le fichier choisi",
          en: "check the delimiter (--delimiter), or the file chosen"),
        at: SourceLocation(file: name))
    }
    headerRecord = first
    header = scanned.strings(of: first).map(OpenedSheet.heading)
    if text.foreignLines > 0 {
      let n = text.foreignLines
      assumptions.append(
        Assumption(
          code: "encoding.mixed", heading: nil,
          message: Phrase(
            fr: "\(n) ligne\(n > 1 ? "s" : "") en Windows-1252 dans un fichier UTF-8 (collage ?)",
            en: "\(n) line\(n > 1 ? "s" : "") in Windows-1252 within a UTF-8 file (pasted?)"),
          isWarning: true))
    }
  }

  /// A sheet of a workbook, its cells as text.
  init(name: String, size: Int, cells: CellGrid) {
    self.name = name
    self.size = size
    encoding = .utf8
    dialect = Dialect(delimiter: Dialect.semicolon)
    let width = cells.rows.map(\.count).max() ?? 0
    let rows = cells.rows.map { row in
      (0..<width).map { $0 < row.count ? row[$0].text : "" }
    }
    grid = Grid(rows: rows, lines: rows.indices.map { cells.line($0) })
    headerRecord = rows.firstIndex { $0.contains { !$0.isEmpty } } ?? 0
    header = (headerRecord < rows.count ? rows[headerRecord] : []).map(OpenedSheet.heading)
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
  /// are not well within them.
  static func beginning(
    name: String, size: Int, bytes: [UInt8], options: IntakeOptions, known: Set<String>
  ) -> (sheet: OpenedSheet, next: Beginning)? {
    guard var sheet = try? OpenedSheet(name: name, bytes: bytes, options: options, known: known)
    else { return nil }
    let grid = sheet.grid
    let next = sheet.headerRecord + 1
    guard sheet.encoding == .utf8, next < grid.recordCount,
      grid.broken.allSatisfy({ $0 > next })
    else { return nil }
    // From line to position, as the scanner counts lines.
    let line = Int(grid.lines[next])
    var position = 0
    var passed = 1
    while passed < line, position < bytes.count {
      if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A {
        position += 1
      }
      if bytes[position] == 0x0A || bytes[position] == 0x0D { passed += 1 }
      position += 1
    }
    sheet.size = size
    sheet.grid = Grid()
    return (sheet, Beginning(position: position, line: line, firstWidth: grid.fields(of: 0).count))
  }

  /// Whether it is no rejects file that comes back.
  var correctsNothing: Bool {
    !header.contains { $0.lowercased() == RejectsFile.importColumn }
  }

  /// The same file with other cells: the plain list that its layout stands for.
  func replaced(grid: Grid, header: [String]) -> OpenedSheet {
    var out = self
    out.grid = grid
    out.header = header
    out.headerRecord = 0
    return out
  }

  /// The number of cells a row must have: up to the last heading that is not empty.
  var width: Int { (header.lastIndex { !$0.isEmpty } ?? -1) + 1 }

  /// A heading on one line, without blanks around it.
  private static func heading(_ text: String) -> String {
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
  /// - Throws: `Failure` with status `input` when it mixes the rows of several imports.
  mutating func takeCorrections() throws(Failure) {
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
