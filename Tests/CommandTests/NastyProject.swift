import Foundation
import TestSupport
import XCTest

/// A small project whose keys, texts and dates are what programs stumble over.
enum NastyProject {
  /// The folder of each residence, by its key as a cell of the export says it.
  static let folder: [String: String] = {
    let long = String(repeating: "très-", count: 60)
    return [
      "": Parts.unknown,
      "01": "01",
      "R/01: été": "R%2F01%3A été",
      "50 % = ?*[x]{y}": "50 %25 %3D %3F%2A%5Bx%5D%7By%7D",
      "..": "..",
      Parts.unknown: "%5F_HIVE_DEFAULT_PARTITION__",
      "guillemet \" et 'apostrophe'": "guillemet %22 et %27apostrophe%27",
      "a,b": "a,b",
      long: String(repeating: "très-", count: 25) + "~24f51ac914ce54ab9751a24e77286db4",
    ]
  }()

  /// How many rows it has in all.
  static var rowCount: Int { 8 + 18 + 8 + 18 + 3 }

  /// The project, made anew.
  static func make() throws -> TestProject {
    let project = try TestProject()
    let keys = folder.keys.sorted().filter { !$0.isEmpty }
    func sheet(_ name: String, _ rows: [[String]]) throws {
      let lines = rows.map { row in
        row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
      }
      try project.sheet(name, lines.joined(separator: "\n") + "\n")
    }
    try sheet(
      "residences.csv",
      [["Résidence", "Nom de la résidence", "Code Insee"]]
        + keys.map { [$0, "Nom « \($0.prefix(9)) »", "01004"] })
    let details = [
      "", "ligne 1\nligne 2", "NULL", "007", "\\N", "VIDE", "retour\r\nligne", "BLANCS", "é\té 🏠",
    ]
    try sheet(
      "evenements.csv",
      [["Résidence", "Date", "Événement", "Précisions"]]
        + (keys + [""]).enumerated().flatMap { i, key in
          ["1899-12-31", "2024-02-29"].map { [key, $0, "n° \"\(i)\", l'été", details[i]] }
        })
    try sheet(
      "seances.csv",
      [["Séance", "Résidence", "Date", "Activité", "Durée"]]
        + keys.enumerated().map { ["00\($0)", $1, "2023-01-0\($0 + 1)", "'Repas'", ""] })
    try sheet(
      "presences.csv",
      [["Séance", "Personne", "Présence"]]
        + (0...keys.count).flatMap { i in
          ["Adèle Martin", "Bruno Petit"].map { ["00\(i)", $0, "x"] }
        })
    try sheet(
      "mesures.csv",
      [["Résidence", "Premier jour", "Mesure", "Quantité", "Année de base", "Corrigé du climat"]]
        + [
          ["01", "1969-07-20", "eau", "0,1", "1990", "oui"],
          ["01", "1970-01-01", "eau", "12345678,901", "", "non"],
          ["a,b", "2024-12-31", "eau", "0", "2100", ""],
        ])
    for name in ["residences", "evenements", "seances", "presences", "mesures"] {
      let run = try project.lien("import", name + ".csv")
      guard run.status == 0 else { throw TestProject.Failed(what: run.output + run.errors) }
    }
    return project
  }
}

/// An export in parts, as a program finds it.
struct Parts {
  static let unknown = "__HIVE_DEFAULT_PARTITION__"

  struct Schema: Decodable {
    struct Column: Decodable {
      var name: String
      var type: String
      var nullable: Bool
    }
    struct Table: Decodable {
      var name: String
      var rows: Int
      var parts: Int
      var columns: [Column]
    }
    var fingerprint: String
    var tables: [Table]
  }
  struct File {
    /// Below the export's folder.
    var path: String
    var csv: CSV
    /// What the folders say, as they write it.
    var residence: String? { level("lien_residence=") }
    var year: String? { level("lien_year=") }

    private func level(_ prefix: String) -> String? {
      path.split(separator: "/").first { $0.hasPrefix(prefix) }
        .map { String($0.dropFirst(prefix.count)) }
    }
  }

  let folder: String
  let schema: Schema

  init(_ folder: String) throws {
    self.folder = folder
    schema = try JSONDecoder().decode(
      Schema.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/schema.json")))
  }

  /// The parts of a table.
  func files(of table: String) throws -> [File] {
    try FileManager.default.subpathsOfDirectory(atPath: folder + "/" + table)
      .filter { $0.hasSuffix("part.csv") }.sorted()
      .map { File(path: "\(table)/\($0)", csv: try CSV("\(folder)/\(table)/\($0)")) }
  }
}

/// A CSV file: its header and its rows.
struct CSV {
  var header: [String] = []
  var rows: [[String]] = []

  init(_ path: String) throws {
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    // A quote within quotes stands twice: out and in again.
    var hasJustClosed = false
    for c in try String(contentsOfFile: path, encoding: .utf8).unicodeScalars {
      switch c {
      case "\"":
        if hasJustClosed { cell.unicodeScalars.append(c) }
        hasJustClosed = isQuoted
        isQuoted.toggle()
        continue
      case "," where !isQuoted:
        row.append(cell)
        cell = ""
      case "\n" where !isQuoted:
        rows.append(row + [cell])
        (row, cell) = ([], "")
      default: cell.unicodeScalars.append(c)
      }
      hasJustClosed = false
    }
    header = rows.isEmpty ? [] : rows.removeFirst()
  }
}
