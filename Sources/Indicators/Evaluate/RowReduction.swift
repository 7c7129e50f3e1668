import Statistics

/// Reduces selected rows to one number a group.
struct RowReduction {
  /// Value, numerator and denominator of each group; NaN is undefined.
  var value: [Double]
  var numerator: [Double]
  var denominator: [Double]
  /// For each position, whether its operand was known (where the filter held).
  var operandKnown: [Bool]

  /// Reduces the rows of a selection for which the filter holds. `groups` gives the group of
  /// each position, -1 for none, and `count` their number.
  static func reduce(
    _ aggregate: RowAggregate, _ selection: Selection, _ evaluator: RowEvaluator,
    groups: [Int32], count: Int
  ) -> RowReduction {
    var out = RowReduction(
      value: [Double](repeating: 0, count: count), numerator: [], denominator: [],
      operandKnown: [Bool](repeating: true, count: selection.rows.count))
    switch aggregate {
    case .count:
      for i in selection.positions where groups[i] >= 0 {
        out.value[Int(groups[i])] += selection.weight[i]
      }
      out.numerator = out.value
    case .distinct(let path):
      let (codes, size) = evaluator.vector(path).dense
      var seen = PairSet(groups: count, entities: max(size, 1))
      for i in selection.positions {
        let code = codes[Int(selection.rows[i])]
        if code < 0 {
          out.operandKnown[i] = false
        } else if groups[i] >= 0, seen.insert(groups[i], code) {
          out.value[Int(groups[i])] += 1
        }
      }
      out.numerator = out.value
    case .sum(let x):
      out.addUp(evaluator.numbers(x), selection, groups: groups)
      out.numerator = out.value
    case .mean(let x):
      out.addUp(evaluator.numbers(x), selection, groups: groups)
      out.divide()
    case .share(let condition):
      out.addUp(
        evaluator.truth(condition).map { $0 < 0 ? .nan : Double($0) }, selection, groups: groups)
      out.divide()
    case .minimum(let x), .maximum(let x):
      let least = if case .minimum = aggregate { true } else { false }
      let values = evaluator.numbers(x)
      out.value = [Double](repeating: .nan, count: count)
      for i in selection.positions {
        let v = values[Int(selection.rows[i])]
        if v.isNaN {
          out.operandKnown[i] = false
        } else if groups[i] >= 0 {
          let old = out.value[Int(groups[i])]
          out.value[Int(groups[i])] = old.isNaN ? v : (least ? min(old, v) : max(old, v))
        }
      }
    case .quantile(let x, let p):
      out.quantiles(evaluator.numbers(x), p, selection, groups: groups)
    case .blau(let path, let classes):
      let (codes, size) = evaluator.vector(path).dense
      out.blau(codes, size, classes, selection, groups: groups)
    }
    return out
  }

  private mutating func addUp(_ values: [Double], _ selection: Selection, groups: [Int32]) {
    denominator = [Double](repeating: 0, count: value.count)
    for i in selection.positions {
      let v = values[Int(selection.rows[i])]
      if v.isNaN {
        operandKnown[i] = false
      } else if groups[i] >= 0 {
        value[Int(groups[i])] += v * selection.weight[i]
        denominator[Int(groups[i])] += selection.weight[i]
      }
    }
  }

  private mutating func divide() {
    numerator = value
    for g in value.indices {
      value[g] = denominator[g] > 0 ? numerator[g] / denominator[g] : .nan
    }
  }

  private mutating func quantiles(
    _ values: [Double], _ p: Double, _ selection: Selection, groups: [Int32]
  ) {
    var lists = [[Double]](repeating: [], count: value.count)
    for i in selection.positions {
      let v = values[Int(selection.rows[i])]
      if v.isNaN {
        operandKnown[i] = false
      } else if groups[i] >= 0 {
        for _ in 0..<Int(selection.weight[i]) { lists[Int(groups[i])].append(v) }
      }
    }
    value = lists.map { Quantile.type7($0, p) ?? .nan }
    denominator = lists.map { Double($0.count) }
  }

  private mutating func blau(
    _ codes: [Int32], _ size: Int, _ classes: Int?, _ selection: Selection, groups: [Int32]
  ) {
    var pairs = PairIndexer(groups: value.count, keys: max(size, 1))
    var counts: [Double] = []
    for i in selection.positions {
      let code = codes[Int(selection.rows[i])]
      if code < 0 {
        operandKnown[i] = false
      } else if groups[i] >= 0 {
        let pair = Int(pairs.number(groups[i], code))
        if pair == counts.count { counts.append(0) }
        counts[pair] += selection.weight[i]
      }
    }
    denominator = [Double](repeating: 0, count: value.count)
    for (pair, n) in counts.enumerated() { denominator[Int(pairs.groups[pair])] += n }
    var squares = [Double](repeating: 0, count: value.count)
    for (pair, n) in counts.enumerated() {
      let g = Int(pairs.groups[pair])
      squares[g] += (n / denominator[g]) * (n / denominator[g])
    }
    for g in value.indices {
      guard denominator[g] > 0 else {
        value[g] = .nan
        continue
      }
      value[g] = 1 - squares[g]
      if let classes {
        let most = Diversity.blauMaximum(n: denominator[g], classes: classes) ?? 0
        value[g] = most > 0 ? value[g] / most : .nan
      }
    }
  }
}
