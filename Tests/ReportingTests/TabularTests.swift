import Diagnostics
import Disclosure
import Foundation
import Indicators
import Periods
import Reporting
import TestSupport
import XCTest

final class TabularTests: XCTestCase {
  private func tables(_ audience: Audience = .public, residence: String = "R1") throws
    -> [ReleasedTable]
  {
    let year = Sample.year(2024)
    func row(_ cuts: [String], _ e: Estimate, _ place: String? = nil) -> IndicatorRow {
      IndicatorRow(period: year, residence: place ?? residence, cuts: cuts, estimate: e)
    }
    let share = IndicatorTable(
      definition: Kind.named("taux-participation").definition, cuts: [],
      rows: [
        row(
          [],
          Estimate(
            value: 1.0 / 3, numerator: 30, denominator: 90, unknown: 2, known: 90, persons: 90,
            effectiveSize: 80.5, standardError: 0.05, low: 0.25, high: 0.4375)),
        row([], Estimate(value: 0.25, numerator: 1, denominator: 4, known: 4, persons: 4), "R2"),
        row([], Estimate(value: 0.1, unknown: 9, known: 1, persons: 50), "R3"),
        row([], Estimate(value: nil, scanned: 0), "R4"),
      ])
    let count = IndicatorTable(
      definition: Kind.named("participants").definition, cuts: ["age_band"],
      rows: [
        row(["_total"], Estimate(value: 1200, numerator: 1200, known: 1200, persons: 1200)),
        row(["60+"], Estimate(value: 1e-7, known: 20, persons: 20)),
        row(["_unknown"], Estimate(value: 1e16, known: 20, persons: 20)),
      ])
    return try Release.release(
      [share, count], policy: ReleasePolicy(audience: audience), language: .fr
    ).tables
  }

  func testTheTidyFileKeepsItsContract() throws {
    XCTAssertEqual(
      Tabular.csv.text(try tables(), language: .fr),
      """
      indicator,version,period,residence,age_band,value,unit,numerator,denominator,unknown,\
      persons,n_eff,se,ci_low,ci_high,status,note
      taux-participation,1,2024,R1,_na,0.3333333333333333,share,30,90,2,90,80.5,0.05,0.25,0.4375,V,
      taux-participation,1,2024,R2,_na,,share,,,,,,,,,S,secret statistique
      taux-participation,1,2024,R3,_na,,share,,,,,,,,,I,trop de valeurs inconnues
      taux-participation,1,2024,R4,_na,,share,,,,,,,,,N,pas de donnée ou sans objet
      participants,1,2024,R1,_total,1200,person,1200,,0,1200,,,,,V,
      participants,1,2024,R1,60+,0.0000001,person,,,0,20,,,,,V,
      participants,1,2024,R1,_unknown,10000000000000000,person,,,0,20,,,,,V,

      """)
  }

