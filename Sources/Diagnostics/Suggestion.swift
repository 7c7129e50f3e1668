/// "Did you mean": the nearest of some known words.
public enum Suggestion {
  /// The candidate nearest to `word`, if it is near enough to be a likely slip.
  ///
  /// - Complexity: O(candidates × length²).
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
      let d = distance(Array(word.lowercased()), Array(candidate.lowercased()))
      if d < (best?.distance ?? .max) { best = (d, candidate) }
    }
    guard let best, best.distance <= max(1, word.count / 3) else { return nil }
    return best.candidate
  }

  /// Damerau-Levenshtein distance (optimal string alignment): insertion, deletion, substitution
  /// and the swap of two neighbours each cost 1.
  package static func distance(_ a: [Character], _ b: [Character]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var rows = [[Int](repeating: 0, count: b.count + 1)]
    rows[0] = Array(0...b.count)
    for i in 1...a.count {
      var row = [Int](repeating: i, count: b.count + 1)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], rows[i - 2][j - 2] + 1)
        }
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
