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

  /// Calls `body` with each row that takes part and its partition.
  @inline(__always)
  func forEach(in rows: Range<Int>, _ body: (Int, Int) -> Void) {
    // A chunk at a time, one condition after the other, so that each loop reads few arrays.
    var parts = [Int32](repeating: 0, count: 4096)
    var start = rows.lowerBound
    while start < rows.upperBound {
      let n = min(parts.count, rows.upperBound - start)
      for j in 0..<n { parts[j] = place[start + j] }
      for mask in masks {
        for j in 0..<n where mask[start + j] != 1 { parts[j] = -1 }
      }
      for j in 0..<n where parts[j] >= 0 { body(start + j, Int(parts[j])) }
      start += n
    }
  }
}

extension Strip {
  /// Sorts rows into partitions by counting; in each, rows stay in order. A row may have a place
  /// in each layer.
  ///
  /// Invariant of the shared buffer: thread t writes at positions from its own offset of each
  /// partition on, as many as it counted there; the ranges are disjoint and cover the buffer.
  static func sorted(
    table: String, rowCount: Int, layers: [Placement], residences: Int, partitions: Int,
    weight: [Double]?
  ) -> Strip {
    let threads = Workers.threads(for: rowCount)
    let bounds = (0...threads).map { rowCount * $0 / threads }
    let counts = Workers.map(threads) { t -> [Int] in
      var counts = [Int](repeating: 0, count: partitions)
      for layer in layers {
        layer.forEach(in: bounds[t]..<bounds[t + 1]) { _, p in counts[p] += 1 }
      }
      return counts
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
      nonisolated(unsafe) let out = unsafe buffer
      _ = Workers.map(threads) { t -> Bool in
        var next = first[t]
        for layer in layers {
          layer.forEach(in: bounds[t]..<bounds[t + 1]) { row, p in
            unsafe out[next[p]] = Int32(row)
            next[p] += 1
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
}
