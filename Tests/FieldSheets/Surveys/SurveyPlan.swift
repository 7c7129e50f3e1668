import TestSupport

/// A question of an invented survey on neighbours.
struct Question {
  enum Kind { case likert, scale, yesNo, choices, text, number }

  var code: String
  var text: String
  var kind: Kind
  var options: [String] = []
}

/// A survey and its answers, before an exporter gives it its form.
struct SurveyPlan {
  var random: SeededGenerator
  let seed: Int
  var questions: [Question]
  /// `[respondent][question]`; several for choices, none for no answer.
  var answers: [[[String]]] = []

  static let likert = [
    "Pas du tout d’accord", "Plutôt pas d’accord", "Plutôt d’accord", "Tout à fait d’accord",
  ]
  static let scale = ["1 - Pas du tout satisfait", "2", "3", "4", "5 - Très satisfait"]

  init(seed: Int, salt: Int) {
    self.seed = seed
    random = SeededGenerator(seed: UInt64(seed) &* 7919 &+ UInt64(salt))
    questions = [
      Question(code: "confiance", text: "Je fais confiance à mes voisins", kind: .likert),
      Question(
        code: "satisfaction", text: "Êtes-vous satisfait·e de la vie\ndans la résidence ?",
        kind: .scale),
      Question(code: "service", text: "Avez-vous rendu un service ce mois-ci ?", kind: .yesNo),
      Question(
        code: "lieux", text: "Où voyez-vous vos voisins ?", kind: .choices,
        options: ["Le hall", "Le jardin", "La salle commune"]),
      Question(code: "visites", text: "Nombre de visites reçues", kind: .number),
      Question(code: "remarque", text: "Une remarque ?", kind: .text),
    ]
    let count = 4 + Int(random.next() % 4)
    for r in 0..<count {
      answers.append(questions.map { answer($0, r) })
    }
  }

  private mutating func below(_ n: Int) -> Int { Int(random.next() % UInt64(n)) }

  private mutating func answer(_ question: Question, _ respondent: Int) -> [String] {
    // The first two answer everything, so that every option is seen.
    if respondent > 1, below(6) == 0 { return [] }
    switch question.kind {
    case .likert: return [Self.likert[(respondent + below(2)) % 4]]
    case .scale: return [Self.scale[respondent == 0 ? 4 : below(5)]]
    case .yesNo: return [respondent % 2 == 0 ? "Oui" : "Non"]
    case .choices:
      if respondent == 0 { return question.options }
      if respondent == 1 { return [question.options[1]] }
      return question.options.filter { _ in below(2) == 0 }
    case .number: return ["\(below(12))"]
    case .text: return [["Merci", "Plus de bancs, svp", "RAS"][below(3)]]
    }
  }
}

/// A table of text for an export.
struct ExportTable {
  var rows: [[String]] = []
  var name = "export.csv"

  func grid(_ sheet: String) -> FieldGrid {
    FieldGrid(name: sheet, rows: rows.map { $0.map { FieldCell($0) } })
  }
}
