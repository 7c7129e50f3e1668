import Columns

/// The values of a row expression for every row of its base table.
enum Vector {
  /// Numbers; NaN is missing.
  case number([Double])
  /// Codes; `Column.missingCode` is missing.
  case code([Int32], Lexicon)
  /// Day numbers, or month or quarter numbers; `Column.missingDay` is missing.
  case ordinal([Int32])
  /// 1 true, 0 false, -1 unknown.
  case truth([Int8])

  /// One value for each element of `units`, which are positions in this vector.
  func expanded(_ units: [Int32]) -> Vector {
    switch self {
    case .number(let values): .number(units.map { values[Int($0)] })
    case .code(let codes, let lexicon): .code(units.map { codes[Int($0)] }, lexicon)
    case .ordinal(let values): .ordinal(units.map { values[Int($0)] })
    case .truth(let values): .truth(units.map { values[Int($0)] })
    }
  }

  /// As dense codes from 0, missing as -1, with the size of the code space.
  var dense: (codes: [Int32], size: Int) {
    switch self {
    case .code(let codes, let lexicon): return (codes, lexicon.count)
    case .ordinal(let values):
      let present = values.lazy.filter { $0 != Column.missingDay }
      guard let least = present.min(), let greatest = present.max() else {
        return (values.map { _ in -1 }, 0)
      }
      return (
        values.map { $0 == Column.missingDay ? -1 : $0 - least }, Int(greatest - least) + 1
      )
    case .number(let values):
      var codes: [Double: Int32] = [:]
      let out = values.map { v -> Int32 in
        if v.isNaN { return -1 }
        if let code = codes[v] { return code }
        let code = Int32(codes.count)
        codes[v] = code
        return code
      }
      return (out, codes.count)
    case .truth(let values): return (values.map { Int32($0) }, 2)
    }
  }

  /// As numbers; truth is 1, 0, NaN.
  var numbers: [Double] {
    switch self {
    case .number(let values): values
    case .truth(let values): values.map { $0 < 0 ? .nan : Double($0) }
    case .ordinal(let values): values.map { $0 == Column.missingDay ? .nan : Double($0) }
    case .code(let codes, _): codes.map { $0 < 0 ? .nan : Double($0) }
    }
  }
}
