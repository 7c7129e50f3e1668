/// The entries of one group, in arrays of their own.
struct Members {
  var rows: [Int32] = []
  /// Whether the filter holds: 1, 0, -1 unknown; empty for no filter.
  var truth: [Int8] = []
  /// How many each stands for; empty for one each.
  var weight: [Double] = []

  var count: Int { rows.count }

  /// Takes the entries of a group.
  mutating func take(_ set: GroupSet, _ group: Int, filter: [Reader<Int8>]?) {
    rows.removeAll(keepingCapacity: true)
    truth.removeAll(keepingCapacity: true)
    weight.removeAll(keepingCapacity: true)
    let finest = set.finest
    for f in set.members(group) {
      let range = finest.starts[Int(f)]..<finest.starts[Int(f) + 1]
      rows.append(contentsOf: finest.rows[range])
      if let all = finest.weight { weight.append(contentsOf: all[range]) }
    }
    if let filter {
      let reader = filter[set.keys[group].period]
      Members.read(rows, reader, to: &truth)
    }
  }

  private static func read(_ rows: [Int32], _ reader: Reader<Int8>, to truth: inout [Int8]) {
    truth.append(contentsOf: repeatElement(0, count: rows.count))
    var truth = truth.mutableSpan
    for i in rows.indices { truth[i] = reader[Int(rows[i])] }
  }

  @inline(__always) func takes(_ i: Int) -> Bool { truth.isEmpty || truth[i] == 1 }
  @inline(__always) func weight(_ i: Int) -> Double { weight.isEmpty ? 1 : weight[i] }

  /// The weight of entries whose part could not be known, and of the others. `isUnknown` marks
  /// entries with an unknown operand; empty when all are known.
  func tally(_ isUnknown: [Bool]) -> (unknown: Double, known: Double) {
    if truth.isEmpty && isUnknown.isEmpty {
      return (0, weight.isEmpty ? Double(count) : weight.reduce(0, +))
    }
    if weight.isEmpty {
      let marked =
        truth.isEmpty
        ? isUnknown.count { $0 }
        : isUnknown.isEmpty
          ? truth.count { $0 < 0 }
          : zip(truth, isUnknown).count { $0 < 0 || $0 == 1 && $1 }
      return (Double(marked), Double(count - marked))
    }
    var unknown = 0.0
    var known = 0.0
    for i in rows.indices {
      if !truth.isEmpty && truth[i] < 0 || takes(i) && !isUnknown.isEmpty && isUnknown[i] {
        unknown += weight(i)
      } else {
        known += weight(i)
      }
    }
    return (unknown, known)
  }
}
