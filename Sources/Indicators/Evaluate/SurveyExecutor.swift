import Columns
import Model
import Periods
import Statistics

extension AggregateExecutor {
  /// Estimates from samples, each raked as a whole: a cut by what people are is a domain of the
  /// one sample, a cut by the survey's own columns (a wave) makes samples of their own.
  func surveyCells(_ survey: Aggregate.Survey) -> CellTable {
    var sampler = Sampler(survey, self)
    let population = survey.population.map { populationCells($0) }
    var table = emptyTable()
    for level in space.levels {
      let set = groups(survey.scan, level: level)
      for g in 0..<set.count {
        let key = set.keys[g]
        var members = Members()
        members.take(set, g, filter: sampler.filter)
        let tally = sampler.tally(members, key.period)
        var cell = Cell(
          unknown: tally.unknown, known: tally.known, persons: sampler.persons(members, key.period))
        do throws(Undefined) {
          let id = space.rolledUp(
            key.id, survey.population.map { known(level, to: $0.scan.table) } ?? level)
          try sampler.fill(
            &cell, members, key, level: level, population: population?[key.period, id]?.value)
        } catch {
          cell.value = nil
          cell.reason = Reason(error)
        }
        table.set(key, cell)
      }
    }
    return table
  }

  /// How well those who answered stand for those who were asked.
  func responseCells(_ response: Aggregate.Response) -> CellTable {
    let scan = response.scan
    let filter = filter(scan)
    let answered = frame.truth(response.answered, scan.table, periods: periods)
    let variables = response.variables.map { frame.codes($0, scan.table, periods: periods) }
    var table = emptyTable()
    for level in space.levels {
      let set = groups(scan, level: level)
      let cells = set.map { g, scratch -> Cell in
        scratch.members.take(set, g, filter: filter)
        let period = set.keys[g].period
        var isUnknown = [Bool](repeating: false, count: scratch.members.count)
        var codes = variables.map { _ in [Int32]() }
        var hits: [Bool] = []
        for i in scratch.members.rows.indices where scratch.members.takes(i) {
          let row = Int(scratch.members.rows[i])
          let truth = answered[period][row]
          if truth < 0 {
            isUnknown[i] = true
            continue
          }
          hits.append(truth == 1)
          for (v, reader) in variables.enumerated() {
            codes[v].append(reader[period].codes[row])
          }
        }
        let tally = scratch.members.tally(isUnknown)
        var cell = Cell(unknown: tally.unknown, known: tally.known)
        do throws(Undefined) {
          let found = try Representativeness(variables: codes, answered: hits)
          switch response.gives {
          case .indicator: cell.value = found.indicator
          case .adjusted: cell.value = found.adjusted
          case .partial(let v): cell.value = found.partial[v]
          }
        } catch { cell.reason = Reason(error) }
        return cell
      }
      for (key, cell) in zip(set.keys, cells) { table.set(key, cell) }
    }
    addPersons(scan, known: response.answered, to: &table)
    return table
  }
}

/// Reads samples, and keeps those that were raked.
private struct Sampler {
  private let survey: Aggregate.Survey
  private let executor: AggregateExecutor
  let filter: [Reader<Int8>]?
  private let values: [Reader<Double>]?
  private let weights: [Reader<Double>]?
  private let strata: [CodeReader]?
  private let clusters: [CodeReader]?
  private let people: [CodeReader]?
  private let classes: [[RowTexts]]
  private var margins: [KnownTotals]
  private var samples: [Place: Result<Sample, Undefined>] = [:]

  private struct Place: Hashable {
    var key: GroupSet.Key
    var level: [Bool]
  }

  init(_ survey: Aggregate.Survey, _ executor: AggregateExecutor) {
    self.survey = survey
    self.executor = executor
    let (frame, periods, table) = (executor.frame, executor.periods, survey.scan.table)
    filter = executor.filter(survey.scan)
    values = survey.value.map { frame.numbers($0, table, periods: periods) }
    weights = survey.weight.map { frame.numbers($0, table, periods: periods) }
    strata = survey.stratum.map { frame.codes($0, table, periods: periods) }
    clusters = survey.cluster.map { frame.codes($0, table, periods: periods) }
    people = executor.personPath(table).map { frame.codes(.path($0), table, periods: periods) }
    classes = survey.margins.map { margin in
      guard case .path(let path) = margin.own else { return [] }
      return executor.texts(path, table)
    }
    margins = survey.margins.map { KnownTotals($0.known, of: survey.population, executor) }
  }

