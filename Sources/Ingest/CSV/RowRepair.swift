/// Mends rows that were cut into the wrong number of cells, where the other rows show how: a
/// delimiter too many or too few, text with a delimiter that was not quoted, a row separated in
/// another way.
///
/// The cells are aligned with the columns at the least cost (Needleman and Wunsch, 1970), where a
/// step may also join cells, drop an empty one, leave a column empty, or split a cell; a cell
/// costs as much as it misfits its column. A mend is kept when it is clearly better than padding
/// or cutting the row at its end.
struct RowRepair {
  let grid: Grid
  let dialect: Dialect
  let profile: TableProfile
  /// Work that is left, in cells looked at: a file of nothing but odd rows is not worth more.
  private var left = 3_000_000

  init(grid: Grid, dialect: Dialect, profile: TableProfile) {
    self.grid = grid
    self.dialect = dialect
    self.profile = profile
  }

  private static let joinCost = 0.45
  private static let dropCost = 0.4
  private static let padCost = 0.5
  private static let splitCost = 0.5
  /// How much better than the row as it stands a mend must be.
  private static let margin = 0.35

  private enum Step: UInt8 {
    case none, match, join2, join3, join4, drop, pad, split
  }

  /// The cells of a record as they should have been; nil when that cannot be told.
  mutating func mended(_ record: Int) -> [Range<Int>]? {
    let cells = grid.fields(of: record).map(grid.range)
    let width = profile.columns.count
    guard width >= 2, profile.rowCount >= 2, cells.count != width else { return nil }
    if cells.count * 2 <= width, let other = otherwiseSeparated(cells, width) { return other }
    guard cells.count <= width + 64, left > 0 else { return nil }
    var work = 0
    let found = aligned(cells, width, &work)
    left -= work
    guard let (cost, mend) = found else { return nil }
    return cost + RowRepair.margin <= plainCost(cells, width) ? mend : nil
  }

  /// What it costs to leave the row as it stands.
  private func plainCost(_ cells: [Range<Int>], _ width: Int) -> Double {
    let s = grid.bytes.span
    var cost = cells.count > width ? RowRepair.joinCost : RowRepair.padCost
    for (cell, column) in zip(cells, profile.columns) { cost += column.misfit(s, cell) }
    for column in profile.columns.dropFirst(cells.count) {
      cost += column.misfit(s, 0..<0)
    }
    for cell in cells.dropFirst(width) where !Cells.trimmed(s, cell).isEmpty { cost += 1 }
    return cost
  }

  private func aligned(
    _ cells: [Range<Int>], _ width: Int, _ work: inout Int
  ) -> (Double, [Range<Int>])? {
    let s = grid.bytes.span
    let n = cells.count
    let stride = width + 1
    // As many columns are skipped, or cells joined, as there are too few or too many.
    let (most, least) = (max(0, width - n), min(0, width - n))
    var cost = [Double](repeating: .infinity, count: (n + 1) * stride)
    var steps = [Step](repeating: .none, count: (n + 1) * stride)
    var splits: [Int: Int] = [:]
    cost[0] = 0
    for i in 0...n {
      for j in max(0, i + least)...max(0, min(width, i + most))
      where j <= width && cost[i * stride + j] < .infinity {
        work += 5
        let base = cost[i * stride + j]
        func take(_ di: Int, _ dj: Int, _ more: Double, _ step: Step) -> Bool {
          let at = (i + di) * stride + j + dj
          guard base + more < cost[at] else { return false }
          cost[at] = base + more
          steps[at] = step
          return true
        }
        if n < width, j < width {
          _ = take(0, 1, RowRepair.padCost + profile.columns[j].misfit(s, 0..<0) * 0.5, .pad)
        }
        guard i < n else { continue }
        let isEmpty = Cells.trimmed(s, cells[i]).isEmpty
        if isEmpty, n > width { _ = take(1, 0, RowRepair.dropCost, .drop) }
        guard j < width else { continue }
        _ = take(1, 1, profile.columns[j].misfit(s, cells[i]), .match)
        for (k, step) in [(2, Step.join2), (3, .join3), (4, .join4)] where n > width && i + k <= n {
          guard let joined = joined(s, cells[i..<(i + k)]) else { break }
          let more = RowRepair.joinCost * Double(k - 1) + joinedMisfit(s, joined, j)
          _ = take(k, 1, more, step)
        }
        if n < width, j + 1 < width, !isEmpty, work < left {
          work += 4 * cells[i].count
          guard let (at, more) = bestSplit(s, cells[i], j),
            take(1, 2, RowRepair.splitCost + more, .split)
          else { continue }
          splits[(i + 1) * stride + j + 2] = at
        }
      }
    }
    let total = cost[n * stride + width]
    guard total < .infinity else { return nil }
    var out: [Range<Int>] = []
    var (i, j) = (n, width)
    while i > 0 || j > 0 {
      let at = i * stride + j
      switch steps[at] {
      case .match:
        out.append(unquoted(s, cells[i - 1]))
        (i, j) = (i - 1, j - 1)
      case .join2, .join3, .join4:
        let k = steps[at] == .join2 ? 2 : steps[at] == .join3 ? 3 : 4
        guard let cell = joined(s, cells[(i - k)..<i]) else { return nil }
        out.append(unquoted(s, cell))
        (i, j) = (i - k, j - 1)
      case .drop: i -= 1
      case .pad:
        out.append(0..<0)
        j -= 1
      case .split:
        guard let split = splits[at] else { return nil }
        let cell = cells[i - 1]
        out.append(unquoted(s, split..<cell.upperBound))
        out.append(unquoted(s, cell.lowerBound..<split))
        (i, j) = (i - 1, j - 2)
      case .none: return nil
      }
    }
    return (total, out.reversed())
  }

