import Periods

/// Invented people, places and activities, and the French words of dates.
enum Words {
  static let residences = ["Les Tilleuls", "Le Verger", "La Garenne", "Les Hauts-de-Brou"]
  static let activities = [
    "Loto", "Atelier mémoire", "Jardin partagé", "Gym douce", "Cuisine du monde", "Couture",
    "Café des voisins", "Aide aux devoirs",
  ]
  static let surnames = [
    "Marchal", "Benali", "Rousseau", "Diallo", "Fontaine", "Nguyen", "Moreau", "Silva", "Kaya",
    "Perrin", "Lemoine", "Traoré", "Garnier", "Haddad", "Boucher", "Costa", "Vasseur", "Mercier",
    "Oliveira", "Chevalier", "Sow", "Blanchet",
  ]
  static let givenNames = [
    "Hélène", "Karim", "Odile", "Aminata", "Paul", "Linh", "Josette", "Rui", "Elif", "Gérard",
    "Monique", "Ibrahim", "Zoé", "Samir", "Colette", "Inès", "Léon", "Maïa", "Théo", "Awa",
    "Bernard", "Lucie",
  ]
  static let months = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
  ]
  static let weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
  static let shortWeekdays = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."]
}

extension Day {
  var month: Int { civil.month }
  var dayOfMonth: Int { civil.day }
  /// 0 for Monday.
  var weekday: Int { ((Int(number) + 3) % 7 + 7) % 7 }
  var monthName: String { Words.months[month - 1] }

  func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }

  /// `05/03/2024`
  var french: String { "\(two(dayOfMonth))/\(two(month))/\(year)" }

  /// The heading of this day in a form.
  func shown(_ form: DateForm) -> FieldCell {
    let (d, m) = (dayOfMonth, month)
    switch form {
    case .full: return FieldCell(french)
    case .short: return FieldCell("\(d)/\(m)/\(two(year % 100))")
    case .dotted: return FieldCell("\(two(d)).\(two(m)).\(year)")
    case .dashed: return FieldCell("\(d)-\(m)")
    case .noYear: return FieldCell("\(two(d))/\(two(m))")
    case .named: return FieldCell("\(d) \(monthName)")
    case .ordinal: return FieldCell((d == 1 ? "1er" : "\(d)") + " \(monthName) \(year)")
    case .weekdayAndName:
      return FieldCell("\(Words.shortWeekdays[weekday]) \(d) \(monthName) \(year)")
    case .weekdayFull: return FieldCell("\(Words.weekdays[weekday]) \(d) \(monthName)")
    case .twoRows, .dayOnly, .dayAndWeekdayRows: return FieldCell("\(d)", .number)
    case .jNumber: return FieldCell("J\(d)")
    case .serial: return FieldCell(iso, .date)
    }
  }
}

extension DateForm {
  /// Whether a heading in this form says its year.
  var saysYear: Bool {
    switch self {
    case .full, .short, .dotted, .ordinal, .weekdayAndName, .serial: true
    case .dashed, .named, .twoRows, .dayOnly, .dayAndWeekdayRows, .jNumber, .noYear, .weekdayFull:
      false
    }
  }

  /// Whether all sessions must be of one month.
  var needsOneMonth: Bool { self == .dayOnly || self == .jNumber || self == .dayAndWeekdayRows }
}
