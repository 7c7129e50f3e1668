import Diagnostics

/// The structure of a JSON5 text with the place of each key and value.
///
/// Foundation decodes the values; it gives no position, ignores unknown keys and keeps the last
/// of two equal ones. This scanner supplies what is missing and interprets nothing else.
struct Outline {
  /// A value and where it begins.
  indirect enum Node {
    case scalar(Place, isString: Bool)
    case list(Place, [Node])
    case object(Place, [(key: String, place: Place, value: Node)])

    var place: Place {
      switch self {
      case .scalar(let p, _), .list(let p, _), .object(let p, _): p
      }
    }
  }

  /// A 1-based line and column, in characters.
  struct Place {
    var line: Int
    var column: Int
  }

  /// The text breaks the grammar at `place`.
  struct SyntaxError: Error {
    var place: Place
    var message: Phrase
  }

  private let text: [Unicode.Scalar]
  private var position = 0
  private var place = Place(line: 1, column: 1)
  private var depth = 0

  /// Reads a whole text.
  static func read(_ source: String) throws(SyntaxError) -> Node {
    var outline = Outline(text: Array(source.unicodeScalars))
    if outline.text.first == "\u{FEFF}" { outline.position = 1 }
    let node = try outline.value()
    try outline.skipSpace()
    if outline.peek != nil {
      throw outline.error(fr: "texte inattendu après la fin", en: "unexpected text after the end")
    }
    return node
  }

  private init(text: [Unicode.Scalar]) { self.text = text }

  private var peek: Unicode.Scalar? { position < text.count ? text[position] : nil }

  private mutating func next() -> Unicode.Scalar? {
    guard position < text.count else { return nil }
    let c = text[position]
    position += 1
    if c == "\n" {
      place = Place(line: place.line + 1, column: 1)
    } else {
      place.column += 1
    }
    return c
  }

  private func error(fr: String, en: String) -> SyntaxError {
    SyntaxError(place: place, message: Phrase(fr: fr, en: en))
  }

  /// Whether a character is white space; the properties of all but the common ones are slow.
  private static func isBlank(_ c: Unicode.Scalar) -> Bool {
    c.isASCII ? c == " " || (9...13).contains(c.value) : c.properties.isWhitespace
  }

  private mutating func skipSpace() throws(SyntaxError) {
    while let c = peek {
      if Outline.isBlank(c) || c == "\u{FEFF}" {
        _ = next()
      } else if c == "/", position + 1 < text.count, text[position + 1] == "/" {
        while let d = peek, d != "\n" { _ = next() }
      } else if c == "/", position + 1 < text.count, text[position + 1] == "*" {
        let start = place
        _ = next()
        _ = next()
        var closed = false
        while let d = next() {
          if d == "*", peek == "/" {
            _ = next()
            closed = true
            break
          }
        }
        if !closed {
          throw SyntaxError(
            place: start,
            message: Phrase(fr: "commentaire jamais fermé", en: "comment never closed"))
        }
      } else {
        return
      }
    }
  }

  private mutating func value() throws(SyntaxError) -> Node {
    try skipSpace()
    let start = place
    depth += 1
    defer { depth -= 1 }
    guard depth < 64 else { throw error(fr: "trop d’imbrications", en: "nested too deep") }
    switch peek {
    case nil: throw error(fr: "une valeur est attendue", en: "a value is expected")
    case "{":
      _ = next()
      return .object(start, try members())
    case "[":
      _ = next()
      return .list(start, try elements())
    case "\"", "'":
      _ = try string()
      return .scalar(start, isString: true)
    default:
      var any = false
      while let c = peek, !Outline.isBlank(c), !",]}:/".unicodeScalars.contains(c) {
        _ = next()
        any = true
      }
      if !any { throw error(fr: "une valeur est attendue", en: "a value is expected") }
      return .scalar(start, isString: false)
    }
  }

  private mutating func elements() throws(SyntaxError) -> [Node] {
    var out: [Node] = []
    while true {
      try skipSpace()
      if peek == "]" {
        _ = next()
        return out
      }
      out.append(try value())
      try separator(closing: "]")
    }
  }

  private mutating func members() throws(SyntaxError) -> [(key: String, place: Place, value: Node)]
  {
    var out: [(key: String, place: Place, value: Node)] = []
    while true {
      try skipSpace()
      if peek == "}" {
        _ = next()
        return out
      }
      let at = place
      let key = try key()
      if out.contains(where: { $0.key == key }) {
        throw SyntaxError(
          place: at,
          message: Phrase(fr: "clé « \(key) » en double", en: "duplicate key “\(key)”"))
      }
      try skipSpace()
      guard peek == ":" else {
        throw error(fr: "« : » attendu après la clé", en: "“:” expected after the key")
      }
      _ = next()
      out.append((key, at, try value()))
      try separator(closing: "}")
    }
  }

  private mutating func separator(closing: Unicode.Scalar) throws(SyntaxError) {
    try skipSpace()
    if peek == "," {
      _ = next()
    } else if peek != closing {
      throw error(
        fr: "« , » ou « \(closing) » attendu", en: "“,” or “\(closing)” expected")
    }
  }

  /// Whether it is a plain letter or digit, of which Unicode need not be asked.
  private static func isPlain(_ c: Unicode.Scalar) -> Bool {
    switch c {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }

  private mutating func key() throws(SyntaxError) -> String {
    if peek == "\"" || peek == "'" { return try string() }
    var out = String.UnicodeScalarView()
    while let c = peek,
      c == "_" || c == "$" || c == "-" || Outline.isPlain(c) || c.properties.isAlphabetic
        || c.properties.numericType != nil
    {
      out.append(c)
      _ = next()
    }
    if out.isEmpty { throw error(fr: "une clé est attendue", en: "a key is expected") }
    return String(out)
  }

  private mutating func string() throws(SyntaxError) -> String {
    let start = place
    let quote = next()
    var out = String.UnicodeScalarView()
    while let c = next() {
      if c == quote { return String(out) }
      if c == "\\" {
        // The escape's meaning is Foundation's business; only its length matters here.
        if let escaped = next() { out.append(escaped) }
      } else if c == "\n" {
        break
      } else {
        out.append(c)
      }
    }
    throw SyntaxError(
      place: start, message: Phrase(fr: "texte jamais fermé", en: "string never closed"))
  }
}
