import Columns
import Diagnostics
import Model
import Periods
import Persistence

/// The columns that rules look at, loaded once.
final class QualityData {
  let workspace: Workspace
  /// The day of the check.
  let today: Day
  private var tables: [String: Table] = [:]
  /// Columns of other tables, by table and path.
  private var linked: [[String]: Column] = [:]
  private var sources: [String: [Int32]] = [:]
  private var names: [String: [String: String]] = [:]

  init(_ workspace: Workspace, today: Day) {
    self.workspace = workspace
    self.today = today
  }

  /// A table with all columns that the store holds.
  func table(_ name: String) throws(Failure) -> Table {
    if let known = tables[name] { return known }
    let columns = workspace.model[name]?.columns.map(\.name) ?? []
    let table = try workspace.store.table(name, columns: columns)
    tables[name] = table
    return table
  }

  /// A column by its path: `date`, `session.date`.
  func column(_ path: String, of name: String) throws(Failure) -> Column? {
    let own = try table(name)
    guard let dot = path.firstIndex(of: ".") else { return own[path] }
    if let known = linked[[name, path]] { return known }
    let head = String(path[..<dot])
    guard let link = workspace.model[name]?[head], let target = link.target,
      let key = workspace.model[target]?.keyColumn,
      case .text(let codes, let lexicon)? = own[head],
      let there = try column(String(path[path.index(after: dot)...]), of: target),
      case .text(let keys, _)? = try table(target)[key.name]
    else { return nil }
    // Columns of one domain share codes.
    var rows = [Int32](repeating: -1, count: lexicon.count)
    for (row, code) in keys.enumerated() where code >= 0 && rows.indices.contains(Int(code)) {
      rows[Int(code)] = Int32(row)
    }
    let made = there.following(codes.map { $0 >= 0 ? rows[Int($0)] : -1 })
    linked[[name, path]] = made
    return made
  }

  /// The import of a row.
  func importID(_ row: Int, of name: String) throws(Failure) -> Int? {
    if sources[name] == nil { sources[name] = try workspace.store.imports(of: name) }
    return sources[name].flatMap { $0.indices.contains(row) ? Int($0[row]) : nil }
  }

  /// What the user's sheets call a row: its key, with the identifiers behind pseudonyms.
  func label(_ row: Int, of table: TableDeclaration, _ language: Language) throws(Failure)
    -> String?
  {
    let own = try self.table(table.name)
    var parts: [String] = []
    for name in table.key where name != table.residence {
      guard let column = table[name], let text = own[name]?.text(at: row) else { continue }
      parts.append(try identifier(text, column.domain))
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// The identifier behind a pseudonym; the text itself when it is none.
  func identifier(_ text: String, _ domain: String) throws(Failure) -> String {
    guard workspace.model.isPseudonymous(domain: domain) else { return text }
    if names[domain] == nil { names[domain] = try workspace.store.identities(domain: domain) }
    return names[domain]?[text] ?? text
  }

  /// The rows that a rule looks at.
  func rows(of rule: QualityRule) throws(Failure) -> [Int] {
    let own = try table(rule.table.name)
    var allowed = [Bool](repeating: true, count: own.rowCount)
    for (name, values) in rule.when {
      guard let column = own[name] else { continue }
      for row in allowed.indices where allowed[row] {
        allowed[row] = column.text(at: row).map(values.contains) ?? false
      }
    }
    return allowed.indices.filter { allowed[$0] }
  }

  /// A finding about a row of a rule's table.
  func finding(_ rule: QualityRule, row: Int) throws(Failure) -> QualityFinding {
    var out = QualityFinding(rule)
    let table = rule.table
    if let path = table.residence {
      out.residence = try column(path, of: table.name)?.text(at: row)
    }
    if let path = table.date ?? table.validity?.from,
      case .day(let days)? = try column(path, of: table.name), days[row] != Column.missingDay
    {
      out.day = Day(number: days[row])
    }
    out.row = try label(row, of: table, .fr)
    out.importID = try importID(row, of: table.name)
    return out
  }
}

extension Column {
  /// The values at some rows; missing where the row is negative.
  fileprivate func following(_ rows: [Int32]) -> Column {
    switch self {
    case .text(let codes, let lexicon):
      .text(codes: rows.map { $0 < 0 ? Column.missingCode : codes[Int($0)] }, lexicon)
    case .integer(let values):
      .integer(rows.map { $0 < 0 ? Column.missingInteger : values[Int($0)] })
    case .decimal(let values): .decimal(rows.map { $0 < 0 ? .nan : values[Int($0)] })
    case .day(let values): .day(rows.map { $0 < 0 ? Column.missingDay : values[Int($0)] })
    }
  }

  /// A number for comparisons; nil when missing or a text.
  func number(at row: Int) -> Double? {
    switch self {
    case .text: nil
    case .integer(let values): values[row] == Column.missingInteger ? nil : Double(values[row])
    case .decimal(let values): values[row].isNaN ? nil : values[row]
    case .day(let values): values[row] == Column.missingDay ? nil : Double(values[row])
    }
  }
}
