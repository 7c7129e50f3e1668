import Diagnostics
import Periods
import Reporting
import XCTest

final class NumberTextTests: XCTestCase {
  private let fr = NumberText(.fr)
  private let en = NumberText(.en)

  func testNumbersAreWrittenByCodePoint() {
    let facts: [(Double, Int, String, String)] = [
      (1_234_567.89, 2, "1\u{202F}234\u{202F}567,89", "1,234,567.89"),
      (1234, 0, "1\u{202F}234", "1,234"), (999, 0, "999", "999"), (0, 0, "0", "0"),
      (-1234.5, 1, "\u{2212}1\u{202F}234,5", "\u{2212}1,234.5"),
      (-0.04, 1, "0,0", "0.0"), (0.5, 0, "1", "1"), (1.5, 0, "2", "2"), (2.5, 0, "3", "3"),
      (1.005, 2, "1,01", "1.01"), (0.125, 2, "0,13", "0.13"), (9.995, 2, "10,00", "10.00"),
      (999.5, 0, "1\u{202F}000", "1,000"), (1e-7, 3, "0,000", "0.000"),
      (
        1e21, 0, "1" + String(repeating: "\u{202F}000", count: 7),
        "1" + String(repeating: ",000", count: 7)
      ),
      (.nan, 0, "–", "–"), (.infinity, 0, "–", "–"),
    ]
    for (x, decimals, french, english) in facts {
      XCTAssertEqual(fr.number(x, decimals: decimals), french, "\(x)")
      XCTAssertEqual(en.number(x, decimals: decimals), english, "\(x)")
    }
  }

  func testPercentagesAndEurosCarryTheirSpaces() {
    XCTAssertEqual(fr.percent(0.123, decimals: 1), "12,3\u{A0}%")
    XCTAssertEqual(en.percent(0.123, decimals: 1), "12.3%")
    XCTAssertEqual(fr.percent(0.29), "29\u{A0}%")  // 0.29 × 100 is 28.999999999999996
    XCTAssertEqual(fr.percent(0.575), "58\u{A0}%")  // 0.575 × 100 is 57.49999999999999
    XCTAssertEqual(fr.euros(1234.5, decimals: 2), "1\u{202F}234,50\u{A0}€")
    XCTAssertEqual(en.euros(-1234.5, decimals: 2), "\u{2212}€1,234.50")
    XCTAssertEqual(fr.signed(3), "+3")
    XCTAssertEqual(fr.signed(-3), "\u{2212}3")
    XCTAssertEqual(fr.signed(0.2), "0")
  }

  func testPluralsFollowTheLanguage() {
    let facts: [(Double, Bool, Bool)] = [
      (0, true, false), (1, true, true), (1.5, true, false), (2, false, false), (-1, true, false),
    ]
    for (x, french, english) in facts {
      XCTAssertEqual(fr.isSingular(x), french, "\(x)")
      XCTAssertEqual(en.isSingular(x), english, "\(x)")
    }
  }

  func testListsAreJoinedInWords() {
    XCTAssertEqual(fr.list([]), "")
    XCTAssertEqual(fr.list(["a"]), "a")
    XCTAssertEqual(fr.list(["a", "b", "c"]), "a, b et c")
    XCTAssertEqual(en.list(["a", "b"]), "a and b")
  }

  func testDatesAndPeriodsAreWrittenInWords() throws {
    let first = try XCTUnwrap(Day(year: 2024, month: 1, day: 1))
    XCTAssertEqual(fr.date(first), "1er janvier 2024")
    XCTAssertEqual(en.date(first), "1 January 2024")
    XCTAssertEqual(fr.date(first.advanced(by: 31)), "1er février 2024")
    XCTAssertEqual(fr.date(first.advanced(by: 50)), "20 février 2024")
    let facts = [
      ("2024", "2024", "2024", "en 2024", "2024"),
      ("2024-01..2024-12", "2024", "2024", "en 2024", "2024"),
      ("2024-03", "mars 2024", "March 2024", "en mars 2024", "mars"),
      ("2024-Q1", "1er trimestre 2024", "quarter 1 of 2024", "au 1er trimestre 2024", "T1"),
      ("2024-Q2", "2e trimestre 2024", "quarter 2 of 2024", "au 2e trimestre 2024", "T2"),
      (
        "2022-03-01..2023-02-28", "du 1er mars 2022 au 28 février 2023",
        "1 March 2022 to 28 February 2023", "du 1er mars 2022 au 28 février 2023",
        "mars 22–févr. 23"
      ),
    ]
    for (name, french, english, during, short) in facts {
      let period = try Period(name)
      XCTAssertEqual(fr.period(period), french)
      XCTAssertEqual(en.period(period), english)
      XCTAssertEqual(fr.during(period), during)
      XCTAssertEqual(fr.shortPeriod(period), short)
    }
  }
}
