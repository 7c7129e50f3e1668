import Columns
import Diagnostics
import Persistence
import TestSupport
import XCTest

/// Random histories of imports, corrections and undos, compared with the plain meaning of the
/// promises: the store holds what one gets by playing the active imports again, in order, into
/// lists of rows.
final class RandomHistoryTests: XCTestCase {
  struct Sheet {
    var id: Int
    var source: String
    var parent: Int?
    /// The columns that the sheet has.
    var columns: [String]
    var rows: [Row]
    /// Rows set aside: line, session and person, where these can be told.
    var open: [OpenRow] = []
    /// Lines of its parent's rejects that it speaks of.
    var settled: Set<Int> = []
  }

  /// One row of the plain lists.
  struct Held {
    var values: Row
    var source: String
    var by: Int
    /// The version of the sheet that does not state it, and the lines that may speak of it.
    var waits: (version: Int, lines: Set<Int>)?
  }

  static func lines(of open: [OpenRow], meaning row: Row) -> Set<Int> {
    func may(_ value: OpenRow.Value?, _ text: String?) -> Bool {
      switch value {
      case .unknown: true
      case .texts(let texts): text.map(texts.contains) ?? false
      default: text == nil
      }
    }
    return Set(
      open.filter {
        $0.isBroken
          || may($0.values["session"], row["session"])
            && may($0.values["resident"], row["resident"])
      }.map(\.line))
  }

  /// Plays imports of attendance rows: scope is the session, key the session and the person.
  static func play(_ sheets: [Sheet]) -> [Held] {
    var held: [Held] = []
    var scopes: [Int: Set<String>] = [:]
    func root(_ sheet: Sheet) -> Int {
      var here = sheet
      while let parent = here.parent, let next = sheets.first(where: { $0.id == parent }) {
        here = next
      }
      return here.id
    }
    for sheet in sheets {
      let own = Set(sheet.rows.map { $0["session"]! })
      scopes[sheet.id] = own
      // A sheet is about sessions of which it set all rows aside, too.
      let about = sheet.open.reduce(into: own) { all, row in
        if case .texts(let sessions) = row.values["session"] { all.formUnion(sessions) }
      }
      func same(_ held: Held, _ row: Row) -> Bool {
        held.source == sheet.source && held.values["session"] == row["session"]
          && held.values["resident"] == row["resident"]
      }
      if sheet.parent != nil {
        let version = root(sheet)
        // What waited for these lines waits for those that are still open, or goes.
        var freed: [Held] = []
        held = held.compactMap { one in
          guard let waits = one.waits, waits.version == version,
            !waits.lines.isDisjoint(with: sheet.settled)
          else { return one }
          let left = waits.lines.subtracting(sheet.settled)
          if left.isEmpty {
            freed.append(one)
            return nil
          }
          var out = one
          out.waits = (version, left)
          return out
        }
        for row in sheet.rows {
          let isReplaced = sheets.contains { other in
            other.parent == nil && other.id > version && other.id < sheet.id
              && other.source == sheet.source
              && root(other) != version && scopes[other.id]!.contains(row["session"]!)
          }
          if isReplaced { continue }
          if let i = held.firstIndex(where: { same($0, row) }) {
            if sheet.columns.allSatisfy({ held[i].values[$0] == row[$0] }) { held[i].waits = nil }
            continue
          }
          guard let place = freed.firstIndex(where: { same($0, row) }) else {
            held.append(Held(values: row, source: sheet.source, by: sheet.id))
            continue
          }
          let before = freed.remove(at: place)
          var values = before.values
          for column in sheet.columns { values[column] = row[column] }
          held.append(
            Held(
              values: values, source: sheet.source,
              by: values == before.values ? before.by : sheet.id))
        }
        for one in freed {
          let lines = lines(of: sheet.open, meaning: one.values)
          if lines.isEmpty { continue }
          var waiting = one
          waiting.waits = (version, lines)
          held.append(waiting)
        }
      } else {
        // Where nothing was stated yet, a sheet without a row of a session leaves no trace there.
        let before = sheets.filter { $0.id < sheet.id && $0.source == sheet.source }
        scopes[sheet.id] = about.filter { session in
          own.contains(session)
            || before.contains { one in one.rows.contains { $0["session"] == session } }
        }
        var new: [Held] = []
        var kept: [Held] = []
        for one in held {
          guard one.source == sheet.source, about.contains(one.values["session"]!) else {
            kept.append(one)
            continue
          }
          // A column that the sheet does not have keeps its value.
          guard let row = sheet.rows.first(where: { same(one, $0) }) else {
            let lines = lines(of: sheet.open, meaning: one.values)
            if lines.isEmpty { continue }
            var waiting = one
            waiting.waits = (root(sheet), lines)
            new.append(waiting)
            continue
          }
          var values = one.values
          for column in sheet.columns { values[column] = row[column] }
          new.append(
            Held(values: values, source: one.source, by: values == one.values ? one.by : sheet.id))
        }
        for row in sheet.rows where !new.contains(where: { same($0, row) }) {
          new.append(Held(values: row, source: sheet.source, by: sheet.id))
        }
        held = kept + new
      }
    }
    return held
  }

