/// A lexicon made of others, in which equal entries have one code: how the columns of one domain,
/// read apart, come to agree.
package struct UnitedLexicon: Sendable {
  /// All entries met so far.
  package private(set) var lexicon = Lexicon()
  /// Open addressing, a power of two of slots, at most half of them taken; -1 is empty.
  private var slots: [Int32] = []

  /// An empty lexicon.
  package init() {}

  /// A column's codes in this lexicon, which takes in the entries that are new.
  package mutating func united(_ codes: [Int32], _ other: Lexicon) -> [Int32] {
    // The first column of a domain brings the lexicon itself.
    let isFirst = lexicon.count == 0
    if isFirst { lexicon = other }
    let map = numbers(of: other, isFirst: isFirst)
    if map.enumerated().allSatisfy({ $0.element == Int32($0.offset) }) { return codes }
    return codes.map { $0 < 0 ? Column.missingCode : map[Int($0)] }
  }

  private mutating func numbers(of other: Lexicon, isFirst: Bool) -> [Int32] {
    if (lexicon.count + other.count) * 2 > slots.count {
      grow(to: (lexicon.count + (isFirst ? 0 : other.count)) * 2, skipping: isFirst)
    }
    return (0..<other.count).map { i in
      let bytes = other.bytes[other.offsets[i]..<other.offsets[i + 1]]
      var slot = UnitedLexicon.hash(bytes) & (slots.count - 1)
      while slots[slot] >= 0 {
        let code = Int(slots[slot])
        let known = lexicon.bytes[lexicon.offsets[code]..<lexicon.offsets[code + 1]]
        if known.elementsEqual(bytes) { return Int32(code) }
        slot = (slot + 1) & (slots.count - 1)
      }
      if isFirst {
        slots[slot] = Int32(i)
        return Int32(i)
      }
      slots[slot] = Int32(lexicon.count)
      lexicon.append(bytes: bytes, lengths: CollectionOfOne(bytes.count))
      return slots[slot]
    }
  }

  private mutating func grow(to least: Int, skipping isFirst: Bool) {
    var size = 64
    while size < least { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    if isFirst { return }
    for code in 0..<lexicon.count {
      let bytes = lexicon.bytes[lexicon.offsets[code]..<lexicon.offsets[code + 1]]
      var slot = UnitedLexicon.hash(bytes) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(code)
    }
  }

  /// FNV-1a, with a last mix so that low bits depend on all.
  private static func hash(_ bytes: ArraySlice<UInt8>) -> Int {
    var h: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { h = (h ^ UInt64(byte)) &* 0x100_0000_01b3 }
    h ^= h >> 32
    return Int(truncatingIfNeeded: h &* 0x9e37_79b9_7f4a_7c15 >> 20)
  }
}
