/// Scores of questionnaires and paired changes, scored by hand in SQL from the catalogue's rules.
enum ScoreQueries {
  static var all: [String: String] {
    levels.merging(changes) { $1 }.merging(influence) { $1 }
  }

  private static let dated = "date BETWEEN '{first}' AND '{last}' {R}"

  private static func list(_ items: [String]) -> String {
    items.map { "'\($0)'" }.joined(separator: ", ")
  }

  private static func numbered(_ stem: String, _ range: ClosedRange<Int>) -> [String] {
    range.map { "\(stem)\($0)" }
  }

  /// One row a person and wave with the score `s`.
  private static func sheets(
    _ instrument: String, _ items: [String], _ codes: ClosedRange<Int>, _ score: String,
    when answered: String
  ) -> String {
    "SELECT respondent, wave, MAX(residence) AS residence, MAX(date) AS date, MAX(weight) AS weight, CASE WHEN \(answered) AND TOTAL(value NOT BETWEEN \(codes.lowerBound) AND \(codes.upperBound)) = 0 THEN \(score) END AS s FROM response WHERE instrument = '\(instrument)' AND item IN (\(list(items))) GROUP BY respondent, wave"
  }

  private static func mean(_ sheets: String) -> String {
    "SELECT SUM(weight * s) / SUM(weight) FROM (\(sheets)) WHERE s IS NOT NULL AND \(dated)"
  }

  private static func share(_ sheets: String, _ condition: String) -> String {
    "SELECT SUM(weight * (s \(condition))) / SUM(weight) FROM (\(sheets)) WHERE s IS NOT NULL AND \(dated)"
  }

  // MARK: scales

  private static let ucla = sheets(
    "ucla3", numbered("ucla", 1...3), 1...3, "SUM(value)", when: "COUNT(value) = 3")
  private static let who = sheets(
    "who5", numbered("who", 1...5), 0...5, "4.0 * SUM(value)", when: "COUNT(value) = 5")
  private static let direct = sheets(
    "solitude_directe", ["seul"], 1...5, "SUM(value)", when: "COUNT(value) = 1")

  private static func jong(_ items: [String], least: Int) -> String {
    sheets(
      "djg6", items, 1...3,
      "SUM(CASE WHEN item IN ('lone3', 'lone9', 'lone10') THEN value >= 2 ELSE value <= 2 END)",
      when: "COUNT(value) >= \(least)")
  }
  private static let lonely = jong(
    ["lone3", "lone4", "lone7", "lone8", "lone9", "lone10"], least: 5)

  /// The catalogue's table of SWEMWBS, from 7 to 35.
  private static let metric = [
    7.00, 9.51, 11.25, 12.40, 13.33, 14.08, 14.75, 15.32, 15.84, 16.36, 16.88, 17.43, 17.98, 18.59,
    19.25, 19.98, 20.73, 21.54, 22.35, 23.21, 24.11, 25.03, 26.02, 27.03, 28.13, 29.31, 30.70,
    32.55, 35.00,
  ]
  private static let mental = sheets(
    "swemwbs", numbered("sw", 1...7), 1...5,
    "CASE SUM(value) \(metric.enumerated().map { "WHEN \($0.offset + 7) THEN \($0.element)" }.joined(separator: " ")) END",
    when: "COUNT(value) = 7")

  private static func efficacy(_ items: ClosedRange<Int>) -> String {
    sheets(
      "efficacite_collective", numbered("ce", items), 1...5,
      "SUM(CASE WHEN item IN ('ce9', 'ce10') THEN 6 - value ELSE value END)",
      when: "COUNT(value) = \(items.count)")
  }

  private static func known(_ items: [String], _ least: Int) -> String {
    "TOTAL(item IN (\(list(items))) AND value IS NOT NULL) >= \(least)"
  }

  private static func network(_ items: [String]) -> String {
    sheets("lsns6", items, 0...5, "SUM(value)", when: "COUNT(value) = \(items.count)")
  }
  private static let close = network(numbered("famille", 1...3) + numbered("amis", 1...3))

  private static let seen = ["voir_famille", "voir_amis", "voir_voisins", "voir_collegues"]

