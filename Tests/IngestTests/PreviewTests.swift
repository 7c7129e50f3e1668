import Diagnostics
import Foundation
import Ingest
import TestSupport
import XCTest

/// Text to cells, against the csv-spectrum collection and tables of dialects and encodings.
final class PreviewTests: XCTestCase {
  private func preview(_ text: String) throws -> Preview {
    try Preview(name: "x.csv", bytes: Array(text.utf8))
  }

  private func grid(_ p: Preview) -> [[String]] { [p.header] + (0..<p.rowCount).map(p.row) }

  func testCSVSpectrumReadsAsItsOwnAnswers() throws {
    let folder = try Places.shared("data/csv-spectrum")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/csvs").sorted()
    XCTAssertEqual(names.count, 12)
    for name in names where name != "location_coordinates.csv" {
      var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/csvs/" + name)))
      // The collection at hand has lost the CR of its CRLF files; their answers still have it.
      if name.hasSuffix("_crlf.csv"), !bytes.contains(0x0D) {
        bytes = bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
      }
      let preview = try Preview(name: name, bytes: bytes)
      let json = folder + "/json/" + name.dropLast(4) + ".json"
      let expected = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: json)))
      let objects = try XCTUnwrap(expected as? [[String: String]], name)
      let found = (0..<preview.rowCount).map { i in
        Dictionary(uniqueKeysWithValues: zip(preview.header, preview.row(i)))
      }
      XCTAssertEqual(found, objects, name)
    }
  }

  /// The collection's answer for this file is of another row (its phone number differs), so the
  /// expected cells are read off the CSV itself.
  func testLocationCoordinatesKeepTheirQuotes() throws {
    let path = try Places.shared("data/csv-spectrum/csvs/location_coordinates.csv")
    let preview = try Preview(path: path)
    XCTAssertEqual(preview.rowCount, 1)
    XCTAssertEqual(preview.row(0).count, 4)
    XCTAssertEqual(preview.row(0)[0], "2095257564")
    XCTAssertTrue(preview.row(0)[1].hasPrefix("37"))
    XCTAssertTrue(preview.row(0)[1].hasSuffix("2'17.9\"W"))
    XCTAssertTrue(preview.row(0)[1].contains("36'37.8\"N 121"))
    XCTAssertEqual(Array(preview.row(0)[2...]), ["Modesto", "Stanislaus"])
  }

  func testDaysAboveMarksAreHeadings() throws {
    let grids = [
      "Nom;05/03/2024;12/03/2024\nMarie;x;\nAli;x;bof\n", "Nom;5/3;12/3;2/4\nMarie;x;;a\nAli;;x;\n",
      "Prénom;12 mars;19 mars\nMarie;1;\nAli;;2\n", "Nom;05/03/2024\nMarie;x\nAli;x\n",
      "Atelier : Jardin;;\n\nNom;mardi 5 mars;mardi 12 mars\nMarie;x;\nAli;;x\n",
    ]
    for text in grids {
      let preview = try preview(text)
      XCTAssertTrue(["Nom", "Prénom"].contains(preview.header.first), text)
      XCTAssertTrue(preview.flags.hasSuffix("--header"), text)
      XCTAssertEqual(preview.rowCount, 2, text)
    }
    // Days above days are rows; so is a day beside a name, or days in no order.
    let lists = [
      "Marie;05/03/2024;06/03/2024\nAli;05/04/2024;06/04/2024\nZoé;07/04/2024;09/04/2024\n",
      "Marie;05/03/2024\nAli;x\nZoé;x\n",
      "Marie;05/03/2024;01/01/2020;07/08/2022\nAli;x;y;z\nZoé;x;y;z\n",
    ]
    for text in lists { XCTAssertEqual(try preview(text).header, [], text) }
  }

  func testDelimitersAreFoundFromTheWholeFile() throws {
    let table: [(text: String, delimiter: String, row: [String])] = [
      ("a,b,c\n1,2,3\n", ",", ["1", "2", "3"]),
      ("a;b;c\n1;2;3\n", ";", ["1", "2", "3"]),
      ("a\tb\tc\n1\t2\t3\n", "tab", ["1", "2", "3"]),
      ("a|b|c\n1|2|3\n", "|", ["1", "2", "3"]),
      // Decimal commas and commas in names do not win over semicolons.
      (
        "Nom;Montant;Surface\nDupont, Marie;1,5;2,5\nRoux, Ali;3,5;4,5\n", ";",
        ["Dupont, Marie", "1,5", "2,5"]
      ),
      ("Nom, prénom;Montant\nDupont, Marie;12\n", ";", ["Dupont, Marie", "12"]),
      // A damaged row does not change the reading of the others.
      ("a;b;c;d\n1;2;3;4\n5;6\n7;8;9;10\n1;2;3;4\n", ";", ["1", "2", "3", "4"]),
      ("a,b\n\"x;y\",2\n\"z;t\",3\n", ",", ["x;y", "2"]),
      ("sep=;\na,b;c,d\n1,2;3,4\n", ";", ["1,2", "3,4"]),
      ("sep=|\r\na|b\r\n1|2\r\n", "|", ["1", "2"]),
      ("une colonne\n1,5\n2,5\n", ";", ["1,5"]),
      ("'a','b'\n'1,5','l''eau'\n", ",", ["1,5", "l'eau"]),
      ("nom;note\nl'eau;'x\n", ";", ["l'eau", "'x"]),
    ]
    for (text, delimiter, row) in table {
      let p = try preview(text)
      XCTAssertEqual(p.dialect.delimiterName, delimiter, text)
      XCTAssertEqual(p.row(0), row, text)
    }
  }

  func testAllLineEndsAndAMissingLastOneGiveTheSameRows() throws {
    let texts = [
      "a;b\n1;2\n3;4\n", "a;b\r\n1;2\r\n3;4\r\n", "a;b\r1;2\r3;4\r", "a;b\n1;2\n3;4",
      "\n\na;b\n\n1;2\n3;4\n\n",
    ]
    for text in texts {
      XCTAssertEqual(
        grid(try preview(text)), [["a", "b"], ["1", "2"], ["3", "4"]], text.debugDescription)
    }
  }

  func testLineNumbersCountLinesWithinCells() throws {
    let p = try preview("a;b\r\n\"x\r\ny\";2\r\n\r\n3;4\r\n")
    XCTAssertEqual((0..<p.rowCount).map(p.line), [2, 5])
    XCTAssertEqual(p.row(0), ["x\r\ny", "2"])
  }

  func testStrayQuotesAreKeptWhenTheCellClosesOnItsLine() throws {
    let table: [(String, String)] = [
      ("\"Atelier \"mémoire\" du soir\"", "Atelier \"mémoire\" du soir"),
      ("\"Atelier \"mémoire\"\"", "Atelier \"mémoire\""),
      ("\"x\" ", "x"), ("12\" de long", "12\" de long"), ("\"\"\"x\"\"\"", "\"x\""),
    ]
    for (cell, value) in table {
      let p = try preview("a;b\n\(cell);2\n3;4\n")
      XCTAssertEqual(p.row(0), [value, "2"], cell)
      XCTAssertEqual(p.row(1), ["3", "4"], cell)
    }
  }

  func testAnUnclosedQuoteCostsItsOwnLineOnly() throws {
    for rest in ["3;4\n5;6\n", "\"3\";4\n5;6\n", "3;\"4\"\n5;6\n", "3;4\n5;\"6\"\n"] {
      let p = try preview("a;b\n\"Noël;2\n" + rest)
      XCTAssertEqual(p.brokenLines, [2], rest)
      XCTAssertEqual((1..<p.rowCount).map(p.row), [["3", "4"], ["5", "6"]], rest)
    }
    let closedByChance = try preview("a;b\n\"Noël;2\n3;4\n5;6\"\n7;8\n")
    XCTAssertEqual(closedByChance.brokenLines, [2])
    XCTAssertEqual(closedByChance.rowCount, 4)
  }

  func testEncodingsAreFoundFromTheBytes() throws {
    let text = "Prénom;Œuvre;Prix\nZoé;Noël à l’été;12 €\n"
    func utf16(bigEndian: Bool, mark: Bool) -> [UInt8] {
      ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
        let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        return bigEndian ? pair : pair.reversed()
      }
    }
    let windows = try XCTUnwrap(text.data(using: .windowsCP1252))
    let table: [(String, [UInt8], TextEncoding)] = [
      ("utf-8", Array(text.utf8), .utf8),
      ("utf-8 with mark", [0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8),
      ("windows-1252", Array(windows), .windows1252),
      ("utf-16le with mark", utf16(bigEndian: false, mark: true), .utf16LittleEndian),
      ("utf-16be with mark", utf16(bigEndian: true, mark: true), .utf16BigEndian),
      ("utf-16le", utf16(bigEndian: false, mark: false), .utf16LittleEndian),
      ("utf-16be", utf16(bigEndian: true, mark: false), .utf16BigEndian),
      ("decomposed", Array(text.decomposedStringWithCanonicalMapping.utf8), .utf8),
    ]
    func scalars(_ grid: [[String]]) -> [[[Unicode.Scalar]]] {
      grid.map { $0.map { Array($0.unicodeScalars) } }
    }
    let expected = [["Prénom", "Œuvre", "Prix"], ["Zoé", "Noël à l’été", "12 €"]]
    for (name, bytes, encoding) in table {
      let p = try Preview(name: name, bytes: bytes)
      XCTAssertEqual(p.encoding, encoding, name)
      XCTAssertEqual(scalars(grid(p)), scalars(expected), name)
    }
  }

  func testARowPastedInAnotherEncodingDoesNotGarbleTheOthers() throws {
    var bytes = Array("Prénom;Ville\nZoé;Orléans\nChloé;Évry\nLéa;Sète\n".utf8)
    bytes += [0x4E, 0x6F, 0xEB, 0x6C, 0x3B, 0x4C, 0x79, 0x6F, 0x6E, 0x0A]  // Noël in cp1252
    let p = try Preview(name: "x", bytes: bytes)
    XCTAssertEqual(p.row(0), ["Zoé", "Orléans"])
    XCTAssertEqual(p.row(3), ["Noël", "Lyon"])
  }

  /// Property: a table written in any dialect reads back equal, dialect found out.
  func testACellOfMillionsOfBytesIsNoCell() throws {
    let text = "a;b\n1;" + String(repeating: "x", count: 2_000_000) + "\n"
    XCTAssertThrowsError(try Preview(name: "f.csv", bytes: Array(text.utf8))) {
      XCTAssertEqual(($0 as? Failure)?.diagnostics.first?.code, "cell.too-long")
      XCTAssertEqual(($0 as? Failure)?.diagnostics.first?.location?.line, 2)
    }
  }

  func testRandomTablesReadBackEqualInRandomDialects() throws {
    var random = SeededGenerator(seed: 2024)
    let words = [
      "", "x", "Zoé", "a b", "l'eau", "12,5", "1;2", "a\"b", "\"", "deux\nlignes",
      "deux\r\nlignes", " bord ", "été", "=1+1", "a\tb", "p|q", "\"\"", "”«»",
    ]
    let signs: [Character] = [";", ",", "\t", "|"]
    func pick<T>(_ list: [T]) -> T { list[Int.random(in: 0..<list.count, using: &random)] }
    for round in 0..<400 {
      let delimiter = pick(signs)
      let end = pick(["\n", "\r\n", "\r"])
      let width = Int.random(in: 2...6, using: &random)
      var table = [(0..<width).map { "colonne\($0)" }]
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        table.append((0..<width).map { _ in pick(words) })
      }
      let quotesAll = Bool.random(using: &random)
      // A line of delimiters alone below the headings is no row.
      if !quotesAll, table[1].allSatisfy(\.isEmpty) { table[1][0] = "a" }
      func written(_ cell: String) -> String {
        let special = cell.contains { $0 == "\"" || $0.isNewline || signs.contains($0) }
        guard special || quotesAll || cell.hasPrefix(" ") else { return cell }
        return "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\""
      }
      var text = table.map { $0.map(written).joined(separator: String(delimiter)) }
        .joined(separator: end)
      if Bool.random(using: &random) { text += end }
      let mark: [UInt8] = Bool.random(using: &random) ? [0xEF, 0xBB, 0xBF] : []
      let p = try Preview(name: "round \(round)", bytes: mark + Array(text.utf8))
      XCTAssertEqual(grid(p), table, "round \(round): \(text.debugDescription)")
      XCTAssertEqual(p.brokenLines, [])
      // And what it writes reads back the same.
      XCTAssertEqual(grid(try preview(p.csv())), table)
    }
  }
}
