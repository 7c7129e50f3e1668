/// Reads XML Spreadsheet 2003, which programs name `.xls` or `.xml`.
enum XML2003Reader {
  static func read(_ bytes: [UInt8]) throws(Refusal) -> Workbook {
    let handler = XML2003Handler()
    try XMLParser.parse(bytes, handler)
    return Workbook(
      format: .spreadsheetML, sheets: handler.sheets, usesDate1904: handler.usesDate1904)
  }
}

private final class XML2003Handler: XMLHandler {
  private(set) var sheets: [WorkbookSheet] = []
  private(set) var usesDate1904 = false
  private var formats: [String: NumberFormat] = [:]
  private var style = ""
  private var builder: SheetBuilder?
  private var row = -1
  private var column = -1
  private var cellsBefore = 0
  private var cellStyle: String?
  private var rowStyle: String?
  private var columnNumber = 0
  private var hasFormula = false
  private var type = ""
  private var value: [UInt8] = []
  private var scratch: [UInt8] = []
  private var inComment = false
  private var across = 0
  private var down = 0
  private var hasData = false

  override func start(
    _ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes
  ) throws(Refusal) {
    switch name {
    case .Style: style = attributes.string(.ID) ?? ""
    case .NumberFormat:
      if let code = attributes.string(.Format), formats.count < 100_000 {
        formats[style] = Self.named[code] ?? NumberFormat(code: code)
      }
    case .Date1904: usesDate1904 = true
    case .Worksheet:
      guard sheets.count < Bound.sheets else {
        throw .hostile(fr: "plus de \(Bound.sheets) feuilles", en: "over \(Bound.sheets) sheets")
      }
      builder = SheetBuilder(name: attributes.string(.Name) ?? "")
      row = -1
      columnNumber = 0
    case .Visible:
      value = []
      wantsText = builder != nil
    case .Column: startColumn(attributes)
    case .Row:
      row = try place(attributes, after: row, bound: Bound.rows)
      rowStyle = attributes.string(.StyleID)
      column = -1
      if attributes.string(.Hidden) == "1" {
        let row = row
        builder?.edit { $0.hiddenRows.append(row..<row + 1) }
      }
    case .Cell: try startCell(attributes)
    case .Comment:
      inComment = true
      value = []
    case .Data:
      if !inComment { type = attributes.string(.relationType) ?? "" }
      value = []
      hasData = !inComment
      wantsText = true
    default: break
    }
  }

  private func place(
    _ attributes: XMLAttributes, after last: Int, bound: Int
  ) throws(Refusal) -> Int {
    var place = last + 1
    if let index = attributes.string(.Index) {
      guard let number = Int(index), number > 0 else { throw SheetBuilder.outside }
      place = number - 1
    }
    guard place < bound else { throw SheetBuilder.outside }
    return place
  }

  private func startColumn(_ attributes: XMLAttributes) {
    let first = (attributes.string(.Index).flatMap(Int.init) ?? columnNumber + 1) - 1
    let span = attributes.string(.Span).flatMap(Int.init) ?? 0
    guard first >= 0, first < Bound.columns, span >= 0, span < Bound.columns else { return }
    columnNumber = first + span + 1
    if attributes.string(.Hidden) == "1" {
      builder?.edit { $0.hiddenColumns.append(first..<first + span + 1) }
    }
  }

  private func startCell(_ attributes: XMLAttributes) throws(Refusal) {
    column = try place(attributes, after: column, bound: Bound.columns)
    cellStyle = attributes.string(.StyleID) ?? rowStyle
    hasFormula = attributes.string(.Formula) != nil
    across = min(max(0, attributes.string(.MergeAcross).flatMap(Int.init) ?? 0), Bound.columns)
    down = min(max(0, attributes.string(.MergeDown).flatMap(Int.init) ?? 0), Bound.rows)
    hasData = false
    type = ""
    if across > 0 || down > 0 {
      let range = CellRange(
        firstRow: row, firstColumn: column, lastRow: min(row + down, Bound.rows - 1),
        lastColumn: min(column + across, Bound.columns - 1))
      builder?.edit { if $0.merges.count < 1_000_000 { $0.merges.append(range) } }
    }
  }

  override func text(_ bytes: Span<UInt8>) throws(Refusal) {
    guard value.count + bytes.count <= Bound.textBytes else { throw SheetBuilder.full }
    value.append(bytes)
  }

  override func end(_ name: XMLName, _ space: XMLNamespace) throws(Refusal) {
    switch name {
    case .Visible:
      wantsText = false
      let shown = String(decoding: value, as: UTF8.self)
      if shown.hasPrefix("SheetHidden") || shown.hasPrefix("SheetVeryHidden") {
        builder?.edit { $0.isHidden = true }
      }
    case .Data:
      wantsText = false
      if !inComment { try endData() }
    case .Comment:
      inComment = false
      let comment = CellComment(
        row: row, column: column, text: String(decoding: value, as: UTF8.self))
      builder?.edit { if $0.comments.count < 1_000_000 { $0.comments.append(comment) } }
    case .Cell:
      if hasFormula, !hasData {
        let place = (row: row, column: column)
        builder?.edit { if $0.uncomputed.count < 1_000_000 { $0.uncomputed.append(place) } }
      }
      column += across
    case .Worksheet:
      if let sheet = builder?.finish() {
        cellsBefore += sheet.cellCount
        guard cellsBefore <= Bound.cells else { throw SheetBuilder.full }
        sheets.append(sheet)
      }
      builder = nil
    default: break
    }
  }

  private func endData() throws(Refusal) {
    guard !value.isEmpty else { return }
    let format = cellStyle.flatMap { formats[$0] } ?? formats["Default"] ?? .general
    var kind = CellKind.text
    switch type {
    case "Number":
      kind = NumberCell.render(value, format, isDate1904: usesDate1904, into: &scratch)
    case "DateTime":
      kind = ISOCell.render(value, format, isDate1904: usesDate1904, into: &scratch)
    case "Boolean":
      scratch = Array((value == [0x31] ? "TRUE" : "FALSE").utf8)
      kind = .boolean
    case "Error":
      scratch = value
      kind = .error
    default:
      scratch = value
      EscapedText.decode(&scratch)
    }
    try builder?.add(row: row, column: column, kind: kind, text: scratch)
  }

  /// Formats that are named instead of written.
  private static let named: [String: NumberFormat] = [
    "General": .general, "General Number": .general, "General Date": .builtIn(22),
    "Long Date": .builtIn(14), "Medium Date": .builtIn(15), "Short Date": .builtIn(14),
    "Long Time": .builtIn(19), "Medium Time": .builtIn(18), "Short Time": .builtIn(20),
    "Percent": .builtIn(10), "Fixed": .general, "Standard": .general, "Scientific": .general,
    "Currency": .general, "Euro Currency": .general, "Yes/No": .general, "On/Off": .general,
  ]
}
