import Foundation
import TestSupport
import XCTest

/// `lien export` and `lien sql`, together, as an analyst with DuckDB uses them.
final class SQLTests: XCTestCase {
  func testTheQueriesGiveTheSameValuesOnTheExportedTables() throws {
    guard let python = ProcessInfo.processInfo.environment["LIEN_TEST_PYTHON"] else {
      throw XCTSkip("LIEN_TEST_PYTHON names no Python with duckdb; scripts/test sets it")
    }
    let project = try SampleProject.shared()
    let workdir = try Workdir()
    func lien(_ arguments: String...) throws -> Program.Run {
      let run = try Program.run(
        arguments, in: workdir.path, environment: ["LIEN_PROJECT": project.path])
      assertStatus(run, 0)
      return run
    }
    _ = try lien("export", "donnees", "--partitioned", "--restricted")
    _ = try lien(
      "sql", "--all", "--dialect", "duckdb", "--period", "2024", "--restricted", "--out", "sql")
    let script = """
      import duckdb, glob, json, os
      con = duckdb.connect()
      # A slow query would write its progress among the answers.
      con.execute('set enable_progress_bar = false')
      os.chdir('donnees')
      load = ''.join(l for l in open('load-duckdb.sql') if not l.startswith('.'))
      for statement in con.extract_statements(load):
          con.execute(statement)
      os.chdir('..')
      out = {}
      keys = set()
      for f in glob.glob('sql/requetes/*.sql'):
          for statement in con.extract_statements(open(f).read()):
              answer = con.execute(statement)
              names = [c[0] for c in answer.description]
              place = names.index('value')
              for r in answer.fetchall():
                  key = (f,) + tuple(r[:place])
                  assert key not in keys, key
                  keys.add(key)
                  own = os.path.basename(f)[:-4] == r[0]
                  if own and r[2] == '2024' and all(c in ('_na', '_total') for c in r[4:place]):
                      out.setdefault(r[0], []).append([r[3] or '', r[place]])
      print(json.dumps(out))
      """
    let answers = try Program.run(["-c", script], in: workdir.path, executable: python)
    assertStatus(answers, 0)
    let found = try XCTUnwrap(
      JSONSerialization.jsonObject(with: Data(answers.output.utf8)) as? [String: [[Any]]])

    struct Row: Decodable {
      var indicator: String
      var residence: String
      var value: Double?
      var status: String
    }
    let all = found.keys.sorted()
    XCTAssertGreaterThan(all.count, 16)
    let run = try Program.run(
      ["compute"] + all + ["--period", "2024", "--json"], in: workdir.path,
      environment: ["LIEN_PROJECT": project.path])
    assertStatus(run, 0)
    let rows = try JSONDecoder().decode([Row].self, from: Data(run.output.utf8))
    var compared = 0
    for row in rows where row.status == "V" {
      let answer = found[row.indicator]?.first { $0[0] as? String == row.residence }
      let value = try XCTUnwrap(answer?[1] as? Double, "\(row.indicator) \(row.residence)")
      let expected = try XCTUnwrap(row.value)
      XCTAssertLessThanOrEqual(
        abs(value - expected), 1e-9 * max(1, abs(expected)), "\(row.indicator) \(row.residence)")
      compared += 1
    }
    XCTAssertGreaterThan(compared, 100)
  }

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
