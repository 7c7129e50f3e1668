import Columns
import Diagnostics
import Foundation
import Ingest
import Model
import TestSupport
import XCTest

/// A sheet with the model's own headings becomes rows of its tables.
final class IntakeTests: IngestCase {
  func testAnAttendanceSheetIsKnownByItsHeadings() throws {
    let reading = try read(
      "Séance;Participant;Présence;Rôle\nS1;Zoé;x;\nS1;Ali;x;porteur\nS1;;;\n")
    XCTAssertEqual(
      rows(reading, "attendance", ["session", "resident", "status", "role"]),
      [["S1", "Zoé", "present", "participant"], ["S1", "Ali", "present", "lead"]])
    XCTAssertEqual(reading.batches.map(\.table), ["attendance"])
    XCTAssertEqual(reading.batches[0].sourceLines, [2, 3])
    XCTAssertEqual(reading.rejects.map(\.reason.code), ["row.nobody"])
    XCTAssertEqual(reading.sourceName, "")
    XCTAssertNil(reading.correctsRejectsOf)
  }

  func testEveryTableOfTheModelIsKnownByItsOwnLabels() throws {
    for table in try Self.model.get().tables {
      for language in Language.allCases {
        let header = table.columns.map { $0.label[language] }
        let reading = try read(header.joined(separator: "\t") + "\n")
        XCTAssertEqual(reading.batches.map(\.table).last, table.name, "\(header)")
        XCTAssertEqual(reading.receipt.unreadHeadings.map(\.heading), [], table.name)
      }
      let named = try read(table.columns.map(\.name).joined(separator: ",") + "\n")
      XCTAssertEqual(named.batches.map(\.table).last, table.name)
    }
  }

  func testHeadingsAreFoldedAndRemarksInBracketsForgiven() throws {
    let reading = try read(
      "\"SEANCE\";résidence ;\"Date (jj/mm/aaaa)\";\"Coût\ndirect (€)\"\nS1;r;25/03/2024;12,5\n")
    XCTAssertEqual(
      rows(reading, "activity", ["session", "date", "cost"]), [["S1", "2024-03-25", "12.5"]])
  }

  func testUnknownAndRepeatedHeadingsAreListedWithASuggestion() throws {
    let reading = try read("Séance;Participant;Présance;Âge;Participant\nS1;Zoé;x;30;Zoé\n")
    XCTAssertEqual(
      reading.receipt.unreadHeadings.map(\.heading), ["Présance", "Âge", "Participant"])
    XCTAssertEqual(
      reading.receipt.unreadHeadings.map(\.reason), [.unknown, .unknown, .repeated])
    XCTAssertEqual(reading.receipt.unreadHeadings[0].suggestion?.fr, "Présence")
    XCTAssertEqual(values(reading, "attendance", "resident"), ["Zoé"])
    XCTAssertTrue(reading.receipt.text(in: .fr).contains("vouliez-vous dire"))
  }

  func testTwoColumnsOfOneHeadingAreRefusedWhenTheyDiffer() {
    for text in [
      "Séance;Participant;Participant\nS1;Zoé;Zoé\nS1;Ali;Léa\n",
      "nom;nom;date\nPetit;Petit;05/03/2024\nDiallo;Awa;05/03/2024\n",
    ] {
      let found = failure { _ = try read(text, IntakeOptions(residence: "lilas")) }
      XCTAssertEqual(found?.status, .input)
      XCTAssertEqual(found?.diagnostics.map(\.code), ["heading.twice"])
      XCTAssertEqual(found?.diagnostics.first?.location?.line, 3)
    }
  }

  func testASheetWithoutSessionIdentifiersMakesItsSessions() throws {
    let reading = try read(
      """
      Résidence;Date;Heure;Activité;Thème;Participant
      Lilas;05/03/2024;14h;Atelier Jardin;Jardin;P1
      Lilas;05/03/2024;14h;atelier  jardin;;P2
      Lilas;26/03/2024;14h;Atelier jardin;Jardin;P1

      """)
    XCTAssertEqual(reading.batches.map(\.table), ["activity", "attendance"])
    let first = "lilas|2024-03-05|14:00|atelier jardin"
    let second = "lilas|2024-03-26|14:00|atelier jardin"
    XCTAssertEqual(
      rows(reading, "activity", ["session", "residence", "date", "start", "theme", "status"]),
      [
        [first, "Lilas", "2024-03-05", "840", "jardin", "held"],
        [second, "Lilas", "2024-03-26", "840", "jardin", "held"],
      ])
    XCTAssertEqual(
      rows(reading, "attendance", ["session", "resident"]),
      [[first, "P1"], [first, "P2"], [second, "P1"]])
    // The same key as an activity sheet of its own makes.
    let activities = try read(
      "Résidence;Date;Heure;Activité\nLILAS;2024-03-05;14:00;Atelier jardin\n")
    XCTAssertEqual(values(activities, "activity", "session"), [first])
    XCTAssertEqual(activities.batches.map(\.table), ["activity"])
  }

