/// How often a letter follows another in a language: what tells one reading of bytes from another.
///
/// Costs are half bits, -2 log2 of the probability. The data say a cost a character: the first
/// sign is 0, one more each; row by row, a letter after another, where row and column 0 are
/// anything that is no letter, and the others the letters of the alphabet in its order.
struct LanguageModel: Sendable {
  let name: String
  /// The place of each letter in the alphabet, by its number.
  private let index: [UInt8]
  private let costs: [UInt8]
  private let count: Int
  let isLatin: Bool

  /// A letter that the language does not have.
  static let foreign = 36

  private init(_ data: (name: String, alphabet: String, costs: String), start: Int) {
    self.start = start
    name = data.name
    let letters = data.alphabet.unicodeScalars.map(\.value)
    var index = [UInt8](repeating: 255, count: LanguageModel.mostLetters)
    for (i, letter) in letters.enumerated() where letter < index.count {
      index[Int(letter)] = UInt8(truncatingIfNeeded: i + 1)
    }
    self.index = index
    count = letters.count + 1
    costs = data.costs.utf8.map { $0 &- 48 }
    isLatin = index[0x61] != 255
  }

  /// How unlikely it is from the start, in half bits.
  let start: Int

  /// A French file is likeliest here; those with few files of their own need more proof.
  static let all: [LanguageModel] =
    (western + eastern + scripts).map { LanguageModel($0, start: $0.name == "fr" ? 0 : 8) }
    + further.map { LanguageModel($0, start: 24) }

  /// The place of a lower-case letter in the alphabet; 0 for what is no letter, 255 for a letter
  /// of another language.
  func place(_ letter: Letter) -> UInt8 {
    guard letter.isLetter else { return 0 }
    return letter.lower < index.count ? index[Int(letter.lower)] : 255
  }

  /// Above the Thai letters there is none that an encoding of one byte has.
  private static let mostLetters = 0xE80

  /// What a pair costs, by places.
  func cost(_ a: UInt8, _ b: UInt8) -> Int {
    if b == 255 { return LanguageModel.foreign }
    let row = a == 255 ? 0 : Int(a)
    let at = row * count + Int(b)
    return at < costs.count ? Int(costs[at]) : LanguageModel.foreign
  }

  /// A character as the model sees it.
  struct Letter {
    let isLetter: Bool
    let isUpper: Bool
    let isLower: Bool
    /// The lower-case form.
    let lower: UInt32
    /// What the character costs by itself: signs that texts seldom have.
    let ownCost: Int

    init(_ value: UInt32) {
      let properties = Unicode.Scalar(value)?.properties
      switch properties?.generalCategory {
      case .lowercaseLetter, .uppercaseLetter, .otherLetter, .titlecaseLetter, .nonspacingMark,
        .spacingMark, .modifierLetter:
        isLetter = value != 0xAA && value != 0xBA && !(0x2B0..<0x300).contains(value)
        isUpper = properties?.isUppercase ?? false
        isLower = properties?.isLowercase ?? false
        let first = properties?.lowercaseMapping.unicodeScalars.first?.value ?? value
        lower = first
        ownCost = !isLetter ? (value < 0x100 ? 18 : 28) : value >= 0x80 ? Letter.rarity(first) : 0
      default:
        (isLetter, isUpper, isLower, lower) = (false, false, false, value)
        ownCost = value < 0x80 ? Letter.ascii(value) : Letter.signCost(value)
      }
    }

    private static func ascii(_ value: UInt32) -> Int {
      value >= 0x20 || value == 0x09 || value == 0x0A || value == 0x0D ? 0 : 40
    }

    /// Signs that texts and sheets have, and how rare they are.
    private static func signCost(_ value: UInt32) -> Int {
      switch value {
      case 0x80...0x9F, 0xFFFD, 0xF8FF: 60
      case 0xA0, 0x2019, 0xAB, 0xBB, 0x20AC, 0x2013, 0x2014, 0xB0, 0x2026: 12
      case 0x201C, 0x201D, 0x2018, 0x201E, 0xA3, 0xA7, 0xB2, 0x2022, 0xB7, 0x2116, 0x60C, 0x61F: 15
      case 0xA9, 0xAE, 0x2122, 0xBF, 0xA1, 0xB3, 0xBD, 0xB1, 0xB5, 0xD7, 0xAD, 0xB4, 0x61B: 18
      case 0xBC, 0xBE, 0xB6, 0x2020, 0x2030, 0x2039, 0x203A, 0x201A, 0x200E, 0x200F, 0xA5: 22
      case 0x2550...0x256C, 0x2500...0x2524, 0x2580...0x259F: 24
      default: 28
      }
    }

    /// How rare an accented letter is over all languages of its script.
    private static func rarity(_ lower: UInt32) -> Int {
      guard lower < 0x250 else { return 0 }
      if common.contains(lower) { return 0 }
      return usual.contains(lower) ? 1 : rare
    }

    /// What a letter costs that few languages have.
    static let rare = 4

    private static let common = Set("éáíóúèäöüçñãåàêøæôîâ".unicodeScalars.map(\.value))
    private static let usual = Set(
      "ûëïœßõìòùýčšžřěůłąęćśżźńđőűășțţşğıēāīūņļķģ".unicodeScalars.map(\.value))
  }
}
