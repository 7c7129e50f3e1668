import Periods

/// The part of one sheet.
struct SheetPart {
  private let sheet: WorkbookWriter.Sheet
  private let isFirst: Bool
  /// The names of all sheets of the workbook.
  private let names: [String]
  private(set) var styles: StyleSheet

  init(_ sheet: WorkbookWriter.Sheet, isFirst: Bool, names: [String], styles: StyleSheet) {
    self.sheet = sheet
    self.isFirst = isFirst
    self.names = names
    self.styles = styles
  }

  mutating func xml() -> String {
    var out = XLSXWriter.head
    out += "<worksheet xmlns=\"\(XLSXWriter.main)\" xmlns:r=\"\(XLSXWriter.office)\">"
    if sheet.isLandscape || sheet.printing != nil {
      out += "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
    }
    let columns = sheet.rows.reduce(0) { max($0, $1.count) }
    if columns > 0 {
      let corner = CellName.text(row: sheet.rows.count - 1, column: columns - 1)
      out += "<dimension ref=\"A1:\(corner)\"/>"
    }
    out += view() + widths() + "<sheetData>"
    for (r, row) in sheet.rows.enumerated() {
      let cells = row.enumerated().map { cell($1, row: r, column: $0) }.joined()
      let form = form(of: row, at: r)
      if !cells.isEmpty || !form.isEmpty { out += "<row r=\"\(r + 1)\"\(form)>\(cells)</row>" }
    }
    out += "</sheetData>"
    if !sheet.merges.isEmpty {
      let merges = sheet.merges.map { "<mergeCell ref=\"\($0.name)\"/>" }.joined()
      out += "<mergeCells count=\"\(sheet.merges.count)\">\(merges)</mergeCells>"
    }
    out += choices()
    if let printing = PrintPart(sheet) {
      out += printing.xml()
    } else if sheet.isLandscape {
      out += "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" "
      out += "fitToHeight=\"0\"/>"
    }
    if !NotesPart(sheet).isEmpty { out += "<legacyDrawing r:id=\"rId2\"/>" }
    return out + "</worksheet>"
  }

  private func form(of cells: [WorkbookWriter.Cell], at row: Int) -> String {
    var out = height(of: cells)
    if let height = sheet.heights[row], height.isFinite {
      out = " ht=\"\(min(max(height, 1), 409))\" customHeight=\"1\""
    }
    return sheet.hiddenRows.contains(row) ? out + " hidden=\"1\"" : out
  }

  private func view() -> String {
    let selected = isFirst ? " tabSelected=\"1\"" : ""
    guard sheet.frozenRows > 0 || sheet.frozenColumns > 0 else {
      return "<sheetViews><sheetView\(selected) workbookViewId=\"0\"/></sheetViews>"
    }
    var out = "<sheetViews><sheetView\(selected) workbookViewId=\"0\"><pane"
    if sheet.frozenColumns > 0 { out += " xSplit=\"\(sheet.frozenColumns)\"" }
    if sheet.frozenRows > 0 { out += " ySplit=\"\(sheet.frozenRows)\"" }
    let corner = CellName.text(row: sheet.frozenRows, column: sheet.frozenColumns)
    let pane =
      sheet.frozenRows == 0 ? "topRight" : sheet.frozenColumns == 0 ? "bottomLeft" : "bottomRight"
    out += " topLeftCell=\"\(corner)\" activePane=\"\(pane)\" state=\"frozen\"/>"
    return out + "<selection pane=\"\(pane)\"/></sheetView></sheetViews>"
  }

  private func widths() -> String {
    let widths = sheet.widths.filter { $0.value.isFinite }
    let numbers = Set(widths.keys).union(sheet.hiddenColumns).filter {
      (0..<Bound.columns).contains($0)
    }
    guard !numbers.isEmpty else { return "" }
    let columns = numbers.sorted().map { column in
      let width = min(max(widths[column] ?? 12, 1), 255)
      let hidden = sheet.hiddenColumns.contains(column) ? " hidden=\"1\"" : ""
      return "<col min=\"\(column + 1)\" max=\"\(column + 1)\" width=\"\(width)\"\(hidden) "
        + "customWidth=\"1\"/>"
    }
    return "<cols>\(columns.joined())</cols>"
  }

