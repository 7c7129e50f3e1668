import Foundation
import TestSupport
import XCTest

/// `lien sql`, as an analyst uses it; that engines give what lien gives is `scripts/prove`.
final class SQLTests: XCTestCase {
  func testQueriesNeedAnIndicatorAndOutsideAProjectAPeriod() throws {
    let workdir = try Workdir()
    func lien(_ arguments: String...) throws -> Program.Run {
      try Program.run(arguments, in: workdir.path, environment: ["LIEN_HOME": Places.root])
    }
    assertStatus(try lien("sql"), 2)
    assertStatus(try lien("sql", "PAR-03", "--all"), 2)
    assertContains(try lien("sql", "PAR-03").errors, "--period 2024")
    let query = try lien("sql", "PAR-03", "--period", "2024", "--by", "sex")
    assertStatus(query, 0)
    assertContains(query.output, "-- PAR-03")
    assertContains(query.output, "WITH ")
  }

  /// What SQL cannot say is told, never emitted as something else.
  func testANetworkMeasureHasNoQueryAndSaysSo() throws {
    let workdir = try Workdir()
    func lien(_ arguments: String...) throws -> Program.Run {
      try Program.run(arguments, in: workdir.path, environment: ["LIEN_HOME": Places.root])
    }
    let one = try lien("sql", "BRI-02", "--period", "2024")
    assertStatus(one, 2)
    XCTAssertEqual(one.output, "")
    assertContains(one.errors, "assortativite-ages")
    assertContains(one.errors, "lien compute assortativite-ages")
    // A code with both: the one without is told by name.
    let pairs = try lien("sql", "ei-ages", "--period", "2024")
    assertStatus(pairs, 0)
    assertContains(pairs.output, "min_meetings: 2, max_size: 15")
    XCTAssertFalse(pairs.output.contains("$"), "parameters are written out")
    assertStatus(try lien("sql", "BRI-01", "--period", "2024"), 2)
    let all = try lien("sql", "--all", "--period", "2024")
    assertStatus(all, 0)
    assertContains(all.errors, "plus-grande-composante")
    assertContains(all.output, "-- BRI-01")
    XCTAssertFalse(all.output.contains("-- BRI-02"))
    let list = try lien("indicators", "--json")
    struct Listed: Decodable {
      var id: String
      var sql: Bool
    }
    let listed = try JSONDecoder().decode([Listed].self, from: Data(list.output.utf8))
    let without = Set(listed.filter { !$0.sql }.map(\.id))
    XCTAssertTrue(without.contains("plus-grande-composante"))
    XCTAssertTrue(without.contains("homophilie-60"))
    XCTAssertFalse(without.contains("densite"))
    assertContains(
      try lien("indicators", "explain", "homophilie-60").output, "sans requête : mesure de réseau")
  }
}

/// `lien sql --all --out`: a folder that one command runs, on the tables that an export loads.
final class SQLFolderTests: XCTestCase {
  func testTheFolderRunsAndItsResultsMakeAReport() throws {
    let project = try NastyProject.make()
    let place = project.workdir.path
    assertStatus(try project.lien("export", "parts", "--partitioned"), 0)
    let written = try project.lien("sql", "--all", "--period", "2023", "--out", "sql")
    assertStatus(written, 0)
    XCTAssertEqual(written.output, "sql/run.sh\nsql/sans-requete.csv\n")
    let left = try String(contentsOfFile: place + "/sql/sans-requete.csv", encoding: .utf8)
    assertHasLine(left, "indicator,catalogue,reason,instead,by_residence")
    XCTAssertTrue(
      left.contains(
        "\"lien compute assortativite-ages --format results\",\"yes\""), left)
    XCTAssertTrue(left.contains("il lit des données d’usage interne"), left)
    let queries = try FileManager.default.contentsOfDirectory(atPath: place + "/sql/requetes")
    XCTAssertGreaterThan(queries.count, 200)
    XCTAssertTrue(queries.contains("participants.sql"))

    // An earlier folder is replaced when told so, and an indicator that is no more goes.
    try "".write(toFile: place + "/sql/requetes/ancien.sql", atomically: true, encoding: .utf8)
    assertStatus(try project.lien("sql", "--all", "--period", "2023", "--out", "sql"), 2)
    assertStatus(
      try project.lien("sql", "--all", "--period", "2023", "--out", "sql", "--force"), 0)
    XCTAssertFalse(FileManager.default.fileExists(atPath: place + "/sql/requetes/ancien.sql"))

    // Few of them: all run on every engine in the proof.
    for name in queries where !name.hasPrefix("p") {
      try FileManager.default.removeItem(atPath: place + "/sql/requetes/" + name)
    }
    let run = try Program.run(
      [
        "-c",
        "cd parts && sqlite3 ../base.sqlite < load-sqlite.sql && cd .. && sh sql/run.sh base.sqlite",
      ], in: place, executable: "/bin/sh")
    assertStatus(run, 0)
    let results = try String(contentsOfFile: place + "/resultats.csv", encoding: .utf8)
      .replacingOccurrences(of: "\r\n", with: "\n")
    let header = try XCTUnwrap(results.split(separator: "\n").first)
    XCTAssertTrue(header.hasPrefix("indicator,version,period,residence,"), String(header))
    XCTAssertTrue(header.hasSuffix(",largest,smallest,all,apart,reason"), String(header))
    XCTAssertTrue(results.contains("\nparticipants,"), "the whole is there")
    let report = try project.lien(
      "report", "dashboard", "--period", "2023", "--from", "resultats.csv", "--out", "pages")
    assertStatus(report, 0)
    assertContains(report.errors, "absents de ces résultats, donc sans valeur")
    let own = try project.lien("compute", "participants", "--period", "2023", "--format", "csv")
    let data = try String(contentsOfFile: place + "/pages/data/dashboard.csv", encoding: .utf8)
    func values(_ csv: String) -> [Substring] {
      csv.split(separator: "\n").filter { $0.hasPrefix("participants,1,2023,") }
    }
    let total = try XCTUnwrap(values(own.output).first).split(separator: ",")[4]
    XCTAssertTrue(
      values(data).contains {
        $0.split(separator: ",", omittingEmptySubsequences: false).contains(total)
      }, "\(total)")

    // A broken base stops the run, and leaves no half of a file.
    try FileManager.default.removeItem(atPath: place + "/resultats.csv")
    let broken = try Program.run(
      ["-c", "sh sql/run.sh autre.sqlite"], in: place, executable: "/bin/sh")
    XCTAssertNotEqual(broken.status, 0)
    XCTAssertFalse(FileManager.default.fileExists(atPath: place + "/resultats.csv"))
    XCTAssertFalse(FileManager.default.fileExists(atPath: place + "/resultats.csv.part"))
  }

  private func assertHasLine(_ text: String, _ line: String) {
    XCTAssertTrue(text.split(separator: "\n").contains(Substring(line)), text)
  }
}
