import Diagnostics
import Foundation
import Model
import TestSupport
import XCTest

final class ModelFolderTests: XCTestCase {
  private static let folder = Places.root + "/indicators/model"

  func testEveryModelFileLoads() throws {
    let model = try Model(folder: Self.folder)
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
      .filter { $0.hasSuffix(".json5") && $0 != "lists.json5" }
    XCTAssertEqual(model.tables.count, files.count)
    for table in model.tables {
      XCTAssertTrue(files.contains(table.name + ".json5"), "\(table.name) is not named as its file")
    }
  }

  func testEveryCoreTableIsThere() throws {
    let model = try Model(folder: Self.folder)
    let core = [
      "residence", "dwelling", "household", "resident", "activity", "attendance", "response",
      "ledger", "staff", "closure", "annotation", "target", "panel", "margin", "outcome", "proxy",
    ]
    for name in core { XCTAssertNotNil(model[name], name) }
  }

  /// Case, accents, punctuation and spaces do not tell two headings apart.
  private static func fold(_ text: String) -> String {
    let plain = text.folding(
      options: [.diacriticInsensitive, .caseInsensitive],
      locale: Locale(identifier: "fr"))
    return String(plain.unicodeScalars.filter { CharacterSet.alphanumerics.contains($0) })
  }

  func testAHeadingNamesOneColumnOfATable() throws {
    for table in try Model(folder: Self.folder).tables {
      var owner: [String: String] = [:]
      for column in table.columns {
        for heading in [column.name, column.label.fr, column.label.en] + column.headings {
          let folded = Self.fold(heading)
          XCTAssertFalse(folded.isEmpty, "\(table.name).\(column.name): “\(heading)” folds away")
          if let other = owner[folded], other != column.name {
            XCTFail("\(table.name): “\(heading)” heads both \(other) and \(column.name)")
          }
          owner[folded] = column.name
        }
      }
    }
  }

  func testAWordMeansOneValueOfAColumn() throws {
    for table in try Model(folder: Self.folder).tables {
      for column in table.columns {
        var owner: [String: String] = [:]
        for value in column.values {
          for word in [value.value, value.label.fr, value.label.en] + value.synonyms {
            // Signs such as ✓ and - stand for themselves.
            let folded = Self.fold(word).isEmpty ? word : Self.fold(word)
            if let other = owner[folded], other != value.value {
              XCTFail(
                "\(table.name).\(column.name): “\(word)” means both \(other) and \(value.value)")
            }
            owner[folded] = value.value
          }
        }
        if let word = column.defaultValue, column.kind == .code {
          XCTAssertTrue(
            column.values.contains { $0.value == word },
            "\(table.name).\(column.name): the default is no allowed value")
        }
      }
    }
  }

  func testColumnsAreNamedOnce() throws {
    for table in try Model(folder: Self.folder).tables {
      let names = table.columns.map(\.name) + table.derived.map(\.name)
      XCTAssertEqual(Set(names).count, names.count, table.name)
    }
  }

  func testBandsCoverAllAgesWithoutOverlap() throws {
    let resident = try XCTUnwrap(try Model(folder: Self.folder)["resident"])
    let banded = resident.derived.filter { $0.bands != nil }
    XCTAssertEqual(banded.map(\.name), ["age_band", "age_band15"])
    for derived in banded {
      var from = 0.0
      for band in try XCTUnwrap(derived.bands) {
        XCTAssertEqual(band.from, from, derived.name)
        from = band.below ?? .infinity
      }
      XCTAssertEqual(from, .infinity, derived.name)
    }
  }

  func testWhoAPersonIsAndWhereTheyLiveIsIdentifying() throws {
    let model = try Model(folder: Self.folder)
    for table in model.tables {
      for column in table.columns
      where column.target.map({ model.isPseudonymous(domain: $0) }) == true {
        XCTAssertTrue(column.isIdentifying, "\(table.name).\(column.name)")
      }
    }
    for name in ["surname", "given_name", "phone", "note"] {
      XCTAssertEqual(model["resident"]?[name]?.isIdentifying, true, name)
    }
    XCTAssertEqual(model["attendance"]?["note"]?.isIdentifying, true)
    XCTAssertEqual(model["activity"]?["title"]?.isIdentifying, false)
  }

