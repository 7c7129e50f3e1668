import Columns
import Diagnostics
import Ingest
import XCTest

/// Cells to values: tables of facts.
final class TypingTests: IngestCase {
  private func dates(_ cells: [String], _ options: IntakeOptions = IntakeOptions()) throws
    -> Reading
  {
    let rows = cells.enumerated().map { "s\($0.offset);r;\"\($0.element)\"" }
    return try read("Séance;Résidence;Date\n" + rows.joined(separator: "\n") + "\n", options)
  }

  func testFrenchDatesAreReadDayFirst() throws {
    let facts: [(String, String)] = [
      ("2024-03-05", "2024-03-05"), ("05/03/2024", "2024-03-05"), ("5/3/24", "2024-03-05"),
      ("05.03.2024", "2024-03-05"), ("05-03-2024", "2024-03-05"), ("5 mars 2024", "2024-03-05"),
      ("1er mars 2024", "2024-03-01"), ("mardi 5 mars 2024", "2024-03-05"),
      ("mar. 5 mars 2024", "2024-03-05"), ("mar. 2 avril 2024", "2024-04-02"),
      ("mer. 14 févr. 2024", "2024-02-14"), ("15 AOÛT 2023", "2023-08-15"),
      ("31 décembre 1999", "1999-12-31"), ("5-mars-24", "2024-03-05"), ("12/04/98", "1998-04-12"),
      ("2024-03-05T14:30:00Z", "2024-03-05"), ("2024-03-05 14:30", "2024-03-05"),
      ("05/03/2024 14:30:00", "2024-03-05"), ("2024/03/05", "2024-03-05"),
      ("20240305", "2024-03-05"), (" 05/03/2024 ", "2024-03-05"), ("29/02/2024", "2024-02-29"),
      ("March 5, 2024", "2024-03-05"),
    ]
    let reading = try dates(facts.map(\.0) + ["25/12/2024"])
    XCTAssertEqual(values(reading, "activity", "date"), facts.map(\.1) + ["2024-12-25"])
  }

  func testDatesThatAreNoneAreSetAsideWithTheirKind() throws {
    let facts: [(String, String)] = [
      ("31/02/2024", "cell.date-impossible"), ("2024-02-31", "cell.date-impossible"),
      ("29/02/2023", "cell.date-impossible"), ("32/01/2024", "cell.date-impossible"),
      ("31 février 2024", "cell.date-impossible"), ("00/00/2024", "cell.date-impossible"),
      ("5 mars", "cell.date-without-year"), ("05/03", "cell.date-without-year"),
      ("05/03/0024", "cell.date-implausible"), ("demain", "cell.date-unreadable"),
      ("45356", "cell.date-unreadable"), ("5 et 12 mars 2024", "cell.date-unreadable"),
      ("2024", "cell.date-unreadable"), ("n.c.", "cell.missing"), ("", "cell.missing"),
    ]
    let reading = try dates(facts.map(\.0) + ["25/12/2024"])
    XCTAssertEqual(reading.rejects.map(\.reason.code), facts.map(\.1))
    XCTAssertEqual(reading.rejects.map(\.line), Array(2...(facts.count + 1)))
    XCTAssertTrue(reading.rejects.allSatisfy { $0.heading == "Date" && $0.reason.remedy != nil })
    // No reason holds the cell's value; the row's cells do.
    XCTAssertFalse(reading.rejects[0].reason.text(in: .fr).contains("31/02"))
    XCTAssertEqual(reading.rejects[0].cells, ["s0", "r", "31/02/2024"])
  }

