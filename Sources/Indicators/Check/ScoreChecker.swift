import Diagnostics
import Model
import Statistics

/// Finds the scales that `score("questionnaire", "scale")` names.
struct ScaleFinder {
  let instruments: Instruments

  /// The formula with each of these calls put in place by its scale.
  func found(in syntax: Syntax) throws(FormulaError) -> Syntax {
    switch syntax {
    case .number, .string, .path, .scale: return syntax
    case .call("score", let arguments, let offset):
      return try scale(arguments, offset: offset)
    case .call(let name, let arguments, let offset):
      var out: [SyntaxArgument] = []
      for argument in arguments {
        var copy = argument
        copy.value = try found(in: argument.value)
        if let filter = argument.filter { copy.filter = try found(in: filter) }
        if let key = argument.key { copy.key = try found(in: key) }
        if let among = argument.among { copy.among = try found(in: among) }
        out.append(copy)
      }
      return .call(name, out, offset: offset)
    case .binary(let symbol, let a, let b, let offset):
      return .binary(symbol, try found(in: a), try found(in: b), offset: offset)
    case .not(let a, let offset): return .not(try found(in: a), offset: offset)
    case .negative(let a, let offset): return .negative(try found(in: a), offset: offset)
    case .isIn(let a, let items, let offset):
      var out: [Syntax] = []
      for item in items { out.append(try found(in: item)) }
      return .isIn(try found(in: a), out, offset: offset)
    }
  }

  private func scale(_ arguments: [SyntaxArgument], offset: Int) throws(FormulaError) -> Syntax {
    guard arguments.count == 2,
      arguments.allSatisfy({
        $0.label == nil && $0.filter == nil && $0.key == nil && $0.among == nil
      }), case .string(let name, let nameOffset) = arguments[0].value,
      case .string(let scale, let scaleOffset) = arguments[1].value
    else {
      throw FormulaError(
        at: offset, code: "formula.arguments",
        fr: "score(…) prend un questionnaire et une échelle, comme score(\"who5\", \"who5pct\")",
        en: "score(…) takes an instrument and a scale, such as score(\"who5\", \"who5pct\")")
    }
    guard let instrument = instruments[name] else {
      throw unknown(
        name, instruments.all.map(\.name), at: nameOffset,
        Phrase(fr: "questionnaire inconnu", en: "unknown instrument"))
    }
    guard let found = instrument.scale(scale) else {
      throw unknown(
        scale, instrument.scales.map(\.name), at: scaleOffset,
        Phrase(
          fr: "« \(name) » n’a pas cette échelle", en: "“\(name)” has no such scale"))
    }
    return .scale(found, instrument: name, offset: offset)
  }

  private func unknown(_ name: String, _ known: [String], at offset: Int, _ what: Phrase)
    -> FormulaError
  {
    let list = known.sorted().joined(separator: ", ")
    return FormulaError(
      at: offset, code: "formula.scale", fr: "\(what.fr) : « \(name) »",
      en: "\(what.en): “\(name)”",
      remedy: Suggestion.nearest(to: name, among: known).map {
        Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
      } ?? Phrase(fr: "noms connus : \(list)", en: "known names: \(list)"))
  }
}

extension RowChecker {
  /// A scale's score as a value of the rows of answers.
  func score(_ scale: Instrument.Scale, _ instrument: String, offset: Int) throws(FormulaError)
    -> Score
  {
    Score(
      columns: try answerColumns(offset: offset), instrument: instrument, scale: scale.name,
      items: scale.items.map(\.name), rule: ScoringRule(scale))
  }

  /// `change(score(…) [, since: previous | first | "wave"])`, or of `response.value`.
  func change(_ arguments: [SyntaxArgument], offset: Int) throws(FormulaError) -> Change {
    guard let first = arguments.first, first.filter == nil, first.key == nil, first.among == nil
    else { throw changeUsage(offset) }
    let call = Call(name: "change", first: first, arguments: arguments, offset: offset)
    try call.allow(labels: ["since"], positional: 1)
    let columns = try answerColumns(offset: offset)
    var since = Change.Since.previous
    switch call.labelled("since") {
    case nil, .path(["previous"], _)?: break
    case .path(["first"], _)?: since = .first
    case .string(let wave, _)?: since = .wave(wave)
    case let other?:
      throw FormulaError(
        at: other.offset, code: "formula.since",
        fr: "« since: » prend previous, first ou le nom d’une vague, comme \"2022\"",
        en: "“since:” takes previous, first or the name of a wave, such as \"2022\"")
    }
    switch try check(first.value).0 {
    case .score(.score(let score)):
      return Change(columns: columns, score: score, since: since)
    case .path(let path) where path == columns.value:
      return Change(columns: columns, score: nil, since: since)
    default: throw changeUsage(first.value.offset)
    }
  }

