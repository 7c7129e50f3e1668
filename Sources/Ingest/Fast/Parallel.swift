import Columns
import Synchronization
import Threads

/// Work on several threads whose result does not depend on how many there are.
enum Parallel {
  /// The results of `body` for 0..<count, in order.
  static func map<T: Sendable>(
    _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> T
  ) -> [T] {
    if count < 2 || threads < 2 { return (0..<count).map(body) }
    let results = Mutex([T?](repeating: nil, count: count))
    let next = Mutex(0)
    _ = Workers.map(min(threads, count)) { _ in
      while true {
        let i = next.withLock { value -> Int in
          defer { value += 1 }
          return value
        }
        if i >= count { return }
        let result = body(i)
        results.withLock { $0[i] = result }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// An array whose parts are filled by `body`; part i begins at `starts[i]` and ends where the
  /// next one begins.
  ///
  /// Invariant of the unsafe code: parts do not overlap, since `starts` ascends to `count`; each is
  /// written whole by one call, through a span of its own length.
  static func fill<T: BitwiseCopyable & Sendable>(
    starts: [Int], count: Int, threads: Int,
    _ body: @escaping @Sendable (Int, inout MutableSpan<T>) -> Void
  ) -> [T] {
    unsafe [T](unsafeUninitializedCapacity: count) { buffer, filled in
      precondition(starts.first ?? count == 0, "parts cover everything")
      filled = count
      guard let start = buffer.baseAddress else { return }
      unsafe LargeMemory.expect(UnsafeMutableRawBufferPointer(buffer))
      nonisolated(unsafe) let base = unsafe start
      _ = Parallel.map(starts.count, threads: threads) { i -> Bool in
        let end = i + 1 < starts.count ? starts[i + 1] : count
        precondition(starts[i] <= end && end <= count, "parts ascend")
        var span = unsafe MutableSpan(_unsafeStart: base + starts[i], count: end - starts[i])
        body(i, &span)
        return true
      }
    }
  }
}
