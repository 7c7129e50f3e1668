import People
import XCTest

/// How well names as typed are matched, on made-up registers. Odd seeds served to set the figures
/// of the matcher; the even ones, used here, did not.
final class MatchQualityTests: XCTestCase {
  private struct Score {
    var mentions = 0
    var known = 0
    var right = 0
    var wrong: [String] = []

    var precision: Double { Double(right) / Double(max(right + wrong.count, 1)) }
    var recall: Double { Double(right) / Double(max(known, 1)) }
    var f1: Double { 2 * precision * recall / (precision + recall) }
  }

  private func score(_ seeds: [Int], mentions: Int) -> Score {
    var out = Score()
    for seed in seeds {
      let made = MadeRegister(seed: seed)
      let isRich = seed % 3 != 0
      var mangler = Mangler(made, isRich: isRich, seed: seed)
      var matcher = Matcher(register: made.register(isRich: isRich), year: 2024)
      for mention in mangler.mentions(mentions) {
        out.mentions += 1
        if mention.person != nil { out.known += 1 }
        let answer = matcher.answer(to: mention.text)
        guard answer.status == .sure, let first = answer.candidates.first else { continue }
        if matcher.register.people[first.person].id == mention.person {
          out.right += 1
        } else {
          out.wrong.append("\(seed), \(mention.kind): \(answer.reason)")
        }
      }
    }
    return out
  }

  func testNamesOfHeldOutRegistersAreMatchedWithFewWrongAnswers() {
    let score = score([102, 104, 106, 108, 110, 112], mentions: 660)
    XCTAssertGreaterThan(score.f1, 0.96)
    XCTAssertGreaterThan(score.precision, 0.997, score.wrong.joined(separator: "\n"))
  }

  func testEveryWayToMangleIsExercised() {
    var kinds = Set<String>()
    for seed in [101, 103] {
      let made = MadeRegister(seed: seed)
      var mangler = Mangler(made, isRich: true, seed: seed)
      for mention in mangler.mentions(3000) { kinds.insert(mention.kind) }
    }
    XCTAssertGreaterThanOrEqual(kinds.count, 20, "\(kinds.sorted())")
  }
}
