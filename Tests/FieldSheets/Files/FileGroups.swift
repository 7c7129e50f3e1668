import Periods

/// Groups 48 to 53: the file around the sheet.
enum FileGroups {
  static let all: [Group] = [
    Group(48, .files, "encodings and delimiters") { _ in },
    Group(49, .files, "two encodings, NUL, sep=, trailing and missing delimiters") { _ in },
    Group(50, .files, "quotes, apostrophes, line feeds") { plan in
      plan.activity = "Atelier \"mémoire\""
      plan.people[0] = PlannedPerson("L'HERMITTE Odile")
      if plan.seed % 3 == 1 {
        plan.layout = .datesByNames
        plan.rotatesNames = true
      }
    },
    Group(51, .files, "what is not what its name says") { _ in },
    Group(52, .files, "what only the file's name says") { plan in
      let day = plan.sessions[0].day
      switch plan.seed % 3 {
      case 0:
        plan.layout = .signIn
        plan.hasTitle = false
        plan.year = .fileName
        plan.activity = "loto"
        plan.fileName =
          "emargement_loto_\(day.two(day.dayOfMonth)).\(day.two(day.month)).\(day.two(day.year % 100)).csv"
      case 1:
        plan.dates = .dayOnly
        plan.year = .fileName
        plan.activity = nil
        plan.fileName = "Présences \(day.monthName) \(day.year) (1) - Copie.xlsx"
      default:
        plan.dates = .noYear
        plan.year = .fileName
        plan.activity = nil
        // As macOS decomposes it.
        plan.fileName = "Pre\u{301}sences \(day.year).xlsx"
      }
    },
    Group(53, .files, "the same sheet again, and a corrected one") { _ in },
  ]

  /// Gives the sheet its file.
  static func finish(_ sheet: inout FieldSheet, _ plan: Plan) {
    guard let grid = sheet.grids.first, let number = sheet.groups.first else { return }
    var file = TextFile()
    switch (number, sheet.seed) {
    case (48, let seed): encode(&sheet, grid, seed)
    case (49, let seed): disturb(&sheet, grid, seed)
    case (50, _):
      sheet.fileName = "presences.csv"
      sheet.bytes = Array(file.text(of: grid).utf8)
    case (51, let seed):
      sheet.fileName = "presences.xls"
      switch seed % 3 {
      case 0: sheet.bytes = Encoder.windows1252(file.text(of: grid))
      case 1: sheet.bytes = Array(html(grid).utf8)
      default:
        sheet.fileName = "~$presences.xlsx"
        sheet.bytes = []
        sheet.failure = "file.empty"
        sheet.rows = []
        sheet.problems = []
      }
    case (52, _) where sheet.fileName.hasSuffix(".csv"):
      file.lineEnd = "\n"
      sheet.bytes = Array(file.text(of: grid).utf8)
    default: break
    }
  }

  private static func encode(_ sheet: inout FieldSheet, _ grid: FieldGrid, _ seed: Int) {
    sheet.fileName = "presences.csv"
    var file = TextFile()
    switch seed % 6 {
    case 0: sheet.bytes = Encoder.windows1252(file.text(of: grid))
    case 1:
      file.beginning = "\u{FEFF}"
      sheet.bytes = Array(file.text(of: grid).utf8)
    case 2:
      file.delimiter = "\t"
      sheet.fileName = "presences.txt"
      sheet.bytes = Encoder.utf16LittleEndian(file.text(of: grid))
    case 3:
      file.delimiter = ","
      file.quotesAll = true
      sheet.bytes = Array(file.text(of: grid).utf8)
    case 4:
      file.lineEnd = "\r"
      sheet.bytes = Encoder.macRoman(file.text(of: grid))
    default: sheet.bytes = Encoder.codePage850(file.text(of: grid))
    }
  }

  private static func disturb(_ sheet: inout FieldSheet, _ grid: FieldGrid, _ seed: Int) {
    sheet.fileName = "presences.csv"
    var file = TextFile()
    switch seed % 5 {
    case 0:
      // The first half in UTF-8, the last row pasted in Windows-1252.
      var (upper, lower) = (grid, grid)
      upper.rows.removeLast()
      lower.rows = [grid.rows[grid.rows.count - 1]]
      while lower.rows[0].count < (grid.rows.map(\.count).max() ?? 0) {
        lower.rows[0].append(FieldCell())
      }
      sheet.bytes = Array(file.text(of: upper).utf8) + Encoder.windows1252(file.text(of: lower))
    case 1:
      file.beginning = "sep=;\r\n"
      sheet.bytes = Array(file.text(of: grid).utf8)
      // The first line is the file's, not the sheet's.
      sheet.shiftRows(by: 1)
    case 2:
      file.ending = ";;;;"
      sheet.bytes = Array(file.text(of: grid).utf8)
    case 3:
      let text = grid.rows.map { row in
        var cells = row.map(\.text)
        while let last = cells.last, last.isEmpty { cells.removeLast() }
        return cells.joined(separator: ";") + "\r\n"
      }.joined()
      sheet.bytes = Array(text.utf8)
    default:
      sheet.bytes = Array(file.text(of: grid).utf8) + [0, 0]
    }
  }

  private static func html(_ grid: FieldGrid) -> String {
    let rows = grid.rows.map { row in
      "<tr>" + row.map { "<td>\($0.text)</td>" }.joined() + "</tr>"
    }
    return "<html><head><meta charset=\"utf-8\"></head><body><table>" + rows.joined()
      + "</table></body></html>"
  }
}

extension FieldSheet {
  /// Moves all places down.
  fileprivate mutating func shiftRows(by n: Int) {
    func moved(_ place: String) -> String {
      let parts = place.split(separator: "!")
      guard parts.count == 2 else { return place }
      let letters = parts[1].prefix { $0.isLetter }
      let row = Int(parts[1].dropFirst(letters.count)) ?? 0
      return "\(parts[0])!\(letters)\(row + n)"
    }
    for i in rows.indices { rows[i].source = moved(rows[i].source) }
    for i in problems.indices { problems[i].cell = moved(problems[i].cell) }
  }
}
