import Foundation
import Model
import Periods
import Persistence
import TestSupport
import XCTest

@testable import Indicators

/// Each indicator beside a plain SQL query written by hand, not derived from its plan: two
/// executors of one wrong plan would agree with each other, not with this.
final class HandWrittenChecks: XCTestCase {
  /// What the queries below share: `present` is one row a counted attendance of the period.
  private static let views = """
    WITH RECURSIVE day(d) AS (
      SELECT '{first}' UNION ALL SELECT date(d, '+1 day') FROM day WHERE d < '{last}'),
    calendar(d) AS (
      SELECT '2022-12-31' UNION ALL SELECT date(d, '+1 day') FROM calendar WHERE d < '{last}'),
    slot(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM slot WHERE k < 95),
    held AS (
      SELECT * FROM activity WHERE status = 'held' AND date BETWEEN '{first}' AND '{last}' {R}),
    present AS (
      SELECT a.resident, a.session, COALESCE(a.headcount, 1) AS n, a.minutes, h.minutes AS long,
        h.date, h.theme, h.axis, h.residence, a.role, a.volunteer_hours
      FROM attendance a JOIN held h ON h.session = a.session
      WHERE COALESCE(a.status, 'present') = 'present'
        AND a.role IN ('participant', 'lead', 'co_lead', 'volunteer')),
    stay AS (SELECT * FROM resident WHERE COALESCE(kind, 'resident') = 'resident'),
    here AS (
      SELECT * FROM stay WHERE COALESCE(arrival, '0001-01-01') <= '{last}'
        AND COALESCE(departure, '9999-12-31') > '{first}' {R}),
    person AS (SELECT resident, MAX(birth_year) AS born FROM resident GROUP BY resident),
    aged AS (
      SELECT p.*, CASE WHEN {year} - q.born < 18 THEN 'a' WHEN {year} - q.born < 35 THEN 'b'
        WHEN {year} - q.born < 60 THEN 'c' WHEN q.born IS NOT NULL THEN 'd' END AS band
      FROM present p LEFT JOIN person q ON q.resident = p.resident),
    at_home AS (
      SELECT p.*, s.dwelling, s.household, s.kind, s.kind = 'resident' AND s.residence = p.residence AS own
      FROM present p JOIN resident s ON s.resident = p.resident
        AND COALESCE(s.arrival, '0001-01-01') <= p.date
        AND p.date < COALESCE(s.departure, '9999-12-31')),
    often AS (
      SELECT resident, COUNT(*) AS n FROM present WHERE resident IS NOT NULL GROUP BY resident),
    guest AS (
      SELECT DISTINCT a.resident, a.session, h.date, s.household, s.kind, w.staircase,
        f.type AS house
      FROM attendance a JOIN activity h ON h.session = a.session
      LEFT JOIN resident s ON s.resident = a.resident
        AND COALESCE(s.arrival, '0001-01-01') <= h.date
        AND h.date < COALESCE(s.departure, '9999-12-31')
      LEFT JOIN dwelling w ON w.dwelling = s.dwelling
      LEFT JOIN household f ON f.household = s.household
      WHERE h.status = 'held' AND COALESCE(a.status, 'present') = 'present'
        AND a.role IN ('participant', 'lead', 'co_lead', 'volunteer')
        AND a.resident IS NOT NULL {hR}),
    shared AS (
      SELECT a.resident AS a, b.resident AS b, a.date, z.d
      FROM guest a JOIN guest b ON b.session = a.session AND a.resident < b.resident
      JOIN (SELECT session, COUNT(*) AS d FROM guest GROUP BY session) z ON z.session = a.session
      WHERE NOT COALESCE(a.household = b.household, 0)),
    pair AS (
      SELECT a, b, COUNT(*) AS n FROM shared
      WHERE d <= 15 AND date BETWEEN '{first}' AND '{last}' GROUP BY a, b),
    now AS (SELECT * FROM guest WHERE date BETWEEN '{first}' AND '{last}'),
    who AS (
      SELECT g.resident, q.born,
        CASE WHEN {year} - q.born < 18 THEN 'a' WHEN {year} - q.born < 35 THEN 'b'
          WHEN {year} - q.born < 60 THEN 'c' WHEN q.born IS NOT NULL THEN 'd' END AS band,
        (SELECT l.staircase FROM now l WHERE l.resident = g.resident AND l.staircase IS NOT NULL
          ORDER BY l.date DESC, l.staircase DESC LIMIT 1) AS staircase,
        (SELECT l.house FROM now l WHERE l.resident = g.resident AND l.house IS NOT NULL
          ORDER BY l.date DESC, l.house DESC LIMIT 1) AS house,
        (SELECT l.kind = 'resident' FROM now l WHERE l.resident = g.resident
          AND l.kind IS NOT NULL ORDER BY l.date DESC, l.kind = 'resident' DESC LIMIT 1) AS home
      FROM (SELECT DISTINCT resident FROM now) g LEFT JOIN person q ON q.resident = g.resident),
    both_ends AS (
      SELECT p.n, x.born AS born1, y.born AS born2, x.band AS band1, y.band AS band2,
        x.staircase AS staircase1, y.staircase AS staircase2, x.house AS house1,
        y.house AS house2, x.home AS home1, y.home AS home2
      FROM pair p JOIN who x ON x.resident = p.a JOIN who y ON y.resident = p.b)
    """

