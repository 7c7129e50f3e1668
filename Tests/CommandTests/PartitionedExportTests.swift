import Foundation
import TestSupport
import XCTest

/// `lien export --partitioned`: every row once, by residence and year, under safe names.
final class PartitionedExportTests: XCTestCase {
  func testEveryRowStandsOnceInThePartOfItsResidenceAndYear() throws {
    let project = try NastyProject.make()
    assertStatus(try project.lien("export", "plain"), 0)
    let run = try project.lien("export", "parts", "--partitioned")
    assertStatus(run, 0)
    assertContains(run.output, "parts/attendance\n")
    assertContains(run.errors, "alert, ")
    let parts = try Parts(project.workdir.path + "/parts")
    for table in parts.schema.tables {
      let plain = try CSV(project.workdir.path + "/plain/\(table.name).csv")
      XCTAssertEqual(table.columns.map(\.name), plain.header, table.name)
      XCTAssertEqual(table.rows, plain.rows.count, table.name)
      let files = try parts.files(of: table.name)
      XCTAssertEqual(files.count, table.parts, table.name)
      for file in files { XCTAssertEqual(file.csv.header, plain.header, file.path) }
      // As often as there, in whatever order.
      XCTAssertEqual(
        files.flatMap(\.csv.rows).sorted { $0.lexicographicallyPrecedes($1) },
        plain.rows.sorted { $0.lexicographicallyPrecedes($1) }, table.name)
    }

    // A residence and a date of its own.
    var seen = 0
    for file in try parts.files(of: "annotation") {
      for row in file.csv.rows {
        XCTAssertEqual(file.year, String(row[1].prefix(4)))
        XCTAssertEqual(file.residence, NastyProject.folder[row[0]], row[0])
        seen += 1
      }
    }
    XCTAssertEqual(seen, 2 * (NastyProject.folder.count))
    // Through the session; a session that is not known has neither.
    let residences = Dictionary(
      uniqueKeysWithValues: try CSV(project.workdir.path + "/plain/activity.csv").rows
        .map { ($0[0], $0[1]) })
    let attendance = try parts.files(of: "attendance")
    XCTAssertEqual(attendance.count, NastyProject.folder.count)
    for file in attendance {
      for row in file.csv.rows {
        let residence = residences[row[0]]
        XCTAssertEqual(file.year, residence == nil ? Parts.unknown : "2023")
        XCTAssertEqual(
          file.residence, residence.flatMap { NastyProject.folder[$0] } ?? Parts.unknown)
      }
    }
    // Without a date, by residence alone; without either, one file.
    let whole = try parts.files(of: "residence")
    XCTAssertEqual(whole.compactMap(\.year), [])
    XCTAssertEqual(whole.count, NastyProject.folder.count - 1)
    XCTAssertEqual(try parts.files(of: "proxy").map(\.path), ["proxy/part.csv"])
  }

  func testEmptyTablesAreThereWithTheirColumns() throws {
    let project = try NastyProject.make()
    assertStatus(try project.lien("export", "parts", "--partitioned"), 0)
    let parts = try Parts(project.workdir.path + "/parts")
    let empty = parts.schema.tables.filter { $0.rows == 0 }
    XCTAssertGreaterThan(empty.count, 20)
    for table in empty {
      let files = try parts.files(of: table.name)
      XCTAssertEqual(files.map(\.csv.header), [table.columns.map(\.name)], table.name)
      XCTAssertEqual(files.map(\.csv.rows.count), [0], table.name)
    }
    let verify = try project.lien("verify").output
    XCTAssertEqual(parts.schema.fingerprint, verify.trimmingCharacters(in: .newlines))
    let types = try XCTUnwrap(parts.schema.tables.first { $0.name == "quantity" }).columns
      .map { "\($0.name) \($0.type)" }
    for column in ["date date", "value decimal", "base_year integer", "climate_corrected integer"] {
      XCTAssertTrue(types.contains(column), column)
    }
  }

