import Periods

// The sheets that the head office keeps for all residences together.
extension DemoData {
  func sharedSheets() -> [DemoSheet] {
    let style = SheetStyle.all[1]
    func sheet(_ name: String, _ table: String, _ rows: [[String]]) -> DemoSheet {
      DemoSheet(name: name + ".csv", table: table, residence: nil, bytes: style.bytes(rows))
    }
    return [
      sheet("partenaires", "partner", partners(style)), sheet("fermetures", "closure", closures()),
      sheet("suivi-bailleur", "landlord_month", months()),
      sheet("valeurs-de-reference", "proxy", proxies(style)),
      sheet("changements", "outcome", outcomes(style)), sheet("marges", "margin", margins()),
      sheet("objectifs", "target", targets()), sheet("evenements", "annotation", annotations()),
    ]
  }

  private func month(_ day: Day?) -> String {
    guard let day else { return "" }
    let names = [
      "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
      "octobre", "novembre", "décembre",
    ]
    return "\(names[day.civil.month - 1]) \(day.year)"
  }

  private func euros(_ cents: Int) -> String {
    "\(cents / 100),\(Text.padded(cents % 100, 2))"
  }

  private func partners(_ style: SheetStyle) -> [[String]] {
    var rows = [
      [
        "Structure", "Résidence", "Type de structure", "Commune", "Implantation", "Distance (km)",
        "Partenaire depuis", "Fin de la collaboration",
      ]
    ]
    for p in life.partners {
      rows.append([
        p.key, p.residence ?? "", LifeWords.partnerKind[p.kind].map(style.word) ?? p.kind,
        p.commune, LifeWords.seat[p.seat].map(style.word) ?? p.seat,
        "\(p.distance / 10),\(p.distance % 10)", month(p.first), month(p.ended),
      ])
    }
    return rows
  }

  /// The weeks in which the programme rests, in every residence.
  private func closures() -> [[String]] {
    var rows = [["Premier jour fermé", "Dernier jour fermé", "Motif"]]
    for year in plan.years {
      rows.append(["01/08/\(year)", "31/08/\(year)", "Congés"])
      rows.append(["24/12/\(year)", "02/01/\(year + 1)", "Fêtes de fin d’année"])
    }
    return rows
  }

  /// What the programme set itself for each year, for all residences together.
  private func targets() -> [[String]] {
    var rows = [["Indicateur", "Période", "Objectif", "Minimum", "Maximum", "Fixé le", "Source"]]
    func add(_ indicator: String, _ year: Int, _ value: String, _ low: String, _ high: String) {
      rows.append([
        indicator, String(year), value, low, high, "15/12/\(year - 1)", "Exemple inventé (fictif)",
      ])
    }
    for (i, year) in plan.years.enumerated() {
      add("taux-participation", year, "0,65", "", "")
      add("menages-touches", year, "0,\(68 + i)", "", "")
      add("seances-portees", year, "0,\(min(60, 30 + 10 * i))", "", "")
      add("cout-par-participant", year, "", "", "400")
      add("reguliers", year, "", "0,2", "0,35")
    }
    return rows
  }

  /// What happened that a reader of the charts should know.
  private func annotations() -> [[String]] {
    var rows = [["Résidence", "Date", "Jusqu’au", "Nature", "Événement"]]
    guard plan.years.count > 1 else { return rows }
    let middle = plan.years.lowerBound + 1
    rows.append([
      "", "04/09/\(middle)", "", "Nouveau partenaire", "Ateliers avec la médiathèque (fictif)",
    ])
    for (i, residence) in residences.map(\.key).sorted().enumerated() {
      switch i % 4 {
      case 0:
        rows.append([
          residence, "01/03/\(middle + 1)", "", "Changement d’équipe",
          "Nouvelle animatrice (fictif)",
        ])
      case 1:
        rows.append([
          residence, "15/04/\(middle + 1)", "30/06/\(middle + 1)", "Travaux",
          "Réfection de la salle commune (fictif)",
        ])
      default: break
      }
    }
    return rows
  }

  private func months() -> [[String]] {
    var rows = [
      [
        "Résidence", "Mois", "Logements gérés", "Incivilités signalées", "Réclamations",
        "Logements vacants", "Départs", "Montant des impayés", "Ménages en impayé",
        "Loyers appelés", "Charges réelles", "Charges de référence", "Demandes de mutation",
        "Mutations bloquées", "Mutations débloquées", "Source",
      ]
    ]
    for m in life.months {
      rows.append([
        m.residence, month(m.month), String(m.dwellings), String(m.incidents),
        String(m.complaints), String(m.vacant), String(m.departures), euros(m.arrears),
        String(m.inArrears), euros(m.rent), euros(m.charges), euros(m.reference),
        String(m.transfers), String(m.blocked), String(m.unblocked), "Exemple inventé (fictif)",
      ])
    }
    return rows
  }

  private func margins() -> [[String]] {
    var rows = [
      [
        "Questionnaire", "Vague", "Résidence", "Variable de calage", "Modalité",
        "Effectif de la population", "Effectifs arrêtés au", "Source",
      ]
    ]
    for m in life.margins {
      rows.append([
        SurveyGenerator.instrument, m.wave, m.residence ?? "", m.variable, m.category,
        String(m.population), Office.french(m.asOf), "Registre (fictif)",
      ])
    }
    return rows
  }

  private func proxies(_ style: SheetStyle) -> [[String]] {
    var rows = [
      [
        "Code proxy", "Équivalent monétaire", "Nature", "Valeur (€)", "Valeur basse",
        "Valeur haute",
        "Par unité de", "Année", "Preuve", "Source",
      ]
    ]
    for p in life.proxies {
      rows.append([
        p.key, p.title, LifeWords.proxyKind[p.kind].map(style.word) ?? p.kind, String(p.value),
        String(p.low), String(p.high), p.unit, String(p.year),
        LifeWords.evidence[p.evidence].map(style.word) ?? p.evidence, "Exemple inventé (fictif)",
      ])
    }
    return rows
  }

  private func outcomes(_ style: SheetStyle) -> [[String]] {
    func share(_ hundredths: Int, _ step: Int = 0) -> String {
      "0,\(Text.padded(min(95, max(0, hundredths + step)), 2))"
    }
    var rows = [
      [
        "Code changement", "Résidence", "Période", "Partie prenante", "Intitulé", "Quantité",
        "Quantité bas", "Quantité haut", "Unité", "Proxy", "Poids mort", "Poids mort bas",
        "Poids mort haut", "Déplacement", "Attribution", "Attribution bas", "Attribution haut",
        "Érosion", "Durée", "Preuve", "Indicateur de preuve", "Source",
      ]
    ]
    for o in life.outcomes {
      rows.append([
        o.key, o.residence, String(o.year), o.stakeholder, o.title, String(o.quantity),
        String(o.quantityLow), String(o.quantityHigh), o.unit, o.proxy, share(o.deadweight),
        share(o.deadweight, -10), share(o.deadweight, 15), share(o.displacement),
        share(o.attribution), share(o.attribution, -10), share(o.attribution, 15),
        share(o.dropOff), String(o.years),
        LifeWords.evidence[o.evidence].map(style.word) ?? o.evidence, o.indicator,
        "Exemple inventé (fictif)",
      ])
    }
    return rows
  }
}
