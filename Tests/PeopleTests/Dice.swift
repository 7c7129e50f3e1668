/// Chance from a seed, the same on every machine.
struct Dice {
  private var state: UInt64

  init(seed: Int) {
    state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ n: Int) -> Int { Int(next() % UInt64(max(n, 1))) }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<T>(_ all: [T]) -> T { all[below(all.count)] }

  /// One of some things, each with its weight.
  mutating func pick<T>(weighted all: [(Int, T)]) -> T {
    var left = below(all.reduce(0) { $0 + $1.0 })
    for (weight, thing) in all {
      if left < weight { return thing }
      left -= weight
    }
    return all[0].1
  }
}
