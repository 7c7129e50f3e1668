import Indicators

/// Tables of one definition under several numbers of a parameter: the points of a curve.
///
/// Two points tell the persons between them: those who came five to nine times, the second fifth,
/// those who dropped out from one day to another. So a curve is given whole or not at all: each of
/// its points is about as few persons as the smallest group that any of them, or any two neighbours,
/// tell apart.
enum Curves {
  private struct Curve: Hashable {
    let id: String
    let cuts: [String]
  }

  /// The same tables in their order, each row knowing the smallest group of its whole curve.
  static func joined(_ tables: [IndicatorTable]) -> [IndicatorTable] {
    var curves: [Curve: [Int]] = [:]
    for (t, table) in tables.enumerated() where !table.definition.parameters.isEmpty {
      curves[Curve(id: table.definition.id, cuts: table.cuts), default: []].append(t)
    }
    var out = tables
    for (_, members) in curves
    where Set(members.map { tables[$0].definition.fullID }).count > 1 {
      var points: [Label: [Estimate]] = [:]
      for t in members {
        for row in tables[t].rows { points[Label(row), default: []].append(row.estimate) }
      }
      let smallest = points.compactMapValues(smallestGroup)
      for t in members {
        let rows = tables[t].rows.map { row in
          var row = row
          row.estimate.smallestGroup = smallest[Label(row)] ?? row.estimate.smallestGroup
          return row
        }
        out[t] = IndicatorTable(
          definition: tables[t].definition, cuts: tables[t].cuts, rows: rows,
          sides: tables[t].sides)
      }
    }
    return out
  }

  /// The smallest group that some points of one curve tell.
  private static func smallestGroup(_ points: [Estimate]) -> Int? {
    let apart = points.compactMap(\.apart).sorted()
    let between = zip(apart.dropFirst(), apart).map { $0 - $1 }.filter { $0 > 0 }
    return (points.compactMap(\.smallestGroup) + between).min()
  }
}
