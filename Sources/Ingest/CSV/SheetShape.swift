/// Lines of a file that are no rows of its table, and are listed.
package struct Aside: Sendable, Equatable {
  /// What the lines are.
  package enum Kind: String, Sendable {
    /// Titles and remarks above the headings.
    case preamble
    /// Another table below the first.
    case furtherTable = "further-table"
    /// The headings again, as at the top of each printed page.
    case repeatedHeader = "repeated-header"
    /// Remarks below the last row.
    case footer
  }

  /// What they are.
  package var kind: Kind
  /// The first and the last of the lines, 1-based.
  package var lines: ClosedRange<Int>
  /// Their cells.
  package var rows: [[String]]
}

/// Where the table of a file is: its headings, its rows, and what stands around.
struct SheetShape {
  /// The number of cells that a row has.
  private(set) var width = 0
  /// Records of headings, one above the other; none when the file has no headings.
  private(set) var header: [Int] = []
  /// Records of rows, in the order of the file.
  private(set) var rows: [Int] = []
  private(set) var asides: [(kind: Aside.Kind, records: [Int])] = []
  private(set) var profile = TableProfile(Grid(), [], width: 0)

  private let grid: Grid
  private let judge: HeaderJudge

  /// A run of records of one width without a blank line, or a few of them.
  private struct Block {
    var records: [Int]
    var width: Int
    var isAfterBlank: Bool
  }

  /// Finds the table; `hasHeader` is what the user says.
  init(_ grid: Grid, known: Set<String>, hasHeader: Bool?) {
    self.grid = grid
    judge = HeaderJudge(grid: grid, known: known)
    var blocks = self.blocks()
    guard !blocks.isEmpty else { return }
    let main = mainBlock(blocks)
    width = blocks[main].width
    var above = blocks[..<main].flatMap(\.records)
    if !blocks[main].isAfterBlank {
      // Rows of a somewhat other width directly above: mostly the headings.
      while let last = above.last, isNearly(last) {
        blocks[main].records.insert(last, at: 0)
        above.removeLast()
      }
    }
    rows = blocks[main].records
    takeHeader(from: &above, hasHeader)
    if !above.isEmpty { asides.append((.preamble, above)) }
    takeRest(Array(blocks[(main + 1)...]))
    takeRepeatedHeaders()
    takeFooter()
    keepBlankRows()
    asides.sort { ($0.records.first ?? 0) < ($1.records.first ?? 0) }
  }

  /// Rows of delimiters alone between others are rows too.
  private mutating func keepBlankRows() {
    guard let last = rows.last, let first = header.last.map({ $0 + 1 }) ?? rows.first else {
      return
    }
    guard first <= last else { return }
    let ours = Set(rows)
    rows = (first...last).filter { ours.contains($0) || isBlank($0) }
  }

  // MARK: - Blocks

  private func isBlank(_ record: Int) -> Bool { grid.isEmpty(fields: grid.fields(of: record)) }

  private func filled(_ record: Int) -> Int {
    let s = grid.bytes.span
    return grid.fields(of: record).count { !Cells.trimmed(s, grid.range($0)).isEmpty }
  }

  private func isNearly(_ record: Int) -> Bool {
    let count = grid.fields(of: record).count
    return abs(count - width) <= max(1, width / 3) && filled(record) * 2 >= max(width, 4)
  }

