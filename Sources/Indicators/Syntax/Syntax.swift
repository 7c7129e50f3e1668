import Model

/// A formula as written, before it is checked against the model.
indirect enum Syntax {
  case number(Double, offset: Int)
  case string(String, offset: Int)
  /// A name or a dotted path.
  case path([String], offset: Int)
  /// A function of arguments.
  case call(String, [SyntaxArgument], offset: Int)
  /// An operation on two sides: `+ - * /`, a comparison, `and`, `or`.
  case binary(String, Syntax, Syntax, offset: Int)
  case not(Syntax, offset: Int)
  case negative(Syntax, offset: Int)
  /// `x in (a, b, c)`.
  case isIn(Syntax, [Syntax], offset: Int)
  /// A scale of a questionnaire that a call of `score` has named.
  case scale(Instrument.Scale, instrument: String, offset: Int)

  var offset: Int {
    switch self {
    case .number(_, let o), .string(_, let o), .path(_, let o), .call(_, _, let o),
      .binary(_, _, _, let o), .not(_, let o), .negative(_, let o), .isIn(_, _, let o),
      .scale(_, _, let o):
      o
    }
  }
}

extension Syntax {
  /// The conditions that must all hold.
  var conjuncts: [Syntax] {
    if case .binary("and", let a, let b, _) = self { return a.conjuncts + b.conjuncts }
    return [self]
  }

  /// The first word of every path.
  var names: [String] {
    switch self {
    case .number, .string: []
    case .scale: [AnswerColumns.table]
    case .path(let parts, _): [parts[0]]
    case .call(_, let arguments, _): arguments.flatMap { $0.value.names }
    case .binary(_, let a, let b, _): a.names + b.names
    case .not(let a, _), .negative(let a, _): a.names
    case .isIn(let a, let items, _): a.names + items.flatMap(\.names)
    }
  }
}

/// One argument of a call: `label: value where … per … among …`.
struct SyntaxArgument {
  var label: String?
  var value: Syntax
  /// After `where`.
  var filter: Syntax?
  /// After `per`.
  var key: Syntax?
  /// After `among`.
  var among: Syntax?
}
