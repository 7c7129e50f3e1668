/// A name as it stands on a sheet, taken apart as far as the sheet alone allows: who of the
/// register it is, is for the matching to say.
struct Mention: Equatable {
  /// What a receipt tells of it.
  enum Remark: String {
    case several = "name.several"
    case givenOnly = "name.given-only"
    case unnamed = "name.unnamed"
    case damaged = "name.damaged"
    case unsized = "name.family-size"
    case accompanied = "name.accompanied"
  }

  /// The name; nil for people without one.
  var name: String?
  /// How many unnamed people a line without a name stands for; nil when nobody can say.
  var size: Int?
  /// How many unnamed people came with the one who is named.
  var companions = 0
  /// A role of the model.
  var role = "participant"
  /// A status said beside the name: late, excused, absent.
  var status: Mark.Meaning?
  var remark: Remark?

  /// A name that is known to be one person's, as it stands.
  init(name: String) { self.name = name }

  init(_ text: String) {
    var text = Mojibake.repaired(text)
    text = MentionParts.withoutPhone(text)
    while let last = text.last, "*°.,;".contains(last), last != "." { text.removeLast() }
    text = SheetCells.tidy(text)
    if let (role, rest) = MentionParts.role(text) {
      self.role = role
      text = rest
      if rest.isEmpty {
        size = 1
        return
      }
    }
    if let bracket = text.firstIndex(of: "("), bracket > text.startIndex {
      let inside = String(text[text.index(after: bracket)...].prefix { $0 != ")" })
      let before = SheetCells.tidy(String(text[..<bracket]))
      if takeBracket(inside) { text = before }
      if MentionParts.isFamily(before), let n = SheetCells.integer(inside), (1...30).contains(n) {
        (size, remark) = (n, .several)
        return
      }
      if MentionParts.isKin(Fold.key(inside)) {
        (name, remark) = (text, .givenOnly)
        return
      }
    }
    if let (before, count) = MentionParts.company(text) {
      (text, companions, remark) = (before, count, .accompanied)
    }
    let fold = Fold.key(text)
    if MentionParts.isNobody(fold) || text == "?" {
      (size, remark) = (1 + companions, .unnamed)
      companions = 0
      return
    }
    if companions == 0, let count = MentionParts.crowd(fold) {
      (size, remark) = (count, .unnamed)
      return
    }
    if MentionParts.isKin(fold) {
      (size, remark) = (1 + companions, .unnamed)
      companions = 0
      return
    }
    if let count = MentionParts.several(text, fold) {
      size = count > 0 ? count + companions : nil
      remark = count > 0 ? .several : .unsized
      companions = 0
      return
    }
    name = MentionParts.withoutTitle(text)
    if text.unicodeScalars.contains("\u{FFFD}") { remark = .damaged }
  }

  /// Takes what a remark in brackets says; false when it is part of the name.
  private mutating func takeBracket(_ inside: String) -> Bool {
    let fold = Fold.key(inside)
    if let (role, rest) = MentionParts.role(inside), rest.isEmpty {
      self.role = role
      return true
    }
    if fold.hasPrefix("retard") || fold.hasPrefix("en retard") {
      status = .late
      return true
    }
    if fold.hasPrefix("excus") {
      status = .excused
      return true
    }
    return false
  }
}

/// The words and forms that mentions are made of.
enum MentionParts {
  private static let roles: [(words: Set<String>, role: String)] = [
    (
      [
        "animatrice", "animateur", "stagiaire", "salarie", "salariee", "gardien", "gardienne",
        "coordinatrice", "coordinateur", "referent", "referente", "service civique",
      ], "staff"
    ),
    (
      ["intervenant", "intervenante", "partenaire", "prestataire", "formateur", "formatrice"],
      "partner"
    ),
    (["benevole", "benevoles"], "volunteer"),
  ]

