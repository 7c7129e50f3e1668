package import Diagnostics
import Model
import Reporting

/// What every table and column means, made from the model: for whoever fills a sheet in, reads an
/// export, or answers for the data.
package struct DataDictionary {
  private let tables: [TableDeclaration]
  private let language: Language

  /// The tables of the project's model, else of the program's own; one of them when it is named.
  ///
  /// - Throws: `Failure` with status `usage` when the model has no such table.
  package init(
    table: String?, project: ProjectFolder?, home: () throws(Failure) -> String,
    language: Language
  ) throws(Failure) {
    let model: Model
    if let project {
      model = try project.model()
    } else {
      model = try Model(folder: home() + "/indicators/model")
    }
    self.init(
      tables: try table.map { name throws(Failure) in [try model.table(named: name)] }
        ?? model.tables, language: language)
  }

  /// Some tables.
  init(tables: [TableDeclaration], language: Language) {
    self.tables = tables
    self.language = language
  }

  private func word(_ fr: String, _ en: String) -> String { language == .fr ? fr : en }

  // MARK: - What is said of a table

  /// Name and label of each table, with what a row is.
  package var list: [(String, String)] {
    tables.map { table in
      let mark = table.retention == nil ? "" : word(" [sensible]", " [sensitive]")
      return (table.name, table.label[language] + mark + " — " + table.description[language])
    }
  }

  /// What tells rows apart, what a corrected sheet replaces, what places a row in time; why and how
  /// long the table is kept.
  private func facts(_ table: TableDeclaration) -> [(String, String)] {
    func names(_ columns: [String]) -> String {
      columns.map { name in
        let isYear = name.hasSuffix(".year")
        let column = table[isYear ? String(name.dropLast(5)) : name]
        let label = quoted(column?.label[language] ?? name)
        return isYear ? word("année de ", "year of ") + label : label
      }.joined(separator: ", ")
    }
    var out = [
      (word("Clé", "Key"), names(table.key)),
      (
        word("Une feuille corrigée remplace", "A corrected sheet replaces"),
        word("les lignes de même ", "the rows with the same ") + names(table.scope)
      ),
    ]
    if !table.keyFrom.isEmpty, let key = table.keyColumn {
      out.append(
        (
          word("Sans ", "Without ") + quoted(key.label[language]),
          word("la clé est faite de ", "the key is made of ") + names(table.keyFrom)
        ))
    }
    if let date = table.date {
      let shown = table[date].map { quoted($0.label[language]) } ?? date
      out.append((word("Date d’une ligne", "Date of a row"), shown))
    }
    if let validity = table.validity {
      out.append(
        (
          word("Une ligne vaut de", "A row holds from"),
          names([validity.from]) + word(" (compris) à ", " (included) to ")
            + names([validity.to]) + word(" (non compris)", " (not included)")
        ))
    }
    if !table.countsWhen.isEmpty {
      out.append(
        (
          word("Lignes qui comptent", "Rows that count"),
          table.countsWhen.map { "\($0.column) = " + $0.values.joined(separator: " | ") }
            .joined(separator: " ; ")
        ))
    }
    if !table.about.isEmpty {
      out.append((word("Une ligne parle de", "A row is about"), names(table.about)))
    }
    if let retention = table.retention {
      out.append((word("Finalité", "Purpose"), retention.purpose[language]))
      out.append((word("Conservation", "Kept for"), kept(retention, table)))
      if retention.isRestricted {
        out.append((word("Diffusion", "Release"), word("usage interne", "internal use")))
      }
    }
    return out
  }

  private func kept(_ retention: Retention, _ table: TableDeclaration) -> String {
    let from = quoted(table[retention.from]?.label[language] ?? retention.from)
    return word(
      "\(retention.months) mois après \(from)", "\(retention.months) months after \(from)")
  }

  private func quoted(_ text: String) -> String { word("«\u{A0}\(text)\u{A0}»", "“\(text)”") }

  /// How one column is protected: kept apart, replaced by a pseudonym, or for a time only.
  private func protection(_ column: ColumnDeclaration, _ table: TableDeclaration) -> [String] {
    var out: [String] = []
    if column.isIdentifying {
      out.append(
        column.kind == .key || column.kind == .link
          ? word("pseudonyme", "pseudonym") : word("à part, avec les noms", "apart, with names"))
    }
    if let retention = column.retention {
      out.append(retention.purpose[language] + " " + kept(retention, table))
      if retention.isRestricted { out.append(word("usage interne", "internal use")) }
    }
    return out
  }

  // MARK: - Forms

  /// One table, for a terminal: what is said of it, then its columns with what each expects.
  package func details() -> [(
    title: String, facts: [(String, String)], columns: [(String, String)]
  )] {
    tables.map { table in
      let guide = Template(table: table).guide(language: language)
      let columns = zip(table.columns, guide).map { column, line in
        (line.0 + " (\(column.name))", line.1)
      }
      return (
        "\(table.name) — \(table.label[language])\n\(table.description[language])",
        facts(table), columns
      )
    }
  }

  /// A row a column of every table, in both languages: CSV.
  package var csv: String { Tabular.csv.text([plain], language: language) }

  private var plain: PlainTable {
    PlainTable(
      title: word("Dictionnaire des données", "Data dictionary"),
      header: [
        "table", "column", "kind", "unit", "target", "required", "default", "values", "minimum",
        "maximum", "label_fr", "label_en", "headings", "description_fr", "description_en",
        "identifying", "purpose_fr", "purpose_en", "retention_months", "retention_from",
      ],
      rows: tables.flatMap { table in table.columns.map { cells(of: $0, in: table) } })
  }

  private func cells(of column: ColumnDeclaration, in table: TableDeclaration) -> [String] {
    var out = [table.name, column.name, column.isMonth ? "month" : column.kind.rawValue]
    out += [column.unit ?? "", column.target ?? "", column.isRequired ? "1" : "0"]
    out += [column.defaultValue ?? "", column.values.map(\.value).joined(separator: " | ")]
    out += [column.minimum.map(number) ?? "", column.maximum.map(number) ?? ""]
    out += [column.label.fr, column.label.en, column.headings.joined(separator: " | ")]
    out += [column.description?.fr ?? "", column.description?.en ?? ""]
    out.append(column.isIdentifying ? "1" : "0")
    let retention = column.retention ?? table.retention
    out += [retention?.purpose.fr ?? "", retention?.purpose.en ?? ""]
    out += [retention.map { String($0.months) } ?? "", retention?.from ?? ""]
    return out
  }

  /// The same as a page of documentation.
  package var markdown: String {
    var out = word(
      """
      # Dictionnaire des données

      Cette page est écrite par `lien tables --format markdown` : ce que disent les tables du modèle \
      (`indicators/model`), colonne par colonne. Une feuille peut porter n’importe lequel des \
      intitulés donnés ; « à part, avec les noms » : gardé dans le fichier d’identités, lisible du \
      seul propriétaire, jamais dans un calcul ni un export.

      """,
      """
      # Data dictionary

      This page is written by `lien tables --format markdown`: what the tables of the model \
      (`indicators/model`) say, column by column. A sheet may use any of the headings given; \
      “apart, with names”: kept in the identity file, readable by its owner alone, never in a \
      formula or an export.

      """)
    for table in tables {
      out += "\n## \(table.name) — \(table.label[language])\n\n\(table.description[language])\n\n"
      for (what, text) in facts(table) { out += "- \(what) : \(text)\n" }
      out += word(
        "\n| colonne | intitulé | ce qui est attendu | autres intitulés | protection |\n",
        "\n| column | heading | what is expected | other headings | protection |\n")
      out += "|---|---|---|---|---|\n"
      let guide = Template(table: table).guide(language: language)
      for (column, line) in zip(table.columns, guide) {
        let cells = [
          "`\(column.name)`", line.0, line.1, column.headings.joined(separator: ", "),
          protection(column, table).joined(separator: " ; "),
        ]
        out += "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
      }
    }
    return out
  }

  private func number(_ x: Double) -> String {
    x == x.rounded() && abs(x) < 1e15 ? String(Int64(x)) : "\(x)"
  }
}
