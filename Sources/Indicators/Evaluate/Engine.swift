import Columns
import Model
import Periods

/// What the computations of some periods share: the rows that take part, sorted once, and what
/// was counted on them. Everything here depends on data and periods, nothing on cuts.
final class Engine {
  let frame: Frame
  let model: Model
  let periods: [Period]
  /// The last year of each period.
  let years: [Int]
  let residenceLabels: ResidenceLabels
  private var strips: [StripKey: Strip] = [:]
  private var meetings: [Aggregate.Ties: MeetingCounts] = [:]

  private var keyedCounts: [KeyedCounts: [[KeyedRows.Result]]] = [:]
  private var personCounts: [PersonsKey: [Int]] = [:]
  private var slots: [String: Reader<Int32>] = [:]
  private var durations = Recent<Aggregate.Survival, [(GroupSet.Key, Durations)]>(limit: 2)
  private var answers: [Aggregate: (size: Int, answer: ComputedCells)] = [:]
  /// Who met whom without cuts, for measures of networks.
  let networks = NetworkStore()
  /// What the last question's dimensions were, and its groups.
  private var last: (dimensions: [String: [ResolvedPath?]], groupings: Groupings)?

  private struct PersonsKey: Hashable {
    var scan: Scan
    var level: [Bool]
  }

  private struct StripKey: Hashable {
    var scan: Scan
    /// The column by whose codes rows are counted together.
    var column: String?
    var extent: Extent
  }

  /// Which rows a strip has.
  private enum Extent: Hashable {
    /// Those of each period.
    case periods
    /// Those of all dates; counted as they are in a period, where that depends on it.
    case timeless(Int?)
  }

  init(frame: Frame, model: Model, periods: [Period], residenceLabels: ResidenceLabels) {
    self.frame = frame
    self.model = model
    self.periods = periods
    self.residenceLabels = residenceLabels
    years = periods.map(\.last.year)
  }

  /// The rows of a scan that count, whatever its filter.
  ///
  /// A row belongs to a period by its table's date; a row that holds for a span belongs to every
  /// period that the span meets. A row without a date belongs to no period.
  func strip(_ scan: Scan) -> Strip { strip(scan, .periods) }

  /// The rows of a scan that count, as seen in a period, of all dates, as one period.
  func timeless(_ scan: Scan, in period: Int) -> Strip {
    let isYearly = scan.counted.map { $0.paths.contains(where: \.dependsOnPeriod) } ?? false
    return strip(scan, .timeless(isYearly ? period : nil))
  }

  /// The rows that count, those of one code in a partition counted together.
  func strip(_ scan: Scan, by column: String) -> Strip {
    let key = StripKey(scan: unfiltered(scan), column: column, extent: .periods)
    if let cached = strips[key] { return cached }
    guard case .text(let codes, let lexicon)? = frame.column(scan.table, column) else {
      return strip(scan)
    }
    let strip = strip(scan).reduced(by: codes, size: lexicon.count)
    strips[key] = strip
    return strip
  }

  /// The rows of a scan, counted together as far as a domain allows.
  func strip(_ scan: Scan, domain: Domain) -> Strip {
    if case .column(let name) = domain { return strip(scan, by: name) }
    return strip(scan)
  }

  /// The groups of a question; those of the last one, if its dimensions are the same.
  func groupings(_ question: Question) -> Groupings {
    for table in question.tables { _ = residenceSlots(table) }
    if let last, last.dimensions == question.dimensions,
      last.groupings.space.labels[0].count == residenceLabels.count
    {
      return last.groupings
    }
    let made = Groupings(GroupSpace(question, engine: self))
    last = (question.dimensions, made)
    return made
  }

  /// Sorts and counts what an aggregate without cuts reads.
  func prepare(_ aggregate: Aggregate) {
    for scan in aggregate.scans {
      _ = strip(scan)
      if let person = path(model[scan.table]?.person, of: scan.table), person.links.isEmpty,
        frame.codes(scan.table, person.column) != nil
      {
        _ = strip(scan, by: person.column)
      }
    }
  }

  /// Pairs of people by how often they met; kept, so that several thresholds share the counting.
  func meetings(_ ties: Aggregate.Ties, make: () -> MeetingCounts) -> MeetingCounts {
    if let cached = meetings[ties] { return cached }
    let made = make()
    meetings[ties] = made
    return made
  }

  /// The distinct persons of a scan's groups at a level without cuts.
  func persons(_ scan: Scan, _ level: [Bool], make: () -> [Int]) -> [Int] {
    let key = PersonsKey(scan: scan, level: level)
    if let cached = personCounts[key] { return cached }
    let made = make()
    personCounts[key] = made
    return made
  }

