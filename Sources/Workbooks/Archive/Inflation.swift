import CZlib

extension ZipArchive {
  /// Hands out the bytes of an entry, inflated, in pieces; checks size and checksum.
  ///
  /// Invariants of the unsafe code: the stream lives in this frame, is ended on every way out, and
  /// reads and writes only inside the two buffers pinned around it.
  ///
  /// - Throws: `Refusal` when the entry is damaged or too large, or what `body` throws.
  func read(_ entry: ZipEntry, _ body: (Span<UInt8>) throws(Refusal) -> Void) throws(Refusal) {
    try spend(on: entry)
    switch entry.method {
    case 0: try readStored(entry, body)
    case 8: try readDeflated(entry, body)
    default:
      throw Refusal(
        "workbook.compression", fr: "compression non prise en charge (\(entry.method))",
        en: "compression not supported (\(entry.method))")
    }
  }

  /// All bytes of an entry.
  func contents(_ entry: ZipEntry) throws(Refusal) -> [UInt8] {
    var out: [UInt8] = []
    try read(entry) { (piece) throws(Refusal) in out.append(piece) }
    return out
  }

  private static let wrong = Refusal.damaged(
    fr: "une partie ne correspond pas à sa somme de contrôle",
    en: "a part does not match its checksum")

  private func readStored(
    _ entry: ZipEntry, _ body: (Span<UInt8>) throws(Refusal) -> Void
  ) throws(Refusal) {
    guard entry.size == entry.data.count else { throw Self.wrong }
    var sum = crc32(0, nil, 0)
    var refusal: Refusal?
    unsafe bytes.withUnsafeBufferPointer { all in
      do throws(Refusal) {
        var at = entry.data.lowerBound
        while at < entry.data.upperBound {
          let end = min(at + 1 << 16, entry.data.upperBound)
          let piece = unsafe UnsafeBufferPointer(rebasing: all[at..<end])
          sum = unsafe crc32(sum, piece.baseAddress, UInt32(piece.count))
          try body(unsafe Span(_unsafeElements: piece))
          at = end
        }
      } catch {
        refusal = error
      }
    }
    if let refusal { throw refusal }
    guard UInt32(truncatingIfNeeded: sum) == entry.crc else { throw Self.wrong }
  }

  private func readDeflated(
    _ entry: ZipEntry, _ body: (Span<UInt8>) throws(Refusal) -> Void
  ) throws(Refusal) {
    var refusal: Refusal?
    unsafe bytes.withUnsafeBufferPointer { all in
      let input = unsafe UnsafeMutablePointer(mutating: all.baseAddress)
      var stream = unsafe z_stream()
      guard unsafe lien_inflate_init(&stream) == Z_OK else {
        refusal = Self.wrong
        return
      }
      defer { unsafe inflateEnd(&stream) }
      unsafe stream.next_in = input.map { unsafe $0 + entry.data.lowerBound }
      unsafe stream.avail_in = UInt32(clamping: entry.data.count)
      let room = 1 << 17
      let output = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: room)
      defer { unsafe output.deallocate() }
      var sum = crc32(0, nil, 0)
      var total = 0
      do throws(Refusal) {
        while true {
          unsafe stream.next_out = output.baseAddress
          unsafe stream.avail_out = UInt32(room)
          let state = unsafe inflate(&stream, Z_NO_FLUSH)
          let count = unsafe room - Int(stream.avail_out)
          total += count
          guard state == Z_OK || state == Z_STREAM_END, total <= entry.size else {
            throw Self.wrong
          }
          let piece = unsafe Span(
            _unsafeElements: UnsafeBufferPointer(output).extracting(0..<count))
          sum = unsafe crc32(sum, output.baseAddress, UInt32(count))
          try body(piece)
          if state == Z_STREAM_END { break }
          guard count > 0 else { throw Self.wrong }
        }
        guard total == entry.size, UInt32(truncatingIfNeeded: sum) == entry.crc else {
          throw Self.wrong
        }
      } catch {
        refusal = error
      }
    }
    if let refusal { throw refusal }
  }
}

extension Array<UInt8> {
  /// Adds the bytes of a span.
  @inline(__always)
  mutating func append(_ span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
