import Columns
import Threads

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
  /// The dimension that pairs of people have and rows do not; nil without one.
  let ends: Int?
  /// The distance between two slots of a dimension in the numbers of groups.
  let strides: [Int]
  /// The number of groups when all dimensions are kept.
  let size: Int

  init(_ question: Question, engine: Engine) {
    var cuts: [String: [[Reader<Int32>]]] = [:]
    var domains: [String: Domain] = [:]
    var yearly: [String: Bool] = [:]
    var interners = question.cuts.map { _ in Interner(Lexicon([totalMark, unknownMark])) }
    if let d = question.cuts.firstIndex(of: Aggregate.Ties.endsCut),
      case .path(let path)? = question.plan.ends
    {
      for pair in Question.pairs(of: question.ends(path, frame: engine.frame)) {
        _ = interners[d].code(pair)
      }
      ends = d + 1
    } else {
      ends = nil
    }
    for (table, paths) in question.dimensions.sorted(by: { $0.key < $1.key }) {
      var domain = Domain.constant
      var isYearly = false
      let readers = paths.dropFirst().enumerated().map { d, path -> [Reader<Int32>] in
        guard let path else {
          return engine.years.map { _ in Reader(via: nil, values: [1], isConstant: true) }
        }
        domain = domain.joined(engine.frame.domain(path))
        isYearly = isYearly || path.dependsOnPeriod
        if path.dependsOnPeriod,
          let slots = GroupSpace.slotsByYear(path, engine.years, engine.frame, &interners[d])
        {
          return slots
        }
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

  /// The slots of age bands in each year: years share the ages, and threads the years.
  private static func slotsByYear(
    _ path: ResolvedPath, _ years: [Int], _ frame: Frame, _ interner: inout Interner
  ) -> [Reader<Int32>]? {
    guard let bands = frame.ageBands(path) else { return nil }
    let slots = bands.labels.map { interner.code($0) } + [1]
    let distinct = Set(years).sorted()
    let threads = Workers.threads(for: distinct.count * bands.births.values.count)
    let made = Workers.map(threads) { t in
      stride(from: t, to: distinct.count, by: threads).map { y in
        (distinct[y], bands.codes(in: distinct[y], as: slots))
      }
    }
    let byYear = Dictionary(uniqueKeysWithValues: made.joined())
    return years.compactMap { byYear[$0] }
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

  /// The labels of each dimension that some of the groups marked have.
  func labelsOf(_ met: [Bool]) -> [Set<String>] {
    var seen = labels.map { $0.map { _ in false } }
    for id in met.indices where met[id] {
      for d in seen.indices { seen[d][id / strides[d] % labels[d].count] = true }
    }
    return zip(seen, labels).map { met, labels in
      Set(zip(met, labels).compactMap { $0 ? $1 : nil })
    }
  }

  /// The residence slot of a group.
  func residenceSlot(_ id: Int) -> Int { id / strides[0] }

  /// The part of a group's number that its residence makes.
  func residence(_ slot: Int32) -> Int { Int(slot) * strides[0] }
}
