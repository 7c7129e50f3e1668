import Statistics
import XCTest

/// SROI arithmetic, against exact fractions computed beforehand.
final class SocialReturnTests: XCTestCase {
  private static func line(_ r: Reference) -> SocialReturn.Line {
    SocialReturn.Line(
      quantity: r["quantity"].number ?? .nan, proxy: r["proxy"].number ?? .nan,
      deadweight: r["deadweight"].number ?? 0, displacement: r["displacement"].number ?? 0,
      attribution: r["attribution"].number ?? 0, dropOff: r["dropoff"].number ?? 0,
      years: Int(r["duration"].number ?? 1), start: Int(r["start"].number ?? 1))
  }

  private func base(rate: Double = 0.035, timing: SocialReturn.Timing = .end) throws
    -> SocialReturn
  {
    let reference = try Reference(file: "sroi.json")
    let inputs = reference["inputs"].keys.reduce(0.0) {
      $0 + (reference["inputs"][$1].number ?? .nan)
    }
    return try SocialReturn(
      lines: reference["lines"].list.map(Self.line), inputs: inputs, rate: rate, timing: timing)
  }

  private func cases() throws -> [String: SocialReturn] {
    var more = try base()
    for i in more.lines.indices { more.lines[i].deadweight += 0.1 }
    var shared = try base()
    for i in shared.lines.indices { shared.lines[i].attribution += 0.1 }
    var free = try base()
    free.inputs = 0
    var lost = try base()
    lost.lines = [lost.lines[0], lost.lines[1], lost.lines[2]]
    func one(_ line: SocialReturn.Line, _ inputs: Double, _ rate: Double = 0.035) throws
      -> SocialReturn
    {
      try SocialReturn(lines: [line], inputs: inputs, rate: rate)
    }
    return [
      "base_3.5pct": try base(), "base_0pct": try base(rate: 0),
      "base_1.5pct_health_rate": try base(rate: 0.015), "sensitivity_deadweight+10pts": more,
      "sensitivity_attribution+10pts": shared, "zero_inputs": free,
      "no_outcomes": try SocialReturn(lines: [], inputs: 4000.5, rate: 0.035),
      "deadweight_100pct": try SocialReturn(
        lines: [.init(quantity: 10, proxy: 5, deadweight: 1, years: 3)], inputs: 4000.5,
        rate: 0.035),
      "single_year": try one(.init(quantity: 1, proxy: 162), 100),
      "product_vs_additive": try one(
        .init(quantity: 1, proxy: 1000, deadweight: 0.4, displacement: 0.3, attribution: 0.5),
        1000, 0),
      "full_dropoff_second_year": try one(
        .init(quantity: 1, proxy: 100, dropOff: 1, years: 4), 100),
    ]
  }

  func testEveryCase() throws {
    let reference = try Reference(file: "sroi.json")["cases"]
    let cases = try cases()
    XCTAssertEqual(cases.keys.sorted(), reference.keys)
    for (name, value) in cases {
      let r = reference[name]
      var start = value
      start.timing = .start
      assertSame(value.inputs, r["inputs"].number, name)
      assertSame(value.undiscounted, r["undiscounted"].number, name)
      assertSame(value.presentValue, r["pv_end"].number, name)
      assertSame(start.presentValue, r["pv_start"].number, name)
      assertSame(value.netPresentValue, r["npv_end"].number, name)
      assertSame(start.netPresentValue, r["npv_start"].number, name)
      assertSame(try value.ratio(), orUndefined: r["ratio_end"].number, name)
      assertSame(try start.ratio(), orUndefined: r["ratio_start"].number, name)
      assertSame(
        try value.paybackMonths(), orUndefined: r["payback_months_undiscounted"].number, name)
      XCTAssertEqual(value.yearly.count, r["years"].keys.count, name)
      for (i, year) in value.yearly.enumerated() {
        assertSame(year, r["years"]["\(i + 1)"].number, name)
      }
      assertSame(
        value.lines.reduce(0) { $0 + $1.impact }, r["impact_year1_sum"].number, name)
      if let exact = r["exact"]["pv_end"].text {
        let parts = exact.split(separator: "/").compactMap { Double($0) }
        assertSame(value.presentValue, parts[0] / (parts.count > 1 ? parts[1] : 1), name)
      }
    }
  }

