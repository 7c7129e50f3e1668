import Columns
import Persistence
import XCTest

/// A cell that a sheet does not speak of says nothing: neither that the value is another, nor that
/// there is none.
final class UnsaidTests: XCTestCase {
  private let rich: [Row] = [
    [
      "session": "S1", "resident": "A", "status": "present", "role": "lead", "minutes": "45",
      "note": "a ouvert la salle",
    ],
    ["session": "S1", "resident": "B", "status": "present", "role": "participant"],
  ]

  /// A grid's rows: `said` are those whose role, minutes and note the grid tells.
  private func grid(_ p: Project, _ rows: [Row], said: Set<Int> = []) throws -> TableBatch {
    let columns = ["session", "resident", "status", "role", "minutes", "note"]
    var out = try batch(
      "attendance",
      rows.map { ["role": "participant"].merging($0) { $1 } }, columns: columns, model: p.model)
    let flags = rows.indices.map { !said.contains($0) }
    out.unsaid = ["role": flags, "minutes": flags, "note": flags]
    return out
  }

  private func row(_ person: String, _ status: String, _ more: Row = [:]) -> Row {
    ["session": "S1", "resident": person, "status": status].merging(more) { $1 }
  }

  private func known(_ p: Project) throws -> [String] {
    try p.store.rowsWithNames(
      "attendance", columns: ["status", "role", "minutes", "note"]
    ).map { row in
      ["status", "role", "minutes", "note"].compactMap { row[$0] }.joined(separator: " ")
    }.sorted()
  }

  func testARowThatSaysNoMoreIsTheSame() throws {
    let p = try Project()
    try p.landed([("attendance", rich)])
    let same = p.submission([try grid(p, [row("A", "present"), row("B", "present")])])
    XCTAssertTrue(try p.store.plan(same).isNothing)
    guard case .unchanged = try p.store.commit(same, now: "") else { return XCTFail("landed") }
  }

  func testARowThatChangesKeepsWhatItDoesNotSpeakOf() throws {
    let p = try Project()
    try p.landed([("attendance", rich)])
    let before = try known(p)
    let changed = p.submission([
      try grid(
        p, [row("A", "excused"), row("B", "present", ["minutes": "10"]), row("C", "present")],
        said: [1])
    ])
    guard case .landed(let record, let change) = try p.store.commit(changed, now: "") else {
      return XCTFail("unchanged")
    }
    XCTAssertEqual(change.tables.map { [$0.added, $0.changed, $0.identical] }, [[1, 2, 0]])
    XCTAssertEqual(
      try known(p),
      [
        "excused lead 45 a ouvert la salle", "present participant", "present participant 10",
      ])
    _ = try p.store.undo(record.id)
    XCTAssertEqual(try known(p), before)
  }

  func testWhatIsSaidIsTakenEvenWhenItIsNothing() throws {
    let p = try Project()
    try p.landed([("attendance", rich)])
    let emptied = p.submission([
      try grid(p, [row("A", "present"), row("B", "present")], said: [0, 1])
    ])
    _ = try p.store.commit(emptied, now: "")
    XCTAssertEqual(try known(p), ["present participant", "present participant"])
  }
}
