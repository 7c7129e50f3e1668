/// A deterministic stream of numbers: the same seed gives the same stream on any machine.
///
/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014): the
/// state grows by 0x9E3779B97F4A7C15 at each step, and each number is the state after two rounds of
/// (z ^ z≫30)·0xBF58476D1CE4E5B9, (z ^ z≫27)·0x94D049BB133111EB and a last z ^ z≫31. The first
/// number drawn from the seed becomes the state, so that neighbouring seeds part at once. Integer
/// operations and exactly rounded floating-point ones only: no platform differs, and anybody can
/// draw the same numbers again in ten lines of any language.
public struct SplitMix: Sendable {
  private var state: UInt64

  /// Starts the stream of a seed.
  public init(seed: UInt64) {
    state = seed
    state = bits()
  }

  /// The next 64 bits.
  public mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A whole number from 0 to `count` − 1: the upper half of bits × count (a bias below
  /// count / 2⁶⁴ is accepted).
  public mutating func below(_ count: Int) -> Int {
    precondition(count > 0, "there must be something to choose from")
    return Int(bits().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// A number from 0 to 1, 1 excluded, with 53 random bits.
  public mutating func unit() -> Double { Double(bits() >> 11) / 9_007_199_254_740_992 }

  /// Puts a list into random order: for i from the last place down to 1, exchanges place i with
  /// place `below(i + 1)` (Fisher and Yates; Durstenfeld 1964).
  public mutating func shuffle<T>(_ list: inout [T]) {
    var i = list.count - 1
    var span = list.mutableSpan
    while i > 0 {
      span.swapAt(i, below(i + 1))
      i -= 1
    }
  }
}
