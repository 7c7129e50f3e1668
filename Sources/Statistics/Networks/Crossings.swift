/// Adds up the ties that cross, for many dealings of the same classes over the same graph.
///
/// Dealings are taken 128 at a time, a bit each. The number of a person's class is spread over a
/// few planes of 128 bits, so that comparing two people's planes compares them in all dealings at
/// once, and the bits that come out are added up in vertical counters. Only for ties of weight 1 and
/// for two ways of crossing (see `Rule`); others are counted one dealing after the other.
struct Crossings {
  /// How the classes of a tie's two people cross.
  private enum Rule {
    /// Classes that differ.
    case differ
    /// Classes too far apart: each class crosses all but a run of classes around it, which begins
    /// at `first`, and runs begin and end in the order of their classes.
    case apart(first: [UInt8])
  }

  private let graph: Graph
  private let count: Int
  private let rule: Rule?
  /// 1 where two classes cross, a row a class.
  private let crosses: [UInt8]

  /// Classes from 0 to `count` − 1; crossing is symmetric.
  init(_ graph: Graph, count: Int, crosses: (Int, Int) -> Bool) {
    self.graph = graph
    self.count = count
    var matrix: [UInt8] = []
    matrix.reserveCapacity(count * count)
    for a in 0..<count {
      for b in 0..<count { matrix.append(crosses(a, b) ? 1 : 0) }
    }
    self.crosses = matrix
    let isPlain = graph.weights.allSatisfy { $0 == 1 }
    rule = isPlain && count <= 256 ? Crossings.rule(matrix, count) : nil
  }

  private static func rule(_ crosses: [UInt8], _ count: Int) -> Rule? {
    var (first, last) = ([Int](), [Int]())
    for a in 0..<count {
      let row = crosses[a * count..<(a + 1) * count]
      // The run of classes that do not cross this one; it holds the class itself.
      guard let begin = row.firstIndex(of: 0), let end = row.lastIndex(of: 0),
        row[begin...end].allSatisfy({ $0 == 0 })
      else { return nil }
      first.append(begin - row.startIndex)
      last.append(end - row.startIndex)
      guard first[a] <= a, a <= last[a] else { return nil }
      if a > 0, first[a] < first[a - 1] || last[a] < last[a - 1] { return nil }
    }
    if first.indices.allSatisfy({ first[$0] == $0 && last[$0] == $0 }) { return .differ }
    return .apart(first: first.map { UInt8($0) })
  }

  /// The weight of ties whose people's labels cross. No branch a tie: half of them would be
  /// guessed wrong.
  func weight(_ labels: [UInt16]) -> Double {
    var sum = 0.0
    for i in graph.first.indices {
      let (a, b) = (Int(labels[Int(graph.first[i])]), Int(labels[Int(graph.second[i])]))
      sum += graph.weights[i] * Double(crosses[a &* count &+ b])
    }
    return sum
  }

  /// The weight of ties that cross after each of some shuffles of the labels, each of what the one
  /// before left.
  func drawn(_ draws: Int, from labels: [UInt16], _ stream: inout SplitMix) -> [Double] {
    var out: [Double] = []
    out.reserveCapacity(draws)
    guard let rule else {
      var labels = labels
      for _ in 0..<draws {
        stream.shuffle(&labels)
        out.append(weight(labels))
      }
      return out
    }
    let bits = max(1, UInt8.bitWidth - UInt8(max(count - 1, 0)).leadingZeroBitCount)
    var labels = labels.map { UInt8($0) }
    var dealings = Dealings(people: labels.count)
    while out.count < draws {
      let n = min(Dealings.most, draws - out.count)
      for d in 0..<n {
        stream.shuffle(&labels)
        dealings.put(labels, at: d)
      }
      let own = dealings.planes(bits)
      let totals =
        switch rule {
        case .differ: CrossingCounter.differing(graph, own, bits)
        case .apart(let first):
          CrossingCounter.apart(graph, own, dealings.mapped(first).planes(bits), bits)
        }
      out += totals.prefix(n).map { Double($0) }
    }
    return out
  }
}