  private func blocks() -> [Block] {
    var runs: [Block] = []
    var blank = grid.afterBlank.makeIterator()
    var nextBlank = blank.next()
    var isAfterBlank = false
    for record in 0..<grid.recordCount {
      while let b = nextBlank, b <= Int32(record) {
        if b == Int32(record) { isAfterBlank = true }
        nextBlank = blank.next()
      }
      if isBlank(record) {
        isAfterBlank = true
        continue
      }
      let count = grid.fields(of: record).count
      if !isAfterBlank, runs.last?.width == count {
        runs[runs.count - 1].records.append(record)
      } else {
        runs.append(
          Block(records: [record], width: count, isAfterBlank: isAfterBlank && !runs.isEmpty))
      }
      isAfterBlank = false
    }
    // A row or two of another width within a block are uneven rows of it.
    var out: [Block] = []
    for run in runs {
      let width = out.last?.width ?? 0
      // A lone title is no block for its table to be uneven in.
      let isTitled =
        run.width > width && (out.last?.records.count ?? 0) <= 2
        && (run.width >= 2 * width || run.records.count >= 3)
      if !out.isEmpty, !run.isAfterBlank,
        run.width == width || (run.records.count <= 2 && !isTitled)
      {
        out[out.count - 1].records += run.records
      } else {
        out.append(run)
      }
    }
    for i in out.indices { out[i].width = usualWidth(of: out[i].records) }
    return out
  }

  /// The width that most records have; of equals, the first.
  private func usualWidth(of records: [Int]) -> Int {
    var counts: [Int: Int] = [:]
    var best = (width: 0, count: 0)
    for record in records { counts[grid.fields(of: record).count, default: 0] += 1 }
    for record in records {
      let width = grid.fields(of: record).count
      if let count = counts[width], count > best.count { best = (width, count) }
    }
    return best.width
  }

  /// The first block that is a table: by its headings, or by half as many cells as any has.
  private func mainBlock(_ blocks: [Block]) -> Int {
    let sizes = blocks.map { block in
      // Filled cells, of many rows estimated.
      let sample = block.records.prefix(200)
      let filled = sample.reduce(0) { $0 + min(self.filled($1), 64) }
      return Double(filled) * Double(block.records.count) / Double(sample.count)
    }
    let most = sizes.max() ?? 0
    let largest = sizes.firstIndex(of: most) ?? 0
    return blocks.indices.first {
      guard blocks[$0].records.count >= 3 else { return false }
      return isTable(blocks[$0])
        || (sizes[$0] * 2 >= most
          && (blocks[$0].width >= 3 || blocks[$0].width >= blocks[largest].width))
    } ?? largest
  }

  /// Whether a block's first row surely heads the rows below.
  private func isTable(_ block: Block) -> Bool {
    let body = TableProfile(grid, block.records.dropFirst(), width: block.width)
    let first = block.records[0]
    return block.width >= 3 && filled(first) == block.width && body.typedCount >= 1
      && isHead(first, over: body, atLeast: 1) && judge.score(first, over: body) > 0.5
  }

  // MARK: - Headings

  private mutating func takeHeader(from above: inout [Int], _ hasHeader: Bool?) {
    let first = topRow()
    if first > 0 { above += rows[..<first] }
    rows.removeFirst(first)
    if hasHeader == false {
      profile = TableProfile(grid, rows, width: width)
      return
    }
    guard let top = rows.first else { return }
    let depth = headerDepth(top, hasHeader)
    if let last = above.last, isDetachedHeader(last, depth: depth, top: top) {
      // Headings with a blank line below them.
      header = [last]
      above.removeLast()
    } else if depth > 0 {
      header = Array(rows[..<depth])
      rows.removeFirst(depth)
    } else {
      profile = TableProfile(grid, rows, width: width)
      return
    }
    // A sparse row of groups directly above: `Janvier ; ; ; Février`.
    while let last = above.last, last + 1 == header[0], !grid.isAfterBlank(header[0]),
      isGroupRow(last)
    {
      header.insert(last, at: 0)
      above.removeLast()
    }
    profile = TableProfile(grid, rows, width: width)
  }

  /// The first row that is filled as rows are.
  private func topRow() -> Int {
    let body = rows.dropFirst(min(3, rows.count / 2))
    let counts = body.prefix(100).map(filled).sorted()
    guard let usual = counts.isEmpty ? nil : counts[counts.count / 2], usual >= 2 else { return 0 }
    let sparse = usual >= 3 ? max(1, usual / 3) : 1
    let top = rows.prefix(40).firstIndex { filled($0) > sparse } ?? 0
    // Of two columns, one may be empty in any row.
    return top > 0 && usual == 2 && !isFollowedByBlank(rows[top - 1]) ? 0 : top
  }

