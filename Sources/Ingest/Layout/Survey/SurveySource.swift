import Diagnostics
import Periods

/// Which questionnaire an export is of, and which wave each of its answers is.
struct SurveySource {
  let instrument: String
  /// The wave that the file's name says.
  private let named: String?
  /// The wave of each date, as the export writes it, where dates lie far apart.
  private var waves: [String: String] = [:]
  /// How many respondents each wave has that dates tell apart.
  private(set) var clusters: [(wave: String, respondents: Int)] = []
  private let file: String
  private var isDoubtful = false

  /// More days than this without an answer lie between two waves.
  private static let gap: Int32 = 120

  init(file: String, survey: SurveyReading, instrument: String?, dateOrder: DateOrder?) {
    self.file = file
    let words = SurveySource.words(of: file)
    named = words.wave
    self.instrument = instrument ?? words.instrument
    guard named == nil else { return }
    cluster(survey, dateOrder)
  }

  /// The name of a questionnaire, from its file's.
  static func instrument(of file: String) -> String { words(of: file).instrument }

  /// The wave of an answer: its own, the file's name's, or the year of the last answer of its time.
  func wave(of answer: SurveyAnswer) throws(Failure) -> String {
    if !answer.wave.isEmpty { return answer.wave }
    if let wave = named ?? waves[answer.date] { return wave }
    if isDoubtful { throw twoWaves() }
    if let last = clusters.last?.wave { return last }
    throw noWave()
  }

  /// The day of an answer, without its hour.
  func day(of answer: SurveyAnswer) -> String {
    String(answer.date.prefix { $0 != "T" && $0 != " " })
  }

  // MARK: - Dates

  private mutating func cluster(_ survey: SurveyReading, _ given: DateOrder?) {
    var people: [String: Set<String>] = [:]
    for answer in survey.answers where answer.wave.isEmpty && !answer.date.isEmpty {
      people[answer.date, default: []].insert(answer.respondent)
    }
    let texts = people.keys.sorted()
    let cells = texts.map { text in
      let bytes = Array(text.prefix { $0 != "T" && $0 != " " }.utf8)
      return DateCell(bytes.span, 0..<bytes.count)
    }
    var style = DateStyle()
    for cell in cells { style.observe(cell) }
    let order = given ?? style.order
    var days: [(day: Int32, text: String)] = []
    for (cell, text) in zip(cells, texts) {
      if let day = cell.day(order) { days.append((day, text)) }
    }
    days.sort { ($0.day, $0.text) < ($1.day, $1.text) }
    var groups: [[(day: Int32, text: String)]] = []
    for one in days {
      if let last = groups.last?.last, one.day - last.day <= SurveySource.gap {
        groups[groups.count - 1].append(one)
      } else {
        groups.append([one])
      }
    }
    for group in groups {
      guard let last = group.last else { continue }
      let wave = String(Day(number: last.day).civil.year)
      if clusters.last?.wave == wave { isDoubtful = true }
      for one in group { waves[one.text] = wave }
      let all = group.reduce(into: Set<String>()) { $0.formUnion(people[$1.text] ?? []) }
      clusters.append((wave, all.count))
    }
    if isDoubtful { waves = [:] }
  }

  // MARK: - Names

  /// What programs put around a survey's name, and what says its wave.
  private static func words(of file: String) -> (instrument: String, wave: String?) {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    let composed = String(decoding: Composition.composed(Array(stem.utf8)), as: UTF8.self)
    let apart = composed.replacing("-", with: " ").replacing("_", with: " ")
    var words: [String] = []
    for word in PeriodHint(apart).rest {
      words += Fold.key(word).split(separator: " ").map(String.init)
    }
    var wave: String?
    var kept: [String] = []
    var i = 0
    while i < words.count {
      let word = words[i]
      let next = i + 1 < words.count ? words[i + 1] : ""
      if ["vague", "wave", "passage"].contains(word), next.allSatisfy(\.isNumber), !next.isEmpty {
        wave = next
        i += 1
      } else if ["avant", "apres", "before", "after", "initial", "initiale", "final", "finale"]
        .contains(word)
      {
        wave = wave ?? word
      } else if word.count == 2, ["t", "v"].contains(word.first ?? " "), word.last?.isNumber == true
      {
        wave = wave ?? String(word.dropFirst())
      } else if !noise.contains(word), !word.allSatisfy(\.isNumber) {
        kept.append(word)
      }
      i += 1
    }
    // A number behind a common word is the survey's own.
    let all = kept.allSatisfy(common.contains) ? words : kept
    return (all.isEmpty ? "questionnaire" : all.joined(separator: "_"), wave)
  }

  private static let common: Set<String> = [
    "survey", "enquete", "questionnaire", "formulaire", "form", "sondage", "sans", "titre",
    "untitled",
  ]

  private static let noise: Set<String> = [
    "reponses", "reponse", "responses", "response", "results", "latest", "version", "false", "true",
    "all", "versions", "labels", "label", "xml", "values", "export", "copie", "copy", "csv", "xlsx",
    "de", "du", "d", "au", "le", "la", "codes", "complet", "full",
  ]

  // MARK: - Failures

  private func noWave() -> Failure {
    Failure(
      .usage, code: "survey.no-wave", fr: "rien ne dit la vague de cette enquête",
      en: "nothing says the wave of this survey", remedy: SurveySource.remedy,
      at: SourceLocation(file: file))
  }

  private func twoWaves() -> Failure {
    Failure(
      .usage, code: "survey.two-waves",
      fr: "les réponses sont de deux moments d’une même année : ce sont sans doute deux vagues",
      en: "the answers are of two times of one year: they are two waves, most likely",
      remedy: SurveySource.remedy, at: SourceLocation(file: file))
  }

  static let remedy = Phrase(
    fr: "ajoutez une colonne « Vague » (1, 2…), ou séparez-les en deux fichiers dont le nom dit la "
      + "vague (« Enquête vague 2 »)",
    en: "add a column “Vague” (1, 2…), or split them into two files whose names say the wave "
      + "(“Survey wave 2”)")
}
