import Demo
import Foundation
import Periods
import TestSupport
import XCTest

/// The sheets, read again by other means than those that wrote them.
final class SheetsTests: XCTestCase {
  private var data: DemoData { DemoDataTests.data }
  private var sheets: [DemoSheet] { DemoDataTests.sheets }

  /// Foundation's decoders tell which encoding a sheet is in; a plain splitter reads its cells
  /// (no cell of the sample spans lines).
  private func rows(_ sheet: DemoSheet, atMost limit: Int = .max) throws -> [[String: String]] {
    var bytes = sheet.bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    let text = try XCTUnwrap(
      String(data: Data(bytes), encoding: .utf8)
        ?? String(data: Data(bytes), encoding: .windowsCP1252))
    let lines = Array(text.utf8).split { $0 == 10 || $0 == 13 }
    let separator: UInt8 = lines[0].contains(59) ? 59 : 44
    let heads = cells(lines[0], separator)
    return lines.dropFirst().prefix(limit).map { line in
      let row = cells(line, separator)
      XCTAssertEqual(row.count, heads.count, sheet.name)
      return Dictionary(uniqueKeysWithValues: zip(heads, row))
    }
  }

  private func cells(_ line: ArraySlice<UInt8>, _ separator: UInt8) -> [String] {
    guard line.contains(34) else {
      return line.split(separator: separator, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    }
    var out: [[UInt8]] = [[]]
    var quoted = false
    for byte in line {
      if byte == 34 {
        quoted.toggle()
      } else if byte == separator && !quoted {
        out.append([])
      } else {
        out[out.count - 1].append(byte)
      }
    }
    return out.map { String(decoding: $0, as: UTF8.self) }
  }

  /// A cell under whichever of some headings the sheet has.
  private func cell(_ row: [String: String], _ headings: [String]) -> String {
    headings.lazy.compactMap { row[$0] }.first ?? "?"
  }

  func testThereIsOneSheetAResidenceYearAndTable() {
    XCTAssertEqual(Set(sheets.map(\.name)).count, sheets.count)
    // Nine lists for all residences; then per residence 3 sheets, 3 years of 3, 3 for each of two
    // survey waves, and 11 for what goes on beside the programme.
    XCTAssertEqual(sheets.count, 9 + 8 * (3 + 3 * 3 + 2 * 3 + 11))
    XCTAssertEqual(
      sheets.filter { $0.residence == nil }.map(\.table),
      [
        "residence", "partner", "closure", "landlord_month", "proxy", "outcome", "margin", "target",
        "annotation",
      ])
  }

  func testSheetsComeInSeveralEncodingsAndDialects() {
    let register = sheets.filter { $0.table == "resident" }
    XCTAssertEqual(register.filter { $0.bytes.starts(with: [0xEF, 0xBB, 0xBF]) }.count, 3)
    XCTAssertEqual(
      register.filter { String(data: Data($0.bytes), encoding: .utf8) == nil }.count, 3)
    XCTAssertEqual(register.filter { $0.bytes.contains(13) }.count, 5)
    XCTAssertGreaterThan(
      Set(register.map { $0.bytes.prefix { $0 != 10 && $0 != 13 }.map(\.self) }).count, 3)
  }

  /// Case, accents and punctuation aside, as the model's own test.
  private func fold(_ text: String) -> String {
    let plain = text.folding(
      options: [.diacriticInsensitive, .caseInsensitive], locale: Locale(identifier: "fr"))
    let kept = plain.unicodeScalars.filter { CharacterSet.alphanumerics.contains($0) }
    return kept.isEmpty ? text : String(String.UnicodeScalarView(kept))
  }

  private struct ModelFile: Decodable {
    struct Phrase: Decodable { var fr: String, en: String }
    struct Value: Decodable {
      var value: String, label: Phrase, synonyms: [String]?
    }
    struct Column: Decodable {
      var name: String, type: String, label: Phrase, headings: [String]?, values: [Value]?
      var list: String?, required: Bool?
    }
    var columns: [Column]
  }
  private struct ListsFile: Decodable { var lists: [String: [ModelFile.Value]] }

  private func decode<T: Decodable>(_ type: T.Type, _ name: String) throws -> T {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    let path = Places.root + "/indicators/model/" + name + ".json5"
    return try decoder.decode(type, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }

  func testTheModelKnowsEveryHeadingAndEveryWord() throws {
    let lists = try decode(ListsFile.self, "lists").lists
    var models: [String: ModelFile] = [:]
    for sheet in sheets {
      let model = try models[sheet.table] ?? decode(ModelFile.self, sheet.table)
      models[sheet.table] = model
      let rows = try rows(sheet)
      var seen: Set<String> = []
      for heading in try XCTUnwrap(rows.first).keys {
        let column = try XCTUnwrap(
          model.columns.first { column in
            ([column.name, column.label.fr, column.label.en] + (column.headings ?? []))
              .contains { fold($0) == fold(heading) }
          }, "\(sheet.name): \(heading)")
        XCTAssertTrue(seen.insert(column.name).inserted, "\(sheet.name): \(column.name) twice")
        guard let values = column.values ?? column.list.flatMap({ lists[$0] }) else { continue }
        let known = Set(
          values.flatMap { [$0.value, $0.label.fr, $0.label.en] + ($0.synonyms ?? []) }.map(fold))
        for word in Set(rows.compactMap { $0[heading] }) where !word.isEmpty {
          XCTAssertTrue(known.contains(fold(word)), "\(sheet.name), \(heading): \(word)")
        }
      }
      for column in model.columns where column.required == true {
        XCTAssertTrue(seen.contains(column.name), "\(sheet.name) lacks \(column.name)")
      }
    }
  }

  func testTheHeadingsOfASheetPointToItsTableAlone() throws {
    let folder = Places.root + "/indicators/model"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".json5") && $0 != "lists.json5" }
      .map { String($0.dropLast(6)) }.sorted()
    var headings: [String: Set<String>] = [:]
    for name in names {
      headings[name] = Set(
        try decode(ModelFile.self, name).columns
          .flatMap { [$0.name, $0.label.fr, $0.label.en] + ($0.headings ?? []) }.map(fold))
    }
    for sheet in sheets {
      let own = Set(try XCTUnwrap(try rows(sheet, atMost: 1).first).keys.map(fold))
      let known = names.filter { headings[$0]?.isSuperset(of: own) == true }
      XCTAssertEqual(known, [sheet.table], sheet.name)
    }
  }

