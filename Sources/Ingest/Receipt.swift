import Columns
package import Diagnostics
import FoundationEssentials
import Model
import Periods

/// What an import understood of one file: the récépissé.
///
/// Encodes to JSON with stable keys in snake case and without any cell's value; the text for
/// the screen, `text(in:)`, may show the cells at fault.
package struct Receipt: Sendable, Codable {
  /// A heading and the column it was read into.
  package struct ColumnUse: Sendable, Codable {
    /// The heading as the sheet has it.
    package var heading: String?
    /// Its 1-based place in the sheet.
    package var position: Int?
    /// The column's name in the model.
    package var column: String
  }

  /// A table that rows were read into.
  package struct TableUse: Sendable, Codable {
    /// The table's name in the model.
    package var table: String
    /// How a page names it.
    package var label: Phrase
    /// The rows kept.
    package var rows: Int
    /// The first and last day of these rows, as `YYYY-MM-DD`.
    package var firstDate: String?, lastDate: String?
    /// Headings in the order of the sheet.
    package var columns: [ColumnUse]

    private enum CodingKeys: String, CodingKey {
      case table, label, rows, columns
      case firstDate = "first_date"
      case lastDate = "last_date"
    }
  }

  /// A heading that was not read.
  package struct UnreadHeading: Sendable, Codable {
    /// Why a heading was not read.
    package enum Reason: String, Sendable, Codable {
      case unknown, repeated, ambiguous
    }

    /// The heading as the sheet has it.
    package var heading: String?
    /// Its 1-based place in the sheet.
    package var position: Int?
    /// Why it was not read.
    package var reason: Reason
    /// A known heading that looks like it.
    package var suggestion: Phrase?
  }

  /// A row set aside.
  package struct SetAside: Sendable, Codable {
    /// The 1-based line in the sheet.
    package var line: Int
    /// The sheet of a workbook.
    package var sheet: String?
    /// Its cell, such as `Feuille!B7`.
    package var place: String?
    /// The heading of the cell at fault, when one is.
    package var heading: String?
    /// The 1-based place of that heading.
    package var position: Int?
    /// A stable identifier, such as `cell.date-impossible`.
    package var code: String
    /// What is wrong.
    package var message: Phrase
    /// What to do.
    package var remedy: Phrase?
    /// The cell at fault; never encoded.
    package var cell: String?

    private enum CodingKeys: String, CodingKey {
      case line, sheet, place, heading, position, code, message, remedy
    }
  }

  /// Rows of headings of a sheet.
  package struct Head: Sendable {
    /// The sheet's name; nil for a file of text.
    package var sheet: String?
    /// Its rows, from 0, as a spreadsheet program shows them.
    package var rows: ClosedRange<Int>
  }

  /// The file as the user named it.
  package var file: String
  /// Its size in bytes.
  package var size: Int
  /// How its bytes stand for characters.
  package var encoding: TextEncoding
  /// What kind of workbook it is; nil for a file of text.
  package var format: String?
  /// The sheets of a workbook that were read.
  package var sheets: [String]?
  /// The delimiter: one character or `tab`.
  package var delimiter: String
  /// The flags that would force this reading.
  package var flags: String
  /// The mapping's id, if one was used.
  package var mapping: String?
  /// The tables that rows were read into.
  package var tables: [TableUse]
  /// Rows of the sheet that are not blank, and what became of them.
  package var rowsRead: Int, rowsKept: Int, rowsSetAside: Int, rowsDuplicate: Int
  /// Rows outside what the mapping takes.
  package var rowsIgnored: Int
  /// Headings that no column was read from.
  package var unreadHeadings: [UnreadHeading]
  /// What was decided without certainty, and warnings.
  package var assumptions: [Assumption]
  /// Rows set aside, at most `Receipt.mostProblems`; `rowsSetAside` counts all.
  package var problems: [SetAside]
  /// Cells that were read with a doubt; nil in receipts of before they were told apart.
  package var doubts: [SetAside]?
  /// Where headings stand, as far as it is known; never encoded.
  package var heads: [Head] = []
  /// The import whose rejects this file corrects.
  package var correctsRejectsOf: Int?
  /// The people named, where there is a register.
  package var people: PeopleCount?
  /// How the sheet was taken, so that rows set aside can be taken again.
  package var settled: [String: String]?
  /// Of corrected rejects: the lines of the first sheet that they speak of.
  package var linesTaken: [Int]?

  /// The people that a sheet names.
  package struct PeopleCount: Sendable, Codable {
    /// Persons of the register.
    package var known: Int
    /// Names of others.
    package var new: Int
    /// Names that wait for a decision.
    package var unsure: Int

    /// Makes a count.
    package init(known: Int, new: Int, unsure: Int) {
      self.known = known
      self.new = new
      self.unsure = unsure
    }
  }

  /// The most rows set aside that a receipt lists.
  package static let mostProblems = 1000

  private enum CodingKeys: String, CodingKey {
    case file, size, encoding, format, sheets, delimiter, flags, mapping, tables, assumptions
    case problems, doubts, people, settled
    case linesTaken = "lines_taken"
    case rowsRead = "rows_read"
    case rowsKept = "rows_kept"
    case rowsSetAside = "rows_set_aside"
    case rowsDuplicate = "rows_duplicate"
    case rowsIgnored = "rows_ignored"
    case unreadHeadings = "unread_headings"
    case correctsRejectsOf = "corrects_rejects_of"
  }
}