/// The labels of some people, below 256, in 128 dealings.
struct Dealings {
  /// How many dealings there are at a time.
  static let most = 128

  private let people: Int
  /// People rounded up to a multiple of eight.
  private let width: Int
  /// A row a dealing.
  private var labels: [UInt8]

  init(people: Int) {
    self.people = people
    width = (people + 7) / 8 * 8
    labels = [UInt8](repeating: 0, count: Dealings.most * width)
  }

  mutating func put(_ dealt: [UInt8], at dealing: Int) {
    labels.replaceSubrange(dealing * width..<dealing * width + people, with: dealt)
  }

  /// The same dealings with another label for each.
  func mapped(_ to: [UInt8]) -> Dealings {
    var out = self
    for i in labels.indices { out.labels[i] = to[Int(labels[i])] }
    return out
  }

  /// The planes of each person, two words each: bit d of plane k is bit k of their label in
  /// dealing d.
  ///
  /// Invariants of the pointers: rows are `width` long, a multiple of 8, and there are 128; a
  /// person's planes are 2 · `bits` words.
  func planes(_ bits: Int) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: 2 * width * bits)
    let width = width
    unsafe labels.withUnsafeBytes { labels in
      unsafe words.withUnsafeMutableBufferPointer { words in
        for first in stride(from: 0, to: Dealings.most, by: 8) {
          let (half, shift) = (first / 64, UInt64(first % 64))
          for p in stride(from: 0, to: width, by: 8) {
            @inline(__always)
            func row(_ i: Int) -> UInt64 {
              unsafe labels.loadUnaligned(
                fromByteOffset: (first &+ i) &* width &+ p, as: UInt64.self)
            }
            @inline(__always)
            func put(_ eight: UInt64, _ i: Int) {
              let place = 2 &* (p &+ i) &* bits &+ half
              for k in 0..<bits {
                // The k-th bits of eight dealings as one byte.
                let ones = (eight &>> UInt64(k)) & 0x0101_0101_0101_0101
                unsafe words[place &+ 2 &* k] |=
                  ((ones &* 0x0102_0408_1020_4080) &>> 56) &<< shift
              }
            }
            // Eight rows of eight bytes become eight columns, one a person.
            var (a, b, c, d) = (row(0), row(1), row(2), row(3))
            var (e, f, g, h) = (row(4), row(5), row(6), row(7))
            Dealings.exchange(&a, &e, 32, 0x0000_0000_FFFF_FFFF)
            Dealings.exchange(&b, &f, 32, 0x0000_0000_FFFF_FFFF)
            Dealings.exchange(&c, &g, 32, 0x0000_0000_FFFF_FFFF)
            Dealings.exchange(&d, &h, 32, 0x0000_0000_FFFF_FFFF)
            Dealings.exchange(&a, &c, 16, 0x0000_FFFF_0000_FFFF)
            Dealings.exchange(&b, &d, 16, 0x0000_FFFF_0000_FFFF)
            Dealings.exchange(&e, &g, 16, 0x0000_FFFF_0000_FFFF)
            Dealings.exchange(&f, &h, 16, 0x0000_FFFF_0000_FFFF)
            Dealings.exchange(&a, &b, 8, 0x00FF_00FF_00FF_00FF)
            Dealings.exchange(&c, &d, 8, 0x00FF_00FF_00FF_00FF)
            Dealings.exchange(&e, &f, 8, 0x00FF_00FF_00FF_00FF)
            Dealings.exchange(&g, &h, 8, 0x00FF_00FF_00FF_00FF)
            put(a, 0)
            put(b, 1)
            put(c, 2)
            put(d, 3)
            put(e, 4)
            put(f, 5)
            put(g, 6)
            put(h, 7)
          }
        }
      }
    }
    return words
  }

  /// Exchanges the upper bits of one word under a mask with the lower ones of another.
  @inline(__always)
  private static func exchange(
    _ a: inout UInt64, _ b: inout UInt64, _ shift: UInt64, _ mask: UInt64
  ) {
    let t = ((a &>> shift) ^ b) & mask
    b ^= t
    a ^= t &<< shift
  }
}

