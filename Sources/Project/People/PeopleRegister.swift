import Columns
import Diagnostics
import Ingest
import Model
import People
import Persistence

/// The people of a project's register, with the names that only the identity file holds.
struct PeopleRegister {
  /// A person of the register.
  struct Person {
    /// What stands for the person in the store.
    var pseudonym: String
    /// What the user's sheets call the person.
    var identifier: String
    var residence: String?
    var card: RegisteredPerson

    /// The name as a person reads it; the identifier when the register has no name.
    var name: String {
      let parts = (card.surnames + [card.given]).filter { !$0.isEmpty }
      if !parts.isEmpty { return parts.joined(separator: " ") }
      return card.fullName.isEmpty ? identifier : card.fullName
    }
    /// The name and what tells the person from others of that name.
    func label(_ language: Language) -> String {
      var out = [name]
      if let flat = card.dwelling { out.append((language == .fr ? "logement " : "flat ") + flat) }
      if let year = card.birthYear {
        let born =
          switch card.sex {
          case .woman: "née en "
          case .man: "né en "
          case nil: "né(e) en "
          }
        out.append((language == .fr ? born : "born in ") + "\(year)")
      }
      return out.joined(separator: ", ")
    }
  }

  /// The table that is the register.
  let table: TableDeclaration
  /// The people, in the order of their rows; one who has several stays is there for each.
  private(set) var people: [Person] = []
  /// The first place of each pseudonym among them.
  private var places: [String: Int] = [:]
  /// What the user's sheets call each pseudonym, of people who are in no register too.
  private(set) var identifiers: [String: String]

  /// Reads anew what the user's sheets call each pseudonym: every import may bring some.
  mutating func refresh(_ store: Store) throws(Failure) {
    guard let key = table.keyColumn else { return }
    identifiers = try store.identities(domain: key.domain)
  }

  /// The model's table of people; nil when it has none.
  static func table(of model: Model) -> TableDeclaration? {
    model.tables.first { table in
      table.isPseudonymous && table.person != nil && table.person == table.keyColumn?.name
    }
  }

  /// The identifiers of the people in the register.
  static func keys(of table: TableDeclaration, _ store: Store) throws(Failure) -> Set<String> {
    guard let key = table.keyColumn,
      case .text(let codes, let lexicon)? =
        try store.table(table.name, columns: [key.name])[key.name]
    else { return [] }
    let stated = ImportChecks.used(codes, lexicon)
    if stated.isEmpty { return [] }
    let names = try store.identities(domain: key.domain)
    return Set(stated.compactMap { names[$0] })
  }

  /// Reads the register; nil when the model has none.
  init?(_ store: Store, _ model: Model) throws(Failure) {
    guard let table = PeopleRegister.table(of: model), let key = table.keyColumn else {
      return nil
    }
    self.table = table
    identifiers = try store.identities(domain: key.domain)
    let place = table.residence.flatMap { table[$0]?.name }
    let wanted = [
      "surname", "given_name", "phone", "birth_year", "sex", "dwelling", "household",
    ].filter { table[$0] != nil }
    let rows = try store.rowsWithNames(
      table.name, columns: [key.name] + [place].compactMap { $0 } + wanted)
    var flats: [String: String] = [:]
    if let dwelling = table["dwelling"] { flats = try store.identities(domain: dwelling.domain) }
    let merges = try store.merges()
    for row in rows {
      guard let pseudonym = row[key.name], let identifier = identifiers[pseudonym] else {
        continue
      }
      // A person who counts as another is known by either name.
      let root = merges[pseudonym] ?? pseudonym
      var card = RegisteredPerson(
        id: root, given: row["given_name"] ?? "",
        surnames: [row["surname"]].compactMap { $0 },
        sex: row["sex"].flatMap(PeopleSheet.sex), birthYear: row["birth_year"].flatMap { Int($0) },
        dwelling: row["dwelling"].map { flats[$0] ?? $0 }, household: row["household"],
        phone: row["phone"])
      if card.surnames.isEmpty, card.given.isEmpty {
        // A register of whole names has them for identifiers.
        let isName =
          identifier.contains(where: \.isLetter)
          && !identifier.contains { $0.isWholeNumber || $0 == "|" }
        if isName { card.fullName = identifier }
      } else if card.surnames.isEmpty {
        card.fullName = card.given
        card.given = ""
      }
      if places[root] == nil { places[root] = people.count }
      people.append(
        Person(
          pseudonym: root, identifier: identifiers[root] ?? identifier,
          residence: place.flatMap { row[$0] }, card: card))
    }
  }

  /// A person by pseudonym.
  subscript(pseudonym: String) -> Person? { places[pseudonym].map { people[$0] } }

  /// The pseudonym of a person whom a user names by it, or by the register's identifier.
  ///
  /// - Throws: `Failure` with status `usage` when nobody has this identifier.
  func pseudonym(of person: String) throws(Failure) -> String {
    if identifiers[person] != nil { return person }
    if let found = identifiers.first(where: { $0.value == person }) { return found.key }
    throw PeopleRegister.unknown()
  }

  /// Nobody has this identifier.
  static func unknown() -> Failure {
    Failure(
      .usage, code: "people.unknown", fr: "aucune personne ne porte cet identifiant",
      en: "no person has this identifier",
      remedy: Phrase(fr: "« lien people » donne la liste", en: "“lien people” lists them"))
  }

  /// What to call a person who may be in no register.
  func name(of pseudonym: String, _ language: Language) -> String {
    self[pseudonym]?.label(language) ?? identifiers[pseudonym] ?? pseudonym
  }

  /// The people of a residence, or of all, ready to be looked up.
  func matcher(in residence: String?, year: Int?) -> Matcher {
    let cards = people.filter {
      residence == nil || $0.residence == nil || $0.residence == residence
    }.map(\.card)
    return Matcher(register: Register(cards), year: year)
  }
}
