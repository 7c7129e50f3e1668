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
    let manager = FileManager.default
    for path in paths.withLock({ $0 }) {
      // Another thread may still be adding to the folder: what came after is removed as well.
      for _ in 0..<10 where manager.fileExists(atPath: path) {
        try? manager.removeItem(atPath: path)
      }
    }
  }
}
