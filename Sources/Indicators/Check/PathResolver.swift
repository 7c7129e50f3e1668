import Diagnostics
import Model
import Periods

/// Follows dotted paths through the model.
struct PathResolver {
  let model: Model

  /// Resolves `base.column.column…`; the first part names the table.
  func resolve(_ parts: [String], offset: Int) throws(FormulaError) -> ResolvedPath {
    guard let base = parts.first, let table = model[base] else {
      throw unknown(
        parts.first ?? "", among: model.tables.map(\.name), offset: offset, fr: "table inconnue",
        en: "unknown table")
    }
    guard parts.count > 1 else {
      throw FormulaError(
        at: offset, code: "formula.path",
        fr: "une colonne est attendue après « \(base) », comme \(base).\(table.columns[0].name)",
        en: "a column is expected after “\(base)”, such as \(base).\(table.columns[0].name)")
    }
    return try resolve(Array(parts.dropFirst()), in: table, offset: offset)
  }

  /// Resolves a path of the model file (`session.date`) from its table.
  func resolve(_ path: String, from table: TableDeclaration) throws(FormulaError) -> ResolvedPath {
    try resolve(path.split(separator: ".").map(String.init), in: table, offset: 0)
  }

  private func resolve(_ parts: [String], in base: TableDeclaration, offset: Int)
    throws(FormulaError) -> ResolvedPath
  {
    var links: [ResolvedPath.Link] = []
    var here = base
    for (i, part) in parts.enumerated() {
      let rest = Array(parts[(i + 1)...])
      if rest.isEmpty || (rest.count == 1 && isDatePart(rest[0], of: here[part])) {
        let (leaf, type) = try leaf(part, rest.first, in: here, offset: offset)
        return ResolvedPath(base: base.name, links: links, leaf: leaf, type: type)
      }
      guard let column = here[part] else {
        throw unknown(
          part, among: names(of: here), offset: offset,
          fr: "la table « \(here.name) » n’a pas de colonne",
          en: "the table “\(here.name)” has no column")
      }
      guard column.kind == .link || (column.kind == .key && here.validity != nil),
        let target = model[column.kind == .link ? column.target ?? "" : here.name]
      else {
        throw FormulaError(
          at: offset, code: "formula.path", fr: "« \(part) » ne mène à aucune autre table",
          en: "“\(part)” leads to no other table")
      }
      links.append(
        ResolvedPath.Link(
          column: part, target: target.name, mode: mode(rest[0], in: target)))
      here = target
    }
    throw FormulaError(at: offset, code: "formula.path", fr: "chemin vide", en: "empty path")
  }

  /// How to find the row of a linked table in which to read `next`.
  private func mode(_ next: String, in target: TableDeclaration) -> ResolvedPath.Link.Mode {
    guard target.validity != nil else { return .unique }
    func isConstant(_ name: String) -> Bool {
      if let column = target[name] { return column.isConstant || column.kind == .key }
      guard let derived = target.derived.first(where: { $0.name == name }) else { return false }
      return isConstant(derived.ageFrom ?? derived.bandsOf ?? "")
    }
    return isConstant(next) ? .entity : .asOf
  }

  private func isDatePart(_ part: String, of column: ColumnDeclaration?) -> Bool {
    column?.kind == .date && ["year", "month", "quarter", "week"].contains(part)
  }

  private func leaf(_ name: String, _ part: String?, in table: TableDeclaration, offset: Int)
    throws(FormulaError) -> (ResolvedPath.Leaf, RowType)
  {
    if let column = table[name] {
      if column.isIdentifying, column.kind == .text {
        throw FormulaError(
          at: offset, code: "formula.identifying",
          fr: "« \(name) » permet d’identifier une personne : aucune formule n’y a accès",
          en: "“\(name)” can identify a person: no formula may read it")
      }
      switch part {
      case "year": return (.year(name), .number)
      case "month": return (.step(name, .month), .step(.month))
      case "quarter": return (.step(name, .quarter), .step(.quarter))
      case "week": return (.week(name), .week)
      default: break
      }
      let type: RowType =
        switch column.kind {
        case .key, .link, .code, .text: .code(domain: column.domain)
        case .integer, .decimal, .time, .boolean: .number
        case .date: .day
        }
      return (.column(name), type)
    }
    if let derived = table.derived.first(where: { $0.name == name }) {
      if let year = derived.ageFrom { return (.age(year), .number) }
      if let of = derived.bandsOf, let bands = derived.bands {
        let (inner, _) = try leaf(of, nil, in: table, offset: offset)
        return (
          .bands(
            inner,
            bands.map { ResolvedPath.Band(value: $0.value, from: $0.from, below: $0.below) }),
          .code(domain: "\(table.name).\(name)")
        )
      }
    }
    throw unknown(
      name, among: names(of: table), offset: offset,
      fr: "la table « \(table.name) » n’a pas de colonne",
      en: "the table “\(table.name)” has no column")
  }

  private func names(of table: TableDeclaration) -> [String] {
    table.columns.map(\.name) + table.derived.map(\.name)
  }

  private func unknown(
    _ word: String, among names: [String], offset: Int, fr: String, en: String
  ) -> FormulaError {
    FormulaError(
      at: offset, code: "formula.unknown-name", fr: "\(fr) « \(word) »", en: "\(en) “\(word)”",
      remedy: Suggestion.nearest(to: word, among: names).map {
        Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
      }
        ?? Phrase(
          fr: "noms connus : \(names.joined(separator: ", "))",
          en: "known names: \(names.joined(separator: ", "))"))
  }
}
