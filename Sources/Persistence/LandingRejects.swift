import Columns
import Diagnostics
import Model

extension Lander {
  /// Corrected rejects only add to the version of the sheet that they come from: rows that were held
  /// for them stay if they say so, are replaced by what they say, or go.
  ///
  /// A row that cannot be in force now is written all the same, and kept out of force by the
  /// imports that stand in its way: when these are undone, it is there.
  func rejects(of parent: Int) throws(Failure) -> TableLanding {
    var out = empty
    let comparison = try compare()
    let values = try Values(self, comparison.segments)
    let version = ledger.version(of: parent)
    let root = ledger.root(of: parent)
    var ofVersion: [Int32: [Int]] = [:]  // rows that the version states, by scope and key
    var ofOthers: [Int32: [Int]] = [:]  // rows that only other imports state
    var replacers: [Int32: Set<Int>] = [:]  // the sheets that replaced a scope since
    for (i, place) in comparison.stored.enumerated() {
      let segment = comparison.segments[place.segment]
      let staters = segment.staters(of: place.row)
      if staters.contains(where: { version.contains($0) }) {
        ofVersion[comparison.keys[i], default: []].append(i)
      } else {
        ofOthers[comparison.keys[i], default: []].append(i)
      }
      // A sheet of which all rows of a scope were set aside states none, and retracts those there.
      for id in staters + segment.retracters(of: place.row)
      where id > root && !version.contains(id) && ledger.entries[id]?.parent == nil {
        replacers[comparison.scopes[i], default: []].insert(id)
      }
    }
    var next: [Int32: Int] = [:]
    var addedRows: [Int32] = []
    var carried: [Values.Carried] = []
    var settled: [Int64: Bitmap] = [:]
    var tally = ScopeTally(batch, table)
    let base = comparison.stored.count
    for row in 0..<batch.rowCount {
      let key = comparison.keys[base + row]
      let turn = next[key, default: 0]
      next[key] = turn + 1
      let scope = comparison.scopes[base + row]
      let later = replacers[scope] ?? []
      func state(_ i: Int) -> (segment: SegmentState, row: Int, staters: Set<Int>) {
        let place = comparison.stored[i]
        let segment = comparison.segments[place.segment]
        return (segment, place.row, Set(segment.staters(of: place.row)))
      }
      let freed = (ofOthers[key] ?? []).filter {
        let place = comparison.stored[$0]
        return released[comparison.segments[place.segment].id]?[place.row] == true
      }
      // A row of the version that stood behind one that is now released does not come before it.
      let isBehind = { (i: Int) in
        !freed.isEmpty && later.isEmpty && !state(i).segment.inForce[state(i).row]
      }
      if let own = ofVersion[key], turn < own.count, !isBehind(own[turn]) {
        let place = comparison.stored[own[turn]]
        if values.agree(place.position, place.segment, place.row, row) {
          confirm(place, comparison, &out)
        } else {
          out.change.alreadyHeld += 1
          shadow(row, by: later.union(state(own[turn]).staters), &out)
        }
        continue
      }
      let others = (ofOthers[key] ?? []).map(state)
      if !later.isEmpty {
        out.change.staleRows += 1
        shadow(row, by: later, &out)
        // An earlier sheet holds the key too: with the later ones gone, it would be in the way.
        if others.contains(where: { !$0.staters.isSubset(of: later) }) {
          out.buildsUpon.formUnion(later)
        }
        continue
      }
      for other in others where !other.segment.inForce[other.row] {
        out.buildsUpon.formUnion(other.segment.retracters(of: other.row))
      }
      let held = (ofOthers[key] ?? []).filter {
        comparison.segments[comparison.stored[$0].segment].inForce[comparison.stored[$0].row]
      }
      if turn < held.count {
        let place = comparison.stored[held[turn]]
        if values.agree(place.position, place.segment, place.row, row) {
          confirm(place, comparison, &out)
        } else {
          out.change.alreadyHeld += 1
          shadow(row, by: state(held[turn]).staters, &out)
        }
        continue
      }
      if turn - held.count < freed.count {
        let place = comparison.stored[freed[turn - held.count]]
        let segment = comparison.segments[place.segment]
        settled[segment.id, default: Bitmap(rowCount: segment.rowCount)].insert(place.row)
        if values.agree(place.position, place.segment, place.row, row) {
          confirm(place, comparison, &out)
          continue
        }
        out.change.changed += 1
        tally[scope, row].changed += 1
        out.buildsUpon.formUnion(segment.staters(of: place.row))
        carried.append(
          Values.Carried(
            row: row, position: place.position, segment: place.segment, storedRow: place.row))
      } else {
        out.change.added += 1
        tally[scope, row].added += 1
        addedRows.append(Int32(row))
      }
      out.newRows.append(Int32(row))
    }
    try settle(released, but: settled, &tally, &out)
    out.change.scopes = tally.changes
    try values.finish(&out, carried: carried)
    try countKeysElsewhere(&out, added: addedRows)
    return out
  }

  /// Rows that were held, and that no corrected row says again: they go, or are held for what is
  /// still set aside.
  private func settle(
    _ released: [Int64: Bitmap], but settled: [Int64: Bitmap], _ tally: inout ScopeTally,
    _ out: inout TableLanding
  ) throws(Failure) {
    let segments = state.segments.filter { released[$0.id] != nil }
    if segments.isEmpty { return }
    let meaning = open.isEmpty ? nil : try open.lookUp(segments, reader)
    let texts = try scopeTexts(segments)
    var base = 0
    for segment in segments {
      for row in 0..<segment.rowCount
      where released[segment.id]?[row] == true && settled[segment.id]?[row] != true {
        let scope = texts(base + row)
        let lines = meaning?(base + row) ?? []
        if lines.isEmpty {
          out.change.removed += 1
          tally[scope].removed += 1
          continue
        }
        out.retractions[segment.id, default: Bitmap(rowCount: segment.rowCount)].insert(row)
        hold(row, of: segment, for: lines, &out)
        tally[scope].held += 1
      }
      base += segment.rowCount
    }
  }
}
