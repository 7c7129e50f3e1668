import Columns

/// Sheets of one table as one list: columns of one heading stand under one another.
struct StackedPages {
  private(set) var header: [String] = []
  private(set) var grid = Grid()
  private(set) var origins: [SheetOrigin] = []
  private var places: [Heading: Int] = [:]

  /// A heading, folded, and how often a sheet had it before.
  private struct Heading: Hashable {
    var key: String
    var turn: Int
  }

  init(_ pages: [SheetPage]) {
    let fields = pages.map { page in
      var turns: [String: Int] = [:]
      return page.header.map { text -> Int in
        let key = Fold.key(text)
        let heading = Heading(key: key, turn: turns[key, default: 0])
        turns[key, default: 0] += 1
        return field(of: heading, text)
      }
    }
    var record: [Range<Int>] = []
    for text in header {
      record.append(grid.bytes.count..<grid.bytes.count + text.utf8.count)
      grid.bytes.append(contentsOf: text.utf8)
    }
    grid.append(record, line: Int32(pages.first?.shape.header.last ?? 0) + 1)
    for (number, page) in pages.enumerated() { add(page, number, fields[number]) }
    grid.textCount = grid.bytes.count
  }

  private mutating func field(of heading: Heading, _ text: String) -> Int {
    if let known = places[heading] { return known }
    places[heading] = header.count
    header.append(text)
    return header.count - 1
  }

  private mutating func add(_ page: SheetPage, _ number: Int, _ fields: [Int]) {
    var columns = [Int?](repeating: nil, count: header.count)
    for (column, field) in fields.enumerated() { columns[field] = column }
    origins.append(SheetOrigin(name: page.name, rank: page.rank, columns: columns))
    let base = grid.bytes.count
    grid.bytes.append(contentsOf: page.grid.bytes)
    var record = [Range<Int>](repeating: 0..<0, count: header.count)
    for row in page.shape.rows {
      for i in record.indices { record[i] = 0..<0 }
      for (column, cell) in page.grid.fields(of: row).enumerated() where column < fields.count {
        let range = page.grid.range(cell)
        record[fields[column]] = base + range.lowerBound..<base + range.upperBound
      }
      grid.append(
        record, line: SheetLine.number(page: number, row: Int(page.grid.lines[row])))
    }
  }
}
