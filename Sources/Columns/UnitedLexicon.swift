/// A lexicon made of others, in which equal entries have one code: how the columns of one domain,
/// read apart, come to agree.
package struct UnitedLexicon: Sendable {
  /// All entries met so far.
  package private(set) var lexicon = Lexicon()
  /// Open addressing, a power of two of slots, at most half of them taken; -1 is empty.
  private var slots: [Int32] = []
  /// How many entries have a slot: those that come are looked for in order before any is hashed.
  private var hashed = 0

  /// An empty lexicon.
  package init() {}

  /// A column's codes in this lexicon, which takes in the entries that are new.
  package mutating func united(_ codes: consuming [Int32], _ other: Lexicon) -> [Int32] {
    // The first column of a domain brings the lexicon itself.
    if lexicon.count == 0 {
      lexicon = other
      return codes
    }
    if other.offsets == lexicon.offsets, other.bytes == lexicon.bytes { return codes }
    let map = numbers(of: other)
    if map.enumerated().allSatisfy({ $0.element == Int32($0.offset) }) { return codes }
    var out = codes.mutableSpan
    let numbers = map.span
    for i in out.indices where out[i] >= 0 { out[i] = numbers[Int(out[i])] }
    return codes
  }

  /// The code of each entry of another lexicon.
  ///
  /// Two columns of one domain come mostly in one order: the next entry is looked for a few places
  /// on from the last, and by its hash only when it is not there.
  private mutating func numbers(of other: Lexicon) -> [Int32] {
    var out: [Int32] = []
    out.reserveCapacity(other.count)
    var next = 0
    for i in 0..<other.count {
      let code =
        (next..<min(next + 4, lexicon.count)).first { isEqual($0, other, i) }
        ?? number(of: other, i)
      out.append(Int32(code))
      next = code + 1
    }
    return out
  }

  private func isEqual(_ code: Int, _ other: Lexicon, _ i: Int) -> Bool {
    let (own, more) = (lexicon.bytes.span, other.bytes.span)
    let (start, from) = (lexicon.offsets[code], other.offsets[i])
    let count = other.offsets[i + 1] - from
    guard lexicon.offsets[code + 1] - start == count else { return false }
    for j in 0..<count where own[start + j] != more[from + j] { return false }
    return true
  }

  /// The code of an entry by its hash, new if it was not met before.
  private mutating func number(of other: Lexicon, _ i: Int) -> Int {
    hashAll()
    let bytes = other.bytes[other.offsets[i]..<other.offsets[i + 1]]
    var slot = UnitedLexicon.hash(bytes) & (slots.count - 1)
    while slots[slot] >= 0 {
      if isEqual(Int(slots[slot]), other, i) { return Int(slots[slot]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    lexicon.append(bytes: bytes)
    return lexicon.count - 1
  }

  /// Gives each entry its slot.
  private mutating func hashAll() {
    if lexicon.count * 2 > slots.count {
      var size = max(slots.count, 64)
      while size < lexicon.count * 3 { size *= 2 }
      slots = [Int32](repeating: -1, count: size)
      hashed = 0
    }
    while hashed < lexicon.count {
      let range = lexicon.offsets[hashed]..<lexicon.offsets[hashed + 1]
      var slot = UnitedLexicon.hash(lexicon.bytes[range]) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(hashed)
      hashed += 1
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
