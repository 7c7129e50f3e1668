/// The codes of one column in one window, on as few bytes as they need, one more than they are:
/// 0 is an empty cell. They are gone through once, when the codes of the sheet are known.
enum PackedCodes: Sendable {
  case bytes([UInt8])
  case pairs([UInt16])
  case plain([Int32])

  /// Packs codes below `count`.
  init(_ codes: Span<Int32>, below count: Int) {
    switch count {
    case 0..<256:
      self = .bytes(
        [UInt8](capacity: codes.count) { out in
          for i in codes.indices { out.append(UInt8(truncatingIfNeeded: codes[i] &+ 1)) }
        })
    case 256..<65536:
      self = .pairs(
        [UInt16](capacity: codes.count) { out in
          for i in codes.indices { out.append(UInt16(truncatingIfNeeded: codes[i] &+ 1)) }
        })
    default:
      self = .plain(
        [Int32](capacity: codes.count) { out in
          for i in codes.indices { out.append(codes[i] &+ 1) }
        })
    }
  }

  /// Whether a cell is empty.
  var hasEmpty: Bool {
    switch self {
    case .bytes(let codes): codes.contains(0)
    case .pairs(let codes): codes.contains(0)
    case .plain(let codes): codes.contains(0)
    }
  }

  /// Writes `words[code + 1]` for each code.
  @inline(__always)
  func write<T: BitwiseCopyable>(_ words: Span<T>, into out: inout MutableSpan<T>) {
    switch self {
    case .bytes(let codes):
      let codes = codes.span
      for i in codes.indices { out[i] = words[Int(codes[i])] }
    case .pairs(let codes):
      let codes = codes.span
      for i in codes.indices { out[i] = words[Int(codes[i])] }
    case .plain(let codes):
      let codes = codes.span
      for i in codes.indices { out[i] = words[Int(codes[i])] }
    }
  }
}