  /// Residents present with somebody else of a kind, over participants.
  private static func presence(of kind: String) -> String {
    """
    SELECT 1.0 * COUNT(DISTINCT CASE WHEN g.kind = 'resident' AND EXISTS (
        SELECT 1 FROM attendance o LEFT JOIN resident s ON s.resident = o.resident
          AND COALESCE(s.arrival, '0001-01-01') <= g.date
          AND g.date < COALESCE(s.departure, '9999-12-31')
        WHERE o.session = g.session AND COALESCE(o.status, 'present') = 'present'
          AND COALESCE(o.resident, '') <> g.resident
          AND (o.role = '\(kind)' OR s.kind = '\(kind)')) THEN g.resident END)
      / NULLIF(COUNT(DISTINCT g.resident), 0) FROM now g
    """
  }

  /// The E-I index of pairs who met twice, by what two columns say.
  private static func externalInternal(_ group: String) -> String {
    """
    SELECT 1.0 * (SUM(\(group)1 <> \(group)2) - SUM(\(group)1 = \(group)2)) / COUNT(*)
    FROM both_ends WHERE n >= 2 AND \(group)1 IS NOT NULL AND \(group)2 IS NOT NULL
    """
  }

  /// Pairs without a common session before the period; none where nothing was written down then.
  private static let newPairs = """
    CASE WHEN EXISTS (SELECT 1 FROM guest WHERE date < '{first}') THEN (
      SELECT COUNT(*) FROM pair p WHERE NOT EXISTS (SELECT 1 FROM shared s
        WHERE s.a = p.a AND s.b = p.b AND s.d <= 15 AND s.date < '{first}')) END
    """

  /// Indicator to query; a query gives one number or null.
  static let queries = [
    ProgrammeQueries.all, DocumentQueries.all, SurveyQueries.all, ScoreQueries.all,
  ]
  .reduce(common) { $0.merging($1) { $1 } }

