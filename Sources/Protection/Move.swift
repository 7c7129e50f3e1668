/// A way from the true tables to others that readers cannot tell from them: some withheld numbers
/// change together, so that all relations still hold.
struct Move: Sendable {
  /// The unknowns that change, and how much each does by step.
  let changes: [(unknown: Int32, by: Int32)]
  /// How many steps can be made forwards and backwards before a number leaves its bounds.
  let forwards: Double, backwards: Double

  /// Between the farthest tables, by how much an unknown that changes by one differs.
  var reach: Double { forwards + backwards }

  /// By how much an unknown changes at a step.
  func change(of unknown: Int) -> Int32 {
    for change in changes where change.unknown == unknown { return change.by }
    return 0
  }
}

/// Random numbers that are the same at every run: SplitMix64 (Steele, Lea, Flood 2014).
struct Shuffler {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// From 0 to 1, without 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
