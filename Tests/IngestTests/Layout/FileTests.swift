import Columns
import Diagnostics
import FieldSheets
import Foundation
import Ingest
import TestSupport
import XCTest

/// The files around sheets: encodings, delimiters, what only a file's name says, corrected versions.
final class FileTests: FieldSheetCase {
  /// Encodings that are told apart by the statistics of letters, and pages: other readers' work.
  private let others: Set<String> = ["48-4", "48-5", "51-1", "49-4"]

  func testFilesSayWhatTheirSheetsSay() throws {
    for group in [48, 49, 50, 51, 52] {
      for seed in 0..<6 {
        let sheet = FieldSheets.sheet(group: group, seed: seed)
        let variants = [48: 6, 49: 5, 51: 3][group] ?? seed + 1
        if others.contains("\(group)-\(seed % variants)") { continue }
        let label = "group \(group), seed \(seed)\n\(sheet.text)"
        let options = IntakeOptions(residence: "tilleuls")
        let intake = Intake(model: try Self.model.get(), options: options)
        do {
          let reading: Reading
          if let bytes = sheet.bytes {
            reading = try intake.read(name: "/dossier/" + sheet.fileName, bytes: bytes)
          } else {
            let laidOut = try intake.readLaidOut(
              name: sheet.fileName, size: 9, format: "xlsx", grids: grids(sheet))
            guard let laidOut else {
              XCTFail("taken for a list: \(label)")
              continue
            }
            reading = laidOut
          }
          XCTAssertNil(sheet.failure, label)
          XCTAssertEqual(presences(reading), expected(sheet), label)
        } catch let failure {
          XCTAssertEqual(failure.diagnostics.map(\.code), [sheet.failure ?? "–"], label)
        }
      }
    }
  }

  func testTheSameSheetAndACorrectedOne() throws {
    for seed in 0..<4 {
      let first = FieldSheets.sheet(group: 53, seed: seed)
      let second = FieldSheets.corrected(seed: seed)
      let intake = Intake(
        model: try Self.model.get(), options: IntakeOptions(residence: "tilleuls"))
      let before = try XCTUnwrap(
        intake.readLaidOut(name: "a.xlsx", size: 9, format: "xlsx", grids: grids(first)))
      let after = try XCTUnwrap(
        intake.readLaidOut(name: "b.xlsx", size: 9, format: "xlsx", grids: grids(second)))
      XCTAssertEqual(presences(before), expected(first))
      XCTAssertEqual(presences(after), expected(second))
      XCTAssertNotEqual(presences(before), presences(after))
      // The sessions are the same ones: what the store replaces by.
      let sessions = { Set(self.values($0, "activity", "session").compactMap { $0 }) }
      XCTAssertEqual(sessions(before), sessions(after))
    }
  }

  private func presences(_ reading: Reading) -> Set<String> {
    Set(
      rows(reading, "attendance", ["session", "resident", "headcount", "status"]).map { row in
        let parts = (row[0] ?? "").split(separator: "|", omittingEmptySubsequences: false)
        let title = parts.count > 2 ? parts[parts.count - 1] : ""
        return "\(parts[1]) \(title) \(row[1] ?? row[2] ?? "") \(row[3] ?? "")"
      })
  }

  private func expected(_ sheet: FieldSheet) -> Set<String> {
    Set(
      sheet.rows.map { row in
        let who = row.person ?? row.headcount.map(String.init) ?? ""
        let status = row.status == "late" ? "present" : row.status
        return "\(row.date) \(Fold.key(row.title)) \(who) \(status)"
      })
  }
}
