/// A number of some table, as those who read the tables know it or not.
package struct Unknown: Sendable, Hashable {
  /// What the number is.
  package var value: Double
  /// The least and the most that it may be for a reader to whom it is withheld.
  package var lower: Double, upper: Double
  /// Whether readers know that it is a whole number.
  package var isWhole: Bool
  /// Whether it must be withheld for what it says by itself.
  package var isSensitive: Bool
  /// How far apart its least and its greatest possible value must stay when it is withheld;
  /// 0 for one that need not be protected.
  package var width: Double
  /// What withholding it costs; nil for one that every reader knows already.
  package var cost: Double?
  /// Whether it is withheld only where nothing else protects, as a zero is.
  package var isReserve: Bool
  /// Whether it counts one person, who therefore knows it.
  package var isOnePerson: Bool
  /// Whether it counts so few that nobody, even one of those counted elsewhere, may know it.
  package var isSmall: Bool

  /// Makes an unknown.
  package init(
    value: Double, lower: Double = 0, upper: Double = .infinity, isWhole: Bool = true,
    isSensitive: Bool = false, width: Double = 0, cost: Double? = 1, isReserve: Bool = false,
    isOnePerson: Bool = false, isSmall: Bool = false
  ) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.isWhole = isWhole
    self.isSensitive = isSensitive
    self.width = width
    self.cost = cost
    self.isReserve = isReserve
    self.isOnePerson = isOnePerson
    self.isSmall = isSmall
  }

  /// Whether so far apart is as far as it must be: exactly for whole numbers, and but for rounding
  /// for amounts.
  func isWide(_ found: Double) -> Bool { found >= (isWhole ? width : width * (1 - 1e-6)) }
}

/// Unknowns with factors.
package struct Relation: Sendable, Hashable {
  /// The unknowns, each once, and their factors, none 0.
  package var terms: [(unknown: Int, factor: Int)]
  /// What their sum is, or the most that it is.
  package var sum: Double
  /// Whether the sum is at most that, and not equal to it.
  package var isAtMost: Bool

  /// A total and the parts that it is the sum of.
  package static func total(_ total: Int, of parts: [Int]) -> Relation {
    Relation(terms: [(total, 1)] + parts.map { ($0, -1) })
  }

  /// One is at most the sum of others.
  package static func most(_ one: Int, _ others: [Int]) -> Relation {
    Relation(terms: [(one, 1)] + others.map { ($0, -1) }, isAtMost: true)
  }

  /// Makes a relation.
  package init(terms: [(unknown: Int, factor: Int)], sum: Double = 0, isAtMost: Bool = false) {
    self.terms = terms
    self.sum = sum
    self.isAtMost = isAtMost
  }

  /// Whether two relations say the same in the same order.
  package static func == (a: Relation, b: Relation) -> Bool {
    a.sum == b.sum && a.isAtMost == b.isAtMost
      && a.terms.elementsEqual(b.terms) { $0.unknown == $1.unknown && $0.factor == $1.factor }
  }

  /// Hashes what is compared.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(sum)
    for term in terms {
      hasher.combine(term.unknown)
      hasher.combine(term.factor)
    }
  }
}

