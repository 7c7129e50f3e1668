import Columns
import Statistics

extension AggregateExecutor {
  /// Measures of paired differences.
  func effectCells(_ effect: Aggregate.Effect) -> CellTable {
    let scan = effect.scan
    let finest = finest(scan, .rows)
    let filter = filter(scan)
    let differences = frame.numbers(effect.value, scan.table, periods: periods)
    var table = emptyTable()
    for level in space.levels {
      let set = groups(finest, level: level, withUnknown: false)
      let cells = set.map { g, scratch -> Cell in
        scratch.members.take(set, g, filter: filter)
        let reader = differences[set.keys[g].period]
        var values: [Double] = []
        var isUnknown = [Bool](repeating: false, count: scratch.members.count)
        for i in scratch.members.rows.indices where scratch.members.takes(i) {
          let value = reader[Int(scratch.members.rows[i])]
          if value.isNaN { isUnknown[i] = true } else { values.append(value) }
        }
        let tally = scratch.members.tally(isUnknown)
        var cell = Cell(
          denominator: Double(values.count), unknown: tally.unknown, known: tally.known)
        do throws(Undefined) {
          if let least = effect.leastAnswers, values.count < least {
            throw .tooFew(found: values.count, needed: least)
          }
          cell.value = try effect.measure.value(values)
        } catch {
          cell.reason =
            switch error {
            case .nothingObserved: .noEarlierWave
            case .tooFew: .tooFewPairs
            default: Reason(error)
            }
        }
        return cell
      }
      table.reserve(set.count)
      for (key, cell) in zip(set.keys, cells) { table.set(key, cell) }
    }
    addPersons(scan, known: .known(effect.value), to: &table)
    return table
  }
}

extension EffectMeasure {
  /// The measure of some differences.
  func value(_ differences: [Double]) throws(Undefined) -> Double {
    let change = try PairedChange(
      before: [Double](repeating: 0, count: differences.count), after: differences)
    switch self {
    case .dz: return try change.cohensDz()
    case .hedgesG: return try change.hedgesG()
    case .rankBiserial: return try Wilcoxon(differences).rankBiserial
    case .studentP: return try change.test().p
    case .wilcoxonP: return try Wilcoxon(differences).p()
    case .mcnemarP:
      let (gained, lost) = (differences.count { $0 == 1 }, differences.count { $0 == -1 })
      let same = differences.count { $0 == 0 }
      // Other differences are not of yes and no.
      guard gained + lost + same == differences.count else { throw .outOfRange(0) }
      return try McNemar(lost: lost, gained: gained, pairs: differences.count).exact()
    }
  }
}
