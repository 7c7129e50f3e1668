/// Groups 54 to 58: exports of surveys, in the forms of their programs.
enum SurveyGroups {
  static let all: [Group] = [
    Group(54, .surveys, "Google Forms") { _ in },
    Group(55, .surveys, "LimeSurvey") { _ in },
    Group(56, .surveys, "KoboToolbox") { _ in },
    Group(57, .surveys, "Framaforms, Webform") { _ in },
    Group(58, .surveys, "Sphinx, or typed into a spreadsheet program") { _ in },
  ]

  static func sheet(_ group: Int, seed: Int) -> FieldSheet {
    let plan = SurveyPlan(seed: seed, salt: group)
    var export = Export(plan)
    switch group {
    case 54: export.google()
    case 55: export.lime()
    case 56: export.kobo()
    case 57: export.webform()
    default: export.typed()
    }
    var out = FieldSheet(groups: [group], seed: seed, fileName: export.fileName)
    out.grids = [export.table.grid("Feuille1")]
    out.exporter = export.exporter
    out.answers = export.answers
    out.problems = export.problems
    return out
  }
}

/// Writes one export and what its cells say.
struct Export {
  let plan: SurveyPlan
  var table = ExportTable()
  var fileName = "export.csv"
  var exporter: String
  var answers: [FieldAnswer] = []
  var problems: [FieldProblem] = []

  init(_ plan: SurveyPlan) {
    self.plan = plan
    exporter = ""
  }

  var isFrench: Bool { plan.seed % 2 == 0 }

  mutating func say(_ respondent: String, _ item: String, _ value: String, wave: String = "") {
    answers.append(FieldAnswer(respondent: respondent, wave: wave, item: item, value: value))
  }

  /// An answer for each option; nothing for each when nothing was ticked.
  mutating func sayChoices(
    _ respondent: String, _ item: (String) -> String, _ question: Question,
    _ given: [String], wave: String = ""
  ) {
    for option in question.options {
      say(
        respondent, item(option), given.isEmpty ? "" : given.contains(option) ? "1" : "0",
        wave: wave)
    }
  }

  static func flat(_ text: String) -> String { text.replacing("\n", with: " ") }

  // MARK: - Google Forms

  mutating func google() {
    exporter = "google-forms"
    fileName = "Enquête voisins (réponses).csv"
    table.rows = [[isFrench ? "Horodateur" : "Timestamp"] + plan.questions.map(\.text)]
    for (r, line) in plan.answers.enumerated() {
      let stamp =
        isFrench ? "\(10 + r)/03/2024 14:0\(r):12" : "2024/03/\(10 + r) 2:0\(r):12 PM UTC+1"
      var row = [stamp]
      let who = "ligne \(r + 2)"
      for (q, question) in plan.questions.enumerated() {
        var given = line[q]
        if question.kind == .choices, r == 1 { given.append("Autre : le palier") }
        row.append(given.joined(separator: plan.seed % 3 == 0 ? ";" : ", "))
        let item = Self.flat(question.text)
        if question.kind == .choices {
          var known = question
          // What somebody wrote is no name of a question.
          known.options.append("Autre : le palier")
          sayChoices(
            who, { "\(item) [" + ($0.hasPrefix("Autre") ? "Autre" : $0) + "]" }, known, given)
        } else {
          say(who, item, given.first ?? "")
        }
      }
      table.rows.append(row)
    }
  }

  // MARK: - LimeSurvey

  mutating func lime() {
    exporter = "limesurvey"
    fileName = "results-survey482913.csv"
    let full = plan.seed % 3 == 1
    func heading(_ code: String, _ text: String) -> String {
      full ? "\(code). \(Self.flat(text))" : code
    }
    var header = ["id", "submitdate", "lastpage", "startlanguage"]
    if full {
      header = [
        "ID de la réponse", "Date de soumission", "Dernière page", "Langue de départ",
      ]
    }
    for (q, question) in plan.questions.enumerated() {
      if question.kind == .choices {
        header += question.options.indices.map {
          heading("Q\(q + 1)[SQ00\($0 + 1)]", "\(question.text) [\(question.options[$0])]")
        }
      } else {
        header.append(heading("Q\(q + 1)", question.text))
      }
    }
    table.rows = [header]
    for (r, line) in plan.answers.enumerated() {
      let who = "\(r + 1)"
      // The last one left before the end.
      let isLast = r == plan.answers.count - 1
      var row = [who, isLast ? "" : "2024-03-\(10 + r) 10:00:00", isLast ? "1" : "3", "fr"]
      for (q, question) in plan.questions.enumerated() {
        let given = isLast && q > 2 ? [] : line[q]
        if question.kind == .choices {
          let yes = full ? "Oui" : "Y"
          row += question.options.map {
            given.contains($0) ? yes : given.isEmpty ? "" : full ? "Non" : "N"
          }
          for (i, option) in question.options.enumerated() {
            let value = given.isEmpty ? "" : given.contains(option) ? "1" : "0"
            say(who, "Q\(q + 1)[SQ00\(i + 1)]", value)
          }
        } else if question.kind == .yesNo, !full {
          row.append(given.first.map { $0 == "Oui" ? "Y" : "N" } ?? "")
          say(who, "Q\(q + 1)", given.first.map { $0 == "Oui" ? "Y" : "N" } ?? "")
        } else {
          row.append(given.first ?? "")
          say(who, "Q\(q + 1)", given.first ?? "")
        }
      }
      table.rows.append(row)
      if isLast {
        problems.append(
          FieldProblem(
            cell: "Feuille1!" + FieldPlace.a1(r + 1, 0), code: "survey.incomplete",
            verdict: .doubtful))
      }
    }
    table.rows.append([""])
  }

