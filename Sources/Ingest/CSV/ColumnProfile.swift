/// What the cells of a column look like, from a sample of its rows.
struct ColumnProfile {
  private(set) var kinds = [Int](repeating: 0, count: 8)
  private(set) var outlines: [CellOutline: Int] = [:]
  private(set) var values: Set<String> = []
  private(set) var lengths = (least: Int.max, most: 0)
  private(set) var cells = 0

  private static let mostOutlines = 64
  private static let mostValues = 256

  mutating func observe(_ s: Span<UInt8>, _ range: Range<Int>) {
    cells += 1
    let kind = CellKind(s, range)
    kinds[Int(kind.rawValue)] += 1
    guard kind != .empty else { return }
    let cell = Cells.trimmed(s, range)
    lengths = (min(lengths.least, cell.count), max(lengths.most, cell.count))
    let outline = CellOutline(s, cell)
    if outlines.count < ColumnProfile.mostOutlines || outlines[outline] != nil {
      outlines[outline, default: 0] += 1
    }
    if values.count < ColumnProfile.mostValues, cell.count <= 80 {
      values.insert(Cells.string(s, cell))
    }
  }

  var filled: Int { cells - kinds[Int(CellKind.empty.rawValue)] }

  private func count(_ kind: CellKind) -> Int { kinds[Int(kind.rawValue)] }

  /// The kind that four in five of the filled cells have, if it tells cells from headings.
  var typed: CellKind? {
    let known = filled - count(.blankSign)
    guard known > 0 else { return nil }
    for kind in [CellKind.number, .date, .time, .address] where count(kind) * 5 >= known * 4 {
      return kind
    }
    return nil
  }

  /// The share of cells with an outline.
  func share(of outline: CellOutline) -> Double {
    filled == 0 ? 0 : Double(outlines[outline] ?? 0) / Double(filled)
  }

  /// How badly a cell fits in: 0 well, 1 not at all.
  func misfit(_ s: Span<UInt8>, _ range: Range<Int>) -> Double {
    guard cells > 0 else { return 0.3 }
    let kind = CellKind(s, range)
    if kind == .empty || kind == .blankSign {
      let blank = Double(cells - filled + count(.blankSign)) / Double(cells)
      return blank > 0.5 ? 0 : blank > 0.02 ? 0.25 : 0.5
    }
    if filled == 0 { return 0.5 }
    let share = share(of: CellOutline(s, range))
    if share >= 0.2 { return 0 }
    if let typed {
      if typed == kind { return share > 0 ? 0.05 : 0.25 }
      return share > 0.02 ? 0.4 : 1
    }
    if share > 0.02 { return 0.05 }
    let same = Double(count(kind)) / Double(filled)
    return same > 0.3 ? 0.12 : same > 0.02 ? 0.3 : kind.isTyped ? 0.6 : 0.4
  }
}

/// The profiles of a table's columns.
struct TableProfile {
  private(set) var columns: [ColumnProfile]
  let rowCount: Int

  /// Records looked at, at most; and cells.
  private static let mostRecords = 240
  private static let mostCells = 40_000

  init(_ grid: Grid, _ records: some Collection<Int>, width: Int) {
    var columns = [ColumnProfile](repeating: ColumnProfile(), count: width)
    let s = grid.bytes.span
    var left = TableProfile.mostCells
    var rows = 0
    let step = max(1, records.count / TableProfile.mostRecords)
    for (i, record) in records.enumerated() where i % step == 0 && left > 0 {
      let fields = grid.fields(of: record)
      // Rows of another width may be cut wrongly.
      guard fields.count == width else { continue }
      rows += 1
      left -= width
      for (column, field) in fields.enumerated() {
        columns[column].observe(s, grid.range(field))
      }
    }
    self.columns = columns
    rowCount = rows
  }

  var typedCount: Int { columns.count { $0.typed != nil } }
  var filledCount: Int { columns.count { $0.filled > 0 } }
}

/// Whether a row stands above others as their heading.
struct HeaderJudge {
  let grid: Grid
  /// Folded headings that the model knows.
  var known: Set<String> = []

  /// Words that head columns in any file.
  private static let words: Set<String> = Set(
    """
    id nom prenom name date type code ville city adresse address email mail tel telephone phone \
    age sexe sex gender title titre description statut status total montant amount prix price \
    quantite quantity qty year annee mois month jour day pays country region departement commune \
    state zip heure time lieu place categorie category commentaire comment comments url notes \
    count nombre numero number value valeur latitude longitude lat lon lng label version first \
    last firstname lastname username user group groupe class level rank score start end debut fin \
    duree duration source key val index no ref reference product produit horodateur timestamp
    """.split { $0 == " " || $0 == "\n" }.map(String.init))

