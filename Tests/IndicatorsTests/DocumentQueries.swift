/// Plain SQL for what the source documents ask for; months are counted day by day.
enum DocumentQueries {
  private static let dated = "date BETWEEN '{first}' AND '{last}' {R}"
  private static let begun = "start BETWEEN '{first}' AND '{last}' {R}"
  private static let held = "COALESCE(status, 'held') = 'held'"
  private static let ended = "\"end\" BETWEEN '{first}' AND '{last}' {R}"

  private static func total(_ x: String, _ from: String) -> String {
    "(SELECT CASE WHEN COUNT(*) > 0 AND COUNT(\(x)) = 0 THEN NULL ELSE TOTAL(\(x)) END FROM \(from))"
  }

  /// Days of each month of each measure, from a first day on.
  private static func months(_ having: String, since: String = "'0001-01-01'") -> String {
    """
    (SELECT episode, substr(d, 1, 7) AS month, COUNT(*) AS n, CAST(strftime('%d',
        date(d, 'start of month', '+1 month', '-1 day')) AS INTEGER) AS length
      FROM episode JOIN day ON COALESCE(start, '0001-01-01') <= d AND \(since) <= d
        AND d < COALESCE("end", '9999-12-31') WHERE 1 = 1 {R} GROUP BY 1, 2 HAVING \(having))
    """
  }

  private static let bought = total("months_bought", "convention WHERE \(begun)")

  private static func used(_ months: String) -> String {
    "SELECT 1.0 * (SELECT \(months)) / NULLIF(\(bought), 0)"
  }

  /// Measures that were open by the end of the period.
  private static let known = "episode WHERE start <= '{last}' {R}"

  /// Half of the measures have ended: Kaplan and Meier.
  private static let length = """
    SELECT MIN(CASE WHEN s <= 0.5 + 1e-9 THEN z END) FROM (
      SELECT z, CASE WHEN SUM(gone) OVER upto > 0 THEN 0 ELSE EXP(SUM(l) OVER upto) END AS s FROM (
        SELECT z, SUM(e) = n AS gone, CASE WHEN SUM(e) < n THEN LN(1 - 1.0 * SUM(e) / n) END AS l
        FROM (SELECT k.z, k.e, (SELECT COUNT(*) FROM (careers) o WHERE o.z >= k.z) AS n
          FROM (careers) k) GROUP BY z)
      WINDOW upto AS (ORDER BY z))
    """.replacing(
      "careers",
      with: """
        SELECT julianday(MIN(COALESCE("end", '9999-12-31'), '{last}')) - julianday(start) AS z,
          COALESCE("end", '9999-12-31') <= '{last}' AS e FROM \(known)
        """)

  private static let early = "julianday('{last}') - julianday(start) >= 30"

