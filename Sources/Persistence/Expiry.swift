import Columns
package import Diagnostics
import Model
package import Periods

/// Sensitive data whose time is over.
extension Store {
  /// What has expired by a day, counted without changing anything.
  ///
  /// - Throws: `Failure` when the store is damaged.
  package func expired(by today: Day) throws(Failure) -> [Erasure.TableCount] {
    try reading { () throws(Failure) in
      var out: [Erasure.TableCount] = []
      for plan in try expiryPlans(by: today) {
        var count = Erasure.TableCount(table: plan.table.name)
        count.rows = plan.rows.values.reduce(0) { $0 + $1.count }
        for column in plan.table.columns where column.retention != nil {
          count.cells += plan.emptied[column.name]?.values.reduce(0) { $0 + $1.count } ?? 0
        }
        out.append(count)
      }
      return out
    }
  }

  /// Erases sensitive rows and cells that have been kept for as long as their table declares, and
  /// the cells of rows that imports received before a moment set aside.
  ///
  /// - Throws: `Failure` when the store cannot be written or is damaged.
  package func expire(
    by today: Day, rejectsReceivedBefore limit: String, now: String
  ) throws(Failure) -> Erasure {
    guard identities != nil else { throw .identitiesMissing(folder) }
    var result = Erasure()
    var plans: [TableErasure] = []
    var lost: [String: Set<Int32>] = [:]
    try writing { () throws(Failure) in
      plans = try expiryPlans(by: today)
      for plan in plans {
        let count = try erase(plan, &lost)
        if count.rows > 0 || count.cells > 0 { result.tables.append(count) }
      }
      if !result.tables.isEmpty { try log("expiry", result, now: now) }
    }
    try writing { () throws(Failure) in
      guard let identities else { return }
      try identities.transaction { () throws(Failure) in
        try eraseNames(plans, lost: lost, &result)
        for record in try imports() where record.receivedAt < limit {
          let cells = try rejectCells(of: record.id)
          if cells.isEmpty { continue }
          result.rejects[record.id] = cells.count
          try identities.file.run(
            "DELETE FROM reject WHERE landing IN (SELECT id FROM landing WHERE import = ?)",
            [SQLValue(record.id)])
        }
      }
    }
    result.isSettled = settleJournal()
    return result
  }

  /// What each table with an expiry loses.
  private func expiryPlans(by today: Day) throws(Failure) -> [TableErasure] {
    var out: [TableErasure] = []
    for table in model.tables {
      let columns = table.columns.filter { $0.retention != nil }
      if table.retention == nil, columns.isEmpty { continue }
      var plan = TableErasure(table, try allSegments(of: table))
      if let retention = table.retention {
        plan.rows = try past(retention, today, in: plan)
        plan.names = plan.rows
      }
      for column in columns {
        guard let retention = column.retention else { continue }
        let gone = try past(retention, today, in: plan, needing: column)
        if gone.isEmpty { continue }
        plan.emptied[column.name] = gone
        if table.isOnlyCountdown(retention.from) { plan.emptied[retention.from] = gone }
      }
      if !plan.rows.isEmpty || !plan.emptied.isEmpty { out.append(plan) }
    }
    return out
  }

  /// The rows of which the time is over; of a column, those with a value in it.
  private func past(
    _ retention: Retention, _ today: Day, in plan: TableErasure,
    needing own: ColumnDeclaration? = nil
  ) throws(Failure) -> [Int64: Bitmap] {
    guard let date = plan.table[retention.from],
      let last = today.shifted(months: -retention.months)
    else { return [:] }
    let zones = try reader.zones(date.name, of: plan.table.name)
    var out: [Int64: Bitmap] = [:]
    for segment in plan.segments {
      guard let zone = zones[segment.id], zone.lowerBound <= Int64(last.number),
        case .day(let days) = try reader.column(date, of: plan.table.name, [segment])
      else { continue }
      let values = try own.map { (column) throws(Failure) in
        try reader.column(column, of: plan.table.name, [segment])
      }
      for row in days.indices
      where days[row] != Column.missingDay && days[row] <= last.number
        && values.map({ $0.text(at: row) != nil }) ?? true
      {
        TableErasure.add(row, of: segment, to: &out)
      }
    }
    return out
  }

  /// The rows set aside of an import whose cells are still there.
  func rejectCells(of id: Int) throws(Failure) -> [(
    landing: Int64, ordinal: Int64, texts: [String]
  )] {
    guard let file = identities?.file else { return [] }
    let rows = try file.prepare(
      """
      SELECT r.landing, r.ordinal, r.heading, r.cells FROM reject r
      JOIN landing l ON l.id = r.landing WHERE l.import = ? ORDER BY r.ordinal
      """)
    try rows.bind([SQLValue(id)])
    var out: [(landing: Int64, ordinal: Int64, texts: [String])] = []
    while try rows.step() {
      out.append(
        (
          rows.integer(0), rows.integer(1),
          [rows.optionalText(2)].compactMap { $0 } + IdentityFile.texts(rows.text(3))
        ))
    }
    return out
  }
}

extension TableDeclaration {
  /// Whether a date says nothing but when a sensitive cell was noted.
  func isOnlyCountdown(_ column: String) -> Bool {
    date != column && !key.contains(column) && validity?.from != column && validity?.to != column
      && retention?.from != column
  }
}
