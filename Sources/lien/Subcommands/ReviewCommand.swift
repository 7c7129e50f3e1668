import Diagnostics
import Glibc
import Project

extension Command {
  static let peopleReview = Command(
    name: "review",
    summary: Phrase(
      fr: "décide qui les noms à vérifier désignent", en: "decides who the unsure names mean"),
    examples: [
      Example("lien people review", fr: "l’un après l’autre, au terminal", en: "one by one"),
      Example(
        "lien people review --out noms.csv", fr: "en feuille à remplir",
        en: "as a sheet to fill in"),
      Example(
        "lien people review --out noms.xlsx", fr: "en classeur, où l’on choisit dans une liste",
        en: "as a workbook with lists to choose from"),
      Example(
        "lien people review noms.xlsx", fr: "reprend la feuille remplie",
        en: "takes the filled-in sheet back"),
    ],
    operands: [
      Operand(
        name: Phrase(fr: "FICHIER", en: "FILE"), isRequired: false, completion: .file,
        help: Phrase(
          fr: "une feuille écrite par --out (CSV ou XLSX), colonne « décision » remplie",
          en: "a sheet written by --out (CSV or XLSX), with its column “décision” filled in"))
    ],
    options: [
      .out(
        Phrase(
          fr: "écrit les noms dans une feuille à remplir : CSV, ou classeur (.xlsx)",
          en: "writes a sheet to fill in: CSV, or a workbook (.xlsx)")),
      Option(
        name: "list", help: Phrase(fr: "les décisions prises", en: "the decisions that hold")),
      Option(
        name: "undo", value: Phrase(same: "N"),
        help: Phrase(fr: "reprend la décision n° N", en: "takes decision N back")),
      .force, .json,
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "Une décision", en: "A decision"),
        body: .rows([
          ("1, 2…", Phrase(fr: "la personne de ce numéro", en: "the person of that number")),
          (
            "n, nouveau",
            Phrase(
              fr: "quelqu’un qui n’est pas au registre", en: "somebody not in the register")
          ),
          (
            "0, personne",
            Phrase(fr: "personne à compter : la ligne est écartée", en: "nobody who counts")
          ),
          (
            "p, vide",
            Phrase(fr: "plus tard : la ligne reste de côté", en: "later: the row stays aside")
          ),
        ])),
      HelpSection(
        title: Phrase(fr: "Ensuite", en: "Then"),
        body: .text(
          Phrase(
            fr: """
              Les lignes qui attendaient entrent, sans rien ressaisir, et la décision vaut pour les \
              feuilles suivantes de la résidence. Elle se reprend avec --undo.
              """,
            en: """
              The rows that waited come in, with nothing to type again, and the decision holds for \
              the sheets to come of that residence. --undo takes it back.
              """))),
    ],
    exits: [.rowsSetAside, .input],
    action: { invocation, console throws(Failure) in
      let review = try PeopleReview(project: invocation.project(), language: console.language)
      if invocation.has("list") {
        console.write(try review.decisions(language: console.language))
        return .done
      }
      if let number = invocation["undo"] {
        guard let id = Int(number), id > 0 else {
          throw Failure(
            .usage, code: "usage.not-a-number",
            fr: "« \(number) » n’est pas un numéro de décision",
            en: "“\(number)” is not the number of a decision",
            remedy: Phrase(
              fr: "« lien people review --list » donne la liste",
              en: "“lien people review --list” lists them"))
        }
        return console.tell(try review.undo(id), isUndo: true)
      }
      if let file = invocation.operands.first {
        let filled = try review.filled(file)
        let outcome = try review.decide(filled.decisions)
        return max(console.tell(filled, file: file), console.tell(outcome))
      }
      let questions = try review.questions()
      if let path = invocation["out"] {
        if path == "-" {
          console.write(review.csv(questions))
        } else {
          try Output.write(
            review.sheet(questions, for: path), to: path, force: invocation.has("force"),
            isPrivate: true)
          console.note(path)
        }
        return .done
      }
      if invocation.has("json") {
        console.write(PeopleReview.json(questions))
        return .done
      }
      if questions.isEmpty {
        console.print(fr: "Aucun nom à vérifier.", en: "No name to look at.")
        return .done
      }
      let isAsking =
        isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 && !invocation.has("no-input")
      guard isAsking else {
        for (i, question) in questions.enumerated() { console.show(question, i, questions.count) }
        console.print(
          fr: "Au terminal : lien people review ; en feuille : lien people review --out noms.csv, "
            + "puis lien people review noms.csv",
          en: "On a terminal: lien people review; as a sheet: lien people review --out names.csv, "
            + "then lien people review names.csv")
        return .rowsSetAside
      }
      return console.tell(try review.decide(console.ask(questions)))
    })
}

