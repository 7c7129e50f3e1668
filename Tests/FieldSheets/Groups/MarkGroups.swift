/// Groups 28 to 33: marks.
enum MarkGroups {
  private static func present(_ text: String, _ kind: FieldKind = .text) -> PlannedMark {
    var mark = PlannedMark(text: text, meaning: .present)
    mark.kind = kind
    return mark
  }
  private static func mark(_ text: String, _ meaning: PlannedMark.Meaning) -> PlannedMark {
    PlannedMark(text: text, meaning: meaning)
  }
  private static func doubtful(_ text: String, _ meaning: PlannedMark.Meaning) -> PlannedMark {
    var out = PlannedMark(text: text, meaning: meaning)
    out.doubt = "mark.count"
    return out
  }

  static let all: [Group] = [
    Group(28, .marks, "marks of presence, signatures") { plan in
      switch plan.seed % 4 {
      case 0: plan.style.present = ["x", "X", "✓", "✔", "☑"].map { present($0) }
      case 1: plan.style.present = [present("1", .number)]
      case 2: plan.style.present = ["oui", "O", "P", "présent", "v"].map { present($0) }
      default:
        // Initials in place of a signature.
        plan.marks = plan.people.map { person in
          let initials = String((person.name ?? "").split(separator: " ").compactMap(\.first))
          return plan.sessions.indices.map { $0 % 2 == 0 ? present(initials) : .nothing }
        }
      }
    },
    Group(29, .marks, "marks of absence") { plan in
      let absent = [["0", "-"], ["/", "A"], ["abs.", "non", "N"]][plan.seed % 3]
      plan.style.others =
        absent.map { mark($0, .absent) } + [mark("E", .excused), mark("exc.", .excused)]
      plan.style.share = 0.4
      if plan.seed % 3 == 0 { plan.style.present = [present("1", .number)] }
    },
    Group(30, .marks, "late and partial") { plan in
      var half = mark("x (30 min)", .late)
      half.minutes = 30
      plan.style.others = [mark("R", .late), mark("½", .late), mark("0,5", .late), half]
    },
    Group(31, .marks, "counts in a mark") { plan in
      plan.style.others = [
        mark("x+1", .with(1)), doubtful("xx", .with(1)), doubtful("3 enf.", .only(3)),
        doubtful("2", .with(1)),
      ]
    },
    Group(32, .marks, "question marks, cancelled sessions") { plan in
      plan.style.others = [mark("?", .refused(code: "mark.doubtful"))]
      plan.style.share = 0.1
      let word = ["annulé", "férié", "vacances"][plan.seed % 3]
      plan.sessions[plan.sessions.count - 1].fate = .cancelled(word)
    },
    Group(33, .marks, "a lone blank, an apostrophe before") { plan in
      plan.style.others = [
        mark(" ", .nothing), mark("\u{A0}", .nothing), mark("'x", .present),
      ]
      plan.style.share = 0.5
    },
  ]
}
