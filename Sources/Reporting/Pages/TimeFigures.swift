import Diagnostics
import Disclosure
import HTML
import Periods

/// Figures over time: one place, or the same chart for each residence.
extension FigureMaker {
  func overTime(_ draft: Draft, _ step: Step) -> FigureView {
    let periods = periods(step)
    let events = events(at: draft.residence?.key, in: periods)
    let height = timeHeight + (events.notes.isEmpty ? 0 : 20)
    let entries = periods.map { period in
      Entry(
        name: numbers.period(period), short: numbers.shortPeriod(period),
        row: draft.row(draft.place, period), before: nil,
        isStrong: step == .year && period == facts.period,
        goal: goal(draft, draft.place, period), event: events.numbers[period.name])
    }
    let marks = entries.map { mark($0, draft.unit) }
    let finding = timeFinding(draft, entries, step)
    let chart: Markup =
      !marks.contains { $0.value != nil }
      ? Markup()
      : draft.figure.chart == .lines
        ? LineChart(
          marks: marks, panel: nil, ceiling: 0, title: draft.title, description: finding
        ).svg(width: Chart.fullWidth, height: height)
        : ColumnChart(
          marks: marks, panel: nil, ceiling: 0, title: draft.title, description: finding
        ).svg(width: Chart.fullWidth, height: height)
    let rows = entries.enumerated().map { i, entry in
      let before = step == .year && i > 0 ? entries[i - 1].row : nil
      return TableView.Row(
        entry.name, cells(entry, before, draft, withChange: step == .year),
        isStrong: entry.isStrong)
    }
    return FigureView(
      anchor: anchor(draft, step.rawValue), finding: finding,
      subtitle: subtitle(draft, place: draft.residence?.name ?? words.all, period: span(periods)),
      chart: chart, isWide: false,
      table: TableView(
        caption: caption(draft, place: draft.residence?.name ?? words.all),
        heads: [
          words.periodHead, words.value, words.overYear, words.goal, words.ratio, words.respondents,
          words.interval,
          Typography.capitalised(draft.cells.heading.unknowns[language]),
        ], rows: rows),
      notes: signs(entries.map(\.row), draft.unit)
        + [goalNote(entries, draft.unit)].compactMap { $0 }
        + events.notes + breakNotes(draft.cells), absence: absence(draft, entries.map(\.row)),
      cells: draft.cells)
  }

  func multiples(_ draft: Draft, _ step: Step) -> FigureView {
    let periods = periods(step)
    // A panel has room for the numbers of events beside years only.
    let events = step == .year ? events(at: nil, in: periods) : (numbers: [:], notes: [])
    func entries(_ key: String) -> [Entry] {
      periods.map { period in
        Entry(
          name: numbers.period(period), short: numbers.shortPeriod(period),
          row: draft.row(key, period), before: nil,
          isStrong: step == .year && period == facts.period,
          goal: goal(draft, key, period), event: events.numbers[period.name])
      }
    }
    let total = entries("_total")
    let all = facts.residences.map { (residence: $0, entries: entries($0.key)) }
    let isEmpty = !all.contains { $0.entries.contains { $0.row?.value != nil } }
    let chart: Markup =
      isEmpty
      ? Markup()
      : SmallMultiples(
        panels: all.map { residence, entries in
          let marks = entries.map { mark($0, draft.unit) }
          let told = zip(entries, marks).map { "\($0.name)\(words.colon)\($1.text)" }
          return SmallMultiples.Panel(
            name: residence.name, residence: residence.key, marks: marks,
            description: told.joined(separator: language == .fr ? "\u{202F}; " : "; "))
        }, isLine: draft.figure.chart == .lines, title: draft.title
      ).markup()
    let cells = ([total] + all.map(\.entries)).flatMap { $0 }.map(\.row)
    func line(_ name: String, _ entries: [Entry], of key: String) -> TableView.Row {
      var row = TableView.Row(
        name, entries.map { value($0.row, draft.unit) }, isStrong: key == "_total")
      row.residence = key
      return row
    }
    return FigureView(
      anchor: anchor(draft, step.rawValue), finding: timeFinding(draft, total, step),
      subtitle: subtitle(draft, place: words.all, period: span(periods)), chart: chart,
      isWide: true,
      table: TableView(
        caption: caption(draft, place: words.all),
        heads: [words.residence] + periods.map { numbers.shortPeriod($0) },
        rows: [line(words.allShort, total, of: "_total")]
          + all.map { line($0.residence.name, $0.entries, of: $0.residence.key) }),
      notes: signs(cells, draft.unit)
        + [goalNote(([total] + all.map(\.entries)).flatMap { $0 }, draft.unit)].compactMap { $0 }
        + events.notes + breakNotes(draft.cells), absence: absence(draft, cells), cells: draft.cells
    )
  }

  private func periods(_ step: Step) -> [Period] {
    step == .year ? years : facts.period.steps(step)
  }

  /// The events of some periods at a residence (or of all residences): a number for each period
  /// that has any, and what to read under it.
  private func events(at residence: String?, in periods: [Period]) -> (
    numbers: [String: Int], notes: [(term: String, text: String)]
  ) {
    var numbered: [String: Int] = [:]
    var notes: [(term: String, text: String)] = []
    for period in periods {
      let own = facts.events.filter { event in
        (event.residence == nil || event.residence == residence) && period.contains(event.first)
      }
      guard !own.isEmpty else { continue }
      numbered[period.name] = notes.count + 1
      let told = own.map { event in
        var text = numbers.date(event.first)
        if let last = event.last, last > event.first {
          text = words.days(numbers.date(event.first), numbers.date(last))
        }
        text += ", " + event.kind[language].lowercased()
        if let title = event.title {
          text += " (" + Typography.name(title, key: "") + ")"
        }
        return text
      }
      notes.append(
        (
          String(notes.count + 1),
          told.joined(separator: language == .fr ? "\u{202F}; " : "; ") + "."
        ))
    }
    return (numbered, notes)
  }
}
