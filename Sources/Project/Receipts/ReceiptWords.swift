import Diagnostics
import HTML
import Ingest
import Periods
import Reporting

/// The words of a receipt's page, with the spaces that French wants.
struct ReceiptWords {
  let language: Language

  private var isFrench: Bool { language == .fr }
  private var numbers: NumberText { NumberText(language) }

  /// Words of the page itself.
  func say(_ fr: String, _ en: String) -> String { isFrench ? Typography.french(fr) : en }

  /// Words that come with a diagnostic.
  func say(_ phrase: Phrase) -> String { say(phrase.fr, phrase.en) }

  /// `1 234`.
  func number(_ n: Int) -> String { numbers.number(Double(n)) }

  /// `3 lignes`: a number with its noun.
  func count(_ n: Int, _ fr: (String, String), _ en: (String, String)) -> String {
    let isOne = numbers.isSingular(Double(n))
    let noun = isFrench ? (isOne ? fr.0 : fr.1) : (isOne ? en.0 : en.1)
    return number(n) + (isFrench ? "\u{A0}" : " ") + noun
  }

  /// `5 mars 2024`.
  func date(_ day: Day) -> String { numbers.date(day) }

  /// `14 h 30` from minutes after midnight.
  func time(_ minutes: Int) -> String {
    let (h, m) = (minutes / 60 % 24, Day.padded(minutes % 60, 2))
    return isFrench ? "\(h)\u{A0}h\(m == "00" ? "" : "\u{A0}" + m)" : "\(h):\(m)"
  }

  /// A cell as the spreadsheet program shows it; texts stay as they were typed.
  func cell(_ cell: GridCell) -> String {
    let text = cell.text
    guard isFrench else { return text }
    switch cell.kind {
    case .date, .dateTime:
      let parts = text.split(separator: "T")
      guard let day = parts.first.flatMap({ Day(iso: $0) }) else { return text }
      let c = day.civil
      let date = "\(Day.padded(c.day, 2))/\(Day.padded(c.month, 2))/\(c.year)"
      return parts.count > 1 ? date + " " + parts[1] : date
    case .number: return text.replacing(".", with: ",")
    case .percent:
      return text.replacing(".", with: ",").replacing("%", with: "\u{A0}%")
    case .boolean: return text == "TRUE" ? "VRAI" : "FAUX"
    case .blank, .text, .time, .duration, .error: return text
    }
  }

  /// A cell's text as the page shows it: letter by letter, cut when it is too long for a page, with
  /// spaces that do not break before the signs that French sets apart.
  func shown(_ text: String) -> String {
    let short = text.count > 200 ? text.prefix(199) + "…" : text
    return isFrench ? Typography.spaced(short) : short
  }

  /// The same with a capital.
  func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// A table as a file within the page.
  func download(_ csv: String, _ name: StaticString, _ what: String) -> Markup {
    let size = number(max(1, (csv.utf8.count + 500) / 1000))
    let text = what + say(" pour Excel (CSV, \(size) ko)", " for Excel (CSV, \(size) kB)")
    let file: Markup = "\(name.description).csv"
    return """
      <p class="download"><a href="\(DataLink(csv: csv))" download="\(file)">\(text)</a></p>

      """
  }

  /// An instant of UTC as a clock in Paris shows it.
  func moment(_ iso: String) -> Markup {
    let parts = iso.dropFirst(11).prefix(8).split(separator: ":").compactMap { Int64($0) }
    guard let day = Day(iso: iso.prefix(10)), parts.count >= 2,
      let local = TimeZoneRule(named: "Europe/Paris")?.local(
        epochSeconds: Int64(day.number) * 86_400 + parts[0] * 3600 + parts[1] * 60)
    else { return "\(iso)" }
    let there = Day(number: local.day)
    let minutes = Int(local.minute)
    let machine = "\(there.iso)T\(Day.padded(minutes / 60, 2)):\(Day.padded(minutes % 60, 2))"
    let shown = date(there) + say(" à ", " at ") + time(minutes)
    return "<time datetime=\"\(machine)\">\(shown)</time>"
  }
}