  private static let common: [String: String] = [
    "presences": "SELECT COALESCE(SUM(n), 0) FROM present",
    "participants": "SELECT COUNT(*) FROM often",
    "heures-participant": "SELECT SUM(n * COALESCE(minutes, long)) / 60.0 FROM present",
    "seances": "SELECT COUNT(*) FROM held",
    "frequentation-moyenne":
      "SELECT 1.0 * (SELECT SUM(n) FROM present) / (SELECT COUNT(*) FROM held)",
    "menages-touches":
      "SELECT 1.0 * (SELECT COUNT(DISTINCT dwelling) FROM at_home WHERE own) / (SELECT COUNT(DISTINCT dwelling) FROM here)",
    "taux-participation": """
    SELECT (SELECT COUNT(DISTINCT resident) FROM at_home WHERE own) /
      (SELECT SUM(julianday(MIN(COALESCE(departure, '9999-12-31'), '{next}'))
        - julianday(MAX(COALESCE(arrival, '0001-01-01'), '{first}')))
        / (julianday('{next}') - julianday('{first}')) FROM here)
    """,
    "ouverture-quartier":
      "SELECT 1.0 * COUNT(DISTINCT CASE WHEN NOT own THEN resident END) / COUNT(DISTINCT resident) FROM at_home WHERE own IS NOT NULL",
    "seances-par-participant":
      "SELECT AVG(n) FROM (SELECT n, ROW_NUMBER() OVER (ORDER BY n) AS i, COUNT(*) OVER () AS c FROM often) WHERE i IN ((c + 1) / 2, (c + 2) / 2)",
    "seances-par-participant-moyenne": "SELECT AVG(n) FROM often",
    "reguliers": """
    SELECT AVG(came >= could) FROM (
      SELECT o.resident,
        (SELECT COUNT(DISTINCT substr(x.date, 1, 7)) FROM at_home x
          WHERE x.resident = o.resident AND x.own) AS came,
        (SELECT COUNT(DISTINCT substr(h.date, 1, 7)) FROM activity h JOIN stay s
          ON s.residence = h.residence AND s.resident = o.resident
          WHERE h.status = 'held' AND h.date BETWEEN '{first}' AND '{last}' {hR} {sR}
            AND substr(COALESCE(s.arrival, '0001-01-01'), 1, 7) <= substr(h.date, 1, 7)
            AND COALESCE(s.departure, '9999-12-31') > '{first}'
            AND substr(date(COALESCE(s.departure, '9999-12-31'), '-1 day'), 1, 7)
              >= substr(h.date, 1, 7)) AS could
      FROM (SELECT DISTINCT resident FROM at_home WHERE own) o) WHERE could > 0
    """,
    "gini-ajuste": """
    SELECT MAX(1.0 * COUNT(*) / SUM(n), 1) *
      ((SELECT 1.0 * SUM(ABS(a.n - b.n)) / (2 * COUNT(*) * AVG(a.n)) FROM everyone a, everyone b)
        - 1) + 1 FROM everyone
    """,
    "gini-participants":
      "SELECT 1.0 * SUM(ABS(a.n - b.n)) / (2 * COUNT(*) * AVG(a.n)) FROM often a, often b",
    "part-du-noyau":
      "SELECT 1.0 * SUM(CASE WHEN i <= (c + 9) / 10 THEN n END) / SUM(n) FROM (SELECT n, ROW_NUMBER() OVER (ORDER BY n DESC) AS i, COUNT(*) OVER () AS c FROM often)",
    "diversite-ages-brute":
      "SELECT 1 - SUM(1.0 * k * k) / (SUM(k) * SUM(k)) FROM (SELECT COUNT(DISTINCT resident) AS k FROM aged WHERE band IS NOT NULL GROUP BY band)",
    "mixite-seances":
      "SELECT AVG(b) FROM (SELECT 1 - SUM(1.0 * k * k) / (SUM(k) * SUM(k)) AS b FROM (SELECT session, SUM(n) AS k FROM aged WHERE band IS NOT NULL GROUP BY session, band) GROUP BY session)",
    "representation":
      "SELECT CASE WHEN COUNT(*) > 0 THEN 1.0 END FROM at_home WHERE own",
    "seances-portees": "SELECT AVG(led_by IN ('resident', 'co_led')) FROM held",
    "cout-par-participant":
      "SELECT (SELECT SUM(amount) FROM ledger WHERE kind = 'expense' AND date BETWEEN '{first}' AND '{last}' {R}) / (SELECT COUNT(*) FROM often)",
    "cout-par-menage":
      "SELECT (SELECT SUM(amount) FROM ledger WHERE kind = 'expense' AND date BETWEEN '{first}' AND '{last}' {R}) / (SELECT COUNT(DISTINCT dwelling) FROM at_home WHERE own)",
    "appartenance":
      "SELECT SUM(weight * (value >= 3)) / SUM(weight) FROM response WHERE item = 'appartenance' AND value IS NOT NULL AND date BETWEEN '{first}' AND '{last}' {R}",
    "confiance":
      "SELECT SUM(weight * value) / SUM(weight) FROM response WHERE item = 'confiance' AND value IS NOT NULL AND weight IS NOT NULL AND date BETWEEN '{first}' AND '{last}' {R}",
    "part-des-moins-presents":
      "SELECT 1.0 * SUM(CASE WHEN i <= c / 2 THEN n ELSE 0 END) / SUM(n) FROM (SELECT n, ROW_NUMBER() OVER (ORDER BY n) AS i, COUNT(*) OVER () AS c FROM often)",
    "participants-au-moins": "SELECT COUNT(*) FROM often WHERE n >= 10",
    "paires": "SELECT COUNT(*) FROM pair",
    "paires-ages": "SELECT COUNT(*) FROM pair WHERE n >= 2",
    "paires-repetees": "SELECT COUNT(*) FROM pair WHERE n >= 3",
    "liens-repetes": "SELECT AVG(n >= 3) FROM pair",
    "liens-nouveaux": "SELECT \(newPairs)",
    "part-liens-nouveaux": "SELECT 1.0 * \(newPairs) / NULLIF((SELECT COUNT(*) FROM pair), 0)",
    "force-lien": """
    SELECT SUM(1.0 / (d - 1)) / COUNT(DISTINCT a || '+' || b) FROM shared
    WHERE date BETWEEN '{first}' AND '{last}'
    """,
    "densite": """
    SELECT 1.0 * (SELECT COUNT(*) FROM pair WHERE n >= 2) / NULLIF(c * (c - 1) / 2, 0)
    FROM (SELECT COUNT(*) AS c FROM who)
    """,
    "sans-lien": """
    SELECT AVG(NOT EXISTS (SELECT 1 FROM pair p WHERE p.n >= 2 AND w.resident IN (p.a, p.b)))
    FROM who w
    """,
    "ei-ages": externalInternal("band"),
    "ei-escaliers": externalInternal("staircase"),
    "ei-menages": externalInternal("house"),
    "liens-quartier": "SELECT COUNT(*) FROM both_ends WHERE home1 <> home2",
    "part-liens-quartier":
      "SELECT AVG(home1 <> home2) FROM both_ends WHERE home1 IS NOT NULL AND home2 IS NOT NULL",
    "liens-institutions": presence(of: "partner"), "liens-personnel": presence(of: "staff"),
    "liens-intergenerationnels": """
    SELECT AVG(ABS(born1 - born2) >= 25) FROM both_ends
    WHERE n >= 2 AND born1 IS NOT NULL AND born2 IS NOT NULL
    """,
    "seances-intergenerationnelles": """
    SELECT AVG(a >= 2 AND (c >= 2 OR d >= 2) OR b >= 2 AND d >= 2) FROM (
      SELECT SUM(n * (band IS 'a')) AS a, SUM(n * (band IS 'b')) AS b, SUM(n * (band IS 'c')) AS c,
        SUM(n * (band IS 'd')) AS d, SUM(n * (band IS NOT NULL)) AS known, SUM(n) AS everybody
      FROM aged GROUP BY session) WHERE 1.0 * known / everybody >= 0.8
    """,
    "frequentation-mediane": """
    SELECT AVG(n) FROM (SELECT n, ROW_NUMBER() OVER (ORDER BY n) AS i, COUNT(*) OVER () AS c
      FROM (SELECT SUM(n) AS n FROM present GROUP BY session)) WHERE i IN ((c + 1) / 2, (c + 2) / 2)
    """,
    "seances-par-participant-q1": """
    SELECT MAX(CASE WHEN i = k THEN n END) + MAX(f) * (MAX(CASE WHEN i = MIN(k + 1, c) THEN n END)
      - MAX(CASE WHEN i = k THEN n END)) FROM (SELECT n, i, c,
        CAST((c - 1) * 0.25 AS INTEGER) + 1 AS k,
        (c - 1) * 0.25 - CAST((c - 1) * 0.25 AS INTEGER) AS f
      FROM (SELECT n, ROW_NUMBER() OVER (ORDER BY n) AS i, COUNT(*) OVER () AS c FROM often))
    """,
    "seances-par-participant-q3": """
    SELECT MAX(CASE WHEN i = k THEN n END) + MAX(f) * (MAX(CASE WHEN i = MIN(k + 1, c) THEN n END)
      - MAX(CASE WHEN i = k THEN n END)) FROM (SELECT n, i, c,
        CAST((c - 1) * 0.75 AS INTEGER) + 1 AS k,
        (c - 1) * 0.75 - CAST((c - 1) * 0.75 AS INTEGER) AS f
      FROM (SELECT n, ROW_NUMBER() OVER (ORDER BY n) AS i, COUNT(*) OVER () AS c FROM often))
    """,
    "diversite-ages": """
    SELECT (1 - 1.0 * SUM(k * k) / (SUM(k) * SUM(k))) / NULLIF(1 - 1.0 * (
        (SUM(k) % 4) * (SUM(k) / 4 + 1) * (SUM(k) / 4 + 1)
        + (4 - SUM(k) % 4) * (SUM(k) / 4) * (SUM(k) / 4)) / (SUM(k) * SUM(k)), 0)
    FROM (SELECT COUNT(DISTINCT resident) AS k FROM aged WHERE band IS NOT NULL GROUP BY band)
    """,
    "seances-portees-seules": "SELECT AVG(led_by = 'resident') FROM held",
    "seances-jardin": "SELECT COUNT(*) FROM held WHERE theme = 'jardin'",
    "participants-jardin": "SELECT COUNT(DISTINCT resident) FROM present WHERE theme = 'jardin'",
    "depenses":
      "SELECT COALESCE(SUM(amount), 0) FROM ledger WHERE kind = 'expense' AND date BETWEEN '{first}' AND '{last}' {R}",
    "retour-trimestre": """
    SELECT AVG(EXISTS (SELECT 1 FROM seen s WHERE s.resident = f.resident AND s.q = f.q + 1))
    FROM (SELECT resident, MIN(date) AS day, MIN(q) AS q FROM seen GROUP BY resident) f
    WHERE f.day BETWEEN '{first}' AND '{last}' AND f.q + 1 <= (SELECT MAX(q) FROM always)
    """,
  ]

