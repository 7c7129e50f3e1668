/// The codes of one column in one window, on as few bytes as they need. They are gone through
/// once, when the dictionaries of all threads are one.
enum PackedCodes: Sendable {
  case one(Int32, count: Int)
  case bytes(least: Int32, [UInt8])
  case pairs(least: Int32, [UInt16])
  case plain([Int32])

  init(_ codes: Span<Int32>) {
    var least = Int32.max
    var greatest = Int32.min
    for i in codes.indices {
      least = min(least, codes[i])
      greatest = max(greatest, codes[i])
    }
    let base = least
    let range = codes.isEmpty ? 0 : Int(greatest) - Int(least)
    switch range {
    case 0: self = .one(codes.isEmpty ? -1 : least, count: codes.count)
    case 1..<256:
      self = .bytes(
        least: least,
        [UInt8](capacity: codes.count) { out in
          for i in codes.indices { out.append(UInt8(truncatingIfNeeded: codes[i] &- base)) }
        })
    case 256..<65536:
      self = .pairs(
        least: least,
        [UInt16](capacity: codes.count) { out in
          for i in codes.indices { out.append(UInt16(truncatingIfNeeded: codes[i] &- base)) }
        })
    default:
      self = .plain(
        [Int32](capacity: codes.count) { out in
          for i in codes.indices { out.append(codes[i]) }
        })
    }
  }

  /// Whether a cell is empty.
  var hasEmpty: Bool {
    switch self {
    case .one(let code, let count): code < 0 && count > 0
    case .bytes(let least, _), .pairs(let least, _): least < 0
    case .plain(let codes): codes.contains(-1)
    }
  }

  /// Writes `words[code + 1]` for each code.
  @inline(__always)
  func write<T: BitwiseCopyable>(_ words: Span<T>, into out: inout MutableSpan<T>) {
    switch self {
    case .one(let code, let count):
      let word = words[Int(code) + 1]
      for i in 0..<count { out[i] = word }
    case .bytes(let least, let offsets):
      let first = Int(least) + 1
      let offsets = offsets.span
      for i in offsets.indices { out[i] = words[first + Int(offsets[i])] }
    case .pairs(let least, let offsets):
      let first = Int(least) + 1
      let offsets = offsets.span
      for i in offsets.indices { out[i] = words[first + Int(offsets[i])] }
    case .plain(let codes):
      let codes = codes.span
      for i in codes.indices { out[i] = words[Int(codes[i]) + 1] }
    }
  }
}
