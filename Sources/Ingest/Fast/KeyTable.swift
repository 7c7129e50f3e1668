/// The distinct texts of one column of a sheet, in order of first appearance: the dictionaries of
/// its windows, taken in one after the other.
///
/// Invariants of the unsafe code: `slots` has `mask + 1` initialised slots, a power of two, and
/// belongs to this object, which frees it; at most half of them are taken, so that every search
/// ends. A code in a slot is a position in `keys`; a long key lies within `arena`.
@safe final class KeyTable {
  /// The number of texts is kept beside some bits of the hash: a look at the text itself is rare
  /// but where it is the same.
  private struct Slot {
    var tag: UInt32 = 0
    /// The code + 1; 0 for an empty slot.
    var code: Int32 = 0
  }

  private var keys: [Key] = []
  private var arena: [UInt8] = []
  private var slots: UnsafeMutablePointer<Slot>
  private var mask = 1023
  private let seeds = (UInt64.random(in: 1 ... .max), UInt64.random(in: 1 ... .max))
  private var hashes: [UInt64] = []
  /// Keeps alive the loads that bring slots near.
  private var seen: UInt32 = 0

  init() {
    unsafe slots = .allocate(capacity: mask + 1)
    unsafe slots.initialize(repeating: Slot(), count: mask + 1)
  }

  deinit { unsafe slots.deallocate() }

  var count: Int { keys.count }

  /// Makes room for about as many texts.
  func reserve(_ wanted: Int) {
    if wanted * 2 > mask { rehash(for: wanted) }
  }

  /// The code of each text of a window, new for those not met before.
  func numbers(of window: WindowEntries) -> [Int32] {
    let added = window.keys.count
    if (keys.count + added) * 2 > mask { rehash(for: (keys.count + added) * 2) }
    if hashes.count < added { hashes = [UInt64](repeating: 0, count: added) }
    // All slots are asked for before the first is looked at: their misses overlap.
    for i in 0..<added {
      let h = hash(window.keys[i], window.arena)
      hashes[i] = h
      seen &+= unsafe slots[Int(truncatingIfNeeded: h) & mask].tag
    }
    return [Int32](capacity: added) { out in
      for i in 0..<added {
        out.append(number(window.keys[i], window.arena, hashes[i]))
      }
    }
  }

  private func number(_ key: Key, _ other: [UInt8], _ hash: UInt64) -> Int32 {
    let tag = UInt32(truncatingIfNeeded: hash &>> 32)
    var at = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = unsafe slots[at]
      if slot.code == 0 { break }
      if slot.tag == tag, isEqual(keys[Int(slot.code) - 1], key, other) { return slot.code - 1 }
      at = (at &+ 1) & mask
    }
    var own = key
    if key.isLong {
      own.low = UInt64(arena.count)
      arena.append(contentsOf: other[key.longRange])
    }
    keys.append(own)
    unsafe slots[at] = Slot(tag: tag, code: Int32(truncatingIfNeeded: keys.count))
    return Int32(truncatingIfNeeded: keys.count) - 1
  }

  private func isEqual(_ own: Key, _ key: Key, _ other: [UInt8]) -> Bool {
    if own.high != key.high { return false }
    if !key.isLong { return own.low == key.low }
    return arena[own.longRange].elementsEqual(other[key.longRange])
  }

  private func hash(_ key: Key, _ arena: [UInt8]) -> UInt64 {
    if !key.isLong { return Key.hash(key.low, key.high, seeds) }
    return unsafe arena.withUnsafeBytes { bytes in
      unsafe Key.hash(UnsafeRawBufferPointer(rebasing: bytes[key.longRange]), seeds)
    }
  }

  private func rehash(for wanted: Int) {
    var size = mask + 1
    while size < wanted * 2 { size *= 2 }
    unsafe slots.deallocate()
    unsafe slots = .allocate(capacity: size)
    unsafe slots.initialize(repeating: Slot(), count: size)
    mask = size - 1
    for i in keys.indices {
      let h = hash(keys[i], arena)
      var at = Int(truncatingIfNeeded: h) & mask
      while unsafe slots[at].code != 0 { at = (at &+ 1) & mask }
      unsafe slots[at] = Slot(tag: UInt32(truncatingIfNeeded: h &>> 32), code: Int32(i) + 1)
    }
  }

  /// All texts end to end, and where each begins.
  func entries() -> ByteInterner {
    var offsets = [Int](repeating: 0, count: keys.count + 1)
    var total = 0
    for i in keys.indices {
      offsets[i] = total
      total += keys[i].isLong ? keys[i].longRange.count : keys[i].shortCount
    }
    offsets[keys.count] = total
    // Sixteen bytes are written for each short text; the next one overwrites what is too many.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: total + 16) { buffer, count in
      count = total
      guard let start = buffer.baseAddress else { return }
      let base = UnsafeMutableRawPointer(start)
      for i in keys.indices {
        let key = keys[i]
        if key.isLong {
          let range = key.longRange
          for j in 0..<range.count {
            unsafe base.storeBytes(
              of: arena[range.lowerBound + j], toByteOffset: offsets[i] + j, as: UInt8.self)
          }
        } else {
          unsafe base.storeBytes(
            of: key.low.littleEndian, toByteOffset: offsets[i], as: UInt64.self)
          unsafe base.storeBytes(
            of: key.high.littleEndian, toByteOffset: offsets[i] + 8, as: UInt64.self)
        }
      }
    }
    return ByteInterner(bytes: bytes, offsets: offsets)
  }
}
