/// The distinct given names, or the distinct surnames, of a register, and which of them a typed
/// part may mean.
///
/// Values are found by whole words, by words with a letter left out (every single slip, and many
/// doubles), by sound, by familiar forms and by initials: a register of 50,000 is not gone through.
struct PartIndex: Sendable {
  private(set) var values: [NamePart] = []
  /// How many people bear a word as this part, or as the first of several.
  private(set) var counts: [[UInt8]: Int] = [:]
  private var known: [NamePart: Int32] = [:]
  /// Hashes of words in order, and the value that each belongs to. Two words of one hash do no
  /// harm: what is found is compared.
  private var keys: [UInt64] = []
  private var owners: [Int32] = []
  private var unsorted: [(key: UInt64, owner: Int32)] = []
  private let isGiven: Bool

  init(isGiven: Bool) { self.isGiven = isGiven }

  /// The number of a value, new or known.
  mutating func add(_ part: NamePart) -> Int32 {
    if let id = known[part] { return id }
    let id = Int32(values.count)
    let part = part.heard()
    values.append(part)
    known[part] = id
    for key in hashes(part, isTyped: false) { unsorted.append((key, id)) }
    return id
  }

  /// Puts the keys in order; to be called after the last value, before the first question.
  mutating func seal() {
    unsorted.sort { $0.key != $1.key ? $0.key < $1.key : $0.owner < $1.owner }
    keys = unsorted.map(\.key)
    owners = unsorted.map(\.owner)
    unsorted = []
    known = [:]
  }

  /// The values kept under a key.
  private func owners(of key: UInt64) -> ArraySlice<Int32> {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < keys.count, keys[end] == key { end += 1 }
    return owners[low..<end]
  }

  /// Counts a person who bears a value.
  mutating func count(_ part: NamePart) {
    counts[part.whole, default: 0] += 1
    if part.words.count > 1 {
      for word in part.parts { counts[word, default: 0] += 1 }
    }
  }

  /// The values that a typed part may mean, and how likely.
  func similar(to typed: NamePart) -> [Int32: Likelihood] {
    var candidates = Set<Int32>()
    if typed.whole.contains(Letters.lost) {
      candidates = Set(values.indices.lazy.map { Int32($0) })
    } else {
      for key in hashes(typed, isTyped: true) { candidates.formUnion(owners(of: key)) }
      if isGiven {
        for form in Nicknames.forms(of: typed.text) {
          candidates.formUnion(owners(of: Self.hash(Array(form.utf8))))
        }
      }
    }
    var out: [Int32: Likelihood] = [:]
    for id in candidates {
      let likelihood = likelihood(typed, id)
      if likelihood.value > 0 { out[id] = likelihood }
    }
    return out
  }

  /// How likely a value is typed so.
  func likelihood(_ typed: NamePart, _ id: Int32) -> Likelihood {
    isGiven
      ? Channel.given(typed, values[Int(id)]) : Channel.surname(typed, values[Int(id)])
  }

  /// The keys under which a value is kept, or a typed part is looked up.
  private func hashes(_ part: NamePart, isTyped: Bool) -> Set<UInt64> {
    let first = (isGiven ? part.words : part.parts).compactMap(\.first)
    if isTyped, let initials = part.initials {
      return [Self.hash(initials, "^"), Self.hash(part.whole)]
    }
    var out = Set<UInt64>()
    func add(_ word: [UInt8]) {
      guard out.insert(Self.hash(word)).inserted, word.count >= 3, word.count <= 24 else { return }
      for i in word.indices { out.insert(Self.hash(word, without: i)) }
    }
    add(part.whole)
    add(part.core)
    for word in part.parts where part.parts.count > 1 { add(word) }
    if part.sound.count > 2 { out.insert(Self.hash(part.sound, "~")) }
    if isTyped {
      // A shortened word is the beginning of what is meant.
      if (3...6).contains(part.whole.count) { out.insert(Self.hash(part.whole, "<")) }
    } else {
      for n in 3...6 where part.whole.count > n {
        out.insert(Self.hash(part.whole, "<", upTo: n))
      }
      for n in 1...3 where n <= first.count { out.insert(Self.hash(first, "^", upTo: n)) }
    }
    return out
  }

  /// FNV-1a over a word, or a part of it.
  private static func hash(
    _ word: [UInt8], _ kind: Unicode.Scalar = " ", without left: Int = -1, upTo end: Int = .max
  ) -> UInt64 {
    var out: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(kind.value)
    for i in 0..<min(word.count, end) where i != left {
      out = (out ^ UInt64(word[i])) &* 0x0000_0100_0000_01B3
    }
    return out
  }
}