/// What all the tables of a release hold, and all that a reader knows between their numbers.
///
/// An inequality is kept as an equality with one more unknown: its slack, which nobody publishes.
package struct CellSystem: Sendable {
  /// The unknowns, and after them the slack of each inequality.
  package private(set) var unknowns: [Unknown]
  /// How many of them are numbers of tables.
  package let count: Int
  /// For each relation its terms, slack included: a span of `terms`.
  let spans: [Range<Int>]
  let terms: [(unknown: Int32, factor: Int32)]
  /// What each relation adds up to.
  let sums: [Double]
  /// For each unknown its relations: a span of `uses`.
  let useSpans: [Range<Int>]
  let uses: [(relation: Int32, factor: Int32)]

  /// Puts unknowns and relations together.
  ///
  /// - Throws: `ProtectionError.contradiction` when a relation does not hold between the values.
  package init(_ unknowns: [Unknown], _ relations: [Relation]) throws(ProtectionError) {
    var all = unknowns
    var spans: [Range<Int>] = []
    var terms: [(unknown: Int32, factor: Int32)] = []
    var sums: [Double] = []
    for (number, relation) in relations.enumerated() {
      let start = terms.count
      var sum = 0.0
      var size = abs(relation.sum)
      var isWhole = relation.sum == relation.sum.rounded()
      for (i, factor) in relation.terms {
        terms.append((Int32(i), Int32(factor)))
        sum += unknowns[i].value * Double(factor)
        size = max(size, abs(unknowns[i].value * Double(factor)))
        isWhole = isWhole && unknowns[i].isWhole
      }
      let gap = relation.sum - sum
      let slip = isWhole ? 0 : 1e-9 * max(1, size)
      if relation.isAtMost {
        guard gap >= -slip else { throw .contradiction(relation: number) }
        terms.append((Int32(all.count), 1))
        all.append(
          Unknown(value: max(0, gap), lower: 0, isWhole: isWhole, width: 0, cost: 0))
        sums.append(relation.sum)
      } else {
        guard abs(gap) <= slip else { throw .contradiction(relation: number) }
        sums.append(relation.sum)
      }
      spans.append(start..<terms.count)
    }
    var counts = [Int](repeating: 0, count: all.count + 1)
    for term in terms { counts[Int(term.unknown) + 1] += 1 }
    for i in 1..<max(counts.count, 1) { counts[i] += counts[i - 1] }
    var next = counts
    var uses = [(relation: Int32, factor: Int32)](repeating: (0, 0), count: terms.count)
    for (r, span) in spans.enumerated() {
      for t in span {
        let i = Int(terms[t].unknown)
        uses[next[i]] = (Int32(r), terms[t].factor)
        next[i] += 1
      }
    }
    count = unknowns.count
    person = CellSystem.persons(unknowns, relations)
    self.unknowns = all
    self.spans = spans
    self.terms = terms
    self.sums = sums
    useSpans = all.indices.map { counts[$0]..<counts[$0 + 1] }
    self.uses = uses
  }

  /// For each number of one person, the number of a class that are of the same one: a total of one
  /// and its only part that is not nothing, whether parts add up or may overlap.
  ///
  /// Whoever is alone in the one is alone in the other and learns nothing of anybody else from it.
  let person: [Int: Int]

  private static func persons(_ unknowns: [Unknown], _ relations: [Relation]) -> [Int: Int] {
    var parent: [Int: Int] = [:]
    for (i, u) in unknowns.enumerated() where u.isOnePerson { parent[i] = i }
    func root(_ i: Int) -> Int {
      var i = i
      while let up = parent[i], up != i { i = up }
      return i
    }
    for relation in relations where relation.sum == 0 {
      let some = relation.terms.filter { unknowns[$0.unknown].value != 0 }
      guard some.count == 2, some[0].factor == -some[1].factor,
        some.allSatisfy({ parent[$0.unknown] != nil })
      else { continue }
      parent[root(some[0].unknown)] = root(some[1].unknown)
    }
    return parent.keys.reduce(into: [:]) { $0[$1] = root($1) }
  }

  /// The numbers that only repeat another one of the same person: a row with such a number says
  /// nothing that the other does not.
  package var repeats: Set<Int> {
    var first: [Int: Int] = [:]
    for (i, one) in person { first[one] = min(first[one] ?? i, i) }
    return Set(person.compactMap { first[$0.value] == $0.key ? nil : $0.key })
  }

  /// Whether one who is alone in a number must not learn another exactly.
  package func mustHide(_ unknown: Int, from insider: Int) -> Bool {
    unknown != insider && unknown < count && unknowns[unknown].isSmall
      && unknowns[unknown].width > 0 && unknowns[insider].isOnePerson
      && (person[unknown] == nil || person[unknown] != person[insider])
  }

  /// What is withheld when some unknowns are: they and the slacks, which stand nowhere.
  func open(_ withheld: Set<Int>) -> [Bool] {
    unknowns.indices.map { $0 >= count || withheld.contains($0) }
  }
}

/// Why a release cannot be protected.
package enum ProtectionError: Error, Sendable, Hashable {
  /// What is said to hold between the numbers does not.
  case contradiction(relation: Int)
  /// An unknown stays too narrow whatever else is withheld.
  case unprotected(unknown: Int)
}
