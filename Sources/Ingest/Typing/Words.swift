import Diagnostics
import Model

/// The allowed values of a coded column under all the words a sheet may use.
struct CodeMeanings {
  /// The code of the value for each folded word.
  private(set) var codes: [String: Int32] = [:]

  /// All values enter the interner in the model's order, so that a code means the same in all
  /// parts of a column.
  init(_ column: ColumnDeclaration, _ interner: inout ByteInterner) {
    let own = column.values.map { interner.code($0.value) }
    let layers: [(AllowedValue) -> [String]] = [
      { [$0.value] }, { [$0.label.fr, $0.label.en] }, { $0.synonyms },
    ]
    for words in layers {
      for (value, code) in zip(column.values, own) {
        for word in words(value) where codes[Fold.key(word)] == nil {
          codes[Fold.key(word)] = code
        }
      }
    }
  }
}

/// The words for yes and no.
enum Booleans {
  static let meanings: [String: Int64] = {
    var out: [String: Int64] = [:]
    for word in ["oui", "o", "yes", "y", "x", "1", "vrai", "true", "v", "✓", "✔", "☑"] {
      out[word] = 1
    }
    for word in ["non", "n", "no", "0", "faux", "false", "f", "☐"] { out[word] = 0 }
    return out
  }()
}
