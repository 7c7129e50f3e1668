import Foundation
import TestSupport
import XCTest

/// The tables beside the programme: from a plain French sheet to the export, without a flag.
final class ProgrammeTablesTests: XCTestCase {
  /// One sheet a table, headed as an office would, none with the model's own column names.
  private static let sheets: [(table: String, text: String)] = [
    (
      "partner",
      """
      Structure;Type de structure;Ville;Ancrage;Distance;Partenaire depuis
      Souffle et Pas;asso;Arvelles;même commune;0,8 km;mars 2019
      Médiathèque;commune;Arvelles;commune voisine;1,2;12/01/2021
      """
    ),
    (
      "activity",
      """
      Résidence;N° séance;Date;Heure;Durée;Activité;Thème;Partenaire;Statut
      tilleuls;S1;05/03/2024;14h;1h30;Gym douce;santé;souffle et pas;tenue
      tilleuls;S2;06/03/2024;14h;90;Lecture;culture;Médiathèque;annulée
      """
    ),
    (
      "delivery",
      """
      N° séance;Structure partenaire;Rôle du partenaire;Temps passé
      S1;SOUFFLE ET PAS;anime;1h30
      S1;Médiathèque;prête un lieu;
      """
    ),
    (
      "contact",
      """
      Résidence;Date du passage;Heure;Appt;Créneau;Lieu;Moyen de contact;Par qui;Joint ?;Suite donnée;Observations
      Les Tilleuls;04/03/2024;18h30;A01;soir;palier;porte à porte;binôme;oui;invitée;dort tôt
      Les Tilleuls;04/03/2024;18h40;A02;soirée;porte;pàp;en binôme;non;;
      Les Tilleuls;09/03/2024;11h;A02;samedi;porte;visite;gardienne;oui;refus;
      """
    ),
    (
      "project",
      """
      Résidence;Nom du projet;Thématique;À l’initiative de;Porteur;Date de proposition;Validé le;Lancé le;Réalisé le;Toujours actif;Animé par;Arnstein;Degré habitants;Budget
      tilleuls;Composteur partagé;jardin;habitants;P1;02/01/2023;15/02/2023;01/03/2023;10/06/2023;oui;habitants;6;5;350
      tilleuls;Fresque du hall;culture;animatrice;;03/04/2024;;;;;;3;;
      """
    ),
    (
      "ledger",
      """
      Résidence;N° pièce;Date de l'écriture;Nature;Objet;Montant;Projet financé;Poste de dépense;Enveloppe;Taxe;Date d'échéance;Réglé le
      tilleuls;F1;10/05/2024;facture;Bac à compost;120,50;composteur partage;petit matériel;budget habitants;TTC;;12/06/2024
      tilleuls;F2;31/03/2024;échéancier;Convention;10 000;;;;HT;31/03/2024;
      """
    ),
    (
      "space",
      """
      Résidence;Salle;Type de lieu;Surface;Capacité;Heures par semaine;Ouvert le
      tilleuls;Salle commune;salle;120 m²;50;40;01/11/2019
      tilleuls;Jardin;jardin;300;;70;01/11/2019
      """
    ),
    (
      "booking",
      """
      Résidence;Salle;Date;Début;Fin;Objet;Demandeur;Structure;Animateur présent;N° séance;Nb de personnes
      tilleuls;Salle commune;05/03/2024;14h;15h30;atelier;animatrice;;oui;S1;12
      tilleuls;Salle commune;06/03/2024;14h;15h30;atelier;animatrice;;oui;S2;12
      tilleuls;salle commune;05/03/2024;15h;17h;prêt;association;Souffle et Pas;non;;8
      tilleuls;Salle commune;09/03/2024;19h;1h;anniversaire;habitant;;non;;30
      """
    ),
    (
      "need",
      """
      Résidence;Date de la demande;Thématique;Recueilli lors de;Besoin exprimé;Suite donnée le;Suite;Retour aux habitants le
      tilleuls;05/01/2024;bruit;conseil de maison;Le local vélo résonne la nuit;20/02/2024;bailleur;01/03/2024
      tilleuls;05/01/2024;transports;porte-à-porte;Aller au marché sans voiture;;;
      """
    ),
    (
      "case",
      """
      Résidence;Candidat;Dispositif;Éligible;Niveau d’études;Entrée le;Entretien d’embauche;Embauché le;Emploi à 3 mois;Emploi à 6 mois;Date de sortie;Motif de sortie
      tilleuls;P2;Pack;oui;licence;10/01/2023;02/02/2023;01/03/2023;oui;oui;01/09/2023;CDI
      tilleuls;P3;Pack;oui;master;10/03/2023;;;non;;;
      """
    ),
    (
      "favour",
      """
      Résidence;Date;Type de service;Rendu par;Reçu par;Durée;Économie
      tilleuls;05/03/2024;covoiturage;P1;P2;0h45;6,50
      tilleuls;06/03/2024;bricolage;P2;P3;2;
      """
    ),
    (
      "quantity",
      """
      Résidence;Du;Au;Poste;Relevé;Unité;Référence;Année de référence;Surface chauffée
      tilleuls;01/01/2024;31/01/2024;électricité;1250 kWh;kWh;1400;2021;850
      tilleuls;15/05/2024;15/05/2024;collecte;182,5;kilos;;;
      tilleuls;15/05/2024;15/05/2024;réemploi;96;kg;;;
      """
    ),
    (
      "meeting",
      """
      Résidence;Date de la réunion;Comité;Organisme invité;Collège;Présent;Nombre de sièges;Nb de présents
      tilleuls;12/06/2024;COPIL;Bailleur;bailleur;oui;2;2
      tilleuls;12/06/2024;COPIL;Conseil des habitants;locataires;oui;3;2
      tilleuls;12/06/2024;COPIL;Ville;mairie;non;2;0
      """
    ),
    (
      "interview",
      """
      Résidence;Date de l’entretien;Personne interrogée;Thème abordé;Ressenti;Prestation;Éligible;Perçoit;Raison du non-recours;Verbatim
      tilleuls;03/04/2024;P1;entraide;positif;;;;;on se rend service
      tilleuls;03/04/2024;P1;droits;mitigé;minimum vieillesse;présumé;non;ne connaît pas;
      """
    ),
    (
      "landlord_month",
      """
      Résidence;Mois;Logements gérés;Incivilités;Vacants;Montant des impayés;Charges réelles;Charges de référence;Mutations bloquées;Mutations débloquées
      tilleuls;janvier 2024;72;3;2;4 512,30;9 120;9 800;4;1
      tilleuls;févr-24;72;1;2;4 600;9 000;9 800;3;1
      tilleuls;03/2024;72;0;1;4 100;8 900;9 800;3;0
      """
    ),
  ]

