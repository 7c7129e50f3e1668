import Diagnostics

/// What is told of paired differences beside their mean.
enum EffectMeasure: String, Sendable, CaseIterable {
  /// Mean over standard deviation (Cohen), and the same without the bias of few pairs (Hedges).
  case dz
  case hedgesG = "hedges_g"
  /// How far those who went up outweigh those who went down, from −1 to 1.
  case rankBiserial = "rank_biserial"
  /// p of Student's, Wilcoxon's and, for answers of yes or no, McNemar's exact test.
  case studentP = "t_p"
  case wilcoxonP = "wilcoxon_p"
  case mcnemarP = "mcnemar_p"
}

extension Aggregate {
  /// A measure of paired differences.
  struct Effect: Sendable, Hashable {
    var scan: Scan
    /// The difference of each pair.
    var value: RowExpression
    var measure: EffectMeasure
    /// The least number of pairs for there to be a value.
    var leastAnswers: Int?
  }
}

extension Checker {
  /// `paired(change(…) [where …], measure: word [, at_least: n])`.
  func effect(_ call: Call) throws(FormulaError) -> Aggregate.Effect {
    try call.allow(labels: ["measure", "at_least"], positional: 1)
    let table = try baseTable(of: call.first.value)
    let value = try RowChecker(model: model, base: table).number(call.first.value)
    guard call.first.key == nil, call.first.among == nil,
      value.scoreValues.contains(where: { $0.change != nil })
    else {
      throw FormulaError(
        at: call.first.value.offset, code: "formula.arguments",
        fr: "paired(…) prend une évolution, comme change(score(…))",
        en: "paired(…) takes a change, such as change(score(…))", remedy: usage(call.name))
    }
    guard case .path(let word, _)? = call.labelled("measure"), word.count == 1,
      let measure = EffectMeasure(rawValue: word[0])
    else {
      let known = EffectMeasure.allCases.map(\.rawValue).joined(separator: ", ")
      throw FormulaError(
        at: call.labelled("measure")?.offset ?? call.offset, code: "formula.word",
        fr: "« measure: » demande un de ces mots : \(known)",
        en: "“measure:” needs one of these words: \(known)")
    }
    return Aggregate.Effect(
      scan: try questionnaires(
        scan(table, filter: call.first.filter), [value], offset: call.offset),
      value: value, measure: measure,
      leastAnswers: call.labelled("at_least") == nil ? nil : try call.whole("at_least"))
  }
}
