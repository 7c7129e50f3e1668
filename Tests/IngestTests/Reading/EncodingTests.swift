import Columns
import Diagnostics
import Foundation
import Ingest
import TestSupport
import XCTest

/// Short sheets in the encodings of the field's programs, recognised by their letters.
final class EncodingTests: XCTestCase {
  private static let given = [
    "Zoé", "Noël", "Chloé", "Inès", "Élodie", "François", "Thérèse", "Hélène", "Loïc", "Gaël",
    "Jérôme", "Maïté", "Benoît", "Théo", "Marie", "Ali", "Paul", "Karim",
  ]
  private static let themes = [
    "Goûter", "Fête des voisins", "Repas partagé", "Café-débat", "Théâtre", "Sortie à la mer",
    "Été", "Pétanque", "Crêpes", "Jeux de société", "Bibliothèque", "Loto",
  ]

  private func table(_ random: inout SeededGenerator) -> [[String]] {
    func pick(_ list: [String]) -> String {
      list[Int.random(in: 0..<list.count, using: &random)]
    }
    let rows = (0..<Int.random(in: 3...12, using: &random)).map { _ in
      [
        "0\(Int.random(in: 1...9, using: &random))/03/2024", pick(Self.themes), pick(Self.given),
        pick(["présente", "excusé", "x", "absent"]),
      ]
    }
    return [["Date", "Activité", "Prénom", "Présence"]] + rows
  }

  func testShortSheetsInTheEncodingsOfTheField() throws {
    let encodings: [(String, String.Encoding, [UInt8])] = [
      ("utf-8", .utf8, []), ("utf-8 with mark", .utf8, [0xEF, 0xBB, 0xBF]),
      ("utf-16le", .utf16LittleEndian, []),
      ("utf-16le with mark", .utf16LittleEndian, [0xFF, 0xFE]),
      ("utf-16be with mark", .utf16BigEndian, [0xFE, 0xFF]),
      ("windows-1252", .windowsCP1252, []), ("iso-8859-1", .isoLatin1, []),
    ]
    var random = SeededGenerator(seed: 1830)
    var (right, all) = (0, 0)
    var wrong: [String] = []
    for round in 0..<25 {
      let table = table(&random)
      let text = table.map { $0.joined(separator: ";") }.joined(separator: "\r\n") + "\r\n"
      for (name, encoding, mark) in encodings {
        let data = try XCTUnwrap(text.data(using: encoding))
        let p = try Preview(name: name, bytes: mark + Array(data))
        all += 1
        if [p.header] + (0..<p.rowCount).map(p.row) == table {
          right += 1
        } else {
          wrong.append("\(round) \(name) read as \(p.encoding.rawValue)")
        }
      }
    }
    XCTAssertGreaterThan(Double(right) / Double(all), 0.98, "\(wrong)")
  }

  /// Bytes written by hand, so that no library's table is tested against itself.
  func testLettersTellOneByteEncodingsApart() throws {
    let table: [(TextEncoding, [UInt8], String)] = [
      // « Prix : 12 € » with the euro sign of ISO 8859-15.
      (.latin9, Array("Nom;Prix\nZo".utf8) + [0xE9] + Array(";12 ".utf8) + [0xA4, 0x0A], "12 €"),
      // « Thérèse », « Noël » of old Macs.
      (
        .macRoman,
        Array("Nom;Lieu\rTh".utf8) + [0x8E, 0x72, 0x8F] + Array("se;caf".utf8) + [0x8E]
          + Array(" No".utf8) + [0x91] + Array("l\r".utf8), "café Noël"
      ),
      // « é » of the DOS page.
      (
        .cp850,
        Array("Nom;Lieu\nZo".utf8) + [0x82] + Array(";caf".utf8) + [0x82] + Array(" d'".utf8)
          + [0x82] + Array("t".utf8) + [0x82, 0x0A], "café d'été"
      ),
    ]
    for (encoding, bytes, cell) in table {
      let p = try Preview(name: encoding.rawValue, bytes: bytes)
      XCTAssertEqual(p.encoding, encoding)
      XCTAssertEqual(p.row(0)[1], cell)
    }
  }