  func testEveryIndicatorEqualsItsHandWrittenQuery() throws {
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    // Those that SQL cannot say are compared with other programs on a worked case.
    let worked = Set(try NetworkDefinitionTests.expected().keys)
      .union(ScoreLanguageTests.worked.keys)
      .union(try SurveyDefinitionTests.worked())
    // The questions of the benchmark are checked by its peers.
    for id in catalogue.definitions.map(\.id) where !id.hasPrefix("q0") && !id.hasPrefix("q1") {
      XCTAssertTrue(
        Self.queries[id] != nil || worked.contains(id),
        "\(id) has neither a query written by hand nor a worked case")
    }
    var compared: [String: Int] = [:]
    for seed in 21...24 {
      let source = try World.make(seed: UInt64(seed), model: model)
      let mirror = try SQLMirror(source: source, model: model)
      let periods = [try Period("2023"), try Period("2024"), try Period("2023-09..2024-08")]
      let evaluator = Evaluator(model: model, source: source)
      for (id, query) in Self.queries.sorted(by: { $0.key < $1.key }) {
        let question = try XCTUnwrap(catalogue.find(id).first)
        let table = try evaluator.compute(question, periods: periods)
        for row in table.rows where ["_total", "r1", "r2"].contains(row.residence) {
          let expected = try value(query, mirror, row.period, row.residence)
          let place = "\(id) \(row.period.name) \(row.residence) seed \(seed)"
          if row.estimate.scanned == 0 { continue }
          switch (row.estimate.value, expected) {
          case (nil, nil): break
          case (let a?, let b?):
            compared[id, default: 0] += 1
            XCTAssertEqual(a, b, accuracy: 1e-9 * max(1, abs(b)), place)
          default:
            XCTFail(
              "\(place): \(String(describing: row.estimate.value)), \(String(describing: expected))"
            )
          }
        }
      }
    }
    for id in Self.queries.keys {
      XCTAssertGreaterThan(compared[id] ?? 0, 8, "\(id) is hardly compared")
    }
  }

