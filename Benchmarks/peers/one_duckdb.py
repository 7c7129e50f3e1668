"""One question of a DuckDB database file: one_duckdb.py DATABASE ANSWERS.csv TIMES.json"""

import sys

import duckdb
import timing

PARTICIPANTS = """SELECT year(date), residence, count(DISTINCT resident)
  FROM attendance JOIN activity USING (session) GROUP BY ALL"""


def main():
    database, answers, times = sys.argv[1:]
    run = timing.Run("duckdb")

    def ask():
        base = duckdb.connect(database, read_only=True, config={"threads": 2})
        return base.execute(PARTICIPANTS).fetchall()

    run.answer("q01-participants", run.step("ask", ask))
    run.finish(answers, times)


if __name__ == "__main__":
    main()
