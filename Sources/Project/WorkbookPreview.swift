package import Diagnostics
import Ingest
import Workbooks

/// `lien preview` of a workbook: its sheets, and the cells of one.
package struct WorkbookPreview: Sendable {
  /// What is printed.
  package enum Form: Sendable {
    /// A summary with the first rows.
    case text
    /// The cells from A1 as CSV.
    case grid
    /// A description without cells.
    case json
  }

  private let name: String
  private let workbook: Workbook
  private let chosen: Int?

  /// Opens a file; nil when it is no workbook, unless one is required. `sheet` is the number of a
  /// sheet from 1, hidden ones counted, or its name.
  ///
  /// - Throws: `Failure` when it cannot be read, or there is no such sheet.
  package init?(path: String, sheet: String?, isRequired: Bool) throws(Failure) {
    let bytes = try SourceFile.bytes(path: path)
    guard isRequired || Workbook.isWorkbook(bytes) || Workbook.promisesWorkbook(path) else {
      return nil
    }
    name = path
    workbook = try Workbook(bytes: bytes, name: path)
    if let sheet {
      chosen = try workbook.place(of: sheet, file: path)
    } else {
      chosen = workbook.sheets.isEmpty ? nil : 0
    }
  }

  /// What was read with a reserve.
  package var warnings: [Diagnostic] { workbook.warnings }

  /// Which sheet is shown and which others there are; nil when there is one only.
  package func others(in language: Language) -> String? {
    guard workbook.sheets.count > 1, let chosen else { return nil }
    let others = workbook.sheets.indices.filter { $0 != chosen }.prefix(20).map {
      "\($0 + 1) « \(workbook.sheets[$0].name) »"
    }
    let shown = "\(chosen + 1) « \(workbook.sheets[chosen].name) »"
    let text =
      language == .fr
      ? "feuille montrée : \(shown) ; autres (--sheet) : " + others.joined(separator: ", ")
      : "sheet shown: \(shown); others (--sheet): " + others.joined(separator: ", ")
    return Shown.text(text)
  }

  /// Writes the preview, piece by piece.
  package func write(_ form: Form, in language: Language, _ put: (String) -> Void) {
    switch form {
    case .grid: writeGrid(put)
    case .json: put(json() + "\n")
    case .text: put(Shown.text(text(in: language)))
    }
  }

  // MARK: Grid

  /// Rows have the same number of cells, except on a sheet that is nearly all empty.
  private func writeGrid(_ put: (String) -> Void) {
    guard let chosen else { return }
    let sheet = workbook.sheets[chosen]
    let area = sheet.rowCount.multipliedReportingOverflow(by: sheet.columnCount).partialValue
    let isPadded = area <= max(4_000_000, 64 * sheet.cellCount)
    var out: [UInt8] = []
    for row in 0..<sheet.rowCount {
      var column = 0
      for i in sheet.cells(inRow: row) {
        let next = Int(sheet.columns[i])
        while column < next {
          out.append(0x2C)
          column += 1
        }
        Self.append(sheet.utf8(ofCell: i), to: &out)
      }
      if isPadded {
        while column < sheet.columnCount - 1 {
          out.append(0x2C)
          column += 1
        }
      }
      out.append(0x0A)
      if out.count > 1 << 16 {
        put(String(decoding: out, as: UTF8.self))
        out.removeAll(keepingCapacity: true)
      }
    }
    put(String(decoding: out, as: UTF8.self))
  }

  private static func append(_ cell: ArraySlice<UInt8>, to out: inout [UInt8]) {
    let needsQuotes = cell.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return out.append(contentsOf: cell) }
    out.append(0x22)
    for byte in cell {
      if byte == 0x22 { out.append(0x22) }
      out.append(byte)
    }
    out.append(0x22)
  }

  // MARK: Description

  private func json() -> String {
    let sheets = workbook.sheets.map { sheet in
      JSONText.object([
        ("name", JSONText.string(sheet.name)),
        ("hidden", sheet.isHidden ? "true" : "false"),
        ("rows", "\(sheet.rowCount)"), ("columns", "\(sheet.columnCount)"),
        ("cells", "\(sheet.cellCount)"), ("merged", "\(sheet.merges.count)"),
        ("hidden_rows", "\(Self.total(sheet.hiddenRows, below: sheet.rowCount))"),
        ("hidden_columns", "\(Self.total(sheet.hiddenColumns, below: sheet.columnCount))"),
        ("comments", "\(sheet.comments.count)"), ("uncomputed", "\(sheet.uncomputed.count)"),
      ])
    }
    return JSONText.object([
      ("file", JSONText.string(name)), ("format", JSONText.string(workbook.format.rawValue)),
      ("sheets", "[" + sheets.joined(separator: ", ") + "]"),
    ])
  }

  private static func total(_ ranges: [Range<Int>], below end: Int) -> Int {
    ranges.reduce(0) { $0 + $1.clamped(to: 0..<end).count }
  }

  private func text(in language: Language) -> String {
    func say(_ fr: String, _ en: String) -> String { language == .fr ? fr : en }
    func count(_ n: Int, _ fr: String, _ en: String) -> String {
      let many = n > 1 || n == 0 && language == .en
      return "\(n) " + say(fr, en) + (many ? "s" : "")
    }
    var lines = [name + say(" : classeur ", ": workbook, ") + workbook.format.rawValue]
    for (i, sheet) in workbook.sheets.enumerated() {
      var facts = [
        count(sheet.rowCount, "ligne", "row"), count(sheet.columnCount, "colonne", "column"),
      ]
      if sheet.isHidden { facts.append(say("masquée", "hidden")) }
      let rows = Self.total(sheet.hiddenRows, below: sheet.rowCount)
      let columns = Self.total(sheet.hiddenColumns, below: sheet.columnCount)
      if rows > 0 {
        facts.append(say("lignes masquées (lues) : \(rows)", "hidden rows (read): \(rows)"))
      }
      if columns > 0 {
        facts.append(
          say("colonnes masquées (lues) : \(columns)", "hidden columns (read): \(columns)"))
      }
      if !sheet.merges.isEmpty {
        facts.append(
          say("fusions : \(sheet.merges.count)", "merged ranges: \(sheet.merges.count)"))
      }
      if !sheet.comments.isEmpty {
        facts.append(
          say("commentaires : \(sheet.comments.count)", "comments: \(sheet.comments.count)"))
      }
      lines.append(
        "  \(i + 1) " + say("« \(sheet.name) » : ", "“\(sheet.name)”: ")
          + facts.joined(separator: ", "))
    }
    for warning in workbook.warnings { lines.append(warning.text(in: language)) }
    if let chosen {
      let sheet = workbook.sheets[chosen]
      let columns = min(sheet.columnCount, 12)
      lines.append("")
      for row in 0..<min(sheet.rowCount, 10) {
        let cells = (0..<columns).map { column in
          String(sheet.text(row: row, column: column).prefix(24)).split(separator: "\n")
            .joined(separator: "⏎")
        }
        lines.append("\(row + 1) | " + cells.joined(separator: " | "))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
