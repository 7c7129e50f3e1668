/// The bytes of a cell in two words: a text of at most 16 bytes is its own bytes, padded with
/// zeros (no cell holds a NUL). A longer text is where its bytes are, marked by a first byte that
/// UTF-8 never has.
struct Key {
  var low: UInt64
  var high: UInt64

  static let mark: UInt64 = 0xFF << 56

  var isLong: Bool { high >= Key.mark }

  /// Whether a short text comes after another, byte by byte.
  @inline(__always)
  func isAfter(_ other: Key) -> Bool {
    low == other.low
      ? high.byteSwapped > other.high.byteSwapped : low.byteSwapped > other.low.byteSwapped
  }

  /// The length of a short text.
  var shortCount: Int {
    high == 0 ? 8 - low.leadingZeroBitCount >> 3 : 16 - high.leadingZeroBitCount >> 3
  }

  /// The place and the length of a long text.
  var longRange: Range<Int> { Int(low)..<Int(low) + Int(high & ~Key.mark) }

  @inline(__always)
  static func hash(_ low: UInt64, _ high: UInt64, _ seeds: (UInt64, UInt64)) -> UInt64 {
    let product = (low ^ seeds.0).multipliedFullWidth(by: high ^ seeds.1)
    return product.high ^ product.low
  }

  /// The hash of a long text, two words a step.
  static func hash(_ text: UnsafeRawBufferPointer, _ seeds: (UInt64, UInt64)) -> UInt64 {
    var h = seeds.0 ^ UInt64(text.count)
    var i = 0
    while i < text.count {
      let end = min(i + 16, text.count)
      let (low, high) = unsafe Key.words(UnsafeRawBufferPointer(rebasing: text[i..<end]))
      h = hash(low ^ h, high, (0, seeds.1))
      i = end
    }
    return h
  }

  /// A text of at most 16 bytes as two words.
  static func words(_ text: UnsafeRawBufferPointer) -> (UInt64, UInt64) {
    var words: (UInt64, UInt64) = (0, 0)
    for i in 0..<text.count {
      let byte = UInt64(unsafe text[i])
      if i < 8 { words.0 |= byte << UInt64(8 * i) } else { words.1 |= byte << UInt64(8 * (i - 8)) }
    }
    return words
  }
}

/// The distinct texts of one column in one window, in order of first appearance.
struct WindowEntries: Sendable {
  var keys: [Key] = []
  /// The bytes of the long ones.
  var arena: [UInt8] = []
}

/// A window's dictionary while its cells are gone through: short texts are found and added
/// without a call, and the text of the row before is known.
///
/// Invariants of the unsafe code: `slots` and `keys` are those of a `WindowKeys` that lives, with
/// its mask and its room; `sink` has room for all rows of the window, or is nil for a column that
/// is not read.
@unsafe struct WindowColumn {
  fileprivate var slots: UnsafeMutablePointer<WindowKeys.Slot>
  fileprivate var mask: Int
  fileprivate var keys: UnsafeMutablePointer<Key>
  /// The number of texts, and that of slots that are left before the dictionary must grow.
  fileprivate var count: Int32
  fileprivate var left: Int32
  /// Whether each text came after all before it so far: then none of them has a slot yet.
  fileprivate(set) var isAscending: Bool
  fileprivate let round: UInt64
  fileprivate let seeds: (UInt64, UInt64)
  /// The cell of the row before with the byte that ends it, and which bytes of it count.
  var recent: (low: UInt64, high: UInt64) = (0, 0)
  var recentMask: (low: UInt64, high: UInt64) = (0, 0)
  var recentLength = -1
  var recentCode: Int32 = -1
  let sink: UnsafeMutablePointer<Int32>?
  /// The byte that ends its cells.
  let end: UInt8

  /// The code of a short text, -1 for one that is blank, and the complement of its place, less
  /// one, for one that was not met before.
  @inline(__always)
  func find(low: UInt64, high: UInt64) -> Int {
    var at = unsafe Int(truncatingIfNeeded: Key.hash(low, high, seeds)) & mask
    while true {
      let slot = unsafe slots + at
      if unsafe (slot.pointee.low ^ low) | (slot.pointee.high ^ high)
        | (slot.pointee.round ^ round) == 0
      {
        return unsafe Int(slot.pointee.code)
      }
      if unsafe slot.pointee.round != round { return -2 &- at }
      at = unsafe (at &+ 1) & mask
    }
  }

