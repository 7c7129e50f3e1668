import Columns
import Diagnostics
import Model
import Persistence
import TestSupport
import XCTest

final class MirrorTests: XCTestCase {
  func testTheMirrorIsNamedAndTypedAsTheModel() throws {
    let p = try Project()
    try p.landed([
      ("resident", [["resident": "A", "birth_year": "1950", "surname": "Secret", "sex": "f"]]),
      (
        "activity",
        [
          [
            "session": "S", "residence": "R", "date": "2024-02-29", "start": "870",
            "cost": "12.5", "title": "É",
          ]
        ]
      ),
      ("attendance", [["session": "S", "resident": "A"]]),
      ("residence", [["residence": "R", "fictional": "1"]]),
    ])
    let mirror = try SQLMirror(store: p.store)
    XCTAssertEqual(
      try mirror.query("SELECT date, start, cost, title, theme, typeof(cost) FROM activity"),
      [[.text("2024-02-29"), .integer(870), .real(12.5), .text("É"), .null, .text("real")]])
    XCTAssertEqual(
      try mirror.query(
        """
        SELECT r.birth_year, r.surname, r.sex, a."group" FROM attendance a
        JOIN resident r ON r.resident = a.resident
        """), [[.integer(1950), .null, .text("f"), .null]])
    XCTAssertEqual(
      try mirror.query("SELECT fictional FROM residence"), [[.integer(1)]])
    XCTAssertEqual(try mirror.query("SELECT count(*) FROM response"), [[.integer(0)]])
    XCTAssertEqual(
      try mirror.query(
        "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'resident'"),
      [[.integer(1)]])
    assertFailure("store.sqlite") { try mirror.query("SELECT nothing FROM resident") }
  }

  func testAMirrorOfTablesInMemory() throws {
    struct Memory: TableSource {
      func table(_ name: String, columns: [String]) throws -> Table {
        name == "residence"
          ? Table(
            name: name, rowCount: 2,
            columns: [
              "residence": .text(codes: [0, -1], Lexicon(["R"])), "room_area": .decimal([.nan, 2]),
            ])
          : Table(name: name, rowCount: 0, columns: [:])
      }
    }
    let mirror = try SQLMirror(source: Memory(), model: try realModel(), tables: ["residence"])
    XCTAssertEqual(
      try mirror.query("SELECT residence, room_area, name FROM residence"),
      [[.text("R"), .null, .null], [.null, .real(2), .null]])
  }
}