  // MARK: Known totals, counted again from the text of the sheets

  private let session = ["Séance", "N° séance", "Code séance", "Id séance"]
  private let person = ["Personne", "Id habitant", "Identifiant", "Participant"]
  private let headcount = [
    "Nombre de personnes non nommées", "Nombre", "Nb de participants", "Effectif",
  ]
  private let presence = ["Présence", "Émargement", "Présent", "Statut"]
  private let role = ["Rôle", "En tant que", "Fonction"]

  private func value(_ measure: KnownMeasure, _ residence: String, _ year: Int) throws -> Double {
    try XCTUnwrap(
      DemoDataTests.totals.first {
        $0.measure == measure && $0.residence == residence && $0.year == year
      }?.value)
  }

  func testThreeTotalsAreCountedAgainFromTheSheets() throws {
    var everybody: [Int: Set<String>] = [:]
    for residence in data.residences {
      for year in data.plan.years {
        let folder = "\(residence.key)/\(year)/"
        let planned = try rows(try XCTUnwrap(sheets.first { $0.name == folder + "seances.csv" }))
        let held = Set(
          planned.filter {
            !["annulée", "annulé", "non"].contains(
              cell($0, ["État", "Statut", "Tenue"]).lowercased())
          }.map { cell($0, session) })
        let signed = try rows(try XCTUnwrap(sheets.first { $0.name == folder + "presences.csv" }))
        var attendances = 0
        var people: Set<String> = []
        for row in signed {
          let counted =
            held.contains(cell(row, session))
            && ["X", "Présent", "oui", "P"].contains(cell(row, presence))
            && ![
              "Salarié", "Animatrice", "animateur", "Salariée", "Partenaire", "Intervenant",
              "partenaire", "Intervenante",
            ].contains(cell(row, role))
          guard counted else { continue }
          attendances += Int(cell(row, headcount)) ?? 1
          if !cell(row, person).isEmpty { people.insert(cell(row, person)) }
        }
        everybody[year, default: []].formUnion(people)
        XCTAssertEqual(Double(attendances), try value(.attendances, residence.key, year))
        XCTAssertEqual(Double(people.count), try value(.participants, residence.key, year))
        XCTAssertEqual(Double(held.count), try value(.sessions, residence.key, year))
      }
    }
    for (year, people) in everybody {
      XCTAssertEqual(Double(people.count), try value(.participants, "_total", year))
    }
  }

