import Columns

/// The groups of a computation: residence and cuts. In each dimension 0 is "all together", 1 is
/// "not known", and values are numbered from 2.
struct GroupSpace: Sendable {
  /// The texts of each dimension's slots.
  private(set) var labels: [[String]]
  /// For each table scanned, the slots of its rows in each cut, by number of the year.
  private(set) var cuts: [String: [[Reader<Int32>]]]
  /// What all cuts of a table are a function of.
  private(set) var domains: [String: Domain]
  /// The tables whose cuts depend on the period.
  private(set) var isYearly: [String: Bool]
  /// The distance between two slots of a dimension in the numbers of groups.
  let strides: [Int]
  /// The number of groups when all dimensions are kept.
  let size: Int

  init(_ question: Question, engine: Engine) {
    var cuts: [String: [[Reader<Int32>]]] = [:]
    var domains: [String: Domain] = [:]
    var yearly: [String: Bool] = [:]
    var interners = question.cuts.map { _ in Interner(Lexicon([totalMark, unknownMark])) }
    for (table, paths) in question.dimensions.sorted(by: { $0.key < $1.key }) {
      var domain = Domain.constant
      var isYearly = false
      let readers = paths.dropFirst().enumerated().map { d, path -> [Reader<Int32>] in
        guard let path else {
          return engine.years.map { _ in Reader(via: nil, values: [1], isConstant: true) }
        }
        domain = domain.joined(engine.frame.domain(path))
        isYearly = isYearly || path.dependsOnPeriod
        var byYear: [Int: Reader<Int32>] = [:]
        return engine.years.map { year in
          let key = path.dependsOnPeriod ? year : 0
          if let known = byYear[key] { return known }
          let slots = GroupSpace.slots(path, year: year, engine.frame, &interners[d])
          byYear[key] = slots
          return slots
        }
      }
      cuts[table] = readers
      domains[table] = domain
      yearly[table] = isYearly
    }
    // Every table that takes part names its residences before they are numbered for good.
    for table in question.tables { _ = engine.residenceSlots(table) }
    var labels = [engine.residenceLabels.labels]
    for interner in interners { labels.append(interner.lexicon.strings) }
    var strides = [Int](repeating: 1, count: labels.count)
    for d in labels.indices.dropLast().reversed() {
      strides[d] = strides[d + 1] * labels[d + 1].count
    }
    self.labels = labels
    (self.cuts, self.domains, isYearly) = (cuts, domains, yearly)
    self.strides = strides
    size = strides[0] * labels[0].count
  }

  private static func slots(
    _ path: ResolvedPath, year: Int, _ frame: Frame, _ interner: inout Interner
  ) -> Reader<Int32> {
    guard let (codes, lexicon) = frame.texts(path, year: year) else {
      return Reader(via: nil, values: [1], isConstant: true)
    }
    // Only the values that occur get a number: a lexicon may hold more.
    var slot = [Int32](repeating: 0, count: lexicon.count)
    return codes.map { code in
      if code < 0 { return 1 }
      if slot[Int(code)] == 0 { slot[Int(code)] = interner.code(lexicon[Int(code)]) }
      return slot[Int(code)]
    }
  }

  /// All levels: every combination of dimensions kept and rolled up.
  var levels: [[Bool]] {
    (0..<(1 << labels.count)).map { mask in labels.indices.map { mask & (1 << $0) != 0 } }
  }

  /// The same space with the cuts as they are in one period, which becomes period 0.
  func only(period: Int) -> GroupSpace {
    var out = self
    out.cuts = cuts.mapValues { $0.map { [$0[period]] } }
    return out
  }

  /// The group at a level that a group with all dimensions kept belongs to.
  func rolledUp(_ id: Int, _ level: [Bool]) -> Int {
    var out = 0
    for d in labels.indices where level[d] {
      out += id / strides[d] % labels[d].count * strides[d]
    }
    return out
  }