/// 128 counters, bit by bit: of each level l, the bits of value 2^l, and carries of that value that
/// wait for a second one to be added to.
struct CrossingCounter {
  private typealias Plane = SIMD2<UInt64>

  private static let levels = 40
  /// Sums, then the carries that wait.
  private var planes = [Plane](repeating: .zero, count: 2 * CrossingCounter.levels)
  private var added = 0

  /// How many ties have people of two labels, in each dealing.
  ///
  /// Invariant of the pointers, here and below: planes are those of everybody in the graph.
  static func differing(_ graph: Graph, _ own: [UInt64], _ bits: Int) -> [Int] {
    var counter = CrossingCounter()
    unsafe own.withUnsafeBufferPointer { own in
      counter.each(graph) { p, q in
        var differ = Plane.zero
        for k in 0..<bits {
          differ |= unsafe plane(own, p &* bits &+ k) ^ plane(own, q &* bits &+ k)
        }
        return differ
      }
    }
    return counter.totals
  }

  /// How many ties have one whose label lies below where the run of the other's begins.
  static func apart(_ graph: Graph, _ own: [UInt64], _ begins: [UInt64], _ bits: Int) -> [Int] {
    var counter = CrossingCounter()
    unsafe own.withUnsafeBufferPointer { own in
      unsafe begins.withUnsafeBufferPointer { begins in
        counter.each(graph) { p, q in
          let (i, j) = (p &* bits, q &* bits)
          var (below, above) = (Plane.zero, Plane.zero)
          for k in 0..<bits {
            // A number is less than another if it is so from the highest bit that differs.
            let (x, y) = unsafe (plane(own, j &+ k), plane(begins, i &+ k))
            below = (~x & y) | (~(x ^ y) & below)
            let (z, w) = unsafe (plane(own, i &+ k), plane(begins, j &+ k))
            above = (~z & w) | (~(z ^ w) & above)
          }
          return below | above
        }
      }
    }
    return counter.totals
  }

  @inline(__always)
  private static func plane(_ words: UnsafeBufferPointer<UInt64>, _ i: Int) -> Plane {
    unsafe Plane(words[2 &* i], words[2 &* i &+ 1])
  }

  /// Adds the bits that each tie gives.
  @inline(__always)
  private mutating func each(_ graph: Graph, _ bits: (Int, Int) -> Plane) {
    var n = 0
    unsafe planes.withUnsafeMutableBufferPointer { planes in
      unsafe graph.first.withUnsafeBufferPointer { first in
        unsafe graph.second.withUnsafeBufferPointer { second in
          for i in 0..<first.count {
            var carry = unsafe bits(Int(first[i]), Int(second[i]))
            var level = 0
            while (n &>> level) & 1 == 1 {
              let (a, b) = unsafe (planes[level], planes[level &+ CrossingCounter.levels])
              let either = a ^ b
              unsafe planes[level] = either ^ carry
              carry = (a & b) | (either & carry)
              level &+= 1
            }
            unsafe planes[level &+ CrossingCounter.levels] = carry
            n &+= 1
          }
        }
      }
    }
    added = n
  }

  /// The counts.
  private var totals: [Int] {
    var out = [Int](repeating: 0, count: Dealings.most)
    for level in 0..<CrossingCounter.levels where added >> level > 0 {
      let isPending = (added >> level) & 1 == 1
      let waiting = isPending ? planes[level + CrossingCounter.levels] : .zero
      for d in out.indices {
        let (word, bit) = (d / 64, UInt64(d % 64))
        let n = (planes[level][word] >> bit) & 1 + (waiting[word] >> bit) & 1
        out[d] += Int(n) << level
      }
    }
    return out
  }
}
