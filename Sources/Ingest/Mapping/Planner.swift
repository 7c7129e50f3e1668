import Diagnostics
import Model

/// Works out how a sheet with the model's own headings becomes rows of its tables.
struct Planner {
  let vocabularies: Vocabularies
  let headings: Headings
  /// The residence of sheets that do not say theirs.
  let residence: String?
  /// Whether the residence is the sheet's title's, or the only one there is, and not the user's
  /// word: then it is for tables that need one.
  var isAssumed = false

  private var model: Model { vocabularies.model }

  /// What a sheet would be as one table.
  struct Candidate {
    var table: TableDeclaration
    var emits: [Emit] = []
    /// Required columns that nothing provides.
    var missing: [ColumnDeclaration] = []
    /// Column by field, as `table.column`.
    var used: [Int: String] = [:]
    /// Whether a field is the table's own key.
    var saysKey: Bool {
      table.keyColumn.map { used.values.contains(table.name + "." + $0.name) } ?? false
    }
    /// Fields used by the table's own columns.
    var own = 0
    var surplus: [Int] = []
    var ambiguous: [(field: Int, columns: [String])] = []
  }

  /// The plan for the table that the user names, or for the one that the headings show.
  ///
  /// - Throws: `Failure` with status `usage` when columns are missing or no one table stands out.
  func plan(table name: String?) throws(Failure) -> Candidate {
    let candidates = model.tables.map(candidate)
    if let name {
      let table = try model.table(named: name)
      guard let chosen = candidates.first(where: { $0.table.name == table.name }) else {
        preconditionFailure("every table of the model is a candidate")
      }
      guard chosen.missing.isEmpty else {
        throw lacking(chosen, others: candidates, isNamed: true)
      }
      return chosen
    }
    func rank(_ c: Candidate) -> (Int, Int) { (c.used.count, c.own) }
    let fit = candidates.filter { $0.missing.isEmpty && !$0.used.isEmpty }
    guard let best = fit.max(by: { rank($0) < rank($1) }) else {
      guard let near = candidates.max(by: { rank($0) < rank($1) }),
        near.used.count * 3 >= headings.raw.count
      else { throw unknown() }
      throw lacking(near, others: candidates, isNamed: false)
    }
    if isWeak(best) { throw weak(best) }
    if residence == nil, let fuller = fuller(than: best) { throw placeless(fuller) }
    let drawn = fit.filter { rank($0) == rank(best) }
    guard drawn.count == 1 else {
      // Of tables that read the same headings, the one whose own key is among them.
      let named = drawn.filter(\.saysKey)
      guard let one = named.first, named.count == 1,
        drawn.allSatisfy({ Set($0.used.keys) == Set(one.used.keys) })
      else { throw undecided(drawn) }
      return one
    }
    // A table that fits wholly but sees far less than one that lacks a column is a wrong guess.
    if let near = candidates.filter({ !$0.missing.isEmpty }).max(by: { rank($0) < rank($1) }),
      near.used.count >= best.used.count + 2
    {
      throw lacking(near, others: candidates, isNamed: false)
    }
    return best
  }

  /// The table that the sheet would be of, were its residence known, where it says far more of the
  /// sheet: presences are no register for want of a residence.
  private func fuller(than best: Candidate) -> Candidate? {
    let placed = Planner(vocabularies: vocabularies, headings: headings, residence: "?")
    let fit = model.tables.map(placed.candidate).filter { $0.missing.isEmpty }
    guard let fuller = fit.max(by: { ($0.used.count, $0.own) < ($1.used.count, $1.own) }),
      fuller.table.name != best.table.name, fuller.used.count >= best.used.count + 2
    else { return nil }
    return fuller
  }

  // MARK: - One table

