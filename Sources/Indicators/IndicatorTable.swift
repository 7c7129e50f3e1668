package import Periods

/// The word in a residence or cut column that stands for "all together".
package let totalMark = "_total"
/// The word in a cut column that stands for "not known".
package let unknownMark = "_unknown"
/// The word in a cut column for a row that has no such cut.
package let notApplicableMark = "_na"

/// One value of an indicator, before disclosure control.
package struct IndicatorRow: Sendable {
  /// The period.
  package var period: Period
  /// The residence's key, or `_total`.
  package var residence: String
  /// The value of each cut, in the table's order; `_total`, `_unknown`.
  package var cuts: [String]
  /// The value.
  package var estimate: Estimate

  /// Makes a row.
  package init(period: Period, residence: String, cuts: [String], estimate: Estimate) {
    self.period = period
    self.residence = residence
    self.cuts = cuts
    self.estimate = estimate
  }
}

/// All values of one indicator for the cuts asked for, before disclosure control.
package struct IndicatorTable: Sendable {
  /// What was computed.
  package var definition: IndicatorDefinition
  /// The names of the cuts.
  package var cuts: [String]
  /// Values: by period, then residence (`_total` first), then cuts (`_total` first).
  package var rows: IndicatorRows
  /// What the numbers beside the values count.
  package var sides: TableSides

  /// Makes a table of some rows.
  ///
  /// Without `sides`, its numbers are taken for those of no other indicator.
  package init(
    definition: IndicatorDefinition, cuts: [String], rows: [IndicatorRow],
    sides: TableSides? = nil
  ) {
    let id = definition.fullID
    self.init(
      definition: definition, cuts: cuts, rows: IndicatorRows(rows, cuts: cuts.count),
      sides: sides
        ?? TableSides(
          numerator: Counted(named: id + "#n"), denominator: Counted(named: id + "#d"),
          persons: Counted(named: id + "#p"),
          isPart: definition.unit == "share"))
  }

  init(
    definition: IndicatorDefinition, cuts: [String], rows: IndicatorRows, sides: TableSides
  ) {
    self.definition = definition
    self.sides = sides
    self.cuts = cuts
    self.rows = rows
  }
}

/// The rows of a table, each put together when it is read: periods, labels and estimates are kept
/// once, and a row is a number for each. Most combinations of many cuts are empty groups, and
/// those of one residence and period share one estimate.
package struct IndicatorRows: RandomAccessCollection, Sendable {
  private let periods: [Period]
  /// The labels of each dimension: residences, then each cut.
  private let labels: [[String]]
  /// Some rows one after the other, as they were computed.
  struct Piece: Sendable {
    var estimates: [Estimate] = []
    /// The estimate of each row.
    var places: [Int32] = []
  }
  private let pieces: [Piece]
  /// The number of each row among all combinations of period and labels, the last dimension
  /// fastest; nil when there is a row for each.
  private let listed: [Int]?

  /// A row for every combination.
  init(periods: [Period], labels: [[String]], pieces: [Piece]) {
    (self.periods, self.labels, self.pieces, listed) = (periods, labels, pieces, nil)
    endIndex = pieces.reduce(0) { $0 + $1.places.count }
  }

  /// The rows given, in their order.
  init(_ rows: [IndicatorRow], cuts: Int) {
    var periods = Numbering<Period>()
    var labels = [Numbering<String>](repeating: Numbering(), count: cuts + 1)
    let codes = rows.map { row in
      ([row.residence] + row.cuts).enumerated().reduce(into: [periods.number(row.period)]) {
        $0.append(labels[$1.offset].number($1.element))
      }
    }
    let widths = labels.map(\.values.count)
    (self.periods, self.labels) = (periods.values, labels.map(\.values))
    pieces = [Piece(estimates: rows.map(\.estimate), places: rows.indices.map { Int32($0) })]
    endIndex = rows.count
    listed = codes.map { code in
      zip(code.dropFirst(), widths).reduce(code[0]) { $0 * $1.1 + $1.0 }
    }
  }

  /// The first row.
  package var startIndex: Int { 0 }
  /// The number of rows.
  package let endIndex: Int

  /// A row.
  package subscript(position: Int) -> IndicatorRow {
    var number = listed?[position] ?? position
    var cuts: [String] = []
    for d in labels.indices.reversed() {
      cuts.append(labels[d][number % labels[d].count])
      number /= labels[d].count
    }
    let residence = cuts.removeLast()
    return IndicatorRow(
      period: periods[number], residence: residence, cuts: cuts.reversed(),
      estimate: estimate(position))
  }

  private func estimate(_ position: Int) -> Estimate {
    var place = position
    var piece = 0
    while place >= pieces[piece].places.count {
      place -= pieces[piece].places.count
      piece += 1
    }
    return pieces[piece].estimates[Int(pieces[piece].places[place])]
  }
}

/// Values by number of first appearance.
private struct Numbering<Value: Hashable> {
  private(set) var values: [Value] = []
  private var numbers: [Value: Int] = [:]

  mutating func number(_ value: Value) -> Int {
    if let known = numbers[value] { return known }
    numbers[value] = values.count
    values.append(value)
    return values.count - 1
  }
}
