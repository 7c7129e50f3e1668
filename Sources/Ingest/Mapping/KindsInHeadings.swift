import Diagnostics
import Model

/// A ledger with a column for each kind of sum, `Dépenses | Recettes`, in place of one for the kind
/// and one for the sum: a row for each sum.
///
/// Of any table with one required column of codes and one required number that the sheet lacks,
/// where headings are values of the code.
struct KindsInHeadings {
  let kind: ColumnDeclaration
  let amount: ColumnDeclaration
  /// The fields under such headings.
  let fields: [Int]
  private let values: [String]

  /// What the rows of one kind are made of.
  struct Part {
    var sources: [String: CellSource]
    var filled: Int?
    var unfilled: [Int] = []
  }

  init?(
    _ table: TableDeclaration, _ headings: Headings, _ sources: [String: CellSource],
    used: Set<Int>
  ) {
    let missing = table.columns.filter { $0.isRequired && sources[$0.name] == nil }
    let codes = missing.filter { $0.kind == .code }
    let numbers = missing.filter { $0.kind == .decimal || $0.kind == .integer }
    guard codes.count == 1, numbers.count == 1, let kind = codes.first,
      let amount = numbers.first
    else { return nil }
    var words: [String: String] = [:]
    for value in kind.values {
      for word in [value.value, value.label.fr, value.label.en] + value.synonyms {
        words[Fold.key(word)] = value.value
      }
    }
    var (fields, values): ([Int], [String]) = ([], [])
    for field in headings.raw.indices where !used.contains(field) {
      let text = headings.raw[field]
      let short = text.firstIndex(of: "(").map { String(text[..<$0]) } ?? text
      let value = words[Fold.key(text)] ?? words[Fold.key(short)]
      guard let value, !values.contains(value) else { continue }
      fields.append(field)
      values.append(value)
    }
    guard !fields.isEmpty else { return nil }
    (self.kind, self.amount, self.fields, self.values) = (kind, amount, fields, values)
  }

  /// Whether the table's key is made of parts that are all there once a kind is known.
  func makesKey(of table: TableDeclaration, _ sources: [String: CellSource]) -> Bool {
    let parts = table.keyFrom.compactMap { table[$0] }.filter(\.isRequired)
    return !parts.isEmpty
      && parts.allSatisfy {
        sources[$0.name] != nil || $0.name == kind.name || $0.name == amount.name
      }
  }

  /// The rows of each kind; and those with no sum at all, whose sum is missed.
  var emits: [Part] {
    var out = zip(fields, values).map { field, value in
      Part(sources: part(field, value), filled: field)
    }
    if let field = fields.first, let value = values.first {
      out.append(Part(sources: part(field, value), unfilled: fields))
    }
    return out
  }

  private func part(_ field: Int, _ value: String) -> [String: CellSource] {
    [kind.name: .constant(value), amount.name: .cell(CellReading(field: field))]
  }
}
