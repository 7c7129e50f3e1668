import Statistics
import XCTest

/// SROI arithmetic, against exact fractions computed beforehand.
final class SocialReturnTests: XCTestCase {
  private static func line(_ r: Reference) -> SocialReturn.Line {
    SocialReturn.Line(
      quantity: r["quantity"].given.number ?? .nan, proxy: r["proxy"].given.number ?? .nan,
      deadweight: r["deadweight"].given.number ?? 0,
      displacement: r["displacement"].given.number ?? 0,
      attribution: r["attribution"].given.number ?? 0, dropOff: r["dropoff"].given.number ?? 0,
      years: Int(r["duration"].given.number ?? 1), start: Int(r["start"].given.number ?? 1))
  }

  private func base(rate: Double = 0.035, timing: SocialReturn.Timing = .end) throws
    -> SocialReturn
  {
    let reference = try Reference(file: "sroi.json")
    let inputs = reference["inputs"].keys.reduce(0.0) {
      $0 + (reference["inputs"][$1].given.number ?? .nan)
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
        lines: [.init(quantity: 10, proxy: 100, deadweight: 1, years: 3)], inputs: 4000.5,
        rate: 0.035),
      "single_year": try one(
        .init(quantity: 1, proxy: 300, deadweight: 0.1, attribution: 0.4), 100),
      "product_vs_additive": try one(
        .init(quantity: 1, proxy: 1000, deadweight: 0.4, displacement: 0.3, attribution: 0.5),
        1000, 0),
      "full_dropoff_second_year": try one(
        .init(quantity: 1, proxy: 100, dropOff: 1, years: 4), 100),
    ]
  }

  func testEveryCase() throws {
    let reference = try Reference(file: "sroi.json")["cases"]
    try Reference(file: "sroi.json")["definition"].apart(.peer)
    let cases = try cases()
    XCTAssertEqual(cases.keys.sorted(), reference.keys)
    for (name, value) in cases {
      let r = reference[name]
      var start = value
      start.timing = .start
      assertSame(value.inputs, r["inputs"], name)
      var plain = value
      plain.rate = 0
      assertSame(value.rate, r["discount_rate"])
      assertSame(try plain.ratio(), orUndefined: r["ratio_undiscounted"])
      assertSame(value.undiscounted, r["undiscounted"], name)
      assertSame(value.presentValue, r["pv_end"], name)
      assertSame(start.presentValue, r["pv_start"], name)
      assertSame(value.netPresentValue, r["npv_end"], name)
      assertSame(start.netPresentValue, r["npv_start"], name)
      assertSame(try value.ratio(), orUndefined: r["ratio_end"], name)
      assertSame(try start.ratio(), orUndefined: r["ratio_start"], name)
      assertSame(
        try value.paybackMonths(), orUndefined: r["payback_months_undiscounted"], name)
      XCTAssertEqual(value.yearly.count, r["years"].keys.count, name)
      for (i, year) in value.yearly.enumerated() {
        assertSame(year, r["years"]["\(i + 1)"], name)
      }
      assertSame(
        value.lines.reduce(0) { $0 + $1.impact }, r["impact_year1_sum"], name)
      if let exact = r["exact"]["pv_end"].text {
        Claims.claim(r["exact"], as: .compared)
        let parts = exact.split(separator: "/").compactMap { Double($0) }
        assertSame(value.presentValue, parts[0] / (parts.count > 1 ? parts[1] : 1), name)
      }
    }
  }

  func testEachLine() throws {
    let rows = try Rows("reference/sroi_lines.csv")
    let reference = try Reference(file: "sroi.json")["lines"].list
    let names = reference.map { $0["name"].given.text ?? "" }
    XCTAssertEqual(names.count, 5)
    let all = try cases()
    let texts = rows.texts("line")
    rows.given("case", "line")
    var place: [String: Int] = [:]
    let lines = try rows.texts("case").enumerated().map { row, name -> SocialReturn.Line in
      let lines = try XCTUnwrap(all[name], name).lines
      // Lines stand in the order of their case.
      let i = place[name] ?? 0
      place[name] = i + 1
      XCTAssertEqual(texts[row], lines.count == 1 ? "x" : names[i])
      return lines[i]
    }
    XCTAssertEqual(place, all.mapValues(\.lines.count).filter { $0.value > 0 })
    assertSame(lines.map { $0.quantity * $0.proxy }, rows, "gross")
    assertSame(lines.map(\.impact), rows, "impact")
    assertSame(
      lines.map { line in
        SocialReturn.Line(
          quantity: 1, proxy: 1, deadweight: line.deadweight, displacement: line.displacement,
          attribution: line.attribution
        ).impact
      }, rows, "net_share")
    for year in 1...5 {
      // Empty: before it starts, or after it has ended.
      assertSame(
        lines.map { line in
          let isWithin = year >= line.start && year < line.start + line.years
          if !isWithin { XCTAssertEqual(line.value(year: year), 0) }
          return isWithin ? line.value(year: year) : .nan
        }, rows, "year\(year)")
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
