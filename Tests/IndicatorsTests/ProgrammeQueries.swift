/// Plain SQL for the indicators of programmes and of time; the views that they share are those of
/// `HandWrittenChecks`.
enum ProgrammeQueries {
  /// Rows dated in the period, or from its beginning.
  private static let dated = "date BETWEEN '{first}' AND '{last}' {R}"

  /// A sum that is unknown when no amount of it is known but some may be there.
  private static func total(_ x: String, _ condition: String, _ from: String) -> String {
    """
    (SELECT CASE WHEN TOTAL((\(condition)) AND \(x) IS NOT NULL) = 0
        AND TOTAL((\(condition)) IS NULL OR ((\(condition)) AND \(x) IS NULL)) > 0 THEN NULL
      ELSE TOTAL(CASE WHEN \(condition) THEN \(x) END) END FROM \(from))
    """
  }

  private static func median(_ x: String, _ from: String) -> String {
    "SELECT AVG(x) FROM (SELECT \(x) AS x, ROW_NUMBER() OVER (ORDER BY \(x)) AS i, COUNT(*) OVER () AS c FROM \(from) AND \(x) IS NOT NULL) WHERE i IN ((c + 1) / 2, (c + 2) / 2)"
  }

  /// Kaplan-Meier's curve `(z, s)` of a query of durations `z` and events `e`.
  private static func curve(_ careers: String, _ ask: String) -> String {
    """
    SELECT \(ask) FROM (
      SELECT z, CASE WHEN SUM(gone) OVER upto > 0 THEN 0 ELSE EXP(SUM(l) OVER upto) END AS s FROM (
        SELECT z, SUM(e) = n AS gone, CASE WHEN SUM(e) < n THEN LN(1 - 1.0 * SUM(e) / n) END AS l
        FROM (SELECT k.z, k.e, (SELECT COUNT(*) FROM (\(careers)) o WHERE o.z >= k.z) AS n
          FROM (\(careers)) k) GROUP BY z)
      WINDOW upto AS (ORDER BY z))
    """
  }

  private static func at(_ time: Int) -> String {
    "CASE WHEN COUNT(*) > 0 THEN COALESCE(MIN(CASE WHEN z <= \(time) THEN s END), 1) END"
  }

  private static func first(below share: Double) -> String {
    "MIN(CASE WHEN s <= \(share) + 1e-9 THEN z END)"
  }

  /// Days from first to last attendance, and whether 90 open days went by since; every day is
  /// looked at on its own.
  private static let careers = """
    SELECT (c.late - c.early) / 1440 AS z, (SELECT COUNT(*) FROM calendar d
        WHERE d.d > c.last AND d.d <= (SELECT MAX(date) FROM always WHERE date <= '{last}')
          AND d.d < COALESCE(c.leave, '9999-12-31')
          AND NOT EXISTS (SELECT 1 FROM closure x WHERE COALESCE(x.residence, c.home) = c.home
            AND d.d BETWEEN x.first AND x.last)) >= 90 AS e
    FROM (SELECT a.resident, a.last, a.early, a.late,
        (SELECT MAX(residence) FROM seen o WHERE o.resident = a.resident AND o.date = a.last) AS home,
        (SELECT MAX(COALESCE(departure, '9999-12-31')) FROM resident r
          WHERE r.resident = a.resident AND COALESCE(arrival, '0001-01-01') <= '{last}') AS leave
      FROM (SELECT resident, MAX(date) AS last,
          MIN(CAST(julianday(date) + 0.5 AS INTEGER) * 1440 + COALESCE(start, 0)) AS early,
          MAX(CAST(julianday(date) + 0.5 AS INTEGER) * 1440 + COALESCE(start, 1439)) AS late
        FROM seen WHERE date <= '{last}' GROUP BY resident) a) c
    """

  /// Half hours in which a space is used, one by one.
  private static func used(_ condition: String) -> String {
    """
    (SELECT COUNT(*) / 2.0 FROM (
      SELECT DISTINCT b.space, CAST(julianday(b.date) + 0.5 AS INTEGER) * 48 + k
      FROM (SELECT o.*, s.residence, s.kind FROM booking o
        LEFT JOIN (SELECT space, MAX(residence) AS residence, MAX(kind) AS kind FROM space
          GROUP BY space) s ON s.space = o.space) b
      JOIN slot ON 30 * k >= b.start
        AND 30 * k < CASE WHEN b."end" > b.start THEN b."end" ELSE b."end" + 1440 END
      WHERE COALESCE(b.status, 'held') = 'held' AND \(condition) AND \(dated)))
    """
  }

