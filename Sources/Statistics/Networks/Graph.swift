/// People and the ties between them: an undirected graph without loops, by dense codes.
///
/// Everybody on the roster is a node, tied or not: the roster decides denominators.
public struct Graph: Sendable {
  /// The number of people.
  public let nodes: Int
  /// The two people of each tie, the lower code first, and the tie's weight.
  public let first: [Int32], second: [Int32], weights: [Double]
  /// Where each person's neighbours begin, and the end of the last.
  let starts: [Int]
  /// The neighbours, person after person, ascending in each.
  let neighbours: [Int32]

  /// The number of ties.
  public var ties: Int { first.count }

  /// A graph of given ties, each once; weights of 1 when none are given.
  /// - Complexity: O(nodes + ties).
  public init(nodes: Int, first: [Int32], second: [Int32], weights: [Double] = []) {
    precondition(first.count == second.count, "two people a tie")
    self.nodes = nodes
    self.first = first
    self.second = second
    self.weights = weights.isEmpty ? [Double](repeating: 1, count: first.count) : weights
    var next = [Int](repeating: 0, count: nodes + 1)
    for i in first.indices {
      next[Int(first[i]) + 1] += 1
      next[Int(second[i]) + 1] += 1
    }
    for p in 0..<nodes { next[p + 1] += next[p] }
    starts = next
    var neighbours = [Int32](repeating: 0, count: next[nodes])
    for i in first.indices {
      let (a, b) = (Int(first[i]), Int(second[i]))
      neighbours[next[a]] = second[i]
      next[a] += 1
      neighbours[next[b]] = first[i]
      next[b] += 1
    }
    // Of ties in order, neighbours come in order.
    for p in 0..<nodes {
      let range = starts[p]..<starts[p + 1]
      if range.dropFirst().contains(where: { neighbours[$0 - 1] > neighbours[$0] }) {
        neighbours[range].sort()
      }
    }
    self.neighbours = neighbours
  }

  /// What a tie of a graph weighs.
  public enum Weight: Sendable {
    /// 1.
    case one
    /// The sessions shared.
    case meetings
    /// Newman's weight.
    case newman
  }

  /// The graph of ties, with everybody who has a code.
  public init(_ ties: Ties, weight: Weight = .one) {
    let weights: [Double] =
      switch weight {
      case .one: []
      case .meetings: ties.meetings.map(Double.init)
      case .newman: ties.weights
      }
    self.init(nodes: ties.people, first: ties.first, second: ties.second, weights: weights)
  }

  /// The neighbours of a person.
  func around(_ p: Int) -> ArraySlice<Int32> { neighbours[starts[p]..<starts[p + 1]] }

  /// How many people each is tied to.
  public var degrees: [Int] { (0..<nodes).map { starts[$0 + 1] - starts[$0] } }

  /// Ties over pairs, 2m/(n(n − 1)). Undefined for fewer than two people (NetworkX says 0).
  public func density() throws(Undefined) -> Double {
    guard nodes > 1 else {
      throw nodes == 0 ? .nothingObserved : .tooFew(found: 1, needed: 2)
    }
    return 2 * Double(ties) / (Double(nodes) * Double(nodes - 1))
  }

  /// Ties a person: 2m/n. Undefined for nobody.
  public func meanDegree() throws(Undefined) -> Double {
    guard nodes > 0 else { throw .nothingObserved }
    return 2 * Double(ties) / Double(nodes)
  }

  /// The people tied to nobody.
  public var isolates: Int { (0..<nodes).count { starts[$0] == starts[$0 + 1] } }

  /// The sizes of the components (who can reach whom through ties), largest first; isolates are
  /// components of one.
  public var componentSizes: [Int] {
    var seen = [Bool](repeating: false, count: nodes)
    var sizes: [Int] = []
    var waiting: [Int32] = []
    for start in 0..<nodes where !seen[start] {
      seen[start] = true
      waiting.append(Int32(start))
      var size = 0
      while let p = waiting.popLast() {
        size += 1
        for q in around(Int(p)) where !seen[Int(q)] {
          seen[Int(q)] = true
          waiting.append(q)
        }
      }
      sizes.append(size)
    }
    return sizes.sorted(by: >)
  }

  /// The share of pairs that can reach each other (Krackhardt 1994). Undefined for fewer than two.
  ///
  /// Reference: R sna `connectedness`.
  public func connectedness() throws(Undefined) -> Double {
    guard nodes > 1 else {
      throw nodes == 0 ? .nothingObserved : .tooFew(found: 1, needed: 2)
    }
    let pairs = componentSizes.reduce(0) { $0 + Double($1) * Double($1 - 1) }
    return pairs / (Double(nodes) * Double(nodes - 1))
  }

  /// The graph of some people only, in new codes: their place in `kept`.
  public func restricted(to kept: [Int32]) -> Graph {
    var number = [Int32](repeating: -1, count: nodes)
    for (i, p) in kept.enumerated() { number[Int(p)] = Int32(i) }
    var out: (a: [Int32], b: [Int32], w: [Double]) = ([], [], [])
    for i in first.indices where number[Int(first[i])] >= 0 && number[Int(second[i])] >= 0 {
      out.a.append(number[Int(first[i])])
      out.b.append(number[Int(second[i])])
      out.w.append(weights[i])
    }
    return Graph(nodes: kept.count, first: out.a, second: out.b, weights: out.w)
  }
}
