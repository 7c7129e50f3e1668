import Foundation
import TestSupport
import XCTest

/// Answers that a questionnaire does not offer, from the sheet to the score.
final class AnswerImportTests: XCTestCase {
  private static let heading = "questionnaire;vague;date;résidence;répondant;question;réponse"

  private func answers(_ values: [String], who: String, item: String = "who") -> String {
    values.enumerated().map {
      "who5;2024;05/11/2024;tilleuls;\(who);\(item)\($0.offset + 1);\($0.element)"
    }.joined(separator: "\n") + "\n"
  }

  func testAnAnswerThatTheQuestionDoesNotOfferIsRefusedWithItsRow() throws {
    let project = try TestProject()
    try project.sheet(
      "residences.csv", "Résidence;Nom de la résidence\ntilleuls;Les Tilleuls\n")
    assertStatus(try project.lien("import", "residences.csv"), 0)
    // Coded from 1: the sixth code is no answer.
    let text =
      Self.heading + "\n" + answers(["5", "4", "", "3", "2"], who: "p1")
      + answers(["6", "5", "4", "3", "2"], who: "p2")
      + answers(["0", "0", "1", "0", "1"], who: "p3")
    try project.sheet("reponses.csv", text)
    let run = try project.lien("import", "reponses.csv")
    assertStatus(run, 3)
    XCTAssertTrue(run.output.contains("14"), run.output)
    let told = run.output + run.errors
    XCTAssertTrue(told.contains("ligne 7"), told)
    XCTAssertTrue(told.contains("« who1 » (who5)"), told)
    XCTAssertTrue(told.contains("0, 1, 2, 3, 4, 5"), told)
    // Of three, one left an item out and one has an answer set aside: one is scored, 2 × 4.
    // Under the known share that is asked for, the value is withheld and the count told.
    let value = try project.lien(
      "compute", "bien-etre-oms", "--period", "2024", "--format", "csv")
    assertStatus(value, 0)
    assertContains(value.output, "bien-etre-oms,1,2024,_total,,")
    assertContains(
      try project.lien("compute", "bien-etre-oms", "--period", "2024", "--rows").output,
      "score(\"who5\", \"who5pct\")")
  }

  /// The same of an export of a survey program, through a mapping: also of a value that the mapping
  /// itself gives to a wording.
  func testAnExportThroughASurveyMappingIsComparedWithTheQuestionnaire() throws {
    let project = try TestProject()
    try """
    {
      id: "bienetre",
      label: {fr: "Bien-être", en: "Wellbeing"},
      survey: {
        instrument: "who5",
        items: {
          Q1: {item: "who1"}, Q2: {item: "who2"}, Q4: {item: "who4"}, Q5: {item: "who5"},
          Q3: {item: "who3", values: {"Tout le temps": "5", "Souvent": "9", "Jamais": "0"}},
        },
      },
    }
    """.write(
      toFile: project.path + "/indicators/mappings/bienetre.json5", atomically: true,
      encoding: .utf8)
    try project.sheet(
      "export.csv",
      """
      id,submitdate,lastpage,startlanguage,Q1,Q2,Q3,Q4,Q5
      1,2024-11-05 10:00:00,2,fr,5,4,Souvent,3,2
      2,2024-11-05 11:00:00,2,fr,6,4,Jamais,3,2
      3,2024-11-05 12:00:00,2,fr,1,2,Tout le temps,,5

      """)
    let run = try project.lien("import", "export.csv", "--mapping", "bienetre")
    assertStatus(run, 3)
    let told = (run.output + run.errors)
      .replacingOccurrences(of: "[\u{A0}\u{202F}]", with: " ", options: .regularExpression)
    assertContains(told, "13 gardées, 2 mises de côté")
    for (line, item, value) in [("ligne 2", "who3", "9"), ("ligne 3", "who1", "6")] {
      assertContains(told, line)
      assertContains(told, "la question « \(item) » (who5) n’offre pas (« \(value) »)")
    }
    let rejects = try String(
      contentsOfFile: project.path + "/private/rejets/1-export.csv", encoding: .utf8)
    XCTAssertEqual(rejects.split(whereSeparator: \.isNewline).count, 3, rejects)
  }
}
