import Diagnostics

/// What is told of a cell that the understanding of a sheet set aside, or read with a doubt.
enum LayoutFault {
  /// The diagnostic of a stable code.
  static func diagnostic(_ code: String) -> Diagnostic {
    let text = texts[code] ?? texts["mark.unknown"]
    return Diagnostic(
      code: code, text?.message ?? Phrase(same: code), remedy: text?.remedy)
  }

  /// The columns of the model that a code is about, the likeliest first.
  static func columns(of code: String) -> [(table: String, column: String)] {
    let person = [("attendance", "resident"), ("resident", "surname"), ("resident", "given_name")]
    if code == "row.nameless" { return person }
    return switch code.prefix(while: { $0 != "." }) {
    case "mark": [("attendance", "status")]
    case "count": [("attendance", "headcount")]
    case "date": [("activity", "date")]
    case "name": person
    default: []
    }
  }

  private struct Text {
    var message: Phrase
    var remedy: Phrase
  }

  private static func text(_ fr: String, _ en: String, _ doFr: String, _ doEn: String) -> Text {
    Text(message: Phrase(fr: fr, en: en), remedy: Phrase(fr: doFr, en: doEn))
  }

  private static let texts: [String: Text] = [
    "mark.unknown": text(
      "marque inconnue", "unknown mark",
      "écrivez présent, absent ou excusé ; ou ajoutez une légende à la feuille (« V = présent »)",
      "write present, absent or excused; or add a legend to the sheet (“V = present”)"),
    "mark.doubtful": text(
      "présence incertaine (?)", "uncertain presence (?)", "écrivez présent ou absent",
      "write present or absent"),
    "mark.conflict": text(
      "autre présence déjà donnée pour cette personne et cette séance",
      "another presence is already given for this person and session", "gardez la marque juste",
      "keep the right mark"),
    "mark.count": text(
      "marque lue comme un nombre de personnes", "mark read as a number of people",
      "vérifiez ; écrivez « x+1 » pour une personne accompagnée",
      "check it; write “x+1” for a person with one guest"),
    "count.unreadable": text(
      "nombre de personnes illisible", "unreadable number of people",
      "écrivez un nombre, comme 12, ou « 8 adultes + 4 enfants »",
      "write a number, such as 12, or “8 adultes + 4 enfants”"),
    "row.too-short": text(
      "ligne trop courte : des cellules manquent", "row too short: cells are missing",
      "complétez la ligne", "complete the row"),
    "row.too-long": text(
      "ligne trop longue : une cellule hors du tableau n’a pas été lue",
      "row too long: a cell outside the table was not read",
      "retirez le séparateur en trop ou mettez le texte entre guillemets",
      "remove the extra delimiter or quote the text"),
    "row.nameless": text(
      "une marque sans nom sur la ligne", "a mark without a name on the line",
      "écrivez le nom, ou un nombre de personnes", "write the name, or a number of people"),
    "date.impossible": text(
      "date inexistante", "there is no such date", "corrigez la date", "correct the date"),
    "date.month-first": text(
      "date inexistante en lisant le jour d’abord", "there is no such date, day first",
      "écrivez le jour d’abord, comme 28/02/2024", "write the day first"),
    "date.without-year": text(
      "date sans année", "date without a year",
      "ajoutez l’année à la date, au titre ou au nom du fichier",
      "add the year to the date, the title or the file’s name"),
    "date.without-month": text(
      "jour sans mois", "day without a month",
      "ajoutez le mois au-dessus des jours, au titre ou au nom du fichier",
      "add the month above the days, to the title or to the file’s name"),
    "date.without-week": text(
      "jour de la semaine sans date", "day of the week without a date",
      "écrivez la date, ou la semaine au titre (« Semaine du 4 au 8 mars 2024 »)",
      "write the date, or the week in the title"),
    "date.recurring": text(
      "ce n’est pas une date mais une habitude", "this is no date but a habit",
      "écrivez une colonne ou une ligne par date", "write a column or a row for each date"),
    "date.unreadable": text(
      "une date est attendue, autre chose a été trouvé", "a date is expected",
      "écrivez-la comme 05/03/2024", "write it as 2024-03-05"),
    "date.several": text(
      "plusieurs dates sous un seul en-tête : la marque vaut pour chacune",
      "several dates under one heading: the mark holds for each",
      "séparez les dates si ce n’est pas le cas", "separate the dates if it does not"),
    "name.several": text(
      "plusieurs personnes sur une ligne : comptées sans nom",
      "several people on one line: counted without names", "écrivez une ligne par personne",
      "write a line for each person"),
    "name.list": text(
      "plusieurs personnes dans la cellule : une ligne pour chacune",
      "several people in the cell: a row for each", "rien à faire", "nothing to do"),
    "date.other-year": text(
      "l’année de ces dates n’est pas celle du titre", "the year of these dates is not the title’s",
      "vérifiez l’année dans la cellule : le tableur la cache parfois",
      "check the year in the cell: the program may hide it"),
    "name.accompanied": text(
      "personne accompagnée : comptée, avec ceux qui viennent avec elle, sans nom",
      "person with company: counted, and those beside without a name",
      "écrivez une ligne par personne si vous connaissez les noms",
      "write a line for each person if you know the names"),
    "name.given-only": text(
      "enfant désigné par son seul prénom", "child said by a given name only",
      "ajoutez le nom de famille", "add the surname"),
    "name.unnamed": text(
      "personne sans nom : comptée", "person without a name: counted",
      "écrivez son nom si vous le connaissez", "write the name if you know it"),
    "name.family-size": text(
      "famille dont le nombre de personnes n’est pas dit",
      "family without a number of people", "écrivez le nombre, comme « Famille Martin (4) »",
      "write the number, as in “Famille Martin (4)”"),
    "name.damaged": text(
      "nom abîmé (caractères perdus)", "damaged name (characters lost)", "réécrivez le nom",
      "write the name again"),
    "name.repeated": text(
      "nom déjà vu dans cette feuille pour les mêmes séances : une seule personne comptée",
      "name already seen on this sheet for the same sessions: one person counted",
      "s’il s’agit de deux personnes, ajoutez leur logement dans une colonne",
      "if they are two people, add a column with their flats"),
    "column.no-marks": text(
      "colonne sans aucune marque de présence : non lue",
      "column without a mark of presence: not read",
      "rien à faire si ce n’est pas une personne", "nothing to do if it is no person"),
    "total.differs": text(
      "le total ne correspond pas aux marques", "the total does not agree with the marks",
      "vérifiez les marques ; le total n’est pas importé",
      "check the marks; totals are not imported"),
    "cell.comment": text(
      "commentaire non lu", "comment not read",
      "recopiez dans la feuille ce qu’il dit des présences",
      "copy into the sheet what it says of presences"),
    "session.emptied": text(
      "toutes les marques de cette séance ont été effacées : rien n’y est changé",
      "all marks of this session were erased: nothing is changed there",
      "si elle n’a pas eu lieu, écrivez « annulé » dans sa colonne ; si personne n’est venu, A",
      "if it did not take place, write “annulé” in its column; if nobody came, A"),
    "session.cancelled": text(
      "séance annulée", "session cancelled", "rien à faire", "nothing to do"),
  ]
}
