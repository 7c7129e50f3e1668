import Columns
package import Diagnostics
import Model

/// How a person's name is told in free text.
package struct NameTraces: Sendable {
  /// Whether the cells of one row, together, name the person.
  package var isNamed: @Sendable (_ cells: [String]) -> Bool
  /// A text without the person's name; nil when the name is not in it.
  package var without: @Sendable (_ text: String) -> String?

  /// Makes it from its two questions.
  package init(
    isNamed: @escaping @Sendable ([String]) -> Bool,
    without: @escaping @Sendable (String) -> String?
  ) {
    self.isNamed = isNamed
    self.without = without
  }
}

/// Forgetting a person.
extension Store {
  /// Erases what says who a person is, and what is sensitive about the person; rows that only count
  /// stay, under a pseudonym that leads to nobody.
  ///
  /// `persons` are all pseudonyms that count as the person, of the domain `domain`. The main file is
  /// changed first: while the identifier is there, the work can be done again.
  ///
  /// - Throws: `Failure` when the store cannot be written or is damaged.
  package func forget(
    _ persons: Set<String>, domain: String, traces: NameTraces, now: String
  ) throws(Failure) -> Erasure {
    guard identities != nil else { throw .identitiesMissing(folder) }
    var result = Erasure()
    var plans: [TableErasure] = []
    var lost: [String: Set<Int32>] = [:]
    try writing { () throws(Failure) in
      plans = try forgettingPlans(persons, domain)
      for plan in plans {
        let count = try erase(plan, &lost)
        if count.rows > 0 || count.cells > 0 { result.tables.append(count) }
      }
      try log("forget", result, now: now)
    }
    try writing { () throws(Failure) in
      guard let identities else { return }
      try identities.transaction { () throws(Failure) in
        try eraseNames(plans, lost: lost, &result)
        for person in persons.sorted() {
          let known = try identities.file.prepare(
            "SELECT 1 FROM pseudonym WHERE domain = ? AND pseudonym = ?")
          try known.bind([.text(domain), .text(person)])
          if try known.step() { result.identifiers += 1 }
          known.reset()
          try identities.file.run(
            "DELETE FROM pseudonym WHERE domain = ? AND pseudonym = ?",
            [.text(domain), .text(person)])
        }
        try dropDecisions(of: persons, traces, &result)
        try dropRejects(traces, &result)
        try clean(traces, &result)
      }
    }
    result.isSettled = settleJournal()
    return result
  }

  /// The rows about some people, and what goes of each.
  private func forgettingPlans(
    _ persons: Set<String>, _ domain: String
  ) throws(Failure) -> [TableErasure] {
    let lexicon = try reader.lexicon(domain)
    var codes: Set<Int32> = []
    for code in 0..<lexicon.count where persons.contains(lexicon[code]) {
      codes.insert(Int32(code))
    }
    var out: [TableErasure] = []
    guard let least = codes.min(), let greatest = codes.max() else { return out }
    for table in model.tables {
      let links = table.storedColumns.filter { $0.domain == domain }
      if links.isEmpty { continue }
      var plan = TableErasure(table, try allSegments(of: table))
      for link in links {
        let zones = try reader.zones(link.name, of: table.name)
        for segment in plan.segments
        where zones[segment.id]?.overlaps(Int64(least)...Int64(greatest)) ?? false {
          guard case .text(let held, _) = try reader.column(link, of: table.name, [segment]) else {
            continue
          }
          for row in held.indices where codes.contains(held[row]) {
            plan.forget(row, of: segment, through: link, model)
          }
        }
      }
      if !plan.rows.isEmpty || !plan.names.isEmpty || !plan.emptied.isEmpty || !plan.coarse.isEmpty
      {
        out.append(plan)
      }
    }
    return out
  }

  private func dropDecisions(
    of persons: Set<String>, _ traces: NameTraces, _ result: inout Erasure
  ) throws(Failure) {
    guard let file = identities?.file else { return }
    for one in try decisions() where persons.contains(one.person) || traces.isNamed([one.written]) {
      try file.run("DELETE FROM decision WHERE id = ?", [SQLValue(one.id)])
      result.decisions += 1
    }
  }

  /// Removes the cells of rows set aside that name the person; why they were set aside stays.
  private func dropRejects(_ traces: NameTraces, _ result: inout Erasure) throws(Failure) {
    guard let file = identities?.file else { return }
    for record in try imports() {
      for one in try rejectCells(of: record.id) where traces.isNamed(one.texts) {
        try file.run(
          "DELETE FROM reject WHERE landing = ? AND ordinal = ?",
          [.integer(one.landing), .integer(one.ordinal)])
        result.rejects[record.id, default: 0] += 1
      }
    }
  }

  /// Takes the name out of what others' rows, receipts, headings and names of files say.
  private func clean(_ traces: NameTraces, _ result: inout Erasure) throws(Failure) {
    guard let file = identities?.file else { return }
    var changed: [(sql: String, values: [SQLValue])] = []
    let cells = try file.prepare("SELECT landing, table_name, column_name, row, value FROM cell")
    while try cells.step() {
      guard let text = traces.without(cells.text(4)) else { continue }
      changed.append(
        (
          "UPDATE cell SET value = ? WHERE landing = ? AND table_name = ? AND column_name = ? AND row = ?",
          [
            .text(text), .integer(cells.integer(0)), .text(cells.text(1)), .text(cells.text(2)),
            .integer(cells.integer(3)),
          ]
        ))
    }
    for column in ["file_name", "receipt", "header"] {
      let rows = try file.prepare("SELECT id, \(column) FROM landing")
      while try rows.step() {
        guard let text = traces.without(rows.text(1)) else { continue }
        changed.append(
          (
            "UPDATE landing SET \(column) = ? WHERE id = ?",
            [.text(text), .integer(rows.integer(0))]
          ))
      }
    }
    for one in changed { try file.run(one.sql, one.values) }
    result.texts += changed.count
  }
}

extension TableErasure {
  /// Marks what goes of a row that a link to the person leads to.
  fileprivate mutating func forget(
    _ row: Int, of segment: SegmentState, through link: ColumnDeclaration, _ model: Model
  ) {
    // A row that is about somebody else, or about nobody: only its sensitive part could tell.
    let isAboutThePerson = table.person == link.name || table.person == nil
    if table.retention != nil {
      if isAboutThePerson {
        TableErasure.add(row, of: segment, to: &rows)
      } else {
        TableErasure.add(row, of: segment, to: &emptied[link.name, default: [:]])
      }
      return
    }
    guard table.person == link.name else { return }
    TableErasure.add(row, of: segment, to: &names)
    let years = Set(table.derived.compactMap(\.ageFrom))
    for column in table.storedColumns {
      let isHome =
        column.isIdentifying && column.kind == .link && column.domain != link.domain
        && model.isPseudonymous(domain: column.domain)
      if isHome || column.retention != nil {
        TableErasure.add(row, of: segment, to: &emptied[column.name, default: [:]])
        if let from = column.retention?.from, table.isOnlyCountdown(from) {
          TableErasure.add(row, of: segment, to: &emptied[from, default: [:]])
        }
      } else if years.contains(column.name) {
        TableErasure.add(row, of: segment, to: &coarse[column.name, default: [:]])
      }
    }
  }
}
