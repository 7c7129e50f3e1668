/// The looks that cells use, each once.
struct StyleSheet {
  private struct Key: Hashable {
    var look: WorkbookWriter.Look
    var isDate: Bool
  }

  private var keys: [Key] = [Key(look: WorkbookWriter.Look(), isDate: false)]
  private var places: [Key: Int] = [Key(look: WorkbookWriter.Look(), isDate: false): 0]

  /// The number of a look.
  mutating func number(_ look: WorkbookWriter.Look, isDate: Bool) -> Int {
    let key = Key(look: look, isDate: isDate)
    if let place = places[key] { return place }
    keys.append(key)
    places[key] = keys.count - 1
    return keys.count - 1
  }

  /// The part of styles.
  func xml() -> String {
    var fills: [String] = []
    var dayFormats: [String] = []
    var formats = ""
    for key in keys {
      var fill = 0
      if let colour = Self.colour(key.look.fill) {
        if !fills.contains(colour) { fills.append(colour) }
        fill = 2 + (fills.firstIndex(of: colour) ?? 0)
      }
      // 14: the reader's own date; 49: text.
      var format = key.isDate ? 14 : key.look.isLiteral ? 49 : 0
      if key.isDate, let own = key.look.dayFormat {
        if !dayFormats.contains(own) { dayFormats.append(own) }
        // Numbers below 164 are the formats that every program knows.
        format = 164 + (dayFormats.firstIndex(of: own) ?? 0)
      }
      formats += "<xf numFmtId=\"\(format)\" fontId=\"\(key.look.isBold ? 1 : 0)\" "
      formats += "fillId=\"\(fill)\" borderId=\"\(key.look.hasBorder ? 1 : 0)\" xfId=\"0\""
      if format > 0 { formats += " applyNumberFormat=\"1\"" }
      if key.look.isBold { formats += " applyFont=\"1\"" }
      if fill > 0 { formats += " applyFill=\"1\"" }
      if key.look.hasBorder { formats += " applyBorder=\"1\"" }
      formats += Self.alignment(key.look)
    }
    var out = XLSXWriter.head + "<styleSheet xmlns=\"\(XLSXWriter.main)\">"
    if !dayFormats.isEmpty {
      out += "<numFmts count=\"\(dayFormats.count)\">"
      for (i, format) in dayFormats.enumerated() {
        let code = XLSXWriter.escaped(format)
        out += "<numFmt numFmtId=\"\(164 + i)\" formatCode=\"\(code)\"/>"
      }
      out += "</numFmts>"
    }
    let font = "<sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/>"
    out += "<fonts count=\"2\"><font>\(font)</font><font><b/>\(font)</font></fonts>"
    out += "<fills count=\"\(2 + fills.count)\"><fill><patternFill patternType=\"none\"/></fill>"
    out += "<fill><patternFill patternType=\"gray125\"/></fill>"
    for colour in fills {
      out += "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF\(colour)\"/>"
      out += "<bgColor indexed=\"64\"/></patternFill></fill>"
    }
    out += "</fills><borders count=\"2\">"
    out += "<border><left/><right/><top/><bottom/><diagonal/></border><border>"
    for side in ["left", "right", "top", "bottom"] {
      out += "<\(side) style=\"thin\"><color rgb=\"FF999999\"/></\(side)>"
    }
    out += "<diagonal/></border></borders><cellStyleXfs count=\"1\">"
    out += "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    out += "<cellXfs count=\"\(keys.count)\">\(formats)</cellXfs><cellStyles count=\"1\">"
    out += "<cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    return out
  }

  private static func alignment(_ look: WorkbookWriter.Look) -> String {
    guard look.wraps || look.isCentred || look.isUpright || look.isMiddle else { return "/>" }
    var out = " applyAlignment=\"1\"><alignment"
    if look.isCentred { out += " horizontal=\"center\"" }
    let vertical = look.isMiddle ? "center" : look.isUpright ? "bottom" : "top"
    out += " vertical=\"\(vertical)\""
    if look.isUpright { out += " textRotation=\"90\"" }
    if look.wraps { out += " wrapText=\"1\"" }
    return out + "/></xf>"
  }

  private static func colour(_ text: String?) -> String? {
    guard let text, text.utf8.count == 6, UInt32(text, radix: 16) != nil else { return nil }
    return text.uppercased()
  }
}
