import Glibc
import Project

/// Ctrl-C and its kin: what was begun is swept, and the program ends at once.
///
/// One thread waits for the signals, so that sweeping is ordinary code, not a signal handler. A
/// store needs nothing of this: it is whole at any instant.
enum Interruption {
  /// Called when a command has ended: once an interruption has begun, it alone ends the program,
  /// whatever error the sweeping made the command run into.
  static func letItEnd() {
    while UnfinishedFiles.isSwept { sleep(1) }
  }

  /// Watches for the signals from here on, in every thread started later.
  static func watch() {
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
        _exit(128 + received)
      }, nil)
  }
}