  func testASessionToldTwoWaysIsSetAsideNotGuessed() throws {
    let reading = try read(
      """
      Résidence;Date;Activité;Thème;Participant
      Lilas;25/03/2024;Loto;Jardin;P1
      Lilas;25/03/2024;Loto;Culture;P2

      """)
    XCTAssertEqual(values(reading, "attendance", "resident"), ["P1"])
    XCTAssertEqual(reading.rejects.map(\.reason.code), ["row.conflict"])
    XCTAssertEqual(reading.rejects.map(\.heading), ["Thème"])
  }

  func testSessionDetailsBesideAnIdentifierAreKept() throws {
    let reading = try read(
      "Séance;Résidence;Date;Activité;Participant\nS1;Lilas;25/03/2024;Loto;P1\nS1;Lilas;25/03/2024;Loto;P2\n"
    )
    XCTAssertEqual(rows(reading, "activity", ["session", "title"]), [["S1", "Loto"]])
    XCTAssertEqual(values(reading, "attendance", "resident"), ["P1", "P2"])
  }

  func testNamesOfARegisterAndOfASignInSheetMakeTheSameIdentifier() throws {
    let register = try read(
      "Nom;Prénom;Arrivée\nDUPONT;Jean-Pierre;25/03/2020\n", IntakeOptions(residence: "Lilas"))
    XCTAssertEqual(register.batches.map(\.table), ["resident"])
    XCTAssertEqual(
      rows(register, "resident", ["resident", "residence", "surname"]),
      [["lilas|dupont|jean pierre", "Lilas", "DUPONT"]])
    let sheet = try read(
      "Date;Activité;Nom;Prénom\n25/03/2024;Loto;Dupont;jean pierre\n25/03/2024;Loto;;\n",
      IntakeOptions(residence: "Lilas"))
    XCTAssertEqual(values(sheet, "attendance", "resident"), ["lilas|dupont|jean pierre"])
    XCTAssertEqual(sheet.batches.map(\.table), ["activity", "attendance"])
    XCTAssertEqual(sheet.rejects.map(\.reason.code), ["row.nobody"])
  }

  func testTheResidenceOptionFillsWhatTheSheetLeavesOut() throws {
    let some = try read(
      "Séance;Résidence;Date\nS1;Lilas;25/03/2024\nS2;;25/03/2024\n",
      IntakeOptions(residence: "Tilleuls"))
    XCTAssertEqual(values(some, "activity", "residence"), ["Lilas", "Tilleuls"])
    let none = failure { _ = try read("Séance;Date\nS1;25/03/2024\n") }
    XCTAssertEqual(none?.status, .usage)
    XCTAssertTrue(none?.diagnostics[0].text(in: .fr).contains("--residence") ?? false)
  }

  // MARK: - Rows against each other

  func testARepeatedRowIsKeptOnce() throws {
    let reading = try read(
      "Séance;Participant;Minutes\nS1;Zoé;30\nS1;Zoé;30\nS1;Zoé;\nS1;Zoé;45\n")
    XCTAssertEqual(values(reading, "attendance", "minutes"), ["30"])
    XCTAssertEqual(reading.receipt.rowsDuplicate, 2)
    XCTAssertEqual(reading.rejects.map(\.line), [5])
    XCTAssertEqual(reading.rejects.map(\.reason.code), ["row.conflict"])
  }

  func testHeadcountsAreDistinctByGroup() throws {
    let reading = try read(
      "Séance;Participant;Nombre;Groupe compté\nS1;;12;adultes\nS1;;5;enfants\nS1;;5;enfants\n")
    XCTAssertEqual(values(reading, "attendance", "headcount"), ["12", "5"])
    XCTAssertEqual(reading.rejects.map(\.reason.code), ["row.counted-twice"])
    XCTAssertEqual(reading.rejects.map(\.heading), ["Nombre"])
  }

