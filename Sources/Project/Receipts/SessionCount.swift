import Columns
import Diagnostics
import Ingest
import Periods
import Persistence

/// A session that a sheet speaks of, and how many people it says came.
struct SessionCount: Sendable {
  var key: String
  var day: Day?
  /// Minutes after midnight.
  var start: Int?
  var title = ""
  var isCancelled = false
  /// People by what is said of them.
  var present = 0, absent = 0, excused = 0
  /// People counted without names.
  var unnamed = 0

  /// The sessions of a reading in order of time; those that the sheet only names by their
  /// identifier are described by the store.
  static func all(of reading: Reading, _ store: Store) throws(Failure) -> [SessionCount] {
    var found: [String: SessionCount] = [:]
    if let batch = reading.batches.first(where: { $0.table == "activity" }) {
      describe(&found, batch.columns, rows: batch.rowCount)
    }
    if let batch = reading.batches.first(where: { $0.table == "attendance" }) {
      count(batch, into: &found)
    }
    if found.values.contains(where: { $0.day == nil }) {
      let columns = ["session", "date", "start", "title"]
      let known = try store.table("activity", columns: columns)
      var own = found.filter { $0.value.day == nil }
      describe(&own, known.columns, rows: known.rowCount, isNew: false)
      found.merge(own) { _, described in described }
    }
    return found.values.sorted {
      ($0.day?.number ?? .max, $0.start ?? -1, $0.title, $0.key)
        < ($1.day?.number ?? .max, $1.start ?? -1, $1.title, $1.key)
    }
  }

  private static func describe(
    _ found: inout [String: SessionCount], _ columns: [String: Column], rows: Int,
    isNew: Bool = true
  ) {
    for row in 0..<rows {
      guard let key = columns["session"]?.text(at: row), isNew || found[key] != nil else {
        continue
      }
      var one = found[key] ?? SessionCount(key: key)
      one.day = columns["date"]?.text(at: row).flatMap { Day(iso: $0) }
      one.start = columns["start"]?.text(at: row).flatMap { Int($0) }
      one.title = columns["title"]?.text(at: row) ?? ""
      if isNew { one.isCancelled = columns["status"]?.text(at: row) == "cancelled" }
      found[key] = one
    }
  }

  private static func count(_ batch: TableBatch, into found: inout [String: SessionCount]) {
    guard case .text(let codes, let names)? = batch.columns["session"] else { return }
    var counts = [SessionCount?](repeating: nil, count: names.count)
    for row in 0..<batch.rowCount where codes[row] >= 0 {
      let code = Int(codes[row])
      var one = counts[code] ?? found[names[code]] ?? SessionCount(key: names[code])
      let status = batch.columns["status"]?.text(at: row)
      if batch.columns["resident"]?.text(at: row) != nil {
        switch status {
        case "absent": one.absent += 1
        case "excused": one.excused += 1
        default: one.present += 1
        }
      } else if status == nil || status == "present" {
        one.unnamed += batch.columns["headcount"]?.text(at: row).flatMap { Int($0) } ?? 0
      }
      counts[code] = one
    }
    for case let one? in counts { found[one.key] = one }
  }
}
