import Columns
import Diagnostics
import Model
import Persistence

/// All that is held on one person, table by table: the right of access.
struct PersonFile {
  let store: Store
  let model: Model
  let register: PeopleRegister
  /// All pseudonyms that count as the person.
  let persons: Set<String>
  let names: PersonNames

  init(_ person: String, _ store: Store, _ model: Model, _ register: PeopleRegister) throws(Failure)
  {
    self.store = store
    self.model = model
    self.register = register
    let merges = try store.merges()
    let root = merges[person] ?? person
    persons = Set([root] + merges.filter { $0.value == root }.map(\.key))
    names = PersonNames(of: persons, in: register, decisions: try store.decisions())
  }

  /// The tables that hold rows about the person, with the columns that lead to them.
  private var tables: [(table: TableDeclaration, links: [String])] {
    guard let domain = register.table.keyColumn?.domain else { return [] }
    return model.tables.compactMap { table in
      let links = table.columns.filter {
        ($0.kind == .key || $0.kind == .link) && $0.domain == domain
      }
      return links.isEmpty ? nil : (table, links.map(\.name))
    }
  }

  /// Every row about the person, in words.
  func text(_ language: Language) throws(Failure) -> String {
    let fr = language == .fr
    var out = ""
    for (table, links) in tables {
      let rows = try store.rowsWithNames(table.name, columns: table.columns.map(\.name)).filter {
        row in links.contains { row[$0].map(persons.contains) ?? false }
      }
      if rows.isEmpty { continue }
      out += "\n\(table.label[language]) (\(rows.count))\n"
      if let retention = table.retention {
        out += "  " + (fr ? "finalité\u{A0}: " : "purpose: ") + retention.purpose[language] + "\n"
      }
      for row in rows { out += "  - " + (try cells(row, of: table, language)) + "\n" }
    }
    let waiting = try rejects()
    if !waiting.isEmpty {
      out += fr ? "\nLignes mises de côté\n" : "\nRows set aside\n"
      for one in waiting {
        let where_ = one.lines.map(String.init).joined(separator: ", ")
        out += "  - import \(one.id)\(one.file.map { " (\($0))" } ?? ""), "
        out += (fr ? "ligne " : "line ") + where_ + "\n"
      }
    }
    return out
  }

  /// The lines set aside that name the person, by import.
  func rejects() throws(Failure) -> [(id: Int, file: String?, lines: [Int])] {
    var out: [(id: Int, file: String?, lines: [Int])] = []
    for record in try store.imports() where record.rowsSetAside > 0 {
      let lines = try store.rejects(of: record.id).rejects.filter {
        names.isNamed(in: $0.cells + [$0.heading].compactMap { $0 })
      }.map(\.line)
      if !lines.isEmpty { out.append((record.id, record.fileName, Set(lines).sorted())) }
    }
    return out
  }

  private func cells(
    _ row: [String: String], of table: TableDeclaration, _ language: Language
  ) throws(Failure) -> String {
    var parts: [String] = []
    for column in table.columns {
      guard var value = row[column.name] else { continue }
      switch column.kind {
      case .code:
        value = column.values.first { $0.value == value }?.label[language] ?? value
      case .key, .link:
        if let name = try identity(value, column.domain) { value = name }
      case .boolean:
        value = value == "1" ? (language == .fr ? "oui" : "yes") : (language == .fr ? "non" : "no")
      case .time:
        if let minutes = Int(value) {
          let rest = minutes % 60
          value = "\(minutes / 60):" + (rest < 10 ? "0" : "") + "\(rest)"
        }
      case .text, .integer, .decimal, .date: break
      }
      parts.append(column.label[language] + (language == .fr ? "\u{A0}: " : ": ") + value)
    }
    return parts.joined(separator: " ; ")
  }

  private func identity(_ pseudonym: String, _ domain: String) throws(Failure) -> String? {
    guard model.isPseudonymous(domain: domain) else { return nil }
    if domain == register.table.keyColumn?.domain { return register.identifiers[pseudonym] }
    return try store.identities(domain: domain)[pseudonym]
  }
}