  /// The role that a text begins with, and the name that follows; nil for none.
  static func role(_ text: String) -> (role: String, rest: String)? {
    let head = text.prefix { $0 != ":" && $0 != " " && $0 != "-" && $0 != "(" }
    guard let found = roles.first(where: { $0.words.contains(Fold.key(head)) }) else { return nil }
    let rest = text.dropFirst(head.count).drop { " :-–".contains($0) }
    return (found.role, SheetCells.tidy(String(rest)))
  }

  static func isFamily(_ text: String) -> Bool {
    let fold = Fold.key(text)
    return fold.hasPrefix("famille ") || fold.hasPrefix("couple ") || fold == "famille"
  }

  /// Whether a mention says a person only as kin of another.
  static func isKin(_ fold: String) -> Bool {
    let kin = [
      "fils", "fille", "petit fils", "petite fille", "enfant", "enfants", "mari", "femme", "mere",
      "pere", "soeur", "frere", "ami", "amie", "voisin", "voisine", "cousin", "cousine",
      "compagnon", "compagne", "neveu", "niece",
    ]
    let links = ["de ", "du ", "d ", "mme ", "m ", "mr ", "a "]
    return kin.contains { word in
      fold.hasPrefix(word + " ") && links.contains { fold.dropFirst(word.count + 1).hasPrefix($0) }
    }
  }

  static func isNobody(_ fold: String) -> Bool {
    let words = fold.split(separator: " ")
    let isOne = words.count > 1 && ["un", "une", "le", "la"].contains(words[0])
    let fold = isOne ? words.dropFirst().joined(separator: " ") : fold
    return [
      "anonyme", "anonymes", "voisin", "voisine", "illisible", "inconnu", "inconnue", "invite",
      "invitee", "visiteur", "visiteuse", "passant", "sans nom", "nc", "n c", "autre", "xxx",
    ].contains(fold)
  }

  /// Words for people without a name, in number.
  private static let crowds: Set<String> = [
    "voisins", "voisines", "invites", "invitees", "enfants", "personnes", "amis", "amies",
    "visiteurs", "visiteuses", "adultes", "anonymes", "inconnus", "benevoles", "parents",
    "exterieurs", "passants",
  ]

  /// `deux voisines`, `3 enfants`: how many people without a name.
  static func crowd(_ fold: String) -> Int? {
    let words = fold.split(separator: " ").map(String.init)
    guard words.count == 2, crowds.contains(words[1]) else { return nil }
    return number(words[0])
  }

