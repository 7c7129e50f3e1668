import DataFiles
import Diagnostics
import FoundationEssentials
import Model

/// A rule that data must keep, as a file of `indicators/rules` declares it.
struct QualityRule: Sendable {
  /// What is looked at.
  enum Kind: String, Sendable, Decodable, CaseIterable {
    /// Dates of a row that must follow each other.
    case order
    /// A number or a date between two ends.
    case range
    /// Two rows of one person for the same days.
    case overlap
    /// A link to a row that is not there.
    case link
    /// A row that no row of another table leads to.
    case without
    /// A month without any row, between two with some.
    case gap
    /// A month that has far fewer, or far more, than those before it.
    case `break`
    /// Columns of a row that must add up.
    case identity
    /// A number that must begin where the row before it ended.
    case continuity
    /// A column that too few rows know.
    case known
    /// Two rows with one key.
    case duplicate
  }

  /// The least or greatest value allowed: a number, a day, or the day of the check.
  enum Bound: Sendable { case number(Double), day(Int32), today, thisYear }

  let id: String
  let severity: Diagnostic.Severity
  let kind: Kind
  let table: TableDeclaration
  /// What is wrong when the rule is broken, and what to do.
  let title: Phrase, remedy: Phrase
  /// Whether how often it is broken may be told to anybody: it tells nothing of persons.
  let isPublic: Bool
  let columns: [String]
  let least: Bound?, greatest: Bound?
  /// The table and column that should lead here (`without`).
  let by: (table: String, column: String)?
  /// The rows looked at: column to allowed values.
  let when: [(column: String, values: [String])]
  /// Of an identity: what is added, what is taken away, and what it must come to.
  let plus: [String], minus: [String], equals: String?
  /// Of a break: how many months before are looked at, the share under (or over) which it is one, and
  /// the least usual number.
  let months: Int, ratio: Double, usual: Double
  /// Of `known`: the least share.
  let share: Double
}

/// All rules of a project.
struct QualityRules: Sendable {
  let rules: [QualityRule]

  /// Reads the files of a folder. A rule on a table that the project's model does not have says
  /// nothing, so that a project may leave tables out.
  ///
  /// - Throws: `Failure` with every problem found, each with file, line and column.
  init(folder: String, model: Model) throws(Failure) {
    var rules: [QualityRule] = []
    var problems: [Diagnostic] = []
    var places: [String: String] = [:]
    for path in DataFile.list(in: folder) {
      do throws(Failure) {
        let file = try DataFile(path: path, shape: RuleShape.file)
        let raw = try file.decode(RawRules.self)
        for (i, one) in raw.rules.enumerated() {
          guard let table = model[one.table] else { continue }
          let before = problems.count
          let rule = one.rule(table, model, in: file, at: "rules.\(i)", &problems)
          if let other = places[one.id] {
            problems.append(
              Diagnostic(
                code: "rule.duplicate",
                Phrase(
                  fr: "règle « \(one.id) » déjà déclarée dans \(other)",
                  en: "rule “\(one.id)” is already declared in \(other)"),
                at: file.location(of: "rules.\(i).id")))
          }
          places[one.id] = file.name
          if problems.count == before, let rule { rules.append(rule) }
        }
      } catch {
        problems += error.diagnostics
      }
    }
    if !problems.isEmpty { throw Failure(problems, status: .failed) }
    self.rules = rules
  }
}

private enum RuleShape {
  static let file = Shape.object(
    [
      "rules": .list(
        .object(
          [
            "id": .scalar, "severity": .scalar, "kind": .scalar, "table": .scalar,
            "title": .phrase, "remedy": .phrase, "public": .scalar, "columns": .list(.scalar),
            "least": .scalar, "greatest": .scalar,
            "by": .object(["table": .scalar, "column": .scalar], required: ["table", "column"]),
            "when": .map(.list(.scalar)), "plus": .list(.scalar), "minus": .list(.scalar),
            "equals": .scalar, "months": .scalar, "ratio": .scalar, "usual": .scalar,
            "share": .scalar,
          ], required: ["id", "severity", "kind", "table", "title", "remedy"]))
    ], required: ["rules"])
}

