import Columns
import Periods

/// Which rows' dates are kept together: equal ones are the same dates.
struct DatesKey: Hashable {
  var scan: Scan
  var key: ResolvedPath
  var date: ResolvedPath
}

/// The dates of the rows of each key, ascending.
struct DatesByKey {
  private let starts: [Int32]
  private let days: [Int32]

  init(codes: [Int32], size: Int, days: [Int32], takes: (Int) -> Bool) {
    var counts = [Int32](repeating: 0, count: size + 1)
    var rows: [Int] = []
    for row in codes.indices where codes[row] >= 0 && days[row] != Column.missingDay && takes(row) {
      rows.append(row)
      counts[Int(codes[row]) + 1] += 1
    }
    for code in 0..<size { counts[code + 1] += counts[code] }
    var next = counts
    var sorted = [Int32](repeating: 0, count: rows.count)
    for row in rows {
      let code = Int(codes[row])
      sorted[Int(next[code])] = days[row]
      next[code] += 1
    }
    for code in 0..<size {
      let range = Int(counts[code])..<Int(counts[code + 1])
      if range.count > 1 { sorted[range].sort() }
    }
    starts = counts
    self.days = sorted
  }

  /// The first date of a key; missing when there is none.
  func first(_ code: Int32) -> Int32 {
    guard code >= 0, Int(code) + 1 < starts.count else { return Column.missingDay }
    let (from, to) = (starts[Int(code)], starts[Int(code) + 1])
    return from < to ? days[Int(from)] : Column.missingDay
  }

  /// The last date of a key before a day.
  func last(_ code: Int32, before day: Int32) -> Int32 {
    guard let place = place(code, day) else { return Column.missingDay }
    return place.found > place.range.lowerBound ? days[place.found - 1] : Column.missingDay
  }

  /// The first date of a key on a day or after it.
  func first(_ code: Int32, from day: Int32) -> Int32 {
    guard let place = place(code, day) else { return Column.missingDay }
    return place.found < place.range.upperBound ? days[place.found] : Column.missingDay
  }

  /// Where the dates of a key from a day on begin.
  private func place(_ code: Int32, _ day: Int32) -> (range: Range<Int>, found: Int)? {
    guard day != Column.missingDay, code >= 0, Int(code) + 1 < starts.count else { return nil }
    let range = Int(starts[Int(code)])..<Int(starts[Int(code) + 1])
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if days[middle] < day { low = middle + 1 } else { high = middle }
    }
    return (range, low)
  }
}

extension Frame {
  /// The dates that a look-up gives to the units of a domain.
  func dates(_ lookup: Lookup, domain: Domain, year: Int, count: Int) -> [Int32] {
    let index = dates(DatesKey(scan: lookup.scan, key: lookup.key, date: lookup.date))
    let codes = vector(lookup.own, year: year, domain: domain).dense.codes
    guard let own = lookup.ownDate else { return codes.map { index.first($0) } }
    guard case .ordinal(let days) = vector(own, year: year, domain: domain) else {
      return [Int32](repeating: Column.missingDay, count: count)
    }
    return zip(codes, days).map { code, day in
      switch lookup.which {
      case .first: index.first(code)
      case .before: index.last(code, before: day)
      case .after:
        day == Column.missingDay
          ? day : index.first(code, from: lookup.takesSameDay ? day : day + 1)
      }
    }
  }
}
