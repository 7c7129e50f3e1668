import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The processors of the machine, for work that falls into parts.
///
/// Plain threads: they start in tens of microseconds and add nothing to the program's own start.
package enum Workers {
  /// How many threads work at a time.
  package static var count: Int { forced.withLock { $0?.threads } ?? processors }

  private static let processors = max(1, min(8, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  private static let forced = Mutex<(threads: Int, least: Int)?>(nil)

  /// Fixes the number of threads and the least work of each, for tests; nil leaves it to the
  /// machine.
  package static func force(_ sizes: (threads: Int, least: Int)?) { forced.withLock { $0 = sizes } }

  /// The number of threads that some units of work pay for.
  package static func threads(for work: Int) -> Int {
    max(1, min(count, work / (forced.withLock { $0?.least } ?? 20_000)))
  }

  /// The results of `body` for 0..<n, in order, whatever the number of threads. Part 0 runs on
  /// the calling thread.
  package static func map<Result: Sendable>(_ n: Int, _ body: @escaping @Sendable (Int) -> Result)
    -> [Result]
  {
    if n <= 1 { return (0..<n).map(body) }
    let results = Results<Result>(n)
    var threads: [pthread_t] = []
    for part in 1..<n {
      let job = Job { results.put(body(part), at: part) }
      if let thread = job.start() {
        threads.append(thread)
      } else {
        job.work()
      }
    }
    results.put(body(0), at: 0)
    for thread in threads { pthread_join(thread, nil) }
    return results.all
  }

  /// The results of `body` for 0..<n, in order; each thread takes the next that nobody has taken,
  /// for parts of unlike weight.
  package static func share<Result: Sendable>(
    _ n: Int, _ body: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    let next = Mutex(0)
    let results = Results<Result>(n)
    _ = map(min(count, n)) { _ in
      while true {
        let part = next.withLock { taken in
          taken += 1
          return taken - 1
        }
        guard part < n else { return }
        results.put(body(part), at: part)
      }
    }
    return results.all
  }

  private final class Results<Result: Sendable>: Sendable {
    private let values: Mutex<[Result?]>

    init(_ n: Int) { values = Mutex([Result?](repeating: nil, count: n)) }

    func put(_ result: Result, at part: Int) { values.withLock { $0[part] = result } }

    var all: [Result] { values.withLock { $0.compactMap { $0 } } }
  }

  private final class Job: Sendable {
    let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) { self.work = work }

    /// Runs the work on a thread of its own; nil when the system gives none.
    ///
    /// Invariant: the thread takes over exactly one reference to the job, and gives it back.
    func start() -> pthread_t? {
      var thread = pthread_t()
      let reference = unsafe Unmanaged.passRetained(self)
      let failed = unsafe pthread_create(
        &thread, nil,
        { argument in
          if let argument = unsafe argument {
            unsafe Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().work()
          }
          return nil
        }, reference.toOpaque())
      if failed != 0 {
        unsafe reference.release()
        return nil
      }
      return thread
    }
  }

  /// Cuts 0..<starts.count - 1 into parts of about equal weight, where part p weighs from
  /// `starts[p]` to `starts[p + 1]`; as many as pay.
  package static func parts(_ starts: [Int]) -> [Range<Int>] {
    let units = starts.count - 1
    let total = (starts.last ?? 0) - (starts.first ?? 0)
    let wanted = threads(for: total)
    var out: [Range<Int>] = []
    var begin = 0
    for part in 1...wanted {
      let limit = starts[0] + total * part / wanted
      var end = begin
      while end < units && (starts[end + 1] <= limit || part == wanted) { end += 1 }
      if end > begin { out.append(begin..<end) }
      begin = end
    }
    return out
  }
}
