/// Who stands between others, and who is near to them.
public struct Centrality: Sendable {
  /// For each person, the share of pairs of others whose shortest paths lead through them, paths
  /// of equal length sharing the pair; 0 for all when there are fewer than three people.
  public let betweenness: [Double]
  /// For each person, (r/(n − 1)) · (r/Σ distances) with r the people they can reach (Wasserman &
  /// Faust 1994); 0 for nobody in reach.
  public let closeness: [Double]

  /// Both, over ties of equal length.
  ///
  /// Reference: NetworkX `betweenness_centrality`, `closeness_centrality`.
  /// - Complexity: O(nodes · (nodes + ties)) (Brandes 2001).
  public init(_ graph: Graph) {
    let n = graph.nodes
    var between = [Double](repeating: 0, count: n)
    var close = between
    var paths = between
    var share = between
    var distance = [Int32](repeating: -1, count: n)
    var order: [Int] = []
    for source in 0..<n {
      for p in order {
        distance[p] = -1
        paths[p] = 0
        share[p] = 0
      }
      order.removeAll(keepingCapacity: true)
      order.append(source)
      distance[source] = 0
      paths[source] = 1
      var sum = 0
      var i = 0
      while i < order.count {
        let p = order[i]
        i += 1
        sum += Int(distance[p])
        for q in graph.around(p).lazy.map({ Int($0) }) {
          if distance[q] < 0 {
            distance[q] = distance[p] + 1
            order.append(q)
          }
          if distance[q] == distance[p] + 1 { paths[q] += paths[p] }
        }
      }
      let reached = Double(order.count - 1)
      if sum > 0 { close[source] = reached / Double(n - 1) * (reached / Double(sum)) }
      for p in order.reversed() {
        for q in graph.around(p).lazy.map({ Int($0) }) where distance[q] == distance[p] + 1 {
          share[p] += paths[p] / paths[q] * (1 + share[q])
        }
        if p != source { between[p] += share[p] }
      }
    }
    // Each pair was counted from both of its ends.
    if n > 2 {
      let scale = 1 / (Double(n - 1) * Double(n - 2))
      for p in 0..<n { between[p] *= scale }
    }
    betweenness = between
    closeness = close
  }

  /// Freeman's betweenness centralisation: Σ(max − b)/(n − 1), 1 for a star. Undefined for fewer
  /// than three people.
  ///
  /// Reference: R sna `centralization(betweenness)`, igraph `centr_betw`.
  public func betweennessCentralisation() throws(Undefined) -> Double {
    let n = betweenness.count
    guard n > 2 else { throw .tooFew(found: n, needed: 3) }
    let most = betweenness.max() ?? 0
    return betweenness.reduce(0) { $0 + most - $1 } / Double(n - 1)
  }
}
