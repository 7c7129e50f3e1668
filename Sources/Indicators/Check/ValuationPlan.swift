import Model
import Statistics

extension Aggregate {
  /// What changes are worth: always with the range that its assumptions leave.
  struct Valuation: Sendable, Hashable {
    /// What is given of the valuation.
    enum Gives: Sendable, Hashable {
      /// Present value over what was put in.
      case ratio
      /// The value of the first year, in money.
      case firstYear
      /// The deadweight from which on the project costs more than it brings.
      case breakEven
      /// The part of the present value that rests on rows for which a condition holds.
      case part(RowExpression)
    }

    /// A number that a valuation rests on, as its column is named.
    enum Factor: String, Sendable, Hashable, CaseIterable {
      case quantity, proxy, deadweight, displacement, attribution, dropOff = "drop_off", rate

      /// Whether it is a share that is deducted.
      var isDeducted: Bool {
        switch self {
        case .deadweight, .displacement, .attribution: true
        case .quantity, .proxy, .dropOff, .rate: false
        }
      }

      /// Whether it is a share.
      var isShare: Bool { isDeducted || self == .dropOff }
    }

    /// A number with the ends between which it may lie.
    struct Number: Sendable, Hashable {
      var base: RowExpression
      var low: RowExpression?
      var high: RowExpression?

      var expressions: [RowExpression] { [base, low, high].compactMap { $0 } }
    }

    /// What was put in: a sum of amounts.
    struct Inputs: Sendable, Hashable {
      var amount: RowExpression
      var scan: Scan
    }

    /// Quantities that are not those of the rows but counted from other ones: people whose answers
    /// moved, for a change that is said to be measured.
    struct Counted: Sendable, Hashable {
      /// How many people, for the rows that name them so.
      struct Count: Sendable, Hashable {
        var name: String
        var people: RowAggregate
        var scan: Scan
      }

      /// For which rows.
      var when: RowExpression
      /// What names the count.
      var by: ResolvedPath
      var counts: [Count]

      var expressions: [RowExpression] {
        [when, .path(by)] + counts.flatMap { $0.people.expressions + $0.scan.expressions }
      }
    }

    var gives: Gives
    var scan: Scan
    /// The period that a row names.
    var period: ResolvedPath?
    var numbers: [Factor: Number]
    var counted: Counted?
    var years: RowExpression
    var start: RowExpression
    var inputs: Inputs?
    var rate = 0.0
    var lowRate: Double?
    var highRate: Double?
    var timing = SocialReturn.Timing.end
    /// The factors that take their low and high values.
    var varied = Set(Factor.allCases)
    /// How far shares without ends of their own are varied, both ways.
    var spread = 0.0
    /// The shares that are deducted.
    var deducted = Set(Factor.allCases.filter(\.isDeducted))

    /// Whether quantities are people: then their number is told, and protects them.
    var countsPeople = false

    /// Every row expression that takes part.
    var expressions: [RowExpression] {
      var out = scan.expressions + [years, start] + (period.map { [.path($0)] } ?? [])
      for factor in Factor.allCases { out += numbers[factor]?.expressions ?? [] }
      if let inputs { out += [inputs.amount] + inputs.scan.expressions }
      out += counted?.expressions ?? []
      if case .part(let condition) = gives { out.append(condition) }
      return out
    }

    /// The same with every scan changed.
    func mapScans(_ change: (Scan) throws(FormulaError) -> Scan) throws(FormulaError) -> Self {
      var out = self
      out.scan = try change(scan)
      if let inputs { out.inputs?.scan = try change(inputs.scan) }
      for i in (counted?.counts ?? []).indices {
        if let scan = counted?.counts[i].scan { out.counted?.counts[i].scan = try change(scan) }
      }
      return out
    }

    /// Every scan.
    var scans: [Scan] {
      [scan] + (inputs.map { [$0.scan] } ?? []) + (counted?.counts.map(\.scan) ?? [])
    }

    /// Whether the value may not stand without its range.
    var needsRange: Bool { if case .part = gives { false } else { true } }
  }
}
