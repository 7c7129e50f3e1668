extension Graph {
  /// A name for each person's place in the graph, from what stands around it and not from the
  /// order of people: the refinement of Weisfeiler and Leman (1968), from the number of ties.
  /// Places that are alike have equal names; so may a few others.
  ///
  /// - Complexity: O(rounds · (people + ties)), rounds at most 16.
  public var placeNames: [UInt64] {
    var names = (0..<nodes).map { Graph.mixed(UInt64(starts[$0 + 1] - starts[$0])) }
    var distinct = Set(names).count
    for _ in 0..<16 where distinct < nodes {
      // A sum of mixed names does not depend on the order of neighbours.
      let next = (0..<nodes).map { p in
        var around: UInt64 = 0
        for q in neighbours[starts[p]..<starts[p + 1]] { around &+= Graph.mixed(names[Int(q)]) }
        return Graph.mixed(names[p] &* 3 &+ around)
      }
      let now = Set(next).count
      names = next
      if now == distinct { break }
      distinct = now
    }
    return names
  }

  private static func mixed(_ x: UInt64) -> UInt64 {
    var stream = SplitMix(seed: x)
    return stream.bits()
  }
}
