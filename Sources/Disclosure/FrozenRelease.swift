/// The tables of a release as they were given, to be kept and given again.
///
/// Thawing is the only other way to a `ReleasedTable`: what comes out went through disclosure control
/// before it was kept. Whoever keeps it checks that it is what was frozen.
package struct FrozenRelease: Sendable, Codable {
  private struct Frozen: Sendable, Codable {
    var heading: ReleasedHeading
    var audience: Audience
    var cuts: [String]
    var rows: [ReleasedRow]
  }
  private let frozen: [Frozen]

  /// Keeps some tables.
  package init(_ tables: [ReleasedTable]) {
    frozen = tables.map {
      Frozen(heading: $0.heading, audience: $0.audience, cuts: $0.cuts, rows: $0.rows)
    }
  }

  /// The tables, as they were given.
  package var tables: [ReleasedTable] {
    frozen.map {
      ReleasedTable(heading: $0.heading, audience: $0.audience, cuts: $0.cuts, rows: $0.rows)
    }
  }
}
