"""The ten questions, asked of DuckDB."""

import timing

START = timing.time.perf_counter()
import duckdb  # noqa: E402 (the import is timed)

IMPORT = timing.time.perf_counter() - START

# Reading: everything detected by DuckDB, as an analyst would.
READ = """
CREATE TABLE attendance AS SELECT * FROM read_csv('{0}/attendance.csv');
CREATE TABLE activity AS SELECT * FROM read_csv('{0}/activity.csv');
CREATE TABLE resident AS SELECT * FROM read_csv('{0}/resident.csv');
CREATE TABLE response AS SELECT * FROM read_csv('{0}/response.csv');
"""

# What several questions need, once, with small numbers in place of texts.
PREPARE = """
CREATE TABLE person AS
  SELECT resident, row_number() OVER ()::INTEGER AS person, birth_year FROM resident;
CREATE TABLE cell AS
  SELECT year, residence, row_number() OVER ()::SMALLINT AS cell,
         (dense_rank() OVER (ORDER BY residence))::SMALLINT AS place
  FROM (SELECT DISTINCT year(date)::SMALLINT AS year, residence FROM activity);
CREATE TABLE meeting AS
  SELECT session, row_number() OVER ()::INTEGER AS meeting, cell, place, c.year,
         (c.year * 4 + quarter(date))::SMALLINT AS quarter
  FROM activity a JOIN cell c ON c.residence = a.residence AND c.year = year(a.date);
CREATE TABLE visit AS
  SELECT m.meeting, p.person, m.cell, m.place, m.year, m.quarter
  FROM attendance JOIN meeting m USING (session) JOIN person p USING (resident);
CREATE TABLE tally AS SELECT cell, person, count(*) AS n FROM visit GROUP BY ALL;
"""

BAND = """CASE WHEN birth_year IS NULL THEN NULL WHEN {0} - birth_year < 15 THEN '0-14'
  WHEN {0} - birth_year < 30 THEN '15-29' WHEN {0} - birth_year < 45 THEN '30-44'
  WHEN {0} - birth_year < 60 THEN '45-59' WHEN {0} - birth_year < 75 THEN '60-74'
  ELSE '75+' END"""

QUESTIONS = {
    "q01": [
        (
            "q01-attendances q01-participants q01-sessions",
            """WITH t AS (SELECT cell, count(*) AS a, count(DISTINCT person) AS p,
                 count(DISTINCT meeting) AS s FROM visit GROUP BY ALL)
               SELECT year, residence, a, p, s FROM t JOIN cell USING (cell)""",
        )
    ],
    "q02": [
        (
            "q02-participants-age",
            f"""SELECT year, residence, {BAND.format("year")} AS band, count(*)
                FROM tally JOIN cell USING (cell) JOIN person USING (person) GROUP BY ALL""",
        )
    ],
    "q03": [
        (
            "q03-share-6",
            """SELECT year, residence, avg((n >= 6)::INT)
               FROM tally JOIN cell USING (cell) GROUP BY ALL""",
        )
    ],
    # A cohort counts when the next quarter lies within the data.
    "q04": [
        (
            "q04-retention",
            """WITH seen AS (SELECT DISTINCT place, person, quarter FROM visit),
                 cohort AS (SELECT place, person, min(quarter) AS quarter FROM seen GROUP BY ALL),
                 kept AS (SELECT ((c.quarter - 1) // 4)::INT AS year, c.place,
                   avg((s.person IS NOT NULL)::INT) AS share
                   FROM cohort c LEFT JOIN seen s
                     ON s.place = c.place AND s.person = c.person AND s.quarter = c.quarter + 1
                   WHERE c.quarter < (SELECT max(quarter) FROM seen)
                   GROUP BY ALL)
               SELECT k.year, residence, share FROM kept k JOIN cell USING (year, place)""",
        )
    ],
    # Σ|xi − xj| ÷ (2 n² mean), by ranks.
    "q05": [
        (
            "q05-gini",
            """WITH ranked AS (SELECT cell, n,
                 row_number() OVER (PARTITION BY cell ORDER BY n) AS i FROM tally)
               SELECT year, residence,
                 2.0 * sum(i * n) / (count(*) * sum(n)) - (count(*) + 1.0) / count(*)
               FROM ranked JOIN cell USING (cell) GROUP BY ALL""",
        )
    ],
    "q06": [
        (
            "q06-blau",
            """WITH banded AS (SELECT v.cell, v.meeting,
                  least(greatest(v.year - p.birth_year, 0) // 15, 5)::TINYINT AS band, count(*) AS n
                  FROM visit v JOIN person p USING (person)
                  WHERE birth_year IS NOT NULL GROUP BY ALL),
                blau AS (SELECT cell, meeting,
                  1 - sum(n * n) / (sum(n) * sum(n))::DOUBLE AS b FROM banded GROUP BY ALL)
                SELECT year, residence, avg(b) FROM blau JOIN cell USING (cell) GROUP BY ALL""",
        )
    ],
    "q07": [
        (
            "q07-pairs q07-pairs-3",
            """WITH met AS (SELECT a.cell, a.person, b.person AS other, count(*) AS n
                 FROM visit a JOIN visit b ON a.meeting = b.meeting AND a.person < b.person
                 GROUP BY ALL)
               SELECT year, residence, count(*), count(*) FILTER (n >= 3)
               FROM met JOIN cell USING (cell) GROUP BY ALL""",
        )
    ],
    "q08": [
        (
            "q08-led q08-cost",
            """SELECT year(date), residence, theme, avg((led_by IN ('resident', 'co_led'))::INT),
                 sum(cost) FROM activity GROUP BY ALL""",
        )
    ],
    "q09": [
        (
            "q09-items",
            """SELECT year(date), residence, item, wave, sum(weight * value) / sum(weight)
               FROM response WHERE value IS NOT NULL GROUP BY ALL""",
        )
    ],
    "q10": [
        (
            "q10-median",
            """WITH sizes AS (SELECT meeting, count(*) AS n FROM visit GROUP BY ALL)
               SELECT c.year, residence, median(coalesce(n, 0))
               FROM meeting JOIN cell c USING (cell) LEFT JOIN sizes USING (meeting) GROUP BY ALL""",
        )
    ],
}


def main():
    folder, answers, times = timing.arguments()
    run = timing.Run("duckdb")
    run.times["import"] = IMPORT
    base = duckdb.connect(":memory:", config={"threads": 2})
    run.step("read", lambda: base.execute(READ.format(folder)))
    run.step("prepare", lambda: base.execute(PREPARE))
    for step, asked in QUESTIONS.items():
        for names, sql in asked:
            rows = run.step(step, lambda: base.execute(sql).fetchall())
            names = names.split()
            for i, name in enumerate(names):
                last = len(rows[0]) - len(names)
                run.answer(name, [(*row[:last], row[last + i]) for row in rows])
    run.finish(answers, times)


if __name__ == "__main__":
    main()