  /// The rows of each key of each group without cuts, level by level.
  func keyedCounts(_ key: KeyedCounts, make: () -> [[KeyedRows.Result]]) -> [[KeyedRows.Result]] {
    if let cached = keyedCounts[key] { return cached }
    let made = make()
    keyedCounts[key] = made
    return made
  }

  /// How long people took part, without cuts, whatever is asked of it.
  func careers(_ survival: Aggregate.Survival, make: () -> [(GroupSet.Key, Durations)])
    -> [(GroupSet.Key, Durations)]
  {
    var key = survival
    key.value = .at(0)
    return durations.value(key, make: make)
  }

  /// The cells of an aggregate without cuts: formulas have parts in common. `size` is that of the
  /// groups, which grow when another table has residences of its own.
  func answer(_ aggregate: Aggregate, size: Int, make: () -> ComputedCells) -> ComputedCells {
    if let known = answers[aggregate], known.size == size { return known.answer }
    let made = make()
    answers[aggregate] = (size, made)
    return made
  }

  private func unfiltered(_ scan: Scan) -> Scan {
    var out = scan
    out.filter = nil
    return out
  }

  func path(_ path: String?, of table: String) -> ResolvedPath? {
    guard let path, let declaration = model[table] else { return nil }
    return try? PathResolver(model: model).resolve(path, from: declaration)
  }

  /// The residence slot of each row: 1 for none.
  func residenceSlots(_ table: String) -> Reader<Int32> {
    if let known = slots[table] { return known }
    guard let path = path(model[table]?.residence, of: table),
      let (codes, lexicon) = frame.texts(path, year: 0)
    else { return Reader(via: nil, values: [1], isConstant: true) }
    let slotOf = residenceLabels.slots(lexicon)
    let made = codes.map { $0 < 0 ? 1 : slotOf[Int($0)] }
    slots[table] = made
    return made
  }

  private func strip(_ scan: Scan, _ extent: Extent) -> Strip {
    let key = StripKey(scan: unfiltered(scan), column: nil, extent: extent)
    if let cached = strips[key] { return cached }
    let table = scan.table
    let slots = residenceSlots(table)
    let residences = residenceLabels.count
    // What counts may depend on the period's year: then each period sorts apart.
    let terms = scan.counted.map { $0.conjuncts } ?? []
    let isYearly = terms.contains { $0.paths.contains(where: \.dependsOnPeriod) }
    var layers: [Placement] = []
    let isApart = isYearly || scan.window != .period
    var seenIn: Int?
    var isTimeless = false
    if case .timeless(let period) = extent { (isTimeless, seenIn) = (true, period) }
    for layer in isTimeless ? [nil] : self.layers(table, apart: isApart) {
      let period = (layer.map { $0.members[0] } ?? seenIn).map { periods[$0] }
      var masks = terms.map { (domain: frame.domain($0), frame.truth($0, table, period: period)) }
      masks.removeAll { $0.1.values.allSatisfy { $0 == 1 } }
      var place = placed(table, slots, layer, scan.window, residences)
      // Conditions on the same column as the place cost nothing more per row.
      for mask in masks where place.column.map({ mask.domain == .column($0) }) ?? false {
        place.values = zip(place.values, mask.1.values).map { $1 == 1 ? $0 : -1 }
      }
      masks.removeAll { mask in place.column.map { mask.domain == .column($0) } ?? false }
      layers.append(
        Placement(
          place: Reader(
            via: place.column.flatMap { frame.codes(table, $0) }, values: place.values),
          masks: masks.map(\.1)))
    }
    let strip = Strip.sorted(
      table: table, rowCount: frame.rowCount(table), layers: layers, residences: residences,
      partitions: (isTimeless ? 1 : periods.count) * residences, weight: weights(table))
    strips[key] = strip
    return strip
  }

  private func weights(_ table: String) -> [Double]? {
    guard let path = path(model[table]?.multiplicity, of: table) else { return nil }
    let numbers = frame.numbers(.path(path), table, period: nil)
    if numbers.values.allSatisfy(\.isNaN) { return nil }
    return (0..<frame.rowCount(table)).map { numbers[$0].isNaN ? 1 : numbers[$0] }
  }

  // MARK: places

  /// Periods that do not overlap, so that a day lies in at most one.
  private struct Layer {
    var members: [Int]
  }

