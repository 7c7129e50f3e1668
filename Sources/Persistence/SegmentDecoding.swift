import Columns
import Threads

/// The chunks of a column, to be read on all processors at once.
struct StoredChunks: Sendable {
  /// The bytes of each segment, nil where it does not have the column, and its rows.
  private var chunks: [(bytes: [UInt8]?, rows: Int)] = []

  init(_ chunks: [(bytes: [UInt8]?, rows: Int)]) { self.chunks = chunks }

  /// Whole numbers, days or codes; nil when some bytes are not those of their rows.
  func values<T: FixedWidthInteger & SignedInteger & Sendable>(missing: T) -> [T]? {
    unsafe read(missing: missing) { unsafe SegmentCoding.decode($0, missing: missing, into: $1) }
  }

  /// Decimals; nil when some bytes are not those of their rows.
  func decimals() -> [Double]? {
    unsafe read(missing: .nan) { unsafe SegmentCoding.decode($0, into: $1) }
  }

  /// Invariant: chunk c fills its own part of the array, from `starts[c]` to `starts[c + 1]`, and
  /// every part is filled: with missing values before anything that may stop half-way.
  private func read<T: Sendable>(
    missing: T,
    _ decode: @escaping @Sendable (UnsafeRawBufferPointer, UnsafeMutableBufferPointer<T>) -> Bool
  ) -> [T]? {
    let starts = chunks.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.rows) }
    let total = starts.last ?? 0
    var isWhole = true
    let values = unsafe [T](unsafeUninitializedCapacity: total) { buffer, count in
      unsafe LargeMemory.expect(UnsafeMutableRawBufferPointer(buffer))
      nonisolated(unsafe) let out = unsafe buffer
      let parts = Workers.parts(starts)
      let wholes = Workers.map(parts.count) { part -> Bool in
        var isWhole = true
        for c in parts[part] {
          let target = unsafe UnsafeMutableBufferPointer(
            rebasing: out[starts[c]..<starts[c + 1]])
          let isRead = unsafe chunks[c].bytes?.withUnsafeBytes { unsafe decode($0, target) }
          if isRead == true { continue }
          unsafe target.initialize(repeating: missing)
          if isRead == false { isWhole = false }
        }
        return isWhole
      }
      // Parts cover every segment, but for segments without rows at the end.
      isWhole = wholes.allSatisfy { $0 }
      count = total
    }
    return isWhole ? values : nil
  }
}
