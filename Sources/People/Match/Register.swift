/// The people of a register, ready to be looked up by typed names.
package struct Register: Sendable {
  /// A way to read a person's name.
  struct Reading: Sendable {
    var person: Int32
    var given: Int32
    var surname: Int32
  }

  /// The people, in the order given.
  package let people: [RegisteredPerson]
  let readings: [Reading]
  let given: PartIndex
  let surnames: PartIndex
  let byGiven: [[Int32]]
  let bySurname: [[Int32]]
  let commonness: Commonness
  /// The sex of each person: of the register, else of the given name.
  let sexes: [(sex: Sex?, isCertain: Bool)]
  let flats: [[String]]
  /// The signs of all the flats that each person has lived in.
  let everyFlat: [Set<String>]
  /// How flats are written here: a letter and two digits.
  let flatShapes: Set<String>
  let phones: [String?]
  let surnamesOf: [[Int32]]

  /// Makes a register. People given twice under one identifier are one person.
  package init(_ rows: [RegisteredPerson]) {
    var people: [RegisteredPerson] = []
    var places: [String: Int] = [:]
    var readings: [Reading] = []
    var given = PartIndex(isGiven: true)
    var surnames = PartIndex(isGiven: false)
    var seen = Set<[Int32]>()
    var sexes: [(Sex?, Bool)] = []
    var surnamesOf: [[Int32]] = []
    var flatsOf: [Set<String>] = []
    for row in rows {
      let place: Int
      let parts = row.readings
      if let known = places[row.id] {
        place = known
      } else {
        place = people.count
        places[row.id] = place
        people.append(row)
        surnamesOf.append([])
        flatsOf.append([])
        let named = parts.first.flatMap { GivenNames.sex($0.given.text) }
        let first = parts.first?.given.words.first.flatMap {
          GivenNames.sex(String(decoding: $0, as: UTF8.self))
        }
        sexes.append(row.sex.map { ($0, true) } ?? (named ?? first, false))
      }
      flatsOf[place].formUnion(row.dwelling.map(Clue.flats) ?? [])
      for (i, part) in parts.enumerated() {
        let reading = Reading(
          person: Int32(place), given: given.add(part.given), surname: surnames.add(part.surname))
        guard seen.insert([reading.person, reading.given, reading.surname]).inserted else {
          continue
        }
        if i == 0 || part.given != parts[0].given { given.count(part.given) }
        surnames.count(part.surname)
        surnamesOf[place].append(reading.surname)
        readings.append(reading)
      }
    }
    given.seal()
    surnames.seal()
    var byGiven = [[Int32]](repeating: [], count: given.values.count)
    var bySurname = [[Int32]](repeating: [], count: surnames.values.count)
    for (i, reading) in readings.enumerated() {
      byGiven[Int(reading.given)].append(Int32(i))
      bySurname[Int(reading.surname)].append(Int32(i))
    }
    self.people = people
    self.readings = readings
    self.given = given
    self.surnames = surnames
    self.byGiven = byGiven
    self.bySurname = bySurname
    self.sexes = sexes
    self.surnamesOf = surnamesOf
    flats = people.map { $0.dwelling.map(Clue.flats) ?? [] }
    everyFlat = flatsOf
    flatShapes = Set(flatsOf.flatMap { $0 }.compactMap(Clue.shape))
    phones = people.map { $0.phone.flatMap(Clue.phone) }
    commonness = Commonness(given: given, surnames: surnames, people: people.count)
  }

  /// Whether two people are of one household or one flat.
  func shareHome(_ a: Int, _ b: Int) -> Bool {
    if let x = people[a].household, !x.isEmpty, x == people[b].household { return true }
    return !flats[a].isEmpty && flats[a] == flats[b]
  }

  /// Whether two people have a surname in common.
  func shareSurname(_ a: Int, _ b: Int) -> Bool {
    surnamesOf[a].contains { surnamesOf[b].contains($0) }
  }
}
