import Columns
import Diagnostics
import Ingest
import TestSupport
import XCTest

/// Sheets read in windows on several threads are those that the careful reader reads.
final class CleanReadingTests: IngestCase {
  /// Random sheets of every kind: whenever the quick reader gives a reading, it is the same one,
  /// whatever the windows and threads; each sheet in two ways, in turn.
  func testTheQuickReaderReadsWhatTheCarefulOneReads() throws {
    var random = SeededGenerator(seed: 33)
    let ways = [(48, 1), (97, 2), (1 << 10, 3), (1 << 20, 2)]
    let pairs = [(0, 1), (2, 3), (0, 2), (1, 3), (0, 3)]
    var intakes: [String: Intake] = [:]
    var clean = 0
    for round in 0..<400 {
      let sheet = Sheet(&random, isTidy: round % 4 != 0)
      let intake =
        try intakes[sheet.table]
        ?? Intake(model: Self.model.get(), options: IntakeOptions(table: sheet.table))
      intakes[sheet.table] = intake
      let bytes = Array(sheet.text.utf8)
      let careful = Result { try intake.read(name: "s.csv", bytes: bytes) }
      let pair = pairs[round % pairs.count]
      for (window, threads) in [ways[pair.0], ways[pair.1]] {
        guard
          let quick = intake.readClean(
            name: "s.csv", bytes: bytes, windowSize: window, threads: threads)
        else { continue }
        clean += 1
        assertSame(quick, try careful.get(), "round \(round), window \(window):\n\(sheet.text)")
      }
    }
    XCTAssertGreaterThan(clean, 200, "the quick reader hardly took part")
  }

  func testAFileIsReadInWindows() throws {
    let folder = try Workdir()
    var text = "session,resident,role\n"
    for i in 0..<20_000 {
      text += "S\(i / 9),\"P-\(i % 9 + i / 900)\",\(i % 3 == 0 ? "lead" : "")\r\n"
    }
    let path = folder.path + "/presences.csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let intake = try Intake(model: Self.model.get())
    let bytes = Array(text.utf8)
    XCTAssertNotNil(
      intake.readClean(name: path, bytes: bytes, windowSize: 1 << 12, threads: 2))
    assertSame(
      try intake.read(path: path), try intake.read(name: path, bytes: bytes), "20 000 rows")
  }

  func testOneBadRowAnywhereIsSetAsideWithItsLineAndCells() throws {
    let rows = (0..<6_000).map { "S\($0 / 5),P\($0),participant" }
    for bad in ["S1,P7000", "S1,P7000,x,y", "S1,P7000,inconnu au bataillon", ",P7000,lead"] {
      for place in [0, 2_999, 6_000] {
        var all = rows
        all.insert(bad, at: place)
        let text = "session,resident,role\n" + all.joined(separator: "\n")
        let folder = try Workdir()
        let path = folder.path + "/a.csv"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let reading = try Intake(model: Self.model.get()).read(path: path)
        XCTAssertEqual(reading.rejects.map(\.line), [place + 2])
        XCTAssertEqual(
          reading.rejects.first?.cells,
          bad.split(separator: ",", omittingEmptySubsequences: false)
            .map(String.init))
        XCTAssertEqual(reading.batches.first?.rowCount, 6_000)
      }
    }
  }

  /// What only shows far below the beginning: quotes, headings again, a note, totals, blank lines.
  func testWhatOnlyShowsFarBelowTheBeginningIsReadAlike() throws {
    let rows = (0..<3_000).map { "S\($0 / 7),P\($0)" }
    let odd = [
      "\"S1\",\"P9\"", "session,resident", "\"S,1\",\"P\n9\"", "", "Note : feuille perdue",
      "'S1','P9'", "S1;P9", "Total,42", "S1,\"P9", "S1,P9\"", "S-01/02/2024,12 mars 2024", "S1\tP9",
    ]
    for text in odd {
      for place in [1_500, 2_999, 3_000] {
        var all = rows
        all.insert(contentsOf: [text, place % 2 == 0 ? "S9,P9999" : ""], at: place)
        let bytes = Array(("session,resident\n" + all.joined(separator: "\n")).utf8)
        let intake = try Intake(
          model: Self.model.get(), options: IntakeOptions(table: "attendance"))
        guard
          let quick = intake.readClean(
            name: "s.csv", bytes: bytes, windowSize: 1 << 12, threads: 2)
        else { continue }
        assertSame(quick, try intake.read(name: "s.csv", bytes: bytes), "\(text) at \(place)")
      }
    }
  }