  /// Rows of several sources with one key become one: the first import's, completed by others.
  static func merged(_ held: [Held]) -> [String] {
    var out: [(key: String, values: Row)] = []
    for one in held.sorted(by: { $0.by < $1.by }) {
      let key = one.values["session"]! + "/" + one.values["resident"]!
      if let i = out.firstIndex(where: { $0.key == key }) {
        out[i].values.merge(one.values) { first, _ in first }
      } else {
        out.append((key, one.values))
      }
    }
    return out.map { text($0.values) }.sorted()
  }

  static let shown = ["session", "resident", "status", "minutes"]

  static func text(_ row: Row) -> String {
    shown.compactMap { name in row[name].map { "\(name)=\($0)" } }.joined(separator: " ")
  }

  func testTheStoreHoldsWhatTheActiveImportsSay() throws {
    for seed in 0..<20 {
      try history(seed: UInt64(seed), steps: 30)
    }
  }

  private func history(seed: UInt64, steps: Int) throws {
    var random = SeededGenerator(seed: seed)
    let p = try Project()
    var active: [Sheet] = []
    var log: [String] = []
    for _ in 0..<steps {
      if Int.random(in: 0..<10, using: &random) < 3, let any = active.randomElement(using: &random)
      {
        do throws(Failure) {
          _ = try p.store.undo(any.id)
          active.removeAll { $0.id == any.id }
          log.append("undo \(any.id)")
        } catch {
          XCTAssertEqual(error.diagnostics.first?.code, "store.built-upon", "seed \(seed)")
        }
      } else {
        var columns = ["session", "resident"]
        if Bool.random(using: &random) { columns.append("status") }
        if Bool.random(using: &random) { columns.append("minutes") }
        var rows: [Row] = []
        var seen: Set<String> = []
        for _ in 0..<Int.random(in: 1...5, using: &random) {
          var row: Row = [
            "session": ["S", "T", "U"].randomElement(using: &random)!,
            "resident": ["a", "b", "c"].randomElement(using: &random)!,
          ]
          guard seen.insert(row["session"]! + row["resident"]!).inserted else { continue }
          if columns.contains("status"), Bool.random(using: &random) {
            row["status"] = ["present", "absent"].randomElement(using: &random)!
          }
          if columns.contains("minutes"), Bool.random(using: &random) {
            row["minutes"] = ["10", "20"].randomElement(using: &random)!
          }
          rows.append(row)
        }
        var source = ["", "", "foreign"].randomElement(using: &random)!
        var parent: Int?
        if Int.random(in: 0..<3, using: &random) == 0,
          let any = active.randomElement(using: &random)
        {
          parent = any.id
          source = any.source
        }
        var open: [OpenRow] = []
        for line in 1...3 where Int.random(in: 0..<4, using: &random) == 0 {
          var values: [String: OpenRow.Value] = [:]
          values["session"] =
            [.unknown, .texts(["S"]), .texts(["T"])].randomElement(using: &random)
          values["resident"] =
            [.unknown, .texts(["a", "b"]), .texts(["c"])].randomElement(using: &random)
          open.append(OpenRow(table: "attendance", line: line, values: values))
        }
        let settled: Set<Int> =
          parent == nil ? [] : Set((1...3).filter { _ in Bool.random(using: &random) })
        if parent != nil { open.removeAll { !settled.contains($0.line) } }
        // No two sheets set the same cells aside.
        var sheet = p.submission(
          [try batch("attendance", rows, columns: columns, model: p.model)], source: source,
          rejects: open.map { reject($0.line, ["\(log.count)"]) }, corrects: parent)
        (sheet.open, sheet.settledLines) = (open, settled)
        let planned = try p.store.plan(sheet)
        log.append(
          "\(source)/\(parent ?? 0) \(columns.dropFirst(2)) \(rows.map(Self.text)) "
            + open.map { "?\($0.line) \($0.values)" }.joined() + " !\(settled.sorted())")
        switch try p.store.commit(sheet, now: "") {
        case .landed(let record, let change):
          XCTAssertEqual(planned, change, "seed \(seed)")
          active.append(
            Sheet(
              id: record.id, source: source, parent: parent, columns: columns, rows: rows,
              open: open, settled: settled))
        case .unchanged:
          XCTAssertTrue(planned.isNothing, "seed \(seed)")
          log[log.count - 1] += " (unchanged)"
        }
      }
      let held = Self.play(active)
      let stored = try p.rows("attendance", Self.shown)
      // Which of two sources came first matters for their merged row alone.
      if Self.merged(held) != stored {
        return XCTFail(
          "seed \(seed)\n\(log.joined(separator: "\n"))\n\(Self.merged(held))\n\(stored)")
      }
    }
  }
}
