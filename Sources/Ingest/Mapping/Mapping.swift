import DataFiles
package import Diagnostics
import FoundationEssentials
import Model

/// How a foreign export (a form's answers, another program's table) becomes rows of the model.
///
/// Written as data: `indicators/mappings/*.json5`, described in `docs/ingest.md`.
package struct Mapping: Sendable {
  /// Its name, for `--mapping` and in the ledger of imports.
  package let id: String
  /// How a receipt names it.
  package let label: Phrase
  let delimiter: UInt8?
  let encoding: TextEncoding?
  let decimal: DecimalMark?
  let dateOrder: DateOrder?
  let zone: TimeZoneRule
  /// What it says of a survey's export, in place of tables and columns.
  package let survey: SurveyMapping?
  private let file: DataFile

  /// Reads a mapping file.
  ///
  /// - Throws: `Failure` with file, line and column when it cannot be read or breaks its form.
  package init(path: String) throws(Failure) {
    try self.init(DataFile(path: path, shape: MappingFile.shape))
  }

  /// Reads a mapping from a text in memory.
  ///
  /// - Throws: as `init(path:)`.
  package init(name: String, text: String) throws(Failure) {
    try self.init(DataFile(name: name, text: text, shape: MappingFile.shape))
  }

  /// Finds a mapping by the word after `--mapping`: a path, or the id of a file in a folder.
  ///
  /// - Throws: `Failure` with status `usage` when there is none.
  package init(named name: String, folder: String) throws(Failure) {
    if name.hasSuffix(".json5") || name.contains("/") {
      try self.init(path: name)
      return
    }
    let paths = DataFile.list(in: folder)
    func stem(_ path: String) -> String {
      let file = path.split(separator: "/").last.map(String.init) ?? path
      return String(file.dropLast(".json5".count))
    }
    if let path = paths.first(where: { stem($0) == name }) {
      try self.init(path: path)
      return
    }
    let near = Suggestion.nearest(to: name, among: paths.map(stem))
    let all = paths.map(stem).joined(separator: ", ")
    throw Failure(
      .usage, code: "mapping.unknown", fr: "correspondance inconnue : « \(name) »",
      en: "unknown mapping: “\(name)”",
      remedy: near.map {
        Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
      } ?? Phrase(fr: "correspondances connues : \(all)", en: "known mappings: \(all)"))
  }

  /// The mappings of a folder that are of surveys: they hold without being named.
  ///
  /// - Throws: `Failure` with file, line and column for one that breaks its form.
  package static func surveys(in folder: String) throws(Failure) -> [SurveyMapping] {
    var out: [SurveyMapping] = []
    for path in DataFile.list(in: folder) {
      guard let data = FileManager.default.contents(atPath: path),
        String(decoding: data, as: UTF8.self).contains("survey")
      else { continue }
      if let survey = try Mapping(path: path).survey { out.append(survey) }
    }
    return out
  }

  private init(_ file: DataFile) throws(Failure) {
    let raw = try file.decode(MappingFile.self)
    self.file = file
    id = raw.id
    label = Phrase(fr: raw.label.fr, en: raw.label.en)
    decimal = raw.decimal
    dateOrder = raw.date_order
    func bad(_ key: String) -> Failure {
      Failure(
        .failed, code: "mapping.value", fr: "valeur non valable pour « \(key) »",
        en: "bad value for “\(key)”", at: file.location(of: key))
    }
    if let name = raw.delimiter {
      guard let byte = Dialect.delimiter(named: name) else { throw bad("delimiter") }
      delimiter = byte
    } else {
      delimiter = nil
    }
    if let name = raw.encoding {
      guard let known = TextEncoding(named: name) else { throw bad("encoding") }
      encoding = known
    } else {
      encoding = nil
    }
    guard let zone = TimeZoneRule(named: raw.timezone ?? "Europe/Paris") else {
      throw bad("timezone")
    }
    self.zone = zone
    survey = try raw.survey.map { one throws(Failure) in
      try SurveyMapping(one, id: raw.id, file: file)
    }
    guard (raw.emits == nil) != (raw.survey == nil) else {
      throw Failure(
        .failed, code: "mapping.kind",
        fr: "une correspondance a « emits » ou « survey », l’un des deux",
        en: "a mapping has “emits” or “survey”, one of the two", at: file.location(of: "id"))
    }
  }

  /// The plan for a sheet with the given headings.
  ///
  /// - Throws: `Failure`: `failed` when the mapping does not fit the model, `usage` when it does
  ///   not fit the sheet.
  func emits(_ headings: Headings, model: Model, residence: String?) throws(Failure) -> [Emit] {
    let raw = try file.decode(MappingFile.self)
    var binding = Binding(file: file, headings: headings, model: model, residence: residence)
    binding.zone = zone
    var out: [Emit] = []
    for (i, emit) in (raw.emits ?? []).enumerated() {
      out += binding.bind(emit, at: "emits.\(i)")
    }
    if !binding.broken.isEmpty { throw Failure(binding.broken, status: .failed) }
    guard binding.absent.isEmpty else {
      let list = binding.absent.sorted().map { "« \($0) »" }.joined(separator: ", ")
      let english = binding.absent.sorted().map { "“\($0)”" }.joined(separator: ", ")
      throw Failure(
        .usage, code: "mapping.headings-missing",
        fr: "la correspondance « \(id) » attend des colonnes que cette feuille n’a pas : \(list)",
        en: "the mapping “\(id)” expects columns that this sheet lacks: \(english)",
        remedy: Phrase(
          fr: "vérifiez le fichier, ou choisissez une autre correspondance avec --mapping",
          en: "check the file, or choose another mapping with --mapping"))
    }
    return out
  }
}

