import Columns
import Diagnostics
import Model

extension Lander {
  /// The values of the batch beside those of stored rows: do they agree, and what is carried over
  /// from a row that is replaced.
  ///
  /// A column that a sheet does not have says nothing: it neither contradicts the stored value
  /// nor erases it. Nor does a cell that the sheet does not speak of.
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
    private var stated: [(stored: [Int64], batch: [Int64], unsaid: [Bool]?)] = []
    /// Rows with a value, in a column that the sheet has, that no active import states any more:
    /// stated again as they are, they would have it back.
    private var haunted: Set<Int> = []
    /// For each identifying column: its cells by segment and row.
    private var storedCells: [String: [[Int: String]]] = [:]
    private var batchCells: [(name: String, column: Column, unsaid: [Bool]?)] = []

    init(_ lander: Lander, _ segments: [SegmentState]) throws(Failure) {
      self.lander = lander
      self.segments = segments
      let table = lander.table
      for declaration in table.storedColumns {
        if segments.isEmpty { continue }
        let stored = cells(try lander.reader.column(declaration, of: table.name, segments))
        let unsaid = lander.batch.unsaid[declaration.name]
        if let column = lander.coded[declaration.name] {
          stated.append((stored, cells(column), unsaid))
          if !segments.allSatisfy(\.ownerIsActive) {
            let all = cells(
              try lander.reader.column(declaration, of: table.name, segments.map(\.unmasked)))
            for (position, value) in all.enumerated() where value != stored[position] {
              haunted.insert(position)
            }
          }
        }
        if lander.coded[declaration.name] == nil || unsaid != nil {
          let missing = cells(declaration.missing(rows: 1))[0]
          if stored.contains(where: { $0 != missing }) {
            unstated.append(stored.map { $0 != missing })
          }
        }
      }
      for declaration in table.privateColumns {
        if let column = lander.batch.columns[declaration.name] {
          let unsaid = lander.batch.unsaid[declaration.name]
          batchCells.append((declaration.name, column, unsaid))
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
        if column.unsaid?[batchRow] != true { return false }
      }
      for (name, column, unsaid) in batchCells
      where storedCell(name, segment, storedRow) != column.text(at: batchRow) {
        if unsaid?[batchRow] != true { return false }
      }
      return true
    }

    /// Whether a stored row has a value in a column that the sheet does not have.
    func saysMore(_ position: Int, _ segment: Int, _ storedRow: Int) -> Bool {
      if unstated.contains(where: { $0[position] }) { return true }
      let stated = Set(batchCells.filter { $0.unsaid == nil }.map(\.name))
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
        for declaration in table.storedColumns {
          let column = lander.coded[declaration.name]
          let unsaid = lander.batch.unsaid[declaration.name]
          let rows = carried.filter { column == nil || unsaid?[$0.row] == true }
            .map { (to: $0.row, from: $0.position) }
          if column != nil, rows.isEmpty { continue }
          let stored = try lander.reader.column(declaration, of: table.name, segments)
          let own = column ?? declaration.missing(rows: lander.batch.rowCount)
          out.columns[declaration.name] = own.carrying(stored, rows)
        }
      }
      var place: [Int: Int] = [:]
      if !carried.isEmpty { for (i, row) in out.newRows.enumerated() { place[Int(row)] = i } }
      let kept = Set(carried.map { Int32($0.row) })
      for (name, column, unsaid) in batchCells {
        for (i, row) in out.newRows.enumerated() {
          if unsaid?[Int(row)] == true, kept.contains(row) { continue }
          if let value = column.text(at: Int(row)) { out.cells.append((name, i, value)) }
        }
      }
      for declaration in table.privateColumns {
        let unsaid = lander.batch.unsaid[declaration.name]
        let isAbsent = lander.batch.columns[declaration.name] == nil
        for one in carried where isAbsent || unsaid?[one.row] == true {
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

extension Column {
  /// The column with some rows taken from positions of another one, coded alike.
  fileprivate func carrying(_ from: Column, _ rows: [(to: Int, from: Int)]) -> Column {
    func fill<T>(_ own: [T], _ source: [T]) -> [T] {
      var out = own
      for row in rows { out[row.to] = source[row.from] }
      return out
    }
    return switch (self, from) {
    case (.text(let own, let lexicon), .text(let codes, _)): .text(codes: fill(own, codes), lexicon)
    case (.integer(let own), .integer(let values)): .integer(fill(own, values))
    case (.decimal(let own), .decimal(let values)): .decimal(fill(own, values))
    case (.day(let own), .day(let values)): .day(fill(own, values))
    default: self
    }
  }
}
