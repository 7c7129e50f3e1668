import Synchronization

/// Hands the windows of a sheet to several threads, and takes back what they read, in order.
final class WindowQueue: Sendable {
  private struct Reading {
    var source: WindowSource
    var isDone = false
    var isGivenUp = false
  }

  private struct Waiting {
    var windows: [Int: (WindowParser.Parsed, [WindowEntries])] = [:]
    var next = 0
    /// Whether a thread takes windows in.
    var isBusy = false
  }

  private struct Result {
    var tables: [KeyTable]
    var windows: [RawColumns.Window] = []

    /// Makes room for as many new entries in each window as the first one had, within reason.
    mutating func expect(_ windows: Int) {
      for i in tables.indices { tables[i].reserve(min(tables[i].count * windows, 1 << 20)) }
    }
  }

  private let reading: Mutex<Reading>
  private let waiting = Mutex(Waiting())
  private let result: Mutex<Result>
  /// About how many windows there are.
  private let expected: Int

  /// A queue over a source, for some columns.
  init(_ source: WindowSource, columns: Int) {
    expected = source.expectedCount
    reading = Mutex(Reading(source: source))
    result = Mutex(Result(tables: (0..<columns).map { _ in KeyTable() }))
  }

  /// Fills a buffer with the next window and tells its place; nil when there is none.
  func next(_ buffer: WindowBuffer) -> Int? {
    reading.withLock { state in
      if state.isDone { return nil }
      switch state.source.next(buffer) {
      case .window(let index): return index
      case .end: state.isDone = true
      case .odd:
        state.isDone = true
        state.isGivenUp = true
      }
      return nil
    }
  }

  /// Takes a window that was read. Dictionaries grow in the order of the sheet: whoever brings the
  /// window that is waited for takes in those that wait behind it.
  func add(_ index: Int, _ parsed: WindowParser.Parsed, _ entries: [WindowEntries]) {
    let isMine = waiting.withLock { state in
      state.windows[index] = (parsed, entries)
      if state.isBusy { return false }
      state.isBusy = true
      return true
    }
    guard isMine else { return }
    while let (parsed, entries) = nextInOrder() {
      result.withLock { result in
        if result.windows.count == 1 { result.expect(expected) }
        var numbers: [[Int32]] = []
        for i in entries.indices { numbers.append(result.tables[i].numbers(of: entries[i])) }
        result.windows.append(RawColumns.Window(parsed: parsed, numbers: numbers))
      }
    }
  }

  private func nextInOrder() -> (WindowParser.Parsed, [WindowEntries])? {
    waiting.withLock { state in
      guard let found = state.windows.removeValue(forKey: state.next) else {
        state.isBusy = false
        return nil
      }
      state.next += 1
      return found
    }
  }

  /// Ends the reading: the sheet is not for this reader.
  func giveUp() {
    reading.withLock {
      $0.isDone = true
      $0.isGivenUp = true
    }
  }

  var isGivenUp: Bool { reading.withLock(\.isGivenUp) }

  /// What was read, once all threads are done.
  func columns(fields: [Int], firstLine: Int, threads: Int) -> RawColumns {
    result.withLock { result in
      let entries = result.tables.map { $0.entries() }
      result.tables = []
      return RawColumns(
        result.windows, entries: entries, fields: fields, firstLine: firstLine, threads: threads)
    }
  }
}
