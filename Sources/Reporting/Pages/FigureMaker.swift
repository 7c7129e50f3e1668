import Diagnostics
import Disclosure
import HTML
import Periods

/// Makes the figures of a layout from released cells.
struct FigureMaker {
  let facts: ReportFacts
  let words: Words
  /// The reported period and the earlier ones beside it, oldest first.
  let years: [Period]
  /// How high charts over time are.
  var timeHeight = 136.0

  var numbers: NumberText { NumberText(words.language) }
  var language: Language { words.language }

  /// The figure on the page of a residence, or on the index when `residence` is nil.
  ///
  /// `points` are the same indicator under each number of a parameter, `beside` what is told with it.
  func make(
    _ figure: ReportLayout.Figure, _ cells: Cells, points: [Cells] = [], beside: Cells? = nil,
    residence: ReportFacts.Residence?
  ) -> FigureView {
    let draft = Draft(
      figure: figure, cells: cells, residence: residence,
      title: Typography.text(figure.title ?? cells.heading.title, language), points: points,
      beside: beside)
    return switch figure.across {
    case .residence: acrossResidences(draft)
    case .cut(ReportLayout.pairs): meetings(draft)
    case .cut(let cut): acrossCut(draft, cut)
    case .parameter: figure.chart == .classes ? classes(draft) : curve(draft)
    case .time(let step): residence == nil ? multiples(draft, step) : overTime(draft, step)
    }
  }

  /// What is being made.
  struct Draft {
    let figure: ReportLayout.Figure
    let cells: Cells
    let residence: ReportFacts.Residence?
    let title: String
    /// The indicator under each number of a parameter, and the one told beside it.
    var points: [Cells] = [], beside: Cells?

    var place: String { residence?.key ?? "_total" }
    var unit: UnitText {
      points.isEmpty
        ? cells.unit
        : UnitText(
          unit: cells.heading.unit, values: points.flatMap(\.values),
          language: cells.unit.numbers.language)
    }

    func row(_ residence: String, _ period: Period?) -> ReleasedRow? {
      guard let only = figure.only else { return cells.row(residence, period) }
      return cells.row(residence, period, cuts: [only.cut], values: [only.value])
    }
  }

  // MARK: - Across residences

  private func acrossResidences(_ draft: Draft) -> FigureView {
    let places =
      [(key: "_total", name: words.allShort)]
      + facts.residences.map { (key: $0.key, name: $0.name) }
    let entries = places.map { place in
      Entry(
        name: place.name, row: draft.row(place.key, facts.period),
        before: draft.row(place.key, facts.previous), isStrong: place.key == "_total",
        residence: place.key, goal: goal(draft, place.key, facts.period))
    }
    let residences = ordered(Array(entries.dropFirst()), draft)
    // A sum of all residences beside its parts would flatten them.
    let largest = residences.compactMap { $0.row?.value }.max() ?? 0
    let isSum = (entries.first?.row?.value ?? 0) > 1.3 * largest
    let lines = entries.prefix(1) + residences
    let shown = isSum ? residences : Array(lines)
    let finding = sentence(draft.title, extremes(residences, draft), whole: entries.first, draft)
    return view(
      draft, anchor: "residences", finding: finding, entries: Array(lines), shown: shown,
      head: words.residence, place: words.all)
  }

  // MARK: - Across the values of a cut

  /// The values of a cut that the cells have, in their order, with their names.
  func cutValues(_ cut: String, in cells: Cells) -> [(value: String, name: String)] {
    if cut == ReportLayout.pairs { return pairs(in: cells).map { ($0.value, $0.name) } }
    let known = facts.cutValues[cut] ?? []
    let present = cells.values(ofCut: cut)
    var values = known.map { (value: $0.value, name: Typography.text($0.label, language)) }
      .filter { v in present.contains(v.value) }
    values += present.filter { v in v != "_unknown" && !known.contains { $0.value == v } }
      .map { ($0, Typography.name($0, key: $0)) }
    if present.contains("_unknown") { values.append(("_unknown", words.unknownValue)) }
    return values
  }

  private func acrossCut(_ draft: Draft, _ cut: String) -> FigureView {
    let values = cutValues(cut, in: draft.cells)
    func entry(_ name: String, _ value: String, isStrong: Bool = false) -> Entry {
      Entry(
        name: name,
        row: draft.cells.row(draft.place, facts.period, cuts: [cut], values: [value]),
        before: draft.cells.row(draft.place, facts.previous, cuts: [cut], values: [value]),
        isStrong: isStrong)
    }
    let parts = ordered(
      values.map { entry($0.name, $0.value) }.filter { $0.row != nil }, draft)
    var entries = parts
    let total = entry(words.allShort, "_total", isStrong: true)
    if total.row != nil { entries.insert(total, at: 0) }
    let finding = sentence(draft.title, extremes(parts, draft), whole: nil, draft, parts)
    return view(
      draft, anchor: cut, finding: finding, entries: entries, shown: parts,
      head: facts.cutTitles[cut].map { Typography.text($0, language) } ?? cut,
      place: draft.residence?.name ?? words.all)
  }

  /// The last earlier period of which a place has a value: surveys are not held every year.
  func before(_ cells: Cells, _ place: String) -> (row: ReleasedRow, period: Period)? {
    let earlier = years.last {
      $0.last < facts.period.first && cells.row(place, $0)?.value != nil
    }
    guard let earlier, let row = cells.row(place, earlier) else { return nil }
    return (row, earlier)
  }

  // MARK: - What the kinds share