extension Receipt {
  init(
    sheet: OpenedSheet, headings: Headings, run: ReadingSummary, emits: [Emit],
    candidate: Planner.Candidate?, mapping: Mapping?, model: Model, rejects: [Reject]
  ) {
    file = sheet.name
    size = sheet.size
    encoding = sheet.encoding
    delimiter = sheet.dialect.delimiterName
    format = sheet.format
    sheets = sheet.format == nil ? nil : sheet.origins.map(\.name)
    flags = "--encoding \(sheet.encoding.rawValue) \(sheet.dialect.flags)"
    self.mapping = mapping?.id
    rowsKept = run.kept
    rowsSetAside = run.setAside
    rowsDuplicate = run.duplicate
    rowsIgnored = run.ignored
    rowsRead = rowsKept + rowsSetAside + rowsDuplicate + rowsIgnored
    correctsRejectsOf = sheet.correctsRejectsOf
    tables = run.tables.map { staged in
      TableUse(
        table: staged.table.name, label: staged.table.label, rows: staged.count,
        firstDate: staged.days.map { Day(number: $0.first).iso },
        lastDate: staged.days.map { Day(number: $0.last).iso },
        columns: Receipt.uses(of: staged.table.name, emits, headings))
    }
    if format == nil, sheet.grid.lines.indices.contains(sheet.headerRecord) {
      let row = max(0, Int(sheet.grid.lines[sheet.headerRecord]) - 1)
      heads = [Head(rows: row...row)]
    }
    unreadHeadings = Receipt.unread(headings, emits, candidate, model, isMapped: mapping != nil)
    assumptions = sheet.assumptions
    for one in run.assumptions where !assumptions.contains(one) { assumptions.append(one) }
    for i in assumptions.indices {
      let field = assumptions[i].heading.flatMap { sheet.header.firstIndex(of: $0) }
      assumptions[i].position = field.map { $0 + 1 }
    }
    if let table = candidate?.table, unreadHeadings.contains(where: { $0.reason == .unknown }),
      Receipt.isAttended(table, model),
      !run.tables.contains(where: { $0.table.multiplicity != nil })
    {
      assumptions.append(
        Assumption(
          code: "sheet.nobody",
          message: Phrase(
            fr: "aucune personne ni effectif reconnu : la feuille a été lue sans ses présences",
            en: "no person and no headcount known: the sheet was read without attendance"),
          isWarning: true))
    }
    if rowsRead == 0 {
      assumptions.append(
        Assumption(
          code: "file.header-only", heading: nil,
          message: Phrase(
            fr: "la feuille n’a que ses en-têtes : aucune ligne à importer",
            en: "the sheet has headings only: no row to import"),
          isWarning: true))
    }
    problems = rejects.prefix(Receipt.mostProblems).map { reject in
      let field = reject.heading.flatMap { sheet.header.firstIndex(of: $0) }
      return SetAside(
        line: reject.reason.location?.line ?? reject.line,
        sheet: reject.reason.location?.sheet, place: reject.reason.location?.cell,
        heading: reject.heading, position: field.map { $0 + 1 },
        code: reject.reason.code,
        message: reject.reason.message, remedy: reject.reason.remedy,
        cell: field.flatMap { $0 < reject.cells.count ? reject.cells[$0] : nil })
    }
  }

