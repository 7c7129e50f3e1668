/// A deterministic stream of numbers: the same seed and label give the same stream anywhere.
///
/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
/// Only integer operations and exactly rounded floating-point ones, so no platform differs.
package struct SplitMix: Sendable {
  private var state: UInt64

  /// Starts the stream of a seed and a label; streams of different labels are unrelated.
  package init(seed: UInt64, _ label: String = "") {
    state = seed ^ Digest.of(label.utf8)
    // One step, so that neighbouring seeds part at once.
    state = bits()
  }

  /// The next 64 bits.
  package mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A whole number from 0 to `count` − 1 (a bias below count / 2⁶⁴ is accepted).
  package mutating func below(_ count: Int) -> Int {
    precondition(count > 0, "there must be something to choose from")
    return Int(bits().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// A whole number of a range.
  package mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// A number from 0 to 1, 1 excluded, with 53 random bits.
  package mutating func unit() -> Double { Double(bits() >> 11) / 9_007_199_254_740_992 }

  /// True with the given probability.
  package mutating func chance(_ probability: Double) -> Bool { unit() < probability }

  /// One element of a list that is not empty.
  package mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }

  /// A position drawn in proportion to its weight.
  package mutating func weighted(_ weights: [Int]) -> Int {
    var left = below(weights.reduce(0, +))
    for (i, weight) in weights.enumerated() {
      if left < weight { return i }
      left -= weight
    }
    preconditionFailure("weights must be positive")
  }

  /// A heavy-tailed number from 1 to `cap` (Pareto, exponent 1, cut at `cap`).
  package mutating func pareto(cap: Double) -> Double { min(cap, 1 / (1 - unit())) }
}

/// FNV-1a, 64 bits: a checksum to notice change with, not a seal.
package enum Digest {
  /// The checksum of some bytes.
  package static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes {
      hash ^= UInt64(byte)
      hash = hash &* 0x0000_0100_0000_01B3
    }
    return hash
  }
}
