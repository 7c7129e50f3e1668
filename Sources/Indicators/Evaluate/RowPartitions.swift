import Columns
package import Diagnostics
import Model
import Periods

/// The rows of a table by residence and year, as engines of many machines keep them.
package struct RowPartitions: Sendable {
  /// The rows of one residence in one year.
  package struct Part: Sendable {
    /// The key of the residence; nil where it is not known, or not asked.
    package var residence: String?
    /// The year; nil where the date is not known, or not asked.
    package var year: Int?
    /// Where the numbers of its rows stand in `order`.
    package var places: Range<Int>
  }

  /// The numbers of all rows of the table, each once: those of a part together, in their order.
  package var order: [Int32]
  /// In the order of residences, then of years; unknown ones first. Never empty.
  package var parts: [Part]
}

extension Evaluator {
  /// The rows of a table by what its model says of residence and date. Reads both through links.
  ///
  /// - Throws: `Failure` when the tables cannot be read.
  package func partitions(
    of name: String, rowCount: Int, byResidence: Bool, byYear: Bool
  ) throws(Failure) -> RowPartitions {
    let engine = engine([])
    let residence = engine.path(model[name]?.residence, of: name)
    let date = engine.path(model[name]?.date, of: name)
    // A stay is found by the date of the row, so that one may need the other.
    if byResidence || byYear { try load([residence, date].compactMap { $0 }) }

    var slots = Reader<Int32>.constant(0)
    var keys: [String?] = [nil]
    if byResidence, let residence, let (codes, lexicon) = engine.frame.texts(residence, year: 0) {
      // 0 stands for a residence that is not known, or has no name.
      let texts = lexicon.strings
      let order = texts.indices.filter { !texts[$0].isEmpty }
        .sorted { texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8) }
      var slotOf = [Int32](repeating: 0, count: texts.count)
      for code in order {
        slotOf[code] = Int32(keys.count)
        keys.append(texts[code])
      }
      slots = codes.map { $0 < 0 ? 0 : slotOf[Int($0)] }
    }
    var years = Reader<Int32>.constant(0)
    if byYear, let date, let days = engine.frame.days(date) {
      // Years are 1 to 9999.
      years = days.map { $0 == Column.missingDay ? 0 : Int32(Day(number: $0).year) }
    }
    return RowPartitions(rowCount, keys, slots, years)
  }
}

extension RowPartitions {
  /// Sorts rows by counting: two passes, and no work a row but two look-ups.
  fileprivate init(
    _ rowCount: Int, _ keys: [String?], _ slots: Reader<Int32>, _ years: Reader<Int32>
  ) {
    let known = years.values.lazy.filter { $0 > 0 }
    let first = (known.min() ?? 1) - 1
    let width = Int((known.max() ?? first) - first) + 1
    func cell(_ row: Int) -> Int {
      Int(slots[row]) * width + Int(max(0, years[row] - first))
    }
    var starts = [Int](repeating: 0, count: keys.count * width + 1)
    for row in 0..<rowCount { starts[cell(row) + 1] += 1 }
    var parts: [Part] = []
    for i in 0..<(starts.count - 1) {
      let count = starts[i + 1]
      starts[i + 1] += starts[i]
      if count == 0 { continue }
      let year = i % width
      parts.append(
        Part(
          residence: keys[i / width], year: year == 0 ? nil : year + Int(first),
          places: starts[i]..<starts[i + 1]))
    }
    if parts.isEmpty { parts.append(Part(residence: nil, year: nil, places: 0..<0)) }
    var order = [Int32](repeating: 0, count: rowCount)
    for row in 0..<rowCount {
      let cell = cell(row)
      order[starts[cell]] = Int32(row)
      starts[cell] += 1
    }
    self.init(order: order, parts: parts)
  }
}
