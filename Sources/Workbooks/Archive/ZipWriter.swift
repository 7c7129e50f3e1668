import CZlib

/// Writes a ZIP archive: deflated, without dates, so that the same parts give the same bytes.
///
/// Invariants of the unsafe code: each stream lives in one call and is ended there; it writes only
/// inside a buffer as large as zlib says that it can need.
struct ZipWriter {
  private var out: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Adds a file.
  mutating func add(_ name: String, _ content: [UInt8]) throws(Refusal) {
    guard content.count < 1 << 31, out.count < 1 << 31 else { throw SheetBuilder.full }
    let packed = try Self.deflated(content)
    let sum = unsafe content.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: unsafe crc32(0, $0.baseAddress, UInt32($0.count)))
    }
    let start = out.count
    // Version, flags (names in UTF-8), method, 1 January 1980 at midnight.
    var head: [UInt8] = []
    Self.put([20, 0x0800, 8, 0, 0x21], 2, &head)
    Self.put([Int(sum), packed.count, content.count], 4, &head)
    Self.put([name.utf8.count, 0], 2, &head)
    out += [0x50, 0x4B, 3, 4] + head + Array(name.utf8) + packed
    directory += [0x50, 0x4B, 1, 2, 20, 0] + head
    Self.put([0, 0, 0], 2, &directory)
    Self.put([0, start], 4, &directory)
    directory += Array(name.utf8)
    count += 1
  }

  /// The archive.
  func finish() -> [UInt8] {
    var end: [UInt8] = [0x50, 0x4B, 5, 6]
    Self.put([0, 0, count, count], 2, &end)
    Self.put([directory.count, out.count], 4, &end)
    Self.put([0], 2, &end)
    return out + directory + end
  }

  private static func put(_ numbers: [Int], _ width: Int, _ out: inout [UInt8]) {
    for number in numbers {
      for i in 0..<width { out.append(UInt8(truncatingIfNeeded: number >> (8 * i))) }
    }
  }

  private static func deflated(_ content: [UInt8]) throws(Refusal) -> [UInt8] {
    var stream = unsafe z_stream()
    guard unsafe lien_deflate_init(&stream) == Z_OK else { throw SheetBuilder.full }
    defer { unsafe deflateEnd(&stream) }
    let room = unsafe Int(deflateBound(&stream, UInt(content.count)))
    var state = Z_OK
    let packed = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
      unsafe content.withUnsafeBufferPointer { input in
        unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.avail_in = UInt32(input.count)
        unsafe stream.next_out = buffer.baseAddress
        unsafe stream.avail_out = UInt32(room)
        state = unsafe deflate(&stream, Z_FINISH)
        filled = unsafe room - Int(stream.avail_out)
      }
    }
    guard state == Z_STREAM_END else { throw SheetBuilder.full }
    return packed
  }
}
