/// A person of a residence's register.
package struct RegisteredPerson: Sendable {
  /// What the register calls the person.
  package var id: String
  /// Given names as written.
  package var given: String
  /// Other given names: of use, by which the person is called.
  package var otherGiven: [String] = []
  /// Surnames as written: of use, of birth.
  package var surnames: [String]
  /// The whole name, in either order, when the register does not keep its parts apart.
  package var fullName: String
  /// The sex, if the register says.
  package var sex: Sex?
  /// The year of birth.
  package var birthYear: Int?
  /// The flat.
  package var dwelling: String?
  /// The household.
  package var household: String?
  /// The telephone.
  package var phone: String?

  /// Makes a person; what the register does not say is nil or empty.
  package init(
    id: String, given: String = "", surnames: [String] = [], fullName: String = "",
    sex: Sex? = nil, birthYear: Int? = nil, dwelling: String? = nil, household: String? = nil,
    phone: String? = nil
  ) {
    self.id = id
    self.given = given
    self.surnames = surnames
    self.fullName = fullName
    self.sex = sex
    self.birthYear = birthYear
    self.dwelling = dwelling
    self.household = household
    self.phone = phone
  }

  /// Given name and surname, as far as they can be told apart.
  var readings: [(given: NamePart, surname: NamePart)] {
    var out: [(NamePart, NamePart)] = []
    let given = PieceReader.pieces(given).compactMap(\.word)
    for surname in surnames {
      let words = PieceReader.pieces(surname).compactMap(\.word)
      if words.isEmpty { continue }
      out.append((NamePart(given), NamePart(words)))
      // A column of surnames may hold two: « Martin née Leroy ».
      guard words.contains(where: { NameWords.otherSurname.contains($0.text) }) else { continue }
      let mention = MentionReader.mention(surname)
      if !mention.otherSurname.isEmpty {
        out.append((NamePart(given), NamePart(mention.words)))
        out.append((NamePart(given), NamePart(mention.otherSurname)))
      }
    }
    let first = out
    for other in otherGiven {
      let words = PieceReader.pieces(other).compactMap(\.word)
      if !words.isEmpty { out += first.map { (NamePart(words), $0.1) } }
    }
    if out.isEmpty, !given.isEmpty { out.append((NamePart(given), NamePart([]))) }
    if !fullName.isEmpty { out += RegisteredPerson.readings(of: fullName) }
    return out
  }

  /// The ways a whole name may be cut: at its comma, where capitals end, else at each blank.
  private static func readings(of fullName: String) -> [(NamePart, NamePart)] {
    let mention = MentionReader.mention(fullName)
    let words = mention.words
    guard words.count > 1 else { return words.isEmpty ? [] : [(NamePart([]), NamePart(words))] }
    var out: [(NamePart, NamePart)] = []
    if let comma = mention.comma {
      out.append((NamePart(words[comma...]), NamePart(words[..<comma])))
    } else {
      let capitals = words.prefix { $0.isCapitals }.count
      let lastCapitals = words.reversed().prefix { $0.isCapitals }.count
      if capitals > 0, capitals < words.count {
        out.append((NamePart(words[capitals...]), NamePart(words[..<capitals])))
      } else if lastCapitals > 0, lastCapitals < words.count {
        let cut = words.count - lastCapitals
        out.append((NamePart(words[..<cut]), NamePart(words[cut...])))
      } else {
        // A particle goes with the word after it.
        for cut in 1..<words.count where !NameWords.particles.contains(words[cut - 1].text) {
          let (head, tail) = (words[..<cut], words[cut...])
          out.append((NamePart(head), NamePart(tail)))
          out.append((NamePart(tail), NamePart(head)))
        }
      }
    }
    if !mention.otherSurname.isEmpty {
      out += out.map { ($0.0, NamePart(mention.otherSurname)) }
    }
    return out
  }
}

/// Clues beside the name, in a form that can be compared.
enum Clue {
  /// The last nine digits of a telephone, if it has as many.
  static func phone(_ text: String) -> String? {
    let digits = text.filter { $0.isASCII && $0.isWholeNumber }
    return digits.count >= 9 ? String(digits.suffix(9)) : nil
  }

  /// How the sign of a flat is written, `a00` for `B07`; nil for one of letters or digits alone.
  static func shape(_ flat: String) -> String? {
    var out = ""
    for c in flat { out.append(c.isNumber ? "0" : c.isLetter ? "a" : c) }
    return out.contains("0") && out.contains("a") && out.count <= 6 ? out : nil
  }

  /// A flat without case, blanks and leading zeros (`B07`, `b 7`), also without what stands before
  /// its last sign of separation (`mimosas-B07`).
  static func flats(_ text: String) -> [String] {
    var words: [String] = []
    for piece in PieceReader.pieces(text) {
      switch piece {
      case .word(let word) where !NameWords.flats.contains(word.text): words.append(word.text)
      case .code(let code): words.append(plain(code))
      default: break
      }
    }
    guard let last = words.last else { return [] }
    let whole = words.joined()
    return whole == last ? [whole] : [whole, last]
  }

  /// Without zeros at the head of a number.
  static func plain(_ code: String) -> String {
    var out = ""
    for c in code {
      if c == "0", out.last.map({ !$0.isWholeNumber }) ?? true { continue }
      out.append(c)
    }
    return out.isEmpty ? code : out
  }
}
