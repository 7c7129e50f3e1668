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
    var stamps = [Int32](repeating: -2, count: secondBound + 1)
    var isClosed = [Bool](repeating: false, count: firstBound + 1)
    var previous: Int32 = -2
    var isGrouped = true
    for i in first.indices {
      let code = first[i]
      if code != previous {
        if isClosed[Int(code) + 1] {
          isGrouped = false
          break
        }
        isClosed[Int(code) + 1] = true
        previous = code
      }
      let other = Int(second[i]) + 1
      if stamps[other] == code { return false }
      stamps[other] = code
    }
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
    stamps = [Int32](repeating: -2, count: secondBound + 1)
    for group in 0...firstBound {
      for i in Int(starts[group])..<Int(starts[group + 1]) {
        let other = Int(ordered[i]) + 1
        if stamps[other] == Int32(group) { return false }
        stamps[other] = Int32(group)
      }
    }
    return true
  }
}
