import Columns
import Periods
import Statistics

extension AggregateExecutor {
  /// What changes are worth, with the range that their assumptions leave.
  func valuationCells(_ valuation: Aggregate.Valuation) -> CellTable {
    let inputs = valuation.inputs.map { rowCells(.sum($0.amount), $0.scan) }
    let filter = filter(valuation.scan)
    let lines = ValuationLines(
      valuation, frame, periods, counted: CountedQuantities(valuation, self))
    var table = emptyTable()
    for level in space.levels {
      let set = groups(valuation.scan, level: level)
      for g in 0..<set.count {
        let key = set.keys[g]
        var members = Members()
        members.take(set, g, filter: filter)
        var read = lines.read(members, key.period)
        if inputs != nil { read.inputs = inputs?[key.period, key.id]?.value ?? 0 }
        var cell = Cell(unknown: read.unknown, known: Double(read.lines.count))
        if valuation.countsPeople { cell.persons = Int(read.quantity.rounded()) }
        do throws(Undefined) {
          try read.fill(&cell, valuation)
        } catch {
          cell.value = nil
          cell.reason = error == .notReached ? .neverPays : Reason(error)
        }
        table.set(key, cell)
      }
    }
    return table
  }
}

/// The rows of a table of changes as the lines of a valuation.
private struct ValuationLines {
  typealias Factor = Aggregate.Valuation.Factor

  /// One number of a row, with its ends.
  private struct Readers {
    var base: [Reader<Double>]
    var low: [Reader<Double>]?
    var high: [Reader<Double>]?
  }

  private let valuation: Aggregate.Valuation
  private let periods: [Period]
  private let numbers: [Factor: Readers]
  private let years: [Reader<Double>]
  private let start: [Reader<Double>]
  private let condition: [Reader<Int8>]?
  private let named: (codes: Reader<Int32>, periods: [Period?])?
  private let isDated: Bool
  private let counted: CountedQuantities?

  init(
    _ valuation: Aggregate.Valuation, _ frame: Frame, _ periods: [Period],
    counted: CountedQuantities?
  ) {
    self.counted = counted
    self.valuation = valuation
    self.periods = periods
    let table = valuation.scan.table
    func numbers(_ e: RowExpression) -> [Reader<Double>] {
      frame.numbers(e, table, periods: periods)
    }
    self.numbers = valuation.numbers.mapValues {
      Readers(base: numbers($0.base), low: $0.low.map(numbers), high: $0.high.map(numbers))
    }
    years = numbers(valuation.years)
    start = numbers(valuation.start)
    condition =
      if case .part(let e) = valuation.gives {
        frame.truth(e, table, periods: periods)
      } else { nil }
    isDated = valuation.period == nil
    named = valuation.period.flatMap { frame.texts($0, year: 0) }.map { texts in
      (texts.codes, texts.lexicon.strings.map { try? Period($0) })
    }
  }

  /// Whether a row is of a period: the one it names lies in it. Nil when it names none.
  private func isOf(_ row: Int, _ period: Int) -> Bool? {
    if isDated { return true }
    guard let named, named.codes[row] >= 0, let own = named.periods[Int(named.codes[row])] else {
      return nil
    }
    return own.first >= periods[period].first && own.last <= periods[period].last
  }

  /// The lines of a group's rows. A row of which a number is not known has no line: it counts as
  /// unknown.
  func read(_ members: Members, _ period: Int) -> ReadValuation {
    var out = ReadValuation()
    let quantities = counted?.read(members, period) ?? [:]
    for i in members.rows.indices {
      let row = Int(members.rows[i])
      let isOf = isOf(row, period)
      if isOf == false || !members.truth.isEmpty && members.truth[i] == 0 { continue }
      let truth = condition?[period][row] ?? 1
      guard isOf == true, members.takes(i), truth >= 0,
        let line = line(row, period, quantities[row])
      else {
        out.unknown += 1
        continue
      }
      let place = out.lines.count
      out.lines.append(line)
      out.holds.append(truth == 1)
      for factor in Factor.allCases where factor != .rate && isCounted(factor) {
        // What is counted has no ends of the sheet.
        if factor == .quantity, quantities[row] != nil { continue }
        if let swing = swing(factor, line, row, period, at: place) { out.swings.append(swing) }
      }
    }
    if let low = valuation.lowRate, let high = valuation.highRate,
      valuation.varied.contains(.rate)
    {
      out.swings.append((.rate, low, high))
    }
    return out
  }

  private func isCounted(_ factor: Factor) -> Bool {
    valuation.varied.contains(factor) && (!factor.isDeducted || valuation.deducted.contains(factor))
  }

