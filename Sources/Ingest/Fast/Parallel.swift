import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Work on several threads whose result does not depend on how many there are.
enum Parallel {
  /// The results of `body` for 0..<count, in order.
  static func map<T: Sendable>(
    _ count: Int, threads: Int, _ body: @Sendable (Int) -> T
  ) -> [T] {
    if count < 2 || threads < 2 { return (0..<count).map(body) }
    let results = Mutex([T?](repeating: nil, count: count))
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
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
    _ body: @Sendable (Int, inout MutableSpan<T>) -> Void
  ) -> [T] {
    unsafe [T](unsafeUninitializedCapacity: count) { buffer, filled in
      precondition(starts.first ?? count == 0, "parts cover everything")
      filled = count
      guard let start = buffer.baseAddress else { return }
      unsafe wantLargePages(UnsafeMutableRawPointer(start), count * MemoryLayout<T>.stride)
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

  /// Asks for large pages behind a large array that is about to be written whole: the first touch
  /// of each small page costs more than the writing.
  ///
  /// Advice only: it changes no byte, and its failure nothing.
  private static func wantLargePages(_ start: UnsafeMutableRawPointer, _ size: Int) {
    #if os(Linux)
      let page = 1 << 21
      let first = (Int(bitPattern: start) + page - 1) & ~(page - 1)
      let last = (Int(bitPattern: start) + size) & ~(page - 1)
      if last > first, let at = unsafe UnsafeMutableRawPointer(bitPattern: first) {
        _ = unsafe madvise(at, last - first, MADV_HUGEPAGE)
      }
    #endif
  }
}
