/// The bytes of a cell in two words: a text of at most 16 bytes is its own bytes, padded with
/// zeros (no cell holds a NUL). A longer text is where its bytes are, marked by a first byte that
/// UTF-8 never has.
struct Key {
  var low: UInt64
  var high: UInt64

  static let mark: UInt64 = 0xFF << 56

  var isLong: Bool { high >= Key.mark }

  /// The length of a short text.
  var shortCount: Int {
    high == 0 ? 8 - low.leadingZeroBitCount >> 3 : 16 - high.leadingZeroBitCount >> 3
  }
}

/// Where the search for a key begins, and how it goes on.
///
/// Identifiers often differ in their last two characters from the one before. These only move the
/// place, which the rest decides: such keys lie side by side, and so does what they are looked up
/// for next. Memory, not arithmetic, is what a large dictionary costs.
struct KeyPlace {
  var at: Int
  var step: Int

  @inline(__always)
  init(_ low: UInt64, _ high: UInt64, _ seeds: (UInt64, UInt64)) {
    let word = high == 0 ? low : high
    let last = UInt64(truncatingIfNeeded: 56 &- word.leadingZeroBitCount & 56)
    let before = last == 0 ? 0 : last &- 8
    let tail = (word &>> before) & 0xFFFF
    let rest = word & ~(0xFFFF &<< before)
    let product = (rest ^ seeds.0).multipliedFullWidth(by: (high == 0 ? 0 : low) ^ seeds.1)
    let h = product.high ^ product.low
    let digits = last == 0 ? tail & 0xFF : (tail & 0xF) &* 10 &+ (tail &>> 8)
    at = Int(truncatingIfNeeded: (h &>> 3) &+ digits)
    step = Int(truncatingIfNeeded: h &>> 32) | 1
  }
}

/// Looks for short texts in a table that does not change meanwhile.
///
/// Invariant of the unsafe code: `slots` are those of a table that lives, with its mask.
@unsafe struct KeyProbe {
  fileprivate var slots: UnsafeMutablePointer<KeyTable.Slot>
  fileprivate var mask: Int
  fileprivate var seeds: (UInt64, UInt64)
  var recent: Key
  var code: Int32

  /// The code of a short text, or the complement of the slot where it may go.
  @inline(__always)
  func find(low: UInt64, high: UInt64) -> Int {
    let place = unsafe KeyPlace(low, high, seeds)
    var at = unsafe place.at & mask
    while true {
      let slot = unsafe slots + at
      let code = unsafe slot.pointee.code
      if unsafe slot.pointee.low == low && slot.pointee.high == high && code != 0 {
        return Int(code) &- 1
      }
      if code == 0 { return ~at }
      at = unsafe (at &+ place.step) & mask
    }
  }
}

/// Gives each distinct text of a column one code, in order of first appearance: open addressing
/// over keys that lie in the slots themselves, so that a short text costs one line of memory.
///
/// Invariants of the unsafe code: `slots` has `mask + 1` initialised slots, a power of two, and
/// belongs to this object, which frees it; about half of them are empty, so that every
/// probe ends. One thread at a time writes; several may call `known`, which changes nothing.
/// Byte ranges that are passed in are read within their bounds only, but for `Text.word`, which
/// says what it needs.
@safe final class KeyTable: @unchecked Sendable {
  fileprivate struct Slot {
    var low: UInt64
    var high: UInt64
    /// The code + 1; 0 for an empty slot.
    var code: Int32
  }

  /// The entries by code; of long ones, the position in `arena` and the length.
  private(set) var keys: [Key] = []
  private(set) var arena: [UInt8] = []
  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int
  private let seeds = (UInt64.random(in: 1 ... .max), UInt64.random(in: 1 ... .max))

  init() {
    mask = 255
    unsafe slots = .allocate(capacity: 256)
    unsafe slots.initialize(repeating: Slot(low: 0, high: 0, code: 0), count: 256)
  }

  deinit { unsafe slots.deallocate() }

  var count: Int { keys.count }

  /// A way to look for short texts without touching the table's counts of references, and the text
  /// found last. To be made anew after each call of `code`.
  var probe: KeyProbe {
    unsafe KeyProbe(slots: slots, mask: mask, seeds: seeds, recent: Key(low: 0, high: 0), code: -1)
  }

  /// The code of a short text, new if it was not met before.
  func code(low: UInt64, high: UInt64) -> Int32 {
    let place = KeyPlace(low, high, seeds)
    var at = place.at & mask
    while true {
      let slot = unsafe slots[at]
      if slot.code == 0 { break }
      if slot.low == low, slot.high == high { return slot.code - 1 }
      at = (at &+ place.step) & mask
    }
    let code = Int32(keys.count)
    unsafe slots[at] = Slot(low: low, high: high, code: code + 1)
    keys.append(Key(low: low, high: high))
    if keys.count * 2 > mask { grow() }
    return code
  }

