import Columns

/// Gives each distinct run of bytes one code, in order of first appearance, without a `String`
/// a cell. Open addressing over the bytes of the entries.
struct ByteInterner: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var offsets: [Int] = [0]
  private var hashes: [UInt64] = []
  /// Code + 1 of the entry in each slot; 0 when empty. A power of two in length.
  private var slots = [Int32](repeating: 0, count: 64)
  private let seed = UInt64.random(in: 1 ... .max)
  private var last: Int32 = -1

  init() {}

  /// Starts from entries that are known to differ. They are hashed when one is looked for.
  init(bytes: [UInt8], offsets: [Int]) {
    self.bytes = bytes
    self.offsets = offsets
  }

  var count: Int { offsets.count - 1 }

  /// The entries, one for each code.
  var lexicon: Lexicon { Lexicon(bytes: bytes, offsets: offsets) }

  func range(_ code: Int32) -> Range<Int> { offsets[Int(code)]..<offsets[Int(code) + 1] }

  func string(_ code: Int32) -> String {
    String(decoding: bytes[range(code)], as: UTF8.self)
  }

  /// Whether an entry fulfils a condition.
  func contains(where fulfils: (ArraySlice<UInt8>) -> Bool) -> Bool {
    (0..<count).contains { fulfils(bytes[offsets[$0]..<offsets[$0 + 1]]) }
  }

  mutating func code(_ text: String) -> Int32 {
    let copy = Array(text.utf8)
    return code(copy.span, 0..<copy.count)
  }

  /// The code of the bytes of `s` in `range`, new if they were not met before.
  mutating func code(_ s: Span<UInt8>, _ range: Range<Int>) -> Int32 {
    // Sheets are sorted more often than not: the cell above is the likeliest match.
    if last >= 0, Cells.equal(s, range, bytes.span, self.range(last)) { return last }
    if hashes.count < count { hashAll() }
    let h = hash(s, range)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: h) & mask
    while slots[slot] != 0 {
      let code = slots[slot] - 1
      if hashes[Int(code)] == h, Cells.equal(s, range, bytes.span, self.range(code)) {
        last = code
        return code
      }
      slot = (slot + 1) & mask
    }
    let code = Int32(count)
    for i in range { bytes.append(s[i]) }
    offsets.append(bytes.count)
    hashes.append(h)
    slots[slot] = code + 1
    if count * 2 > slots.count { grow() }
    last = code
    return code
  }

  /// Eight bytes a step; the last step takes the bytes that are left.
  private func hash(_ s: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
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
      h ^= h >> 32
    }
    return h
  }

  /// Numbers the entries anew in the order of some codes, which are changed with them; entries that
  /// none of these names are dropped.
  mutating func reorder(_ codes: inout [Int32]) {
    var out = ByteInterner()
    var new = [Int32](repeating: -1, count: count)
    for i in codes.indices where codes[i] >= 0 {
      let old = Int(codes[i])
      if new[old] < 0 { new[old] = out.code(bytes.span, range(codes[i])) }
      codes[i] = new[old]
    }
    self = out
  }

  private mutating func hashAll() {
    let entries = bytes
    let new = (hashes.count..<count).map { hash(entries.span, range(Int32($0))) }
    hashes += new
    var size = slots.count
    while size < count * 2 { size *= 4 }
    place(in: size)
  }

  private mutating func grow() { place(in: slots.count * 4) }

  private mutating func place(in size: Int) {
    slots = [Int32](repeating: 0, count: size)
    let mask = slots.count - 1
    for (code, h) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: h) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(code) + 1
    }
  }
}
