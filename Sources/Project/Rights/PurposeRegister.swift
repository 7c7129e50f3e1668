import Columns
package import Diagnostics
import Model
import Periods
import Persistence
import Reporting

/// The register of purposes and retention periods, made from the model and what the project holds.
package struct PurposeRegister {
  /// A table or column of personal data.
  private struct Line {
    var table: TableDeclaration
    /// The column, when it has a purpose of its own.
    var column: ColumnDeclaration?
    var retention: Retention?
    var rows = 0
    var oldest: Day?
    var expired = 0
  }

  private let lines: [Line]
  private let language: Language

  /// Reads a project.
  package init(project: ProjectFolder, language: Language) throws(Failure) {
    let workspace = try Workspace(project)
    let today = try Today.day()
    let expired = Dictionary(
      try workspace.store.expired(by: today).map { ($0.table, $0) }
    ) { first, _ in first }
    var lines: [Line] = []
    for table in workspace.model.tables {
      let own = table.columns.filter { $0.retention != nil }
      guard Self.isPersonal(table, workspace.model) || table.retention != nil || !own.isEmpty else {
        continue
      }
      var line = Line(table: table, retention: table.retention)
      let dates = ([table.retention?.from, table.date].compactMap { $0 })
        .first { table[$0]?.kind == .date }
      let loaded = try workspace.load(table.name, [dates].compactMap { $0 } + own.map(\.name))
      line.rows = loaded.rowCount
      if let dates, case .day(let days)? = loaded[dates] {
        line.oldest = days.filter { $0 != Column.missingDay }.min().map { Day(number: $0) }
      }
      line.expired = expired[table.name]?.rows ?? 0
      lines.append(line)
      for column in own {
        var one = Line(table: table, column: column, retention: column.retention)
        if let values = loaded[column.name] {
          one.rows = (0..<loaded.rowCount).count { values.text(at: $0) != nil }
        }
        one.expired = expired[table.name]?.cells ?? 0
        lines.append(one)
      }
    }
    self.lines = lines
    self.language = language
  }

  /// Whether rows of a table tell of people: they lead to one, or hold what identifies one.
  private static func isPersonal(_ table: TableDeclaration, _ model: Model) -> Bool {
    let people = PeopleRegister.table(of: model)?.keyColumn?.domain
    return table.isPseudonymous
      || table.columns.contains {
        ($0.kind == .key || $0.kind == .link) && $0.domain == people || $0.isIdentifying
      }
  }

  private func word(_ fr: String, _ en: String) -> String { language == .fr ? fr : en }

  private var heads: [String] {
    language == .fr
      ? [
        "Table", "Ce qui désigne une personne", "Finalité", "Conservation", "Lignes",
        "Plus ancienne",
        "Périmées",
      ]
      : ["Table", "What tells a person", "Purpose", "Kept for", "Rows", "Oldest", "Expired"]
  }

  private func cells(_ line: Line) -> [String] {
    let table = line.table
    var name = table.label[language]
    if let column = line.column {
      name += word(", «\u{A0}", ", “") + column.label[language] + word("\u{A0}»", "”")
    }
    let telling =
      line.column == nil ? table.columns.filter(\.isIdentifying).map { $0.label[language] } : []
    var kept = word(
      "non déclarée\u{A0}: tant que dure le projet", "not declared: as long as the project")
    if let retention = line.retention {
      let from = table[retention.from]?.label[language] ?? retention.from
      kept = word(
        "\(retention.months) mois après «\u{A0}\(from)\u{A0}»",
        "\(retention.months) months after “\(from)”")
    }
    return [
      name, telling.joined(separator: ", "),
      line.retention?.purpose[language] ?? word("non déclarée", "not declared"), kept,
      "\(line.rows)", line.oldest?.iso ?? "", "\(line.expired)",
    ]
  }

  /// The register in a form: `table`, `markdown`, `csv` or `json`.
  package func text(format: String) -> String {
    switch format {
    case "markdown": markdown
    case "csv":
      Tabular.csv.text(
        [PlainTable(title: "", header: heads, rows: lines.map(cells))], language: language)
    case "json":
      JSONText.array(
        lines.map { line in
          JSONText.object([
            ("table", JSONText.string(line.table.name)),
            ("column", line.column.map { JSONText.string($0.name) } ?? "null"),
            ("purpose", line.retention.map { JSONText.string($0.purpose[language]) } ?? "null"),
            ("retention_months", line.retention.map { "\($0.months)" } ?? "null"),
            ("from", line.retention.map { JSONText.string($0.from) } ?? "null"),
            ("rows", "\(line.rows)"),
            ("oldest", line.oldest.map { JSONText.string($0.iso) } ?? "null"),
            ("expired", "\(line.expired)"),
          ])
        })
    default: plain
    }
  }

  private var plain: String {
    var out = ""
    for line in lines {
      let all = cells(line)
      out += all[0] + "\n"
      for (i, head) in heads.enumerated().dropFirst() where !all[i].isEmpty {
        out += "  " + head + word("\u{A0}: ", ": ") + all[i] + "\n"
      }
    }
    return out
  }

  private var markdown: String {
    var out = word(
      "# Registre des finalités et des durées de conservation\n\n",
      "# Register of purposes and retention periods\n\n")
    out += word(
      "Fait par «\u{A0}lien people purposes\u{A0}» depuis les fichiers de modèle du projet et ce que tient sa base.\n\n",
      "Made by “lien people purposes” from the project’s model files and what its store holds.\n\n")
    func row(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    out += row(heads) + row(heads.map { _ in "---" })
    for line in lines { out += row(cells(line)) }
    return out
  }
}
