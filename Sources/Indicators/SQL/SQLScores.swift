import Model
import Statistics

/// Scores of questionnaires and their changes: a join with one row a person and wave.
extension SQLRows {
  /// What is asked of the questionnaire that a row is of.
  mutating func sql(_ asked: ScoreValue) -> String {
    switch asked {
    case .score(let score): return "\(joined(score)).score"
    case .stands(let score):
      // Said of the row itself first: most rows are of other questionnaires.
      let own = "t.\(dialect.name(score.columns.instrument.column))"
      return
        "(\(own) = \(dialect.text(score.instrument)) AND \(place("t", score)) = \(joined(score)).place)"
    case .change(let change): return "\(joined(change)).difference"
    case .isPaired(let change): return "(\(joined(change)).day IS NOT NULL)"
    }
  }

  /// The alias of the scores of a scale.
  private mutating func joined(_ score: Score) -> String {
    join("score \(score.instrument) \(score.scale)") { dialect, alias in
      let columns = score.columns
      return
        "LEFT JOIN (\(SQLRows.scores(score, dialect))) AS \(alias) ON \(alias).person = t.\(dialect.name(columns.respondent.column)) AND \(alias).wave = t.\(dialect.name(columns.wave.column)) AND t.\(dialect.name(columns.instrument.column)) = \(dialect.text(score.instrument))"
    }
  }

  /// The alias of the changes since an earlier wave.
  private mutating func joined(_ change: Change) -> String {
    join("change \(change.score?.instrument ?? "") \(change.score?.scale ?? "") \(change.since)") {
      dialect, alias in
      let columns = change.columns
      func own(_ path: ResolvedPath) -> String { "t.\(dialect.name(path.column))" }
      var on = [
        "\(alias).person = \(own(columns.respondent))", "\(alias).wave = \(own(columns.wave))",
      ]
      if let score = change.score {
        on.append("\(own(columns.instrument)) = \(dialect.text(score.instrument))")
      } else {
        on.append("\(alias).instrument = \(own(columns.instrument))")
        on.append("\(alias).item = \(own(columns.item))")
      }
      return
        "LEFT JOIN (\(SQLRows.changes(change, dialect))) AS \(alias) ON \(on.joined(separator: " AND "))"
    }
  }

  /// The place of a row's item in the scale.
  private func place(_ alias: String, _ score: Score) -> String {
    SQLRows.place(alias, score, dialect)
  }

  private static func place(_ alias: String, _ score: Score, _ dialect: Dialect) -> String {
    let cases = score.items.enumerated().map { "WHEN \(dialect.text($1)) THEN \($0)" }
    return
      "CASE \(alias).\(dialect.name(score.columns.item.column)) \(cases.joined(separator: " ")) END"
  }

  /// One row a person and wave: `person, wave, day, place` of the row that stands for it, `score`.
  private static func scores(_ score: Score, _ dialect: Dialect) -> String {
    let columns = score.columns
    func own(_ path: ResolvedPath) -> String { "r.\(dialect.name(path.column))" }
    let value = own(columns.value)
    // What each answer counts: items that count alike share a case.
    var groups: [(points: [Double: Double], items: [String])] = []
    for (item, rule) in zip(score.items, score.rule.items) {
      if let g = groups.firstIndex(where: { $0.points == rule.points }) {
        groups[g].items.append(item)
      } else {
        groups.append((rule.points, [item]))
      }
    }
    func list(_ items: [String]) -> String { items.map(dialect.text).joined(separator: ", ") }
    let points = groups.map { group in
      let codes = group.points.sorted { $0.key < $1.key }.map {
        "WHEN \(dialect.number($0.key)) THEN \(dialect.number($0.value))"
      }
      return
        "WHEN \(own(columns.item)) IN (\(list(group.items))) THEN CASE \(dialect.double(value)) \(codes.joined(separator: " ")) END"
    }
    let rows = """
      SELECT \(own(columns.respondent)) AS person, \(own(columns.wave)) AS wave, \
      \(own(columns.date)) AS day, \(own(columns.item)) AS item, \(place("r", score, dialect)) AS place, \
      \(value) AS answer, CASE \(points.joined(separator: " ")) END AS points \
      FROM \(dialect.name(AnswerColumns.table)) AS r \
      WHERE \(own(columns.instrument)) = \(dialect.text(score.instrument)) \
      AND \(own(columns.item)) IN (\(list(score.items))) \
      AND \(own(columns.respondent)) IS NOT NULL AND \(own(columns.wave)) IS NOT NULL
      """
    let ranked = """
      SELECT person, wave, day, item, place, answer, points, \
      ROW_NUMBER() OVER (PARTITION BY person, wave ORDER BY place) AS turn FROM (\(rows)) AS a
      """
    var needed = [
      "COUNT(answer) > 0",
      "SUM(CASE WHEN answer IS NOT NULL AND points IS NULL THEN 1 ELSE 0 END) = 0",
    ]
    for requirement in score.rule.requirements {
      let items = list(requirement.items.map { score.items[$0] })
      needed.append(
        "SUM(CASE WHEN answer IS NOT NULL AND item IN (\(items)) THEN 1 ELSE 0 END) >= \(requirement.answered)"
      )
    }
    let total = total(score.rule, dialect)
    let grouped = """
      SELECT person, wave, MAX(CASE WHEN turn = 1 THEN day END) AS day, MIN(place) AS place, \
      CASE WHEN \(needed.joined(separator: " AND ")) THEN \(total) END AS total \
      FROM (\(ranked)) AS b GROUP BY person, wave
      """
    return
      "SELECT person, wave, day, place, \(converted(score.rule, dialect)) AS score FROM (\(grouped)) AS c"
  }

