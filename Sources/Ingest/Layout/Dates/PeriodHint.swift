import Periods

/// What a title, a sheet's name or a file's name says about when.
struct PeriodHint: Equatable {
  var year: Int?
  var month: Int?
  /// The year in which a school year or a season begins.
  var season: Int?
  /// The days from and to, as in `Semaine du 4 au 8 mars`.
  var week: HeadingDate?
  /// A whole day, or a day and a month.
  var day: HeadingDate?
  /// The words that say nothing about when.
  var rest: [String] = []

  /// Reads a text word by word.
  init(_ text: String) {
    let words = text.split { $0.isWhitespace || $0 == "_" || $0 == "," || $0 == "(" || $0 == ")" }
      .map(String.init)
    if let from = words.firstIndex(where: { Fold.key($0) == "du" }),
      case .range(let first, let last)? = HeadingDate(words[from...].joined(separator: " "))
    {
      week = .range(first, last)
      rest = words[..<from].filter { Fold.key($0) != "semaine" }
      return
    }
    var i = 0
    while i < words.count {
      let used = take(words, at: i)
      if used == 0 { rest.append(words[i]) }
      i += max(used, 1)
    }
  }

  init() {}

  /// The number of words at a place that say when.
  private mutating func take(_ words: [String], at i: Int) -> Int {
    // The longest run of words that is a day: `mardi 5 mars 2024`, `05/03/2024`.
    for count in [4, 3, 2, 1] where i + count <= words.count {
      let text = words[i..<i + count].joined(separator: " ")
      // A day begins with its number or its name: `mars 2024 (1)` is a month, not a first.
      guard text.contains(where: \.isNumber),
        text.first?.isNumber == true || HeadingDate.weekday(Fold.key(words[i])) != nil
      else { continue }
      if let found = HeadingDate(text), found.isPlain, found != .impossible {
        if count == 1, case .numbers(_, _, year: nil, isOrdered: false) = found,
          words[i].contains("."), words[i].count < 5
        {
          continue
        }
        day = day ?? found
        return count
      }
    }
    let word = words[i]
    if let start = PeriodHint.season(word) {
      season = season ?? start
      return 1
    }
    let fold = Fold.key(word)
    if let m = DateCell.months[fold], fold.count >= 3, fold != "mar" || month == nil {
      if fold == "mar" { return 0 }
      month = month ?? m
      if year == nil, i + 1 < words.count, words[i + 1].count == 2, let y = Int(words[i + 1]),
        (10...69).contains(y)
      {
        year = 2000 + y
        return 2
      }
      return 1
    }
    if let y = PeriodHint.year(fold) {
      year = year ?? y
      return 1
    }
    return 0
  }

  /// `2024`.
  private static func year(_ fold: String) -> Int? {
    guard fold.utf8.count == 4, fold.utf8.allSatisfy(Cells.isDigit), let y = Int(fold),
      (1990...2069).contains(y)
    else { return nil }
    return y
  }

  /// `2023-2024`, `2023/24`.
  private static func season(_ word: String) -> Int? {
    let parts = word.split { $0 == "-" || $0 == "/" || $0 == "–" }
    guard parts.count == 2, let first = year(String(parts[0])) else { return nil }
    let next = first + 1
    return parts[1] == "\(next)" || parts[1] == "\(next % 100)" ? first : nil
  }

  /// What this says, and where it is silent, what another says.
  func or(_ other: PeriodHint) -> PeriodHint {
    var out = self
    // A month of one place and a year of another make a month.
    out.year = year ?? other.year
    out.month = month ?? other.month
    out.season = season ?? other.season
    out.day = day ?? other.day
    out.week = week ?? other.week
    return out
  }
}
