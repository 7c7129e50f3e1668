/// How far a typed word is from a name, in slips of a person who types or listens.
enum Slips {
  /// The weighted number of slips between two words: a swap of neighbours, a letter beside on the
  /// keyboard, a doubled or silent letter weigh less than a wrong letter; the first letter weighs
  /// more. Nil above `limit`.
  ///
  /// - Complexity: O(length²).
  static func count(_ typed: [UInt8], _ name: [UInt8], limit: Double) -> Double? {
    let (n, m) = (typed.count, name.count)
    guard n > 0, m > 0, n <= 40, m <= 40, abs(n - m) <= Int(limit * 2) + 1 else { return nil }
    var before = [Double](repeating: 0, count: m + 1)
    var last = [Double](repeating: 0, count: m + 1)
    for j in 1...m { last[j] = last[j - 1] + gap(name, j - 1) }
    for i in 1...n {
      var row = [Double](repeating: 0, count: m + 1)
      row[0] = last[0] + gap(typed, i - 1)
      var least = row[0]
      for j in 1...m {
        let first = i == 1 || j == 1 ? 1.3 : 1
        var best = last[j - 1] + swap(typed[i - 1], name[j - 1]) * first
        best = min(best, last[j] + gap(typed, i - 1), row[j - 1] + gap(name, j - 1))
        if i > 1, j > 1, typed[i - 1] == name[j - 2], typed[i - 2] == name[j - 1],
          typed[i - 1] != typed[i - 2]
        {
          best = min(best, before[j - 2] + 0.8)
        }
        row[j] = best
        least = min(least, best)
      }
      if least > limit { return nil }
      before = last
      last = row
    }
    return last[m] <= limit ? last[m] : nil
  }

  /// What it costs to leave a letter out.
  private static func gap(_ word: [UInt8], _ i: Int) -> Double {
    let c = word[i]
    if c == Letters.lost { return 0.4 }
    if i == 0 { return 1.3 }
    if c == word[i - 1] { return 0.5 }
    if c == UInt8(ascii: "h") { return 0.6 }
    if i == word.count - 1, silentEnds.contains(c) { return 0.7 }
    return 1
  }

  private static func swap(_ a: UInt8, _ b: UInt8) -> Double {
    if a == b { return 0 }
    if a == Letters.lost || b == Letters.lost { return 0.05 }
    return near.contains(UInt16(a) << 8 | UInt16(b)) ? 0.8 : 1
  }

  private static let silentEnds = Set("estdx".utf8)

  /// Letters that are beside each other on a French keyboard, or that sound alike.
  private static let near: Set<UInt16> = {
    var out = Set<UInt16>()
    func add(_ a: UInt8, _ b: UInt8) {
      out.insert(UInt16(a) << 8 | UInt16(b))
      out.insert(UInt16(b) << 8 | UInt16(a))
    }
    let rows = ["azertyuiop", "qsdfghjklm", "wxcvbn"].map { Array($0.utf8) }
    for (r, row) in rows.enumerated() {
      for (i, key) in row.enumerated() {
        if i + 1 < row.count { add(key, row[i + 1]) }
        guard r + 1 < rows.count else { continue }
        for j in [i - 1, i] where rows[r + 1].indices.contains(j) { add(key, rows[r + 1][j]) }
      }
    }
    for pair in [
      "iy", "ck", "kq", "cq", "sz", "cs", "gj", "ei", "ou", "ae", "mn", "bp", "dt", "fv",
    ] {
      let letters = Array(pair.utf8)
      add(letters[0], letters[1])
    }
    return out
  }()
}
