import Diagnostics
import Model

/// Brings the exports of survey programs into the table of answers, until an instrument or a
/// mapping says more.
struct SurveyIntake {
  let vocabularies: Vocabularies
  let options: IntakeOptions

  private var model: Model { vocabularies.model }

  /// Reads an export; nil for any other sheet, and where a mapping or a table speaks.
  ///
  /// - Throws: `Failure` with status `usage` when the wave is nowhere said.
  func read(
    _ sheet: OpenedSheet, _ grids: [CellGrid], plan: Planner.Candidate?
  ) throws(Failure) -> Reading? {
    guard options.mapping == nil, options.table == nil || options.table == "response",
      sheet.correctsRejectsOf == nil,
      let cells = grids.first,
      let survey = options.memo.survey(of: cells, read: { SurveyReader.read(cells) }),
      // A sheet that was typed is first what its headings say.
      survey.exporter != .typed || plan == nil
    else { return nil }
    let instrument = SurveyIntake.instrument(of: sheet.name)
    var header = ["instrument", "wave", "date", "respondent", "item", "value"]
    header = try labels(header)
    if survey.answers.contains(where: { !$0.residence.isEmpty }) {
      header.append(contentsOf: try labels(["residence"]))
    }
    let stored = Set(survey.items.filter { $0.kind != .words }.map(\.code))
    let last = year(of: survey.answers)
    var records: [[String]] = []
    var lines: [Int32] = []
    for answer in survey.answers where stored.contains(answer.item) {
      guard let wave = answer.wave.isEmpty ? last : answer.wave else { throw noWave(sheet.name) }
      let value = answer.number.map { "\($0)" } ?? ""
      // Numbers of respondents begin anew in each survey and each export.
      var row = [
        instrument, wave, day(of: answer), "\(instrument)/\(wave)/\(answer.respondent)",
        answer.item, value,
      ]
      if header.count > row.count { row.append(answer.residence) }
      records.append(row)
      lines.append(answer.line)
    }
    guard !records.isEmpty else { return nil }
    let grid = Grid(rows: [header] + records, lines: [0] + lines)
    let list = sheet.replaced(grid: grid, header: header)
    let headings = Headings(header)
    let planner = Planner(
      vocabularies: vocabularies, headings: headings, residence: options.residence)
    let plan = try planner.plan(table: "response")
    var run = IntakeRun(sheet: list, options: options)
    run.read(plan.emits)
    let rejects = run.rejects()
    var receipt = Receipt(
      sheet: list, headings: headings, run: run.summary, emits: plan.emits, candidate: plan,
      mapping: nil, model: model, rejects: rejects)
    for i in receipt.tables.indices { receipt.tables[i].columns = [] }
    receipt.settled = ["table": "response"]
    // The list made here has other columns than the sheet.
    for i in receipt.problems.indices { receipt.problems[i].position = nil }
    receipt.assumptions = sheet.assumptions + remarks(survey, instrument)
    return Reading(
      batches: run.tables.map { $0.batch(lines: grid.lines) }, rejects: rejects, header: header,
      receipt: receipt, sourceName: "", correctsRejectsOf: nil, dialect: sheet.dialect)
  }

  private func labels(_ names: [String]) throws(Failure) -> [String] {
    let table = try model.table(named: "response")
    return names.map { table[$0]?.label.fr ?? $0 }
  }

  /// The file's name without its ending and its dates.
  private static func instrument(of file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return Fold.key(PeriodHint(stem).rest.joined(separator: " ")).replacing(" ", with: "_")
  }

  private func day(of answer: SurveyAnswer) -> String {
    String(answer.date.prefix { $0 != "T" && $0 != " " })
  }

  /// The year of the last answer: the wave of answers that say none.
  private func year(of answers: [SurveyAnswer]) -> String? {
    let years = answers.flatMap { answer in
      answer.date.split { !$0.isNumber }.filter { $0.count == 4 }.map { String($0) }
    }
    return years.max()
  }

  private func noWave(_ file: String) -> Failure {
    Failure(
      .usage, code: "survey.no-wave", fr: "rien ne dit la vague de cette enquête",
      en: "nothing says the wave of this survey",
      remedy: Phrase(
        fr: "ajoutez une colonne « Vague », ou donnez une correspondance (--mapping)",
        en: "add a column “Vague”, or give a mapping (--mapping)"),
      at: SourceLocation(file: file))
  }

  private func remarks(_ survey: SurveyReading, _ instrument: String) -> [Assumption] {
    let names: [SurveyExporter: String] = [
      .googleForms: "Google Forms", .limeSurvey: "LimeSurvey", .kobo: "KoboToolbox",
      .webform: "Framaforms (Webform)", .typed: "saisie",
    ]
    let name = names[survey.exporter] ?? ""
    var out = [
      Assumption(
        code: "survey.read-as",
        message: Phrase(
          fr: "lue comme un export d’enquête (\(name)) : une ligne par réponse",
          en: "read as an export of a survey (\(name)): a row an answer"),
        isWarning: false,
        shown: Phrase(
          fr: "lue comme un export d’enquête (\(name)), questionnaire « \(instrument) »",
          en: "read as an export of a survey (\(name)), instrument “\(instrument)”"))
    ]
    let words = survey.items.count { $0.kind == .words }
    if words > 0 {
      out.append(
        Assumption(
          code: "survey.words",
          message: Phrase(
            fr: "\(words) question\(words > 1 ? "s" : "") dont les réponses sont des mots : "
              + "non importée\(words > 1 ? "s" : "") ; une correspondance (--mapping) peut en "
              + "donner la valeur",
            en: "\(words) question\(words == 1 ? "" : "s") with answers in words: not imported; "
              + "a mapping (--mapping) can give their values"),
          isWarning: true))
    }
    if !survey.problems.isEmpty {
      let n = survey.problems.count
      out.append(
        Assumption(
          code: "survey.incomplete",
          message: Phrase(
            fr: "\(n) questionnaire\(n > 1 ? "s" : "") non terminé\(n > 1 ? "s" : "") : "
              + "les réponses données sont gardées",
            en: "\(n) unfinished questionnaire\(n == 1 ? "" : "s"): the answers given are kept"),
          isWarning: true))
    }
    return out
  }
}
