import Foundation
import TestSupport
import XCTest

/// Every definition on the sample: a figure that was looked at, and a place on the dashboard.
final class DashboardFigureTests: XCTestCase {
  private struct Definition: Decodable {
    var id: String
    var catalogue: String
    var axis: String
    /// Questions of the benchmark are no indicators of a residence.
    var isMeasure: Bool { !catalogue.hasPrefix("BANC") }
  }

  private struct Row: Decodable {
    var indicator: String
    var residence: String
    var status: String
    var value: Double?
  }

  private func definitions() throws -> [Definition] {
    let list = try SampleProject.shared().lien("indicators", "--json")
    assertStatus(list, 0)
    return try JSONDecoder().decode([Definition].self, from: Data(list.output.utf8))
      .filter(\.isMeasure)
  }

  /// The figures were looked at when they were written down; a change of one is a change of a
  /// definition, of the sample or of a formula, to be looked at again. With LIEN_WRITE_FIGURES
  /// the file is written anew.
  func testEveryFigureOfTheSampleIsTheOneLookedAt() throws {
    let path = Places.root + "/Tests/Fixtures/figures/sample-2024.csv"
    let project = try SampleProject.shared()
    let ids = try definitions().map(\.id)
    let run = try Program.run(
      ["compute"] + ids + ["--period", "2024", "--json"], in: project.folder,
      environment: ["LIEN_PROJECT": project.path])
    assertStatus(run, 0)
    let rows = try JSONDecoder().decode([Row].self, from: Data(run.output.utf8))
      .filter { ["_total", "moulin"].contains($0.residence) }
    if ProcessInfo.processInfo.environment["LIEN_WRITE_FIGURES"] != nil {
      let lines = rows.map {
        "\($0.indicator),\($0.residence),\($0.status),\($0.value.map { "\($0)" } ?? "")"
      }
      try ("indicator,residence,status,value\n" + lines.joined(separator: "\n") + "\n")
        .write(toFile: path, atomically: true, encoding: .utf8)
    }
    var known: [String: (status: String, value: Double?)] = [:]
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
    {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      known[cells[0] + " " + cells[1]] = (cells[2], Double(cells[3]))
    }
    XCTAssertEqual(Set(rows.map(\.indicator)), Set(ids))
    for row in rows {
      let name = row.indicator + " " + row.residence
      let expected = try XCTUnwrap(known.removeValue(forKey: name), "\(name) has no figure")
      XCTAssertEqual(row.status, expected.status, name)
      guard let value = expected.value else {
        XCTAssertNil(row.value, name)
        continue
      }
      XCTAssertEqual(
        try XCTUnwrap(row.value, name), value, accuracy: 1e-9 * max(1, abs(value)), name)
    }
    XCTAssertEqual(known.keys.sorted(), [], "figures of no definition")
  }

  /// The dashboard of residences, or that of programmes, made here of an empty project.
  func testEveryDefinitionHasItsPlaceOnADashboard() throws {
    let project = try SampleProject.shared()
    let other = try TestProject()
    assertStatus(try other.lien("report", "followup", "--period", "2024"), 0)
    let folders = [
      project.folder + "/interne/", other.path + "/reports/build/followup-internal/",
    ]
    // Of each page of indicators, the definitions that have a place on it, and the axes it is under.
    let pages = try folders.flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.hasPrefix("indicateur") }
        .map { name in
          let page = try String(contentsOfFile: folder + name, encoding: .utf8)
          return (
            places: DashboardFigureTests.ends(of: "id=\"methode-", in: page),
            axes: DashboardFigureTests.ends(of: "indicateurs.html#axe-", in: page)
          )
        }
    }
    for definition in try definitions() {
      XCTAssertTrue(
        folders.contains {
          FileManager.default.fileExists(atPath: $0 + "data/\(definition.id).csv")
        }, definition.id)
      let axis = definition.axis.replacingOccurrences(of: "_", with: "-")
      XCTAssertTrue(
        pages.contains { $0.places.contains(definition.id) && $0.axes.contains(axis) },
        "\(definition.id) has no page under \(definition.axis)")
    }
  }
  /// What follows a text up to the next quotation mark, wherever it stands.
  private static func ends(of text: String, in page: String) -> Set<String> {
    Set(page.components(separatedBy: text).dropFirst().map { String($0.prefix { $0 != "\"" }) })
  }
}