  /// The residence slot of a group.
  func residenceSlot(_ id: Int) -> Int { id / strides[0] }

  /// The part of a group's number that its residence makes.
  func residence(_ slot: Int32) -> Int { Int(slot) * strides[0] }
}

/// A strip's entries by group at one level, one group after the other.
struct GroupSet: Sendable {
  /// A group: its period, its number in the space, and its residence (0: rolled up).
  struct Key: Hashable, Sendable {
    var period: Int
    var id: Int
    var residence: Int32
  }

  let strip: Strip
  /// The entries in the order of groups; nil when that is the strip's own.
  let order: [Int32]?
  /// Where each group's entries begin: one more than there are groups.
  let starts: [Int]
  let keys: [Key]

  /// Groups the entries of a strip. A row whose residence is not known has no group at a level
  /// that keeps residences, unless `withUnknown`: then it is in that of slot 1.
  init(_ strip: Strip, _ space: GroupSpace, level: [Bool], withUnknown: Bool = false) {
    self.strip = strip
    var blocks: [(entries: Range<Int>, period: Int, residence: Int32)] = []
    for period in 0..<strip.periods {
      let p = period * strip.residences
      if level[0] {
        for slot in (withUnknown ? 1 : 2)..<max(strip.residences, 2) {
          let entries = strip.starts[p + slot]..<strip.starts[p + slot + 1]
          if !entries.isEmpty { blocks.append((entries, period, Int32(slot))) }
        }
      } else {
        let entries = strip.starts[p]..<strip.starts[p + strip.residences]
        if !entries.isEmpty { blocks.append((entries, period, 0)) }
      }
    }
    let kept = level.indices.dropFirst().filter { level[$0] }
    guard !kept.isEmpty else {
      // Blocks follow each other, but for the rows without a residence between them.
      keys = blocks.map {
        Key(period: $0.period, id: space.residence($0.residence), residence: $0.residence)
      }
      let isWhole = zip(blocks, blocks.dropFirst()).allSatisfy {
        $0.entries.upperBound == $1.entries.lowerBound
      }
      if isWhole {
        order = nil
        starts =
          (blocks.first.map { [$0.entries.lowerBound] } ?? [0]) + blocks.map(\.entries.upperBound)
      } else {
        order = blocks.flatMap { $0.entries.map { Int32($0) } }
        starts = blocks.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.entries.count) }
      }
      return
    }
    let cuts = space.cuts[strip.table] ?? []
    var blockStarts = [0]
    for block in blocks { blockStarts.append((blockStarts.last ?? 0) + block.entries.count) }
    let parts = Workers.parts(blockStarts)
    let all = blocks
    let strides = space.strides
    let width = strides[0]
    let pieces = Workers.map(parts.count) { part -> Piece in
      var piece = Piece()
      var counts = [Int](repeating: 0, count: width)
      var combos: [Int32] = []
      for b in parts[part] {
        let block = all[b]
        combos.removeAll(keepingCapacity: true)
        for i in block.entries {
          _ = i
          combos.append(0)
        }
        let base = block.entries.lowerBound
        for d in kept {
          let reader = cuts[d - 1][block.period]
          let stride = Int32(strides[d])
          for i in block.entries {
            combos[i - base] += reader[Int(strip.rows[i])] * stride
          }
        }
        var touched: [Int32] = []
        for combo in combos {
          if counts[Int(combo)] == 0 { touched.append(combo) }
          counts[Int(combo)] += 1
        }
        touched.sort()
        var next = piece.order.count
        for combo in touched {
          piece.keys.append(
            Key(
              period: block.period,
              id: Int(block.residence) * width + Int(combo), residence: block.residence))
          let n = counts[Int(combo)]
          counts[Int(combo)] = next
          next += n
          piece.ends.append(next)
        }
        piece.order += [Int32](repeating: 0, count: combos.count)
        for (j, combo) in combos.enumerated() {
          piece.order[counts[Int(combo)]] = Int32(base + j)
          counts[Int(combo)] += 1
        }
        for combo in touched { counts[Int(combo)] = 0 }
      }
      return piece
    }
    var order: [Int32] = []
    var starts = [0]
    var keys: [Key] = []
    for piece in pieces {
      let base = order.count
      order += piece.order
      starts += piece.ends.map { $0 + base }
      keys += piece.keys
    }
    self.order = order
    self.starts = starts
    self.keys = keys
  }

  private struct Piece: Sendable {
    var order: [Int32] = []
    var ends: [Int] = []
    var keys: [Key] = []
  }

  /// The number of groups.
  var count: Int { keys.count }

  /// What `body` gives for each group, in order; groups are shared out between threads, each
  /// with a scratch of its own.
  func map<Result: Sendable>(_ body: @escaping @Sendable (Int, inout Scratch) -> Result)
    -> [Result]
  {
    let parts = Workers.parts(starts)
    let pieces = Workers.map(parts.count) { part in
      var scratch = Scratch()
      return parts[part].map { body($0, &scratch) }
    }
    return pieces.count == 1 ? pieces[0] : pieces.flatMap { $0 }
  }
}

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
    let range = set.starts[group]..<set.starts[group + 1]
    if let order = set.order {
      for i in range { rows.append(set.strip.rows[Int(order[i])]) }
      if let all = set.strip.weight { for i in range { weight.append(all[Int(order[i])]) } }
    } else {
      rows.append(contentsOf: set.strip.rows[range])
      if let all = set.strip.weight { weight.append(contentsOf: all[range]) }
    }
    if let filter {
      let reader = filter[set.keys[group].period]
      for row in rows { truth.append(reader[Int(row)]) }
    }
  }

  @inline(__always) func takes(_ i: Int) -> Bool { truth.isEmpty || truth[i] == 1 }
  @inline(__always) func weight(_ i: Int) -> Double { weight.isEmpty ? 1 : weight[i] }

  /// The weight of entries whose part could not be known, and of the others. `isUnknown` marks
  /// entries with an unknown operand; empty when all are known.
  func tally(_ isUnknown: [Bool]) -> (unknown: Double, known: Double) {
    if truth.isEmpty && isUnknown.isEmpty {
      return (0, weight.isEmpty ? Double(count) : weight.reduce(0, +))
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

/// What one thread reuses from group to group.
struct Scratch {
  var members = Members()
  /// Members of another strip's group.
  var others = Members()
  var stamps = Stamps()
  var moreStamps = Stamps()
}

/// A set, or a numbering, of codes that empties at no cost.
struct Stamps {
  private var marks: [Int32] = []
  private var begin: Int32 = 0
  private var next: Int32 = 0

  /// Forgets all codes; those to come are below `size`.
  mutating func clear(size: Int) {
    if marks.count < size || next > Int32.max - (1 << 28) {
      marks = [Int32](repeating: -1, count: max(size, marks.count))
      next = 0
    }
    begin = next
  }

  /// How many codes were met.
  var count: Int { Int(next - begin) }

  /// The number of a code, by first appearance.
  @inline(__always)
  mutating func number(_ code: Int32) -> Int {
    let mark = marks[Int(code)]
    if mark >= begin { return Int(mark - begin) }
    marks[Int(code)] = next
    next += 1
    return Int(next - begin) - 1
  }

  /// Whether a code is new.
  @inline(__always)
  mutating func insert(_ code: Int32) -> Bool {
    if marks[Int(code)] >= begin { return false }
    marks[Int(code)] = next
    next += 1
    return true
  }

  /// The number of a code met before, or -1.
  @inline(__always)
  func find(_ code: Int32) -> Int {
    let mark = marks[Int(code)]
    return mark >= begin ? Int(mark - begin) : -1
  }
}
