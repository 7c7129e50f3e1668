import Statistics
import TestSupport
import XCTest

/// Ties of groups without a session in common, put together, are those of all attendances.
final class JoinedTiesTests: XCTestCase {
  func testTiesPutTogetherAreThoseOfAll() {
    var random = SeededGenerator(seed: 27)
    for _ in 0..<80 {
      let people = Int.random(in: 1...30, using: &random)
      let sessions = Int.random(in: 1...14, using: &random)
      let groups = Int.random(in: 1...4, using: &random)
      var persons: [Int32] = []
      var places: [Int32] = []
      for _ in 0..<Int.random(in: 0...160, using: &random) {
        // Most come to one group's sessions only; some go about several.
        let person = Int.random(in: 0..<people, using: &random)
        let session = Int.random(in: 0..<sessions, using: &random)
        let isAtHome = session % groups == person % groups
        guard isAtHome || Int.random(in: 0..<6, using: &random) == 0 else { continue }
        persons.append(Int32(person))
        places.append(Int32(session))
      }
      let whole = Ties(
        Attendance(persons: persons, sessions: places, people: people, sessions: sessions),
        maximumSize: 8)
      let parts = (0..<groups).map { group -> (ties: Ties, places: [Int32]) in
        let rows = persons.indices.filter { Int(places[$0]) % groups == group }
        let here = Set(rows.map { persons[$0] }).sorted()
        let number = Dictionary(uniqueKeysWithValues: zip(here, 0..<Int32(here.count)))
        let attendance = Attendance(
          persons: rows.map { number[persons[$0]] ?? -1 }, sessions: rows.map { places[$0] },
          people: here.count, sessions: sessions)
        return (Ties(attendance, maximumSize: 8), here)
      }
      let joined = Ties(joining: parts, people: people)
      XCTAssertEqual(joined.people, people)
      XCTAssertEqual(joined.first, whole.first)
      XCTAssertEqual(joined.second, whole.second)
      XCTAssertEqual(joined.meetings, whole.meetings)
      XCTAssertEqual(joined.weights.count, whole.weights.count)
      for (a, b) in zip(joined.weights, whole.weights) { XCTAssertEqual(a, b, accuracy: 1e-12) }
    }
  }
}
