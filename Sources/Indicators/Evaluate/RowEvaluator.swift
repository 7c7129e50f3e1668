import Columns
import Periods

/// Evaluates row expressions for all units of a domain of a base table, a column at a time.
struct RowEvaluator {
  let frame: Frame
  /// The table whose rows are read.
  let base: String
  /// The period, for ages and for its ends; nil where nothing depends on it.
  let period: Period?
  /// At which units; every path read must be a function of them.
  var domain: Domain = .rows

  var rowCount: Int { frame.count(base, domain) }

  /// The values of an expression.
  func vector(_ expression: RowExpression) -> Vector {
    switch expression {
    case .path(let path): return frame.vector(path, year: period?.last.year ?? 0, domain: domain)
    case .number(let value): return .number([Double](repeating: value, count: rowCount))
    case .day(let day): return .ordinal([Int32](repeating: day.number, count: rowCount))
    case .text(let text):
      return .code([Int32](repeating: 0, count: rowCount), Lexicon([text]))
    case .compare(let comparison, let a, let b): return .truth(compare(comparison, a, b))
    case .isIn(let value, let items): return .truth(isIn(value, items))
    case .known(let inner): return .truth(known(inner))
    case .and(let a, let b):
      // Three-valued: false decides, then unknown.
      return .truth(zip(truth(a), truth(b)).map { $0 == 0 || $1 == 0 ? 0 : min($0, $1) })
    case .or(let a, let b):
      return .truth(
        zip(truth(a), truth(b)).map { $0 == 1 || $1 == 1 ? 1 : ($0 < 0 || $1 < 0 ? -1 : 0) })
    case .not(let inner): return .truth(truth(inner).map { $0 < 0 ? -1 : 1 - $0 })
    case .arithmetic(let operation, let a, let b):
      let (x, y) = (numbers(a), numbers(b))
      return .number(
        zip(x, y).map { l, r in
          switch operation {
          case .add: l + r
          case .subtract: l - r
          case .multiply: l * r
          case .divide: r == 0 ? .nan : l / r
          }
        })
    case .coalesce(let items, _):
      var out = [Double](repeating: .nan, count: rowCount)
      for item in items {
        let values = numbers(item)
        for i in 0..<out.count where out[i].isNaN { out[i] = values[i] }
      }
      return .number(out)
    case .days(let a, let b): return .number(zip(numbers(a), numbers(b)).map { $1 - $0 })
    case .periodDay(let end):
      let day = end == .start ? period?.first : period?.last
      return .ordinal(
        [Int32](repeating: day?.number ?? Column.missingDay, count: rowCount))
    case .daysPresent: return .number(daysPresent())
    case .lookup(let lookup):
      return .ordinal(
        frame.dates(lookup, domain: domain, year: period?.last.year ?? 0, count: rowCount))
    case .score(let value): return frame.vector(value, domain: domain, base)
    case .calendar(let function, let items): return calendar(function, items)
    }
  }

  /// How many days of the period each row of a register holds.
  private func daysPresent() -> [Double] {
    guard let period else { return [Double](repeating: .nan, count: rowCount) }
    // Where no row has an end, one value stands for all.
    guard domain == .rows else { return [Double](repeating: Double(period.days), count: rowCount) }
    let (from, to) = frame.validity(base)
    return zip(from, to).map {
      Double(
        max(0, min(Int($1), Int(period.last.number) + 1) - max(Int($0), Int(period.first.number))))
    }
  }

  /// The values of a condition: 1, 0, -1 unknown.
  func truth(_ expression: RowExpression) -> [Int8] {
    if case .truth(let values) = vector(expression) { return values }
    return [Int8](repeating: -1, count: rowCount)
  }

  /// The values of a number; NaN is missing.
  func numbers(_ expression: RowExpression) -> [Double] { vector(expression).numbers }

  private func known(_ expression: RowExpression) -> [Int8] {
    switch vector(expression) {
    case .number(let values): values.map { $0.isNaN ? 0 : 1 }
    case .code(let codes, _): codes.map { $0 == Column.missingCode ? 0 : 1 }
    case .ordinal(let values): values.map { $0 == Column.missingDay ? 0 : 1 }
    case .truth(let values): values.map { $0 < 0 ? 0 : 1 }
    }
  }

  private func isIn(_ value: RowExpression, _ items: [RowExpression]) -> [Int8] {
    switch vector(value) {
    case .code(let codes, let lexicon):
      var wanted = [Bool](repeating: false, count: lexicon.count)
      for case .text(let text) in items {
        if let code = lexicon.code(of: text) { wanted[Int(code)] = true }
      }
      return codes.map { $0 < 0 ? -1 : (wanted[Int($0)] ? 1 : 0) }
    case let other:
      let wanted = items.compactMap { if case .number(let n) = $0 { n } else { nil } }
      return other.numbers.map { $0.isNaN ? -1 : (wanted.contains($0) ? 1 : 0) }
    }
  }

  private func compare(_ comparison: Comparison, _ a: RowExpression, _ b: RowExpression) -> [Int8] {
    if case .text = a, case .path = b { return compare(comparison, b, a) }
    switch (vector(a), b) {
    case (.code(let codes, let lexicon), .text(let text)):
      let wanted = lexicon.code(of: text) ?? -2
      let equal: Int8 = comparison == .equal ? 1 : 0
      return codes.map { $0 < 0 ? -1 : ($0 == wanted ? equal : 1 - equal) }
    case (.code(let codes, _), _):
      guard case .code(let others, _) = vector(b) else { return codes.map { _ in -1 } }
      let equal: Int8 = comparison == .equal ? 1 : 0
      return zip(codes, others).map { $0 < 0 || $1 < 0 ? -1 : ($0 == $1 ? equal : 1 - equal) }
    case (let left, _):
      return zip(left.numbers, numbers(b)).map {
        $0.isNaN || $1.isNaN ? -1 : (comparison.holds($0, $1) ? 1 : 0)
      }
    }
  }
}

extension Comparison {
  /// Whether the comparison holds between two known numbers.
  func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }
}
