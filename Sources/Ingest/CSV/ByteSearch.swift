#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Array where Element == UInt8 {
  /// Whether a byte occurs, by the C library's vectorised search: whole files are asked this.
  ///
  /// The pointer does not outlive the call, and `memchr` reads no byte beyond `count`.
  func holds(_ byte: UInt8) -> Bool {
    unsafe withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return false }
      return unsafe memchr(start, Int32(byte), buffer.count) != nil
    }
  }
}
