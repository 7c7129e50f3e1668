/// Reads the tables of a page: each that is not inside another is a sheet.
enum HTMLReader {
  static func read(_ bytes: [UInt8]) throws(Refusal) -> Workbook {
    var tables = HTMLTables()
    var tokens = HTMLTokenizer(Array(text(bytes).utf8))
    while let token = tokens.next() { try tables.take(token) }
    let sheets = try tables.finish()
    guard !sheets.isEmpty else {
      throw Refusal(
        "workbook.none", fr: "page web sans tableau", en: "a web page without a table")
    }
    return Workbook(format: .html, sheets: sheets)
  }

  /// UTF-16 by its mark, UTF-8 when valid, else Windows-1252.
  private static func text(_ bytes: [UInt8]) -> String {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let isBig = bytes[0] == 0xFE
      var units: [UInt16] = []
      for i in stride(from: 2, to: bytes.count - 1, by: 2) {
        let (high, low) = isBig ? (bytes[i], bytes[i + 1]) : (bytes[i + 1], bytes[i])
        units.append(UInt16(high) << 8 | UInt16(low))
      }
      return String(decoding: units, as: UTF16.self)
    }
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    return String(validating: body, as: UTF8.self) ?? Windows1252.text(body)
  }
}

/// Places the cells of tables on sheets.
private struct HTMLTables {
  private var sheets: [WorkbookSheet] = []
  private var builder: SheetBuilder?
  private var depth = 0
  private var row = -1
  private var column = 0
  /// For each column, the first row that a `rowspan` from above leaves free.
  private var freeFrom: [Int] = []
  private var text: [UInt8]?
  private var span = (rows: 1, columns: 1)
  private var cells = 0

  mutating func take(_ token: HTMLTokenizer.Token) throws(Refusal) {
    switch token {
    case .text(let bytes):
      guard text != nil else { return }
      HTMLText.append(bytes, to: &text)
      guard (text?.count ?? 0) <= Bound.textBytes else { throw SheetBuilder.full }
    case .open(let name, let attributes): try open(name, attributes)
    case .close(let name): try close(name)
    }
  }

  private mutating func open(
    _ name: String, _ attributes: [(name: String, value: String)]
  ) throws(Refusal) {
    switch name {
    case "table":
      depth += 1
      if depth == 1 { start() }
    case "tr" where depth <= 1:
      try endCell()
      if builder == nil { start() }
      row += 1
      column = 0
    case "td" where depth <= 1, "th" where depth <= 1:
      try endCell()
      guard builder != nil else { return }
      if row < 0 { row = 0 }
      text = []
      span = (Self.count("rowspan", attributes, 65_534), Self.count("colspan", attributes, 1000))
    case "br", "p", "div", "li": if !(text?.isEmpty ?? true) { HTMLText.breakLine(&text) }
    default: break
    }
  }

  private mutating func close(_ name: String) throws(Refusal) {
    switch name {
    case "table":
      if depth == 1 { try endTable() }
      depth = max(0, depth - 1)
    case "td" where depth <= 1, "th" where depth <= 1, "tr" where depth <= 1: try endCell()
    default: break
    }
  }

  private static func count(
    _ name: String, _ attributes: [(name: String, value: String)], _ most: Int
  ) -> Int {
    let value = attributes.first { $0.name == name }?.value ?? "1"
    return min(max(1, Int(value.filter(\.isNumber)) ?? 1), most)
  }

  private mutating func start() {
    builder = SheetBuilder(name: "Table \(sheets.count + 1)")
    row = -1
    column = 0
    freeFrom = []
  }

  private mutating func endCell() throws(Refusal) {
    guard var value = text else { return }
    text = nil
    HTMLText.trim(&value)
    while column < freeFrom.count, freeFrom[column] > row { column += 1 }
    let end = column + span.columns
    guard end <= Bound.columns, row < Bound.rows else { throw SheetBuilder.outside }
    if span.rows > 1 || span.columns > 1 {
      let range = CellRange(
        firstRow: row, firstColumn: column, lastRow: min(row + span.rows, Bound.rows) - 1,
        lastColumn: end - 1)
      builder?.edit { if $0.merges.count < 1_000_000 { $0.merges.append(range) } }
      while freeFrom.count < end { freeFrom.append(0) }
      for k in column..<end { freeFrom[k] = row + span.rows }
    }
    if !value.isEmpty {
      let canonical = NumberCell.isCanonical(value)
      try builder?.add(
        row: row, column: column, kind: canonical ? .number : .text, text: value)
    }
    column = end
  }

