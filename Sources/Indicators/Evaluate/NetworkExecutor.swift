import Columns
import Model
import Periods
import Statistics
import Threads

extension AggregateExecutor {
  /// A measure of every group's network.
  func networkCells(_ network: Aggregate.Network) -> CellTable {
    var table = emptyTable()
    let circles = self.circles(network.ties, among: network.among)
    let graphs = self.graphs(network, circles)
    let qualities = network.relation.map { self.qualities($0.of, network.ties, circles) }
    let baselines = network.draws == nil ? nil : self.baselines(network, circles, graphs)
    let labels =
      network.group.flatMap { _ in
        network.relation.map {
          QualityReaders($0.of, network.ties.scan.table, periods: periods, frame: frame).labels
        }
      }
    for l in circles.indices {
      let (level, graphs, qualities) = (circles[l], graphs[l], qualities?[l])
      let baselines = baselines?[l]
      let parts = Workers.parts(AggregateExecutor.starts(level))
      let cells = Workers.map(parts.count) { part in
        parts[part].map { g -> Cell in
          let circle = level[g]
          var group: Double?
          if let name = network.group, let texts = labels?[circle.key.period] {
            group = texts.firstIndex(of: name).map(Double.init) ?? -1
          }
          var cell: Cell
          if let draws = network.draws, let baseline = baselines?[g] {
            cell = Cell(baseline, draws.chance, network.measure)
            cell.persons = circle.people.count
          } else {
            cell = Cell(network, graphs[g], qualities?[g], group: group)
          }
          let lost = qualities?[g].lost ?? 0
          cell.unknown = circle.unknown + lost
          cell.known = circle.known - lost
          return cell
        }
      }
      for (circle, cell) in zip(level, cells.joined()) { table.set(circle.key, cell) }
    }
    return table
  }

  /// Where each circle's part of the work begins.
  private static func starts(_ circles: [Circle]) -> [Int] {
    circles.reduce(into: [0]) { $0.append(($0.last ?? 0) + 16 * $1.size) }
  }

  /// The ties of people who met often enough.
  private func graphs(_ network: Aggregate.Network, _ circles: [[Circle]]) -> [[Graph]] {
    func make() -> [[Graph]] {
      circles.map { level in
        let parts = Workers.parts(AggregateExecutor.starts(level))
        let weight: Graph.Weight =
          switch network.weight {
          case .one: .one
          case .meetings: .meetings
          case .newman: .newman
          }
        return Array(
          Workers.map(parts.count) { part in
            parts[part].map {
              Graph(level[$0].ties.atLeast(network.ties.minimumMeetings), weight: weight)
            }
          }.joined())
      }
    }
    if space.labels.count > 1 { return make() }
    let key = NetworkStore.GraphKey(
      key: NetworkStore.Key(rule: network.ties.rule, among: network.among),
      minimumMeetings: network.ties.minimumMeetings, weight: network.weight)
    return engine.networks.graphs.value(key, make: make)
  }

  /// What the share of crossing ties would be by chance.
  private func baselines(
    _ network: Aggregate.Network, _ circles: [[Circle]], _ graphs: [[Graph]]
  ) -> [[Result<Baseline, Undefined>]] {
    guard let relation = network.relation, let draws = network.draws else { return [] }
    let qualities = self.qualities(relation.of, network.ties, circles)
    let (person, table) = (network.ties.person, network.ties.scan.table)
    let isYearly = person.dependsOnPeriod
    let ranks = (isYearly ? periods : Array(periods.prefix(1))).map {
      frame.ranks(person, table, period: $0)
    }
    func make() -> [[Result<Baseline, Undefined>]] {
      circles.indices.map { l in
        let (circles, graphs, qualities) = (circles[l], graphs[l], qualities[l])
        let parts = Workers.parts(
          graphs.reduce(into: [0]) {
            $0.append(($0.last ?? 0) + draws.count * (4 * $1.nodes + $1.ties))
          })
        return Array(
          Workers.map(parts.count) { part in
            parts[part].map { g -> Result<Baseline, Undefined> in
              let (codes, numbers) = qualities[g].classes
              // Draws fall on places of the graph; where these are alike, in the order of people's
              // keys: that of rows, and of how the store has come about, changes nothing.
              let people = circles[g].people
              let rank = ranks[isYearly ? circles[g].key.period : 0]
              let order = people.indices.sorted { rank[Int(people[$0])] < rank[Int(people[$1])] }
                .map { Int32($0) }
              do throws(Undefined) {
                return .success(
                  try Baseline(
                    crossingsOf: graphs[g].restricted(to: order),
                    classes: order.map { codes[Int($0)] }, count: numbers.count,
                    draws: draws.count, seed: UInt64(draws.seed)
                  ) { relation.holds(numbers[$0], numbers[$1]) })
              } catch {
                return .failure(error)
              }
            }
          }.joined())
      }
    }
    if space.labels.count > 1 { return make() }
    // The same draws serve whatever is told of them.
    var key = network
    key.draws?.chance = .expected
    key.measure = .crossing
    return engine.networks.baselines.value(key, make: make)
  }
}

