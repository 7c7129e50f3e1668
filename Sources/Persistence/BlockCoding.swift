import Columns

/// Whole numbers as blocks of 1,024, each on as many bits as its own range needs.
///
///     5 minimum (8 bytes) blocks…
///     block: how width least (step) bits…
///
/// `how` is 0 for offsets from the block's least value, 1 when offset 0 stands for a missing value
/// and the others are one more, 2 for differences between neighbours; 4 is added when the offsets
/// are counted in steps. `least` is the offset from the minimum of the block's least value, or of
/// its first value, which the least difference (zigzag) and its neighbours' follow. Numbers of
/// unknown size are in groups of 7 bits, the low ones first; bits fill bytes from the low end.
///
/// Invariants of the unsafe code: reading checks that a block's bytes lie within the buffer before
/// it unpacks them, loads 8 bytes only where 8 are left, and writes as many values as there is room
/// for. Writing has room for 8 bytes beyond the last. Arithmetic wraps.
enum BlockCoding {
  private static let blockRows = 1024

  /// The bits of a number.
  private static func bits(_ value: UInt64) -> Int {
    let bits = 64 - value.leadingZeroBitCount
    return bits > 56 ? 64 : bits
  }

  // MARK: Writing

  static func encode<T: FixedWidthInteger & SignedInteger>(
    _ values: ArraySlice<T>, missing: T, minimum: T
  ) -> [UInt8] {
    var out: [UInt8] = [5]
    let base = UInt64(bitPattern: Int64(minimum))
    for b in 0..<8 { out.append(UInt8(truncatingIfNeeded: base >> UInt64(8 * b))) }
    out.reserveCapacity(values.count + 64)
    var offsets = [UInt64](repeating: 0, count: blockRows)
    unsafe values.withUnsafeBufferPointer { values in
      var start = 0
      while start < values.count {
        let end = min(start + blockRows, values.count)
        unsafe encodeBlock(
          UnsafeBufferPointer(rebasing: values[start..<end]), missing, base, &offsets, &out)
        start = end
      }
    }
    return out
  }

  private static func encodeBlock<T: FixedWidthInteger & SignedInteger>(
    _ block: UnsafeBufferPointer<T>, _ missing: T, _ base: UInt64, _ offsets: inout [UInt64],
    _ out: inout [UInt8]
  ) {
    let count = block.count
    var least = T.max
    var greatest = T.min
    var hasMissing = false
    for i in 0..<count {
      let value = unsafe block[i]
      if value == missing {
        hasMissing = true
      } else {
        least = min(least, value)
        greatest = max(greatest, value)
      }
    }
    if least > greatest {
      (least, greatest) = (T(truncatingIfNeeded: base), T(truncatingIfNeeded: base))
    }
    let low = UInt64(bitPattern: Int64(least))
    let range = UInt64(bitPattern: Int64(greatest)) &- low
    // Differences between neighbours, when nothing is missing.
    var leastStep = Int64.max
    var greatestStep = Int64.min
    if !hasMissing, range < 1 << 62 {
      for i in 1..<max(count, 1) {
        let step = unsafe Int64(block[i]) &- Int64(block[i - 1])
        leastStep = min(leastStep, step)
        greatestStep = max(greatestStep, step)
      }
      if count == 1 { (leastStep, greatestStep) = (0, 0) }
      let width = bits(UInt64(bitPattern: greatestStep &- leastStep))
      if width < bits(range) {
        out.append(2)
        out.append(UInt8(width))
        unsafe append(UInt64(bitPattern: Int64(block[0])) &- base, to: &out)
        append(UInt64(bitPattern: (leastStep << 1) ^ (leastStep >> 63)), to: &out)
        for i in 1..<max(count, 1) {
          offsets[i - 1] = unsafe UInt64(
            bitPattern: Int64(block[i]) &- Int64(block[i - 1]) &- leastStep)
        }
        pack(offsets, count - 1, width, to: &out)
        return
      }
    }
    let shift: UInt64 = hasMissing ? 1 : 0
    var divisor: UInt64 = 0
    for i in 0..<count {
      let value = unsafe block[i]
      if value == missing { continue }
      let offset = UInt64(bitPattern: Int64(value)) &- low
      if divisor != 1, offset != 0 { divisor = gcd(divisor, offset) }
    }
    if divisor == 0 || (hasMissing && range == .max) { divisor = 1 }
    let isMissingTooMany = hasMissing && range / divisor == .max
    precondition(!isMissingTooMany, "a missing value is not in the range of the others")
    for i in 0..<count {
      let value = unsafe block[i]
      offsets[i] =
        value == missing
        ? 0 : (UInt64(bitPattern: Int64(value)) &- low) / divisor &+ shift
    }
    let width = bits(range / divisor &+ shift)
    out.append(UInt8(shift) | (divisor > 1 ? 4 : 0))
    out.append(UInt8(width))
    append(low &- base, to: &out)
    if divisor > 1 { append(divisor, to: &out) }
    pack(offsets, count, width, to: &out)
  }

