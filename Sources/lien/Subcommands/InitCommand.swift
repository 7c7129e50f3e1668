import Diagnostics
import Project

extension Command {
  static let initialise = Command(
    name: "init",
    summary: Phrase(fr: "crée un projet vide", en: "makes an empty project"),
    examples: [
      Example(
        "lien init residences --title \"Nos résidences\"",
        fr: "crée le dossier residences/ ; ajoutez-y vos feuilles par lien import",
        en: "makes the folder residences/; add your sheets with lien import")
    ],
    operands: [
      Operand(
        name: Phrase(fr: "DOSSIER", en: "DIR"), completion: .folder,
        help: Phrase(
          fr: "le dossier du projet, créé s’il n’existe pas",
          en: "the project’s folder, made if it does not exist"))
    ],
    options: [
      Option(
        name: "title", value: Phrase(fr: "TITRE", en: "TITLE"),
        help: Phrase(
          fr: "le titre des rapports (sinon le nom du dossier)",
          en: "the title of the reports (else the folder’s name)"))
    ],
    sections: [
      HelpSection(
        title: Phrase(fr: "Ce que contient un projet", en: "What a project holds"),
        body: .rows([
          (
            "lien.json5",
            Phrase(
              fr: "le titre du projet, ses seuils propres",
              en: "the project’s title, thresholds of its own")
          ),
          (
            "indicators/model/",
            Phrase(
              fr: "les tables : colonnes, intitulés reconnus, valeurs permises",
              en: "the tables: columns, known headings, allowed values")
          ),
          (
            "indicators/definitions/",
            Phrase(
              fr: "les indicateurs : un fichier chacun, à lire, changer, citer",
              en: "the indicators: a file each, to read, change, cite")
          ),
          (
            "indicators/mappings/",
            Phrase(
              fr: "comment lire les exports d’autres logiciels",
              en: "how to read the exports of other programs")
          ),
          (
            "reports/",
            Phrase(
              fr: "la composition des rapports ; les pages faites vont dans reports/build/",
              en: "what reports are made of; finished pages go to reports/build/")
          ),
          (
            "private/",
            Phrase(
              fr: "ce qui montre des noms ou des cellules (lignes rejetées) ; lisible de vous seul",
              en: "what shows names or cells (rejected rows); readable by you alone")
          ),
          (
            "lien.sqlite",
            Phrase(
              fr: "les données, sous pseudonymes ; créée au premier import",
              en: "the data, under pseudonyms; made at the first import")
          ),
        ]))
    ],
    action: { invocation, console throws(Failure) in
      let project = try ProjectFolder.create(
        at: invocation.operands[0], title: invocation["title"], home: invocation.home())
      console.print(project.path)
      console.note(
        fr: "Projet créé. Ensuite : lien import FICHIER… --project \(project.path)",
        en: "Project made. Next: lien import FILE… --project \(project.path)")
      return .done
    })
}
