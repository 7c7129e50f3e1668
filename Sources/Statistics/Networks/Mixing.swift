/// Ties within and between groups of people (age bands, staircases, residents and neighbours).
public struct Mixing: Sendable {
  /// The number of groups.
  public let groups: Int
  /// The people of each group.
  public let sizes: [Int]
  /// The weight of ties between each two groups, a row a group: symmetric, ties within a group
  /// twice, so that a row adds up to what the group's people have of ties.
  public let matrix: [Double]
  /// Ties left out because the group of one of their people is not known.
  public let unknownTies: Int

  /// The ties of a graph by the groups of its people: codes from 0, below 0 where not known.
  public init(_ graph: Graph, groups codes: [Int32], count: Int) {
    precondition(codes.count == graph.nodes, "one group a person")
    var matrix = [Double](repeating: 0, count: count * count)
    var sizes = [Int](repeating: 0, count: count)
    var unknown = 0
    for c in codes where c >= 0 { sizes[Int(c)] += 1 }
    for i in graph.first.indices {
      let (a, b) = (Int(codes[Int(graph.first[i])]), Int(codes[Int(graph.second[i])]))
      if a < 0 || b < 0 {
        unknown += 1
        continue
      }
      matrix[a * count + b] += graph.weights[i]
      matrix[b * count + a] += graph.weights[i]
    }
    groups = count
    self.sizes = sizes
    self.matrix = matrix
    unknownTies = unknown
  }

  /// The weight of ties between two groups, or within one.
  public func ties(_ a: Int, _ b: Int) -> Double {
    a == b ? matrix[a * groups + a] / 2 : matrix[a * groups + b]
  }

  /// The weight of ties between groups, and of those within one.
  public var external: Double {
    var sum = 0.0
    for a in 0..<groups {
      for b in a + 1..<max(groups, a + 1) { sum += matrix[a * groups + b] }
    }
    return sum
  }
  /// The weight of ties within groups.
  public var `internal`: Double { twiceInternal / 2 }
  private var total: Double { 2 * external + twiceInternal }
  private var twiceInternal: Double { (0..<groups).reduce(0) { $0 + matrix[$1 * groups + $1] } }

  /// The E-I index (E − I)/(E + I) of Krackhardt & Stern 1988: −1 all ties within groups, +1 all
  /// between. It is not adjusted for the sizes of groups. Undefined without ties.
  public func externalInternal() throws(Undefined) -> Double {
    let (e, i) = (external, `internal`)
    guard e + i > 0 else { throw .noTies }
    return (e - i) / (e + i)
  }

  /// The E-I index of densities, ties over the pairs that could be tied, which does not depend on
  /// the sizes of groups (as R egor rescales it): 0 when ties fall as by chance. Undefined without
  /// ties, with one group only, and when no group has two people.
  public func rescaledExternalInternal() throws(Undefined) -> Double {
    guard external + `internal` > 0 else { throw .noTies }
    let people = Double(sizes.reduce(0, +))
    let within = sizes.reduce(0.0) { $0 + Double($1) * Double($1 - 1) / 2 }
    let between = people * (people - 1) / 2 - within
    guard between > 0 else { throw .oneGroup }
    guard within > 0 else { throw .tooFew(found: 1, needed: 2) }
    let (e, i) = (external / between, `internal` / within)
    return (e - i) / (e + i)
  }

  /// Newman's assortativity r = (Σ eᵢᵢ − Σ aᵢ²)/(1 − Σ aᵢ²): 1 when all ties stay within groups, 0
  /// when they fall as by chance. Undefined without ties and when all tied people are of one group.
  ///
  /// Reference: NetworkX `attribute_assortativity_coefficient`.
  public func assortativity() throws(Undefined) -> Double {
    let total = total
    guard total > 0 else { throw .noTies }
    var squares = 0.0
    var present = 0
    for g in 0..<groups {
      let ends = matrix[g * groups..<(g + 1) * groups].reduce(0, +)
      if ends > 0 { present += 1 }
      squares += ends / total * (ends / total)
    }
    guard present > 1 else { throw .oneGroup }
    return (twiceInternal / total - squares) / (1 - squares)
  }

  /// Modularity of the groups, Σ(eᵢᵢ − aᵢ²) (Newman & Girvan 2004). Undefined without ties.
  public func modularity() throws(Undefined) -> Double {
    let total = total
    guard total > 0 else { throw .noTies }
    var sum = twiceInternal / total
    for g in 0..<groups {
      let ends = matrix[g * groups..<(g + 1) * groups].reduce(0, +) / total
      sum -= ends * ends
    }
    return sum
  }

  /// Coleman's homophily of a group (1958; Bojanowski & Corten 2014): how far its people's ties
  /// within the group exceed those expected if each chose among everybody, over the most they
  /// could: 1 all within, 0 as by chance, −1 none within. Each tie counts as a choice of both ends.
  /// Undefined for a group without ties, and when the group is everybody.
  public func colemanHomophily(of group: Int) throws(Undefined) -> Double {
    let people = sizes.reduce(0, +)
    let choices = matrix[group * groups..<(group + 1) * groups].reduce(0, +)
    guard choices > 0 else { throw .noTies }
    guard sizes[group] < people else { throw .oneGroup }
    let within = matrix[group * groups + group]
    let expected = choices * Double(sizes[group] - 1) / Double(people - 1)
    if within >= expected { return (within - expected) / (choices - expected) }
    return (within - expected) / expected
  }
}

extension Graph {
  /// The weight of ties whose two people's classes cross, and that of all ties whose classes are
  /// both known (not below 0).
  public func crossings(_ classes: [Int32], crosses: (Int, Int) -> Bool) -> (
    crossing: Double, total: Double
  ) {
    precondition(classes.count == nodes, "one class a person")
    var (crossing, total) = (0.0, 0.0)
    for i in first.indices {
      let (a, b) = (classes[Int(first[i])], classes[Int(second[i])])
      if a < 0 || b < 0 { continue }
      total += weights[i]
      if crosses(Int(a), Int(b)) { crossing += weights[i] }
    }
    return (crossing, total)
  }

  /// The share of a group's people tied to somebody of another given group: residents who met a
  /// partner's staff. Undefined when the group is empty.
  public func shareTied(from group: Int32, to other: Int32, groups codes: [Int32])
    throws(Undefined) -> Double
  {
    precondition(codes.count == nodes, "one group a person")
    var (people, tied) = (0, 0)
    for p in 0..<nodes where codes[p] == group {
      people += 1
      if around(p).contains(where: { codes[Int($0)] == other }) { tied += 1 }
    }
    guard people > 0 else { throw .nothingObserved }
    return Double(tied) / Double(people)
  }
}
