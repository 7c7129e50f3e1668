import Diagnostics
import Disclosure
import Periods

/// The sentences that say what a figure shows, made from its given cells only.
extension FigureMaker {
  /// The smallest and the largest given entry, when they differ as shown.
  func extremes(_ entries: [Entry], _ draft: Draft) -> (low: Entry, high: Entry)? {
    // A share of a handful is no end of a range.
    let given = entries.filter { entry in
      entry.row.map { $0.value != nil && !draft.unit.isHandful($0) } ?? false
    }
    guard given.count >= 2,
      let low = given.min(by: { ($0.row?.value ?? 0) < ($1.row?.value ?? 0) }),
      let high = given.max(by: { ($0.row?.value ?? 0) < ($1.row?.value ?? 0) }),
      shown(low, draft) != shown(high, draft)
    else { return nil }
    return (low, high)
  }

  /// Lines in the order that the figure asks for. Those without a value come last, as they are
  /// listed: a rank would tell of a value that is withheld.
  func ordered(_ entries: [Entry], _ draft: Draft) -> [Entry] {
    // Ranges of assumptions make no ranking.
    guard draft.figure.order == .value, !draft.unit.isRange else { return entries }
    let given = entries.enumerated().filter { $0.element.row?.value != nil }.sorted { a, b in
      (b.element.row?.value ?? 0, a.offset) < (a.element.row?.value ?? 0, b.offset)
    }
    return given.map(\.element) + entries.filter { $0.row?.value == nil }
  }

  /// How sure an order is, where values have intervals: two whose intervals overlap may stand the
  /// other way round.
  func rankingNote(_ draft: Draft, _ entries: [Entry]) -> (term: String, text: String)? {
    guard draft.figure.order == .value, !draft.unit.isRange else { return nil }
    let ends = entries.compactMap { entry -> (low: Double, high: Double)? in
      guard entry.row?.value != nil, let low = entry.row?.low, let high = entry.row?.high
      else { return nil }
      return (low, high)
    }
    let given = entries.count { $0.row?.value != nil }
    guard given >= 2 else { return nil }
    if ends.count < given { return (words.order, words.byValue) }
    let isApart = ends.map(\.low).max() ?? 0 > ends.map(\.high).min() ?? 0
    return (words.order, isApart ? words.partlySure : words.noRanking)
  }

  private func shown(_ entry: Entry, _ draft: Draft) -> String {
    draft.unit.text(entry.row) ?? ""
  }

  /// « Titre : de 31 % (A) à 58 % (B), 46 % pour l’ensemble ».
  func sentence(
    _ title: String, _ ends: (low: Entry, high: Entry)?, whole: Entry?, _ draft: Draft,
    _ entries: [Entry] = []
  ) -> String {
    let all = draft.unit.text(whole?.row)
    let fr = words.language == .fr
    // Ranges of assumptions overlap: they make no ranking either.
    let ends = draft.unit.isRange ? nil : ends
    if let ends, draft.cells.change(ends.high.row, ends.low.row)?.isWithinError == true {
      // Samples that chance alone could set apart make no ranking.
      let head = all.map { $0 + (fr ? " pour l’ensemble, " : " in all, ") } ?? ""
      return title + words.colon + head
        + (fr
          ? "sans écart significatif entre les extrêmes"
          : "no significant difference between the extremes")
    }
    if let ends {
      let range = words.fromTo(
        "\(shown(ends.low, draft)) (\(ends.low.name))",
        "\(shown(ends.high, draft)) (\(ends.high.name))")
      let tail =
        all.map { fr ? ", \($0) pour l’ensemble" : ", \($0) in all" } ?? ""
      return title + words.colon + range + tail
    }
    if let all {
      return title + words.colon + all
        + (fr ? " pour l’ensemble" : " in all")
    }
    return level(title, entries, draft)
  }

  /// What lines without a least and a greatest have: one value, the same everywhere, or none.
  private func level(_ title: String, _ entries: [Entry], _ draft: Draft) -> String {
    let given = entries.filter { $0.row?.value != nil }
    guard let first = given.first else { return title + words.colon + words.noValue }
    if given.count == 1 { return "\(title)\(words.colon)\(shown(first, draft)) (\(first.name))" }
    guard given.allSatisfy({ shown($0, draft) == shown(first, draft) }) else { return title }
    let each = words.language == .fr ? "chaque fois" : "each time"
    return "\(title)\(words.colon)\(shown(first, draft)) \(each)"
  }

