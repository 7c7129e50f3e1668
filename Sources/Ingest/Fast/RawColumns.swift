/// The fields of a clean sheet as codes: one dictionary a field, of all threads together, in the
/// order of first appearance in the sheet, whatever the number of threads.
struct RawColumns: Sendable {
  /// One field.
  struct Field: Sendable {
    var entries: ByteInterner
    /// For each thread: the code for each of its own codes + 1; the first is that of no text.
    fileprivate var words: [[Int32]]
  }

  /// A window and the thread that read it.
  struct Window: Sendable {
    var worker: Int
    var parsed: WindowParser.Parsed
  }

  let rowCount: Int
  /// Line of each row, counted from 1.
  private let firstLine: Int
  private var windows: [Window]
  private var fields: [Int: (slot: Int, field: Field)] = [:]
  /// The first row of each window.
  private var starts: [Int] = []
  let threads: Int

  /// Joins what the threads read; windows in the order of the sheet.
  init(
    _ windows: [Window], tables: [[KeyTable]], fields numbers: [Int], firstLine: Int,
    threads: Int
  ) {
    self.windows = windows
    self.firstLine = firstLine
    self.threads = threads
    var rows = 0
    for window in windows {
      starts.append(rows)
      rows += window.parsed.rows
    }
    rowCount = rows
    for (slot, number) in numbers.enumerated() {
      fields[number] = (slot, RawColumns.join(windows, slot, tables.map { $0[slot] }))
    }
  }

  /// An entry that another thread met first.
  private struct Elsewhere: Sendable {
    var code: Int
    var worker: Int
    var there: Int
  }

  /// Joins the dictionaries of one field.
  ///
  /// An entry belongs to the thread that met it in the earliest window. Windows in order, and
  /// entries of a window in the order of its thread, are the order of the sheet.
  private static func join(
    _ windows: [Window], _ slot: Int, _ tables: [KeyTable]
  ) -> Field {
    // The window in which each entry of each thread was first met.
    var met = tables.map { [Int32](repeating: 0, count: $0.count) }
    var ends = [Int](repeating: 0, count: tables.count)
    for (i, window) in windows.enumerated() {
      let end = Int(window.parsed.entries[slot])
      for code in ends[window.worker]..<max(end, ends[window.worker]) {
        met[window.worker][code] = Int32(i)
      }
      ends[window.worker] = max(end, ends[window.worker])
    }
    // The entries that another thread met first, ascending.
    let seen = met
    let owned = Parallel.map(tables.count, threads: tables.count) { worker -> [Elsewhere] in
      var out: [Elsewhere] = []
      let table = tables[worker]
      for code in 0..<table.count {
        var first = seen[worker][code]
        var place: Elsewhere?
        for other in tables.indices where other != worker {
          guard let there = tables[other].known(Int32(code), of: table),
            seen[other][Int(there)] < first
          else { continue }
          first = seen[other][Int(there)]
          place = Elsewhere(code: code, worker: other, there: Int(there))
        }
        if let place { out.append(place) }
      }
      return out
    }
    var words = tables.map { [Int32](repeating: -1, count: $0.count + 1) }
    var bytes: [UInt8] = []
    var offsets: [Int] = [0]
    var next = [Int](repeating: 0, count: tables.count)
    var skipped = [Int](repeating: 0, count: tables.count)
    for window in windows {
      let worker = window.worker
      let end = Int(window.parsed.entries[slot])
      while next[worker] < end {
        let code = next[worker]
        next[worker] += 1
        let elsewhere = skipped[worker]
        if elsewhere < owned[worker].count, owned[worker][elsewhere].code == code {
          skipped[worker] += 1
          continue
        }
        words[worker][code + 1] = Int32(offsets.count - 1)
        tables[worker].append(Int32(code), to: &bytes)
        offsets.append(bytes.count)
      }
    }
    for worker in tables.indices {
      for one in owned[worker] { words[worker][one.code + 1] = words[one.worker][one.there + 1] }
    }
    return Field(entries: ByteInterner(bytes: bytes, offsets: offsets), words: words)
  }

  /// The entries of a field.
  func entries(_ field: Int) -> ByteInterner { fields[field]?.field.entries ?? ByteInterner() }

  /// Whether any cell of a field is empty.
  func hasEmpty(_ field: Int) -> Bool {
    guard let (slot, _) = fields[field] else { return rowCount > 0 }
    return windows.contains { $0.parsed.codes[slot].hasEmpty }
  }

  /// The code of each row, -1 for an empty cell.
  func codes(_ field: Int) -> [Int32] {
    let count = fields[field]?.field.entries.count ?? 0
    return values(field, Array(0..<Int32(count)), empty: -1)
  }

  /// `words[code]` of each row; `empty` for an empty cell.
  func values<T: BitwiseCopyable & Sendable>(_ number: Int, _ words: [T], empty: T) -> [T] {
    guard let (slot, field) = fields[number] else {
      return [T](repeating: empty, count: rowCount)
    }
    let all = field.words.map { own in own.map { $0 < 0 ? empty : words[Int($0)] } }
    return Parallel.fill(starts: starts, count: rowCount, threads: threads) { i, out in
      let window = windows[i]
      let words = all[window.worker]
      window.parsed.codes[slot].write(words.span, into: &out)
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
