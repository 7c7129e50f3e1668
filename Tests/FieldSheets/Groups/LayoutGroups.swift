import Periods

/// Groups 1 to 14 and 17: how cells are arranged, and what stands around them.
enum LayoutGroups {
  static let all: [Group] = [
    Group(1, .around, "title, residence and month above, header on row 6") { plan in
      plan.blankTop = plan.seed % 2
      plan.blankBetween = 1 + plan.seed % 2
      if plan.dates.saysYear { plan.dates = [.noYear, .dayOnly, .dashed][plan.seed % 3] }
      plan.year = .title
    },
    Group(2, .around, "a logo row and a merged title") { plan in
      plan.logo = "[logo du bailleur]"
      plan.mergesTitle = true
    },
    Group(3, .dates, "months merged above day numbers") { plan in
      plan.setSessions(Self.acrossMonths[plan.seed % 3])
      plan.dates = .twoRows
      plan.year = plan.seed % 2 == 0 ? .dates : .title
    },
    Group(4, .dates, "names of days above dates, or J1 to J31") { plan in
      plan.dates = plan.seed % 2 == 0 ? .dayAndWeekdayRows : .jNumber
      plan.year = .title
    },
    Group(5, .layout, "names by dates") { plan in
      plan.layout = .namesByDates
      plan.isNumbered = plan.seed % 2 == 0
    },
    Group(6, .layout, "dates by names") { plan in
      plan.layout = .datesByNames
      plan.rotatesNames = plan.seed % 2 == 0
      if plan.seed % 3 == 1 {
        plan.totals = [PlannedTotals(word: "Total", inRow: false, inColumn: true)]
      }
    },
    Group(7, .layout, "two blocks side by side") { plan in
      plan.layout = .sideBySide
      plan.isNumbered = plan.seed % 2 == 1
    },
    Group(8, .layout, "a sheet a month or a session") { plan in
      if plan.seed % 2 == 0 {
        plan.layout = .monthSheets
        plan.setSessions([(2024, 1, 9), (2024, 1, 16), (2024, 2, 6), (2024, 3, 5), (2024, 3, 12)])
        plan.dates = plan.seed % 4 == 0 ? .dayOnly : .noYear
        plan.year = .dates
      } else {
        plan.layout = .sessionSheets
        plan.sessions = Array(plan.sessions.prefix(3))
        plan.year = .title
      }
    },
    Group(9, .layout, "stacked tables, the second with fewer columns") { plan in
      plan.layout = .stacked
    },
    Group(10, .layout, "morning and afternoon") { plan in plan.layout = .halfDays },
    Group(11, .around, "sub-headings as rows") { plan in
      let words = [["Bât. A", "Bât. B"], ["Étage 1", "Étage 2"], ["Résidents", "Extérieurs"]]
      plan.subheadings = [
        0: words[plan.seed % 3][0], plan.people.count / 2: words[plan.seed % 3][1],
      ]
    },
    Group(12, .around, "numbered lines printed beforehand") { plan in
      plan.isNumbered = true
      plan.blankLines = 8 + plan.below(20)
    },
    Group(13, .around, "signature, date and legend below") { plan in
      plan.footer = [["Fait à Bourg-en-Bresse, le 31/01/2026"], ["Signature de l’animatrice :"]]
      let marks = [("P", "A", "E"), ("V", "NV", "EX"), ("B", "Z", "J")][plan.seed % 3]
      plan.legend = [
        [
          "\(marks.0) = présent, \(marks.1) = absent, \(marks.2) = excusé",
          "Légende : \(marks.0) : présent ; \(marks.1) : absent ; \(marks.2) : excusé",
        ][
          plan.seed % 2]
      ]
      plan.style = MarkStyle(
        present: [PlannedMark(text: marks.0, meaning: .present)],
        others: [
          PlannedMark(text: marks.1, meaning: .absent),
          PlannedMark(text: marks.2, meaning: .excused),
        ], share: 0.4)
    },
    Group(14, .around, "hidden rows and columns, comments that hold data") { plan in
      switch plan.seed % 3 {
      case 0: plan.hidesRow = 7
      case 1: plan.hidesColumn = 2
      default: plan.comment = "venue avec ses deux enfants"
      }
    },
    Group(17, .layout, "counts only") { plan in
      plan.layout = .countList
      plan.counts = [
        ("12 adultes + 5 enfants", [12, 5]), ("8", [8]), ("15 personnes", [15]),
        ("6 ad. 4 enf.", [6, 4]), ("une dizaine", []),
      ]
      plan.sessions = Array((plan.sessions + plan.sessions).prefix(5))
      for i in plan.sessions.indices {
        plan.sessions[i].day = plan.sessions[0].day.advanced(by: 7 * i)
        plan.sessions[i].title = Words.activities[(plan.seed + i) % Words.activities.count]
      }
    },
  ]

  private static let acrossMonths = [
    [(2024, 1, 5), (2024, 1, 12), (2024, 1, 19), (2024, 2, 2), (2024, 2, 9)],
    [(2025, 3, 18), (2025, 3, 25), (2025, 4, 1), (2025, 4, 8)],
    [(2023, 10, 3), (2023, 10, 31), (2023, 11, 7), (2023, 12, 5)],
  ]
}
