"""ClickHouse inside the process (chdb): an export loaded once, then questions.

    engine_clickhouse.py load TIMES.json STORE MEMORY EXPORT
    engine_clickhouse.py ask TIMES.json STORE MEMORY ANSWERS WITHOUT QUERIES
    engine_clickhouse.py hand TIMES.json STORE MEMORY ANSWERS WITHOUT

`load` runs the export's own load-clickhouse.sql; `ask` runs the queries that `lien sql` wrote;
`hand` the questions as an analyst writes them. MEMORY, in MiB, is what a query may have before it
goes on on disk. WITHOUT lists questions that are not asked.
"""

import csv
import io
import os
import sys

import by_hand
import steps
from chdb.session import Session


def session(store, mebibytes):
    base = Session(store)
    base.query("CREATE DATABASE IF NOT EXISTS lien; USE lien")
    some = (int(mebibytes) << 20) // 3
    for name, value in {
        "max_bytes_before_external_group_by": some,
        "max_bytes_before_external_sort": some,
        "max_bytes_ratio_before_external_group_by": 0,
        "max_bytes_ratio_before_external_sort": 0,
    }.items():
        base.query(f"SET {name} = {value}")
    return base


def table(base, form="CSVWithNames"):
    """A function that asks and gives all rows, as texts."""
    return lambda sql: list(csv.reader(io.StringIO(str(base.query(sql, form)))))


def load(base, run, export):
    os.chdir(export)
    with open("load-clickhouse.sql", encoding="utf-8") as file:
        text = file.read()
    run.step("load", lambda: base.query(text))


def ask(base, run, answers, without, queries):
    base.query("SET format_csv_null_representation = ''")
    for question, ids in steps.questions(without).items():
        for name in ids:
            *before, last = steps.query(queries, name).strip().rstrip(";").split(";\n")

            def answer():
                for statement in before:
                    base.query(statement)
                return table(base)(last)

            header, *rows = run.step(question, answer)
            steps.keep(answers, name, header, rows)


def hand(base, run, answers, without):
    base.query("SET join_use_nulls = 1, format_csv_null_representation = ''")
    base.query("SET max_bytes_in_join = 4000000000, join_algorithm = 'hash,grace_hash'")

    def make(name, key, select):
        base.query(
            f"CREATE OR REPLACE TABLE {name} ENGINE = MergeTree ORDER BY {key} AS {select}")

    def rows(select):
        found = table(base, "CSV")(select)
        return [[None if cell == "" else cell for cell in row] for row in found]

    by_hand.ask("clickhouse", run, answers, without, make, rows)


def main():
    what, times, store, mebibytes, *rest = sys.argv[1:]
    run = steps.Run(times)
    base = run.step("start", lambda: session(store, mebibytes))
    {"load": load, "ask": ask, "hand": hand}[what](base, run, *rest)
    run.step("end", base.close)


main()
