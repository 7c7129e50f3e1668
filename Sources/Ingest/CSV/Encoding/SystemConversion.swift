#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Decoding by the C library's `iconv`, whose tables lie in the system: nil where it has none.
struct SystemConversion {
  private let name: String

  init?(_ encoding: TextEncoding) {
    name = encoding.systemName
    guard let converter = unsafe SystemConversion.open(name) else { return nil }
    unsafe iconv_close(converter)
  }

  private static func open(_ name: String) -> iconv_t? {
    let converter = unsafe iconv_open("UTF-8", name)
    return unsafe converter == iconv_t(bitPattern: -1) ? nil : converter
  }

  /// The bytes as UTF-8; what does not decode becomes U+FFFD, or makes the whole nil.
  ///
  /// The pointers do not outlive the calls; `iconv` reads and writes within the counts given.
  func decoded(_ raw: [UInt8], replacing: Bool) -> [UInt8]? {
    guard let converter = unsafe SystemConversion.open(name) else { return nil }
    defer { unsafe iconv_close(converter) }
    var input = raw.map { CChar(bitPattern: $0) }
    var out: [UInt8] = []
    out.reserveCapacity(raw.count + raw.count / 2)
    var chunk = [CChar](repeating: 0, count: 1 << 14)
    var isGood = true
    unsafe input.withUnsafeMutableBufferPointer { buffer in
      var from = buffer.baseAddress
      var left = buffer.count
      var isFlushed = false
      while left > 0 || !isFlushed {
        var (status, code): (Int, Int32) = (0, 0)
        let written = unsafe chunk.withUnsafeMutableBufferPointer { room in
          var to = room.baseAddress
          var space = room.count
          if left > 0 {
            status = unsafe iconv(converter, &from, &left, &to, &space)
          } else {
            // A letter may wait for a mark to go with it.
            status = unsafe iconv(converter, nil, nil, &to, &space)
            isFlushed = true
          }
          code = errno
          return room.count - space
        }
        out.append(contentsOf: chunk[..<written].map { UInt8(bitPattern: $0) })
        guard status == -1, code != E2BIG else { continue }
        guard replacing else {
          // A sample may end within a character.
          isGood = code == EINVAL && left < 4
          return
        }
        out.append(contentsOf: [0xEF, 0xBF, 0xBD])
        unsafe from = from?.advanced(by: 1)
        left -= 1
      }
    }
    return isGood ? out : nil
  }
}