  /// The level of the sample that a group at a level is of.
  private func whole(_ level: [Bool]) -> [Bool] {
    let paths = executor.dimensions[survey.scan.table] ?? []
    return level.indices.map { d in
      if d == 0 { return level[0] }
      return level[d] && (survey.margins.isEmpty || paths[d]?.links.isEmpty == true)
    }
  }

  func tally(_ members: Members, _ period: Int) -> (unknown: Double, known: Double) {
    members.tally(
      members.rows.indices.map { i in
        let row = Int(members.rows[i])
        return weights?[period][row].isNaN == true || values?[period][row].isNaN == true
      })
  }

  func persons(_ members: Members, _ period: Int) -> Int? {
    guard let people else { return nil }
    var met: Set<Int32> = []
    for i in members.rows.indices where members.takes(i) {
      let row = Int(members.rows[i])
      if weights?[period][row].isNaN == true || values?[period][row].isNaN == true { continue }
      let code = people[period].codes[row]
      if code >= 0 { met.insert(code) }
    }
    return met.count
  }

  /// Puts the estimate of a group into its cell.
  mutating func fill(
    _ cell: inout Cell, _ members: Members, _ key: GroupSet.Key, level: [Bool],
    population: Double?
  ) throws(Undefined) {
    let sample = try sample(key, level)
    let own = sample.places(of: members)
    switch survey.gives {
    case .effectiveSize:
      cell.value = try Weights.effectiveSize(own.map { sample.weights[$0] })
      cell.effectiveSize = cell.value
      cell.denominator = Double(own.count)
    case .greatestWeight:
      cell.value = own.map { sample.relative($0) }.max()
      cell.denominator = Double(own.count)
    case .mean, .share:
      try sample.estimate(
        own, isShare: survey.isShare, isClustered: survey.cluster != nil, population: population,
        into: &cell)
    }
  }

  /// The sample that a group is of, read and raked once.
  private mutating func sample(_ key: GroupSet.Key, _ level: [Bool]) throws(Undefined) -> Sample {
    let level = whole(level)
    let place = Place(
      key: GroupSet.Key(
        period: key.period, id: executor.space.rolledUp(key.id, level), residence: 0), level: level)
    if let known = samples[place] { return try known.get() }
    let made: Result<Sample, Undefined>
    do throws(Undefined) { made = .success(try read(place)) } catch { made = .failure(error) }
    samples[place] = made
    return try made.get()
  }

  private mutating func read(_ place: Place) throws(Undefined) -> Sample {
    let set = executor.groups(survey.scan, level: place.level)
    let period = place.key.period
    var members = Members()
    for g in 0..<set.count where set.keys[g].plain == place.key {
      members.take(set, g, filter: filter)
    }
    var sample = Sample()
    for i in members.rows.indices where members.takes(i) {
      let row = Int(members.rows[i])
      let weight = weights?[period][row] ?? 1
      if weight.isNaN { continue }
      sample.rows.append(members.rows[i])
      sample.weights.append(weight)
      sample.values.append(values?[period][row] ?? .nan)
      if let strata { sample.strata.append(strata[period].codes[row]) }
      if let clusters { sample.clusters.append(clusters[period].codes[row]) }
    }
    guard !sample.rows.isEmpty else { throw .nothingObserved }
    if survey.margins.isEmpty { return sample }
    let totals = survey.margins.indices.map {
      margins[$0].of(place.key, level: place.level, in: executor.space)
    }
    let sizes = totals.map { $0.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value } }
    let size = sizes.last ?? 0
    guard size > 0 else { throw .zeroTotal }
    if !survey.totalsAsLast, let other = sizes.first(where: { abs($0 - size) > 1e-9 * size }) {
      throw .marginTotalsDiffer(other, size)
    }
    // The people of classes left out are those of the others in the same proportions.
    let all = totals.enumerated().map { m, totals in
      margin(m, totals, sample.rows, period).scaled(to: size)
    }
    try sample.rake(to: all, survey)
    return sample
  }

  /// A margin in numbers: classes in the order of their names.
  private func margin(
    _ m: Int, _ totals: [String: Double], _ rows: [Int32], _ period: Int
  ) -> Weights.Margin {
    let own = rows.map { classes[m][period].text(Int($0)) ?? KnownTotals.unknown }
    let names = Set(own).union(totals.keys).sorted()
    let numbers = Dictionary(
      uniqueKeysWithValues: names.enumerated().map { ($0.element, Int32($0.offset)) })
    let met = Set(own)
    let targets = names.map { name -> Double in
      let total = totals[name] ?? 0
      // Nobody can be weighed in place of those of whom nothing is known.
      let isLeft = !met.contains(name) && (survey.leavesEmpty || name == KnownTotals.unknown)
      return isLeft ? 0 : total
    }
    return Weights.Margin(codes: own.map { numbers[$0] ?? 0 }, targets: targets)
  }
}