  /// Above 0: a heading of what `below` says; the more, the surer.
  func score(_ record: Int, over below: TableProfile) -> Double {
    let s = grid.bytes.span
    let fields = grid.fields(of: record)
    var sum = 0.35
    var seen = Set<String>()
    var typedCells: [String] = []
    var days: [String] = []
    var hasWord = false
    var votes = 0.0
    var judged = 0.0
    let limit = min(fields.count, below.columns.count, 400)
    for (column, field) in fields.prefix(limit).enumerated() {
      let profile = below.columns[column]
      let range = grid.range(field)
      let kind = CellKind(s, range)
      guard kind != .empty else {
        votes -= profile.filled > 0 ? 0.15 : 0
        continue
      }
      judged += 1
      let cell = Cells.trimmed(s, range)
      let text = Cells.string(s, cell)
      if !seen.insert(text).inserted { votes -= 0.3 }
      if kind.isTyped { typedCells.append(text) }
      let key = Fold.key(text)
      if !kind.isTyped, isWord(key) { hasWord = true }
      if kind == .date, profile.filled > 0, profile.typed != .date { days.append(text) }
      votes += vote(kind, s, cell, text, key, profile)
    }
    guard judged > 0 else { return -1 }
    sum += votes / max(1, judged.squareRoot())
    // Years, days of a month, numbered columns: numbers in a row that head columns of numbers.
    if typedCells.count >= 2, HeaderJudge.isSequence(typedCells),
      Double(typedCells.count) < judged || typedCells.allSatisfy({ $0.count == 4 })
    {
      sum += 1.5 * Double(typedCells.count) / max(1, judged.squareRoot())
    }
    // Days in order, over columns of anything but days: names by dates. One day alone heads a column
    // beside a word that does.
    if days.count == typedCells.count,
      days.count == 1 ? judged == 2 && hasWord : HeaderJudge.areInOrder(days)
    {
      sum += 2 * Double(days.count) / max(1, judged.squareRoot())
    }
    return sum
  }

  /// Whether a text, folded, has a word that heads columns.
  private func isWord(_ key: String) -> Bool {
    known.contains(key)
      || key.utf8.count <= 200
        && key.split(separator: " ").contains { HeaderJudge.words.contains(String($0)) }
  }

  private func vote(
    _ kind: CellKind, _ s: Span<UInt8>, _ cell: Range<Int>, _ text: String, _ key: String,
    _ profile: ColumnProfile
  ) -> Double {
    var out = 0.0
    if !kind.isTyped {
      if known.contains(key) {
        out += 1
      } else if isWord(key) {
        out += 0.5
      }
    }
    guard profile.filled > 0 else { return out + (kind.isTyped ? -0.5 : 0) }
    if let typed = profile.typed {
      if kind == typed { return out - (typed == .number ? 1 : 1.6) }
      if kind.isTyped { return out - 0.3 }
      return kind == .blankSign ? out : out + 1
    }
    if kind == .date || kind == .time || kind == .address { return out - 1 }
    if kind == .number { return out - 0.7 }
    if profile.values.contains(text) { return out - 1.2 }
    let outline = CellOutline(s, cell)
    let share = profile.share(of: outline)
    let hasDigit = cell.contains { Cells.isDigit(s[$0]) }
    if profile.filled >= 3 {
      if share == 0, profile.outlines.count <= max(2, profile.filled / 5) {
        out += 0.5
      } else if share > 0.6, hasDigit {
        out -= 0.6
      }
      // Cells of one length, such as codes, under a heading of another.
      if profile.lengths.least == profile.lengths.most {
        out += cell.count == profile.lengths.most ? -0.3 : 0.5
      } else if cell.count > profile.lengths.most * 2 || cell.count * 2 < profile.lengths.least {
        out += 0.2
      }
    }
    if text.contains("_"), !hasDigit { out += 0.3 }
    return out
  }

  /// Whether at least two days go up or down, by either order of day and month.
  private static func areInOrder(_ texts: [String]) -> Bool {
    guard texts.count >= 2 else { return false }
    return [DateOrder.dayFirst, .monthFirst].contains { order in
      let days = texts.compactMap { text -> Int32? in
        let bytes = Array(text.utf8)
        switch DateCell(bytes.span, 0..<bytes.count) {
        case .noYear(let a, let b, let isOrdered):
          return DateCell.numeric(a, b, 2024).day(isOrdered ? .dayFirst : order)
        case let cell: return cell.day(order)
        }
      }
      let pairs = zip(days, days.dropFirst())
      return days.count == texts.count
        && (pairs.allSatisfy { $0 <= $1 } || pairs.allSatisfy { $0 >= $1 })
    }
  }

  /// Whether numbers go up one by one, or are all years.
  private static func isSequence(_ texts: [String]) -> Bool {
    let numbers = texts.compactMap { Int($0) }
    guard numbers.count == texts.count else { return false }
    let isRising = zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 || $1 == $0 - 1 }
    let areYears = numbers.allSatisfy { (1900...2100).contains($0) }
    return (isRising || (areYears && Set(numbers).count == numbers.count))
  }
}
