import Diagnostics
import Model

/// The headings of a sheet, ready to be looked up.
struct Headings {
  let raw: [String]
  /// Folded, without a remark in brackets (`Date (jj/mm/aaaa)`) as a second chance.
  private let folds: [[String]]
  /// Fields that repeat an earlier heading.
  let repeated: [Int]

  init(_ raw: [String]) {
    self.raw = raw
    folds = raw.map { text in
      let whole = Fold.key(text)
      guard let bracket = text.firstIndex(of: "("), bracket > text.startIndex else {
        return whole.isEmpty ? [] : [whole]
      }
      let short = Fold.key(text[..<bracket])
      return short.isEmpty || short == whole ? [whole] : [whole, short]
    }
    var seen = Set<String>()
    var repeated: [Int] = []
    for (i, fold) in folds.enumerated() {
      if let key = fold.first, !seen.insert(key).inserted { repeated.append(i) }
    }
    self.repeated = repeated
  }

  /// The headings that are dates.
  var dateCount: Int {
    raw.count { heading in
      let bytes = Array(heading.utf8)
      return DateCell(bytes.span, 0..<bytes.count).isDate
    }
  }

  /// Whether a column says the residence.
  var sayResidence: Bool {
    folds.contains { $0.contains { ["residence", "code residence", "site"].contains($0) } }
  }

  /// Refuses a grid of names by dates that no mark could be read from: read by its other headings,
  /// it would lose what its cells say.
  func refuseGrid() throws(Failure) {
    guard dateCount >= 2 else { return }
    throw Failure(
      .usage, code: "sheet.grid",
      fr: "grille noms × dates dont aucune marque n’a pu être lue",
      en: "grid of names by dates without a single mark that can be read",
      remedy: Phrase(
        fr: "écrivez x, a ou e dans les cases (une couleur ne se lit pas) ; « lien template "
          + "attendance » donne une feuille à remplir",
        en: "write x, a or e in the cells (a colour cannot be read); “lien template attendance” "
          + "gives a sheet to fill in"))
  }

  /// Refuses two columns of one heading that say different things, when the first would be read:
  /// which of them is meant is not for us to say.
  func refuseTwins(_ sheet: OpenedSheet, read fields: Set<Int>) throws(Failure) {
    let grid = sheet.grid
    let s = grid.bytes.span
    for twin in repeated {
      guard let key = folds[twin].first, let first = folds.firstIndex(where: { $0.first == key }),
        fields.contains(first)
      else { continue }
      for record in (sheet.headerRecord + 1)..<max(grid.recordCount, sheet.headerRecord + 1) {
        let cells = grid.fields(of: record)
        guard cells.count > twin else { continue }
        let one = Cells.trimmed(s, grid.range(cells.lowerBound + first))
        let other = Cells.trimmed(s, grid.range(cells.lowerBound + twin))
        if other.isEmpty || Cells.equal(s, one, s, other) { continue }
        throw Headings.twins(
          first, twin, at: sheet.location(line: Int(grid.lines[record]), field: twin))
      }
    }
  }

  /// Two columns of one heading, by their places.
  static func twins(_ first: Int, _ twin: Int, at location: SourceLocation) -> Failure {
    Failure(
      .input, code: "heading.twice",
      fr: "les colonnes \(first + 1) et \(twin + 1) ont le même en-tête, et pas les mêmes cellules",
      en: "columns \(first + 1) and \(twin + 1) have the same heading and different cells",
      remedy: Phrase(
        fr: "renommez ou retirez celle qui n’est pas à lire",
        en: "rename or remove the one that is not to be read"),
      at: location)
  }

  /// The field under a heading that a mapping names.
  func field(named name: String) -> Int? {
    if let exact = raw.firstIndex(of: name) { return exact }
    let key = Fold.key(name)
    return folds.firstIndex { $0.first == key }
  }

  /// Which columns of a table some fields stand under.
  struct Match {
    /// Field by name of the column.
    var fields: [String: Int] = [:]
    /// Fields whose column another field already has.
    var surplus: [Int] = []
    /// Fields that two columns claim alike.
    var ambiguous: [(field: Int, columns: [String])] = []
  }

  /// Finds the columns of a table among the fields: by name, else by label, else by synonym.
  func match(_ words: Vocabulary, among allowed: (Int) -> Bool = { _ in true }) -> Match {
    var out = Match()
    var tiers: [String: Int] = [:]
    for field in raw.indices where allowed(field) {
      guard let found = folds[field].lazy.compactMap({ words.columns[$0] }).first else { continue }
      guard found.names.count == 1, let name = found.names.first else {
        out.ambiguous.append((field, found.names))
        continue
      }
      if let other = out.fields[name] {
        if found.tier < tiers[name] ?? 0 {
          out.surplus.append(other)
        } else {
          out.surplus.append(field)
          continue
        }
      }
      out.fields[name] = field
      tiers[name] = found.tier
    }
    return out
  }
}

/// The words under which a table's columns may stand in a sheet, folded.
struct Vocabulary: Sendable {
  /// For each word, the columns it means and how directly: 0 by name, 1 by label, 2 by synonym.
  private(set) var columns: [String: (tier: Int, names: [String])] = [:]

  init(_ table: TableDeclaration) {
    for column in table.columns {
      add(column.name, 0, column)
      add(column.label.fr, 1, column)
      add(column.label.en, 1, column)
      for heading in column.headings { add(heading, 2, column) }
    }
  }

  private mutating func add(_ word: String, _ tier: Int, _ column: ColumnDeclaration) {
    let key = Fold.key(word)
    guard !key.isEmpty else { return }
    guard let known = columns[key], known.tier <= tier else {
      columns[key] = (tier, [column.name])
      return
    }
    if known.tier == tier, !known.names.contains(column.name) {
      columns[key]?.names.append(column.name)
    }
  }
}

/// The vocabularies of all tables of a model, made once for many sheets.
struct Vocabularies: Sendable {
  let model: Model
  /// All words of all tables.
  let words: Set<String>
  /// The words of sheets laid out by hand.
  let headingWords: HeadingWords
  private let tables: [String: Vocabulary]

  init(_ model: Model) {
    self.model = model
    tables = Dictionary(
      uniqueKeysWithValues: model.tables.map { ($0.name, Vocabulary($0)) })
    headingWords = HeadingWords(model)
    words = tables.values.reduce(into: []) { $0.formUnion($1.columns.keys) }
  }

  subscript(table: TableDeclaration) -> Vocabulary { tables[table.name] ?? Vocabulary(table) }
}
