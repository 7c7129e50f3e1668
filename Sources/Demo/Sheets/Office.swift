import Periods

/// Writes the sheets of one residence.
struct Office {
  let data: DemoData
  let residence: String
  let style: SheetStyle

  /// dd/mm/yyyy.
  static func french(_ day: Day) -> String {
    let c = day.civil
    return "\(Text.padded(c.day, 2))/\(Text.padded(c.month, 2))/\(Text.padded(c.year, 4))"
  }

  func sheets() -> [DemoSheet] {
    var out = [
      sheet("logements", "dwelling", dwellings()), sheet("menages", "household", households()),
      sheet("registre", "resident", register()), sheet("projets", "project", projects()),
    ]
    for year in data.plan.years {
      out.append(sheet("\(year)/seances", "activity", sessions(year)))
      out.append(sheet("\(year)/presences", "attendance", attendances(year)))
      out.append(sheet("\(year)/comptes", "ledger", accounts(year)))
      let answers = answers(year, of: data.answers)
      if answers.count > 1 {
        out.append(sheet("\(year)/enquete", "response", answers))
        out.append(sheet("\(year)/panel", "panel", panel(year)))
        out.append(sheet("\(year)/echelles", "response", self.answers(year, of: life.answers)))
      }
    }
    out += lifeSheets()
    return out
  }

  func sheet(_ name: String, _ table: String, _ rows: [[String]]) -> DemoSheet {
    DemoSheet(
      name: "\(residence)/\(name).csv", table: table, residence: residence,
      bytes: style.bytes(rows))
  }

  /// One heading a column, in the office's own words.
  func headings(_ choices: [[String]]) -> [String] { choices.map(style.word) }

  func say(_ words: [String: [String]], _ value: String?) -> String {
    guard let value else { return "" }
    return words[value].map(style.word) ?? value
  }

  func date(_ day: Day?) -> String { day.map(Self.french) ?? "" }

  /// Cents with a decimal comma.
  func comma(_ hundredths: Int) -> String {
    "\(hundredths / 100),\(Text.padded(hundredths % 100, 2))"
  }

  private func dwellings() -> [[String]] {
    var rows = [
      headings([
        ["N° logement", "Appartement", "Appt", "Id logement"],
        ["Résidence", "Code résidence", "Site", "Résidence"],
        ["Typologie", "Type", "Type de logement", "Typologie"],
        ["Escalier", "Cage", "Entrée", "Hall"], ["Étage", "Niveau", "Étage", "Étage"],
        ["Destination", "Réservation", "Public visé", "Destination"],
      ])
    ]
    for d in data.dwellings where d.residence == residence {
      let letter = style.words == 1 ? "F" : "T"
      let type = d.type == "T5+" ? letter + "5" : letter + String(d.type.dropFirst())
      rows.append([
        d.key, d.residence, type, d.staircase, String(d.floor), say(Words.earmark, d.earmark),
      ])
    }
    return rows
  }

  private func households() -> [[String]] {
    var rows = [
      headings([
        ["Id ménage", "Foyer", "N° ménage", "Ménage"],
        ["Résidence", "Code résidence", "Site", "Résidence"],
        ["Composition", "Situation familiale", "Type de ménage", "Type"],
      ])
    ]
    for h in data.households where h.residence == residence {
      rows.append([h.key, h.residence, say(Words.household, h.type)])
    }
    return rows
  }