  private func candidate(_ table: TableDeclaration) -> Candidate {
    var out = Candidate(table: table)
    let match = headings.match(vocabularies[table])
    out.surplus = match.surplus
    out.ambiguous = match.ambiguous
    var sources: [String: CellSource] = [:]
    for (name, field) in match.fields {
      sources[name] = cell(field, of: name, in: table)
      out.used[field] = table.name + "." + name
    }
    out.own = out.used.count
    if let name = ownResidence(table), sources[name] == nil, let residence, takesResidence(table) {
      sources[name] = .constant(residence)
    }
    var fills: [Emit] = []
    for link in table.columns where link.kind == .link {
      guard let target = link.target.flatMap({ model[$0] }), target.name != table.name else {
        continue
      }
      follow(link, to: target, &sources, &fills, &out)
    }
    if let key = table.keyColumn, sources[key.name] == nil,
      let parts = keyParts(of: table, sources: sources)
    {
      sources[key.name] = .joined(parts)
    }
    addDefaults(of: table, &sources)
    let kinds = KindsInHeadings(table, headings, sources, used: Set(out.used.keys))
    if let kinds {
      for field in kinds.fields { out.used[field] = table.name + "." + kinds.amount.name }
    }
    for column in table.columns where column.isRequired && sources[column.name] == nil {
      if let kinds, [kinds.kind.name, kinds.amount.name].contains(column.name) { continue }
      if let kinds, column.name == table.keyColumn?.name, kinds.makesKey(of: table, sources) {
        continue
      }
      out.missing.append(column)
    }
    // A headcount or a person: a row of a table that has both columns needs one of them.
    if let multiplicity = table.multiplicity, let person = table.person.flatMap({ table[$0] }),
      sources[multiplicity] == nil, sources[person.name] == nil
    {
      out.missing.append(person)
    }
    out.emits = fills
    guard let kinds else {
      out.emits.append(Emit(table: table, columns: planned(table, sources)))
      return out
    }
    out.emits += kinds.emits.map { one in
      var own = sources.merging(one.sources) { $1 }
      if let key = table.keyColumn, own[key.name] == nil,
        let parts = keyParts(of: table, sources: own)
      {
        own[key.name] = .joined(parts)
      }
      var emit = Emit(table: table, columns: planned(table, own))
      (emit.filled, emit.unfilled) = (one.filled, one.unfilled)
      return emit
    }
    return out
  }

  private func cell(_ field: Int, of name: String, in table: TableDeclaration) -> CellSource {
    .cell(
      CellReading(field: field, fallback: name == ownResidence(table) ? residence : nil))
  }

  /// Whether a residence that no cell says is for a table: of rows that may be of none, or of all
  /// residences, only when the user says so.
  private func takesResidence(_ table: TableDeclaration) -> Bool {
    guard isAssumed, let column = ownResidence(table).flatMap({ table[$0] }) else { return true }
    return column.kind != .key && (column.isRequired || table.person != nil)
  }

  /// The table's own column that says the residence.
  private func ownResidence(_ table: TableDeclaration) -> String? {
    table.residence.flatMap { table[$0]?.name }
  }

  private func addDefaults(of table: TableDeclaration, _ sources: inout [String: CellSource]) {
    for column in table.columns where sources[column.name] == nil {
      if let value = column.defaultValue { sources[column.name] = .constant(value) }
    }
  }

  private func planned(_ table: TableDeclaration, _ sources: [String: CellSource])
    -> [PlannedColumn]
  {
    table.columns.compactMap { column in
      sources[column.name].map { PlannedColumn(declaration: column, source: $0) }
    }
  }

  /// The parts of a key made of other columns; nil when what decides it is not there.
  private func keyParts(of table: TableDeclaration, sources: [String: CellSource])
    -> [PlannedColumn]?
  {
    let columns = table.keyFrom.compactMap { table[$0] }
    let identifying = columns.filter(\.isIdentifying)
    let needed = identifying.isEmpty ? columns.filter(\.isRequired) : identifying
    guard !columns.isEmpty, needed.allSatisfy({ sources[$0.name] != nil }),
      columns.contains(where: { sources[$0.name]?.field != nil })
    else { return nil }
    return columns.compactMap { column in
      sources[column.name].map { PlannedColumn(declaration: column, source: $0) }
    }
  }

