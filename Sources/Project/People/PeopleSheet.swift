import Diagnostics
import Ingest
import People

/// A sheet of people whose columns are known by their headings, in French or English.
struct PeopleSheet {
  /// What a column may hold.
  enum Field: CaseIterable {
    case id, given, otherGiven, surname, birthName, wholeName, sex, birthYear, age, dwelling,
      household, phone, mention, sheet
  }

  let preview: Preview
  private var columns: [Field: [Int]] = [:]

  /// Reads a file and its headings.
  ///
  /// - Throws: `Failure` with status `input` when it is no sheet.
  init(path: String) throws(Failure) {
    preview = try Preview(path: path)
    for (i, heading) in preview.header.enumerated() {
      guard let field = Self.field(of: heading) else { continue }
      columns[field, default: []].append(i)
    }
  }

  /// Whether a column is there.
  func has(_ field: Field) -> Bool { columns[field] != nil }

  /// The first cell of a row under a heading, trimmed; nil when blank.
  func cell(_ field: Field, _ row: [String]) -> String? { cells(field, row).first }

  /// The cells of a row under the headings of one meaning, but blank ones.
  func cells(_ field: Field, _ row: [String]) -> [String] {
    (columns[field] ?? []).compactMap { i in
      guard row.indices.contains(i) else { return nil }
      let text = row[i].trimmed
      return text.isEmpty ? nil : text
    }
  }

  /// The columns of one row that tell people of one name apart.
  func clues(_ row: [String]) -> Matcher.Clues {
    var out = Matcher.Clues()
    out.sex = cell(.sex, row).flatMap(Self.sex)
    out.flat = cell(.dwelling, row)
    out.phone = cell(.phone, row)
    out.age = cell(.age, row).flatMap(Self.number)
    out.birthYear = cell(.birthYear, row).flatMap(Self.year)
    return out
  }

  // MARK: - Cells

  static func sex(_ text: String) -> Sex? {
    switch Fold.key(text) {
    case "f", "femme", "feminin", "fille", "w", "woman", "female", "2", "mme", "madame", "mlle":
      .woman
    case "m", "h", "homme", "masculin", "garcon", "man", "male", "1", "mr", "monsieur": .man
    default: nil
    }
  }

  /// The number that a cell begins with (`8 ans`).
  static func number(_ text: String) -> Int? { Int(text.prefix { $0.isASCII && $0.isWholeNumber }) }

  /// The year in a date or by itself.
  static func year(_ text: String) -> Int? {
    text.split { !($0.isASCII && $0.isWholeNumber) }.lazy
      .compactMap { $0.count == 4 ? Int($0) : nil }.first { (1900...2100).contains($0) }
  }

  // MARK: - Headings

  private static func field(of heading: String) -> Field? {
    let key = Fold.key(heading)
    if let exact = words[key] { return exact }
    // « Prénom (usuel) », « Nom [marital] ».
    let head = heading.prefix { $0 != "(" && $0 != "[" }
    return words[Fold.key(head)] ?? field(byWords: Set(key.split(separator: " ").map(String.init)))
  }

  /// A heading that none of the known ones is, by its telling words (`nom_famille`, `ID résident`).
  private static func field(byWords words: Set<String>) -> Field? {
    func has(_ any: String...) -> Bool { any.contains(where: words.contains) }
    let isOfBirth = has("naissance", "birth", "maiden", "fille")
    if has("saisi", "typed") { return .mention }
    if has("prenom", "prenoms", "given", "firstname") { return has("nom") ? .wholeName : .given }
    if has("nom", "surname", "lastname") { return isOfBirth ? .birthName : .surname }
    if has("menage", "foyer", "household") { return .household }
    if has("logement", "appartement", "appt", "flat", "dwelling") { return .dwelling }
    if has("id", "pid", "rid", "uid", "identifiant") { return .id }
    if isOfBirth, has("annee", "date", "year") { return .birthYear }
    if has("telephone", "tel", "phone", "mobile") { return .phone }
    return nil
  }

