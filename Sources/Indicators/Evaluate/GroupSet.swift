import Columns
import Threads

/// A strip's entries by group with every dimension kept, one group after the other. Rows whose
/// residence is not known are in groups of slot 1.
final class FinestGroups: Sendable {
  /// The row of each entry, or its code, one group after the other.
  let rows: [Int32]
  /// Whether the entries are codes.
  let isByCode: Bool
  /// How many each entry stands for; nil for one each.
  let weight: [Double]?
  /// Where each group's entries begin: one more than there are groups.
  let starts: [Int]
  /// Ascending by period.
  let keys: [GroupSet.Key]

  init(_ strip: Strip, _ space: GroupSpace) {
    isByCode = strip.isByCode
    var blocks: [(entries: Range<Int>, period: Int, residence: Int32)] = []
    for period in 0..<strip.periods {
      for slot in 1..<max(strip.residences, 2) {
        let p = period * strip.residences + slot
        let entries = strip.starts[p]..<strip.starts[p + 1]
        if !entries.isEmpty { blocks.append((entries, period, Int32(slot))) }
      }
    }
    // Slot 0 is empty, so that blocks follow each other.
    let blockStarts = [0] + blocks.map(\.entries.upperBound)
    let cuts = (space.cuts[strip.table] ?? []).map { $0.map { $0.on(strip) } }
    if cuts.isEmpty {
      (rows, weight) = (strip.rows, strip.weight)
      starts = blockStarts
      keys = blocks.map {
        GroupSet.Key(
          period: $0.period, id: space.residence($0.residence), residence: $0.residence)
      }
      return
    }
    let parts = Workers.parts(blockStarts)
    let all = blocks
    let strides = space.strides
    let pieces = Workers.map(parts.count) { part in
      var piece = Piece(width: strides[0])
      for b in parts[part] {
        let block = all[b]
        piece.add(
          block.entries, of: strip, cuts.map { $0[block.period] }, strides: strides,
          period: block.period, residence: block.residence)
      }
      return piece
    }
    var rows: [Int32] = []
    var weight: [Double]? = strip.weight == nil ? nil : []
    var starts = [0]
    var keys: [GroupSet.Key] = []
    if pieces.count == 1 {
      (rows, keys) = (pieces[0].rows, pieces[0].keys)
      if weight != nil { weight = pieces[0].weight }
      starts += pieces[0].ends
    } else {
      rows.reserveCapacity(strip.rows.count)
      weight?.reserveCapacity(strip.rows.count)
      for piece in pieces {
        let base = rows.count
        rows += piece.rows
        weight? += piece.weight
        starts += piece.ends.map { $0 + base }
        keys += piece.keys
      }
    }
    self.rows = rows
    self.weight = weight
    self.starts = starts
    self.keys = keys
  }

  /// The groups of some blocks: in each, entries sorted by their cuts by counting.
  private struct Piece: Sendable {
    var rows: [Int32] = []
    var weight: [Double] = []
    var ends: [Int] = []
    var keys: [GroupSet.Key] = []
    private var counts: [Int32]
    private var combos: [Int32] = []

    init(width: Int) { counts = [Int32](repeating: 0, count: width) }

    mutating func add(
      _ entries: Range<Int>, of strip: Strip, _ cuts: [Reader<Int32>], strides: [Int],
      period: Int, residence: Int32
    ) {
      combos.removeAll(keepingCapacity: true)
      for (d, reader) in cuts.enumerated() {
        reader.add(strip.rows, entries, times: Int32(strides[d + 1]), isFirst: d == 0, to: &combos)
      }
      let begin = rows.count
      rows.append(contentsOf: repeatElement(0, count: combos.count))
      if strip.weight != nil { weight.append(contentsOf: repeatElement(0, count: combos.count)) }
      let touched = Piece.count(combos, in: &counts)
      var next = 0
      for combo in touched {
        keys.append(
          GroupSet.Key(
            period: period, id: Int(residence) * strides[0] + Int(combo), residence: residence))
        let n = Int(counts[Int(combo)])
        counts[Int(combo)] = Int32(begin + next)
        next += n
        ends.append(begin + next)
      }
      Piece.sort(
        combos, strip.rows, strip.weight, from: entries.lowerBound, next: &counts, into: &rows,
        &weight)
      for combo in touched { counts[Int(combo)] = 0 }
    }

    /// Counts each combination; returns those met, ascending.
    private static func count(_ combos: [Int32], in counts: inout [Int32]) -> [Int32] {
      var touched: [Int32] = []
      var counts = counts.mutableSpan
      for combo in combos {
        if counts[Int(combo)] == 0 { touched.append(combo) }
        counts[Int(combo)] += 1
      }
      return touched.sorted()
    }

