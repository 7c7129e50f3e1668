import Diagnostics

/// The imports, as one transaction sees them.
struct Ledger {
  /// What landing and loading need to know of an import.
  struct Entry {
    var id: Int
    var nonce: String
    var fileDigest: String
    var source: String
    var parent: Int?
    var isActive: Bool
  }

  /// All imports, by number.
  let entries: [Int: Entry]

  /// With `only`, no other import is in force.
  init(_ file: Connection, only: Set<Int>? = nil) throws(Failure) {
    var entries: [Int: Entry] = [:]
    let rows = try file.prepare(
      "SELECT id, nonce, file_digest, source, parent, active FROM import ORDER BY id")
    while try rows.step() {
      let id = Int(rows.integer(0))
      entries[id] = Entry(
        id: id, nonce: rows.text(1), fileDigest: rows.text(2), source: rows.text(3),
        parent: rows.isNull(4) ? nil : Int(rows.integer(4)),
        isActive: rows.integer(5) == 1 && only?.contains(id) ?? true)
    }
    self.entries = entries
  }

  /// The import that a rejects correction completes in the end; itself for any other import.
  func root(of id: Int) -> Int {
    var here = id
    while let parent = entries[here]?.parent { here = parent }
    return here
  }

  /// The active imports that together make one version of a sheet: an import and the corrections
  /// of its rejects.
  func version(of id: Int) -> Set<Int> {
    let root = root(of: id)
    return Set(entries.values.filter { $0.isActive && self.root(of: $0.id) == root }.map(\.id))
  }

  /// The source of an import.
  func source(of id: Int) -> String { entries[id]?.source ?? "" }

  /// Whether an import is in force.
  func isActive(_ id: Int) -> Bool { entries[id]?.isActive ?? false }
}

/// Reads the ledger for a person: one record an import.
struct LedgerReader {
  let main: Connection
  let identities: IdentityFile?

  /// All imports in order, undone ones too; or one of them.
  func records(only id: Int? = nil) throws(Failure) -> [ImportRecord] {
    let filter = id.map { " WHERE import = \($0)" } ?? ""
    var tables: [Int: [ImportRecord.TableRows]] = [:]
    let rows = try main.prepare(
      "SELECT import, table_name, row_count FROM import_table\(filter) ORDER BY import, ordinal")
    while try rows.step() {
      tables[Int(rows.integer(0)), default: []].append(
        ImportRecord.TableRows(name: rows.text(1), rows: Int(rows.integer(2))))
    }
    var corrects: [Int: [Int]] = [:]
    let pairs = try main.prepare(
      "SELECT import, corrected FROM correction WHERE is_correction = 1"
        + (id.map { " AND import = \($0)" } ?? "") + " ORDER BY import, corrected")
    while try pairs.step() {
      corrects[Int(pairs.integer(0)), default: []].append(Int(pairs.integer(1)))
    }
    var rejects: [Int: Int] = [:]
    let counts = try main.prepare(
      "SELECT import, count(*) FROM reject\(filter) GROUP BY import")
    while try counts.step() { rejects[Int(counts.integer(0))] = Int(counts.integer(1)) }
    let landings = try identities?.landings(only: id) ?? [:]

    var out: [ImportRecord] = []
    let imports = try main.prepare(
      """
      SELECT id, nonce, received_at, file_digest, byte_count, source, mapping_digest, kind,
        parent, active
      FROM import \(id.map { "WHERE id = \($0)" } ?? "") ORDER BY id
      """)
    while try imports.step() {
      let number = Int(imports.integer(0))
      let landing = landings[imports.text(1)]
      out.append(
        ImportRecord(
          id: number, receivedAt: imports.text(2), fileName: landing?.fileName,
          fileDigest: imports.text(3), byteCount: Int(imports.integer(4)),
          source: imports.text(5), mappingDigest: imports.text(6), tables: tables[number] ?? [],
          rowsSetAside: rejects[number] ?? 0,
          kind: ImportRecord.Kind(rawValue: imports.text(7)) ?? .new,
          parent: imports.isNull(8) ? nil : Int(imports.integer(8)),
          state: imports.integer(9) == 1 ? .active : .undone, corrects: corrects[number] ?? [],
          receipt: landing?.receipt))
    }
    return out
  }

  /// One import.
  ///
  /// - Throws: `Failure` with status `usage` when there is none of this number.
  func record(_ id: Int) throws(Failure) -> ImportRecord {
    guard let record = try records(only: id).first else { throw .unknownImport(id) }
    return record
  }

  /// SHA-256 over the active imports, in order. Neither pseudonyms, numbers of imports nor clocks
  /// enter it: two projects that hold the same files, taken in the same order, agree.
  func fingerprint() throws(Failure) -> String {
    let active = try records().filter { $0.state == .active }
    var position: [Int: Int] = [:]
    let digest = Digest()
    for (i, record) in active.enumerated() {
      position[record.id] = i
      digest.update(field: record.kind == .rejectsCorrection ? "rejects" : "sheet")
      digest.update(field: record.parent.flatMap { position[$0] }.map(String.init) ?? "")
      digest.update(field: record.fileDigest)
      digest.update(field: record.source)
      digest.update(field: record.mappingDigest)
      digest.update(field: "\(record.tables.count)")
      for table in record.tables {
        digest.update(field: table.name)
        digest.update(field: "\(table.rows)")
      }
    }
    // What was erased since changes the data, though no file did.
    let erasures = try main.prepare("SELECT kind, row_count, cell_count FROM erasure ORDER BY id")
    while try erasures.step() {
      digest.update(field: erasures.text(0))
      digest.update(field: "\(erasures.integer(1))")
      digest.update(field: "\(erasures.integer(2))")
    }
    return digest.finish()
  }
}