  func testEachLine() throws {
    let rows = try Rows("reference/sroi_lines.csv")
    let value = try base()
    let names = try Reference(file: "sroi.json")["lines"].list.map { $0["name"].text ?? "" }
    let cases = rows.texts("case")
    let lines = rows.texts("line")
    XCTAssertEqual(names.count, 5)
    for row in rows.cells.indices where cases[row] == "base_3.5pct" {
      let line = value.lines[try XCTUnwrap(names.firstIndex(of: lines[row]), lines[row])]
      assertSame(line.impact, rows.numbers("impact")[row], lines[row])
      for year in 1...5 {
        let expected = rows.numbers("year\(year)")[row]
        assertSame(line.value(year: year), expected.isNaN ? 0 : expected, lines[row])
      }
    }
  }

  func testBreakEvenIsWhereItStopsPaying() throws {
    var value = try base()
    let share = try value.breakEvenDeadweight()
    for i in value.lines.indices { value.lines[i].deadweight = share }
    assertSame(try value.ratio(), 1, within: 1e-12)
    value.inputs = 1e9
    assertUndefined(.notReached, try value.breakEvenDeadweight())
    assertUndefined(
      .notReached, try SocialReturn(lines: [], inputs: 1, rate: 0).breakEvenDeadweight())
  }

  /// By hand: 10 × 100 × (1 − 0.5) = 500 over 250.
  func testSensitivityAndRange() throws {
    let value = try SocialReturn(
      lines: [.init(quantity: 10, proxy: 100, deadweight: 0.5)], inputs: 250, rate: 0)
    let inputs: [(input: SocialReturn.Input, low: Double, high: Double)] = [
      (.proxy(line: 0), 90, 110), (.deadweight(line: 0), 0.25, 0.75), (.rate, 0, 0.25),
    ]
    let swings = try value.sensitivity(inputs)
    XCTAssertEqual(swings.map(\.input), [.deadweight(line: 0), .proxy(line: 0), .rate])
    assertSame((swings[0].atLow, swings[0].atHigh), [3, 1])
    assertSame((swings[1].atLow, swings[1].atHigh), [1.8, 2.2])
    assertSame((swings[2].atLow, swings[2].atHigh), [2, 1.6])
    let range = try value.range(inputs)
    // Worst: 10 × 90 × 0.25 / 1.25 / 250; best: 10 × 110 × 0.75 / 250.
    assertSame((range.low, range.high), [0.72, 3.3])
    assertUndefined(
      .outOfRange(0), try value.sensitivity([(.deadweight(line: 0), 0, 1.5)]))
  }

  func testWhatCannotBeIsRefused() {
    func make(_ line: SocialReturn.Line, inputs: Double = 1, rate: Double = 0) throws {
      _ = try SocialReturn(lines: [line], inputs: inputs, rate: rate)
    }
    for line in [
      SocialReturn.Line(quantity: -1, proxy: 1), .init(quantity: 1, proxy: .nan),
      .init(quantity: 1, proxy: 1, deadweight: 1.1), .init(quantity: 1, proxy: 1, dropOff: -0.1),
      .init(quantity: 1, proxy: 1, years: 0), .init(quantity: 1, proxy: 1, start: 0),
      .init(quantity: 1, proxy: 1, attribution: .nan),
    ] {
      assertUndefined(.outOfRange(0), try make(line))
    }
    assertUndefined(.outOfRange(1), try make(.init(quantity: 1, proxy: 1), inputs: -1))
    assertUndefined(.outOfRange(1), try make(.init(quantity: 1, proxy: 1), rate: -1))
  }
}
