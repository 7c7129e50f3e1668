/// The texts that the sheets of a workbook share, by number, over one array of UTF-8.
struct SharedStrings {
  fileprivate(set) var bytes: [UInt8] = []
  fileprivate(set) var ends: [UInt32] = []

  var count: Int { ends.count }

  /// Where text number `i` stands in `bytes`.
  @inline(__always)
  func range(_ i: Int) -> Range<Int> {
    (i == 0 ? 0 : Int(ends[i - 1]))..<Int(ends[i])
  }
}

/// Reads the part of shared strings: runs of rich text are joined, phonetic text is left out.
final class SharedStringsHandler: XMLHandler {
  private(set) var table = SharedStrings()
  private var value: [UInt8] = []
  private var inPhonetic = false

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
      EscapedText.decode(&value)
      guard table.bytes.count + value.count <= Bound.arenaBytes else { throw SheetBuilder.full }
      table.bytes.append(contentsOf: value)
      table.ends.append(UInt32(table.bytes.count))
    default: break
    }
  }
}