  func testTheWholeColumnDecidesTheOrderOfDayAndMonth() throws {
    let us = try dates(["03/13/2024", "03/14/2024", "03/15/2024", "04/05/2024"])
    XCTAssertEqual(
      values(us, "activity", "date"), ["2024-03-13", "2024-03-14", "2024-03-15", "2024-04-05"])
    XCTAssertTrue(us.receipt.assumptions.contains { $0.code == "date.month-first" && $0.isWarning })
    // One sure day-first cell, and the other kind is refused rather than turned.
    let mixed = try dates(["03/13/2024", "13/03/2024", "04/05/2024"])
    XCTAssertEqual(values(mixed, "activity", "date"), ["2024-03-13", "2024-05-04"])
    XCTAssertEqual(mixed.rejects.map(\.line), [2])
    // Both orders make as much sense: asked about, never guessed.
    let doubtful = ["03/04/2024", "04/05/2024"]
    let asked = failure { _ = try self.dates(doubtful) }
    XCTAssertEqual(asked?.diagnostics.map(\.code), ["date.ambiguous"])
    XCTAssertEqual(asked?.status, .usage)
    XCTAssertTrue(asked?.diagnostics[0].remedy?.fr.contains("--date-order dmy") == true)
    XCTAssertEqual(
      values(
        try dates(doubtful, IntakeOptions(dateOrder: .dayFirst)), "activity", "date"),
      ["2024-04-03", "2024-05-04"])
    // Two Tuesdays one way, months apart the other.
    XCTAssertEqual(
      values(try dates(["05/03/2024", "12/03/2024"]), "activity", "date"),
      ["2024-03-05", "2024-03-12"])
    let told = try dates(["03/04/2024"], IntakeOptions(dateOrder: .monthFirst))
    XCTAssertEqual(values(told, "activity", "date"), ["2024-03-04"])
  }

  func testAFewMonthFirstDatesDoNotTurnTheColumn() throws {
    // One slip among doubtful dates is set aside, with a way out.
    let slip = try dates(["03/04/2024", "04/05/2024", "03/25/2024"])
    XCTAssertEqual(values(slip, "activity", "date"), ["2024-04-03", "2024-05-04"])
    XCTAssertEqual(slip.rejects.map(\.reason.code), ["cell.date-impossible"])
    XCTAssertTrue(slip.rejects[0].reason.remedy?.fr.contains("--date-order mdy") == true)
    // Three of thirteen are less than a quarter; three of twelve are not.
    let proofs = ["03/25/2024", "04/26/2024", "05/27/2024"]
    let doubtful = (1...10).map { "0\($0 % 9 + 1)/\($0 < 10 ? "0" : "")\($0)/2024" }
    XCTAssertEqual(try dates(proofs + doubtful).rejects.count, 3)
    XCTAssertEqual(try dates(proofs + doubtful.dropLast()).rejects.count, 0)
  }

  private func amounts(
    _ cells: [String], delimiter: String = ";", _ options: IntakeOptions = IntakeOptions()
  ) throws -> Reading {
    let rows = cells.enumerated().map {
      ["e\($0.offset)", "r", "2024-03-25", "Dépense", "\"\($0.element)\""]
        .joined(separator: delimiter)
    }
    let header = ["N° pièce", "Résidence", "Date", "Nature", "Montant"]
    return try read(
      header.joined(separator: delimiter) + "\n" + rows.joined(separator: "\n") + "\n", options)
  }

  func testDecimalMarksAreDecidedOverTheColumn() throws {
    let table: [([String], [String])] = [
      (
        [
          "12,50", "1 250,00", "1\u{A0}250,5", "1\u{202F}250", "-3,25", "12,50 €", "85 %",
          "€ 4,5", "1.250,75", "0,125", "−2",
        ],
        ["12.5", "1250", "1250.5", "1250", "-3.25", "12.5", "85", "4.5", "1250.75", "0.125", "-2"]
      ),
      (["12.50", "1,250.75", "3", "1.250"], ["12.5", "1250.75", "3", "1.25"]),
      // The comma is decimal in the column: 1,250 is one and a quarter, 1.250 a thousand and more.
      (["2,5", "1,250", "1.250"], ["2.5", "1.25", "1250"]),
      (["1.250.000", "7"], ["1250000", "7"]),
      (["6.12E+08", "1e3"], ["612000000", "1000"]),
      (["12 €", "7 EUR", "3 euros"], ["12", "7", "3"]),
      (["0.435503222393659", "1234567.123456789012"], ["0.435503222393659", "1234567.123456789"]),
    ]
    for (cells, expected) in table {
      let reading = try amounts(cells)
      XCTAssertEqual(reading.rejects.map(\.cells), [], "\(cells)")
      XCTAssertEqual(values(reading, "ledger", "amount"), expected, "\(cells)")
    }
  }

