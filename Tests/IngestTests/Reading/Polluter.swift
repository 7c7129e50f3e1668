import TestSupport

/// Makes clean tables and spoils them in the ways that files from the field are spoiled; knows
/// what should be read. Seeded: the same seed makes the same files.
struct Polluter {
  /// A way to spoil a file.
  enum Pollution: String, CaseIterable {
    case none, noLastLineEnd, doubleLastLineEnd, noHeader, headerOfTwoRows, headerOfThreeRows
    case delimitedPreamble, plainPreamble, tableBelowNarrower, tableBelowWider, tableBelowAgain
    case headerOnly, oneRow, delimiterTooMany, delimiterTooFew, quoteTooMany
    case semicolon, tab, commaAndBlank, blank, bar, apostrophes, backslashes, lineFeeds
    case carriageReturns, footer, padded
  }

  /// A spoiled file and its right reading.
  struct Case {
    var pollution: Pollution
    var text: String
    var header: [String]?
    var rows: [[String]]
  }

  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private mutating func pick<T>(_ list: [T]) -> T {
    list[Int.random(in: 0..<list.count, using: &random)]
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private static let words = [
    "atelier", "cuisine", "jardin", "sortie", "loto", "repas", "devoirs", "couture", "théâtre",
    "yoga", "réunion", "bricolage", "musée",
  ]
  private static let names = ["Dupont", "Diallo", "Le Bœuf", "N'Guyen", "O'Brien", "Müller"]
  private static let given = ["Marie", "Zoé", "Jean-Pierre", "Fatou", "Élodie", "Karim"]
  private static let columns = [
    "Date", "Heure", "Effectif", "Montant", "Nom", "Observations", "Logement", "Thème",
  ]

  private mutating func padded(_ range: ClosedRange<Int>) -> String {
    let n = number(range)
    return n < 10 ? "0\(n)" : "\(n)"
  }

  private mutating func cell(_ column: String) -> String {
    switch column {
    case "Date": return "\(padded(1...28))/\(padded(1...12))/\(number(2023...2024))"
    case "Heure": return "\(padded(8...20)):\(pick(["00", "15", "30"]))"
    case "Effectif": return "\(number(0...60))"
    case "Montant": return "\(number(0...500)).\(padded(10...99))"
    case "Nom": return pick(Polluter.names) + " " + pick(Polluter.given)
    case "Logement": return pick(["A", "B", "C"]) + padded(1...40)
    case "Thème": return pick(Polluter.words)
    default:
      var text = (0..<number(2...6)).map { _ in pick(Polluter.words) }
      if number(0...2) == 0 { text[0] += "," }
      if number(0...9) == 0 { text.append("\"spécial\"") }
      return text.joined(separator: " ")
    }
  }

  private struct Form {
    var delimiter = ","
    var quote = "\""
    var escape: String?
    var end = "\r\n"

    func cell(_ text: String) -> String {
      let needs =
        text.contains(delimiter) || text.contains(quote) || text.contains(",")
        || (escape.map { text.contains($0) } ?? false) || (delimiter == " " && text.isEmpty)
      guard needs else { return text }
      return quote + text.replacing(quote, with: (escape ?? quote) + quote) + quote
    }

    func line(_ cells: [String]) -> String {
      cells.map(cell).joined(separator: delimiter) + end
    }

    func text(_ rows: [[String]]) -> String { rows.map(line).joined() }
  }

  /// A spoiled file.
  mutating func next(_ pollution: Pollution) -> Case {
    let columns =
      ["Date", "Effectif"] + Polluter.columns.shuffled(using: &random).prefix(number(1...5))
    var header: [String] = []
    for column in columns {
      let again = header.count { $0 == column || $0.hasPrefix(column + " ") }
      header.append(again == 0 ? column : "\(column) \(again + 1)")
    }
    let rows = (0..<pick([5, 12, 40])).map { _ in columns.map { cell($0) } }
    return spoiled(pollution, header, rows)
  }

  private mutating func spoiled(
    _ pollution: Pollution, _ header: [String], _ rows: [[String]]
  ) -> Case {
    var out = Case(pollution: pollution, text: "", header: header, rows: rows)
    var form = Form()
    let all = [header] + rows
    let width = header.count
    switch pollution {
    case .none: out.text = form.text(all)
    case .noLastLineEnd: out.text = String(form.text(all).dropLast())
    case .doubleLastLineEnd: out.text = form.text(all) + form.end
    case .noHeader:
      out.header = nil
      out.text = form.text(rows)
    case .headerOfTwoRows, .headerOfThreeRows:
      let depth = pollution == .headerOfTwoRows ? 1 : 2
      let groups = (0..<width).map { ["Lieu", "Public", "Bilan"][$0 % 3] }
      let stack = [[String]](repeating: groups, count: depth) + [header]
      out.header = (0..<width).map { i in stack.map { $0[i] }.joined(separator: " ") }
      out.text = form.text(stack + rows)
    case .delimitedPreamble:
      let title = ["Feuille de présence"] + [String](repeating: "", count: width - 1)
      out.text = form.text([title, [String](repeating: "", count: width)] + all)
    case .plainPreamble:
      out.text = "Résidence Les Tilleuls\r\nMois de mars 2024\r\n" + pick(["", "\r\n"])
      out.text += form.text(all)
    case .tableBelowNarrower: out.text = form.text(all + all.map { Array($0.dropLast()) })
    case .tableBelowWider:
      out.text = form.text(all + all.enumerated().map { $1 + [$0 == 0 ? "col1" : $1[0]] })
    case .tableBelowAgain: out.text = form.text(all + all)
    case .headerOnly:
      out.rows = []
      out.text = form.line(header)
    case .oneRow:
      out.rows = [rows[0]]
      out.text = form.text([header, rows[0]])
    case .delimiterTooMany, .delimiterTooFew, .quoteTooMany:
      var lines = all.map { $0.map(form.cell) }
      let (row, column) = (number(1...rows.count), number(1...(width - 1)))
      if pollution == .quoteTooMany {
        lines[row][column] = "\"" + lines[row][column]
      } else if pollution == .delimiterTooMany {
        lines[row].insert("", at: column)
      } else {
        lines[row][column - 1] += lines[row].remove(at: column)
      }
      out.text = lines.map { $0.joined(separator: ",") + form.end }.joined()
    case .semicolon, .tab, .commaAndBlank, .blank, .bar:
      form.delimiter =
        [.semicolon: ";", .tab: "\t", .commaAndBlank: ", ", .blank: " ", .bar: "|"][pollution]
        ?? ","
      out.text = form.text(all)
    case .apostrophes:
      form.quote = "'"
      out.text = form.text(all)
    case .backslashes:
      form.escape = "\\"
      out.text = form.text(all)
    case .lineFeeds, .carriageReturns:
      form.end = pollution == .lineFeeds ? "\n" : "\r"
      out.text = form.text(all)
    case .footer: out.text = form.text(all) + pick(["\r\n", ""]) + "Fait à Paris\r\n"
    case .padded: out.text = form.text(all.map { $0 + ["", "", ""] })
    }
    return out
  }
}
