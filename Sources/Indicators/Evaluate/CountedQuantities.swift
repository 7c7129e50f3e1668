import Columns
import Periods

/// Quantities of a valuation that are counted from other rows, in the residence of each row.
struct CountedQuantities {
  private let when: [Reader<Int8>]
  /// What names the count of each row: its place among the counts, -1 for none of them.
  private let place: Reader<Int32>
  /// The period that each row names; nil where the table has dates.
  private let named: (codes: Reader<Int32>, periods: [Period?])?
  private let tables: [CellTable]
  private let residences: Reader<Int32>
  private let space: GroupSpace
  private let periods: [Period]

  /// Nil when the rows' own quantities are the right ones.
  init?(_ valuation: Aggregate.Valuation, _ executor: AggregateExecutor) {
    guard let counted = valuation.counted else { return nil }
    let table = valuation.scan.table
    let frame = executor.frame
    when = frame.truth(counted.when, table, periods: executor.periods)
    place =
      frame.texts(counted.by, year: 0).map { codes, lexicon in
        let places = lexicon.strings.map { name in
          Int32(counted.counts.firstIndex { $0.name == name } ?? -1)
        }
        return codes.map { $0 < 0 ? -1 : places[Int($0)] }
      } ?? Reader(via: nil, values: [-1], isConstant: true)
    named = valuation.period.flatMap { frame.texts($0, year: 0) }.map { codes, lexicon in
      (codes, lexicon.strings.map { try? Period($0) })
    }
    tables = counted.counts.map { executor.rowCells($0.people, $0.scan) }
    residences = executor.engine.residenceSlots(table)
    space = executor.space
    periods = executor.periods
  }

  /// The quantities of the rows that take a counted one, NaN where it is not known: the row names
  /// no count or another period, nobody was asked there, or several rows would count the same
  /// people.
  func read(_ members: Members, _ period: Int) -> [Int: Double] {
    struct Claim: Hashable {
      var place: Int32
      var residence: Int32
    }
    var out: [Int: Double] = [:]
    var claims: [Claim: Int] = [:]
    var rows: [(row: Int, claim: Claim)] = []
    for i in members.rows.indices where members.takes(i) {
      let row = Int(members.rows[i])
      if let named, let own = self.period(named, row), !lies(own, in: periods[period]) { continue }
      guard when[period][row] != 0 else { continue }
      out[row] = .nan
      let claim = Claim(place: place[row], residence: residences[row])
      guard when[period][row] == 1, claim.place >= 0, isOf(row, period) else { continue }
      claims[claim, default: 0] += 1
      rows.append((row, claim))
    }
    let all = Dictionary(grouping: claims.keys, by: \.place)
    for (row, claim) in rows where claims[claim] == 1 {
      // A row of no residence speaks of all: beside one of a residence it would count people twice.
      if claim.residence < 2, (all[claim.place]?.count ?? 0) > 1 { continue }
      let id = claim.residence < 2 ? 0 : space.residence(claim.residence)
      if let people = tables[Int(claim.place)][period, id]?.value { out[row] = people }
    }
    return out
  }

  /// Whether a row speaks of the whole period, as what is counted does.
  private func isOf(_ row: Int, _ period: Int) -> Bool {
    guard let named else { return true }
    guard let own = self.period(named, row) else { return false }
    return own.first == periods[period].first && own.last == periods[period].last
  }

  private func period(_ named: (codes: Reader<Int32>, periods: [Period?]), _ row: Int) -> Period? {
    named.codes[row] < 0 ? nil : named.periods[Int(named.codes[row])]
  }

  private func lies(_ own: Period, in period: Period) -> Bool {
    own.first >= period.first && own.last <= period.last
  }
}