  func testDoubtfulNumbersAreToldOrSetAside() throws {
    let french = try amounts(["1,250"])
    XCTAssertEqual(values(french, "ledger", "amount"), ["1.25"])
    XCTAssertTrue(french.receipt.assumptions.contains { $0.code == "number.decimal" })
    let english = try amounts(["1,250"], delimiter: ",")
    XCTAssertEqual(values(english, "ledger", "amount"), ["1250"])
    XCTAssertTrue(english.receipt.assumptions.contains { $0.code == "number.decimal" })
    let mixed = try amounts(["1,5", "2.25", "1,250"])
    XCTAssertEqual(values(mixed, "ledger", "amount"), ["1.5", "2.25"])
    XCTAssertEqual(mixed.rejects.map(\.reason.code), ["cell.number-doubtful"])
    let told = try amounts(["1,250"], IntakeOptions(decimal: .dot))
    XCTAssertEqual(values(told, "ledger", "amount"), ["1250"])
  }

  func testTextsAreNoNumbers() throws {
    let cells = [
      "douze", "12 50", "1,2,3", "12a", "--1", "1.2.3,4,5", "2€50", "1e999", ",", "€",
      "12345678901234567890x",
    ]
    for cell in cells {
      let reading = try amounts([cell, "1,5"])
      XCTAssertEqual(reading.rejects.map(\.reason.code), ["cell.number-unreadable"], cell)
    }
  }

  private func sessions(_ heading: String, _ cells: [String]) throws -> Reading {
    let rows = cells.enumerated().map { "s\($0.offset);r;2024-03-25;\($0.element)" }
    return try read("Séance;Résidence;Date;\(heading)\n" + rows.joined(separator: "\n") + "\n")
  }

  func testTimesOfDay() throws {
    let facts: [(String, String?)] = [
      ("14h30", "870"), ("14:30", "870"), ("14h", "840"), ("14 h 30", "870"), ("9h05", "545"),
      ("14:30:00", "870"), ("2:30 PM", "870"), ("14H30", "870"), ("", nil), ("14 heures", "840"),
    ]
    XCTAssertEqual(
      values(try sessions("Heure", facts.map(\.0)), "activity", "start"), facts.map(\.1))
    for bad in ["25h", "14h75", "14", "midi", "14h30-16h", "h30"] {
      XCTAssertEqual(
        try sessions("Heure", [bad]).rejects.map(\.reason.code), ["cell.time-unreadable"], bad)
    }
  }

  func testDurationsMayBeInHours() throws {
    XCTAssertEqual(
      values(try sessions("Durée", ["90", "1h30", "45 min", "2h", ""]), "activity", "minutes"),
      ["90", "90", "45", "120", nil])
    XCTAssertEqual(
      try sessions("Durée", ["1,5"]).rejects.map(\.reason.code), ["cell.number-not-whole"])
    XCTAssertEqual(
      try sessions("Durée", ["5000"]).rejects.map(\.reason.code), ["cell.number-outside"])
  }

  func testCodesAreMatchedByValueLabelAndSynonym() throws {
    let facts: [(String, String?)] = [
      ("jardin", "jardin"), ("Jardin et nature", "jardin"), ("JARDINAGE", "jardin"),
      ("écologie", "jardin"), ("Ecologie ", "jardin"), ("Garden and nature", "jardin"),
      ("bien être", "sante"), ("Numérique", "numerique"), ("", nil), ("?", nil),
    ]
    XCTAssertEqual(
      values(try sessions("Thème", facts.map(\.0)), "activity", "theme"), facts.map(\.1))
    let unknown = try sessions("Thème", ["pétanque"])
    XCTAssertEqual(unknown.rejects.map(\.reason.code), ["cell.code-unknown"])
    let text = try XCTUnwrap(unknown.rejects.first).reason.text(in: .fr)
    XCTAssertTrue(text.contains("Jardin et nature"))
    XCTAssertFalse(text.contains("pétanque"))
  }

