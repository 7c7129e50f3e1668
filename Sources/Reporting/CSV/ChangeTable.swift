package import Diagnostics
import HTML

/// What became of an indicator's values between two moments, and by what, for the internal
/// audience.
package struct ChangeTable: Sendable {
  /// A residence, with the value before, the part of each cause, and the value after.
  package struct Row: Sendable {
    /// The residence, `_total` for all.
    package var residence: String
    /// Nil where there was no value.
    package var before: Double?, after: Double?
    /// One for each cause; nil where one side has no value.
    package var parts: [Double?]

    /// Makes a row.
    package init(residence: String, before: Double?, parts: [Double?], after: Double?) {
      (self.residence, self.before, self.parts, self.after) = (residence, before, parts, after)
    }
  }

  /// The indicator's id, title and unit.
  package var id: String, title: Phrase, unit: String
  /// The two moments.
  package var sides: (String, String)
  /// The names of the causes, for machines and for people.
  package var causes: [(name: String, label: Phrase)]
  /// In the order of residences, all together first.
  package var rows: [Row]

  /// Makes a table.
  package init(
    id: String, title: Phrase, unit: String, sides: (String, String),
    causes: [(name: String, label: Phrase)], rows: [Row]
  ) {
    (self.id, self.title, self.unit) = (id, title, unit)
    (self.sides, self.causes, self.rows) = (sides, causes, rows)
  }
}

extension Tabular {
  /// The tables in this form.
  package func text(
    _ tables: [ChangeTable], language: Language, labels: [String: String] = [:]
  ) -> String {
    if self == .table {
      return tables.map { aligned($0, language, labels) }.joined(separator: "\n")
    }
    let causes = tables.first?.causes.map(\.name) ?? []
    var plain = PlainTable(
      title: "", header: ["indicator", "residence", "before"] + causes + ["after"], rows: [])
    for table in tables {
      for row in table.rows {
        let numbers = ([row.before] + row.parts + [row.after]).map { $0.map(Shortest.text) }
        plain.rows.append([table.id, row.residence] + numbers)
      }
    }
    return text([plain], language: language)
  }

  private func aligned(
    _ table: ChangeTable, _ language: Language, _ labels: [String: String]
  ) -> String {
    let words = TerminalWords(language)
    let values = table.rows.flatMap { [$0.before, $0.after] }.compactMap { $0 }
    let unit = UnitText(unit: table.unit, values: values, language: language, isPrecise: true)
    func value(_ x: Double?) -> String { x.map(unit.cell) ?? "–" }
    func change(_ x: Double?) -> String { x.map { $0 == 0 ? "=" : unit.change($0) } ?? "–" }
    var plain = PlainTable(title: "\(table.title[language]) (\(table.id))", header: [], rows: [])
    plain.header.append(words.residence)
    plain.header.append(table.sides.0)
    for cause in table.causes { plain.header.append(cause.label[language]) }
    plain.header.append(table.sides.1)
    for row in table.rows {
      let name = row.residence == "_total" ? words.all : labels[row.residence] ?? row.residence
      var cells: [String?] = [name, value(row.before)]
      for part in row.parts { cells.append(change(part)) }
      cells.append(value(row.after))
      plain.rows.append(cells)
    }
    return text([plain], language: language)
  }
}