  /// A sheet of presences that has the date and title of the session, or the name of the person,
  /// in place of their identifiers; or beside it, for sessions.
  private func follow(
    _ link: ColumnDeclaration, to target: TableDeclaration, _ sources: inout [String: CellSource],
    _ fills: inout [Emit], _ out: inout Candidate
  ) {
    let isLinked = sources[link.name] != nil
    let parts = Set(target.keyFrom)
    // What the sheet says of the key's parts may be said of the row as well (the residence).
    let shared = headings.match(vocabularies[target]).fields.filter { parts.contains($0.key) }
    let free = headings.match(vocabularies[target], among: { out.used[$0] == nil }).fields
    var found = free.merging(shared) { _, shared in shared }
    if let key = target.keyColumn { found[key.name] = nil }
    var targets: [String: CellSource] = [:]
    for (name, field) in found { targets[name] = cell(field, of: name, in: target) }
    if let name = ownResidence(target), targets[name] == nil, let residence {
      targets[name] = .constant(residence)
    }
    func claim(_ name: String) {
      guard let field = found[name], out.used[field] == nil else { return }
      out.used[field] = target.name + "." + name
    }
    if target.isPseudonymous {
      guard !isLinked, let keys = keyParts(of: target, sources: targets) else { return }
      sources[link.name] = .joined(keys)
      for key in keys { claim(key.declaration.name) }
      return
    }
    // The target's own rows, when the sheet says all that they need, and more than a residence.
    let needed = target.columns.filter { $0.isRequired && $0.kind != .key }
    let says = needed.contains { found[$0.name] != nil && $0.name != ownResidence(target) }
    // A row that may stand without the other does not speak for it.
    guard link.isRequired, says, needed.allSatisfy({ targets[$0.name] != nil }) else { return }
    if isLinked {
      guard let key = target.keyColumn else { return }
      targets[key.name] = sources[link.name]
    } else {
      guard let key = target.keyColumn,
        let keys = keyParts(of: target, sources: targets)
      else { return }
      sources[link.name] = .joined(keys)
      targets[key.name] = .joined(keys)
    }
    for name in found.keys { claim(name) }
    addDefaults(of: target, &targets)
    fills.append(Emit(table: target, columns: planned(target, targets), isDistinct: true))
  }

  // MARK: - Why there is no plan

  /// Whether a table was recognised by headings that many tables have, and the sheet says more by
  /// others: `Date` and `Libellé` beside four unknown ones are of no table in particular.
  private func isWeak(_ best: Candidate) -> Bool {
    let filled = headings.raw.indices.filter { !headings.raw[$0].isEmpty }
    guard (filled.count - best.used.count) >= best.used.count else { return false }
    return best.used.keys.allSatisfy { field in
      model.tables.count {
        headings.match(vocabularies[$0], among: { $0 == field }).fields.count == 1
      } >= 3
    }
  }

  private func weak(_ best: Candidate) -> Failure {
    let known = best.used.keys.sorted().map { headings.raw[$0] }
    let fr = known.map { "« \($0) »" }.joined(separator: ", ")
    let en = known.map { "“\($0)”" }.joined(separator: ", ")
    let names = model.tables.map(\.name).joined(separator: ", ")
    return Failure(
      .usage, code: "table.weak",
      fr: "de cette feuille, seuls \(fr) sont connus, et plusieurs tables ont ces en-têtes",
      en: "of this sheet, only \(en) are known, and several tables have these headings",
      remedy: Phrase(
        fr: "dites de quelle table il s’agit avec --table (\(names)), ou corrigez les autres "
          + "en-têtes : « lien template TABLE » donne les siens",
        en: "say its table with --table (\(names)), or correct the other headings: “lien template "
          + "TABLE” gives those of each"))
  }

  private func unknown() -> Failure {
    let names = model.tables.map(\.name).joined(separator: ", ")
    return Failure(
      .usage, code: "table.unknown-headings",
      fr:
        "aucun en-tête de cette feuille n’est connu ; impossible de dire de quelle table il s’agit",
      en: "no heading of this sheet is known; its table cannot be told",
      remedy: Phrase(
        fr: "vérifiez que la première ligne porte les en-têtes, ou donnez une correspondance "
          + "(--mapping) ; tables connues : \(names)",
        en: "check that the first line holds the headings, or give a mapping (--mapping); "
          + "known tables: \(names)"))
  }

