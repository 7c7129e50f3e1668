import Periods

// The sheets of a residence beside its programme, a file each for all years.
extension Office {
  func lifeSheets() -> [DemoSheet] {
    [
      sheet("lieux", "space", spaces()), sheet("occupation", "booking", bookings()),
      sheet("partenaires-seances", "delivery", deliveries()),
      sheet("aller-vers", "contact", contacts()), sheet("besoins", "need", needs()),
      sheet("services-rendus", "favour", favours()),
      sheet("parcours-emploi", "case", cases()), sheet("entretiens", "interview", interviews()),
      sheet("mesures", "quantity", quantities()), sheet("instances", "meeting", meetings()),
    ]
  }

  var life: DemoLife { data.life }

  func yes(_ value: Bool?) -> String {
    value.map { style.word($0 ? ["oui", "Oui", "x", "1"] : ["non", "Non", "non", "0"]) } ?? ""
  }

  func time(_ minutes: Int) -> String {
    let hour = Text.padded(minutes / 60, 2), minute = Text.padded(minutes % 60, 2)
    return "\(hour)\(style.words == 1 ? "h" : ":")\(minute)"
  }

  func number(_ value: Int?) -> String { value.map(String.init) ?? "" }

  private static let place = ["Résidence", "Code résidence", "Site", "Résidence"]

  private func spaces() -> [[String]] {
    var rows = [
      headings([
        ["Code du lieu", "Id salle", "Id espace", "Code salle"], Self.place,
        ["Lieu", "Salle", "Espace", "Nom de la salle"],
        ["Type de lieu", "Type", "Type d’espace", "Type de salle"],
        ["Surface (m²)", "Surface", "M2", "Superficie"],
        ["Capacité (personnes)", "Jauge", "Places", "Capacité"],
        [
          "Heures disponibles par semaine", "Heures par semaine", "Disponibilité",
          "Amplitude hebdomadaire",
        ],
        ["Disponible depuis le", "Ouvert le", "Mise à disposition", "Ouverture"],
      ])
    ]
    for s in life.spaces where s.residence == residence {
      rows.append([
        s.key, s.residence, s.name, say(LifeWords.spaceKind, s.kind), String(s.area),
        String(s.capacity), String(s.weeklyHours), date(s.from),
      ])
    }
    return rows
  }

  private func bookings() -> [[String]] {
    var rows = [
      headings([
        ["Code du lieu", "Id salle", "Id espace", "Code salle"],
        ["Date", "Date de réservation", "Jour", "Date d’occupation"],
        ["De", "Début", "Heure de début", "À partir de"], ["À", "Fin", "Heure de fin", "Jusqu’à"],
        ["Usage", "Objet", "Motif", "Type d’usage"],
        ["Réservé par", "Demandeur", "Occupant", "Utilisateur"],
        ["Organisme", "Structure", "Partenaire", "Organisme occupant"],
        ["Avec animateur", "Animateur présent", "Encadré", "Présence de l’animateur"],
        ["Séance", "N° séance", "Code séance", "Id séance"],
        ["Nombre de personnes", "Nb de personnes", "Effectif", "Participants"],
        ["État", "Statut", "État de la réservation", "Statut"],
      ])
    ]
    let mine = Set(life.spaces.filter { $0.residence == residence }.map(\.key))
    for b in life.bookings where mine.contains(b.space) {
      rows.append([
        b.space, date(b.date), time(b.start), time(b.end), say(LifeWords.use, b.use),
        say(LifeWords.bookedBy, b.bookedBy), b.organisation ?? "", yes(b.withAnimator),
        b.session ?? "", number(b.people), say(LifeWords.bookingStatus, b.status),
      ])
    }
    return rows
  }

  private func deliveries() -> [[String]] {
    var rows = [
      headings([
        ["Séance", "N° séance", "Code séance", "Id séance"],
        ["Partenaire", "Structure partenaire", "Organisme", "Partenaire associé"],
        ["Part prise", "Rôle du partenaire", "Part", "Contribution"],
        ["Heures du partenaire", "Temps passé", "Durée d’intervention", "Heures"],
      ])
    ]
    let mine = Set(data.sessions.filter { $0.residence == residence }.map(\.key))
    for d in life.deliveries where mine.contains(d.session) {
      rows.append([
        d.session, d.partner, say(LifeWords.part, d.part),
        d.minutes.map { comma($0 * 100 / 60) } ?? "",
      ])
    }
    return rows
  }

