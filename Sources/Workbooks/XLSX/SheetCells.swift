/// The cells of a worksheet while its part is read, whoever reads it: what a cell's attributes and
/// its value make of it.
struct SheetCells {
  /// What a cell says that it holds.
  enum Kind {
    case number, shared, string, inline, boolean, error, date

    @inline(__always)
    init(_ bytes: Span<UInt8>) {
      guard bytes.count > 0 else {
        self = .number
        return
      }
      switch (bytes[0], bytes.count) {
      case (0x73, 1): self = .shared
      case (0x73, 3): self = .string
      case (0x69, _): self = .inline
      case (0x62, 1): self = .boolean
      case (0x65, 1): self = .error
      case (0x64, 1): self = .date
      default: self = .number
      }
    }
  }

  /// The cells gathered.
  private(set) var builder: SheetBuilder
  /// Why reading must stop.
  private(set) var refusal: Refusal?
  private let strings: SharedStrings
  /// Where this sheet keeps each shared string that it uses: place plus one, or 0.
  private var placed: [UInt64]
  private let formats: [NumberFormat]
  private let isPlain: [Bool]
  private let isDate1904: Bool

  private var row = -1
  private var column = -1
  private var cellRow = 0
  /// Of the cell being read.
  var kind = Kind.number
  var style = 0
  var hasFormula = false
  private var value: [UInt8] = []
  private var scratch: [UInt8] = []

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

  /// Changes what is not cells.
  mutating func edit(_ body: (inout WorkbookSheet) -> Void) { builder.edit(body) }

  /// The cells, once.
  mutating func takeBuilder() -> SheetBuilder { builder }

  /// A place in the reading to return to.
  struct Mark {
    fileprivate var row: Int
    fileprivate var cells: SheetBuilder.Mark
  }

  @inline(__always)
  func mark() -> Mark { Mark(row: row, cells: builder.mark()) }

  mutating func returnTo(_ mark: Mark) {
    row = mark.row
    builder.returnTo(mark.cells)
  }

  // MARK: Rows and cells

  /// Begins a row; nil: the one after the last.
  @inline(__always)
  mutating func startRow(_ number: Int?, isHidden: Bool) {
    row = number ?? row + 1
    column = -1
    if isHidden {
      let row = row
      builder.edit { $0.hiddenRows.append(row..<row + 1) }
    }
  }

  /// Begins a cell, right of the last unless it says where.
  @inline(__always)
  mutating func startCell() {
    hasFormula = false
    kind = .number
    style = 0
    cellRow = max(row, 0)
    column += 1
  }

  @inline(__always)
  mutating func move(to place: (row: Int, column: Int)) {
    (cellRow, column) = place
  }

  /// Ends a cell without a value.
  @inline(__always)
  mutating func noteEmpty() {
    guard hasFormula, kind != .string, kind != .inline else { return }
    let place = (row: cellRow, column: column)
    builder.edit { if $0.uncomputed.count < 1_000_000 { $0.uncomputed.append(place) } }
  }

  /// Ends a cell with a value whose entities are yet to be decoded; false when it is not UTF-8 or
  /// has an entity that is none of XML's own.
  mutating func take(_ bytes: Span<UInt8>, decoding: Bool) -> Bool {
    value.removeAll(keepingCapacity: true)
    guard PlainText.append(bytes, decoding: decoding, to: &value) else { return false }
    var whole: [UInt8] = []
    swap(&whole, &value)
    endCell(whole.span)
    swap(&whole, &value)
    return true
  }

  /// Ends a cell with its value.
  @inline(__always)
  mutating func endCell(_ bytes: Span<UInt8>) {
    do throws(Refusal) {
      try end(bytes)
    } catch {
      refusal = refusal ?? error
    }
  }

  @inline(__always)
  private mutating func end(_ bytes: Span<UInt8>) throws(Refusal) {
    switch kind {
    case .shared: try addShared(bytes)
    case .number:
      if style >= isPlain.count || isPlain[style] {
        if try builder.addNumber(row: cellRow, column: column, bytes) { return }
      }
      try addFormatted(bytes)
    case .string, .inline:
      if EscapedText.isPlain(bytes) {
        try builder.add(row: cellRow, column: column, kind: .text, text: bytes)
      } else {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(bytes)
        EscapedText.decode(&scratch)
        try addScratch(.text)
      }
    case .boolean:
      let isTrue = bytes.count == 1 && bytes[0] == 0x31 || bytes[0] | 0x20 == 0x74
      try builder.addBoolean(row: cellRow, column: column, isTrue)
    case .error: try builder.add(row: cellRow, column: column, kind: .error, text: bytes)
    case .date:
      var raw: [UInt8] = []
      raw.append(bytes)
      let format = style < formats.count ? formats[style] : .general
      try addScratch(ISOCell.render(raw, format, isDate1904: isDate1904, into: &scratch))
    }
  }

  private mutating func addFormatted(_ bytes: Span<UInt8>) throws(Refusal) {
    var raw: [UInt8] = []
    raw.append(bytes)
    let format = style < formats.count ? formats[style] : .general
    let kind = NumberCell.render(raw, format, isDate1904: isDate1904, into: &scratch)
    try addScratch(kind)
  }

  private mutating func addScratch(_ kind: CellKind) throws(Refusal) {
    try builder.add(row: cellRow, column: column, kind: kind, text: scratch)
  }

  @inline(__always)
  private mutating func addShared(_ bytes: Span<UInt8>) throws(Refusal) {
    var index = 0
    for i in 0..<bytes.count {
      let byte = bytes[i]
      if byte == 0x20 || byte == 0x0A { continue }
      let digit = byte &- 0x30
      guard digit <= 9, index < 1 << 40 else { throw Self.noString }
      index = index * 10 + Int(digit)
    }
    guard index < placed.count else { throw Self.noString }
    let range = strings.range(index)
    if range.isEmpty { return }
    if placed[index] == 0 {
      let texts = strings.bytes
      let start = try builder.place(texts.span.extracting(range))
      placed[index] = UInt64(start) + 1
    }
    try builder.add(
      row: cellRow, column: column, kind: .text, start: UInt32(placed[index] - 1),
      length: UInt32(range.count))
  }

  private static let noString = Refusal.damaged(
    fr: "une cellule renvoie à un texte qui n’existe pas",
    en: "a cell names a text that is not there")
}
