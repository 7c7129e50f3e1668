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
