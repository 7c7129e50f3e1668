import FoundationEssentials
import Synchronization

/// The temporary files and folders of this process, so that an interruption can sweep them.
package enum UnfinishedFiles {
  private static let paths = Mutex<Set<String>>([])

  /// Remembers a path until `forget`.
  static func remember(_ path: String) { paths.withLock { _ = $0.insert(path) } }

  /// The path is finished: renamed, or removed.
  static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Removes all that is unfinished.
  package static func sweep() {
    for path in paths.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
  }
}