  func testBelongingIsCountedAgainFromTheSheets() throws {
    for residence in data.residences {
      for year in [2022, 2024] {
        let answers = try rows(
          try XCTUnwrap(sheets.first { $0.name == "\(residence.key)/\(year)/enquete.csv" }))
        var sum = 0.0, weights = 0.0
        for row in answers where cell(row, ["Question", "Item"]) == "appartenance" {
          guard let answer = Double(cell(row, ["Valeur", "Réponse", "Score", "Note"])) else {
            continue
          }
          let text = cell(row, ["Poids", "Pondération", "Poids de sondage"])
          let weight = try XCTUnwrap(Double(text.replacingOccurrences(of: ",", with: ".")))
          sum += weight * answer
          weights += weight
        }
        XCTAssertEqual(sum / weights, try value(.belonging, residence.key, year), accuracy: 1e-9)
      }
    }
  }

  // MARK: Known totals among themselves

  func testWhatAddsUpAddsUpAndWhatDoesNotDoesNot() throws {
    for year in data.plan.years {
      func sum(_ measure: KnownMeasure) throws -> Double {
        try data.residences.reduce(0) { try $0 + value(measure, $1.key, year) }
      }
      for measure in [
        KnownMeasure.attendances, .sessions, .participantHours, .meanPopulation,
        .dwellingsOccupied, .dwellingsReached, .expenses, .directCost,
      ] {
        XCTAssertEqual(
          try sum(measure), try value(measure, "_total", year), accuracy: 1e-6, measure.rawValue)
      }
      XCTAssertGreaterThanOrEqual(try sum(.participants), try value(.participants, "_total", year))
      for residence in data.residences.map(\.key) + ["_total"] {
        XCTAssertEqual(
          try value(.residentParticipants, residence, year)
            + value(.nonResidentParticipants, residence, year)
            + value(.unknownParticipants, residence, year),
          try value(.participants, residence, year), residence)
      }
    }
  }

  func testKnownTotalsAreWrittenAsJSON() throws {
    struct Row: Decodable {
      var measure: String, residence: String, year: Int
      var value: Double?, numerator: Double?, denominator: Double?
    }
    let small = DemoData(DemoPlan(residences: 1, years: 2022...2022))
    let totals = small.knownTotals()
    let rows = try JSONDecoder().decode([Row].self, from: Data(small.knownTotalsJSON().utf8))
    XCTAssertEqual(rows.count, totals.count)
    for (row, total) in zip(rows, totals) {
      XCTAssertEqual(row.measure, total.measure.rawValue)
      XCTAssertEqual(row.residence, total.residence)
      XCTAssertEqual(row.year, total.year)
      XCTAssertEqual(row.value, total.value)
      XCTAssertEqual(row.numerator, total.numerator)
      XCTAssertEqual(row.denominator, total.denominator)
    }
  }
}
