import Diagnostics
import Project

extension Command {
  static let report = Command(
    name: "report",
    summary: Phrase(
      fr: "fait les pages d’un rapport et le CSV de ses chiffres",
      en: "makes the pages of a report and the CSV of its figures"),
    examples: [
      Example(
        "lien report dashboard", fr: "le tableau de bord interne de la dernière année entière",
        en: "the internal dashboard of the last whole year"),
      Example(
        "lien report dashboard --audience public --period 2024 --out site",
        fr: "les pages à publier, dans le dossier site/", en: "the pages to publish, in site/"),
      Example(
        "lien report annual --period 2024 --audience public --pdf",
        fr: "le rapport annuel, prêt à imprimer", en: "the annual report, ready to print"),
      Example(
        "lien report annual --edition 2024 --audience public",
        fr: "l’édition 2024, figée : la même demain, quoi qu’il arrive aux données",
        en: "edition 2024, frozen: the same tomorrow, whatever happens to the data"),
      Example(
        "lien report dashboard --period 2024 --from resultats.csv",
        fr: "les mêmes pages, de chiffres calculés par un autre moteur (lien sql --all --out)",
        en: "the same pages, of figures computed by another engine (lien sql --all --out)"),
      Example(
        "lien report residence --residence tilleuls --pdf",
        fr: "deux pages sur une résidence, pour son comité de pilotage",
        en: "two sheets on one residence, for its steering committee"),
    ],
    operands: [
      Operand(
        name: Phrase(fr: "NOM", en: "NAME"),
        completion: .words(["dashboard", "annual", "residence"]),
        help: Phrase(
          fr:
            "un rapport décrit par reports/NOM.json5 : dashboard (tableau de bord), annual (rapport "
            + "annuel), residence (deux pages par résidence)",
          en: "a report described by reports/NAME.json5: dashboard, annual, residence (two sheets "
            + "a residence)"))
    ],
    options: [
      .period, .audience,
      Option(
        name: "residence", value: Phrase(fr: "CODE", en: "KEY"), isList: true,
        help: Phrase(
          fr:
            "ces résidences seulement, d’un rapport qui a un document par résidence ; sinon toutes",
          en: "these residences only, of a report that has a document a residence; else all")),
      Option(
        name: "out", value: Phrase(fr: "DOSSIER", en: "DIR"), completion: .folder,
        help: Phrase(
          fr: "où écrire (sinon reports/build/NOM-AUDIENCE du projet)",
          en: "where to write (else reports/build/NAME-AUDIENCE of the project)")),
      Option(
        name: "edition", value: Phrase(fr: "NOM", en: "NAME"),
        help: Phrase(
          fr: "fige le rapport sous ce nom (2024), ou le refait tel qu’il fut figé : lien editions",
          en: "freezes the report under this name (2024), or makes it as it was frozen")),
      Option(
        name: "from", value: Phrase(fr: "FICHIER", en: "FILE"), isList: true, completion: .file,
        help: Phrase(
          fr:
            "des résultats calculés ailleurs (lien sql --all --out, lien compute --format results)",
          en: "results computed elsewhere (lien sql --all --out, lien compute --format results)")),
      Option(
        name: "pdf",
        help: Phrase(
          fr:
            "imprime aussi les pages en PDF, avec Chromium (ou le navigateur que LIEN_BROWSER nomme)",
          en: "also prints the pages to PDF, with Chromium (or the browser that LIEN_BROWSER names)"
        )),
      Option(
        name: "rows",
        help: Phrase(
          fr:
            "joint à chaque page d’indicateur les lignes qui font sa valeur (en interne seulement)",
          en: "puts beside each indicator’s page the rows that make its value (internally only)")),
      .force,
      .json,
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "Ce qui est écrit", en: "What is written"),
        body: .text(
          Phrase(
            fr: """
              dashboard : index.html, une page par résidence, une par indicateur. annual : un seul \
              document. residence : un document par résidence, et leur liste dans index.html (un seul \
              document avec --residence CODE). À chaque fois, les chiffres en CSV. Chaque page se suffit à \
              elle-même : elle s’ouvre sans réseau, se lit sur un téléphone et s’imprime. Un dossier \
              que lien a écrit est remplacé ; un autre ne l’est qu’avec --force. Le rapport interne \
              montre tout : ne le diffusez pas.
              """,
            en: """
              dashboard: index.html, a page a residence, a page an indicator. annual: one document. \
              residence: a document a residence, and their list in index.html (one document with \
              --residence KEY). Each time, the figures as CSV. Each page stands alone: it \
              opens without a network, reads on a phone and prints. A folder that lien wrote is \
              replaced; another one only with --force. The internal report shows everything: do \
              not publish it.
              """))),
      HelpSection(
        title: Phrase(fr: "De résultats calculés ailleurs", en: "From results computed elsewhere"),
        body: .text(
          Phrase(
            fr: """
              --from lit le CSV que fait run.sh ou run.py sur un autre moteur, et ceux de « lien               compute --format results » ; plusieurs fichiers se suivent par des virgules. Les               définitions, les noms des résidences, les cibles et les registres de diffusion restent               ceux du projet. Ce que ces fichiers n’ont pas est dit et reste sans valeur. Un CSV sans               les colonnes qui protègent une diffusion (known, scanned, smallest…) ne sert qu’en               interne.
              """,
            en: """
              --from reads the CSV that run.sh or run.py makes on another engine, and those of “lien               compute --format results”; several files follow each other with commas. Definitions,               names of residences, targets and ledgers of releases stay those of the project. What               these files do not have is told and stays without a value. A CSV without the columns               that protect a release (known, scanned, smallest…) is for internal use only.
              """))),
      .periods,
    ],
    exits: [.releaseRefused],
    action: { invocation, console throws(Failure) in
      let useCase = try ReportUseCase(project: invocation.project(), language: console.language)
      var order =
        ReportUseCase.Order(
          name: invocation.operands[0], period: invocation["period"],
          residences: invocation.list("residence"), audience: invocation["audience"] ?? "internal",
          folder: invocation["out"],
          force: invocation.has("force"),
          browser: invocation.has("pdf")
            ? ["PATH", "LIEN_BROWSER"].reduce(into: [:]) { $0[$1] = Environment[$1] } : nil)
      order.rows = invocation.has("rows")
      order.edition = invocation["edition"]
      order.results = invocation.list("from")
      if !order.results.isEmpty {
        for option in ["rows", "edition"] where invocation.has(option) {
          throw Usage.notTogether("--from", "--" + option, path: invocation.path)
        }
      }
      let made = try useCase.run(order)
      for note in made.notes { console.note(fr: note.fr, en: note.en) }
      console.print(invocation.has("json") ? made.json : made.index)
      return .done
    })
}
