import Synchronization

/// How far the reading of a sheet has come: its threads add to it, another one looks.
package final class ReadingProgress: Sendable {
  private let byteCount = Atomic(0)
  private let rowCount = Atomic(0)

  /// Nothing is read yet.
  package init() {}

  /// The bytes and the rows that have been read.
  package var read: (bytes: Int, rows: Int) {
    (byteCount.load(ordering: .relaxed), rowCount.load(ordering: .relaxed))
  }

  /// A window is read: called once for a million bytes or so.
  func add(bytes: Int, rows: Int) {
    byteCount.wrappingAdd(bytes, ordering: .relaxed)
    rowCount.wrappingAdd(rows, ordering: .relaxed)
  }
}
