import Columns
import Model
import Periods

/// The rows of a scan that take part in one period.
struct Selection {
  /// Row numbers in the base table.
  var rows: [Int32]
  /// For each, whether the filter holds: 1, 0, -1 unknown.
  var truth: [Int8]
  /// For each, how many it stands for.
  var weight: [Double]

  /// The positions of the rows for which the filter holds.
  var positions: [Int] { rows.indices.filter { truth[$0] == 1 } }
}

/// Picks the rows of scans.
struct Selector {
  let frame: Frame
  let model: Model

  /// The rows of a scan in a period; all dates when `period` is nil.
  ///
  /// A row belongs to the period by its table's date; a row that holds for a span belongs when
  /// the span meets the period. A row without a date belongs to no period.
  func select(_ scan: Scan, period: Period?, year: Int) -> Selection {
    let evaluator = RowEvaluator(frame: frame, base: scan.table, year: year)
    let counted = scan.counted.map(evaluator.truth)
    let filter = scan.filter.map(evaluator.truth)
    let multiplicity = self.multiplicity(scan.table, evaluator)
    let inside = self.inside(scan.table, period: period, evaluator)
    var out = Selection(rows: [], truth: [], weight: [])
    for row in 0..<frame.rowCount(scan.table) {
      if let inside, !inside[row] { continue }
      if let counted, counted[row] != 1 { continue }
      out.rows.append(Int32(row))
      out.truth.append(filter?[row] ?? 1)
      out.weight.append(multiplicity?[row] ?? 1)
    }
    return out
  }

  private func multiplicity(_ table: String, _ evaluator: RowEvaluator) -> [Double]? {
    guard let declaration = model[table], let column = declaration.multiplicity,
      let path = try? PathResolver(model: model).resolve(column, from: declaration)
    else { return nil }
    return evaluator.numbers(.path(path)).map { $0.isNaN ? 1 : $0 }
  }

  private func inside(_ table: String, period: Period?, _ evaluator: RowEvaluator) -> [Bool]? {
    guard let declaration = model[table], let period else { return nil }
    if let date = declaration.date,
      let path = try? PathResolver(model: model).resolve(date, from: declaration),
      case .ordinal(let days) = evaluator.vector(.path(path))
    {
      return days.map { period.first.number <= $0 && $0 <= period.last.number }
    }
    if declaration.validity != nil {
      let (from, to) = frame.validity(table)
      return zip(from, to).map { $0 <= period.last.number && $1 > period.first.number }
    }
    return nil
  }
}

/// The groups of a computation: residence and cuts, each value numbered from 2; 0 is "all
/// together", 1 is "not known".
struct GroupSpace {
  /// `residence`, then the cuts.
  let names: [String]
  private(set) var labels: [[String]]
  private var interners: [Interner]

  init(cuts: [String]) {
    names = ["residence"] + cuts
    labels = names.map { _ in [totalMark, unknownMark] }
    interners = names.map { _ in Interner(Lexicon([totalMark, unknownMark])) }
  }

  /// The numbers of a dimension's values for every row of a vector.
  mutating func slots(_ vector: Vector, dimension: Int) -> [Int32] {
    guard case .code(let codes, let lexicon) = vector else {
      return vector.dense.codes.map { _ in 1 }
    }
    // Only the values that rows carry get a number: a lexicon may hold more.
    var slot = [Int32](repeating: 0, count: lexicon.count)
    return codes.map { code in
      if code < 0 { return 1 }
      if slot[Int(code)] == 0 { slot[Int(code)] = number(lexicon[Int(code)], dimension) }
      return slot[Int(code)]
    }
  }

  private mutating func number(_ label: String, _ dimension: Int) -> Int32 {
    let code = interners[dimension].code(label)
    if Int(code) == labels[dimension].count { labels[dimension].append(label) }
    return code
  }

  /// The number of groups when all dimensions are kept.
  var size: Int { labels.reduce(1) { $0 * $1.count } }