  /// Each cell of pairs by both their ages beside a query of its own.
  func testPairsByBothAgesEqualAQueryWrittenByHand() throws {
    let model = try MemorySource.repositoryModel()
    let catalogue = try Catalogue(folder: Places.root + "/indicators/definitions", model: model)
    let question = try XCTUnwrap(catalogue.find("paires-ages").first)
    let bands = [("0-17", "a"), ("18-34", "b"), ("35-59", "c"), ("60+", "d")]
    var compared = 0
    for seed in 21...22 {
      let source = try World.make(seed: UInt64(seed), model: model)
      let mirror = try SQLMirror(source: source, model: model)
      let table = try Evaluator(model: model, source: source).compute(
        question, cuts: ["ends"], periods: [Period("2023"), Period("2024")])
      for row in table.rows where ["_total", "r1", "r2"].contains(row.residence) {
        if row.estimate.scanned == 0 || row.cuts == ["_total"] { continue }
        var condition = "band1 IS NULL OR band2 IS NULL"
        if row.cuts != ["_unknown"] {
          let ends = row.cuts[0].split(separator: "|").map { end in
            bands.first { $0.0 == end }?.1 ?? "?"
          }
          condition =
            "band1 = '\(ends[0])' AND band2 = '\(ends[1])' OR band1 = '\(ends[1])' AND band2 = '\(ends[0])'"
        }
        let expected = try value(
          "SELECT COUNT(*) FROM both_ends WHERE n >= 2 AND (\(condition))", mirror, row.period,
          row.residence)
        XCTAssertEqual(
          row.estimate.value, expected, "\(row.cuts) \(row.period.name) \(row.residence) \(seed)")
        if (expected ?? 0) > 0 { compared += 1 }
      }
    }
    XCTAssertGreaterThan(compared, 20)
  }