  private func register() -> [[String]] {
    var rows = [
      headings([
        ["Identifiant", "Id habitant", "Matricule", "Id personne"],
        ["Nom", "Nom de famille", "Nom d’usage", "Nom"],
        ["Prénom", "Prénom(s)", "Prénom", "Prénom"],
        ["Résidence", "Code résidence", "Site", "Résidence"],
        ["Qualité", "Statut", "Lien avec la résidence", "Statut"],
        ["Ménage", "Foyer", "N° ménage", "Id ménage"],
        ["Logement", "Appartement", "N° appt", "N° logement"],
        ["Date d’entrée", "Entrée", "Arrivée", "Entrée dans les lieux"],
        ["Date de sortie", "Sortie", "Départ", "Date de départ"],
        ["Année de naissance", "Né en", "Naissance", "Année naissance"],
        ["Sexe", "Genre", "Civilité", "Sexe"], ["PCS", "CSP", "PCS", "CSP"],
        ["Public prioritaire", "Public cible", "Priorité", "Public prioritaire repéré"],
        ["Priorité repérée le", "Repéré le", "Date de repérage", "Priorité depuis"],
      ])
    ]
    var flags: [String: DemoPriority] = [:]
    for flag in data.life.priorities { flags[flag.person + flag.arrival.iso] = flag }
    var people: [String: DemoPerson] = [:]
    for person in data.people { people[person.key] = person }
    for stay in data.stays where stay.residence == residence {
      guard let person = people[stay.person] else { continue }
      let flag = stay.arrival.flatMap { flags[stay.person + $0.iso] }
      rows.append([
        stay.person, person.surname, person.givenName, stay.residence,
        say(Words.kind, stay.kind), stay.household ?? "", stay.dwelling ?? "",
        date(stay.arrival), date(stay.departure), person.birthYear.map(String.init) ?? "",
        say(Words.sex, person.sex), person.pcs ?? "", say(LifeWords.priority, flag?.kind),
        date(flag?.since),
      ])
    }
    return rows
  }

  private func sessions(_ year: Int) -> [[String]] {
    var rows = [
      headings([
        ["Id séance", "N° séance", "Code séance", "Séance"],
        ["Résidence", "Code résidence", "Site", "Résidence"],
        ["Date", "Date de la séance", "Jour", "Date"],
        ["Heure de début", "Heure", "Début", "Horaire"],
        ["Durée (minutes)", "Durée", "Durée min", "Minutes"],
        ["Activité", "Intitulé", "Atelier", "Nom de l’activité"],
        ["Thème", "Thématique", "Thème", "Catégorie"], ["Axe", "Axe stratégique", "Axe", "Axe"],
        ["Portage", "Animée par", "Porteur", "Portée par"],
        ["Partenaire", "Structure partenaire", "Avec", "Partenaire"],
        ["État", "Statut", "Tenue", "Statut"],
        ["Coût direct (€)", "Coût", "Montant", "Coût"],
      ])
    ]
    for s in data.sessions where s.residence == residence && s.date.year == year {
      let hour = Text.padded(s.start / 60, 2), minute = Text.padded(s.start % 60, 2)
      rows.append([
        s.key, s.residence, date(s.date), "\(hour)\(style.words == 1 ? "h" : ":")\(minute)",
        String(s.minutes), s.title, say(Words.theme, s.theme), say(Words.axis, s.axis),
        say(Words.leadership, s.ledBy), s.partner ?? "", say(Words.sessionStatus, s.status),
        comma(s.costCents),
      ])
    }
    return rows
  }

  private func attendances(_ year: Int) -> [[String]] {
    var rows = [
      headings([
        ["Séance", "N° séance", "Code séance", "Id séance"],
        ["Personne", "Id habitant", "Identifiant", "Participant"],
        ["Nombre de personnes non nommées", "Nombre", "Nb de participants", "Effectif"],
        ["Groupe compté", "Public compté", "Groupe compté", "Groupe compté"],
        ["Présence", "Émargement", "Présent", "Statut"],
        ["Rôle", "En tant que", "Fonction", "Rôle"],
        ["Heures bénévoles", "Heures de bénévolat", "Heures données", "Temps bénévole"],
      ])
    ]
    var given: [String: Int] = [:]
    for time in data.life.volunteering { given[time.session + time.person] = time.hundredths }
    var dates: [String: Day] = [:]
    for s in data.sessions where s.residence == residence { dates[s.key] = s.date }
    for a in data.attendances where dates[a.session]?.year == year {
      rows.append([
        a.session, a.person ?? "", a.headcount.map(String.init) ?? "", a.group ?? "",
        say(Words.presence, a.status), say(Words.role, a.role),
        a.person.flatMap { given[a.session + $0] }.map(comma) ?? "",
      ])
    }
    return rows
  }

