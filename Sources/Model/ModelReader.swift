import DataFiles
public import Diagnostics
import Threads

extension Model {
  /// Reads all model files of a folder: `lists.json5` (shared lists of allowed values) and one
  /// file a table.
  ///
  /// - Throws: `Failure` with every problem found, each with file, line and column.
  public init(folder: String) throws(Failure) {
    var problems: [Diagnostic] = []
    var lists: [String: [AllowedValue]] = [:]
    var tables: [TableDeclaration] = []
    var origins: [String: DataFile] = [:]
    let paths = DataFile.list(in: folder)
    if paths.isEmpty {
      throw Failure(
        .input, code: "model.none", fr: "aucun fichier de modèle (.json5) dans ce dossier",
        en: "no model file (.json5) in this folder", at: SourceLocation(file: folder))
    }
    for path in paths where path.hasSuffix("/lists.json5") {
      let file = try DataFile(path: path, shape: ModelShape.lists)
      lists = try file.decode(ListsFile.self).lists
    }
    let own = paths.filter { !$0.hasSuffix("/lists.json5") }
    let read = Workers.share(own.count) {
      [lists] i -> Result<(TableDeclaration, DataFile), Failure> in
      do throws(Failure) {
        let file = try DataFile(path: own[i], shape: ModelShape.table)
        let raw = try file.decode(RawTable.self)
        return .success((try TableDeclaration(raw, lists: lists, file: file), file))
      } catch {
        return .failure(error)
      }
    }
    for result in read {
      switch result {
      case .success(let (table, file)):
        if let other = origins[table.name] {
          problems.append(
            Diagnostic(
              code: "model.duplicate-table",
              Phrase(
                fr: "table « \(table.name) » déjà déclarée dans \(other.name)",
                en: "table “\(table.name)” is already declared in \(other.name)"),
              at: file.location(of: "table")))
          continue
        }
        tables.append(table)
        origins[table.name] = file
      case .failure(let failure): problems += failure.diagnostics
      }
    }
    let model = Model(tables: tables)
    if problems.isEmpty {
      for table in tables {
        if let file = origins[table.name] { problems += model.problems(of: table, in: file) }
      }
    }
    if !problems.isEmpty { throw Failure(problems, status: .failed) }
    self = model
  }

  /// What is wrong with a table, seen from the whole model: links, key and scope columns, paths.
  private func problems(of table: TableDeclaration, in file: DataFile) -> [Diagnostic] {
    var found: [Diagnostic] = []
    func report(_ key: String, fr: String, en: String) {
      found.append(
        Diagnostic(code: "model.reference", Phrase(fr: fr, en: en), at: file.location(of: key)))
    }
    for (i, column) in table.columns.enumerated() {
      if column.kind == .link {
        let target = column.target ?? ""
        if self[target]?.keyColumn == nil {
          report(
            "columns.\(i)", fr: "le lien « \(column.name) » mène à une table inconnue ou sans clé",
            en: "link “\(column.name)” leads to a table that is unknown or has no key")
        }
      }
      if column.kind == .code && column.values.isEmpty {
        report(
          "columns.\(i)", fr: "« \(column.name) » : un code demande une liste de valeurs",
          en: "“\(column.name)”: a code needs a list of values")
      }
    }
    func own(_ names: [String], _ key: String) {
      for name in names where table[name] == nil {
        report(
          key, fr: "colonne « \(name) » absente de la table",
          en: "column “\(name)” is not in the table")
      }
    }
    own(table.key, "key")
    own(table.scope.map { $0.hasSuffix(".year") ? String($0.dropLast(5)) : $0 }, "scope")
    own(table.keyFrom, "key_from")
    own([table.multiplicity].compactMap { $0 }, "multiplicity")
    own([table.namedBy].compactMap { $0 }, "named_by")
    own(table.about, "about")
    for name in table.about where table[name]?.isRequired == false {
      report(
        "about",
        fr: "« \(name) » doit être obligatoire : une ligne ne peut taire de quoi elle parle",
        en: "“\(name)” must be required: a row may not leave out what it is about")
    }
    own(table.validity.map { [$0.from, $0.to] } ?? [], "validity")
    for path in [table.date, table.residence, table.person, table.contributor].compactMap({ $0 })
      + table.countsWhen.map(\.column)
      + table.dimensions.keys.sorted().compactMap({ table.dimensions[$0] })
    where !exists(path, from: table) {
      report(
        "table", fr: "chemin « \(path) » introuvable", en: "path “\(path)” leads nowhere")
    }
    return found
  }

