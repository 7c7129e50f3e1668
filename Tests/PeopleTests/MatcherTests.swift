import People
import XCTest

/// What names on sheets mean, case by case.
final class MatcherTests: XCTestCase {
  private func person(
    _ id: String, _ given: String, _ surname: String, born: String? = nil, _ sex: Sex? = nil,
    year: Int? = nil, flat: String? = nil, phone: String? = nil
  ) -> RegisteredPerson {
    RegisteredPerson(
      id: id, given: given, surnames: [surname, born].compactMap { $0 }, sex: sex, birthYear: year,
      dwelling: flat, household: flat, phone: phone)
  }

  private lazy var people = [
    person("jp", "Jean-Pierre", "Lefèvre", .man, year: 1950, flat: "A01"),
    person("helene", "Hélène", "Martin-Leroy", .woman, year: 1960, flat: "A02"),
    person("noel", "Noël", "Le Bœuf", .man, year: 1948, flat: "A03"),
    person("sarah", "Sarah", "Diallo", .woman, year: 1985, flat: "B01"),
    person("leo", "Léo", "Diallo", .man, year: 2014, flat: "B01"),
    person("awa", "Awa", "Diallo", .woman, year: 2012, flat: "B01"),
    person("mo12", "Mohamed", "Traoré", .man, year: 1970, flat: "A12"),
    person("mo07", "Mohamed", "Traoré", .man, year: 1991, flat: "B07"),
    person("amrani", "Khadija", "El Amrani", .woman, year: 1975, flat: "C01"),
    person("dang", "Thị Mai", "Đặng", .woman, year: 1980, flat: "C02"),
    person("silva", "Conceição", "Da Silva", .woman, year: 1966, flat: "C03"),
    person("celik", "Ayşe", "Çelik", .woman, year: 1990, flat: "C04"),
    person("nguyen", "Minh", "N’Guyen", .man, year: 1988, flat: "C05"),
    person("tour", "Agnès", "de La Tour", .woman, year: 1939, flat: "D01"),
    person("julien", "Julien", "Petit", .man, year: 1999, flat: "D02"),
    person("cathy", "Catherine", "Rousseau", born: "Picard", .woman, year: 1958, flat: "D03"),
    person("roux", "Simone", "Roux", .woman, year: 1941, flat: "D04", phone: "06 11 22 33 44"),
    person("paul", "Paul", "Moreau", .man, year: 1970, flat: "D05"),
    person("marie", "Marie", "Moreau", .woman, year: 1972, flat: "D05"),
    person("benahmed", "Yacine", "Ben Ahmed", .man, year: 1982, flat: "E01"),
    person("michel", "Michel", "Garnier", .man, year: 1955, flat: "E02"),
  ]

  /// The register among enough others for its names to be as rare as in a residence.
  private lazy var matcher = Matcher(
    register: Register(
      people
        + MadeRegister(seed: 1).people.filter { one in
          !people.contains { other in other.surnames.contains { $0.hasPrefix(one.surname) } }
        }.map { RegisteredPerson(id: $0.id, given: $0.given, surnames: [$0.surname]) }), year: 2024)

  private func assert(
    _ text: String, is id: String, _ reason: Answer.Reason? = nil, file: StaticString = #filePath,
    line: UInt = #line
  ) {
    let answer = matcher.answer(to: text)
    XCTAssertEqual(
      answer.status, .sure, "« \(text) »: \(answer)", file: file, line: line)
    XCTAssertEqual(
      answer.candidates.first.map { matcher.register.people[$0.person].id }, id, text, file: file,
      line: line)
    if let reason { XCTAssertEqual(answer.reason, reason, text, file: file, line: line) }
  }

  private func assert(
    _ text: String, is status: Answer.Status, _ reason: Answer.Reason? = nil,
    file: StaticString = #filePath, line: UInt = #line
  ) {
    let answer = matcher.answer(to: text)
    XCTAssertEqual(answer.status, status, "« \(text) »: \(answer)", file: file, line: line)
    if let reason { XCTAssertEqual(answer.reason, reason, text, file: file, line: line) }
  }

