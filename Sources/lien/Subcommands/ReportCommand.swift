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
    ],
    operands: [
      Operand(
        name: Phrase(fr: "NOM", en: "NAME"), completion: .words(["dashboard"]),
        help: Phrase(
          fr: "un rapport décrit par reports/NOM.json5 : dashboard",
          en: "a report described by reports/NAME.json5: dashboard"))
    ],
    options: [
      .period, .audience,
      Option(
        name: "out", value: Phrase(fr: "DOSSIER", en: "DIR"), completion: .folder,
        help: Phrase(
          fr: "où écrire (sinon reports/build/NOM-AUDIENCE du projet)",
          en: "where to write (else reports/build/NAME-AUDIENCE of the project)")),
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
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "Ce qui est écrit", en: "What is written"),
        body: .text(
          Phrase(
            fr: """
              index.html, une page par résidence, une par indicateur, et les chiffres en CSV. Chaque page se suffit à \
              elle-même : elle s’ouvre sans réseau, se lit sur un téléphone et s’imprime. Un dossier \
              que lien a écrit est remplacé ; un autre ne l’est qu’avec --force. Le rapport interne \
              montre tout : ne le diffusez pas.
              """,
            en: """
              index.html, a page a residence, a page an indicator, and the figures as CSV. Each page stands alone: it \
              opens without a network, reads on a phone and prints. A folder that lien wrote is \
              replaced; another one only with --force. The internal report shows everything: do \
              not publish it.
              """))),
      .periods,
    ],
    exits: [.releaseRefused],
    action: { invocation, console throws(Failure) in
      let useCase = try ReportUseCase(project: invocation.project(), language: console.language)
      var order =
        ReportUseCase.Order(
          name: invocation.operands[0], period: invocation["period"],
          audience: invocation["audience"] ?? "internal", folder: invocation["out"],
          force: invocation.has("force"),
          browser: invocation.has("pdf")
            ? ["PATH", "LIEN_BROWSER"].reduce(into: [:]) { $0[$1] = Environment[$1] } : nil)
      order.rows = invocation.has("rows")
      let made = try useCase.run(order)
      if let audit = made.audit { console.note(fr: audit.fr, en: audit.en) }
      console.print(made.index)
      return .done
    })
}
