import Diagnostics
import Glibc
import Synchronization

/// Where a command speaks: results on standard output, all else on standard error.
final class Console: Sendable {
  /// The reader's language.
  let language: Language
  /// Whether remarks are left out: errors and results only.
  let isQuiet: Bool
  /// Whether a terminal shows standard output, and may show emphasis.
  let emphasises: Bool
  private let errorEmphasises: Bool
  private let output = Mutex(Output())

  /// Whether a terminal shows what a long work is at.
  let showsProgress: Bool

  private struct Output {
    var bytes: [UInt8] = []
    /// Nobody reads any more (a closed pipe): the rest is dropped without a word.
    var isClosed = false
    var problem: Int32?
    var hasProgress = false
    var hasEnded = false
  }

  init(language: Language, isQuiet: Bool) {
    self.language = language
    self.isQuiet = isQuiet
    let plain =
      Environment["NO_COLOR"].map { !$0.isEmpty } ?? false || Environment["TERM"] == "dumb"
    emphasises = !plain && isatty(STDOUT_FILENO) == 1
    errorEmphasises = !plain && isatty(STDERR_FILENO) == 1
    showsProgress = !isQuiet && isatty(STDERR_FILENO) == 1 && Environment["TERM"] != "dumb"
  }

  /// Adds to the result, as it stands.
  func write(_ text: String) {
    output.withLock { out in
      out.bytes += Array(text.utf8)
      if out.bytes.count > 1 << 16 { Self.flush(&out) }
    }
  }

  /// Adds a line to the result.
  func print(_ line: String) { write(line + "\n") }

  /// Adds a line to the result, in the reader's language.
  func print(fr: String, en: String) { print(language == .fr ? fr : en) }

  /// A remark on standard error; `--quiet` leaves it out.
  func note(fr: String, en: String) { note(language == .fr ? fr : en) }

  /// A remark on standard error; `--quiet` leaves it out.
  func note(_ text: String) {
    if !isQuiet { tell(text) }
  }

  /// Shows what a long work is at, on a terminal only; an empty text clears the line.
  func progress(_ text: String) {
    guard showsProgress else { return }
    output.withLock { out in
      if text.isEmpty { return Self.clearProgress(&out) }
      if out.hasEnded { return }
      out.hasProgress = true
      // Cut at the right edge: a line that goes on below could not be cleared.
      Self.put("\r\u{1B}[K\u{1B}[?7l" + text + "\u{1B}[?7h", on: STDERR_FILENO)
    }
  }

  /// Clears the line for good: the program is about to end. Does not wait for a terminal that is
  /// stopped.
  func endProgress() {
    _ = output.withLockIfAvailable { out in
      Self.clearProgress(&out)
      out.hasEnded = true
    }
  }

  /// What went wrong, most important first.
  func report(_ failure: Failure) {
    let shown = failure.diagnostics.prefix(20)
    for diagnostic in shown { report(diagnostic) }
    let more = failure.diagnostics.count - shown.count
    if more > 0 {
      tell(language == .fr ? "… et \(more) de plus" : "… and \(more) more")
    }
  }

  /// One diagnostic on standard error.
  func report(_ diagnostic: Diagnostic) {
    let (word, colour) =
      switch diagnostic.severity {
      case .error: (language == .fr ? "erreur" : "error", "31")
      case .warning: (language == .fr ? "attention" : "warning", "33")
      case .note: ("note", "36")
      }
    if isQuiet && diagnostic.severity != .error { return }
    let head = errorEmphasises ? "\u{1B}[1;\(colour)m\(word)\u{1B}[0m" : word
    tell(head + (language == .fr ? "\u{A0}: " : ": ") + diagnostic.text(in: language))
  }

  /// Sends all that was written; the exit code that follows from how that went.
  func finish(_ status: ExitStatus) -> ExitStatus {
    let problem = output.withLock { out in
      Self.flush(&out)
      return out.problem
    }
    guard let problem else { return status }
    report(
      Diagnostic(
        code: "output.failed",
        Phrase(
          fr: "impossible d’écrire sur la sortie standard (\(Self.reason(problem)))",
          en: "cannot write to standard output (\(Self.reason(problem)))")))
    return max(status, .failed)
  }

  /// Sends what was written so far: somebody follows a work that does not end.
  func tellNow() { output.withLock { Self.flush(&$0) } }

  /// A text on standard error, whatever `--quiet` says.
  func tell(_ text: String) {
    output.withLock { out in
      // Results come before what is said about them, when both go to one terminal.
      Self.flush(&out)
      Self.clearProgress(&out)
      Self.put(text + "\n", on: STDERR_FILENO)
    }
  }

  private static func clearProgress(_ out: inout Output) {
    if out.hasProgress { put("\r\u{1B}[K", on: STDERR_FILENO) }
    out.hasProgress = false
  }

  private static func flush(_ out: inout Output) {
    defer { out.bytes.removeAll(keepingCapacity: true) }
    guard !out.isClosed, !out.bytes.isEmpty else { return }
    clearProgress(&out)
    guard let code = put(out.bytes, on: STDOUT_FILENO) else { return }
    out.isClosed = true
    if code != EPIPE { out.problem = code }
  }

  private static func put(_ text: String, on file: Int32) { _ = put(Array(text.utf8), on: file) }

  /// Writes all bytes; the error number when that fails.
  private static func put(_ bytes: [UInt8], on file: Int32) -> Int32? {
    var sent = 0
    while sent < bytes.count {
      let n = unsafe bytes[sent...].withUnsafeBytes {
        unsafe Glibc.write(file, $0.baseAddress, $0.count)
      }
      if n < 0 {
        if errno == EINTR { continue }
        return errno
      }
      sent += n
    }
    return nil
  }

  private static func reason(_ code: Int32) -> String {
    unsafe strerror(code).map { unsafe String(cString: $0) } ?? "\(code)"
  }
}

/// The variables that the program was started with.
enum Environment {
  /// The value of a variable.
  static subscript(name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}
