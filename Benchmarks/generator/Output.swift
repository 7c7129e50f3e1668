import Glibc

/// A file written through one large buffer.
struct Output: ~Copyable {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private(set) var failed = false

  /// The standard error.
  static var standardError: Output { Output(descriptor: 2) }

  private init(descriptor: Int32) {
    self.descriptor = descriptor
    buffer.reserveCapacity(Output.full + 4096)
  }

  private static let full = 1 << 20

  /// Creates a file, or empties it.
  init?(path: String) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if descriptor < 0 { return nil }
    self.init(descriptor: descriptor)
  }

  mutating func put(_ text: String) { buffer.append(contentsOf: text.utf8) }

  mutating func put(_ bytes: [UInt8]) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Output.full { flush() }
  }

  mutating func put(_ byte: UInt8) { buffer.append(byte) }

  /// Writes what is left and closes the file.
  mutating func close() {
    flush()
    if descriptor > 2, Glibc.close(descriptor) != 0 { failed = true }
  }

  private mutating func flush() {
    var written = 0
    while written < buffer.count && !failed {
      let count = unsafe buffer.withUnsafeBytes { bytes in
        unsafe write(
          descriptor, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
      }
      if count <= 0 { failed = true } else { written += count }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
