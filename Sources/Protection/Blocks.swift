/// Withheld unknowns that touch: whatever is known of one block says nothing of another.
struct Blocks {
  /// The block of each unknown; -1 for one that is published.
  let block: [Int]
  /// The unknowns of each block.
  let members: [[Int]]

  init(_ system: CellSystem, open: [Bool]) {
    var parent = Array(system.unknowns.indices)
    func root(_ i: Int) -> Int {
      var i = i
      while parent[i] != i {
        parent[i] = parent[parent[i]]
        i = parent[i]
      }
      return i
    }
    for span in system.spans {
      var first = -1
      for t in span {
        let i = Int(system.terms[t].unknown)
        guard open[i] else { continue }
        if first < 0 { first = root(i) } else { parent[root(i)] = first }
        first = root(first)
      }
    }
    var block = [Int](repeating: -1, count: parent.count)
    var members: [[Int]] = []
    for i in parent.indices where open[i] {
      let r = root(i)
      if block[r] < 0 {
        block[r] = members.count
        members.append([])
      }
      block[i] = block[r]
      members[block[r]].append(i)
    }
    self.block = block
    self.members = members
  }
}

/// What follows for each unknown from the bounds of the others, one relation at a time.
///
/// It is the quickest of the three proofs, and the weakest attacker: what is too narrow for it is
/// surely too narrow; what is wide may still be narrow for a stronger one.
struct BoundsPropagation {
  /// Between which ends each unknown lies.
  private(set) var lower: [Double], upper: [Double]

  /// `rounds` is how often all relations are gone through at most.
  init(_ system: CellSystem, open: [Bool], rounds: Int = 20) {
    lower = system.unknowns.indices.map {
      open[$0] ? system.unknowns[$0].lower : system.unknowns[$0].value
    }
    upper = system.unknowns.indices.map {
      open[$0] ? system.unknowns[$0].upper : system.unknowns[$0].value
    }
    for _ in 0..<rounds {
      var hasMoved = false
      for (r, span) in system.spans.enumerated() {
        for t in span where open[Int(system.terms[t].unknown)] {
          if tighten(t, in: span, sum: system.sums[r], system) { hasMoved = true }
        }
      }
      if !hasMoved { return }
    }
  }

  private mutating func tighten(_ t: Int, in span: Range<Int>, sum: Double, _ system: CellSystem)
    -> Bool
  {
    var least = sum
    var most = sum
    for s in span where s != t {
      let (other, factor) = system.terms[s]
      let (a, b) = (lower[Int(other)] * Double(factor), upper[Int(other)] * Double(factor))
      most -= min(a, b)
      least -= max(a, b)
    }
    let (unknown, factor) = system.terms[t]
    let i = Int(unknown)
    var low = (factor > 0 ? least : most) / Double(factor)
    var high = (factor > 0 ? most : least) / Double(factor)
    let slip = 1e-9 * max(1, abs(system.unknowns[i].value))
    if system.unknowns[i].isWhole {
      low = (low - slip).rounded(.up)
      high = (high + slip).rounded(.down)
    }
    var hasMoved = false
    if low > lower[i] + slip {
      lower[i] = low
      hasMoved = true
    }
    if high < upper[i] - slip {
      upper[i] = high
      hasMoved = true
    }
    return hasMoved
  }
}
