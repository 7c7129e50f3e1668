import Ingest
import Periods
import XCTest

/// Sheets drawn by hand, each for one thing that the generator does not do.
final class HandMadeSheetTests: FieldSheetCase {
  private func understand(
    _ text: String, file: String = "presences.csv", sheet: String? = nil
  ) throws -> SheetReading {
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: ";", omittingEmptySubsequences: false).map { GridCell(String($0)) }
    }
    return try SheetReader(model: Self.model.get())
      .read([CellGrid(fileName: file, sheetName: sheet, rows: rows)])
  }

  private func said(_ reading: SheetReading) -> [String] {
    reading.rows.map { row in
      let who = row.person ?? "(\(row.headcount ?? 0))"
      let parts = [Day(number: row.day).iso, row.title, who, row.status.rawValue]
      return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  func testActivitiesBelowTheDates() throws {
    let reading = try understand(
      """
      ;05/03/2024;12/03/2024;19/03/2024
      Nom Prénom;Loto;Gym;Loto
      Marie Dupont;x;;x
      """)
    XCTAssertEqual(
      said(reading),
      ["2024-03-05 Loto Marie Dupont present", "2024-03-19 Loto Marie Dupont present"])
  }

  func testNoHeadingOverTheNames() throws {
    let reading = try understand(
      """
      ;mardi 5 mars 2024;mardi 12 mars 2024
      Marie Dupont;x;
      Ali Kaya;;x
      """)
    XCTAssertEqual(
      said(reading),
      ["2024-03-05 Marie Dupont present", "2024-03-12 Ali Kaya present"])
  }

  func testNamesAfterTheFlat() throws {
    let reading = try understand(
      """
      Appt;Nom;05/03/2024;13/03/2024;;Appt;Nom;05/03/2024;13/03/2024
      A1;Marie Dupont;x;;;B1;Ali Kaya;x;x
      """)
    XCTAssertEqual(
      Set(said(reading)),
      [
        "2024-03-05 Marie Dupont present", "2024-03-05 Ali Kaya present",
        "2024-03-13 Ali Kaya present",
      ])
    XCTAssertEqual(Set(reading.rows.compactMap(\.flat)), ["A1", "B1"])
  }

  func testDatesDownWithActivityAndHour() throws {
    let reading = try understand(
      """
      Date;Activité;Marie;Ali;Zoé;Total
      05/03/2024;Loto;x;x;;2
      12/03/2024;Gym;;x;x;3
      """)
    XCTAssertEqual(
      said(reading),
      [
        "2024-03-05 Loto Marie present", "2024-03-05 Loto Ali present",
        "2024-03-12 Gym Ali present", "2024-03-12 Gym Zoé present",
      ])
    XCTAssertEqual(reading.problems.map(\.code), ["total.differs"])
    XCTAssertEqual(reading.problems.map(\.place), ["F3"])
  }

  func testASignedSheetOfOneSession() throws {
    let reading = try understand(
      """
      Atelier mémoire du 5 mars 2024
      Horaire : 14h-16h;
      ;
      N°;Nom;Prénom;Signature
      1;Dupont;Marie;M.Dup
      2;Kaya;Ali;
      3;Petit;Zoé;absente
      Fait à Bourg, le 6/03/2024;;;
      """)
    XCTAssertEqual(
      said(reading),
      [
        "2024-03-05 Atelier mémoire Dupont Marie present",
        "2024-03-05 Atelier mémoire Petit Zoé absent",
      ])
    XCTAssertEqual(reading.rows.first?.start, 840)
    XCTAssertEqual(reading.rows.first?.minutes, 120)
    XCTAssertTrue(reading.splitsNames)
  }

  func testALegendGoesBeforeCommonMarks() throws {
    // Here A is for the afternoon people who came, and X for those who did not.
    let reading = try understand(
      """
      Nom;05/03/2024;13/03/2024
      Marie;A;X
      A = présent ; X = absent
      """)
    XCTAssertEqual(said(reading), ["2024-03-05 Marie present", "2024-03-13 Marie absent"])
  }

  func testANumberOfASessionIsNoDay() throws {
    let reading = try understand("Nom;1;2;3\nMarie;x;;x\n")
    XCTAssertEqual(reading.rows.count, 0)
    XCTAssertEqual(Set(reading.refused.map(\.code)), ["date.without-month"])
  }

  func testAMarkWithoutANameIsTold() throws {
    let reading = try understand("Nom;05/03/2024;13/03/2024\nMarie;x;\n;x;\n")
    XCTAssertEqual(said(reading), ["2024-03-05 Marie present"])
    XCTAssertEqual(reading.problems.map(\.code), ["row.nameless"])
    XCTAssertEqual(reading.problems.map(\.place), ["B3"])
  }

  func testContradictoryMarksOfOnePersonAreSetAside() throws {
    let reading = try understand("Nom;05/03/2024;13/03/2024\nMarie;x;\nAli;x;\nMarie;A;\n")
    XCTAssertEqual(
      said(reading), ["2024-03-05 Marie present", "2024-03-05 Ali present"])
    XCTAssertEqual(Set(reading.problems.map(\.code)), ["name.repeated", "mark.conflict"])
  }

  func testARegisterIsNoSheetOfPresences() throws {
    let register = """
      Nom;Prénom;Logement;Arrivée;Départ
      Dupont;Marie;A1;01/03/2020;
      Kaya;Ali;B2;15/09/2021;30/06/2023
      """
    XCTAssertFalse(try understand(register).isAttendance)
  }

  func testTheYearRunsOnAcrossTheTurnOfTheYear() throws {
    let reading = try understand(
      """
      Présences 2023;;;
      Nom;14/11;12/12;16/01
      Marie;x;x;x
      """)
    XCTAssertEqual(
      said(reading).map { String($0.prefix(10)) }, ["2023-11-14", "2023-12-12", "2024-01-16"])
  }

  func testActivitiesInRowsHaveCounts() throws {
    let reading = try understand(
      """
      Activité;05/03/2024;13/03/2024
      Loto;12;
      Gym;8;9 adultes + 2 enfants
      Total;20;11
      """)
    XCTAssertEqual(
      said(reading),
      [
        "2024-03-05 Loto (12) present", "2024-03-05 Gym (8) present",
        "2024-03-13 Gym (9) present", "2024-03-13 Gym (2) present",
      ])
  }

  func testAColumnForEachStatus() throws {
    let reading = try understand(
      """
      Séance du 5 mars 2024
      ;
      Nom;Présent;Absent;Excusé
      Marie;x;;
      Ali;;x;
      Zoé;;;x
      Luc;;;
      """)
    XCTAssertEqual(
      said(reading),
      ["2024-03-05 Marie present", "2024-03-05 Ali absent", "2024-03-05 Zoé excused"])
    XCTAssertEqual(reading.silentRows, 1)
  }

  func testHalvesOfADayToSign() throws {
    let reading = try understand(
      """
      Intitulé : Formation
      Date : 5 mars 2024
      ;
      Nom;Signature matin;Signature après-midi
      Marie;M. D.;M. D.
      Ali;;AK
      """)
    XCTAssertEqual(
      said(reading),
      [
        "2024-03-05 Formation (matin) Marie present",
        "2024-03-05 Formation (après-midi) Marie present",
        "2024-03-05 Formation (après-midi) Ali present",
      ])
  }

  func testALoneHeadingAboveATableIsATitle() throws {
    let reading = try understand(
      """
      Liste des participants
      Résidence Les Lilas
      Nom;05/03/2024;13/03/2024
      Marie;x;x
      """)
    XCTAssertEqual(reading.rows.count, 2)
    XCTAssertEqual(reading.residence, "Les Lilas")
  }

  func testDaysOfAWeekThatTheTitleSays() throws {
    let sheet = """
      Accueil de la semaine du 4 au 8 mars 2024
      ;
      Nom;Lundi;Mardi;Vendredi
      Marie;x;;x
      """
    XCTAssertEqual(
      said(try understand(sheet)).map { String($0.prefix(10)) }, ["2024-03-04", "2024-03-08"])
    let undated = try understand(sheet.replacing(" du 4 au 8 mars 2024", with: ""))
    XCTAssertEqual(Set(undated.refused.map(\.code)), ["date.without-week"])
  }

  func testLengthsOfTime() throws {
    let reading = try understand(
      """
      Date;Activité;Horaire;Durée;Nb de participants
      05/03/2024;Loto;14h;1:30;5
      13/03/2024;Gym;14:30;45 min;6
      20/03/2024;Gym;de 9h à 11h30;;7
      """)
    XCTAssertEqual(reading.rows.map(\.start), [840, 870, 540])
    XCTAssertEqual(reading.rows.map(\.minutes), [90, 45, 150])
  }

  func testAFamilyOfUnknownSizeIsSetAside() throws {
    let reading = try understand(
      "Résidence;Les Lilas\n;\nNom;05/03/2024;13/03/2024\nFamille Diop;x;\nMarie;;x\n")
    XCTAssertEqual(said(reading), ["2024-03-13 Marie present"])
    XCTAssertEqual(reading.refused.map(\.code), ["name.family-size"])
    XCTAssertEqual(reading.residence, "Les Lilas")
  }
}