  /// Whether a cell begins as the row before's, end included.
  @inline(__always)
  func isRecent(_ low: UInt64, _ high: UInt64) -> Bool {
    unsafe ((low ^ recent.low) & recentMask.low) | ((high ^ recent.high) & recentMask.high) == 0
      && recentLength >= 0
  }

  /// Keeps a cell of at most 15 bytes in mind for the next row.
  @inline(__always)
  mutating func remember(_ low: UInt64, _ high: UInt64, _ length: Int, _ code: Int32) {
    let bits = UInt64(truncatingIfNeeded: length &<< 3)
    let mask: UInt64 = (0x100 &<< (bits & 63)) &- 1
    let stop = unsafe UInt64(end) &<< (bits & 63)
    unsafe recent = length < 8 ? (low | stop, 0) : (low, high | stop)
    unsafe recentMask = length < 8 ? (mask, 0) : (.max, mask)
    unsafe recentLength = length
    unsafe recentCode = code
  }

  /// Adds a text after all others; nil when it is not after them, or there is no room.
  @inline(__always)
  mutating func addLast(low: UInt64, high: UInt64) -> Int32? {
    let key = Key(low: low, high: high)
    let code = unsafe count
    if unsafe left == 0 || (code > 0 && !key.isAfter(keys[Int(code) &- 1])) { return nil }
    unsafe left &-= 1
    unsafe keys[Int(code)] = key
    unsafe count &+= 1
    return code
  }

  /// Adds a short text that `find` did not find; nil when there is no room.
  @inline(__always)
  mutating func add(low: UInt64, high: UInt64, found: Int) -> Int32? {
    if unsafe left == 0 { return nil }
    unsafe left &-= 1
    let code = unsafe count
    unsafe slots[-2 &- found] = WindowKeys.Slot(low: low, high: high, round: round, code: code)
    unsafe keys[Int(code)] = Key(low: low, high: high)
    unsafe count &+= 1
    return code
  }
}

/// Gives each distinct text of a column in a window one code. Small, so that it stays in the
/// nearest cache whatever the size of the file; emptied in one step for the next window.
///
/// Texts are found by their bytes as they stand; one with blanks around it has the code of the
/// trimmed text.
///
/// Invariants of the unsafe code: `slots` has `mask + 1` initialised slots, a power of two, and
/// belongs to this object, which frees it; at most half of them are taken, so that every
/// search ends; `keys` has room for as many texts, and belongs to this object too. Byte ranges
/// that are passed in are read within their bounds only.
@safe final class WindowKeys {
  fileprivate struct Slot {
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// The window it is of: a slot of another window is empty.
    var round: UInt64 = 0
    /// The code, -1 for a blank text.
    var code: Int32 = 0
  }

  private var slots: UnsafeMutablePointer<Slot>
  private var mask = 1023
  private var keys: UnsafeMutablePointer<Key>
  private var count: Int32 = 0
  private var left: Int32 = 512
  private var arena: [UInt8] = []
  /// Whether each text came after all before it: a sheet in the order of a column needs no look
  /// at what it held before. None has a slot as long as this holds.
  private var isAscending = true
  private var round: UInt64 = 1
  private let seeds = (UInt64.random(in: 1 ... .max), UInt64.random(in: 1 ... .max))

  init() {
    unsafe slots = .allocate(capacity: mask + 1)
    unsafe slots.initialize(repeating: Slot(), count: mask + 1)
    unsafe keys = .allocate(capacity: (mask + 1) / 2)
  }

  deinit {
    unsafe slots.deallocate()
    unsafe keys.deallocate()
  }

  /// What the window held.
  var entries: WindowEntries {
    WindowEntries(
      keys: unsafe Array(UnsafeBufferPointer(start: keys, count: Int(count))), arena: arena)
  }

  /// The number of texts.
  var entryCount: Int { Int(count) }

  /// Forgets everything.
  func reset() {
    arena = []
    count = 0
    left = Int32((mask + 1) / 2)
    isAscending = true
    round += 1
  }

  /// The dictionary for a loop over cells; `adopt` tells what became of it there.
  func column(sink: UnsafeMutablePointer<Int32>?, end: UInt8) -> WindowColumn {
    unsafe WindowColumn(
      slots: slots, mask: mask, keys: keys, count: count, left: left, isAscending: isAscending,
      round: round, seeds: seeds, sink: sink, end: end)
  }

  /// Takes over what a loop has added.
  func adopt(_ column: WindowColumn) {
    count = unsafe column.count
    left = unsafe column.left
  }

