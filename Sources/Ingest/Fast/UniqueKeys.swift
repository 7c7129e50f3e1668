import Columns

/// Whether the rows of a table have different keys.
enum UniqueKeys {
  static func areUnique(_ columns: [ColumnBuilder], rowCount: Int) -> Bool {
    let varied = columns.filter { column in
      column.storage != .codes || column.interner.count > 1
        || column.codes.contains(Column.missingCode)
    }
    if varied.isEmpty { return rowCount < 2 }
    let isAllCodes = varied.allSatisfy { $0.storage == .codes }
    if isAllCodes, varied.count == 1 {
      return areDistinct(varied[0].codes, varied[0].interner.count)
    }
    if isAllCodes, varied.count == 2 {
      return arePairsDistinct(
        varied[0].codes, varied[0].interner.count, varied[1].codes, varied[1].interner.count)
    }
    var groups = RowGroups(rowCount: rowCount)
    for column in varied { groups.split(by: column) }
    return areDistinct(groups.ids, groups.count)
  }

  private static func areDistinct(_ codes: [Int32], _ bound: Int) -> Bool {
    if codes.count > bound + 1 { return false }
    var isSeen = [Bool](repeating: false, count: bound + 1)
    for code in codes {
      if isSeen[Int(code) + 1] { return false }
      isSeen[Int(code) + 1] = true
    }
    return true
  }

  /// Rows of one first code, one after the other; each second code is stamped with the first code
  /// it was last met with.
  private static func arePairsDistinct(
    _ first: [Int32], _ firstBound: Int, _ second: [Int32], _ secondBound: Int
  ) -> Bool {
    let parts = halves(first)
    let found = Parallel.map(parts.count, threads: parts.count) { part in
      grouped(first, firstBound, second, secondBound, parts[part])
    }
    if found.contains(where: { $0.isRepeated }) { return false }
    // In groups: each group of rows lies within one part, and in one place of it.
    let isGrouped =
      found.allSatisfy(\.isGrouped)
      && (found.count < 2
        || !zip(found[0].isClosed, found[1].isClosed).contains { $0 && $1 })
    if isGrouped { return true }
    // Rows by their first code, in one pass each of counting and placing.
    var starts = [Int32](repeating: 0, count: firstBound + 3)
    for code in first { starts[Int(code) + 2] += 1 }
    for i in 1..<starts.count { starts[i] += starts[i - 1] }
    var ordered = [Int32](repeating: 0, count: first.count)
    var place = starts
    for i in first.indices {
      let at = Int(first[i]) + 1
      ordered[Int(place[at])] = second[i]
      place[at] += 1
    }
    var stamps = [Int32](repeating: -2, count: secondBound + 1)
    for group in 0...firstBound {
      for i in Int(starts[group])..<Int(starts[group + 1]) {
        let other = Int(ordered[i]) + 1
        if stamps[other] == Int32(group) { return false }
        stamps[other] = Int32(group)
      }
    }
    return true
  }

  /// Two parts of the rows, cut where the code changes.
  private static func halves(_ codes: [Int32]) -> [Range<Int>] {
    var middle = codes.count / 2
    while middle > 0, middle < codes.count, codes[middle] == codes[middle - 1] { middle += 1 }
    return middle == 0 || middle == codes.count
      ? [0..<codes.count] : [0..<middle, middle..<codes.count]
  }

  private struct Grouped: Sendable {
    /// Whether a pair stands twice in one group of rows.
    var isRepeated = false
    /// Whether no code comes back after another.
    var isGrouped = true
    /// The codes met, one place up.
    var isClosed: [Bool]
  }

  /// What is seen of some rows, one after the other.
  private static func grouped(
    _ first: [Int32], _ firstBound: Int, _ second: [Int32], _ secondBound: Int, _ rows: Range<Int>
  ) -> Grouped {
    var out = Grouped(isClosed: [Bool](repeating: false, count: firstBound + 1))
    var stamps = [Int32](repeating: -2, count: secondBound + 1)
    var previous: Int32 = -2
    let (first, second) = (first.span, second.span)
    for i in rows {
      let code = first[i]
      if code != previous {
        if out.isClosed[Int(code) + 1] {
          out.isGrouped = false
          return out
        }
        out.isClosed[Int(code) + 1] = true
        previous = code
      }
      let other = Int(second[i]) + 1
      if stamps[other] == code {
        out.isRepeated = true
        return out
      }
      stamps[other] = code
    }
    return out
  }
}
