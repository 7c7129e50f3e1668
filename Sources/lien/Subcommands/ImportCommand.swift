import Diagnostics
import Project

extension Command {
  static let importing = Command(
    name: "import",
    summary: Phrase(
      fr: "fait entrer des feuilles, et dit ce qui a été compris",
      en: "brings sheets in, and says what was understood"),
    examples: [
      Example(
        "lien import registre.csv seances.csv presences-mars.csv",
        fr: "la table de chaque feuille est reconnue à ses intitulés",
        en: "each sheet’s table is known by its headings"),
      Example(
        "lien import presences-mars.csv --residence tilleuls --dry-run",
        fr: "ce qui changerait, sans rien changer", en: "what would change, changing nothing"),
      Example(
        "lien import rsvps.csv --mapping meetup",
        fr: "un export d’un autre logiciel, lu par indicators/mappings/meetup.json5",
        en: "an export of another program, read by indicators/mappings/meetup.json5"),
      Example(
        "lien import classeur.xlsx --sheet Janvier --sheet 3",
        fr: "deux feuilles d’un classeur", en: "two sheets of a workbook"),
      Example(
        "lien import private/rejets/12-presences-mars.csv",
        fr: "les lignes rejetées de l’import 12, corrigées : elles s’ajoutent",
        en: "the rejected rows of import 12, corrected: they are added"),
    ],
    operands: [
      Operand(
        name: Phrase(fr: "FICHIER", en: "FILE"), isRepeated: true, completion: .file,
        help: Phrase(
          fr: "des feuilles (CSV, XLSX, ODS) ; « - » : l’entrée standard",
          en: "sheets (CSV, XLSX, ODS); “-”: standard input"))
    ],
    options: [
      Option(
        name: "table", value: Phrase(same: "TABLE"),
        help: Phrase(
          fr: "la table, si les intitulés ne suffisent pas (attendance, resident, activity…)",
          en: "the table, if the headings do not tell (attendance, resident, activity…)")),
      Option(
        name: "residence", value: Phrase(fr: "CODE", en: "KEY"),
        help: Phrase(
          fr: "la résidence de toutes les lignes, si la feuille ne la dit pas",
          en: "the residence of all rows, if the sheet does not say")),
      Option(
        name: "mapping", value: Phrase(fr: "FICHIER", en: "FILE"), completion: .file,
        help: Phrase(
          fr: "comment lire la feuille : un fichier, ou un nom de indicators/mappings/",
          en: "how to read the sheet: a file, or a name of indicators/mappings/")),
      Option(
        name: "dry-run",
        help: Phrase(fr: "dit ce qui changerait, sans rien changer", en: "says what would change")),
      Option(
        name: "rejects", value: Phrase(fr: "FICHIER", en: "FILE"), completion: .file,
        help: Phrase(
          fr: "où écrire les lignes rejetées : CSV, ou classeur (.xlsx) ; sinon private/rejets/ ; "
            + "une seule feuille à la fois",
          en: "where to write rejected rows: CSV, or a workbook (.xlsx); else private/rejets/; one "
            + "sheet at a time")),
      Option(
        name: "sheet", value: Phrase(fr: "FEUILLE", en: "SHEET"), isList: true,
        help: Phrase(
          fr: "d’un classeur, ne lit que ces feuilles, de ce rang (1 : la première) ou de ce nom",
          en: "of a workbook, reads these sheets only, by rank (1: the first) or name")),
      Option(
        name: "receipt", value: Phrase(fr: "FICHIER", en: "FILE"), completion: .file,
        help: Phrase(
          fr: "écrit le récépissé en page HTML, lisible de vous seul (une seule feuille à la fois)",
          en: "writes the receipt as an HTML page, for you alone (one sheet at a time)")),
    ] + Option.sheetForm + [.force, .json],
    sections: [
      HelpSection(
        title: Phrase(fr: "Ce qu’on peut donner", en: "What can be given"),
        body: .text(
          Phrase(
            fr: """
              CSV de toute provenance : UTF-8, UTF-16 ou Windows-1252 ; virgule, point-virgule ou \
              tabulation ; virgule décimale ; dates françaises (31/12/2025, le jour d’abord). Les \
              intitulés sont reconnus en français et en anglais, avec leurs synonymes : « lien \
              template TABLE » les donne.
              """,
            en: """
              CSV from anywhere: UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab; decimal \
              comma; French dates (31/12/2025, day first). Headings are known in French and \
              English, with synonyms: “lien template TABLE” lists them.
              """))),
      HelpSection(
        title: Phrase(fr: "Ce qui se passe", en: "What happens"),
        body: .rows([
          (
            Phrase(fr: "la même feuille", en: "the same sheet")[.fr],
            Phrase(fr: "ne change rien", en: "again: changes nothing")
          ),
          (
            "une feuille corrigée",
            Phrase(
              fr:
                "remplace ce que la première disait de ces séances (ou de cette résidence, de cette "
                + "année : selon la table), et rien d’autre",
              en:
                "(a corrected sheet) replaces what the first said of those sessions (or residence, "
                + "or year: by table), and nothing else")
          ),
          (
            "une ligne illisible",
            Phrase(
              fr: "est mise de côté avec sa raison ; les autres entrent (code 3)",
              en: "(an unreadable row) is set aside with its reason; the others land (code 3)")
          ),
          (
            "les rejets corrigés",
            Phrase(
              fr: "s’importent comme une feuille et ne font qu’ajouter",
              en: "(corrected rejects) are imported like a sheet and only add")
          ),
          (
            "les noms",
            Phrase(
              fr: "vont dans un fichier à part, lisible de vous seul ; la base a des pseudonymes",
              en:
                "(names) go to a file of their own, readable by you alone; the store has pseudonyms"
            )
          ),
          (
            "une erreur",
            Phrase(
              fr: "« lien imports undo N » défait un import exactement",
              en: "(a mistake) “lien imports undo N” undoes one import exactly")
          ),
        ])),
    ],
    exits: [.rowsSetAside, .input],
    action: { invocation, console throws(Failure) in
      if invocation.has("rejects"), invocation.operands.count > 1 {
        throw Usage.onlyOneFile("--rejects", path: invocation.path)
      }
      let useCase = try ImportUseCase(
        project: invocation.project(), language: console.language,
        options: ImportUseCase.Options(
          table: invocation["table"], residence: invocation["residence"],
          mapping: invocation["mapping"], isDryRun: invocation.has("dry-run"),
          rejectsFile: invocation["rejects"], force: invocation.has("force"),
          form: invocation.sheetForm(), sheets: invocation.list("sheet"),
          keepsDetails: invocation.has("receipt")))
      if invocation.has("receipt"), invocation.operands.count > 1 {
        throw Usage.onlyOneFile("--receipt", path: invocation.path)
      }
      var reports: [ImportUseCase.FileReport] = []
      let isJSON = invocation.has("json")
      var objects: [String] = []
      var sum = ImportSum()
      let meter = useCase.meter
      let line = ProgressLine(console) { meter.line()?[console.language] }
      defer { line?.end() }
      let status = useCase.run(invocation.operands) { report in
        for diagnostic in report.diagnostics { console.report(diagnostic) }
        reports.append(report)
        sum.add(report)
        if isJSON {
          objects.append(report.json)
        } else {
          if !console.isQuiet, let receipt = report.receipt { console.write(receipt) }
          if let summary = report.summary {
            let isAlone = console.isQuiet || report.receipt == nil
            console.print((isAlone ? report.file + ": " : "") + summary[console.language])
          }
        }
      }
      if isJSON { console.write(JSONText.array(objects)) }
      if !isJSON, invocation.operands.count > 1 {
        let count = invocation.operands.count
        console.print(
          fr: "\(count) fichiers : " + useCase.text(of: sum, language: .fr),
          en: "\(count) files: " + useCase.text(of: sum, language: .en))
      }
      if !invocation.has("dry-run"),
        let said = try Forgetting.expireByItself(invocation.project())
      {
        console.note(fr: said.fr, en: said.en)
      }
      if let path = invocation["receipt"], let file = invocation.operands.first {
        try useCase.writeReceipt(
          of: file, reports, to: path, force: invocation.has("force"))
        console.note(path)
      }
      return status
    })