  private mutating func endTable() throws(Refusal) {
    try endCell()
    guard let sheet = builder?.finish() else { return }
    builder = nil
    cells += sheet.cellCount
    guard sheets.count < Bound.sheets, cells <= Bound.cells else { throw SheetBuilder.full }
    if sheet.cellCount > 0 { sheets.append(sheet) }
  }

  mutating func finish() throws(Refusal) -> [WorkbookSheet] {
    try endTable()
    return sheets
  }
}

/// Text of a page: entities decoded, white space as one space.
private enum HTMLText {
  static func append(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]?) {
    guard var out = text else { return }
    text = nil
    var i = bytes.startIndex
    while i < bytes.endIndex {
      let byte = bytes[i]
      if byte == 0x26, let (decoded, next) = entity(bytes, at: i) {
        out.append(contentsOf: decoded)
        i = next
        continue
      }
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        if let last = out.last, last != 0x20, last != 0x0A { out.append(0x20) }
      } else {
        out.append(byte)
      }
      i += 1
    }
    text = out
  }

  static func breakLine(_ text: inout [UInt8]?) {
    if text?.last == 0x20 { text?.removeLast() }
    text?.append(0x0A)
  }

  /// Cuts white space at both ends, no-break spaces too: an empty cell is often one of them.
  static func trim(_ text: inout [UInt8]) {
    var trimmed = true
    while trimmed {
      trimmed = false
      if let last = text.last, last == 0x20 || last == 0x0A {
        text.removeLast()
        trimmed = true
      } else if text.count >= 2, text[text.count - 1] == 0xA0, text[text.count - 2] == 0xC2 {
        text.removeLast(2)
        trimmed = true
      }
    }
    var start = 0
    while start < text.count {
      if text[start] == 0x20 || text[start] == 0x0A {
        start += 1
      } else if start + 1 < text.count, text[start] == 0xC2, text[start + 1] == 0xA0 {
        start += 2
      } else {
        break
      }
    }
    text.removeFirst(start)
  }

  private static func entity(
    _ bytes: ArraySlice<UInt8>, at i: Int
  ) -> (text: [UInt8], next: Int)? {
    let body = bytes[(i + 1)...].prefix(12).prefix { $0 != 0x3B }
    guard body.endIndex < bytes.endIndex, bytes[body.endIndex] == 0x3B else { return nil }
    let name = String(decoding: body, as: UTF8.self)
    let next = body.endIndex + 1
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let isHex = digits.first == "x" || digits.first == "X"
      guard var code = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits) else {
        return nil
      }
      if (0x80..<0xA0).contains(code) { code = Windows1252.scalars[Int(code)] }
      let scalar = code == 0 ? nil : Unicode.Scalar(code)
      return (Array(String(Character(scalar ?? "\u{FFFD}")).utf8), next)
    }
    return named[name].map { (Array($0.utf8), next) }
  }

  private static let named: [String: String] = {
    var out = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "euro": "€", "hellip": "…",
      "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”",
      "sbquo": "‚", "bdquo": "„", "lsaquo": "‹", "rsaquo": "›", "bull": "•", "trade": "™",
      "OElig": "Œ", "oelig": "œ", "Yuml": "Ÿ", "Scaron": "Š", "scaron": "š", "dagger": "†",
      "permil": "‰", "minus": "−", "ne": "≠", "le": "≤", "ge": "≥", "infin": "∞", "check": "✓",
      "thinsp": "\u{2009}", "ensp": "\u{2002}", "emsp": "\u{2003}", "zwnj": "\u{200C}",
      "zwj": "\u{200D}", "rarr": "→", "larr": "←",
    ]
    // Latin-1, from U+00A0 on.
    let latin =
      "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn "
      + "sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave "
      + "Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc "
      + "Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml "
      + "Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc "
      + "euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash "
      + "ugrave uacute ucirc uuml yacute thorn yuml"
    for (i, name) in latin.split(separator: " ").enumerated() {
      guard let scalar = Unicode.Scalar(UInt32(0xA0 + i)) else { continue }
      out[String(name)] = String(Character(scalar))
    }
    return out
  }()
}