  /// Indicator to query; a query gives one number or null.
  static let all: [String: String] = [
    "mois-mesures": "SELECT COUNT(*) FROM \(months("n >= 1"))",
    "mois-mesures-15": "SELECT COUNT(*) FROM \(months("n >= 15"))",
    "mois-mesures-prorata": "SELECT TOTAL(1.0 * n / length) FROM \(months("n >= 1"))",
    "convention-consommee": used("COUNT(*) FROM \(months("n >= 1"))"),
    "convention-consommee-15": used("COUNT(*) FROM \(months("n >= 15"))"),
    "convention-consommee-prorata": used("TOTAL(1.0 * n / length) FROM \(months("n >= 1"))"),
    "mois-mesures-achetes": "SELECT \(bought)",
    "prix-mois-mesure":
      "SELECT SUM(CASE WHEN months_bought IS NOT NULL THEN price END) / SUM(months_bought) FROM convention WHERE \(begun)",
    "prix-menage":
      "SELECT SUM(CASE WHEN households IS NOT NULL THEN price END) / SUM(households) FROM convention WHERE \(begun)",
    "file-active":
      "SELECT COUNT(*) FROM \(known) AND COALESCE(\"end\", '9999-12-31') > '{last}'",
    "file-active-avant":
      "SELECT COUNT(*) FROM episode WHERE start < '{first}' AND COALESCE(\"end\", '9999-12-31') >= '{first}' {R}",
    "entrees": "SELECT COUNT(*) FROM episode WHERE \(begun)",
    "sorties": "SELECT COUNT(*) FROM episode WHERE \(ended)",
    "ecart-file-active":
      "SELECT TOTAL(at_start + entries - exits <> at_end) FROM caseload WHERE month BETWEEN '{first}' AND '{last}' {R}",
    "minimum-rencontres": """
    SELECT 1.0 * (SELECT COUNT(*) FROM (
        SELECT c.episode FROM contact c JOIN episode e ON e.episode = c.episode
          AND e.start <= c.date AND c.date < COALESCE(e."end", '9999-12-31')
        WHERE physical = 1 AND date(c.date, 'start of month') >= MAX(e.integrated, '{first}')
          AND date(c.date, 'start of month', '+1 month') <= MIN(COALESCE(e."end", '9999-12-31'), '{next}')
          {cR}
        GROUP BY c.episode, substr(c.date, 1, 7) HAVING COUNT(*) >= 4))
      / (SELECT COUNT(*) FROM \(months("n = length", since: "integrated")))
    """,
    "intensite-demarrage": """
    SELECT 1.0 * (SELECT COUNT(*) FROM contact c JOIN episode e ON e.episode = c.episode
        AND e.start <= c.date AND c.date < COALESCE(e."end", '9999-12-31')
        WHERE physical = 1 AND e.start >= '{first}' AND c.date BETWEEN '{first}' AND '{last}' {cR}
          AND julianday(c.date) - julianday(e.start) <= 30 AND \(early))
      / (SELECT COUNT(*) FROM episode WHERE \(begun) AND \(early))
    """,
    "presence-etat-des-lieux":
      "SELECT AVG(present_at_entry = 1) FROM episode WHERE moved_in BETWEEN '{first}' AND '{last}' {R}",
    "duree-accompagnement": length,
    "issues-favorables":
      "SELECT AVG(exit_reason IN ('autonomous', 'sustained', 'rehoused')) FROM episode WHERE \(ended)",
    "maintien-6":
      "SELECT AVG(tenant_after_6 = 1) FROM \(known) AND julianday('{last}') - julianday(\"end\") >= 183",
    "maintien-12":
      "SELECT AVG(tenant_after_12 = 1) FROM \(known) AND julianday('{last}') - julianday(\"end\") >= 365",
    "evolution-impayes": "SELECT AVG(arrears_after - arrears_before) FROM episode WHERE \(ended)",
    "bilans-tenus":
      "SELECT AVG(held IS NOT NULL AND held <= '{last}') FROM review WHERE due BETWEEN '{first}' AND '{last}' {R}",
    "orientations": "SELECT COUNT(*) FROM referral WHERE \(dated)",
    "objectifs-atteints":
      "SELECT AVG(attainment >= 0) FROM goal WHERE \"set\" BETWEEN '{first}' AND '{last}' {R} AND reviewed <= '{last}'",
    "gardiens-formes": """
    SELECT 1.0 * (SELECT COUNT(*) FROM (SELECT post FROM training WHERE kind = 'initial'
        AND audience = 'staff' AND \(held) AND post IS NOT NULL AND \(dated)
        GROUP BY post HAVING SUM(days) >= 3))
      / NULLIF((SELECT COUNT(*) FROM staff WHERE function = 'caretaker'
        AND COALESCE("from", '0001-01-01') <= '{last}' AND COALESCE("to", '9999-12-31') > '{first}' {R}), 0)
    """,
    "jours-formation": "SELECT TOTAL(days) FROM training WHERE \(held) AND \(dated)",
    "formations-actions":
      "SELECT COUNT(DISTINCT training) FROM training WHERE kind = 'action' AND \(held) AND \(dated)",
    "formations-actions-taux":
      "SELECT 1.0 * COUNT(DISTINCT CASE WHEN status = 'held' THEN training END) / NULLIF(COUNT(DISTINCT training), 0) FROM training WHERE kind = 'action' AND status IS NOT NULL AND \(dated)",
    "personnel-par-habitant":
      "SELECT TOTAL(audience = 'staff') / NULLIF(TOTAL(audience = 'resident'), 0) FROM training WHERE kind = 'action' AND \(held) AND \(dated)",
    "satisfaction-formation":
      "SELECT AVG(satisfaction) FROM training WHERE \(held) AND \(dated)",
    "comptes-actifs":
      "SELECT AVG(uses >= 1) FROM account WHERE month BETWEEN '{first}' AND '{last}' {R}",
    "alertes": "SELECT COUNT(*) FROM alert WHERE \(dated)",
    "alertes-transmises":
      "SELECT AVG(relayed IS NOT NULL AND relayed <= '{last}') FROM alert WHERE \(dated)",
    "budget-prevu-logement":
      "SELECT \(total("residents_budget", "convention WHERE \(begun)")) / NULLIF((SELECT SUM(dwellings) FROM residence WHERE 1 = 1 {R}), 0)",
    "renouvellements-restants":
      "SELECT \(total("(renewals_allowed - renewal)", "convention WHERE \(begun)"))",
    "echeancier": "SELECT TOTAL(amount) FROM ledger WHERE kind = 'instalment' AND \(dated)",
    "financements": "SELECT TOTAL(amount) FROM ledger WHERE kind = 'funding' AND \(dated)",
    "part-financements": "SELECT 1.0 FROM ledger WHERE kind = 'funding' AND \(dated) LIMIT 1",
    "comites-tenus":
      "SELECT 1.0 * (SELECT COUNT(DISTINCT date) FROM meeting WHERE kind = 'steering' AND \(dated)) / NULLIF(\(total("committees_due", "convention WHERE \(begun)")), 0)",
    "criteres":
      "SELECT COUNT(*) FROM criterion WHERE rule <> 'tie' AND published <= '{last}' {R}",
    "criteres-documentes": """
    SELECT 1.0 * (SELECT COUNT(DISTINCT e.criterion) FROM evidence e LEFT JOIN criterion k
        ON k.criterion = e.criterion WHERE as_of <= '{last}' {R})
      / NULLIF((SELECT COUNT(*) FROM criterion WHERE rule <> 'tie' AND published <= '{last}' {R}), 0)
    """,
    "situations-suivies":
      "SELECT AVG(answered IS NOT NULL AND answered <= '{last}') FROM situation_change WHERE \(dated)",
    "logements-sites": "SELECT TOTAL(dwellings) FROM site WHERE as_of <= '{last}' {R}",
    "menages-sites": "SELECT TOTAL(households) FROM site WHERE as_of <= '{last}' {R}",
    "sites": "SELECT COUNT(DISTINCT site) FROM site WHERE as_of <= '{last}' {R}",
    "bailleurs-associes": "SELECT COUNT(DISTINCT landlord) FROM site WHERE as_of <= '{last}' {R}",
    "menages-pris-pour-logements": """
    SELECT COUNT(*) FROM programme p WHERE decided <= '{last}' {R} AND households_stated =
      (SELECT SUM(dwellings) FROM site s WHERE s.programme = p.programme AND s.as_of <= '{last}' {R})
    """,
    "mutations-debloquees":
      "SELECT AVG(unblocked IS NOT NULL AND unblocked <= '{last}') FROM transfer WHERE blocked_by <> 'none' AND requested BETWEEN '{first}' AND '{last}' {R}",
    "heures-entraide": "SELECT \(total("hours", "worksite WHERE \(dated)"))",
    "taux-vacance":
      "SELECT SUM(vacant) / SUM(CASE WHEN vacant IS NOT NULL THEN 1.0 * dwellings END) FROM landlord_month WHERE month BETWEEN '{first}' AND '{last}' {R}",
    "taux-mutation":
      "SELECT SUM(transfers_requested) / (SUM(CASE WHEN transfers_requested IS NOT NULL THEN dwellings END) / 12.0) FROM landlord_month WHERE month BETWEEN '{first}' AND '{last}' {R}",
    "part-enfants": """
    SELECT TOTAL(CASE WHEN {year} - birth_year < 10 THEN days END) / SUM(days) FROM (
      SELECT birth_year, julianday(MIN(COALESCE(departure, '9999-12-31'), '{next}'))
        - julianday(MAX(COALESCE(arrival, '0001-01-01'), '{first}')) AS days FROM here)
    """,
    "entraide-economies": "SELECT \(total("value", "favour WHERE \(dated)"))",
    "entraide-services": "SELECT COUNT(*) FROM favour WHERE \(dated)",
    "entraide-reciproque": """
    SELECT AVG(who IN (SELECT giver FROM favour WHERE giver IS NOT NULL AND \(dated))
      AND who IN (SELECT receiver FROM favour WHERE receiver IS NOT NULL AND \(dated)))
    FROM (SELECT giver AS who FROM favour WHERE \(dated) UNION
      SELECT receiver FROM favour WHERE \(dated)) WHERE who IS NOT NULL
    """,
    "themes-entretiens": "SELECT COUNT(*) FROM interview WHERE \(dated)",
    "promotions": "SELECT COUNT(*) FROM cohort WHERE \(begun)",
    "stagiaires-formes":
      "SELECT COUNT(*) FROM trainee WHERE completed = 1 AND entered BETWEEN '{first}' AND '{last}' {R}",
    "stagiaires-embauches":
      "SELECT AVG(hired IS NOT NULL AND hired <= '{last}') FROM trainee WHERE completed = 1 AND entered BETWEEN '{first}' AND '{last}' {R}",
    "stagiaires-qpv":
      "SELECT AVG(priority_area = 1) FROM trainee WHERE entered BETWEEN '{first}' AND '{last}' {R}",
    "parcours-eligibles": "SELECT AVG(eligible = 1) FROM \"case\" WHERE \(begun)",
    "minimum-vieillesse":
      "SELECT SUM(weight * (value = 1)) / SUM(weight) FROM response WHERE item = 'minimum_vieillesse' AND value IS NOT NULL AND weight IS NOT NULL AND \(dated)",
  ]
}
