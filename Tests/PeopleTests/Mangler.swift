import Foundation
import People

/// A name as typed on a sheet, and whom it means.
struct MadeMention {
  var text: String
  /// Whom it means; nil for nobody of the register, or for several.
  var person: String?
  /// How it was mangled.
  var kind: String
}

/// Types names as people do on sheets: every pollution of names that sheets of the field show.
struct Mangler {
  private var dice: Dice
  private let made: MadeRegister
  private let isRich: Bool

  init(_ made: MadeRegister, isRich: Bool, seed: Int) {
    self.made = made
    self.isRich = isRich
    dice = Dice(seed: seed &+ 7_000_003)
  }

  /// About 15 % mean nobody of the register.
  mutating func mentions(_ count: Int) -> [MadeMention] {
    (0..<count).map { _ in
      if dice.chance(2) { return nobody() }
      let isStranger = dice.chance(14)
      let person = isStranger ? dice.pick(made.strangers) : dice.pick(made.people)
      return mention(of: person, isStranger: isStranger)
    }
  }

  private mutating func nobody() -> MadeMention {
    let text = dice.pick([
      "intervenant", "anonyme", "voisin", "?", "illisible", "animatrice : Julie", "bénévole",
      "stagiaire", "une voisine", "???", "illisible (2)", "Intervenante théâtre", "x", "visiteur",
      "voisin de Mme Roux", "animateur : Karim", "…", "idem",
    ])
    return MadeMention(text: text, person: nil, kind: "nobody")
  }

  private mutating func mention(of person: MadePerson, isStranger: Bool) -> MadeMention {
    let kinds: [(Int, String)] = [
      (52, "plain"), (13, "typo"), (3, "typos"), (4, "encoding"), (4, "initial"), (4, "nickname"),
      (4, "title"), (1, "title-surname"), (2, "tied"), (2, "double"), (3, "particle"),
      (2, "spelling"), (4, "notes"), (2, "flat"), (2, "birth-name"), (1, "couple"), (1, "family"),
      (1, "company"), (1, "child"), (1, "glued"), (1, "age"),
    ]
    let kind = dice.pick(weighted: kinds)
    guard let text = text(kind, person) else {
      return MadeMention(
        text: plain(person), person: isStranger ? nil : person.id, kind: "plain")
    }
    let isSeveral = kind == "couple" || kind == "family"
    return MadeMention(text: text, person: isStranger || isSeveral ? nil : person.id, kind: kind)
  }

  private mutating func text(_ kind: String, _ person: MadePerson) -> String? {
    switch kind {
    case "typo":
      var one = person
      let longer = one.surname.count > one.given.count
      if dice.chance(longer ? 70 : 35) {
        one.surname = typo(one.surname)
      } else {
        one.given = typo(one.given)
      }
      return plain(one)
    case "typos":
      var one = person
      one.surname = typo(one.surname)
      if dice.chance(60) { one.given = typo(one.given) } else { one.surname = typo(one.surname) }
      return plain(one)
    case "encoding": return misencoded(ordered(person.given, person.surname))
    case "initial": return initial(person)
    case "nickname":
      guard let short = NameLists.nicknames[person.given] else { return nil }
      return cased(ordered(dice.pick(short), person.surname))
    case "title":
      let title = dice.pick(
        person.sex == .woman
          ? ["Mme", "Madame", "Mlle", "mme", "MME"] : ["M.", "Mr", "Mr.", "Monsieur", "M"])
      return title + " " + plain(person)
    case "title-surname":
      guard person.birthYear < 2000 else { return nil }
      return (person.sex == .woman ? "Mme " : "Mr ") + person.surname
    case "tied":
      guard person.given.contains("-") else { return nil }
      let parts = person.given.split(separator: "-")
      let given = dice.pick([
        parts.joined(separator: " "), parts.joined(), parts[0].prefix(1) + "-" + parts[1].prefix(1),
        parts[0].prefix(1) + "." + parts[1], parts.map { String($0.prefix(1)) }.joined(),
      ])
      return dice.chance(50) ? given + " " + person.surname : person.surname + " " + given
    case "double":
      let parts = person.surname.split(separator: "-")
      guard parts.count == 2, !person.surname.contains("Saint") else { return nil }
      return ordered(
        person.given,
        dice.pick([
          String(parts[0]), String(parts[1]), parts.joined(separator: " "),
          parts.reversed().joined(separator: "-"), parts[0] + " ép. " + parts[1],
        ]))
    case "particle": return particle(person)
    case "spelling":
      guard let other = NameLists.spellings[person.given] else { return nil }
      return cased(ordered(dice.pick(other), person.surname))
    case "notes": return notes(person)
    case "flat":
      guard isRich else { return nil }
      let flat = person.flat
      return plain(person)
        + dice.pick([
          " (\(flat))", " - \(flat)", " appt \(flat)", " \(flat)", ", \(flat.lowercased())",
        ])
    case "birth-name":
      guard let birth = person.birthName, isRich else { return nil }
      return dice.pick([
        "\(person.given) \(person.surname) née \(birth)", "\(person.given) \(birth)",
        "Mme \(person.surname) née \(birth) \(person.given)",
        "\(person.given) \(birth) ép. \(person.surname)",
        "\(birth.uppercased()) \(person.given) épouse \(person.surname)",
      ])
    case "couple":
      return dice.pick([
        "M. et Mme \(person.surname)", "Mr & Mme \(person.surname)", "M/Mme \(person.surname)",
        "Couple \(person.surname)", "M. et Mme \(person.surname.uppercased()) \(person.given)",
      ])
    case "family":
      return dice.pick([
        "Famille \(person.surname) (4)", "famille \(person.surname)", "Fam. \(person.surname)",
        "les jumeaux \(person.surname)", "\(person.surname) et enfants x3",
      ])
    case "company":
      return plain(person)
        + dice.pick([" + fille", " + 2 enfants", " et son fils", " +1", " & bébé"])
    case "child":
      guard isRich, person.birthYear > 2003,
        let parent = made.people.first(where: {
          $0.household == person.household && $0.birthYear < 2000
        })
      else { return nil }
      let tie = person.sex == .woman ? "fille" : "fils"
      return dice.pick([
        "\(person.given) (\(tie) de \(parent.given))", "\(person.given) \(tie) de \(parent.given)",
        "\(person.given) (\(tie) de \(parent.sex == .woman ? "Mme" : "M.") \(parent.surname))",
      ])
    case "glued":
      return person.surname.replacingOccurrences(of: " ", with: "") + person.given
    case "age":
      guard isRich else { return nil }
      return plain(person) + " (\(2024 - person.birthYear) ans)"
    default: return plain(person)
    }
  }