  private func contacts() -> [[String]] {
    var rows = [
      headings([
        Self.place, ["Date", "Date du passage", "Date de la visite", "Passé le"],
        ["Heure", "Heure de passage", "Heure", "Heure de la visite"],
        ["N° de tentative", "Passage n°", "Tentative", "Rang du passage"],
        ["Logement", "Appt", "N° logement", "Appartement"],
        ["Personne", "Personne rencontrée", "Habitant", "Id habitant"],
        ["Créneau", "Moment", "Plage horaire", "Créneau"],
        ["Lieu", "Lieu du contact", "Où", "Lieu de la rencontre"],
        ["Mode de contact", "Moyen", "Canal", "Type de contact"],
        ["Qui est allé vers", "Par qui", "Intervenant", "Fait par"],
        ["Joint", "Joint ?", "Contact établi", "Rencontré"],
        ["Suite", "Suite donnée", "Résultat", "Issue"],
        ["Orienté vers", "Structure d’orientation", "Partenaire", "Orienté vers"],
      ])
    ]
    for c in life.contacts where c.residence == residence {
      rows.append([
        c.residence, date(c.date), time(c.minute), String(c.attempt), c.dwelling, c.person ?? "",
        say(LifeWords.slot, c.slot), say(LifeWords.place, c.place),
        say(LifeWords.channel, c.channel), say(LifeWords.actor, c.actor), yes(c.reached),
        say(LifeWords.outcome, c.outcome), c.referredTo ?? "",
      ])
    }
    return rows
  }

  func projects() -> [[String]] {
    var rows = [
      headings([
        ["Projet", "N° projet", "Code projet", "Id projet"], Self.place,
        ["Intitulé du projet", "Nom du projet", "Titre", "Idée de projet"],
        ["Thème", "Thématique", "Thème", "Catégorie"], ["Axe", "Axe stratégique", "Axe", "Axe"],
        ["Proposé par", "À l’initiative de", "Initiative", "Origine"],
        ["Porteur du projet", "Porteur", "Référente", "Habitant porteur"],
        ["Proposé le", "Date de proposition", "Date de dépôt", "Date de l’idée"],
        ["Soutenu le", "Validé le", "Retenu le", "Date d’accord"],
        ["Commencé le", "Lancé le", "Démarrage", "Date de lancement"],
        ["Réalisé le", "Abouti le", "Date de réalisation", "Réalisé le"],
        ["Terminé le", "Arrêté le", "Date de fin", "Fin"],
        ["Toujours actif", "Actif", "Vit encore", "En cours"],
        ["Vérifié le", "Constaté le", "Vérifié le", "Date de vérification"],
        ["Animé aujourd’hui par", "Animé par", "Portage", "Conduit par"],
        ["Degré de participation", "Arnstein", "Échelon opérateur", "Degré opérateur"],
        [
          "Degré habitants", "Arnstein habitants", "Échelon habitants", "Degré selon les habitants",
        ],
        [
          "Habitants interrogés sur le degré", "Habitants interrogés", "Répondants",
          "Nb d’habitants interrogés",
        ], ["Budget accordé (€)", "Budget", "Enveloppe", "Montant accordé"],
      ])
    ]
    for p in life.projects where p.residence == residence {
      rows.append([
        p.key, p.residence, p.title, say(Words.theme, p.theme), say(Words.axis, p.axis),
        say(LifeWords.proposedBy, p.proposedBy), p.lead ?? "", date(p.proposed),
        date(p.supported), date(p.started), date(p.delivered), date(p.ended), yes(p.active),
        date(p.checked), say(Words.leadership, p.ledBy), number(p.rungOperator),
        number(p.rungResidents), number(p.raters), number(p.budget),
      ])
    }
    return rows
  }

