package import Diagnostics
import Indicators
import Model
import Periods
import Persistence
import Reporting

/// `lien compare A B`: why a number changed, between two states of the store or two periods.
///
/// Between two states, the causes are let in one after the other (register, corrections, new data,
/// undone imports' absence being part of each state), and each has the change that it then makes:
/// the parts add up to the whole. Between two periods, the numerator's change is let in first.
package struct CompareUseCase {
  /// What is asked.
  package struct Question: Sendable {
    /// Two periods, or two states: `@12` after import 12, `@` now.
    package var sides: (String, String)
    /// Ids or catalogue codes; empty for all that changed.
    package var indicators: [String]
    /// The period, for two states; nil for the usual one.
    package var period: String?
    /// The residences to show; empty for all.
    package var residences: [String]

    /// Makes a question.
    package init(
      sides: (String, String), indicators: [String], period: String?, residences: [String]
    ) {
      (self.sides, self.indicators) = (sides, indicators)
      (self.period, self.residences) = (period, residences)
    }
  }

  private let workspace: Workspace
  private let language: Language

  /// Opens the project's store.
  package init(project: ProjectFolder, language: Language) throws(Failure) {
    workspace = try Workspace(project)
    self.language = language
  }

  /// The comparison in a form: `table`, `csv`, `json` or `excel-fr`.
  ///
  /// - Throws: `Failure` with status `usage` for sides that cannot be compared, an unknown import,
  ///   indicator or residence.
  package func run(_ question: Question, format: String) throws(Failure) -> String {
    let residences = try workspace.residences()
    try ComputeUseCase.check(question.residences, among: residences.map(\.key))
    let catalogue = try workspace.catalogue()
    let indicators =
      question.indicators.isEmpty
      ? catalogue.indicators.filter { $0.definition.dimension != "benchmark" }
      : try CatalogueSearch(catalogue).all(question.indicators)
    let isState = (question.sides.0.hasPrefix("@"), question.sides.1.hasPrefix("@"))
    guard isState.0 == isState.1 else {
      throw Failure(
        .usage, code: "compare.mixed",
        fr: "deux périodes, ou deux états de la base (@12 @), pas l’un et l’autre",
        en: "two periods, or two states of the store (@12 @), not one of each")
    }
    var tables: [ChangeTable] = []
    var notes = ""
    if isState.0 {
      let steps = try Steps(question.sides, workspace.store, workspace.model)
      let period = try workspace.period(named: question.period)
      tables = try states(steps, indicators, period)
      notes = steps.notes(language)
    } else {
      tables = try periods(
        (Period(question.sides.0), Period(question.sides.1)), indicators)
    }
    for i in tables.indices {
      tables[i].rows.removeAll { row in
        !question.residences.isEmpty && row.residence != "_total"
          && !question.residences.contains(row.residence)
      }
      if question.indicators.isEmpty { tables[i].rows.removeAll { $0.before == $0.after } }
    }
    if question.indicators.isEmpty { tables.removeAll { $0.rows.isEmpty } }
    let form = Tabular(rawValue: format) ?? .table
    let names = Dictionary(residences.map { ($0.key, $0.name) }) { first, _ in first }
    if form == .table, tables.isEmpty {
      return notes + (language == .fr ? "Aucun chiffre n’a changé.\n" : "No figure has changed.\n")
    }
    let text = form.text(tables, language: language, labels: names)
    return form == .table ? notes + text : text
  }

  // MARK: - States

  private func states(
    _ steps: Steps, _ indicators: [Indicator], _ period: Period
  ) throws(Failure) -> [ChangeTable] {
    var computed: [[[String: Estimate]]] = []
    for imports in steps.states {
      workspace.store.onlyImports = imports
      let evaluator = Evaluator(model: workspace.model, source: workspace.store)
      var one: [[String: Estimate]] = []
      for indicator in indicators {
        one.append(try values(evaluator.compute(indicator, periods: [period])))
      }
      computed.append(one)
    }
    workspace.store.onlyImports = nil
    return indicators.indices.map { i in
      let states = computed.map { $0[i] }
      let keys = Set(states.flatMap(\.keys)).sorted()
      return table(
        indicators[i], sides: (steps.names.0, steps.names.1), causes: Steps.causes,
        rows: keys.map { key in
          let values = states.map { $0[key]?.value }
          return ChangeTable.Row(
            residence: key, before: values[0],
            parts: zip(values, values.dropFirst()).map { before, after in
              before == nil && after == nil ? 0 : before.flatMap { b in after.map { $0 - b } }
            }, after: values[values.count - 1])
        })
    }
  }

  /// What each cause brings between two states.
  private struct Steps {
    static let causes: [(name: String, label: Phrase)] = [
      ("register", Phrase(fr: "registre", en: "register")),
      ("corrected", Phrase(fr: "corrections", en: "corrections")),
      ("new", Phrase(fr: "nouvelles données", en: "new data")),
    ]

    /// The imports of each state, from the first to the last.
    let states: [Set<Int>]
    let names: (String, String)
    private var counts = [0, 0, 0]
    private var undone = 0

    init(_ sides: (String, String), _ store: Store, _ model: Model) throws(Failure) {
      let records = try store.imports()
      let last = records.map(\.id).max() ?? 0
      func number(_ side: String) throws(Failure) -> Int {
        let text = side.dropFirst()
        if text.isEmpty { return last }
        guard let id = Int(text), id >= 0, id <= last else {
          throw Failure(
            .usage, code: "compare.import", fr: "aucun import de numéro « \(text) »",
            en: "no import of number “\(text)”",
            remedy: Phrase(fr: "« lien imports » les donne", en: "“lien imports” lists them"))
        }
        return id
      }
      let (from, to) = (try number(sides.0), try number(sides.1))
      guard from < to else {
        throw Failure(
          .usage, code: "compare.order", fr: "le premier état doit précéder le second",
          en: "the first state must come before the second")
      }
      names = ("@\(from)", "@\(to)")
      let registers = Set(["residence", "dwelling", "household", "resident"])
      var active = Set(records.filter { $0.state == .active && $0.id <= from }.map(\.id))
      var states = [active]
      let between = records.filter { $0.id > from && $0.id <= to }
      undone = between.count { $0.state == .undone }
      for cause in 0..<3 {
        for record in between where record.state == .active {
          let isRegister = record.tables.contains { registers.contains($0.name) }
          let isCorrection = record.kind != .new || !record.corrects.isEmpty
          if (isRegister ? 0 : isCorrection ? 1 : 2) == cause {
            active.insert(record.id)
            counts[cause] += 1
          }
        }
        states.append(active)
      }
      self.states = states
      _ = model
    }

    func notes(_ language: Language) -> String {
      let fr = language == .fr
      var out =
        fr
        ? "De \(names.0) à \(names.1)\u{A0}: \(counts[0]) imports du registre, \(counts[1]) corrections, \(counts[2]) nouveaux"
        : "From \(names.0) to \(names.1): \(counts[0]) imports of the register, \(counts[1]) corrections, \(counts[2]) new"
      if undone > 0 {
        out +=
          fr
          ? ", \(undone) défaits depuis (comptés dans aucun état)"
          : ", \(undone) undone since (in neither state)"
      }
      return out
        + (fr
          ? ". Définitions d’aujourd’hui des deux côtés\u{A0}; les causes entrent dans cet ordre.\n\n"
          : ". Today’s definitions on both sides; the causes come in this order.\n\n")
    }
  }

  // MARK: - Periods

  private func periods(
    _ sides: (Period, Period), _ indicators: [Indicator]
  ) throws(Failure) -> [ChangeTable] {
    let evaluator = Evaluator(model: workspace.model, source: workspace.store)
    var out: [ChangeTable] = []
    for indicator in indicators {
      let before = try values(evaluator.compute(indicator, periods: [sides.0]))
      let after = try values(evaluator.compute(indicator, periods: [sides.1]))
      let keys = Set(before.keys).union(after.keys).sorted()
      out.append(
        table(
          indicator, sides: (sides.0.name, sides.1.name),
          causes: [
            ("numerator", Phrase(fr: "numérateur", en: "numerator")),
            ("denominator", Phrase(fr: "dénominateur", en: "denominator")),
          ],
          rows: keys.map { Self.row($0, before[$0], after[$0]) }))
    }
    return out
  }

  /// A ratio's change: what its numerator alone would have done, then the rest. Of a value that is
  /// no ratio of its sides, all is the numerator's.
  private static func row(_ key: String, _ a: Estimate?, _ b: Estimate?) -> ChangeTable.Row {
    var parts: [Double?] = [nil, nil]
    if let x = a?.value, let y = b?.value {
      parts = [y - x, 0]
      if let n = a?.numerator, let d = a?.denominator, let m = b?.numerator, let e = b?.denominator,
        d != 0, e != 0, abs(n / d - x) <= 1e-9 * max(1, abs(x)),
        abs(m / e - y) <= 1e-9 * max(1, abs(y))
      {
        parts = [m / d - n / d, m / e - m / d]
      }
    }
    return ChangeTable.Row(residence: key, before: a?.value, parts: parts, after: b?.value)
  }

  private func values(_ table: IndicatorTable) -> [String: Estimate] {
    var out: [String: Estimate] = [:]
    for row in table.rows where row.estimate.scanned > 0 { out[row.residence] = row.estimate }
    return out
  }

  private func table(
    _ indicator: Indicator, sides: (String, String), causes: [(name: String, label: Phrase)],
    rows: [ChangeTable.Row]
  ) -> ChangeTable {
    ChangeTable(
      id: indicator.definition.id, title: indicator.definition.title,
      unit: indicator.definition.unit, sides: sides, causes: causes, rows: rows)
  }
}
