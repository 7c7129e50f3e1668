import Model
import TestSupport

/// Answers to every questionnaire, with what goes wrong in them: items left out, rows that are not
/// there, answers that no question offers, people who come for one wave only.
struct ScoreWorld {
  private static let residences = ["r1", "r2", "r3", ""]
  private static let dates = ["1": "2023-05-10", "2": "2024-05-10"]

  /// Rows in the columns of `World`: instrument, wave, date, residence, respondent, item, value,
  /// weight.
  static func rows(seed: UInt64, instruments: Instruments) -> [[String]] {
    var g = SeededGenerator(seed: seed &+ 7_000)
    func chance(_ p: Double) -> Bool { Double.random(in: 0..<1, using: &g) < p }
    var out: [[String]] = []
    func answer(_ name: String, _ person: Int, _ wave: String, _ items: [(String, [Int])]) {
      guard let date = dates[wave] else { return }
      let weight = chance(0.95) ? "\(Double(Int.random(in: 5...20, using: &g)) / 10)" : ""
      let isCareless = chance(0.25)
      let level = Double.random(in: -0.4...0.4, using: &g)
      for (item, codes) in items {
        if isCareless, chance(0.1) { continue }
        let steps = Double(codes.count - 1)
        let place = ((0.5 + level + Double.random(in: -0.35...0.35, using: &g)) * steps).rounded()
        var value = String(codes[min(max(Int(place), 0), codes.count - 1)])
        if isCareless, chance(0.15) { value = chance(0.8) ? "" : "\((codes.max() ?? 0) + 1)" }
        out.append(
          [name, wave, date, residences[person % 4], "p\(person)", item, value, weight])
      }
    }
    // Some scales are followed by many, as changes need pairs.
    for instrument in instruments.all {
      let items = instrument.items.map { ($0.name, $0.codes.map { Int($0) }) }
      let isFollowed = ["ucla3", "who5"].contains(instrument.name)
      for person in 0..<(isFollowed ? 180 : 18) {
        for wave in ["1", "2"] where chance(0.9) { answer(instrument.name, person, wave, items) }
      }
    }
    for person in 0..<180 {
      for wave in ["1", "2"] where chance(0.9) {
        answer("lien", person, wave, [("appartenance", [1, 2, 3, 4])])
        answer("influence", person, wave, [("mot_a_dire", [1, 2, 3, 4, 5])])
        if chance(0.3) { answer("influence", person, wave, [("peut_influer", [1, 2, 3, 4, 5])]) }
      }
    }
    return out
  }
}
