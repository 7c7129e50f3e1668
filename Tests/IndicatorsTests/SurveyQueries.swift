/// Plain SQL for the indicators of surveys' quality; the views that they share are those of
/// `HandWrittenChecks`.
enum SurveyQueries {
  private static let asked = "SELECT * FROM panel WHERE invited BETWEEN '{first}' AND '{last}' {R}"
  private static let did = "outcome IN ('answered', 'partial')"
  private static let answered = """
    SELECT q.respondent, q.residence, o.born, o.sex, o.pcs FROM (\(asked)) q LEFT JOIN (
      SELECT resident, MAX(birth_year) AS born, MAX(sex) AS sex, MAX(pcs) AS pcs
      FROM resident GROUP BY resident) o ON o.resident = q.respondent
    WHERE q.\(did) AND {year} - o.born >= 16
    """
  private static let living = """
    SELECT *, birth_year AS born FROM here
    WHERE COALESCE(departure, '9999-12-31') > '{last}' AND {year} - birth_year >= 16
    """

  /// ½ Σ|p − q| of a category of respondents and of residents.
  private static func dissimilarity(_ category: String) -> String {
    """
    SELECT SUM(ABS(1.0 * n / NULLIF(tn, 0) - 1.0 * m / NULLIF(tm, 0))) / 2 FROM (
      SELECT c, SUM(n) AS n, SUM(m) AS m, SUM(SUM(n)) OVER () AS tn, SUM(SUM(m)) OVER () AS tm
      FROM (
        SELECT c, COUNT(*) AS n, 0 AS m FROM (
          SELECT respondent, MAX(\(category)) AS c FROM (\(answered)) GROUP BY respondent)
        WHERE c IS NOT NULL GROUP BY c
        UNION ALL SELECT \(category), 0, COUNT(DISTINCT resident) FROM (\(living))
        WHERE \(category) IS NOT NULL GROUP BY 1)
      GROUP BY c)
    """
  }

  /// Those who had answered before the period: whether they answered in it, and whether they had
  /// left: ineligible in the period, or neither invited in it nor on the register at its end.
  private static let earlier = """
    SELECT EXISTS (SELECT 1 FROM (\(asked)) n WHERE n.respondent = b.respondent AND n.\(did)) AS now,
      EXISTS (SELECT 1 FROM (\(asked)) n WHERE n.respondent = b.respondent
        AND n.outcome = 'ineligible')
      OR (NOT EXISTS (SELECT 1 FROM (\(asked)) n WHERE n.respondent = b.respondent)
        AND NOT EXISTS (SELECT 1 FROM here s WHERE s.resident = b.respondent
          AND COALESCE(s.departure, '9999-12-31') > '{last}')) AS moved
    FROM (SELECT DISTINCT respondent FROM panel WHERE invited < '{first}' AND \(did) {R}) b
    """

  /// The mean belonging before the period, of those who answered later or of the others who have
  /// not left since.
  private static func before(kept: Bool) -> String {
    let later = "SELECT 1 FROM panel n WHERE n.respondent = r.respondent AND n.invited >= r.date"
    let stays = """
      NOT EXISTS (\(later) AND n.outcome = 'ineligible')
      AND (EXISTS (\(later)) OR NOT EXISTS (SELECT 1 FROM resident s
        WHERE s.resident = r.respondent AND COALESCE(s.arrival, '0001-01-01') <= r.date
          AND r.date < s.departure AND s.departure <= '{last}'))
      """
    return """
      (SELECT AVG(value) FROM response r WHERE item = 'appartenance' AND date < '{first}' {R}
        AND \(kept ? "" : "NOT") EXISTS (\(later) AND n.\(did))
        AND \(kept ? "1" : "(\(stays))"))
      """
  }

  static let all: [String: String] = [
    "taux-reponse": "SELECT AVG(\(did)) FROM (\(asked)) WHERE outcome <> 'ineligible'",
    "taux-reponse-menages": """
    SELECT 1.0 * COUNT(DISTINCT CASE WHEN \(did) THEN s.household END)
      / NULLIF(COUNT(DISTINCT s.household), 0)
    FROM (\(asked)) q JOIN resident s ON s.resident = q.respondent
      AND COALESCE(s.arrival, '0001-01-01') <= q.invited
      AND q.invited < COALESCE(s.departure, '9999-12-31') WHERE outcome <> 'ineligible'
    """,
    // All groups together are as many among respondents as among residents.
    "ecart-quota": """
    SELECT CASE WHEN (SELECT COUNT(*) FROM (\(answered))) > 0
      AND (SELECT COUNT(*) FROM (\(living))) > 0 THEN 0 END
    """,
    "dissemblance-repondants-ages": dissimilarity(
      "CASE WHEN {year} - born < 18 THEN 'a' WHEN {year} - born < 35 THEN 'b' WHEN {year} - born < 60 THEN 'c' WHEN born IS NOT NULL THEN 'd' END"
    ),
    "dissemblance-repondants-sexes": dissimilarity("sex"),
    "dissemblance-repondants-pcs": dissimilarity("pcs"),
    "dissemblance-repondants-residences": dissimilarity("residence"),
    "panel-garde": """
    SELECT 1.0 * SUM(now) / NULLIF(SUM(now OR NOT moved), 0) FROM (\(earlier))
    """,
    "panel-departs": "SELECT AVG(moved AND NOT now) FROM (\(earlier))",
    "ecart-gardes-perdus": "SELECT \(before(kept: true)) - \(before(kept: false))",
  ]
}
