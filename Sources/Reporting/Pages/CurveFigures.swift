import Diagnostics
import Disclosure
import HTML
import Periods

/// Figures across the numbers of a parameter: curves, and classes between counts of those who reach
/// each number.
extension FigureMaker {
  /// What a reader calls each point.
  func pointNames(_ draft: Draft) -> [String] {
    let figure = draft.figure
    if !figure.names.isEmpty { return figure.names.map { Typography.text($0, language) } }
    return figure.values.map {
      figure.chart == .lorenz
        ? numbers.percent($0) : numbers.number($0, decimals: $0 == $0.rounded() ? 0 : 2)
    }
  }

  /// What the points stand for, for the head of a table and an axis.
  private func scaleName(_ draft: Draft) -> String {
    draft.figure.scale.map { Typography.text($0, language) } ?? words.points
  }

  private func points(_ draft: Draft) -> [Entry] {
    zip(pointNames(draft), draft.points).map { name, own in
      Entry(
        name: name, row: own.row(draft.place, facts.period),
        before: own.row(draft.place, facts.previous), isStrong: false)
    }
  }

  /// A curve, with its points in a table.
  func curve(_ draft: Draft) -> FigureView {
    let entries = points(draft)
    let marks = entries.map { mark($0, draft.unit) }
    let isLorenz = draft.figure.chart == .lorenz
    let finding = isLorenz ? lorenzFinding(draft, entries) : retentionFinding(draft, entries)
    let placed = zip(draft.figure.values, marks)
    var chart = Markup()
    if marks.contains(where: { $0.value != nil }) {
      chart =
        isLorenz
        ? LorenzChart(
          points: placed.map { (share: $0, mark: $1) }, across: scaleName(draft),
          upward: draft.title, equality: words.equality, numbers: numbers, title: draft.title,
          description: finding
        ).svg()
        : RetentionChart(
          points: placed.map { (time: $0, mark: $1) }, numbers: numbers, title: draft.title,
          description: finding
        ).svg()
    }
    var notes = signs(entries.map(\.row))
    if isLorenz { notes.insert((words.equalityTerm, words.equalityNote), at: 0) }
    if !isLorenz, let previous = facts.previous, marks.contains(where: { $0.previous != nil }) {
      notes.append((words.chart, words.previousMark(numbers.period(previous), ring: true)))
    }
    return view(
      draft, finding, chart, entries.map(\.row), notes,
      heads: [
        words.value, words.overYear, words.ratio, words.interval,
        Typography.capitalised(draft.cells.heading.unknowns[language]),
      ],
      rows: entries.map { entry in
        let all = cells(entry, entry.before, draft, withChange: true)
        // Targets and numbers of respondents are those of the indicator, not of a point.
        return TableView.Row(entry.name, [all[0], all[1], all[3], all[5], all[6]])
      })
  }

  /// « Titre : 12 % pour les 50 % les moins présents, Gini 0,52 ».
  private func lorenzFinding(_ draft: Draft, _ entries: [Entry]) -> String {
    let middle = zip(draft.figure.values, entries)
      .filter { $0.1.row?.value != nil }
      .min { abs($0.0 - 0.5) < abs($1.0 - 0.5) }?.1
    guard let middle, let text = draft.unit.text(middle.row) else {
      return draft.title + words.colon + words.noValue
    }
    return draft.title + words.colon + words.forWhom(text, middle.name) + beside(draft)
  }

  /// « Titre : 92 % après 3 mois, 71 % après un an ».
  private func retentionFinding(_ draft: Draft, _ entries: [Entry]) -> String {
    let given = entries.filter { $0.row?.value != nil }
    guard let last = given.last else { return draft.title + words.colon + words.noValue }
    let told = (given.count > 1 ? [given[0], last] : [last]).map {
      words.after(draft.unit.text($0.row) ?? "", $0.name)
    }
    return draft.title + words.colon + told.joined(separator: ", ") + beside(draft)
  }

  /// The value of the indicator that is told beside the figure.
  private func beside(_ draft: Draft) -> String {
    guard let own = draft.beside,
      let text = own.unit.text(own.row(draft.place, facts.period))
    else { return "" }
    let title = Typography.text(own.heading.title, language)
    return ", \(words.inside(title))\(words.colon)\(text)"
  }

  // MARK: - Classes

  /// How many are between a number and the next, from the counts of those who reach each.
  func classes(_ draft: Draft) -> FigureView {
    let rows = draft.points.map { $0.row(draft.place, facts.period) }
    let names = pointNames(draft)
    let whole = rows.first??.value
    let marks = rows.indices.map { i -> Mark in
      let next = i + 1 < rows.count ? rows[i + 1] : nil
      let isLast = i + 1 == rows.count
      guard let reach = rows[i]?.value, isLast || next?.value != nil else {
        let missing = rows[i]?.value == nil ? rows[i] : next
        let status = missing?.status ?? .noData
        return Mark(
          label: names[i], value: nil, text: Sign.text(status, language), status: status)
      }
      let number = reach - (next?.value ?? 0)
      return Mark(
        label: names[i], value: number, text: draft.unit.cell(number), status: .given)
    }
    func share(_ mark: Mark) -> String {
      guard let value = mark.value, let whole, whole > 0 else { return "" }
      return numbers.percent(value / whole)
    }
    let given = marks.filter { $0.value != nil }
    var finding = draft.title + words.colon + words.noValue
    if let most = given.max(by: { ($0.value ?? 0) < ($1.value ?? 0) }), let value = most.value {
      finding = draft.title + words.colon + words.mostOften(most.label)
      if let whole {
        finding +=
          " (" + words.outOf(draft.unit.cell(value), draft.unit.cell(whole)) + ", \(share(most)))"
      }
      if let last = marks.last, last.value != nil, last.label != most.label {
        finding +=
          ", " + words.forWhom(last.label, "\(draft.unit.cell(last.value ?? 0)) (\(share(last)))")
      }
      finding += beside(draft)
    }
    let chart =
      given.isEmpty
      ? Markup() : BarChart(marks: marks, title: draft.title, description: finding).svg()
    let table = marks.map { mark -> TableView.Row in
      let value =
        mark.value == nil
        ? TableView.Cell(mark.text, meaning: Sign.meaning(mark.status, language))
        : TableView.Cell(mark.text)
      return TableView.Row(mark.label, [value, TableView.Cell(share(mark))])
    }
    return view(
      draft, finding, chart, rows, signs(rows), heads: [words.value, words.part], rows: table)
  }

  private func view(
    _ draft: Draft, _ finding: String, _ chart: Markup, _ rows: [ReleasedRow?],
    _ notes: [(term: String, text: String)], heads: [String], rows table: [TableView.Row]
  ) -> FigureView {
    let place = draft.residence?.name ?? words.all
    var name = ""
    if case .parameter(let parameter) = draft.figure.across { name = parameter }
    return FigureView(
      anchor: anchor(draft, name), finding: finding,
      subtitle: subtitle(draft, place: place, period: numbers.period(facts.period)),
      chart: chart, isWide: false,
      table: TableView(
        caption: caption(draft, place: place),
        heads: [Typography.capitalised(scaleName(draft))] + heads, rows: table),
      notes: notes, absence: absence(draft, rows), cells: draft.cells)
  }
}
