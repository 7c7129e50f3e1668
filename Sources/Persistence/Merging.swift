import Columns
package import Diagnostics
import Model

/// Persons that count as another one: a mark beside the rows, which stay as they were stated.
extension Store {
  /// Who stands for whom, by pseudonym, to the end of each chain.
  package func merges() throws(Failure) -> [String: String] {
    var direct: [String: String] = [:]
    let rows = try main.prepare("SELECT pseudonym, into_pseudonym FROM merged")
    while try rows.step() { direct[rows.text(0)] = rows.text(1) }
    return direct.mapValues { first in
      var here = first
      // No chain is longer than the list.
      for _ in direct {
        guard let next = direct[here] else { break }
        here = next
      }
      return here
    }
  }

  /// Makes one person count as another.
  package func merge(_ pseudonym: String, into other: String, now: String) throws(Failure) {
    try writing { () throws(Failure) in
      try main.run(
        "INSERT OR REPLACE INTO merged VALUES (?, ?, ?)",
        [.text(pseudonym), .text(other), .text(now)])
    }
  }

  /// Lets a person count alone again; false when the person did already.
  package func unmerge(_ pseudonym: String) throws(Failure) -> Bool {
    try writing { () throws(Failure) in
      let found = try main.prepare("SELECT 1 FROM merged WHERE pseudonym = ?")
      try found.bind([.text(pseudonym)])
      guard try found.step() else { return false }
      try main.run("DELETE FROM merged WHERE pseudonym = ?", [.text(pseudonym)])
      return true
    }
  }

  /// The codes of a domain that stand for others; empty for nearly all projects.
  func standIns(_ domain: String) throws(Failure) -> [Int32: Int32] {
    if let known = standInsByDomain[domain] { return known }
    var out: [Int32: Int32] = [:]
    if model.isPseudonymous(domain: domain) {
      let merges = try merges()
      if !merges.isEmpty {
        let lexicon = try reader.lexicon(domain)
        let wanted = Set(merges.keys).union(merges.values)
        var codes: [String: Int32] = [:]
        for code in 0..<lexicon.count where wanted.contains(lexicon[code]) {
          codes[lexicon[code]] = Int32(code)
        }
        for (from, to) in merges {
          if let from = codes[from], let to = codes[to] { out[from] = to }
        }
      }
    }
    standInsByDomain[domain] = out
    return out
  }
}

extension Column {
  /// The column with codes that stand for others replaced by those.
  func replacing(_ standIns: [Int32: Int32]) -> Column {
    guard !standIns.isEmpty, case .text(let codes, let lexicon) = self else { return self }
    return .text(codes: codes.map { standIns[$0] ?? $0 }, lexicon)
  }
}