  // MARK: - Ways to write

  private mutating func plain(_ person: MadePerson) -> String {
    cased(ordered(person.given, person.surname))
  }

  private mutating func ordered(_ given: String, _ surname: String) -> String {
    switch dice.below(10) {
    case 0...3: given + " " + surname
    case 4...5: surname.uppercased() + " " + given
    case 6: given + " " + surname.uppercased()
    case 7: surname + ", " + given
    default: surname + " " + given
    }
  }

  private mutating func cased(_ text: String) -> String {
    var out = text
    if dice.chance(30) {
      out = out.folding(options: .diacriticInsensitive, locale: nil)
        .replacingOccurrences(of: "œ", with: "oe").replacingOccurrences(of: "ı", with: "i")
    }
    switch dice.below(10) {
    case 0: out = out.lowercased()
    case 1: out = out.uppercased()
    default: break
    }
    if dice.chance(8) { out = out.replacingOccurrences(of: "-", with: " ") }
    if dice.chance(4) { out = "  " + out.replacingOccurrences(of: " ", with: "\u{A0} ") }
    if dice.chance(3) { out += dice.pick(["*", " *", ".", " !", "?"]) }
    return out
  }

  private mutating func typo(_ name: String) -> String {
    var letters = Array(name)
    guard letters.count > 3 else { return name }
    let i = dice.below(letters.count - (dice.chance(90) ? 1 : 0)) + (dice.chance(92) ? 1 : 0)
    guard i < letters.count, letters[i].isLetter else { return name }
    let rows = ["azertyuiop", "qsdfghjklm", "wxcvbn"]
    switch dice.below(6) {
    case 0: letters.remove(at: i)
    case 1: letters.insert(letters[i], at: i)
    case 2: if i + 1 < letters.count { letters.swapAt(i, i + 1) }
    case 3:
      let row = Array(rows.first { $0.contains(letters[i].lowercased()) } ?? "ei")
      let at = row.firstIndex(of: Character(letters[i].lowercased())) ?? 0
      letters[i] = row[at + 1 < row.count ? at + 1 : at - 1]
    case 4: letters.insert(dice.pick(Array("aeinrst")), at: i)
    default: letters[i] = dice.pick(Array("aeioutnrsl"))
    }
    return String(letters)
  }

  private mutating func misencoded(_ text: String) -> String {
    switch dice.below(4) {
    case 0: return text.decomposedStringWithCanonicalMapping
    case 1:
      return String(data: Data(text.utf8), encoding: .windowsCP1252)
        ?? text.decomposedStringWithCanonicalMapping
    case 2: return String(text.map { $0.isASCII ? $0 : "\u{FFFD}" })
    default: return String(text.map { $0.isASCII ? $0 : "?" })
    }
  }

  private mutating func initial(_ person: MadePerson) -> String {
    let letter = String(person.given.prefix(1)).uppercased()
    return switch dice.below(6) {
    case 0: letter + ". " + person.surname
    case 1: person.surname + " " + letter
    case 2: person.surname.uppercased() + " " + letter + "."
    case 3: person.given + " " + person.surname.prefix(1).uppercased() + "."
    case 4: letter.lowercased() + " " + person.surname.lowercased()
    default: person.surname + ", " + letter + "."
    }
  }

  private mutating func particle(_ person: MadePerson) -> String? {
    let surname = person.surname
    guard
      surname.contains(" ") || surname.contains("’") || surname.hasPrefix("Ben")
        || surname == "Nguyen" || surname.hasPrefix("Le")
    else { return nil }
    var out = surname
    switch dice.below(4) {
    case 0: out = surname.replacingOccurrences(of: " ", with: "")
    case 1: out = surname.replacingOccurrences(of: "’", with: dice.pick(["'", " ", ""]))
    case 2: out = surname.replacingOccurrences(of: " ", with: "-")
    default:
      if surname.hasPrefix("Ben"), !surname.contains(" "), surname.count > 5 {
        out = "Ben " + surname.dropFirst(3).capitalized
      } else if surname == "Nguyen" {
        out = "N'Guyen"
      } else {
        out = surname.replacingOccurrences(of: " ", with: "").capitalized
      }
    }
    return cased(ordered(person.given, out))
  }

  private mutating func notes(_ person: MadePerson) -> String {
    let name = plain(person)
    return dice.pick([
      name + " (retard)", "* " + name, name + "*", name + " 06 12 34 56 78", name + " - excusé",
      name + " (nouveau)", "★ " + name, name + " tel " + person.phone, "3. " + name,
      name + " (14h30)",
      name + " absent", "\"" + name + "\"", name + " (bénévole)", "- " + name, name + " arrivé 15h",
    ])
  }
}