  /// The reported year against the one before, or the busiest and calmest parts of a year.
  func timeFinding(_ draft: Draft, _ entries: [Entry], _ step: Step) -> String {
    let fr = words.language == .fr
    if step == .year {
      guard let now = entries.last, let x = now.row?.value else {
        return draft.title + words.colon + words.noValue
      }
      var out = draft.title + words.colon
      out += (draft.unit.isRange ? shown(now, draft) : draft.unit.sentence(x)) + " "
      out += numbers.during(now.row?.period ?? facts.period)
      // Surveys are not held every year: the last value given is what a change is measured from.
      if let before = entries.dropLast().last(where: { $0.row?.value != nil }),
        let change = draft.cells.change(now.row, before.row)
      {
        out += ", " + told(change, before.name)
      }
      return out
    }
    guard let ends = extremes(entries, draft) else {
      return level(draft.title, entries, draft)
    }
    return draft.title + words.colon
      + (fr ? "le plus " : "most ") + when(ends.high) + " (\(shown(ends.high, draft))), "
      + (fr ? "le moins " : "least ") + when(ends.low) + " (\(shown(ends.low, draft)))"
  }

  private func when(_ entry: Entry) -> String { numbers.during(entry.row?.period ?? facts.period) }

  /// A change in words: « +3 points par rapport à 2023 ».
  func told(_ change: Change, _ before: String) -> String {
    let fr = words.language == .fr
    if change.isStable { return "stable " + words.since(before) }
    let text = "\(change.text) \(words.since(before))"
    guard change.isWithinError else { return text }
    return text + (fr ? " (écart non significatif)" : " (not significant)")
  }

  /// One row read aloud.
  func reading(_ draft: Draft, _ entries: [Entry]) -> (term: String, text: String)? {
    guard
      let entry = entries.first(where: { entry in
        entry.row.map { $0.value != nil && !draft.unit.isHandful($0) } == true && !entry.isStrong
      }), let row = entry.row, let x = row.value
    else { return nil }
    let own = draft.unit.isRange ? shown(entry, draft) : draft.unit.sentence(x)
    var text = "\(entry.name), \(own)"
    if let workings = draft.cells.workings(row, words) { text += " (\(workings))" }
    text += " " + numbers.during(facts.period)
    if let before = draft.unit.text(entry.before), let previous = facts.previous {
      text += ", \(before) " + numbers.during(previous)
    }
    return (words.reading, text + ".")
  }

  /// « Titre (secret statistique) », when no cell is given.
  func absence(_ draft: Draft, _ rows: [ReleasedRow?]) -> String? {
    if rows.contains(where: { $0?.value != nil }) { return nil }
    let met = Set(rows.map { $0?.status ?? .noData })
    let reasons = [CellStatus.withheld, .notKnownEnough, .noData].filter(met.contains)
      .map { Sign.meaning($0, words.language) }
    return "\(draft.title) (\(numbers.list(reasons)))"
  }

  /// The signs that stand for numbers in the rows, or after them, with their meaning; `unit` is
  /// that of the rows.
  func signs(_ rows: [ReleasedRow?], _ unit: UnitText? = nil) -> [(term: String, text: String)] {
    let met = Set(rows.map { $0?.status ?? .noData })
    let isHandful = rows.contains { row in row.map { unit?.isHandful($0) == true } == true }
    let few = isHandful ? [(UnitText.handfulSign, words.fewCases)] : []
    return few
      + [CellStatus.withheld, .notKnownEnough, .noData].filter(met.contains).map {
        (
          Sign.text($0, words.language), Sign.meaning($0, words.language) + "."
        )
      }
  }

  /// The signs of several indicators together, each told once.
  func signs(_ rows: [(cells: Cells, rows: [ReleasedRow?])]) -> [(term: String, text: String)] {
    let faint = rows.flatMap { signs($0.rows, $0.cells.unit) }
      .first { $0.term == UnitText.handfulSign }
    return [faint].compactMap { $0 } + signs(rows.flatMap(\.rows))
  }
}