  func testCaseAccentsAndOrderDoNotMatter() {
    for text in [
      "Hélène Martin-Leroy", "MARTIN-LEROY Hélène", "martin leroy helene", "Martin Leroy, Helene",
      "He\u{301}le\u{300}ne Martin-Leroy", "  Hélène\u{A0}MARTIN-LEROY *", "HÃ©lÃ¨ne Martin-Leroy",
      "H\u{FFFD}l\u{FFFD}ne Martin-Leroy", "H?l?ne MARTIN-LEROY", "Mme Hélène Martin-Leroy",
    ] {
      assert(text, is: "helene")
    }
    for text in ["Noel LEBOEUF", "Le Boeuf Noël", "Lebœuf Noel"] { assert(text, is: "noel") }
  }

  func testParticlesAndTranscriptions() {
    assert("Elamrani Khadija", is: "amrani")
    assert("Khadidja EL AMRANI", is: "amrani")
    assert("Benahmed Yacine", is: "benahmed")
    assert("Dang Thi Mai", is: "dang")
    assert("CELIK Ayse", is: "celik")
    assert("Conceicao Dasilva", is: "silva")
    assert("nguyen minh", is: "nguyen")
    assert("Agnès Delatour", is: "tour")
  }

  func testShortFormsAndInitials() {
    assert("JP Lefèvre", is: "jp")
    assert("J-P Lefevre", is: "jp")
    assert("Jean Pierre LEFEBVRE", is: "jp")
    assert("Cathy Rousseau", is: "cathy", .shortForm)
    assert("Rousseau C.", is: "cathy", .initial)
  }

  func testSlips() {
    assert("Conceiçao Da Sivla", is: "silva")
    assert("Rousseua Catherine", is: "cathy", .slip)
    assert("Hélèe Martin-Leroy", is: "helene", .slip)
  }

  func testNamesOfUseAndOfBirth() {
    assert("Catherine Picard", is: "cathy")
    assert("Catherine Picard ép. Rousseau", is: "cathy")
    assert("Mme Rousseau née Picard Catherine", is: "cathy")
    assert("Hélène Martin", is: "helene", .partOfName)
  }

  func testHomonymsAreNeverSureWithoutAClue() {
    assert("Mohamed Traoré", is: .unsure, .homonyms)
    assert("TRAORE Mohamed (retard)", is: .unsure, .homonyms)
    assert("Mohamed Traoré A12", is: "mo12", .clue)
    assert("Mohamed Traoré (B07)", is: "mo07", .clue)
    assert("Mohamed Traoré 33 ans", is: "mo07", .clue)
  }

  func testAnotherGivenNameIsAnotherPerson() {
    assert("Boris Petit", is: .new)
    assert("Fanta Diallo B01", is: .new)
    // Julie is a name of its own, however near to Julien.
    XCTAssertNotEqual(matcher.answer(to: "Julie Petit").status, .sure)
    XCTAssertNotEqual(matcher.answer(to: "Michèle Garnier").status, .sure)
    XCTAssertNotEqual(matcher.answer(to: "Michelle Garnier").status, .sure)
  }

  func testATitleThatContradictsIsDoubted() {
    assert("Mme Julien Petit", is: .unsure, .sexDiffers)
    assert("M. Paul Moreau", is: "paul")
  }

  func testAFlatThatContradictsIsDoubted() {
    assert("Simone Roux A12", is: .unsure, .flatDiffers)
    assert("Simone Roux D04", is: "roux")
    assert("Simone Roux d4", is: "roux")
  }