  func testNoNameLeavesAndOnlyTheOwnerReads() throws {
    let project = try NastyProject.make()
    assertStatus(try project.lien("export", "parts", "--partitioned"), 0)
    assertStatus(try project.lien("export", "all", "--partitioned", "--restricted"), 0)
    for folder in ["parts", "all"] {
      let root = project.workdir.path + "/" + folder
      let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
      XCTAssertGreaterThan(paths.count, 100)
      for path in paths {
        let attributes = try FileManager.default.attributesOfItem(atPath: root + "/" + path)
        if attributes[.type] as? FileAttributeType == .typeDirectory { continue }
        let text = try String(contentsOfFile: root + "/" + path, encoding: .utf8)
        for name in ["Adèle", "Martin", "Bruno"] {
          XCTAssertFalse((path + text).contains(name), "\(name) in \(path)")
        }
        XCTAssertEqual(try mode(root + "/" + path), 0o600, path)
      }
      XCTAssertEqual(try mode(root), 0o700)
    }
    func tables(_ folder: String) throws -> [String: [String]] {
      let all = try Parts(project.workdir.path + "/" + folder).schema.tables
      return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.columns.map(\.name)) })
    }
    let (plain, all) = (try tables("parts"), try tables("all"))
    XCTAssertEqual(
      Set(all.keys).subtracting(plain.keys), ["alert", "situation_change"])
    XCTAssertFalse(plain["resident"]?.contains("priority") ?? true)
    XCTAssertTrue(all["resident"]?.contains("priority") ?? false)
    for file in ["load-sqlite.sql", "load-spark.py", "schema.json"] {
      let text = try String(
        contentsOfFile: project.workdir.path + "/parts/" + file, encoding: .utf8)
      XCTAssertFalse(text.contains("situation_change"), file)
    }
  }

  func testOnlyAnEarlierExportIsReplacedAndWholly() throws {
    let project = try NastyProject.make()
    let root = project.workdir.path
    assertStatus(try project.lien("export", "parts", "--partitioned"), 0)
    let first = try FileManager.default.subpathsOfDirectory(atPath: root + "/parts")
    assertStatus(try project.lien("export", "parts", "--partitioned"), 2)
    // The sessions go: their parts must not stay.
    assertStatus(try project.lien("imports", "undo", "3"), 0)
    assertStatus(try project.lien("export", "parts", "--partitioned", "--force"), 0)
    let second = try FileManager.default.subpathsOfDirectory(atPath: root + "/parts")
    XCTAssertTrue(first.contains { $0.hasPrefix("attendance/") && $0.contains("=2023/") })
    XCTAssertFalse(second.contains { $0.hasPrefix("attendance/") && $0.contains("=2023/") })

    try "à moi".write(toFile: root + "/parts/notes.txt", atomically: true, encoding: .utf8)
    let refused = try project.lien("export", "parts", "--partitioned", "--force")
    assertStatus(refused, 2)
    assertContains(refused.errors, "notes.txt")
    XCTAssertEqual(
      try String(contentsOfFile: root + "/parts/notes.txt", encoding: .utf8), "à moi")
    // Neither a plain export nor a file gives way.
    assertStatus(try project.lien("export", "plain"), 0)
    assertStatus(try project.lien("export", "plain", "--partitioned", "--force"), 2)
    assertStatus(try project.lien("export", "residences.csv", "--partitioned", "--force"), 2)
    try assertNothingIsLeft(in: root)
  }

  /// A store that cannot be read to its end: some tables were written when it is found out.
  func testAFailureLeavesNothing() throws {
    let project = try NastyProject.make()
    let damage = """
      import sqlite3, sys
      c = sqlite3.connect(sys.argv[1])
      c.execute("update chunk set data = x'00' where table_name = 'residence'")
      c.commit()
      """
    let python = try Python.path()
    let run = try Program.run(
      ["-c", damage, project.path + "/lien.sqlite"], in: project.workdir.path, executable: python)
    assertStatus(run, 0)
    let failed = try project.lien("export", "parts", "--partitioned")
    assertStatus(failed, 1)
    assertContains(failed.errors, "residence.residence")
    XCTAssertFalse(FileManager.default.fileExists(atPath: project.workdir.path + "/parts"))
    try assertNothingIsLeft(in: project.workdir.path)
  }

  private func assertNothingIsLeft(in folder: String) throws {
    let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasPrefix(".") }
    XCTAssertEqual(left, [])
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }
}

/// The Python that tests run.
enum Python {
  /// Its path.
  static func path() throws -> String {
    guard let path = ProcessInfo.processInfo.environment["LIEN_TEST_PYTHON"] else {
      throw XCTSkip("LIEN_TEST_PYTHON names no Python; scripts/test sets it")
    }
    return path
  }
}