extension Cell {
  /// What random draws say of the share of ties that cross; of E − I over E + I, which is twice
  /// that share less 1.
  fileprivate init(
    _ baseline: Result<Baseline, Undefined>, _ chance: Aggregate.Network.Chance,
    _ measure: NetworkMeasure
  ) {
    func told(_ share: Double) -> Double { measure == .externalInternal ? 2 * share - 1 : share }
    switch baseline {
    case .failure(let why):
      self.init()
      reason = Reason(why)
    case .success(let drawn):
      switch chance {
      case .expected: self.init(value: told(drawn.expected))
      case .low: self.init(value: told(drawn.low))
      case .high: self.init(value: told(drawn.high))
      case .p: self.init(value: drawn.p)
      case .ratio:
        self.init(numerator: drawn.observed, denominator: drawn.expected)
        if drawn.expected > 0 { value = drawn.observed / drawn.expected }
        if value == nil { reason = .zeroDenominator }
      case .standardised:
        self.init()
        if drawn.deviation > 0 {
          value = (drawn.observed - drawn.expected) / drawn.deviation
        } else {
          reason = .noVariation
        }
      }
    }
  }

  /// A measure of a network; undefined, with why, where it has no meaning.
  fileprivate init(
    _ network: Aggregate.Network, _ graph: Graph, _ qualities: Qualities?, group: Double?
  ) {
    self.init(persons: graph.nodes)
    do throws(Undefined) {
      if network.measure.needsGroups, let qualities, let relation = network.relation {
        try measure(network, graph, qualities, relation, group: group)
      } else {
        try measure(network.measure, graph)
      }
    } catch {
      value = nil
      reason = Reason(error)
    }
  }

  private mutating func measure(_ measure: NetworkMeasure, _ graph: Graph) throws(Undefined) {
    switch measure {
    case .people: count(graph.nodes)
    case .ties:
      value = graph.weights.reduce(0, +)
      numerator = value
    case .density:
      value = try graph.density()
      numerator = Double(graph.ties)
      denominator = Double(graph.nodes) * Double(graph.nodes - 1) / 2
    case .meanDegree:
      value = try graph.meanDegree()
      numerator = 2 * Double(graph.ties)
      denominator = Double(graph.nodes)
    case .components: count(graph.componentSizes.count)
    case .largestComponent:
      count(graph.componentSizes.first ?? 0)
      persons = graph.componentSizes.first ?? 0
    case .isolates:
      count(graph.isolates)
      persons = graph.isolates
    case .connectedness: value = try graph.connectedness()
    case .clustering: value = try graph.meanClustering()
    case .clusteringConnected: value = try graph.meanClusteringOfConnected()
    case .transitivity: value = try graph.transitivity()
    case .degreeAssortativity: value = try graph.degreeAssortativity()
    case .degreeCentralisation: value = try graph.degreeCentralisation()
    case .betweennessCentralisation:
      value = try Centrality(graph).betweennessCentralisation()
    case .degeneracy: count(graph.cores.max() ?? 0)
    case .assortativity, .modularity, .homophily, .externalInternal, .externalInternalRescaled,
      .crossing:
      break
    }
  }

  private mutating func measure(
    _ network: Aggregate.Network, _ graph: Graph, _ qualities: Qualities,
    _ relation: Aggregate.Relation, group: Double?
  ) throws(Undefined) {
    let (codes, numbers) = qualities.classes
    if case .apart = relation.kind {
      let (crossing, total) = graph.crossings(codes) { relation.holds(numbers[$0], numbers[$1]) }
      guard total > 0 else { throw .noTies }
      let share = crossing / total
      value = network.measure == .externalInternal ? 2 * share - 1 : share
      if network.measure == .crossing { (numerator, denominator) = (crossing, total) }
      return
    }
    let mixing = Mixing(graph, groups: codes, count: numbers.count)
    switch network.measure {
    case .assortativity: value = try mixing.assortativity()
    case .modularity: value = try mixing.modularity()
    case .externalInternal: value = try mixing.externalInternal()
    case .externalInternalRescaled: value = try mixing.rescaledExternalInternal()
    case .crossing:
      let (external, total) = (mixing.external, mixing.external + mixing.internal)
      guard total > 0 else { throw .noTies }
      (value, numerator, denominator) = (external / total, external, total)
    case .homophily:
      guard let place = numbers.firstIndex(where: { $0 == group }) else { throw .nothingObserved }
      persons = mixing.sizes[place]
      value = try mixing.colemanHomophily(of: place)
    default: break
    }
  }

  private mutating func count(_ n: Int) {
    value = Double(n)
    numerator = Double(n)
  }
}
