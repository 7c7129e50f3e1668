extension ItemScanner {
  /// Reads whole rows from the start; the place of the first byte not read, and why.
  static func readRows(
    _ s: Span<UInt8>, into cells: inout SheetCells
  ) throws(Refusal) -> (next: Int, Outcome) {
    var scanner = ItemScanner()
    var next = 0
    while true {
      scanner.at = next
      let mark = cells.mark()
      do throws(Stop) {
        try scanner.skipBlanks(s)
        try scanner.row(s, &cells)
        next = scanner.at
      } catch {
        cells.returnTo(mark)
        return (next, error == .odd ? .odd : .incomplete)
      }
      if let refusal = cells.refusal { throw refusal }
    }
  }

  private mutating func row(_ s: Span<UInt8>, _ cells: inout SheetCells) throws(Stop) {
    try expect(s, 0x3C)
    try expect(s, 0x72)
    try expect(s, 0x6F)
    try expect(s, 0x77)
    var number: Int?
    var isHidden = false
    let end = try attributes(s) { (name, value) throws(Stop) in
      if name.count == 1, s[name.lowerBound] == 0x72 {
        guard let n = Self.integer(s, value), n > 0, n <= Bound.rows else { throw .odd }
        number = n - 1
      } else if name.count == 6, Self.matches(s, name, "hidden") {
        isHidden = Self.isTrue(s, value)
      }
    }
    cells.startRow(number, isHidden: isHidden)
    guard end == .open else { return }
    while true {
      try skipBlanks(s)
      try expect(s, 0x3C)
      if try peek(s) == 0x2F {
        try expect(s, "/row>")
        return
      }
      try expect(s, 0x63)
      try cell(s, &cells)
    }
  }

  @inline(__always)
  private mutating func cell(_ s: Span<UInt8>, _ cells: inout SheetCells) throws(Stop) {
    cells.startCell()
    let end = try attributes(s) { (name, value) throws(Stop) in
      guard name.count == 1 else { return }
      switch s[name.lowerBound] {
      case 0x72:
        guard let place = CellReference.place(s.extracting(value)) else { throw .odd }
        cells.move(to: place)
      case 0x73: cells.style = Self.integer(s, value) ?? 0
      case 0x74: cells.kind = SheetCells.Kind(s.extracting(value))
      default: break
      }
    }
    guard end == .open else { return }
    var text: Text?
    while true {
      try skipBlanks(s)
      try expect(s, 0x3C)
      switch try peek(s) {
      case 0x76:
        at += 1
        guard text == nil else { throw .odd }
        if try peek(s) == 0x2F {
          try expect(s, "/>")
          continue
        }
        try expect(s, 0x3E)
        text = try self.text(s)
        try expect(s, "</v>")
      case 0x66:
        at += 1
        cells.hasFormula = true
        guard try attributes(s, { (_, _) in }) == .open else { continue }
        _ = try self.text(s)
        try expect(s, "</f>")
      case 0x69:
        guard text == nil else { throw .odd }
        text = try inlineText(s)
      default:
        try expect(s, "/c>")
        guard let text, !text.range.isEmpty else {
          cells.noteEmpty()
          return
        }
        if text.hasEntities || text.hasHighBytes {
          guard cells.take(s.extracting(text.range), decoding: text.hasEntities) else {
            throw .odd
          }
        } else {
          cells.endCell(s.extracting(text.range))
        }
        return
      }
    }
  }

  private mutating func inlineText(_ s: Span<UInt8>) throws(Stop) -> Text? {
    try expect(s, "is><t")
    guard try attributes(s, { (_, _) in }) == .open else {
      try expect(s, "</is>")
      return nil
    }
    let text = try text(s)
    try expect(s, "</t></is>")
    return text
  }
}
