import Model

extension Aggregate {
  /// The same aggregate with every scan changed.
  func mapScans(_ change: (Scan) throws(FormulaError) -> Scan) throws(FormulaError) -> Aggregate {
    try mapScans(change, known: change)
  }

  /// The same with every scan changed, those of what a sample stands for in their own way.
  func mapScans(
    _ change: (Scan) throws(FormulaError) -> Scan,
    known: (Scan) throws(FormulaError) -> Scan
  ) throws(FormulaError) -> Aggregate {
    switch self {
    case .rows(let row, let scan): return .rows(row, try change(scan))
    case .perKey(let perKey): return .perKey(try perKey.mapScans(change))
    case .population(var population):
      population.scan = try change(population.scan)
      return .population(population)
    case .ties(var ties):
      ties.scan = try change(ties.scan)
      return .ties(ties)
    case .met(var met):
      met.scan = try change(met.scan)
      return .met(met)
    case .network(var network):
      network.ties.scan = try change(network.ties.scan)
      if let among = network.among { network.among?.scan = try change(among.scan) }
      return .network(network)
    case .retention(var retention):
      retention.scan = try change(retention.scan)
      return .retention(retention)
    case .weighted(var weighted):
      weighted.scan = try change(weighted.scan)
      if let population = weighted.population {
        weighted.population?.scan = try known(population.scan)
      }
      return .weighted(weighted)
    case .effect(var effect):
      effect.scan = try change(effect.scan)
      return .effect(effect)
    case .survival(var survival):
      survival.scan = try change(survival.scan)
      return .survival(survival)
    case .hours(var hours):
      hours.scan = try change(hours.scan)
      return .hours(hours)
    case .weeks(var weeks):
      weeks.scan = try change(weeks.scan)
      return .weeks(weeks)
    case .dissimilarity(var dissimilarity):
      dissimilarity.counted = try dissimilarity.counted.mapScans(change)
      dissimilarity.register.scan = try change(dissimilarity.register.scan)
      return .dissimilarity(dissimilarity)
    case .survey(let survey):
      return .survey(try survey.mapScans(change, known: known))
    case .response(var response):
      response.scan = try change(response.scan)
      return .response(response)
    case .valuation(let valuation): return .valuation(try valuation.mapScans(change))
    }
  }

  /// Tables that are read beside those whose rows are counted.
  var sideTables: [String] {
    switch self {
    case .perKey(let perKey): perKey.sideTables
    case .dissimilarity(let dissimilarity): dissimilarity.counted.sideTables
    case .met(let met): [met.others.table]
    case .survival(let s):
      [s.register?.table, s.closed?.scan.table].compactMap { $0 }
    case .weeks(let weeks): [weeks.closed?.scan.table].compactMap { $0 }
    default: []
    }
  }

  /// Every row expression that takes part.
  var expressions: [RowExpression] {
    switch self {
    case .rows(let row, let scan): row.expressions + scan.expressions
    case .perKey(let perKey): perKey.expressions
    case .population(let p): p.expressions
    case .ties(let t): t.expressions
    case .met(let m): [m.person, m.session] + m.scan.expressions + m.others.expressions
    case .network(let n):
      n.ties.expressions + [n.relation?.of].compactMap { $0 } + (n.among?.expressions ?? [])
    case .retention(let r): [r.person] + r.scan.expressions
    case .weighted(let w):
      [w.value, w.weight] + w.scan.expressions + (w.population?.expressions ?? [])
    case .effect(let e): [e.value] + e.scan.expressions
    case .survival(let s):
      [s.person] + [s.clock].compactMap { $0 } + s.scan.expressions
        + (s.closed?.expressions ?? [])
    case .hours(let h): [h.key, h.start, h.end] + h.scan.expressions
    case .weeks(let w): w.scan.expressions + (w.closed?.expressions ?? [])
    case .dissimilarity(let d):
      d.counted.expressions + d.register.expressions + [d.category]
    case .survey(let s): s.expressions
    case .response(let r): [r.answered] + r.variables + r.scan.expressions
    case .valuation(let v): v.expressions
    }
  }
}

extension Aggregate.Ties {
  /// Every row expression that takes part.
  var expressions: [RowExpression] {
    [person, session] + [notSame, relation?.of, ends].compactMap { $0 } + scan.expressions
  }
}

extension Scan {
  /// The conditions on its rows.
  var expressions: [RowExpression] { [counted, filter].compactMap { $0 } }
}

extension Population {
  /// Every row expression that takes part.
  var expressions: [RowExpression] { [entity] + scan.expressions }
}

extension ClosedDays {
  /// Every row expression that takes part.
  var expressions: [RowExpression] { [.path(first), .path(last)] + scan.expressions }
}

extension PerKey {
  /// The same with every scan changed.
  func mapScans(_ change: (Scan) throws(FormulaError) -> Scan) throws(FormulaError) -> PerKey {
    var out = self
    for i in inners.indices { out.inners[i].scan = try change(inners[i].scan) }
    if let among { out.among?.scan = try change(among.scan) }
    return out
  }

  /// Tables that are read beside those whose rows are counted.
  var sideTables: [String] {
    inners.compactMap {
      if case .monthsOpen(let sessions) = $0.kind { sessions.table } else { nil }
    }
  }

  /// Every row expression that takes part.
  var expressions: [RowExpression] {
    var out = among?.expressions ?? []
    if case .category(let path) = value { out.append(path) }
    for inner in inners {
      out.append(inner.key)
      out += inner.scan.expressions
      switch inner.kind {
      case .rows(let row): out += row.expressions
      case .monthsOpen(let sessions): out += sessions.expressions
      }
    }
    return out
  }
}
