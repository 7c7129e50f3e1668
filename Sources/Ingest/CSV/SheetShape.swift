/// Where the table of a file is: its headings, its rows, and what stands around.
struct SheetShape {
  /// The number of cells that a row has.
  var width = 0
  /// Records of headings, one above the other; none when the file has no headings.
  var header: [Int] = []
  /// Records of rows, in the order of the file.
  var rows: [Int] = []
  var asides: [(kind: Aside.Kind, records: [Int])] = []
  var profile = TableProfile(Grid(), [], width: 0)

  let grid: Grid
  let judge: HeaderJudge
  /// Whether it is a file that the program wrote for a person to fill in.
  private(set) var isOwnFile = false

  /// A run of records of one width without a blank line, or a few of them.
  struct Block {
    var records: [Int]
    var width: Int
    var isAfterBlank: Bool
  }

  /// Finds the table; `hasHeader` is what the user says.
  init(_ grid: Grid, known: Set<String>, hasHeader: Bool?) {
    self.grid = grid
    judge = HeaderJudge(grid: grid, known: known)
    if takeOwnFile() { return }
    var blocks = self.blocks()
    guard !blocks.isEmpty else { return }
    let main = mainBlock(blocks)
    width = blocks[main].width
    // Full rows of the same width above a blank line belong to the table.
    var top = main
    while top > 0, blocks[top - 1].width == width,
      blocks[top - 1].records.contains(where: { filled($0) * 2 > width }),
      blocks[top - 1].records.count > 1
    {
      top -= 1
    }
    if top < main { blocks[main].records = blocks[top...main].flatMap(\.records) }
    var above = blocks[..<top].flatMap(\.records)
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

  /// A file of rejects, or of names to decide on, has its own headings, and nothing but rows below:
  /// none of them is a footer or a total, whatever it looks like.
  private mutating func takeOwnFile() -> Bool {
    let first = (0..<min(grid.recordCount, SheetShape.mostAboveOwn)).first { record in
      // Long cells are no headings of ours, and there may be very many of them.
      let cells = grid.fields(of: record).prefix(256).map { field in
        grid.range(field).count > 32 ? "" : OpenedSheet.heading(grid.string(field))
      }
      return RejectsFile.isHeader(cells) || NamesFile.isHeader(cells)
    }
    guard let first else { return false }
    header = [first]
    rows = Array(first + 1..<grid.recordCount)
    width = grid.fields(of: first).count
    profile = TableProfile(grid, rows, width: width)
    let above = (0..<first).filter { !isBlank($0) }
    if !above.isEmpty { asides = [(.preamble, above)] }
    isOwnFile = true
    return true
  }

  /// A spreadsheet program may leave a `sep=` line or a blank one above.
  private static let mostAboveOwn = 4

  /// Whether a cell of a row stood between quotes: an empty one was written on purpose.
  private func isWritten(_ record: Int) -> Bool {
    grid.fields(of: record).contains { grid.isQuoted($0, Dialect.doubleQuote) }
  }

  /// Rows of delimiters alone between others are rows too.
  private mutating func keepBlankRows() {
    guard let last = rows.last, var first = rows.first, first <= last else { return }
    while let head = header.last, first - 1 > head, isBlank(first - 1), isWritten(first - 1) {
      first -= 1
    }
    let ours = Set(rows)
    rows = (first...last).filter { ours.contains($0) || isBlank($0) }
  }

  // MARK: - Blocks

  func isBlank(_ record: Int) -> Bool { grid.isEmpty(fields: grid.fields(of: record)) }

  func filled(_ record: Int) -> Int {
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
    // A line of delimiters alone below the headings is there for the eye.
    while let first = rows.first, isBlank(first), !isWritten(first) { rows.removeFirst() }
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
    if hasHeader != false, rows.count >= 4, isGrouped(top, by: rows[1]) { return 2 }
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
      case .empty, .blankSign: break
      default: others += 1
      }
    }
    return others == 0 && texts >= least && texts * 2 > body.typedCount
  }

  /// Whether a second row of headings fills the gaps of the first: `Hommes ; ; Femmes ;` above
  /// `2023 ; 2024 ; 2023 ; 2024`.
  private func isGrouped(_ first: Int, by second: Int) -> Bool {
    let (upper, lower) = (grid.fields(of: first), grid.fields(of: second))
    guard isGroupRow(first), upper.count == width, lower.count == width else { return false }
    let s = grid.bytes.span
    var hasGap = false
    for (a, b) in zip(upper, lower) {
      let (above, below) = (CellKind(s, grid.range(a)), CellKind(s, grid.range(b)))
      if above.isTyped || (above == .empty && below == .empty) { return false }
      if below == .empty { hasGap = true }
      // Years and days of a month head columns; other numbers are rows.
      if below.isTyped {
        guard let n = Int(grid.string(b)), (1...31).contains(n) || (1900...2100).contains(n) else {
          return false
        }
      }
    }
    // Groups that stand for several columns each, above a full row that heads those below it.
    return hasGap || (hasShared(upper) && isHeading(second))
  }

  /// Whether a heading of a group is followed by a column without one.
  private func hasShared(_ upper: Range<Int>) -> Bool {
    let s = grid.bytes.span
    let filled = upper.map { !Cells.trimmed(s, grid.range($0)).isEmpty }
    return zip(filled, filled.dropFirst()).contains { $0 && !$1 }
  }

  /// Whether a row heads the rows below it.
  private func isHeading(_ record: Int) -> Bool {
    guard let at = rows.firstIndex(of: record) else { return false }
    let below = TableProfile(grid, rows[(at + 1)...], width: width)
    return judge.score(record, over: below) > 0.5
  }

  private func isGroupRow(_ record: Int) -> Bool {
    let s = grid.bytes.span
    let cells = grid.fields(of: record).enumerated().filter {
      CellKind(s, grid.range($1)) != .empty
    }
    return cells.count >= 2 && cells.count < width && (cells.last?.offset ?? 0) >= 2
      && grid.fields(of: record).count >= width - 1
  }

  func isSame(_ a: Int, _ b: Int) -> Bool {
    let (x, y) = (grid.fields(of: a), grid.fields(of: b))
    guard x.count == y.count, !isBlank(a) else { return false }
    let s = grid.bytes.span
    return zip(x, y).allSatisfy {
      Cells.equal(s, Cells.trimmed(s, grid.range($0)), s, Cells.trimmed(s, grid.range($1)))
    }
  }
}
