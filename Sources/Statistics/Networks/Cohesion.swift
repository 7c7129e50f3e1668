/// How closely a graph hangs together.
extension Graph {
  /// For each person, the share of pairs of their neighbours that are tied; 0 for fewer than two
  /// neighbours, as NetworkX counts it.
  public var clustering: [Double] {
    let triangles = triangles
    return (0..<nodes).map { p in
      let d = starts[p + 1] - starts[p]
      return d < 2 ? 0 : 2 * Double(triangles[p]) / (Double(d) * Double(d - 1))
    }
  }

  /// The mean of `clustering` over everybody. Undefined for nobody.
  ///
  /// Reference: NetworkX `average_clustering`; igraph `transitivity("average", isolates = "zero")`.
  public func meanClustering() throws(Undefined) -> Double {
    guard nodes > 0 else { throw .nothingObserved }
    return clustering.reduce(0, +) / Double(nodes)
  }

  /// The mean of `clustering` over people with two neighbours or more: igraph's default. Undefined
  /// when there is none.
  public func meanClusteringOfConnected() throws(Undefined) -> Double {
    let all = clustering
    let kept = (0..<nodes).filter { starts[$0 + 1] - starts[$0] > 1 }
    guard !kept.isEmpty else { throw ties == 0 ? .noTies : .tooFew(found: 1, needed: 2) }
    return kept.reduce(0) { $0 + all[$1] } / Double(kept.count)
  }

  /// Three times the triangles over the connected triples: the chance that two people tied to a
  /// third are tied. 0 when nobody has two neighbours, as NetworkX counts it (igraph: NaN); say so
  /// where it is shown. Undefined without ties.
  public func transitivity() throws(Undefined) -> Double {
    guard ties > 0 else { throw nodes == 0 ? .nothingObserved : .noTies }
    let triples = (0..<nodes).reduce(0.0) { sum, p in
      let d = Double(starts[p + 1] - starts[p])
      return sum + d * (d - 1) / 2
    }
    // Each triangle is counted at each of its three people.
    return triples > 0 ? triangles.reduce(0) { $0 + Double($1) } / triples : 0
  }

  /// The triangles through each person.
  /// - Complexity: O(Σ over ties of the lower degree).
  private var triangles: [Int] {
    var out = [Int](repeating: 0, count: nodes)
    var mark = [Int32](repeating: -1, count: nodes)
    for p in 0..<nodes {
      for q in around(p) where q > p { mark[Int(q)] = Int32(p) }
      // Each triangle p < q < r once.
      for q in around(p) where q > p {
        for r in around(Int(q)) where r > q && mark[Int(r)] == Int32(p) {
          out[p] += 1
          out[Int(q)] += 1
          out[Int(r)] += 1
        }
      }
    }
    return out
  }

  /// The core of each person: the largest k such that they belong to a group in which everybody is
  /// tied to k of its members (Seidman 1983; Batagelj & Zaveršnik 2003).
  ///
  /// Reference: NetworkX `core_number`. The greatest is the graph's degeneracy.
  /// - Complexity: O(nodes + ties).
  public var cores: [Int] {
    var degree = degrees
    var bins = [Int](repeating: 0, count: (degree.max() ?? 0) + 2)
    for d in degree { bins[d + 1] += 1 }
    for d in 1..<bins.count { bins[d] += bins[d - 1] }
    var order = [Int](repeating: 0, count: nodes)
    var place = order
    var next = bins
    for p in 0..<nodes {
      place[p] = next[degree[p]]
      order[place[p]] = p
      next[degree[p]] += 1
    }
    for i in 0..<nodes {
      let p = order[i]
      for q in around(p).lazy.map({ Int($0) }) where degree[q] > degree[p] {
        // The neighbour changes places with the first of its degree, and falls by one.
        let front = bins[degree[q]]
        let other = order[front]
        order.swapAt(front, place[q])
        place[other] = place[q]
        place[q] = front
        bins[degree[q]] += 1
        degree[q] -= 1
      }
    }
    return degree
  }

  /// Freeman's degree centralisation Σ(max − d)/((n − 1)(n − 2)): 1 for a star, 0 when all have as
  /// many ties. Undefined for fewer than three people.
  ///
  /// Reference: R sna `centralization(degree)`; igraph `centr_degree(loops = FALSE)`, whose default
  /// counts loops and gives another number.
  public func degreeCentralisation() throws(Undefined) -> Double {
    guard nodes > 2 else { throw .tooFew(found: nodes, needed: 3) }
    let d = degrees
    let most = d.max() ?? 0
    let sum = d.reduce(0) { $0 + most - $1 }
    return Double(sum) / (Double(nodes - 1) * Double(nodes - 2))
  }

  /// Newman's degree assortativity: Pearson's correlation of the degrees at both ends of a tie.
  /// Undefined without ties and when all ends have the same degree.
  public func degreeAssortativity() throws(Undefined) -> Double {
    guard ties > 0 else { throw .noTies }
    let d = degrees
    // Whole numbers: no rounding hides a variance of 0.
    var (products, ends, squares) = (0, 0, 0)
    for i in first.indices {
      let (a, b) = (d[Int(first[i])], d[Int(second[i])])
      products += a * b
      ends += a + b
      squares += a * a + b * b
    }
    let m = ties
    let variance = 2 * m * squares - ends * ends
    guard variance > 0 else { throw .noVariation }
    return Double(4 * m * products - ends * ends) / Double(variance)
  }
}
