import Columns
import Diagnostics
import Foundation
import Ingest
import TestSupport
import XCTest

/// Each kind of bad input gets a clear message and the right exit code, and loses nothing.
final class BadInputTests: IngestCase {
  private func intake(_ options: IntakeOptions = IntakeOptions()) throws -> Intake {
    Intake(model: try Self.model.get(), options: options)
  }

  func testFilesThatAreNoSheets() throws {
    let work = try Workdir()
    let files: [(name: String, bytes: [UInt8], code: String)] = [
      ("vide.csv", [], "file.empty"), ("blanc.csv", Array(" \r\n\n".utf8), "file.empty"),
      ("marque.csv", [0xEF, 0xBB, 0xBF], "file.empty"),
      ("separateurs.csv", Array(";;;\n;;;\n".utf8), "file.empty"),
      ("image.csv", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], "file.binary"),
      ("classeur.csv", [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], "file.binary"),
      ("document.csv", Array("%PDF-1.7\n".utf8), "file.binary"),
      ("base.csv", Array("SQLite format 3\u{0}".utf8), "file.binary"),
      ("nul.csv", Array("a;b\n1;\u{0}\u{1}\u{2}rest of it\n".utf8), "file.binary"),
      (
        "large.csv", Array((1...20_000).map(String.init).joined(separator: ",").utf8),
        "file.too-wide"
      ),
    ]
    for (name, bytes, code) in files {
      let path = try work.write(name, data: Data(bytes))
      let found = failure { _ = try intake().read(path: path) }
      XCTAssertEqual(found?.status, .input, name)
      XCTAssertEqual(found?.diagnostics.map(\.code), [code], name)
      XCTAssertEqual(found?.diagnostics[0].location?.file, path)
      XCTAssertNotNil(found?.diagnostics[0].remedy, name)
    }
    for (path, code) in [(work.path, "file.directory"), (work.path + "/rien.csv", "file.missing")] {
      let found = failure { _ = try intake().read(path: path) }
      XCTAssertEqual(found?.status, .input)
      XCTAssertEqual(found?.diagnostics.map(\.code), [code])
    }
  }

  func testAFileWithOnlyItsHeadingsIsReadAndSaysSo() throws {
    let reading = try read("Séance;Participant\n")
    XCTAssertEqual(reading.batches.map(\.rowCount), [0])
    XCTAssertEqual(reading.receipt.rowsRead, 0)
    XCTAssertTrue(reading.receipt.text(in: .fr).contains("n’a que ses en-têtes"))
  }

  func testAWrongTableSaysWhatIsMissingAndWhatItLooksLike() throws {
    let found = failure {
      _ = try read(
        "Séance;Résidence;Date\nS1;r;25/03/2024\n", IntakeOptions(table: "resident"))
    }
    XCTAssertEqual(found?.status, .usage)
    let text = found?.diagnostics[0].text(in: .fr) ?? ""
    XCTAssertTrue(text.contains("Personne"), text)
    XCTAssertTrue(text.contains("--table activity"), text)
    let unknown = failure { _ = try read("a;b\n1;2\n", IntakeOptions(table: "atendance")) }
    XCTAssertEqual(unknown?.status, .usage)
    XCTAssertTrue(unknown?.diagnostics[0].text(in: .fr).contains("attendance") ?? false)
  }

  func testASheetOfNoKnownTableAsksForOne() throws {
    let none = failure { _ = try read("foo;bar\n1;2\n") }
    XCTAssertEqual(none?.status, .usage)
    XCTAssertEqual(none?.diagnostics.map(\.code), ["table.unknown-headings"])
  }

  func testAMistypedRequiredHeadingIsNamed() throws {
    let found = failure { _ = try read("Séence;Participant;Présence\nS1;a;x\n") }
    XCTAssertEqual(found?.status, .usage)
    let text = found?.diagnostics[0].text(in: .fr) ?? ""
    XCTAssertTrue(text.contains("« Séence » par « Séance »"), text)
  }

  func testADrawBetweenTablesNamesTheFlag() throws {
    let draw = failure { _ = try read("Résidence;Nom;Prénom;Ville\nr;a;b;c\n") }
    XCTAssertEqual(draw?.status, .usage)
    XCTAssertEqual(draw?.diagnostics.map(\.code), ["table.undecided"])
    XCTAssertTrue(draw?.diagnostics[0].text(in: .fr).contains("--table re") ?? false)
  }

  /// Fuzz: bytes changed, cut and moved at random never crash the reading, and every row of the
  /// file is kept, a duplicate, or set aside.
  func testMutatedSheetsLoseNoRow() throws {
    let intake = try intake(IntakeOptions(residence: "L"))
    let seeds = [
      "Résidence;Date;Heure;Activité;Thème;Nom;Prénom;Nombre\r\nLilas;05/03/2024;14h30;\"Atelier \"\"mémoire\"\"\";Jardin;Dupont;Zoé;\r\nLilas;1er mars 2024;;Loto;Culture;;;12\r\n",
      "Personne,Résidence,Arrivée,Départ,Année de naissance,Sexe\nP1,L,2020-01-01,,1950,F\n\"P\n2\",L,2021-01-01,2022-01-01,1960,homme\n",
      "Séance\tParticipant\tPrésence\tMinutes\nS1\tA\tx\t1h30\nS1\tB\t?\t45\n",
      "N° pièce;Résidence;Date;Nature;Montant\n1;r;2024-03-25;Dépense;1 250,50 €\n2;r;2024-03-25;budget;-3\n",
    ].map { Array($0.utf8) }
    var random = SeededGenerator(seed: 7)
    let special: [UInt8] = Array("\";,\t\r\n|'=0é\u{A0}".utf8) + [0xFF, 0x80, 0xC3, 0xE2]
    var read = 0
    for round in 0..<1200 {
      var bytes = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        let byte = special[Int.random(in: 0..<special.count, using: &random)]
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[at] = byte
        case 1: bytes.insert(byte, at: at)
        case 2: bytes.remove(at: at)
        case 3: bytes.removeSubrange(at..<min(bytes.count, at + 9))
        default: bytes += bytes[at...]
        }
        if bytes.isEmpty { bytes = [0x41] }
      }
      do {
        let reading = try intake.read(name: "x", bytes: bytes)
        let r = reading.receipt
        XCTAssertEqual(r.rowsRead, r.rowsKept + r.rowsDuplicate + r.rowsSetAside, "round \(round)")
        XCTAssertEqual(r.rowsSetAside, reading.rejects.count)
        // A sheet that is imported has headings; what is only looked at may have none.
        var form = IntakeOptions()
        form.separation = reading.dialect
        form.quote = reading.dialect.quote
        form.escape = reading.dialect.escape
        form.hasHeader = true
        let preview = try Preview(name: "x", bytes: bytes, options: form)
        let filled = (0..<preview.rowCount).count { i in
          preview.row(i).contains {
            !$0.allSatisfy { $0.isWhitespace || $0 < " " || $0 == "\u{200B}" }
          }
        }
        // Of a sheet laid out by hand, cells are counted, not lines.
        if r.assumptions.contains(where: { $0.code == "sheet.read-as" }) { continue }
        XCTAssertEqual(r.rowsRead, filled, "round \(round)")
        let main = reading.batches.last?.rowCount ?? 0
        XCTAssertEqual(main, r.rowsKept, "round \(round)")
        _ = r.text(in: .fr)
        _ = RejectsFile.csv(
          rejects: reading.rejects, header: reading.header, importNumber: 1,
          dialect: reading.dialect)
        read += 1
      } catch {
        XCTAssertTrue([.usage, .input].contains(error.status))
      }
    }
    XCTAssertGreaterThan(read, 400)
  }

  /// Unclosed quotes on every line: the scanner's way forward is linear.
  func testHostileQuotesAreReadInLinearTime() throws {
    let lines = ["x;\"a", "x;\"\"a", "\"a\"\"", "x;\"\"\"a", "a;b;\"", "\"\";\"a\n\"\""]
    for line in lines {
      let text = "a;b\n" + String(repeating: line + "\n", count: 100_000)
      let start = processorSeconds()
      let p = try Preview(name: line, bytes: Array(text.utf8))
      XCTAssertGreaterThan(p.rowCount, 1, line)
      XCTAssertLessThan(processorSeconds() - start, 20, line)
    }
  }
}
