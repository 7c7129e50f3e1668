import Columns
import Periods

/// What a value is a function of, besides the period: so many values need to be worked out, and
/// rows that agree on it can be counted together.
enum Domain: Hashable, Sendable {
  /// Nothing: one value for all rows.
  case constant
  /// The code that a row has in a text column: a link, a key, a category.
  case column(String)
  /// The row itself.
  case rows

  /// What a value made of two values is a function of.
  func joined(_ other: Domain) -> Domain {
    switch (self, other) {
    case (.constant, _): other
    case (_, .constant): self
    default: self == other ? self : .rows
    }
  }

  /// Whether a column's code determines the value.
  func isKnown(by column: String) -> Bool { self == .constant || self == .column(column) }
}

/// The value of each row: looked up at the unit that determines it.
struct Reader<Value: Sendable>: Sendable {
  /// The code of each row, where units are codes; nil where they are rows.
  let via: [Int32]?
  /// By unit; for codes, the last one is that of a missing code.
  let values: [Value]
  private let missing: Int
  private let isConstant: Bool

  init(via: [Int32]?, values: [Value], isConstant: Bool = false) {
    self.via = via
    self.values = values
    self.isConstant = isConstant
    missing = values.count - 1
  }

  /// The same value for every row.
  static func constant(_ value: Value) -> Reader {
    Reader(via: nil, values: [value], isConstant: true)
  }

  /// The value of a row.
  subscript(row: Int) -> Value {
    @inline(__always) get {
      if let via {
        let code = Int(via[row])
        return values[code < 0 ? missing : code]
      }
      return values[isConstant ? 0 : row]
    }
  }

  /// The reader for the entries of a strip: where rows were counted together, values are read at
  /// the codes themselves. All that such entries are read with is a function of that column.
  func on(_ strip: Strip) -> Reader { strip.isByCode ? atCodes : self }

  /// The reader for the entries of groups.
  func on(_ groups: FinestGroups) -> Reader { groups.isByCode ? atCodes : self }

  private var atCodes: Reader { Reader(via: nil, values: values, isConstant: isConstant) }

  /// The same rows with other values.
  func map<Other>(_ change: (Value) -> Other) -> Reader<Other> {
    Reader<Other>(via: via, values: values.map(change), isConstant: isConstant)
  }
}

/// Dense codes from 0, missing as -1.
struct CodeReader: Sendable {
  let codes: Reader<Int32>
  let size: Int

  /// The reader for the entries of groups.
  func on(_ groups: FinestGroups) -> CodeReader { CodeReader(codes: codes.on(groups), size: size) }
}

extension Frame {
  /// What an expression is a function of.
  func domain(_ expression: RowExpression) -> Domain {
    expression.paths.reduce(.constant) { $0.joined(domain($1)) }
  }

  /// What all that an aggregate reads of a row is a function of.
  func domain(_ aggregate: RowAggregate) -> Domain {
    aggregate.expressions.reduce(.constant) { $0.joined(domain($1)) }
  }

  private func reader<Value>(_ table: String, _ domain: Domain, _ values: [Value])
    -> Reader<Value>
  {
    switch domain {
    case .constant: Reader(via: nil, values: values, isConstant: true)
    case .rows: Reader(via: nil, values: values)
    case .column(let name): Reader(via: codes(table, name), values: values)
    }
  }

  private func evaluator(_ expression: RowExpression, _ table: String, _ period: Period?)
    -> RowEvaluator
  {
    RowEvaluator(frame: self, base: table, period: period, domain: domain(expression))
  }

  /// The dense codes of an expression over a table's rows, for a period; nil where nothing
  /// depends on it.
  func codes(_ expression: RowExpression, _ table: String, period: Period?) -> CodeReader {
    let evaluator = evaluator(expression, table, period)
    let (codes, size) = evaluator.vector(expression).dense
    return CodeReader(codes: reader(table, evaluator.domain, codes), size: size)
  }

  /// The rank of each code of an expression in the order of its values.
  func ranks(_ expression: RowExpression, _ table: String, period: Period?) -> [Int32] {
    let vector = evaluator(expression, table, period).vector(expression)
    guard case .code(_, let lexicon) = vector else {
      return (0..<vector.dense.size).map { Int32($0) }
    }
    let texts = lexicon.strings
    let order = texts.indices.sorted {
      texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8)
    }
    var out = [Int32](repeating: 0, count: texts.count)
    for (rank, code) in order.enumerated() { out[code] = Int32(rank) }
    return out
  }

  /// The numbers of an expression; NaN is missing.
  func numbers(_ expression: RowExpression, _ table: String, period: Period?) -> Reader<Double> {
    let evaluator = evaluator(expression, table, period)
    return reader(table, evaluator.domain, evaluator.numbers(expression))
  }

  /// The truth of a condition: 1, 0, -1 unknown.
  func truth(_ expression: RowExpression, _ table: String, period: Period?) -> Reader<Int8> {
    let key = TruthKey(
      condition: expression, table: table,
      moment: period.map { Moment($0, expression.dependence) })
    if let known = truths[key] { return known }
    let evaluator = evaluator(expression, table, period)
    let made = reader(table, evaluator.domain, evaluator.truth(expression))
    truths[key] = made
    return made
  }

  /// The days of a path; nil when it gives none.
  func days(_ path: ResolvedPath) -> Reader<Int32>? {
    let domain = domain(path)
    guard case .ordinal(let days) = vector(path, year: 0, domain: domain) else { return nil }
    return reader(path.base, domain, days)
  }

  /// The texts of a path as codes with their lexicon; nil when it gives none.
  func texts(_ path: ResolvedPath, year: Int) -> (codes: Reader<Int32>, lexicon: Lexicon)? {
    let domain = domain(path)
    guard case .code(let codes, let lexicon) = vector(path, year: year, domain: domain) else {
      return nil
    }
    return (reader(path.base, domain, codes), lexicon)
  }
}
