/// A word of a name.
struct NameWord: Hashable, Sendable {
  /// Its letters, without case and accents; `Letters.lost` for one that was lost.
  var letters: [UInt8]
  /// Whether it is all capitals, of two letters or more.
  var isCapitals = false
  /// Whether a full stop shortens it.
  var hasDot = false
  /// Whether a hyphen ties it to the word before.
  var isTied = false
  /// Where an apostrophe stood within it.
  var apostrophe: Int?

  /// The letters as text.
  var text: String { String(decoding: letters, as: UTF8.self) }
}

/// What a cell of names is made of.
enum Piece: Hashable, Sendable {
  case word(NameWord)
  /// Signs with a digit among them: a flat, an age, a telephone.
  case code(String)
  /// One of `, ( ) + & / : - ?`.
  case mark(Character)
}

/// Cuts the text of a cell into pieces.
struct PieceReader {
  private let scalars: [Unicode.Scalar]
  private var out: [Piece] = []
  private var word = NameWord(letters: [])
  private var digits = ""
  private var hasDigit = false
  private var letterCount = 0
  private var capitalCount = 0
  private var isTied = false
  private var wasSmall = false

  /// The pieces of a text; of a very long one, of its beginning.
  static func pieces(_ text: String) -> [Piece] {
    var reader = PieceReader(scalars: Misread.repaired(String(text.prefix(400))))
    reader.read()
    return reader.out
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private mutating func read() {
    for (i, scalar) in scalars.enumerated() {
      if Letters.isSilent(scalar) { continue }
      let folded = Letters.folded(scalar)
      if !folded.isEmpty {
        // « DupontMarie »: the blank was lost.
        if wasSmall, word.letters.count > 1, scalar.properties.isUppercase, i + 1 < scalars.count,
          isLetter(scalars[i + 1])
        {
          close()
        }
        wasSmall = scalar.properties.isLowercase
        word.letters += folded
        digits.unicodeScalars.append(
          contentsOf: String(decoding: folded, as: UTF8.self).unicodeScalars)
        letterCount += 1
        if scalar.properties.isUppercase { capitalCount += 1 }
      } else if (0x30...0x39).contains(scalar.value) {
        digits.unicodeScalars.append(scalar)
        hasDigit = true
      } else {
        read(sign: scalar, at: i)
      }
    }
    close()
  }

  private mutating func read(sign scalar: Unicode.Scalar, at i: Int) {
    let inWord = !digits.isEmpty
    let followed = i + 1 < scalars.count && isLetter(scalars[i + 1])
    switch Character(scalar) {
    case "'", "’", "‘", "ʼ", "`", "´", "′":
      if inWord, followed { word.apostrophe = word.letters.count } else { close() }
    case "-", "‐", "‑", "–", "—", "−":
      let ties = inWord && followed
      close()
      if ties { isTied = true } else { out.append(.mark("-")) }
    case ".":
      if inWord { word.hasDot = true }
      close()
    case "°", "º", "ª", "²":
      close()
    case ",", ";": mark(",")
    case "(", "[", "{": mark("(")
    case ")", "]", "}": mark(")")
    case "+", "&", "/", ":": mark(Character(scalar))
    case "?":
      if followed { loseLetter() } else { mark("?") }
    case "*", "★", "☆", "✱", "•", "·", "…", "\"", "«", "»", "“", "”", "!", "|", "_", "=", "#":
      // Between two letters a sign is a letter in another encoding.
      if inWord, followed, scalar.value > 0x7F { loseLetter() } else { close() }
    default:
      if scalar.properties.isWhitespace {
        close()
      } else if scalar.value == 0xFFFD || (scalar.value >= 0x80 && inWord && followed) {
        loseLetter()
      } else if scalar.value >= 0x20 || !inWord {
        close()
      }
    }
  }

  private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFFFD || !Letters.folded(scalar).isEmpty
  }

  private mutating func loseLetter() {
    word.letters.append(Letters.lost)
    if digits.isEmpty { digits = "?" }
  }

  private mutating func mark(_ sign: Character) {
    close()
    out.append(.mark(sign))
  }

  private mutating func close() {
    defer {
      word = NameWord(letters: [])
      digits = ""
      hasDigit = false
      wasSmall = false
      letterCount = 0
      capitalCount = 0
    }
    guard !digits.isEmpty else { return }
    if hasDigit {
      out.append(.code(digits))
    } else {
      word.isCapitals = letterCount > 1 && capitalCount == letterCount
      word.isTied = isTied
      out.append(.word(word))
    }
    isTied = false
  }
}
