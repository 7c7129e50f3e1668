import Columns
package import Diagnostics
import Ingest
import Model
import Periods
import Persistence
import Reporting

/// `lien check`: what is wrong in the data, as a list that somebody can act on.
package struct QualityCheck {
  private let workspace: Workspace
  private let language: Language

  /// Opens the project's store.
  package init(project: ProjectFolder, language: Language) throws(Failure) {
    workspace = try Workspace(project)
    self.language = language
  }

  init(_ workspace: Workspace, language: Language) {
    self.workspace = workspace
    self.language = language
  }

  /// What is asked.
  package struct Question: Sendable {
    /// The residences to look at; empty for all.
    package var residences: [String] = []
    /// The rules to apply, by identifier; empty for all.
    package var rules: [String] = []
    /// Only what lies in this period; nil for everything.
    package var period: String?
    /// How many findings of a rule are listed on a terminal; nil for all.
    package var most: Int? = 10
    /// Whether cells may be shown.
    package var showsCells = true

    /// Asks for everything.
    package init() {}
  }

  /// The findings in a form, and whether any of them is an error.
  ///
  /// - Throws: `Failure`: `usage` for an unknown residence or rule, `failed` for a broken rule.
  package func run(_ question: Question, format: String) throws(Failure) -> (
    text: String, hasErrors: Bool
  ) {
    try ComputeUseCase.check(question.residences, among: workspace.residences().map(\.key))
    let rules = try QualityRules(folder: workspace.project.rulesFolder, model: workspace.model)
    let known = rules.rules.map(\.id) + Self.own
    for name in question.rules where !known.contains(name) {
      throw Failure(
        .usage, code: "check.rule", fr: "aucune règle « \(name) »", en: "no rule “\(name)”",
        remedy: Suggestion.nearest(to: name, among: known).map {
          Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
        })
    }
    let period = try question.period.map { (text) throws(Failure) in try Period(text) }
    var found = try findings(rules, on: Today.day())
    found.removeAll { one in
      if !question.rules.isEmpty, !question.rules.contains(one.rule) { return true }
      if let residence = one.residence, !question.residences.isEmpty {
        return !question.residences.contains(residence)
      }
      if let period, let day = one.day { return !period.contains(day) }
      return false
    }
    let text =
      switch format {
      case "json": json(found)
      case "csv": csv(found)
      default: try list(found, question)
      }
    return (text, found.contains { $0.severity == .error })
  }

  /// How often each rule is broken, for a page; `today` is the day that the data were last changed,
  /// so that the same data give the same page.
  func counts(on today: Day) throws(Failure) -> [ReportQuality] {
    let rules = try QualityRules(folder: workspace.project.rulesFolder, model: workspace.model)
    let found = Dictionary(grouping: try findings(rules, on: today), by: \.rule)
    return rules.rules.map { rule in
      ReportQuality(
        title: rule.title, severity: rule.severity, count: found[rule.id]?.count ?? 0,
        isPublic: rule.isPublic)
    }
  }

  /// Rules that are not about rows in force: what an import set aside, what has expired.
  private static let own = ["lignes-mises-de-cote", "noms-a-decider", "donnees-perimees"]

  private func findings(_ rules: QualityRules, on today: Day) throws(Failure) -> [QualityFinding] {
    let data = QualityData(workspace, today: today)
    var out: [QualityFinding] = try setAside() + expired(today)
    for rule in rules.rules { out += try data.findings(of: rule) }
    let ranks: [Diagnostic.Severity: Int] = [.error: 0, .warning: 1, .note: 2]
    // Rules keep their order in each severity; findings theirs, by residence and day.
    var order: [String: Int] = [:]
    for one in out where order[one.rule] == nil { order[one.rule] = order.count }
    return out.enumerated().sorted { a, b in
      let (x, y) = (a.element, b.element)
      let left = [ranks[x.severity] ?? 3, order[x.rule] ?? 0]
      let right = [ranks[y.severity] ?? 3, order[y.rule] ?? 0]
      if left != right { return left.lexicographicallyPrecedes(right) }
      if x.residence != y.residence { return x.residence ?? "" < y.residence ?? "" }
      if x.day != y.day { return x.day?.number ?? 0 < y.day?.number ?? 0 }
      return a.offset < b.offset
    }.map(\.element)
  }

  /// Rows that imports set aside and that did not come back.
  private func setAside() throws(Failure) -> [QualityFinding] {
    let records = try workspace.store.imports()
    var out: [QualityFinding] = []
    for record in records where record.state == .active && record.rowsSetAside > 0 {
      let taken = WaitingRows.linesTaken(of: record.id, among: records)
      let open = try workspace.store.rejects(of: record.id).rejects.filter {
        !taken.contains($0.line) && $0.reason.severity == .error
      }
      let tables = record.tables.map(\.name)
      for isName in [false, true] {
        let some = open.filter { ($0.reason.code == PeopleAnswers.code) == isName }
        if some.isEmpty { continue }
        let lines = Set(some.map(\.line)).sorted()
        let path = RejectFiles(project: workspace.project).paths(of: record.id).first
        var one = QualityFinding(
          rule: isName ? "noms-a-decider" : "lignes-mises-de-cote", severity: .warning,
          title: isName
            ? Phrase(fr: "Noms à décider", en: "Names to decide on")
            : Phrase(
              fr: "Lignes mises de côté, qui ne comptent pas",
              en: "Rows set aside, which do not count"),
          remedy: isName
            ? Phrase(
              fr: "dites qui ils désignent : lien people review",
              en: "say whom they mean: lien people review")
            : Phrase(
              fr:
                "corrigez-les (lien imports show N --rejects rejets.xlsx), puis importez ce fichier",
              en: "correct them (lien imports show N --rejects rejects.xlsx), then import that file"
            ),
          table: tables.first ?? "")
        one.day = Day(iso: record.receivedAt.prefix(10))
        one.importID = record.id
        one.rows = lines.count
        let shown = lines.prefix(5).map(String.init).joined(separator: ", ")
        one.found = Phrase(
          fr:
            "\(lines.count) ligne\(lines.count > 1 ? "s" : "") (\(shown)\(lines.count > 5 ? "…" : ""))"
            + (path.map { ", dans \($0)" } ?? ""),
          en:
            "\(lines.count) row\(lines.count == 1 ? "" : "s") (\(shown)\(lines.count > 5 ? "…" : ""))"
            + (path.map { ", in \($0)" } ?? ""))
        out.append(one)
      }
    }
    return out
  }

  /// Sensitive data kept for too long.
  private func expired(_ today: Day) throws(Failure) -> [QualityFinding] {
    try workspace.store.expired(by: today).map { count in
      var one = QualityFinding(
        rule: "donnees-perimees", severity: .error,
        title: Phrase(
          fr: "Données sensibles gardées trop longtemps", en: "Sensitive data kept for too long"),
        remedy: Phrase(
          fr: "effacez-les : lien people expire", en: "erase them: lien people expire"),
        table: count.table)
      one.rows = max(count.rows, count.cells)
      one.found =
        count.rows > 0
        ? Phrase(fr: "\(count.rows) lignes", en: "\(count.rows) rows")
        : Phrase(fr: "\(count.cells) cases", en: "\(count.cells) cells")
      return one
    }
  }

  // MARK: - Forms

  private func list(_ found: [QualityFinding], _ question: Question) throws(Failure) -> String {
    let fr = language == .fr
    if found.isEmpty {
      return fr ? "Rien à signaler.\n" : "Nothing to report.\n"
    }
    let names = Dictionary(try workspace.residences().map { ($0.key, $0.name) }) { first, _ in
      first
    }
    let files = Dictionary(try workspace.store.imports().map { ($0.id, $0.fileName) }) { a, _ in a }
    var out = summary(found)
    var severity: Diagnostic.Severity?
    var at = 0
    while at < found.count {
      let first = found[at]
      let end = found[at...].firstIndex { $0.rule != first.rule } ?? found.count
      if severity != first.severity {
        severity = first.severity
        out += "\n" + Self.word(first.severity, language).uppercased() + "\n"
      }
      out += "\n" + first.title[language] + " (\(end - at))\n"
      out += "  → " + first.remedy[language] + "\n"
      for one in found[at..<end].prefix(question.most ?? .max) {
        out += "  - " + line(one, names, files, showsCells: question.showsCells) + "\n"
      }
      let more = end - at - (question.most ?? .max)
      if more > 0 {
        out +=
          fr ? "  … et \(more) de plus (--all les montre)\n" : "  … and \(more) more (--all)\n"
      }
      at = end
    }
    return Shown.text(out)
  }

  private func summary(_ found: [QualityFinding]) -> String {
    let parts = [Diagnostic.Severity.error, .warning, .note].compactMap { severity -> String? in
      let n = found.count { $0.severity == severity }
      return n == 0 ? nil : "\(n) \(Self.word(severity, language))"
    }
    let head =
      language == .fr
      ? "\(found.count) constat\(found.count > 1 ? "s" : "")\u{A0}: "
      : "\(found.count) finding\(found.count == 1 ? "" : "s"): "
    return head + parts.joined(separator: ", ") + "\n"
  }

  static func word(_ severity: Diagnostic.Severity, _ language: Language) -> String {
    let fr = language == .fr
    return switch severity {
    case .error: fr ? "à corriger" : "to correct"
    case .warning: fr ? "à vérifier" : "to look at"
    case .note: fr ? "à savoir" : "to know"
    }
  }

  private func line(
    _ one: QualityFinding, _ names: [String: String], _ files: [Int: String?], showsCells: Bool
  ) -> String {
    let fr = language == .fr
    let numbers = NumberText(language)
    var parts: [String] = []
    if let residence = one.residence { parts.append(names[residence] ?? residence) }
    if let day = one.day {
      parts.append(
        one.isMonth ? numbers.month(day.civil.month) + " \(day.year)" : numbers.date(day))
    }
    if showsCells, let row = one.row {
      let label = workspace.model[one.table]?.label[language] ?? one.table
      parts.append("\(label)\u{A0}: \(row)")
    } else if one.residence == nil {
      parts.append(workspace.model[one.table]?.label[language] ?? one.table)
    }
    if showsCells, let found = one.found {
      parts.append((fr ? "trouvé\u{A0}: " : "found: ") + found[language])
    }
    if let expected = one.expected {
      parts.append((fr ? "attendu\u{A0}: " : "expected: ") + expected[language])
    }
    if let id = one.importID {
      let name = showsCells ? (files[id] ?? nil).map { " (\($0))" } ?? "" : ""
      parts.append("import \(id)\(name)")
    }
    return parts.joined(separator: " · ")
  }

  /// As JSON, without cells.
  private func json(_ found: [QualityFinding]) -> String {
    JSONText.array(
      found.map { one in
        JSONText.object([
          ("rule", JSONText.string(one.rule)),
          ("severity", JSONText.string(one.severity.rawValue)),
          ("title", JSONText.string(one.title[language])),
          ("table", JSONText.string(one.table)),
          ("residence", one.residence.map(JSONText.string) ?? "null"),
          ("month", one.day.map { JSONText.string(String($0.iso.prefix(7))) } ?? "null"),
          ("rows", "\(one.rows)"), ("import", one.importID.map { "\($0)" } ?? "null"),
          ("remedy", JSONText.string(one.remedy[language])),
        ])
      })
  }

  /// As CSV, without cells.
  private func csv(_ found: [QualityFinding]) -> String {
    Tabular.csv.text(
      [
        PlainTable(
          title: "",
          header: [
            "severity", "rule", "title", "table", "residence", "month", "rows", "import", "remedy",
          ],
          rows: found.map { one in
            [
              one.severity.rawValue, one.rule, one.title[language], one.table, one.residence,
              one.day.map { String($0.iso.prefix(7)) }, "\(one.rows)",
              one.importID.map { "\($0)" }, one.remedy[language],
            ]
          })
      ], language: language)
  }
}
