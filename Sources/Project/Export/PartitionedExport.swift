import Columns
package import Diagnostics
import FoundationEssentials
import Indicators
import Model
import Persistence

/// `lien export --partitioned`: the tables in parts, by residence and year, with what engines of
/// many machines need to load them.
extension ExportUseCase {
  /// Writes a folder a table, the schema and a load file an engine; the paths of these.
  ///
  /// All is written beside the folder's place first, so that a failure leaves nothing. An earlier
  /// export of this kind is replaced whole, when `force` allows it: parts that the data no longer
  /// have must not stay.
  ///
  /// - Throws: `Failure` with status `usage` when the folder holds something, and `force` is false
  ///   or it is not an earlier export.
  package func runPartitioned(
    to path: String, force: Bool, restricted: Bool = false, language: Language
  ) throws(Failure) -> [String] {
    let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    try ExportUseCase.checkIsFolder(folder)
    if force { try checkHoldsExportOnly(folder) }
    var written: [String] = []
    try SafeWriting.folder(at: folder, mayReplace: force) { place throws(Failure) in
      try SafeWriting.makeFolder(place, isPrivate: true)
      var done: [ExportedTable] = []
      for table in tables(restricted: restricted) {
        done.append(try write(table, in: place, restricted: restricted))
      }
      let schema = ExportSchema(
        tables: done, fingerprint: try workspace.store.fingerprint(), restricted: restricted)
      var files = [(ExportSchema.file, schema.json)]
      files += LoadFiles(tables: done, language: language).all
      files.append((ExportUseCase.dictionary, dictionaryText))
      for (name, text) in files {
        try SafeWriting.writePart(place + "/" + name) { send throws(Failure) in
          try send(Array(text.utf8))
        }
      }
      SafeWriting.settle()
      written = (done.map(\.name) + files.map(\.0)).map { folder + "/" + $0 }
    }
    return written
  }

  /// Refuses to replace a folder that holds anything but an earlier export in parts.
  private func checkHoldsExportOnly(_ folder: String) throws(Failure) {
    let there = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let own = Set(
      workspace.model.tables.map(\.name) + [ExportSchema.file, ExportUseCase.dictionary]
        + LoadFiles(tables: [], language: .fr).all.map(\.0))
    let foreign = there.filter { !own.contains($0) }.sorted()
    guard
      let first = foreign.first
        ?? (there.isEmpty || there.contains(ExportSchema.file) ? nil : there.first)
    else { return }
    throw Failure(
      .usage, code: "export.foreign-files",
      fr:
        "ce dossier contient autre chose qu’un export par parties (\(first)), et n’est pas remplacé",
      en:
        "this folder holds something else than an export in parts (\(first)), and is not replaced",
      remedy: Phrase(
        fr: "nommez un dossier nouveau ou vide", en: "name a new or empty folder"),
      at: SourceLocation(file: folder))
  }

  /// Writes the parts of one table.
  private func write(
    _ table: TableDeclaration, in place: String, restricted: Bool
  ) throws(Failure) -> ExportedTable {
    let columns = columns(of: table, restricted: restricted)
    let loaded = try workspace.load(table.name, columns.map(\.name))
    let names = columns.map(\.name)
    var out = ExportedTable(
      name: table.name, columns: columns.map { .init($0, loaded[$0.name]) },
      key: table.key.filter(names.contains),
      partitions: partitions(of: table, restricted: restricted), rowCount: loaded.rowCount,
      partCount: 0)
    // An evaluator a table: what it read to follow links is let go.
    let partitions = try Evaluator(model: workspace.model, source: workspace.store).partitions(
      of: table.name, rowCount: loaded.rowCount,
      byResidence: out.partitions.contains(.residence), byYear: out.partitions.contains(.year))
    let rows = ExportedRows(loaded, names)
    let header = ExportedRows.header(names)
    for part in partitions.parts {
      let folder = place + "/" + out.folder(residence: part.residence, year: part.year)
      try SafeWriting.makeFolder(folder)
      try SafeWriting.writePart(folder + "/" + ExportedTable.file) { send throws(Failure) in
        var bytes = header
        for i in part.places {
          rows.append(Int(partitions.order[i]), to: &bytes)
          if bytes.count >= 1 << 20 {
            try send(bytes)
            bytes.removeAll(keepingCapacity: true)
          }
        }
        try send(bytes)
      }
    }
    out.partCount = partitions.parts.count
    return out
  }

  /// By what a table is parted: what its model leads to, as long as it may be told.
  private func partitions(of table: TableDeclaration, restricted: Bool) -> [ExportedTable.Partition]
  {
    func mayTell(_ path: String?) -> Bool {
      guard let path else { return false }
      return restricted || !workspace.model.isRestricted(path: path, from: table.name)
    }
    return (mayTell(table.residence) ? [.residence] : []) + (mayTell(table.date) ? [.year] : [])
  }
}
