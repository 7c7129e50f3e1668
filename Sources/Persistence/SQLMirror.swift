import CSQLite
package import Columns
package import Diagnostics
package import Model

/// The tables of a source as plain tables of an SQLite database in memory, named and typed as in
/// the model, for generated SQL and for checks written by hand.
///
/// Keys, links, texts and codes are TEXT, dates TEXT (`YYYY-MM-DD`), whole numbers, times and
/// truth values INTEGER, decimals REAL; missing is NULL. Identifying columns of a store are NULL.
package final class SQLMirror {
  private let file: Connection

  /// Copies the rows in force of a store; all tables of the model unless told otherwise.
  package convenience init(store: Store, tables: [String]? = nil) throws(Failure) {
    try self.init(source: store, model: store.model, tables: tables)
  }

  /// Copies the tables of any source.
  package init(
    source: any TableSource, model: Model, tables: [String]? = nil
  ) throws(Failure) {
    file = try Connection(":memory:", .create, busyMilliseconds: 0)
    try file.execute("BEGIN")
    for name in tables ?? model.tables.map(\.name) {
      let declaration = try model.table(named: name)
      let table: Table
      do {
        table = try source.table(name, columns: declaration.columns.map(\.name))
      } catch let failure as Failure {
        throw failure
      } catch {
        throw Failure(
          .failed, code: "store.source", fr: "table illisible : « \(name) »",
          en: "unreadable table: “\(name)”")
      }
      try copy(table, declaration)
    }
    try file.execute("COMMIT")
  }

  /// Runs a query and returns its rows.
  ///
  /// - Throws: `Failure` with SQLite's message when the query is wrong.
  package func query(_ sql: String) throws(Failure) -> [[SQLValue]] {
    let statement = try file.prepare(sql)
    let columns = statement.columnCount
    var rows: [[SQLValue]] = []
    while try statement.step() { rows.append((0..<columns).map { statement.value($0) }) }
    return rows
  }

  private func copy(_ table: Table, _ declaration: TableDeclaration) throws(Failure) {
    func quoted(_ name: String) -> String {
      "\""
        + name.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\"\"") + "\""
    }
    let columns = declaration.columns.map { column in
      let type =
        switch column.storage {
        case .text, .day: "TEXT"
        case .integer: "INTEGER"
        case .decimal: "REAL"
        }
      return "\(quoted(column.name)) \(type)"
    }
    let name = quoted(declaration.name)
    try file.execute("CREATE TABLE \(name) (\(columns.joined(separator: ", ")))")
    let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
    let insert = try file.prepare("INSERT INTO \(name) VALUES (\(marks))")
    let values = declaration.columns.map { table[$0.name] }
    for row in 0..<table.rowCount {
      for (i, column) in values.enumerated() {
        try insert.bind(column.map { SQLValue($0, row) } ?? .null, at: i + 1)
      }
      while try insert.step() {}
      insert.reset()
    }
    func index(_ label: String, _ names: [String]) throws(Failure) {
      let list = names.map(quoted).joined(separator: ", ")
      try file.execute(
        "CREATE INDEX \(quoted(declaration.name + "_" + label)) ON \(name) (\(list))")
    }
    try index("key", declaration.key)
    if let key = declaration.keyColumn, declaration.key.first != key.name {
      try index("entity", [key.name])
    }
  }
}

extension SQLValue {
  /// The value of one row of a column.
  fileprivate init(_ column: Column, _ row: Int) {
    switch column {
    case .integer(let values):
      self = values[row] == Column.missingInteger ? .null : .integer(values[row])
    case .decimal(let values):
      self = values[row].isNaN ? .null : .real(values[row])
    case .text, .day:
      self = SQLValue(column.text(at: row))
    }
  }
}