  private func line(_ row: Int, _ period: Int, _ counted: Double?) -> SocialReturn.Line? {
    func number(_ factor: Factor) -> Double { numbers[factor]?.base[period][row] ?? .nan }
    func share(_ factor: Factor) -> Double {
      valuation.deducted.contains(factor) ? number(factor) : 0
    }
    let first = start[period][row]
    let span = years[period][row]
    let lasts = !span.isNaN && span > 1
    let line = SocialReturn.Line(
      quantity: counted ?? number(.quantity), proxy: number(.proxy), deadweight: share(.deadweight),
      displacement: share(.displacement), attribution: share(.attribution),
      dropOff: lasts ? number(.dropOff) : 0, years: span.isNaN ? 1 : Int(span),
      start: first.isNaN ? 1 : Int(first))
    let all = [
      line.quantity, line.proxy, line.deadweight, line.displacement, line.attribution,
      line.dropOff,
    ]
    return all.contains(where: \.isNaN) ? nil : line
  }

  /// The ends of a number: its own, or for a share so many points on both sides.
  private func swing(
    _ factor: Factor, _ line: SocialReturn.Line, _ row: Int, _ period: Int, at place: Int
  ) -> ReadValuation.Swing? {
    let input: SocialReturn.Input
    let base: Double
    switch factor {
    case .quantity: (input, base) = (.quantity(line: place), line.quantity)
    case .proxy: (input, base) = (.proxy(line: place), line.proxy)
    case .deadweight: (input, base) = (.deadweight(line: place), line.deadweight)
    case .displacement: (input, base) = (.displacement(line: place), line.displacement)
    case .attribution: (input, base) = (.attribution(line: place), line.attribution)
    case .dropOff: (input, base) = (.dropOff(line: place), line.dropOff)
    case .rate: return nil
    }
    if factor == .dropOff, line.years < 2 { return nil }
    var low = numbers[factor]?.low?[period][row] ?? .nan
    var high = numbers[factor]?.high?[period][row] ?? .nan
    if low.isNaN && high.isNaN {
      guard factor.isShare, valuation.spread > 0 else { return nil }
      low = max(0, base - valuation.spread)
      high = min(1, base + valuation.spread)
    }
    return (
      input, min(low.isNaN ? base : low, base), max(high.isNaN ? base : high, base)
    )
  }
}

/// The lines of one group, what they may also be, and what was put in.
private struct ReadValuation {
  typealias Swing = (input: SocialReturn.Input, low: Double, high: Double)

  var lines: [SocialReturn.Line] = []
  /// Whether the condition asked about holds, by line.
  var holds: [Bool] = []
  var swings: [Swing] = []
  var unknown = 0.0
  var inputs = 0.0

  var quantity: Double { lines.reduce(0) { $0 + $1.quantity } }

  /// Puts the value and its range into a cell.
  func fill(_ cell: inout Cell, _ valuation: Aggregate.Valuation) throws(Undefined) {
    guard !lines.isEmpty else {
      cell.reason = .nothingToValue
      return
    }
    if valuation.needsRange, !swings.contains(where: { $0.low < $0.high }) {
      cell.reason = .noRange
      return
    }
    let whole = try SocialReturn(
      lines: lines, inputs: inputs, rate: valuation.rate, timing: valuation.timing)
    switch valuation.gives {
    case .ratio:
      cell.value = try whole.ratio()
      cell.numerator = whole.presentValue
      cell.denominator = inputs
      (cell.low, cell.high) = try whole.range(swings)
    case .firstYear:
      var year = whole
      for i in lines.indices { (year.lines[i].years, year.lines[i].start) = (1, 1) }
      (year.inputs, year.rate) = (1, 0)
      let ends = swings.filter { if case .dropOff = $0.input { false } else { true } }
      cell.value = year.undiscounted
      cell.numerator = cell.value
      (cell.low, cell.high) = try year.range(ends)
    case .breakEven:
      guard inputs > 0 else { throw .zeroTotal }
      cell.value = try whole.breakEvenDeadweight()
      var free = whole
      for i in lines.indices { free.lines[i].deadweight = 0 }
      let ends = swings.filter { if case .deadweight = $0.input { false } else { true } }
      // 1 − inputs/value without deadweight: the ends of one are those of the other.
      let range = try free.range(ends)
      cell.low = range.low > 1 ? 1 - 1 / range.low : 0
      cell.high = range.high > 1 ? 1 - 1 / range.high : 0
    case .part:
      var all = whole
      for i in lines.indices { all.lines[i].proxy = abs(lines[i].proxy) }
      let total = all.presentValue
      guard total > 0 else { throw .zeroTotal }
      for i in lines.indices where !holds[i] { all.lines[i].quantity = 0 }
      cell.numerator = all.presentValue
      cell.denominator = total
      cell.value = all.presentValue / total
    }
  }
}
