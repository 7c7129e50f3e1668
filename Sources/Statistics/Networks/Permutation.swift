/// What a measure would be if people's attributes had fallen to them by chance: the attributes are
/// dealt out again at random, ties and attendances staying as they are.
///
/// The stream is SplitMix64 from the given seed, and each draw a whole shuffle of the attributes
/// as the draw before left them (`SplitMix.shuffle`): the same seed and data give the same numbers
/// anywhere, and a value never depends on what else is computed.
public struct Baseline: Sendable {
  /// The measure of the data.
  public let observed: Double
  /// The mean of the draws, and their standard deviation (n − 1).
  public let expected: Double, deviation: Double
  /// The bounds between which 95 % of draws lie (quantiles of type 7).
  public let low: Double, high: Double
  /// How many draws there were, and in how many the measure was at least, and at most, as observed.
  public let draws: Int, atLeast: Int, atMost: Int

  /// The draws that indicators make unless told otherwise.
  public static let usualDraws = 1000
  /// The seed that indicators start from unless told otherwise.
  public static let usualSeed: UInt64 = 1_901

  /// Observed over expected. Undefined when nothing is expected.
  public func ratio() throws(Undefined) -> Double {
    guard expected != 0 else { throw .zeroTotal }
    return observed / expected
  }

  /// The probability, both sides, that chance alone departs as far: twice the smaller tail, the
  /// data counted among the draws, at most 1.
  public var p: Double {
    min(1, 2 * Double(min(atLeast, atMost) + 1) / Double(draws + 1))
  }

  /// The baseline of values drawn, at least one.
  init(observed: Double, drawn: [Double]) {
    let sorted = Ascending.sorted(drawn)
    let n = Double(drawn.count)
    let mean = drawn.reduce(0, +) / n
    let spread = drawn.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    // Sums in another order differ by rounding: it makes no draw smaller or greater.
    let slack = 1e-9 * max(1, abs(observed))
    self.observed = observed
    expected = mean
    deviation = drawn.count > 1 ? (spread / (n - 1)).squareRoot() : 0
    low = Quantile.type7(sorted: sorted, 0.025)
    high = Quantile.type7(sorted: sorted, 0.975)
    draws = drawn.count
    atLeast = drawn.count { $0 >= observed - slack }
    atMost = drawn.count { $0 <= observed + slack }
  }

  /// The baseline of any measure of labels (a group, an age), dealt out again `draws` times. A
  /// label below 0 is not known: it stays where it is.
  public init(
    labels: [Int32], draws: Int = usualDraws, seed: UInt64 = usualSeed,
    measure: (_ labels: [Int32]) throws(Undefined) -> Double
  ) throws(Undefined) {
    let observed = try measure(labels)
    let places = labels.indices.filter { labels[$0] >= 0 }
    guard !places.isEmpty, draws > 0 else { throw .nothingObserved }
    var stream = SplitMix(seed: seed)
    var known = places.map { labels[$0] }
    var dealt = labels
    var drawn: [Double] = []
    drawn.reserveCapacity(draws)
    for _ in 0..<draws {
      stream.shuffle(&known)
      for (i, place) in places.enumerated() { dealt[place] = known[i] }
      drawn.append(try measure(dealt))
    }
    self.init(observed: observed, drawn: drawn)
  }

  /// The baseline of the share of ties that cross: whose two people's classes `crosses` names.
  ///
  /// Classes are codes from 0; people of unknown class (below 0) and their ties take no part.
  /// Undefined when no tie is left. Crossing is symmetric.
  ///
  /// Dealings begin with the classes in order, the most frequent first, then by code, upon the
  /// places in order of their names (`Graph.placeNames`), then as given: neither the order of
  /// people nor who was of which class moves the draws.
  /// - Complexity: O(draws · (people + ties)), a fraction of a nanosecond for a tie of weight 1.
  public init(
    crossingsOf graph: Graph, classes: [Int32], count: Int, draws: Int = usualDraws,
    seed: UInt64 = usualSeed, crosses: (Int, Int) -> Bool
  ) throws(Undefined) {
    precondition(classes.count == graph.nodes, "one class a person")
    let kept = (0..<Int32(graph.nodes)).filter { classes[Int($0)] >= 0 }
    let known = graph.restricted(to: kept)
    guard known.ties > 0, draws > 0 else { throw .noTies }
    precondition(count <= 1 << 16, "at most 65,536 classes")
    let names = known.placeNames
    let places = names.indices.sorted { (names[$0], $0) < (names[$1], $1) }
    let graph = known.restricted(to: places.map { Int32($0) })
    let labels = places.map { UInt16(classes[Int(kept[$0])]) }
    var people = [Int](repeating: 0, count: count)
    for label in labels { people[Int(label)] += 1 }
    let dealt = labels.sorted { (people[Int($1)], $0) < (people[Int($0)], $1) }
    let counter = Crossings(graph, count: count, crosses: crosses)
    let total = graph.weights.reduce(0, +)
    var stream = SplitMix(seed: seed)
    let drawn = counter.drawn(draws, from: dealt, &stream).map { $0 / total }
    self.init(observed: counter.weight(labels) / total, drawn: drawn)
  }

  /// The baseline of Duncan's dissimilarity between those who took part and the whole population,
  /// as it would be if as many had been drawn from it by chance: in small groups far from 0.
  /// Counts by category; those who took part are part of the population. Undefined when either
  /// is nobody, and when more took part than there are.
  public init(
    dissimilarityOf part: [Int], in population: [Int], draws: Int = usualDraws,
    seed: UInt64 = usualSeed
  ) throws(Undefined) {
    precondition(part.count == population.count, "the same categories on both sides")
    let observed = try Diversity.dissimilarity(part.map(Double.init), population.map(Double.init))
    if let bad = part.indices.first(where: { part[$0] > population[$0] || part[$0] < 0 }) {
      throw .outOfRange(bad)
    }
    var people: [Int32] = []
    for (category, n) in population.enumerated() {
      people += [Int32](repeating: Int32(category), count: n)
    }
    let size = part.reduce(0, +)
    var stream = SplitMix(seed: seed)
    var drawn: [Double] = []
    let whole = population.map(Double.init)
    for _ in 0..<draws {
      // The first places of a shuffle from the front: place i takes one of those from i on.
      var counts = [Double](repeating: 0, count: whole.count)
      for i in 0..<size {
        people.swapAt(i, i + stream.below(people.count - i))
        counts[Int(people[i])] += 1
      }
      drawn.append(try Diversity.dissimilarity(counts, whole))
    }
    guard !drawn.isEmpty else { throw .nothingObserved }
    self.init(observed: observed, drawn: drawn)
  }
}
