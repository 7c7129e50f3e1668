import Columns
import Diagnostics
import Model

/// What the rows that a sheet set aside may speak of: a stored row that one of them may mean is
/// neither stated nor denied by the sheet.
struct OpenRows {
  private let table: TableDeclaration
  private let parts: [TableDeclaration.ScopePart]
  /// The lines of rows that are wholly known, by what their parts are.
  private var exact: [[Int64]: Set<Int>] = [:]
  /// The scopes that are wholly known: the sheet is about them, though it states no row there.
  private(set) var scopes: Set<[Int64]> = []
  /// The lines of others, by what each part may be; nil for anything.
  private var loose: [[Set<Int64>?]: Set<Int>] = [:]

  init(_ open: [OpenRow], _ table: TableDeclaration, _ coder: Coder) throws(Failure) {
    self.table = table
    let keys = table.key.filter { table[$0]?.isPrivate == false }
    let parts =
      table.scopeParts
      + keys.map { TableDeclaration.ScopePart(column: $0, isYear: false) }
    self.parts = parts
    for row in open where row.table == table.name {
      var allowed: [Set<Int64>?] = []
      for part in parts {
        allowed.append(
          row.isBroken ? nil : try Self.values(row.values[part.column], part, table, coder))
      }
      let scope = allowed.prefix(table.scopeParts.count).compactMap {
        $0?.count == 1 ? $0?.first : nil
      }
      if scope.count == table.scopeParts.count { scopes.insert(scope) }
      let known = allowed.compactMap { $0?.count == 1 ? $0?.first : nil }
      if known.count == parts.count {
        exact[known, default: []].insert(row.line)
      } else {
        loose[allowed, default: []].insert(row.line)
      }
    }
  }

  var isEmpty: Bool { exact.isEmpty && loose.isEmpty }

  private static func values(
    _ value: OpenRow.Value?, _ part: TableDeclaration.ScopePart, _ table: TableDeclaration,
    _ coder: Coder
  ) throws(Failure) -> Set<Int64>? {
    guard let declaration = table[part.column] else { return nil }
    switch value {
    case nil:
      let missing = declaration.missing(rows: 1)
      return Set(part.isYear ? years(missing) : cells(missing))
    case .unknown: return nil
    case .texts(let texts):
      var codes: Set<Int64> = []
      for text in texts {
        if let code = try coder.known(text, declaration.domain) { codes.insert(Int64(code)) }
      }
      return codes
    case .integer(let number): return [number]
    case .day(let day):
      let column = Column.day([day])
      return Set(part.isYear ? years(column) : cells(column))
    }
  }

  /// Looks rows of some segments up: the lines of the open rows that may mean the row at a position.
  func lookUp(
    _ segments: [SegmentState], _ reader: ColumnReader
  ) throws(Failure) -> (Int) -> Set<Int> {
    var columns: [[Int64]] = []
    for part in parts {
      guard let declaration = table[part.column] else { throw .misfit(table.name, part.column) }
      let column = try reader.column(declaration, of: table.name, segments)
      columns.append(part.isYear ? years(column) : cells(column))
    }
    let (exact, loose) = (self.exact, self.loose)
    return { position in
      let values = columns.map { $0[position] }
      var lines = exact[values] ?? []
      for (allowed, own) in loose {
        let isMeant = zip(allowed, values).allSatisfy { $0?.contains($1) ?? true }
        if isMeant { lines.formUnion(own) }
      }
      return lines
    }
  }
}
