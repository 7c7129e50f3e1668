import Columns
import Diagnostics
import Model

/// Brings the exports of survey programs into the table of answers.
struct SurveyIntake {
  let vocabularies: Vocabularies
  let options: IntakeOptions

  private var model: Model { vocabularies.model }

  /// Reads an export; nil for any other sheet, and where a mapping of tables or a table speaks.
  ///
  /// - Throws: `Failure` with status `usage` when the wave is nowhere said.
  func read(
    _ sheet: OpenedSheet, _ grids: [CellGrid], plan: Planner.Candidate?
  ) throws(Failure) -> Reading? {
    guard options.mapping == nil, options.table == nil || options.table == "response",
      sheet.correctsRejectsOf == nil,
      let survey = options.memo.survey(of: grids, read: { SurveyReader.read(grids) }),
      // A sheet that was typed is first what its headings say.
      survey.exporter != .typed || plan == nil
    else { return nil }
    let mapping = mapping(for: survey, sheet.name)
    let source = SurveySource(
      file: sheet.name, survey: survey, instrument: mapping?.instrument,
      dateOrder: options.dateOrder)
    let place = SheetResidence(
      ofList: Headings([]), lines: [survey.sheet].compactMap { $0 }, options, file: sheet.name)
    let list = try list(survey, source, mapping)
    guard !list.records.isEmpty else { return nil }
    let grid = Grid(rows: [list.header] + list.records, lines: [0] + list.lines)
    let made = sheet.replaced(grid: grid, header: list.header)
    let headings = Headings(list.header)
    let planner = Planner(
      vocabularies: vocabularies, headings: headings,
      residence: place?.key ?? options.residence, isAssumed: options.residence == nil)
    let plan = try planner.plan(table: "response")
    // Numbers of respondents are no names.
    var own = options
    own.people = nil
    own.decimal = .dot
    var run = IntakeRun(sheet: made, options: own)
    run.read(plan.emits)
    let rejects = run.rejects()
    var receipt = Receipt(
      sheet: made, headings: headings, run: run.summary, emits: plan.emits, candidate: plan,
      mapping: nil, model: model, rejects: rejects)
    for i in receipt.tables.indices { receipt.tables[i].columns = [] }
    receipt.settled = ["table": "response"]
    // The list made here has other columns than the sheet.
    for i in receipt.problems.indices { receipt.problems[i].position = nil }
    receipt.assumptions =
      sheet.assumptions
      + SurveyRemarks(survey: survey, source: source, mapping: mapping, list: list).all()
      + SheetResidence.remarks(of: place, plan.emits, options)
    receipt.sheets = sheet.format == nil ? nil : [survey.sheet].compactMap { $0 }
    var reading = Reading(
      batches: run.tables.map { $0.batch(lines: grid.lines) }, rejects: rejects,
      header: list.header, receipt: receipt, sourceName: "", correctsRejectsOf: nil,
      dialect: sheet.dialect)
    reading.codebook = SurveyCodebook(survey, instrument: source.instrument, mapping: mapping)
    return reading
  }

  /// The mapping that the user names, else the project's that knows the most of the questions, and
  /// at least half of them or the questionnaire by its name.
  private func mapping(for survey: SurveyReading, _ file: String) -> SurveyMapping? {
    if let given = options.survey { return given }
    let codes = survey.items.map(\.code)
    let name = SurveySource.instrument(of: file)
    let able = options.surveys.filter { one in
      let known = one.known(codes)
      return known > 0 && (known * 2 >= codes.count || one.instrument == name)
    }
    return able.max { ($0.known(codes), $1.id) < ($1.known(codes), $0.id) }
  }

  // MARK: - Rows

  /// The rows of the table of answers.
  struct AnswerList {
    var header: [String]
    var records: [[String]] = []
    var lines: [Int32] = []
    /// Questions whose answers have no value, and wait for one.
    var wordy: Set<String> = []
    /// Answers that a mapping does not know.
    var unmapped = 0
  }

  private func list(
    _ survey: SurveyReading, _ source: SurveySource, _ mapping: SurveyMapping?
  ) throws(Failure) -> AnswerList {
    let table = try model.table(named: "response")
    func label(_ name: String) -> String { table[name]?.label.fr ?? name }
    let keepsText = table["text"] != nil
    let saysResidence = survey.answers.contains { !$0.residence.isEmpty }
    var names = ["instrument", "wave", "date", "respondent", "item", "value"]
    if keepsText { names.append("text") }
    if saysResidence { names.append("residence") }
    var out = AnswerList(header: names.map(label))
    var kinds: [String: SurveyItem.Kind] = [:]
    for item in survey.items { kinds[item.code] = item.kind }
    for answer in survey.answers {
      let known = mapping?[answer.item]
      if known?.isSkipped == true { continue }
      var value = kinds[answer.item] == .words ? nil : answer.number
      var text = answer.words
      if let values = known?.values, !values.isEmpty, !answer.text.isEmpty {
        let found = values[Fold.key(answer.text)]
        value = found ?? (kinds[answer.item] == .coded ? nil : value)
        if found == nil, value == nil { out.unmapped += 1 }
      }
      if value == nil, !answer.text.isEmpty {
        text = answer.text
        out.wordy.insert(answer.item)
      }
      // A question in words that nobody answered says nothing; any other has a row without value.
      if value == nil, text.isEmpty, kinds[answer.item] == .words, known?.values.isEmpty ?? true {
        continue
      }
      let wave = try source.wave(of: answer)
      // Numbers of respondents begin anew in each survey and each export.
      var row = [
        source.instrument, wave, source.day(of: answer),
        "\(source.instrument)/\(wave)/\(answer.respondent)", known?.name ?? answer.item,
        value.map(Column.plain) ?? "",
      ]
      if keepsText { row.append(text) }
      if saysResidence { row.append(answer.residence) }
      out.records.append(row)
      out.lines.append(answer.line)
    }
    return out
  }
}