  private func needs() -> [[String]] {
    var rows = [
      headings([
        ["N° du besoin", "N° besoin", "Id besoin", "Code besoin"], Self.place,
        ["Noté le", "Date de la demande", "Exprimé le", "Date"],
        ["Thème du besoin", "Thématique", "Domaine", "Thème"],
        ["Exprimé lors de", "Recueilli lors de", "Origine", "Canal"],
        ["Personne", "Habitant", "Id personne", "Exprimé par"],
        ["Changement de situation", "Situation", "Changement", "Évolution de la situation"],
        ["Besoin exprimé", "Besoin", "Demande", "Description"],
        ["Suite donnée le", "Date de la suite", "Traité le", "Date de réponse"],
        ["Suite donnée", "Suite", "Réponse", "Type de suite"],
        ["Retour fait le", "Retour le", "Date du retour", "Informé le"],
      ])
    ]
    for n in life.needs where n.residence == residence {
      rows.append([
        n.key, n.residence, date(n.logged), say(LifeWords.needTheme, n.theme),
        say(LifeWords.needSource, n.source), n.person ?? "",
        say(LifeWords.situation, n.situation), n.words, date(n.acted),
        say(LifeWords.action, n.actionKind), date(n.told),
      ])
    }
    return rows
  }

  private func favours() -> [[String]] {
    var rows = [
      headings([
        Self.place, ["Date", "Date du service", "Jour", "Rendu le"],
        ["N° de l’échange", "N° échange", "N°", "Id échange"],
        ["Service rendu", "Type de service", "Service", "Échange"],
        ["Rendu par", "Aidant", "Donneur", "De"], ["Reçu par", "Aidé", "Receveur", "Pour"],
        ["Heures", "Durée", "Temps passé", "Nb d’heures"],
        ["Économie (€)", "Économie", "Gain", "Valeur"],
      ])
    ]
    for f in life.favours where f.residence == residence {
      rows.append([
        f.residence, date(f.date), String(f.number), say(LifeWords.favour, f.kind),
        f.giver ?? "", f.receiver ?? "", f.minutes.map { comma($0 * 100 / 60) } ?? "",
        f.cents.map(comma) ?? "",
      ])
    }
    return rows
  }

  private func cases() -> [[String]] {
    var rows = [
      headings([
        ["N° du parcours", "N° dossier", "Dossier", "Id parcours"], Self.place,
        ["Personne", "Candidat", "Bénéficiaire", "Personne accompagnée"],
        ["Dispositif", "Programme", "Pack", "Action"],
        ["Éligible", "Éligibilité", "Dans la cible", "Éligible"],
        ["Niveau de diplôme", "Niveau", "Diplôme", "Niveau d’études"],
        ["Enfant de locataire", "Enfant de locataires", "Enfant de locataire"],
        ["Début de l’accompagnement", "Entrée le", "Début", "Accompagné depuis le"],
        ["Premier entretien d’embauche", "Entretien d’embauche", "Entretien", "Date d’entretien"],
        ["Embauche ou début d’alternance", "Embauché le", "Embauche", "Début du contrat"],
        ["En emploi ou alternance à 3 mois", "Emploi à 3 mois", "3 mois", "Situation à 3 mois"],
        ["En emploi ou alternance à 6 mois", "Emploi à 6 mois", "6 mois", "Situation à 6 mois"],
        ["Sortie de l’accompagnement", "Date de sortie", "Sortie", "Sorti le"],
        ["Classe de sortie", "Motif de sortie", "Type de sortie", "Situation à la sortie"],
      ])
    ]
    for c in life.cases where c.residence == residence {
      rows.append([
        c.key, c.residence, c.person, c.programme, yes(c.eligible), say(LifeWords.level, c.level),
        yes(c.tenantsChild), date(c.start), date(c.interview), date(c.job), yes(c.atThree),
        yes(c.atSix), date(c.exit), say(LifeWords.exitClass, c.exitClass),
      ])
    }
    return rows
  }

