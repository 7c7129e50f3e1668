import CCrypto

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// SHA-256 of a stream of bytes, for fingerprints.
///
/// Invariants of the unsafe code: `context` is made in `init`, used by this object alone, and
/// freed once in `deinit`; pointers into arrays live for one call only. A digest gives its value
/// once: `finish` consumes what was fed.
@safe package final class Digest {
  private let context: OpaquePointer

  /// Starts an empty digest.
  package init() {
    guard let made = unsafe EVP_MD_CTX_new(),
      unsafe EVP_DigestInit_ex(made, EVP_sha256(), nil) == 1
    else { preconditionFailure("libcrypto has no SHA-256") }
    unsafe context = made
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  /// Adds bytes.
  package func update(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { buffer in
      _ = unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
    }
  }

  /// Adds the first `count` bytes.
  func update(_ bytes: [UInt8], count: Int) {
    precondition(count <= bytes.count, "within the bytes")
    unsafe bytes.withUnsafeBytes { buffer in
      _ = unsafe EVP_DigestUpdate(context, buffer.baseAddress, count)
    }
  }

  /// Adds a text, preceded by its length, so that two texts never read as one.
  package func update(field text: String) {
    let utf8 = Array(text.utf8)
    update(Array("\(utf8.count):".utf8))
    update(utf8)
  }

  /// The digest of all bytes added, as 64 lower-case hexadecimal digits. Call once.
  package func finish() -> String {
    var out = [UInt8](repeating: 0, count: 32)
    unsafe out.withUnsafeMutableBufferPointer { buffer in
      _ = unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
    }
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: out.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// SHA-256 of bytes, as 64 lower-case hexadecimal digits.
package func sha256Hex(_ bytes: [UInt8]) -> String {
  let digest = Digest()
  digest.update(bytes)
  return digest.finish()
}

/// SHA-256 of any bytes, as 64 lower-case hexadecimal digits.
package func sha256Hex(_ bytes: some Sequence<UInt8>) -> String { sha256Hex(Array(bytes)) }

/// SHA-256 and size of a file, which is not held in memory; nil when it cannot be read.
package func sha256Hex(path: String) -> (digest: String, byteCount: Int)? {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  let digest = Digest()
  var count = 0
  var buffer = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let got = unsafe buffer.withUnsafeMutableBytes {
      unsafe read(descriptor, $0.baseAddress, $0.count)
    }
    if got < 0 { return nil }
    if got == 0 { return (digest.finish(), count) }
    count += got
    digest.update(buffer, count: got)
  }
}
