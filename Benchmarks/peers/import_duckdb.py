"""The four files into a DuckDB database file: import_duckdb.py FOLDER DATABASE TIMES.json"""

import os
import sys

import duckdb
import timing
from questions_duckdb import READ


def main():
    folder, database, times = sys.argv[1:]
    for end in ("", ".wal"):
        if os.path.exists(database + end):
            os.remove(database + end)
    run = timing.Run("duckdb")

    def bring_in():
        base = duckdb.connect(database, config={"threads": 2})
        base.execute(READ.format(folder))
        base.execute("CHECKPOINT")
        base.close()

    run.step("import", bring_in)
    run.report(times)


main()