  func testAnUnknownTableGetsTheNearestName() throws {
    let model = try Model(folder: Self.folder)
    XCTAssertThrowsError(try model.table(named: "atendance")) { error in
      let failure = error as? Failure
      XCTAssertEqual(failure?.status, .usage)
      XCTAssertEqual(failure?.diagnostics.first?.code, "model.unknown-table")
      XCTAssertEqual(failure?.diagnostics.first?.remedy?.en, "did you mean “attendance”?")
    }
  }

  // MARK: Broken model files

  private static let good = """
    {
      table: "thing",
      label: {fr: "Chose", en: "Thing"},
      description: {fr: "Une chose.", en: "A thing."},
      key: ["thing"],
      scope: ["thing"],
      columns: [
        {name: "thing", type: "key", label: {fr: "Chose", en: "Thing"}},
      ],
    }
    """

  private func assertFailure(
    _ files: [String: String], code: String, at place: String, line: UInt = #line
  ) throws {
    let work = try Workdir()
    for (name, text) in files { try work.write(name, text) }
    XCTAssertThrowsError(try Model(folder: work.path), line: line) { error in
      let first = (error as? Failure)?.diagnostics.first
      XCTAssertEqual(first?.code, code, line: line)
      XCTAssertEqual(
        first?.location?.text, work.path + "/" + place, "\(first?.message.en ?? "")", line: line)
    }
  }

  func testABrokenFileIsToldWithLineAndColumn() throws {
    try assertFailure(
      ["thing.json5": Self.good.replacingOccurrences(of: "key: [", with: "key [")],
      code: "data.syntax", at: "thing.json5:5:7")
    try assertFailure(
      ["thing.json5": Self.good.replacingOccurrences(of: "scope:", with: "scop:")],
      code: "data.unknown-key", at: "thing.json5:6:3")
    try assertFailure(
      ["thing.json5": Self.good.replacingOccurrences(of: "\"key\"", with: "\"kee\"")],
      code: "data.value", at: "thing.json5:8:27")
    try assertFailure(
      [
        "thing.json5": Self.good.replacingOccurrences(
          of: "scope: [\"thing\"]", with: "scope: [\"x\"]")
      ],
      code: "model.reference", at: "thing.json5:6:10")
  }

  func testALinkMustLeadToATableWithAKey() throws {
    let link = "{name: \"other\", type: \"link\", to: \"nowhere\", label: {fr: \"a\", en: \"a\"}},"
    try assertFailure(
      ["thing.json5": Self.good.replacingOccurrences(of: "  ],\n}", with: "    \(link)\n  ],\n}")],
      code: "model.reference", at: "thing.json5:9:5")
  }

  func testAnUnknownListIsToldWhereItIsNamed() throws {
    let code = "{name: \"c\", type: \"code\", list: \"nowhere\", label: {fr: \"a\", en: \"a\"}},"
    try assertFailure(
      ["thing.json5": Self.good.replacingOccurrences(of: "  ],\n}", with: "    \(code)\n  ],\n}")],
      code: "model.unknown-list", at: "thing.json5:9:37")
  }

  func testTheSameTableTwiceIsRefused() throws {
    try assertFailure(
      ["thing.json5": Self.good, "zother.json5": Self.good], code: "model.duplicate-table",
      at: "zother.json5:2:10")
  }

  func testAllBrokenFilesAreToldAtOnce() throws {
    let work = try Workdir()
    try work.write("a.json5", "{")
    try work.write("b.json5", "{}")
    XCTAssertThrowsError(try Model(folder: work.path)) { error in
      let files = (error as? Failure)?.diagnostics.compactMap { $0.location?.file } ?? []
      XCTAssertEqual(Set(files), [work.path + "/a.json5", work.path + "/b.json5"])
    }
  }

  func testAnEmptyFolderIsMissingInput() throws {
    let work = try Workdir()
    XCTAssertThrowsError(try Model(folder: work.path)) { error in
      XCTAssertEqual((error as? Failure)?.status, .input)
    }
  }

  // MARK: Purpose and retention