  /// Neighbouring cells as one, with the delimiters between; nil when they are not neighbours in
  /// the text.
  private func joined(_ s: Span<UInt8>, _ cells: ArraySlice<Range<Int>>) -> Range<Int>? {
    guard let first = cells.first, let last = cells.last, last.upperBound <= grid.textCount,
      first.lowerBound <= last.lowerBound, last.upperBound - first.lowerBound < 1 << 16
    else { return nil }
    return first.lowerBound..<last.upperBound
  }

  /// Text with a delimiter in it reads as text does: a blank after it, or quotes around.
  private func joinedMisfit(_ s: Span<UInt8>, _ cell: Range<Int>, _ column: Int) -> Double {
    let profile = profile.columns[column]
    let out = profile.misfit(s, cell)
    if profile.typed == nil, profile.filled > 0 {
      let hasBlank = cell.contains { p in
        s[p] == dialect.delimiter && p + 1 < cell.upperBound && s[p + 1] == 0x20
      }
      return hasBlank ? min(out, 0.05) : max(out, 0.75)
    }
    return out
  }

  /// Where a cell is best split between a column and the next.
  private func bestSplit(
    _ s: Span<UInt8>, _ cell: Range<Int>, _ column: Int
  ) -> (Int, Double)? {
    guard cell.count >= 2, cell.count <= 200 else { return nil }
    var best: (Int, Double)?
    for p in (cell.lowerBound + 1)..<cell.upperBound {
      // Not within a character.
      if s[p] & 0xC0 == 0x80 { continue }
      let left = unquoted(s, cell.lowerBound..<p)
      let right = unquoted(s, p..<cell.upperBound)
      if left.isEmpty || right.isEmpty { continue }
      var cost = profile.columns[column].misfit(s, left)
      if cost < (best?.1 ?? 2) { cost += profile.columns[column + 1].misfit(s, right) }
      // Letters and digits seldom run on from one cell into the next.
      if RowRepair.isLetter(s[p - 1]), RowRepair.isLetter(s[p]) {
        let isWordEnd = s[p - 1] >= 0x61 && s[p] >= 0x41 && s[p] <= 0x5A
        cost += isWordEnd ? 0.1 : 0.4
      }
      if Cells.isDigit(s[p - 1]), Cells.isDigit(s[p]) {
        cost += s[p] == UInt8(ascii: "0") ? 0.3 : 0.2
      }
      if cost < (best?.1 ?? 1.2) { best = (p, cost) }
    }
    return best
  }

  private static func isLetter(_ b: UInt8) -> Bool { (b | 0x20) &- 0x61 < 26 || b >= 0x80 }

  /// A piece of text without quotes around, or with a lone one at an edge taken off.
  private func unquoted(_ s: Span<UInt8>, _ piece: Range<Int>) -> Range<Int> {
    var (low, high) = (piece.lowerBound, piece.upperBound)
    guard dialect.quote != 0, low < high else { return piece }
    let quotes = piece.count { s[$0] == dialect.quote }
    guard quotes > 0, quotes <= 2 else { return piece }
    if s[low] == dialect.quote { low += 1 }
    if low < high, s[high - 1] == dialect.quote { high -= 1 }
    let left = (low..<high).contains { s[$0] == dialect.quote }
    return left ? piece : low..<high
  }

  /// A row separated by another sign than the file; the first may head its columns.
  func otherwiseSeparated(
    _ cells: [Range<Int>], _ width: Int, isFirst: Bool = false
  ) -> [Range<Int>]? {
    let s = grid.bytes.span
    guard var line = joined(s, cells[...]) else { return nil }
    if dialect.quote != 0 {
      var (low, high) = (line.lowerBound, line.upperBound)
      if low > 0, s[low - 1] == dialect.quote { low -= 1 }
      if high < grid.textCount, s[high] == dialect.quote { high += 1 }
      line = low..<high
    }
    for sign in [Dialect.semicolon, Dialect.tab, Dialect.comma, UInt8(ascii: "|"), 0x20]
    where sign != dialect.delimiter {
      var out: [Range<Int>] = []
      var from = line.lowerBound
      var isQuoted = false
      for p in line {
        if dialect.quote != 0, s[p] == dialect.quote { isQuoted.toggle() }
        guard !isQuoted, s[p] == sign else { continue }
        out.append(unquoted(s, from..<p))
        from = p + 1
      }
      out.append(unquoted(s, from..<line.upperBound))
      guard out.count == width else { continue }
      if isFirst, isHeading(s, out, line, sign) { return out }
      let cost = zip(out, profile.columns).reduce(0) { $0 + $1.1.misfit(s, $1.0) }
      if cost <= 0.15 * Double(width) + 0.3 { return out }
    }
    return nil
  }

  /// Whether the cells of the first row, cut in another way, head columns: all are filled, none is
  /// like its column, and the words of a title are not taken for them.
  private func isHeading(
    _ s: Span<UInt8>, _ cells: [Range<Int>], _ line: Range<Int>, _ sign: UInt8
  ) -> Bool {
    let typed = zip(cells, profile.columns).filter { $1.typed != nil }
    let quotes = line.count { s[$0] == dialect.quote }
    return cells.allSatisfy { !Cells.trimmed(s, $0).isEmpty } && !typed.isEmpty
      && typed.allSatisfy { !CellKind(s, $0.0).isTyped }
      && (sign != 0x20 ? cells.count >= 3 : quotes >= 2 * cells.count - 2)
  }
}
