import Columns
import Model
import Periods

/// What the people of a circle are: a number each, NaN where it is not known. Categories are
/// numbered by the order of their texts, so that equal numbers are equal categories.
struct Qualities: Sendable {
  var values: [Double]
  /// Attendances of people who are known, but not in this.
  var lost: Double

  /// Dense classes from 0, -1 for unknown, and the number behind each class, ascending.
  var classes: (codes: [Int32], numbers: [Double]) {
    var numbers: [Double] = []
    for value in values.filter({ !$0.isNaN }).sorted() where numbers.last != value {
      numbers.append(value)
    }
    let codes = values.map { value -> Int32 in
      if value.isNaN { return -1 }
      var (low, high) = (0, numbers.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if numbers[middle] < value { low = middle + 1 } else { high = middle }
      }
      return Int32(low)
    }
    return (codes, numbers)
  }
}

/// What rows say of people, as numbers, period by period.
struct QualityReaders: Sendable {
  let values: [Reader<Double>]
  /// The texts of categories by number; empty for plain numbers and conditions.
  let labels: [[String]]

  init(_ expression: RowExpression, _ table: String, periods: [Period], frame: Frame) {
    var labels: [[String]] = []
    var known: [Moment: (Reader<Double>, [String])] = [:]
    values = periods.map { period in
      let key = Moment(period, expression.dependence)
      let made = known[key] ?? QualityReaders.read(expression, table, period, frame)
      known[key] = made
      labels.append(made.1)
      return made.0
    }
    self.labels = labels
  }

  private static func read(
    _ expression: RowExpression, _ table: String, _ period: Period, _ frame: Frame
  ) -> (Reader<Double>, [String]) {
    guard case .path(let path) = expression, case .code = path.type,
      let (codes, lexicon) = frame.texts(path, year: period.last.year)
    else { return (frame.numbers(expression, table, period: period), []) }
    let texts = lexicon.strings
    let order = texts.indices.sorted { texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8) }
    var rank = [Double](repeating: .nan, count: texts.count)
    for (i, code) in order.enumerated() { rank[code] = Double(i) }
    return (codes.map { $0 < 0 ? .nan : rank[Int($0)] }, order.map { texts[$0] })
  }
}

extension AggregateExecutor {
  /// What the people of some circles are: what the last of their rows in the period says, where
  /// it is known; the greater value, should rows of one day disagree.
  func qualities(
    _ of: RowExpression, _ ties: Aggregate.Ties, _ circles: [[Circle]]
  ) -> [[Qualities]] {
    let key = NetworkStore.QualityKey(
      key: NetworkStore.Key(rule: ties.rule, among: nil), of: of)
    if space.labels.count > 1 { return makeQualities(of, ties, circles) }
    return engine.networks.qualities.value(key) { makeQualities(of, ties, circles) }
  }

  private func makeQualities(
    _ of: RowExpression, _ ties: Aggregate.Ties, _ circles: [[Circle]]
  ) -> [[Qualities]] {
    let readers = MeetingReaders(ties, self)
    let qualities = QualityReaders(of, ties.scan.table, periods: periods, frame: frame).values
    let days = engine.path(engine.model[ties.scan.table]?.date, of: ties.scan.table).flatMap {
      frame.days($0)
    }
    return zip(space.levels, circles).map { level, circles in
      let set = groups(ties.scan, level: level)
      return set.map { g, scratch in
        let period = set.keys[g].period
        let people = circles[g].people
        scratch.members.take(set, g, filter: readers.filter)
        let (person, session) = (readers.people[period], readers.sessions[period])
        let quality = qualities[period]
        scratch.stamps.clear(size: person.size)
        for code in people { scratch.stamps.insert(code) }
        var out = Qualities(values: [Double](repeating: .nan, count: people.count), lost: 0)
        var last = [Int32](repeating: .min, count: people.count)
        for i in scratch.members.rows.indices where scratch.members.takes(i) {
          let row = Int(scratch.members.rows[i])
          let (p, s, value) = (person.codes[row], session.codes[row], quality[row])
          if p < 0 || s < 0 { continue }
          if value.isNaN {
            out.lost += scratch.members.weight(i)
            continue
          }
          let n = scratch.stamps.find(p)
          let day = days?[row] ?? 0
          if day > last[n] || day == last[n] && value > out.values[n] {
            last[n] = day
            out.values[n] = value
          } else if out.values[n].isNaN {
            out.values[n] = value
          }
        }
        return out
      }
    }
  }
}
