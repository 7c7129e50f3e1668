/// How likely somebody who is not in the register bears a typed name.
///
/// A name of the register, or one that is known to be common, is likely enough among other people
/// for a slip towards it to be doubted; a word that is nobody's name is most likely a slip.
struct Commonness: Sendable {
  private let given: PartIndex
  private let surnames: PartIndex
  private let people: Double

  init(given: PartIndex, surnames: PartIndex, people: Int) {
    self.given = given
    self.surnames = surnames
    self.people = Double(max(people, 1))
  }

  /// The share of other people with a given name that is written so.
  func ofGiven(_ part: NamePart) -> Double {
    if part.words.isEmpty { return 0.01 }
    if part.initials != nil { return 0.03 * (part.whole.count == 1 ? 0.08 : 0.01) }
    if let known = knownGiven(part.whole) { return known }
    if part.words.count > 1 {
      return part.words.reduce(0.15) { out, word in
        out * (word.count == 1 ? 0.01 : knownGiven(word) ?? rare(word, 0.3))
      }
    }
    return rare(part.whole, 0.3)
  }

  /// The share of other people with a surname that is written so; relatives of those in the
  /// register are among them.
  func ofSurname(_ part: NamePart) -> Double {
    if part.words.isEmpty { return 0.01 }
    if part.initials != nil { return 0.03 * 0.06 }
    if let known = knownSurname(part.whole) { return known }
    if part.core != part.whole, let known = knownSurname(part.core) { return known * 0.3 }
    if part.parts.count > 1 {
      return part.parts.reduce(0.1) { out, word in out * (knownSurname(word) ?? rare(word, 0.5)) }
    }
    return rare(part.whole, 0.5)
  }

  /// Whether a typed given name is a name as it stands.
  func knowsGiven(_ part: NamePart) -> Bool { knownGiven(part.whole) != nil }

  /// Whether a typed surname is a name as it stands.
  func knowsSurname(_ part: NamePart) -> Bool { knownSurname(part.whole) != nil }

  private func knownGiven(_ word: [UInt8]) -> Double? {
    let count = given.counts[word] ?? 0
    let text = String(decoding: word, as: UTF8.self)
    guard count > 0 || GivenNames.contains(text) || !Nicknames.forms(of: text).isEmpty else {
      return nil
    }
    return (Double(count) + 1) / (people + 1500)
  }

  private func knownSurname(_ word: [UInt8]) -> Double? {
    let count = Double(surnames.counts[word] ?? 0)
    guard count > 0 || Surnames.contains(String(decoding: word, as: UTF8.self)) else { return nil }
    return (count + 1) / (people + 5000) + 0.2 * count / people
  }

  /// A word that is no known name: the longer, the fewer people bear just this one.
  private func rare(_ word: [UInt8], _ share: Double) -> Double {
    share * Channel.tenTo(-0.7 * Double(max(word.count, 3)))
  }
}