  /// A letter or two with accents in a sheet without any others.
  func testOneAccentIsEnough() throws {
    let table: [(TextEncoding, [UInt8], String)] = [
      (.cp850, [0x54, 0x68, 0x82], "Thé"), (.macRoman, [0x54, 0x68, 0x8E], "Thé"),
      (.cp850, Array("NO".utf8) + [0xD3, 0x4C], "NOËL"),
      (.macRoman, Array("Ga".utf8) + [0x91, 0x6C], "Gaël"),
      (.cp850, Array("Sortie ".utf8) + [0x85] + Array(" la mer".utf8), "Sortie à la mer"),
      (.macRoman, Array("Sortie ".utf8) + [0x88] + Array(" la mer".utf8), "Sortie à la mer"),
      (.windows1252, Array("BESAN".utf8) + [0xC7] + Array("ON".utf8), "BESANÇON"),
      (.windows1252, Array("FR".utf8) + [0xC9, 0x44, 0xC9] + Array("RIC".utf8), "FRÉDÉRIC"),
      (.windows1252, [0x99, 0x75, 0x76, 0x72, 0x65].map { $0 == 0x99 ? 0x9C : $0 }, "œuvre"),
      (.cp850, Array("Jo".utf8) + [0x89, 0x6C], "Joël"),
    ]
    for (encoding, cell, text) in table {
      let before = Array("Nom;Activite;Nombre\r\nMartin;Loto;12\r\nDupont;".utf8)
      let p = try Preview(name: text, bytes: before + cell + Array(";3\r\nDiallo;Gym;4\r\n".utf8))
      XCTAssertEqual(p.row(1), ["Dupont", text, "3"], "\(encoding), read as \(p.encoding)")
    }
  }

  func testUTF16WithoutAMarkInAnyScript() throws {
    let text = "Имя;Число\r\nАнна;12\r\nОльга;3\r\n"
    let units = Array(text.utf16)
    for (encoding, bytes) in [
      (TextEncoding.utf16LittleEndian, units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
      (.utf16BigEndian, units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }),
    ] {
      let p = try Preview(name: "x", bytes: bytes)
      XCTAssertEqual(p.encoding, encoding)
      XCTAssertEqual(p.row(0), ["Анна", "12"])
    }
  }

  func testRareNULsWithinWordsAreReplacedAndTold() throws {
    let rows = (0..<100).map { "personne \($0);\($0)\n" }.joined()
    let bytes = Array("nom;nombre\nEri".utf8) + [0] + Array("c;1\n\(rows)".utf8)
    let p = try Preview(name: "x", bytes: bytes)
    XCTAssertEqual(p.row(0), ["Eri\u{FFFD}c", "1"])
    XCTAssertTrue(p.remarks.contains { $0.code == "encoding.nul" })
    XCTAssertThrowsError(
      try Preview(name: "x", bytes: Array("nom;nombre\nEri".utf8) + [0] + Array("c;1\n".utf8)))
  }

  func testALineOfNoTextIsSetAsideWithItsByte() throws {
    let bytes =
      Array("session;resident\nS1;Zoé\nS2;".utf8) + [0xFF, 0xFE, 0xC3, 0x28, 0xA0, 0x0A]
    let reading = try Intake(
      model: try IngestCase.model.get(), options: IntakeOptions(table: "attendance")
    ).read(name: "x.csv", bytes: bytes)
    XCTAssertEqual(reading.rejects.map(\.line), [3])
    XCTAssertEqual(reading.rejects.map(\.reason.code), ["row.no-text"])
    XCTAssertTrue(reading.rejects[0].reason.message.fr.contains("octet 29"))
    XCTAssertTrue(reading.receipt.assumptions.contains { $0.code == "encoding.damage" })
  }

  func testNULsAtTheEndsOfCellsAreDroppedAndTold() throws {
    let p = try Preview(name: "x", bytes: Array("a;b\nx\u{0}\u{0};2\ny;3\n\u{0}".utf8))
    XCTAssertEqual(p.row(0), ["x", "2"])
    XCTAssertTrue(p.remarks.contains { $0.code == "encoding.nul" })
  }
}
