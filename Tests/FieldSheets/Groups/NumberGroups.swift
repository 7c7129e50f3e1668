/// Group 47: sums of money.
enum NumberGroups {
  static let all: [Group] = [
    Group(47, .numbers, "sums of money and numbers that are not") { plan in
      plan.layout = .countList
      let amounts: [(String, Double?)] = [
        ("12,50 €", 12.5), ("1\u{A0}250,00", 1250), ("2€50", 2.5), ("gratuit", 0), ("offert", 0),
        ("-", nil), ("n.c.", nil), ("NR", nil), ("1\u{202F}250,00 €", 1250), ("45", 45),
      ]
      for i in plan.sessions.indices {
        plan.sessions[i].title = Words.activities[(plan.seed + i) % Words.activities.count]
      }
      plan.amounts = plan.sessions.indices.map { amounts[(plan.seed * 3 + $0) % amounts.count] }
    }
  ]
}
