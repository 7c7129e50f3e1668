/// Text of paragraphs: white space counts as one space, as in HTML (ODF 1.3 Part 3, 6.1.2).
struct ODFText {
  private(set) var bytes: [UInt8] = []
  private var paragraphs = 0
  private var afterSpace = true
  /// Whether the last space stands for white space with a line end in it.
  private var afterLine = false

  mutating func startParagraph() {
    if paragraphs > 0 { bytes.append(0x0A) }
    paragraphs += 1
    afterSpace = true
    afterLine = false
  }

  mutating func add(_ fixed: String) {
    bytes.append(contentsOf: fixed.utf8)
    afterSpace = false
    afterLine = false
  }

  mutating func add(_ piece: Span<UInt8>) throws(Refusal) {
    guard bytes.count + piece.count <= Bound.textBytes else { throw SheetBuilder.full }
    for i in 0..<piece.count {
      let byte = piece[i]
      if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        if !afterSpace {
          bytes.append(0x20)
          afterSpace = true
          afterLine = false
        }
        if byte == 0x0A { afterLine = true }
      } else {
        bytes.append(byte)
        afterSpace = false
        afterLine = false
      }
    }
  }

  /// Drops the space that stands for the indentation of the closing tag.
  mutating func endParagraph() {
    if afterSpace, afterLine, bytes.last == 0x20 { bytes.removeLast() }
  }
}

/// A cell of an OpenDocument table, as its tag and its paragraphs say.
struct ODFCell {
  var repeated = 1
  var rows = 1
  var columns = 1
  var style: String?
  var text = ODFText()
  private var type: String?
  private var value: String?
  private var isError = false
  private var hasFormula = false

  init() {}

  init(_ attributes: XMLAttributes) {
    for i in 0..<attributes.count {
      let (space, name) = attributes.nameAndSpace(i)
      switch name {
      case .numberColumnsRepeated: repeated = Self.count(attributes, i)
      case .numberColumnsSpanned: columns = Self.count(attributes, i)
      case .numberRowsSpanned: rows = Self.count(attributes, i)
      case .styleName: style = attributes.string(i)
      case .formula: hasFormula = true
      case .valueType:
        if space == .calcExtension {
          isError = attributes.string(i) == "error"
        } else {
          type = attributes.string(i)
        }
      case .value, .dateValue, .timeValue, .booleanValue, .stringValue:
        if space != .calcExtension { value = attributes.string(i) }
      default: break
      }
    }
  }

  private static func count(_ attributes: XMLAttributes, _ i: Int) -> Int {
    min(max(1, attributes.integer(i) ?? 1), 1 << 21)
  }

  var needsFormat: Bool { type != nil && type != "string" }

  /// Whether a formula stands here that no program has computed.
  var isUncomputed: Bool { hasFormula && type == nil && text.bytes.isEmpty }

  /// Writes the canonical text into `out` and says its kind; nil when the cell is empty.
  func render(_ format: NumberFormat, into out: inout [UInt8]) -> CellKind? {
    out = text.bytes
    if isError || hasFormula && Self.isErrorText(text.bytes) {
      return out.isEmpty ? nil : .error
    }
    guard let value, let type else {
      if type == nil, let value, out.isEmpty { out = Array(value.utf8) }
      return out.isEmpty ? nil : .text
    }
    switch type {
    case "float", "currency":
      return NumberCell.render(Array(value.utf8), format, isDate1904: false, into: &out)
    case "percentage":
      let known = format.isPlain ? Self.percent : format
      return NumberCell.render(Array(value.utf8), known, isDate1904: false, into: &out)
    case "date":
      guard let moment = Moment(value) else { return out.isEmpty ? nil : .text }
      return ISOCell.render(moment, format, into: &out)
    case "time": return time(value, format, into: &out)
    case "boolean":
      out = Array((value == "true" || value == "1" ? "TRUE" : "FALSE").utf8)
      return .boolean
    default:
      if out.isEmpty { out = Array(value.utf8) }
      return out.isEmpty ? nil : .text
    }
  }

  private func time(
    _ value: String, _ format: NumberFormat, into out: inout [UInt8]
  ) -> CellKind? {
    guard let (days, decimals) = Moment.duration(value) else { return out.isEmpty ? nil : .text }
    var shown: (text: String, kind: CellKind)?
    switch format.shape(of: days) {
    case .calendar(let hasDate, let hasTime, let seconds):
      shown = CellClock.render(
        serial: days, hasDate: hasDate, hasTime: hasTime, seconds: seconds, isDate1904: false,
        precision: 6)
    case .duration(let seconds):
      shown = CellClock.render(duration: days, seconds: seconds, precision: 6)
    default:
      shown = CellClock.render(
        serial: days, hasDate: false, hasTime: true, seconds: decimals, isDate1904: false,
        precision: 6)
    }
    shown = shown ?? CellClock.render(duration: days, seconds: decimals, precision: 6)
    guard let shown else { return out.isEmpty ? nil : .text }
    out = Array(shown.text.utf8)
    return shown.kind
  }

  private static let percent = NumberFormat(
    sections: [NumberFormat.Section(shape: .percent(least: 0, most: 13))])

  /// What older files show of a formula that failed, beside a value of zero.
  private static func isErrorText(_ text: [UInt8]) -> Bool {
    if text.starts(with: Array("Err:".utf8)) { return text.count <= 8 }
    guard text.first == 0x23, text.count <= 8 else { return false }
    return text.last == 0x21 || text.last == 0x3F || text == Array("#N/A".utf8)
  }
}
