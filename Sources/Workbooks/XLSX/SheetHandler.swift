/// Reads the part of a worksheet.
final class SheetHandler: XMLHandler {
  private var builder: SheetBuilder
  private let strings: SharedStrings
  /// Where this sheet keeps each shared string that it uses: place plus one, or 0.
  private var placed: [UInt64]
  private let formats: [NumberFormat]
  private let isPlain: [Bool]
  private let isDate1904: Bool

  private enum Kind {
    case number, shared, string, inline, boolean, error, date
  }

  private var row = -1
  private var column = -1
  private var cellRow = 0
  private var kind = Kind.number
  private var style = 0
  private var value: [UInt8] = []
  private var scratch: [UInt8] = []
  private var inCell = false
  private var inPhonetic = false
  private var hasFormula = false
  private var hidesRowsByDefault = false

  init(
    _ builder: SheetBuilder, strings: SharedStrings, formats: [NumberFormat], isDate1904: Bool
  ) {
    self.builder = builder
    self.strings = strings
    self.formats = formats
    self.isDate1904 = isDate1904
    isPlain = formats.map(\.isPlain)
    placed = [UInt64](repeating: 0, count: strings.count)
  }

  /// The cells gathered; call once, at the end.
  func takeBuilder() -> SheetBuilder { builder }

  override func start(
    _ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes
  ) throws(Refusal) {
    guard space == .spreadsheet || space == .none else { return }
    switch name {
    case .c: try startCell(attributes)
    case .v:
      guard inCell else { return }
      value.removeAll(keepingCapacity: true)
      wantsText = true
    case .f: hasFormula = inCell
    case .t: wantsText = inCell && !inPhonetic
    case .is: value.removeAll(keepingCapacity: true)
    case .rPh: inPhonetic = true
    case .row: try startRow(attributes)
    case .mergeCell:
      if let range = attributes.string(.ref).flatMap(CellReference.range) {
        builder.edit { if $0.merges.count < 1_000_000 { $0.merges.append(range) } }
      }
    case .col: startColumns(attributes)
    default: break
    }
  }

  private func startRow(_ attributes: XMLAttributes) throws(Refusal) {
    row += 1
    column = -1
    for i in 0..<attributes.count {
      switch attributes.name(i) {
      case .r:
        guard let number = attributes.integer(i), number > 0, number <= Bound.rows else {
          throw SheetBuilder.outside
        }
        row = number - 1
      case .hidden:
        if attributes.isTrue(i) {
          let row = row
          builder.edit { $0.hiddenRows.append(row..<row + 1) }
        }
      default: break
      }
    }
  }

  private func startColumns(_ attributes: XMLAttributes) {
    var first = 0
    var last = 0
    var hidden = false
    for i in 0..<attributes.count {
      switch attributes.name(i) {
      case .min: first = attributes.integer(i) ?? 0
      case .max: last = attributes.integer(i) ?? 0
      case .hidden: hidden = attributes.isTrue(i)
      default: break
      }
    }
    guard hidden, first > 0, first <= last, last <= Bound.columns else { return }
    builder.edit {
      if $0.hiddenColumns.count < 100_000 { $0.hiddenColumns.append(first - 1..<last) }
    }
  }

  private func startCell(_ attributes: XMLAttributes) throws(Refusal) {
    inCell = true
    hasFormula = false
    kind = .number
    style = 0
    cellRow = max(row, 0)
    column += 1
    value.removeAll(keepingCapacity: true)
    for i in 0..<attributes.count {
      switch attributes.name(i) {
      case .r:
        guard let place = attributes.withBytes(i, CellReference.place) else {
          throw SheetBuilder.outside
        }
        (cellRow, column) = place
      case .s: style = attributes.integer(i) ?? 0
      case .t: kind = Self.kind(attributes, i)
      default: break
      }
    }
  }

  @inline(__always)
  private static func kind(_ attributes: XMLAttributes, _ i: Int) -> Kind {
    attributes.withBytes(i) { bytes in
      guard bytes.count > 0 else { return .number }
      switch (bytes[0], bytes.count) {
      case (0x73, 1): return .shared
      case (0x73, 3): return .string
      case (0x69, _): return .inline
      case (0x62, 1): return .boolean
      case (0x65, 1): return .error
      case (0x64, 1): return .date
      default: return .number
      }
    }
  }

  override func text(_ bytes: Span<UInt8>) throws(Refusal) {
    guard value.count + bytes.count <= Bound.textBytes else { throw SheetBuilder.full }
    value.append(bytes)
  }

  override func end(_ name: XMLName, _ space: XMLNamespace) throws(Refusal) {
    guard space == .spreadsheet || space == .none else { return }
    switch name {
    case .v, .t: wantsText = false
    case .rPh: inPhonetic = false
    case .c:
      inCell = false
      try endCell()
    default: break
    }
  }

  private func endCell() throws(Refusal) {
    if value.isEmpty {
      if hasFormula, kind != .string, kind != .inline { noteUncomputed() }
      return
    }
    switch kind {
    case .shared: try addShared()
    case .number:
      let plain = style >= isPlain.count || isPlain[style]
      if plain, NumberCell.isCanonical(value) {
        try builder.add(row: cellRow, column: column, kind: .number, text: value)
      } else {
        let format = style < formats.count ? formats[style] : .general
        let kind = NumberCell.render(value, format, isDate1904: isDate1904, into: &scratch)
        try builder.add(row: cellRow, column: column, kind: kind, text: scratch)
      }
    case .string, .inline:
      EscapedText.decode(&value)
      try builder.add(row: cellRow, column: column, kind: .text, text: value)
    case .boolean:
      let isTrue = value == [0x31] || value.first.map { $0 | 0x20 == 0x74 } ?? false
      scratch = Array((isTrue ? "TRUE" : "FALSE").utf8)
      try builder.add(row: cellRow, column: column, kind: .boolean, text: scratch)
    case .error: try builder.add(row: cellRow, column: column, kind: .error, text: value)
    case .date:
      let format = style < formats.count ? formats[style] : .general
      let kind = ISOCell.render(value, format, isDate1904: isDate1904, into: &scratch)
      try builder.add(row: cellRow, column: column, kind: kind, text: scratch)
    }
  }

  private func addShared() throws(Refusal) {
    var index = 0
    for byte in value {
      let digit = byte &- 0x30
      if byte == 0x20 || byte == 0x0A { continue }
      guard digit <= 9, index < 1 << 40 else { throw Self.noString }
      index = index * 10 + Int(digit)
    }
    guard index < placed.count else { throw Self.noString }
    let range = strings.range(index)
    if range.isEmpty { return }
    if placed[index] == 0 {
      let (start, _) = try builder.place(strings.bytes[range])
      placed[index] = UInt64(start) + 1
    }
    try builder.add(
      row: cellRow, column: column, kind: .text, start: UInt32(placed[index] - 1),
      length: UInt32(range.count))
  }

  private static let noString = Refusal.damaged(
    fr: "une cellule renvoie à un texte qui n’existe pas",
    en: "a cell names a text that is not there")

  private func noteUncomputed() {
    let place = (row: cellRow, column: column)
    builder.edit { if $0.uncomputed.count < 1_000_000 { $0.uncomputed.append(place) } }
  }
}