  private static let rooms = """
    (SELECT julianday(MIN(COALESCE("to", '9999-12-31'), '{next}'))
        - julianday(MAX(COALESCE("from", '0001-01-01'), '{first}')) AS days, * FROM space
      WHERE COALESCE("from", '0001-01-01') <= '{last}' AND COALESCE("to", '9999-12-31') > '{first}'
        {R})
    """

  /// Organisations with a joint session or a referral between two dates.
  private static func partners(_ from: String, _ to: String) -> String {
    """
    SELECT partner FROM activity WHERE status = 'held' AND partner IS NOT NULL
        AND date BETWEEN '\(from)' AND '\(to)' {R}
      UNION SELECT d.partner FROM delivery d JOIN (SELECT * FROM activity WHERE status = 'held'
        AND date BETWEEN '\(from)' AND '\(to)' {R}) h ON h.session = d.session
      UNION SELECT referred_to FROM contact WHERE referred_to IS NOT NULL
        AND date BETWEEN '\(from)' AND '\(to)' {R}
    """
  }

  private static let joint = """
    (SELECT p.* FROM partner p WHERE p.partner IN (SELECT partner FROM held
        UNION SELECT d.partner FROM delivery d JOIN held h ON h.session = d.session))
    """

  /// Attempts of the period at dwellings that had not been reached before, and whether they were.
  private static let attempts = """
    SELECT COUNT(*) AS z, MAX(reached) AS e FROM contact c WHERE \(dated) AND dwelling IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM contact o WHERE o.dwelling = c.dwelling AND o.reached = 1
        AND o.date < c.date) GROUP BY dwelling
    """

  /// People reached who had never come, and the day on which they first came afterwards.
  private static let invited = """
    (SELECT c.resident, c.date, (SELECT MIN(a.date) FROM always a
        WHERE a.resident = c.resident AND a.date >= c.date) AS came FROM contact c
      WHERE \(dated) AND reached = 1 AND julianday('{last}') - julianday(date) >= 90
        AND NOT EXISTS (SELECT 1 FROM always a WHERE a.resident = c.resident AND a.date < c.date))
    """

  private static func dissimilarity(_ own: String, _ register: String) -> String {
    """
    SELECT SUM(ABS(1.0 * a / (SELECT SUM(a) FROM sides) - b / (SELECT SUM(b) FROM sides))) / 2 FROM (
      SELECT c, SUM(a) AS a, SUM(b) AS b FROM sides GROUP BY c) HAVING SUM(a) > 0 AND SUM(b) > 0
    """.replacing(
      "sides",
      with: """
        (SELECT c, 1 AS a, 0.0 AS b FROM (\(own)) WHERE c IS NOT NULL
          UNION ALL SELECT c, 0, days FROM (SELECT \(register) AS c,
            julianday(MIN(COALESCE(departure, '9999-12-31'), '{next}'))
            - julianday(MAX(COALESCE(arrival, '0001-01-01'), '{first}')) AS days FROM here
            ) WHERE c IS NOT NULL)
        """)
  }

  private static func band(_ born: String) -> String {
    "CASE WHEN {year} - \(born) < 18 THEN 'a' WHEN {year} - \(born) < 35 THEN 'b' WHEN {year} - \(born) < 60 THEN 'c' WHEN \(born) IS NOT NULL THEN 'd' END"
  }

  private static func share(_ item: String, _ test: String, among: String = "") -> String {
    "SELECT SUM(weight * (value \(test))) / SUM(weight) FROM response WHERE item = '\(item)' AND value IS NOT NULL \(among) AND \(dated)"
  }

  private static let ledger = "ledger WHERE \(dated)"

  private static func instalments(_ day: String) -> String {
    "SELECT COALESCE(SUM(amount), 0) FROM ledger WHERE kind = 'instalment' AND date <= '{last}' AND \(day) <= '{last}' {R}"
  }

  private static func meters(_ measures: String, _ unit: String) -> String {
    """
    SELECT \(total("value - reference", "measure IN (\(measures)) AND unit = '\(unit)'", "quantity WHERE \(dated)"))
      / NULLIF((SELECT TOTAL(a) FROM (SELECT AVG(area) AS a FROM quantity
        WHERE measure IN (\(measures)) AND unit = '\(unit)' AND \(dated) GROUP BY residence)), 0)
    """
  }

