import Columns

/// How a column of a segment is written as bytes: the first byte says how, so that later versions
/// can add ways without touching what is stored.
///
///     1                                     every row is missing
///     2 width minimum values…               each value is `minimum` + an offset of `width` bytes
///     3 width minimum values… lengths…      the same for runs of equal values; lengths of 4 bytes
///     4 values…                             decimals, 8 bytes each
///     5 minimum blocks…                     blocks of bits (`BlockCoding`)
///     6 places, then one of 1, 2, 3, 5      decimals: whole numbers ÷ 10^places
///     128 + one of 1, 2, 3, 5               decimals that are all whole numbers
///
/// Everything is little-endian; the greatest offset of a width stands for a missing value.
///
/// Invariants of the unsafe code: bytes are read with unaligned loads inside bounds that are
/// checked before each loop, from a buffer that outlives the call. Arithmetic wraps, so that
/// damaged bytes give wrong values or nil, never a trap or a read out of bounds.
enum SegmentCoding {
  /// A column of a segment as it is stored.
  struct Encoded {
    var bytes: [UInt8]
    /// The least and the greatest present value; null when every row is missing.
    var minimum: SQLValue, maximum: SQLValue
  }

  /// The most rows of a segment.
  static let segmentRows = 1 << 17

  // MARK: Writing

  /// Writes some rows of a column.
  static func encode(_ column: Column, rows: Range<Int>) -> Encoded {
    switch column {
    case .text(let codes, _): encode(codes[rows], missing: Column.missingCode)
    case .integer(let values): encode(values[rows], missing: Column.missingInteger)
    case .day(let values): encode(values[rows], missing: Column.missingDay)
    case .decimal(let values): encode(values[rows])
    }
  }

  /// Writes whole numbers.
  static func encode<T: FixedWidthInteger & SignedInteger>(
    _ values: ArraySlice<T>, missing: T
  ) -> Encoded {
    var minimum = T.max
    var maximum = T.min
    var runs = values.isEmpty ? 0 : 1
    var previous = values.first ?? missing
    var anyPresent = false
    for value in values {
      if value != previous { runs += 1 }
      previous = value
      if value == missing { continue }
      anyPresent = true
      minimum = min(minimum, value)
      maximum = max(maximum, value)
    }
    if !anyPresent { return Encoded(bytes: [1], minimum: .null, maximum: .null) }
    let span = UInt64(bitPattern: Int64(maximum)) &- UInt64(bitPattern: Int64(minimum))
    let width = span < 0xff ? 1 : span < 0xffff ? 2 : span < 0xffff_ffff ? 4 : 8
    let base = UInt64(bitPattern: Int64(minimum))
    func offset(_ value: T) -> UInt64 {
      value == missing ? .max : UInt64(bitPattern: Int64(value)) &- base
    }
    var bytes = BlockCoding.encode(values, missing: missing, minimum: minimum)
    if runs * (width + 4) + 10 < bytes.count {
      bytes = [3, UInt8(width)]
      append(base, width: 8, to: &bytes)
      var lengths: [UInt8] = []
      var start = values.startIndex
      for i in values.indices where i + 1 == values.endIndex || values[i + 1] != values[i] {
        append(offset(values[i]), width: width, to: &bytes)
        append(UInt64(i + 1 - start), width: 4, to: &lengths)
        start = i + 1
      }
      bytes += lengths
    }
    return Encoded(
      bytes: bytes, minimum: .integer(Int64(minimum)), maximum: .integer(Int64(maximum)))
  }

  private static func encode(_ values: ArraySlice<Double>) -> Encoded {
    let limit = 9_007_199_254_740_992.0  // 2^53: every whole number up to there is exact
    let whole = values.allSatisfy {
      $0.isNaN || ($0 == $0.rounded() && abs($0) < limit && !($0 == 0 && $0.sign == .minus))
    }
    if whole {
      let integers = values.map { $0.isNaN ? Column.missingInteger : Int64($0) }
      var encoded = encode(integers[...], missing: Column.missingInteger)
      encoded.bytes[0] |= 0x80
      return encoded
    }
    if let scaled = encodeScaled(values) { return scaled }
    var bytes: [UInt8] = [4]
    bytes.reserveCapacity(1 + values.count * 8)
    var minimum = Double.infinity
    var maximum = -Double.infinity
    for value in values {
      append(value.isNaN ? Double.nan.bitPattern : value.bitPattern, width: 8, to: &bytes)
      if value.isNaN { continue }
      minimum = min(minimum, value)
      maximum = max(maximum, value)
    }
    return Encoded(bytes: bytes, minimum: .real(minimum), maximum: .real(maximum))
  }

  /// Decimals with few places, when each is exactly its whole number divided by a power of ten.
  private static func encodeScaled(_ values: ArraySlice<Double>) -> Encoded? {
    for places in 1...4 {
      let scale = tens[places]
      var integers: [Int64] = []
      integers.reserveCapacity(values.count)
      var minimum = Double.infinity
      var maximum = -Double.infinity
      for value in values {
        if value.isNaN {
          integers.append(Column.missingInteger)
          continue
        }
        let whole = (value * scale).rounded()
        guard abs(whole) < 0x1p53, (Double(Int64(whole)) / scale).bitPattern == value.bitPattern
        else { break }
        integers.append(Int64(whole))
        minimum = min(minimum, value)
        maximum = max(maximum, value)
      }
      if integers.count < values.count { continue }
      let inner = encode(integers[...], missing: Column.missingInteger)
      return Encoded(
        bytes: [6, UInt8(places)] + inner.bytes, minimum: .real(minimum), maximum: .real(maximum))
    }
    return nil
  }