  static let imports = Command(
    name: "imports",
    summary: Phrase(
      fr: "le journal des imports ; en montrer un, en défaire un",
      en: "the ledger of imports; show one, undo one"),
    examples: [
      Example("lien imports", fr: "tous les imports", en: "all imports"),
      Example(
        "lien imports undo 12", fr: "défait l’import 12, exactement",
        en: "undoes import 12, exactly"),
    ],
    options: [.json],
    subcommands: [
      Command(
        name: "show",
        summary: Phrase(
          fr: "le récépissé d’un import, et ses lignes rejetées",
          en: "the receipt of an import, and its rejected rows"),
        examples: [
          Example(
            "lien imports show 12 --rejects rejets.csv",
            fr: "le récépissé ; récrit aussi les lignes rejetées",
            en: "the receipt; writes the rejected rows again too")
        ],
        operands: [.importNumber],
        options: [
          Option(
            name: "rejects", value: Phrase(fr: "FICHIER", en: "FILE"), completion: .file,
            help: Phrase(
              fr: "écrit les lignes rejetées dans ce fichier (CSV, ou classeur : .xlsx)",
              en: "writes the rejected rows to this file (CSV, or a workbook: .xlsx)")),
          .force, .json,
        ],
        action: { invocation, console throws(Failure) in
          let ledger = try ImportLedger(project: invocation.project())
          let id = try invocation.importNumber()
          if let path = invocation["rejects"] {
            let rows = try ledger.rejects(of: id, for: path)
            if path == "-" {
              console.write(String(decoding: rows, as: UTF8.self))
              return .done
            }
            try Output.write(
              rows, to: path, force: invocation.has("force"), isPrivate: true)
            console.note(path)
          }
          try console.write(
            invocation.has("json")
              ? ledger.json(of: id)
              : ledger.receipt(
                of: id, language: console.language, showsCells: !console.isQuiet))
          return .done
        }),
      Command(
        name: "undo",
        summary: Phrase(fr: "défait un import, exactement", en: "undoes an import, exactly"),
        examples: [
          Example(
            "lien imports undo 12",
            fr: "défaire une correction fait revenir ce qu’elle remplaçait",
            en: "undoing a correction brings back what it replaced")
        ],
        operands: [.importNumber],
        sections: [
          HelpSection(
            title: Phrase(fr: "Ce qui est refusé", en: "What is refused"),
            body: .text(
              Phrase(
                fr: "Défaire un import qui a été corrigé depuis : défaites d’abord la correction.",
                en: "Undoing an import that was corrected since: undo the correction first.")))
        ],
        action: { invocation, console throws(Failure) in
          let ledger = try ImportLedger(project: invocation.project())
          let said = try ledger.undo(invocation.importNumber())
          console.print(said[console.language])
          return .done
        }),
    ],
    action: { invocation, console throws(Failure) in
      let ledger = try ImportLedger(project: invocation.project())
      try console.write(
        invocation.has("json") ? ledger.json() : ledger.text(language: console.language))
      return .done
    })
}

extension Operand {
  fileprivate static let importNumber = Operand(
    name: Phrase(fr: "N", en: "ID"),
    help: Phrase(
      fr: "le numéro de l’import, que donne « lien imports »",
      en: "the import’s number, as “lien imports” gives it"))
}

extension Invocation {
  fileprivate func importNumber() throws(Failure) -> Int {
    guard let number = Int(operands[0]), number > 0 else {
      throw Usage.notANumber(operands[0], path: path)
    }
    return number
  }
}
