import Indicators
import Periods
import Protection

/// All numbers of a release as unknowns, and all that a reader knows between them.
///
/// A number that stands in several tables is one unknown: the attendances of a residence are those
/// of its total by age, and those that its mean is made of.
struct ReleaseSystem {
  /// A row of a table.
  struct Place: Hashable {
    let table: Int, row: Int
  }

  /// Which number of which group.
  private struct Key: Hashable {
    let counted: Int
    let first: Day, last: Day
    let residence: String
    /// Cut and value of each cut that is told apart, by name of the cut.
    let cuts: [String]
  }

  private(set) var unknowns: [Unknown] = []
  private(set) var relations: [Relation] = []
  /// The rows in which each unknown would stand.
  private(set) var places: [[Place]] = []
  /// The numbers of a residence, or of all, that no cut tells apart.
  private(set) var margins: Set<Int> = []
  /// The numbers that were withheld from readers before.
  private(set) var withheldBefore: Set<Int> = []
  private var ids: [Key: Int] = [:]
  private var names: [Counted: Int] = [:]
  private var seen = Set<Relation>()
  private let policy: ReleasePolicy

  /// The unknowns of each row, by table: numerator, denominator, persons; -1 for none.
  private(set) var sides: [[(numerator: Int, denominator: Int, persons: Int)]] = []
  /// Whether the numerator of each table counts some of its denominator.
  private var isPart: [Bool] = []

  /// `status` is what each row is by itself, `told` the rows that say something of each of many,
  /// `known` the rows that readers hold already and `kept` those that were withheld from them
  /// before.
  init(
    _ tables: [IndicatorTable], status: [[CellStatus]], told: [Set<Int>], known: Set<Place>,
    kept: Set<Place>, policy: ReleasePolicy
  ) {
    self.policy = policy
    for t in tables.indices {
      collect(
        tables[t], number: t, status: status[t], told: told[t], known: known, kept: kept)
    }
    for t in tables.indices { relate(tables[t], number: t) }
  }

  private mutating func place(of counted: Counted?) -> Int {
    guard let counted else { return -1 }
    let number = names[counted] ?? names.count
    names[counted] = number
    return number
  }

  private mutating func collect(
    _ table: IndicatorTable, number: Int, status: [CellStatus], told: Set<Int>,
    known: Set<Place>, kept: Set<Place>
  ) {
    let stated = table.sides
    isPart.append(stated.isPart)
    let counted = (
      place(of: stated.numerator), place(of: stated.denominator), place(of: stated.persons)
    )
    let rows = table.rows
    // A count of persons is their number: one unknown, not two.
    func counts(_ side: (Estimate) -> Double?) -> Bool {
      rows.allSatisfy { row in
        guard let n = side(row.estimate), let p = row.estimate.persons else { return true }
        return n == Double(p)
      }
    }
    func isWhole(_ side: (Estimate) -> Double?) -> Bool {
      rows.allSatisfy { row in side(row.estimate).map { $0 == $0.rounded() } ?? true }
    }
    let isPersons = counts(\.numerator)
    // Nobody knows that an amount is a whole number of euros, and one euro more hides nothing.
    let isMoney = table.definition.unit.hasPrefix("EUR")
    let wholes = (!isMoney && isWhole(\.numerator), isWhole(\.denominator))
    let isOfPersons = counts(\.denominator)
    var own: [(numerator: Int, denominator: Int, persons: Int)] = []
    own.reserveCapacity(rows.count)
    let order = table.cuts.indices.sorted { table.cuts[$0] < table.cuts[$1] }
    for (r, row) in rows.enumerated() {
      let e = row.estimate
      var cuts: [String] = []
      for d in order where row.cuts[d] != totalMark {
        cuts.append(table.cuts[d])
        cuts.append(row.cuts[d])
      }
      let place = Place(table: number, row: r)
      func key(_ what: Int) -> Key {
        Key(
          counted: what, first: row.period.first, last: row.period.last,
          residence: row.residence, cuts: cuts)
      }
      func add(_ what: Int, _ value: Double?, isPersons: Bool, isWhole: Bool) -> Int {
        guard what >= 0, let value, value.isFinite else { return -1 }
        return self.add(
          key(what), value, isPersons: isPersons, isWhole: isWhole, at: place, status: status[r],
          isKnown: known.contains(place), isKept: kept.contains(place), persons: e.persons)
      }
      let numerator = add(
        counted.0, e.numerator, isPersons: isPersons && e.persons != nil,
        isWhole: wholes.0)
      let denominator =
        e.denominator == 1 && e.numerator == e.value
        ? -1
        : add(
          counted.1, e.denominator, isPersons: isOfPersons && e.persons != nil,
          isWhole: wholes.1)
      let persons =
        isPersons && numerator >= 0
        ? numerator
        : add(counted.2, e.persons.map(Double.init), isPersons: true, isWhole: true)
      own.append((numerator, denominator, persons))
      if status[r] == .withheld { protect(numerator, e, isTold: told.contains(r)) }
    }
    sides.append(own)
  }

  /// The numerator of a row that is withheld for what it says by itself is sensitive, even where it
  /// is not small: the attendances of four persons, or everybody of a group.
  private mutating func protect(_ numerator: Int, _ e: Estimate, isTold: Bool) {
    guard numerator >= 0, unknowns[numerator].value != 0, unknowns[numerator].cost != nil,
      e.holdsForAll || isTold
        || e.persons.map({ policy.isSmall($0) }) ?? false
        || e.smallestGroup.map({ policy.isSmall($0) }) ?? false
    else { return }
    unknowns[numerator].isSensitive = true
  }

