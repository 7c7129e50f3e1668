import Periods

/// Groups 21 to 27: dates and times.
enum DateGroups {
  static let all: [Group] = [
    Group(21, .dates, "the forms of a date") { plan in
      let forms: [DateForm] = [
        .short, .dashed, .dotted, .weekdayFull, .weekdayAndName, .ordinal, .named, .noYear,
      ]
      plan.dates = forms[plan.seed % forms.count]
      if !plan.dates.saysYear { plan.year = .title }
      if plan.dates == .ordinal { plan.setSessions([(2024, 3, 1), (2024, 3, 8), (2024, 4, 1)]) }
    },
    Group(22, .dates, "real dates beside text dates") { plan in
      for i in plan.sessions.indices {
        plan.sessions[i].shown = plan.sessions[i].day.shown(i % 2 == 0 ? .serial : .full)
      }
    },
    Group(23, .dates, "month first among day first, or nothing but doubt") { plan in
      if plan.seed % 3 == 2 {
        plan.setSessions([(2024, 4, 3), (2024, 6, 5), (2024, 8, 7)])
        plan.failure = "date.ambiguous"
        plan.dateOrder = "dmy"
      } else {
        plan.setSessions([(2024, 3, 5), (2024, 3, 12), (2024, 3, 19), (2024, 3, 26)])
        plan.sessions[3].shown = FieldCell("03/26/2024")
        plan.sessions[3].fate = .refused(code: "date.month-first")
      }
      plan.dates = .full
    },
    Group(24, .dates, "days that do not exist") { plan in
      plan.setSessions([(2023, 1, 17), (2023, 1, 24), (2023, 2, 7), (2023, 2, 14)])
      plan.dates = .full
      let wrong = ["32/01/2023", "30/02/2023", "29/02/2023"][plan.seed % 3]
      plan.sessions[2].shown = FieldCell(wrong)
      plan.sessions[2].fate = .refused(code: "date.impossible")
    },
    Group(25, .dates, "ranges, lists and every Tuesday") { plan in
      plan.setSessions([(2024, 3, 5), (2024, 3, 15), (2024, 3, 26)])
      plan.dates = .named
      plan.year = .title
      let (text, days): (String, [Int]) = [
        ("5 et 12 mars", [5, 12]), ("du 5 au 7/03", [5, 6, 7]), ("tous les mardis", []),
        ("5, 6 et 8 mars", [5, 6, 8]),
      ][plan.seed % 4]
      plan.sessions[0].shown = FieldCell(text)
      let found = days.compactMap { Day(year: 2024, month: 3, day: $0) }
      plan.sessions[0].fate = found.isEmpty ? .refused(code: "date.recurring") : .several(found)
    },
    Group(26, .numbers, "times and durations") { plan in
      plan.layout = plan.seed % 2 == 0 ? .countList : .longList
      let times: [(String, Int?, Int?)] = [
        ("14h", 840, nil), ("14h30-16h", 870, 90), ("14:30", 870, nil), ("9h à 11h30", 540, 150),
        ("de 14h à 15h30", 840, 90), ("14 h 00", 840, nil),
      ]
      for i in plan.sessions.indices {
        let time = times[(plan.seed + i) % times.count]
        plan.sessions[i].timeText = time.0
        plan.sessions[i].start = time.1
        plan.sessions[i].minutes = time.2
        plan.sessions[i].title = Words.activities[(plan.seed + i) % Words.activities.count]
      }
      guard plan.seed % 3 == 0 else { return }
      let durations = [("1h30", 90), ("1,5", 90), ("45 min", 45), ("2h", 120)]
      for i in plan.sessions.indices {
        let one = durations[i % durations.count]
        plan.sessions[i].timeText = "14h"
        plan.sessions[i].start = 840
        plan.sessions[i].durationText = one.0
        plan.sessions[i].minutes = one.1
      }
    },
    Group(27, .dates, "a school year across 31 December") { plan in
      plan.setSessions([(2023, 11, 14), (2023, 12, 12), (2024, 1, 9), (2024, 2, 13)])
      plan.dates = [.noYear, .named, .dashed][plan.seed % 3]
      plan.year = .schoolYear
    },
  ]
}
