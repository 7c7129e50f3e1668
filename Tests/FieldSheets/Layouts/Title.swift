import Periods

extension Writer {
  /// The lines above the header; the row where the header begins.
  mutating func title(width: Int, activity: String? = nil) -> Int {
    var row = plan.blankTop
    if let logo = plan.logo {
      put(row, 0, logo)
      row += 1
    }
    guard plan.hasTitle else {
      return row + (row > 0 ? plan.blankBetween : 0)
    }
    let words = ["Feuille d’émargement", "FEUILLE DE PRÉSENCE", "Liste des présences"]
    put(row, 0, words[plan.seed % words.count])
    if plan.mergesTitle, width > 1 {
      merge(row, 0, row, width - 1)
    }
    row += 1
    if plan.saysResidence {
      if plan.seed % 2 == 0 {
        put(row, 0, "Résidence \(plan.residence)")
      } else {
        put(row, 0, "Résidence :")
        put(row, 1, plan.residence)
      }
      row += 1
    }
    if let activity = activity ?? plan.activity, plan.sessions.allSatisfy({ $0.title == nil }) {
      if plan.seed % 2 == 0 {
        put(row, 0, "Activité : \(activity)")
      } else {
        put(row, 0, "Atelier :")
        put(row, 1, activity)
      }
      row += 1
    }
    if let line = period() {
      put(row, 0, line)
      row += 1
    }
    return row + plan.blankBetween
  }

  /// The line that says the month, the year or the season.
  func period() -> String? {
    guard let first = plan.sessions.first?.day, plan.year != .fileName else { return nil }
    if plan.year == .schoolYear {
      let start = first.month >= 8 ? first.year : first.year - 1
      return ["Année scolaire \(start)-\(start + 1)", "Saison \(start)/\(start + 1)"][plan.seed % 2]
    }
    let sameMonth = plan.sessions.allSatisfy {
      $0.day.month == first.month && $0.day.year == first.year
    }
    if plan.dates.needsOneMonth || (plan.year == .title && sameMonth) {
      let month = "\(first.monthName) \(first.year)"
      return ["Mois : \(month)", month.uppercased(), "Mois de \(month)"][plan.seed % 3]
    }
    return plan.year == .title ? "Année \(first.year)" : nil
  }

  /// The lines below everything.
  mutating func footer(from row: Int) {
    var row = row + 1
    for line in plan.legend {
      put(row, 0, line)
      row += 1
    }
    for line in plan.footer {
      for (i, text) in line.enumerated() { put(row, i, text) }
      row += 1
    }
  }
}
