/// Compares the totals of a table with its marks; they are never people.
struct TotalCheck {
  let cells: SheetCells
  let table: Table
  private var totalRows: [Int] = []
  /// People counted on each row, by session: as people, and as marks.
  private var counted: [Int: [(people: Int, marks: Int)]] = [:]

  init(cells: SheetCells, table: Table) {
    self.cells = cells
    self.table = table
  }

  /// Whether a row holds totals or means; it is kept to be compared.
  mutating func isTotal(_ row: Int, _ nameColumns: [Int]) -> Bool {
    let first = table.sessions.first?.column ?? table.columns.upperBound
    let labels = (table.columns.lowerBound..<max(first, table.columns.lowerBound)).filter {
      !cells.isBlank(row, $0)
    }
    for column in labels {
      let fold = cells.fold(row, column)
      if HeadingWords.isMean(fold) { return true }
      if HeadingWords.isTotal(fold) || HeadingWords.isCount(fold) {
        totalRows.append(row)
        return true
      }
    }
    return false
  }

  mutating func count(_ row: Int, _ person: SheetPerson, _ line: [Mark], except: Set<Int>) {
    counted[row] = line.indices.map { i in
      except.contains(i) ? (0, 0) : TotalCheck.weight(line[i], person)
    }
  }

  static func weight(_ mark: Mark, _ person: SheetPerson) -> (people: Int, marks: Int) {
    let size =
      person.mention.name == nil ? person.mention.size ?? 1 : 1 + person.mention.companions
    return switch mark.meaning {
    case .present, .late: (size, 1)
    case .with(let n): (max(size, 1 + n), 1)
    case .only(let n): (n, 1)
    case .nothing, .absent, .excused, .cancelled, .doubtful, .unknown: (0, 0)
    }
  }

  /// Tells of the totals that differ; a total may count people or marks, since the last one or
  /// since the top.
  func check(_ sessions: [SheetSession], _ cancelled: Set<Int>, _ out: inout ReadingBuilder) {
    var last = table.body.lowerBound
    for total in totalRows {
      for (i, column) in table.sessions.enumerated() where !cancelled.contains(i) {
        guard let shown = cells.integer(total, column.column), sessions[i].fault == nil else {
          continue
        }
        let above = counted.filter { $0.key < total }
        let recent = above.filter { $0.key >= last }
        func sums(_ rows: [Int: [(people: Int, marks: Int)]]) -> [Int] {
          let own = rows.values.map { $0[i] }
          return [own.reduce(0) { $0 + $1.people }, own.reduce(0) { $0 + $1.marks }]
        }
        if (sums(above) + sums(recent)).contains(shown) {
          out.reading.totalsChecked += 1
        } else {
          out.tell(cells, total, column.column, "total.differs", .doubtful)
        }
      }
      last = total + 1
    }
    for column in table.columns(.total)
    where !table.sessions.contains(where: { $0.column == column }) {
      for (row, line) in counted {
        guard let shown = cells.integer(row, column) else { continue }
        let sums = [line.reduce(0) { $0 + $1.people }, line.reduce(0) { $0 + $1.marks }]
        if sums.contains(shown) {
          out.reading.totalsChecked += 1
        } else {
          out.tell(cells, row, column, "total.differs", .doubtful)
        }
      }
    }
  }
}
