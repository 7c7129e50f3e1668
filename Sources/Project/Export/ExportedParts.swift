import Columns
import Diagnostics
import FoundationEssentials
import Indicators
import Ingest
import Model
import Periods

/// The tables of an export in parts, read back: all of them, or the parts of some residences with
/// the tables that all share.
///
/// Everything is read at once, since columns of one domain share their codes.
struct ExportedParts: TableSource {
  private var tables: [String: Table] = [:]
  private let lexicons: [String: Lexicon]
  private let model: Model

  /// What `schema.json` says, as far as it is needed here.
  private struct Schema: Decodable {
    struct Named: Decodable { var name: String }
    struct Exported: Decodable {
      var name: String
      var partitions: [Named]
      var columns: [Named]
    }
    var format: String
    var restricted: Bool
    var tables: [Exported]
  }

  /// Whether it holds the data of internal use too.
  let isRestricted: Bool

  /// Reads an export; `residences` names those to read, all when it is empty.
  ///
  /// - Throws: `Failure` with status `input` when the folder is no such export, or a part cannot be
  ///   read.
  init(_ folder: String, model: Model, residences: [String]) throws(Failure) {
    self.model = model
    guard let bytes = FileManager.default.contents(atPath: folder + "/" + ExportSchema.file),
      let schema = try? JSONDecoder().decode(Schema.self, from: bytes),
      schema.format == "lien-export-partitioned"
    else {
      throw Failure(
        .input, code: "export.not-in-parts",
        fr:
          "ce dossier n’est pas un export par parties : il n’a pas de \(ExportSchema.file) lisible",
        en: "this folder is no export in parts: it has no readable \(ExportSchema.file)",
        remedy: Phrase(
          fr: "faites-en un : lien export DOSSIER --partitioned",
          en: "make one: lien export DIR --partitioned"),
        at: SourceLocation(file: folder))
    }
    isRestricted = schema.restricted
    let shared = model.acrossResidences
    let wanted = Set(residences.map { "lien_residence=" + ExportedTable.escaped($0) })
    var interners: [String: Interner] = [:]
    var read: [(TableDeclaration, [String: Column], Int)] = []
    for table in schema.tables {
      guard let declaration = model[table.name] else { continue }
      let isWhole =
        wanted.isEmpty || shared.contains(table.name)
        || table.partitions.first?.name != ExportedTable.Partition.residence.rawValue
      let files = ExportedParts.files(folder + "/" + table.name, depth: table.partitions.count) {
        isWhole || wanted.contains($0)
      }
      var rows = ReadColumns(declaration, names: table.columns.map(\.name))
      for file in files { try rows.add(file, &interners) }
      read.append((declaration, rows.columns, rows.count))
    }
    lexicons = interners.mapValues(\.lexicon)
    for (declaration, columns, count) in read {
      tables[declaration.name] = Table(
        name: declaration.name, rowCount: count,
        columns: columns.reduce(into: [:]) { all, column in
          guard let declared = declaration[column.key] else { return }
          all[column.key] = column.value.with(lexicons[declared.domain] ?? Lexicon())
        })
    }
  }

  /// The parts below a table's folder, in the order of their names.
  private static func files(_ folder: String, depth: Int, where isWanted: (String) -> Bool)
    -> [String]
  {
    if depth == 0 { return [folder + "/" + ExportedTable.file] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter(isWanted).flatMap { name in
      files(folder + "/" + name, depth: depth - 1) { _ in true }
    }
  }

  func table(_ name: String, columns: [String]) throws -> Table {
    let declaration = try model.table(named: name)
    let loaded = tables[name]
    let count = loaded?.rowCount ?? 0
    return Table(
      name: name, rowCount: count,
      columns: columns.reduce(into: [:]) { all, column in
        guard let declared = declaration[column] else { return }
        all[column] =
          loaded?[column]
          ?? Column.missing(count, of: declared.kind).with(lexicons[declared.domain] ?? Lexicon())
      })
  }
}

/// The columns of a table while its parts are read.
private struct ReadColumns {
  private let declared: [ColumnDeclaration?]
  private let names: [String]
  /// Of each column, what each part has.
  private var pieces: [[Column]]
  private(set) var count = 0

  init(_ table: TableDeclaration, names: [String]) {
    self.names = names
    declared = names.map { table[$0] }
    pieces = names.map { _ in [] }
  }

