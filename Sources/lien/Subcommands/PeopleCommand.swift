import Diagnostics
import Project

extension Command {
  static let people = Command(
    name: "people",
    summary: Phrase(
      fr: "les noms des feuilles et les personnes du registre",
      en: "the names on sheets and the people of the register"),
    examples: [
      Example(
        "lien people match noms.csv --roster registre.csv",
        fr: "qui ces noms désignent : sûr, à vérifier ou nouveau",
        en: "who these names mean: sure, unsure or new"),
      Example("lien people", fr: "les personnes connues", en: "the persons known"),
      Example(
        "lien people merge R-12 R-47", fr: "deux personnes n’en font qu’une",
        en: "two persons are one"),
    ],
    options: [.json],
    subcommands: [
      peopleReview, peopleMerge, peopleSplit, peopleShow, peopleForget, peopleExpire,
      peoplePurposes, peopleMatch,
    ],
    action: { invocation, console throws(Failure) in
      let ledger = try PeopleLedger(project: invocation.project())
      try console.write(
        invocation.has("json")
          ? ledger.json()
          : ledger.text(language: console.language, showsNames: !console.isQuiet))
      return .done
    })

  static func person(_ name: String) -> Operand {
    Operand(
      name: Phrase(same: name),
      help: Phrase(
        fr: "une personne : son identifiant au registre, ou celui que donne « lien people »",
        en: "a person: the register’s identifier, or the one that “lien people” gives"))
  }

  private static let peopleMerge = Command(
    name: "merge",
    summary: Phrase(
      fr: "fait compter une personne comme une autre, sans rien effacer",
      en: "makes one person count as another, erasing nothing"),
    examples: [
      Example(
        "lien people merge R-12 R-47", fr: "R-47 compte désormais comme R-12",
        en: "R-47 now counts as R-12")
    ],
    operands: [person("A"), person("B")],
    action: { invocation, console throws(Failure) in
      let said = try PeopleLedger(project: invocation.project())
        .merge(invocation.operands[0], invocation.operands[1])
      console.print(said[console.language])
      return .done
    })

  private static let peopleSplit = Command(
    name: "split",
    summary: Phrase(
      fr: "fait de nouveau compter à part une personne réunie à une autre",
      en: "lets a merged person count by itself again"),
    examples: [
      Example(
        "lien people split R-47", fr: "R-47 compte de nouveau à part",
        en: "R-47 counts by itself again")
    ],
    operands: [person("B")],
    action: { invocation, console throws(Failure) in
      let said = try PeopleLedger(project: invocation.project()).split(invocation.operands[0])
      console.print(said[console.language])
      return .done
    })

  private static let peopleShow = Command(
    name: "show",
    summary: Phrase(
      fr: "tout ce qui est détenu sur une personne", en: "all that is held on a person"),
    examples: [
      Example(
        "lien people show R-12", fr: "son nom, chaque ligne de chaque table, ce qui fut décidé",
        en: "name, every row of every table, what was decided"),
      Example(
        "lien people show R-12 --out acces.txt", fr: "pour répondre à une demande d’accès",
        en: "to answer a request for access"),
    ],
    operands: [person("ID")],
    options: [
      .json,
      .out(
        Phrase(
          fr: "écrit dans un fichier lisible de vous seul",
          en: "writes to a file that you alone can read"
        )),
      .force,
    ],
    action: { invocation, console throws(Failure) in
      let text = try PeopleLedger(project: invocation.project()).show(
        invocation.operands[0], language: console.language, asJSON: invocation.has("json"),
        showsNames: !console.isQuiet)
      guard let path = invocation["out"], path != "-" else {
        console.write(text)
        return .done
      }
      try Output.write(text, to: path, force: invocation.has("force"), isPrivate: true)
      console.note(path)
      return .done
    })

  private static let peopleMatch = Command(
    name: "match",
    summary: Phrase(
      fr: "rapproche des noms d’un registre, sans rien changer",
      en: "matches names with a register, changing nothing"),
    examples: [
      Example(
        "lien people match noms.csv --roster registre.csv",
        fr: "le compte, et les noms à vérifier", en: "the count, and the names to look at"),
      Example(
        "lien people match noms.csv --roster registre.csv --csv",
        fr: "une ligne par nom : mid,id,status,score,candidates,reason",
        en: "a row a name: mid,id,status,score,candidates,reason"),
    ],
    operands: [
      Operand(
        name: Phrase(fr: "NOMS", en: "NAMES"), completion: .file,
        help: Phrase(
          fr:
            "une feuille avec une colonne « nom_saisi » (et « mid », et des indices : logement, âge)",
          en: "a sheet with a column “nom_saisi” (and “mid”, and clues: flat, age)"))
    ],
    options: [
      Option(
        name: "roster", value: Phrase(fr: "REGISTRE", en: "ROSTER"), completion: .file,
        help: Phrase(
          fr: "le registre : id, nom, prénom, et s’ils y sont logement, naissance, sexe, ménage",
          en: "the register: id, surname, given name and, if there, flat, birth, sex, household")),
      Option(
        name: "csv", help: Phrase(fr: "une ligne CSV par nom", en: "a row of CSV a name")),
      .json,
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "Les trois réponses", en: "The three answers"),
        body: .rows([
          (
            "sure",
            Phrase(
              fr: "une seule personne, loin devant la suivante ; « id » la nomme",
              en: "one person, far ahead of the next; “id” tells")
          ),
          (
            "unsure",
            Phrase(
              fr: "à vérifier : les candidats, du plus au moins probable, et la raison",
              en: "to be looked at: the candidates, most likely first, and the reason")
          ),
          ("new", Phrase(fr: "personne du registre", en: "nobody of the register")),
        ])),
      HelpSection(
        title: Phrase(fr: "Jamais sûr", en: "Never sure"),
        body: .text(
          Phrase(
            fr: """
              Deux personnes du même nom sans autre indice (logement, âge, téléphone) ; un prénom seul ; \
              un nom voisin qui existe aussi (Julie pour Julien) ; un couple sur une ligne ; la même \
              adresse et rien d’autre.
              """,
            en: """
              Two people of one name without a further clue (flat, age, telephone); a given name \
              alone; a near name that exists too (Julie for Julien); a couple on one line; one address \
              and nothing else.
              """))),
    ],
    exits: [.input],
    action: { invocation, console throws(Failure) in
      if invocation.has("csv"), invocation.has("json") {
        throw Usage.notTogether("--csv", "--json", path: invocation.path)
      }
      guard let roster = invocation["roster"] else {
        throw Usage.missing(
          Operand(
            name: Phrase(fr: "--roster REGISTRE", en: "--roster ROSTER"), help: Phrase(same: "")),
          path: invocation.path)
      }
      let matching = try PeopleMatching(names: invocation.operands[0], roster: roster)
      console.write(
        invocation.has("csv")
          ? matching.csv()
          : invocation.has("json")
            ? matching.json()
            : matching.text(language: console.language, showsCells: !console.isQuiet))
      return .done
    })
}