  private func interviews() -> [[String]] {
    var rows = [
      headings([
        Self.place, ["Date de l’entretien", "Entretien du", "Date", "Entretien le"],
        ["N° d’entretien", "N° entretien", "Code entretien", "Id entretien"],
        ["Personne", "Personne interrogée", "Enquêté", "Habitant"],
        ["Thème abordé", "Thème", "Code thématique", "Sujet"],
        ["Tonalité", "Ressenti", "Appréciation", "Tonalité du propos"],
        ["Droit", "Prestation", "Aide", "Aide ou prestation"],
        ["Éligible", "Éligibilité", "A droit", "Y a droit"],
        ["Perçoit", "Perçu", "Touche", "Droit ouvert"],
        ["Type de non-recours", "Raison du non-recours", "Non-recours", "Motif de non-recours"],
      ])
    ]
    for i in life.interviews where i.residence == residence {
      rows.append([
        i.residence, date(i.date), i.number, i.person, say(LifeWords.theme, i.theme),
        say(LifeWords.tone, i.tone), say(LifeWords.right, i.right),
        say(LifeWords.eligible, i.eligible), yes(i.receives),
        say(LifeWords.nonTakeUp, i.nonTakeUp),
      ])
    }
    return rows
  }

  private func quantities() -> [[String]] {
    var rows = [
      headings([
        Self.place, ["Premier jour", "Du", "Période du", "Début"],
        ["Dernier jour (compris)", "Au", "Période au", "Fin"],
        ["Mesure", "Poste", "Grandeur", "Flux"],
        ["Quantité", "Relevé", "Consommation", "Quantité mesurée"],
        ["Unité", "Unité de mesure", "Unité", "Unité de mesure"],
        ["Quantité de l’année de base", "Référence", "Base", "Quantité de référence"],
        ["Année de base (millésime)", "Millésime", "Année de référence", "Millésime de référence"],
        ["Surface concernée (m²)", "Surface", "M2", "Surface chauffée"],
      ])
    ]
    for q in life.quantities where q.residence == residence {
      rows.append([
        q.residence, date(q.date), date(q.until), say(LifeWords.measure, q.measure),
        comma(q.tenths * 10), say(LifeWords.unit, q.unit), q.reference.map { comma($0 * 10) } ?? "",
        number(q.baseYear), number(q.area),
      ])
    }
    return rows
  }

  private func meetings() -> [[String]] {
    var rows = [
      headings([
        Self.place, ["Date", "Date de la réunion", "Réunion du", "Date"],
        ["Instance", "Comité", "Type de réunion", "Type d’instance"],
        ["Organisme invité", "Organisme", "Membre", "Structure"],
        ["Collège", "Collège du membre", "Catégorie", "Qualité"],
        ["Représenté", "Présent", "Présence", "Représenté"],
        ["Sièges", "Nb de sièges", "Voix", "Nombre de sièges"],
        ["Personnes présentes", "Nb de présents", "Sièges occupés", "Présents"],
      ])
    ]
    for m in life.meetings where m.residence == residence {
      rows.append([
        m.residence, date(m.date), say(LifeWords.meetingKind, m.kind), m.body,
        say(LifeWords.college, m.college), yes(m.present), String(m.seats),
        String(m.seatsPresent),
      ])
    }
    return rows
  }

  func panel(_ wave: Int) -> [[String]] {
    var rows = [
      headings([
        ["Questionnaire", "Enquête", "Instrument", "Enquête"],
        ["Vague", "Année d’enquête", "Passage", "Édition"],
        ["Date d’invitation", "Invité le", "Date d’envoi", "Contacté le"], Self.place,
        ["Personne", "Répondant", "Personne invitée", "Id personne"],
        ["Mode de collecte", "Mode", "Passation", "Support"],
        ["Relances", "Nb de relances", "Nombre de relances", "Relances"],
        ["Issue", "Résultat", "A répondu", "Statut"],
        ["Strate", "Strate de tirage", "Groupe de tirage", "Strate"],
      ])
    ]
    for i in life.invitations where i.residence == residence && i.wave == String(wave) {
      rows.append([
        SurveyGenerator.instrument, i.wave, date(i.invited), i.residence, i.person,
        say(LifeWords.mode, i.mode), String(i.reminders), say(LifeWords.panel, i.outcome),
        i.stratum,
      ])
    }
    return rows
  }
}
