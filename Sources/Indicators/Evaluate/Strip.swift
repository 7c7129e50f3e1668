import Columns
import Threads

/// The rows of a scan that take part in some periods, in the order of period, residence, row.
///
/// A row that takes part in several periods (a stay, overlapping periods) stands here once for
/// each: an entry is a row within a period. Partition `period * residences + slot` runs from
/// `starts[p]` to `starts[p + 1]`; slot 1 is the unknown residence, slot 0 is empty.
struct Strip: Sendable {
  let table: String
  /// Row numbers in the base table; where rows were counted together, the codes of that column,
  /// one after the last for none: the units at which `Reader`s hold their values.
  let rows: [Int32]
  /// Whether rows were counted together.
  var isByCode = false
  /// How many each entry stands for; nil for one each.
  let weight: [Double]?
  let starts: [Int]
  /// The number of residence slots.
  let residences: Int

  var periods: Int { (starts.count - 1) / residences }

  /// The entries whose rows are kept; of a strip whose entries are rows.
  func filter(_ isKept: (_ row: Int) -> Bool) -> Strip {
    var rows: [Int32] = []
    var weight: [Double] = []
    var ends = [0]
    ends.reserveCapacity(starts.count)
    for p in 0..<starts.count - 1 {
      for i in starts[p]..<starts[p + 1] where isKept(Int(self.rows[i])) {
        rows.append(self.rows[i])
        if let all = self.weight { weight.append(all[i]) }
      }
      ends.append(rows.count)
    }
    return Strip(
      table: table, rows: rows, weight: self.weight == nil ? nil : weight, starts: ends,
      residences: residences)
  }

  /// One entry for each code of a column in each partition, standing for all its rows: enough for
  /// whatever is a function of that column. Rows without a code are one entry too.
  func reduced(by codes: [Int32], size: Int) -> Strip {
    let parts = Workers.parts(starts)
    let pieces = Workers.map(parts.count) { Piece(self, parts[$0], codes, size) }
    var rows: [Int32] = []
    var weight: [Double] = []
    var ends = [0]
    ends.reserveCapacity(starts.count)
    if pieces.count == 1 {
      rows = pieces[0].rows
      weight = pieces[0].weight
      ends += pieces[0].ends
    } else {
      for piece in pieces {
        let base = rows.count
        rows += piece.rows
        weight += piece.weight
        ends += piece.ends.map { $0 + base }
      }
    }
    while ends.count < starts.count { ends.append(rows.count) }
    return Strip(
      table: table, rows: rows, isByCode: true, weight: weight, starts: ends,
      residences: residences)
  }

  private struct Piece: Sendable {
    var rows: [Int32] = []
    var weight: [Double] = []
    var ends: [Int] = []

    init(_ strip: Strip, _ partitions: Range<Int>, _ codes: [Int32], _ size: Int) {
      // The entry that a code has in the current partition, if it is not from before.
      var entry = [Int32](repeating: -1, count: size + 1)
      let all = strip.weight ?? []
      var rows: [Int32] = []
      var weight: [Double] = []
      for p in partitions {
        let begin = Int32(rows.count)
        for i in strip.starts[p]..<strip.starts[p + 1] {
          let code = codes[Int(strip.rows[i])]
          let key = code < 0 ? size : Int(code)
          let n = all.isEmpty ? 1 : all[i]
          let known = entry[key]
          if known >= begin {
            weight[Int(known)] += n
          } else {
            entry[key] = Int32(rows.count)
            rows.append(Int32(key))
            weight.append(n)
          }
        }
        ends.append(rows.count)
      }
      (self.rows, self.weight) = (rows, weight)
    }
  }
}

/// Where rows go in a strip.
struct Placement: Sendable {
  /// The partition of each row, or -1.
  let place: Reader<Int32>
  /// Conditions that must all hold.
  let masks: [Reader<Int8>]

  /// Writes the partition of each of some rows, or -1: a chunk that fits in the nearest memory,
  /// one condition after the other, so that each loop reads few arrays.
  func write(from start: Int, to parts: UnsafeMutableBufferPointer<Int32>) {
    let place = place
    for j in parts.indices { unsafe parts[j] = place[start + j] }
    for mask in masks {
      for j in parts.indices where mask[start + j] != 1 { unsafe parts[j] = -1 }
    }
  }

