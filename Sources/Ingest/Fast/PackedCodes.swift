/// The codes of one column in one window, on as few bytes as they need, one more than they are:
/// 0 is an empty cell. They are gone through once, when the codes of the sheet are known.
struct PackedCodes: Sendable {
  private enum Storage {
    case bytes([UInt8])
    case pairs([UInt16])
    case plain([Int32])
  }

  private let storage: Storage
  /// Whether a cell is empty.
  let hasEmpty: Bool

  /// Packs codes below `count`.
  init(_ codes: Span<Int32>, below count: Int) {
    var least: Int32 = 0
    for i in codes.indices { least = min(least, codes[i]) }
    hasEmpty = least < 0
    switch count {
    case 0..<256:
      storage = .bytes(
        [UInt8](capacity: codes.count) { out in
          for i in codes.indices { out.append(UInt8(truncatingIfNeeded: codes[i] &+ 1)) }
        })
    case 256..<65536:
      storage = .pairs(
        [UInt16](capacity: codes.count) { out in
          for i in codes.indices { out.append(UInt16(truncatingIfNeeded: codes[i] &+ 1)) }
        })
    default:
      storage = .plain(
        [Int32](capacity: codes.count) { out in
          for i in codes.indices { out.append(codes[i] &+ 1) }
        })
    }
  }

  /// How often each code below a number stands there.
  func counts(below count: Int) -> [Int] {
    var out = [Int](repeating: 0, count: count + 1)
    switch storage {
    case .bytes(let codes): for code in codes { out[Int(code)] += 1 }
    case .pairs(let codes): for code in codes { out[Int(code)] += 1 }
    case .plain(let codes): for code in codes { out[Int(code)] += 1 }
    }
    out.removeFirst()
    return out
  }

  /// Writes `words[code + 1]` for each code.
  @inline(__always)
  func write<T: BitwiseCopyable>(_ words: Span<T>, into out: inout MutableSpan<T>) {
    switch storage {
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
