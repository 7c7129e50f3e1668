/// The texts that the sheets of a workbook share, by number, over one array of UTF-8.
struct SharedStrings {
  private(set) var bytes: [UInt8] = []
  private(set) var ends: [UInt32] = []

  var count: Int { ends.count }

  /// Adds a text, as its file writes it.
  @inline(__always)
  mutating func append(_ text: Span<UInt8>) throws(Refusal) {
    guard bytes.count + text.count <= Bound.arenaBytes else { throw SheetBuilder.full }
    if EscapedText.isPlain(text) {
      bytes.append(text)
    } else {
      var decoded: [UInt8] = []
      decoded.append(text)
      EscapedText.decode(&decoded)
      bytes.append(contentsOf: decoded)
    }
    ends.append(UInt32(bytes.count))
  }

  /// Where text number `i` stands in `bytes`.
  @inline(__always)
  func range(_ i: Int) -> Range<Int> {
    (i == 0 ? 0 : Int(ends[i - 1]))..<Int(ends[i])
  }
}

/// Reads the part of shared strings: runs of rich text are joined, phonetic text is left out.
final class SharedStringsHandler: XMLHandler, ItemHandler {
  private(set) var table = SharedStrings()
  private var value: [UInt8] = []
  private var inPhonetic = false

  static let itemTag: [UInt8] = Array("<si".utf8)
  static let parents: [XMLName] = [.sst]

  func readItems(
    _ piece: Span<UInt8>
  ) throws(Refusal) -> (next: Int, ItemScanner.Outcome) {
    try ItemScanner.readStrings(piece, into: &table)
  }

  override func start(
    _ name: XMLName, _ space: XMLNamespace, _ attributes: XMLAttributes
  ) throws(Refusal) {
    switch name {
    case .t: wantsText = !inPhonetic
    case .rPh: inPhonetic = true
    case .si: value.removeAll(keepingCapacity: true)
    default: break
    }
  }

  override func text(_ bytes: Span<UInt8>) throws(Refusal) {
    guard value.count + bytes.count <= Bound.textBytes else { throw SheetBuilder.full }
    value.append(bytes)
  }

  override func end(_ name: XMLName, _ space: XMLNamespace) throws(Refusal) {
    switch name {
    case .t: wantsText = false
    case .rPh: inPhonetic = false
    case .si:
      let text = value
      try table.append(text.span)
    default: break
    }
  }
}

extension ItemScanner {
  /// Reads whole texts without runs from the start; the place of the first byte not read, and why.
  fileprivate static func readStrings(
    _ s: Span<UInt8>, into table: inout SharedStrings
  ) throws(Refusal) -> (next: Int, Outcome) {
    var scanner = ItemScanner()
    var decoded: [UInt8] = []
    var next = 0
    while true {
      let text: Text
      do throws(Stop) {
        text = try scanner.sharedText(s)
      } catch {
        return (next, error == .odd ? .odd : .incomplete)
      }
      if text.hasEntities || text.hasHighBytes {
        decoded.removeAll(keepingCapacity: true)
        guard
          PlainText.append(
            s.extracting(text.range), decoding: text.hasEntities, to: &decoded)
        else {
          return (next, .odd)
        }
        try table.append(decoded.span)
      } else {
        try table.append(s.extracting(text.range))
      }
      next = scanner.at
    }
  }

  @inline(__always)
  private mutating func sharedText(_ s: Span<UInt8>) throws(Stop) -> Text {
    try skipBlanks(s)
    try expect(s, "<si><t")
    guard try attributes(s, { (_, _) in }) == .open else {
      try expect(s, "</si>")
      return Text(range: 0..<0)
    }
    let text = try text(s)
    try expect(s, "</t></si>")
    return text
  }
}