  private func accounts(_ year: Int) -> [[String]] {
    var rows = [
      headings([
        ["N° pièce", "Pièce", "Référence", "Écriture"],
        ["Résidence", "Code résidence", "Site", "Résidence"],
        ["Date", "Date de l’écriture", "Date facture", "Date"],
        ["Nature", "Sens", "Type", "Nature"], ["Libellé", "Objet", "Description", "Libellé"],
        ["Montant (€)", "Montant", "Somme", "Montant"],
        ["Thème", "Thématique", "Thème", "Thème"], ["Axe", "Axe stratégique", "Axe", "Axe"],
        ["Supporté par", "Payeur", "Financeur", "Supporté par"],
        ["Décidé par", "Décideur", "Décidé par", "Décideur"],
        ["Type de financeur", "Origine des fonds", "Type de payeur", "Nature du financeur"],
        ["Poste", "Poste de dépense", "Type de dépense", "Compte"],
        ["Ligne budgétaire", "Ligne", "Enveloppe", "Budget concerné"],
        ["Id projet", "Projet", "Projet financé", "Code projet"],
        ["HT ou TTC", "Taxe", "HT/TTC", "Régime de taxe"],
        ["Convention ou marché", "Convention", "Marché", "Contrat"],
        ["Dû le", "Date d’échéance", "Exigible le", "Échéance"],
        ["Facturé le", "Date de facturation", "Date de facture", "Facture du"],
        ["Payé le", "Réglé le", "Date de paiement", "Versé le"],
      ])
    ]
    for e in data.entries where e.residence == residence && e.date.year == year {
      let facts = e.facts
      rows.append([
        e.key, e.residence, date(e.date), say(Words.ledger, e.kind), e.label, comma(e.cents),
        say(Words.theme, e.theme), say(Words.axis, e.axis), e.bearer ?? "",
        say(Words.leadership, e.decidedBy), say(LifeWords.funder, facts.funder),
        say(LifeWords.item, facts.item), say(LifeWords.line, facts.line),
        data.life.projectOf[e.key] ?? "", say(LifeWords.tax, "ttc"), "", "", "", "",
      ])
    }
    for e in data.life.instalments where e.residence == residence && e.date.year == year {
      let isBudget = e.kind == "budget"
      rows.append([
        e.key, e.residence, date(e.date), say(Words.ledger, e.kind), e.label, comma(e.cents), "",
        "", isBudget ? "" : "Bailleur (fictif)",
        isBudget ? say(Words.leadership, "resident") : "",
        isBudget ? "" : say(LifeWords.funder, "landlord"), "",
        isBudget ? say(LifeWords.line, "residents") : "", "",
        say(LifeWords.tax, isBudget ? "ttc" : "ht"),
        isBudget ? "" : "Convention \(year) (fictif)", date(e.due), date(e.invoiced),
        date(e.paid),
      ])
    }
    return rows
  }

  private func answers(_ wave: Int, of answers: [DemoAnswer]) -> [[String]] {
    var rows = [
      headings([
        ["Questionnaire", "Enquête", "Questionnaire", "Enquête"],
        ["Vague", "Année d’enquête", "Passage", "Vague"],
        ["Date de réponse", "Date", "Horodateur", "Date"],
        ["Résidence", "Code résidence", "Site", "Résidence"],
        ["Répondant", "Identifiant", "Id personne", "Personne"],
        ["Question", "Item", "Question", "Item"], ["Valeur", "Réponse", "Score", "Note"],
        ["Poids", "Pondération", "Poids de sondage", "Poids"],
      ])
    ]
    for a in answers where a.residence == residence && a.wave == String(wave) {
      rows.append([
        a.instrument, a.wave, date(a.date), a.residence, a.person, a.item,
        a.value.map(String.init) ?? "", comma(a.weightHundredths),
      ])
    }
    return rows
  }
}