  private func isFollowedByBlank(_ record: Int) -> Bool {
    grid.isAfterBlank(record + 1)
      || (record + 1 < grid.recordCount && isBlank(record + 1))
  }

  /// A file of one row: headings, when nothing in it is a number or a date.
  private func looksLikeLoneHeader(_ record: Int) -> Bool {
    let s = grid.bytes.span
    let kinds = grid.fields(of: record).map { CellKind(s, grid.range($0)) }
    return !kinds.contains { $0.isTyped } && kinds.count { $0 == .empty } * 2 <= kinds.count
  }

  /// Whether a full row above a blank line heads the rows below, and better than their first.
  private func isDetachedHeader(_ last: Int, depth: Int, top: Int) -> Bool {
    guard depth < 2, grid.fields(of: last).count == width,
      filled(last) * 5 >= max(profile.filledCount, width) * 4
    else { return false }
    let score = judge.score(last, over: profile)
    return depth == 0 ? score > 0 : score >= judge.score(top, over: profile)
  }

  /// How many rows of headings there are.
  private mutating func headerDepth(_ top: Int, _ hasHeader: Bool?) -> Int {
    // The headings again further below tell nothing of the columns.
    let others = rows.filter { $0 != top && !isSame($0, top) }
    profile = TableProfile(grid, others, width: width)
    if others.isEmpty { return hasHeader ?? looksLikeLoneHeader(top) ? rows.count : 0 }
    let deepest = min(SheetShape.mostHeader, rows.count / 2)
    let body = others.dropFirst(max(0, min(deepest, others.count - 2)))
    let deep = TableProfile(grid, body, width: width)
    var depth = 0
    for i in 0..<deepest where depth == i || i == 1 {
      if isHead(rows[i], over: deep) || (depth == i && i > 0 && isSame(rows[i], top))
        || (isHead(rows[i], over: deep, atLeast: 1) && judge.score(rows[i], over: deep) > 1.2)
      {
        depth = i + 1
      }
    }
    if depth > 1 { return depth }
    var isHeader = hasHeader ?? (judge.score(top, over: profile) > 0)
    if !isHeader, hasHeader == nil, depth == 1 {
      isHeader = judge.score(top, over: deep) > 0
    }
    guard isHeader else { return 0 }
    depth = 1
    while depth < deepest, isSame(rows[depth], top) { depth += 1 }
    return depth
  }

  private static let mostHeader = 4

  /// Whether a row has text over columns of other things, and nothing of theirs.
  private func isHead(_ record: Int, over body: TableProfile, atLeast least: Int = 2) -> Bool {
    guard body.rowCount >= 2, grid.fields(of: record).count == body.columns.count else {
      return false
    }
    let s = grid.bytes.span
    var (texts, others) = (0, 0)
    for (column, field) in grid.fields(of: record).enumerated()
    where body.columns[column].typed != nil {
      switch CellKind(s, grid.range(field)) {
      case .text, .code: texts += 1
      case .empty: break
      default: others += 1
      }
    }
    return others == 0 && texts >= least && texts * 2 > body.typedCount
  }

  private func isGroupRow(_ record: Int) -> Bool {
    let s = grid.bytes.span
    let cells = grid.fields(of: record).enumerated().filter {
      CellKind(s, grid.range($1)) != .empty
    }
    return cells.count >= 2 && cells.count < width && (cells.last?.offset ?? 0) >= 2
      && grid.fields(of: record).count >= width - 1
  }

  private func isSame(_ a: Int, _ b: Int) -> Bool {
    let (x, y) = (grid.fields(of: a), grid.fields(of: b))
    guard x.count == y.count, !isBlank(a) else { return false }
    let s = grid.bytes.span
    return zip(x, y).allSatisfy {
      Cells.equal(s, Cells.trimmed(s, grid.range($0)), s, Cells.trimmed(s, grid.range($1)))
    }
  }