  /// The columns of all parts, one after the other; texts are codes without their lexicon yet.
  var columns: [String: Column] {
    var out: [String: Column] = [:]
    for (i, column) in declared.enumerated() {
      guard let column else { continue }
      out[names[i]] = Column.joined(pieces[i], of: column.kind)
    }
    return out
  }

  mutating func add(_ file: String, _ interners: inout [String: Interner]) throws(Failure) {
    let sheet = try PlainSheet(path: file)
    guard sheet.header == names else {
      throw Failure(
        .input, code: "export.columns",
        fr: "les titres de cette part ne sont pas ceux de \(ExportSchema.file)",
        en: "the headings of this part are not those of \(ExportSchema.file)",
        remedy: Phrase(
          fr: "refaites l’export : ses parts viennent de plusieurs",
          en: "make the export again: its parts come from several"),
        at: SourceLocation(file: file, line: 1))
    }
    for (i, column) in declared.enumerated() {
      guard let column else { continue }
      pieces[i].append(try read(sheet, i, column, &interners, file))
    }
    count += sheet.rowCount
  }

  private func read(
    _ sheet: PlainSheet, _ i: Int, _ column: ColumnDeclaration,
    _ interners: inout [String: Interner], _ file: String
  ) throws(Failure) -> Column {
    func each<Value>(_ none: Value, _ value: (String) -> Value?) throws(Failure) -> [Value] {
      var values: [Value] = []
      values.reserveCapacity(sheet.rowCount)
      for row in 0..<sheet.rowCount {
        guard let text = sheet.text(row, i) else {
          values.append(none)
          continue
        }
        guard let read = value(text) else {
          throw Failure(
            .input, code: "export.value",
            fr: "« \(names[i]) » : cette valeur n’est pas du genre que le modèle déclare",
            en: "“\(names[i])”: this value is not of the kind that the model declares",
            remedy: Phrase(fr: "refaites l’export", en: "make the export again"),
            at: SourceLocation(file: file, line: sheet.line(row)))
        }
        values.append(read)
      }
      return values
    }
    switch column.kind {
    case .key, .link, .text, .code:
      // Taken out of the dictionary, so that it is not copied.
      var interner = interners.removeValue(forKey: column.domain) ?? Interner()
      defer { interners[column.domain] = interner }
      return .text(codes: try each(Column.missingCode) { interner.code($0) }, Lexicon())
    case .integer, .time, .boolean:
      return .integer(try each(Column.missingInteger) { Int64($0) })
    case .decimal: return .decimal(try each(.nan) { Double($0) })
    case .date: return .day(try each(Column.missingDay) { Day(iso: $0)?.number })
    }
  }
}

extension Column {
  /// A column of rows without a value.
  fileprivate static func missing(_ count: Int, of kind: ColumnKind) -> Column {
    switch kind {
    case .key, .link, .text, .code:
      .text(codes: Array(repeating: missingCode, count: count), Lexicon())
    case .integer, .time, .boolean: .integer(Array(repeating: missingInteger, count: count))
    case .decimal: .decimal(Array(repeating: .nan, count: count))
    case .date: .day(Array(repeating: missingDay, count: count))
    }
  }

  /// Columns of one kind, one after the other.
  fileprivate static func joined(_ pieces: [Column], of kind: ColumnKind) -> Column {
    func all<Value>(_ values: (Column) -> [Value]?) -> [Value] {
      var out: [Value] = []
      out.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
      for piece in pieces { out += values(piece) ?? [] }
      return out
    }
    switch missing(0, of: kind) {
    case .text(_, let none):
      return .text(
        codes: all { if case .text(let codes, _) = $0 { return codes } else { return nil } }, none)
    case .integer:
      return .integer(
        all { if case .integer(let values) = $0 { return values } else { return nil } })
    case .decimal:
      return .decimal(
        all { if case .decimal(let values) = $0 { return values } else { return nil } })
    case .day:
      return .day(all { if case .day(let values) = $0 { return values } else { return nil } })
    }
  }

  /// The same codes under another lexicon.
  fileprivate func with(_ lexicon: Lexicon) -> Column {
    if case .text(let codes, _) = self { .text(codes: codes, lexicon) } else { self }
  }
}