  private func changeUsage(_ offset: Int) -> FormulaError {
    FormulaError(
      at: offset, code: "formula.arguments",
      fr: "change(…) prend un score ou une réponse : change(score(…)), change(response.value)",
      en: "change(…) takes a score or an answer: change(score(…)), change(response.value)")
  }

  /// A score beside the names of its scale's cut-offs: `score(…) in ("moderate", "severe")`; nil
  /// where there is none.
  func band(_ value: Syntax, _ names: [Syntax], isEqual: Bool, offset: Int) throws(FormulaError)
    -> RowExpression?
  {
    guard case .scale(let scale, _, _) = value, case .string? = names.first else { return nil }
    let (score, _) = try check(value)
    var out: RowExpression?
    for case let name in names {
      guard case .string(let text, let at) = name,
        let cutoff = scale.cutoffs.first(where: { $0.name == text })
      else {
        let known = scale.cutoffs.map(\.name).joined(separator: ", ")
        throw FormulaError(
          at: name.offset, code: "formula.cutoff",
          fr: "l’échelle « \(scale.name) » n’a pas ce seuil",
          en: "the scale “\(scale.name)” has no such cut-off",
          remedy: Phrase(fr: "seuils : \(known)", en: "cut-offs: \(known)"))
      }
      let bounds = [
        cutoff.atLeast.map { RowExpression.compare(.greaterOrEqual, score, .number($0)) },
        cutoff.atMost.map { RowExpression.compare(.lessOrEqual, score, .number($0)) },
      ].compactMap { $0 }
      guard let first = bounds.first else {
        throw FormulaError(
          at: at, code: "formula.cutoff", fr: "seuil sans borne", en: "a cut-off without a bound")
      }
      let inside = bounds.dropFirst().reduce(first) { .and($0, $1) }
      out = out.map { .or($0, inside) } ?? inside
    }
    return isEqual ? out : out.map { .not($0) }
  }

  private func answerColumns(offset: Int) throws(FormulaError) -> AnswerColumns {
    guard base == AnswerColumns.table, let table = model[base] else {
      throw FormulaError(
        at: offset, code: "formula.other-table",
        fr: "un score se lit sur les lignes de « \(AnswerColumns.table) »",
        en: "a score is read of the rows of “\(AnswerColumns.table)”")
    }
    let resolver = PathResolver(model: model)
    func column(_ name: String) throws(FormulaError) -> ResolvedPath {
      try resolver.resolve([base, name], offset: offset)
    }
    return AnswerColumns(
      instrument: try column("instrument"), wave: try column("wave"),
      respondent: try column(table.person ?? "respondent"), item: try column("item"),
      value: try column("value"), date: try column(table.date ?? "date"))
  }
}

extension Checker {
  /// A scan that reads scores goes over one row a questionnaire, one that reads changes over those
  /// who had answered before. `values` is what an aggregate reads of each row.
  func questionnaires(_ scan: Scan, _ values: [RowExpression], offset: Int) throws(FormulaError)
    -> Scan
  {
    let read = values + [scan.counted, scan.filter].compactMap { $0 }
    let asked = read.flatMap(\.scoreValues)
    guard let first = asked.first else { return scan }
    guard asked.allSatisfy({ $0.score == first.score }) else {
      throw FormulaError(
        at: offset, code: "formula.scales",
        fr: "un agrégat lit une seule échelle d’un questionnaire",
        en: "an aggregate reads one scale of one instrument")
    }
    var out = scan
    let changes = Set(asked.compactMap(\.change))
    guard changes.count < 2 else {
      throw FormulaError(
        at: offset, code: "formula.scales",
        fr: "un agrégat lit une seule évolution, depuis une seule vague",
        en: "an aggregate reads one change, since one wave")
    }
    if let score = first.score {
      try Checker.refuseItems(read, offset: offset)
      let stands = RowExpression.score(.stands(score))
      out.counted = scan.counted.map { .and($0, stands) } ?? stands
    }
    if let change = changes.first {
      let paired = RowExpression.score(.isPaired(change))
      out.filter = scan.filter.map { .and(paired, $0) } ?? paired
    }
    return out
  }

  /// A questionnaire has no item and no answer of its own.
  static func refuseItems(_ read: [RowExpression], offset: Int) throws(FormulaError) {
    guard read.flatMap(\.plainColumns).contains(where: { ["item", "value"].contains($0) }) else {
      return
    }
    throw FormulaError(
      at: offset, code: "formula.item",
      fr: "un score est celui du questionnaire entier : il n’a ni question ni réponse à lui",
      en: "a score is that of the whole questionnaire: it has no item and no answer of its own")
  }
}
