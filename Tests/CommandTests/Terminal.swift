import Foundation
import TestSupport

/// A program on a terminal of its own, as a user at a keyboard has it.
///
/// Invariant of the unsafe code: `keyboard` is closed once; pointers live for one call.
final class Terminal {
  private let keyboard: Int32
  private let process: pid_t
  /// All that has been shown so far.
  private(set) var shown = ""

  /// `POSIX_SPAWN_SETSID`, which the C headers keep to GNU programs.
  private static let newSession: Int16 = 0x80

  struct Failed: Error { var what: String }

  /// Starts a program whose three streams are a new terminal, which is its controlling one.
  init(
    _ arguments: [String], environment: [String: String], executable: String = Program.path
  ) throws {
    var screen: Int32 = -1
    var keyboard: Int32 = -1
    var name = [CChar](repeating: 0, count: 4096)
    guard unsafe openpty(&keyboard, &screen, &name, nil, nil) == 0 else {
      throw Failed(what: "openpty")
    }
    self.keyboard = keyboard
    defer { close(screen) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a new session opens becomes its controlling one.
    unsafe posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 2)
    unsafe posix_spawn_file_actions_addclose(&actions, keyboard)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawnattr_setflags(&attributes, Terminal.newSession)
    var words = unsafe ([executable] + arguments).map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    var process: pid_t = 0
    let status = unsafe posix_spawn(
      &process, executable, &actions, &attributes, &words, &variables)
    guard status == 0 else { throw Failed(what: "posix_spawn: \(status)") }
    self.process = process
  }

  deinit { close(keyboard) }

  /// Types a text.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(keyboard, $0.baseAddress, $0.count) }
  }

  /// Lets the program work in short turns only, whatever the machine, until it shows a text: true,
  /// and it rests. False when it ends before that.
  func worksSlowly(until text: String, turn: Double, rest: Double) -> Bool {
    // Where cores are scarce, whoever watches comes first.
    _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(process), 19)
    while true {
      Thread.sleep(forTimeInterval: turn)
      kill(process, SIGSTOP)
      Thread.sleep(forTimeInterval: rest)
      // What it has shown is there to read while it rests.
      let goes = look(wait: 0)
      if shown.contains(text) { return true }
      goesOn()
      if !goes { return false }
    }
  }

  /// Lets the program go on.
  func goesOn() { kill(process, SIGCONT) }

  /// Waits until a text is shown; false when the program ends or time is up before that.
  func waits(for text: String, seconds: Double) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while !shown.contains(text) {
      if Date() > end || !look() { return false }
    }
    return true
  }

  /// Waits for the end of the program; its exit code.
  func ends() -> Int32 {
    while look() {}
    var status: Int32 = 0
    unsafe waitpid(process, &status, 0)
    // As the shell tells it.
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
  }

  /// Takes in what has been shown since; false once the program has ended.
  private func look(wait milliseconds: Int32 = 100) -> Bool {
    var ready = pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0)
    if unsafe poll(&ready, 1, milliseconds) == 0 { return true }
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    let got = unsafe buffer.withUnsafeMutableBytes {
      unsafe read(keyboard, $0.baseAddress, $0.count)
    }
    if got <= 0 { return false }
    shown += String(decoding: buffer[..<got], as: UTF8.self)
    return true
  }
}
