import Synchronization
import XCTest

@testable import Statistics

/// What the tests of this process did with each value of the reference files. A value is claimed by
/// the assertion that compares it, at the time when it does, and by nothing else.
enum Claims {
  enum Way: Hashable {
    /// This project's answer was compared with it.
    case compared
    /// It was given to this project's code.
    case given
    /// This project answers otherwise, and a test says what.
    case otherwise(Otherwise)
    /// There is nothing here to compare with it.
    case apart(Apart)
  }

  /// Where this project deliberately does not answer as a peer; docs/statistics.md says each.
  enum Otherwise: String, CaseIterable {
    case nothingThere = "A number for nothing"
    case amountsBelowZero = "Amounts below zero"
    case noTriples = "Transitivity without ties"
    case loops = "Centralisation with loops"
    case atTheEnds = "Wilson's bounds at the ends"
    case halfReached = "A median at exactly one half"
    case marginsNotMet = "Margins that cannot be met"
    case hedgesOfTwo = "Hedges' g of two pairs"
    case scaledWeights = "Design effect of scaled weights"
    case allAlike = "Intervals where all answered alike"
    case frequencyWeights = "Weights taken for frequencies"
    case constantItem = "An item that does not vary"
    case meanConverted = "The conversion of a mean"
    case unanswered = "Missing answers"
  }

  /// What is not here, and why; docs/statistics.md says each.
  enum Apart: String, CaseIterable {
    case peer = "Names, sources and notes of the peers"
    case noValue = "Values that the peer does not have"
    case otherDraws = "Bounds of other draws"
    case dataElsewhere = "Data that the collection does not hold"
    case notOffered = "Methods that no indicator uses"
  }

  private static let ways = Mutex<[String: Way]>([:])

  static func claim(_ reference: Reference, as way: Way) {
    let places = reference.leaves.map(\.place)
    ways.withLock { known in
      for place in places where known[place] == nil || way == .compared { known[place] = way }
    }
  }

  static func claim(_ places: [String], as way: Way) {
    ways.withLock { known in
      for place in places where known[place] == nil || way == .compared { known[place] = way }
    }
  }

  static func way(of place: String) -> Way? { ways.withLock { $0[place] } }
}

extension Reference {
  /// Nothing here compares with these values, for this reason.
  func apart(_ why: Claims.Apart) { Claims.claim(self, as: .apart(why)) }
}

/// This project's number, deliberately not that of the peer.
func assertOtherwise(
  _ why: Claims.Otherwise, _ got: @autoclosure () throws -> Double, here: Double,
  peer: Reference, line: UInt = #line, file: StaticString = #filePath
) {
  assertSame(try got(), here, peer.place, line: line, file: file)
  if let number = peer.number {
    XCTAssertGreaterThan(
      abs(number - here), 1e-9, "\(peer.place): the same after all", file: file, line: line)
  }
  Claims.claim(peer, as: .otherwise(why))
}

/// Undefined here for this reason, where peers give numbers, or fail without a word.
func assertOtherwise<T>(
  _ why: Claims.Otherwise, _ got: @autoclosure () throws -> T, undefined reason: Undefined,
  peer: Reference, line: UInt = #line, file: StaticString = #filePath
) {
  assertUndefined(reason, try got(), peer.place, line: line, file: file)
  XCTAssertFalse(peer.leaves.isEmpty, "\(peer.place): no value", file: file, line: line)
  Claims.claim(peer, as: .otherwise(why))
}