  private static let levels: [String: String] = [
    "solitude-ucla": mean(ucla),
    "solitude-ucla-seuil": share(ucla, ">= 6"),
    "solitude-ucla-parfois": share(ucla, "IN (4, 5)"),
    "solitude-ucla-jamais": share(ucla, "= 3"),
    "solitude-directe": share(direct, "= 1"),
    "solitude-djg": mean(lonely),
    "solitude-djg-moderee": share(lonely, ">= 2"),
    "solitude-djg-forte": share(lonely, ">= 5"),
    "solitude-emotionnelle": mean(jong(["lone3", "lone9", "lone10"], least: 3)),
    "solitude-sociale": mean(jong(["lone4", "lone7", "lone8"], least: 3)),
    "bien-etre-oms": mean(who),
    "bien-etre-oms-faible": share(who, "<= 50"),
    "bien-etre-mental": mean(mental),
    "bien-etre-mental-faible": share(mental, "< 19.5"),
    "ons-satisfaction": single("satisfaction"),
    "ons-sens": single("sens"),
    "ons-bonheur": single("bonheur"),
    "ons-anxiete": single("anxiete"),
    "cohesion-buckner": mean(
      sheets(
        "nci18", numbered("nci", 1...18), 1...5,
        "SUM(CASE WHEN item IN ('nci5', 'nci15') THEN value ELSE 6 - value END) / 18.0",
        when: "COUNT(value) = 18")),
    "cohesion-courte": mean(
      sheets(
        "nci8", ["a", "b", "c", "d", "e", "f", "g", "h"].map { "scopngbh" + $0 }, 1...5,
        "CAST(10 * AVG(6 - value) + 0.5 + 1e-9 AS INTEGER) / 10.0",
        when: [
          known(["scopngbhf"], 1), known(["scopngbhc", "scopngbhd", "scopngbhh"], 2),
          known(["scopngbha", "scopngbhb", "scopngbhe", "scopngbhg"], 2),
        ].joined(separator: " AND "))),
    "sentiment-communaute": mean(
      sheets(
        "bscs", numbered("bscs", 1...8), 1...5, "AVG(value)",
        when: [1, 3, 5, 7].map { known(numbered("bscs", $0...($0 + 1)), 1) }
          .joined(separator: " AND "))),
    "communaute-besoins": community(1...2),
    "communaute-membres": community(3...4),
    "communaute-influence": community(5...6),
    "communaute-attache": community(7...8),
    "efficacite-collective": mean(efficacy(1...10)),
    "controle-social": mean(efficacy(1...5)),
    "cohesion-confiance": mean(efficacy(6...10)),
    "reseau-social": mean(close),
    "reseau-isolement": share(close, "< 12"),
    "reseau-voisins": mean(network(numbered("voisins", 1...6))),
    "isolement-insee": share(
      sheets(
        "isolement", seen + ["joindre_famille", "joindre_entourage"], 0...6, "TOTAL(value > 3)",
        when: "COUNT(value) = 6"), "= 0"),
    "isolement-credoc": share(
      sheets(
        "isolement", seen + ["voir_association"], 0...6, "TOTAL(value > 2)",
        when: "COUNT(value) = 5"), "= 0"),
  ]

  private static func single(_ item: String) -> String {
    mean(sheets("ons4", [item], 0...10, "SUM(value)", when: "COUNT(value) = 1"))
  }

  private static func community(_ items: ClosedRange<Int>) -> String {
    mean(sheets("bscs", numbered("bscs", items), 1...5, "AVG(value)", when: "COUNT(value) >= 1"))
  }

  // MARK: changes

  private static let belonging =
    "SELECT respondent || instrument AS respondent, wave, residence, date, weight, value AS s FROM response WHERE item = 'appartenance'"

  /// The pairs of the two waves with their difference `d`.
  private static func pairs(_ sheets: String) -> String {
    "FROM (SELECT b.residence AS residence, b.date AS date, b.weight AS weight, b.s - a.s AS d FROM (\(sheets)) b JOIN (\(sheets)) a ON a.respondent = b.respondent WHERE a.wave = '1' AND b.wave = '2') WHERE d IS NOT NULL AND \(dated)"
  }

  private static func change(_ sheets: String, _ value: String) -> String {
    "SELECT CASE WHEN COUNT(weight) >= 30 THEN SUM(weight * (\(value))) / SUM(weight) END \(pairs(sheets))"
  }

  private static let changes: [String: String] = [
    "evolution-solitude": change(ucla, "d"),
    "evolution-solitude-mieux": change(ucla, "d < -1"),
    "evolution-solitude-moins-bien": change(ucla, "d > 1"),
    "evolution-solitude-paires": "SELECT COUNT(*) \(pairs(ucla))",
    "evolution-bien-etre": change(who, "d"),
    "evolution-bien-etre-mieux": change(who, "d > 9"),
    "evolution-bien-etre-moins-bien": change(who, "d < -9"),
    "evolution-bien-etre-paires": "SELECT COUNT(*) \(pairs(who))",
    "evolution-appartenance": change(belonging, "d"),
    "evolution-appartenance-mieux": change(belonging, "d > 0"),
    "evolution-appartenance-moins-bien": change(belonging, "d < 0"),
    "evolution-appartenance-paires": "SELECT COUNT(*) \(pairs(belonging))",
  ]

  // MARK: single questions

  private static let influence: [String: String] = [
    "influence-mot": agreement("mot_a_dire"), "influence-pouvoir": agreement("peut_influer"),
  ]

  private static func agreement(_ item: String) -> String {
    "SELECT SUM(weight * (value >= 4)) / SUM(weight) FROM response WHERE instrument = 'influence' AND item = '\(item)' AND value IS NOT NULL AND weight IS NOT NULL AND \(dated)"
  }
}