  /// The labels of a group.
  func decode(_ group: Int) -> [String] {
    var rest = group
    var out = [String](repeating: "", count: names.count)
    for d in stride(from: names.count - 1, through: 0, by: -1) {
      out[d] = labels[d][rest % labels[d].count]
      rest /= labels[d].count
    }
    return out
  }

  /// The group of every position of a selection at a level (which dimensions are kept); -1 for
  /// a row whose residence is not known, at a level that keeps residences.
  func groups(_ slots: [[Int32]], rows: [Int32], level: [Bool]) -> [Int32] {
    rows.map { row in
      var group: Int32 = 0
      for d in 0..<names.count {
        let slot = level[d] ? slots[d][Int(row)] : 0
        if d == 0 && level[0] && slot == 1 { return -1 }
        group = group * Int32(labels[d].count) + slot
      }
      return group
    }
  }

  /// All levels: every combination of dimensions kept and rolled up.
  var levels: [[Bool]] {
    (0..<(1 << names.count)).map { mask in
      names.indices.map { mask & (1 << $0) != 0 }
    }
  }
}

/// Distinct pairs of a group and an entity.
struct PairSet {
  private enum Storage {
    case bits([UInt64])
    case set(Set<UInt64>)
  }
  private var storage: Storage
  private let entities: Int

  /// Room for `groups` × `entities` pairs: bits while they fit in 256 MB, a hash set beyond.
  init(groups: Int, entities: Int) {
    self.entities = entities
    let bits = groups.multipliedReportingOverflow(by: entities)
    storage =
      !bits.overflow && bits.partialValue <= 1 << 31
      ? .bits([UInt64](repeating: 0, count: bits.partialValue / 64 + 1)) : .set([])
  }

  /// Adds a pair; true when it is new.
  mutating func insert(_ group: Int32, _ entity: Int32) -> Bool {
    let position = Int(group) * entities + Int(entity)
    switch storage {
    case .bits(var words):
      storage = .set([])
      let (word, bit) = (position >> 6, UInt64(1) << UInt64(position & 63))
      let isNew = words[word] & bit == 0
      words[word] |= bit
      storage = .bits(words)
      return isNew
    case .set(var set):
      storage = .bits([])
      let isNew = set.insert(UInt64(position)).inserted
      storage = .set(set)
      return isNew
    }
  }
}

/// Numbers distinct pairs of a group and a key in order of first appearance.
struct PairIndexer {
  private enum Storage {
    case table([Int32])
    case dictionary([UInt64: Int32])
  }
  private var storage: Storage
  private let keys: Int
  /// The group and the key of each pair.
  private(set) var groups: [Int32] = []
  private(set) var keyCodes: [Int32] = []

  init(groups: Int, keys: Int) {
    self.keys = keys
    let cells = groups.multipliedReportingOverflow(by: keys)
    storage =
      !cells.overflow && cells.partialValue <= 1 << 25
      ? .table([Int32](repeating: -1, count: cells.partialValue)) : .dictionary([:])
  }

  /// The number of pairs.
  var count: Int { groups.count }

  /// The number of a pair, or -1.
  func find(_ group: Int32, _ key: Int32) -> Int32 {
    let position = Int(group) * keys + Int(key)
    switch storage {
    case .table(let cells): return cells[position]
    case .dictionary(let cells): return cells[UInt64(position)] ?? -1
    }
  }

  /// The number of a pair, new if need be.
  mutating func number(_ group: Int32, _ key: Int32) -> Int32 {
    let found = find(group, key)
    if found >= 0 { return found }
    let number = Int32(groups.count)
    groups.append(group)
    keyCodes.append(key)
    let position = Int(group) * keys + Int(key)
    switch storage {
    case .table(var cells):
      storage = .dictionary([:])
      cells[position] = number
      storage = .table(cells)
    case .dictionary(var cells):
      storage = .table([])
      cells[UInt64(position)] = number
      storage = .dictionary(cells)
    }
    return number
  }
}