  private func project() throws -> TestProject {
    let project = try TestProject()
    try project.sheet(
      "residences.csv", "Code résidence;Nom de la résidence\ntilleuls;Les Tilleuls\n")
    try project.sheet(
      "logements.csv",
      "N° logement;Résidence;Typologie\nA01;tilleuls;T2\nA02;tilleuls;T3\nA03;tilleuls;T3\n")
    try project.sheet(
      "registre.csv",
      """
      Identifiant;Nom;Prénom;Résidence;Logement;Entrée;Public prioritaire;Repéré le
      P1;Martin;Adèle;tilleuls;A01;01/01/2020;senior isolé;01/02/2023
      P2;Petit;Bruno;tilleuls;A02;01/01/2020;;
      P3;Konaté;Awa;tilleuls;A03;01/01/2020;non;

      """)
    assertStatus(try project.lien("import", "residences.csv", "logements.csv", "registre.csv"), 0)
    for (table, text) in Self.sheets { try project.sheet(table + ".csv", text + "\n") }
    return project
  }

  /// All sheets in one run.
  private func importAll(_ project: TestProject) throws -> Program.Run {
    let run = try Program.run(
      ["import"] + Self.sheets.map { $0.table + ".csv" }, in: project.workdir.path,
      environment: ["LIEN_PROJECT": project.path, "LIEN_HOME": Places.root])
    assertStatus(run, 0)
    return run
  }