/// Ties a mapping to the columns of the model and the headings of one sheet.
private struct Binding {
  let file: DataFile
  let headings: Headings
  let model: Model
  let residence: String?
  var zone = TimeZoneRule.paris
  /// What is wrong with the mapping itself.
  var broken: [Diagnostic] = []
  /// Headings that the sheet lacks.
  var absent = Set<String>()

  init(file: DataFile, headings: Headings, model: Model, residence: String?) {
    self.file = file
    self.headings = headings
    self.model = model
    self.residence = residence
  }

  private mutating func field(_ heading: String) -> Int {
    if let field = headings.field(named: heading) { return field }
    absent.insert(heading)
    return 0
  }

  private mutating func report(_ key: String, fr: String, en: String, remedy: Phrase? = nil) {
    broken.append(
      Diagnostic(
        code: "mapping.reference", Phrase(fr: fr, en: en), remedy: remedy,
        at: file.location(of: key)))
  }

  mutating func bind(_ raw: MappingFile.Emit, at key: String) -> [Emit] {
    guard let table = model[raw.table] else {
      let near = Suggestion.nearest(to: raw.table, among: model.tables.map(\.name))
      report(
        key + ".table", fr: "table inconnue : « \(raw.table) »",
        en: "unknown table: “\(raw.table)”",
        remedy: near.map {
          Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
        })
      return []
    }
    var sources: [String: CellSource] = [:]
    for name in raw.columns.keys.sorted() {
      guard let spec = raw.columns[name], let column = column(name, table, key) else { continue }
      sources[name] = source(spec, column, at: key + ".columns." + name)
    }
    let own = table.residence.flatMap { table[$0]?.name }
    if let own, sources[own] == nil, let residence { sources[own] = .constant(residence) }
    for column in table.columns where sources[column.name] == nil {
      if let value = column.defaultValue { sources[column.name] = .constant(value) }
    }
    if let keyColumn = table.keyColumn, sources[keyColumn.name] == nil, !table.keyFrom.isEmpty {
      let parts = table.keyFrom.compactMap { name in
        table[name].flatMap { c in
          sources[name].map { PlannedColumn(declaration: c, source: $0) }
        }
      }
      if !parts.isEmpty { sources[keyColumn.name] = .joined(parts) }
    }
    let items = raw.unpivot.map { [$0.item_column, $0.value_column] } ?? []
    for name in items { _ = column(name, table, key + ".unpivot") }
    for column in table.columns
    where column.isRequired && sources[column.name] == nil && !items.contains(column.name) {
      report(
        key + ".columns", fr: "la colonne obligatoire « \(column.name) » n’a pas de source",
        en: "the required column “\(column.name)” has no source")
    }
    var emit = Emit(table: table, columns: [], isDistinct: raw.distinct ?? false)
    for heading in (raw.when ?? [:]).keys.sorted() {
      emit.when.append((field(heading), Set((raw.when?[heading] ?? []).map { Fold.key($0) })))
    }
    if let heading = raw.positive { emit.positive = field(heading) }
    func planned(_ sources: [String: CellSource]) -> [PlannedColumn] {
      table.columns.compactMap { column in
        sources[column.name].map { PlannedColumn(declaration: column, source: $0) }
      }
    }
    guard let unpivot = raw.unpivot else {
      emit.columns = planned(sources)
      return [emit]
    }
    // One part of the emit an item, in the order of the sheet.
    let pairs = unpivot.items.map { (field: field($0.key), item: $0.value) }
    return pairs.sorted { ($0.field, $0.item) < ($1.field, $1.item) }.map { pair in
      var one = emit
      var own = sources
      own[unpivot.item_column] = .constant(pair.item)
      own[unpivot.value_column] = .cell(CellReading(field: pair.field))
      one.columns = planned(own)
      return one
    }
  }

