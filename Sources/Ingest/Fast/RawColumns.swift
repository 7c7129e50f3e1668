/// The fields of a clean sheet as codes: one dictionary a field, in the order of first appearance
/// in the sheet, whatever the number of threads.
struct RawColumns: Sendable {
  /// A window whose codes are known in the sheet's dictionaries.
  struct Window: Sendable {
    var parsed: WindowParser.Parsed
    /// For each field that is read: the sheet's code of each of the window's own.
    var numbers: [[Int32]]
  }

  let rowCount: Int
  /// Line of each row, counted from 1.
  private let firstLine: Int
  private let windows: [Window]
  /// The place of each field among those that are read.
  private var slots: [Int: Int] = [:]
  private let entries: [ByteInterner]
  /// The first row of each window.
  private var starts: [Int] = []
  let threads: Int

  /// Takes windows in the order of the sheet, with the dictionary of each field.
  init(
    _ windows: [Window], entries: [ByteInterner], fields: [Int], firstLine: Int, threads: Int
  ) {
    self.windows = windows
    self.entries = entries
    self.firstLine = firstLine
    self.threads = threads
    for (slot, field) in fields.enumerated() { slots[field] = slot }
    var rows = 0
    for window in windows {
      starts.append(rows)
      rows += window.parsed.rows
    }
    rowCount = rows
  }

  /// The entries of a field.
  func entries(_ field: Int) -> ByteInterner { slots[field].map { entries[$0] } ?? ByteInterner() }

  /// Whether any cell of a field is empty.
  func hasEmpty(_ field: Int) -> Bool {
    guard let slot = slots[field] else { return rowCount > 0 }
    return windows.contains { $0.parsed.codes[slot].hasEmpty }
  }

  /// The code of each row, -1 for an empty cell.
  func codes(_ field: Int) -> [Int32] { spread(field, empty: -1) { $0 } }

  /// `words[code]` of each row; `empty` for an empty cell.
  func values<T: BitwiseCopyable & Sendable>(_ field: Int, _ words: [T], empty: T) -> [T] {
    spread(field, empty: empty) { words[Int($0)] }
  }

  /// The word of each row's code; that of a code is asked for once a window.
  private func spread<T: BitwiseCopyable & Sendable>(
    _ field: Int, empty: T, _ word: @escaping @Sendable (Int32) -> T
  ) -> [T] {
    guard let slot = slots[field] else { return repeating(empty) }
    return Parallel.fill(starts: starts, count: rowCount, threads: threads) { i, out in
      let numbers = windows[i].numbers[slot]
      let words = [T](capacity: numbers.count + 1) { words in
        words.append(empty)
        for number in numbers { words.append(word(number)) }
      }
      windows[i].parsed.codes[slot].write(words.span, into: &out)
    }
  }

  /// The number of rows with each code.
  func counts(_ field: Int) -> [Int] {
    guard let slot = slots[field] else { return [] }
    var out = [Int](repeating: 0, count: entries[slot].count)
    for window in windows {
      let own = window.parsed.codes[slot].counts(below: window.numbers[slot].count)
      for (number, count) in zip(window.numbers[slot], own) { out[Int(number)] += count }
    }
    return out
  }

  /// One value for every row.
  func repeating<T: BitwiseCopyable & Sendable>(_ value: T) -> [T] {
    Parallel.fill(starts: starts, count: rowCount, threads: threads) { _, out in
      for i in out.indices { out[i] = value }
    }
  }

  /// The line of each row.
  func lines() -> [Int32] {
    var firsts: [Int32] = []
    var line = Int32(firstLine)
    for window in windows {
      firsts.append(line)
      line += Int32(window.parsed.lines)
    }
    let first = firsts
    return Parallel.fill(starts: starts, count: rowCount, threads: threads) { i, out in
      let line = first[i]
      if let own = windows[i].parsed.recordLines {
        for row in own.indices { out[row] = line + own[row] }
      } else {
        for row in 0..<out.count { out[row] = line &+ Int32(truncatingIfNeeded: row) }
      }
    }
  }
}
