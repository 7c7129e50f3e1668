import Columns
import Model

extension IntakeRun {
  /// The rows set aside, as far as they can be read, or all rows: what they may speak of.
  func openRows(ofAll: Bool = false) -> [(record: Int32, row: OpenRow)] {
    var fields: [Int32: Set<Int>] = [:]
    for problem in problems {
      fields[problem.record, default: []].formUnion([problem.column].compactMap { $0 })
    }
    let records =
      ofAll
      ? (sheet.headerRecord + 1..<max(sheet.grid.recordCount, sheet.headerRecord + 1)).map {
        Int32($0)
      } : fields.keys.sorted()
    var out: [(record: Int32, row: OpenRow)] = []
    for record in records {
      let line = Int(sheet.grid.lines[Int(record)])
      for table in tables {
        if broken.contains(record) {
          out.append((record, OpenRow(table: table.table.name, line: line, isBroken: true)))
          continue
        }
        for row in table.rows(of: record) {
          out.append(
            (
              record,
              OpenRow(
                table: table.table.name, line: line,
                values: table.openValues(
                  row, faulty: fields[record] ?? [], among: typing.candidatesOfWaiting[record]))
            ))
        }
      }
    }
    return out
  }
}

extension StagedTable {
  /// The rows of a record.
  fileprivate func rows(of record: Int32) -> Range<Int> {
    var (low, high) = (0, records.count)
    while low < high {
      let middle = (low + high) / 2
      if records[middle] < record { low = middle + 1 } else { high = middle }
    }
    let first = low
    while low < records.count, records[low] == record { low += 1 }
    return first..<low
  }

  /// What a row says in the columns that tell rows apart. `faulty` are the fields that could not be
  /// read, `people` those whom its name may mean.
  fileprivate func openValues(
    _ row: Int, faulty: Set<Int>, among people: [String]?
  ) -> [String: OpenRow.Value] {
    let scope = table.scope.map { $0.hasSuffix(".year") ? String($0.dropLast(5)) : $0 }
    var out: [String: OpenRow.Value] = [:]
    for name in Set(table.key + scope) {
      guard let i = columns.firstIndex(where: { $0.declaration.name == name }) else { continue }
      let column = columns[i]
      guard column.isMissing(row) else {
        out[name] =
          switch column.storage {
          case .codes: .texts([column.interner.string(column.codes[row])])
          case .integers: .integer(column.integers[row])
          case .days: .day(column.days[row])
          case .decimals: .unknown
          }
        continue
      }
      if allFields[i].isDisjoint(with: faulty), !column.declaration.isRequired { continue }
      let isPerson = name == table.person
      out[name] = isPerson ? people.map(OpenRow.Value.texts) ?? .unknown : .unknown
    }
    return out
  }
}