  private mutating func column(_ name: String, _ table: TableDeclaration, _ key: String)
    -> ColumnDeclaration?
  {
    if let column = table[name] { return column }
    let near = Suggestion.nearest(to: name, among: table.columns.map(\.name))
    report(
      key + ".columns." + name, fr: "colonne inconnue de « \(table.name) » : « \(name) »",
      en: "unknown column of “\(table.name)”: “\(name)”",
      remedy: near.map {
        Phrase(fr: "vouliez-vous dire « \($0) » ?", en: "did you mean “\($0)”?")
      })
    return nil
  }

  private mutating func source(
    _ spec: MappingFile.Column, _ column: ColumnDeclaration, at key: String
  ) -> CellSource? {
    if let text = spec.const, spec.from == nil {
      var interner = ByteInterner()
      if case .fault(let reason) = ColumnTyping.value(of: text, column, &interner) {
        broken.append(
          Diagnostic(
            code: reason.code, reason.message, remedy: reason.remedy,
            at: file.location(of: key)))
      }
      return .constant(text)
    }
    guard let heading = spec.from, spec.const == nil else {
      report(key, fr: "« from » ou « const » est attendu", en: "“from” or “const” is expected")
      return nil
    }
    var reading = CellReading(field: field(heading))
    reading.prefix = spec.prefix ?? ""
    if let values = spec.values {
      var folded: [String: String] = [:]
      for (word, value) in values { folded[Fold.key(word)] = value }
      reading.values = folded
      for value in values.values {
        var interner = ByteInterner()
        if case .fault(let reason) = ColumnTyping.value(of: value, column, &interner),
          !value.isEmpty
        {
          broken.append(
            Diagnostic(
              code: reason.code, reason.message, remedy: reason.remedy,
              at: file.location(of: key + ".values")))
        }
      }
    }
    switch spec.as {
    case nil, "iso": break
    case "epoch_ms", "epoch_s":
      guard column.kind == .date || column.kind == .time else {
        report(
          key, fr: "« as » demande une colonne de date ou d’heure",
          en: "“as” needs a column of dates or times")
        return nil
      }
      reading.epoch = CellReading.Epoch(
        unitsPerSecond: spec.as == "epoch_ms" ? 1000 : 1, zone: zone,
        offsetField: spec.offset_from.map { field($0) })
    default:
      report(
        key + ".as", fr: "« as » : epoch_ms, epoch_s ou iso", en: "“as”: epoch_ms, epoch_s or iso")
    }
    return .cell(reading)
  }
}
