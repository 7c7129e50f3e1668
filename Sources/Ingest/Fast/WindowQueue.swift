import Synchronization

/// Hands the windows of a sheet to several threads, in order.
final class WindowQueue: Sendable {
  /// What one thread read.
  struct Share: Sendable {
    var tables: [KeyTable]
    var windows: [(index: Int, window: RawColumns.Window)]
  }

  private struct State {
    var source: WindowSource
    var isDone = false
    var isGivenUp = false
  }

  private let state: Mutex<State>

  init(_ source: WindowSource) { state = Mutex(State(source: source)) }

  /// Fills a buffer with the next window and tells its place; nil when there is none.
  func next(_ buffer: WindowBuffer) -> Int? {
    state.withLock { state in
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

  /// Ends the reading: the sheet is not for this reader.
  func giveUp() {
    state.withLock {
      $0.isDone = true
      $0.isGivenUp = true
    }
  }

  var isGivenUp: Bool { state.withLock(\.isGivenUp) }
}