  private static func gcd(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func pack(_ values: [UInt64], _ count: Int, _ width: Int, to out: inout [UInt8]) {
    if width == 0 || count <= 0 { return }
    let start = out.count
    let length = (count * width + 7) / 8
    out.append(contentsOf: repeatElement(0, count: length + 8))
    unsafe out.withUnsafeMutableBytes { bytes in
      var position = start
      var pending: UInt64 = 0
      var filled = 0
      for i in 0..<count {
        let value = values[i]
        if width == 64 {
          unsafe bytes.storeBytes(of: value.littleEndian, toByteOffset: position, as: UInt64.self)
          position += 8
          continue
        }
        pending |= value &<< UInt64(filled)
        filled &+= width
        unsafe bytes.storeBytes(of: pending.littleEndian, toByteOffset: position, as: UInt64.self)
        position &+= filled &>> 3
        pending = filled >= 64 ? 0 : pending &>> UInt64(filled & ~7)
        filled &= 7
      }
    }
    out.removeLast(8)
  }

  // MARK: Reading

  static func decode<T: FixedWidthInteger & SignedInteger>(
    _ bytes: UnsafeRawBufferPointer, missing: T, into out: UnsafeMutableBufferPointer<T>
  ) -> Bool {
    guard bytes.count >= 9 else { return false }
    let base = UInt64(
      littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: 1, as: UInt64.self))
    var position = 9
    var row = 0
    while row < out.count {
      let count = min(blockRows, out.count - row)
      let target = unsafe UnsafeMutableBufferPointer(rebasing: out[row..<row + count])
      guard unsafe decodeBlock(bytes, &position, base, missing, target) else { return false }
      row += count
    }
    return position == bytes.count
  }

  private static func decodeBlock<T: FixedWidthInteger & SignedInteger>(
    _ bytes: UnsafeRawBufferPointer, _ position: inout Int, _ base: UInt64, _ missing: T,
    _ out: UnsafeMutableBufferPointer<T>
  ) -> Bool {
    guard position + 3 <= bytes.count else { return false }
    let how = unsafe bytes[position]
    let width = Int(unsafe bytes[position + 1])
    position += 2
    guard width <= 56 || width == 64, how & ~4 <= 2, how != 6 else { return false }
    guard let offset = unsafe number(bytes, &position) else { return false }
    let low = base &+ offset
    var step: UInt64 = 1
    if how == 2 {
      guard let zigzag = unsafe number(bytes, &position) else { return false }
      step = (zigzag >> 1) ^ (0 &- (zigzag & 1))
    } else if how & 4 != 0 {
      guard let divisor = unsafe number(bytes, &position) else { return false }
      step = divisor
    }
    let count = how == 2 ? out.count - 1 : out.count
    let length = (count * width + 7) / 8
    guard position + length <= bytes.count else { return false }
    defer { position += length }
    if how == 2 {
      var value = low
      unsafe out[0] = T(truncatingIfNeeded: value)
      unsafe unpack(bytes, position, count, width) { i, packed in
        value = value &+ packed &+ step
        unsafe out[i &+ 1] = T(truncatingIfNeeded: value)
      }
    } else if how & 1 != 0 {
      unsafe unpack(bytes, position, count, width) { i, packed in
        unsafe out[i] =
          packed == 0 ? missing : T(truncatingIfNeeded: low &+ (packed &- 1) &* step)
      }
    } else if step == 1 {
      unsafe unpack(bytes, position, count, width) { i, packed in
        unsafe out[i] = T(truncatingIfNeeded: low &+ packed)
      }
    } else {
      unsafe unpack(bytes, position, count, width) { i, packed in
        unsafe out[i] = T(truncatingIfNeeded: low &+ packed &* step)
      }
    }
    return true
  }

  @inline(__always)
  private static func unpack(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int, _ width: Int,
    _ body: (Int, UInt64) -> Void
  ) {
    if width == 0 {
      for i in 0..<max(count, 0) { body(i, 0) }
      return
    }
    if width == 64 {
      for i in 0..<count {
        body(
          i,
          UInt64(
            littleEndian: unsafe bytes.loadUnaligned(
              fromByteOffset: start + 8 * i, as: UInt64.self)))
      }
      return
    }
    let mask = (UInt64(1) << UInt64(width)) - 1
    // As long as 8 bytes are there to be loaded.
    let whole = max(0, min(count, ((bytes.count - start - 8) * 8) / width))
    var bit = 0
    for i in 0..<whole {
      let word = UInt64(
        littleEndian: unsafe bytes.loadUnaligned(
          fromByteOffset: start &+ bit &>> 3, as: UInt64.self))
      body(i, (word &>> UInt64(bit & 7)) & mask)
      bit &+= width
    }
    for i in whole..<max(count, whole) {
      var word: UInt64 = 0
      let first = start + bit / 8
      for b in 0..<8 where first + b < bytes.count {
        word |= UInt64(unsafe bytes[first + b]) << UInt64(8 * b)
      }
      body(i, (word &>> UInt64(bit & 7)) & mask)
      bit += width
    }
  }

  private static func number(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < bytes.count, shift < 64 {
      let byte = unsafe bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }
}