  /// Whether a path of columns leads somewhere from a table.
  private func exists(_ path: String, from table: TableDeclaration) -> Bool {
    var here = table
    let parts = path.split(separator: ".").map(String.init)
    for (i, part) in parts.enumerated() {
      let isLast = i == parts.count - 1
      if isLast && here.derived.contains(where: { $0.name == part }) { return true }
      guard let column = here[part] else { return false }
      if isLast { return true }
      guard column.kind == .link, let next = column.target.flatMap({ self[$0] }) else {
        return false
      }
      here = next
    }
    return false
  }
}

/// The shapes of model files.
private enum ModelShape {
  static let values = Shape.list(
    .object(
      ["value": .scalar, "label": .phrase, "synonyms": .list(.scalar)],
      required: ["value", "label"]))
  static let lists = Shape.object(["lists": .map(values)], required: ["lists"])
  static let column = Shape.object(
    [
      "name": .scalar, "type": .scalar, "to": .scalar, "list": .scalar, "values": values,
      "required": .scalar, "unit": .scalar, "min": .scalar, "max": .scalar, "default": .scalar,
      "label": .phrase, "headings": .list(.scalar), "description": .phrase,
      "identifying": .scalar, "open": .scalar, "constant": .scalar, "month": .scalar,
      "purpose": .phrase, "retention": .scalar, "expires_from": .scalar,
      "restricted": .scalar,
    ], required: ["name", "type", "label"])
  static let derived = Shape.object(
    [
      "name": .scalar, "label": .phrase, "age_from": .scalar, "bands_of": .scalar,
      "bands": .list(
        .object(
          ["value": .scalar, "from": .scalar, "below": .scalar, "label": .phrase],
          required: ["value", "from", "label"])),
    ], required: ["name", "label"])
  static let table = Shape.object(
    [
      "table": .scalar, "label": .phrase, "description": .phrase, "key": .list(.scalar),
      "scope": .list(.scalar), "date": .scalar, "residence": .scalar, "person": .scalar,
      "contributor": .scalar,
      "multiplicity": .scalar, "counts_when": .map(.list(.scalar)), "about": .list(.scalar),
      "validity": .object(["from": .scalar, "to": .scalar], required: ["from", "to"]),
      "pseudonymous": .scalar, "key_from": .list(.scalar), "dimensions": .map(.scalar),
      "derived": .list(derived), "columns": .list(column), "named_by": .scalar,
      "purpose": .phrase, "retention": .scalar, "expires_from": .scalar,
      "restricted": .scalar,
    ], required: ["table", "label", "description", "key", "scope", "columns"])
}

private struct ListsFile: Decodable {
  var lists: [String: [AllowedValue]]
}

private struct RawTable: Decodable {
  struct Column: Decodable {
    var name: String
    var type: ColumnKind
    var to: String?
    var list: String?
    var values: [AllowedValue]?
    var required: Bool?
    var unit: String?
    var min: Double?
    var max: Double?
    var `default`: String?
    var label: Phrase
    var headings: [String]?
    var description: Phrase?
    var identifying: Bool?
    var open: Bool?
    var constant: Bool?
    var month: Bool?
    var purpose: Phrase?
    var retention: Int?
    var expires_from: String?
    var restricted: Bool?
  }
  var table: String
  var label: Phrase
  var description: Phrase
  var key: [String]
  var scope: [String]
  var date: String?
  var residence: String?
  var person: String?
  var contributor: String?
  var multiplicity: String?
  var counts_when: [String: [String]]?
  var about: [String]?
  var validity: TableDeclaration.Validity?
  var pseudonymous: Bool?
  var key_from: [String]?
  var dimensions: [String: String]?
  var derived: [DerivedDeclaration]?
  var named_by: String?
  var purpose: Phrase?
  var retention: Int?
  var expires_from: String?
  var restricted: Bool?
  var columns: [Column]
}

