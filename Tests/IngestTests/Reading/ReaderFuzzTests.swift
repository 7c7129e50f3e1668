import Columns
import Diagnostics
import FieldSheets
import Foundation
import Ingest
import TestSupport
import XCTest

/// Files spoiled at random: any answer will do, but an answer, soon and in little memory; and
/// nothing that a receipt counts is lost.
final class ReaderFuzzTests: IngestCase {
  /// Sheets from the field as text, spoiled tables, and the same in other encodings.
  private func texts() -> [[UInt8]] {
    var polluter = Polluter(seed: 9)
    var texts = Polluter.Pollution.allCases.map { polluter.next($0).text }
    var out: [[UInt8]] = []
    for group in FieldSheets.numbers {
      let sheet = FieldSheets.sheet(group: group, seed: 1)
      if let bytes = sheet.bytes { out.append(bytes) }
      texts += sheet.grids.prefix(1).map(csv)
    }
    texts.append(
      "session,resident,role\n" + (0..<300).map { "S\($0 / 5),P\($0),lead\n" }.joined())
    for (i, text) in texts.enumerated() {
      out.append(Array(text.utf8))
      let encodings: [String.Encoding] = [
        .windowsCP1252, .macOSRoman, .utf16, .utf16LittleEndian, .shiftJIS, .windowsCP1251,
      ]
      guard let data = text.data(using: encodings[i % encodings.count]) else { continue }
      out.append(Array(data))
    }
    return out
  }

  private func csv(_ grid: FieldGrid) -> String {
    grid.rows.map { row in
      row.map { cell in
        let text = cell.text.replacingOccurrences(of: "\"", with: "\"\"")
        return text == cell.text && !text.contains(";") && !text.contains("\n")
          ? text : "\"\(text)\""
      }.joined(separator: ";")
    }.joined(separator: "\r\n")
  }

  func testSpoiledTextsHaveAPreview() {
    let bases = texts()
    let (made, taken) = FuzzRun("texts", rounds: 100, seed: 12).go { mutator, _ in
      mutator.spoiled(bases[mutator.number(below: bases.count)], with: bases)
    } read: { bytes in
      do {
        let p = try Preview(name: "essai.csv", bytes: bytes)
        for row in 0..<p.rowCount { XCTAssertFalse(p.row(row).isEmpty) }
        XCTAssertFalse(p.flags.isEmpty || p.text(in: .fr).isEmpty)
        return true
      } catch {
        XCTAssertEqual((error as? Failure)?.status, .input)
        return false
      }
    }
    XCTAssertGreaterThan(taken, made / 3)
  }

  /// The same through an import, where sheets laid out by hand are understood too.
  func testSpoiledTextsAreImportedOrRefused() throws {
    let bases = texts()
    let intake = Intake(
      model: try Self.model.get(), options: IntakeOptions(residence: "tilleuls"))
    let (made, taken) = FuzzRun("imports", rounds: 60, seed: 13).go { mutator, _ in
      mutator.spoiled(bases[mutator.number(below: bases.count)], with: bases)
    } read: { bytes in
      guard let reading = try? intake.read(name: "essai.csv", bytes: bytes) else { return false }
      XCTAssertFalse(reading.receipt.text(in: .fr).isEmpty)
      return true
    }
    XCTAssertGreaterThan(taken, made / 20)
  }

  /// Text sheets and their readings in windows agree however they were spoiled.
  func testSpoiledTextsReadInWindowsAreTheSame() throws {
    let bases = texts()
    let intake = Intake(
      model: try Self.model.get(), options: IntakeOptions(residence: "tilleuls"))
    FuzzRun("windows", rounds: 30, seed: 14).go { mutator, _ in
      var bytes = bases[bases.count - 2]
      // Small slips only: what is much spoiled is the careful reader's anyway.
      for _ in 0...mutator.number(below: 2) where mutator.number(below: 3) > 0 {
        let signs: [UInt8] = Array("'\",;\r\n \\x".utf8)
        let at = mutator.number(below: bytes.count)
        bytes[at] = signs[mutator.number(below: signs.count)]
      }
      return bytes
    } read: { bytes in
      guard
        let quick = intake.readClean(
          name: "essai.csv", bytes: bytes, windowSize: 512, threads: 2)
      else { return false }
      let careful = try? intake.read(name: "essai.csv", bytes: bytes)
      XCTAssertEqual(quick.receipt.text(in: .fr), careful?.receipt.text(in: .fr))
      XCTAssertEqual(quick.batches.map(\.rowCount), careful?.batches.map(\.rowCount))
      return true
    }
  }
}