extension Console {
  /// Shows a name and who it may be; without names when asked to be quiet.
  fileprivate func show(_ question: PeopleReview.Question, _ index: Int, _ count: Int) {
    let isFrench = language == .fr
    let place = question.residence.isEmpty ? "" : " (\(question.residence))"
    let name = isQuiet ? "…" : PeopleReview.shown(question.written)
    print("\(index + 1)/\(count)  \(name)\(place) — \(question.reason[language])")
    if isQuiet { return }
    for (i, one) in question.candidates.enumerated() {
      let percent = Int((one.score * 100).rounded())
      print(
        "  \(i + 1)  " + PeopleReview.shown(one.label)
          + "  (\(percent)\(isFrench ? "\u{A0}" : "")%)")
    }
  }

  /// Asks for each name in turn; what is left out is for later.
  fileprivate func ask(
    _ questions: [PeopleReview.Question]
  ) -> [(PeopleReview.Question, PeopleReview.Choice)] {
    var out: [(PeopleReview.Question, PeopleReview.Choice)] = []
    for (i, question) in questions.enumerated() {
      show(question, i, questions.count)
      let last = question.candidates.count
      let numbers = last == 0 ? "" : last == 1 ? "1, " : "1-\(last), "
      while true {
        tell(
          language == .fr
            ? "  \(numbers)n = nouveau, 0 = personne à compter, p = plus tard, q = arrêter ?"
            : "  \(numbers)n = new, 0 = nobody who counts, p = later, q = stop?")
        guard let line = readLine() else { return out }
        let word = line.filter { !$0.isWhitespace }
        if word == "q" { return out }
        if word.isEmpty || word == "p" { break }
        if let choice = PeopleReview.choice(word, question.candidates.map(\.person)) {
          out.append((question, choice))
          break
        }
      }
    }
    return out
  }

  /// Says what became of decisions.
  fileprivate func tell(_ outcome: PeopleReview.Outcome, isUndo: Bool = false) -> ExitStatus {
    let n = outcome.decided
    let s = n > 1 ? "s" : ""
    if isUndo {
      print(fr: "Décision reprise.", en: "Decision taken back.")
    } else {
      print(
        fr: "\(n) décision\(s) enregistrée\(s).", en: "\(n) decision\(n == 1 ? "" : "s") recorded.")
    }
    var status = ExitStatus.done
    for report in outcome.reports {
      for diagnostic in report.diagnostics { self.report(diagnostic) }
      if let summary = report.summary { print(summary[language]) }
      status = max(status, report.status)
    }
    for sheet in outcome.toImportAgain where !isQuiet {
      note(
        fr: "à importer de nouveau, pour que la décision n’y compte plus : "
          + PeopleReview.shown(sheet),
        en: "to be imported again, so that the decision no longer counts there: "
          + PeopleReview.shown(sheet))
    }
    return status
  }

  /// Says what a filled-in sheet did not settle.
  fileprivate func tell(_ filled: PeopleReview.Filled, file: String) -> ExitStatus {
    let open = filled.open.count - filled.unreadable.count
    if open > 0 { note(fr: "\(open) sans décision", en: "\(open) without a decision") }
    if filled.settled > 0 {
      note(
        fr: "\(filled.settled) déjà décidé\(filled.settled > 1 ? "s" : "")",
        en: "\(filled.settled) decided already")
    }
    for line in filled.unreadable {
      var unreadable = PeopleReview.unreadable(file: file, line: line)
      unreadable.severity = .error
      report(unreadable)
    }
    return filled.unreadable.isEmpty ? .done : .rowsSetAside
  }
}
