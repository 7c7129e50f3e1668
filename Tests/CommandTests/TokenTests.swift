import Foundation
import TestSupport
import XCTest

/// Nothing that identifies somebody leaves a project but in the files kept for that: invented names,
/// flats, telephones, e-mails, birth dates and free texts are planted in every sheet, and looked for
/// in every output, in any disguise, by the program beside (`Pages/tokens.py`).
final class TokenTests: XCTestCase {
  private let script = Places.root + "/Tests/CommandTests/Pages/tokens.py"

  private func python(_ arguments: String..., in folder: String) throws -> Program.Run {
    guard let python = ProcessInfo.processInfo.environment["LIEN_TEST_PYTHON"] else {
      throw XCTSkip("LIEN_TEST_PYTHON names no Python; scripts/test sets it")
    }
    return try Program.run([script] + arguments, in: folder, executable: python)
  }

  func testNoTokenOfAnySheetLeavesTheProject() throws {
    let project = try TestProject()
    let place = project.workdir.path
    let tables = try project.lien("tables", "--format", "csv")
    assertStatus(tables, 0)
    try project.sheet("tables.csv", tables.output)
    assertStatus(
      try python(
        "plant", "tables.csv", Places.root + "/indicators/model", "feuilles", in: place), 0)
    let tokens = place + "/feuilles/tokens.json"
    // The search finds what it is given to find.
    assertStatus(try python("prove", tokens, "preuve", in: place), 0)

    // What the program says on the way, without cells, is an output too.
    let out = place + "/sorties"
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    var runs = 0
    func keep(_ run: Program.Run) throws {
      runs += 1
      try (run.output + "\n" + run.errors).write(
        toFile: out + "/\(runs).txt", atomically: true, encoding: .utf8)
    }
    let sheets = try FileManager.default.contentsOfDirectory(atPath: place + "/feuilles")
      .filter { $0.hasSuffix(".csv") }.sorted()
    XCTAssertGreaterThan(sheets.count, 25)
    let order = ["residence", "household", "dwelling", "resident", "partner", "space", "activity"]
    let first = order.map { $0 + ".csv" }
    for sheet in first + sheets.filter({ !first.contains($0) }) {
      let table = String(sheet.dropLast(4))
      let run = try project.lien(
        "import", "feuilles/" + sheet, "--table", table, "--json", "--quiet")
      XCTAssertTrue([0, 3].contains(run.status), sheet + run.errors + run.output)
      try keep(run)
    }
    assertStatus(
      try python("pseudonyms", project.path + "/private/identites.sqlite", tokens, in: place), 0)

    for audience in ["partner", "public"] {
      // On paper too, where there is a browser.
      let browser = ProcessInfo.processInfo.environment["LIEN_TEST_CHROMIUM"]
      let report = try Program.run(
        ["report", "dashboard", "--audience", audience, "--out", "\(out)/\(audience)"]
          + (browser == nil ? [] : ["--pdf"]), in: place,
        environment: [
          "LIEN_PROJECT": project.path, "LIEN_HOME": Places.root, "LIEN_BROWSER": browser ?? "",
        ])
      assertStatus(report, 0)
      try keep(report)
      for format in ["csv", "json", "excel-fr", "table"] {
        let run = try project.lien(
          "compute", "participants", "presences", "taux-participation", "reguliers",
          "bien-etre-oms",
          "paires", "--period", "2024", "--audience", audience, "--by", "year", "--format", format)
        assertStatus(run, 0)
        try keep(run)
      }
      // A refusal tells nothing either.
      try keep(
        try project.lien("compute", "participants", "--audience", audience, "--rows", "--json"))
    }
    for arguments in [
      ["compare", "2023", "2024", "participants"], ["verify"], ["imports"],
      ["indicators", "explain", "participants"], ["sql", "participants"],
    ] {
      try keep(
        try Program.run(
          arguments, in: place,
          environment: ["LIEN_PROJECT": project.path, "LIEN_HOME": Places.root]))
    }
    let figures = try String(contentsOfFile: out + "/public/data/dashboard.csv", encoding: .utf8)
    XCTAssertTrue(
      figures.contains("participants,1,2024,_total,_na,_na"), "the people planted are counted")
    // Tables under pseudonyms, for those inside: no name, flat, date or text in them either.
    assertStatus(try project.lien("export", place + "/tables"), 0)
    let named = try JSONDecoder().decode(
      [String: [String]].self, from: Data(contentsOf: URL(fileURLWithPath: tokens)))
    XCTAssertGreaterThan(named["pseudonym"]?.count ?? 0, 100)
    try JSONEncoder().encode(named.filter { $0.key != "pseudonym" })
      .write(to: URL(fileURLWithPath: place + "/noms.json"))
    assertStatus(try python("search", "noms.json", place + "/tables", in: place), 0)

    // One leak is put there, and in all that was given it is the one thing found.
    let name = try XCTUnwrap(named["word"]?.first)
    let leak = out + "/public/leak.html"
    try "<p>\(Data(name.utf8).base64EncodedString())</p>".write(
      toFile: leak, atomically: true, encoding: .utf8)
    let search = try python("search", tokens, out, in: place)
    assertStatus(search, 1)
    struct Finding: Decodable {
      var file: String
      var token: String
    }
    let found = try search.output.split(separator: "\n").map {
      try JSONDecoder().decode(Finding.self, from: Data($0.utf8))
    }
    XCTAssertEqual(found.filter { $0.file != leak }.map { "\($0.token) in \($0.file)" }, [])
    XCTAssertEqual(found.map(\.token), [name])
  }
}