  // MARK: - Below

  private mutating func takeRest(_ blocks: [Block]) {
    for (i, block) in blocks.enumerated() {
      if isFurtherTable(block) {
        asides.append((.furtherTable, blocks[i...].flatMap(\.records)))
        return
      }
      rows += block.records
    }
  }

  private func isFurtherTable(_ block: Block) -> Bool {
    let first = block.records[0]
    if let head = header.last, isSame(first, head) { return false }
    let below = TableProfile(grid, block.records.dropFirst(), width: block.width)
    if block.width == width {
      // Another table when its first row heads the rows below it, and not ours.
      guard block.records.count >= 2, profile.typedCount > 0, !header.isEmpty else { return false }
      return judge.score(first, over: profile) > 0.8 && judge.score(first, over: below) > 0.8
    }
    guard block.records.count >= 2, block.width >= 2 else { return false }
    if sharesHeadings(first) { return true }
    return (block.isAfterBlank || block.records.count >= 3)
      && judge.score(first, over: below) > (block.isAfterBlank ? 0.3 : 1)
  }

  /// Whether a row says again half of the headings.
  private func sharesHeadings(_ record: Int) -> Bool {
    guard let head = header.last else { return false }
    let ours = Set(grid.strings(of: head).map(Fold.key)).subtracting([""])
    let theirs = grid.strings(of: record).map(Fold.key)
    return ours.count >= 2 && theirs.count { ours.contains($0) } * 2 > theirs.count
  }

  /// Headings again within the rows: of a printed page, or of the whole table pasted twice.
  private mutating func takeRepeatedHeaders() {
    guard let head = header.last else { return }
    let repeats = rows.indices.filter { isSame(rows[$0], head) }
    guard let first = repeats.first else { return }
    let before = Set(rows[..<first].map { grid.strings(of: $0) })
    let after = rows[first...].filter { !isSame($0, head) && !isBlank($0) }
    if after.count >= 2, after.allSatisfy({ before.contains(grid.strings(of: $0)) }) {
      asides.append((.furtherTable, Array(rows[first...])))
      rows.removeSubrange(first...)
      return
    }
    let isRepeat = Set(repeats)
    asides += repeats.map { (.repeatedHeader, [rows[$0]]) }
    rows = rows.indices.filter { !isRepeat.contains($0) }.map { rows[$0] }
  }

  /// Sets lone cells below the rows aside: remarks, unless they may be rows left unfilled.
  private mutating func takeFooter() {
    while let last = rows.last, isBlank(last) { rows.removeLast() }
    var start = rows.count
    while start > 1, rows.count - start < SheetShape.mostFooter, filled(rows[start - 1]) <= 1 {
      start -= 1
    }
    guard width >= 2 else { return }
    // The first of them that is surely a remark, and all below it.
    while start < rows.count, !isFooter(rows[start]) { start += 1 }
    guard start < rows.count else { return }
    asides.append((.footer, rows[start...].filter { !isBlank($0) }))
    rows.removeSubrange(start...)
    while let last = rows.last, isBlank(last) { rows.removeLast() }
  }

  private static let mostFooter = 200

  private func isFooter(_ record: Int) -> Bool {
    guard filled(record) == 1 else { return false }
    let fields = grid.fields(of: record)
    let isDetached = grid.isAfterBlank(record) || (record > 0 && isBlank(record - 1))
    if isDetached || (fields.count == 1 && width >= 3) { return true }
    guard width >= 3, let field = fields.first else { return false }
    let cell = grid.string(field)
    let most = profile.columns.first?.lengths.most ?? 0
    return cell.utf8.count > 3 * max(most, 8) || cell.contains(" : ") || cell.contains("=")
      || cell.hasPrefix("*")
  }
}
