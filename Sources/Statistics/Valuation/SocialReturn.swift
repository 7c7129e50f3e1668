/// Social return on investment: what changes are worth, over what was put in.
///
/// impact = quantity × proxy × (1 − deadweight)(1 − displacement)(1 − attribution), each a share
/// of what is left (never added up); each later year × (1 − drop-off). A ratio is never shown
/// alone: see `range`, `sensitivity`, `breakEvenDeadweight`.
///
/// Reference: the headings of Social Value International's Value Map; A Guide to SROI (Cabinet
/// Office 2009, 2012).
public struct SocialReturn: Sendable, Hashable {
  /// One change, valued.
  public struct Line: Sendable, Hashable {
    /// How many had it.
    public var quantity: Double
    /// What one unit of it is worth in a year; below 0 for a harm.
    public var proxy: Double
    /// The share that would have happened anyway; that moved elsewhere; that others caused.
    public var deadweight: Double, displacement: Double, attribution: Double
    /// The share of the effect that is lost each year.
    public var dropOff: Double
    /// How many years it lasts, and the year in which it begins (1: the period itself).
    public var years: Int, start: Int

    /// Makes a line.
    public init(
      quantity: Double, proxy: Double, deadweight: Double = 0, displacement: Double = 0,
      attribution: Double = 0, dropOff: Double = 0, years: Int = 1, start: Int = 1
    ) {
      self.quantity = quantity
      self.proxy = proxy
      self.deadweight = deadweight
      self.displacement = displacement
      self.attribution = attribution
      self.dropOff = dropOff
      self.years = years
      self.start = start
    }

    /// What the change is worth in its first year.
    public var impact: Double {
      quantity * proxy * (1 - deadweight) * (1 - displacement) * (1 - attribution)
    }

    /// What it is worth in a year of the calculation, from 1; 0 before its start and after its end.
    public func value(year: Int) -> Double {
      let age = year - start
      guard age >= 0, age < years else { return 0 }
      var out = impact
      for _ in 0..<age { out *= 1 - dropOff }
      return out
    }
  }

  /// When a year's value is discounted.
  public enum Timing: Sendable, Hashable {
    /// The first year by 1 + r: as if all fell on its end.
    case end
    /// The first year not at all.
    case start
  }

  /// The changes.
  public var lines: [Line]
  /// What was put in, in money.
  public var inputs: Double
  /// The yearly discount rate.
  public var rate: Double
  /// When discounting begins.
  public var timing: Timing

  /// Makes a calculation. `outOfRange` with the line's place for a share outside 0 to 1, a negative
  /// quantity, less than a year, or a start before 1; with the number of lines for inputs below 0
  /// or a rate of −1 or less.
  public init(lines: [Line], inputs: Double, rate: Double, timing: Timing = .end)
    throws(Undefined)
  {
    for (i, line) in lines.enumerated() {
      let shares = [line.deadweight, line.displacement, line.attribution, line.dropOff]
      guard shares.allSatisfy({ (0...1).contains($0) }), line.quantity >= 0, line.years >= 1,
        line.start >= 1, line.proxy.isFinite
      else { throw .outOfRange(i) }
    }
    guard inputs >= 0, rate > -1 else { throw .outOfRange(lines.count) }
    self.lines = lines
    self.inputs = inputs
    self.rate = rate
    self.timing = timing
  }

  /// The value of each year from 1, not discounted.
  public var yearly: [Double] {
    let last = lines.map { $0.start + $0.years - 1 }.max() ?? 0
    return (0..<last).map { year in lines.reduce(0) { $0 + $1.value(year: year + 1) } }
  }

  /// The value of all years, not discounted.
  public var undiscounted: Double { yearly.reduce(0, +) }

  /// The present value: each year's value over (1 + r) to the number of the year (one less when the
  /// first is not discounted).
  public var presentValue: Double {
    var divisor = timing == .end ? 1 + rate : 1
    return yearly.reduce(0) { sum, value in
      defer { divisor *= 1 + rate }
      return sum + value / divisor
    }
  }

  /// The present value less what was put in.
  public var netPresentValue: Double { presentValue - inputs }

  /// Present value over inputs. Undefined without inputs.
  public func ratio() throws(Undefined) -> Double {
    guard inputs > 0 else { throw .zeroTotal }
    return presentValue / inputs
  }

  /// The months after which values, not discounted and even within each year, have paid for the
  /// inputs. Undefined when they never do.
  public func paybackMonths() throws(Undefined) -> Double {
    var left = inputs
    if left <= 0 { return 0 }
    for (year, value) in yearly.enumerated() {
      if value > 0, value >= left { return 12 * (Double(year) + left / value) }
      left -= value
    }
    throw .notReached
  }

  /// The deadweight that, put in place of that of every line, makes the present value equal to the
  /// inputs: above it the project costs more than it brings. Undefined when even without deadweight
  /// it does not pay.
  public func breakEvenDeadweight() throws(Undefined) -> Double {
    var free = self
    for i in free.lines.indices { free.lines[i].deadweight = 0 }
    let most = free.presentValue
    guard most > 0, most >= inputs else { throw .notReached }
    return 1 - inputs / most
  }

  /// What the ratio becomes when one input of one line, or the rate, takes its low or its high
  /// value, all else as in the base.
  public struct Swing: Sendable {
    /// The input.
    public let input: Input
    /// The ratio at the input's low value, and at its high one.
    public let atLow: Double, atHigh: Double
  }

  /// A number that the ratio rests on.
  public enum Input: Sendable, Hashable {
    case quantity(line: Int), proxy(line: Int), deadweight(line: Int), displacement(line: Int)
    case attribution(line: Int), dropOff(line: Int), rate
  }

  /// The ratio at the low and the high value of each input, one at a time, the widest swing first.
  /// Undefined as `ratio` and the calculation are.
  public func sensitivity(_ inputs: [(input: Input, low: Double, high: Double)])
    throws(Undefined) -> [Swing]
  {
    var out: [Swing] = []
    for (input, low, high) in inputs {
      out.append(
        Swing(
          input: input, atLow: try with(input, low).ratio(), atHigh: try with(input, high).ratio()))
    }
    return out.sorted { abs($0.atHigh - $0.atLow) > abs($1.atHigh - $1.atLow) }
  }

  /// The ratio when every input takes its less favourable value at once, and its more favourable:
  /// the ends between which the truth lies if each input lies between its own. Which value of an
  /// input is less favourable is found one at a time.
  public func range(_ inputs: [(input: Input, low: Double, high: Double)]) throws(Undefined) -> (
    low: Double, high: Double
  ) {
    var (worst, best) = (self, self)
    for (input, low, high) in inputs {
      let (a, b) = (try with(input, low).presentValue, try with(input, high).presentValue)
      worst = try worst.with(input, a <= b ? low : high)
      best = try best.with(input, a <= b ? high : low)
    }
    return (try worst.ratio(), try best.ratio())
  }

  /// The calculation with another value of one input.
  public func with(_ input: Input, _ value: Double) throws(Undefined) -> SocialReturn {
    var lines = lines
    var rate = rate
    switch input {
    case .quantity(let i): lines[i].quantity = value
    case .proxy(let i): lines[i].proxy = value
    case .deadweight(let i): lines[i].deadweight = value
    case .displacement(let i): lines[i].displacement = value
    case .attribution(let i): lines[i].attribution = value
    case .dropOff(let i): lines[i].dropOff = value
    case .rate: rate = value
    }
    return try SocialReturn(lines: lines, inputs: inputs, rate: rate, timing: timing)
  }
}
