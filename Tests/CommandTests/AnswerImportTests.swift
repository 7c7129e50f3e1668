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
}