extension TableDeclaration {
  fileprivate init(_ raw: RawTable, lists: [String: [AllowedValue]], file: DataFile)
    throws(Failure)
  {
    var columns: [ColumnDeclaration] = []
    for (i, c) in raw.columns.enumerated() {
      if let list = c.list, lists[list] == nil {
        throw Failure(
          .failed, code: "model.unknown-list", fr: "liste de valeurs inconnue : « \(list) »",
          en: "unknown list of values: “\(list)”", at: file.location(of: "columns.\(i).list"))
      }
      let domain: String =
        switch c.type {
        case .key: raw.table
        case .link: c.to ?? ""
        default: c.list ?? "\(raw.table).\(c.name)"
        }
      columns.append(
        ColumnDeclaration(
          name: c.name, kind: c.type, target: c.to, domain: domain,
          isRequired: c.required ?? false, unit: c.unit, minimum: c.min, maximum: c.max,
          values: c.values ?? c.list.flatMap { lists[$0] } ?? [], defaultValue: c.default,
          label: c.label, headings: c.headings ?? [], description: c.description,
          isIdentifying: c.identifying ?? (c.type == .text && c.open != true),
          isConstant: c.constant ?? false, isMonth: c.month ?? false,
          retention: try Retention(
            purpose: c.purpose, months: c.retention, from: c.expires_from,
            restricted: c.restricted, of: raw, at: "columns.\(i)", in: file)))
      if c.month == true, c.type != .date {
        throw Failure(
          .failed, code: "model.month", fr: "« month » demande une colonne de dates",
          en: "“month” needs a column of dates", at: file.location(of: "columns.\(i).month"))
      }
    }
    self.init(
      name: raw.table, label: raw.label, description: raw.description, columns: columns,
      key: raw.key, scope: raw.scope, date: raw.date, residence: raw.residence,
      person: raw.person, contributor: raw.contributor, multiplicity: raw.multiplicity,
      countsWhen: (raw.counts_when ?? [:]).sorted { $0.key < $1.key }
        .map { (column: $0.key, values: $0.value) },
      about: raw.about ?? [], validity: raw.validity, isPseudonymous: raw.pseudonymous ?? false,
      keyFrom: raw.key_from ?? [], dimensions: raw.dimensions ?? [:],
      derived: raw.derived ?? [],
      namedBy: raw.named_by ?? columns.first { $0.name == "name" && !$0.isIdentifying }?.name,
      retention: try Retention(
        purpose: raw.purpose, months: raw.retention, from: raw.expires_from,
        restricted: raw.restricted, of: raw, at: nil, in: file))
  }
}

extension Retention {
  /// Checks what a table or a column declares; nil when it declares nothing.
  ///
  /// A purpose without an end, or an end without a purpose, is no declaration.
  fileprivate init?(
    purpose: Phrase?, months: Int?, from: String?, restricted: Bool?, of table: RawTable,
    at place: String?, in file: DataFile
  ) throws(Failure) {
    func bad(_ key: String, fr: String, en: String) -> Failure {
      let path = [place, key].compactMap { $0 }.joined(separator: ".")
      return Failure(
        .failed, code: "model.retention", fr: fr, en: en,
        at: file.location(of: path))
    }
    if purpose == nil, months == nil, from == nil, restricted == nil { return nil }
    guard let purpose, let months else {
      let present =
        purpose != nil
        ? "purpose" : months != nil ? "retention" : from != nil ? "expires_from" : "restricted"
      throw bad(
        present, fr: "une donnée sensible demande « purpose » et « retention » (en mois) ensemble",
        en: "sensitive data need both “purpose” and “retention” (in months)")
    }
    guard (1...600).contains(months) else {
      throw bad(
        "retention", fr: "« retention » : un nombre de mois, de 1 à 600",
        en: "“retention”: a number of months, 1 to 600")
    }
    guard let start = from ?? table.date,
      table.columns.contains(where: { $0.name == start && $0.type == .date })
    else {
      throw bad(
        from == nil ? "retention" : "expires_from",
        fr: "la durée de conservation part d’une colonne de dates de la table : « expires_from »",
        en: "the retention runs from a date column of the table: “expires_from”")
    }
    self.init(
      purpose: purpose, months: months, from: start, isRestricted: restricted ?? false)
  }
}
