import Diagnostics
package import Periods

/// Days and periods as people read them.
extension NumberText {
  /// `1er janvier 2024`, `1 January 2024`.
  ///
  /// Day one is « 1er » by the rules of the Imprimerie nationale (CLDR writes 1).
  package func date(_ day: Day) -> String {
    let c = day.civil
    let number = language == .fr && c.day == 1 ? "1er" : String(c.day)
    return "\(number) \(month(c.month)) \(c.year)"
  }

  /// A period in words: `2024`, `mars 2024`, `2e trimestre 2024`, or from day to day.
  package func period(_ period: Period) -> String {
    let c = period.first.civil
    if Period.step(.year, containing: period.first) == period { return String(c.year) }
    if Period.step(.month, containing: period.first) == period {
      return "\(month(c.month)) \(c.year)"
    }
    if Period.step(.quarter, containing: period.first) == period {
      let q = (c.month - 1) / 3 + 1
      return language == .fr
        ? "\(q == 1 ? "1er" : "\(q)e") trimestre \(c.year)" : "quarter \(q) of \(c.year)"
    }
    // The days decide, not the name: « 2024-01..2024-12 » is the year.
    for step in [Step.year, .quarter, .month] {
      if let whole = Period.step(step, containing: period.first), whole.first == period.first,
        whole.last == period.last
      {
        return self.period(whole)
      }
    }
    return language == .fr
      ? "du \(date(period.first)) au \(date(period.last))"
      : "\(date(period.first)) to \(date(period.last))"
  }

  /// A period as a complement of time: « en 2024 », « au 2e trimestre 2024 », « du 1er mars… ».
  package func during(_ period: Period) -> String {
    let text = self.period(period)
    if language == .en { return (text.contains(" to ") ? "from " : "in ") + text }
    if text.hasPrefix("du ") { return text }
    return (text.contains("trimestre") ? "au " : "en ") + text
  }

  /// A period as a column head: `2024`, `mars`, `T2`, or `sept. 22–août 23`.
  package func shortPeriod(_ period: Period) -> String {
    let a = period.first.civil
    let b = period.last.civil
    if a.year == b.year && a.month == b.month { return shortMonth(a.month) }
    if a.month == 1 && a.day == 1 && b.month == 12 && b.day == 31 && a.year == b.year {
      return String(a.year)
    }
    if a.year == b.year && b.month == a.month + 2 && a.month % 3 == 1 {
      return (language == .fr ? "T" : "Q") + String((a.month - 1) / 3 + 1)
    }
    return "\(shortMonth(a.month)) \(twoDigits(a.year))–\(shortMonth(b.month)) \(twoDigits(b.year))"
  }

  /// The name of a month, 1 to 12.
  package func month(_ m: Int) -> String {
    let names =
      language == .fr
      ? [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
      ]
      : [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
      ]
    return names.indices.contains(m - 1) ? names[m - 1] : ""
  }

  /// The usual abbreviation of a month.
  package func shortMonth(_ m: Int) -> String {
    let names =
      language == .fr
      ? [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc.",
      ]
      : ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return names.indices.contains(m - 1) ? names[m - 1] : ""
  }

  private func twoDigits(_ year: Int) -> String { Day.padded(year % 100, 2) }
}