  static let chunk = 4096
}

extension Strip {
  /// Sorts rows into partitions by counting; in each, rows stay in order. A row may have a place
  /// in each layer.
  ///
  /// Invariants of the shared buffers: thread t writes the partitions of its own rows; then it
  /// writes at positions from its own offset of each partition on, as many as it counted there;
  /// the ranges are disjoint and cover the buffer.
  static func sorted(
    table: String, rowCount: Int, layers: [Placement], residences: Int, partitions: Int,
    weight: [Double]?
  ) -> Strip {
    let threads = Workers.threads(for: rowCount)
    let bounds = (0...threads).map { rowCount * $0 / threads }
    // The partitions of rows are kept between counting and sorting; those of several layers would
    // take too much, and are worked out again.
    let isKept = layers.count == 1
    var counts: [[Int]] = []
    let kept = unsafe [Int32](unsafeUninitializedCapacity: isKept ? rowCount : 0) { buffer, n in
      unsafe LargeMemory.expect(UnsafeMutableRawBufferPointer(buffer))
      nonisolated(unsafe) let out = unsafe buffer
      counts = Workers.map(threads) { t -> [Int] in
        var counts = [Int](repeating: 0, count: partitions)
        unsafe forEachChunk(layers, bounds[t]..<bounds[t + 1], in: isKept ? out : nil) { _, parts in
          for j in parts.indices {
            let part = unsafe parts[j]
            if part >= 0 { counts[Int(part)] += 1 }
          }
        }
        return counts
      }
      n = isKept ? rowCount : 0
    }
    var starts = [0]
    starts.reserveCapacity(partitions + 1)
    var offsets = counts
    var total = 0
    for p in 0..<partitions {
      for t in 0..<threads {
        offsets[t][p] = total
        total += counts[t][p]
      }
      starts.append(total)
    }
    let first = offsets
    let rows = unsafe [Int32](unsafeUninitializedCapacity: total) { buffer, count in
      unsafe LargeMemory.expect(UnsafeMutableRawBufferPointer(buffer))
      nonisolated(unsafe) let out = unsafe buffer
      _ = Workers.map(threads) { t -> Bool in
        var next = first[t]
        if isKept {
          for row in bounds[t]..<bounds[t + 1] {
            let p = Int(kept[row])
            if p < 0 { continue }
            unsafe out[next[p]] = Int32(row)
            next[p] += 1
          }
        } else {
          unsafe forEachChunk(layers, bounds[t]..<bounds[t + 1], in: nil) { start, parts in
            for j in parts.indices {
              let p = unsafe Int(parts[j])
              if p < 0 { continue }
              unsafe out[next[p]] = Int32(start + j)
              next[p] += 1
            }
          }
        }
        return true
      }
      count = total
    }
    return Strip(
      table: table, rows: rows, weight: weight.map { all in rows.map { all[Int($0)] } },
      starts: starts, residences: residences)
  }

  /// Calls `body` with the first row of each chunk and the partitions of its rows; they are
  /// written to their place in `kept`, if there is one.
  @inline(__always)
  private static func forEachChunk(
    _ layers: [Placement], _ rows: Range<Int>, in kept: UnsafeMutableBufferPointer<Int32>?,
    _ body: (Int, UnsafeMutableBufferPointer<Int32>) -> Void
  ) {
    var own = [Int32](repeating: 0, count: Placement.chunk)
    unsafe own.withUnsafeMutableBufferPointer { own in
      for layer in layers {
        var start = rows.lowerBound
        while start < rows.upperBound {
          let n = min(Placement.chunk, rows.upperBound - start)
          let parts =
            unsafe kept.map { unsafe UnsafeMutableBufferPointer(rebasing: $0[start..<start + n]) }
            ?? UnsafeMutableBufferPointer(rebasing: own[..<n])
          unsafe layer.write(from: start, to: parts)
          unsafe body(start, parts)
          start += n
        }
      }
    }
  }
}
