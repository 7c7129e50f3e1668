import Glibc
import Project
import Synchronization

/// Ctrl-C and its kin: what was begun is swept, and the program ends at once.
///
/// One thread waits for the signals, so that sweeping is ordinary code, not a signal handler. A
/// store needs nothing of this: it is whole at any instant.
enum Interruption {
  /// The last that is done.
  private static let farewell = Mutex<(@Sendable () -> Void)?>(nil)

  /// Called when a command has ended: once an interruption has begun, it alone ends the program,
  /// whatever error the sweeping made the command run into.
  static func letItEnd() {
    while UnfinishedFiles.isSwept { sleep(1) }
  }

  /// Watches for the signals from here on, in every thread started later; `last` is done before
  /// the program ends by one.
  static func watch(last: @escaping @Sendable () -> Void) {
    farewell.withLock { $0 = last }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    var thread = pthread_t()
    unsafe pthread_create(
      &thread, nil,
      { _ in
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for signal in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, signal) }
        var received: Int32 = 0
        while unsafe sigwait(&signals, &received) != 0 {}
        UnfinishedFiles.sweep()
        Interruption.farewell.withLock { $0 }?()
        _exit(128 + received)
      }, nil)
  }
}
