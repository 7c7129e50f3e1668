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
    let s = more.span
    offsets.reserveCapacity(offsets.count + entries)
    var from = 0
    var previous = bytes.count..<bytes.count
    for i in 0..<entries {
      let start = bytes.count
      if shared[i] == 0 {
        for p in previous { bytes.append(bytes[p]) }
        var p = bytes.count - 1
        while p >= start, bytes[p] == UInt8(ascii: "9") {
          bytes[p] = UInt8(ascii: "0")
          p -= 1
        }
        guard p >= start, bytes[p] &- 0x30 < 9 else { return false }
        bytes[p] += 1
      } else {
        guard shared[i] > 0, shared[i] - 1 <= previous.count, added[i] >= 0,
          added[i] <= s.count - from
        else { return false }
        for p in previous.prefix(Int(shared[i]) - 1) { bytes.append(bytes[p]) }
        for p in from..<from + Int(added[i]) { bytes.append(s[p]) }
        from += Int(added[i])
      }
      previous = start..<bytes.count
      offsets.append(bytes.count)
    }
    return from == s.count
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