  /// The rows of the exported tables as dictionaries.
  private func export(_ project: TestProject) throws -> (String) throws -> [[String: String]] {
    assertStatus(try project.lien("export", "donnees", "--force", "--restricted"), 0)
    let folder = project.workdir.path + "/donnees/"
    return { table in
      let lines = try String(contentsOfFile: folder + table + ".csv", encoding: .utf8)
        .split(separator: "\n")
      func cells(_ line: Substring) -> [String] {
        line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      let names = cells(try XCTUnwrap(lines.first))
      return lines.dropFirst().map {
        Dictionary(uniqueKeysWithValues: zip(names, cells($0)))
      }
    }
  }

  func testAPlainSheetOfEachTableIsKnownByItsHeadings() throws {
    let project = try project()
    _ = try importAll(project)
    let exported = try export(project)
    for (table, text) in Self.sheets {
      let rows = text.split(separator: "\n").count - 1
      XCTAssertEqual(try exported(table).count, rows, table)
    }
    // The same sheets again change nothing.
    let again = try importAll(project).output.components(separatedBy: "Rien de nouveau").count
    XCTAssertEqual(again - 1, Self.sheets.count)
    let activity = try exported("activity")
    XCTAssertEqual(activity.map { $0["partner"] }, ["Souffle et Pas", "Médiathèque"])
    XCTAssertEqual(
      activity.map { $0["status"] }, ["held", "cancelled"],
      "a diary that names a session does not speak for it")
    let delivery = try exported("delivery")
    XCTAssertEqual(delivery.map { $0["partner"] }, ["Souffle et Pas", "Médiathèque"])
    XCTAssertEqual(delivery.map { $0["hours"] }, ["1.5", ""])
    let booking = try exported("booking")
    XCTAssertEqual(Set(booking.map { $0["space"] }), ["tilleuls|salle commune"])
    XCTAssertEqual(
      booking.filter { $0["use"] == "family" }.map { [$0["start"], $0["end"]] }, [["1140", "60"]])
    let space = try exported("space")
    XCTAssertEqual(space.map { $0["area"] }, ["120", "300"], "a diary keeps what the list says")
    XCTAssertEqual(
      try exported("ledger").map { $0["project"] }, ["tilleuls|composteur partage", ""])
    XCTAssertEqual(
      try exported("case").map { $0["exit_class"] }, ["durable", ""])
    XCTAssertEqual(
      try exported("landlord_month").map { $0["month"] },
      ["2024-01-01", "2024-02-01", "2024-03-01"])
    XCTAssertEqual(try exported("partner").map { $0["distance"] }, ["0.8", "1.2"])
    XCTAssertEqual(
      try exported("partner").map { $0["first"] }, ["2019-03-01", "2021-01-01"])
    XCTAssertEqual(try exported("quantity").map { $0["value"] }, ["1250", "182.5", "96"])
  }

  func testWhatPeopleSaidStandsInNoExport() throws {
    let project = try project()
    _ = try importAll(project)
    assertStatus(try project.lien("export", "donnees", "--restricted"), 0)
    var all = ""
    for (table, _) in Self.sheets + [("resident", "")] {
      all += try String(
        contentsOfFile: project.workdir.path + "/donnees/\(table).csv", encoding: .utf8)
    }
    for words in ["dort tôt", "résonne", "se rend service", "A01", "Martin"] {
      XCTAssertFalse(all.contains(words), words)
    }
    let store = try Data(contentsOf: URL(fileURLWithPath: project.path + "/lien.sqlite"))
    for words in ["resonne", "résonne", "dort", "Adèle"] {
      XCTAssertNil(store.range(of: Data(words.utf8)), words)
    }
  }

  func testACorrectedSheetReplacesItsScopeAndAnUndoBringsItBack() throws {
    let project = try project()
    assertStatus(
      try project.lien("import", "contact.csv", "need.csv", "landlord_month.csv"), 0)
    // The outing of 4 March by the pair, corrected: one door less, one opened after all.
    try project.sheet(
      "corrige.csv",
      "Résidence;Date du passage;Heure;Appt;Par qui;Joint ?;Suite donnée\n"
        + "Les Tilleuls;04/03/2024;18h40;A02;binôme;oui;besoin\n")
    assertStatus(try project.lien("import", "corrige.csv"), 0)
    let contacts = try export(project)("contact")
    XCTAssertEqual(contacts.count, 2)
    XCTAssertEqual(Set(contacts.map { $0["date"] }), ["2024-03-04", "2024-03-09"])
    XCTAssertEqual(contacts.filter { $0["outcome"] == "need" }.count, 1)
    // A month alone is corrected alone; a need alone is added, and none is lost.
    try project.sheet(
      "mois.csv", "Résidence;Mois;Incivilités;Vacants\ntilleuls;2024-02;5;3\n")
    try project.sheet(
      "besoin.csv",
      "Résidence;Noté le;Thème;Besoin exprimé\ntilleuls;06/02/2024;santé;Une rampe\n")
    assertStatus(try project.lien("import", "mois.csv", "besoin.csv"), 0)
    let corrected = try export(project)
    XCTAssertEqual(
      try corrected("landlord_month").map { $0["incidents"] ?? "" }.sorted(), ["0", "3", "5"])
    XCTAssertEqual(try corrected("need").count, 3)
    for id in ["9", "8", "7"] { assertStatus(try project.lien("imports", "undo", id), 0) }
    let undone = try export(project)
    XCTAssertEqual(
      try undone("landlord_month").map { $0["incidents"] ?? "" }.sorted(), ["0", "1", "3"])
    XCTAssertEqual(try undone("need").count, 2)
    XCTAssertEqual(try undone("contact").count, 3)
  }

  func testTheTemplateOfEachTableIsKnownAgain() throws {
    let project = try project()
    for (table, _) in Self.sheets {
      let template = try project.lien("template", table, "--quiet")
      assertStatus(template, 0)
      // A sheet of headings alone has no rows, but its table is known.
      try project.sheet("vide-\(table).csv", template.output)
      let run = try project.lien("import", "vide-\(table).csv", "--dry-run")
      assertStatus(run, 5)
      assertContains(run.errors, "n’a que ses en-têtes")
      let book = try project.lien(
        "template", table, "--format", "xlsx", "--out", "modele-\(table).xlsx")
      assertStatus(book, 0)
      let preview = try project.lien("preview", "modele-\(table).xlsx")
      assertStatus(preview, 0)
      let count = template.output.split(separator: "\n")[0].split(separator: ",").count
      assertContains(preview.output, "\(count) colonnes")
    }
  }

  func testTheDictionaryTellsWhySensitiveDataAreKeptAndForHowLong() throws {
    let project = try project()
    let list = try project.lien("tables")
    assertStatus(list, 0)
    for (table, _) in Self.sheets { assertContains(list.output, "  \(table) ") }
    let contact = try project.lien("tables", "contact")
    assertContains(contact.output, "Savoir quels logements n’ont jamais été joints")
    assertContains(contact.output, "24 mois après «\u{A0}Date\u{A0}»")
    assertContains(contact.output, "les lignes de même «\u{A0}Résidence\u{A0}»")
    let csv = try project.lien("tables", "resident", "--format", "csv")
    let priority = try XCTUnwrap(
      csv.output.split(separator: "\n").first { $0.contains(",priority,") })
    assertContains(String(priority), "24,priority_since")
    assertStatus(try project.lien("tables", "contac"), 2)
    assertStatus(try project.lien("export", "donnees"), 0)
    let words = try String(
      contentsOfFile: project.workdir.path + "/donnees/dictionnaire.csv", encoding: .utf8)
    XCTAssertEqual(words, try project.lien("tables", "--format", "csv").output)
  }

  func testThePageOfTheDictionaryIsTheProgramsOwn() throws {
    let page = try Program.run(
      ["tables", "--format", "markdown"], in: NSTemporaryDirectory(),
      environment: ["LIEN_HOME": Places.root])
    assertStatus(page, 0)
    XCTAssertEqual(
      try String(contentsOfFile: Places.root + "/docs/dictionnaire.md", encoding: .utf8),
      page.output, "run: lien tables --format markdown > docs/dictionnaire.md")
  }
}