  private static let tens: [Double] = [1, 10, 100, 1000, 10_000]

  private static func append(_ value: UInt64, width: Int, to bytes: inout [UInt8]) {
    for b in 0..<width { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * b))) }
  }

  // MARK: Reading

  /// Reads whole numbers into all of `out`; false when the bytes are not those of this many rows.
  static func decode<T: FixedWidthInteger & SignedInteger>(
    _ bytes: UnsafeRawBufferPointer, missing: T, into out: UnsafeMutableBufferPointer<T>
  ) -> Bool {
    guard bytes.count > 0 else { return false }
    return unsafe decode(bytes, tag: bytes[0], missing: missing, into: out)
  }

  /// Reads decimals into all of `out`; false when the bytes are not those of this many rows.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, into out: UnsafeMutableBufferPointer<Double>
  ) -> Bool {
    guard bytes.count > 0 else { return false }
    let rows = out.count
    let tag = unsafe bytes[0]
    if tag & 0x80 != 0 {
      var integers = [Int64](repeating: Column.missingInteger, count: rows)
      let isWhole = unsafe integers.withUnsafeMutableBufferPointer {
        unsafe decode(bytes, tag: tag & 0x7f, missing: Column.missingInteger, into: $0)
      }
      if !isWhole { return false }
      for i in 0..<rows {
        unsafe out[i] = integers[i] == Column.missingInteger ? .nan : Double(integers[i])
      }
      return true
    }
    if tag == 6, bytes.count > 2, case let places = unsafe Int(bytes[1]), (1...4).contains(places) {
      var integers = [Int64](repeating: Column.missingInteger, count: rows)
      let inner = unsafe UnsafeRawBufferPointer(rebasing: bytes[2...])
      let isWhole = unsafe integers.withUnsafeMutableBufferPointer {
        unsafe decode(inner, tag: inner[0], missing: Column.missingInteger, into: $0)
      }
      if !isWhole { return false }
      let scale = tens[places]
      for i in 0..<rows {
        unsafe out[i] =
          integers[i] == Column.missingInteger ? .nan : Double(integers[i]) / scale
      }
      return true
    }
    guard tag == 4, bytes.count == 1 + 8 * rows else { return false }
    for i in 0..<rows {
      let bits = unsafe bytes.loadUnaligned(fromByteOffset: 1 + 8 * i, as: UInt64.self)
      unsafe out[i] = Double(bitPattern: UInt64(littleEndian: bits))
    }
    return true
  }

  /// Some whole numbers, none missing; nil when the bytes are not those of this many.
  static func numbers(_ bytes: ArraySlice<UInt8>, count: Int) -> [Int64]? {
    guard count >= 0, count <= Int32.max else { return nil }
    var out = [Int64](repeating: 0, count: count)
    let isWhole = unsafe bytes.withUnsafeBytes { bytes in
      unsafe out.withUnsafeMutableBufferPointer { unsafe decode(bytes, missing: -1, into: $0) }
    }
    return isWhole ? out : nil
  }

  private static func decode<T: FixedWidthInteger & SignedInteger>(
    _ bytes: UnsafeRawBufferPointer, tag: UInt8, missing: T, into out: UnsafeMutableBufferPointer<T>
  ) -> Bool {
    if tag == 1 {
      unsafe out.update(repeating: missing)
      return true
    }
    if tag == 5 { return unsafe BlockCoding.decode(bytes, missing: missing, into: out) }
    guard tag == 2 || tag == 3, bytes.count >= 10 else { return false }
    return switch unsafe bytes[1] {
    case 1: unsafe unpack(bytes, UInt8.self, tag, missing, out)
    case 2: unsafe unpack(bytes, UInt16.self, tag, missing, out)
    case 4: unsafe unpack(bytes, UInt32.self, tag, missing, out)
    case 8: unsafe unpack(bytes, UInt64.self, tag, missing, out)
    default: false
    }
  }

  private static func unpack<
    W: FixedWidthInteger & UnsignedInteger, T: FixedWidthInteger & SignedInteger
  >(
    _ bytes: UnsafeRawBufferPointer, _: W.Type, _ tag: UInt8, _ missing: T,
    _ out: UnsafeMutableBufferPointer<T>
  ) -> Bool {
    let rows = out.count
    let width = W.bitWidth / 8
    let base = T(
      truncatingIfNeeded: UInt64(
        littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: 2, as: UInt64.self)))
    let body = bytes.count - 10
    func value(_ i: Int) -> T {
      let w = W(
        littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: 10 + i * width, as: W.self))
      return w == .max ? missing : base &+ T(truncatingIfNeeded: w)
    }
    if tag == 2 {
      guard body == rows * width else { return false }
      for i in 0..<rows { unsafe out[i] = value(i) }
      return true
    }
    guard body % (width + 4) == 0 else { return false }
    let runs = body / (width + 4)
    var position = 0
    for run in 0..<runs {
      let place = 10 + runs * width + run * 4
      let length = Int(
        UInt32(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
      guard position + length <= rows else { return false }
      let v = value(run)
      for i in position..<position + length { unsafe out[i] = v }
      position += length
    }
    return position == rows
  }
}
