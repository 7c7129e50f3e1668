import Columns
import Model
import Statistics

/// The questionnaires filled in of a scale: one a person and wave.
struct ScoredRows: Sendable {
  /// One of them.
  struct Questionnaire: Sendable {
    /// The row that stands for it.
    var row: Int32
    var respondent: Int32
    var wave: Int32
    /// NaN where there is none.
    var score: Double
  }

  let questionnaires: [Questionnaire]

  /// Gathers the rows of a scale. A row without a person or a wave is of no questionnaire.
  init(_ score: Score, _ frame: Frame) {
    let table = AnswerColumns.table
    guard case .text(let instruments, let names)? = frame.column(table, "instrument"),
      case .text(let items, let itemNames)? = frame.column(table, score.columns.item.column),
      case .text(let waves, _)? = frame.column(table, score.columns.wave.column),
      case .text(let people, _)? = frame.column(table, score.columns.respondent.column),
      let wanted = names.code(of: score.instrument)
    else {
      questionnaires = []
      return
    }
    let values = frame.vector(score.columns.value, year: 0).numbers
    var place = [Int32](repeating: -1, count: itemNames.count)
    for (i, name) in score.items.enumerated() {
      if let code = itemNames.code(of: name) { place[Int(code)] = Int32(i) }
    }
    let width = score.items.count
    var numbers: [Int64: Int] = [:]
    var found: [Questionnaire] = []
    var first: [Int32] = []
    var answers: [Double] = []
    for row in instruments.indices where instruments[row] == wanted {
      guard items[row] >= 0, people[row] >= 0, waves[row] >= 0 else { continue }
      let item = place[Int(items[row])]
      if item < 0 { continue }
      let key = Int64(people[row]) << 32 | Int64(waves[row])
      let n: Int
      if let known = numbers[key] {
        n = known
        if item < first[n] {
          first[n] = item
          found[n].row = Int32(row)
        }
      } else {
        n = found.count
        numbers[key] = n
        first.append(item)
        found.append(
          Questionnaire(
            row: Int32(row), respondent: people[row], wave: waves[row], score: .nan))
        answers += [Double](repeating: .nan, count: width)
      }
      answers[n * width + Int(item)] = values[row]
    }
    for n in found.indices {
      // Too few answers, or one that is not offered: there is no score.
      found[n].score =
        (try? score.rule.score(Array(answers[n * width..<(n + 1) * width]))) ?? .nan
    }
    questionnaires = found
  }
}

/// How scores or answers have changed: a value for each row that has an earlier one beside it.
struct ChangedRows: Sendable {
  /// The rows and the difference, NaN where either side is unknown.
  private(set) var rows: [(row: Int32, difference: Double)] = []

  /// One measure of a unit (a person; a person's answer to an item).
  private struct Measure {
    var row: Int32
    var day: Int32
    /// The place of its wave in the order of names.
    var wave: Int32
    var value: Double
  }

  init(_ change: Change, _ frame: Frame) {
    let table = AnswerColumns.table
    guard case .text(let waves, let waveNames)? = frame.column(table, change.columns.wave.column),
      case .ordinal(let days) = frame.vector(change.columns.date, year: 0)
    else { return }
    let names = waveNames.strings
    var rank = [Int32](repeating: 0, count: names.count)
    let order = names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
    for (place, code) in order.enumerated() { rank[code] = Int32(place) }
    var wanted: Int32?
    if case .wave(let name) = change.since {
      // A name that is nowhere is no wave.
      wanted = waveNames.code(of: name).map { rank[Int($0)] } ?? -1
    }
    var units: [[Measure]] = []
    if let score = change.score {
      var numbers: [Int32: Int] = [:]
      for one in frame.scored(score).questionnaires where days[Int(one.row)] != Column.missingDay {
        let n = numbers[one.respondent] ?? units.count
        if n == units.count {
          numbers[one.respondent] = n
          units.append([])
        }
        units[n].append(
          Measure(
            row: one.row, day: days[Int(one.row)], wave: rank[Int(one.wave)], value: one.score))
      }
    } else {
      units = ChangedRows.answers(change, frame, days) { rank[Int(waves[$0])] }
    }
    for unit in units where unit.count > 1 {
      let sorted = unit.sorted { ($0.day, $0.wave) < ($1.day, $1.wave) }
      for measure in sorted {
        let earlier = sorted.prefix { $0.day < measure.day }
        let since: Measure? =
          switch change.since {
          case .previous: earlier.last
          case .first: earlier.first
          case .wave: earlier.last { $0.wave == wanted }
          }
        if let since { rows.append((measure.row, measure.value - since.value)) }
      }
    }
  }

  /// The answers of each person to each item.
  private static func answers(
    _ change: Change, _ frame: Frame, _ days: [Int32], _ wave: (Int) -> Int32
  ) -> [[Measure]] {
    let table = AnswerColumns.table
    guard let instruments = frame.codes(table, change.columns.instrument.column),
      let items = frame.codes(table, change.columns.item.column),
      let people = frame.codes(table, change.columns.respondent.column),
      let waves = frame.codes(table, change.columns.wave.column)
    else { return [] }
    struct Unit: Hashable {
      var instrument: Int32
      var item: Int32
      var person: Int32
    }
    let values = frame.vector(change.columns.value, year: 0).numbers
    var numbers: [Unit: Int] = [:]
    var units: [[Measure]] = []
    for row in items.indices {
      guard items[row] >= 0, people[row] >= 0, waves[row] >= 0, instruments[row] >= 0,
        days[row] != Column.missingDay
      else { continue }
      let unit = Unit(instrument: instruments[row], item: items[row], person: people[row])
      let n = numbers[unit] ?? units.count
      if n == units.count {
        numbers[unit] = n
        units.append([])
      }
      units[n].append(
        Measure(row: Int32(row), day: days[row], wave: wave(row), value: values[row]))
    }
    return units
  }
}

extension Frame {
  /// The questionnaires of a scale.
  func scored(_ score: Score) -> ScoredRows {
    if let known = questionnaires[score] { return known }
    let made = ScoredRows(score, self)
    questionnaires[score] = made
    return made
  }

  private func changed(_ change: Change) -> ChangedRows {
    if let known = changes[change] { return known }
    let made = ChangedRows(change, self)
    changes[change] = made
    return made
  }

  /// The values of what is asked of questionnaires, by row.
  func vector(_ asked: ScoreValue, domain: Domain, _ table: String) -> Vector {
    let n = count(table, domain)
    // What is a function of less than the row has no questionnaire behind it: its columns are empty.
    let isHere = domain == .rows
    switch asked {
    case .score(let score):
      var out = [Double](repeating: .nan, count: n)
      if isHere { for one in scored(score).questionnaires { out[Int(one.row)] = one.score } }
      return .number(out)
    case .stands(let score):
      var out = [Int8](repeating: 0, count: n)
      if isHere { for one in scored(score).questionnaires { out[Int(one.row)] = 1 } }
      return .truth(out)
    case .change(let change):
      var out = [Double](repeating: .nan, count: n)
      if isHere { for one in changed(change).rows { out[Int(one.row)] = one.difference } }
      return .number(out)
    case .isPaired(let change):
      var out = [Int8](repeating: 0, count: n)
      if isHere { for one in changed(change).rows { out[Int(one.row)] = 1 } }
      return .truth(out)
    }
  }
}