  /// What points make up.
  private static func total(_ rule: ScoringRule, _ dialect: Dialect) -> String {
    let sum = dialect.double("SUM(points)")
    var out =
      switch rule.total {
      case .sum: sum
      case .mean: "\(sum) / COUNT(points)"
      case .prorated: "\(sum) / COUNT(points) * \(dialect.number(Double(rule.items.count)))"
      }
    if rule.factor != 1 { out = "(\(out)) * \(dialect.number(rule.factor))" }
    return out
  }

  /// The score that a total is read as.
  private static func converted(_ rule: ScoringRule, _ dialect: Dialect) -> String {
    var out = "total"
    if !rule.table.isEmpty {
      let cases = rule.table.sorted { $0.key < $1.key }.map {
        "WHEN \(dialect.number($0.key)) THEN \(dialect.number($0.value))"
      }
      out = "CASE total \(cases.joined(separator: " ")) END"
    }
    guard let decimals = rule.decimals else { return out }
    // Halves away from zero, also those that a division has missed by their last digit.
    let scale = dialect.number((0..<decimals).reduce(1.0) { scale, _ in scale * 10 })
    let raised = "(\(out)) * \(scale) * (1 + 1e-14)"
    let up = dialect.floor("\(raised) + 0.5")
    let down = dialect.floor("0.5 - \(raised)")
    return
      "CASE WHEN (\(out)) >= 0 THEN \(dialect.double(up)) / \(scale) ELSE -\(dialect.double(down)) / \(scale) END"
  }

  /// One row a measure that has an earlier one: `person, wave, day, difference`, and `instrument,
  /// item` for answers.
  private static func changes(_ change: Change, _ dialect: Dialect) -> String {
    let columns = change.columns
    func own(_ path: ResolvedPath) -> String { "r.\(dialect.name(path.column))" }
    let measures: String
    if let score = change.score {
      measures =
        "SELECT person, wave, day, score AS value, '' AS instrument, '' AS item FROM (\(scores(score, dialect))) AS s WHERE day IS NOT NULL"
    } else {
      measures = """
        SELECT \(own(columns.respondent)) AS person, \(own(columns.wave)) AS wave, \
        \(own(columns.date)) AS day, \(dialect.double(own(columns.value))) AS value, \
        \(own(columns.instrument)) AS instrument, \(own(columns.item)) AS item \
        FROM \(dialect.name(AnswerColumns.table)) AS r \
        WHERE \(own(columns.respondent)) IS NOT NULL AND \(own(columns.wave)) IS NOT NULL \
        AND \(own(columns.date)) IS NOT NULL AND \(own(columns.item)) IS NOT NULL \
        AND \(own(columns.instrument)) IS NOT NULL
        """
    }
    // `turn` is the place of a measure, `start` that of the first one of its day.
    let unit = "PARTITION BY instrument, item, person ORDER BY day"
    let ordered =
      "SELECT person, wave, day, value, instrument, item, ROW_NUMBER() OVER (\(unit), wave) AS turn, RANK() OVER (\(unit)) AS start FROM (\(measures)) AS m"
    let earlier =
      switch change.since {
      case .previous: "q.turn = o.start - 1"
      case .first: "q.turn = 1 AND o.start > 1"
      case .wave(let name): "q.wave = \(dialect.text(name)) AND q.turn < o.start"
      }
    return
      "WITH ordered AS (\(ordered)) SELECT o.person AS person, o.wave AS wave, o.day AS day, o.instrument AS instrument, o.item AS item, o.value - q.value AS difference FROM ordered AS o JOIN ordered AS q ON q.person = o.person AND q.instrument = o.instrument AND q.item = o.item AND \(earlier)"
  }
}
