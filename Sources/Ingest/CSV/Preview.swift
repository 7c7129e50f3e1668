package import Diagnostics

/// A file as it was read, before any meaning: for `lien preview`.
package struct Preview: Sendable {
  /// The file as the user named it.
  package let name: String
  /// How its bytes stand for characters.
  package let encoding: TextEncoding
  /// How it separates and quotes.
  package let dialect: Dialect
  /// The cells of the first row that has any.
  package let header: [String]
  /// Lines with a quote that is never closed.
  package let brokenLines: [Int]
  private let grid: Grid
  private let firstRow: Int

  /// Reads a file, or standard input for `-`.
  ///
  /// - Throws: `Failure` with status `input` when it is no sheet of text.
  package init(path: String, options: IntakeOptions = IntakeOptions()) throws(Failure) {
    try self.init(name: path, bytes: SourceFile.bytes(path: path), options: options)
  }

  /// Reads bytes in memory.
  ///
  /// - Throws: as `init(path:options:)`.
  package init(name: String, bytes: [UInt8], options: IntakeOptions = IntakeOptions())
    throws(Failure)
  {
    let sheet = try OpenedSheet(name: name, bytes: bytes, options: options)
    self.name = name
    encoding = sheet.encoding
    dialect = sheet.dialect
    grid = sheet.grid
    header = sheet.grid.strings(of: sheet.headerRecord)
    firstRow = sheet.headerRecord + 1
    brokenLines = sheet.grid.broken.map { Int(sheet.grid.lines[Int($0)]) }
  }

  /// The number of rows after the header.
  package var rowCount: Int { grid.recordCount - firstRow }

  /// The cells of a row, as many as it has.
  package func row(_ index: Int) -> [String] { grid.strings(of: firstRow + index) }

  /// The 1-based line of the file where a row begins.
  package func line(_ index: Int) -> Int { Int(grid.lines[firstRow + index]) }

  /// The whole table as CSV (UTF-8, comma, LF).
  package func csv() -> String {
    let writer = CSVText()
    var out = writer.row(header)
    for i in 0..<rowCount { out += writer.row(row(i)) }
    return out
  }

  /// What was read, and the first rows, for a terminal.
  package func text(in language: Language, rows limit: Int = 10) -> String {
    let isFrench = language == .fr
    let colon = isFrench ? "\u{A0}: " : ": "
    var out = name + "\n"
    func line(_ fr: String, _ en: String, _ value: String) {
      out += "  " + (isFrench ? fr : en) + colon + value + "\n"
    }
    line("Encodage", "Encoding", encoding.rawValue)
    line(
      "Séparateur", "Delimiter",
      dialect.delimiterPhrase[language] + " (\(dialect.flag))")
    line("En-têtes", "Headings", "\(header.count)")
    line("Lignes", "Rows", Count.text(rowCount, language))
    if !brokenLines.isEmpty {
      line(
        "Guillemets jamais fermés, lignes", "Quotes never closed, lines",
        brokenLines.prefix(20).map(String.init).joined(separator: ", "))
    }
    out += "\n" + header.joined(separator: " | ") + "\n"
    for i in 0..<min(limit, rowCount) {
      let cells = row(i).map { $0.replacing("\n", with: "⏎").replacing("\r", with: "") }
      out += cells.joined(separator: " | ") + "\n"
    }
    if rowCount > limit {
      out += isFrench ? "… et \(rowCount - limit) autres\n" : "… and \(rowCount - limit) more\n"
    }
    return out
  }
}

extension Dialect {
  /// The flag that forces the delimiter, as it is typed in a shell.
  var flag: String {
    delimiter == 0x09 ? "--delimiter tab" : "--delimiter '\(delimiterName)'"
  }
}

/// Whole numbers for a person.
enum Count {
  /// Groups of three digits, with a narrow no-break space in French and a comma in English.
  static func text(_ n: Int, _ language: Language) -> String {
    let digits = Array(String(n))
    var out = ""
    for (i, d) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { out += language == .fr ? "\u{202F}" : "," }
      out.append(d)
    }
    return out
  }
}
