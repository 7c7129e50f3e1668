#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A block of bytes with room behind it: eight bytes may be loaded from any position in it.
///
/// Invariants of the unsafe code: `base` has `capacity + padding` bytes, belongs to this object
/// and is freed once; `count` never exceeds `capacity`.
@safe final class WindowBuffer {
  private static let padding = 64
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  var count = 0 {
    didSet { precondition(count >= 0 && count <= capacity, "a window holds what it has room for") }
  }

  init(capacity: Int) {
    self.capacity = capacity
    unsafe base = .allocate(capacity: capacity + WindowBuffer.padding)
    unsafe base.initialize(repeating: 0, count: capacity + WindowBuffer.padding)
  }

  deinit { unsafe base.deallocate() }

  /// Makes room, keeping what is there.
  func reserve(_ wanted: Int) {
    if wanted <= capacity { return }
    let new = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + WindowBuffer.padding)
    unsafe new.initialize(repeating: 0, count: wanted + WindowBuffer.padding)
    unsafe new.update(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = new
    capacity = wanted
  }

  /// Adds some bytes of an array.
  func append(_ bytes: [UInt8], _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "within the array")
    if range.isEmpty { return }
    reserve(count + range.count)
    unsafe bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress {
        unsafe (base + count).update(from: start + range.lowerBound, count: range.count)
      }
    }
    count += range.count
  }

  /// The bytes as an array.
  var array: [UInt8] { unsafe Array(UnsafeBufferPointer(start: base, count: count)) }

  /// The position of a byte at or after another, before a third one; nil when there is none.
  func first(_ byte: UInt8, from start: Int, upTo limit: Int = .max) -> Int? {
    let end = min(limit, count)
    guard start < end,
      let found = unsafe memchr(base + start, Int32(byte), end - start)
    else { return nil }
    return unsafe found.assumingMemoryBound(to: UInt8.self) - UnsafeMutablePointer(base)
  }

  /// The position of the last of a byte in a range; nil when there is none.
  func last(_ byte: UInt8, in range: Range<Int>) -> Int? {
    precondition(range.upperBound <= count, "within the window")
    var i = range.upperBound
    while i > range.lowerBound {
      i -= 1
      if unsafe base[i] == byte { return i }
    }
    return nil
  }

  subscript(position: Int) -> UInt8 {
    precondition(position < count, "within the window")
    return unsafe base[position]
  }

  /// Whether all bytes are below 80, and whether one of them is NUL.
  var content: (isASCII: Bool, hasNUL: Bool) {
    var (high, nul): (UInt64, UInt64) = (0, 0)
    let words = count / 8
    let ones: UInt64 = 0x0101_0101_0101_0101
    for i in 0..<words {
      let word = unsafe UnsafeRawPointer(base).loadUnaligned(
        fromByteOffset: 8 * i, as: UInt64.self)
      high |= word
      nul |= (word &- ones) & ~word
    }
    for i in 8 * words..<count {
      let word = UInt64(unsafe base[i]) | 0x20 << 8
      high |= word
      nul |= unsafe base[i] == 0 ? 0x80 : 0
    }
    let top = ones << 7
    return (high & top == 0, nul & top != 0)
  }
}

/// Where the bytes of a sheet come from: an open file, or memory.
///
/// Invariants of the unsafe code: the descriptor is closed once, and a read writes at most as many
/// bytes as the buffer has room for.
@safe final class ByteSource: @unchecked Sendable {
  private let descriptor: Int32
  private let memory: [UInt8]
  let size: Int

  /// Opens a regular file; nil for anything else.
  init?(path: String) {
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    memory = []
    guard descriptor >= 0 else { return nil }
    var info = stat()
    guard unsafe fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      return nil
    }
    size = Int(info.st_size)
  }

  init(_ bytes: [UInt8]) {
    descriptor = -1
    memory = bytes
    size = bytes.count
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Adds at most `wanted` bytes from a position in the file to a buffer; false when they cannot
  /// be read.
  func read(_ wanted: Int, at offset: Int, into buffer: WindowBuffer) -> Bool {
    let wanted = min(wanted, size - offset)
    if wanted <= 0 { return true }
    if descriptor < 0 {
      buffer.append(memory, offset..<offset + wanted)
      return true
    }
    buffer.reserve(buffer.count + wanted)
    var got = 0
    while got < wanted {
      let n = unsafe pread(
        descriptor, buffer.base + buffer.count, wanted - got, off_t(offset + got))
      if n <= 0 { return false }
      buffer.count += n
      got += n
    }
    return true
  }
}

/// Hands out a sheet in windows that end where a record ends, in order.
///
/// Quotes are followed as `Scanner` follows them, for the plain cases: a quote that opens a cell
/// closes before a delimiter or a line end, or is doubled. Anything else, and a record without
/// end, is left to the careful reader.
struct WindowSource {
  let source: ByteSource
  let dialect: Dialect
  let windowSize: Int
  private var offset: Int
  private var carry: [UInt8] = []
  private(set) var index = 0

  /// The longest record that is read in windows.
  private static let longestRecord = 1 << 26

  init(_ source: ByteSource, _ dialect: Dialect, from offset: Int, windowSize: Int) {
    self.source = source
    self.dialect = dialect
    self.offset = offset
    self.windowSize = windowSize
  }

  /// About how many windows there are.
  var expectedCount: Int { (source.size - offset) / max(windowSize, 1) + 1 }

  enum Step {
    case window(Int)
    case end
    /// Not for this reader.
    case odd
  }

  /// Fills a buffer with the next window.
  mutating func next(_ buffer: WindowBuffer) -> Step {
    buffer.count = 0
    buffer.append(carry, 0..<carry.count)
    carry = []
    while true {
      let wanted = max(1, min(windowSize, source.size - offset))
      let isLast = offset + wanted >= source.size
      guard source.read(wanted, at: offset, into: buffer) else { return .odd }
      offset = min(source.size, offset + wanted)
      if buffer.count == 0 { return .end }
      guard let end = boundary(buffer, isLast: isLast) else { return .odd }
      if end == 0 {
        if isLast || buffer.count > WindowSource.longestRecord { return .odd }
        continue
      }
      if end < buffer.count {
        carry = Array((end..<buffer.count).map { buffer[$0] })
        buffer.count = end
      }
      index += 1
      return .window(index - 1)
    }
  }

  /// Where the last whole record ends; 0 when none does, nil for quotes that are not plain.
  private func boundary(_ buffer: WindowBuffer, isLast: Bool) -> Int? {
    let quote = dialect.quote
    var lastBreak = 0
    var from = 0
    var position = 0
    while let open = buffer.first(quote, from: position) {
      guard open == 0 || isEdge(buffer[open - 1]) else {
        position = open + 1
        continue
      }
      if let found = buffer.last(0x0A, in: from..<open) { lastBreak = found + 1 }
      var close = open
      while true {
        guard let next = buffer.first(quote, from: close + 1) else {
          return isLast ? nil : lastBreak
        }
        close = next
        if close + 1 == buffer.count {
          if isLast { break }
          return lastBreak
        }
        if buffer[close + 1] != quote { break }
        close += 1
      }
      if close + 1 < buffer.count, !isEdge(buffer[close + 1]) { return nil }
      position = close + 1
      from = position
    }
    if isLast { return buffer.count }
    if let found = buffer.last(0x0A, in: from..<buffer.count) { lastBreak = found + 1 }
    return lastBreak
  }

  private func isEdge(_ byte: UInt8) -> Bool {
    byte == dialect.delimiter || byte == 0x0A || byte == 0x0D
  }
}