  private func assertSame(_ a: Reading, _ b: Reading, _ what: String) {
    XCTAssertEqual(a.header, b.header, what)
    XCTAssertEqual(a.rejects.count, b.rejects.count, what)
    XCTAssertEqual(a.dialect, b.dialect, what)
    XCTAssertEqual(a.receipt.text(in: .fr), b.receipt.text(in: .fr), what)
    XCTAssertEqual(a.receipt.size, b.receipt.size, what)
    XCTAssertEqual(a.batches.map(\.table), b.batches.map(\.table), what)
    for (x, y) in zip(a.batches, b.batches) {
      XCTAssertEqual(x.sourceLines, y.sourceLines, what)
      XCTAssertEqual(Set(x.columns.keys), Set(y.columns.keys), what)
      for (name, column) in x.columns {
        switch (column, y.columns[name]) {
        case (.text(let own, let lexicon), .text(let other, let others)?):
          XCTAssertEqual(own, other, "\(name), \(what)")
          XCTAssertEqual(lexicon.strings, others.strings, "\(name), \(what)")
        case (.integer(let own), .integer(let other)?): XCTAssertEqual(own, other, what)
        case (.day(let own), .day(let other)?): XCTAssertEqual(own, other, what)
        case (.decimal(let own), .decimal(let other)?):
          XCTAssertEqual(
            own.map { $0.isNaN ? "" : "\($0)" }, other.map { $0.isNaN ? "" : "\($0)" }, what)
        default: XCTFail("\(name) is of another kind: \(what)")
        }
      }
    }
  }
}

/// A random sheet of a table of the model.
private struct Sheet {
  let table: String
  let text: String

  init(_ random: inout SeededGenerator, isTidy: Bool) {
    let delimiter = [",", ";", "\t", "|"].randomElement(using: &random) ?? ","
    let end = ["\n", "\r\n", isTidy ? "\n" : "\r"].randomElement(using: &random) ?? "\n"
    func chance(_ n: Int) -> Bool { Int.random(in: 0..<n, using: &random) == 0 }
    func quoted(_ cell: String) -> String {
      let needs = cell.contains { "\"\n\r".contains($0) } || cell.contains(delimiter)
      guard needs || chance(6) else { return cell }
      return "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
    func pick(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }
    let kind = Int.random(in: 0..<3, using: &random)
    let isActivity = kind == 0
    let isRegister = kind == 1
    table = isActivity ? "activity" : isRegister ? "resident" : "attendance"
    // Registers in which people have one stay each, or come back.
    let people = chance(2) ? 1_000 : 12
    let count = Int.random(in: 1...120, using: &random)
    var rows: [[String]] = []
    for i in 0..<count {
      if isRegister {
        let year = Int.random(in: 2015...2023, using: &random)
        rows.append([
          people > count ? "P\(i)" : "P\(Int.random(in: 0..<people, using: &random))", "lilas",
          pick(["\(year)-02-01", "01/02/\(year)", ""]),
          pick(["", "", "\(year + 1)-03-0\(1 + i % 9)", isTidy ? "" : "\(year - 1)-01-01"]),
          pick(["1950", "1987", "", "n.c."]), pick(["f", "m", "Femme", ""]),
        ])
      } else if isActivity {
        rows.append([
          "S-\(i)", pick(["lilas", "Les Érables", "R3"]),
          pick(["2024-03-0\(1 + i % 9)", "05/03/2024", "13/\(1 + i % 9)/2024", "5 mars 2024"]),
          pick(["90", "120", "", "n.c."]),
          pick([
            "Jardin", "Théâtre des petits et des grands", "a\(delimiter)b", "x \"y\" z",
            "deux\nlignes", " bord ", "", "CRLF\r\ndedans", "\u{A0}insécable",
          ]),
          pick(["12,50", "1250", "3,5", ""]),
        ])
      } else {
        rows.append([
          "S-\(i / 4)", "P\(i % 4 + i / 12)", pick(["lead", "participant", "", "bénévole"]),
          pick(["rien", "bien \"dit\"", "un\(delimiter)deux", "l\nm", "", "très long " + "é…"]),
        ])
      }
    }
    if !isTidy, let i = rows.indices.randomElement(using: &random) {
      switch Int.random(in: 0..<6, using: &random) {
      case 0: rows[i].removeLast()
      case 1: rows[i].append("de trop")
      case 2: rows[i] = rows[i].map { _ in "" }
      case 3: rows[i][0] = ""
      case 4: rows.append(rows[i])
      default: rows[i][2] = "n’importe quoi"
      }
    }
    let header =
      isActivity
      ? ["session", "residence", "date", "minutes", "title", "cost"]
      : isRegister
        ? ["resident", "residence", "arrival", "departure", "birth_year", "sex"]
        : ["session", "resident", "role", "note"]
    var out = chance(5) ? "\u{FEFF}" : ""
    if chance(8) { out += "sep=\(delimiter)" + end }
    out += header.joined(separator: delimiter) + end
    for (i, row) in rows.enumerated() {
      if chance(60) { out += end }
      out += row.map(quoted).joined(separator: delimiter)
      if !isTidy, chance(150) { out += "\"" }
      if i + 1 < rows.count || !chance(3) { out += end }
    }
    text = out
  }
}