  /// The height that broken texts need, as near as it can be told without a font; not all programs
  /// find it themselves.
  private func height(of row: [WorkbookWriter.Cell]) -> String {
    var lines = 1
    for (column, cell) in row.enumerated() where cell.look.wraps {
      guard case .text(let text) = cell.value, !sheet.hiddenColumns.contains(column) else {
        continue
      }
      let width = max(1, Int(sheet.widths[column] ?? 10) - 1)
      let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
      lines = max(lines, parts.reduce(0) { $0 + max(1, ($1.count + width - 1) / width) })
    }
    return lines == 1 ? "" : " ht=\"\(min(lines, 26) * 15)\" customHeight=\"1\""
  }

  private mutating func cell(_ cell: WorkbookWriter.Cell, row: Int, column: Int) -> String {
    var isDate = false
    if case .date = cell.value { isDate = true }
    let style = styles.number(cell.look, isDate: isDate)
    if cell.value == .empty, style == 0 { return "" }
    var out = "<c r=\"\(CellName.text(row: row, column: column))\""
    if style > 0 { out += " s=\"\(style)\"" }
    switch cell.value {
    case .empty: return out + "/>"
    case .text(let text):
      let cut = XLSXWriter.escaped(Self.literal(String(text.prefix(32_000))))
      return out + " t=\"inlineStr\"><is><t xml:space=\"preserve\">\(cut)</t></is></c>"
    case .number(let number):
      guard number.isFinite else { return out + " t=\"e\"><v>#NUM!</v></c>" }
      let isWhole = number == number.rounded() && abs(number) < 1e15
      return out + "><v>\(isWhole ? String(Int64(number)) : String(number))</v></c>"
    case .boolean(let value): return out + " t=\"b\"><v>\(value ? 1 : 0)</v></c>"
    case .date(let day):
      let serial = Int(day.number) + 25_569
      // Before 1 March 1900 Excel's calendar is not ours.
      if serial < 61 { return out + " t=\"inlineStr\"><is><t>\(day.iso)</t></is></c>" }
      return out + "><v>\(serial)</v></c>"
    }
  }

  /// A text that looks like an escape of Open XML stays what it is.
  private static func literal(_ text: String) -> String {
    guard text.contains("_x") else { return text }
    return text.replacing("_x", with: "_x005F_x")
  }

  private func choices() -> String {
    guard !sheet.choices.isEmpty else { return "" }
    var out = "<dataValidations count=\"\(sheet.choices.count)\">"
    for choice in sheet.choices {
      out += "<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" "
      out += "errorStyle=\"warning\" sqref=\"\(choice.range.name)\"><formula1>"
      out += XLSXWriter.escaped(formula(choice.source)) + "</formula1></dataValidation>"
    }
    return out + "</dataValidations>"
  }

  private func formula(_ source: WorkbookWriter.Choices.Source) -> String {
    switch source {
    case .texts(let texts):
      let list = texts.map { $0.replacing("\"", with: "\"\"") }.joined(separator: ",")
      return "\"" + list + "\""
    case .cells(let range, let sheet):
      let name = names.indices.contains(sheet) ? names[sheet] : ""
      func place(_ row: Int, _ column: Int) -> String {
        let cell = CellName.text(row: row, column: column)
        let letters = cell.prefix { !$0.isWholeNumber }
        return "$\(letters)$\(cell.dropFirst(letters.count))"
      }
      return "'" + name.replacing("'", with: "''") + "'!"
        + place(range.firstRow, range.firstColumn) + ":" + place(range.lastRow, range.lastColumn)
    }
  }
}
