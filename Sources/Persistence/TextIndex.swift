import Columns

/// The entries of a domain and a way to find the code of a text: open addressing over the bytes.
struct TextIndex {
  private(set) var bytes: [UInt8]
  private(set) var offsets: [Int]
  private var hashes: [UInt32] = []
  /// Code + 1 of the entry in each slot; 0 when empty. A power of two in length.
  private var slots: [Int32] = []
  private let seed = UInt64.random(in: 1 ... .max)

  init(_ lexicon: Lexicon) {
    bytes = lexicon.bytes
    offsets = lexicon.offsets
    hashes.reserveCapacity(lexicon.count)
    for code in 0..<lexicon.count {
      let h = hash(lexicon.bytes.span, lexicon.offsets[code]..<lexicon.offsets[code + 1])
      hashes.append(h)
    }
    place()
  }

  var count: Int { offsets.count - 1 }

  var lexicon: Lexicon { Lexicon(bytes: bytes, offsets: offsets) }

  /// The code of the bytes of `s` in `range`, new if they were not met before.
  mutating func code(_ s: Span<UInt8>, _ range: Range<Int>) -> Int32 {
    let h = hash(s, range)
    let (slot, found) = find(s, range, h)
    if let found { return found }
    let code = Int32(count)
    slots[slot] = code + 1
    hashes.append(h)
    for p in range { bytes.append(s[p]) }
    offsets.append(bytes.count)
    if count * 2 > slots.count { place() }
    return code
  }

  private func find(
    _ s: Span<UInt8>, _ range: Range<Int>, _ h: UInt32
  ) -> (slot: Int, code: Int32?) {
    let mask = slots.count - 1
    var slot = Int(h) & mask
    let own = bytes.span
    while slots[slot] != 0 {
      let code = Int(slots[slot]) - 1
      if hashes[code] == h, isEqual(s, range, own, offsets[code]..<offsets[code + 1]) {
        return (slot, Int32(code))
      }
      slot = (slot + 1) & mask
    }
    return (slot, nil)
  }

  /// The code of a text that was met before.
  func known(_ text: String) -> Int32? {
    if slots.isEmpty { return nil }
    let copy = Array(text.utf8)
    return find(copy.span, 0..<copy.count, hash(copy.span, 0..<copy.count)).code
  }

  /// The code of a text, new if it was not met before.
  mutating func code(_ text: String) -> Int32 {
    let copy = Array(text.utf8)
    return code(copy.span, 0..<copy.count)
  }

  private func isEqual(
    _ a: Span<UInt8>, _ x: Range<Int>, _ b: Span<UInt8>, _ y: Range<Int>
  ) -> Bool {
    guard x.count == y.count else { return false }
    for i in 0..<x.count where a[x.lowerBound + i] != b[y.lowerBound + i] { return false }
    return true
  }

  private func hash(_ s: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    var h = seed ^ UInt64(range.count)
    var i = range.lowerBound
    while i < range.upperBound {
      let end = min(i + 8, range.upperBound)
      var word: UInt64 = 0
      while i < end {
        word = word << 8 | UInt64(s[i])
        i += 1
      }
      h = (h ^ word) &* 0x9E37_79B9_7F4A_7C15
      h ^= h >> 29
    }
    return UInt32(truncatingIfNeeded: h ^ h >> 32)
  }

  private mutating func place() {
    var size = max(slots.count, 64)
    while size < count * 4 { size *= 2 }
    slots = [Int32](repeating: 0, count: size)
    for (code, h) in hashes.enumerated() {
      var slot = Int(h) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(code) + 1
    }
  }
}
