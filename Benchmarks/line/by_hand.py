"""The ten questions as an analyst would write them for ClickHouse and for Spark: with what several
of them share worked out once (`PREPARE`), and small numbers in place of texts.

They are those of ../peers/questions_duckdb.py. What the two engines spell differently stands in
DIALECTS. Unlike the definitions, they count everything: no state of a session or an attendance, no
total of all residences, no unknown, no persons behind a value.
"""

import steps

HEADER = ["question", "period", "residence", "cut1", "cut2", "value"]

DIALECTS = {
    "clickhouse": {
        "number": "toUInt32(rowNumberInAllBlocks())",
        "year": "toYear({})",
        "quarter": "toQuarter({})",
        "small": "toInt16({})",
        "double": "toFloat64({})",
        "median": "quantileExactInclusive(0.5)({})",
        "div": "intDiv({}, {})",
        "text": "assumeNotNull({})",
    },
    "spark": {
        "number": "monotonically_increasing_id()",
        "year": "year({})",
        "quarter": "quarter({})",
        "small": "CAST({} AS SMALLINT)",
        "double": "CAST({} AS DOUBLE)",
        "median": "percentile({}, 0.5)",
        "div": "(({}) div ({}))",
        "text": "{}",
    },
}


class Dialect:
    def __init__(self, name):
        self.name = name
        self.words = DIALECTS[name]

    def __getattr__(self, word):
        return lambda *parts: self.words[word].format(*parts)


def prepare(d):
    """Name, key and query of each table that several questions need."""
    number = d.number()
    year, quarter = d.year("date"), d.quarter("date")
    return [
        ("person", "resident",
         f"""SELECT {d.text("resident")} AS resident, {number} AS person, birth_year
             FROM resident"""),
        ("place", "residence",
         f"""SELECT {d.text("residence")} AS residence, {number} AS place FROM residence"""),
        # A residence in a year.
        ("cell", "cell",
         f"""SELECT place, year, {number} AS cell FROM
             (SELECT DISTINCT p.place AS place, {d.small(year)} AS year
              FROM activity a JOIN place p ON p.residence = a.residence) x"""),
        ("meeting", "session",
         f"""SELECT {d.text("a.session")} AS session, {number} AS meeting, c.cell AS cell,
               c.place AS place, c.year AS year,
               {d.small(f"{year} * 4 + {quarter}")} AS quarter
             FROM activity a JOIN place p ON p.residence = a.residence
               JOIN cell c ON c.place = p.place AND c.year = {d.small(year)}"""),
        ("visit", "meeting",
         """SELECT m.meeting AS meeting, p.person AS person, m.cell AS cell, m.place AS place,
              m.year AS year, m.quarter AS quarter
            FROM attendance a JOIN meeting m ON m.session = a.session
              JOIN person p ON p.resident = a.resident"""),
        ("tally", "cell",
         "SELECT cell, person, count(*) AS n FROM visit GROUP BY cell, person"),
    ]


