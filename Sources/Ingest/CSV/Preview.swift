package import Diagnostics

/// A file as it was read, before any meaning: for `lien preview`.
package struct Preview: Sendable {
  /// The file as the user named it.
  package let name: String
  /// How its bytes stand for characters.
  package let encoding: TextEncoding
  /// How it separates and quotes.
  package let dialect: Dialect
  /// The headings; empty when the file has none.
  package let header: [String]
  /// Lines that are no rows of the table.
  package let asides: [Aside]
  /// Lines of rows whose cells were cut wrongly, and mended.
  package let mendedLines: [Int]
  /// Lines with a quote that is never closed.
  package let brokenLines: [Int]
  /// Lines of rows with fewer or more cells than the table has columns.
  package let unevenLines: [Int]
  /// The number of columns.
  package let width: Int
  /// What else is to be known.
  package let remarks: [Assumption]
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
    let sheet = try OpenedSheet(name: name, bytes: bytes, options: options, needsHeader: false)
    self.name = name
    encoding = sheet.encoding
    dialect = sheet.dialect
    grid = sheet.grid
    asides = sheet.asides
    mendedLines = sheet.mended
    remarks = sheet.assumptions
    firstRow = sheet.headerRecord + 1
    let grid = sheet.grid
    let rows = firstRow..<max(firstRow, grid.recordCount)
    // Columns without a heading and without a cell are only delimiters at the ends of lines.
    var width = max(sheet.usualWidth, sheet.header.count)
    if firstRow > 0 {
      let headed = (sheet.header.lastIndex { !$0.isEmpty } ?? -1) + 1
      let filled = rows.reduce(headed) { most, record in
        let fields = grid.fields(of: record)
        guard fields.count > most else { return most }
        let last = fields.dropFirst(most).last { !grid.isEmpty(fields: $0..<$0 + 1) }
        return min(width, max(most, last.map { $0 - fields.lowerBound + 1 } ?? 0))
      }
      width = max(1, filled)
    }
    self.width = width
    // Headings over several rows are joined; else they stand as they are in the file.
    let stacked = sheet.header.prefix(width)
    let own = firstRow > 0 ? grid.strings(of: 0) : []
    header =
      sheet.isStacked ? Array(stacked) : Array(own.prefix(width))
    brokenLines = grid.broken.map { Int(grid.lines[Int($0)]) }
    unevenLines = rows.compactMap { record in
      let fields = grid.fields(of: record)
      let isUneven =
        fields.count < sheet.usualWidth
        || (fields.count > width && !grid.isEmpty(fields: fields.dropFirst(width)))
      return isUneven && !grid.isEmpty(fields: fields) ? Int(grid.lines[record]) : nil
    }
  }

  /// The number of rows.
  package var rowCount: Int { max(0, grid.recordCount - firstRow) }

  /// The cells of a row: as many as there are columns, or all it has when they are more.
  package func row(_ index: Int) -> [String] {
    let fields = grid.fields(of: firstRow + index)
    var cells = fields.map(grid.string)
    if cells.count < width {
      cells += [String](repeating: "", count: width - cells.count)
    } else if cells.count > width, grid.isEmpty(fields: fields.dropFirst(width)) {
      cells.removeLast(cells.count - width)
    }
    return cells
  }

  /// The 1-based line of the file where a row begins.
  package func line(_ index: Int) -> Int { Int(grid.lines[firstRow + index]) }

  /// The flags that would force this reading.
  package var flags: String {
    "--encoding \(encoding.rawValue) \(dialect.flags) "
      + (header.isEmpty ? "--no-header" : "--header")
  }

  /// The whole table as CSV (UTF-8, comma, LF); a row of headings only when the file has one.
  package func csv() -> String {
    let writer = CSVText()
    var out = header.isEmpty ? "" : writer.row(header)
    for i in 0..<rowCount { out += writer.row(row(i)) }
    return out
  }
}

/// Whole numbers for a person.
package enum Count {
  /// Groups of three digits, with a narrow no-break space in French and a comma in English.
  package static func text(_ n: Int, _ language: Language) -> String {
    let digits = Array(String(n))
    var out = ""
    for (i, d) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { out += language == .fr ? "\u{202F}" : "," }
      out.append(d)
    }
    return out
  }
}
