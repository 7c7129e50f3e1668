import FoundationEssentials
import Synchronization

/// The temporary files and folders of this process, so that an interruption can sweep them.
package enum UnfinishedFiles {
  private struct State {
    var paths: Set<String> = []
    var isSwept = false
  }
  private static let state = Mutex(State())

  /// Remembers a path until `forget`.
  static func remember(_ path: String) { state.withLock { _ = $0.paths.insert(path) } }

  /// The path is finished: renamed, or removed.
  static func forget(_ path: String) { state.withLock { _ = $0.paths.remove(path) } }

  /// Whether an interruption has begun to sweep: what a command meets from then on is its doing.
  package static var isSwept: Bool { state.withLock { $0.isSwept } }

  /// Removes all that is unfinished.
  package static func sweep() {
    let paths = state.withLock { state in
      state.isSwept = true
      return state.paths
    }
    let manager = FileManager.default
    for path in paths {
      // Another thread may still be adding to the folder: what came after is removed as well.
      for _ in 0..<10 where manager.fileExists(atPath: path) {
        try? manager.removeItem(atPath: path)
      }
    }
  }
}