  func testSeveralPeopleOnALineAreNotOne() {
    for text in [
      "M. et Mme Moreau", "Mr & Mme Moreau", "M./Mme Moreau", "Famille Diallo (4)",
      "les jumeaux Diallo", "Paul et Marie Moreau",
    ] {
      assert(text, is: .unsure, .severalPeople)
    }
    let couple = matcher.answer(to: "Paul et Marie Moreau")
    XCTAssertEqual(
      Set(couple.candidates.prefix(2).map { matcher.register.people[$0.person].id }),
      ["paul", "marie"])
  }

  func testCompanyComesAlong() {
    assert("Simone Roux + fille", is: "roux")
    XCTAssertTrue(matcher.answer(to: "Simone Roux + fille").hasCompany)
    XCTAssertTrue(matcher.answer(to: "Simone Roux et sa petite-fille").hasCompany)
    XCTAssertFalse(matcher.answer(to: "Simone Roux").hasCompany)
  }

  func testAChildIsKnownByARelativeOfItsHome() {
    assert("Léo (fils de Sarah)", is: "leo", .relative)
    assert("Awa fille de Mme Diallo", is: "awa", .relative)
    assert("Léo", is: .unsure)
    XCTAssertNotEqual(matcher.answer(to: "Léo (fils de Simone)").status, .sure)
    assert("petit-fils Mme Roux", is: .unsure, .nobodyNamed)
  }

  func testNobodyAndOutsiders() {
    for text in ["?", "anonyme", "illisible", "…", "", "   ", "x", "06 12 34 56 78"] {
      assert(text, is: .unsure, .nobodyNamed)
    }
    for text in ["intervenant", "animatrice : Julie", "voisin", "stagiaire", "voisine de Mme Roux"]
    {
      assert(text, is: .new, .outsider)
    }
    assert("bénévole : Simone Roux", is: .unsure, .outsiderOfThatName)
  }

  func testRemarksAndTelephonesAreNoNames() {
    for text in [
      "Simone Roux (retard)", "Simone Roux 06 11 22 33 44", "Simone Roux - excusée",
      "★ Simone Roux",
      "3. Simone Roux", "Simone ROUX tél. 0611223344", "Simone Roux arrivée 15h",
    ] {
      assert(text, is: "roux")
    }
  }

  func testWholeNamesOfARegisterAreCut() {
    var matcher = Matcher(
      register: Register([
        RegisteredPerson(id: "1", fullName: "DUPONT Marie"),
        RegisteredPerson(id: "2", fullName: "Paul Ngo Bell"),
        RegisteredPerson(id: "3", fullName: "Durand, Anne"),
      ]))
    for (text, id) in [("Marie Dupont", 0), ("ngo bell paul", 1), ("Anne DURAND", 2)] {
      let answer = matcher.answer(to: text)
      XCTAssertEqual(answer.status, .sure, text)
      XCTAssertEqual(answer.candidates.first?.person, id, text)
    }
  }

  func testAnEmptyRegisterKnowsNobody() {
    var matcher = Matcher(register: Register([]))
    XCTAssertEqual(matcher.answer(to: "Marie Dupont").status, .new)
  }

  func testAnyTextHasAnAnswer() {
    let pieces = [
      "Marie", "d’", "’", "-", "--", "M.", "et", "+", "(", ")", "née", "fils de", ",", "\u{FFFD}",
      "?",
      "06", "12345678901234567890123", "\u{301}", "李小龙", "سارة", "🙂", "\u{0}", "\u{202E}", "É",
      "Ã©",
      "famille", "les", "A12", " ", "\n", "ép.", "dit", "/", "&", ":", "bât", "8 ans", "…", "\"",
    ]
    var dice = Dice(seed: 5)
    for _ in 0..<3000 {
      let text = (0..<dice.below(9)).map { _ in dice.pick(pieces) }
        .joined(separator: dice.chance(70) ? " " : "")
      let answer = matcher.answer(to: text)
      XCTAssertTrue(answer.candidates.allSatisfy { $0.score >= 0 && $0.score <= 1 })
    }
    _ = matcher.answer(to: String(repeating: "a-", count: 100_000))
  }
}
