/// What stands below the table's first row: other tables, headings again, remarks, totals.
extension SheetShape {
  mutating func takeRest(_ blocks: [Block]) {
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
  mutating func takeRepeatedHeaders() {
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
  mutating func takeFooter() {
    while let last = rows.last, isBlank(last) { rows.removeLast() }
    var start = rows.count
    while start > 1, rows.count - start < SheetShape.mostFooter, filled(rows[start - 1]) <= sparse {
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

  /// Sets rows that sum up the list aside.
  mutating func takeTotals() {
    if isOwnFile { return }
    let start = TotalRows.ending(grid, rows)
    guard start < rows.count else { return }
    asides.append((.totals, Array(rows[start...])))
    rows.removeSubrange(start...)
    asides.sort { ($0.records.first ?? 0) < ($1.records.first ?? 0) }
  }

  private static let mostFooter = 200

  /// As many cells as a remark has: one, or a word before it in a wide table.
  private var sparse: Int { max(1, profile.filledCount / 6) }

  private func isFooter(_ record: Int) -> Bool {
    let fields = grid.fields(of: record)
    let isDetached = grid.isAfterBlank(record) || (record > 0 && isBlank(record - 1))
    guard filled(record) == 1 || isDetached else { return false }
    if isDetached || (fields.count == 1 && width >= 3) { return true }
    guard width >= 3, let field = fields.first else { return false }
    // Words where all else is dates or numbers.
    let s = grid.bytes.span
    if let column = profile.columns.first, column.typed != nil,
      CellKind(s, grid.range(field)) == .text, column.misfit(s, grid.range(field)) >= 1
    {
      return true
    }
    let cell = grid.string(field)
    let most = profile.columns.first?.lengths.most ?? 0
    return cell.utf8.count > 3 * max(most, 8) || cell.contains(" : ") || cell.contains("=")
      || SheetShape.isNote(cell)
  }

  /// `Source: Insee`, `(1) estimation`, `* provisoire`, `© …`: how notes below a table begin.
  private static func isNote(_ cell: String) -> Bool {
    let text = cell.drop { $0.isWhitespace }
    if text.hasPrefix("*") || text.hasPrefix("©") { return true }
    if let first = text.first, first == "(" || first == "[",
      let close = text.firstIndex(of: first == "(" ? ")" : "]"),
      (2...3).contains(text.distance(from: text.startIndex, to: close))
    {
      return true
    }
    let word = Fold.key(text.prefix { $0.isLetter || $0 == "." })
    let isNamed = ["source", "sources", "note", "notes", "champ", "lecture", "nb", "footnote"]
      .contains(word)
    return isNamed && text.contains(" ")
  }
}
