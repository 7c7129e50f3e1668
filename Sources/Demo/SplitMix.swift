import Statistics

/// What the sample residences draw from a stream, beside plain numbers.
extension SplitMix {
  /// Starts the stream of a seed and a label; streams of different labels are unrelated.
  package init(seed: UInt64, _ label: String) {
    self.init(seed: seed ^ Digest.of(label.utf8))
  }

  /// A whole number of a range.
  package mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

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
