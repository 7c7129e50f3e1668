import Columns
import Diagnostics
import Model

/// Tells people of one name apart in a register that gives them no identifiers.
///
/// The identifier made of residence and names is the same for two people of one name. They are two
/// when they live in different flats at the same time, or were born in different years: then the
/// first to arrive keeps the plain identifier, and the others have their flat, or else their year
/// of birth, behind it. Who has such an identifier in the store keeps it, whoever else leaves.
struct Namesakes {
  let table: TableDeclaration
  /// Whether the store knows an identifier.
  let isKnown: (String) -> Bool

  /// The columns that tell people apart, by index.
  private struct Places {
    var flat: Int?, year: Int?, arrival: Int?, departure: Int?
  }

  /// The new identifiers, by row; the names that two people or more bear.
  func identifiers(
    _ columns: [ColumnBuilder], rowCount: Int
  ) -> (byRow: [Int: String], shared: Int) {
    func index(_ name: String?) -> Int? {
      columns.firstIndex { $0.declaration.name == name }
    }
    let clues = PeopleNames.Clue.columns
    func clue(_ one: PeopleNames.Clue) -> Int? {
      index(clues.first { $0.clue == one }?.column)
    }
    let places = Places(
      flat: clue(.flat), year: clue(.birthYear), arrival: index(table.validity?.from),
      departure: index(table.validity?.to))
    guard let key = index(table.keyColumn?.name), columns[key].storage == .codes,
      places.flat != nil || places.year != nil
    else { return ([:], 0) }
    var rows: [Int32: [Int]] = [:]
    var order: [Int32] = []
    for row in 0..<rowCount where !columns[key].isMissing(row) {
      let code = columns[key].codes[row]
      if rows[code] == nil { order.append(code) }
      rows[code, default: []].append(row)
    }
    var out: [Int: String] = [:]
    var shared = 0
    for code in order {
      guard let all = rows[code] else { continue }
      let plain = columns[key].interner.string(code)
      let people = people(all, columns, places)
      if people.count > 1 { shared += 1 }
      // The plain identifier is the first's who has no other.
      var isTaken = false
      for person in people {
        let others = people.filter { $0 != person }
        let endings = endings(person, apartFrom: others, columns, places)
        if let known = endings.map({ plain + "|" + $0 }).first(where: isKnown) {
          for row in person { out[row] = known }
        } else if isTaken, let ending = endings.first {
          for row in person { out[row] = plain + "|" + ending }
        } else {
          isTaken = true
        }
      }
    }
    return (out, shared)
  }

  /// Rows of one name, by person, in the order of arrival.
  private func people(
    _ rows: [Int], _ columns: [ColumnBuilder], _ places: Places
  ) -> [[Int]] {
    guard rows.count > 1 else { return [rows] }
    let ordered = rows.sorted {
      (day($0, places.arrival, columns), $0) < (day($1, places.arrival, columns), $1)
    }
    var out: [[Int]] = []
    for row in ordered {
      let place = out.firstIndex { person in
        !person.contains { areTwo($0, row, columns, places) }
      }
      if let place { out[place].append(row) } else { out.append([row]) }
    }
    return out
  }

  /// Whether two rows of one name speak of two people.
  private func areTwo(_ a: Int, _ b: Int, _ columns: [ColumnBuilder], _ places: Places) -> Bool {
    func differ(_ column: Int?) -> Bool {
      guard let column else { return false }
      return !columns[column].isMissing(a) && !columns[column].isMissing(b)
        && !columns[column].isEqual(a, b)
    }
    if differ(places.year) { return true }
    guard differ(places.flat) else { return false }
    func stay(_ row: Int) -> (from: Int32, to: Int32) {
      let to = places.departure.map { columns[$0].days[row] } ?? Column.missingDay
      return (day(row, places.arrival, columns), to == Column.missingDay ? .max : to)
    }
    let (one, other) = (stay(a), stay(b))
    return one.from < other.to && other.from < one.to
  }

  private func day(_ row: Int, _ column: Int?, _ columns: [ColumnBuilder]) -> Int32 {
    column.map { columns[$0].days[row] } ?? Column.missingDay
  }

  /// What may stand behind the plain identifier of a person, the best first.
  private func endings(
    _ rows: [Int], apartFrom others: [[Int]], _ columns: [ColumnBuilder], _ places: Places
  ) -> [String] {
    func texts(_ column: Int?, _ rows: [Int]) -> [String] {
      guard let column else { return [] }
      return rows.filter { !columns[column].isMissing($0) }.map { columns[column].text($0) }
    }
    let taken = others.flatMap { $0 }
    return [places.flat, places.year].flatMap { column in
      let theirs = Set(texts(column, taken))
      return texts(column, rows).filter { !theirs.contains($0) && !$0.isEmpty }
    }
  }

  /// What a receipt tells of them.
  static func remark(_ shared: Int) -> Assumption {
    Assumption(
      code: "people.namesakes",
      message: Phrase(
        fr: shared == 1
          ? "un nom porté par plusieurs personnes, distinguées par leur logement ou leur naissance"
          : "\(shared) noms portés par plusieurs personnes, distinguées par leur logement ou leur "
            + "naissance",
        en: shared == 1
          ? "one name of several people, told apart by flat or year of birth"
          : "\(shared) names of several people, told apart by flat or year of birth"),
      isWarning: false)
  }
}

extension ColumnBuilder {
  /// A value's folded text.
  fileprivate func text(_ row: Int) -> String {
    switch storage {
    case .codes: Fold.key(interner.string(codes[row]))
    case .integers: String(integers[row])
    case .decimals, .days: ""
    }
  }
}
