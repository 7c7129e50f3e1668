import Columns
import Diagnostics
import Model

extension Lander {
  /// The values of the batch beside those of stored rows: do they agree, and what is carried over
  /// from a row that is replaced.
  ///
  /// A column that a sheet does not have says nothing: it neither contradicts the stored value
  /// nor erases it.
  struct Values {
    /// A row of the batch that replaces a stored one.
    struct Carried {
      var row: Int
      var position: Int
      var segment: Int
      var storedRow: Int
    }

    private let lander: Lander
    private let segments: [SegmentState]
    /// For each stored column that the sheet has: the cells of the segments, then of the batch.
    /// For each stored column that the sheet does not have: the rows of the segments with a value.
    private var unstated: [[Bool]] = []
    private var stated: [(stored: [Int64], batch: [Int64])] = []
    /// Rows with a value, in a column that the sheet has, that no active import states any more:
    /// stated again as they are, they would have it back.
    private var haunted: Set<Int> = []
    /// For each identifying column: its cells by segment and row.
    private var storedCells: [String: [[Int: String]]] = [:]
    private var batchCells: [(name: String, column: Column)] = []

    init(_ lander: Lander, _ segments: [SegmentState]) throws(Failure) {
      self.lander = lander
      self.segments = segments
      let table = lander.table
      for declaration in table.storedColumns {
        if segments.isEmpty { continue }
        let stored = cells(try lander.reader.column(declaration, of: table.name, segments))
        if let column = lander.coded[declaration.name] {
          stated.append((stored, cells(column)))
          if !segments.allSatisfy(\.ownerIsActive) {
            let all = cells(
              try lander.reader.column(declaration, of: table.name, segments.map(\.unmasked)))
            for (position, value) in all.enumerated() where value != stored[position] {
              haunted.insert(position)
            }
          }
        } else {
          let missing = cells(declaration.missing(rows: 1))[0]
          if stored.contains(where: { $0 != missing }) {
            unstated.append(stored.map { $0 != missing })
          }
        }
      }
      for declaration in table.privateColumns {
        if let column = lander.batch.columns[declaration.name] {
          batchCells.append((declaration.name, column))
        }
        guard let identities = lander.identities, !segments.isEmpty else { continue }
        var bySegment: [[Int: String]] = []
        var byImport: [Int: [Int: String]] = [:]
        for segment in segments {
          if byImport[segment.importID] == nil {
            let nonce = lander.ledger.entries[segment.importID]?.nonce ?? ""
            let landing = try identities.landings(only: segment.importID)[nonce]
            byImport[segment.importID] =
              try landing.map { one throws(Failure) in
                try identities.cells(one.id, table.name, declaration.name)
              } ?? [:]
          }
          bySegment.append(byImport[segment.importID] ?? [:])
        }
        storedCells[declaration.name] = bySegment
      }
    }

    /// Whether a stored row says what a row of the batch says.
    func agree(_ position: Int, _ segment: Int, _ storedRow: Int, _ batchRow: Int) -> Bool {
      if haunted.contains(position) { return false }
      for column in stated where column.stored[position] != column.batch[batchRow] {
        return false
      }
      for (name, column) in batchCells
      where storedCell(name, segment, storedRow) != column.text(at: batchRow) {
        return false
      }
      return true
    }

    /// Whether a stored row has a value in a column that the sheet does not have.
    func saysMore(_ position: Int, _ segment: Int, _ storedRow: Int) -> Bool {
      if unstated.contains(where: { $0[position] }) { return true }
      let stated = Set(batchCells.map(\.name))
      return storedCells.keys.contains {
        !stated.contains($0) && storedCell($0, segment, storedRow) != nil
      }
    }

    private func storedCell(_ name: String, _ segment: Int, _ row: Int) -> String? {
      let state = segments[segment]
      guard state.isStated(row, column: name) else { return nil }
      return storedCells[name]?[segment][state.firstRow + row]
    }

    /// Completes a landing: values carried over from replaced rows, and identifying cells.
    func finish(
      _ out: inout TableLanding,
      carried: [Carried]
    ) throws(Failure) {
      let table = lander.table
      if !carried.isEmpty {
        for declaration in table.storedColumns where lander.coded[declaration.name] == nil {
          let stored = try lander.reader.column(declaration, of: table.name, segments)
          out.columns[declaration.name] = declaration.carrying(
            stored, carried.map { (to: $0.row, from: $0.position) }, rows: lander.batch.rowCount)
        }
      }
      var place: [Int: Int] = [:]
      if !carried.isEmpty { for (i, row) in out.newRows.enumerated() { place[Int(row)] = i } }
      for (name, column) in batchCells {
        for (i, row) in out.newRows.enumerated() {
          if let value = column.text(at: Int(row)) { out.cells.append((name, i, value)) }
        }
      }
      for declaration in table.privateColumns
      where lander.batch.columns[declaration.name] == nil {
        for one in carried {
          if let value = storedCell(declaration.name, one.segment, one.storedRow),
            let row = place[one.row]
          {
            out.cells.append((declaration.name, row, value))
          }
        }
      }
    }
  }
}

extension ColumnDeclaration {
  /// A column of missing values but for some rows, taken from positions of another column.
  fileprivate func carrying(_ from: Column, _ rows: [(to: Int, from: Int)], rows count: Int)
    -> Column
  {
    func fill<T>(_ source: [T], _ missing: T) -> [T] {
      var out = [T](repeating: missing, count: count)
      for row in rows { out[row.to] = source[row.from] }
      return out
    }
    return switch from {
    case .text(let codes, let lexicon): .text(codes: fill(codes, Column.missingCode), lexicon)
    case .integer(let values): .integer(fill(values, Column.missingInteger))
    case .decimal(let values): .decimal(fill(values, .nan))
    case .day(let values): .day(fill(values, Column.missingDay))
    }
  }
}