  func testTheExcelFileHasItsMarkSemicolonsCommasAndS() throws {
    let text = Tabular.excelFr.text(try tables(), language: .fr)
    XCTAssertTrue(text.unicodeScalars.starts(with: "\u{FEFF}indicator;version;".unicodeScalars))
    let lines = text.components(separatedBy: "\r\n")
    XCTAssertEqual(lines.count, 9)
    XCTAssertEqual(
      lines[1],
      "taux-participation;1;2024;R1;_na;0,3333333333333333;share;30;90;2;90;80,5;0,05;0,25;0,4375;V;"
    )
    XCTAssertEqual(
      lines[2], "taux-participation;1;2024;R2;_na;s;share;;;;;;;;;S;secret statistique")
    XCTAssertEqual(
      lines[3], "taux-participation;1;2024;R3;_na;;share;;;;;;;;;I;trop de valeurs inconnues")
    XCTAssertFalse(text.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
  }

  func testNoTextOfTheExcelFileIsAFormula() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Places.shared("checks/names.json")))
    let names = try JSONDecoder().decode([String].self, from: data)
    var guarded = 0
    for name in names + ["+33", "-12,5", "\u{FEFF}=1", "  =1", "\u{200B}@x"] {
      let text = Tabular.excelFr.text(try tables(residence: name), language: .fr)
      let field = try XCTUnwrap(fields(text, separator: ";").dropFirst().first?[3])
      let significant = field.unicodeScalars.first {
        !($0.properties.isWhitespace || $0 == "\u{FEFF}" || $0 == "\u{200B}")
          || $0 == "\t" || $0 == "\r" || $0 == "\n"
      }
      let isNumber = Double(field.replacingOccurrences(of: ",", with: ".")) != nil
      if let significant, !isNumber {
        XCTAssertFalse("=+-@＝＋－＠\t\r\n".unicodeScalars.contains(significant), field)
      }
      if field != name {
        XCTAssertEqual(field, "'" + name)
        guarded += 1
      }
    }
    XCTAssertGreaterThan(guarded, 10)
  }

  func testTheMachineFileKeepsEveryTextAsItIs() throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Places.shared("checks/names.json")))
    for name in try JSONDecoder().decode([String].self, from: data) {
      let text = Tabular.csv.text(try tables(residence: name), language: .fr)
      let field = try XCTUnwrap(fields(text, separator: ",").dropFirst().first?[3])
      XCTAssertEqual(Array(field.utf8), Array(name.utf8))
    }
  }

  func testJSONHasTheSameColumnsAndNoNumberForWithheldCells() throws {
    let text = Tabular.json.text(try tables(), language: .fr)
    let rows = try XCTUnwrap(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    XCTAssertEqual(rows.count, 7)
    XCTAssertEqual(rows[0]["value"] as? Double, 1.0 / 3)
    XCTAssertEqual(rows[0]["persons"] as? Int, 90)
    XCTAssertEqual(rows[1]["status"] as? String, "S")
    XCTAssertTrue(rows[1]["value"] is NSNull)
    XCTAssertEqual(rows[4]["age_band"] as? String, "_total")
    XCTAssertEqual(rows[0]["age_band"] as? String, "_na")
    XCTAssertEqual(Tabular.json.text([], language: .fr), "[]\n")
  }

  /// A value that rests on assumptions is told by its ends; the interval of a sample is not.
  func testARangeOfAssumptionsIsNamedAsSuch() throws {
    let row = IndicatorRow(
      period: Sample.year(2024), residence: "R1", cuts: [],
      estimate: Estimate(value: 0.8, known: 4, low: 0.1, high: 1.7))
    let released = try Release.release(
      [
        IndicatorTable(
          definition: Kind.named("cout-par-participant").definition, cuts: [], rows: [row])
      ], policy: ReleasePolicy(audience: .internal), language: .fr
    ).tables
    let text = Tabular.table.text(released, language: .fr)
    XCTAssertTrue(text.contains("fourchette des hypothèses"), text)
    XCTAssertTrue(text.contains("0,1"), text)
    XCTAssertTrue(text.contains("1,7"), text)
    XCTAssertFalse(text.contains("95"), text)
  }

  func testNumbersInFilesReadBackAsTheSameNumbers() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<3000 {
      let x = Double(bitPattern: random.next())
      guard x.isFinite, abs(x) < 1e100, abs(x) > 1e-100 else { continue }
      let table = IndicatorTable(
        definition: Kind.named("participants").definition, cuts: [],
        rows: [
          IndicatorRow(
            period: Sample.year(2024), residence: "R1", cuts: [],
            estimate: Estimate(value: x, known: 50, persons: 50))
        ])
      let released = try Release.release(
        [table], policy: ReleasePolicy(audience: .internal), language: .fr
      ).tables
      let field = fields(Tabular.csv.text(released, language: .fr), separator: ",")[1][4]
      XCTAssertEqual(Double(field), x)
      XCTAssertFalse(field.contains("e"), field)
    }
  }

  func testTheTerminalFormIsAlignedAndExplainsItsSigns() throws {
    let text = Tabular.table.text(
      Array(try tables().prefix(1)), language: .fr, labels: ["R1": "Les Tilleuls\u{1B}[31m"])
    XCTAssertEqual(
      text,
      """
      Taux de participation (PAR-02, v1)
      habitants venus au moins une fois

      période  résidence          valeur  numérateur  dénominateur  inconnus  personnes  \
      intervalle à 95\u{A0}%
      ───────  ─────────────────  ──────  ──────────  ────────────  ────────  ─────────  \
      ─────────────────
      2024     Les Tilleuls\u{FFFD}[31m  33,3\u{A0}%          30            90         2         90    \
      25,0\u{A0}% – 43,8\u{A0}%
      2024     R2                      s
      2024     R3                     nd
      2024     R4                      –
      s\u{A0}: secret statistique
      nd\u{A0}: trop de valeurs inconnues
      –\u{A0}: pas de donnée ou sans objet

      """)
  }

  /// A plain reader of RFC 4180, for tests.
  private func fields(_ text: String, separator: Unicode.Scalar) -> [[String]] {
    var rows: [[String]] = [[]]
    var field = String.UnicodeScalarView()
    var quoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let c = scalars.popFirst() {
      if quoted {
        if c == "\"" {
          if scalars.first == "\"" {
            field.append("\"")
            scalars.removeFirst()
          } else {
            quoted = false
          }
        } else {
          field.append(c)
        }
      } else if c == "\"" {
        quoted = true
      } else if c == separator {
        rows[rows.count - 1].append(String(field))
        field = String.UnicodeScalarView()
      } else if c == "\n" {
        if field.last == "\r" { field.removeLast() }
        rows[rows.count - 1].append(String(field))
        field = String.UnicodeScalarView()
        rows.append([])
      } else {
        field.append(c)
      }
    }
    return rows
  }
}
