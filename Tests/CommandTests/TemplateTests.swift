import Foundation
import XCTest

/// The month's grid names the register's people and the month's sessions, for its owner alone.
final class TemplateTests: XCTestCase {
  func testTheGridOfAMonthFilledInComesBackAsTheSameSessions() throws {
    let project = try TestProject()
    try project.sheet("residences.csv", "Résidence;Nom de la résidence\ntilleuls;Les Tilleuls\n")
    try project.sheet(
      "registre.csv",
      "Personne;Résidence;Arrivée;Départ\nAdèle Martin;tilleuls;01/01/2020;\n"
        + "Bruno Petit;tilleuls;01/01/2020;01/02/2024\n")
    try project.sheet(
      "seances.csv", "Résidence;Date;Activité\ntilleuls;05/03/2024;Jardin\n")
    assertStatus(try project.lien("import", "residences.csv", "registre.csv", "seances.csv"), 0)
    let made = try project.lien(
      "template", "attendance", "--residence", "Les Tilleuls", "--month", "2024-03")
    assertStatus(made, 0)
    let path = project.path + "/private/modeles/presences-tilleuls-2024-03.xlsx"
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    XCTAssertEqual(mode, 0o600)
    let grid = try project.lien("preview", path, "--csv").output
    assertContains(grid, "Nom et prénom,2024-03-05")
    assertContains(grid, "Adèle Martin,")
    XCTAssertFalse(grid.contains("Bruno"), "gone in March")
    try project.sheet(
      "rempli.csv", grid.replacingOccurrences(of: "Adèle Martin,", with: "Adèle Martin,x"))
    let back = try project.lien("import", "rempli.csv")
    assertStatus(back, 0)
    assertContains(back.output, "Présences +1")
    XCTAssertFalse(back.output.contains("Séances +"), back.output)
    assertStatus(try project.lien("template", "attendance", "--residence", "tilleuls"), 2)
  }
}
