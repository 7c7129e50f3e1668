import Columns
import Model

/// Rows waiting for those of a sheet: by key, in order.
struct Waiting {
  /// For each key, its first and last waiting row; -1 when there is none.
  private var first: [Int32]
  private var last: [Int32]
  /// For each row, the next one of its key.
  private var next: [Int32] = []

  init(_ keys: Int) {
    first = [Int32](repeating: -1, count: keys)
    last = first
  }

  /// Adds a row; rows come in ascending order.
  mutating func add(_ row: Int, _ key: Int32) {
    while next.count <= row { next.append(-1) }
    if last[Int(key)] < 0 {
      first[Int(key)] = Int32(row)
    } else {
      next[Int(last[Int(key)])] = Int32(row)
    }
    last[Int(key)] = Int32(row)
  }

  /// Takes the next row of a key.
  mutating func take(_ key: Int32) -> Int? {
    let row = first[Int(key)]
    if row < 0 { return nil }
    first[Int(key)] = next[Int(row)]
    if first[Int(key)] < 0 { last[Int(key)] = -1 }
    return Int(row)
  }

  /// The rows that nobody took.
  var left: [Int] {
    var out: [Int] = []
    for row in first {
      var here = row
      while here >= 0 {
        out.append(Int(here))
        here = next[Int(here)]
      }
    }
    return out
  }
}

/// Counts by scope what becomes of rows, in the order of the sheet.
struct ScopeTally {
  /// Sheets above this size are told as a whole.
  private static let mostRows = 20_000

  private let batch: TableBatch
  private let parts: [TableDeclaration.ScopePart]
  private let isCounting: Bool
  private var places: [Int32: Int] = [:]
  private var all: [ScopeChange] = []

  init(_ batch: TableBatch, _ table: TableDeclaration) {
    self.batch = batch
    parts = table.scopeParts
    isCounting = batch.rowCount <= ScopeTally.mostRows
  }

  /// The scopes that change.
  var changes: [ScopeChange] { all.filter { !$0.isNothing } }

  /// Counts every row as new: the scope of each.
  mutating func addAll(_ scopes: [Int32]) {
    for (row, scope) in scopes.enumerated() { self[scope, row].added += 1 }
  }

  /// The counts of a scope that a row of the batch was met in.
  subscript(scope: Int32) -> ScopeChange? {
    get { places[scope].map { all[$0] } }
    set { if let place = places[scope], let newValue { all[place] = newValue } }
  }

  /// The counts of the scope of a row of the batch.
  subscript(scope: Int32, row: Int) -> ScopeChange {
    get { places[scope].map { all[$0] } ?? ScopeChange(scope: isCounting ? text(row) : []) }
    set {
      guard isCounting else { return }
      if let place = places[scope] {
        all[place] = newValue
      } else {
        places[scope] = all.count
        all.append(newValue)
      }
    }
  }

  /// Gives a scope that no row of the batch is in its text.
  mutating func name(_ scope: Int32, _ text: [String]) {
    guard isCounting, places[scope] == nil else { return }
    places[scope] = all.count
    all.append(ScopeChange(scope: text))
  }

  /// The counts of a scope by its text.
  subscript(scope: [String]) -> ScopeChange {
    get { all.first { $0.scope == scope } ?? ScopeChange(scope: scope) }
    set {
      guard isCounting else { return }
      if let place = all.firstIndex(where: { $0.scope == scope }) {
        all[place] = newValue
      } else {
        all.append(newValue)
      }
    }
  }

  private func text(_ row: Int) -> [String] {
    parts.map { part in
      let text = batch.columns[part.column]?.text(at: row) ?? ""
      return part.isYear ? String(text.prefix(4)) : text
    }
  }
}

/// What a sheet does to the rows of some segments.
struct Marks {
  private let segments: [SegmentState]
  var retracted: [Bitmap]
  var confirmed: [Bitmap]
  /// Rows in scopes that change.
  var corrected: [Bitmap]

  init(_ segments: [SegmentState]) {
    self.segments = segments
    retracted = segments.map { Bitmap(rowCount: $0.rowCount) }
    confirmed = retracted
    corrected = retracted
  }

  /// Adds the marks to a landing, with the imports behind the rows.
  func write(_ out: inout TableLanding) {
    for (i, segment) in segments.enumerated() {
      if !retracted[i].isEmpty { out.retractions[segment.id] = retracted[i] }
      if !confirmed[i].isEmpty {
        out.confirmations[segment.id] = confirmed[i]
        out.agreesWith.formUnion(segment.staters(ofAny: confirmed[i]))
      }
      var rows = corrected[i]
      rows.formIntersection(segment.inForce)
      if !rows.isEmpty { out.corrects.formUnion(segment.staters(ofAny: rows)) }
    }
  }
}

extension SegmentState {
  /// The active imports that state any of some rows.
  func staters(ofAny some: Bitmap) -> [Int] {
    (ownerIsActive ? [importID] : [])
      + confirmations.filter { $0.rows.intersects(some) }.map(\.importID)
  }
}
