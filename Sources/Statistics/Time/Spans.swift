/// Spans of time [start, end): the end is the first day (or minute) that is no longer inside.
public struct Span: Sendable, Hashable {
  /// The first day or minute inside.
  public var start: Int
  /// The first one after; `Int.max` for a span without an end.
  public var end: Int

  /// Makes a span; one whose end is not after its start is empty.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// How much of it lies inside another.
  public func length(within other: Span) -> Int {
    max(0, min(end, other.end) - max(start, other.start))
  }

  /// Whether a day or minute is inside.
  public func contains(_ moment: Int) -> Bool { start <= moment && moment < end }
}

/// People in stays, rooms in bookings: amounts of time.
public enum Spans {
  /// Person-days: the days of all stays that lie in the window, each stay's departure day not
  /// counted. Overlapping stays of one person count twice: look for them first (`overlaps`).
  public static func total(_ stays: [Span], within window: Span) -> Int {
    stays.reduce(0) { $0 + $1.length(within: window) }
  }

  /// The mean number of people over a window: person-days over its days. Undefined for an empty
  /// window.
  public static func mean(_ stays: [Span], within window: Span) throws(Undefined) -> Double {
    guard window.end > window.start else { throw .nothingObserved }
    return Double(total(stays, within: window)) / Double(window.end - window.start)
  }

  /// The places of spans that overlap one of the same owner: the later of each two, ascending.
  /// Empty spans overlap nothing.
  /// - Complexity: O(n log n).
  public static func overlaps(_ spans: [Span], owners: [Int32]) -> [Int] {
    precondition(spans.count == owners.count, "one owner a span")
    let order = spans.indices.filter { spans[$0].end > spans[$0].start }
      .sorted { (owners[$0], spans[$0].start, $0) < (owners[$1], spans[$1].start, $1) }
    var found: [Int] = []
    var last: (owner: Int32, end: Int)?
    for i in order {
      if let known = last, known.owner == owners[i], spans[i].start < known.end {
        found.append(i)
        last = (owners[i], max(known.end, spans[i].end))
      } else {
        last = (owners[i], spans[i].end)
      }
    }
    return found.sorted()
  }

  /// The spans as they lie one after the other, ascending, none touching the next: the union.
  /// - Complexity: O(n log n).
  public static func union(_ spans: [Span]) -> [Span] {
    var out: [Span] = []
    for span in spans.sorted(by: { $0.start < $1.start }) where span.end > span.start {
      if let last = out.last, span.start <= last.end {
        out[out.count - 1].end = max(last.end, span.end)
      } else {
        out.append(span)
      }
    }
    return out
  }

  /// The time that lies both in one union and in another, both as `union` gives them: hours
  /// booked within hours open.
  public static func common(_ a: [Span], _ b: [Span]) -> Int {
    var (i, j, sum) = (0, 0, 0)
    while i < a.count, j < b.count {
      sum += a[i].length(within: b[j])
      if a[i].end < b[j].end { i += 1 } else { j += 1 }
    }
    return sum
  }
}