  /// The receipt behind what the store keeps of it; nil when it is none.
  package init?(json: String) {
    guard let known = try? JSONDecoder().decode(Receipt.self, from: Data(json.utf8)) else {
      return nil
    }
    self = known
  }

  /// Whether rows of another table, persons or headcounts, each need a row of this one.
  private static func isAttended(_ table: TableDeclaration, _ model: Model) -> Bool {
    model.tables.contains { other in
      other.multiplicity != nil
        && other.columns.contains { $0.isRequired && $0.kind == .link && $0.target == table.name }
    }
  }

  /// The receipt without the text of any heading, which may be a person's name (in a grid);
  /// places stand in their stead.
  package var withoutHeadings: Receipt {
    var out = self
    for i in out.tables.indices {
      for j in out.tables[i].columns.indices { out.tables[i].columns[j].heading = nil }
    }
    for i in out.unreadHeadings.indices { out.unreadHeadings[i].heading = nil }
    for i in out.assumptions.indices { out.assumptions[i].heading = nil }
    // So may the name of a sheet: cells stand without it.
    out.sheets = nil
    out.problems = out.problems.map(\.withoutNames)
    out.doubts = out.doubts?.map(\.withoutNames)
    return out
  }

  /// The fields that the emits of a table read, in the order of the sheet.
  private static func uses(of table: String, _ emits: [Emit], _ headings: Headings) -> [ColumnUse] {
    var found: [Int: String] = [:]
    for emit in emits where emit.table.name == table {
      for column in emit.columns {
        guard case .cell(let reading) = column.source else { continue }
        found[reading.field] = found[reading.field] ?? column.declaration.name
      }
      // Identifiers made of names are shown at the link they make.
      for column in emit.columns {
        guard case .joined(let parts) = column.source else { continue }
        for part in parts {
          if let field = part.source.field, found[field] == nil {
            found[field] = column.declaration.name
          }
        }
      }
    }
    return found.sorted { $0.key < $1.key }.compactMap { field, column in
      headings.raw.indices.contains(field)
        ? ColumnUse(heading: headings.raw[field], position: field + 1, column: column) : nil
    }
  }

  private static func unread(
    _ headings: Headings, _ emits: [Emit], _ candidate: Planner.Candidate?, _ model: Model,
    isMapped: Bool
  ) -> [UnreadHeading] {
    var used = Set(candidate.map { Array($0.used.keys) } ?? [])
    for emit in emits {
      used.formUnion(emit.when.map(\.field))
      if let field = emit.positive { used.insert(field) }
      for column in emit.columns { used.formUnion(column.source.fields) }
    }
    var known: [String: Phrase] = [:]
    if !isMapped {
      for emit in emits {
        for column in emit.table.columns {
          let taken = emit.columns.contains { planned in
            guard planned.declaration.name == column.name else { return false }
            return planned.source.field != nil
          }
          guard !taken else { continue }
          for word in [column.name, column.label.fr, column.label.en] + column.headings {
            known[Fold.key(word)] = column.label
          }
        }
      }
    }
    let words = known.keys.sorted()
    return headings.raw.indices.compactMap { field in
      let heading = headings.raw[field]
      guard !used.contains(field), !heading.isEmpty else { return nil }
      if headings.repeated.contains(field) || candidate?.surplus.contains(field) == true {
        return UnreadHeading(heading: heading, position: field + 1, reason: .repeated)
      }
      if candidate?.ambiguous.contains(where: { $0.field == field }) == true {
        return UnreadHeading(heading: heading, position: field + 1, reason: .ambiguous)
      }
      let near = words.isEmpty ? nil : Suggestion.nearest(to: Fold.key(heading), among: words)
      return UnreadHeading(
        heading: heading, position: field + 1, reason: .unknown,
        suggestion: near.flatMap { known[$0] })
    }
  }
}

extension CellSource {
  /// All fields it reads.
  var fields: [Int] {
    switch self {
    case .cell(let reading): [reading.field] + [reading.epoch?.offsetField].compactMap { $0 }
    case .constant: []
    case .joined(let parts): parts.flatMap { $0.source.fields }
    }
  }
}
