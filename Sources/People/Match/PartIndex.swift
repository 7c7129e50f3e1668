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
  private var byKey: [[UInt8]: [Int32]] = [:]
  private let isGiven: Bool

  init(isGiven: Bool) { self.isGiven = isGiven }

  /// The number of a value, new or known.
  mutating func add(_ part: NamePart) -> Int32 {
    if let id = known[part] { return id }
    let id = Int32(values.count)
    values.append(part)
    known[part] = id
    for key in keys(part) { byKey[key, default: []].append(id) }
    return id
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
      for key in keys(typed) { candidates.formUnion(byKey[key] ?? []) }
      if isGiven {
        for form in Nicknames.forms(of: typed.text) {
          candidates.formUnion(byKey[Array(form.utf8)] ?? [])
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

  private func keys(_ part: NamePart) -> Set<[UInt8]> {
    var out: Set<[UInt8]> = [part.whole, part.core]
    func add(_ word: [UInt8]) {
      out.insert(word)
      guard word.count >= 3, word.count <= 24 else { return }
      for i in word.indices {
        var shorter = word
        shorter.remove(at: i)
        out.insert(shorter)
      }
    }
    add(part.whole)
    add(part.core)
    for word in part.parts where part.parts.count > 1 { add(word) }
    if part.sound.count > 2 { out.insert([0x7E] + part.sound) }
    // Initials, and the beginnings of shortened words.
    let first = part.initials ?? (isGiven ? part.words : part.parts).compactMap(\.first)
    for n in 1...max(first.count, 1) where n <= first.count { out.insert([0x5E] + first.prefix(n)) }
    if part.whole.count >= 3 { for n in 3...6 { out.insert([0x3C] + part.whole.prefix(n)) } }
    out.remove([])
    return out
  }
}