  /// The code of a text as it stands, -1 when it is blank, new if it was not met before.
  func code(_ text: UnsafeRawBufferPointer, in column: inout WindowColumn) -> Int32 {
    unsafe adopt(column)
    defer {
      unsafe column.slots = slots
      unsafe column.mask = mask
      unsafe column.keys = keys
      unsafe column.count = count
      unsafe column.left = left
      unsafe column.isAscending = isAscending
    }
    return unsafe code(text)
  }

  /// Gives each text its slot, from here on.
  private func index() {
    guard isAscending else { return }
    isAscending = false
    for code in 0..<Int(count) {
      let key = unsafe keys[code]
      let slot = Slot(low: key.low, high: key.high, round: round, code: Int32(code))
      place(slot, hash: Key.hash(key.low, key.high, seeds))
    }
  }

  /// The code of a text as it stands, -1 when it is blank, new if it was not met before.
  func code(_ text: UnsafeRawBufferPointer) -> Int32 {
    index()
    let all = 0..<text.count
    let range = unsafe Cells.trimmed(Span(_unsafeBytes: text), all)
    if range == all { return unsafe trimmed(text) }
    let code =
      range.isEmpty ? -1 : unsafe trimmed(UnsafeRawBufferPointer(rebasing: text[range]))
    if text.count <= 16 {
      let (low, high) = unsafe Key.words(text)
      if unsafe column(sink: nil, end: 0).find(low: low, high: high) < -1 {
        place(low, high, hash: Key.hash(low, high, seeds), code)
      }
    }
    return code
  }

  /// The code of a text without blanks around it.
  private func trimmed(_ text: UnsafeRawBufferPointer) -> Int32 {
    if text.count == 0 { return -1 }
    if text.count <= 16 {
      let (low, high) = unsafe Key.words(text)
      let known = unsafe column(sink: nil, end: 0).find(low: low, high: high)
      if known >= -1 { return Int32(truncatingIfNeeded: known) }
      return add(Key(low: low, high: high), low, high, hash: Key.hash(low, high, seeds))
    }
    let hash = unsafe Key.hash(text, seeds)
    let high = Key.mark | UInt64(text.count)
    var at = Int(truncatingIfNeeded: hash) & mask
    while unsafe slots[at].round == round {
      let slot = unsafe slots[at]
      if slot.low == hash, slot.high == high {
        let range = unsafe keys[Int(slot.code)].longRange
        if unsafe arena[range].elementsEqual(text) { return slot.code }
      }
      at = (at &+ 1) & mask
    }
    let key = Key(low: UInt64(arena.count), high: high)
    unsafe arena.append(contentsOf: text)
    return add(key, hash, high, hash: hash)
  }

  private func add(_ key: Key, _ low: UInt64, _ high: UInt64, hash: UInt64) -> Int32 {
    let code = count
    place(low, high, hash: hash, code)
    unsafe keys[Int(code)] = key
    count += 1
    return code
  }

  /// Takes the first empty slot for a text that has none; of a long one, `low` is its hash.
  private func place(_ low: UInt64, _ high: UInt64, hash: UInt64, _ code: Int32) {
    if left == 0 { grow() }
    place(Slot(low: low, high: high, round: round, code: code), hash: hash)
    left -= 1
  }

  private func place(_ slot: Slot, hash: UInt64) {
    var at = Int(truncatingIfNeeded: hash) & mask
    while unsafe slots[at].round == round { at = (at &+ 1) & mask }
    unsafe slots[at] = slot
  }

  private func grow() {
    let (old, oldKeys) = unsafe (slots, keys)
    let size = (mask + 1) * 4
    unsafe slots = .allocate(capacity: size)
    unsafe slots.initialize(repeating: Slot(), count: size)
    unsafe keys = .allocate(capacity: size / 2)
    unsafe keys.update(from: oldKeys, count: Int(count))
    for i in 0...mask {
      let slot = unsafe old[i]
      if slot.round != round { continue }
      let isLong = slot.high >= Key.mark
      let hash = isLong ? slot.low : Key.hash(slot.low, slot.high, seeds)
      var at = Int(truncatingIfNeeded: hash) & (size - 1)
      while unsafe slots[at].round == round { at = (at &+ 1) & (size - 1) }
      unsafe slots[at] = slot
    }
    unsafe old.deallocate()
    unsafe oldKeys.deallocate()
    left += Int32((size - mask - 1) / 2)
    mask = size - 1
  }
}
