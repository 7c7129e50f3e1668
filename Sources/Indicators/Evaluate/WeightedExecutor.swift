import Columns
import Model
import Statistics
import Threads

extension AggregateExecutor {
  /// Weighted means and shares with their precision.
  func weightedCells(_ weighted: Aggregate.Weighted) -> CellTable {
    let scan = weighted.scan
    let persons = personPath(scan.table).map {
      frame.codes(.path($0), scan.table, periods: periods)
    }
    let filter = filter(scan)
    let population = weighted.population.map { populationCells($0) }
    var table = emptyTable()
    // Each finest group once: its moments, and the persons who answered.
    let finest = finest(scan, .rows)
    let parts = weightedParts(
      finest, filter, values: frame.numbers(weighted.value, scan.table, periods: periods),
      weights: frame.numbers(weighted.weight, scan.table, periods: periods), persons,
      isPaired: weighted.isPaired)
    for level in space.levels {
      let set = groups(finest, level: level, withUnknown: false)
      let cells = set.map { g, scratch -> WeightedCell in
        var unknown = 0.0
        var known = 0.0
        var holding = 0
        var moments = WeightedMoments()
        let size = persons?[set.keys[g].period].size ?? 0
        scratch.stamps.clear(size: size)
        for f in set.members(g) {
          let part = parts.parts[Int(f)]
          unknown += part.unknown
          known += part.known
          holding += part.holding
          moments.add(part.moments)
          for i in parts.persons(Int(f)) { scratch.stamps.insert(parts.persons[i]) }
        }
        var cell = Cell(
          unknown: unknown, known: known, persons: persons == nil ? nil : scratch.stamps.count)
        guard let estimate = try? moments.estimate() else {
          if weighted.isPaired { cell.reason = .noEarlierWave }
          return WeightedCell(cell: cell, answers: 0)
        }
        if let least = weighted.leastAnswers, estimate.answers < least {
          cell.reason = weighted.isPaired ? .tooFewPairs : .tooFew
          return WeightedCell(cell: cell, answers: estimate.answers)
        }
        cell.value = estimate.mean
        cell.numerator = estimate.weightedSum
        cell.denominator = estimate.weightTotal
        // R survey: `svymean` counts the whole design, `svyciprop` those who answered.
        cell.degrees = Double((weighted.isShare ? estimate.answers : estimate.rows) - 1)
        if weighted.isShare {
          cell.answers = estimate.answers
          cell.holding = holding
        }
        cell.effectiveSize = estimate.effectiveSize
        cell.standardError = estimate.standardError
        return WeightedCell(cell: cell, answers: estimate.answers)
      }
      table.reserve(set.count)
      for (key, result) in zip(set.keys, cells) {
        var cell = result.cell
        // A sample without replacement of a small population; a cut that the register does not
        // have (a wave) does not divide it.
        if let register = weighted.population?.scan.table {
          let id = space.rolledUp(key.id, known(level, to: register))
          let fraction = population?[key.period, id]?.value.map { Double(result.answers) / $0 }
          cell.standardError = cell.standardError.map {
            $0 * SurveyDesign.finiteCorrection(fraction)
          }
        }
        table.set(key, cell)
      }
    }
    return table
  }

  private func weightedParts(
    _ finest: FinestGroups, _ filter: [Reader<Int8>]?, values: [Reader<Double>],
    weights: [Reader<Double>], _ persons: [CodeReader]?, isPaired: Bool
  ) -> WeightedParts {
    let parts = Workers.parts(finest.starts)
    let pieces = Workers.map(parts.count) { part -> WeightedParts in
      var out = WeightedParts()
      for g in parts[part] {
        let period = finest.keys[g].period
        out.add(
          finest, g, filter?[period] ?? .constant(1), values[period], weights[period],
          persons?[period].codes ?? .constant(-1), isPaired: isPaired)
      }
      return out
    }
    var all = WeightedParts()
    for piece in pieces { all.append(piece) }
    return all
  }
}

private struct WeightedCell: Sendable {
  var cell: Cell
  var answers: Int
}

/// What the rows of each finest group bring to a weighted mean.
private struct WeightedParts: Sendable {
  struct Part: Sendable {
    var moments: WeightedMoments
    var unknown: Double
    var known: Double
    /// The answers of 1: of those for whom a condition holds.
    var holding: Int
  }

  private(set) var parts: [Part] = []
  /// The persons who answered, some more than once, group after group.
  private(set) var persons: [Int32] = []
  private var ends: [Int] = []
  private var y: [Double] = []
  private var w: [Double] = []

  /// The positions of a group's persons.
  func persons(_ group: Int) -> Range<Int> { (group == 0 ? 0 : ends[group - 1])..<ends[group] }

  mutating func append(_ other: WeightedParts) {
    if parts.isEmpty {
      self = other
      return
    }
    let base = persons.count
    parts += other.parts
    persons += other.persons
    ends += other.ends.map { $0 + base }
  }

  mutating func add(
    _ finest: FinestGroups, _ group: Int, _ filter: Reader<Int8>, _ value: Reader<Double>,
    _ weight: Reader<Double>, _ codes: Reader<Int32>, isPaired: Bool
  ) {
    y.removeAll(keepingCapacity: true)
    w.removeAll(keepingCapacity: true)
    let rows = finest.rows
    let multiplicity = finest.weight ?? []
    var (unknown, known, holding) = (0.0, 0.0, 0)
    var last: Int32 = -1
    for i in finest.starts[group]..<finest.starts[group + 1] {
      let row = Int(rows[i])
      let stands = multiplicity.isEmpty ? 1 : multiplicity[i]
      let truth = filter[row]
      if truth != 1 {
        if truth < 0 { unknown += stands } else { known += stands }
        continue
      }
      let (v, n) = (value[row], weight[row])
      if v.isNaN || n.isNaN {
        unknown += stands
        // A pair of which a side is unknown is none.
        if n.isNaN || isPaired { continue }
      } else {
        known += stands
        if v == 1 { holding += 1 }
        let person = codes[row]
        if person >= 0 && person != last { persons.append(person) }
        last = person
      }
      y.append(v)
      w.append(n)
    }
    parts.append(
      Part(
        moments: WeightedMoments(values: y, weights: w), unknown: unknown, known: known,
        holding: holding))
    ends.append(persons.count)
  }
}