  /// One line of a figure.
  struct Entry {
    var name: String
    var short: String?
    var row: ReleasedRow?
    var before: ReleasedRow?
    var isStrong: Bool
    /// The residence that it is about, when residences are compared.
    var residence: String?
    /// The target set for it.
    var goal: ReportGoal?
    /// The number under which events of its time are told.
    var event: Int?
  }

  func mark(_ entry: Entry, _ unit: UnitText) -> Mark {
    var mark = Mark(
      label: entry.name, short: entry.short, row: entry.row, unit: unit, previous: entry.before,
      isStrong: entry.isStrong)
    if let low = entry.goal?.low ?? entry.goal?.high, let high = entry.goal?.high ?? entry.goal?.low
    {
      mark.goal = (low, high)
    }
    mark.event = entry.event
    return mark
  }

  private func view(
    _ draft: Draft, anchor name: String, finding: String, entries: [Entry], shown: [Entry],
    head: String, place: String
  ) -> FigureView {
    let marks = shown.map { mark($0, draft.unit) }
    let isDots = draft.figure.chart == .dots
    let chart: Markup =
      !marks.contains { $0.value != nil }
      ? Markup()
      : isDots
        ? DotPlot(marks: marks, unit: draft.unit, title: draft.title, description: finding).svg()
        : BarChart(marks: marks, title: draft.title, description: finding).svg()
    var notes: [(term: String, text: String)] = []
    if let reading = reading(draft, shown) { notes.append(reading) }
    if let ranking = rankingNote(draft, shown.filter { !$0.isStrong }) { notes.append(ranking) }
    notes += signs(entries.map(\.row), draft.unit)
    if entries.contains(where: { draft.cells.change($0.row, $0.before)?.isWithinError == true }) {
      notes.append(("≈", language == .fr ? "écart non significatif." : "not significant."))
    }
    if let previous = facts.previous, marks.contains(where: { $0.previous != nil }) {
      notes.append(
        (
          words.chart,
          words.previousMark(numbers.period(previous), ring: isDots)
        ))
    }
    if let goal = goalNote(entries, draft.unit) { notes.append(goal) }
    notes += breakNotes(draft.cells)
    return FigureView(
      anchor: anchor(draft, name), finding: finding,
      subtitle: subtitle(draft, place: place, period: numbers.period(facts.period)),
      chart: chart, isWide: false,
      table: TableView(
        caption: caption(draft, place: place),
        heads: [
          head, words.value, words.overYear, words.goal, words.ratio, words.respondents,
          words.interval,
          Typography.capitalised(draft.cells.heading.unknowns[language]),
        ],
        rows: entries.map { entry in
          var row = TableView.Row(
            entry.name, cells(entry, entry.before, draft, withChange: true),
            isStrong: entry.isStrong)
          row.residence = entry.residence
          return row
        }),
      notes: notes, absence: absence(draft, entries.map(\.row)), cells: draft.cells)
  }

  func value(_ row: ReleasedRow?, _ unit: UnitText) -> TableView.Cell {
    if let text = unit.text(row) { return TableView.Cell(text) }
    let status = row?.status ?? .noData
    return TableView.Cell(
      Sign.text(status, language), meaning: Sign.meaning(status, language))
  }

  func cells(
    _ entry: Entry, _ before: ReleasedRow?, _ draft: Draft, withChange: Bool
  ) -> [TableView.Cell] {
    let row = entry.row
    var interval = ""
    if let low = row?.low, let high = row?.high, !draft.unit.isRange {
      interval = "\(draft.unit.cell(low)) – \(draft.unit.cell(high))"
    }
    return [
      value(row, draft.unit),
      TableView.Cell(withChange ? draft.cells.change(row, before)?.marked ?? "" : ""),
      TableView.Cell(entry.goal.map { told($0, draft.unit) } ?? ""),
      TableView.Cell(row.flatMap { draft.cells.workings($0, words) } ?? ""),
      TableView.Cell(row.flatMap { draft.cells.respondents($0, words) } ?? ""),
      TableView.Cell(interval),
      TableView.Cell(
        row?.unknown.flatMap { $0 > 0 ? numbers.number($0) : nil } ?? ""),
    ]
  }

  func anchor(_ draft: Draft, _ name: String) -> String {
    let only = draft.figure.only.map { "-\($0.value)" } ?? ""
    return "figure-\(draft.cells.heading.id)-\(name)\(only)"
  }

  func caption(_ draft: Draft, place: String) -> String { "\(draft.title), \(place)" }

  func span(_ periods: [Period]) -> String {
    guard let first = periods.first, let last = periods.last, first != last else {
      return numbers.period(facts.period)
    }
    let ends = (numbers.period(first), numbers.period(last))
    // Periods told from day to day are told together, from the first day to the last.
    if ends.0.hasPrefix("du ") || ends.0.contains(" to ") {
      return words.days(numbers.date(first.first), numbers.date(last.last))
    }
    return words.fromTo(ends.0, ends.1)
  }

  func subtitle(_ draft: Draft, place: String, period: String) -> String {
    let kind =
      draft.unit.isRange
      ? words.assumed : draft.cells.heading.isSurvey ? words.survey : words.census
    var parts = [Typography.text(draft.cells.heading.counts, language)]
    if draft.figure.title != nil || parts[0].isEmpty { parts = [draft.title] }
    let whole = place == words.all && language == .fr ? "ensemble des résidences" : place
    return Typography.capitalised((parts + [whole, period, kind]).joined(separator: ", "))
  }
}