  /// Adds a short text that was not met before, in the slot where it was looked for last.
  func add(low: UInt64, high: UInt64, at slot: Int) -> Int32 {
    precondition(slot >= 0 && slot <= mask, "a slot of the table")
    let code = Int32(keys.count)
    unsafe slots[slot] = Slot(low: low, high: high, code: code + 1)
    keys.append(Key(low: low, high: high))
    if keys.count * 2 > mask { grow() }
    return code
  }

  /// The code of a short text if it was met before.
  func known(low: UInt64, high: UInt64) -> Int32? {
    let place = KeyPlace(low, high, seeds)
    var at = place.at & mask
    while true {
      let slot = unsafe slots[at]
      if slot.code == 0 { return nil }
      if slot.low == low, slot.high == high { return slot.code - 1 }
      at = (at &+ place.step) & mask
    }
  }

  /// The code of a text of any length but none, new if it was not met before.
  func code(_ text: UnsafeRawBufferPointer) -> Int32 {
    if text.count <= 16 {
      let (low, high) = unsafe KeyTable.words(text)
      return code(low: low, high: high)
    }
    let (hash, at, found) = unsafe probe(text)
    if let found { return found }
    let code = Int32(keys.count)
    let high = Key.mark | UInt64(text.count)
    unsafe slots[at] = Slot(low: hash, high: high, code: code + 1)
    keys.append(Key(low: UInt64(arena.count), high: high))
    unsafe arena.append(contentsOf: text)
    if keys.count * 2 > mask { grow() }
    return code
  }

  /// The code that another table's entry has here.
  func known(_ code: Int32, of other: KeyTable) -> Int32? {
    let key = other.keys[Int(code)]
    if !key.isLong { return known(low: key.low, high: key.high) }
    return unsafe other.arena.withUnsafeBytes { arena in
      let start = Int(key.low)
      let text = unsafe UnsafeRawBufferPointer(
        rebasing: arena[start..<start + Int(key.high & ~Key.mark)])
      return unsafe probe(text).found
    }
  }

  /// Appends the bytes of an entry.
  func append(_ code: Int32, to bytes: inout [UInt8]) {
    let key = keys[Int(code)]
    if key.isLong {
      let start = Int(key.low)
      bytes.append(contentsOf: arena[start..<start + Int(key.high & ~Key.mark)])
      return
    }
    let words = (key.low.littleEndian, key.high.littleEndian)
    unsafe withUnsafeBytes(of: words) { unsafe bytes.append(contentsOf: $0.prefix(key.shortCount)) }
  }

  /// A short text as two words.
  private static func words(_ text: UnsafeRawBufferPointer) -> (UInt64, UInt64) {
    var words: (UInt64, UInt64) = (0, 0)
    for i in 0..<text.count {
      let byte = UInt64(unsafe text[i])
      if i < 8 { words.0 |= byte << UInt64(8 * i) } else { words.1 |= byte << UInt64(8 * (i - 8)) }
    }
    return words
  }

  /// Looks for a long text: its hash, where it is or may go, and its code.
  private func probe(
    _ text: UnsafeRawBufferPointer
  ) -> (hash: UInt64, slot: Int, found: Int32?) {
    var h = seeds.0 ^ UInt64(text.count)
    var i = 0
    while i < text.count {
      let end = min(i + 16, text.count)
      let (low, high) = unsafe KeyTable.words(UnsafeRawBufferPointer(rebasing: text[i..<end]))
      let product = (low ^ h).multipliedFullWidth(by: high ^ seeds.1)
      h = product.high ^ product.low
      i = end
    }
    let high = Key.mark | UInt64(text.count)
    let place = KeyPlace(h, high, seeds)
    var at = place.at & mask
    while true {
      let slot = unsafe slots[at]
      if slot.code == 0 { return (h, at, nil) }
      if slot.low == h, slot.high == high {
        let start = Int(keys[Int(slot.code) - 1].low)
        let isSame = unsafe arena.withUnsafeBytes { arena in
          unsafe arena[start..<start + text.count].elementsEqual(text)
        }
        if isSame { return (h, at, slot.code - 1) }
      }
      at = (at &+ place.step) & mask
    }
  }

  /// Forgets the entries from a code on.
  func truncate(to count: Int) {
    keys.removeSubrange(count...)
    for i in 0...mask where unsafe slots[i].code > count {
      unsafe slots[i] = Slot(low: 0, high: 0, code: -1)
    }
    rehash(to: mask + 1)
  }

  private func grow() { rehash(to: (mask + 1) * (mask < 1 << 16 ? 4 : 2)) }

  /// Puts all entries into new slots; codes below 1 are no entries.
  private func rehash(to size: Int) {
    let new = UnsafeMutablePointer<Slot>.allocate(capacity: size)
    unsafe new.initialize(repeating: Slot(low: 0, high: 0, code: 0), count: size)
    for i in 0...mask {
      let slot = unsafe slots[i]
      if slot.code <= 0 { continue }
      let place = KeyPlace(slot.low, slot.high, seeds)
      var at = place.at & (size - 1)
      while unsafe new[at].code != 0 { at = (at &+ place.step) & (size - 1) }
      unsafe new[at] = slot
    }
    unsafe slots.deallocate()
    unsafe slots = new
    mask = size - 1
  }
}
