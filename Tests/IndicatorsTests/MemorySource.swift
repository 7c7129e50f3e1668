import Columns
import Foundation
import Indicators
import Model
import Periods
import TestSupport

/// Tables held in memory, as a store would give them: one lexicon a domain.
struct MemorySource: TableSource {
  let model: Model
  private var tables: [String: Table] = [:]
  private var lexicons: [String: Interner] = [:]

  init(model: Model) { self.model = model }

  /// Adds rows; a cell is text in the model's own forms, "" is missing.
  mutating func add(_ name: String, _ headings: [String], _ rows: [[String]]) throws {
    let declaration = try model.table(named: name)
    var columns: [String: Column] = [:]
    for column in declaration.columns {
      let position = headings.firstIndex(of: column.name)
      let cells = rows.map { row in position.map { row[$0] } ?? "" }
      switch column.kind {
      case .key, .link, .text, .code:
        var interner = lexicons[column.domain] ?? Interner()
        let codes = cells.map { $0.isEmpty ? Column.missingCode : interner.code($0) }
        lexicons[column.domain] = interner
        columns[column.name] = .text(codes: codes, Lexicon())
      case .integer, .time, .boolean:
        columns[column.name] = .integer(cells.map { Int64($0) ?? Column.missingInteger })
      case .decimal: columns[column.name] = .decimal(cells.map { Double($0) ?? .nan })
      case .date:
        columns[column.name] = .day(cells.map { Day(iso: $0)?.number ?? Column.missingDay })
      }
    }
    tables[name] = Table(name: name, rowCount: rows.count, columns: columns)
  }

  func table(_ name: String, columns: [String]) throws -> Table {
    let declaration = try model.table(named: name)
    let stored = tables[name]
    var out: [String: Column] = [:]
    for column in columns {
      guard let declared = declaration[column] else { continue }
      switch stored?[column] {
      case .text(let codes, _)?:
        out[column] = .text(codes: codes, lexicons[declared.domain]?.lexicon ?? Lexicon())
      case let other?: out[column] = other
      case nil:
        switch declared.kind {
        case .key, .link, .text, .code:
          out[column] = .text(codes: [], lexicons[declared.domain]?.lexicon ?? Lexicon())
        case .integer, .time, .boolean: out[column] = .integer([])
        case .decimal: out[column] = .decimal([])
        case .date: out[column] = .day([])
        }
      }
    }
    return Table(name: name, rowCount: stored?.rowCount ?? 0, columns: out)
  }

  /// The texts of a column.
  func texts(_ name: String, _ column: String) throws -> [String] {
    let loaded = try table(name, columns: [column])
    return (0..<loaded.rowCount).compactMap { loaded[column]?.text(at: $0) }
  }

  /// The rows of one residence, and all rows of the tables shared, as an export in parts has them.
  func only(_ residence: String, shared: Set<String>) throws -> MemorySource {
    var out = self
    for (name, table) in tables where !shared.contains(name) {
      let parts = try Evaluator(model: model, source: self).partitions(
        of: name, rowCount: table.rowCount, byResidence: true, byYear: false)
      let own = parts.parts.first { $0.residence == residence }
      let rows = own.map { Array(parts.order[$0.places]) } ?? []
      out.tables[name] = Table(
        name: name, rowCount: rows.count, columns: table.columns.mapValues { $0.gathered(rows) })
    }
    return out
  }

  /// The model of the repository.
  static func repositoryModel() throws -> Model {
    try Model(folder: Places.root + "/indicators/model")
  }
}