    /// Puts the entries from `start` on each at the next place of its combination.
    private static func sort(
      _ combos: [Int32], _ rows: [Int32], _ weight: [Double]?, from start: Int,
      next: inout [Int32], into out: inout [Int32], _ weights: inout [Double]
    ) {
      var next = next.mutableSpan
      var out = out.mutableSpan
      if let weight {
        var weights = weights.mutableSpan
        for j in combos.indices {
          let place = next[Int(combos[j])]
          next[Int(combos[j])] = place + 1
          out[Int(place)] = rows[start + j]
          weights[Int(place)] = weight[start + j]
        }
      } else {
        for j in combos.indices {
          let place = next[Int(combos[j])]
          next[Int(combos[j])] = place + 1
          out[Int(place)] = rows[start + j]
        }
      }
    }
  }
}

extension Reader where Value == Int32 {
  /// Adds the values of some rows, times a number, to a list, or begins it with them.
  func add(
    _ rows: [Int32], _ range: Range<Int>, times factor: Int32, isFirst: Bool, to list: inout [Int32]
  ) {
    if isFirst { list.append(contentsOf: repeatElement(0, count: range.count)) }
    var out = list.mutableSpan
    let rows = rows.span
    for j in 0..<range.count { out[j] += self[Int(rows[range.lowerBound + j])] * factor }
  }
}

/// The groups at one level: each is some of the finest.
struct GroupSet: Sendable {
  /// A group: its period, its number in the space, and its residence (0: rolled up).
  struct Key: Hashable, Sendable {
    var period: Int
    var id: Int
    var residence: Int32
  }

  let finest: FinestGroups
  /// Ascending by period.
  let keys: [Key]
  /// The finest groups of each group, end to end, and where those of each begin.
  private let members: [Int32]
  private let memberStarts: [Int]
  /// The entries of the groups before each: one more than there are groups.
  private let starts: [Int]

  /// Groups the entries of a strip. A row whose residence is not known has no group at a level
  /// that keeps residences, unless `withUnknown`: then it is in that of slot 1.
  init(
    _ finest: FinestGroups, _ space: GroupSpace, level: [Bool], withUnknown: Bool = false
  ) {
    self.finest = finest
    var keys: [Key] = []
    var groupOf: [Int32] = []
    groupOf.reserveCapacity(finest.keys.count)
    var counts: [Int] = []
    // The group of each number in the current period; groups of earlier periods do not count.
    var place = [Int32](repeating: -1, count: space.size)
    for key in finest.keys {
      if level[0] && key.residence == 1 && !withUnknown {
        groupOf.append(-1)
        continue
      }
      let id = space.rolledUp(key.id, level)
      let known = place[id]
      if known >= 0, keys[Int(known)].period == key.period {
        groupOf.append(known)
        counts[Int(known)] += 1
      } else {
        place[id] = Int32(keys.count)
        groupOf.append(Int32(keys.count))
        keys.append(Key(period: key.period, id: id, residence: level[0] ? key.residence : 0))
        counts.append(1)
      }
    }
    var memberStarts = [0]
    memberStarts.reserveCapacity(counts.count + 1)
    for n in counts { memberStarts.append((memberStarts.last ?? 0) + n) }
    var next = memberStarts
    var members = [Int32](repeating: 0, count: memberStarts.last ?? 0)
    var entries = [Int](repeating: 0, count: keys.count + 1)
    for (f, group) in groupOf.enumerated() where group >= 0 {
      members[next[Int(group)]] = Int32(f)
      next[Int(group)] += 1
      entries[Int(group) + 1] += finest.starts[f + 1] - finest.starts[f]
    }
    for g in keys.indices { entries[g + 1] += entries[g] }
    self.keys = keys
    self.members = members
    self.memberStarts = memberStarts
    starts = entries
  }

  /// The number of groups.
  var count: Int { keys.count }

  /// The finest groups of a group.
  func members(_ group: Int) -> ArraySlice<Int32> {
    members[memberStarts[group]..<memberStarts[group + 1]]
  }

  /// What `body` gives for each group, in order; groups are shared out between threads, each
  /// with a scratch of its own.
  func map<Result: Sendable>(_ body: @escaping @Sendable (Int, inout Scratch) -> Result)
    -> [Result]
  {
    let parts = Workers.parts(starts)
    let pieces = Workers.map(parts.count) { part in
      var scratch = Scratch()
      var out: [Result] = []
      out.reserveCapacity(parts[part].count)
      for g in parts[part] { out.append(body(g, &scratch)) }
      return out
    }
    return pieces.count == 1 ? pieces[0] : pieces.flatMap { $0 }
  }
}
