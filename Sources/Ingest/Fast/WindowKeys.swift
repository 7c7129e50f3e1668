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

/// Looks for short texts in a window's dictionary without touching a count of references, and
/// knows the text that the row before had.
///
/// Invariant of the unsafe code: `slots` are those of a dictionary that lives, with its mask;
/// `sink` has room for all rows of the window, or is nil for a column that is not read.
@unsafe struct WindowColumn {
  fileprivate var slots: UnsafeMutablePointer<WindowKeys.Slot>
  fileprivate var mask: Int
  fileprivate var round: Int32
  fileprivate var seeds: (UInt64, UInt64)
  var recent: (low: UInt64, high: UInt64) = (0, 0)
  var recentCode: Int32 = -1
  var sink: UnsafeMutablePointer<Int32>?
  /// The byte that ends its cells.
  var end: UInt8

  /// The code of a short text, -1 for one that is blank; -2 when it was not met before.
  @inline(__always)
  func find(low: UInt64, high: UInt64) -> Int32 {
    var at = unsafe Int(truncatingIfNeeded: Key.hash(low, high, seeds)) & mask
    while true {
      let slot = unsafe slots + at
      if unsafe slot.pointee.round != round { return -2 }
      if unsafe slot.pointee.low == low && slot.pointee.high == high {
        return unsafe slot.pointee.code
      }
      at = unsafe (at &+ 1) & mask
    }
  }
}

/// Gives each distinct text of a column in a window one code. Small, so that it stays in the
/// nearest cache whatever the size of the file; emptied in one step for the next window.
///
/// Texts are found by their bytes as they stand; one with blanks around it has the code of the
/// trimmed text.
///
/// Invariants of the unsafe code: `slots` has `mask + 1` initialised slots, a power of two, and
/// belongs to this object, which frees it; about half of them are empty, so that every search
/// ends. Byte ranges that are passed in are read within their bounds only.
@safe final class WindowKeys {
  fileprivate struct Slot {
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// The code, -1 for a blank text.
    var code: Int32 = 0
    /// The window it is of: a slot of another window is empty.
    var round: Int32 = 0
  }

  private(set) var entries = WindowEntries()
  private var slots: UnsafeMutablePointer<Slot>
  private var mask = 255
  private var taken = 0
  private var round: Int32 = 1
  private let seeds = (UInt64.random(in: 1 ... .max), UInt64.random(in: 1 ... .max))

  init() {
    unsafe slots = .allocate(capacity: mask + 1)
    unsafe slots.initialize(repeating: Slot(), count: mask + 1)
  }

  deinit { unsafe slots.deallocate() }

  /// What the window held; the dictionary is empty afterwards.
  func take() -> WindowEntries {
    defer { reset() }
    return entries
  }

  /// Forgets everything.
  func reset() {
    entries = WindowEntries()
    taken = 0
    if round == .max {
      unsafe slots.update(repeating: Slot(), count: mask + 1)
      round = 0
    }
    round += 1
  }

  /// A way to look for short texts; to be refreshed after each call of `code`.
  func column(sink: UnsafeMutablePointer<Int32>?, end: UInt8) -> WindowColumn {
    unsafe WindowColumn(slots: slots, mask: mask, round: round, seeds: seeds, sink: sink, end: end)
  }

  /// Follows the dictionary where it went.
  func refresh(_ column: inout WindowColumn) {
    unsafe column.slots = slots
    unsafe column.mask = mask
  }

  /// A code for a short text that was not met before, without blanks around it.
  func add(low: UInt64, high: UInt64) -> Int32 {
    let code = Int32(truncatingIfNeeded: entries.keys.count)
    entries.keys.append(Key(low: low, high: high))
    place(low, high, hash: Key.hash(low, high, seeds), code)
    return code
  }

  /// The code of a text as it stands, -1 when it is blank, new if it was not met before.
  func code(_ text: UnsafeRawBufferPointer) -> Int32 {
    let all = 0..<text.count
    let range = unsafe Cells.trimmed(Span(_unsafeBytes: text), all)
    if range == all { return unsafe trimmed(text) }
    let code =
      range.isEmpty ? -1 : unsafe trimmed(UnsafeRawBufferPointer(rebasing: text[range]))
    if text.count <= 16 {
      let (low, high) = unsafe Key.words(text)
      place(low, high, hash: Key.hash(low, high, seeds), code)
    }
    return code
  }

  /// The code of a text without blanks around it.
  private func trimmed(_ text: UnsafeRawBufferPointer) -> Int32 {
    if text.count == 0 { return -1 }
    let code = Int32(entries.keys.count)
    if text.count <= 16 {
      let (low, high) = unsafe Key.words(text)
      let known = unsafe column(sink: nil, end: 0).find(low: low, high: high)
      return known >= -1 ? known : add(low: low, high: high)
    }
    let hash = unsafe Key.hash(text, seeds)
    let high = Key.mark | UInt64(text.count)
    var at = Int(truncatingIfNeeded: hash) & mask
    while unsafe slots[at].round == round {
      let slot = unsafe slots[at]
      if slot.low == hash, slot.high == high {
        let range = entries.keys[Int(slot.code)].longRange
        if unsafe entries.arena[range].elementsEqual(text) { return slot.code }
      }
      at = (at &+ 1) & mask
    }
    entries.keys.append(Key(low: UInt64(entries.arena.count), high: high))
    unsafe entries.arena.append(contentsOf: text)
    place(hash, high, hash: hash, code)
    return code
  }

  /// Takes the first empty slot for a text that has none; of a long one, `low` is its hash.
  private func place(_ low: UInt64, _ high: UInt64, hash: UInt64, _ code: Int32) {
    var at = Int(truncatingIfNeeded: hash) & mask
    while unsafe slots[at].round == round { at = (at &+ 1) & mask }
    unsafe slots[at] = Slot(low: low, high: high, code: code, round: round)
    taken += 1
    if taken * 2 > mask { grow() }
  }

  private func grow() {
    let old = unsafe slots
    let size = (mask + 1) * 2
    unsafe slots = .allocate(capacity: size)
    unsafe slots.initialize(repeating: Slot(), count: size)
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
    mask = size - 1
  }
}