  private mutating func add(
    _ key: Key, _ value: Double, isPersons: Bool, isWhole: Bool, at place: Place,
    status: CellStatus, isKnown: Bool, isKept: Bool, persons: Int?
  ) -> Int {
    var id = ids[key]
    // Sums of weights may differ in the last places.
    if let i = id, abs(unknowns[i].value - value) > 1e-9 * max(1, abs(value)) {
      // Not the same number after all: it is taken for one of its own.
      id = nil
    }
    let i = id ?? unknowns.count
    if id == nil {
      ids[key] = i
      let isSmall = isPersons && value > 0 && policy.isSmall(Int(min(value, 1e9)))
      unknowns.append(
        Unknown(
          value: value, lower: value < 0 ? -.infinity : isWhole && value > 0 ? 1 : 0,
          isWhole: isWhole, isSensitive: isSmall, width: width(value, isWhole: isWhole),
          cost: 0, isReserve: value == 0, isOnePerson: isPersons && value == 1,
          isSmall: isSmall))
      places.append([])
      if key.cuts.isEmpty { margins.insert(i) }
    }
    places[i].append(place)
    if status == .given, let cost = unknowns[i].cost { unknowns[i].cost = cost + 1 }
    if isKept { withheldBefore.insert(i) }
    if isKept { unknowns[i].isSensitive = unknowns[i].isSensitive || value != 0 }
    if isKnown {
      // What readers hold cannot be taken back.
      unknowns[i].cost = nil
      unknowns[i].isSensitive = false
    }
    return i
  }

  /// How far apart the ends must stay: k for counts, a fifth of an amount.
  private func width(_ value: Double, isWhole: Bool) -> Double {
    if value == 0 { return 0 }
    return isWhole ? Double(policy.threshold) : 0.2 * abs(value)
  }

  // MARK: What touches

  /// The numbers that stand in a relation with some of these.
  func neighbours(of unknowns: [Int]) -> Set<Int> {
    let own = Set(unknowns)
    return relations.reduce(into: Set<Int>()) { all, relation in
      if relation.terms.contains(where: { own.contains($0.unknown) }) {
        all.formUnion(relation.terms.map(\.unknown))
      }
    }
  }

  /// Whether something sensitive among these was never withheld from readers.
  func isAtStake(_ unknowns: [Int]) -> Bool {
    unknowns.contains { self.unknowns[$0].isSensitive && !withheldBefore.contains($0) }
  }

  // MARK: Relations

  private mutating func relate(_ table: IndicatorTable, number t: Int) {
    let own = sides[t]
    if isPart[t] {
      for side in own where side.numerator >= 0 && side.denominator >= 0 {
        relate(.most(side.numerator, [side.denominator]))
      }
    }
    relateTotals(table, own.map(\.numerator))
    relateTotals(table, own.map(\.denominator))
    relateTotals(table, own.map(\.persons))
  }

  /// Totals and their parts, over residences and over each cut, and periods that make up another.
  ///
  /// Parts are taken to add up wherever they do. Of distinct persons who may be in several, none of
  /// the parts is more than the total, and the total is no more than all parts.
  private mutating func relateTotals(_ table: IndicatorTable, _ side: [Int]) {
    guard side.contains(where: { $0 >= 0 }) else { return }
    var rows: [Cell: Int] = [:]
    var labels: [Cell] = []
    for (r, row) in table.rows.enumerated() {
      let label = Cell(period: row.period, groups: [row.residence] + row.cuts)
      labels.append(label)
      rows[label] = r
    }
    for d in 0...table.cuts.count {
      var parts: [Int: [Int]] = [:]
      for (r, label) in labels.enumerated() where label.groups[d] != totalMark {
        var total = label
        total.groups[d] = totalMark
        if let up = rows[total] { parts[up, default: []].append(r) }
      }
      relate(parts, side)
    }
    var spans: [[String]: [(Period, Int)]] = [:]
    for (r, label) in labels.enumerated() {
      spans[label.groups, default: []].append((label.period, r))
    }
    var parts: [Int: [Int]] = [:]
    for list in spans.values where list.count > 2 {
      for (period, r) in list {
        let inner = list.filter {
          $0.0 != period && period.first <= $0.0.first && $0.0.last <= period.last
        }
        if inner.count > 1, inner.reduce(0, { $0 + $1.0.days }) == period.days {
          parts[r] = inner.sorted { $0.0.first < $1.0.first }.map(\.1)
        }
      }
    }
    relate(parts, side)
  }

  /// A row of a table whose residences are one dimension more.
  private struct Cell: Hashable {
    var period: Period
    var groups: [String]
  }

  private mutating func relate(_ parts: [Int: [Int]], _ side: [Int]) {
    func isSum(_ total: Double, _ sum: Double) -> Bool {
      abs(total - sum) <= 1e-9 * max(1, abs(total))
    }
    let groups = parts.sorted { $0.key < $1.key }.filter { side[$0.key] >= 0 }
    for (up, list) in groups {
      let total = side[up]
      let below = list.map { side[$0] }.filter { $0 >= 0 && $0 != total }
      guard !below.isEmpty, Set(below).count == below.count else { continue }
      let value = unknowns[total].value
      let all = below.reduce(0) { $0 + unknowns[$1].value }
      // Where the parts make up the total, readers may guess it from the groups that they see, and
      // what is wide enough to one who knows is so to one who does not.
      if isSum(value, all) {
        relate(.total(total, of: below))
        continue
      }
      if value <= all { relate(.most(total, below)) }
      if below.allSatisfy({ unknowns[$0].value >= 0 && unknowns[$0].value <= value }) {
        for part in below { relate(.most(part, [total])) }
      }
    }
  }

  private mutating func relate(_ relation: Relation) {
    if seen.insert(relation).inserted { relations.append(relation) }
  }
}