  func testARowIsAPersonOrAHeadcountNotBoth() throws {
    let reading = try read(
      "Séance;Personne;Effectif\nS1;P1;12\nS1;P2;1\nS1;P3;\nS1;;8\n")
    XCTAssertEqual(reading.rejects.map(\.line), [2])
    XCTAssertEqual(reading.rejects.map(\.reason.code), ["row.named-and-counted"])
    XCTAssertEqual(values(reading, "attendance", "resident"), ["P2", "P3", nil])
  }

  func testAGridWithoutMarksIsRefusedAndASingleDateIsNone() throws {
    let grid = failure { _ = try self.read("Nom;05/03;12/03\nMartin;;\n") }
    XCTAssertEqual(grid?.diagnostics.map(\.code), ["sheet.grid"])
    let placeless = failure { _ = try self.read("Nom;05/03/24;12/03/24\nMartin;x;x\n") }
    XCTAssertEqual(placeless?.diagnostics.map(\.code), ["residence.missing"])
    XCTAssertNoThrow(try read("Séance;Personne;05/03/2024\nS1;P1;x\n"))
  }

  func testStaysOfOnePersonMayNotOverlap() throws {
    let reading = try read(
      """
      Personne;Résidence;Arrivée;Départ;Année de naissance
      P1;Lilas;25/01/2020;25/01/2021;1950
      P1;Lilas;25/01/2021;;1950
      P1;Lilas;25/06/2020;25/07/2020;1950
      P1;Lilas;25/06/2022;;1950
      P2;Lilas;25/06/2022;24/06/2022;1960
      P3;Lilas;25/06/2022;;1960
      P3;Lilas;25/06/2010;25/06/2011;1961

      """)
    XCTAssertEqual(values(reading, "resident", "resident"), ["P1", "P1", "P3"])
    XCTAssertEqual(reading.rejects.map(\.line), [4, 5, 6, 8])
    XCTAssertEqual(
      reading.rejects.map(\.reason.code),
      [
        "row.stays-overlap", "row.stays-overlap", "row.departure-before-arrival",
        "row.inconstant",
      ])
  }

  func testManyStaysOfOnePersonAreReadInOrderlyTime() throws {
    let days = (0..<20_000).map { n in
      "P;R;\(1900 + n / 360)-\(String(format: "%02d", n / 30 % 12 + 1))-\(String(format: "%02d", n % 28 + 1));"
    }
    let start = processorSeconds()
    _ = try read("Personne;Résidence;Arrivée;Départ\n" + days.joined(separator: "\n"))
    XCTAssertLessThan(processorSeconds() - start, 20)
  }

  // MARK: - Rows that are no rows

  func testRowsOfTheWrongLengthAreSetAsideWithTheirCells() throws {
    let reading = try read(
      "Séance;Participant;Minutes;;\nS1;A;1;;\nS1;B;2\nS1;C\nS1;D;3;;;x\n;;;;\n")
    XCTAssertEqual(values(reading, "attendance", "resident"), ["A", "B"])
    XCTAssertEqual(reading.rejects.map(\.reason.code), ["row.too-short", "row.too-long"])
    XCTAssertEqual(reading.rejects.map(\.cells), [["S1", "C"], ["S1", "D", "3", "", "", "x"]])
    XCTAssertEqual(reading.receipt.rowsRead, 4)
  }

  func testARowWithSeveralFaultsTellsThemAll() throws {
    let reading = try read("Séance;Résidence;Date;Heure\nS1;r;31/02/2024;25h\n")
    XCTAssertEqual(reading.rejects.count, 1)
    let text = reading.rejects[0].reason.text(in: .fr)
    XCTAssertTrue(text.contains("date inexistante"))
    XCTAssertTrue(text.contains("Heure"))
  }

  func testARowSetAsideLeavesNoWordInTheBatch() throws {
    let reading = try read("Séance;Participant;Minutes\nS1;Zoé;30\nSECRET;Personne;beaucoup\n")
    guard case .text(_, let lexicon)? = reading.batches[0].columns["resident"] else {
      return XCTFail("no lexicon")
    }
    XCTAssertEqual(lexicon.strings, ["Zoé"])
  }
}