  private func placeless(_ candidate: Candidate) -> Failure {
    Failure(
      .usage, code: "residence.missing",
      fr:
        "cette feuille ressemble à « \(candidate.table.label.fr) », mais rien n’y dit la résidence",
      en: "this sheet looks like “\(candidate.table.label.en)”, but nothing says its residence",
      remedy: Phrase(
        fr: "ajoutez une colonne « Résidence », ou dites-la avec --residence",
        en: "add a column “Résidence”, or say it with --residence"))
  }

  private func undecided(_ drawn: [Candidate]) -> Failure {
    let names = drawn.map { "\($0.table.name) (\($0.table.label.fr))" }.joined(separator: ", ")
    let english = drawn.map { "\($0.table.name) (\($0.table.label.en))" }.joined(separator: ", ")
    return Failure(
      .usage, code: "table.undecided",
      fr: "cette feuille peut être de plusieurs tables : \(names)",
      en: "this sheet may be of several tables: \(english)",
      remedy: Phrase(
        fr: "dites laquelle avec --table, par exemple --table \(drawn[0].table.name)",
        en: "say which with --table, for example --table \(drawn[0].table.name)"))
  }

  private func lacking(_ chosen: Candidate, others: [Candidate], isNamed: Bool) -> Failure {
    let fr = chosen.missing.map { "« \($0.label.fr) »" }.joined(separator: ", ")
    let en = chosen.missing.map { "“\($0.label.en)”" }.joined(separator: ", ")
    let other =
      others.filter { $0.table.name != chosen.table.name && $0.missing.isEmpty }
      .filter { $0.used.count >= chosen.used.count && !$0.used.isEmpty }
      .max { ($0.used.count, $0.own) < ($1.used.count, $1.own) }
    let remedy: Phrase
    if isNamed, let other {
      remedy = Phrase(
        fr:
          "cette feuille ressemble plutôt à « \(other.table.label.fr) » : --table \(other.table.name)",
        en: "this sheet looks more like “\(other.table.label.en)”: --table \(other.table.name)")
    } else if chosen.missing.count == 1, chosen.missing[0].name == ownResidence(chosen.table) {
      remedy = Phrase(
        fr: "ajoutez la colonne, ou dites la résidence avec --residence",
        en: "add the column, or say the residence with --residence")
    } else {
      remedy = Phrase(
        fr: "ajoutez la colonne ou corrigez son en-tête, ou donnez une correspondance (--mapping)",
        en: "add the column or correct its heading, or give a mapping (--mapping)")
    }
    let slips = slips(chosen)
    let table = chosen.table
    return Failure(
      .usage, code: "table.columns-missing",
      fr: isNamed
        ? "pour la table « \(table.label.fr) », il manque : \(fr)"
        : "cette feuille ressemble à « \(table.label.fr) », mais il manque : \(fr)",
      en: isNamed
        ? "for the table “\(table.label.en)”, this is missing: \(en)"
        : "this sheet looks like “\(table.label.en)”, but this is missing: \(en)",
      remedy: slips ?? remedy)
  }

  /// Headings that look like the missing columns: a slip of the keyboard, most often.
  private func slips(_ chosen: Candidate) -> Phrase? {
    var words: [String: Phrase] = [:]
    for column in chosen.missing {
      for word in [column.name, column.label.fr, column.label.en] + column.headings {
        words[Fold.key(word)] = column.label
      }
    }
    let known = words.keys.sorted()
    let found = headings.raw.indices.compactMap { field -> (String, Phrase)? in
      guard chosen.used[field] == nil, !headings.raw[field].isEmpty else { return nil }
      let near = Suggestion.nearest(to: Fold.key(headings.raw[field]), among: known)
      return near.flatMap { words[$0] }.map { (headings.raw[field], $0) }
    }
    guard !found.isEmpty else { return nil }
    let fr = found.map { "« \($0.0) » par « \($0.1.fr) »" }.joined(separator: ", ")
    let en = found.map { "“\($0.0)” by “\($0.1.en)”" }.joined(separator: ", ")
    return Phrase(
      fr: "corrigez l’en-tête ; remplacez peut-être \(fr)",
      en: "correct the heading; perhaps replace \(en)")
  }
}
