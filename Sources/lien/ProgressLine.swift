import Dispatch

/// The last line of a terminal, written anew a few times a second while a long work goes on.
struct ProgressLine {
  private let console: Console
  private let queue = DispatchQueue(label: "progress")
  private let timer: any DispatchSourceTimer

  /// Begins to show what `line` says; nothing when no terminal would show it.
  init?(_ console: Console, line: @escaping @Sendable () -> String?) {
    guard console.showsProgress else { return nil }
    self.console = console
    timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + .milliseconds(100), repeating: .milliseconds(200))
    timer.setEventHandler { if let text = line() { console.progress(text) } }
    timer.activate()
  }

  /// Ends it, and clears the line.
  func end() {
    timer.cancel()
    queue.sync {}
    console.progress("")
  }
}