  // MARK: - KoboToolbox

  mutating func kobo() {
    exporter = "kobo"
    fileName = "Enquete_voisins_-_latest_version_-_False_-_2024-03-20.csv"
    let group = plan.seed % 2 == 0 ? "voisinage/" : ""
    var header = ["start", "end"]
    for question in plan.questions {
      header.append(group + question.code)
      if question.kind == .choices {
        header += question.options.map { "\(group)\(question.code)/\(Self.slug($0))" }
      }
    }
    header += ["_id", "_uuid", "_submission_time", "_index"]
    table.rows = [header]
    if plan.seed % 3 == 2 {
      table.rows.append(header.map { $0.hasPrefix("_") ? "" : "#" + Self.slug($0) })
    }
    for (r, line) in plan.answers.enumerated() {
      let who = "\(98_700 + r)"
      var row = ["2024-03-\(10 + r)T10:00:00.000+01:00", "2024-03-\(10 + r)T10:09:00.000+01:00"]
      for (q, question) in plan.questions.enumerated() {
        let given = line[q]
        let item = group + question.code
        if question.kind == .choices {
          row.append(given.map(Self.slug).joined(separator: " "))
          row += question.options.map { given.contains($0) ? "1" : given.isEmpty ? "" : "0" }
          sayChoices(who, { "\(item)/\(Self.slug($0))" }, question, given)
        } else {
          row.append(given.first ?? "")
          say(who, item, given.first ?? "")
        }
      }
      row += [who, "b1e7-\(r)", "2024-03-\(10 + r)T09:10:00", "\(r + 1)"]
      table.rows.append(row)
    }
  }

  static func slug(_ text: String) -> String {
    text.lowercased().replacing(" ", with: "_").replacing("/", with: "_")
  }

  // MARK: - Webform

  mutating func webform() {
    exporter = "webform"
    fileName = "enquete_voisins.csv"
    let details = isFrench ? "Détails de la soumission" : "Submission Details"
    let own =
      isFrench
      ? [
        "Numéro de série", "SID", "Date de soumission", "Brouillon", "Adresse IP", "UID",
        "Nom d'utilisateur",
      ]
      : ["Serial", "SID", "Submitted Time", "Draft", "IP Address", "UID", "Username"]
    var first = [details] + [String](repeating: "", count: own.count - 1)
    var second = [String](repeating: "", count: own.count)
    var third = own
    for question in plan.questions {
      if question.kind == .choices {
        first +=
          [Self.flat(question.text)]
          + [String](repeating: "", count: question.options.count - 1)
        second += [String](repeating: "", count: question.options.count)
        third += question.options
      } else {
        first.append(Self.flat(question.text))
        second.append("")
        third.append("")
      }
    }
    table.rows = [first, second, third]
    for (r, line) in plan.answers.enumerated() {
      let who = "\(400 + r)"
      var row = ["\(r + 1)", who, "\(10 + r)/03/2024 - 10:00", "0", "192.0.2.\(r)", "0", ""]
      for (q, question) in plan.questions.enumerated() {
        let given = line[q]
        let item = Self.flat(question.text)
        if question.kind == .choices {
          row += question.options.map { given.contains($0) ? "X" : "" }
          sayChoices(who, { "\(item) [\($0)]" }, question, given)
        } else {
          row.append(given.first ?? "")
          say(who, item, given.first ?? "")
        }
      }
      table.rows.append(row)
    }
  }

  // MARK: - Typed

  /// One column an option with 1, words for no answer, apostrophes of two kinds, two waves.
  mutating func typed() {
    exporter = "typed"
    fileName = "enquete saisie.csv"
    var header = ["N°", "Vague"]
    for question in plan.questions {
      if question.kind == .choices {
        header += question.options.map { "\(Self.flat(question.text)) : \($0)" }
      } else {
        header.append(Self.flat(question.text))
      }
    }
    table.rows = [header]
    let missing = ["NSP", "Sans réponse", "N/A"]
    for (r, line) in plan.answers.enumerated() {
      let who = "\(r + 1)"
      let wave = r % 2 == 0 ? "2023" : "2024"
      var row = [who, wave]
      for (q, question) in plan.questions.enumerated() {
        let given = line[q]
        let item = Self.flat(question.text)
        if question.kind == .choices {
          row += question.options.map { given.contains($0) ? "1" : "" }
          sayChoices(who, { "\(item) : \($0)" }, question, given, wave: wave)
        } else if question.kind == .likert, let one = given.first {
          row.append(r % 2 == 0 ? one : one.replacing("’", with: "'").uppercased())
          say(who, item, one, wave: wave)
        } else {
          row.append(given.first ?? missing[(r + q) % 3])
          say(who, item, given.first ?? "", wave: wave)
        }
      }
      table.rows.append(row)
    }
  }
}
