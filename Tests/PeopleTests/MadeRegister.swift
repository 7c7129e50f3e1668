import Foundation
import People

/// A person made up, with all that a mangler may use.
struct MadePerson {
  var id: String
  var given: String
  var surname: String
  /// A surname of birth, for some who are married.
  var birthName: String?
  var sex: Sex
  var birthYear: Int
  var flat: String
  var household: String
  var phone: String
}

/// A register of about 400 people in families, with homonyms and namesakes in one family.
struct MadeRegister {
  private(set) var people: [MadePerson] = []
  /// Relatives and others who are not in the register.
  private(set) var strangers: [MadePerson] = []

  init(seed: Int, size: Int = 400) {
    var dice = Dice(seed: seed)
    var flat = 0
    while people.count < size { addHousehold(&flat, &dice) }
    removeChanceHomonyms(keeping: 3)
    // Two people of one name in two flats, and a mother and daughter alike.
    for _ in 0..<4 {
      let (a, b) = (dice.below(people.count), dice.below(people.count))
      guard a != b, people[a].sex == people[b].sex else { continue }
      people[b].given = people[a].given
      people[b].surname = people[a].surname
      people[b].birthName = nil
    }
    for i in people.indices.dropFirst() where dice.chance(1) {
      guard people[i].household == people[i - 1].household, people[i].sex == people[i - 1].sex
      else { continue }
      people[i].given = people[i - 1].given
    }
    addStrangers(&dice)
  }

  /// A name without case, accents and blanks: nobody could tell two of one such name apart.
  private static func plain(_ one: MadePerson) -> String {
    (one.given + one.surname).folding(
      options: [.diacriticInsensitive, .caseInsensitive], locale: nil
    )
    .filter(\.isLetter)
  }

  /// Few lists of names make many homonyms: more than a residence has.
  private mutating func removeChanceHomonyms(keeping most: Int) {
    var seen = Set<String>()
    var kept = 0
    people.removeAll { one in
      if seen.insert(Self.plain(one)).inserted { return false }
      kept += 1
      return kept > most
    }
  }

  private func origin(_ dice: inout Dice) -> NameLists.Origin {
    dice.pick(weighted: NameLists.all.map { ($0.share, $0) })
  }

  /// Frequent names come first in each list.
  private func name(_ list: [String], _ dice: inout Dice) -> String {
    let span = dice.chance(12) ? max(1, list.count / 3) : list.count
    return list[dice.below(span)]
  }

  private func person(
    _ origin: NameLists.Origin, surname: String, born: Int, flat: String, _ dice: inout Dice
  ) -> MadePerson {
    let sex: Sex = dice.chance(52) ? .woman : .man
    let given = name(sex == .woman ? origin.women : origin.men, &dice)
    var phone = "06"
    for _ in 0..<8 { phone += "\(dice.below(10))" }
    return MadePerson(
      id: "", given: given, surname: surname, birthName: nil, sex: sex, birthYear: born, flat: flat,
      household: "H" + flat, phone: phone)
  }

  private mutating func addHousehold(_ number: inout Int, _ dice: inout Dice) {
    number += 1
    let n = number % 60 + 1
    let flat = "\(["A", "B", "C", "D", "E"][number / 60 % 5])\(n < 10 ? "0" : "")\(n)"
    let origin = origin(&dice)
    let surname = name(origin.surnames, &dice)
    let size = dice.pick(weighted: [(40, 1), (25, 2), (13, 3), (12, 4), (7, 5), (3, 6)])
    for i in 0..<size {
      let isAdult = i < 2 && !(i == 1 && size > 2 && dice.chance(25))
      let born = isAdult ? 1935 + dice.below(65) : 2003 + dice.below(18)
      var one = person(origin, surname: surname, born: born, flat: flat, &dice)
      if isAdult, i == 1 {
        one.sex = people.last?.sex == .woman ? .man : .woman
        one.given = name(one.sex == .woman ? origin.women : origin.men, &dice)
        if one.sex == .woman, dice.chance(40) { one.birthName = name(origin.surnames, &dice) }
        if dice.chance(20) { one.surname = name(self.origin(&dice).surnames, &dice) }
      }
      // Children of one couple do not share a given name.
      while people.suffix(i).contains(where: { $0.given == one.given }) {
        one.given = name(one.sex == .woman ? origin.women : origin.men, &dice)
      }
      one.id = "r\(people.count + 1)"
      people.append(one)
    }
  }

  private mutating func addStrangers(_ dice: inout Dice) {
    var known = Set(people.map(Self.plain))
    for var one in people {
      guard let birth = one.birthName else { continue }
      one.surname = birth
      known.insert(Self.plain(one))
    }
    while strangers.count < 150 {
      let near = dice.pick(people)
      var one = person(
        origin(&dice), surname: "", born: 1940 + dice.below(75), flat: near.flat, &dice)
      if dice.chance(35) {
        // A relative who lives elsewhere.
        let origin = NameLists.all.first { $0.surnames.contains(near.surname) } ?? NameLists.all[0]
        one.given = name(one.sex == .woman ? origin.women : origin.men, &dice)
        one.surname = near.surname
      } else {
        let origin = origin(&dice)
        one.given = name(one.sex == .woman ? origin.women : origin.men, &dice)
        one.surname = name(origin.surnames, &dice)
      }
      if known.contains(Self.plain(one)) { continue }
      strangers.append(one)
    }
  }

  /// The register as the matcher takes it; a poor one has names only.
  func register(isRich: Bool) -> Register {
    Register(
      people.map { one in
        isRich
          ? RegisteredPerson(
            id: one.id, given: one.given, surnames: [one.surname, one.birthName].compactMap { $0 },
            sex: one.sex, birthYear: one.birthYear, dwelling: one.flat, household: one.household,
            phone: one.phone)
          : RegisteredPerson(id: one.id, given: one.given, surnames: [one.surname])
      })
  }
}
