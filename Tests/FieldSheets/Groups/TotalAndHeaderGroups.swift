/// Groups 15, 16 and 18 to 20: totals and headings.
enum TotalAndHeaderGroups {
  static let all: [Group] = [
    Group(15, .totals, "rows and columns of totals, with or without values") { plan in
      let words = ["Total", "TOTAL présents", "Nb de participants", "S/total"]
      var total = PlannedTotals(word: words[plan.seed % 4])
      total.inColumn = plan.seed % 2 == 0
      if plan.seed % 3 == 1 { total.mean = FieldCell("#DIV/0!", .error) }
      if plan.seed % 3 == 2 { total.instead = FieldCell() }
      plan.totals = [total]
    },
    Group(16, .totals, "a total that contradicts the marks") { plan in
      plan.totals = [PlannedTotals(word: "Total présents", error: 1 + plan.seed % 3)]
    },
    Group(18, .headers, "headings as people write them") { plan in
      let names = [
        "NOM Prénom", "Nom/Prénom", "Nom et prénom(s)", "Résident·e", "Participants",
        "Noms et prénoms des participants",
      ]
      plan.nameHeading = names[plan.seed % names.count]
      plan.splitsName = plan.seed % 4 == 3
      let flats = plan.people.indices.map { "A\(10 + $0)" }
      let headings = ["N° appt", "Logement", "Chambre"]
      plan.columns = [PlannedColumn(heading: headings[plan.seed % 3], values: flats)]
      for i in plan.people.indices { plan.people[i].flat = flats[i] }
      let phones = plan.people.indices.map { "06 12 34 56 \(10 + $0)" }
      plan.columns.append(PlannedColumn(heading: "Tél.", values: phones))
      plan.columns.append(
        PlannedColumn(heading: "Âge", values: plan.people.indices.map { "\(30 + $0)" }))
      plan.columns.append(
        PlannedColumn(heading: "Obs.", values: ["à rappeler"], isAfter: true))
    },
    Group(19, .headers, "the header again mid-sheet") { plan in
      plan.repeatsHeaderAfter = 3
    },
    Group(20, .headers, "headings twice, empty, with blanks and line feeds") { plan in
      let noise: [(String) -> String] = [
        { $0 + "  " }, { $0.replacing(" ", with: "\u{A0}") }, { $0.replacing(" ", with: "\n") },
        { "\u{FEFF}" + $0 },
      ]
      let one = noise[plan.seed % noise.count]
      plan.tidiesHeadings = one
      plan.hasEmptyHeading = plan.seed % 2 == 0
      plan.columns = [
        PlannedColumn(heading: "Obs.", values: ["", "vient de loin"]),
        PlannedColumn(heading: "Obs.", values: ["à jour"]),
      ]
    },
  ]
}
