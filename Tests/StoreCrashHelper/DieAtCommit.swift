import CSQLite
import Glibc

/// How many commits of either file are still let through.
nonisolated(unsafe) private var commitsLeft = Int.max

/// Makes the process kill itself when SQLite is about to commit for the n-th time, in any file:
/// for a store these are, in turn, the identity file (before anything is durable) and the main
/// file (between the two).
func dieAtCommit(_ n: Int) {
  unsafe commitsLeft = n
  typealias Entry =
    @convention(c) (
      OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, OpaquePointer?
    ) -> Int32
  let entry: Entry = { connection, _, _ in
    unsafe sqlite3_commit_hook(
      connection,
      { _ in
        unsafe commitsLeft -= 1
        if unsafe commitsLeft == 0 { kill(getpid(), SIGKILL) }
        return 0
      }, nil)
    return SQLITE_OK
  }
  // SQLite declares the entry point without its parameters and calls it with the three above.
  unsafe sqlite3_auto_extension(unsafeBitCast(entry, to: (@convention(c) () -> Void).self))
}