  private static let words: [String: Field] = {
    let all: [(Field, String)] = [
      (
        .id,
        "id, mid, identifiant, identifiant personne, id personne, id habitant, id resident, resident, "
          + "resident id, person id, person, matricule, code, code personne, numero, ref, reference"
      ),
      (.given, "prenom, prenoms, prenom s, given name, given names, given, first name, firstname"),
      (
        .otherGiven,
        "prenom usuel, prenom d usage, prenom usage, surnom, nickname, autre prenom, autres prenoms, "
          + "usual name, diminutif"
      ),
      (
        .surname,
        "nom, nom de famille, nom d usage, nom usage, nom usuel, nom marital, nom d epouse, "
          + "surname, last name, lastname, family name, married name"
      ),
      (
        .birthName,
        "nom de naissance, nom naissance, nom de jeune fille, nom jeune fille, birth name, "
          + "maiden name, birth surname, nom patronymique, autre nom, alias"
      ),
      (
        .wholeName,
        "nom et prenom, nom prenom, nom prenoms, nom et prenoms, prenom nom, prenom et nom, "
          + "nom complet, full name, fullname, name, habitant, personne, nom et prenom s"
      ),
      (.sex, "sexe, sex, genre, gender, civilite, titre, title"),
      (
        .birthYear,
        "annee de naissance, annee naissance, naissance, ne en, ne le, date de naissance, "
          + "date naissance, birth year, year of birth, birthyear, birth date, date of birth, dob"
      ),
      (.age, "age, age ans"),
      (
        .dwelling,
        "logement, n logement, no logement, appartement, appt, apt, n appt, n appartement, lot, "
          + "porte, chambre, flat, dwelling, apartment, appart"
      ),
      (.household, "menage, id menage, n menage, foyer, household, household id"),
      (.phone, "telephone, tel, mobile, portable, phone, phone number, n de telephone"),
      (.mention, "nom saisi, saisie, mention, nom tel que saisi, typed name, participant"),
      (.sheet, "sheet, feuille, fichier, seance, session"),
    ]
    var out: [String: Field] = [:]
    for (field, list) in all {
      for word in list.split(separator: ",") { out[String(word).trimmed] = field }
    }
    return out
  }()
}

extension PeopleSheet {
  /// The people that the sheet lists, as a register; rows without identifier or name are left out.
  ///
  /// - Throws: `Failure` with status `usage` when headings for identifier or name are missing.
  func register() throws(Failure) -> Register {
    guard has(.id) else {
      throw Self.missing(
        "people.roster-id", preview.name, fr: "une colonne d’identifiants (« id »)",
        en: "a column of identifiers (“id”)")
    }
    guard has(.surname) || has(.birthName) || has(.wholeName) else {
      throw Self.missing(
        "people.roster-name", preview.name, fr: "une colonne de noms (« nom », « prénom »)",
        en: "columns of names (“surname”, “given name”)")
    }
    var people: [RegisteredPerson] = []
    for i in 0..<preview.rowCount {
      let row = preview.row(i)
      guard let id = cell(.id, row) else { continue }
      var one = RegisteredPerson(
        id: id, given: cell(.given, row) ?? "",
        surnames: cells(.surname, row) + cells(.birthName, row),
        sex: cell(.sex, row).flatMap(Self.sex),
        birthYear: cell(.birthYear, row).flatMap(Self.year), dwelling: cell(.dwelling, row),
        household: cell(.household, row), phone: cell(.phone, row))
      one.otherGiven = cells(.otherGiven, row)
      // One column of names holds whole names.
      if !has(.given) {
        one.fullName = one.surnames.first ?? ""
        one.surnames = []
      }
      if one.surnames.isEmpty, one.fullName.isEmpty { one.fullName = cell(.wholeName, row) ?? "" }
      if one.surnames.isEmpty, one.fullName.isEmpty, one.given.isEmpty { continue }
      people.append(one)
    }
    return Register(people)
  }

  static func missing(_ code: String, _ file: String, fr: String, en: String) -> Failure {
    Failure(
      .usage, code: code, fr: "il manque \(fr)", en: "the sheet lacks \(en)",
      remedy: Phrase(
        fr: "donnez cet intitulé à la colonne qui les contient",
        en: "give the column that holds them that heading"), at: SourceLocation(file: file))
  }
}

extension String {
  /// Without blanks around it.
  var trimmed: String {
    let body = drop { $0.isWhitespace }
    guard let last = body.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(body[...last])
  }
}
