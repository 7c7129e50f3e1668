import Diagnostics
import Disclosure
import Periods

/// All released cells of one indicator, found by place and time.
struct Cells: Sendable {
  /// Where a cell stands.
  private struct Key: Hashable {
    let first: Day
    let last: Day
    let residence: String
    let cuts: [String]
    let values: [String]
  }

  let heading: ReleasedHeading
  /// Its tables, for the data file of the indicator.
  let tables: [ReleasedTable]
  let unit: UnitText
  private let rows: [Key: ReleasedRow]

  /// Joins the tables of one indicator; nil when there is none, or when they are of several numbers
  /// of its parameters: those are not the same thing.
  init?(_ tables: [ReleasedTable], language: Language) {
    guard let heading = tables.first?.heading,
      tables.allSatisfy({ $0.heading.fullID == heading.fullID })
    else { return nil }
    self.heading = heading
    self.tables = tables
    var rows: [Key: ReleasedRow] = [:]
    for table in tables {
      for row in table.rows {
        let key = Key(
          first: row.period.first, last: row.period.last, residence: row.residence,
          cuts: table.cuts, values: row.cuts)
        if rows[key] == nil { rows[key] = row }
      }
    }
    self.rows = rows
    var unit = UnitText(
      unit: heading.unit, values: tables.flatMap(\.rows).compactMap(\.value), language: language)
    unit.isRange = tables.contains(where: \.givesRange)
    self.unit = unit
  }

  /// The cell of a residence (`_total` for all) in a period.
  func row(_ residence: String, _ period: Period?, cuts: [String] = [], values: [String] = [])
    -> ReleasedRow?
  {
    guard let period else { return nil }
    return rows[
      Key(
        first: period.first, last: period.last, residence: residence, cuts: cuts, values: values)]
  }

  /// The values that a cut takes in the released rows, without the total, sorted.
  func values(ofCut cut: String) -> [String] {
    var found: Set<String> = []
    for table in tables where table.cuts == [cut] {
      for row in table.rows { found.formUnion(row.cuts) }
    }
    found.remove("_total")
    return found.sorted()
  }

  /// Every value that is given.
  var values: [Double] { rows.values.compactMap(\.value) }

  /// Whether it was computed without a cut, so that an absent value is worth telling.
  var hasWhole: Bool { tables.contains { $0.cuts.isEmpty } }

  /// Whether the value of one residence can be held against that of all: a rate, not an amount.
  var isComparable: Bool {
    ["share", "index", "ratio", "score"].contains(heading.unit) || heading.unit.hasPrefix("EUR/")
  }

  /// « 142 sur 310 » of a share, « 1 200 ÷ 84 » of another quotient; nil of a plain count.
  func workings(_ row: ReleasedRow, _ words: Words) -> String? {
    // The two sides of a weighted estimate are sums of weights, which tell a reader nothing.
    // Those of a range would tell the figure that never stands alone.
    guard !heading.isSurvey, !unit.isRange, let a = row.numerator, let b = row.denominator,
      let value = row.value
    else { return nil }
    func text(_ x: Double) -> String {
      unit.numbers.number(x, decimals: x == x.rounded() || abs(x) >= 100 ? 0 : 1)
    }
    if heading.unit == "share" { return words.outOf(text(a), text(b)) }
    if b == 1 && a == value { return nil }
    return "\(text(a))\u{A0}÷\u{A0}\(text(b))"
  }

  /// « 51 répondants » of a survey; nil of a census.
  func respondents(_ row: ReleasedRow, _ words: Words) -> String? {
    guard heading.isSurvey, let persons = row.persons else { return nil }
    return unit.numbers.number(Double(persons))
  }

  /// What a value rests on, in few letters: « 142 sur 310 », « n = 51 »; nil of an amount.
  func base(_ row: ReleasedRow, _ words: Words) -> String? {
    workings(row, words) ?? respondents(row, words).map { "n\u{A0}=\u{A0}\($0)" }
  }

  /// The change between two cells, when both are given.
  func change(_ now: ReleasedRow?, _ before: ReleasedRow?) -> Change? {
    // The base of a range says nothing alone, nor does its change.
    guard !unit.isRange, let a = now?.value, let b = before?.value else { return nil }
    var isWithinError = false
    var margin: String?
    if let s = now?.standardError, let t = before?.standardError {
      margin = unit.margin(1.96 * (s * s + t * t).squareRoot())
      // Two independent estimates differ beyond chance at 95 % when |a-b| > 1.96·√(s²+t²).
      isWithinError = (a - b) * (a - b) <= 1.96 * 1.96 * (s * s + t * t)
    }
    return Change(
      difference: a - b, text: unit.change(a - b), isStable: unit.isStable(a - b),
      isWithinError: isWithinError, margin: margin)
  }
}

extension ReleasedTable {
  /// Whether its values stand between the ends that assumptions leave, and not in the interval of
  /// a sample.
  var givesRange: Bool {
    !heading.isSurvey
      && rows.contains { $0.low != nil && $0.standardError == nil && $0.effectiveSize == nil }
  }
}

/// How a value moved.
struct Change: Sendable {
  let difference: Double
  let text: String
  /// Nothing is seen at the decimals shown.
  let isStable: Bool
  /// The samples cannot tell it from chance.
  let isWithinError: Bool
  /// How far chance alone may have moved it at 95 %, when it was measured on samples: « ± 5 points ».
  var margin: String?

  /// A sign that is read without colour.
  var arrow: String {
    isWithinError ? "≈" : isStable ? "=" : difference > 0 ? "▲" : "▼"
  }

  /// The sign and the difference.
  var marked: String { isStable ? "\(arrow) stable" : "\(arrow)\u{A0}\(text)" }
}