  private func layers(_ table: String, apart: Bool) -> [Layer?] {
    let singles = periods.indices.map { Layer(members: [$0]) }
    guard !apart, model[table]?.date != nil else { return singles }
    var out: [Layer] = []
    var ends: [Day] = []
    for i in periods.indices.sorted(by: { periods[$0].first < periods[$1].first }) {
      if let free = ends.firstIndex(where: { $0 < periods[i].first }) {
        out[free].members.append(i)
        ends[free] = periods[i].last
      } else {
        out.append(Layer(members: [i]))
        ends.append(periods[i].last)
      }
    }
    return out
  }

  private struct Place {
    var column: String?
    var values: [Int32]
  }

  /// The partition of each unit.
  private func placed(
    _ table: String, _ slots: Reader<Int32>, _ layer: Layer?, _ window: Scan.Window,
    _ residences: Int
  ) -> Place {
    let residencePath = path(model[table]?.residence, of: table)
    let residenceDomain = residencePath.map(frame.domain) ?? .constant
    guard let layer else {
      if case .column(let name) = residenceDomain {
        return Place(column: name, values: slots.values)
      }
      return Place(column: nil, values: (0..<frame.rowCount(table)).map { slots[$0] })
    }
    if let datePath = path(model[table]?.date, of: table) {
      guard let days = frame.days(datePath) else {
        return Place(column: nil, values: [Int32](repeating: -1, count: frame.rowCount(table)))
      }
      let place = PeriodTable(layer.members.map { (periods[$0].days(window), Int32($0)) })
      let dateDomain = frame.domain(datePath)
      let width = Int32(residences)
      if dateDomain == residenceDomain, case .column(let name) = dateDomain {
        return Place(
          column: name,
          values: zip(days.values, slots.values).map { day, slot in
            let period = place[day]
            return period < 0 ? -1 : period * width + slot
          })
      }
      return Place(
        column: nil,
        values: (0..<frame.rowCount(table)).map { row in
          let period = place[days[row]]
          return period < 0 ? -1 : period * width + slots[row]
        })
    }
    let member = layer.members[0]
    let base = Int32(member * residences)
    if model[table]?.validity != nil {
      let (from, to) = frame.validity(table)
      let (first, last) = (periods[member].first.number, periods[member].last.number)
      return Place(
        column: nil,
        values: from.indices.map { row in
          from[row] <= last && to[row] > first ? base + slots[row] : -1
        })
    }
    return Place(
      column: nil, values: (0..<frame.rowCount(table)).map { base + slots[$0] })
  }
}

/// The residences by slot: 0 all together, 1 unknown, then each by name. Shared by all tables.
final class ResidenceLabels {
  private var interner = Interner(Lexicon([totalMark, unknownMark]))

  /// The number of slots.
  var count: Int { interner.lexicon.count }

  var labels: [String] { interner.lexicon.strings }

  /// The slot of each entry of a lexicon.
  func slots(_ lexicon: Lexicon) -> [Int32] {
    (0..<lexicon.count).map { interner.code(lexicon[$0]) }
  }
}

extension Period {
  /// The days of a window of the period.
  fileprivate func days(_ window: Scan.Window) -> ClosedRange<Int32> {
    switch window {
    case .period: first.number...last.number
    case .lastPeriod: preceding.first.number...preceding.last.number
    case .before: Int32.min...first.number - 1
    case .soFar: Int32.min...last.number
    }
  }
}

/// The period that holds a day, for periods that do not overlap; -1 for none.
private struct PeriodTable {
  private let first: Int32
  private let members: [Int32]
  private let periods: [(days: ClosedRange<Int32>, member: Int32)]

  init(_ periods: [(ClosedRange<Int32>, Int32)]) {
    self.periods = periods
    let first = Int(periods.map(\.0.lowerBound).min() ?? 0)
    let last = Int(periods.map(\.0.upperBound).max() ?? -1)
    self.first = Int32(first)
    // A table by day, unless the periods span thousands of years, or there is but one.
    let isListed = periods.count > 1 && last - first < 1 << 20
    var members = [Int32](repeating: -1, count: isListed ? last - first + 1 : 0)
    if !members.isEmpty {
      for (days, member) in periods {
        for day in days { members[Int(day) - first] = member }
      }
    }
    self.members = members
  }

  subscript(day: Int32) -> Int32 {
    if day == Column.missingDay { return -1 }
    if members.isEmpty { return periods.first { $0.days.contains(day) }?.member ?? -1 }
    let position = Int(day) - Int(first)
    return position >= 0 && position < members.count ? members[position] : -1
  }
}

extension RowExpression {
  /// The conditions that must all hold for this one to hold.
  var conjuncts: [RowExpression] {
    if case .and(let a, let b) = self { return a.conjuncts + b.conjuncts }
    return [self]
  }
}
