package import Diagnostics

extension Answer.Status {
  /// The answer in a word.
  package var phrase: Phrase {
    switch self {
    case .sure: Phrase(fr: "sûr", en: "sure")
    case .unsure: Phrase(fr: "à vérifier", en: "unsure")
    case .new: Phrase(fr: "nouveau", en: "new")
    }
  }
}

extension Answer.Reason {
  /// The reason for a person, without any name.
  package var phrase: Phrase {
    switch self {
    case .exact: Phrase(fr: "même nom", en: "same name")
    case .spelling: Phrase(fr: "même nom, autre graphie", en: "same name, other spelling")
    case .slip: Phrase(fr: "faute de frappe", en: "typing slip")
    case .initial:
      Phrase(fr: "initiale, une seule personne possible", en: "initial, one person only")
    case .relative: Phrase(fr: "parent nommé du même foyer", en: "relative named, of one home")
    case .clue:
      Phrase(fr: "même nom, départagé par un indice", en: "same name, told apart by a clue")
    case .shortForm: Phrase(fr: "diminutif ou abréviation", en: "short or familiar form")
    case .partOfName: Phrase(fr: "une partie du nom", en: "part of the name")
    case .titleAndSurname:
      Phrase(fr: "civilité et nom, une seule personne", en: "title and surname, one person only")
    case .homonyms: Phrase(fr: "plusieurs personnes de ce nom", en: "several people of this name")
    case .severalPeople:
      Phrase(fr: "plusieurs personnes sur une ligne", en: "several people on one line")
    case .nobodyNamed: Phrase(fr: "personne n’est nommé", en: "nobody is named")
    case .givenOnly: Phrase(fr: "prénom seul", en: "given name only")
    case .surnameOnly: Phrase(fr: "nom de famille seul", en: "surname only")
    case .severalPossible:
      Phrase(fr: "plusieurs personnes possibles", en: "several possible people")
    case .notCloseEnough: Phrase(fr: "ressemblance insuffisante", en: "not close enough")
    case .sexDiffers: Phrase(fr: "la civilité contredit le registre", en: "the title contradicts")
    case .flatDiffers: Phrase(fr: "le logement diffère", en: "the flat differs")
    case .ageDiffers: Phrase(fr: "l’âge diffère", en: "the age differs")
    case .anotherName:
      Phrase(fr: "un nom voisin, mais qui existe aussi", en: "a near name, but one that exists too")
    case .outsiderOfThatName:
      Phrase(
        fr: "dit extérieur, mais un habitant porte ce nom",
        en: "said to be an outsider, but a resident bears the name")
    case .noMatch: Phrase(fr: "aucun nom proche", en: "no name is near")
    case .givenDiffers:
      Phrase(fr: "nom de famille connu, autre prénom", en: "known surname, other given name")
    case .outsider: Phrase(fr: "n’habite pas la résidence", en: "does not live here")
    }
  }
}
