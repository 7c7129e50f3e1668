package import Diagnostics
package import Indicators

/// The tables of a release, and what is for the internal audience only.
package struct ReleasedTables: Sendable {
  /// What the audience may read.
  package let tables: [ReleasedTable]
  /// What was withheld and why, for the internal audience only.
  package let audit: ReleaseAudit
}

/// The gate: the only place where computed values become values that may be read.
package enum Release {
  /// What one audience may read of some tables, in their order.
  ///
  /// All tables are one release: they are protected together, and together with what readers hold
  /// from earlier ones. Nothing is released that is not proved to be protected. `largest` holds, by
  /// place of a table of sums of money, the largest part of each sum (`Indicator.largestPart`).
  ///
  /// - Throws: `Failure` with status `releaseRefused` when a table for partners or for the public
  ///   is cut in a way that its indicator does not declare, or when small groups cannot be
  ///   protected.
  package static func release(
    _ tables: [IndicatorTable], policy: ReleasePolicy, language: Language,
    earlier: [EarlierRow] = [], largest: [Int: IndicatorTable] = [:]
  ) throws(Failure) -> ReleasedTables {
    var problems: [Diagnostic] = []
    if policy.audience != .internal {
      for table in tables {
        for cut in table.cuts where !table.definition.cuts.contains(cut) {
          problems.append(undeclared(cut, table.definition))
        }
      }
    }
    guard problems.isEmpty else { throw Failure(problems, status: .releaseRefused) }
    let tables = policy.protects ? Curves.joined(tables) : tables
    let dominated = tables.enumerated().map { t, table in
      policy.protects ? Dominance(table, largest: largest[t]).rows : []
    }
    let told = zip(tables, dominated).map { table, dominated in
      policy.protects ? WholeGroups(table).rows.union(dominated) : []
    }
    var status = zip(tables, told).map { table, told in
      let rule = PrimarySuppression(policy: policy, definition: table.definition)
      let restricted = policy.protects ? table.restricted : []
      return table.rows.enumerated().map { r, row in
        let own = rule.status(of: row.estimate, isTold: told.contains(r))
        let isInternal = restricted.contains { row.cuts[$0] != totalMark }
        return own != .noData && isInternal ? .withheld : own
      }
    }
    var audit = ReleaseAudit(policy: policy)
    if policy.protects {
      let held = EarlierRows(earlier, tables: tables)
      // A release of which readers hold every row is the same release: nothing new is published.
      let secondary =
        held.holdsAll(status)
        ? SecondarySuppression(rows: held.kept)
        : try SecondarySuppression(
          ReleaseSystem(
            tables, status: status, told: told, known: held.known, kept: held.kept,
            policy: policy),
          tables: tables, kept: held.kept)
      audit.note(tables, primary: status, dominated: dominated, secondary: secondary)
      for place in secondary.rows where status[place.table][place.row] == .given {
        status[place.table][place.row] = .withheld
      }
    }
    return ReleasedTables(
      tables: zip(tables, status).map {
        released($0, status: $1, policy: policy, language: language)
      }, audit: audit)
  }

  private static func released(
    _ table: IndicatorTable, status: [CellStatus], policy: ReleasePolicy, language: Language
  ) -> ReleasedTable {
    // The unknown of a survey are persons who did not answer: a few of them are few persons.
    func hides(_ e: Estimate) -> Bool {
      table.definition.isSurvey && e.unknown < 1e9 && policy.isSmall(Int(e.unknown))
    }
    let rows = zip(table.rows, status).map { row, status in
      let given = status == .given
      let e = row.estimate
      return ReleasedRow(
        period: row.period, residence: row.residence, cuts: row.cuts, status: status,
        value: given ? e.value : nil, numerator: given ? e.numerator : nil,
        denominator: given ? e.denominator : nil, unknown: given && !hides(e) ? e.unknown : nil,
        persons: given ? e.persons : nil, effectiveSize: given ? e.effectiveSize : nil,
        standardError: given ? e.standardError : nil, low: given ? e.low : nil,
        high: given ? e.high : nil, note: note(status, e.scanned > 0 ? e.reason : nil)[language])
    }
    return ReleasedTable(
      heading: ReleasedHeading(table.definition), audience: policy.audience, cuts: table.cuts,
      rows: rows)
  }

  /// One sentence for one sign: the reason why a cell is withheld would give it away.
  private static func note(_ status: CellStatus, _ reason: Reason?) -> Phrase {
    switch status {
    case .given: Phrase(same: "")
    case .withheld: Phrase(fr: "secret statistique", en: "withheld (statistical confidentiality)")
    case .notKnownEnough: Phrase(fr: "trop de valeurs inconnues", en: "too many unknown values")
    case .noData where reason != nil: reason?.text ?? Phrase(same: "")
    case .noData: Phrase(fr: "pas de donnée ou sans objet", en: "no data or not applicable")
    }
  }

  private static func undeclared(_ cut: String, _ definition: IndicatorDefinition) -> Diagnostic {
    let allowed = definition.cuts.sorted().joined(separator: ", ")
    return Diagnostic(
      code: "release.cut-not-declared",
      Phrase(
        fr: "la ventilation « \(cut) » n’est pas déclarée pour l’indicateur « \(definition.id) »",
        en: "the cut “\(cut)” is not declared for the indicator “\(definition.id)”"),
      remedy: allowed.isEmpty
        ? Phrase(
          fr: "hors usage interne, cet indicateur ne se ventile pas",
          en: "beyond internal use this indicator has no cut")
        : Phrase(
          fr: "ventilations déclarées\u{A0}: \(allowed)", en: "declared cuts: \(allowed)"))
  }
}

extension IndicatorTable {
  /// The places of the cuts that tell of data which never leave internal use: only what they do not
  /// tell apart is given to others.
  fileprivate var restricted: [Int] {
    cuts.indices.filter { definition.restrictedCuts.contains(cuts[$0]) }
  }
}

extension ReleasedHeading {
  init(_ d: IndicatorDefinition) {
    self.init(
      id: d.id, catalogue: d.catalogue, version: d.fullVersion, title: d.title, counts: d.counts,
      method: d.note, unknowns: d.unknowns ?? Phrase(fr: "inconnus", en: "unknown"),
      unit: d.unit, dimension: d.dimension, axis: d.axis,
      additivity: d.additivity.rawValue, direction: d.direction, level: d.level,
      fullID: d.fullID, settings: d.parameters.mapValues(\.value), formula: d.filledFormula,
      parameters: Phrase(fr: d.parameterList(.fr), en: d.parameterList(.en)),
      source: d.source, isSurvey: d.isSurvey, cuts: d.cuts, validFrom: d.validFrom,
      minimumKnownShare: d.minimumKnownShare, frameworks: d.frameworks)
  }
}
