import Diagnostics
import Project

extension Command {
  static let demo = Command(
    name: "demo",
    summary: Phrase(
      fr: "les résidences d’exemple, importées et mises en rapports, prêtes à ouvrir",
      en: "the sample residences, imported and reported, ready to open"),
    examples: [
      Example(
        "lien demo essai",
        fr: "écrit essai/feuilles, essai/projet, essai/rapports ; affiche la page à ouvrir",
        en: "writes essai/feuilles, essai/projet, essai/rapports; prints the page to open"),
      Example(
        "lien demo --example guyancourt essai",
        fr: "un appel à candidatures : ses faits, des lignes fictives, ses rapports",
        en: "a call for an operator: its facts, fictional rows, its reports"),
      Example(
        "lien compute PAR-01 --period 2024 --project essai/projet",
        fr: "ensuite : n’importe quel indicateur sur ces données",
        en: "then: any indicator on these data"),
    ],
    operands: [
      Operand(
        name: Phrase(fr: "DOSSIER", en: "DIR"), isRequired: false, completion: .folder,
        help: Phrase(fr: "où écrire (./demo)", en: "where to write (./demo)"))
    ],
    options: [
      Option(
        name: "example", value: Phrase(fr: "NOM", en: "NAME"),
        help: Phrase(
          fr: "un projet d’exemple tiré d’un document (guyancourt, fonds-innovation, acheres, "
            + "lapes, accompagnement), au lieu des huit résidences",
          en: "an example project drawn from a document (guyancourt, fonds-innovation, acheres, "
            + "lapes, accompagnement), in place of the eight residences")),
      .force,
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "Ce que c’est", en: "What it is"),
        body: .text(
          Phrase(
            fr: """
              Huit résidences fictives, sur trois ans : registre, séances, présences, dépenses, deux \
              vagues d’enquête. Les feuilles sont écrites sur le disque puis importées comme les \
              vôtres. Deux rapports sont faits côte à côte : l’interne (tout) et le public (les \
              petits effectifs retenus). Rien n’y est réel, et chaque page le dit.
              """,
            en: """
              Eight fictional residences over three years: register, sessions, attendance, spending, \
              two survey waves. The sheets are written to disk, then imported like yours. Two \
              reports are made side by side: the internal one (everything) and the public one \
              (small numbers withheld). Nothing in it is real, and each page says so.
              """)))
    ],
    action: { invocation, console throws(Failure) in
      let folder = invocation.operands.first ?? "demo"
      let force = invocation.has("force")
      let index: String
      if let name = invocation["example"] {
        index = try ExampleUseCase(
          name: name, folder: folder, home: invocation.home(), language: console.language,
          force: force
        ).run { console.progress($0[console.language]) }
      } else {
        index = try DemoUseCase(
          folder: folder, home: invocation.home(), language: console.language, force: force
        ).run { console.progress($0[console.language]) }
      }
      console.progress("")
      console.note(
        fr: "Rapports faits. Ouvrez cette page :", en: "Reports made. Open this page:")
      console.print(index)
      return .done
    })
}
