/// Groups 34 to 46: names, as far as one sheet alone can tell; whom they are of the register is
/// the matching's to say.
enum NameGroups {
  /// Puts people of the group among the others.
  private static func put(_ all: [PlannedPerson], _ plan: inout Plan, atOnce: Int = 3) {
    for i in 0..<min(atOnce, all.count, plan.people.count) {
      let place = plan.people.count - 1 - i
      plan.people[place] = all[(plan.seed * atOnce + i) % all.count]
    }
  }

  private static func unnamed(
    _ text: String, _ count: Int, _ code: String, role: String = "participant"
  ) -> PlannedPerson {
    var out = PlannedPerson(text)
    out.name = nil
    out.headcount = count
    out.role = role
    out.problem = (code, .doubtful)
    return out
  }

  private static func role(_ text: String, _ name: String?, _ role: String) -> PlannedPerson {
    var out = PlannedPerson(text, name: name)
    out.role = role
    if name == nil {
      out.name = nil
      out.headcount = 1
    }
    return out
  }

  private static func doubtful(_ text: String, name: String? = nil, _ code: String)
    -> PlannedPerson
  {
    var out = PlannedPerson(text, name: name ?? text)
    out.problem = (code, .doubtful)
    return out
  }

  private static func accompanied(_ text: String, _ name: String, _ count: Int) -> PlannedPerson {
    var out = PlannedPerson(text, name: name)
    out.companions = count
    out.problem = ("name.accompanied", .doubtful)
    return out
  }

  private static func plain(_ list: [String]) -> [PlannedPerson] { list.map { PlannedPerson($0) } }

  static let all: [Group] = [
    Group(34, .names, "couples and families on one line") { plan in
      put(
        [
          unnamed("M. et Mme Dupont", 2, "name.several"),
          accompanied("Mme Dupont + fille", "Mme Dupont", 1),
          accompanied("Samira Haddad + 2 enfants", "Samira Haddad", 2),
          unnamed("Famille Diallo (4)", 4, "name.several"),
          unnamed("les jumeaux Benali", 2, "name.several"),
          unnamed("M et Mme ROBIN", 2, "name.several"),
        ], &plan)
    },
    Group(35, .names, "children by given name or kin") { plan in
      put(
        [
          doubtful("Léo (fils de Sarah)", "name.given-only"),
          unnamed("petit-fils Mme Roux", 1, "name.unnamed"),
          unnamed("fille de Mme Haddad", 1, "name.unnamed"),
          doubtful("Inès (fille de Karim)", "name.given-only"),
        ], &plan)
    },
    Group(36, .names, "order and case of names") { plan in
      put(
        plain(["DUPONT Marie", "Jeanne DUPONT", "Lambert, Marie", "Vidal M.", "paul martin"]), &plan
      )
    },
    Group(37, .names, "double given names") { plan in
      put(
        plain([
          "ROY Jean-Pierre", "ROY Jean Paul", "Roy J-P", "Marie-Thérèse Aubert", "AUBIN M.Thérèse",
        ]),
        &plan)
    },
    Group(38, .names, "double surnames, names of birth") { plan in
      put(
        plain(["Martin-Leroy Anne", "Martin Leroy Zoé", "Martin ép. Leroy", "Duval née Martin"]),
        &plan)
    },
    Group(39, .names, "particles and articles") { plan in
      put(
        plain([
          "de La Tour Anne", "LEBOEUF Luc", "D’Almeida José", "N'Guyen Van", "El Amrani Sanaa",
          "Ben Ahmed Ali", "Da Silva Rosa", "Çelik Ayşe", "Đặng Minh",
        ]), &plan)
    },
    Group(40, .names, "accents lost, garbled or decomposed") { plan in
      put(
        [
          PlannedPerson("BERGER HÃ©lÃ¨ne", name: "BERGER Hélène"),
          doubtful("BERGER H\u{FFFD}l\u{FFFD}ne", "name.damaged"),
          PlannedPerson("MERLE He\u{301}le\u{300}ne", name: "MERLE Hélène"),
          PlannedPerson("Lecœur Noël"),
        ], &plan)
    },
    Group(41, .names, "typing slips and nicknames") { plan in
      put(plain(["MArchal Hélnèe", "Mimi", "Tonton", "ROUSSEAUU Odile"]), &plan)
    },
    Group(42, .names, "two people of one name, in two flats") { plan in
      let flats = plan.people.indices.map { ($0 % 2 == 0 ? "A" : "B") + "0\(1 + $0 % 9)" }
      for i in plan.people.indices { plan.people[i].flat = flats[i] }
      for i in plan.people.indices.suffix(2) {
        plan.people[i].text = "DIALLO Mohamed"
        plan.people[i].name = "DIALLO Mohamed"
      }
      plan.columns = [
        PlannedColumn(heading: ["Appt", "N° logement", "Logement"][plan.seed % 3], values: flats)
      ]
    },
    Group(43, .names, "one person on two lines") { plan in
      let last = plan.people.count - 1
      plan.people[last] = plan.people[0]
      plan.people[last].problem = ("name.repeated", .doubtful)
      plan.fill()
      plan.marks[last] = plan.marks[0]
      // The second line says what the first left out.
      for s in plan.sessions.indices where s % 2 == 1 {
        plan.marks[0][s] = .nothing
        plan.marks[last][s] = .cross
      }
      plan.marks[0][0] = .cross
      plan.marks[last][0] = .cross
    },
    Group(44, .names, "people who are not residents") { plan in
      put(
        [
          role("animatrice : Julie", "Julie", "staff"),
          role("bénévole : PETIT Paul", "PETIT Paul", "volunteer"),
          role("intervenant", nil, "partner"), role("stagiaire", nil, "staff"),
          role("Lucas Morin (bénévole)", "Lucas Morin", "volunteer"),
        ], &plan)
    },
    Group(45, .names, "anonymous and illegible") { plan in
      put(
        [
          unnamed("anonyme", 1, "name.unnamed"), unnamed("voisin", 1, "name.unnamed"),
          unnamed("?", 1, "name.unnamed"), unnamed("illisible", 1, "name.unnamed"),
        ], &plan)
    },
    Group(46, .names, "titles, remarks and phones in the name") { plan in
      var late = PlannedPerson("ROCHE Luc (retard)", name: "ROCHE Luc")
      late.status = "late"
      put(
        [
          PlannedPerson("Mme ROCHE Anne", name: "ROCHE Anne"), late,
          PlannedPerson("Mr. Karim Saïdi", name: "Karim Saïdi"),
          PlannedPerson("GIRARD Luce *", name: "GIRARD Luce"),
          PlannedPerson("MULLER Eva 06 11 22 33 44", name: "MULLER Eva"),
          PlannedPerson("Mlle Faure"), PlannedPerson("Dr Anne Keller", name: "Anne Keller"),
        ], &plan)
    },
  ]
}
