import TestSupport
import XCTest

/// A sum of money that one party makes nearly alone would tell what that party is paid.
final class DominanceTests: XCTestCase {
  func testASumThatOnePartyMakesNearlyAloneIsNotGivenToThePublic() throws {
    let project = try TestProject()
    try project.sheet(
      "residences.csv", "Résidence;Nom;Ville\nA;Tilleuls;Lyon\nB;Moulin;Lyon\nC;Port;Lyon\n")
    try project.sheet(
      "depenses.csv",
      """
      Résidence;Date;Nature;Libellé;Montant;Fournisseur
      A;2024-01-10;Dépense;Atelier;9000;Conseil et Cie
      A;2024-02-10;Dépense;Fournitures;1000;Papeterie
      B;2024-01-10;Dépense;Atelier;5000;Alpha
      B;2024-01-12;Dépense;Atelier;5000;Bêta
      C;2024-01-12;Dépense;Atelier;7000;
      C;2024-03-12;Dépense;Atelier;600;Gamma
      """)
    assertStatus(try project.lien("import", "residences.csv", "--table", "residence"), 0)
    assertStatus(try project.lien("import", "depenses.csv", "--table", "ledger"), 0)
    let mine = try project.lien("compute", "depenses", "--period", "2024", "--format", "csv")
    assertContains(mine.output, "2024,A,10000,EUR")
    let open = try project.lien(
      "compute", "depenses", "--period", "2024", "--format", "csv", "--audience", "public")
    assertStatus(open, 0)
    // Nine tenths to one party: withheld, and with it another, or the total would give it back.
    assertContains(open.output, "2024,A,,EUR,,,,,,,,,S,secret statistique")
    XCTAssertEqual(open.output.split(separator: "\n").filter { $0.contains(",S,") }.count, 2)
    // Whom the large amount went to is not known: that is nobody's part.
    XCTAssertFalse(open.output.contains("9000"))
    assertContains(open.output, "2024,_total,27600,EUR")
  }
}