def questions(d):
    """By question: what its columns answer, and the query. All give year, residence, cuts, values."""
    named = "JOIN cell c ON c.cell = t.cell JOIN place r ON r.place = c.place"
    age = "c.year - p.birth_year"
    band = (
        "CASE WHEN p.birth_year IS NULL THEN '_unknown' "
        + " ".join(f"WHEN {age} < {top} THEN '{name}'" for top, name in
                   [(15, "0-14"), (30, "15-29"), (45, "30-44"), (60, "45-59"), (75, "60-74")])
        + " ELSE '75+' END")
    year = d.year("date")
    out = {}
    out["q01"] = (
        ["q01-attendances", "q01-participants", "q01-sessions"],
        f"""SELECT c.year, r.residence, t.a, t.p, t.s FROM
              (SELECT cell, count(*) AS a, count(DISTINCT person) AS p,
                 count(DISTINCT meeting) AS s FROM visit GROUP BY cell) t {named}""")
    out["q02"] = (
        ["q02-participants-age"],
        f"""SELECT c.year, r.residence, {band} AS band, count(*) FROM tally t {named}
              JOIN person p ON p.person = t.person GROUP BY c.year, r.residence, band""")
    out["q03"] = (
        ["q03-share-6"],
        f"""SELECT c.year, r.residence, t.share FROM
              (SELECT cell, avg(CASE WHEN n >= 6 THEN 1 ELSE 0 END) AS share
               FROM tally GROUP BY cell) t {named}""")
    # A cohort counts when the next quarter lies within the data.
    out["q04"] = (
        ["q04-retention"],
        f"""WITH seen AS (SELECT DISTINCT place, person, quarter FROM visit),
              cohort AS (SELECT place, person, min(quarter) AS quarter FROM seen
                GROUP BY place, person),
              again AS (SELECT place, person, quarter - 1 AS quarter, 1 AS back FROM seen),
              kept AS (SELECT {d.small(d.div("c.quarter - 1", "4"))} AS year, c.place AS place,
                  sum(coalesce(s.back, 0)) / {d.double("count(*)")} AS share
                FROM cohort c LEFT JOIN again s
                  ON s.place = c.place AND s.person = c.person AND s.quarter = c.quarter
                WHERE c.quarter < (SELECT max(quarter) FROM visit)
                GROUP BY year, c.place)
            SELECT k.year, r.residence, k.share FROM kept k JOIN place r ON r.place = k.place""")
    # Σ|xi − xj| ÷ (2 n² mean), by ranks.
    out["q05"] = (
        ["q05-gini"],
        f"""SELECT c.year, r.residence, t.gini FROM
              (SELECT cell, 2.0 * sum(i * n) / {d.double("count(*) * sum(n)")}
                 - (count(*) + 1.0) / {d.double("count(*)")} AS gini
               FROM (SELECT cell, n, row_number() OVER (PARTITION BY cell ORDER BY n) AS i
                     FROM tally) x GROUP BY cell) t {named}""")
    out["q06"] = (
        ["q06-blau"],
        f"""SELECT c.year, r.residence, t.b FROM
              (SELECT cell, avg(b) AS b FROM
                 (SELECT cell, meeting,
                    1 - {d.double("sum(n * n)")} / {d.double("sum(n) * sum(n)")} AS b
                  FROM (SELECT v.cell AS cell, v.meeting AS meeting, count(*) AS n,
                          least({d.div("greatest(v.year - p.birth_year, 0)", "15")}, 5) AS band
                        FROM visit v JOIN person p ON p.person = v.person
                        WHERE p.birth_year IS NOT NULL GROUP BY v.cell, v.meeting, band) x
                  GROUP BY cell, meeting) y GROUP BY cell) t {named}""")
    out["q07"] = (
        ["q07-pairs", "q07-pairs-3"],
        f"""SELECT c.year, r.residence, t.pairs, t.thrice FROM
              (SELECT cell, count(*) AS pairs, sum(CASE WHEN n >= 3 THEN 1 ELSE 0 END) AS thrice
               FROM (SELECT a.cell AS cell, a.person AS one, b.person AS other, count(*) AS n
                     FROM visit a JOIN visit b ON a.meeting = b.meeting
                     WHERE a.person < b.person GROUP BY a.cell, one, other) x
               GROUP BY cell) t {named}""")
    out["q08"] = (
        ["q08-led", "q08-cost"],
        f"""SELECT {year}, residence, theme,
              avg(CASE WHEN led_by IN ('resident', 'co_led') THEN 1 ELSE 0 END), sum(cost)
            FROM activity GROUP BY {year}, residence, theme""")
    out["q09"] = (
        ["q09-items"],
        f"""SELECT {year}, residence, item, wave, sum(weight * value) / sum(weight)
            FROM response WHERE value IS NOT NULL GROUP BY {year}, residence, item, wave""")
    out["q10"] = (
        ["q10-median"],
        f"""WITH sizes AS (SELECT meeting, count(*) AS n FROM visit GROUP BY meeting)
            SELECT c.year, r.residence, t.middle FROM
              (SELECT m.cell AS cell, {d.median("coalesce(s.n, 0)")} AS middle
               FROM meeting m LEFT JOIN sizes s ON s.meeting = m.meeting
               GROUP BY m.cell) t {named}""")
    return out


def ask(engine, run, answers, without, table, rows):
    """Works out what is shared and answers; `table(name, key, select)` makes a table,
    `rows(select)` answers."""
    d = Dialect(engine)
    for name, key, select in prepare(d):
        run.step("prepare", lambda: table(name, key, select))
    asked = questions(d)
    for question in steps.questions(without):
        names, select = asked[question]
        found = run.step(question, lambda: rows(select))
        for i, name in enumerate(names):
            steps.write(answers, name, HEADER, (tidy(name, row, i, len(names)) for row in found))


def tidy(name, row, i, values):
    """Question, year, residence, two cuts, value."""
    cuts = ["_unknown" if cut is None else str(cut) for cut in row[2:len(row) - values]]
    value = row[len(row) - values + i]
    cuts += [""] * (2 - len(cuts))
    return [name, row[0], row[1], *cuts, "" if value is None else value]