  func testMarksOfASignInSheetAreCodes() throws {
    let cells = ["x", "X", "✓", "oui", "P", "", "0", "-", "abs.", "E", "Excusée"]
    let rows = cells.enumerated().map { "s;p\($0.offset);\($0.element)" }
    let reading = try read("Séance;Personne;Présence\n" + rows.joined(separator: "\n"))
    XCTAssertEqual(
      values(reading, "attendance", "status"),
      Array(repeating: "present", count: 6) + ["absent", "absent", "absent", "excused", "excused"])
  }

  func testBooleans() throws {
    let cells = ["oui", "non", "x", "1", "0", "vrai", "FAUX", "Yes", ""]
    let rows = cells.enumerated().map { "r\($0.offset);n;\($0.element)" }
    let reading = try read("Code résidence;Nom;Fictive\n" + rows.joined(separator: "\n"))
    XCTAssertEqual(
      values(reading, "residence", "fictional"), ["1", "0", "1", "1", "0", "1", "0", "1", nil])
  }

  func testFoldingForgetsCaseAccentsAndPunctuation() {
    let facts: [(String, String)] = [
      ("Le Bœuf", "le boeuf"), ("D’Almeida", "d almeida"), ("D'ALMEIDA", "d almeida"),
      ("Jean-Pierre", "jean pierre"), ("  ÉLÈVE\u{A0} Ñandú ", "eleve nandu"), ("Đặng", "dang"),
      ("Çelik", "celik"), ("Łódź", "lodz"), ("Straße", "strasse"), ("N° appt", "n appt"),
      ("e\u{301}te\u{301}", "ete"), ("m²", "m2"), ("✓", "✓"), ("-", "-"), ("", ""), ("Șț", "st"),
    ]
    for (text, folded) in facts { XCTAssertEqual(Fold.key(text), folded, text) }
  }

  func testMonthsAreTheirFirstDay() throws {
    let facts: [(String, String)] = [
      ("mars 2024", "2024-03-01"), ("AVRIL 2022", "2022-04-01"), ("févr. 2023", "2023-02-01"),
      ("août-24", "2024-08-01"), ("2024-04", "2024-04-01"), ("05/2024", "2024-05-01"),
      ("2023/11", "2023-11-01"), ("6.2024", "2024-06-01"), ("31/07/2024", "2024-07-01"),
      ("2024-09-15", "2024-09-01"), ("12 octobre 2024", "2024-10-01"),
    ]
    let wrong = ["13/2024", "2024", "mars", "03/24/24", "mars 1024", "trimestre 1"]
    let lines = (facts.map(\.0) + wrong).map { "r;\($0);1" }
    let reading = try read("Résidence;Mois;Vacants\n" + lines.joined(separator: "\n") + "\n")
    XCTAssertEqual(values(reading, "landlord_month", "month"), facts.map(\.1))
    XCTAssertEqual(reading.rejects.count, wrong.count)
    XCTAssertTrue(reading.rejects.allSatisfy { $0.reason.code.hasPrefix("cell.") })
  }

  func testHoursAreNumbersOrDurations() throws {
    let facts = [("2", "2"), ("1,5", "1.5"), ("1h30", "1.5"), ("0h45", "0.75"), ("2 h", "2")]
    let lines = facts.enumerated().map { "r;0\($0.offset + 1)/03/2024;covoiturage;\($0.element.0)" }
    let reading = try read(
      "Résidence;Date;Type de service;Durée\n" + lines.joined(separator: "\n") + "\n")
    XCTAssertEqual(values(reading, "favour", "hours"), facts.map(\.1))
    XCTAssertTrue(reading.rejects.isEmpty)
  }

  func testUnitsAroundNumbersAreForgiven() throws {
    let reading = try read(
      "Résidence;Du;Poste;Relevé\nr;01/01/2024;collecte;12,5 kg\nr;02/01/2024;eau;3 m³\n"
        + "r;03/01/2024;elec;250 kWh\nr;04/01/2024;eau;4m3\nr;13/01/2024;collecte;3\n")
    XCTAssertEqual(values(reading, "quantity", "value"), ["12.5", "3", "250", "4", "3"])
  }
}
