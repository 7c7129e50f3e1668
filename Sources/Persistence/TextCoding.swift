import Columns
import Threads

/// Entries of a dictionary as bytes: each as what it adds to the one before.
///
/// Codes are given in the order of sheets, where one identifier often counts on from the last
/// (`R001-15-001`, `R001-15-002`), or shares its beginning. `lengths` holds the byte F, the size of
/// its first part on 4 bytes, and two lists of numbers: for each entry 0 when it is the one before
/// counted on by one, else 1 + the bytes it shares; and the number of bytes that it adds. Those
/// bytes follow each other in `bytes`. Parts written before have plain lengths and whole entries.
enum TextCoding {
  private static let mark = UInt8(ascii: "F")

  /// Writes the entries between `offsets`.
  static func encode(
    _ entries: [UInt8], _ offsets: ArraySlice<Int>
  ) -> (lengths: [UInt8], bytes: [UInt8]) {
    let s = entries.span
    var shared: [Int64] = []
    var added: [Int64] = []
    var bytes: [UInt8] = []
    shared.reserveCapacity(offsets.count)
    added.reserveCapacity(offsets.count)
    var previous = 0..<0
    for i in offsets.indices.dropLast() {
      let entry = offsets[i]..<offsets[i + 1]
      if isNext(s, previous, entry) {
        shared.append(0)
        added.append(0)
      } else {
        var same = 0
        let most = min(previous.count, entry.count)
        while same < most, s[previous.lowerBound + same] == s[entry.lowerBound + same] { same += 1 }
        shared.append(Int64(same + 1))
        added.append(Int64(entry.count - same))
        for p in entry.lowerBound + same..<entry.upperBound { bytes.append(s[p]) }
      }
      previous = entry
    }
    let first = SegmentCoding.encode(shared[...], missing: -1).bytes
    var lengths = [mark]
    for b in 0..<4 { lengths.append(UInt8(truncatingIfNeeded: first.count >> (8 * b))) }
    lengths += first
    lengths += SegmentCoding.encode(added[...], missing: -1).bytes
    return (lengths, bytes)
  }

  /// Whether an entry is another one with its last digits counted on by one.
  private static func isNext(_ s: Span<UInt8>, _ before: Range<Int>, _ entry: Range<Int>) -> Bool {
    guard before.count == entry.count, !entry.isEmpty else { return false }
    var (p, q) = (before.upperBound - 1, entry.upperBound - 1)
    while p >= before.lowerBound, s[p] == UInt8(ascii: "9"), s[q] == UInt8(ascii: "0") {
      p -= 1
      q -= 1
    }
    guard p >= before.lowerBound, s[p] &- 0x30 < 9, s[q] == s[p] + 1 else { return false }
    while p > before.lowerBound {
      p -= 1
      q -= 1
      if s[p] != s[q] { return false }
    }
    return true
  }

  /// Some entries as they are stored.
  struct Part: Sendable {
    var entries: Int
    var lengths: [UInt8]
    var bytes: [UInt8]
  }

  /// All entries, parts read on all processors at once; nil when bytes are not those of entries.
  static func lexicon(_ parts: [Part]) -> Lexicon? {
    let starts = parts.reduce(into: [0]) {
      $0.append(($0.last ?? 0) + max(0, min($1.entries, 1 << 31)))
    }
    let ranges = Workers.parts(starts)
    let pieces = Workers.map(ranges.count) { r -> (bytes: [UInt8], offsets: [Int])? in
      var bytes: [UInt8] = []
      var offsets = [0]
      for part in parts[ranges[r]] {
        let isWhole = decode(
          part.lengths, part.bytes, entries: part.entries, into: &bytes, &offsets)
        if !isWhole { return nil }
      }
      return (bytes, offsets)
    }
    var bytes: [UInt8] = []
    var offsets = [0]
    for piece in pieces {
      guard let piece else { return nil }
      if bytes.isEmpty {
        (bytes, offsets) = piece
      } else {
        let base = bytes.count
        bytes += piece.bytes
        offsets.append(contentsOf: piece.offsets.dropFirst().lazy.map { $0 + base })
      }
    }
    return Lexicon(bytes: bytes, offsets: offsets)
  }

  /// Adds entries to a list; false when the bytes are not those of this many.
  static func decode(
    _ lengths: [UInt8], _ more: [UInt8], entries: Int, into bytes: inout [UInt8],
    _ offsets: inout [Int]
  ) -> Bool {
    guard entries >= 0, lengths.count > 5, lengths[0] == mark else {
      return decodePlain(lengths, more, entries: entries, into: &bytes, &offsets)
    }
    let size = (0..<4).reduce(0) { $0 | Int(lengths[1 + $1]) << (8 * $1) }
    guard 5 + size < lengths.count,
      let shared = SegmentCoding.numbers(lengths[5..<5 + size], count: entries),
      let added = SegmentCoding.numbers(lengths[(5 + size)...], count: entries)
    else { return false }
    // Where each entry ends, then its bytes: a place known beforehand needs no growing.
    let start = bytes.count
    var end = start
    var length = 0
    var from = 0
    offsets.reserveCapacity(offsets.count + entries)
    for i in 0..<entries {
      if shared[i] != 0 {
        guard shared[i] > 0, shared[i] - 1 <= length, added[i] >= 0,
          added[i] <= more.count - from
        else { return false }
        from += Int(added[i])
        length = Int(shared[i]) - 1 + Int(added[i])
      }
      end += length
      guard end <= 1 << 40 else { return false }
      offsets.append(end)
    }
    guard from == more.count else { return false }
    bytes.append(contentsOf: repeatElement(0, count: end - start))
    return fill(&bytes, from: start, more, shared, added)
  }

  /// Writes entries one after the other; false when one cannot be counted on.
  private static func fill(
    _ bytes: inout [UInt8], from start: Int, _ more: [UInt8], _ shared: [Int64], _ added: [Int64]
  ) -> Bool {
    var out = bytes.mutableSpan
    var (previous, length) = (start, 0)
    var from = 0
    for i in shared.indices {
      let entry = previous + length
      let kept = shared[i] == 0 ? length : Int(shared[i]) - 1
      for k in 0..<kept { out[entry + k] = out[previous + k] }
      if shared[i] == 0 {
        var p = entry + length - 1
        while p >= entry, out[p] == UInt8(ascii: "9") {
          out[p] = UInt8(ascii: "0")
          p -= 1
        }
        guard p >= entry, out[p] &- 0x30 < 9 else { return false }
        out[p] += 1
      } else {
        let n = Int(added[i])
        for k in 0..<n { out[entry + kept + k] = more[from + k] }
        from += n
        length = kept + n
      }
      previous = entry
    }
    return true
  }

  private static func decodePlain(
    _ lengths: [UInt8], _ more: [UInt8], entries: Int, into bytes: inout [UInt8],
    _ offsets: inout [Int]
  ) -> Bool {
    guard let each = SegmentCoding.numbers(lengths[...], count: entries) else { return false }
    var end = bytes.count
    for length in each {
      guard length >= 0, length <= more.count else { return false }
      end += Int(length)
      offsets.append(end)
    }
    bytes += more
    return end == bytes.count
  }
}