  private func value(_ query: String, _ mirror: SQLMirror, _ period: Period, _ residence: String)
    throws -> Double?
  {
    let one = residence == "_total" ? "" : "AND residence = '\(residence)'"
    let everyone = """
      , everyone AS (
        SELECT r.resident, COALESCE(o.n, 0) AS n FROM (SELECT resident FROM here
          UNION SELECT resident FROM at_home WHERE own) r
        LEFT JOIN (SELECT resident, COUNT(*) AS n FROM at_home WHERE own
          GROUP BY resident) o ON o.resident = r.resident),
      always AS (
        SELECT a.resident, h.date, h.residence, h.start,
          12 * substr(h.date, 1, 4) + substr(h.date, 6, 2) AS m,
          4 * substr(h.date, 1, 4) + (substr(h.date, 6, 2) - 1) / 3 AS q
        FROM attendance a JOIN activity h ON h.session = a.session
        WHERE h.status = 'held' AND COALESCE(a.status, 'present') = 'present'
          AND a.role IN ('participant', 'lead', 'co_lead', 'volunteer')),
      seen AS (SELECT * FROM always WHERE resident IS NOT NULL {R})

      """
    var text = Self.views + everyone + query
    for (mark, word) in [
      ("{first}", period.first.iso), ("{last}", period.last.iso),
      ("{next}", period.last.advanced(by: 1).iso), ("{year}", String(period.last.year)),
      ("{earlier}", period.preceding.first.iso), ("{before}", period.preceding.last.iso),
      ("{R}", one), ("{hR}", one.replacingOccurrences(of: "residence", with: "h.residence")),
      ("{cR}", one.replacingOccurrences(of: "residence", with: "c.residence")),
      ("{sR}", one.replacingOccurrences(of: "residence", with: "s.residence")),
    ] { text = text.replacingOccurrences(of: mark, with: word) }
    switch try mirror.query(text).first?.first {
    case .integer(let n)?: return Double(n)
    case .real(let n)?: return n
    default: return nil
    }
  }
}