extension Weights.Margin {
  /// The same margin for so many people in all.
  fileprivate func scaled(to size: Double) -> Weights.Margin {
    let total = targets.reduce(0, +)
    if total == 0 || total == size { return self }
    return Weights.Margin(codes: codes, targets: targets.map { $0 * size / total })
  }
}

/// A sample with the weights that it is estimated with.
private struct Sample: Sendable {
  var rows: [Int32] = []
  var weights: [Double] = []
  var values: [Double] = []
  var strata: [Int32] = []
  var clusters: [Int32] = []
  /// The margins that weights meet exactly; none where they were trimmed.
  private var calibration: [[Int32]]?

  /// A weight, the mean one being 1.
  func relative(_ place: Int) -> Double {
    weights[place] * Double(weights.count) / weights.reduce(0, +)
  }

  /// The places of a group's rows.
  func places(of members: Members) -> [Int] {
    if members.count == rows.count && members.rows == rows { return Array(rows.indices) }
    let mine = Set(members.rows.indices.lazy.filter { members.takes($0) }.map { members.rows[$0] })
    return rows.indices.filter { mine.contains(rows[$0]) }
  }

  /// Makes the weights meet margins; refuses, or trims, those that become too large.
  mutating func rake(to margins: [Weights.Margin], _ survey: Aggregate.Survey) throws(Undefined) {
    weights = try Weights.rake(weights, to: margins)
    calibration = margins.map(\.codes)
    guard let cap = survey.cap else { return }
    let most = cap * weights.reduce(0, +) / Double(weights.count)
    guard let greatest = weights.max(), greatest > most * (1 + 1e-12) else { return }
    guard survey.isTrimmed else { throw .weightTooLarge(greatest / most * cap) }
    weights = try Weights.trim(weights, high: most)
    calibration = nil
  }

  /// The weighted mean over some of the rows, a domain of the sample.
  func estimate(
    _ own: [Int], isShare: Bool, isClustered: Bool, population: Double?, into cell: inout Cell
  ) throws(Undefined) {
    var y = [Double](repeating: .nan, count: rows.count)
    for place in own { y[place] = values[place] }
    let design = try SurveyDesign(
      weights: weights, strata: strata.isEmpty ? nil : Sample.apart(strata),
      clusters: clusters.isEmpty ? nil : Sample.apart(clusters),
      calibration: calibration.map { .margins($0) })
    let estimate = try design.mean(y)
    cell.value = estimate.mean
    cell.numerator = estimate.weightedSum
    cell.denominator = estimate.weightTotal
    cell.effectiveSize = estimate.effectiveSize
    let fraction = population.map { Double(estimate.answers) / $0 }
    // Which clusters the population has is not known: without it, no correction.
    cell.standardError = estimate.standardError.map {
      isClustered ? $0 : $0 * SurveyDesign.finiteCorrection(fraction)
    }
    let isSimple = strata.isEmpty && clusters.isEmpty
    let rows = Double((isShare ? estimate.answers : estimate.rows) - 1)
    cell.degrees = isSimple ? rows : design.degreesOfFreedom
    if isShare {
      cell.answers = estimate.answers
      cell.holding = y.count { $0 == 1 }
    }
  }

  /// Codes from 0; each missing one is of its own.
  private static func apart(_ codes: [Int32]) -> [Int32] {
    var next: Int32 = 0
    var known: [Int32: Int32] = [:]
    return codes.map { code in
      if code >= 0, let number = known[code] { return number }
      defer { next += 1 }
      if code >= 0 { known[code] = next }
      return next
    }
  }
}
