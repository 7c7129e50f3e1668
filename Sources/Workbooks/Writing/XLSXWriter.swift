import Periods

/// The parts of an XLSX file (ECMA-376 Part 1, 18), written for Excel and LibreOffice alike.
struct XLSXWriter {
  private let sheets: [WorkbookWriter.Sheet]
  private let names: [String]
  private var styles = StyleSheet()

  init(_ sheets: [WorkbookWriter.Sheet]) {
    self.sheets = sheets
    names = Self.distinct(sheets.map(\.name))
  }

  static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  static let package = "http://schemas.openxmlformats.org/package/2006"

  func bytes() throws(Refusal) -> [UInt8] {
    var writer = self
    return try writer.write()
  }

  private mutating func write() throws(Refusal) -> [UInt8] {
    var zip = ZipWriter()
    // Sheets first: they decide on the styles.
    var parts: [(name: String, content: String)] = []
    for (i, sheet) in sheets.enumerated() {
      var part = SheetPart(sheet, isFirst: i == 0, names: names, styles: styles)
      parts.append(("xl/worksheets/sheet\(i + 1).xml", part.xml()))
      styles = part.styles
      let notes = NotesPart(sheet)
      guard !notes.isEmpty else { continue }
      parts.append(
        (
          "xl/worksheets/_rels/sheet\(i + 1).xml.rels",
          Self.relations([
            ("comments", "../comments\(i + 1).xml"),
            ("vmlDrawing", "../drawings/vmlDrawing\(i + 1).vml"),
          ])
        ))
      parts.append(("xl/comments\(i + 1).xml", notes.comments()))
      parts.append(("xl/drawings/vmlDrawing\(i + 1).vml", notes.drawing()))
    }
    let targets = sheets.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") }
    let first: [(name: String, content: String)] = [
      ("[Content_Types].xml", contentTypes()),
      ("_rels/.rels", Self.relations([("officeDocument", "xl/workbook.xml")])),
      ("xl/workbook.xml", workbook()),
      ("xl/_rels/workbook.xml.rels", Self.relations(targets + [("styles", "styles.xml")])),
      ("xl/styles.xml", styles.xml()),
    ]
    for (name, content) in first + parts { try zip.add(name, Array(content.utf8)) }
    return zip.finish()
  }

  private static func relations(_ targets: [(type: String, target: String)]) -> String {
    var out = head + "<Relationships xmlns=\"\(package)/relationships\">"
    for (i, (type, target)) in targets.enumerated() {
      out += "<Relationship Id=\"rId\(i + 1)\" Type=\"\(office)/\(type)\" Target=\"\(target)\"/>"
    }
    return out + "</Relationships>"
  }

  private func contentTypes() -> String {
    let office = "application/vnd.openxmlformats-officedocument"
    let spreadsheet = office + ".spreadsheetml."
    var out = Self.head + "<Types xmlns=\"\(Self.package)/content-types\">"
    out += "<Default Extension=\"rels\" "
    out += "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    out += "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    out += "<Default Extension=\"vml\" ContentType=\"\(office).vmlDrawing\"/>"
    var parts = [("workbook", "sheet.main"), ("styles", "styles")]
    for (i, sheet) in sheets.enumerated() {
      parts.append(("worksheets/sheet\(i + 1)", "worksheet"))
      if !NotesPart(sheet).isEmpty { parts.append(("comments\(i + 1)", "comments")) }
    }
    for (part, type) in parts {
      out += "<Override PartName=\"/xl/\(part).xml\" ContentType=\"\(spreadsheet)\(type)+xml\"/>"
    }
    return out + "</Types>"
  }

  private func workbook() -> String {
    var out = Self.head + "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\">"
    // The first sheet in view is one that can be seen.
    let active = sheets.firstIndex { !$0.isHidden } ?? 0
    out += "<bookViews><workbookView activeTab=\"\(active)\"/></bookViews><sheets>"
    for (i, name) in names.enumerated() {
      let hidden = sheets[i].isHidden && i != active ? " state=\"hidden\"" : ""
      out += "<sheet name=\"\(Self.escaped(name))\" sheetId=\"\(i + 1)\"\(hidden) "
      out += "r:id=\"rId\(i + 1)\"/>"
    }
    out += "</sheets>"
    let titles = sheets.enumerated().compactMap { i, sheet in
      PrintPart(sheet)?.titles(sheet: i, name: names[i])
    }
    if !titles.isEmpty { out += "<definedNames>\(titles.joined())</definedNames>" }
    return out + "</workbook>"
  }

  /// Text inside XML: what XML cannot hold is written as Open XML escapes it.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\n", "\t": out.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}":
        let hex = String(scalar.value, radix: 16, uppercase: true)
        out += "_x" + String(repeating: "0", count: 4 - hex.count) + hex + "_"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// Names of tabs that Excel takes: 31 characters, none of `[]:*?/\`, no two alike.
  private static func distinct(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.enumerated().map { i, name in
      var clean = String(name.map { "[]:*?/\\".contains($0) ? "-" : $0 })
      while clean.hasPrefix("'") { clean.removeFirst() }
      while clean.utf16.count > 31 { clean.removeLast() }
      while clean.hasSuffix("'") { clean.removeLast() }
      if clean.isEmpty { clean = "Feuille \(i + 1)" }
      var out = clean
      var n = 2
      while !taken.insert(out.lowercased()).inserted {
        let suffix = " (\(n))"
        var stem = clean
        while stem.utf16.count + suffix.utf16.count > 31 { stem.removeLast() }
        out = stem + suffix
        n += 1
      }
      return out
    }
  }
}
