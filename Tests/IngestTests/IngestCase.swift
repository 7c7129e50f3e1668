import Columns
import Diagnostics
import Ingest
import Model
import TestSupport
import XCTest

/// What the tests of intake share: the project's own model, and short ways to read a text.
class IngestCase: XCTestCase {
  static let model: Result<Model, any Error> = Result {
    try Model(folder: Places.root + "/indicators/model")
  }

  func read(
    _ text: String, _ options: IntakeOptions = IntakeOptions(), name: String = "feuille.csv"
  ) throws -> Reading {
    try Intake(model: Self.model.get(), options: options).read(name: name, bytes: Array(text.utf8))
  }

  func mapping(_ id: String) throws -> Mapping {
    try Mapping(named: id, folder: Places.root + "/indicators/mappings")
  }

  /// The failure that a block throws.
  func failure(
    _ body: () throws -> Void, file: StaticString = #filePath, line: UInt = #line
  ) -> Failure? {
    do {
      try body()
      XCTFail("nothing was thrown", file: file, line: line)
    } catch let failure as Failure {
      return failure
    } catch {
      XCTFail("another error: \(error)", file: file, line: line)
    }
    return nil
  }

  /// Rows of a batch as text, columns in the given order; nil for missing.
  func rows(_ reading: Reading, _ table: String, _ columns: [String]) -> [[String?]] {
    guard let batch = reading.batches.first(where: { $0.table == table }) else { return [] }
    return (0..<batch.rowCount).map { row in
      columns.map { batch.columns[$0]?.text(at: row) }
    }
  }

  /// One column of a batch as text.
  func values(_ reading: Reading, _ table: String, _ column: String) -> [String?] {
    rows(reading, table, [column]).map { $0[0] }
  }
}
