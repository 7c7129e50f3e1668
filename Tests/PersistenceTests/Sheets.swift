import Columns
import Diagnostics
import Model
import Periods
import Persistence
import TestSupport
import XCTest

/// The model that the program ships.
func realModel() throws -> Model { try Model(folder: Places.root + "/indicators/model") }

/// A row as a test writes it: column to text; an absent column is missing.
typealias Row = [String: String]

/// Makes a batch of rows written as text. Without `columns`, the sheet has those that any row has.
func batch(
  _ name: String, _ rows: [Row], columns: [String]? = nil, model: Model
) throws -> TableBatch {
  let table = try model.table(named: name)
  let names = columns ?? Set(rows.flatMap(\.keys)).sorted()
  var out: [String: Column] = [:]
  for column in names {
    let kind = try XCTUnwrap(table[column], "\(name).\(column)").kind
    let cells = rows.map { $0[column] }
    switch kind {
    case .key, .link, .text, .code:
      var interner = Interner()
      let codes = cells.map { $0.map { interner.code($0) } ?? Column.missingCode }
      out[column] = .text(codes: codes, interner.lexicon)
    case .integer, .time, .boolean:
      out[column] = .integer(cells.map { $0.flatMap { Int64($0) } ?? Column.missingInteger })
    case .decimal:
      out[column] = .decimal(cells.map { $0.flatMap { Double($0) } ?? .nan })
    case .date:
      out[column] = .day(cells.map { $0.flatMap { Day(iso: $0)?.number } ?? Column.missingDay })
    }
  }
  return TableBatch(
    table: name, columns: out, sourceLines: rows.indices.map { Int32($0 + 2) })
}

/// A project in a temporary folder, and short words for what tests do with it.
final class Project {
  let workdir: Workdir
  let model: Model
  let store: Store
  private var counter = 0

  init(model: Model? = nil) throws {
    workdir = try Workdir()
    self.model = try model ?? realModel()
    store = try Store.create(in: workdir.path, model: self.model)
  }

  var folder: String { workdir.path }

  func submission(
    _ batches: [TableBatch], source: String = "", rejects: [Reject] = [], header: [String] = [],
    corrects: Int? = nil, file: String? = nil
  ) -> Submission {
    counter += 1
    return Submission(
      fileName: file ?? "feuille \(counter).csv",
      fileDigest: sha256Hex(Array((file ?? "\(counter)").utf8)), byteCount: 100, source: source,
      correctsRejectsOf: corrects, batches: batches, rejects: rejects, header: header,
      receipt: "{\"n\":\(counter)}")
  }

  @discardableResult
  func land(
    _ tables: [(String, [Row])], source: String = "", rejects: [Reject] = [],
    corrects: Int? = nil, file: String? = nil
  ) throws -> Outcome {
    let batches = try tables.map { try batch($0.0, $0.1, model: model) }
    let sheet = submission(
      batches, source: source, rejects: rejects, corrects: corrects, file: file)
    let planned = try store.plan(sheet)
    let outcome = try store.commit(sheet, now: "2025-01-01T00:00:00Z")
    // What a dry run says is what happens.
    if case .landed(_, let change) = outcome { XCTAssertEqual(planned, change) }
    return outcome
  }

  /// Lands rows that must change something; gives the import's number and the change.
  @discardableResult
  func landed(
    _ tables: [(String, [Row])], source: String = "", rejects: [Reject] = [],
    corrects: Int? = nil, file: String? = nil, line: UInt = #line
  ) throws -> (id: Int, change: Change) {
    let outcome = try land(
      tables, source: source, rejects: rejects, corrects: corrects, file: file)
    guard case .landed(let record, let change) = outcome else {
      XCTFail("nothing landed", line: line)
      return (0, Change())
    }
    return (record.id, change)
  }

  /// The rows in force, each as `column=value` of its present values, sorted; identifiers of
  /// people and homes as the user wrote them.
  func rows(_ table: String, _ columns: [String]? = nil) throws -> [String] {
    try Project.rows(store, model, table, columns)
  }

  static func rows(
    _ store: Store, _ model: Model, _ name: String, _ columns: [String]? = nil
  ) throws -> [String] {
    let declaration = try model.table(named: name)
    let names = columns ?? declaration.columns.map(\.name)
    let table = try store.table(name, columns: names)
    var external: [String: [String: String]] = [:]
    for column in names {
      let domain = try XCTUnwrap(declaration[column]).domain
      if model.isPseudonymous(domain: domain), external[domain] == nil {
        external[domain] = try store.identities(domain: domain)
      }
    }
    var out: [String] = []
    for row in 0..<table.rowCount {
      var parts: [String] = []
      for name in names {
        guard var value = table[name]?.text(at: row) else { continue }
        let domain = try XCTUnwrap(declaration[name]).domain
        if let names = external[domain] { value = names[value] ?? "pseudonym-without-person" }
        parts.append("\(name)=\(value)")
      }
      out.append(parts.joined(separator: " "))
    }
    return out.sorted()
  }
}

/// A presence sheet: one session and who was there.
func presences(_ session: String, _ people: [String]) -> (String, [Row]) {
  ("attendance", people.map { ["session": session, "resident": $0, "status": "present"] })
}

/// A row that was set aside.
func reject(_ line: Int, _ cells: [String], heading: String? = "Date") -> Reject {
  Reject(
    line: line, heading: heading,
    reason: Diagnostic(
      code: "date.unreadable", Phrase(fr: "date illisible", en: "unreadable date"),
      remedy: Phrase(fr: "écrivez 05/03/2024", en: "write 05/03/2024"),
      at: SourceLocation(file: "feuille.csv", line: line, column: 3)),
    cells: cells)
}

/// Asserts that a closure throws a `Failure` of a given code, and returns it.
@discardableResult
func assertFailure<T>(
  _ code: String, status: ExitStatus? = nil, file: StaticString = #filePath, line: UInt = #line,
  _ body: () throws -> T
) -> Failure? {
  do {
    _ = try body()
    XCTFail("no failure \(code)", file: file, line: line)
  } catch let failure as Failure {
    XCTAssertEqual(failure.diagnostics.first?.code, code, file: file, line: line)
    if let status { XCTAssertEqual(failure.status, status, file: file, line: line) }
    return failure
  } catch {
    XCTFail("\(error)", file: file, line: line)
  }
  return nil
}