private struct RawRules: Decodable {
  struct By: Decodable {
    var table: String
    var column: String
  }
  struct Rule: Decodable {
    var id: String
    var severity: Diagnostic.Severity
    var kind: QualityRule.Kind
    var table: String
    var title: Phrase
    var remedy: Phrase
    var `public`: Bool?
    var columns: [String]?
    var least: BoundText?
    var greatest: BoundText?
    var by: By?
    var when: [String: [String]]?
    var plus: [String]?
    var minus: [String]?
    var equals: String?
    var months: Int?
    var ratio: Double?
    var usual: Double?
    var share: Double?
  }
  /// A number or a text in the place of a bound.
  struct BoundText: Decodable {
    var bound: QualityRule.Bound?
    init(from decoder: any Decoder) throws {
      let c = try decoder.singleValueContainer()
      if let number = try? c.decode(Double.self) {
        bound = .number(number)
      } else {
        bound = QualityRule.Bound(try c.decode(String.self))
      }
    }
  }
  var rules: [Rule]
}

extension RawRules.Rule {
  /// The rule, checked against the model; nil when something was wrong, which is then told.
  func rule(
    _ own: TableDeclaration, _ model: Model, in file: DataFile, at place: String,
    _ problems: inout [Diagnostic]
  ) -> QualityRule? {
    func bad(_ key: String, fr: String, en: String) {
      problems.append(
        Diagnostic(
          code: "rule.value", Phrase(fr: fr, en: en), at: file.location(of: place + "." + key)))
    }
    let columns = columns ?? []
    for name in columns + (plus ?? []) + (minus ?? []) + [equals].compactMap({ $0 })
    where own[name] == nil {
      bad(
        "table", fr: "colonne « \(name) » absente de la table « \(own.name) »",
        en: "column “\(name)” is not in the table “\(own.name)”")
    }
    for name in (when ?? [:]).keys.sorted() where own[name] == nil {
      bad(
        "when", fr: "colonne « \(name) » absente de la table « \(own.name) »",
        en: "column “\(name)” is not in the table “\(own.name)”")
    }
    let wanted: (least: Int, most: Int) =
      switch kind {
      case .order, .continuity: (2, .max)
      case .overlap: (0, 1)
      case .range, .link, .known: (1, 1)
      case .without, .gap, .break, .identity, .duplicate: (0, 0)
      }
    if columns.count < wanted.least || columns.count > wanted.most {
      bad(
        "kind", fr: "« \(kind.rawValue) » demande un autre nombre de colonnes (« columns »)",
        en: "“\(kind.rawValue)” needs another number of columns (“columns”)")
    }
    for (key, given) in [("least", least), ("greatest", greatest)] where given?.bound == nil {
      if given != nil {
        bad(
          key, fr: "un nombre, un jour (AAAA-MM-JJ), « today » ou « this_year »",
          en: "a number, a day (YYYY-MM-DD), “today” or “this_year”")
      }
    }
    if kind == .without, by.flatMap({ model[$0.table]?[$0.column] }) == nil {
      bad(
        by == nil ? "kind" : "by", fr: "« without » demande « by » : une table et sa colonne",
        en: "“without” needs “by”: a table and its column")
    }
    if kind == .overlap, own.validity == nil || own.person == nil {
      bad(
        "kind", fr: "« overlap » demande une table qui a une personne et une durée (« validity »)",
        en: "“overlap” needs a table with a person and a span (“validity”)")
    }
    if kind == .gap || kind == .break, own.date == nil || own.residence == nil {
      bad(
        "kind", fr: "« \(kind.rawValue) » demande une table qui a une date et une résidence",
        en: "“\(kind.rawValue)” needs a table with a date and a residence")
    }
    if kind == .identity, (plus ?? []).isEmpty || equals == nil {
      bad(
        "kind", fr: "« identity » demande « plus » et « equals »",
        en: "“identity” needs “plus” and “equals”")
    }
    return QualityRule(
      id: id, severity: severity, kind: kind, table: own, title: title, remedy: remedy,
      isPublic: self.public ?? false, columns: columns, least: least?.bound,
      greatest: greatest?.bound, by: by.map { ($0.table, $0.column) },
      when: (when ?? [:]).sorted { $0.key < $1.key }.map { (column: $0.key, values: $0.value) },
      plus: plus ?? [], minus: minus ?? [], equals: equals, months: months ?? 6,
      ratio: ratio ?? 0.4, usual: usual ?? 10, share: share ?? 0.8)
  }
}