  private static func number(_ word: String) -> Int? {
    let words = ["deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "un": 1, "une": 1]
    if let n = words[word] { return n }
    return SheetCells.integer(word).flatMap { (1...30).contains($0) ? $0 : nil }
  }

  /// `Samira Hamidi + 2 enfants`, `Mme Dupont + fille`: who is named, and how many came along;
  /// nil where what stands behind may be a name.
  static func company(_ text: String) -> (before: String, count: Int)? {
    let parts = text.split(separator: "+", omittingEmptySubsequences: false)
      .map { SheetCells.tidy(String($0)) }
    guard parts.count >= 2, let before = parts.first, before.contains(where: \.isLetter) else {
      return nil
    }
    var count = 0
    for part in parts.dropFirst() {
      guard let n = companions(Fold.key(part)) else { return nil }
      count += n
    }
    return (1...30).contains(count) ? (before, count) : nil
  }

  /// How many people words such as `2 enfants`, `sa fille`, `bébé` stand for.
  private static func companions(_ fold: String) -> Int? {
    let words = fold.split(separator: " ").map(String.init)
      .filter {
        !["ses", "son", "sa", "leur", "leurs", "les", "le", "la", "l", "pers"].contains($0)
      }
    guard let first = words.first else { return nil }
    let rest = words.dropFirst()
    if let n = number(first), rest.allSatisfy({ kinOfMany.contains($0) || kin.contains($0) }) {
      return n
    }
    return words.count == 1 && kin.contains(first) ? 1 : nil
  }

  private static let kin: Set<String> = [
    "fils", "fille", "enfant", "bebe", "mari", "femme", "epoux", "epouse", "conjoint", "conjointe",
    "compagnon", "compagne", "mere", "pere", "maman", "papa", "soeur", "frere", "ami", "amie",
    "voisin", "voisine", "cousin", "cousine", "neveu", "niece", "invite", "invitee", "personne",
    "accompagnant", "accompagnante", "copain", "copine", "ado", "petit", "petite",
  ]

  private static let kinOfMany: Set<String> = crowds.union([
    "filles", "soeurs", "freres", "bebes", "enf", "petits", "petites", "jumeaux", "jumelles",
    "accompagnants", "ados", "adulte", "copains", "copines", "cousins", "cousines",
  ])

  /// How many people a line names together; 0 when it does not say, nil for one person.
  static func several(_ text: String, _ fold: String) -> Int? {
    let words = fold.split(separator: " ").map(String.init)
    if words.first == "famille" { return 0 }
    if words.contains("jumeaux") || words.contains("jumelles") { return 2 }
    if words.contains("triples") { return 3 }
    if words.first == "couple" { return 2 }
    if let plus = text.firstIndex(of: "+") {
      let after = SheetCells.tidy(String(text[text.index(after: plus)...]))
      let digits = after.prefix { $0.isNumber }
      if let n = SheetCells.integer(String(digits)), (1...30).contains(n) { return 1 + n }
      return 1 + text.count { $0 == "+" }
    }
    if words.dropFirst().dropLast().contains("et") || text.contains(" & ") { return 2 }
    return nil
  }

  /// The name without a title, when more than a surname is left.
  static func withoutTitle(_ text: String) -> String {
    let titles: Set<String> = [
      "m", "mr", "mme", "mlle", "madame", "monsieur", "mademoiselle", "dr", "me", "mrs", "ms",
    ]
    let words = text.split(separator: " ")
    guard words.count >= 3, let first = words.first, titles.contains(Fold.key(first)),
      first.count > 1 || first == "M"
    else { return text }
    return words.dropFirst().joined(separator: " ")
  }

  /// The text without a French phone number at its end.
  static func withoutPhone(_ text: String) -> String {
    var digits = 0
    var cut = text.endIndex
    var at = text.endIndex
    while at > text.startIndex {
      let before = text.index(before: at)
      let c = text[before]
      if c.isNumber { digits += 1 } else if !" .-+".contains(c) && c != "\u{A0}" { break }
      at = before
      if c.isNumber || c == "+" { cut = at }
    }
    guard (9...13).contains(digits) else { return text }
    return SheetCells.tidy(String(text[..<cut]))
  }
}

/// UTF-8 that was read as Windows-1252 on its way: `HÃ©lÃ¨ne`.
enum Mojibake {
  static func repaired(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 == "Ã" || $0 == "Å" || $0 == "Â" }) else {
      return text
    }
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let byte = byte(of: scalar) else { return text }
      bytes.append(byte)
    }
    guard let out = String(validating: bytes, as: UTF8.self) else { return text }
    return out
  }

  private static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    if scalar.value < 0x100 { return UInt8(scalar.value) }
    let upper: [Unicode.Scalar: UInt8] = [
      "€": 0x80, "‚": 0x82, "ƒ": 0x83, "„": 0x84, "…": 0x85, "†": 0x86, "‡": 0x87, "ˆ": 0x88,
      "‰": 0x89, "Š": 0x8A, "‹": 0x8B, "Œ": 0x8C, "Ž": 0x8E, "‘": 0x91, "’": 0x92, "“": 0x93,
      "”": 0x94, "•": 0x95, "–": 0x96, "—": 0x97, "˜": 0x98, "™": 0x99, "š": 0x9A, "›": 0x9B,
      "œ": 0x9C, "ž": 0x9E, "Ÿ": 0x9F,
    ]
    return upper[scalar]
  }
}