  private static func projects(_ x: String, _ condition: String = "1 = 1") -> String {
    "SELECT \(x) FROM project WHERE proposed BETWEEN '{first}' AND '{last}' {R} AND \(condition)"
  }

  /// Indicator to query; a query gives one number or null.
  static let all: [String: String] = [
    "participants-bas":
      "SELECT COUNT(DISTINCT resident) FROM present WHERE resident IN (SELECT resident FROM resident)",
    "participants-haut":
      "SELECT COUNT(DISTINCT resident) + TOTAL(CASE WHEN resident IS NULL THEN n END) FROM present",
    "jamais-touches": """
    SELECT AVG(dwelling NOT IN (SELECT dwelling FROM at_home WHERE own AND dwelling IS NOT NULL)
      AND dwelling NOT IN (SELECT dwelling FROM contact
        WHERE reached = 1 AND dwelling IS NOT NULL AND \(dated)))
    FROM (SELECT DISTINCT dwelling FROM here WHERE dwelling IS NOT NULL) q
    WHERE NOT EXISTS (SELECT 1 FROM day WHERE NOT EXISTS (SELECT 1 FROM here h
      WHERE h.dwelling = q.dwelling AND COALESCE(h.arrival, '0001-01-01') <= d
        AND d < COALESCE(h.departure, '9999-12-31')))
    """,
    "salle-occupation":
      "SELECT \(used("kind = 'room'")) / NULLIF((SELECT SUM(weekly_hours * days / 7) FROM \(rooms) WHERE kind = 'room'), 0)",
    "salle-intensite": """
    SELECT (SELECT SUM(n * COALESCE(minutes, long)) / 60.0 FROM present) / NULLIF((SELECT
      SUM(area * days) / (julianday('{next}') - julianday('{first}')) FROM \(rooms)
      WHERE kind = 'room'), 0)
    """,
    "retour-mois": """
    SELECT AVG(EXISTS (SELECT 1 FROM seen s WHERE s.resident = f.resident AND s.m = f.m + 1))
    FROM (SELECT resident, MIN(date) AS day, MIN(m) AS m FROM seen GROUP BY resident) f
    WHERE f.day BETWEEN '{first}' AND '{last}' AND f.m + 1 <= (SELECT MAX(m) FROM always)
    """,
    "participants-nouveaux":
      "SELECT COUNT(DISTINCT resident) FROM present WHERE resident NOT IN (SELECT resident FROM seen WHERE date < '{first}')",
    "participants-perdus":
      "SELECT COUNT(DISTINCT resident) FROM seen WHERE date BETWEEN '{earlier}' AND '{before}' AND resident NOT IN (SELECT resident FROM present WHERE resident IS NOT NULL)",
    "survie-un-an": curve(careers, at(365)),
    "duree-participation": curve(careers, first(below: 0.75)),
    "continuite": """
    SELECT AVG(held) FROM (SELECT r.residence, w.monday,
        EXISTS (SELECT 1 FROM held h WHERE h.residence = r.residence
          AND date(h.date, 'weekday 0', '-6 days') = w.monday) AS held,
        EXISTS (SELECT 1 FROM day WHERE date(d, 'weekday 0', '-6 days') = w.monday
          AND NOT EXISTS (SELECT 1 FROM closure x
            WHERE COALESCE(x.residence, r.residence) = r.residence
              AND d BETWEEN x.first AND x.last)) AS open
      FROM (SELECT DISTINCT residence FROM held WHERE residence IS NOT NULL) r
      CROSS JOIN (SELECT DISTINCT date(d, 'weekday 0', '-6 days') AS monday FROM day) w)
    WHERE open OR held
    """,
    "seances-annulees":
      "SELECT AVG(status = 'cancelled') FROM activity WHERE status IN ('held', 'cancelled') AND \(dated)",
    "noyau-moitie":
      "SELECT 1.0 * MIN(i) / MAX(c) FROM (SELECT ROW_NUMBER() OVER w AS i, COUNT(*) OVER () AS c, SUM(n) OVER w AS upto, SUM(n) OVER () AS whole FROM often WINDOW w AS (ORDER BY n DESC, resident)) WHERE 2 * upto >= whole",
    "concentration-themes":
      "SELECT 1.0 * SUM(k * k) / (SUM(k) * SUM(k)) FROM (SELECT COUNT(*) AS k FROM held WHERE theme IS NOT NULL GROUP BY theme)",
    "themes-equivalents":
      "SELECT 1.0 * (SUM(k) * SUM(k)) / SUM(k * k) FROM (SELECT COUNT(*) AS k FROM held WHERE theme IS NOT NULL GROUP BY theme)",
    "concentration-menages":
      "SELECT 1.0 * SUM(k * k) / (SUM(k) * SUM(k)) FROM (SELECT SUM(n) AS k FROM at_home WHERE own AND household IS NOT NULL GROUP BY household)",
    "dissemblance-ages": dissimilarity(
      "SELECT \(band("p.born")) AS c FROM person p WHERE resident IN (SELECT resident FROM at_home WHERE own)",
      band("birth_year")),
    "dissemblance-sexes": dissimilarity(
      "SELECT MAX(sex) AS c FROM resident WHERE resident IN (SELECT resident FROM at_home WHERE own) GROUP BY resident",
      "sex"),
    "dissemblance-menages": dissimilarity(
      "SELECT MAX(h.type) AS c FROM at_home a JOIN household h ON h.household = a.household WHERE own GROUP BY resident",
      "(SELECT h.type FROM household h WHERE h.household = here.household)"),
    "mixite-usages-seances": """
    SELECT (1 - 1.0 * SUM(k * k) / (SUM(k) * SUM(k))) / NULLIF(1 - 1.0 * (
        (SUM(k) % 10) * (SUM(k) / 10 + 1) * (SUM(k) / 10 + 1)
        + (10 - SUM(k) % 10) * (SUM(k) / 10) * (SUM(k) / 10)) / (SUM(k) * SUM(k)), 0)
    FROM (SELECT COUNT(*) AS k FROM held WHERE theme IS NOT NULL GROUP BY theme)
    """,
    "mixite-usages-heures":
      "SELECT (1 - 1.0 * SUM(k * k) / (SUM(k) * SUM(k))) * 10 / 9 FROM (SELECT SUM(n * COALESCE(minutes, long)) AS k FROM present WHERE theme IS NOT NULL AND COALESCE(minutes, long) IS NOT NULL GROUP BY theme)",
    "habitants-acteurs":
      "SELECT 1.0 * COUNT(DISTINCT CASE WHEN role IN ('lead', 'co_lead', 'volunteer') THEN resident END) / COUNT(DISTINCT resident) FROM at_home WHERE own",
    "niveau-projets": median(
      "rung_operator", "project WHERE proposed BETWEEN '{first}' AND '{last}' {R}"),
    "niveau-projets-habitants": median(
      "rung_residents", "project WHERE proposed BETWEEN '{first}' AND '{last}' {R}"),
    "projets-partenariat": projects("AVG(rung_operator >= 6)"),
    "projets-proposes": projects("COUNT(*)", "proposed_by = 'resident'"),
    "projets-soutenus": projects(
      "AVG(supported IS NOT NULL AND supported <= '{last}')", "proposed_by = 'resident'"),
    "projets-aboutis": projects(
      "AVG(delivered IS NOT NULL AND delivered <= '{last}')", "proposed_by = 'resident'"),
    "budget-habitants":
      "SELECT \(total("amount", "kind = 'expense' AND line = 'residents'", ledger)) / NULLIF(\(total("amount", "kind = 'budget' AND line = 'residents'", ledger)), 0)",
    "budget-habitants-logement":
      "SELECT \(total("amount", "kind = 'expense' AND line = 'residents'", ledger)) / (SELECT COUNT(*) FROM dwelling WHERE 1 = 1 {R})",
    "budget-decide-habitants":
      "SELECT \(total("amount", "kind = 'expense' AND line = 'residents' AND decided_by IN ('resident', 'co_led')", ledger)) / NULLIF(\(total("amount", "kind = 'expense' AND line = 'residents' AND decided_by IS NOT NULL", ledger)), 0)",
    "perennite-projets": """
    SELECT AVG(((ended IS NOT NULL AND ended > '{last}') OR (ended IS NULL AND active = 1))
      AND led_by IN ('resident', 'partner')) FROM project
    WHERE proposed <= '{last}' {R} AND julianday('{last}') - julianday(started) >= 365
    """,
    "survie-projets": curve(
      "SELECT julianday(MIN(COALESCE(ended, '9999-12-31'), '{last}')) - julianday(started) AS z, COALESCE(ended, '9999-12-31') <= '{last}' AS e FROM project WHERE proposed <= '{last}' AND started <= '{last}' {R}",
      at(365)),
    "autonomie-lieu":
      "SELECT (\(used("with_animator IN (0, 1)")) - \(used("with_animator = 1"))) / NULLIF(\(used("with_animator IN (0, 1)")), 0)",
    "heures-benevoles":
      "SELECT \(total("n * COALESCE(volunteer_hours, long / 60.0)", "role IN ('lead', 'co_lead', 'volunteer')", "present"))",
    "besoins-suivis":
      "SELECT AVG(acted IS NOT NULL AND julianday(acted) - julianday(logged) <= 90) FROM need WHERE logged BETWEEN '{first}' AND '{last}' {R} AND julianday('{last}') - julianday(logged) >= 90",
    "couverture":
      "SELECT 1.0 * (SELECT COUNT(DISTINCT dwelling) FROM contact WHERE \(dated)) / (SELECT COUNT(DISTINCT dwelling) FROM here)",
    "taux-contact":
      "SELECT 1.0 * COUNT(DISTINCT CASE WHEN reached = 1 THEN dwelling END) / COUNT(DISTINCT dwelling) FROM contact WHERE \(dated)",
    "tentatives-avant-contact": curve(attempts, first(below: 0.5)),
    "conversion":
      "SELECT 1.0 * COUNT(DISTINCT CASE WHEN julianday(came) - julianday(date) <= 90 THEN resident END) / COUNT(DISTINCT resident) FROM \(invited)",
    "publics-prioritaires": """
    SELECT AVG(resident IN (SELECT resident FROM present WHERE resident IS NOT NULL)
      OR resident IN (SELECT resident FROM contact
        WHERE reached = 1 AND resident IS NOT NULL AND \(dated)))
    FROM (SELECT DISTINCT resident FROM here WHERE priority IS NOT NULL AND priority <> 'none')
    """,
    "non-recours":
      "SELECT AVG(receives = 0) FROM interview WHERE \"right\" IS NOT NULL AND eligible IN ('yes', 'presumed') AND \(dated)",
    "partenaires-actifs": "SELECT COUNT(*) FROM (\(partners("{first}", "{last}")))",
    "partenaires-nouveaux":
      "SELECT COUNT(*) FROM (\(partners("{first}", "{last}"))) WHERE partner NOT IN (\(partners("0001-01-01", "{before}")))",
    "partenaires-gardes":
      "SELECT COUNT(*) FROM (\(partners("{first}", "{last}"))) WHERE partner IN (\(partners("{earlier}", "{before}")))",
    "partenaires-perdus":
      "SELECT COUNT(*) FROM (\(partners("{earlier}", "{before}"))) WHERE partner NOT IN (\(partners("{first}", "{last}")))",
    "part-coanimee":
      "SELECT AVG(partner IS NOT NULL OR session IN (SELECT session FROM delivery)) FROM held",
    "ancrage-local":
      "SELECT 1.0 * SUM(COALESCE(seat IN ('commune', 'nearby'), 0) OR COALESCE(distance <= 5, 0)) / COUNT(*) FROM \(joint) WHERE seat IS NOT NULL OR distance IS NOT NULL",
    "pilotage-presence":
      "SELECT AVG(present = 1) FROM meeting WHERE kind = 'steering' AND \(dated)",
    "pilotage-habitants":
      "SELECT \(total("seats", "kind = 'steering' AND college = 'residents'", "meeting WHERE \(dated)")) / NULLIF(\(total("seats", "kind = 'steering' AND college IS NOT NULL", "meeting WHERE \(dated)")), 0)",
    "sorties-dynamiques":
      "SELECT AVG(exit_class IN ('durable', 'transition', 'positive')) FROM \"case\" WHERE start <= '{last}' AND exit BETWEEN '{first}' AND '{last}' AND exit_class <> 'neutral' {R}",
    "parcours-entretien":
      "SELECT AVG(interview IS NOT NULL AND interview <= '{last}') FROM \"case\" WHERE start BETWEEN '{first}' AND '{last}' {R}",
    "parcours-emploi-3":
      "SELECT AVG(at_3_months = 1) FROM \"case\" WHERE start BETWEEN '{first}' AND '{last}' {R} AND julianday('{last}') - julianday(start) >= 92",
    "parcours-emploi-6":
      "SELECT AVG(at_6_months = 1) FROM \"case\" WHERE start BETWEEN '{first}' AND '{last}' {R} AND julianday('{last}') - julianday(start) >= 183",
    "economies-charges":
      "SELECT SUM(reference_charges - charges) / (SUM(CASE WHEN reference_charges - charges IS NOT NULL THEN dwellings END) / 12.0) FROM landlord_month WHERE month BETWEEN '{first}' AND '{last}' {R}",
    "ecologie-menages":
      "SELECT 1.0 * (SELECT COUNT(DISTINCT dwelling) FROM at_home WHERE own AND axis = 'transition_ecologique') / (SELECT COUNT(DISTINCT dwelling) FROM here)",
    "ecologie-taux": """
    SELECT (SELECT COUNT(DISTINCT resident) FROM at_home WHERE own AND axis = 'transition_ecologique') /
      (SELECT SUM(julianday(MIN(COALESCE(departure, '9999-12-31'), '{next}'))
        - julianday(MAX(COALESCE(arrival, '0001-01-01'), '{first}')))
        / (julianday('{next}') - julianday('{first}')) FROM here)
    """,
    "ecologie-participants":
      "SELECT COUNT(DISTINCT resident) FROM present WHERE axis = 'transition_ecologique'",
    "ecologie-presences": "SELECT TOTAL(n) FROM present WHERE axis = 'transition_ecologique'",
    "ecologie-heures":
      "SELECT \(total("n * COALESCE(minutes, long) / 60.0", "axis = 'transition_ecologique'", "present"))",
    "reemploi-kg":
      "SELECT TOTAL(value) FROM quantity WHERE measure = 'collected' AND unit = 'kg' AND \(dated)",
    "reemploi-part":
      "SELECT TOTAL(CASE WHEN measure = 'given' THEN value END) / NULLIF(TOTAL(CASE WHEN measure = 'collected' THEN value END), 0) FROM quantity WHERE unit = 'kg' AND \(dated)",
    "jardin-menages":
      "SELECT 1.0 * (SELECT COUNT(DISTINCT dwelling) FROM at_home WHERE own AND theme = 'jardin') / (SELECT COUNT(DISTINCT dwelling) FROM here)",
    "jardin-cultive":
      "SELECT (SELECT TOTAL(a) FROM (SELECT AVG(value) AS a FROM quantity WHERE measure = 'cultivated' AND \(dated) GROUP BY residence)) / (SELECT SUM(garden_area) FROM residence WHERE 1 = 1 {R})",
    "energie-m2": meters("'electricity', 'heating'", "kWh"),
    "eau-m2": meters("'water'", "m3"),
    "parler-voisins": share("parler_voisins", ">= 3"),
    "services-voisins": share("services_echanges", ">= 3"),
    "confiance-generale":
      "SELECT SUM(weight * value) / SUM(weight) FROM response WHERE item = 'confiance_gens' AND value IS NOT NULL AND weight IS NOT NULL AND \(dated)",
    "entente-origines": share("entente_origines", ">= 3", among: "AND value <= 4"),
    "entente-ages": share("entente_ages", ">= 3", among: "AND value <= 4"),
    "insecurite-residence": share("insecurite_residence", "<= 3"),
    "insecurite-quartier": share("insecurite_quartier", "<= 3"),
    "incivilites":
      "SELECT 100.0 * SUM(incidents) / (SUM(CASE WHEN incidents IS NOT NULL THEN dwellings END) / 12.0) FROM landlord_month WHERE month BETWEEN '{first}' AND '{last}' {R}",
    "cout-par-heure":
      "SELECT (SELECT TOTAL(amount) FROM \(ledger) AND kind = 'expense') / NULLIF((SELECT SUM(n * COALESCE(minutes, long)) / 60.0 FROM present), 0)",
    "execution-budget":
      "SELECT TOTAL(CASE WHEN kind = 'expense' THEN amount END) / NULLIF(TOTAL(CASE WHEN kind = 'budget' THEN amount END), 0) FROM \(ledger)",
    "cofinancement":
      "SELECT \(total("amount", "kind = 'funding' AND funder IN ('public', 'foundation')", ledger)) / NULLIF(\(total("amount", "kind = 'funding' AND funder IS NOT NULL", ledger)), 0)",
    "echeances-dues": instalments("due"),
    "echeances-facturees": instalments("invoiced"),
    "echeances-payees": instalments("paid"),
  ]
}
