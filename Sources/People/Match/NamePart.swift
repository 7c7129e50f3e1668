/// How a typed part of a name stands to the one in the register, best first.
enum Agreement: Int, Comparable, Sendable {
  case exact
  /// Another spelling that sounds the same, or other particles.
  case spelling
  /// A familiar or shortened form.
  case short
  /// One of several given names, or of the two parts of a double name.
  case part
  /// A slip or two away.
  case slip
  case initial
  /// Not said.
  case absent
  case different

  static func < (a: Agreement, b: Agreement) -> Bool { a.rawValue < b.rawValue }
}

/// How likely a typed part is, given the name that was meant.
struct Likelihood: Sendable {
  var value: Double
  var agreement: Agreement

  static let none = Likelihood(value: 0, agreement: .different)

  /// The more likely of two.
  mutating func take(_ value: Double, _ agreement: Agreement) {
    if value > self.value { self = Likelihood(value: value, agreement: agreement) }
  }

  func scaled(_ factor: Double, atBest: Agreement) -> Likelihood {
    Likelihood(value: value * factor, agreement: max(agreement, atBest))
  }
}

/// A given name or a surname: of the register, or as typed.
struct NamePart: Hashable, Sendable {
  /// The words, each folded.
  let words: [[UInt8]]
  /// All words in one.
  let whole: [UInt8]
  /// The words that are no particle, in one; all when there are only particles.
  let core: [UInt8]
  /// The words that are no particle.
  let parts: [[UInt8]]
  /// What it sounds like, once `heard`.
  private(set) var sound: [UInt8] = []
  /// Whether hyphens tie all its words.
  let isTied: Bool
  /// Whether it is initials only, each a letter.
  let initials: [UInt8]?
  /// Whether a full stop shortens the last word.
  let hasDot: Bool

  init(_ typed: some Sequence<NameWord>) {
    let typed = Array(typed)
    words = typed.map(\.letters)
    whole = words.flatMap { $0 }
    let free = typed.filter { !NameWords.particles.contains($0.text) || $0.letters.count == 1 }
    let kept = free.isEmpty ? typed : free
    parts = kept.map(\.letters)
    core = parts.flatMap { $0 }
    isTied = typed.count > 1 && typed.dropFirst().allSatisfy(\.isTied)
    hasDot = typed.last?.hasDot ?? false
    if !typed.isEmpty, typed.allSatisfy({ $0.letters.count == 1 }) {
      initials = whole
    } else if typed.count == 1, typed[0].letters.count <= 3,
      typed[0].isCapitals || typed[0].hasDot,
      !typed[0].letters.contains(where: { "aeiouy".utf8.contains($0) })
    {
      // « JP », without a vowel: no name.
      initials = whole
    } else {
      initials = nil
    }
  }

  /// With what it sounds like, which takes a while.
  func heard() -> NamePart {
    var out = self
    out.sound = Sound.key(whole)
    return out
  }

  static func == (a: NamePart, b: NamePart) -> Bool {
    a.words == b.words && a.isTied == b.isTied && a.hasDot == b.hasDot && a.initials == b.initials
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(words)
    hasher.combine(isTied)
  }

  var text: String { String(decoding: whole, as: UTF8.self) }
}
