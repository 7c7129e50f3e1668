/// The distinct texts of one column of a sheet, in order of first appearance: the dictionaries of
/// its windows, taken in one after the other.
///
/// Invariant: at most half of `slots`, a power of two of them, are taken, so that every search
/// ends; a code in a slot is a position in `keys`; a long key lies within `arena`.
struct KeyTable {
  /// The number of a text lies beside some bits of its hash: the text itself is looked at where
  /// it is the same, and hardly elsewhere.
  private struct Slot {
    var tag: UInt32 = 0
    /// The code + 1; 0 for an empty slot.
    var code: Int32 = 0
  }

  private var keys: [Key] = []
  private var arena: [UInt8] = []
  private var slots: [Slot] = []
  /// Whether each text came after all before it: then each new one is known for new, and none is
  /// in a slot.
  private var isAscending = true
  private let seeds = (UInt64.random(in: 1 ... .max), UInt64.random(in: 1 ... .max))
  private var hashes: [UInt64] = []
  /// Keeps alive the loads that bring slots near.
  private var seen: UInt32 = 0

  init() {}

  var count: Int { keys.count }

  /// Makes room for about as many texts.
  mutating func reserve(_ wanted: Int) {
    keys.reserveCapacity(wanted)
    if !isAscending, wanted * 2 > slots.count { rehash(for: wanted) }
  }

  /// The code of each text of a window, new for those not met before.
  mutating func numbers(of window: WindowEntries) -> [Int32] {
    var out = [Int32](repeating: 0, count: window.keys.count)
    var done = 0
    if isAscending {
      done = takeAscending(window.keys, &out)
      if done == window.keys.count { return out }
      isAscending = false
      rehash(for: keys.count + window.keys.count)
    }
    takeHashed(window, from: done, &out)
    return out
  }

  /// Takes texts as long as each comes after all before it, or is the last once more; tells how
  /// many.
  private mutating func takeAscending(_ more: [Key], _ out: inout [Int32]) -> Int {
    for (i, key) in more.enumerated() {
      if key.isLong { return i }
      if let last = keys.last {
        if last.low == key.low, last.high == key.high {
          out[i] = Int32(truncatingIfNeeded: keys.count - 1)
          continue
        }
        if !key.isAfter(last) { return i }
      }
      out[i] = Int32(truncatingIfNeeded: keys.count)
      keys.append(key)
    }
    return more.count
  }

  private mutating func takeHashed(
    _ window: WindowEntries, from first: Int, _ out: inout [Int32]
  ) {
    let added = window.keys.count
    if (keys.count + added) * 2 > slots.count { rehash(for: (keys.count + added) * 2) }
    if hashes.count < added { hashes = [UInt64](repeating: 0, count: added) }
    let mask = slots.count - 1
    // All slots are asked for before the first is looked at: their misses overlap.
    var near: UInt32 = 0
    for i in first..<added {
      let key = window.keys[i]
      let h = key.isLong ? hash(key, window.arena) : Key.hash(key.low, key.high, seeds)
      hashes[i] = h
      near &+= slots[Int(truncatingIfNeeded: h) & mask].tag
    }
    seen &+= near
    for i in first..<added {
      let (key, hash) = (window.keys[i], hashes[i])
      let tag = UInt32(truncatingIfNeeded: hash &>> 32)
      var at = Int(truncatingIfNeeded: hash) & mask
      while true {
        let slot = slots[at]
        if slot.code == 0 {
          out[i] = Int32(truncatingIfNeeded: keys.count)
          slots[at] = Slot(tag: tag, code: out[i] &+ 1)
          add(key, window.arena)
          break
        }
        let code = Int(slot.code) &- 1
        if slot.tag == tag, keys[code].high == key.high,
          key.isLong
            ? arena[keys[code].longRange].elementsEqual(window.arena[key.longRange])
            : keys[code].low == key.low
        {
          out[i] = Int32(truncatingIfNeeded: code)
          break
        }
        at = (at &+ 1) & mask
      }
    }
  }

  private mutating func add(_ key: Key, _ other: [UInt8]) {
    var own = key
    if key.isLong {
      own.low = UInt64(arena.count)
      arena.append(contentsOf: other[key.longRange])
    }
    keys.append(own)
  }

  private func hash(_ key: Key, _ arena: [UInt8]) -> UInt64 {
    if !key.isLong { return Key.hash(key.low, key.high, seeds) }
    return unsafe arena.withUnsafeBytes { bytes in
      unsafe Key.hash(UnsafeRawBufferPointer(rebasing: bytes[key.longRange]), seeds)
    }
  }

  private mutating func rehash(for wanted: Int) {
    var size = max(slots.count, 1024)
    while size < wanted * 2 { size *= 2 }
    slots = [Slot](repeating: Slot(), count: size)
    let mask = size - 1
    for i in keys.indices {
      let h = hash(keys[i], arena)
      var at = Int(truncatingIfNeeded: h) & mask
      while slots[at].code != 0 { at = (at &+ 1) & mask }
      slots[at] = Slot(tag: UInt32(truncatingIfNeeded: h &>> 32), code: Int32(i) + 1)
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