  private static func sensitive(_ keys: String, column: String = "") -> String {
    good.replacingOccurrences(of: "key: [\"thing\"],", with: "key: [\"thing\"], \(keys)")
      .replacingOccurrences(
        of: "  ],\n}",
        with:
          "    {name: \"on\", type: \"date\", \(column)label: {fr: \"Le\", en: \"On\"}},\n  ],\n}")
  }

  func testASensitiveTableSaysWhyItIsKeptAndForHowLong() throws {
    let work = try Workdir()
    let purpose = "purpose: {fr: \"Pour agir.\", en: \"To act.\"}"
    try work.write(
      "thing.json5", Self.sensitive("\(purpose), retention: 24, expires_from: \"on\","))
    let thing = try XCTUnwrap(try Model(folder: work.path)["thing"])
    XCTAssertEqual(thing.retention?.months, 24)
    XCTAssertEqual(thing.retention?.from, "on")
    XCTAssertEqual(thing.retention?.purpose.fr, "Pour agir.")
    XCTAssertEqual(thing.retention?.isRestricted, false)
    XCTAssertNil(thing["on"]?.retention)
    for (keys, place) in [
      (purpose + ",", "5:20"), ("retention: 24,", "5:20"), ("restricted: true,", "5:20"),
      ("\(purpose), retention: 0, expires_from: \"on\",", "5:76"),
      ("\(purpose), retention: 24,", "5:76"),
      ("\(purpose), retention: 24, expires_from: \"thing\",", "5:91"),
    ] {
      let column = try XCTUnwrap(place.split(separator: ":").last.flatMap { Int($0) })
      let work = try Workdir()
      try work.write("thing.json5", Self.sensitive(keys))
      XCTAssertThrowsError(try Model(folder: work.path), keys) { error in
        let first = (error as? Failure)?.diagnostics.first
        XCTAssertEqual(first?.code, "model.retention", keys)
        XCTAssertEqual(first?.location?.line, 5, keys)
        XCTAssertGreaterThanOrEqual(first?.location?.column ?? 0, column - 8, keys)
      }
    }
  }

  func testAColumnMayBeSensitiveInATableThatIsNot() throws {
    let model = try Model(folder: Self.folder)
    XCTAssertNil(model["resident"]?.retention)
    XCTAssertEqual(model["resident"]?["priority"]?.retention?.from, "priority_since")
    XCTAssertEqual(model["need"]?["situation"]?.retention?.months, 12)
    for table in ["contact", "need", "case", "interview", "response"] {
      let retention = try XCTUnwrap(model[table]?.retention, table)
      XCTAssertEqual(model[table]?[retention.from]?.kind, .date, table)
    }
  }

  func testAMonthIsADate() throws {
    let model = try Model(folder: Self.folder)
    XCTAssertEqual(model["landlord_month"]?["month"]?.isMonth, true)
    try assertFailure(
      [
        "thing.json5": Self.good.replacingOccurrences(
          of: "type: \"key\"", with: "type: \"key\", month: true")
      ],
      code: "model.month", at: "thing.json5:8:41")
  }

  func testRowsAreSaidByTheColumnThatNamesThem() throws {
    let model = try Model(folder: Self.folder)
    XCTAssertEqual(model["residence"]?.namedBy, "name")
    XCTAssertEqual(model["partner"]?.namedBy, "partner")
    XCTAssertEqual(model["project"]?.namedBy, "title")
    XCTAssertNil(model["resident"]?.namedBy)
  }

  /// What the sections PAR to SUR of the catalogue read.
  func testEveryTableThatTheCatalogueReadsIsThere() throws {
    let model = try Model(folder: Self.folder)
    for name in [
      "contact", "project", "partner", "delivery", "space", "booking", "need", "case", "favour",
      "quantity", "meeting", "interview", "landlord_month",
    ] {
      let table = try XCTUnwrap(model[name], name)
      XCTAssertNotNil(table.residence, name)
      // A sheet in French needs more words than the model's own.
      for column in table.columns where column.kind != .text {
        XCTAssertFalse(column.headings.isEmpty, "\(name).\(column.name)")
      }
    }
  }
}
